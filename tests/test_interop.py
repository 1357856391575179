"""Evidence for other tools: each format is read by the tool or schema that it is for."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pymisp
import pytest
import stix2
from jsonschema import Draft4Validator, Draft202012Validator
from stix2.confidence import scales

from detente import workflow
from detente.briefing.words import likelihood
from detente.interop import HANDED_ON, handed_on
from detente.interop.misp import likelihood_tag, rating_tags
from detente.model import Dyad, Rating
from detente.storage.catalog import Store
from interop_schemas import ANNOTATION_PAGE, CLAIM_GRAPH

EXAMPLE = Path(__file__).parents[1] / "examples" / "turkey-russia"
PAIR = Dyad("TUR", "RUS")
MISP_SCHEMA = json.loads((Path(pymisp.__file__).parent / "data" / "schema.json").read_text())
# The taxonomies of MISP that we use: namespace, predicate, values.
TAXONOMIES = {
    "admiralty-scale:source-reliability": list("abcdef"),
    "admiralty-scale:information-credibility": list("123456"),
    "estimative-language:likelihood-probability": [
        "almost-no-chance",
        "very-unlikely",
        "unlikely",
        "roughly-even-chance",
        "likely",
        "very-likely",
        "almost-certain",
    ],
}
MORE = [
    {
        "id": "a",
        "url": "https://courier.example/tanks?id=1",
        "title": "Tanks <b>cross</b>",
        "outlet": "Courier",
        "published": "2016-03-02",
        "text": "Turkey attacked Russian troops on 1 March 2016, "
        "Foreign Minister Sergei Lavrov said.",
    },
    {
        "id": "b",
        "url": "javascript:alert(1)",
        "outlet": "Danube\u202e Post",
        "published": "2016-03-03",
        "text": "Caf\u00e9 \U0001f600 \x1b[31m talk.\n\n"
        "Turkey expelled a Russian diplomat on 2 March 2016.",
    },
    {"id": "c", "text": "Turkey threatened Russia with sanctions."},
]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("interop")
    (folder / "more.jsonl").write_text("".join(json.dumps(one) + "\n" for one in MORE))
    store = Store(folder / "store")
    workflow.read([EXAMPLE, folder / "more.jsonl"], store)
    workflow.resolve(store)
    workflow.rate_source(store, "Courier", "B", reason="right so far", rated=date(2016, 1, 1))
    return store


@pytest.fixture(scope="module")
def parcel(store):
    return workflow.parcel(store, between=PAIR)


@pytest.fixture(scope="module")
def made(parcel):
    """Each format after its way through text, as others get it."""
    texts = {form: workflow.export_evidence(form, parcel) for form in HANDED_ON}
    return {form: json.loads(text) for form, text in texts.items()}


def claim_count(parcel):
    return sum(len(e.claim_ids) + len(e.denial_ids) for e in parcel.events)


def test_the_store_has_what_is_hard(parcel):
    assert any(event.denial_ids for event in parcel.events)
    assert any(not event.claim_ids for event in parcel.events)
    assert any(event.first is None for event in parcel.events)
    assert {one.credibility for one in parcel.told.ratings.values()} >= {2, 3, 6}
    assert {one.reliability for one in parcel.told.ratings.values()} == {"B", "F"}
    assert parcel.shifts


@pytest.mark.parametrize("form", list(HANDED_ON))
def test_the_same_store_gives_the_same_text(form, store, parcel):
    again = workflow.parcel(Store(store.folder), between=PAIR)
    text = workflow.export_evidence(form, parcel)
    assert text == workflow.export_evidence(form, again)
    assert not [char for char in text if not char.isprintable() and char != "\n"]


@pytest.mark.parametrize("form", list(HANDED_ON))
def test_no_path_of_the_machine_goes_out(form, made, parcel):
    text = json.dumps(made[form])
    keys = {one.key for one in parcel.told.documents.values() if "/" in one.key}
    assert keys and not [key for key in keys if key in text or Path(key).name in text]


@pytest.mark.parametrize("form", list(HANDED_ON))
def test_without_a_pair_all_events_go_out_and_no_shift(form, store):
    whole = workflow.parcel(store)
    assert len(whole.events) == len(store.events()) and not whole.shifts
    text = json.dumps(handed_on(form, whole))
    assert "probability" not in text.replace("likelihood-probability", "")


@pytest.mark.parametrize("form", list(HANDED_ON))
def test_a_pair_without_events_gives_an_empty_whole(form, store):
    nothing = workflow.parcel(store, between=Dyad("FRA", "PER"))
    made = handed_on(form, nothing)
    if form == "stix":
        stix2.parse(made)
    listed = made.get("items", made.get("response", made.get("@graph", made.get("objects"))))
    assert len(listed) == (1 if form == "stix" else 0)


# --- Web Annotations -------------------------------------------------------------------------


def test_annotations_are_as_the_recommendation_wants_them(made):
    Draft202012Validator(ANNOTATION_PAGE).validate(made["annotations"])


def test_an_annotation_is_not_taken_for_granted(made):
    page = json.loads(json.dumps(made["annotations"]))
    page["items"][0]["target"]["selector"][0]["start"] = -1
    assert list(Draft202012Validator(ANNOTATION_PAGE).iter_errors(page))


def test_each_claim_has_an_annotation_whose_selectors_find_its_words(made, parcel):
    texts = [one.text for one in parcel.told.documents.values()]
    items = made["annotations"]["items"]
    assert len(items) == claim_count(parcel) == len({one["id"] for one in items})
    for one in items:
        position, quote = one["target"]["selector"]
        start, end = position["start"], position["end"]
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert any(
            text[start:end] == quote["exact"]
            and text[start - len(quote["prefix"]) :].startswith(around)
            for text in texts
        )


def test_a_web_page_is_the_source_and_its_text_the_state(made):
    targets = [one["target"] for one in made["annotations"]["items"]]
    (paged,) = [one for one in targets if one["source"].startswith("http")]
    assert paged["source"] == MORE[0]["url"]
    assert paged["state"]["cached"].startswith("urn:uuid:")
    assert all("state" not in one for one in targets if one is not paged)
    assert "javascript" not in json.dumps(made)


# --- STIX ------------------------------------------------------------------------------------


def test_a_bundle_is_read_by_the_library_of_the_standard_without_extensions(made):
    bundle = stix2.parse(made["stix"], allow_custom=False)
    assert {one.type for one in bundle.objects} == {"report", "note", "identity"}
    assert stix2.parse(bundle.serialize(), allow_custom=False) == bundle


def test_what_a_bundle_refers_to_is_in_it_once(made):
    objects = made["stix"]["objects"]
    ids = [one["id"] for one in objects]
    assert len(ids) == len(set(ids))
    for one in objects:
        refs = [*one.get("object_refs", []), *filter(None, [one.get("created_by_ref")])]
        assert set(refs) <= set(ids)
        assert one["modified"] >= one["created"]


def test_reports_have_a_note_for_each_claim_and_the_confidence_of_their_rating(made, parcel):
    objects = {one["id"]: one for one in made["stix"]["objects"]}
    reports = [one for one in objects.values() if one["type"] == "report"]
    notes = [one for one in objects.values() if one["type"] == "note"]
    assert len(reports) == len(parcel.events)
    assert len(notes) == claim_count(parcel) + len(parcel.shifts)
    words = {
        1: "1 - Confirmed by other sources",
        2: "2 - Probably True",
        3: "3 - Possibly True",
        4: "4 - Doubtful",
        5: "5 - Improbable",
    }
    for event, report in zip(parcel.events, reports, strict=True):
        number = parcel.told.ratings[event.id].credibility
        expected = scales.admiralty_credibility_to_value(words[number]) if number < 6 else None
        assert report.get("confidence") == expected
        assert f"rated {parcel.told.ratings[event.id].code}" in report["labels"]


def test_a_shift_keeps_its_probability_and_the_events_that_drive_it(made, parcel):
    shifts = [one for one in made["stix"]["objects"] if "shift" in one.get("labels", [])]
    assert [one["confidence"] for one in shifts] == [
        round(100 * one.probability) for one in parcel.shifts
    ]
    for note, shift in zip(shifts, parcel.shifts, strict=True):
        assert len(note["object_refs"]) == len(shift.drivers)
        # our word stands beside the number; scales that cut elsewhere read the number
        assert note["labels"][1] == likelihood(shift.probability)


# --- MISP ------------------------------------------------------------------------------------


def test_events_are_as_misp_wants_them_and_come_back_as_they_were(made):
    for one in made["misp"]["response"]:
        Draft4Validator(MISP_SCHEMA).validate(one)
        event = pymisp.MISPEvent()
        event.load(json.dumps(one))
        assert str(event.uuid) == one["Event"]["uuid"]
        assert [tag.name for tag in event.tags] == [tag["name"] for tag in one["Event"]["Tag"]]
        back = [(a.type, a.value, a.category, a.to_ids) for a in event.attributes]
        assert back == [
            (a["type"], a["value"], a["category"], False) for a in one["Event"]["Attribute"]
        ]
        assert not event.published


def test_no_attribute_stands_twice(made):
    for one in made["misp"]["response"]:
        values = [(a["type"], a["value"]) for a in one["Event"]["Attribute"]]
        assert len(values) == len(set(values))
        types = pymisp.MISPEvent().describe_types["category_type_mappings"]
        assert all(a["type"] in types[a["category"]] for a in one["Event"]["Attribute"])


def test_tags_are_those_of_the_taxonomies(made, parcel):
    events = [one["Event"] for one in made["misp"]["response"]]
    assert len(events) == len(parcel.events) + len(parcel.shifts)
    for one in events:
        for tag in one["Tag"]:
            name, _, value = tag["name"].partition("=")
            assert value.strip('"') in TAXONOMIES[name]
    for event, one in zip(parcel.events, events, strict=False):
        assert [tag["name"] for tag in one["Tag"]] == rating_tags(parcel.told.ratings[event.id])
    likely = [one for one in events if one["Tag"][0]["name"].startswith("estimative")]
    assert len(likely) == len(parcel.shifts)


def test_a_rating_without_judgement_says_so():
    unjudged = Rating(reliability="F", credibility=6, reliability_reason="", credibility_reason="")
    assert rating_tags(unjudged) == [
        'admiralty-scale:source-reliability="f"',
        'admiralty-scale:information-credibility="6"',
    ]


@pytest.mark.parametrize(
    ("probability", "value"),
    [
        (0.04, "almost-no-chance"),
        (0.5, "roughly-even-chance"),
        (0.56, "likely"),
        (0.8, "likely"),
        (0.81, "very-likely"),
        (0.99, "almost-certain"),
    ],
)
def test_a_probability_has_the_tag_of_its_range(probability, value):
    assert likelihood_tag(probability) == f'estimative-language:likelihood-probability="{value}"'


# --- schema.org ------------------------------------------------------------------------------


def test_claims_use_the_types_and_properties_of_the_vocabulary(made):
    Draft202012Validator(CLAIM_GRAPH).validate(made["claims"])
    text = json.dumps(made["claims"])
    assert "ClaimReview" not in text and "reviewRating" not in text


def test_a_graph_is_closed_and_each_claim_appears_in_its_article(made, parcel):
    nodes = {one["@id"]: one for one in made["claims"]["@graph"]}
    assert len(nodes) == len(made["claims"]["@graph"])
    claims = [one for one in nodes.values() if one["@type"] == "Claim"]
    assert len(claims) == claim_count(parcel)
    texts = {one.id: one.text for one in parcel.told.documents.values()}
    for one in claims:
        article = nodes[one["appearance"]["@id"]]
        assert one["text"] in texts[article["identifier"]]
        assert nodes[one["about"]["@id"]]["@type"] == "Event"
        assert {nodes[p["@id"]]["@type"] for p in article["publisher"]} <= {"Organization"}


def test_an_author_is_named_only_where_it_is_known_what_it_is(made):
    claims = [one for one in made["claims"]["@graph"] if one["@type"] == "Claim"]
    (lavrov,) = [one for one in claims if one["text"] == MORE[0]["text"]]
    assert "author" not in lavrov  # an official may be a person or an office
    assert "Lavrov" in lavrov["creditText"]
    (bare,) = [one for one in claims if one["text"] == MORE[2]["text"]]
    assert "author" not in bare and "datePublished" not in bare
    (own,) = [one for one in claims if one["text"].startswith("Turkey expelled a Russian")]
    nodes = {one["@id"]: one for one in made["claims"]["@graph"]}
    assert [nodes[one["@id"]]["name"] for one in own["author"]] == [MORE[1]["outlet"]]


# --- the command -----------------------------------------------------------------------------


def test_the_command_writes_what_the_function_gives(detente, store, parcel, tmp_path):
    words = ("--store", store.folder, "--between", "Turkey", "Russia")
    path = tmp_path / "bundle.json"
    ended = detente("export", "stix", *words, "--output", path)
    assert ended.code == 0 and f"{len(parcel.events)} events" in ended.out
    assert path.read_text("utf-8") == workflow.export_evidence("stix", parcel)
    ended = detente("export", "claims", *words)
    assert ended.out == workflow.export_evidence("claims", parcel)


def test_a_pair_chooses_the_events_of_a_table_too(detente, store):
    every = detente("export", "csv", "--store", store.folder)
    pair = detente("export", "csv", "--store", store.folder, "--between", "TUR", "RUS")
    lines = every.out.splitlines()
    chosen = pair.out.splitlines()
    assert 1 < len(chosen) < len(lines) and set(chosen) <= set(lines)


def test_an_unknown_format_or_country_is_told_in_one_line(detente, store):
    for words, said in (
        (("export", "taxii"), "annotations, stix, misp, claims"),
        (("export", "stix", "--between", "Turkey", "Ruritania"), "Ruritania"),
    ):
        ended = detente(*words, "--store", store.folder)
        assert ended.code == 2
        (line,) = ended.err.splitlines()
        assert said in line

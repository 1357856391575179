"""Claims of one happening become one event; others stay apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.model import (
    DateRange,
    Label,
    MagnitudeKind,
    Origins,
    Polarity,
    SegmentKind,
    SourceKind,
    Time,
    Toll,
)
from detente.resolution.accounts import Outlets
from detente.resolution.copies import find_copies
from detente.resolution.dated import dated
from detente.resolution.events import Gathered, gather, to_event
from detente.resolution.reports import reports_of
from making import attribution, claim, dead, document, stated

TUR, RUS = ("Turkey", "TUR"), ("Russia", "RUS")


def shootdown(text: str, day: int, outlet: str, **more):
    doc = document(text, outlets=(outlet,), published=date(2015, 11, day))
    made = claim(
        doc, "ASSAULT", TUR, RUS, anchor="shot down", mode=more.pop("mode", "aerial"), **more
    )
    return doc, made


def gathered(*pairs):
    documents = {doc.id: doc for doc, _ in pairs}
    return gather([made for _, made in pairs], documents)


def test_reports_of_neighbouring_days_are_one_event():
    found = gathered(
        shootdown("Turkey shot down a bomber of Russia near the border.", 24, "A"),
        shootdown("Turkey shot down a bomber of Russia over the border area.", 25, "B"),
    )
    assert len(found) == 1
    event = to_event(found[0], Origins(min=1, max=2))
    assert (event.first, event.last) == (date(2015, 11, 24),) * 2
    assert len(event.claim_ids) == 2 and not event.planned


def test_the_toll_of_an_event_is_the_range_of_its_claims():
    text = "Turkey shot down a bomber of Russia near the border, killing {}."
    listed = []
    for day, words, low, high in (
        (24, "at least two people", 2, None),
        (24, "two people", 2, 2),
        (25, "three people", 3, 3),
    ):
        doc, made = shootdown(text.format(words), day, words)
        listed.append((doc, replace(made, id=words, magnitudes=(dead(doc, words, low, high),))))
    some = to_event(gathered(*listed)[0], Origins(min=1, max=3))
    assert some.tolls == (Toll(kind=MagnitudeKind.DEAD, low=2, high=None),)
    closed = to_event(gathered(*listed[1:])[0], Origins(min=1, max=2))
    assert closed.tolls == (Toll(kind=MagnitudeKind.DEAD, low=2, high=3),)
    (bare,) = gathered(shootdown("Turkey shot down a bomber of Russia.", 24, "A"))
    assert to_event(bare, Origins(min=1, max=1)).tolls == ()


def test_a_threat_adds_nothing_to_the_toll_of_what_happened():
    doc, told = shootdown("Turkey shot down a bomber of Russia, killing two people.", 24, "A")
    told = replace(told, magnitudes=(dead(doc, "two people", 2, 2),))
    plan, threat = shootdown("Turkey will have shot down 90 people of Russia.", 24, "B")
    threat = replace(threat, magnitudes=(dead(plan, "90 people", 90, 90),))
    found = Gathered(dated(told, doc), [dated(told, doc)])
    future = replace(threat.certainty, time=Time.FUTURE, label=Label.PLANNED)
    found.claims.append(dated(replace(threat, certainty=future), plan))
    (toll,) = to_event(found, Origins(min=1, max=1)).tolls
    assert (toll.low, toll.high) == (2, 2)


def test_a_stated_date_beats_a_publication_date():
    found = gathered(
        shootdown("Turkey shot down a bomber of Russia near the border.", 26, "A"),
        shootdown(
            "Turkey shot down a bomber of Russia near the border on Tuesday.",
            25,
            "B",
            when=stated("2015-11-24"),
        ),
    )
    event = to_event(found[0], Origins(min=1, max=1))
    assert event.first == date(2015, 11, 24)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"mode": "drone"}, id="mode"),
        pytest.param({"when": stated("2015-12-24")}, id="date"),
        pytest.param({"label": Label.PLANNED, "time": Time.FUTURE}, id="planned"),
    ],
)
def test_unlike_claims_stay_apart(other):
    text = "Turkey shot down a bomber of Russia near the border."
    found = gathered(shootdown(text, 24, "A"), shootdown(text, 24, "B", **other))
    assert len(found) == 2


def test_swapped_sides_stay_apart():
    first = document("Turkey attacked Russia near the border.", published=date(2015, 11, 24))
    second = document("Russia attacked Turkey near the border.", published=date(2015, 11, 24))
    found = gathered(
        (first, claim(first, "ASSAULT", TUR, RUS, anchor="attacked")),
        (second, claim(second, "ASSAULT", RUS, TUR, anchor="attacked")),
    )
    assert len(found) == 2


RECALL = "Talks went on after Turkey shot down a jet that Russia had sent."


@pytest.mark.parametrize(
    ("text", "day", "joined"),
    [
        pytest.param(RECALL, 30, True, id="the only one of the year"),
        pytest.param(RECALL, 20, False, id="told before it happened"),
    ],
)
def test_an_undated_mention_joins_the_one_happening_that_it_can_mean(text, day, joined):
    event = shootdown("Turkey shot down a bomber of Russia near the border.", 24, "A")
    found = gathered(event, shootdown(text, day, "B", when=DateRange()))
    assert len(found) == (1 if joined else 2)


def test_an_undated_mention_that_can_mean_two_happenings_joins_neither():
    found = gathered(
        shootdown("Turkey shot down a bomber of Russia near the border.", 24, "A"),
        shootdown(
            "Turkey shot down a glider of Russia over Hatay.", 5, "C", when=stated("2015-11-05")
        ),
        shootdown(RECALL, 30, "B", when=DateRange()),
    )
    assert len(found) == 3


def test_what_a_source_is_quoted_with_is_no_mention_in_passing():
    event = shootdown("Turkey shot down a bomber of Russia near the border.", 24, "A")
    doc = document(
        "Ankara said that Turkey shot down a jet that Russia had sent.",
        outlets=("B",),
        published=date(2015, 12, 30),
    )
    chain = (attribution(doc, "Ankara", "said"),)
    told = claim(
        doc, "ASSAULT", TUR, RUS, anchor="shot down", mode="aerial", chain=chain, when=DateRange()
    )
    assert len(gathered(event, (doc, told))) == 2


def test_neighbouring_days_with_other_places_are_two_events():
    found = gathered(
        shootdown(
            "Turkey shot down a drone of Russia at a base close to Kilis.", 24, "A", mode="drone"
        ),
        shootdown(
            "Turkey shot down a drone of Russia at a farm near Reyhanli.", 26, "B", mode="drone"
        ),
    )
    assert len(found) == 2


def test_meeting_to_discuss_is_one_event():
    doc = document(
        "Turkey met Russia in Sochi to discuss trade.", published=date(2016, 7, 1), key="m"
    )
    met = claim(doc, "CONSULT", TUR, RUS, anchor="met", reciprocal=True)
    aim = claim(
        doc,
        "CONSULT",
        TUR,
        RUS,
        anchor="discuss",
        reciprocal=True,
        when=DateRange(),
        label=Label.PLANNED,
        time=Time.FUTURE,
    )
    (one,) = gathered((doc, met), (doc, aim))
    assert not to_event(one, Origins(min=1, max=1)).planned


def test_a_sentence_does_not_deny_itself():
    doc = document(
        "Turkey accused Russia but did not accuse it in public.", published=date(2016, 7, 1)
    )
    said = claim(doc, "ACCUSE", TUR, RUS, anchor="accused")
    not_said = claim(doc, "ACCUSE", TUR, RUS, anchor="accuse", polarity=Polarity.NEGATIVE)
    (one,) = gathered((doc, said), (doc, not_said))
    assert one.denials == []


def test_a_denial_joins_what_it_denies_and_affirms_nothing():
    denial = {"label": Label.DENIED, "polarity": Polarity.NEGATIVE}
    found = gathered(
        shootdown("Turkey shot down a bomber of Russia near the border.", 24, "A"),
        shootdown("It is untrue that Turkey shot down a bomber of Russia.", 26, "B", **denial),
    )
    assert len(found) == 1
    event = to_event(found[0], Origins(min=1, max=1))
    assert len(event.claim_ids) == len(event.denial_ids) == 1


def test_a_call_to_stop_denies_nothing():
    event = shootdown("Turkey shot down a bomber of Russia near the border.", 24, "A")
    call = {"label": Label.DENIED, "polarity": Polarity.NEGATIVE, "time": Time.FUTURE}
    found = gathered(
        event,
        shootdown("Turkey, which shot down a bomber of Russia, is to stop it.", 26, "B", **call),
    )
    assert [len(one.denials) for one in found] == [0]


def test_a_correction_withdraws_what_it_repeats():
    first = shootdown("Turkey shot down two bombers of Russia near the border.", 24, "A")
    doc = document(
        "Correction: A report said that Turkey shot down two bombers of Russia near the border.",
        outlets=("A",),
        published=date(2015, 11, 25),
    )
    chain = (attribution(doc, "A report", "said", kind=SourceKind.DOCUMENT),)
    note = claim(
        doc, "ASSAULT", TUR, RUS, anchor="shot down", mode="aerial", chain=chain, when=DateRange()
    )
    (one,) = gathered(first, (doc, replace(note, segment=SegmentKind.EDITORS_NOTE)))
    event = to_event(one, Origins(min=1, max=1))
    assert len(event.claim_ids) == len(event.denial_ids) == 1


def test_a_denial_alone_is_an_event_that_nobody_affirms():
    denial = {"label": Label.DENIED, "polarity": Polarity.NEGATIVE}
    doc = document(
        "Ankara denied that Turkey shot down Russia's jet.", published=date(2015, 11, 26)
    )
    chain = (replace(attribution(doc, "Ankara", "denied"), lemma="deny"),)
    made = claim(doc, "ASSAULT", TUR, RUS, anchor="shot down", chain=chain, **denial)
    (one,) = gathered((doc, made))
    event = to_event(one, Origins(min=1, max=1))
    assert event.claim_ids == () and len(event.denial_ids) == 1


def test_what_is_told_as_absent_is_neither_event_nor_denial():
    absent = {"polarity": Polarity.NEGATIVE}
    assert gathered(shootdown("Turkey has not shot down a jet of Russia.", 26, "B", **absent)) == []


def test_a_month_joins_the_day_in_it_for_a_rare_act():
    found = gathered(
        shootdown("Turkey shot down a bomber of Russia near the border.", 24, "A"),
        shootdown(
            "In November 2015 Turkey shot down one of Russia's jets.",
            30,
            "B",
            when=stated("2015-11-01", "2015-11-30"),
        ),
    )
    assert len(found) == 1


@given(st.permutations(range(5)))
def test_ids_do_not_depend_on_order(order):
    pairs = [
        shootdown("Turkey shot down a bomber of Russia near the border.", 24, "A"),
        shootdown("Turkey shot down a bomber of Russia over the border area.", 25, "B"),
        shootdown("Turkey shot down a drone of Russia.", 24, "C", mode="drone"),
        shootdown("Turkey shot down a bomber of Russia.", 28, "D", when=DateRange()),
        shootdown("Turkey shot down a helicopter of Russia.", 29, "E", when=stated("2015-11-29")),
    ]
    origins = Origins(min=1, max=1)
    expected = {to_event(one, origins) for one in gathered(*pairs)}
    assert {to_event(one, origins) for one in gathered(*[pairs[i] for i in order])} == expected


# --- reports and origins ---------------------------------------------------------------------


def told(*pairs):
    documents = {doc.id: doc for doc, _ in pairs}
    (one,) = gathered(*pairs)
    return reports_of(
        one, "event", documents, {}, find_copies(documents.values()), outlets=Outlets()
    )


LONG = (
    "Turkey shot down a bomber of Russia near the border on Tuesday after it had ignored ten "
    "warnings within five minutes, and both airmen left it by parachute over the hills."
)


def test_four_outlets_with_one_wire_report_are_one_origin():
    reports, origins = told(
        shootdown(LONG, 24, "Wire"),
        shootdown(LONG, 24, "Ledger"),
        shootdown("(Wire) " + LONG, 25, "Courier"),
        shootdown(LONG[: LONG.index(", and both")] + ".", 25, "Herald"),
    )
    assert (origins.min, origins.max) == (1, 1)
    assert len({report.origin for report in reports}) == 1
    assert sum(report.copy_of is not None for report in reports) == 3
    assert all(report.evidence for report in reports if report.copy_of)


def test_different_texts_of_different_outlets_are_unresolved():
    _, origins = told(
        shootdown("Turkey shot down a bomber of Russia near the border.", 24, "A"),
        shootdown("A bomber of Russia was shot down near the border by Turkey.", 24, "B"),
    )
    assert (origins.min, origins.max) == (1, 2)
    assert any("unresolved" in reason for reason in origins.reasons)


def test_different_named_sources_are_demonstrated_origins():
    pairs = []
    for text, name, outlet in (
        ("near the Syrian border on Tuesday", "Ankara's staff", "A"),
        ("in a clear sky close to Syria", "Moscow's ministry", "B"),
    ):
        doc = document(
            f"Turkey shot down a bomber of Russia {text}, {name} said.",
            outlets=(outlet,),
            published=date(2015, 11, 24),
        )
        chain = (attribution(doc, name, "said"),)
        pairs.append((doc, claim(doc, "ASSAULT", TUR, RUS, anchor="shot down", chain=chain)))
    _, origins = told(*pairs)
    assert (origins.min, origins.max) == (2, 2)


def test_one_named_source_is_one_origin():
    pairs = []
    for text, outlet in (("near the border", "A"), ("close to the frontier", "B")):
        doc = document(
            f"Turkey shot down a bomber of Russia {text} Tuesday, the general staff said.",
            outlets=(outlet,),
            published=date(2015, 11, 24),
        )
        chain = (attribution(doc, "the general staff", "said"),)
        pairs.append((doc, claim(doc, "ASSAULT", TUR, RUS, anchor="shot down", chain=chain)))
    _, origins = told(*pairs)
    assert (origins.min, origins.max) == (1, 1)


def test_a_report_that_cites_another_reports_outlet_depends_on_it():
    first = shootdown("Turkey shot down a bomber of Russia near the border.", 24, "Meridian Wire")
    doc = document(
        "Turkey shot down Russia's plane at the border, Meridian Wire reported.",
        outlets=("Ledger",),
        published=date(2015, 11, 25),
    )
    chain = (attribution(doc, "Meridian Wire", "reported", kind=SourceKind.OUTLET),)
    second = (doc, claim(doc, "ASSAULT", TUR, RUS, anchor="shot down", chain=chain))
    reports, origins = told(first, second)
    assert (origins.min, origins.max) == (1, 1)
    (evidence,) = reports[1].evidence
    assert evidence.kind == "credit"


def test_a_digest_that_cites_four_outlets_has_one_to_four_origins():
    doc = document(
        "Turkey shot down a bomber of Russia.",
        outlets=("A", "B", "C", "D"),
        published=date(2015, 11, 24),
    )
    made = claim(doc, "ASSAULT", TUR, RUS, anchor="shot down")
    _, origins = told((doc, made))
    assert (origins.min, origins.max) == (1, 4)


# --- how often a pair does such things ---------------------------------------------------------


def struck(text, day, *, month=3, sides=(TUR, RUS), anchor="struck"):
    doc = document(text, outlets=(text,), published=date(2016, month, day))
    return doc, claim(doc, "ASSAULT", *sides, anchor=anchor)


def together(*pairs):
    """How many events the first two of the claims make."""
    found = gathered(*pairs)
    wanted = {made.id for _, made in pairs[:2]}
    return len([one for one in found if wanted & {each.claim.id for each in one.claims}])


QUIET = [
    struck("Turkey struck Russia with all that it had.", 10),
    struck("A column of smoke rose where Turkey hit Russia.", 10, anchor="hit"),
]


def test_what_a_pair_does_once_needs_no_word_in_common():
    assert together(*QUIET) == 1


@pytest.mark.parametrize(("days", "events"), [([], 1), ([1], 2), ([1, 5], 2), ([5, 17], 2)])
def test_what_a_pair_does_often_needs_words_in_common(days, events):
    others = [struck(f"Turkey struck Russia at place {day}.", day) for day in days]
    assert together(*QUIET, *others) == events


def test_what_others_do_often_does_not_matter():
    sides = (("Iran", "IRN"), RUS)
    others = [struck(f"Iran struck Russia at {day}.", day, sides=sides) for day in (1, 5, 20)]
    assert together(*QUIET, *others) == 1


@pytest.mark.parametrize(
    "sides", [(("gunmen", None), RUS), (("Raiders", "IMG"), RUS), (RUS, ("rebels", "RUS"))]
)
def test_only_between_states_the_day_may_tell_alone(sides):
    texts = ("{0} struck {1} with all at hand.", "Smoke rose where {0} hit {1} again.")
    some, other = (text.format(sides[0][0], sides[1][0]) for text in texts)
    assert (
        together(struck(some, 10, sides=sides), struck(other, 10, sides=sides, anchor="hit")) == 2
    )


def test_a_talk_is_one_whoever_is_named_first():
    doc = document("Turkey telephoned Russia.", outlets=("A",), published=date(2016, 3, 1))
    other = document("Russia and Turkey talked.", outlets=("B",), published=date(2016, 3, 1))
    call = claim(doc, "CONSULT", TUR, RUS, anchor="telephoned")
    talk = claim(other, "CONSULT", RUS, TUR, anchor="talked", reciprocal=True)
    assert len(gathered((doc, call), (other, talk))) == 1


def test_a_clash_and_an_attack_need_more_words_than_two_attacks():
    doc = document("Turkey attacked Russia at Kars.", outlets=("A",), published=date(2016, 3, 1))
    for text, events in (("Turkey and Russia clashed.", 2), ("Turkey, Russia clashed at Kars.", 1)):
        other = document(text, outlets=("B",), published=date(2016, 3, 1))
        attack = claim(doc, "ASSAULT", TUR, RUS, anchor="attacked")
        clash = claim(other, "ASSAULT", TUR, RUS, anchor="clashed", reciprocal=True)
        assert len(gathered((doc, attack), (other, clash))) == events


def test_a_deal_reached_and_a_deal_signed_are_one_where_words_agree():
    doc = document("Turkey, Russia agree on gas.", outlets=("A",), published=date(2016, 3, 1))
    for text, events in (("Turkey, Russia sign on gas.", 1), ("Turkey, Russia sign at last.", 2)):
        other = document(text, outlets=("B",), published=date(2016, 3, 1))
        deal = claim(doc, "AGREE", TUR, RUS, anchor="agree", reciprocal=True)
        signed = claim(other, "SUPPORT", TUR, RUS, anchor="sign", reciprocal=True)
        assert len(gathered((doc, deal), (other, signed))) == events

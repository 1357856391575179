"""Mentions of actors: the examples of the lexicon, and the rules one by one."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from spacy.tokens import Doc, Token

from detente.extraction.actors.mentions import Mentions, find_mentions
from detente.extraction.parse import Passage, language_model
from detente.lexicon.actor_files import (
    AgentFile,
    AmbiguousFile,
    CountryFile,
    NamedFile,
    OfficeEntry,
)
from detente.lexicon.actors import NAMED_FILES, ActorLexicon, load_actors, people_of
from detente.lexicon.files import DATA, load_file
from detente.model import Document, Mention, Segment, SegmentKind


def read(text: str, published: date | None = None) -> tuple[list[Passage], tuple[Mentions, ...]]:
    document = Document(id="d", key="d", text=text, published=published)
    segment = Segment(kind=SegmentKind.BODY, start=0, end=len(text))
    passages, start = [], 0
    for line in text.split("\n"):
        passages.append(Passage(document, segment, start, language_model()(line)))
        start += len(line) + 1
    return passages, find_mentions(passages, load_actors(), published)


def token(passage: Passage, word: str, nth: int = 0) -> Token:
    return [t for t in passage.doc if t.text == word][nth]


def at(text: str, word: str, nth: int = 0, published: date | None = None) -> Mention | None:
    passages, mentions = read(text, published)
    mention = mentions[0].at(token(passages[0], word, nth))
    if mention is not None:
        for span in (mention.span, mention.antecedent):
            assert span is None or text[span.start : span.end] == span.text
    return mention


def codes(mention: Mention | None) -> tuple[str | None, str | None] | None:
    return None if mention is None else (mention.country, mention.sector)


def examples() -> list[tuple[str, str | None, str | None]]:
    found: list[tuple[str, str | None, str | None]] = []
    folder = DATA / "actors"
    for stem in NAMED_FILES:
        named, _ = load_file(folder / f"{stem}.yaml", NamedFile)
        for entry in named.actors:
            if entry.first is None and entry.until is None:
                found += [(text, entry.country, entry.sector) for text in entry.examples]
    countries, _ = load_file(folder / "country_names.yaml", CountryFile)
    for country in countries.countries:
        found += [(text, country.code, None) for text in country.examples]
    for region in (*countries.breakaway, *countries.regions, *countries.cities):
        found += [(text, region.code, None) for text in region.examples if region.code]
    agents, _ = load_file(folder / "agents.yaml", AgentFile)
    for group in agents.groups:
        found += [(text, None, group.sector) for text in group.examples]
    words, _ = load_file(folder / "ambiguous.yaml", AmbiguousFile)
    for word in words.words:
        found += [(text, word.code, None) for text in word.examples]
    return found


@cache
def parsed_examples() -> dict[str, Doc]:
    """Parse all examples as one stream, which is several times faster than one by one."""
    texts = list(dict.fromkeys(text for text, _, _ in examples()))
    return dict(zip(texts, language_model().pipe(texts), strict=True))


@pytest.mark.parametrize(("text", "country", "sector"), examples())
def test_each_example_of_the_lexicon_is_found(
    text: str, country: str | None, sector: str | None
) -> None:
    document = Document(id="d", key="d", text=text)
    segment = Segment(kind=SegmentKind.BODY, start=0, end=len(text))
    passages = [Passage(document, segment, 0, parsed_examples()[text])]
    mentions = find_mentions(passages, load_actors(), None)
    found = set()
    for word in passages[0].doc:
        for mention in (mentions[0].at(word), mentions[0].modifier_at(word)):
            if mention is not None:
                found.add(
                    (mention.country if country else None, mention.sector if sector else None)
                )
        place = mentions[0].place_at(word)
        if place is not None and place.country:
            found.add((place.country, None))
    assert (country, sector) in found


@pytest.mark.parametrize(
    ("text", "word", "country", "sector"),
    [
        ("Norwegian police arrested twelve people.", "police", "NOR", "COP"),
        ("Emirati-led coalition warplanes bombed the port.", "warplanes", "ARE", "MIL"),
        ("The former Danish minister was jailed.", "minister", "DNK", "ELI"),
        ("The president of Peru spoke.", "president", "PER", "GOV"),
        ("Peru's president left.", "president", "PER", "GOV"),
        ("Peru closed its border.", "Peru", "PER", None),
        ("Lima rejected the demand.", "Lima", "PER", None),
        ("The police fired.", "police", None, "COP"),
        ("Gunmen fled.", "Gunmen", None, "UAF"),
        ("Iran-backed rebels withdrew.", "rebels", None, "REB"),
        ("Pro-Russian separatists withdrew.", "separatists", None, "REB"),
        ("A Chilean police officer waved.", "officer", "CHL", "COP"),
        ("An army spokesman apologised.", "spokesman", None, "MIL"),
        ("A group of Eritrean refugees waited.", "group", "ERI", "REF"),
        ("Dozens of Peruvian soldiers fled.", "Dozens", "PER", "MIL"),
        ("Jakarta police made arrests.", "police", "IDN", "COP"),
        ("Hezbollah fighters crossed the river.", "fighters", "LBN", None),
        ("The Dutch protested.", "Dutch", "NLD", None),
        ("TURKEY REJECTS DEMAND.", "TURKEY", "TUR", None),
    ],
)
def test_whose_and_what(text: str, word: str, country: str | None, sector: str | None) -> None:
    mention = at(text, word)
    assert mention is not None
    assert mention.country == country
    if sector is not None:
        assert mention.sector == sector


@pytest.mark.parametrize(
    ("text", "word", "country", "sector"),
    [
        ("The Prime Minister of Peru Idriss Saleh flew home.", "Saleh", "PER", "GOV"),
        ("Deputy leader of Boko Haram Musa Garba fled.", "Garba", "NGA", "REB"),
        (
            "Danish Assistant Secretary of State for Nordic and Baltic Affairs Lars Larsen left.",
            "Larsen",
            "DNK",
            "GOV",
        ),
        ("Lars Larsen, the chief of the Danish Army, resigned.", "Larsen", "DNK", "MIL"),
        ("Lars Larsen, the Danish soldier, resigned.", "Larsen", "DNK", "MIL"),
        ("Lars Larsen resigned as prime minister of Chad.", "Larsen", "TCD", "GOV"),
        ("Denmark's Lars Larsen refused.", "Larsen", "DNK", None),
        ("Police found suspected Danish forger Lars Larsen.", "Larsen", "DNK", None),
        ("Senator Ann Larsen of Ohio refused.", "Larsen", "USA", "LEG"),
        ("The Japanese House of Representatives voted.", "House", "JPN", "LEG"),
        ("The speaker of the Japanese House of Representatives left.", "speaker", "JPN", "LEG"),
        ("Bosnian Serbs voted.", "Serbs", "BIH", None),
        ("Soldiers and supporters of Boko Haram fled.", "supporters", "NGA", "REB"),
        ("Soldiers and supporters of Boko Haram fled.", "Soldiers", None, "MIL"),
        ("The ministry of trade of the republic of Chad closed.", "ministry", "TCD", "GOV"),
        ("European Union monitors arrived.", "monitors", "EUR", None),
        ("Chad's displaced fled the town.", "displaced", "TCD", "REF"),
        ("Ordinary Danes refused.", "Danes", "DNK", "CVL"),
        ("Lima rejected the demand.", "Lima", "PER", "GOV"),
        ("Danish Christians prayed.", "Christians", "DNK", "REL"),
        ("The Taliban and the Texan police agreed.", "police", "USA", "COP"),
    ],
)
def test_longer_descriptions(text: str, word: str, country: str | None, sector: str | None) -> None:
    assert codes(at(text, word)) == (country, sector)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("They opened an embassy in Lima.", "embassy"),
        ("Lars Larsen of Real Madrid won.", "Larsen"),
        ("Real Madrid won.", "Madrid"),
        ("They met in the capital Kampala.", "Kampala"),
        ("The Labour Party lost.", "Party"),
    ],
)
def test_what_names_no_country(text: str, word: str) -> None:
    mention = at(text, word)
    assert mention is None or mention.country is None


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("In Norway, the Labour Party lost.", "NOR"),
        ("In Britain, the Labour Party lost.", "GBR"),
        ("Norway and Britain agree that the Labour Party lost.", None),
    ],
)
def test_of_namesakes_that_of_the_country_spoken_of(text: str, country: str | None) -> None:
    mention = at(text, "Party")
    assert (mention.country if mention else None) == country


def test_an_acronym_that_the_report_explains() -> None:
    text = "The Danish Harbour Police (DHP) raided a ship. The DHP found arms."
    mention = at(text, "DHP", 1)
    assert codes(mention) == ("DNK", "COP")
    assert mention is not None and mention.antecedent is not None
    assert mention.antecedent.text == "Danish Harbour Police"


def test_the_organisation_is_the_only_one_named() -> None:
    assert codes(at("OPEC met. The organization cut its output.", "organization")) == ("IGO", None)
    two = "OPEC met the Arab League. The organization cut its output."
    assert codes(at(two, "organization")) in (None, (None, None))


def test_the_family_name_of_somebody_in_the_report_comes_before_others() -> None:
    text = "Senator Ann Brown of Ohio spoke. Brown left."
    mention = at(text, "Brown", 1, published=date(2008, 6, 1))
    assert codes(mention) == ("USA", "LEG")


def test_two_titles_of_one_person() -> None:
    text = "Shas party leader and former premier Lars Larsen resigned."
    mention = at(text, "leader")
    assert mention is None or mention.name in (None, "Lars Larsen")


def test_a_group_and_its_name_are_one() -> None:
    mention = at("Police blame the Islamist group Boko Haram.", "group")
    assert mention is None or codes(mention) in (("NGA", "REB"), (None, "UAF"))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The problem grew.", "problem"),
        ("He wrote a letter.", "letter"),
        ("They left on Monday.", "Monday"),
        ("It fell by five percent.", "percent"),
        ("Talks were held in Lima.", "Lima"),
        ("The roast turkey was cold.", "turkey"),
        ("Let us go.", "us"),
    ],
)
def test_what_cannot_act_is_no_mention(text: str, word: str) -> None:
    assert at(text, word) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Paris Hilton sang.", "Hilton"),
        ("Michael Jordan retired from basketball.", "Jordan"),
        ("MIT opened a laboratory in Boston.", "MIT"),
        ("The Washington Post reported it.", "Post"),
    ],
)
def test_a_name_that_only_looks_like_a_country(text: str, word: str) -> None:
    mention = at(text, word)
    assert mention is None or mention.country is None


def test_a_title_and_an_unknown_name_are_one_mention() -> None:
    mention = at("Danish Foreign Minister Lars Larsen met her.", "Larsen")
    assert codes(mention) == ("DNK", "GOV")
    assert mention is not None
    assert mention.name == "Lars Larsen"
    assert mention.span.text == "Danish Foreign Minister Lars Larsen"


def test_an_envoy_belongs_to_who_sent_him() -> None:
    for word in ("ambassador", "Larsen"):
        mention = at("The Danish ambassador to Turkey Lars Larsen was shot.", word)
        assert codes(mention) == ("DNK", "GOV")
        assert mention is not None
        assert mention.name == "Lars Larsen"


def test_apposition_joins_name_and_office_either_way() -> None:
    assert codes(at("Lars Larsen, the Danish foreign minister, resigned.", "Larsen")) == (
        "DNK",
        "GOV",
    )
    mention = at("The Danish foreign minister, Lars Larsen, resigned.", "minister")
    assert mention is not None
    assert mention.name == "Lars Larsen"


def test_an_unknown_name_is_kept_without_a_country() -> None:
    mention = at("Lars Larsen resigned.", "Larsen")
    assert mention is not None
    assert (mention.country, mention.name) == (None, "Lars Larsen")


def test_two_countries_of_one_phrase_are_two_mentions() -> None:
    passages, mentions = read("Danish and Swedish troops patrolled the road.")
    found = mentions[0].all_at(token(passages[0], "troops"))
    assert [mention.country for mention in found] == ["DNK", "SWE"]


def test_joint_owners_behind_are_two_mentions() -> None:
    passages, mentions = read("The foreign ministers of Denmark and Sweden met.")
    found = mentions[0].all_at(token(passages[0], "ministers"))
    assert [(m.country, m.sector) for m in found] == [("DNK", "GOV"), ("SWE", "GOV")]
    assert [m.span.text for m in found] == ["foreign ministers of Denmark", "Sweden"]


def test_a_modifier_names_an_actor() -> None:
    passages, mentions = read("Danish sanctions hurt Peru's trade.")
    danish = mentions[0].modifier_at(token(passages[0], "Danish"))
    peru = mentions[0].modifier_at(token(passages[0], "Peru"))
    assert danish is not None and danish.country == "DNK"
    assert peru is not None and peru.country == "PER"
    assert mentions[0].at(token(passages[0], "sanctions")) is None


@pytest.mark.parametrize(
    ("text", "word", "words", "country"),
    [
        ("Jets struck near Aleppo.", "Aleppo", "Aleppo", "SYR"),
        ("A jet entered Danish airspace.", "airspace", "Danish airspace", "DNK"),
        ("They met in Ankara.", "Ankara", "Ankara", "TUR"),
        ("Gunmen struck Borno State.", "State", "Borno State", "NGA"),
        ("He was born in the city of Aleppo.", "city", "city of Aleppo", "SYR"),
    ],
)
def test_places(text: str, word: str, words: str, country: str) -> None:
    passages, mentions = read(text)
    place = mentions[0].place_at(token(passages[0], word))
    assert place is not None
    assert (place.span.text, place.country) == (words, country)


def test_a_later_family_name_means_the_same_person() -> None:
    text = "Danish Foreign Minister Lars Larsen met her.\nLarsen said the talks failed."
    passages, mentions = read(text)
    mention = mentions[1].at(token(passages[1], "Larsen"))
    assert codes(mention) == ("DNK", "GOV")
    assert mention is not None and mention.antecedent is not None
    assert text[mention.antecedent.start : mention.antecedent.end].endswith("Lars Larsen")


def test_a_family_name_of_two_people_means_nobody() -> None:
    text = "Danish minister Lars Larsen met Norwegian minister Knut Larsen.\nLarsen spoke."
    passages, mentions = read(text)
    mention = mentions[1].at(token(passages[1], "Larsen"))
    assert mention is None or mention.country is None


def test_a_description_means_the_one_named_before() -> None:
    text = "Danish Foreign Minister Lars Larsen arrived. The minister refused to speak."
    mention = at(text, "minister")
    assert codes(mention) == ("DNK", "GOV")
    assert mention is not None and mention.name == "Lars Larsen"


def test_a_description_of_two_means_nobody() -> None:
    text = "A Danish minister met a Norwegian minister. The minister refused to speak."
    mention = at(text, "minister", 2)
    assert mention is None or mention.country is None


def test_a_pronoun_means_the_one_person() -> None:
    mention = at("Danish minister Lars Larsen said he would resign.", "he")
    assert codes(mention) == ("DNK", "GOV")
    assert mention is not None and mention.antecedent is not None


def test_an_unsafe_pronoun_means_nobody_and_says_so() -> None:
    passages, mentions = read("Danish and Swedish troops met Finnish police. They withdrew.")
    they = token(passages[0], "They")
    assert mentions[0].at(they) is None
    assert "more than one" in (mentions[0].why(they) or "")


@pytest.mark.parametrize(
    ("text", "word", "meant"),
    [
        ("Denmark and Peru talked. The two countries agreed.", "countries", ["DNK", "PER"]),
        ("Peru's premier met the king of Denmark. Both leaders agreed.", "leaders", ["PER", "DNK"]),
        ("Denmark and Peru talked as the two sides fought.", "sides", ["DNK", "PER"]),
        ("The two Koreas talked.", "Koreas", ["PRK", "KOR"]),
    ],
)
def test_the_two_countries_are_the_two_named_before(text, word, meant) -> None:
    passages, mentions = read(text)
    found = mentions[0].all_at(token(passages[0], word))
    assert [mention.country for mention in found] == meant
    assert len({mention.span for mention in found}) == 1
    if word != "Koreas":
        starts = [mention.antecedent.start for mention in found]
        assert starts == sorted(starts)
        assert len(set(starts)) == 2


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Denmark, Peru and Chile talked. The two countries agreed.", "countries"),
        ("Denmark talked. The two countries agreed.", "countries"),
        ("Denmark and Peru talked. The three countries agreed.", "countries"),
        ("Denmark and Peru talked. The two companies agreed.", "companies"),
        ("Denmark and Peru talked. The two Baltic countries agreed.", "countries"),
    ],
)
def test_several_countries_of_which_two_could_be_meant_mean_nobody(text, word) -> None:
    passages, mentions = read(text)
    assert mentions[0].at(token(passages[0], word)) is None


@pytest.mark.parametrize("noun", ["countries", "companies"])
def test_several_at_once_that_nothing_tells_say_so(noun) -> None:
    passages, mentions = read(f"Denmark talked. The two {noun} agreed.")
    assert mentions[0].why(token(passages[0], noun))


@pytest.mark.parametrize(
    ("published", "sector"),
    [(date(2010, 5, 1), "REB"), (date(2023, 5, 1), "GOV"), (None, None)],
)
def test_standing_depends_on_the_day(published: date | None, sector: str | None) -> None:
    mention = at("The Taliban released two men.", "Taliban", published=published)
    assert codes(mention) == ("AFG", sector)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Kinshasa said Congo would reply.", "COD"),
        ("Brazzaville said Congo would reply.", "COG"),
        ("Congo would reply.", None),
    ],
)
def test_an_ambiguous_name_needs_its_cues(text: str, country: str | None) -> None:
    mention = at(text, "Congo")
    assert (mention.country if mention else None) == country


def test_no_mention_without_text() -> None:
    assert find_mentions([], load_actors(), None) == ()


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        ("Peru said it would leave.", "it", "PER"),
        ("Peru recalled its envoy.", "its", "PER"),
        ("Peru recalled its envoy.", "envoy", "PER"),
        ("Peru closed the pass. It also recalled two envoys.", "It", "PER"),
        ("Peru regretted the coup. It failed in the end.", "It", None),
        ("Peru says a Chilean jet violated its airspace.", "its", "PER"),
        ("Peru says Chile attacked its ships.", "its", "PER"),
        ("Peru said Chile attacked it.", "it", "PER"),
        ("Peru says a bomb hit the port and Chile removed it.", "it", None),
        ("Peru condemned Chile for shooting down its jet.", "its", "PER"),
        ("Peru says its air defence shot down a Chilean jet.", "its", "PER"),
        ('"Chile helped us," said the Peruvian foreign minister.', "us", "PER"),
        ('"Chile helped us," said a driver.', "us", None),
        ("Peru downed a Chilean jet. The government spoke.", "government", "PER"),
        ("Peru met Chile. Chile left. The government spoke.", "government", None),
        ("The president of Peru says his country is big.", "country", "PER"),
        ("Peru said it was possible to agree.", "it", None),
    ],
)
def test_it_stands_for_the_subject_or_for_nobody(text: str, word: str, country: str | None) -> None:
    mention = at(text, word)
    assert (mention.country if mention else None) == country


def people(day: date, text: str, word: str) -> Mention | None:
    """Read a text with a lexicon of two invented people in office."""
    entries = [
        ("Anna Lindqvist", "SWE", "premier", date(2010, 1, 1), date(2014, 12, 31)),
        ("Carl Brown", "SWE", "foreign minister", date(2010, 1, 1), date(2014, 12, 31)),
    ]
    offices = [
        OfficeEntry.model_validate(
            {"name": name, "country": code, "office": office, "from": first, "until": until}
        )
        for name, code, office, first, until in entries
    ]
    agents, _ = load_file(DATA / "actors" / "agents.yaml", AgentFile)
    words, _ = load_file(DATA / "actors" / "ambiguous.yaml", AmbiguousFile)
    lexicon = ActorLexicon(people_of(offices), agents, words, {"SWE": "Sweden"})
    document = Document(id="d", key="d", text=text, published=day)
    segment = Segment(kind=SegmentKind.BODY, start=0, end=len(text))
    passage = Passage(document, segment, 0, language_model()(text))
    (mentions,) = find_mentions([passage], lexicon, day)
    return mentions.at(token(passage, word))


@pytest.mark.parametrize(
    ("year", "text", "word", "expected"),
    [
        (2012, "Anna Lindqvist met farmers.", "Lindqvist", ("SWE", "GOV")),
        (2012, "Lindqvist met farmers.", "Lindqvist", ("SWE", "GOV")),
        (2016, "Lindqvist met farmers.", "Lindqvist", ("SWE", "ELI")),
        (2012, "Former premier Anna Lindqvist met farmers.", "Lindqvist", ("SWE", "ELI")),
        (2005, "Anna Lindqvist met farmers.", "Lindqvist", ("SWE", None)),
        (2012, "Bertil Lindqvist met farmers.", "Lindqvist", (None, None)),
        (2012, "Ánna Líndqvist met farmers.", "Líndqvist", ("SWE", "GOV")),
        (2016, "Brown met farmers.", "Brown", (None, None)),
        (2012, "The Lindqvist government fell.", "government", ("SWE", "GOV")),
        (2012, "Lindqvist's forces fled.", "forces", ("SWE", "MIL")),
        (2012, "Brown met farmers.", "Brown", ("SWE", "GOV")),
    ],
)
def test_people_in_and_out_of_office(
    year: int, text: str, word: str, expected: tuple[str | None, str | None]
) -> None:
    assert codes(people(date(year, 6, 1), text, word)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A group of " * 1200 + "soldiers left.",
        "They met in " + ", ".join(["Lima"] * 1500) + " and Quito.",
        "Turkey-" * 1500 + "Russia talks.",
        "\u200b\ufeff he it they the minister " * 200,
    ],
)
def test_hostile_text_is_read_to_the_end(text: str) -> None:
    passages, mentions = read(text)
    for word in passages[0].doc:
        mentions[0].at(word)
        mentions[0].all_at(word)
        mentions[0].modifier_at(word)
        mentions[0].place_at(word)

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pytest
from spacy.tokens import Token

from detente.extraction.attribution.chains import Attributions, find_attributions
from detente.extraction.parse import FoundEvent, Passage, language_model, parse
from detente.lexicon.cues import load_cues
from detente.lexicon.outlets import Outlet
from detente.model import (
    Document,
    EventType,
    Mention,
    Quotation,
    Segment,
    SegmentKind,
    SourceKind,
)

OUTLETS = ("TASS", "Reuters", "Interfax", "Sputnik", "Al Jazeera")


@dataclass
class KnownOutlets:
    names: tuple[str, ...] = OUTLETS

    def find(self, name: str) -> Outlet | None:
        if name not in self.names:
            return None
        return Outlet(name=name, kind="agency", country="NOR", examples=(name,))


class NoMentions:
    def at(self, token: Token) -> Mention | None:
        return None


@cache
def read(text: str, kind: SegmentKind = SegmentKind.BODY, outlet: str | None = None):
    document = Document(id="d", key="d", text=text)
    segment = Segment(kind=kind, start=0, end=len(text), outlet=outlet)
    passages = parse([(document, [segment])], language_model())[0]
    found = find_attributions(passages, [NoMentions()] * len(passages), load_cues(), KnownOutlets())
    return passages, found


def event_at(passages: tuple[Passage, ...], word: str) -> FoundEvent:
    tokens = [(passage, t) for passage in passages for t in passage.doc if t.text == word]
    assert len(tokens) == 1, f"{word!r} stands {len(tokens)} times"
    passage, token = tokens[0]
    return FoundEvent(
        passage, token, (token,), (token,), EventType.ASSAULT, None, (), (), None, "test"
    )


def chain(text: str, word: str, **where: object) -> list[tuple[str | None, str]]:
    """Return (source words, cue words) of the links that lead to a word."""
    passages, found = read(text, **where)
    links = found.chain_of(event_at(passages, word))
    for link in links:
        for span in (link.cue, link.content, link.source and link.source.span):
            assert span is None or text[span.start : span.end] == span.text
    return [(link.source.span.text if link.source else None, link.cue.text) for link in links]


CHAINS = [
    ("The envoy said that rebels shelled the port.", "shelled", [("The envoy", "said")]),
    ("The envoy said rebels shelled the port.", "shelled", [("The envoy", "said")]),
    ("Rebels shelled the port, the envoy said.", "shelled", [("the envoy", "said")]),
    ("Rebels shelled the port, said Ivo Hartl.", "shelled", [("Ivo Hartl", "said")]),
    ("Rebels, officials said, shelled the port.", "shelled", [("officials", "said")]),
    ("According to the navy, rebels shelled the port.", "shelled", [("the navy", "According to")]),
    ("Rebels shelled the port, according to the navy.", "shelled", [("the navy", "according to")]),
    (
        "Interfax quoted a ministry source as saying that rebels shelled the port.",
        "shelled",
        [("Interfax", "quoted"), ("a ministry source", "saying")],
    ),
    (
        "The general was quoted by TASS as saying that rebels shelled the port.",
        "shelled",
        [("TASS", "was quoted"), ("The general", "saying")],
    ),
    (
        "“Rebels shelled the port,” Hartl said, TASS reported.",
        "shelled",
        [("TASS", "reported"), ("Hartl", "said")],
    ),
    (
        "Rebels shelled the port, Hartl said on Monday, according to Interfax.",
        "shelled",
        [("Interfax", "according to"), ("Hartl", "said")],
    ),
    (
        "Reuters reported that the minister said that rebels had shelled the port.",
        "shelled",
        [("Reuters", "reported"), ("the minister", "said")],
    ),
    ("Rebels are said to have shelled the port.", "shelled", [(None, "are said")]),
    ("The army was reported to have shelled the port.", "shelled", [(None, "was reported")]),
    ("It was reported that rebels shelled the port.", "shelled", [(None, "was reported")]),
    ("Rebels reportedly shelled the port.", "shelled", [(None, "reportedly")]),
    ("The claim that rebels shelled the port was old.", "shelled", [(None, "claim")]),
    ("There were reports of an attack on the port.", "attack", [(None, "reports")]),
    ("The report says that rebels shelled the port.", "shelled", [("The report", "says")]),
    ("A study found that rebels shelled the port.", "shelled", [("A study", "found")]),
    (
        "The minister told reporters that rebels had shelled the port.",
        "shelled",
        [("The minister", "told")],
    ),
    ("Norland accused Sudia of shelling the port.", "shelling", [("Norland", "accused")]),
    ("Norland denied that it shelled the port.", "shelled", [("Norland", "denied")]),
    ("Norland denied shelling the port.", "shelling", [("Norland", "denied")]),
    ("Norland vowed to shell the port.", "shell", [("Norland", "vowed")]),
    ("Norland plans to shell the port.", "shell", []),
    ("Alleged attacks shook the port.", "attacks", [(None, "Alleged")]),
    # the outlet's own voice
    ("Norland accused Sudia of shelling the port.", "accused", []),
    ("Norland denied that it shelled the port.", "denied", []),
    ("Norland threatened to shell the port.", "threatened", []),
    ("Rebels shelled the port. The envoy left on Monday.", "shelled", []),
    ("The envoy said it was late. Rebels shelled the port.", "shelled", []),
    ("The envoy condemned the attack on the port.", "attack", []),
    ("Sudia asked Norland to return the ship that was seized in May.", "seized", []),
    ("The court rejected the request.", "request", []),
    ("War in Sudia: The envoy said rebels shelled it.", "shelled", [("The envoy", "said")]),
    # the speech act is itself reported
    (
        "The envoy said that Norland accused Sudia of theft.",
        "accused",
        [("The envoy", "said")],
    ),
]


@pytest.mark.parametrize(("text", "word", "expected"), CHAINS)
def test_chain_leads_from_the_relaying_outlet_to_who_said_it(text, word, expected):
    assert chain(text, word) == expected


def test_direct_speech_reaches_to_the_end_of_its_quotation():
    text = "“It was late. Rebels shelled the port,” the envoy said. “Then they withdrew.”"
    assert chain(text, "shelled") == [("the envoy", "said")]
    assert chain(text, "withdrew") == [("the envoy", "said")]


def test_straight_marks_work_like_curly_ones():
    text = '"It was late. Rebels shelled the port," the envoy said. "Then they withdrew."'
    assert chain(text, "shelled") == [("the envoy", "said")]
    assert chain(text, "withdrew") == [("the envoy", "said")]


def test_quotation_of_several_paragraphs_is_one_attribution():
    text = (
        "The envoy said: “Rebels came at dawn.\n\n“They shelled the port.\n\n“Then they left.”\n\n"
        "The city burned."
    )
    assert chain(text, "shelled") == [("The envoy", "said")]
    assert chain(text, "left") == [("The envoy", "said")]
    assert chain(text, "burned") == []


def test_one_lost_mark_costs_one_paragraph_only():
    text = (
        'The envoy said: "Rebels came at dawn.\n\nThe port burned all night.\n\n'
        '"We withdrew," the general said.'
    )
    assert chain(text, "burned") == []
    assert chain(text, "withdrew") == [("the general", "said")]


def test_first_person_in_direct_speech_is_the_speaker():
    text = "“We promise to leave the port,” President Ivo Hartl said."
    passages, found = read(text)
    outer, inner = found.chain_of(event_at(passages, "leave"))
    assert inner.source.span.text == "We"
    assert inner.source.antecedent == outer.source.span
    assert inner.source.kind is SourceKind.OFFICIAL


def test_parser_taking_the_source_for_the_quotation_is_corrected():
    text = "“The port is not hunky-dory,” Ivo Hartl, a former envoy, said on Monday."
    passages, found = read(text)
    (link,) = found.chain_of(event_at(passages, "is"))
    assert link.source.span.text == "Ivo Hartl, a former envoy"
    assert link.content.text == "“The port is not hunky-dory,”"


def test_scare_quotes_attribute_nothing():
    assert chain("The “heroes” shelled the port.", "shelled") == []


def test_question_in_direct_speech():
    assert chain('"Who shelled us?" the envoy asked.', "shelled") == [("the envoy", "asked")]


def test_headline_with_a_colon():
    text = "Hartl: Rebels shelled the port"
    assert chain(text, "shelled", kind=SegmentKind.HEADLINE) == [("Hartl", ":")]


def test_credit_of_a_reprint_is_the_outermost_link():
    text = "Sputnik. The envoy said that rebels shelled the port. The city burned."
    reprint = {"kind": SegmentKind.REPRINT, "outlet": "Sputnik"}
    assert chain(text, "shelled", **reprint) == [("Sputnik", "Sputnik"), ("The envoy", "said")]
    assert chain(text, "burned", **reprint) == [("Sputnik", "Sputnik")]


def test_credit_without_words_to_cite_is_skipped():
    text = "The city burned."
    assert chain(text, "burned", kind=SegmentKind.REPRINT, outlet="Sputnik") == []


KINDS = [
    ("TASS said rebels shelled it.", SourceKind.OUTLET, True),
    ("The foreign ministry said rebels shelled it.", SourceKind.OFFICIAL, False),
    ("A senior official said rebels shelled it.", SourceKind.UNNAMED, False),
    ("Diplomats in the capital said rebels shelled it.", SourceKind.UNNAMED, False),
    (
        "A minister, speaking on condition of anonymity, said rebels shelled it.",
        SourceKind.UNNAMED,
        False,
    ),
    ("Two analysts said rebels shelled it.", SourceKind.EXPERT, False),
    ("The report said rebels shelled it.", SourceKind.DOCUMENT, False),
    ("Residents said rebels shelled it.", SourceKind.PUBLIC, False),
    ("President Ivo Hartl said rebels shelled it.", SourceKind.OFFICIAL, True),
    ("Hungary said rebels shelled it.", SourceKind.OFFICIAL, True),
]


@pytest.mark.parametrize(("text", "kind", "named"), KINDS)
def test_sources_are_described(text, kind, named):
    passages, found = read(text)
    (link,) = found.chain_of(event_at(passages, "shelled"))
    assert (link.source.kind, link.source.named) == (kind, named)


def test_country_and_antecedent_come_from_the_mention():
    text = "Minister Hartl arrived. He said rebels shelled the port."
    document = Document(id="d", key="d", text=text)
    segment = Segment(kind=SegmentKind.BODY, start=0, end=len(text))
    passages = parse([(document, [segment])], language_model())[0]

    class Resolved:
        def at(self, token: Token) -> Mention | None:
            if token.text != "He":
                return None
            return Mention(
                span=document.span(24, 26),
                country="NOR",
                sector="GOV",
                name="Hartl",
                antecedent=document.span(0, 14),
            )

    found = find_attributions(passages, [Resolved()], load_cues(), KnownOutlets())
    (link,) = found.chain_of(event_at(passages, "shelled"))
    assert link.source.span.text == "He"
    assert link.source.antecedent.text == "Minister Hartl"
    assert (link.source.kind, link.source.named) == (SourceKind.OFFICIAL, True)
    assert (link.source.country, link.source.name) == ("NOR", "Hartl")


def test_known_outlet_gives_its_name_and_country():
    passages, found = read("TASS reported that rebels shelled the port.")
    (link,) = found.chain_of(event_at(passages, "shelled"))
    assert (link.source.name, link.source.country) == ("TASS", "NOR")


def test_quotation_says_whose_words_they_are():
    direct = read("“Rebels shelled the port,” the envoy said.")[1].all[0]
    indirect = read("The envoy said that rebels shelled the port.")[1].all[0]
    mixed = read("The envoy said that the rebels “shelled the port” on Monday evening.")[1].all[0]
    assert direct.quotation is Quotation.DIRECT
    assert indirect.quotation is Quotation.INDIRECT
    assert mixed.quotation is Quotation.MIXED


@cache
def _found_in_examples() -> Attributions:
    text = "\n\n".join(e for cue in load_cues().entries for e in (*cue.examples, *cue.not_))
    return read(text)


@cache
def _lemmas_of_examples() -> dict[str, set[str]]:
    passages, found = _found_in_examples()
    by_start = {p.start: p.doc.text for p in passages}
    starts = sorted(by_start)
    lemmas: dict[str, set[str]] = {text: set() for text in by_start.values()}
    for attribution in found.all:
        start = max(s for s in starts if s <= attribution.cue.start)
        lemmas[by_start[start]].add(attribution.lemma)
    return lemmas


@pytest.mark.parametrize("cue", load_cues().entries, ids=lambda cue: f"{cue.pos}-{cue.cue}")
def test_cue_attributes_in_its_examples(cue):
    for example in cue.examples:
        assert cue.cue in _lemmas_of_examples()[example], example
    for example in cue.not_:
        assert cue.cue not in _lemmas_of_examples()[example], example


@pytest.mark.parametrize("entry", load_cues().source_nouns, ids=lambda entry: entry.noun)
def test_source_noun_gives_its_kind(entry):
    for example in entry.examples:
        passages, found = _sources_of_examples()
        kinds = [
            a.source.kind
            for passage in passages
            if passage.doc.text == example
            for a in found.all
            if passage.start <= a.cue.start < passage.start + len(example)
        ]
        assert kinds == [entry.kind]


@cache
def _sources_of_examples():
    return read("\n\n".join(e for entry in load_cues().source_nouns for e in entry.examples))

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from spacy.tokens import Token

from detente.extraction.attribution.chains import find_attributions
from detente.extraction.certainty.judging import Grounds, certainty_of, judge, label_of
from detente.extraction.certainty.verb_time import lemma_of
from detente.extraction.parse import FoundEvent, language_model, parse
from detente.lexicon.cues import load_certainty, load_cues
from detente.model import (
    Attribution,
    Certainty,
    Document,
    EventType,
    Label,
    Mention,
    Polarity,
    Quotation,
    Segment,
    SegmentKind,
    Source,
    SourceKind,
    Span,
    Strength,
    Time,
)


class Nothing:
    def at(self, token: Token) -> Mention | None:
        return None

    def find(self, name: str) -> object | None:
        return None


def hold(text: str, word: str) -> Certainty:
    """Return the certainty of the event that a word of the text names."""
    document = Document(id="d", key="d", text=text, published=date(2026, 1, 1))
    segment = Segment(kind=SegmentKind.BODY, start=0, end=len(text))
    passages = parse([(document, [segment])], language_model())[0]
    ((passage, token),) = [(p, t) for p in passages for t in p.doc if t.text == word]
    event = FoundEvent(
        passage, token, (token,), (token,), EventType.ASSAULT, None, (), (), None, "test"
    )
    chain = find_attributions(passages, [Nothing()] * len(passages), load_cues(), Nothing())
    certainty = certainty_of(event, chain.chain_of(event), load_certainty())
    for cue in certainty.cues:
        assert text[cue.start : cue.end] == cue.text
    return certainty


YES, NO, OPEN = Polarity.POSITIVE, Polarity.NEGATIVE, Polarity.UNKNOWN
SURE, LIKELY, MAYBE, UNSURE = (
    Strength.CERTAIN,
    Strength.PROBABLE,
    Strength.POSSIBLE,
    Strength.UNKNOWN,
)

CASES = [
    # the outlet's own voice
    ("Norland shelled the port.", "shelled", YES, SURE, Time.PAST, Label.ASSERTED),
    ("Norland shells the port.", "shells", YES, SURE, Time.PRESENT, Label.ASSERTED),
    ("Norland has shelled the port.", "shelled", YES, SURE, Time.PAST, Label.ASSERTED),
    ("Norland is shelling the port.", "shelling", YES, SURE, Time.PRESENT, Label.ASSERTED),
    # polarity
    ("Norland did not shell the port.", "shell", NO, SURE, Time.PAST, Label.DENIED),
    ("Norland never shelled the port.", "shelled", NO, SURE, Time.PAST, Label.DENIED),
    ("Norland failed to shell the port.", "shell", NO, SURE, Time.PAST, Label.DENIED),
    ("Norland did not fail to shell the port.", "shell", YES, SURE, Time.PAST, Label.ASSERTED),
    ("Norland refused to leave the port.", "leave", NO, SURE, Time.PAST, Label.DENIED),
    ("It signed an order banning trade.", "banning", YES, SURE, Time.PAST, Label.ASSERTED),
    ("Norland has yet to shell the port.", "shell", NO, SURE, Time.PRESENT, Label.DENIED),
    ("Norland had yet to shell the port.", "shell", NO, SURE, Time.PAST, Label.DENIED),
    ("Norland has shelled the port yet again.", "shelled", YES, SURE, Time.PAST, Label.ASSERTED),
    ("Norland left without shelling the port.", "shelling", NO, SURE, Time.PAST, Label.DENIED),
    ("Neither army shelled the port.", "shelled", NO, SURE, Time.PAST, Label.DENIED),
    ("There was no attack on the port.", "attack", NO, SURE, Time.PAST, Label.DENIED),
    ("Norland cancelled the talks.", "talks", NO, SURE, Time.PAST, Label.DENIED),
    ("Norland denied that it shelled the port.", "shelled", NO, SURE, Time.PAST, Label.DENIED),
    ("Norland denied shelling the port.", "shelling", NO, SURE, Time.PAST, Label.DENIED),
    (
        "Norland rejected claims that it shelled the port.",
        "shelled",
        NO,
        SURE,
        Time.PAST,
        Label.DENIED,
    ),
    ("Norland not only shelled the port.", "shelled", YES, SURE, Time.PAST, Label.ASSERTED),
    ("Norland went so far as to shell it.", "shell", YES, SURE, Time.PAST, Label.ASSERTED),
    ("Norland rejected the request.", "request", YES, SURE, Time.PAST, Label.ASSERTED),
    ("The envoy advised that rebels shelled it.", "shelled", YES, SURE, Time.PAST, Label.REPORTED),
    # strength
    ("Norland probably shelled the port.", "shelled", YES, LIKELY, Time.PAST, Label.SPECULATED),
    ("Norland may have shelled the port.", "shelled", YES, MAYBE, Time.PAST, Label.SPECULATED),
    ("Norland might shell the port.", "shell", YES, MAYBE, Time.FUTURE, Label.SPECULATED),
    ("Experts believe Norland shelled it.", "shelled", YES, LIKELY, Time.PAST, Label.SPECULATED),
    ("Norland shelled it, experts believe.", "shelled", YES, LIKELY, Time.PAST, Label.SPECULATED),
    ("Did Norland shell the port?", "shell", OPEN, UNSURE, Time.PAST, Label.SPECULATED),
    (
        "It is unclear whether Norland shelled the port.",
        "shelled",
        OPEN,
        UNSURE,
        Time.PAST,
        Label.SPECULATED,
    ),
    # time
    ("Norland will shell the port.", "shell", YES, SURE, Time.FUTURE, Label.PLANNED),
    ("Norland plans to shell the port.", "shell", YES, SURE, Time.FUTURE, Label.PLANNED),
    ("Norland vowed to shell the port.", "shell", YES, SURE, Time.FUTURE, Label.PLANNED),
    ("Norland is to leave the port.", "leave", YES, SURE, Time.FUTURE, Label.PLANNED),
    ("The talks may be held in August.", "held", YES, MAYBE, Time.FUTURE, Label.PLANNED),
    ("The envoy said Norland would leave.", "leave", YES, SURE, Time.FUTURE, Label.PLANNED),
    ("Norland managed to leave the port.", "leave", YES, SURE, Time.PAST, Label.ASSERTED),
    ("Norland was forced to leave the port.", "leave", YES, SURE, Time.PAST, Label.ASSERTED),
    ("Norland continued to shell the port.", "shell", YES, SURE, Time.PAST, Label.ASSERTED),
    ("The envoy urged Norland to leave.", "leave", YES, UNSURE, Time.FUTURE, Label.SPECULATED),
    # conditions
    (
        "If Norland shells the port, ships will leave.",
        "shells",
        YES,
        SURE,
        Time.HYPOTHETICAL,
        Label.CONDITIONAL,
    ),
    (
        "If Norland shells the port, ships will leave.",
        "leave",
        YES,
        SURE,
        Time.HYPOTHETICAL,
        Label.CONDITIONAL,
    ),
    (
        "Norland would have shelled the port.",
        "shelled",
        YES,
        SURE,
        Time.HYPOTHETICAL,
        Label.CONDITIONAL,
    ),
    # holders
    ("The minister said Norland shelled it.", "shelled", YES, SURE, Time.PAST, Label.REPORTED),
    ("Officials said Norland shelled it.", "shelled", YES, SURE, Time.PAST, Label.ALLEGED),
    ("The minister claimed Norland shelled it.", "shelled", YES, SURE, Time.PAST, Label.ALLEGED),
    ("Norland shelled it, the minister claimed.", "shelled", YES, SURE, Time.PAST, Label.ALLEGED),
    ("Norland reportedly shelled the port.", "shelled", YES, SURE, Time.PAST, Label.ALLEGED),
    ("Sudia accused Norland of shelling it.", "shelling", YES, SURE, Time.PAST, Label.ALLEGED),
    ("Sudia accused Norland of shelling it.", "accused", YES, SURE, Time.PAST, Label.ASSERTED),
    ("Norland denied shelling the port.", "denied", YES, SURE, Time.PAST, Label.ASSERTED),
]


@pytest.mark.parametrize(("text", "word", "polarity", "strength", "time", "label"), CASES)
def test_how_a_claim_is_held(text, word, polarity, strength, time, label):
    held = hold(text, word)
    assert (held.polarity, held.strength, held.time, held.label) == (
        polarity,
        strength,
        time,
        label,
    ), held


def test_deciding_words_are_cited():
    held = hold("Norland probably did not shell the port.", "shell")
    assert [cue.text for cue in held.cues] == ["probably", "not"]
    assert "'not'" in held.reason


def span(text: str) -> Span:
    return Span(0, len(text), text)


def link(kind: SourceKind = SourceKind.OFFICIAL) -> Attribution:
    source = Source(span=span("the envoy"), kind=kind, named=False)
    return Attribution(
        source=source,
        cue=span("said"),
        content=None,
        quotation=Quotation.INDIRECT,
        lemma="say",
    )


def test_denial_outranks_every_other_label():
    for time in Time:
        label, _ = label_of(NO, MAYBE, time, [link()], Grounds(distancing="claimed"))
        assert label is Label.DENIED


def test_condition_outranks_plan_and_speculation():
    label, _ = label_of(YES, MAYBE, Time.HYPOTHETICAL, [], Grounds(scheduled="plans"))
    assert label is Label.CONDITIONAL


def test_bare_possibility_is_no_plan_but_a_dated_one_is():
    assert label_of(YES, MAYBE, Time.FUTURE, [], Grounds())[0] is Label.SPECULATED
    assert label_of(YES, MAYBE, Time.FUTURE, [], Grounds(dated=True))[0] is Label.PLANNED


def test_source_that_is_the_other_party_alleges():
    label, reason = label_of(YES, SURE, Time.PAST, [link()], Grounds(interested=True))
    assert label is Label.ALLEGED
    assert "the envoy" in reason


def test_unnamed_source_alleges_and_office_reports():
    unnamed = label_of(YES, SURE, Time.PAST, [link(SourceKind.UNNAMED)], Grounds())
    office = label_of(YES, SURE, Time.PAST, [link()], Grounds())
    assert (unnamed[0], office[0]) == (Label.ALLEGED, Label.REPORTED)


@cache
def _deciding_words() -> dict[str, set[str]]:
    """Return for each example the words that some token of it meets on its walk."""
    lexicon = load_certainty()
    examples = [e for signal in lexicon.entries for e in signal.examples]
    found: dict[str, set[str]] = {}
    for doc in language_model().pipe(examples):
        met = found.setdefault(doc.text, set())
        for token in doc:
            if token.pos_ not in ("VERB", "NOUN", "AUX"):
                continue
            state = judge(token, lexicon)
            for cue in (*state.cues, *state.passed):
                met.update({cue.lower_, lemma_of(cue)})
    return found


@pytest.mark.parametrize(
    "signal", load_certainty().entries, ids=lambda signal: f"{signal.pos}-{signal.word}"
)
def test_signal_decides_in_its_examples(signal):
    for example in signal.examples:
        assert signal.word.split()[0] in _deciding_words()[example], example

"""Every example of every event frame, through the real pipeline; and the schema's own rules."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from detente.errors import LexiconError
from detente.extraction.events import find_events
from detente.extraction.parse import FoundEvent, language_model, parse
from detente.lexicon.frames import Pattern, load_frames
from detente.model import Document, Segment, SegmentKind

try:
    from detente.extraction.mentions import find_mentions
    from detente.lexicon.actors import load_actors
except ImportError:  # until the finder of mentions is there
    from stand_in import find_mentions

    def load_actors():
        return None


FRAMES = load_frames()
Found = dict[str, tuple[FoundEvent, ...]]


def stem(pattern_or_rule: Pattern | str) -> str:
    rule = pattern_or_rule if isinstance(pattern_or_rule, str) else pattern_or_rule.rule
    return rule.partition(":")[0]


EXAMPLES = [
    pytest.param(file.name.rpartition("/")[2], file.type, frame, text, id=f"{file.type}-{text}")
    for file in FRAMES.files
    for frame in file.frames
    for text in frame.examples
]
COUNTER_EXAMPLES = [
    pytest.param(f"{file.name.rpartition('/')[2]}:{frame.name}", text, id=f"{file.type}-{text}")
    for file in FRAMES.files
    for frame in file.frames
    for text in frame.not_
]
LIGHT = [verb for verbs in FRAMES.light.values() for verb in verbs]


@pytest.fixture(scope="module")
def found() -> Found:
    """Return the events of every sentence that the lexicon gives, all parsed in one batch."""
    texts = [parameter.values[-1] for parameter in (*EXAMPLES, *COUNTER_EXAMPLES)]
    texts += [text for verb in LIGHT for text in (*verb.examples, *verb.not_)]
    texts = sorted(set(texts))
    whole = "\n\n".join(texts)
    document = Document(id="d", key="d", text=whole)
    segment = Segment(kind=SegmentKind.BODY, start=0, end=len(whole))
    passages = parse(document, (segment,), language_model())
    # one passage an example: a batch, but no example can lend its words to another
    actors = load_actors()
    events: defaultdict[str, list[FoundEvent]] = defaultdict(list)
    for passage in passages:
        mentions = find_mentions((passage,), actors, None)
        events[passage.doc.text] += find_events((passage,), mentions, FRAMES)[0]
    assert len(passages) == len(texts)
    return {text: tuple(listed) for text, listed in events.items()}


def shown(events: tuple[FoundEvent, ...]) -> str:
    return "; ".join(
        f"{event.rule} {[m.span.text for m in event.actors]} -> "
        f"{[m.span.text for m in event.recipients]}"
        for event in events
    )


@pytest.mark.parametrize(("file", "event_type", "frame", "text"), EXAMPLES)
def test_a_frame_finds_its_examples(found: Found, file, event_type, frame, text) -> None:
    events = found[text]
    assert any(event.rule == f"{file}:{frame.name}" for event in events), shown(events)


@pytest.mark.parametrize(("rule", "text"), COUNTER_EXAMPLES)
def test_a_frame_finds_nothing_in_what_it_is_not(found: Found, rule: str, text: str) -> None:
    assert not [event for event in found[text] if event.rule == rule], shown(found[text])


@pytest.mark.parametrize(
    ("verb", "text"), [pytest.param(v, t, id=f"light-{t}") for v in LIGHT for t in v.examples]
)
def test_a_light_verb_and_its_noun_are_one_event(found: Found, verb, text: str) -> None:
    heads = {event.trigger.lemma_ for event in found[text] if len(event.anchor) > 1}
    assert verb.words[0] in heads, shown(found[text])


@pytest.mark.parametrize(
    ("verb", "text"), [pytest.param(v, t, id=f"light-not-{t}") for v in LIGHT for t in v.not_]
)
def test_a_light_verb_alone_is_no_event(found: Found, verb, text: str) -> None:
    assert not [event for event in found[text] if event.trigger.lemma_ == verb.words[0]]

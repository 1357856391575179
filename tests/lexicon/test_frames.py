"""Every example of every event frame, through the real pipeline; and the schema's own rules."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from detente.errors import LexiconError
from detente.extraction.actors.mentions import find_mentions
from detente.extraction.events.finding import find_events
from detente.extraction.parse import FoundEvent, language_model, parse
from detente.lexicon.actors import load_actors
from detente.lexicon.frames import Pattern, load_frames
from detente.model import Document, Segment, SegmentKind

FRAMES = load_frames()
Found = dict[str, tuple[FoundEvent, ...]]


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


def _conditions(pattern: Pattern) -> tuple[object, ...]:
    """Return what makes a pattern match; one for two sides is not one for a single side."""
    prep = frozenset(pattern.prep.items())
    narrowing = (pattern.object, pattern.not_object, pattern.subject, prep, pattern.complement)
    return (
        pattern.before,
        pattern.head,
        pattern.after,
        *narrowing,
        pattern.frame.modal,
        pattern.reciprocal,
    )


def test_no_two_frames_have_the_same_head_fixed_words_and_conditions() -> None:
    for index in (FRAMES.verbs, FRAMES.nouns, FRAMES.adjectives):
        seen: dict[tuple[object, ...], str] = {}
        for pattern in (pattern for patterns in index.values() for pattern in patterns):
            other = seen.setdefault(_conditions(pattern), pattern.rule)
            assert other == pattern.rule, f"{other} and {pattern.rule} match the same words"


@pytest.fixture(scope="module")
def found() -> Found:
    """Return the events of every sentence that the lexicon gives, all parsed in one batch."""
    texts = [parameter.values[-1] for parameter in (*EXAMPLES, *COUNTER_EXAMPLES)]
    texts += [text for verb in LIGHT for text in (*verb.examples, *verb.not_)]
    texts = sorted(set(texts))
    whole = "\n\n".join(texts)
    document = Document(id="d", key="d", text=whole)
    segment = Segment(kind=SegmentKind.BODY, start=0, end=len(whole))
    actors = load_actors()
    (passages,) = parse(
        [(document, (segment,))], language_model(), actors.longest, FRAMES.known_verbs
    )
    # one passage an example: a batch, but no example can lend its words to another
    events: defaultdict[str, list[FoundEvent]] = defaultdict(list)
    for passage in passages:
        mentions = find_mentions((passage,), actors, None)
        text = whole[passage.start : passage.start + len(passage.doc.text)]
        events[text] += find_events((passage,), mentions, FRAMES)[0]
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
    # startswith: the lemmatiser makes "stag" of "staged"
    (event,) = [e for e in found[text] if verb.words[0].startswith(e.trigger.lemma_)]
    assert len(event.anchor) > 1, shown(found[text])


@pytest.mark.parametrize(
    ("verb", "text"), [pytest.param(v, t, id=f"light-not-{t}") for v in LIGHT for t in v.not_]
)
def test_a_light_verb_alone_is_no_event(found: Found, verb, text: str) -> None:
    assert not [event for event in found[text] if event.trigger.lemma_ == verb.words[0]]


HEADER = "name: events/{}\nversion: 2026.11.0\nlicence: Apache-2.0\nsources: []\n"


def write(folder: Path, name: str, body: str) -> None:
    (folder / f"{name}.yaml").write_text(HEADER.format(name) + body, encoding="utf-8")


@pytest.mark.parametrize(
    ("frame", "complaint"),
    [
        ("{verb: hit, mode: airy, examples: [a]}", "unknown mode 'airy'; use one of abduct"),
        ("{verb: hit, actor: [agent], examples: [a]}", "unknown role 'agent'; use a preposition"),
        ("{verb: hit, prep: {onn: [x]}, examples: [a]}", "unknown preposition 'onn'"),
        ("{verb: hit, recipient: [on], examples: [a]}", 'write "on"'),
        ("{verb: hit, object: [$jets], examples: [a]}", "unknown noun class '$jets'"),
        ("{verb: hit, noun: hit, examples: [a]}", "exactly one of verb, noun, adjective"),
        ("{verb: hit}", "examples"),
        ("{verb: hit, colour: red, examples: [a]}", "colour"),
    ],
)
def test_a_broken_frame_is_named_with_what_is_allowed(
    tmp_path: Path, frame: str, complaint: str
) -> None:
    write(tmp_path, "assault", f"type: ASSAULT\nframes:\n- {frame}\n")
    with pytest.raises(LexiconError) as error:
        load_frames(tmp_path)
    assert "assault" in str(error.value)
    assert complaint in str(error.value)


def test_two_frames_of_a_file_need_different_ids(tmp_path: Path) -> None:
    frame = "- {verb: hit, examples: [a]}\n"
    write(tmp_path, "assault", f"type: ASSAULT\nframes:\n{frame}{frame}")
    with pytest.raises(LexiconError, match="this id is taken"):
        load_frames(tmp_path)


def test_the_most_specific_frame_comes_first(tmp_path: Path) -> None:
    write(
        tmp_path,
        "assault",
        "type: ASSAULT\nframes:\n"
        "- {verb: hit, id: bare, examples: [a]}\n"
        "- {verb: hit, id: any, prep: {with: ['*']}, examples: [a]}\n"
        "- {verb: hit, id: narrow, object: [town], examples: [a]}\n",
    )
    patterns = load_frames(tmp_path).verbs["hit"]
    assert [pattern.rule for pattern in patterns] == [
        "assault:narrow",
        "assault:any",
        "assault:bare",
    ]


def test_material_beats_verbal(tmp_path: Path) -> None:
    write(tmp_path, "accuse", "type: ACCUSE\nframes:\n- {verb: hit, examples: [a]}\n")
    write(tmp_path, "assault", "type: ASSAULT\nframes:\n- {verb: hit, examples: [a]}\n")
    assert [p.event_type for p in load_frames(tmp_path).verbs["hit"]] == ["ASSAULT", "ACCUSE"]


def test_nouns_of_a_verb_take_roles_of_a_noun(tmp_path: Path) -> None:
    frame = "- {verb: invade, nouns: [invasion], examples: [a]}\n"
    write(tmp_path, "assault", f"type: ASSAULT\nframes:\n{frame}")
    (pattern,) = load_frames(tmp_path).nouns["invasion"]
    assert pattern.actor == ("by", "possessor", "modifier")
    assert pattern.recipient == ("of", "on", "against")


def test_a_missing_folder_gives_an_empty_lexicon(tmp_path: Path) -> None:
    lexicon = load_frames(tmp_path / "nowhere")
    assert not lexicon.verbs
    assert not lexicon.versions


def test_classes_may_take_in_classes_but_not_in_circles(tmp_path: Path) -> None:
    body = "classes:\n  a: {words: [x, $b], examples: [s]}\n  b: {words: [y], examples: [s]}\n"
    write(tmp_path, "nouns", body)
    write(
        tmp_path,
        "assault",
        "type: ASSAULT\nframes:\n- {verb: hit, object: [$a], examples: [a]}\n",
    )
    (pattern,) = load_frames(tmp_path).verbs["hit"]
    assert pattern.object == {"x", "y"}
    body = "classes:\n  a: {words: [$b], examples: [s]}\n  b: {words: [$a], examples: [s]}\n"
    other = tmp_path / "other"
    other.mkdir()
    write(other, "nouns", body)
    with pytest.raises(LexiconError, match="circular"):
        load_frames(other)

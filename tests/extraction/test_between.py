"""The event between two given phrases, where a reader has marked them."""

from __future__ import annotations

import pytest

from detente.extraction.actors.mentions import find_mentions
from detente.extraction.events.between import event_between
from detente.extraction.parse import language_model, parse
from detente.lexicon.actors import load_actors
from detente.lexicon.frames import load_frames
from detente.model import Document, Segment, SegmentKind


def link(text: str, actor: str, recipient: str) -> str:
    document = Document(id="d", key="d", text=text)
    segment = Segment(kind=SegmentKind.BODY, start=0, end=len(text))
    actors, frames = load_actors(), load_frames()
    ((passage,),) = parse(
        [(document, (segment,))], language_model(), actors.longest, frames.known_verbs
    )
    (mentions,) = find_mentions((passage,), actors, None)
    first, second = text.index(actor), text.index(recipient)
    found = event_between(
        passage,
        mentions,
        frames,
        actor=(first, first + len(actor)),
        recipient=(second, second + len(recipient)),
    )
    return found.event_type.value if found is not None else ""


GIVEN = {
    "a plain pair": ("Norway attacked Chile.", "Norway", "Chile", "ASSAULT"),
    "a clause inside a phrase is not between the two": (
        "The coalition fighting the rebels in Peru has declared a ceasefire.",
        "The coalition fighting the rebels",
        "Peru",
        "RETREAT",
    ),
    "a noun that names the event is": (
        "A Norwegian attack on the port of Chile killed ten.",
        "A Norwegian attack",
        "the port of Chile",
        "ASSAULT",
    ),
    "the verb on the path comes before a clause beside it": (
        "Though Peru is not taking part in the meeting, its envoy Luis Soto said it supports the "
        "work of Chile.",
        "its envoy Luis Soto",
        "Chile",
        "SUPPORT",
    ),
}


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "expected"), GIVEN.values(), ids=GIVEN.keys()
)
def test_between(text: str, actor: str, recipient: str, expected: str) -> None:
    assert link(text, actor, recipient) == expected

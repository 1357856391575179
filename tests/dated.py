"""Dates of starred events in sentences, for tests."""

from __future__ import annotations

from datetime import date

from detente.extraction.dates.dating import date_of
from detente.extraction.parse import FoundEvent, Passage, language_model
from detente.model import DateRange, Document, Segment, SegmentKind
from detente.model.ontology import EventType

MONDAY = date(2016, 7, 25)
BODY = SegmentKind.BODY


def passage_of(
    text: str,
    lead: str = "",
    *,
    published: date | None = MONDAY,
    segment: SegmentKind = BODY,
    own: date | None = None,
    opening: str = "",
) -> Passage:
    """Return a parsed paragraph.

    Args:
        text: the paragraph.
        lead: what stands before its segment.
        published: the day of its document.
        segment: the kind of its segment.
        own: the day that its segment states.
        opening: what stands before it in its segment.
    """
    before = lead + opening
    document = Document(id="d", key="d", text=before + text, published=published)
    whole = Segment(kind=segment, start=len(lead), end=len(before + text), published=own)
    return Passage(document, whole, len(before), language_model()(text))


def when(
    marked: str, *, more: tuple[str, ...] = (), kind: EventType = EventType.ASSAULT, **where
) -> DateRange:
    """Return the date of the event whose word is starred.

    Args:
        marked: a paragraph with one star.
        more: further words that name the event.
        kind: its type.
        **where: see ``passage_of``.
    """
    place = marked.index("*")
    passage = passage_of(marked.replace("*", ""), **where)
    (trigger,) = (token for token in passage.doc if token.idx == place)
    others = tuple(token for token in passage.doc if token.text in more)
    event = FoundEvent(
        passage=passage,
        trigger=trigger,
        anchor=(trigger, *others),
        tokens=(trigger,),
        event_type=kind,
        mode=None,
        actors=(),
        recipients=(),
        place=None,
        rule="test:test",
    )
    return date_of(event)

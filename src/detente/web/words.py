"""Events, segments and texts in the words of a page."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

from detente.briefing.material import chain_links
from detente.briefing.words import listed, side_words
from detente.model import Event, SegmentKind, Toll

__all__ = ["chain_links", "deed_words", "segment_words", "text_shown", "toll_words"]

_SEGMENTS = {
    SegmentKind.HEADLINE: "headline",
    SegmentKind.DATELINE: "dateline",
    SegmentKind.BYLINE: "byline",
    SegmentKind.BODY: "text",
    SegmentKind.QUOTATION: "quotation",
    SegmentKind.REPRINT: "reprint",
    SegmentKind.EDITORS_NOTE: "editor's note",
    SegmentKind.BOILERPLATE: "boilerplate",
    SegmentKind.COMMENT: "comment",
}


def deed_words(event: Event, country_names: Mapping[str, str]) -> str:
    """Return "ASSAULT aerial: Turkey (military) → Russia (military)"."""
    kind = event.event_type.value + (f" {event.mode}" if event.mode else "")
    names = dict(country_names)
    sides = [listed(side_words(side, names)) for side in (event.actors, event.recipients) if side]
    return f"{kind}: {' → '.join(sides)}"


def segment_words(kind: SegmentKind) -> str:
    """Return the name of a kind of segment."""
    return _SEGMENTS[kind]


def toll_words(toll: Toll) -> str:
    """Return "12 dead", "at least 5 injured", "3 to 7 arrested"."""
    about = "about " if toll.approximate else ""
    if toll.low is None:
        number = f"at most {about}{toll.high}"
    elif toll.high is None:
        number = f"at least {about}{toll.low}"
    elif toll.low == toll.high:
        number = f"{about}{toll.low}"
    else:
        number = f"{about}{toll.low} to {toll.high}"
    return f"{number} {toll.kind.value}"


def text_shown(text: str) -> Markup:
    """Return a text, escaped, with its lines, and a blank for all else that does not print."""
    return escape("".join(char if char.isprintable() or char in "\n\t" else " " for char in text))

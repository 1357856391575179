"""News of a followed pair in sentences with their evidence, as lines and as JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from detente.briefing.compose import entry_of
from detente.briefing.judgements import shift_note
from detente.briefing.material import Material, brief_quote, quoted
from detente.briefing.phrases import counts_words, origins_words, what_words, when_words
from detente.briefing.records import iso_day
from detente.briefing.words import date_words, interval_words, listed, plural, printable
from detente.model import (
    Direction,
    Event,
    Evidence,
    KnownShift,
    News,
    NewsKind,
    Origins,
    Shift,
    Statement,
    TimelineEntry,
)

__all__ = [
    "became_statement",
    "change_statement",
    "event_statement",
    "news_lines",
    "news_record",
    "no_longer_likely",
    "origins_statement",
    "shift_statement",
    "withdrawal_statement",
]

# Of an event that many report, so many passages are shown.
_MOST_EVIDENCE = 10
_LISTED_EVIDENCE = 3
_LONGEST_NOTE = 300
_KINDS = {
    NewsKind.EVENT: "new event",
    NewsKind.RECALLED: "of the past",
    NewsKind.ORIGINS: "more origins",
    NewsKind.DENIAL: "denied",
    NewsKind.CONTRADICTION: "contradicted",
    NewsKind.WITHDRAWAL: "withdrawn",
    NewsKind.REVISION: "revised",
    NewsKind.SHIFT: "shift",
}


# What a brief shows in places of its own.
_SHOWN = frozenset({NewsKind.EVENT, NewsKind.RECALLED, NewsKind.ORIGINS, NewsKind.SHIFT})
_PROBABILITY = " (probability "


def event_statement(event: Event, material: Material) -> Statement:
    """Return what happened, who says so, and how many do."""
    entry = entry_of(event, material)
    text = f"{_told(entry, material)}; {counts_words(entry)}; {entry.label})"
    return Statement(text=text, evidence=entry.statement.evidence[:_MOST_EVIDENCE])


def change_statement(news: News, material: Material) -> Statement:
    """Return what is new as a brief says it, which shows events and shifts in places of their own.

    Args:
        news: what is new.
        material: what the brief is told from.
    """
    events = {event.id: event for event in material.events}
    shown = list(_entries(news.event_ids, events, material).values())[:_LISTED_EVIDENCE]
    # of a shift the brief gives the probability in its own place
    how, likely, _ = news.statement.text.partition(_PROBABILITY)
    if not shown or news.kind not in _SHOWN or (news.kind is NewsKind.SHIFT and not likely):
        text, evidence = news.statement.text, news.statement.evidence
    else:
        evidence = tuple(one.statement.evidence[0] for one in shown)
        quotes = (brief_quote(one, material) for one in evidence)
        text = f"{how}, carried by " if likely else ""
        text += "; ".join(
            f"{one.date_text}, “{quote}”" for one, quote in zip(shown, quotes, strict=True)
        )
    return Statement(text=f"{_KINDS[news.kind]}: {text}", evidence=evidence)


def origins_statement(
    event: Event, before: Origins, new_documents: Collection[str], material: Material
) -> Statement:
    """Return that more origins than before tell of an event, the new passages first.

    Args:
        event: the event as it is now.
        before: its origins when it was last told.
        new_documents: the documents that have told of it since.
        material: what it is told from.
    """
    entry = entry_of(event, material)
    if event.origins.min > before.min:
        what = f"{_number(event.origins.min)} independent origins are shown"
    else:
        what = "it may have a second origin"
    counts = f"{origins_words(event.origins)}, {origins_words(before)} before"
    evidence = entry.statement.evidence
    fresh = [one for one in evidence if one.document_id in new_documents]
    known = [one for one in evidence if one.document_id not in new_documents]
    text = f"{what} ({counts}): {_told(entry, material)}; {counts_words(entry)}; {entry.label})"
    return Statement(text=text, evidence=(*fresh[: _MOST_EVIDENCE - 1], *known[:1]) or evidence[:1])


def _number(count: int) -> str:
    return {2: "two", 3: "three", 4: "four"}.get(count, str(count))


def withdrawal_statement(event: Event, material: Material) -> Statement:
    """Return that reports of an event were taken back, and by whom."""
    entry = entry_of(event, material)
    notes = {one.withdrawn_by for one in material.reports[event.id] if one.withdrawn_by}
    cited = [_opening(identifier, material) for identifier in sorted(notes)]
    text = f"{entry.withdrawn}: {_told(entry, material)}; {counts_words(entry)})"
    return Statement(text=text, evidence=(*cited, *entry.statement.evidence[:_LISTED_EVIDENCE]))


def _opening(document_id: str, material: Material) -> Evidence:
    """Return the beginning of a document as evidence: of a correction, what it is about."""
    document = material.documents[document_id]
    start = len(document.text) - len(document.text.lstrip())
    end = document.text.find("\n\n", start)
    end = min(end if end > start else len(document.text), start + _LONGEST_NOTE)
    return Evidence(
        document_id=document.id,
        document_key=document.key,
        start=start,
        end=end,
        quote=document.text[start:end],
        outlets=document.outlets,
        published=document.published,
        url=document.url,
    )


def became_statement(before: int, events: Sequence[Event], material: Material) -> Statement:
    """Return that what was told as some events is other events now.

    Args:
        before: how many they were.
        events: what they are now; each has a claim that affirms it.
        material: what they are told from.
    """
    entries = [entry_of(event, material) for event in events]
    was = "one event" if before == 1 else f"{_number(before)} events"
    now = "one" if len(events) == 1 else _number(len(events))
    told = "; and: ".join(f"{_told(entry, material)})" for entry in entries)
    evidence = [one for entry in entries for one in entry.statement.evidence[:_LISTED_EVIDENCE]]
    return Statement(text=f"what was told as {was} is {now}: {told}", evidence=tuple(evidence))


def _told(entry: TimelineEntry, material: Material) -> str:
    """Return the day, the deed, the words, and after an open bracket who says so."""
    quote = brief_quote(entry.statement.evidence[0], material)
    return f"{when_words(entry)}: {what_words(entry)}: “{quote}” ({entry.says[0]}"


def shift_statement(
    shift: Shift, how: str, events: Mapping[str, Event], material: Material
) -> Statement | None:
    """Return a shift with what carries it; None where no driver is shown.

    Args:
        shift: the shift.
        how: how it is new.
        events: the events of the pair, by id.
        material: what it is told from.
    """
    note = shift_note(shift, _entries(shift.drivers, events, material), material)
    if note is None:
        return None
    text = f"{how}{_PROBABILITY}{shift.probability:.2f}): {note.statement.text}"
    return Statement(text=text, evidence=note.statement.evidence)


def no_longer_likely(
    known: KnownShift, events: Mapping[str, Event], material: Material
) -> Statement | None:
    """Return that a shift which was told is no longer likely; None where no driver is shown."""
    entries = _entries(known.drivers, events, material)
    if not entries:
        return None
    change = {
        Direction.WORSE: "a turn for the worse",
        Direction.BETTER: "a turn for the better",
        Direction.MORE: "more reports",
        Direction.LESS: "fewer reports",
    }[known.direction]
    pair = " and ".join(material.names)
    when = interval_words(known.first, known.last)
    text = f"no longer likely, though told before: {change} between {pair} {when}"
    return Statement(
        text=text, evidence=tuple(one.statement.evidence[0] for one in entries.values())
    )


def _entries(
    ids: Iterable[str], events: Mapping[str, Event], material: Material
) -> dict[str, TimelineEntry]:
    shown = (events[one] for one in ids if one in events and events[one].claim_ids)
    return {event.id: entry_of(event, material) for event in shown}


# --- as JSON and as lines --------------------------------------------------------------------


def news_record(news: News, told: datetime) -> dict[str, Any]:
    """Return news as the JSON object of docs/watching.md.

    Args:
        news: the news.
        told: when it is told, with its time zone.
    """
    titles = dict(news.titles)
    return {
        "id": news.id,
        "kind": news.kind.value,
        "pair": {"actor": news.dyad.actor, "recipient": news.dyad.recipient},
        "told": told.isoformat(timespec="seconds"),
        "text": news.statement.text,
        "event_ids": list(news.event_ids),
        "event_type": news.event_type,
        "first": iso_day(news.first),
        "last": iso_day(news.last),
        "origins": _origins(news.origins),
        "origins_before": _origins(news.origins_before),
        "probability": news.probability,
        "evidence": [
            {
                "document_id": one.document_id,
                "document_key": one.document_key,
                "title": titles.get(one.document_id),
                "outlets": list(one.outlets),
                "published": iso_day(one.published),
                "url": one.url,
                "claim_id": one.claim_id,
                "start": one.start,
                "end": one.end,
                "quote": one.quote,
            }
            for one in news.statement.evidence
        ],
    }


def _origins(origins: Origins | None) -> dict[str, int] | None:
    return None if origins is None else {"min": origins.min, "max": origins.max}


def news_lines(news: News) -> Iterator[str]:
    """Yield one line that tells the news, and one for each passage that carries it."""
    pair = f"{news.dyad.actor} {news.dyad.recipient}"
    yield printable(f"{pair}  {_KINDS[news.kind]}: {news.statement.text}")
    titles = dict(news.titles)
    evidence = news.statement.evidence
    for one in evidence[:_LISTED_EVIDENCE]:
        day = date_words(one.published, one.published) if one.published else "undated"
        title = titles.get(one.document_id)
        named = f", “{quoted(title)}”" if title else ""
        outlets = listed(one.outlets) or "outlet unknown"
        words = quoted(one.quote)
        yield printable(f"    {outlets}, {day}{named}: “{words}” [document {one.document_id}]")
    if len(evidence) > _LISTED_EVIDENCE:
        yield f"    and {plural(len(evidence) - _LISTED_EVIDENCE, 'more passage')}"

"""The short phrases that every rendering of a brief shares."""

from __future__ import annotations

from collections.abc import Sequence

from detente.briefing.words import date_words, listed, plural
from detente.model import Brief, Circle, Circularity, Evidence, Origins, TimelineEntry

__all__ = [
    "act_words",
    "circular_words",
    "corpus_words",
    "counts_words",
    "dated_count",
    "first_up",
    "no_judgement",
    "origins_words",
    "what_words",
    "when_words",
    "where_words",
]


def origins_words(origins: Origins) -> str:
    """Return "1 origin", "1 to 3 origins"."""
    if origins.min == origins.max:
        return plural(origins.max, "origin")
    return f"{origins.min} to {origins.max} origins"


def what_words(entry: TimelineEntry) -> str:
    """Return what an entry tells, see `act_words`."""
    return act_words(entry.event_type, entry.mode, entry.actors, entry.recipients)


def act_words(
    event_type: str, mode: str | None, actors: tuple[str, ...], recipients: tuple[str, ...]
) -> str:
    """Return "ASSAULT aerial: Turkey (military) → Russia (military)"."""
    kind = f"{event_type} {mode}" if mode else event_type
    if recipients:
        return f"{kind}: {listed(actors)} → {listed(recipients)}"
    return f"{kind}: {listed(actors)}"


def counts_words(entry: TimelineEntry) -> str:
    """Return "3 reports, 4 outlets, 1 to 2 origins, rated F3"."""
    return ", ".join(
        (
            plural(entry.reports, "report"),
            plural(len(entry.outlets), "outlet"),
            origins_words(entry.origins),
            f"rated {entry.rating.code}",
        )
    )


def circular_words(found: Circularity) -> str:
    """Return the sentence that says how reports lead back to one another."""
    if found.kind is Circle.LOOP:
        steps = zip(found.names, (*found.names[1:], found.names[0]), strict=True)
        cited = listed(tuple(f"{one} has it from {other}" for one, other in steps))
        return f"The reports go in a circle: {cited}."
    *outlets, source = found.names
    return f"All reports, by {listed(tuple(outlets))}, lead to one unnamed source: {source}."


def where_words(evidence: Evidence) -> str:
    """Return "outlet, 24 November 2015, key:0-95"."""
    parts = (
        listed(evidence.outlets) or "outlet unknown",
        date_words(evidence.published, evidence.published) if evidence.published else "undated",
        f"{evidence.document_key} [{evidence.start}:{evidence.end}]",
    )
    return ", ".join(parts)


def corpus_words(brief: Brief) -> str:
    """Return one sentence on what the brief was drawn from."""
    corpus = brief.corpus
    return (
        f"{plural(corpus.documents, 'document')} read, {corpus.dated} of them dated; "
        f"{corpus.relevant} speak of this pair, from {plural(corpus.outlets, 'outlet')} and "
        f"{origins_words(corpus.origins)}."
    )


def when_words(entry: TimelineEntry) -> str:
    """Return the date with what it rests on, or the day of the report where it is unknown."""
    if entry.first is None and entry.last is None:
        days = [one.published for one in entry.statement.evidence if one.published]
        told = f", reported {date_words(min(days), min(days))}" if days else ""
        return entry.date_text + told
    stated = entry.date_basis in ("stated", "relative")
    return entry.date_text if stated else f"{entry.date_text} ({entry.date_basis} date)"


def dated_count(entries: Sequence[TimelineEntry]) -> int:
    """Return how many entries have a date; these come first."""
    return sum(entry.first is not None or entry.last is not None for entry in entries)


def first_up(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]


def no_judgement(brief: Brief) -> str:
    """Return why a brief makes no judgement."""
    if brief.shifts:
        return "the changes found are of attention alone, or no surer than even odds"
    return brief.shift_reason

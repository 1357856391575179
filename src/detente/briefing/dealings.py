"""What a relation was made of and what was interrupted, as JSON objects and as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from detente.briefing.before_after import acts_told, left_open
from detente.briefing.records import iso_day
from detente.briefing.words import clause, plural, printable
from detente.model import Act, Dyad, Evidence, Interruption, Opening, Regime, Theme

__all__ = [
    "interruption_record",
    "interruption_words",
    "outcome_words",
    "regime_record",
    "regime_words",
    "theme_words",
]

# So many themes, types and answers of a regime are told; the JSON has all.
_SHOWN = 5


def regime_record(regime: Regime) -> dict[str, Any]:
    """Return a regime as a JSON object."""
    opening = regime.opening
    return {
        "first": iso_day(regime.first),
        "last": iso_day(regime.last),
        "events": regime.total,
        "conflict": regime.conflict,
        "types": dict(regime.types),
        "themes": [_theme_record(one) for one in regime.themes],
        "directed": regime.directed,
        "by_actor": regime.forward,
        "opening": _opening_record(opening) if opening else None,
        "conflict_answered": regime.hits,
        "conflict_that_could_be": regime.hit_chances,
        "answered_by_chance": regime.expected_hits,
        "said_to_answer": [_act_record(one) for one in regime.answers],
    }


def _theme_record(theme: Theme) -> dict[str, Any]:
    return {
        "name": theme.name,
        "country": theme.country or None,
        "events": list(theme.event_ids),
        "evidence": [_passage(one) for one in theme.evidence],
    }


def _opening_record(opening: Opening) -> dict[str, Any]:
    return {
        "date": iso_day(opening.day),
        "by_actor": opening.forward,
        "events": list(opening.event_ids),
        "days_before": opening.since,
        "evidence": [_passage(one) for one in opening.evidence],
    }


def interruption_record(interruption: Interruption) -> dict[str, Any]:
    """Return what was stopped and what came of it as a JSON object."""
    resumed = interruption.resumed
    return {
        "thing": interruption.thing,
        "barrier": interruption.barrier,
        "delayed": interruption.delayed,
        "resumed": iso_day(resumed.day) if resumed else None,
        "stops": [_act_record(one) for one in interruption.stops],
        "resumptions": [_act_record(one) for one in interruption.resumptions],
    }


def _act_record(act: Act) -> dict[str, Any]:
    return {
        "event": act.event_id,
        "date": iso_day(act.day),
        "doing": act.doing.value,
        "evidence": [_passage(one) for one in act.evidence],
    }


def _passage(evidence: Evidence) -> dict[str, Any]:
    return {
        "document_id": evidence.document_id,
        "document_key": evidence.document_key,
        "claim_id": evidence.claim_id,
        "start": evidence.start,
        "end": evidence.end,
        "text": evidence.quote,
    }


def regime_words(regime: Regime, dyad: Dyad) -> Iterator[str]:
    """Yield the lines that tell what a regime was made of, and who answered whom.

    Args:
        regime: the regime.
        dyad: the pair, which names the first and the second.
    """
    kinds = ", ".join(f"{kind} {count}" for kind, count in regime.types[:_SHOWN])
    answered = (
        f"; conflict answered in kind within two weeks {regime.hits} of "
        f"{regime.hit_chances} times ({regime.expected_hits:.1f} by chance)"
        if regime.hit_chances
        else ""
    )
    yield (
        f"{regime.first} to {regime.last}: {plural(regime.total, 'event')}, "
        f"{regime.conflict} of conflict ({kinds}); {dyad.actor} did "
        f"{regime.forward} of {regime.directed} that one did to the other{answered}"
    )
    if regime.themes:
        yield f"    about {theme_words(regime.themes)}"
    if regime.opening:
        yield f"    first conflict: {_opening_words(regime.opening, dyad)}"
        for evidence in regime.opening.evidence:
            yield printable(f"        {evidence.quote}")
    for answer in regime.answers[:_SHOWN]:
        sentence, words = answer.evidence
        yield printable(f"    {answer.day}  said to answer (“{words.quote}”): {sentence.quote}")


def theme_words(themes: Sequence[Theme]) -> str:
    """Return the commonest themes with how many events each has: "Syria 5, energy 2"."""
    return ", ".join(f"{one.name} {len(one.event_ids)}" for one in themes[:_SHOWN])


def _opening_words(opening: Opening, dyad: Dyad) -> str:
    names = {True: dyad.actor, False: dyad.recipient, None: "both on one day"}
    return f"{opening.day}, {names[opening.forward]}"


def interruption_words(interruptions: Iterable[Interruption]) -> Iterator[str]:
    """Yield the lines that tell what was stopped or put off, and what of it was resumed."""
    listed = list(interruptions)
    if listed:
        yield "stopped, put off or taken up again, by the words of the acts between the two"
    for one in listed:
        yield printable(f"{clause(one.thing)}: {outcome_words(one)}")
        for act in (*one.stops, *one.resumptions):
            source = act.evidence[0]
            where = f"{source.document_key} [{source.start}:{source.end}]"
            yield printable(f"    {act.day or 'undated'}  {source.quote}  ({where})")


def outcome_words(interruption: Interruption) -> str:
    """Return when a thing was stopped and when taken up again, or that no report says so."""
    told = (
        f"{words} {act.day}" if act.day else f"{words} on an unknown day"
        for act, words in acts_told(interruption)
    )
    return "; ".join((*told, *left_open(interruption)))

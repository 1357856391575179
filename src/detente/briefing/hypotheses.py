"""A matrix of hypotheses on a pair and a period: templates, rows from the store, suggestions.

Each row is an event of the pair with its quotes, its origins and its rating. A rule may suggest
how a row agrees with a template; it says why, and it counts for nothing until the user accepts it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from detente.briefing.material import (
    Material,
    brief_quote,
    claims_of,
    evidence_of,
    one_per_document,
    origin_names,
)
from detente.briefing.words import date_words, listed, with_article
from detente.model import (
    Claim,
    Consistency,
    Event,
    EventType,
    Hypothesis,
    Matrix,
    MatrixRow,
    RowOrigin,
    Suggestion,
)

__all__ = ["TEMPLATES", "Template", "matrix_of", "rows_of"]


@dataclass(frozen=True, slots=True)
class Template:
    """A hypothesis that fits many pairs, with what to look for; {a} and {b} are the two."""

    text: str
    indicators: tuple[str, ...]


TEMPLATES: Mapping[str, Template] = {
    "deal": Template(
        "A deal: {a} and {b} bargained, and each gave something for what it got.",
        (
            "talks or messages before the first step",
            "steps of both sides, close in time and of like weight",
            "words of either side on what it was promised",
            "steps that stop when the other side fails to do its part",
        ),
    ),
    "interest": Template(
        "A change of interest: {a} or {b} came to want something else, whatever the other did.",
        (
            "steps of one side that the other does not return",
            "a change at home before the first step: government, budget, war aims",
            "the same turn towards other states at the same time",
            "reasons given at home that do not name the other side",
        ),
    ),
    "pressure": Template(
        "Pressure from a third party: another state or body pushed {a} or {b} to it.",
        (
            "demands, threats or offers of the third party before the first step",
            "visits or calls of the third party between the steps",
            "the third party welcomes the steps or reports on them first",
            "steps that end when the third party turns away",
        ),
    ),
    "coincidence": Template(
        "Coincidence: the steps of {a} and {b} have causes of their own and no common one.",
        (
            "a plain reason of its own for each step",
            "dates that were fixed before (elections, trials, seasons, summits of others)",
            "no contact of the two sides between the steps",
            "like steps in earlier years in which nothing else changed",
        ),
    ),
}

# A step is answered by one of the other side within this long.
ANSWER = timedelta(days=30)
# What one side gives the other.
GIVING = (EventType.CONCEDE, EventType.RETREAT, EventType.AID, EventType.COOPERATE)
_CONTACT = (EventType.CONSULT, EventType.AGREE, EventType.COOPERATE)


def matrix_of(material: Material, templates: Sequence[str]) -> Matrix:
    """Return a matrix whose rows are the events of the material, rated by nobody.

    Events without a date come last. What was withdrawn is left out: it is no evidence.

    Args:
        material: the pair's events within the period, with all that a brief has of them.
        templates: keys of `TEMPLATES`.
    """
    a, b = (with_article(name) for name in material.names)
    hypotheses = tuple(
        Hypothesis(
            id=f"H{number}",
            text=TEMPLATES[key].text.format(a=a, b=b),
            template=key,
            indicators=TEMPLATES[key].indicators,
        )
        for number, key in enumerate(templates, start=1)
    )
    when = date_words(material.since, material.until)
    period = f", {when}" if material.since or material.until else ""
    return Matrix(
        question=f"What explains the dealings between {a} and {b}{period}?",
        dyad=material.dyad,
        since=material.since,
        until=material.until,
        run_id=material.run_id,
        hypotheses=hypotheses,
        rows=rows_of(material, hypotheses),
    )


def rows_of(
    material: Material, hypotheses: Sequence[Hypothesis], known: Mapping[str, str] | None = None
) -> tuple[MatrixRow, ...]:
    """Return the events of the material as rows, rated by nobody.

    Args:
        material: the pair's events within the period.
        hypotheses: to those that come from a template a rule may suggest a rating.
        known: the names of rows that are there already, by their events; these are left out.
    """
    known = known or {}
    told = [event for event in material.events if not event.withdrawn]
    events = sorted(told, key=lambda e: (e.first or date.max, e.last or date.max, e.id))
    free = (name for n in count(1) if (name := f"E{n}") not in known.values())
    named = {event.id: known.get(event.id) or next(free) for event in events}
    names = origin_names(material)
    return tuple(
        _row(event, named, hypotheses, events, names, material)
        for event in events
        if event.id not in known
    )


def _row(
    event: Event,
    named: Mapping[str, str],
    hypotheses: Sequence[Hypothesis],
    events: Sequence[Event],
    origins: Mapping[str, str],
    material: Material,
) -> MatrixRow:
    claims = claims_of(event, material) or [material.claims[one] for one in event.denial_ids]
    cited = tuple(evidence_of(claim, material) for claim in one_per_document(claims))
    meant = {claim.id for claim in claims}
    reports = [
        one
        for one in material.reports[event.id]
        if meant & set(one.claim_ids) and not one.withdrawn_by
    ]
    found = dict(_suggestions(event, named, events, material))
    return MatrixRow(
        id=named[event.id],
        what=_what(event, claims, material),
        origins=tuple(
            RowOrigin(id=origin, name=origins[origin])
            for origin in sorted({one.origin for one in reports})
        ),
        evidence=cited,
        event_id=event.id,
        code=material.ratings[event.id].code,
        suggestions=tuple(
            Suggestion(hypothesis=one.id, rating=rating, reason=reason)
            for one in hypotheses
            if one.template in found
            for rating, reason in (found[one.template],)
        ),
    )


def _what(event: Event, claims: Sequence[Claim], material: Material) -> str:
    state = (
        "denied "
        if not event.claim_ids
        else "planned "
        if event.planned
        else "alleged "
        if event.alleged
        else ""
    )
    kind = f"{event.event_type.value} {event.mode}" if event.mode else event.event_type.value
    quote = brief_quote(evidence_of(claims[0], material), material)
    return f"{date_words(event.first, event.last)}, {state}{kind}: “{quote}”"


# --- suggestions -----------------------------------------------------------------------------

_Suggested = Iterator[tuple[str, tuple[Consistency, str]]]


def _suggestions(
    event: Event, named: Mapping[str, str], events: Sequence[Event], material: Material
) -> _Suggested:
    """Yield what the rules suggest for an event that is affirmed: template, rating, reason."""
    if not event.claim_ids or event.planned or event.alleged:
        return
    if event.event_type in _CONTACT and _two_way(event, material):
        yield "deal", (Consistency.CONSISTENT, "the two were in contact, which a deal needs")
    if event.event_type is EventType.AGREE and _two_way(event, material):
        reason = "what both agreed on, neither did by chance"
        yield "coincidence", (Consistency.INCONSISTENT, reason)
    if event.quad == 4:
        reason = "force or punishment is the opposite of giving something"
        yield "deal", (Consistency.INCONSISTENT, reason)
    yield from _answered(event, named, events, material)
    others = _others(event, material)
    if others:
        reason = f"{others} took part, so a third party was there"
        yield "pressure", (Consistency.CONSISTENT, reason)


def _answered(
    event: Event, named: Mapping[str, str], events: Sequence[Event], material: Material
) -> _Suggested:
    giver = _giver(event, material)
    if giver is None or event.first is None or event.last is None:
        return
    back = [one for one in events if _giver(one, material) not in (None, giver)]
    sure = [one for one in back if _surely_near(one, event.first, event.last)]
    if sure:
        reason = (
            f"the other side gave something, too, within {ANSWER.days} days: {named[sure[0].id]}"
        )
        yield "deal", (Consistency.CONSISTENT, reason)
        yield "coincidence", (Consistency.INCONSISTENT, reason)
        return
    first, last = event.first - ANSWER, event.last + ANSWER
    if not any(_perhaps_within(one, first, last) for one in back) and _seen(
        first, last, events, material
    ):
        reason = f"no event here is a return for it within {ANSWER.days} days"
        yield "interest", (Consistency.CONSISTENT, reason)


def _surely_near(other: Event, first: date, last: date) -> bool:
    """Tell whether all days that an event can have are near all of some other days."""
    if other.first is None or other.last is None:
        return False
    return other.last - first <= ANSWER and last - other.first <= ANSWER


def _perhaps_within(other: Event, first: date, last: date) -> bool:
    return (other.first or first) <= last and (other.last or last) >= first


def _seen(first: date, last: date, events: Sequence[Event], material: Material) -> bool:
    """Tell whether the period and its events reach over these days: else silence says nothing."""
    days = [day for one in events for day in (one.first, one.last) if day]
    begins = max(min(days), material.since or date.min)
    ends = min(max(days), material.until or date.max)
    return begins <= first and last <= ends


def _giver(event: Event, material: Material) -> str | None:
    """Return which of the two gives the other something; None where neither does, or both."""
    if event.event_type not in GIVING or event.planned or event.alleged or not event.claim_ids:
        return None
    found = {one for one in (material.dyad, material.dyad.reversed()) if one in event.dyads()}
    return found.pop().actor if len(found) == 1 else None


def _two_way(event: Event, material: Material) -> bool:
    return {material.dyad, material.dyad.reversed()} <= set(event.dyads())


def _others(event: Event, material: Material) -> str:
    pair = (material.dyad.actor, material.dyad.recipient)
    codes = {actor.country for actor in (*event.actors, *event.recipients) if actor.country}
    return listed([material.country_names.get(code, code) for code in sorted(codes - set(pair))])

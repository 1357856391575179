"""A followed pair: how it stands, and what is new since it was last told of.

Events are followed by their claims, so that an event whose id changed is no news. Told is what an
analyst would want to know at once: a new event, the second origin of a known one, a denial, a
contradiction, a withdrawal, a shift that has become likely; and what takes back what was told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from detente.briefing.disputes import contradicted, denied
from detente.briefing.earlier import Earlier
from detente.briefing.material import Material
from detente.briefing.news import (
    became_statement,
    change_statement,
    event_statement,
    no_longer_likely,
    origins_statement,
    shift_statement,
    withdrawal_statement,
)
from detente.model import (
    KNOWN_BY,
    ChangeKind,
    Contradiction,
    Event,
    KnownConflict,
    KnownEvent,
    KnownShift,
    Mark,
    News,
    NewsKind,
    Origins,
    Shift,
    Statement,
)
from detente.resolution.changes import changes_between

__all__ = ["changes_since", "mark_of", "news_since"]

# An event that was over so long before its first report is history that somebody recalls.
PAST = timedelta(days=31)
# Two intervals so near to each other tell of one shift, which moved a little with the counts.
NEAR = timedelta(days=31)
# A shift that was told as likely, at even odds or better, is taken back below these.
HELD = 0.35
# What speaks against an event.
_AGAINST = frozenset({NewsKind.DENIAL, NewsKind.CONTRADICTION, NewsKind.WITHDRAWAL})


def mark_of(material: Material, state: str, before: Mark | None = None) -> Mark:
    """Return how a pair stands.

    Args:
        material: all that is told of it.
        state: the run and the digest of its extractions.
        before: how it stood before, where that is known: what was told as likely stays so until it
            is clearly not, so that nothing is told to and fro.
    """
    return Mark(
        state=state,
        events=_known_events(material),
        conflicts=tuple(_known_conflict(one) for one in material.contradictions),
        shifts=tuple(
            KnownShift(
                first=one.first,
                last=one.last,
                kind=one.kind,
                direction=one.direction,
                likely=one.likely or _is_held(one, before),
                drivers=one.drivers,
            )
            for one in material.findings.shifts
        ),
    )


def _is_held(shift: Shift, before: Mark | None) -> bool:
    """Tell whether a shift that was told as likely is still likely enough to be left standing."""
    return shift.probability >= HELD and any(
        one.likely and _is_like(one, shift) for one in (before.shifts if before else ())
    )


def _known_events(material: Material) -> tuple[KnownEvent, ...]:
    return tuple(
        KnownEvent(
            id=event.id,
            claim_ids=_short(event.claim_ids),
            denial_ids=_short(event.denial_ids),
            origins=replace(event.origins, reasons=()),
            withdrawn=sum(bool(one.withdrawn_by) for one in material.reports.get(event.id, ())),
        )
        for event in sorted(material.events, key=lambda one: one.id)
    )


def _known_conflict(found: Contradiction) -> KnownConflict:
    return KnownConflict(
        kind=found.kind, sides=tuple(_short(side.claim_ids) for side in found.sides)
    )


def _short(ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(one[:KNOWN_BY] for one in ids)


def news_since(mark: Mark, material: Material) -> tuple[News, ...]:
    """Return what is new of a pair, in the order of the kinds and of the days.

    Args:
        mark: how the pair stood, after the same run.
        material: all that is told of it now.
    """
    found = [*_of_events(mark, material), *_of_conflicts(mark, material)]
    found += _of_shifts(mark, material)
    kinds = list(NewsKind)
    found.sort(key=lambda one: (kinds.index(one.kind), one.first or date.max, one.id))
    return tuple(_with_titles(one, material) for one in found)


def changes_since(earlier: Earlier, material: Material) -> tuple[Statement, ...]:
    """Return what is new of a pair since an earlier brief of it, as that brief's reader sees it.

    A denial, a contradiction or a withdrawal that rests on sentences which the earlier brief cited
    is none.

    Args:
        earlier: the brief; of this pair, made from the same run.
        material: all that is told of the pair now.
    """
    return tuple(
        change_statement(one, material)
        for one in news_since(earlier.mark, material)
        if one.kind not in _AGAINST
        or any((e.document_id, e.start) not in earlier.cited for e in one.statement.evidence)
    )


def _with_titles(news: News, material: Material) -> News:
    documents = (material.documents[one.document_id] for one in news.statement.evidence)
    titles = {one.id: one.title for one in documents if one.title}
    return replace(news, titles=tuple(titles.items()))


def _of_event(kind: NewsKind, event: Event, statement: Statement, material: Material) -> News:
    return News(
        kind=kind,
        dyad=material.dyad,
        statement=statement,
        event_ids=(event.id,),
        event_type=event.event_type.value,
        first=event.first,
        last=event.last,
        origins=event.origins,
    )


# --- events ----------------------------------------------------------------------------------


def _of_events(mark: Mark, material: Material) -> Iterator[News]:
    events = {event.id: event for event in material.events}
    now = {one.id: one for one in _known_events(material)}
    known = {one.id: one for one in mark.events}
    came_from: dict[str, tuple[str, ...]] = {one: (one,) for one in events if one in known}
    for change in changes_between(mark.events, tuple(now.values())):
        for identifier in change.after:
            came_from[identifier] = change.before
        if change.kind in (ChangeKind.MERGED, ChangeKind.SPLIT):
            told = [events[one] for one in change.after if events[one].claim_ids]
            if told and (len(change.before), len(told)) != (1, 1):
                statement = became_statement(len(change.before), told, material)
                news = _of_event(NewsKind.REVISION, told[0], statement, material)
                yield replace(news, event_ids=tuple(event.id for event in told))
    for event in material.events:
        before = [known[one] for one in came_from.get(event.id, ()) if one in known]
        yield from _of_one(event, before, now[event.id], material)


def _of_one(
    event: Event, before: Sequence[KnownEvent], now: KnownEvent, material: Material
) -> Iterator[News]:
    """Yield what is new of one event, given what it was when it was last told."""
    affirmed = {one for known in before for one in known.claim_ids}
    if event.claim_ids and not affirmed:
        kind = NewsKind.RECALLED if _is_past(event, material) else NewsKind.EVENT
        yield _of_event(kind, event, event_statement(event, material), material)
    elif event.claim_ids:
        earlier = Origins(
            min=max(one.origins.min for one in before), max=max(one.origins.max for one in before)
        )
        if _rose(earlier, event.origins):
            new = {
                material.claims[one].document_id
                for one in event.claim_ids
                if one[:KNOWN_BY] not in affirmed
            }
            statement = origins_statement(event, earlier, new, material)
            news = _of_event(NewsKind.ORIGINS, event, statement, material)
            yield replace(news, origins_before=earlier)
        if now.withdrawn > sum(one.withdrawn for one in before):
            statement = withdrawal_statement(event, material)
            yield _of_event(NewsKind.WITHDRAWAL, event, statement, material)
    if event.denial_ids and not any(one.denial_ids for one in before):
        yield _of_event(NewsKind.DENIAL, event, denied(event, material), material)


def _rose(before: Origins, now: Origins) -> bool:
    """Tell whether an event has got more origins in a way that matters.

    Each that is demonstrated does; of those that are only possible, the second.
    """
    return max(before.min, 1) < now.min or (before.max <= 1 < now.max)


def _is_past(event: Event, material: Material) -> bool:
    days = [one.published for one in material.reports.get(event.id, ()) if one.published]
    return bool(days) and event.last is not None and min(days) - event.last > PAST


# --- contradictions --------------------------------------------------------------------------


def _of_conflicts(mark: Mark, material: Material) -> Iterator[News]:
    events = {event.id: event for event in material.events}
    for found in material.contradictions:
        now = _known_conflict(found)
        if any(_is_same(now, one) for one in mark.conflicts):
            continue
        told = [events[one] for one in found.event_ids if one in events]
        if len(told) == len(found.event_ids):
            statement = contradicted(found, told, material)
            news = _of_event(NewsKind.CONTRADICTION, told[0], statement, material)
            yield replace(news, event_ids=found.event_ids)


def _is_same(one: KnownConflict, other: KnownConflict) -> bool:
    """Tell whether two contradictions are one to which reports were added."""
    if one.kind is not other.kind or len(one.sides) != len(other.sides):
        return False
    return any(
        all(set(side) & set(against) for side, against in zip(one.sides, sides, strict=True))
        for sides in (other.sides, other.sides[::-1])
    )


# --- shifts ----------------------------------------------------------------------------------


def _of_shifts(mark: Mark, material: Material) -> Iterator[News]:
    events = {event.id: event for event in material.events}
    found = material.findings.shifts
    stand = [one for one in found if one.likely or _is_held(one, mark)]
    told = [one for one in mark.shifts if one.likely]
    fallen = [one for one in told if not any(_is_like(one, other) for other in stand)]
    turned = set()
    for shift in found:
        if not shift.likely or any(_is_like(one, shift) for one in told):
            continue
        against = [one for one in fallen if _is_near(one, shift)]
        turned |= set(against)
        how = "the other way round than told before" if against else "newly likely"
        if statement := shift_statement(shift, how, events, material):
            yield _of_shift(shift, shift.probability, statement, material)
    for known in fallen:
        statement = None if known in turned else no_longer_likely(known, events, material)
        if statement:
            left = [one.probability for one in found if _is_like(known, one)]
            yield _of_shift(known, max(left, default=None), statement, material)


def _of_shift(
    shift: Shift | KnownShift, probability: float | None, statement: Statement, material: Material
) -> News:
    return News(
        kind=NewsKind.SHIFT,
        dyad=material.dyad,
        statement=statement,
        event_ids=shift.drivers,
        first=shift.first,
        last=shift.last,
        probability=probability,
    )


def _is_like(known: KnownShift, shift: Shift) -> bool:
    return known.direction is shift.direction and _is_near(known, shift)


def _is_near(known: KnownShift, shift: Shift) -> bool:
    return (
        known.kind is shift.kind
        and known.first - NEAR <= shift.last
        and shift.first - NEAR <= known.last
    )

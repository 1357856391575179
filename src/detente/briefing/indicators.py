"""What to watch: what would show that a judgement of the brief changes.

Heuer's eighth step (Psychology of Intelligence Analysis, 1999, chapter 8): name what would indicate
that events take another course. Plans and threats that are open, the balance at which the latest
state would be judged otherwise, and what came first at the turns before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from detente.briefing.judgements import ENOUGH, judged, latest, told_words
from detente.briefing.material import Material, brief_quote
from detente.briefing.words import date_words, interval_words, plural
from detente.model import Direction, Event, EventType, ShiftNote, Statement, TimelineEntry

__all__ = ["indicators"]

# A plan or threat that was last told of longer ago than this, at the end of the brief, is not open.
OPEN = timedelta(days=180)
# So many open plans and threats are told one by one, the latest first; the others are counted.
SHOWN = 6

Entries = Sequence[TimelineEntry]


def indicators(
    shifts: Sequence[ShiftNote], timeline: Entries, planned: Entries, material: Material
) -> tuple[Statement, ...]:
    """Return what to watch.

    Args:
        shifts: the shifts.
        timeline: what is affirmed, in order of date.
        planned: what is planned, with its outcome.
        material: what the brief is made of.
    """
    return (
        *_open(timeline, planned, material),
        *_balance(timeline),
        *_signs(shifts, timeline, material),
    )


def _open(timeline: Entries, planned: Entries, material: Material) -> Iterator[Statement]:
    told = [(day, entry) for entry in (*timeline, *planned) if (day := _told_on(entry))]
    end = max((day for day, _ in told), default=date.min)
    plans = {entry.event_id for entry in planned if entry.followed_by is None}
    threats = _standing_threats(timeline, material)
    found = [
        (day, entry)
        for day, entry in told
        if end - day <= OPEN and not entry.withdrawn and entry.event_id in plans | threats
    ]
    found.sort(key=lambda one: (-one[0].toordinal(), one[1].event_id))
    for day, entry in found[:SHOWN]:
        threat = entry.event_type == EventType.THREATEN
        lead = "Whether the threat is carried out" if threat else "Whether it comes to pass"
        when = f", for {entry.date_text}" if entry.first and not threat else ""
        quote = brief_quote(entry.statement.evidence[0], material)
        text = f"{lead}{when}: “{quote}”, reported {date_words(day, day)}."
        yield Statement(text=text, evidence=entry.statement.evidence[:1])
    more = [entry for _, entry in found[SHOWN:]]
    if more:
        evidence = tuple(entry.statement.evidence[0] for entry in more)
        text = f"Whether plans and threats come to pass: {plural(len(more), 'further event')}."
        yield Statement(text=text, evidence=evidence)


def _told_on(entry: TimelineEntry) -> date | None:
    """Return the last day on which an event was told of, as far as it is known."""
    return max((one.published for one in entry.statement.evidence if one.published), default=None)


def _standing_threats(timeline: Entries, material: Material) -> set[str]:
    """Return the threats after which no material conflict of that side is told."""
    events = {event.id: event for event in material.events}
    done = [events[entry.event_id] for entry in timeline if entry.quad == 4]
    return {
        entry.event_id
        for entry in timeline
        if entry.event_type == EventType.THREATEN
        and not any(_carries_out(one, events[entry.event_id]) for one in done)
    }


def _carries_out(done: Event, threat: Event) -> bool:
    later = not (done.last and threat.first) or done.last >= threat.first
    return later and bool(set(done.dyads()) & set(threat.dyads()))


def _balance(timeline: Entries) -> Iterator[Statement]:
    recent = latest(timeline)
    conflict = sum(entry.quad >= 3 for entry in recent)
    needed = abs(len(recent) - 2 * conflict)
    if len(recent) < ENOUGH or not needed:
        return
    kind, other = "conflict", "cooperation"
    if 2 * conflict > len(recent):
        kind, other = other, kind
    text = (
        f"The latest state would be undecided after {plural(needed, 'further event')} of {kind} "
        f"and none of {other}."
    )
    yield Statement(text=text, evidence=tuple(one.statement.evidence[0] for one in recent))


def _signs(
    shifts: Sequence[ShiftNote], timeline: Entries, material: Material
) -> Iterator[Statement]:
    shown = {entry.event_id: entry for entry in timeline}
    last = {note.shift.direction: note for note in judged(shifts)}
    for direction, note in sorted(last.items(), key=lambda one: one[1].shift.first):
        way = "worse" if direction is Direction.WORSE else "better"
        drivers = [shown[one] for one in note.shift.drivers if one in shown]
        first = sorted(drivers, key=lambda one: (one.first or date.max, one.event_id))[:3]
        when = interval_words(note.shift.first, note.shift.last)
        text = (
            f"Signs like those of the turn for the {way} {when}, which began with: "
            f"{told_words(first, material)}."
        )
        yield Statement(text=text, evidence=tuple(e.statement.evidence[0] for e in first))

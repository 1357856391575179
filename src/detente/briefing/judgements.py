"""Key judgements: one likelihood term from one row of the yardstick, confidence beside it.

The form is that of ICD 203; the levels of confidence are those of JP 2-0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from detente.briefing.before_after import dealt_with
from detente.briefing.material import Material, brief_quote
from detente.briefing.words import (
    date_words,
    interval_words,
    likelihood,
    plural,
    with_article,
)
from detente.model import (
    Direction,
    Judgement,
    Period,
    Shift,
    ShiftKind,
    ShiftNote,
    Statement,
    TimelineEntry,
)

__all__ = [
    "around",
    "conflict_words",
    "judged",
    "judgements",
    "latest",
    "mostly_cooperative",
    "pair_words",
    "shift_note",
    "told_words",
]

# The state at the end of the period is judged from the events of this long.
RECENT = timedelta(days=90)
# An event whose days are known no closer than this is left out of it.
NARROW = timedelta(days=45)
# Fewer events carry no judgement.
ENOUGH = 3
# A change is told by what lies in the six months before it and from it on, as it was found.
MONTHS = 6


def shift_note(
    shift: Shift, entries: Mapping[str, TimelineEntry], material: Material
) -> ShiftNote | None:
    """Return a shift with the sentence that explains it; None where no driver is shown.

    Args:
        shift: the shift.
        entries: the entries of the timeline by event id.
        material: what the brief is made of.
    """
    drivers = [entries[event_id] for event_id in shift.drivers if event_id in entries]
    if not drivers:
        return None
    change = {
        Direction.WORSE: "turned for the worse",
        Direction.BETTER: "turned for the better",
        Direction.MORE: "drew more reports",
        Direction.LESS: "drew fewer reports",
    }[shift.direction]
    attention = shift.kind is ShiftKind.ATTENTION
    mixed = "; no clear change of their mix: " if attention else ": "
    text = (
        f"Relations between {pair_words(material)} {change} "
        f"{interval_words(shift.first, shift.last)}{mixed}"
        f"{_mix_words(shift, material.findings.series.periods)}. "
        f"What carries it: {told_words(drivers[:3], material)}."
    )
    evidence = tuple(driver.statement.evidence[0] for driver in drivers)
    if not attention and (about := dealt_with(shift, material)):
        text, evidence = f"{text} {about.text}", (*evidence, *about.evidence)
    return ShiftNote(shift=shift, statement=Statement(text=text, evidence=evidence))


def pair_words(material: Material) -> str:
    """Return the names of the pair."""
    a, b = (with_article(name) for name in material.names)
    return f"{a} and {b}"


def _mix_words(shift: Shift, periods: Sequence[Period]) -> str:
    """Return the conflict among the events before and after, counted where the series shows it."""
    before, after = around(shift, periods)
    if not before and after and shift.before == 0.5:
        # half is also what no event at all is shrunk to
        return f"{_count_words(after)} from then on"
    if not before or not after:
        return (
            f"conflict made {_percent(shift.before)} of the events before and "
            f"{_percent(shift.after)} of those after"
        )
    return f"{_count_words(before)} before, {_count_words(after)} from then on"


def around(shift: Shift, periods: Sequence[Period]) -> tuple[Sequence[Period], Sequence[Period]]:
    """Return the months before a shift and those from it on by which it is told."""
    before = [period for period in periods if period.last < shift.first][-MONTHS:]
    until = [period for period in periods if period.last <= shift.last]
    after = [period for period in periods if period.first >= shift.first]
    return before, after[: MONTHS + max(0, len(until) - len(before))]


def _count_words(periods: Sequence[Period]) -> str:
    conflict, total = sum(p.conflict for p in periods), sum(p.total for p in periods)
    span = f"in the {plural(len(periods), 'month')}" if len(periods) > 1 else "in the month"
    if not total:
        return f"no dated event {span}"
    return f"{conflict_words(conflict, total)} {span}"


def conflict_words(conflict: int, total: int) -> str:
    """Return "2 of 5 events were conflict"."""
    return f"{conflict} of {plural(total, 'event')} {'was' if conflict == 1 else 'were'} conflict"


def _percent(share: float) -> str:
    return f"{round(min(max(share, 0.01), 0.99) * 100)} %"


def told_words(entries: Sequence[TimelineEntry], material: Material) -> str:
    """Return entries as date and quote, in order of date."""
    ordered = sorted(entries, key=lambda one: (one.first or date.max, one.event_id))
    return "; ".join(
        f"{one.date_text}, “{brief_quote(one.statement.evidence[0], material)}”" for one in ordered
    )


def judgements(
    shifts: Sequence[ShiftNote], timeline: Sequence[TimelineEntry], material: Material
) -> tuple[Judgement, ...]:
    """Return what can be judged: each change of the relation, and its latest state.

    Args:
        shifts: the shifts.
        timeline: what is affirmed, in order of date.
        material: what the brief is made of.
    """
    made = [_shift_judgement(note, timeline, material) for note in judged(shifts)]
    latest = _latest_judgement(timeline, material)
    if latest:
        made.append(latest)
    return tuple(made)


def judged(shifts: Sequence[ShiftNote]) -> list[ShiftNote]:
    """Return the changes of the relation that are worth a judgement, not a line alone."""
    return [
        note
        for note in shifts
        if note.shift.kind is ShiftKind.RELATION
        and likelihood(note.shift.probability) != "roughly even chance"
    ]


def _shift_judgement(
    note: ShiftNote, timeline: Sequence[TimelineEntry], material: Material
) -> Judgement:
    shift = note.shift
    term = likelihood(shift.probability)
    way = "worsened" if shift.direction is Direction.WORSE else "improved"
    shown = {entry.event_id: entry for entry in timeline}
    drivers = [shown[event_id] for event_id in shift.drivers if event_id in shown]
    text = (
        f"It is {term} that relations between {pair_words(material)} {way} "
        f"{interval_words(shift.first, shift.last)}. "
        f"What speaks for it: {told_words(drivers[:3], material)}."
    )
    return Judgement(
        statement=Statement(text=text, evidence=tuple(d.statement.evidence[0] for d in drivers)),
        likelihood=term,
        confidence=_confidence(drivers),
        rule="posterior probability of a change in this interval, exact Bayesian segmentation",
    )


def _confidence(entries: Sequence[TimelineEntry]) -> str:
    """Return the confidence sentence: how good the basis is (ICD 203; levels as in JP 2-0)."""
    several = sum(entry.origins.max > 1 for entry in entries)
    demonstrated = all(entry.origins.min > 1 for entry in entries)
    contested = any(entry.rating.credibility >= 4 for entry in entries if entry.reports > 1)
    if entries and demonstrated and not contested:
        level, why = "high", "every event it rests on has more than one demonstrated origin"
    elif 2 * several >= len(entries) > 0:
        level, why = "moderate", "several outlets report these events, their independence unproven"
    else:
        level, why = "low", "most of the events it rests on have one origin each"
    return f"Confidence is {level}: {why}."


def _latest_judgement(timeline: Sequence[TimelineEntry], material: Material) -> Judgement | None:
    """Judge the state at the end of the period from the last ninety days with events."""
    recent = latest(timeline)
    conflict = sum(entry.quad >= 3 for entry in recent)
    total = len(recent)
    if total < ENOUGH:
        return None
    end = max(entry.last for entry in recent if entry.last)
    # probability that the underlying share of cooperation exceeds one half (Jeffreys prior)
    probability = mostly_cooperative(total - conflict, conflict)
    cooperative = probability >= 0.5
    term = likelihood(probability if cooperative else 1 - probability)
    state = "mainly cooperative" if cooperative else "mainly conflictual"
    first = min(entry.first or end for entry in recent)
    lead = f"There is a {term}" if term == "roughly even chance" else f"It is {term}"
    text = (
        f"{lead} that dealings between {pair_words(material)} were {state} from "
        f"{date_words(first, first)} to {date_words(end, end)}: "
        f"{conflict_words(conflict, total)}. "
        f"The last: {told_words(recent[-3:], material)}."
    )
    return Judgement(
        statement=Statement(text=text, evidence=tuple(e.statement.evidence[0] for e in recent)),
        likelihood=term,
        confidence=_confidence(recent),
        rule="probability that cooperation is the larger share, beta-binomial with Jeffreys prior",
    )


def latest(timeline: Sequence[TimelineEntry]) -> list[TimelineEntry]:
    """Return the events of the last ninety days with events, if their days are known well."""
    known = [e for e in timeline if e.first and e.last and e.last - e.first <= NARROW]
    end = max((entry.last for entry in known if entry.last), default=date.min)
    return [e for e in known if e.last and end - e.last <= RECENT]


def mostly_cooperative(cooperation: int, conflict: int, *, steps: int = 400) -> float:
    """Return P(share of cooperation > 1/2) under a Jeffreys prior, by the midpoint rule."""
    a, b = cooperation + 0.5, conflict + 0.5
    weights = []
    for i in range(steps):
        x = (i + 0.5) / steps
        weights.append((x, x ** (a - 1) * (1 - x) ** (b - 1)))
    total = sum(weight for _, weight in weights)
    above = sum(weight for x, weight in weights if x > 0.5)
    return float(min(max(above / total, 0.01), 0.99))

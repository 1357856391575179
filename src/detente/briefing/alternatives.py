"""Other readings of what a brief judges: what speaks for each, and whether the judgement stays.

ICD 203 (2015), D.6.e(4), asks for the alternatives of a judgement. A reading is told where events
of the judgement speak for it, and the judgement is counted again without these; that nothing speaks
for another reading is told, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.briefing.judgements import (
    ENOUGH,
    around,
    conflict_words,
    judged,
    latest,
    mostly_cooperative,
)
from detente.briefing.material import Material, origin_names
from detente.briefing.words import interval_words, listed, plural, with_article
from detente.model import (
    Direction,
    Dyad,
    Label,
    Period,
    Shift,
    ShiftNote,
    Statement,
    TimelineEntry,
)

__all__ = ["alternatives"]

# Events speak for a reading where they are at least this many, and this share of all.
LEAST = 3
SHARE = 1 / 3
# One side alone turned where this share of the acts is its own.
ALMOST_ALL = 0.8
# Credibility 4 and worse: doubtful or improbable, that is, disputed.
DOUBTFUL = 4

Entries = Sequence[TimelineEntry]


@dataclass(frozen=True, slots=True)
class _Reading:
    """Another reading: what would be the case, which events speak for it, and in which words."""

    lead: str
    counted: str
    found: Entries


def alternatives(
    shifts: Sequence[ShiftNote], timeline: Entries, material: Material
) -> tuple[Statement, ...]:
    """Return the other readings of each judgement, in the order of the judgements.

    Args:
        shifts: the shifts.
        timeline: what is affirmed, in order of date.
        material: what the brief is made of.
    """
    names = origin_names(material)
    told: list[Statement] = []
    plain: list[ShiftNote] = []
    for note in judged(shifts):
        found = _of_change(note, timeline, material, names)
        told += found
        plain += [] if found else [note]
    if plain:
        told.append(_tried(plain))
    told += _of_state(latest(timeline), material, names)
    return tuple(told)


def _tried(plain: Sequence[ShiftNote]) -> Statement:
    """Return that nothing speaks for another reading of some changes."""
    changes = listed([_change_words(note.shift) for note in plain], most=len(plain))
    text = (
        f"Other readings of {changes} were tried: that other outlets tell it, that one origin "
        "makes it, that it is alleged or disputed, that one side turned alone, that the number "
        "of reports changed. Not enough events speak for any of them."
    )
    evidence = dict.fromkeys(one for note in plain for one in note.statement.evidence)
    return Statement(text=text, evidence=tuple(evidence))


def _change_words(shift: Shift) -> str:
    return f"the change {interval_words(shift.first, shift.last)}"


# --- a change --------------------------------------------------------------------------------


def _of_change(
    note: ShiftNote, timeline: Entries, material: Material, names: dict[str, str]
) -> list[Statement]:
    shift = note.shift
    months = around(shift, material.findings.series.periods)
    before, after = (_within(part, timeline) for part in months)
    lead = _change_words(shift)
    recounted = (
        _other_outlets(before, after),
        _one_origin(after, material, names, "from then on"),
        _doubtful(after, "from then on"),
    )
    return [
        *(_statement(lead, one, _recounted(before, after, one.found)) for one in recounted if one),
        *(
            _statement(lead, one)
            for one in (_one_side(shift, after, material), _volume(shift, before, after))
            if one
        ),
    ]


def _within(periods: Sequence[Period], timeline: Entries) -> list[TimelineEntry]:
    """Return the events that surely lie in some months."""
    if not periods:
        return []
    first, last = periods[0].first, periods[-1].last
    return [e for e in timeline if e.first and e.last and first <= e.first and e.last <= last]


def _statement(lead: str, reading: _Reading, recounted: str = "") -> Statement:
    text = f"Another reading of {lead}: {reading.lead}. {reading.counted}.{recounted}"
    return Statement(
        text=text, evidence=tuple(entry.statement.evidence[0] for entry in reading.found)
    )


def _enough(found: Entries, of: Entries) -> bool:
    return len(found) >= max(LEAST, SHARE * len(of))


def _other_outlets(before: Entries, after: Entries) -> _Reading | None:
    known = {outlet for entry in before for outlet in entry.outlets}
    found = [entry for entry in after if entry.outlets and not known & set(entry.outlets)]
    if len(before) < LEAST or not known or not _enough(found, after):
        return None
    told = f"{len(found)} of {plural(len(after), 'event')} from then on"
    return _Reading(
        "who reports it changed, not the relation",
        f"{told} are told by no outlet that told one of those before",
        found,
    )


def _one_origin(
    entries: Entries, material: Material, names: dict[str, str], when: str
) -> _Reading | None:
    resting: dict[str, list[TimelineEntry]] = {}
    for entry in entries:
        origins = {report.origin for report in material.reports[entry.event_id]}
        if len(origins) == 1:
            resting.setdefault(origins.pop(), []).append(entry)
    if not resting:
        return None
    origin, found = max(resting.items(), key=lambda one: (len(one[1]), one[0]))
    if not _enough(found, entries):
        return None
    told = f"{len(found)} of {plural(len(entries), 'event')} {when}"
    return _Reading("one origin makes it", f"{told} rest on {names[origin]} alone", found)


def _doubtful(entries: Entries, when: str) -> _Reading | None:
    unsure = (Label.ALLEGED.value, Label.SPECULATED.value)
    found = [e for e in entries if e.label in unsure or e.rating.credibility in (DOUBTFUL, 5)]
    if not _enough(found, entries):
        return None
    told = f"{len(found)} of {plural(len(entries), 'event')} {when}"
    return _Reading("it did not happen as told", f"{told} are only alleged, or disputed", found)


def _one_side(shift: Shift, after: Entries, material: Material) -> _Reading | None:
    """Return that one of the two turned alone, where almost all the acts are its own."""
    worse = shift.direction is Direction.WORSE
    acts = [entry for entry in after if (entry.quad >= 3) is worse]
    events = {event.id: event for event in material.events}
    for actor, dyad in zip(material.names, (material.dyad, material.dyad.reversed()), strict=True):
        own = [e for e in acts if _goes(events[e.event_id].dyads(), dyad)]
        other = [e for e in acts if _goes(events[e.event_id].dyads(), dyad.reversed())]
        directed = len(own) + len(other)
        if len(own) >= LEAST and len(own) >= ALMOST_ALL * directed:
            kind = "conflict" if worse else "cooperation"
            told = f"{len(own)} of {plural(directed, 'event')} of {kind} with a direction"
            name = with_article(actor)
            return _Reading("one side turned, not both", f"{told} from then on are by {name}", own)
    return None


def _goes(dyads: Sequence[Dyad], dyad: Dyad) -> bool:
    return dyad in dyads and dyad.reversed() not in dyads


def _volume(shift: Shift, before: Entries, after: Entries) -> _Reading | None:
    if shift.volume is None or not before or not after:
        return None
    more = shift.volume is Direction.MORE
    told = f"{plural(len(before), 'event')} before, {plural(len(after), 'event')} from then on"
    return _Reading(
        f"what is reported {'grew' if more else 'shrank'}, and with it what is noticed",
        f"{told}, over months that need not be as many",
        after if more else before,
    )


def _recounted(before: Entries, after: Entries, without: Entries) -> str:
    rest = [entry for entry in after if entry not in without]
    if not rest:
        return " Nothing from then on is left without them."
    was, now, left = (_share(part) for part in (before, after, rest))
    stays = (left - was) / (now - was) >= 0.5 if now != was else False
    told = conflict_words(sum(e.quad >= 3 for e in rest), len(rest))
    return f" Without them {told} from then on: the change {'stays' if stays else 'does not show'}."


def _share(entries: Entries) -> float:
    """Return the share of conflict, drawn to one half where there are few events (Jeffreys)."""
    return (sum(entry.quad >= 3 for entry in entries) + 0.5) / (len(entries) + 1)


# --- the latest state ------------------------------------------------------------------------


def _of_state(recent: Entries, material: Material, names: dict[str, str]) -> list[Statement]:
    if len(recent) < ENOUGH:
        return []
    readings = (_one_origin(recent, material, names, "in it"), _doubtful(recent, "in it"))
    told = [
        _statement("the latest state", one, _rejudged(recent, one.found)) for one in readings if one
    ]
    tried = (
        "Other readings of the latest state were tried: that one origin makes it, that it is "
        "alleged or disputed. Not enough events speak for either of them."
    )
    evidence = tuple(entry.statement.evidence[0] for entry in recent)
    return told or [Statement(text=tried, evidence=evidence)]


def _rejudged(recent: Entries, without: Entries) -> str:
    rest = [entry for entry in recent if entry not in without]
    if len(rest) < ENOUGH:
        return " Without them too few are left to judge."
    conflict = sum(entry.quad >= 3 for entry in rest)
    same = _mainly(rest) is _mainly(recent)
    told = conflict_words(conflict, len(rest))
    return f" Without them {told}: the judgement {'stays' if same else 'does not hold'}."


def _mainly(entries: Entries) -> bool:
    conflict = sum(entry.quad >= 3 for entry in entries)
    return mostly_cooperative(len(entries) - conflict, conflict) >= 0.5

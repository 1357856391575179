"""A relation over time, and an import of event data, as JSON objects and as lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from detente.briefing.dealings import (
    interruption_record,
    interruption_words,
    regime_record,
    regime_words,
)
from detente.briefing.plot import plotted
from detente.briefing.records import iso_day
from detente.briefing.words import plural, printable, shift_words
from detente.model import Findings, Import, Seen, Shift, Way

__all__ = ["import_words", "relation_record", "relation_words"]


def relation_record(
    findings: Findings,
    drivers: Mapping[str, tuple[date | None, str]] | None = None,
    formulas: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return series, measures, shifts and regimes of a pair as a JSON object.

    Args:
        findings: the findings.
        drivers: day and words of the events that drive the shifts, by id.
        formulas: what the measures are, by name.
    """
    series = findings.series
    told = drivers or {}
    return {
        "dyad": {"actor": series.dyad.actor, "recipient": series.dyad.recipient},
        "dataset": findings.dataset or None,
        "series": [
            {
                "first": iso_day(period.first),
                "last": iso_day(period.last),
                "verbal_cooperation": period.counts[0],
                "material_cooperation": period.counts[1],
                "verbal_conflict": period.counts[2],
                "material_conflict": period.counts[3],
                "documents": period.documents,
            }
            for period in series.periods
        ],
        "shifts": [
            {
                "first": iso_day(shift.first),
                "last": iso_day(shift.last),
                "direction": shift.direction.value,
                "kind": shift.kind.value,
                "volume": shift.volume.value if shift.volume else None,
                "probability": shift.probability,
                "before": shift.before,
                "after": shift.after,
                "drivers": list(shift.drivers),
                "seen": _seen_record(seen),
            }
            for shift, seen in _with_seen(findings)
        ],
        "drivers": {
            event_id: {"date": iso_day(told[event_id][0]), "text": told[event_id][1]}
            for shift in findings.shifts
            for event_id in shift.drivers
            if event_id in told
        },
        "measures": [
            {
                "first": iso_day(one.first),
                "way": one.way.value,
                "counts": list(one.counts),
                "conflict_share": round(one.conflict_share, 4),
                "mean_score": round(one.mean_score, 4),
                "score_sum": round(one.score_sum, 4),
                "weight": round(one.weight, 4),
                "weighted_mean": round(one.weighted_mean, 4),
                "documents": one.documents,
                "per_thousand": None if one.per_thousand is None else round(one.per_thousand, 4),
                "of_actor": one.of_actor,
                "of_recipient": one.of_recipient,
            }
            for one in findings.measures
        ],
        "formulas": dict(formulas or {}),
        "regimes": [regime_record(one) for one in findings.regimes],
        "interruptions": [interruption_record(one) for one in findings.interruptions],
        "enough": findings.enough,
        "reason": findings.reason,
    }


def _with_seen(findings: Findings) -> list[tuple[Shift, Seen | None]]:
    seen = findings.seen or (None,) * len(findings.shifts)
    return list(zip(findings.shifts, seen, strict=True))


def _seen_record(seen: Seen | None) -> dict[str, Any] | None:
    """Return when a shift would have been seen; None where that was not asked."""
    return {"date": iso_day(seen.day), "delay_days": seen.delay} if seen else None


def _seen_words(seen: Seen) -> str:
    if seen.day is None:
        return "    would not have been seen while the data last"
    later = plural(seen.delay or 0, "day")
    return f"    would have been seen on {seen.day}, {later} after the interval began"


def relation_words(
    findings: Findings, drivers: Mapping[str, tuple[date | None, str]], *, width: int = 0
) -> Iterator[str]:
    """Yield the lines that tell a relation over time: counts, shifts with drivers, regimes.

    Args:
        findings: the findings.
        drivers: day and words of the events that drive the shifts, by id.
        width: columns that a chart of plain characters may take; there is none where it is too few.
    """
    dyad = findings.series.dyad
    whose = f" in {findings.dataset} data" if findings.dataset else ""
    yield f"{dyad.actor} and {dyad.recipient}{whose}: events by month and quad class"
    told = [shift for shift in findings.shifts if shift.likely]
    yield from plotted(findings.series, told, width)
    yield "month    coop. words  deeds  conflict words  deeds  share of conflict"
    shares = {one.first: one.conflict_share for one in findings.measures if one.way is Way.BOTH}
    for period in findings.series.periods:
        a, b, c, d = period.counts
        if period.total:
            share = shares.get(period.first)
            shown = f"{share:17.2f}" if share is not None else ""
            of = plural(period.documents, "row" if findings.dataset else "document")
            yield f"{period.first:%Y-%m}  {a:11d} {b:6d}  {c:14d} {d:6d} {shown}  of {of}"
    silent = sum(not period.total for period in findings.series.periods)
    if silent:
        yield f"({plural(silent, 'month')} without any are left out)"
    likely = (one for one in _with_seen(findings) if one[0].likely)
    for number, (shift, seen) in enumerate(likely, start=1):
        mix = f"conflict {shift.before:.2f} before, {shift.after:.2f} after"
        yield f"{number}  {shift_words(shift)}  {mix}"
        if seen:
            yield _seen_words(seen)
        for driver in shift.drivers:
            day, words = drivers.get(driver, (None, driver))
            yield printable(f"    {day or 'undated'}  {words}")
    if not told:
        yield f"no shift: {findings.reason}"
    possible = [shift for shift in findings.shifts if not shift.likely]
    if possible:
        yield "possible, at less than even odds: " + "; ".join(
            f"{shift.first} to {shift.last} {shift.kind} {shift.direction} {shift.probability:.2f}"
            for shift in possible
        )
    for regime in findings.regimes:
        if regime.total:
            yield from regime_words(regime, dyad)
    yield from interruption_words(findings.interruptions)


def import_words(done: Import) -> Iterator[str]:
    """Yield the lines that tell what an import of event data did."""
    kept = plural(done.new, "new row")
    yield f"{done.dataset}: {kept}, {done.known} known, {len(done.notices)} skipped"
    if done.new:
        yield f"days {done.first} to {done.last}"
        yield (
            f"{_share(done.duplicates, done.new)} repeat an earlier row (day, parties, code and "
            "report) and do not count"
        )
        yield (
            f"{_share(done.untyped, done.new)} have no PLOVER type (statements and appeals) and do "
            "not count"
        )
        yield f"{_share(done.unplaced, done.new)} lack the country of one party or of both"
    yield f"terms of use: {done.terms}"


def _share(count: int, of: int) -> str:
    return f"{count} ({100 * count / of:.1f} %)"

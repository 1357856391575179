"""When a relation changed, and when only the attention to it did.

Two exact segmentations of one weekly series of events by degree (`segmentation`, `evidence`):
of the **volume** under an exposure, and of the **mix** given the volume. Growth of coverage is a
change of the first alone. The two are coupled in one place: where the volume very probably
changed, a change of the mix is expected with even odds rather than by the prior.

A change of the mix is one of the relation where it moves the mean PLOVER score by more than a
quarter of a point. Its probability is that of a change within the interval times that of such a
move. What is less probable than even odds is kept as possible; a brief does not tell it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import log

import numpy as np

from detente.analysis.changes import LEAST_PROBABLE, REACH, Peak, State, mixture, moved, peaks
from detente.analysis.drivers import drivers
from detente.analysis.evidence import (
    PRIOR_EVENTS,
    mix_dispersion,
    mix_evidence,
    volume_dispersion,
    volume_evidence,
)
from detente.analysis.occurrences import Degree, Occurrence
from detente.analysis.segmentation import Floats, Segmentation, cut
from detente.analysis.tally import Tally, tally
from detente.model import Direction, Findings, Series, Shift, ShiftKind

__all__ = ["WITH_VOLUME", "find_shifts"]

# Prior: a change a year, the same for every pair. Of 6, 12, 24 and 48 months the marginal
# likelihood of the series of thirty pairs (all with five events or more in the reports of 2015 and
# 2016 on Wikipedia's Current Events pages) prefers 6 and 12.
DAYS_BETWEEN = 365.25
# ... but not more than one in twenty events: a state of fewer could hardly be told from chance.
EVENTS_BETWEEN = 20.0
# Of the prior odds where the volume changes: even.
WITH_VOLUME = 0.5
FEWEST_EVENTS = 6
FEWEST_MONTHS = 4
# Days on either side of a change in which its evidence is weighed event by event.
AROUND = 182
# How far the mean PLOVER score (-10 to 10) must move before a relation is said to have changed.
MOVED = 0.25
# By what factor the volume must change before attention is said to have.
GROWN = 2.0
# States of which little is told are taken to be on ordinary terms: a year of silence weighs as this
# many events of cooperation. Without it, war after silence would be no change, since silence has no
# mix; to a pair that is told of every week it is nothing.
ORDINARY = 2.0
# Fewer events than this that point the new way are too few to say that a relation turned.
FEWEST_AFTER = 3


def find_shifts(series: Series, happened: Sequence[Occurrence], *, driven: bool = True) -> Findings:
    """Find dated changes of a relation.

    Args:
        series: the monthly counts.
        happened: the occurrences that were counted, and those that only their sentences link.
        driven: whether to seek what drives each; it takes longer than the shifts themselves.

    Returns:
        The shifts in order of date, or the reason why there cannot be any.
    """
    periods = series.periods
    total = sum(period.total for period in periods)
    if total < FEWEST_EVENTS or len(periods) < FEWEST_MONTHS:
        reason = (
            f"not enough evidence: {total} dated events in {len(periods)} months; "
            f"{FEWEST_EVENTS} events in {FEWEST_MONTHS} months are the least to look for a change"
        )
        return Findings(series=series, shifts=(), enough=False, reason=reason)
    counted = tally(happened, series)
    shifts = _shifts(counted, happened, driven)
    found = "" if shifts else "no change found; "
    reason = (
        f"{found}sought by exact Bayesian segmentation of {total} events in {len(periods)} months, "
        "their mix and their volume each for itself, with one change expected in "
        f"{DAYS_BETWEEN / 365.25 * 12:.0f} months"
    )
    return Findings(series=series, shifts=shifts, enough=True, reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cuts:
    """The two segmentations of a tally, and the counts they were made from."""

    mix: Segmentation
    volume: Segmentation
    dispersion: float  # of the mix
    mixed: Floats  # counts over it
    sums: Floats  # of these, before each period and after the last
    totals: Floats  # totals over the dispersion of the volume
    expected: Floats  # prior probability of a change of the mix in each period


def _cuts(counted: Tally) -> _Cuts:
    step = (counted.last - counted.starts[0]).days / len(counted.starts)
    weights = counted.counts.sum(axis=1)
    hazard = min(step / DAYS_BETWEEN, float(weights.mean()) / EVENTS_BETWEEN, WITH_VOLUME)
    totals = weights / volume_dispersion(weights)
    volume = cut(volume_evidence(totals, counted.exposure), hazard)
    dispersion = mix_dispersion(counted.counts)
    mixed = counted.counts / dispersion
    mixed[:, Degree.COOPERATION] += ORDINARY * step / 365.25
    expected = np.minimum(WITH_VOLUME, hazard + WITH_VOLUME * volume.changes)
    return _Cuts(
        mix=cut(mix_evidence(mixed), expected),
        volume=volume,
        dispersion=dispersion,
        mixed=mixed,
        sums=np.vstack([np.zeros(len(Degree)), mixed.cumsum(axis=0)]),
        totals=totals,
        expected=expected,
    )


def _shifts(counted: Tally, happened: Sequence[Occurrence], driven: bool) -> tuple[Shift, ...]:
    cuts = _cuts(counted)
    reach = max(1, REACH * len(counted.starts) // ((counted.last - counted.starts[0]).days + 1))
    relation = [
        shift
        for peak in peaks(cuts.mix.changes, reach)
        if (shift := _relation(cuts, counted, peak, happened, driven)) is not None
    ]
    attention = [
        shift
        for peak in peaks(cuts.volume.changes, reach)
        if (shift := _attention(cuts, counted, peak, happened, driven)) is not None
    ]
    both = [replace(shift, volume=_with(shift, attention)) for shift in relation]
    return _apart([*both, *attention])


def _with(shift: Shift, attention: Sequence[Shift]) -> Direction | None:
    """Return which way the volume changed with a relation, if it did."""
    return next((one.direction for one in attention if _overlap(one, shift)), None)


def _overlap(one: Shift, other: Shift) -> bool:
    return one.first <= other.last and other.first <= one.last


def _apart(shifts: Iterable[Shift]) -> tuple[Shift, ...]:
    """Return the shifts in order of date; those of one kind do not overlap.

    Of two of one kind the more probable is kept. A likely change of the relation tells of its
    volume itself, so that no change of attention stands beside it.
    """
    kept: list[Shift] = []
    for shift in sorted(
        shifts, key=lambda one: (one.kind is ShiftKind.ATTENTION, -one.probability)
    ):
        beside = [one for one in kept if one.kind is shift.kind or one.likely]
        if not any(_overlap(shift, one) for one in beside):
            kept.append(shift)
    return tuple(sorted(kept, key=lambda one: (one.first, one.last, one.kind)))


def _score_states(cuts: _Cuts, scores: Floats, k: int) -> tuple[State, State, float, float]:
    """Return the mean score before and after period k, and the shares of conflict.

    Averaged over all segmentations that have a change at k.
    """
    sides = []
    for weights, seen in (
        (cuts.mix.begins(k), cuts.sums[k] - cuts.sums[:k]),
        (cuts.mix.ends(k), cuts.sums[k + 1 :] - cuts.sums[k]),
    ):
        alpha = seen + PRIOR_EVENTS
        total = alpha.sum(axis=1)
        mix = alpha / total[:, None]
        means = mix @ scores
        variances = (mix @ scores**2 - means**2) / (total + 1)
        conflict = float(weights @ mix[:, Degree.WORDS :].sum(axis=1))
        sides.append((mixture(weights, means, variances), conflict))
    (before, some), (after, other) = sides
    return before, after, some, other


def _relation(
    cuts: _Cuts, counted: Tally, peak: Peak, happened: Sequence[Occurrence], driven: bool
) -> Shift | None:
    mass = cuts.mix.changes[peak.first : peak.last + 1]
    fell = rose = before = after = 0.0
    for k, part in enumerate((mass / mass.sum()).tolist(), start=peak.first):
        if part <= 0.0:
            continue
        low, high, some, other = _score_states(cuts, counted.scores, k)
        down, up = moved(low, high, MOVED)
        fell, rose = fell + part * down, rose + part * up
        before, after = before + part * some, after + part * other
    direction = Direction.WORSE if fell > rose else Direction.BETTER
    probability = peak.probability * max(fell, rose)
    if probability < LEAST_PROBABLE:
        return None
    start, end = _busy(counted, peak)
    first, last = counted.days(start, end)
    until = counted.days(peak.mode, _end(cuts.mix, peak.mode))[1]
    new_way = [
        one for one in happened if first <= one.day <= until and (one.score < 0) == (fell > rose)
    ]
    if len(new_way) < FEWEST_AFTER:
        return None
    return Shift(
        first=first,
        last=last,
        direction=direction,
        kind=ShiftKind.RELATION,
        probability=round(probability, 2),
        drivers=drivers(new_way, _fall(cuts, counted, peak)) if driven else (),
        before=round(before, 2),
        after=round(after, 2),
    )


def _fall(cuts: _Cuts, counted: Tally, peak: Peak) -> Callable[[Occurrence], float]:
    """Return the function that tells by how much the log odds of a change fall without an event.

    The odds are those of a change of the mix within the interval, computed anew for the half year
    on either side of it. The coupling with the volume stays as it is.
    """
    around = AROUND * len(counted.starts) // ((counted.last - counted.starts[0]).days + 1)
    begin, end = max(0, peak.first - around), min(len(counted.starts), peak.last + 1 + around)
    odds: dict[tuple[int, Degree, float], float] = {}

    def log_odds(mixed: Floats) -> float:
        changes = cut(mix_evidence(mixed), cuts.expected[begin:end]).changes
        mass = float(changes[peak.first - begin : peak.last + 1 - begin].sum())
        mass = min(max(mass, 1e-9), 1.0 - 1e-9)
        return log(mass / (1.0 - mass))

    whole = log_odds(cuts.mixed[begin:end])

    def fall(one: Occurrence) -> float:
        cell = (counted.period_of(one.day), one.degree, one.weight)
        if not begin <= cell[0] < end:
            return 0.0
        if cell not in odds:
            without = cuts.mixed[begin:end].copy()
            without[cell[0] - begin, one.degree] -= one.weight / cuts.dispersion
            odds[cell] = whole - log_odds(np.maximum(without, 0.0))
        return odds[cell]

    return fall


def _end(cuts: Segmentation, k: int) -> int:
    """Return the likeliest last period of the segment that begins with k."""
    return k + int(cuts.ends(k).argmax())


def _busy(counted: Tally, peak: Peak) -> tuple[int, int]:
    """Return the first and last period of a change as it is told.

    Where nothing happened in the likeliest periods, the change is known no closer than to the next
    event. A relation turns in what the two do: silence at the edges of the interval is left out.
    """
    busy = counted.counts.sum(axis=1) > 0
    start, end = peak.first, peak.last
    if not busy[start : end + 1].any():
        end = next((k for k in range(end, len(busy)) if busy[k]), end)
    inside = [k for k in range(start, end + 1) if busy[k]]
    return (inside[0], inside[-1]) if inside else (start, end)


def _grown(cuts: _Cuts, counted: Tally, peak: Peak) -> tuple[float, Direction]:
    """Return how probable it is that the volume changed by a good part, and which way."""
    seen = np.concatenate([[0.0], cuts.totals.cumsum()])
    exposure = counted.exposure if counted.exposure.sum() > 0 else np.ones(len(cuts.totals))
    exposed = np.concatenate([[0.0], (exposure / exposure.mean()).cumsum()])
    k = peak.mode
    sides = []
    for weights, number, size in (
        (cuts.volume.begins(k), seen[k] - seen[:k], exposed[k] - exposed[:k]),
        (cuts.volume.ends(k), seen[k + 1 :] - seen[k], exposed[k + 1 :] - exposed[k]),
    ):
        if weights @ (size > 0) < LEAST_PROBABLE:  # no document of its time: no rate is known
            return 0.0, Direction.MORE
        shape = number + PRIOR_EVENTS
        # the logarithm of a gamma variable: mean and variance to the first order
        sides.append(mixture(weights, np.log(shape / np.maximum(size, 1e-9)), 1.0 / shape))
    fell, rose = moved(sides[0], sides[1], log(GROWN))
    return max(fell, rose), Direction.LESS if fell > rose else Direction.MORE


def _attention(
    cuts: _Cuts, counted: Tally, peak: Peak, happened: Sequence[Occurrence], driven: bool
) -> Shift | None:
    odds, direction = _grown(cuts, counted, peak)
    probability = peak.probability * odds
    if probability < LEAST_PROBABLE:
        return None
    first, last = counted.days(peak.first, peak.last)
    until = counted.days(peak.mode, _end(cuts.volume, peak.mode))[1]
    inside = [one for one in happened if first <= one.day <= until]
    if not inside:
        return None
    _, _, before, after = _score_states(cuts, counted.scores, peak.mode)
    return Shift(
        first=first,
        last=last,
        direction=direction,
        kind=ShiftKind.ATTENTION,
        probability=round(probability, 2),
        drivers=drivers(inside, lambda one: one.weight) if driven else (),
        before=round(before, 2),
        after=round(after, 2),
    )

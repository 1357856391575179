"""When a relation changed: exact Bayesian segmentation of counts by quarters of months.

The counts of the four quad classes in a segment are Poisson with one rate per class and document,
under a gamma prior; a segment's marginal likelihood is then closed (negative binomial for the
volume, Dirichlet-like for the mix). Summing over all segmentations is exact by the recursions of
Fearnhead, "Exact and efficient Bayesian inference for multiple changepoint problems", Statistics
and Computing 16 (2006), section 2. No sampling, no tuning per dyad, the same answer twice.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import lgamma, log, log1p

import numpy as np

from detente.analysis.series import concerns, countable, counted_on
from detente.model import (
    Direction,
    Event,
    Findings,
    Period,
    Series,
    Shift,
    ShiftKind,
    mode_score,
)

__all__ = [
    "dispersion",
    "find_shifts",
    "finer",
    "segment_evidence",
    "shift_posterior",
    "weight",
    "weighted",
]

# Prior: a change once a year, the same for every pair. Of 6, 12, 24 and 48 months the marginal
# likelihood of the series of thirty pairs (all with five events or more in the reports of 2015 and
# 2016 on Wikipedia's Current Events pages) prefers 6 and 12 (-777 each) to 24 (-780) and 48 (-784).
MONTHS_BETWEEN = 12.0
# Gamma prior of a class's rate: half a pseudo-event, over the exposure that brings as much on the
# average of the whole series (an empirical scale, the same for all segments and classes).
PRIOR_EVENTS = 0.5
FEWEST_EVENTS = 6
# How sure it must be that the mix differs before a change is called one of the relation.
CHANGED_MIX = 0.85
# Fewer events than this that point the new way are too few to say that a relation turned.
FEWEST_AFTER = 3
# How sure it must be that one kind of events became more frequent, and the other did not.
RISEN = 0.95
FEWEST_MONTHS = 4
# A month is looked at in so many parts: the middle of a month can be a change.
# Within a segment the likelihood depends on totals alone, so finer parts cost nothing but time.
PARTS = 2
# Beyond this the search, quadratic in the number of parts, looks at whole months.
MOST_FINE_MONTHS = 200
# The interval of a shift holds at least this share of its probability: two thirds, as an interval
# of one standard error does.
INTERVAL = 0.67
# Below this a change is not worth a line in a brief: even odds.
LEAST_PROBABLE = 0.5

Evidence = Callable[[int, int], float]


def find_shifts(series: Series, events: Sequence[Event]) -> Findings:
    """Find dated changes of a relation.

    Args:
        series: the monthly counts.
        events: the events that were counted, to name the drivers.

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
    near = [event for event in events if countable(event) and concerns(event, series.dyad)]
    parts = PARTS if len(periods) <= MOST_FINE_MONTHS else 1
    fine = finer(periods, near, parts)
    spread = dispersion(periods)
    evidence = segment_evidence(fine, counts=weighted(fine, near) / spread)
    posterior = shift_posterior(len(fine), evidence, hazard=1.0 / (MONTHS_BETWEEN * parts))
    shifts = _apart(
        shift
        for peak in _peaks(posterior, reach=3 * parts)
        if (shift := _describe(peak, fine, near, around=6 * parts)) is not None
    )
    found = "" if shifts else "no month holds a change with better than even odds; "
    reason = (
        f"{found}sought by exact Bayesian segmentation of {total} events in {len(periods)} months "
        f"by quad class, with one change expected in {MONTHS_BETWEEN:.0f} months"
    )
    return Findings(series=series, shifts=shifts, enough=True, reason=reason)


def finer(periods: Sequence[Period], events: Sequence[Event], parts: int) -> list[Period]:
    """Return the months cut into equal parts, with the events of each.

    Args:
        periods: the months; their documents are spread evenly.
        events: the counted events of the pair; one with several possible days counts on the
            middle one.
        parts: how many parts a month gets; 1 gives the months themselves.
    """
    if parts == 1:
        return list(periods)
    counts = {(period.first, part): [0, 0, 0, 0] for period in periods for part in range(parts)}
    for event in events:
        day = counted_on(event)
        if day is None:
            continue
        cell = counts.get((day.replace(day=1), (day.day - 1) * parts // _length(day)))
        if cell is not None:
            cell[event.quad - 1] += 1
    found = []
    for period in periods:
        size = _length(period.first)
        for part in range(parts):
            a, b, c, d = counts[period.first, part]
            found.append(
                Period(
                    first=period.first.replace(day=-(-part * size // parts) + 1),
                    last=period.first.replace(day=-(-(part + 1) * size // parts)),
                    counts=(a, b, c, d),
                    documents=period.documents * (part + 1) // parts
                    - period.documents * part // parts,
                )
            )
    return found


def _length(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def dispersion(periods: Sequence[Period]) -> float:
    """Return by how much the counts of neighbouring months vary more than Poisson's, at least 1.

    Of two counts with one rate the squared difference is on average their sum, however small they
    are; the mean ratio over all neighbours and classes is the dispersion (quasi-likelihood:
    McCullagh and Nelder, "Generalized Linear Models", 1989, section 4.5). The largest tenth is left
    out, since changes of the rate are there.
    """
    ratios = sorted(
        (one - other) ** 2 / (one + other)
        for some, following in pairwise(periods)
        for one, other in zip(some.counts, following.counts, strict=True)
        if one + other
    )
    kept = ratios[: len(ratios) - len(ratios) // 10]
    return max(1.0, sum(kept) / len(kept)) if kept else 1.0


def weight(event: Event) -> float:
    """Return how much an event weighs in the search for changes; a plain one weighs 1.

    The weight grows with the logarithm of the origins that may tell the event, so that what many
    report counts more and an echo does not; what is only alleged weighs half. Copies add nothing.
    """
    return (0.5 if event.alleged else 1.0) * (1.0 + log(max(event.origins.max, 1)))


def weighted(periods: Sequence[Period], events: Sequence[Event]) -> np.ndarray:
    """Return the weights of the events, summed by period (rows) and quad class (columns)."""
    found = np.zeros((len(periods), 4))
    starts = [period.first for period in periods]
    for event in events:
        day = counted_on(event)
        if day is not None and starts[0] <= day <= periods[-1].last:
            found[bisect_right(starts, day) - 1, event.quad - 1] += weight(event)
    return found


def segment_evidence(periods: Sequence[Period], *, counts: np.ndarray | None = None) -> Evidence:
    """Return the log marginal likelihood of the periods i..j-1 under one rate per quad class.

    Terms that do not depend on the segmentation are left out.

    Args:
        periods: the periods.
        counts: counts by period and quad class, if other than those of the periods: weighted, or
            divided by their dispersion.
    """
    if counts is None:
        counts = np.array([period.counts for period in periods], dtype=float)
    exposure = np.array([max(period.documents, 0) for period in periods], dtype=float)
    # without a known volume every month counts alike; a month without documents saw nothing
    if exposure.sum() == 0:
        exposure = np.ones(len(periods))
    exposure = exposure / exposure.mean()
    cumulated = np.vstack([np.zeros(4), counts.cumsum(axis=0)])
    exposed = np.concatenate([[0.0], exposure.cumsum()])
    # prior scale: the exposure in which PRIOR_EVENTS events of one class are expected on average
    scale = float(PRIOR_EVENTS * exposed[-1] * 4 / max(counts.sum(), 1.0))
    unseen = 4 * (PRIOR_EVENTS * log(scale) - lgamma(PRIOR_EVENTS))
    # plain floats: this is called for each pair of periods, where numpy's scalars cost most
    rows, sizes = cumulated.tolist(), exposed.tolist()

    def evidence(i: int, j: int) -> float:
        start, end = rows[i], rows[j]
        a, b, c, d = [PRIOR_EVENTS + end[quad] - start[quad] for quad in range(4)]
        size = log(scale + sizes[j] - sizes[i])
        seen: float = lgamma(a) + lgamma(b) + lgamma(c) + lgamma(d) - (a + b + c + d) * size
        return unseen + seen

    return evidence


def shift_posterior(
    length: int, evidence: Evidence, *, hazard: float = 1.0 / MONTHS_BETWEEN
) -> np.ndarray:
    """Return, for each period k, the probability that a new segment begins with it.

    Args:
        length: number of periods.
        evidence: log marginal likelihood of a segment of periods i..j-1.
        hazard: prior probability that a period begins a new segment.

    Returns:
        Probabilities; the first is 0, since the series begins there anyway.
    """
    change, stay = log(hazard), log1p(-hazard)
    logs = np.full((length + 1, length + 1), -np.inf)
    for i in range(length):
        logs[i, i + 1 :] = [evidence(i, j) + (j - i - 1) * stay for j in range(i + 1, length + 1)]
    begun = np.full(length + 1, change)
    begun[0] = 0.0  # the series begins there anyway
    forward = np.full(length + 1, -np.inf)  # the first j periods, a segment ending at j
    forward[0] = 0.0
    for j in range(1, length + 1):
        forward[j] = np.logaddexp.reduce(forward[:j] + logs[:j, j] + begun[:j])
    ended = np.full(length + 1, change)
    ended[length] = 0.0  # and ends there
    backward = np.full(length + 1, -np.inf)  # the periods from i on, a segment beginning at i
    backward[length] = 0.0
    for i in range(length - 1, -1, -1):
        backward[i] = np.logaddexp.reduce(logs[i, i + 1 :] + backward[i + 1 :] + ended[i + 1 :])
    posterior = np.zeros(length)
    for k in range(1, length):
        # sums of logarithms may end a rounding error above certainty
        posterior[k] = min(1.0, np.exp(forward[k] + change + backward[k] - forward[length]))
    return posterior


@dataclass(frozen=True, slots=True)
class _Peak:
    """Neighbouring months that share the probability of one change."""

    first: int
    last: int
    mode: int
    probability: float


def _peaks(posterior: np.ndarray, *, reach: int) -> list[_Peak]:
    """Return the runs of months that hold a change with better than even odds.

    Around each local maximum the run grows to the more probable neighbour until it holds most of
    the mass in reach; runs do not overlap.
    """
    left = posterior.copy()
    peaks = []
    while left.max(initial=0.0) > LEAST_PROBABLE / (2 * reach):
        mode = int(left.argmax())
        first = last = mode
        mass = left[max(0, mode - reach) : mode + reach + 1].sum()
        while left[first : last + 1].sum() < INTERVAL * min(mass, 1.0):
            before = left[first - 1] if first > 1 else -1.0
            after = left[last + 1] if last + 1 < len(left) else -1.0
            if max(before, after) <= 0.0:
                break
            first, last = (first - 1, last) if before >= after else (first, last + 1)
        probability = float(left[first : last + 1].sum())
        if probability >= LEAST_PROBABLE:
            peaks.append(_Peak(first, last, mode, min(probability, 0.99)))
        left[max(0, first - 1) : last + 2] = 0.0
    return sorted(peaks, key=lambda peak: peak.mode)


def _describe(
    peak: _Peak, periods: Sequence[Period], near: Sequence[Event], *, around: int
) -> Shift | None:
    before = list(periods[max(0, peak.mode - around) : peak.mode])
    after = list(periods[peak.mode : peak.mode + around])
    score_before = _mean_score(near, before)
    score_after = _mean_score(near, after)
    direction = _direction(before, after, score_after - score_before, _prior_exposure(periods))
    attention = direction in (Direction.MORE, Direction.LESS)
    if attention and _recalled(periods, before, after):
        return None
    start, end = _shown(peak, periods, trimmed=not attention)
    first, last = periods[start].first, periods[end].last
    drivers = _drivers(near, first, after[-1].last, direction)
    if not drivers:
        return None
    return Shift(
        first=first,
        last=last,
        direction=direction,
        kind=ShiftKind.ATTENTION if attention else ShiftKind.RELATION,
        probability=round(peak.probability, 2),
        drivers=drivers,
        before=round(_conflict_share(before), 2),
        after=round(_conflict_share(after), 2),
    )


def _shown(peak: _Peak, periods: Sequence[Period], *, trimmed: bool) -> tuple[int, int]:
    """Return the first and last period of a change as it is told.

    Where nothing happened in the likeliest periods, the change is known no closer than to the next
    event. A relation turns in what the two do: silence at the edges of the interval is left out.
    """
    start, end = peak.first, peak.last
    if not any(period.total for period in periods[start : end + 1]):
        end = next((k for k in range(end, len(periods)) if periods[k].total), end)
    if trimmed:
        busy = [k for k in range(start, end + 1) if periods[k].total]
        start, end = (busy[0], busy[-1]) if busy else (start, end)
    return start, end


def _apart(shifts: Iterable[Shift]) -> tuple[Shift, ...]:
    """Return the shifts, in order of date, that do not overlap.

    The begin and the end of a silence between unlike times are two changes of the counts and one
    of the relation; the more probable is kept.
    """
    kept: list[Shift] = []
    for shift in shifts:
        if kept and shift.first <= kept[-1].last:
            if shift.probability > kept[-1].probability:
                kept[-1] = shift
        else:
            kept.append(shift)
    return tuple(kept)


def _recalled(periods: Sequence[Period], before: Sequence[Period], after: Sequence[Period]) -> bool:
    """Tell whether one side has no document of its time, so that no rate of reports is known."""
    sides = [sum(period.documents for period in side) for side in (before, after)]
    return any(period.documents for period in periods) and not all(sides)


def _conflict_share(periods: Sequence[Period]) -> float:
    """Return the share of conflict, shrunk towards one half by one event (Laplace)."""
    conflict = sum(period.conflict for period in periods)
    total = sum(period.total for period in periods)
    return (conflict + 0.5) / (total + 1.0)


def _rate(periods: Sequence[Period]) -> float:
    return sum(period.total for period in periods) / _exposure(periods)


def _direction(
    before: Sequence[Period], after: Sequence[Period], gain: float, scale: float
) -> Direction:
    """Tell a change of the relation from a change of the number of reports alone.

    The relation changed when the share of conflict, or of material conflict, very probably differs
    before and after (independent beta posteriors under a Jeffreys prior). It also worsened when
    conflict became more frequent among all that is reported and cooperation did not, and improved
    the other way round: a quiet pair has no mix to compare. One or two events
    that point the new way are too few, and that events became rare says nothing
    of the relation, since silence may be the reporters'.

    Args:
        before: the months before the change.
        after: the months from it on.
        gain: mean score after minus mean score before.
        scale: exposure of the prior of a rate.
    """
    many = {
        Direction.WORSE: _share(after, (2, 3))[0] >= FEWEST_AFTER,
        Direction.BETTER: _share(after, (0, 1))[0] >= FEWEST_AFTER,
    }
    cooperation, conflict = (_rises(before, after, quads, scale) for quads in ((0, 1), (2, 3)))
    shares = [
        _greater(*(_share(side, quads) for side in (before, after))) for quads in ((2, 3), (3,))
    ]
    worse = gain < 0 and max(shares) >= CHANGED_MIX
    better = gain > 0 and min(shares) <= 1.0 - CHANGED_MIX
    worse = worse or (conflict >= RISEN and cooperation < CHANGED_MIX and shares[0] > 0.5)
    better = better or (cooperation >= RISEN and conflict < CHANGED_MIX and shares[0] < 0.5)
    if worse and many[Direction.WORSE]:
        return Direction.WORSE
    if better and many[Direction.BETTER]:
        return Direction.BETTER
    return Direction.MORE if _rate(after) > _rate(before) else Direction.LESS


def _share(side: Sequence[Period], quads: tuple[int, ...]) -> tuple[int, int]:
    """Return how many events of a side are of the classes, and how many there are."""
    chosen = sum(period.counts[quad] for period in side for quad in quads)
    return chosen, sum(period.total for period in side)


def _exposure(side: Sequence[Period]) -> float:
    return float(sum(period.documents for period in side) or len(side))


def _prior_exposure(periods: Sequence[Period]) -> float:
    """Return the exposure in which PRIOR_EVENTS events of two classes are expected."""
    total = sum(period.total for period in periods)
    return 2 * PRIOR_EVENTS * _exposure(periods) / max(total, 1)


def _rises(
    before: Sequence[Period], after: Sequence[Period], quads: tuple[int, ...], scale: float
) -> float:
    """Return P(rate after exceeds rate before), each a gamma posterior.

    The ratio of two gamma variables is a beta variable: the rate rises where that exceeds the
    share that the second exposure has in both.
    """
    shapes = [2 * PRIOR_EVENTS + _share(side, quads)[0] for side in (before, after)]
    exposures = [scale + _exposure(side) for side in (before, after)]
    grid, weight = _beta(shapes[1], shapes[0])
    return float(weight[grid > exposures[1] / sum(exposures)].sum())


def _beta(a: float, b: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the midpoints of 400 steps and the share of a beta distribution in each."""
    grid = (np.arange(400) + 0.5) / 400
    logs = (a - 1) * np.log(grid) + (b - 1) * np.log1p(-grid)
    weight = np.exp(logs - logs.max())
    return grid, weight / weight.sum()


def _greater(some: tuple[int, int], other: tuple[int, int]) -> float:
    """Return P(share of the second exceeds the share of the first), each (count, of how many)."""
    first, second = (_beta(count + 0.5, total - count + 0.5)[1] for count, total in (some, other))
    below = np.concatenate([[0.0], first.cumsum()[:-1]]) + first / 2
    return float((second * below).sum())


def _mean_score(events: Sequence[Event], periods: Sequence[Period]) -> float:
    first, last = periods[0].first, periods[-1].last
    scores = [
        mode_score(event.event_type, event.mode)
        for event in events
        if event.first is not None and first <= event.first <= last
    ]
    return sum(scores) / (len(scores) + 1)  # shrunk towards 0, neither friend nor foe, by one event


def _drivers(
    events: Sequence[Event], first: date, last: date, direction: Direction
) -> tuple[str, ...]:
    """Return the events from the change on that point its way, the weightiest first.

    Weight: that of the event in the search, times its PLOVER score and five more, so that a letter
    that many report counts beside a bombing, falling by half in two months. What somebody denies
    carries nothing.
    """
    sign = {Direction.WORSE: -1.0, Direction.BETTER: 1.0}.get(direction, 0.0)
    ranked = []
    for event in events:
        if event.first is None or event.denial_ids or not first <= event.first <= last:
            continue
        score = mode_score(event.event_type, event.mode)
        way = score * sign if sign else abs(score)
        if way > 0:
            near = 0.5 ** ((event.first - first).days / 60)
            ranked.append((-weight(event) * (way + 5) * near, event.first, event.id))
    return tuple(identifier for _, _, identifier in sorted(ranked)[:5])

"""The pieces of a stretch of time: early May, mid-2015, the end of the year, its second half."""

from __future__ import annotations

from datetime import date, timedelta

from detente.extraction.dates.intervals import Granularity, Interval, add_months, span_of_days

__all__ = ["piece_of"]

# The piece of a stretch that a word means: which one of how many equal ones.
_PIECES = {
    "early": (0, 3),
    "mid": (1, 3),
    "middle of": (1, 3),
    "late": (2, 3),
    "start of": (0, 6),
    "beginning of": (0, 6),
    "end of": (5, 6),
    "close of": (5, 6),
    "first half of": (0, 2),
    "second half of": (1, 2),
}


def piece_of(whole: Interval, words: str) -> Interval:
    """Return the early, middle or late third of a stretch, its start, its end or a half.

    Args:
        whole: the stretch, with both bounds.
        words: "early", "mid", "the end of", "the second half of", "the last week of".
    """
    assert whole.first is not None and whole.last is not None
    if words.endswith("week of"):
        return _week(whole.first, whole.last, words.split()[1])
    piece, pieces = _PIECES[words.removeprefix("the ")]
    if whole.granularity is Granularity.DECADE:
        return span_of_days(
            whole.first.replace(year=whole.first.year + piece * 9 // pieces),
            whole.last.replace(year=whole.first.year + (piece + 1) * 9 // pieces),
        )
    if whole.granularity is Granularity.YEAR:
        size = 12 // pieces
        first = add_months(whole.first, piece * size)
        return span_of_days(first, add_months(first, size) - timedelta(days=1))
    days = (whole.last - whole.first).days + 1
    first = whole.first + timedelta(days=piece * days // pieces)
    last = whole.first + timedelta(days=(piece + 1) * days // pieces - 1)
    return span_of_days(first, max(first, last))


def _week(first: date, last: date, which: str) -> Interval:
    """Return seven days of a stretch: its first, second, third, fourth or last."""
    if which == "last":
        return span_of_days(last - timedelta(days=6), last)
    start = first + timedelta(weeks=("first", "second", "third", "fourth").index(which))
    return span_of_days(start, start + timedelta(days=6))

"""Findings for tests of charts: two years of a pair that turn from talks to fights."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from detente.model import Direction, Dyad, Findings, Period, Series, Shift, ShiftKind

PAIR = Dyad("TUR", "RUS")
NAMES = ("Turkey", "Russia")


def periods(counts, start=date(2014, 1, 1)):
    found = []
    for index, one in enumerate(counts):
        number = start.year * 12 + start.month - 1 + index
        first = date(number // 12, number % 12 + 1, 1)
        last = first.replace(day=monthrange(first.year, first.month)[1])
        found.append(Period(first=first, last=last, counts=one, documents=40 + index))
    return tuple(found)


def shift(first, last, *, drivers=(), probability=0.9, **changed):
    said = {
        "direction": Direction.WORSE,
        "kind": ShiftKind.RELATION,
        "before": 0.1,
        "after": 0.9,
        **changed,
    }
    return Shift(first=first, last=last, drivers=drivers, probability=probability, **said)


def findings(counts, shifts=(), dataset=""):
    return Findings(
        series=Series(dyad=PAIR, periods=periods(counts)),
        shifts=tuple(shifts),
        enough=True,
        reason="no change found",
        dataset=dataset,
    )


COUNTS = [(5, 2, 1, 0)] * 12 + [(0, 0, 0, 0)] + [(1, 0, 4, 6)] * 11
TURN = shift(date(2015, 1, 20), date(2015, 2, 9), drivers=("one", "two"))
CALM = shift(
    date(2014, 6, 2),
    date(2014, 6, 8),
    drivers=("three",),
    direction=Direction.MORE,
    kind=ShiftKind.ATTENTION,
)
DOUBT = shift(date(2015, 6, 1), date(2015, 6, 30), drivers=("one",), probability=0.3)
DRIVERS = {
    "one": (date(2015, 2, 3), "Turkey shot down a Russian jet."),
    "two": (date(2015, 2, 4), "Russia <script>alert('x')</script> & co \x1b[31m answered \u202e."),
    "three": (None, "The two held talks."),
}
FOUND = findings(COUNTS, (CALM, TURN, DOUBT))

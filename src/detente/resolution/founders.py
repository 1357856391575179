"""Which events a claim is worth comparing with: those of its sides and type that are near in time.

What is left out could not be matched: the index asks no more than `matching.same_event` does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from datetime import date

from detente.resolution.actors import side
from detente.resolution.dated import Dated
from detente.resolution.matching import NEAR, act_class

__all__ = ["Founders"]

# A range over more buckets than this is compared with everything.
_WIDE = 36
_Index = defaultdict[Hashable, list[int]]


class _Shelf:
    """The founding claims of one kind of act between the same sides."""

    def __init__(self) -> None:
        self.all: list[int] = []
        self.dated: _Index = defaultdict(list)
        self.wide: list[int] = []
        # by whether the founder has dates
        self.starts: dict[bool, _Index] = {True: defaultdict(list), False: defaultdict(list)}
        self.names: dict[bool, _Index] = {True: defaultdict(list), False: defaultdict(list)}

    def put(self, founder: Dated, index: int) -> None:
        self.all.append(index)
        known = founder.window is not None
        if founder.window is not None:
            buckets = _buckets(*founder.window)
            if len(buckets) > _WIDE:
                self.wide.append(index)
            else:
                for bucket in buckets:
                    self.dated[bucket].append(index)
        start = _start(founder)
        self.starts[known][None if start is None else _bucket(start)].append(index)
        for name in founder.names:
            self.names[known][name].append(index)

    def find(self, one: Dated) -> Iterable[int]:
        start = _start(one)
        if start is None:
            return self.all
        if one.window is None:
            return {*self._near(start, True), *self._near(start, False), *self._named(one, True),
                    *self._named(one, False)}  # fmt: skip
        buckets = _buckets(*one.window)
        if len(buckets) > _WIDE:
            return self.all
        overlapping = (index for bucket in buckets for index in self.dated.get(bucket, ()))
        return {*overlapping, *self.wide, *self._near(start, False), *self._named(one, False)}

    def told_by(self, day: date | None) -> Iterable[int]:
        """Return the founders that what was published on a day can speak of."""
        if day is None:
            return self.all
        return {*self._near(day, True), *self._near(day, False)}

    def _near(self, start: date, known: bool) -> Iterable[int]:
        index = self.starts[known]
        here = _bucket(start)
        for bucket in (here - 1, here, here + 1, None):
            yield from index.get(bucket, ())

    def _named(self, one: Dated, known: bool) -> Iterable[int]:
        for name in one.names:
            yield from self.names[known].get(name, ())


class Founders:
    """The founding claims of events, by what a claim must have in common with them."""

    def __init__(self) -> None:
        self._shelves: dict[Hashable, _Shelf] = {}

    def put(self, founder: Dated, index: int) -> None:
        """Add the founding claim of the event with an index."""
        self._shelves.setdefault(_key(founder), _Shelf()).put(founder, index)

    def find(self, one: Dated) -> Iterable[int]:
        """Return the indices of the events that a claim may belong to."""
        shelf = self._shelves.get(_key(one))
        return shelf.find(one) if shelf else ()

    def denied_by(self, denial: Dated) -> Iterable[int]:
        """Return the indices of the events that a denial may deny."""
        shelf = self._shelves.get(_key(denial))
        return shelf.told_by(denial.published) if shelf else ()


def _key(one: Dated) -> Hashable:
    """Return what two claims that can match have in common; who acts on whom is not asked here."""
    return act_class(one.claim.act), side(one.actors) | side(one.recipients)


def _start(one: Dated) -> date | None:
    return one.window[0] if one.window else one.published


def _bucket(day: date) -> int:
    return day.toordinal() // NEAR.days


def _buckets(first: date, last: date) -> range:
    return range(_bucket(first), _bucket(last) + 1)

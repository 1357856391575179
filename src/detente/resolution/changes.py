"""What became of the events when documents came in: which grew, merged or split.

An event is followed by its claims, whose ids depend on what they say alone. Its own id is that of
the claim that was published first, so that it stays when later reports join; a report of an earlier
day that comes in later gives it another, and that is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

from detente.model import Change, ChangeKind

__all__ = ["changes_between"]


class _Followed(Protocol):
    """What is needed of an event to follow it: its id and its claims."""

    @property
    def id(self) -> str: ...
    @property
    def claim_ids(self) -> tuple[str, ...]: ...
    @property
    def denial_ids(self) -> tuple[str, ...]: ...


def changes_between(before: Sequence[_Followed], after: Sequence[_Followed]) -> tuple[Change, ...]:
    """Return what changed from one resolution to the next, sorted.

    Args:
        before: the events of the earlier one.
        after: those of the later one.
    """
    old, new = _by_claim(before), _by_claim(after)
    becomes: defaultdict[str, set[str]] = defaultdict(set)
    comes_from: defaultdict[str, set[str]] = defaultdict(set)
    for claim in old.keys() & new.keys():
        becomes[old[claim]].add(new[claim])
        comes_from[new[claim]].add(old[claim])
    claims = {event.id: _claims(event) for event in before}
    found = []
    for event in after:
        earlier = tuple(sorted(comes_from[event.id]))
        later = tuple(sorted({one for other in earlier for one in becomes[other]}))
        if not earlier:
            found.append(Change(kind=ChangeKind.NEW, before=(), after=(event.id,)))
        elif len(later) > 1:
            found.append(Change(kind=ChangeKind.SPLIT, before=earlier, after=later))
        elif len(earlier) > 1:
            found.append(Change(kind=ChangeKind.MERGED, before=earlier, after=later))
        elif earlier[0] != event.id:
            found.append(Change(kind=ChangeKind.RENAMED, before=earlier, after=later))
        elif claims[earlier[0]] != _claims(event):
            found.append(Change(kind=ChangeKind.GROWN, before=earlier, after=later))
    found += [
        Change(kind=ChangeKind.GONE, before=(event.id,), after=())
        for event in before
        if not becomes[event.id]
    ]
    order = list(ChangeKind)
    return tuple(sorted(set(found), key=lambda one: (order.index(one.kind), one.before, one.after)))


def _claims(event: _Followed) -> frozenset[str]:
    return frozenset((*event.claim_ids, *event.denial_ids))


def _by_claim(events: Iterable[_Followed]) -> dict[str, str]:
    return {claim: event.id for event in events for claim in _claims(event)}

"""What became of events is told by their claims."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from detente.briefing.records import change_words
from detente.model import Change, ChangeKind
from detente.resolution.changes import changes_between
from making import event

DAY = date(2015, 11, 24)


def holding(name, *claims, denials=()):
    return replace(event("ASSAULT", DAY), id=name, claim_ids=claims, denial_ids=denials)


def test_each_kind_of_change_is_told():
    before = [
        holding("same", "s1"),
        holding("grown", "g1"),
        holding("one", "m1"),
        holding("other", "m2"),
        holding("whole", "p1", "p2"),
        holding("old", "r1"),
        holding("lost", "l1"),
    ]
    after = [
        holding("same", "s1"),
        holding("grown", "g1", denials=("g2",)),
        holding("one", "m1", "m2"),
        holding("whole", "p1"),
        holding("part", "p2"),
        holding("early", "r0", "r1"),
        holding("fresh", "f1"),
    ]
    found = changes_between(before, after)
    assert found == (
        Change(kind=ChangeKind.NEW, before=(), after=("fresh",)),
        Change(kind=ChangeKind.GROWN, before=("grown",), after=("grown",)),
        Change(kind=ChangeKind.MERGED, before=("one", "other"), after=("one",)),
        Change(kind=ChangeKind.SPLIT, before=("whole",), after=("part", "whole")),
        Change(kind=ChangeKind.RENAMED, before=("old",), after=("early",)),
        Change(kind=ChangeKind.GONE, before=("lost",), after=()),
    )
    assert change_words(found) == [
        "events: 1 new, 1 grown, 1 merged, 1 split, 1 renamed, 1 gone",
        "merged: one and other -> one",
        "split: whole -> part and whole",
        "renamed: old -> early",
        "gone: lost -> nothing",
    ]


def test_nothing_changed_is_told_too():
    events = [holding("same", "s1")]
    assert change_words(changes_between(events, events)) == ["events: nothing changed"]

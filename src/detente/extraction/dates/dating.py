"""When an event happened: the time expressions of a passage, and which one dates which event.

An expression dates the word that it is attached to by syntax. "On Wednesday officials said the
army had attacked" dates the saying, "an attack on Monday" dates the attack. An event without an
expression of its own takes that of the clause that carries it ("imposing sanctions", "killed in a
strike"), and only a main clause in the present or past is dated by its publication: the day
itself, as wire copy and digests are written. Everything else stays unknown, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Token

from detente.extraction.dates.intervals import Granularity
from detente.extraction.dates.tense import ClauseTime, carrier, clause_time, is_event_noun
from detente.extraction.dates.time_mentions import ANCHORING, FoundDate, counted_from, find_dates
from detente.extraction.parse import FoundEvent
from detente.model import DateBasis, DateRange

__all__ = ["FoundDate", "date_of", "find_dates"]

_BACKGROUND_ADVERBS = frozenset(
    "earlier previously formerly once recently long ago later then before already".split()
)
# A date that hangs this near to a verb dates it, rather than one inside its other words.
_CLOSE = 2
# How far back the present tense of a digest or a headline may reach.
_PRESENT_REACH = timedelta(days=10)


def date_of(event: FoundEvent, anchor: date | None) -> DateRange:
    """Say when an event happened, by the words that date it.

    Args:
        event: the event.
        anchor: the day on which its words were published; None where unknown.

    Returns:
        The days with their basis: stated or relative where words say so, publication where a main
        clause in the present or past has none, else unknown with the reason.
    """
    dates = find_dates(event.passage, anchor)
    nodes: tuple[Token, ...] = (event.trigger, *event.anchor)
    seen: set[int] = set()
    background = False
    while True:
        found = _best(_dating(nodes, dates), nodes[0])
        if found is not None and not _yields(found, nodes, anchor):
            return found.when
        counted = _counted(_top(nodes), dates)
        if counted is not None:
            return counted
        seen.update(node.i for node in nodes)
        background = background or _is_background(nodes)
        above, reason = carrier(_top(nodes))
        if above is None or above.i in seen:
            break
        nodes = (above,)
    if background:
        return DateRange(reason="background, not dated")
    return _undated(_top(nodes), reason, anchor)


def _counted(node: Token, dates: tuple[FoundDate, ...]) -> DateRange | None:
    """Return the day of an event by counting from the day of another: "four days after it fell"."""
    counted = counted_from(node)
    base = counted and _best(_dating((counted[0],), dates), counted[0])
    if not counted or not base or base.granularity is not Granularity.DAY or not base.when.first:
        return None
    try:
        day = base.when.first + timedelta(days=counted[1])
    except OverflowError:
        return None
    reason = f"counted by {abs(counted[1])} days from {base.when.edtf}"
    return replace(base.when, first=day, last=day, edtf=day.isoformat(), reason=reason)


def _yields(found: FoundDate, nodes: tuple[Token, ...], anchor: date | None) -> bool:
    """Whether a clause in the present tense is not dated by the words attached to it.

    "Turkey shoots down a jet after it crosses the border" tells of the day it is printed, and in
    "the court jails a man for a murder in May" the parser has hung a far day on the wrong word.
    """
    top = _top(nodes)
    if top.pos_ not in ("VERB", "AUX"):
        return False
    when, time = found.when, clause_time(top)
    if found.tokens[0].lower_ == "during" and when.basis is DateBasis.UNKNOWN:
        return time in (ClauseTime.PAST, ClauseTime.PRESENT)
    if time is not ClauseTime.PRESENT:
        return False
    if when.basis is DateBasis.UNKNOWN or when.last is None:
        return found.tokens[0].lower_ in ANCHORING
    return bool(anchor and when.last and anchor - when.last > _PRESENT_REACH)


def _top(nodes: tuple[Token, ...]) -> Token:
    """Return the node that none of the others stands above."""
    inside = {node.i for node in nodes}
    return next(
        (node for node in nodes if node.head == node or node.head.i not in inside), nodes[0]
    )


def _dating(nodes: Iterable[Token], dates: Iterable[FoundDate]) -> list[FoundDate]:
    """Return the dates that are attached to one of the nodes, or put before the clause of one."""
    wanted = {node.i for node in nodes}
    found = []
    for one in dates:
        if one.governor is None or one.granularity is Granularity.DURATION or _is_record(one):
            continue
        inner = is_event_noun(one.governor) and carrier(one.governor)[0]
        if (
            one.governor.i in wanted
            or (inner and inner.i in wanted)
            or any(_fronted(one, node) for node in nodes)
        ):
            found.append(one)
    return found


def _is_record(found: FoundDate) -> bool:
    """Whether a time says of what an event is the first or worst: "the worst since 2010"."""
    first = found.tokens[0]
    if first.lower_ not in ("since", "in", "during"):
        return False
    before = first.doc[first.sent.start : first.i]
    return any(
        word.tag_ in ("JJS", "RBS") or word.lower_ == "only" or word.ent_type_ == "ORDINAL"
        for word in before[-6:]
    )


def _fronted(found: FoundDate, node: Token) -> bool:
    """Whether a date hangs on the saying verb after a clause but stands before that clause's verb.

    "On Monday the army attacked, officials said."
    """
    head = node.head
    return (
        node.dep_ == "ccomp"
        and head.i > node.i
        and found.governor is not None
        and found.governor.i == head.i
        and found.tokens[-1].i < node.i
    )


def _best(found: list[FoundDate], near: Token) -> FoundDate | None:
    """Return the date that says most: known before unknown, bounded before open, then nearest."""
    return min(
        found,
        key=lambda one: (
            one.when.basis is DateBasis.UNKNOWN,
            one.when.first is None or one.when.last is None,
            one.steps > _CLOSE,
            abs(one.tokens[0].i - near.i),
        ),
        default=None,
    )


def _is_background(nodes: Iterable[Token]) -> bool:
    """Whether an adverb puts the words at some other time than that of the report."""
    return any(
        child.dep_ == "advmod" and child.lower_ in _BACKGROUND_ADVERBS
        for node in nodes
        for child in node.children
    )


def _undated(node: Token, place: str, anchor: date | None) -> DateRange:
    """Return the date of a clause that no expression dates."""
    if node.pos_ not in ("VERB", "AUX"):
        if node.head != node or not is_event_noun(node):
            return DateRange(reason="background, not dated")
        time = ClauseTime.PRESENT
    else:
        time = clause_time(node)
    if time is ClauseTime.FUTURE:
        return DateRange(reason="future, not dated")
    if time is ClauseTime.OPEN:
        return DateRange(reason="not said to have happened, not dated")
    reported_now = place == "reported clause" and time is ClauseTime.PRESENT
    if (place != "main clause" and not reported_now) or time is ClauseTime.BEFORE_PAST:
        return DateRange(reason="background, not dated")
    if anchor is None:
        return DateRange(reason="no date of publication")
    return DateRange(
        first=anchor,
        last=anchor,
        basis=DateBasis.PUBLICATION,
        edtf=anchor.isoformat(),
        reason="no date stated; the day of publication",
    )

"""When an event happened: the time expressions of a passage, and which one dates which event.

An expression dates the word that it is attached to by syntax. "On Wednesday officials said the
army had attacked" dates the saying, "an attack on Monday" dates the attack. An event without an
expression of its own takes that of the clause that carries it ("imposing sanctions", "killed in a
strike"). What no expression dates may be news of the day of its report (see ``news``); everything
else stays unknown, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from spacy.tokens import Token

from detente.extraction.dates.carriers import carrier
from detente.extraction.dates.event_anchors import counted_from, event_anchors
from detente.extraction.dates.happenings import LASTING, is_event_noun
from detente.extraction.dates.intervals import Granularity
from detente.extraction.dates.news import Clause, background_word, news_date
from detente.extraction.dates.tense import (
    ClauseTime,
    clause_time,
    clause_verb,
    is_finite,
    is_news_tense,
    is_perfect,
)
from detente.extraction.dates.time_mentions import FoundDate, calendar_dates, day_of
from detente.extraction.parse import FoundEvent, Passage
from detente.model import DateBasis, DateRange, EventType, TimeRelation

__all__ = ["FoundDate", "date_of", "find_dates"]

# A date that hangs this near to a verb dates it, rather than one inside its other words.
_CLOSE = 2
# How far back the present tense of a digest or a headline may reach.
_PRESENT_REACH = timedelta(days=10)
# What is said of a happening, or done about it, need not share its day.
_ABOUT = frozenset("about after against at for in into of on over to".split())
_DEEDS = frozenset(
    {
        EventType.AID,
        EventType.ASSAULT,
        EventType.COERCE,
        EventType.CONSULT,
        EventType.COOPERATE,
        EventType.MOBILIZE,
        EventType.PROTEST,
        EventType.RETREAT,
    }
)
# The words of an event under one of these name what it is about: "demonstrate against a visit"; of
# what is only said, those under the others, too: "call for a truce".
_TOPICAL = frozenset("about after against before despite from of on over since under".split())
_OBJECTS = frozenset("as for in to with".split())
# How far before a date the words stand that make it that of a record.
_RECORD, _LONG_RECORD = 6, 14
_RECORDS = frozenset("decades months recent since years".split())


def find_dates(passage: Passage) -> tuple[FoundDate, ...]:
    """Find the time expressions of a passage.

    Args:
        passage: the parsed paragraph.

    Returns:
        Those of the calendar ("on Monday") in the order of the text, then those that name an event
        instead ("before the summit"). What cannot be resolved is there with unknown days and the
        reason.
    """
    return _all_dates(passage)


@lru_cache(maxsize=16)
def _all_dates(passage: Passage) -> tuple[FoundDate, ...]:
    dates = calendar_dates(passage)
    return (*dates, *event_anchors(passage, dates, day_of(passage)))


def date_of(event: FoundEvent) -> DateRange:
    """Say when an event happened, by the words that date it.

    Args:
        event: the event.

    Returns:
        The days with their basis: stated or relative where words say so, publication where it is
        told as news without a day, else unknown with the reason. Where the words date it by another
        event, that is the anchor.
    """
    dates = find_dates(event.passage)
    published = day_of(event.passage)
    nodes = _nodes(event)
    seen: set[int] = set()
    anchor: FoundDate | None = None
    reason: str | None = None
    while True:
        near = [one for one in _dating(nodes, dates, event) if not _names(one, event)]
        anchor = anchor or _best([one for one in near if one.relation], nodes[0])
        found = _best([one for one in near if not _is_only_anchor(one)], nodes[0])
        top = _top(nodes)
        if found is not None and not _yields(found, top, published):
            return _anchored(found.when, anchor)
        counted = _counted(top, dates, event)
        if counted is not None:
            return counted
        seen.update(node.i for node in nodes)
        reason = reason or background_word(nodes)
        above, place = carrier(top)
        if above is None or above.i in seen:
            break
        nodes = (above,)
    if reason is not None:
        return _anchored(DateRange(reason=reason), anchor)
    clause = Clause(top, place, event.passage, published)
    return _as_news(news_date(clause, dates), anchor, top)


def _nodes(event: FoundEvent) -> tuple[Token, ...]:
    """Return the words of an event that a date may be attached to, its trigger first."""
    trigger = event.trigger
    topical = _TOPICAL if event.event_type in _DEEDS else _TOPICAL | _OBJECTS
    return (trigger, *(one for one in event.anchor if not _is_topic(one, trigger, topical)))


def _is_topic(token: Token, trigger: Token, topical: frozenset[str]) -> bool:
    """Whether a word of an event stands under a preposition that only says what it is about."""
    while token != trigger and token.head != token:
        token = token.head
        if token != trigger and token.lower_ in topical and token.pos_ in ("ADP", "SCONJ"):
            return True
    return False


def _names(found: FoundDate, event: FoundEvent) -> bool:
    """Whether words that name another event name the event itself: "died after an attack"."""
    return found.relation is not None and event.trigger in found.tokens


def _is_only_anchor(found: FoundDate) -> bool:
    return found.relation is not None and found.when.basis is DateBasis.UNKNOWN


def _anchored(when: DateRange, anchor: FoundDate | None) -> DateRange:
    """Return a date with the other event by which the words date it, too."""
    if anchor is None or when.relation is not None:
        return when
    named = anchor.when
    if when.basis is DateBasis.UNKNOWN:
        reason = named.reason if when.reason is None else f"{when.reason}; {named.reason}"
        when = replace(when, span=when.span or named.span, reason=reason)
    return replace(when, anchor=named.anchor, relation=named.relation)


def _as_news(when: DateRange, anchor: FoundDate | None, top: Token) -> DateRange:
    """Return the date of what no words date, unless the words that name another event forbid it.

    "Talks are suspended after the raid" is news; "talks were suspended after the raid" may be
    history, and "since the raid" is a stretch of time.
    """
    if anchor is None or when.basis is not DateBasis.PUBLICATION:
        return _anchored(when, anchor)
    relation, named = anchor.relation, anchor.when
    if relation in (TimeRelation.SINCE, TimeRelation.UNTIL):
        return named
    news = top.pos_ not in ("VERB", "AUX") or is_news_tense(top)
    lasting = any(token.lemma_.lower() in LASTING for token in anchor.tokens)
    circumstance = (relation is TimeRelation.AFTER and anchor.clausal) or (
        relation is TimeRelation.DURING and not lasting
    )
    return _anchored(when, anchor) if news or circumstance else named


def _counted(node: Token, dates: tuple[FoundDate, ...], event: FoundEvent) -> DateRange | None:
    """Return the day of an event by counting from the day of another: "four days after it fell"."""
    counted = counted_from(node)
    if not counted:
        return None
    governor, days = counted
    found = _best(_dating((governor,), dates, event), governor)
    if found is None or _is_only_anchor(found):
        above, place = carrier(governor)
        news = above is None and is_news_tense(governor)
        clause = Clause(governor, place, event.passage, day_of(event.passage))
        base = news_date(clause, dates) if news else DateRange()
    else:
        base = found.when
    if base.first is None or base.first != base.last:
        return None
    try:
        day = base.first + timedelta(days=days)
    except OverflowError:
        return None
    reason = f"counted by {abs(days)} days from {base.edtf}"
    return replace(base, first=day, last=day, edtf=day.isoformat(), reason=reason)


def _yields(found: FoundDate, top: Token, published: date | None) -> bool:
    """Whether the words attached to a clause do not date it after all.

    "Turkey shoots down a jet after it crosses the border" tells of the day it is printed, and in
    "the court jails a man for a murder in May" the parser has hung a far day on the wrong word.
    """
    when = found.when
    exact = found.granularity is Granularity.DAY and when.first == when.last
    if found.relation in (TimeRelation.AFTER, TimeRelation.BEFORE) and not exact:
        verb = clause_verb(top)
        return verb is not None and is_finite(verb) and is_news_tense(verb)
    if not is_finite(top):
        return False
    time = clause_time(top)
    if published is None or when.last is None:
        return False
    holds = found.tokens[0].lower_ in ("until", "till") and when.last > published
    if holds and time in (ClauseTime.PAST, ClauseTime.PRESENT):
        return True
    if found.relation in (TimeRelation.SINCE, TimeRelation.UNTIL) or not is_news_tense(top):
        return False
    back = published - when.last
    return (back > _PRESENT_REACH and not is_perfect(top)) or (
        back > timedelta(0) and _is_of_another(found, top)
    )


def _is_of_another(found: FoundDate, verb: Token) -> bool:
    """Whether a date follows what its clause is about: "executes men over unrest last year"."""
    if found.governor is None or found.governor != verb or found.tokens[0].i < verb.i:
        return False
    before = found.tokens[0].i - 1
    return any(
        is_event_noun(word)
        and word.dep_ in ("pobj", "conj")
        and word.head.lower_ in _ABOUT
        and (word.i == before or word.right_edge.i == before)
        for word in verb.doc[verb.i + 1 : before + 1]
    )


def _top(nodes: tuple[Token, ...]) -> Token:
    """Return the node that none of the others stands above."""
    inside = {node.i for node in nodes}
    return next(
        (node for node in nodes if node.head == node or node.head.i not in inside), nodes[0]
    )


def _dating(
    nodes: Iterable[Token], dates: Iterable[FoundDate], event: FoundEvent
) -> list[FoundDate]:
    """Return the dates that are attached to one of the nodes, or put before the clause of one."""
    wanted = {node.i for node in nodes}
    found = []
    for one in dates:
        if one.governor is None or one.granularity is Granularity.DURATION or _is_record(one):
            continue
        if (
            one.governor.i in wanted
            or _is_within(one.governor, wanted, event)
            or any(_fronted(one, node) for node in nodes)
        ):
            found.append(one)
    return found


def _is_within(noun: Token, wanted: set[int], event: FoundEvent) -> bool:
    """Whether a dated noun tells the time of a node: "killed in Friday's raid".

    What is said about a happening ("accuse them of fraud in last month's vote") is another matter.
    """
    if not is_event_noun(noun) or event.event_type not in _DEEDS:
        return False
    above, _ = carrier(noun)
    return above is not None and above.i in wanted


def _is_record(found: FoundDate) -> bool:
    """Whether a time says of what an event is the first or worst: "the worst since 2010"."""
    first = found.tokens[0]
    if first.lower_ not in ("since", "in", "during"):
        return False
    before = first.doc[first.sent.start : first.i]
    since = any(word.lower_ in _RECORDS for word in (*before[-_RECORD:], *found.tokens))
    return any(
        word.tag_ in ("JJS", "RBS") or word.lower_ == "only" or word.ent_type_ == "ORDINAL"
        for word in before[-(_LONG_RECORD if since else _RECORD) :]
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

"""Words that date an event by another one: "hours before the coup", "since the war began".

What they name is kept as the anchor of the date, with the relation to it. Days come of it only
where the other event has some in the same words ("after the vote on Sunday").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Token

from detente.extraction.dates.counted_units import exact_days
from detente.extraction.dates.happenings import is_event_noun, is_named_happening
from detente.extraction.dates.intervals import Granularity, Interval, span_of_days, unknown
from detente.extraction.dates.reference import Direction
from detente.extraction.dates.time_mentions import FoundDate, direction_of, range_of, words_of
from detente.extraction.parse import Passage
from detente.model import DateBasis, TimeRelation

__all__ = ["counted_from", "event_anchors"]

_RELATIONS = {
    "before": TimeRelation.BEFORE,
    "prior": TimeRelation.BEFORE,
    "ahead": TimeRelation.BEFORE,
    "eve": TimeRelation.BEFORE,
    "after": TimeRelation.AFTER,
    "following": TimeRelation.AFTER,
    "wake": TimeRelation.AFTER,
    "aftermath": TimeRelation.AFTER,
    "during": TimeRelation.DURING,
    "since": TimeRelation.SINCE,
    "until": TimeRelation.UNTIL,
    "till": TimeRelation.UNTIL,
}
_WORDS = re.compile(rf"\b(?:{'|'.join(_RELATIONS)})\b", re.IGNORECASE)
# These name another event through a further preposition: "ahead of the vote".
_LINKED = frozenset({"prior", "ahead", "eve", "wake", "aftermath"})
_COUNTING = frozenset("a an few several some just only couple of".split())
_MEASURES = frozenset("minute hour day week month year".split())
# The most words of one event anchor: a clause that runs on for longer dates nothing.
_LONGEST = 40
# The most words that an event anchor is quoted with in a reason.
_QUOTED = 8
_TOO_WIDE = frozenset({Granularity.YEAR, Granularity.DECADE, Granularity.CENTURY})


def event_anchors(
    passage: Passage, dates: Sequence[FoundDate], published: date | None
) -> Iterator[FoundDate]:
    """Yield the words of a passage that date an event by another one.

    Args:
        passage: the parsed paragraph.
        dates: its expressions of the calendar.
        published: the day from which its words speak.
    """
    taken = {token.i for one in dates for token in one.tokens}
    for match in _WORDS.finditer(words_of(passage)):
        span = passage.doc.char_span(match.start(), match.end())
        if span is None or len(span) != 1 or span[0].i in taken:
            continue
        word = span[0]
        anchored = _anchored(word, dates)
        if anchored is None:
            continue
        governor, inner = anchored
        own = [one.tokens[-1].i for one in dates if one.governor == inner]
        end = min(max(word.i, inner.right_edge.i, *own), word.i + _LONGEST) + 1
        tokens = (*_measure(word), *passage.doc[word.i : end])
        tokens = tokens[: _end_of_words(tokens)]
        named = _named(word, tokens)
        if not named:
            continue
        inside = [one for one in dates if _within(one, tokens)]
        interval = _bound(word, tokens, inside, (direction_of(tokens, governor), published))
        when = replace(
            range_of(passage, tokens, interval, DateBasis.RELATIVE),
            anchor=passage.span(named),
            relation=_RELATIONS[word.lower_],
        )
        clausal = inner.dep_ == "advcl"
        yield FoundDate(tokens, governor, 1, interval.granularity, when, clausal)


def _anchored(token: Token, dates: Sequence[FoundDate] = ()) -> tuple[Token | None, Token] | None:
    """Return what is dated and the event it is dated by, for a word like "before"."""
    if token.dep_ == "mark" or (token.dep_ == "advmod" and token.head.dep_ == "advcl"):
        clause = token.head
        # "Since" with no perfect above it gives a cause, not a time.
        causal = token.lower_ == "since" and not any(
            child.lemma_ == "have" for child in clause.head.children
        )
        return (clause.head, clause) if clause.dep_ == "advcl" and not causal else None
    link = token
    if token.lower_ in _LINKED:
        found = next((c for c in token.children if c.lower_ in ("of", "to")), None)
        if found is None:
            return None
        link = found
    objects = [child for child in link.children if child.dep_ in ("pobj", "pcomp", "dobj")]
    if not objects:
        return None
    inner = objects[0]
    happening = inner.pos_ == "VERB" or is_named_happening(inner) or _holds(inner, dates)
    if not happening and not _measure(token):
        return None
    node = token.head
    while node.pos_ not in ("VERB", "AUX") and not is_event_noun(node) and node.head != node:
        node = node.head
    return node, inner


def _holds(noun: Token, dates: Sequence[FoundDate]) -> bool:
    """Whether a noun has a date of its own: "before the opening of parliament on 28 August"."""
    return noun.pos_ in ("NOUN", "PROPN") and any(
        noun.i < one.tokens[0].i and one.tokens[-1].i <= noun.right_edge.i for one in dates
    )


def _named(word: Token, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the words that name the other event: "the vote" in "ahead of the vote"."""
    start = word.i + (2 if word.lower_ in _LINKED else 1)
    return tuple(token for token in tokens if token.i >= start)


def _measure(token: Token) -> list[Token]:
    """Return the counted units before a word: "two days" in "two days after"."""
    doc = token.doc
    place = token.i
    if not place or doc[place - 1].lemma_.lower() not in _MEASURES:
        return []
    place -= 1
    while place and (doc[place - 1].tag_ == "CD" or doc[place - 1].lower_ in _COUNTING):
        place -= 1
    return list(doc[place : token.i])


def _shifted(first: date, last: date, days: int) -> Interval | None:
    """Return the days that lie a count of days after (or before) some days, or None."""
    try:
        step = timedelta(days=days)
        first, last = first + step, last + step
    except OverflowError:
        return None
    granularity = Granularity.DAY if first == last else Granularity.INTERVAL
    return Interval(first=first, last=last, granularity=granularity)


def _counted(word: Token) -> int | None:
    """Return the exact number of days that stands before a word, or None."""
    return exact_days(" ".join(token.text for token in _measure(word)))


def counted_from(node: Token) -> tuple[Token, int] | None:
    """Return from which word's day an event is counted, and by how many days it differs.

    Args:
        node: the event's word: the verb or noun after "four days after", "a week before".

    Returns:
        The verb that "four days after" is attached to and -4 (or 7 for "a week before"); None
        where nothing is counted.
    """
    for word in (*node.children, node.head):
        if word.lower_ in ("after", "before") and (found := _anchored(word)) is not None:
            governor, inner = found
            count = _counted(word)
            if inner == node and governor is not None and count is not None:
                return governor, -count if word.lower_ == "after" else count
    return None


def _end_of_words(tokens: tuple[Token, ...]) -> int:
    """Return how many of the tokens run on without a gap or a closing mark."""
    for place in range(1, len(tokens)):
        before, token = tokens[place - 1], tokens[place]
        joins = token.text in ("-", "–") and not before.whitespace_ and not token.whitespace_
        if token.i != before.i + 1 or (token.is_punct and not joins):
            return place
    return len(tokens)


def _within(found: FoundDate, tokens: tuple[Token, ...]) -> bool:
    return tokens[0].i <= found.tokens[0].i and found.tokens[-1].i <= tokens[-1].i


def _is_own(found: FoundDate) -> bool:
    """Whether a date says when the other event was: not the year of a thing, "the 2013 budget"."""
    if found.when.basis is DateBasis.UNKNOWN or found.granularity is Granularity.DURATION:
        return False
    first = found.tokens[0]
    return found.granularity not in _TOO_WIDE or first.lower_ in ("in", "during")


def _bound(
    word: Token,
    tokens: tuple[Token, ...],
    inside: list[FoundDate],
    told: tuple[Direction, date | None],
) -> Interval:
    """Return what an event anchor says of the days: something where the event has a date.

    What is told in the past lies before its report, what is told in the future after it.
    """
    quoted = " ".join(token.text for token in tokens[:_QUOTED])
    reason = f"{quoted!r} names another event"
    dated = next((one for one in inside if _is_own(one)), None)
    if dated is None:
        return unknown(reason)
    first, last = dated.when.first, dated.when.last
    unit = tokens[word.i - tokens[0].i - 1].lemma_.lower() if word.i > tokens[0].i else ""
    relation, count = _RELATIONS[word.lower_], _counted(word)
    if count is not None and first and last and word.lower_ in ("after", "before"):
        shifted = _shifted(first, last, count if relation is TimeRelation.AFTER else -count)
        if shifted is not None:
            return replace(shifted, reason=reason)
    if word.lower_ == "eve" and first and (shifted := _shifted(first, first, -1)):
        return replace(shifted, reason=reason)
    if relation is TimeRelation.DURING or unit in ("hour", "minute"):
        return Interval(
            first=first,
            last=last,
            granularity=Granularity.DAY if first == last else dated.granularity,
            approximate=relation is not TimeRelation.DURING,
            reason=reason,
        )
    # "After the riots in 2001" leaves everything open, "since the riots in 2001" does not.
    lasting = relation in (TimeRelation.SINCE, TimeRelation.DURING)
    if dated.granularity in _TOO_WIDE and not lasting:
        return unknown(reason)
    direction, published = told
    if relation in (TimeRelation.BEFORE, TimeRelation.UNTIL):
        ahead = direction is Direction.FUTURE and published and last and published <= last
        return span_of_days(published if ahead else None, last, reason=reason)
    since = relation is TimeRelation.SINCE and direction is not Direction.FUTURE
    limit = published if since or direction is Direction.PAST else None
    if limit is not None and first is not None and limit < first:
        limit = None
    return span_of_days(first, limit, reason=reason)

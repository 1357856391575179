"""The time expressions of a parsed passage: their days, and the word that each is attached to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from spacy.tokens import Token

from detente.extraction.dates.calendar_words import Direction, Reference
from detente.extraction.dates.counted_units import exact_days
from detente.extraction.dates.intervals import Granularity, Interval, span_of_days, unknown
from detente.extraction.dates.tense import ClauseTime, clause_time, clause_verb, is_event_noun
from detente.extraction.dates.time_expressions import TimeExpression, scan
from detente.extraction.parse import Passage
from detente.model import DateBasis, DateRange

__all__ = ["ANCHORING", "FoundDate", "counted_from", "find_dates"]

_BEFORE_NAMES = frozenset("black good bloody easter palm super cyber ash every each".split())
_AFTER_NAMES = frozenset(
    "times telegraph mirror herald express post mail mass prayer prayers night's sermon".split()
)
_INSIDE = frozenset({"on", "in", "during"})
_NEAR_PREPOSITIONS = frozenset({"by", "until", "till", "from", "for"})
ANCHORING = frozenset({"before", "after", "since", "during", "following", "until"})
_ARRANGING = frozenset("schedule plan set slate expect arrange postpone book be".split())
# "For the past two years" says how long, "for 9 August" what is planned.
_STRETCHES = frozenset("past last next coming".split())
_COUNTING = frozenset("a an few several some just only couple of".split())
_MEASURES = frozenset("minute hour day week month year".split())
# The most words of one event anchor: a clause that runs on for longer dates nothing.
_LONGEST = 40
# The most words that an event anchor is quoted with in a reason.
_QUOTED = 8


@dataclass(frozen=True, slots=True, eq=False)
class FoundDate:
    """A time expression of a passage.

    Attributes:
        tokens: its words.
        governor: the verb or noun that it dates, or None.
        steps: how many heads lie between the words and the governor.
        granularity: how precise it is.
        when: the days, their basis, EDTF string and span.
    """

    tokens: tuple[Token, ...]
    governor: Token | None
    steps: int
    granularity: Granularity
    when: DateRange


@lru_cache(maxsize=16)
def find_dates(passage: Passage, anchor: date | None) -> tuple[FoundDate, ...]:
    """Find the time expressions of a passage.

    Args:
        passage: the parsed paragraph.
        anchor: the day on which its words were published; None where unknown.

    Returns:
        The expressions in the order of the text: those of the calendar ("on Monday"), then those
        that name an event instead ("before the summit"). What cannot be resolved is there with
        unknown days and the reason.
    """
    found = []
    # The document's own letters: a headline may be parsed in another case.
    text = passage.document.text[passage.start : passage.start + len(passage.doc.text)]
    for expression in scan(text):
        span = passage.doc.char_span(expression.start, expression.end, alignment_mode="expand")
        if span is None:
            continue
        tokens = tuple(span)
        if _is_no_date(tokens, expression):
            continue
        governor, steps = _governor(tokens)
        interval = expression.interval(Reference(anchor, _direction(tokens, governor)))
        basis = DateBasis.STATED if expression.is_absolute else DateBasis.RELATIVE
        tokens = _with_preposition(tokens)
        when = _range(passage, tokens, interval, basis)
        found.append(FoundDate(tokens, governor, steps, interval.granularity, when))
    return (*found, *_event_anchors(passage, found, anchor))


def _range(
    passage: Passage, tokens: tuple[Token, ...], interval: Interval, basis: DateBasis
) -> DateRange:
    """Return an interval as the model's date range, with the words that give it."""
    if interval.first is None and interval.last is None:
        basis = DateBasis.UNKNOWN
    return DateRange(
        first=interval.first,
        last=interval.last,
        basis=basis,
        edtf=interval.edtf,
        span=passage.span(tokens),
        reason=interval.reason,
    )


def _is_no_date(tokens: tuple[Token, ...], expression: TimeExpression) -> bool:
    """Whether words that look like a date are a name, a number or a habit."""
    first, last = tokens[0], tokens[-1]
    doc = first.doc
    before = doc[first.i - 1].lower_ if first.i else ""
    after = doc[last.i + 1].lower_ if last.i + 1 < len(doc) else ""
    if before in _BEFORE_NAMES or after in _AFTER_NAMES:
        return True
    if any(token.ent_type_ == "PERSON" for token in tokens):
        return True
    if last.lower_ in ("after", "before") and _anchored(last) is not None:
        return True
    if expression.rule.doubtful:
        return all(token.ent_type_ != "DATE" for token in tokens)
    counts = last.tag_ == "CD" and last.dep_ == "nummod" and last.head.i > last.i
    return counts and last.head.tag_ == "NNS"


def _with_preposition(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the tokens with the on, in or during that governs them."""
    head = _root(tokens).head
    gap = tokens[0].i - head.i
    if head.lower_ not in _INSIDE or gap not in (1, 2):
        return tokens
    between = tuple(head.doc[head.i + 1 : tokens[0].i])
    if any(token.dep_ != "det" for token in between):
        return tokens
    return (head, *between, *tokens)


def _root(tokens: tuple[Token, ...]) -> Token:
    """Return the first token, other than an article, whose head is outside the tokens."""
    inside = {token.i for token in tokens}
    outside = [one for one in tokens if one.head.i not in inside or one.head == one]
    return next((one for one in outside if one.dep_ != "det"), tokens[0])


def _governor(tokens: tuple[Token, ...]) -> tuple[Token | None, int]:
    """Return the verb or event noun that words of time are attached to, and how far up it is."""
    saying = _saying_before(tokens)
    if saying is not None:
        return saying, 1
    node = _root(tokens)
    inside = {token.i for token in tokens}
    steps = 0
    while True:
        head = node.head
        steps += 1
        if head == node:
            return (None if node.i in inside else node), steps
        if head.pos_ in ("VERB", "AUX"):
            verb = head.head if head.dep_ in ("aux", "auxpass") else head
            planned = node.lower_ == "for" and not _STRETCHES & {one.lower_ for one in tokens}
            return (_arranged(verb) if planned else verb), steps
        before = node.i < head.i and node.dep_ in ("compound", "nmod", "amod", "poss", "nummod")
        if head.pos_ in ("NOUN", "PROPN") and (before or is_event_noun(head)):
            return head, steps
        node = head


def _arranged(verb: Token) -> Token | None:
    """Return what a date after "for" dates: in "calls an election for May", the election."""
    if verb.lemma_ in _ARRANGING:
        return verb
    return next((child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")), None)


def _saying_before(tokens: tuple[Token, ...]) -> Token | None:
    """Return the verb of saying that words of time follow at once: "said on Wednesday"."""
    start = tokens[0].i
    doc = tokens[0].doc
    place = start - 1
    if place >= 0 and doc[place].lower_ == "on":
        place -= 1
    if place < 0 or doc[place].pos_ != "VERB":
        return None
    verb = doc[place]
    after = tokens[-1].i
    clause = [child for child in verb.children if child.dep_ == "ccomp"]
    return verb if any(child.i > after or child.i < verb.i for child in clause) else None


def _direction(tokens: tuple[Token, ...], governor: Token | None) -> Direction:
    """Return on which side of the publication a date without a year lies."""
    after = tokens[-1].i + 1
    verb = clause_verb(governor) if governor is not None else None
    if governor is None or verb is None:
        doc = tokens[0].doc
        ahead = after < len(doc) and doc[after].lower_ in ("before", "ahead")
        return Direction.FUTURE if ahead else Direction.PAST
    time = clause_time(verb)
    if time is ClauseTime.FUTURE:
        return Direction.FUTURE
    if time is ClauseTime.OPEN:
        return Direction.NEAREST if is_event_noun(governor) else Direction.FUTURE
    if time is ClauseTime.PRESENT:
        return Direction.FUTURE if verb.tag_ == "VBG" else Direction.NEAREST
    before = tokens[0].nbor(-1).lower_ if tokens[0].i else ""
    if before == "of" and tokens[0].i > 1 and tokens[0].nbor(-2).lower_ == "ahead":
        return Direction.FUTURE
    if before == "for" and governor.lemma_ in _ARRANGING:
        return Direction.FUTURE
    return Direction.NEAREST if before in _NEAR_PREPOSITIONS else Direction.PAST


def _event_anchors(
    passage: Passage, dates: list[FoundDate], anchor: date | None
) -> list[FoundDate]:
    """Find the words that date an event by another one: "hours before the coup"."""
    found = []
    taken = {token.i for one in dates for token in one.tokens}
    for token in passage.doc:
        if token.i in taken or token.lower_ not in ANCHORING:
            continue
        anchored = _anchored(token)
        if anchored is None:
            continue
        governor, inner = anchored
        end = min(max(token.i, inner.right_edge.i), token.i + _LONGEST) + 1
        tokens = (*_measure(token), *passage.doc[token.i : end])
        tokens = tokens[: _end_of_words(tokens)]
        inside = [one for one in dates if _within(one, tokens)]
        past = _direction(tokens, governor) is Direction.PAST
        interval = _bound(token, tokens, inside, anchor if past else None)
        when = _range(passage, tokens, interval, DateBasis.RELATIVE)
        found.append(FoundDate(tokens, governor, 1, interval.granularity, when))
    return found


def _anchored(token: Token) -> tuple[Token | None, Token] | None:
    """Return what is dated and the event it is dated by, for a word like "before"."""
    if token.dep_ == "mark" or (token.dep_ == "advmod" and token.head.dep_ == "advcl"):
        clause = token.head
        # "Since" with no perfect above it gives a cause, not a time.
        causal = token.lower_ == "since" and not any(
            child.lemma_ == "have" for child in clause.head.children
        )
        return (clause.head, clause) if clause.dep_ == "advcl" and not causal else None
    objects = [child for child in token.children if child.dep_ in ("pobj", "pcomp")]
    if not objects:
        return None
    inner = objects[0]
    if inner.pos_ != "VERB" and not is_event_noun(inner):
        return None
    node = token.head
    while node.pos_ not in ("VERB", "AUX") and not is_event_noun(node) and node.head != node:
        node = node.head
    return node, inner


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


def _shifted(dated: DateRange, count: int | None, sign: int) -> Interval | None:
    """Return the days that lie a count of days after (or before) some days, or None."""
    if count is None or dated.first is None or dated.last is None:
        return None
    try:
        step = timedelta(days=sign * count)
        first, last = dated.first + step, dated.last + step
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
        if tokens[place].i != tokens[place - 1].i + 1 or tokens[place].is_punct:
            return place
    return len(tokens)


def _within(found: FoundDate, tokens: tuple[Token, ...]) -> bool:
    return tokens[0].i <= found.tokens[0].i and found.tokens[-1].i <= tokens[-1].i


def _bound(
    word: Token, tokens: tuple[Token, ...], inside: list[FoundDate], limit: date | None
) -> Interval:
    """Return what an event anchor says of the days: something where the event has a date."""
    quoted = " ".join(token.text for token in tokens[:_QUOTED])
    reason = f"{quoted!r} names another event"
    dated = next((one.when for one in inside if one.when.basis is not DateBasis.UNKNOWN), None)
    if dated is None:
        return unknown(reason)
    unit = tokens[word.i - tokens[0].i - 1].lemma_.lower() if word.i > tokens[0].i else ""
    kind = word.lower_
    shifted = _shifted(dated, _counted(word), 1 if kind == "after" else -1)
    if shifted is not None and kind in ("after", "before"):
        return replace(shifted, reason=reason)
    if kind == "during" or unit in ("hour", "minute"):
        return Interval(
            first=dated.first,
            last=dated.last,
            granularity=Granularity.DAY if dated.first == dated.last else Granularity.INTERVAL,
            approximate=kind != "during",
            reason=reason,
        )
    if kind in ("before", "until"):
        return span_of_days(None, dated.last, reason=reason)
    if limit is not None and dated.first is not None and limit < dated.first:
        limit = None
    return span_of_days(dated.first, limit, reason=reason)

"""The time expressions of a parsed passage: their days, and the word that each is attached to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from spacy.tokens import Token

from detente.extraction.dates.happenings import is_event_noun
from detente.extraction.dates.intervals import Granularity, Interval
from detente.extraction.dates.reference import Direction, Reference
from detente.extraction.dates.tense import ClauseTime, clause_time, clause_verb, is_arranged
from detente.extraction.dates.time_expressions import TimeExpression, scan
from detente.extraction.parse import Passage
from detente.model import DateBasis, DateRange, SegmentKind, TimeRelation

__all__ = ["FoundDate", "calendar_dates", "day_of", "direction_of", "range_of", "words_of"]

_BEFORE_NAMES = frozenset("black good bloody easter palm super cyber ash every each".split())
_AFTER_NAMES = frozenset(
    "times telegraph mirror herald express post mail mass prayer prayers night's sermon".split()
)
_INSIDE = frozenset({"on", "in", "during"})
_NEAR_PREPOSITIONS = frozenset({"by", "until", "till", "from", "for"})
# A date behind one of these says when something else was, by which the clause is dated.
_BEYOND = frozenset({"after", "before", "following", "since"})
_ARRANGING = frozenset("schedule plan set slate expect arrange postpone book be".split())
# "For the past two years" says how long, "for 9 August" what is planned.
_STRETCHES = frozenset("past last next coming".split())
# Nouns that hold a time and nothing else: "on the morning of 3 May".
_PARTS = frozenset(
    "afternoon course dawn day dusk eve evening hour month morning night week weekend".split()
)
# "Effective 1 May": from when on something will hold, not when it was done.
_HOLDING = frozenset("effective beginning starting effect".split())
_BOUNDS = frozenset("after before by from since till until".split())
# "The 1999 raids" are those of a year, "1999 raids" so many.
_OWNING = frozenset("'s ’s her his its the their".split())
_NAMED_DAYS = frozenset({"today", "tomorrow", "yesterday"})


@dataclass(frozen=True, slots=True, eq=False)
class FoundDate:
    """A time expression of a passage.

    Attributes:
        tokens: its words.
        governor: the verb or noun that it dates, or None.
        steps: how many heads lie between the words and the governor.
        granularity: how precise it is.
        when: the days, their basis, EDTF string and span.
        clausal: whether it names another happening by a clause: "after rebels left".
    """

    tokens: tuple[Token, ...]
    governor: Token | None
    steps: int
    granularity: Granularity
    when: DateRange
    clausal: bool = False

    @property
    def relation(self) -> TimeRelation | None:
        """How what is dated lies to another happening that the words name; None for a calendar."""
        return self.when.relation


def day_of(passage: Passage) -> date | None:
    """Return the day from which the words of a passage speak, or None where it is unknown.

    A republished report speaks from its own day; that of the page around it would turn its
    "Friday" into another one.
    """
    segment = passage.segment
    if segment.published is not None or segment.kind is SegmentKind.REPRINT:
        return segment.published
    return passage.document.published


@lru_cache(maxsize=16)
def calendar_dates(passage: Passage) -> tuple[FoundDate, ...]:
    """Find the words of a passage that the calendar resolves: "on Monday", "in May 2016".

    Args:
        passage: the parsed paragraph.

    Returns:
        The expressions in the order of the text; what cannot be resolved is there with unknown days
        and the reason.
    """
    found = []
    # The document's own letters: a headline may be parsed in another case.
    text = words_of(passage)
    day = day_of(passage)
    for expression in scan(text):
        span = passage.doc.char_span(expression.start, expression.end, alignment_mode="expand")
        if span is None:
            continue
        tokens = tuple(span)
        if _is_no_date(tokens, expression):
            continue
        governor, steps = _governor(tokens)
        reference = Reference(day, direction_of(tokens, governor), passage.document.published)
        interval = expression.interval(reference)
        basis = DateBasis.STATED if expression.is_absolute else DateBasis.RELATIVE
        tokens = _with_preposition(tokens)
        when = range_of(passage, tokens, interval, basis)
        found.append(FoundDate(tokens, governor, steps, interval.granularity, when))
    return tuple(found)


def words_of(passage: Passage) -> str:
    """Return the text of a passage as the document has it, without white space at its end."""
    doc = passage.doc
    length = doc[-1].idx + len(doc[-1]) if len(doc) else 0
    return passage.document.text[passage.start : passage.start + length]


def range_of(
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
    if first.lower_ in _NAMED_DAYS and first.is_title and first.i > first.sent.start:
        return doc[first.i - 1].text[:1].isupper()  # "USA Today"
    if last.lower_ in ("after", "before") and any(
        child.dep_ in ("pobj", "pcomp") for child in last.children
    ):
        return True
    if last.lower_ in ("after", "before") and last.dep_ in ("mark", "advmod"):
        return last.head.dep_ == "advcl"
    if expression.rule.doubtful:
        return all(token.ent_type_ != "DATE" for token in tokens)
    if last.tag_ != "CD" or last.head.i <= last.i:
        return False
    # "After 2004 tsunami" is after a thing, "the 2012-13 Cup" a name, "June 20 men" a number.
    of_a_thing = first.lower_ in _BOUNDS and last.dep_ in ("nummod", "compound", "nmod")
    of_a_name = last.head.pos_ == "PROPN" and "-" in last.text.replace("–", "-")
    counts = last.dep_ == "nummod" and last.head.tag_ == "NNS" and before not in _OWNING
    return of_a_thing or of_a_name or counts


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
    doc, start = tokens[0].doc, tokens[0].i
    if start and doc[start - 1].lower_ in _HOLDING:
        return None, 1
    near = _saying_before(tokens) or _cut_off(tokens) or _event_before(tokens)
    if near is not None:
        return near, 1
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
        owned = node.lower_ == "of" and head.lemma_.lower() not in _PARTS
        if head.pos_ in ("NOUN", "PROPN") and (before or owned or is_event_noun(head)):
            return head, steps
        if head.pos_ in ("ADP", "SCONJ") and head.lower_ in _BEYOND and node.i not in inside:
            return None, steps
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


def _cut_off(tokens: tuple[Token, ...]) -> Token | None:
    """Return the verb of "that on Sunday rebels attacked", where the day is read as a rebel's."""
    start = tokens[0].i
    before = tokens[0].doc[start - 1] if start else None
    if before is None or before.lower_ not in _INSIDE or before.dep_ != "prep":
        return None
    bare = _root(tokens).dep_ in ("compound", "nmod") and next(before.children, None) is None
    return before.head if bare and before.head.pos_ == "VERB" else None


def _event_before(tokens: tuple[Token, ...]) -> Token | None:
    """Return the noun of "before the vote on 9 August", where the parser hangs the day higher."""
    doc, start = tokens[0].doc, tokens[0].i
    if start < 3 or doc[start - 1].lower_ not in _INSIDE:
        return None
    noun = doc[start - 2]
    while noun.head.right_edge.i == start - 2 and noun.head.i < noun.i and noun.dep_ != "pobj":
        noun = noun.head
    earlier = noun.head.lower_ == "before" or noun.head.head.lower_ == "eve"
    return noun if noun.dep_ == "pobj" and earlier and noun.pos_ in ("NOUN", "PROPN") else None


def direction_of(tokens: tuple[Token, ...], governor: Token | None) -> Direction:
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
    before = tokens[0].nbor(-1).lower_ if tokens[0].i else ""
    if before in ("after", "following", "since") or governor.head.lower_ in ("after", "following"):
        return Direction.PAST
    if time is ClauseTime.OPEN:
        return Direction.NEAREST if is_event_noun(governor) else Direction.FUTURE
    if time is ClauseTime.PRESENT:
        ahead = is_arranged(verb) or (verb.tag_ == "VBG" and _is_progressive(verb))
        return Direction.FUTURE if ahead else Direction.NEAREST
    if before == "of" and tokens[0].i > 1 and tokens[0].nbor(-2).lower_ == "ahead":
        return Direction.FUTURE
    if before == "for" and governor.lemma_ in _ARRANGING:
        return Direction.FUTURE
    return Direction.NEAREST if before in _NEAR_PREPOSITIONS else Direction.PAST


def _is_progressive(verb: Token) -> bool:
    """Whether a verb is in the present progressive: "are meeting on Friday"."""
    return any(child.dep_ == "aux" and child.lemma_ == "be" for child in verb.children)

"""Who tells a clause, when, and in what story.

The day of a saying is not that of the event, but nothing told on Monday happened on Tuesday.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from spacy.tokens import Token

from detente.extraction.dates.carriers import SAYING
from detente.extraction.dates.intervals import Granularity
from detente.extraction.dates.reference import Reference
from detente.extraction.dates.tense import ClauseTime, clause_time, clause_verb, is_perfect
from detente.extraction.dates.time_expressions import scan
from detente.extraction.dates.time_mentions import FoundDate
from detente.extraction.parse import Passage
from detente.model import DateBasis, DateRange

__all__ = [
    "ADMITTING",
    "DAY",
    "is_believed",
    "is_document",
    "is_told",
    "said_on",
    "sayings",
    "story_before",
    "story_day",
]

DAY = timedelta(days=1)
# Verbs of telling what may be old, which also stand after what they tell.
ADMITTING = frozenset(
    """
    acknowledge admit argue concede conclude confess deny disclose explain find note recall reveal
    rule testify
    """.split()
)
_HEARSAY = frozenset("according allegedly apparently purportedly reportedly".split())
# What these tell may be old: a report, unlike reports, is about more than its day.
_DOCUMENTS = frozenset(
    """
    archive autopsy biography book cable diary document documentary dossier file film footage
    indictment inquest inquiry investigation memo memoir paper photograph poll probe recording
    report study survey tape testimony transcript video
    """.split()
)
# Where a source speaks: a day of these is the day of the saying.
_OCCASIONS = frozenset(
    """
    address article briefing broadcast communique conference interview letter message news post
    release remark report speech statement television tweet
    """.split()
)
_SPEAKING = frozenset("answer brief reply speak talk tell testify write".split())
# A story tells the days since it began; one that begins further back is told as history.
_LONGEST_STORY = timedelta(days=8)
# Where a report says on what day its story began, it does so this early.
_OPENING = 400


def sayings(clause: Token) -> Iterator[Token]:
    """Yield the verbs by which a clause is told, the nearest first."""
    node = clause
    while True:
        while node.dep_ == "conj" and node.head != node:
            node = node.head
        if node.dep_ not in ("ccomp", "xcomp", "parataxis") or node.head == node:
            return
        node = node.head
        if node.pos_ not in ("VERB", "AUX"):
            return
        yield node


def is_believed(saying: Token) -> bool:
    """Whether a passive verb tells what is thought: "are believed to have been killed"."""
    return saying.lemma_ in ("believe", "think", "presume") and any(
        child.dep_ in ("auxpass", "nsubjpass") for child in saying.children
    )


def is_document(saying: Token) -> bool:
    """Whether a document speaks, not a person: "a report says", but "reports say"."""
    for child in saying.children:
        if child.dep_ in ("nsubj", "agent") and _names_document(child):
            return True
        if child.dep_ == "prep" and child.lower_ in ("in", "according"):
            return any(_names_document(word) for word in child.subtree if word.dep_ == "pobj")
    return False


def _names_document(noun: Token) -> bool:
    return noun.lemma_.lower() in _DOCUMENTS and noun.lower_ != "reports"


def is_told(clause: Token) -> bool:
    """Whether a clause is told by a source, or by hearsay."""
    if any(child.lower_ in _HEARSAY for child in clause.children):
        return True
    return any(verb.lemma_ in SAYING or is_believed(verb) for verb in sayings(clause))


def said_on(clause: Token, dates: Iterable[FoundDate]) -> DateRange | None:
    """Return the day on which a source told a clause: "the army said on Monday"."""
    speakers = {child.i for child in clause.children if child.lower_ == "according"}
    speakers |= {verb.i for verb in sayings(clause) if verb.lemma_ in SAYING | ADMITTING}
    if not speakers:
        return None
    for found in dates:
        if found.relation is None and found.when.last and _tells(found, speakers):
            return found.when
    return None


def _tells(found: FoundDate, speakers: set[int]) -> bool:
    """Whether a date is that of one of the sayings, or of the occasion on which it was said."""
    node = found.governor
    while node is not None and node.i not in speakers:
        on_the_way = node.dep_ in ("prep", "acl", "pobj")
        if not on_the_way and node.lemma_.lower() not in _OCCASIONS | _SPEAKING:
            return False
        if node.head == node:
            return False
        node = node.head
    return node is not None


def story_day(
    clause: Token, passage: Passage, dates: Iterable[FoundDate], published: date
) -> date | None:
    """Return the day on which a report's story began, where it opens with one of the last week.

    In the paragraph that opens the report that is the day of an earlier sentence; from the others
    the opening is seen as plain text.
    """
    segment = passage.segment
    if passage.document.text[segment.start : passage.start].strip():
        opening = passage.document.text[segment.start : segment.start + _OPENING]
        return _first_day(opening, published)
    for found in dates:
        verb = clause_verb(found.governor) if found.governor is not None else None
        if verb is None or found.tokens[-1].i >= clause.sent.start:
            continue
        first, last = found.when.first, found.when.last
        if verb == verb.sent.root and first is not None and first == last:
            return first if published - _LONGEST_STORY <= first <= published else None
    return None


@lru_cache(maxsize=16)
def _first_day(opening: str, published: date) -> date | None:
    for expression in scan(opening):
        interval = expression.interval(Reference(published))
        if interval.granularity is Granularity.DAY and interval.first == interval.last:
            day = interval.first
            if day is not None and published - _LONGEST_STORY <= day <= published:
                return day
    return None


def story_before(clause: Token, dates: Iterable[FoundDate], published: date) -> DateRange | None:
    """Return the days of the story that a clause goes on with, where they are history.

    "In August the sides met twice. The talks failed." The second sentence has no day of its own.
    """
    last: DateRange | None = None
    for found in dates:
        when, verb = found.when, clause_verb(found.governor) if found.governor else None
        if when.basis is DateBasis.UNKNOWN or when.last is None or verb is None:
            continue
        within = verb.sent == clause.sent and verb.dep_ in ("ccomp", "parataxis")
        if found.tokens[-1].i >= clause.i or verb.i >= clause.i:
            continue
        if not within and (verb.sent == clause.sent or verb != verb.sent.root):
            continue
        if clause_time(verb) in (ClauseTime.PAST, ClauseTime.BEFORE_PAST) and not is_perfect(verb):
            last = when
    far = last is not None and last.last is not None and published - last.last > _LONGEST_STORY
    return last if far else None

"""What no words date: news of the day of its report, or background.

A careful reader takes a main clause in the present, the present perfect or the simple past for
news, and so what a source is quoted with in one; its date rests on the publication. What the
sentence takes as known (a relative clause, a pluperfect, "when rebels came") stays unknown.

The interval is the day of publication for what the outlet tells in its own voice. What a source
tells as past ("the army said it killed"), and what a text in the present tense tells in the simple
past, happened then or on the day before; and where the story opens with a day of the week before
its publication ("on Monday rebels attacked. The army fled."), at the earliest on that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Token

from detente.extraction.dates.carriers import SAYING, Place, is_loose_participle
from detente.extraction.dates.intervals import span_of_days
from detente.extraction.dates.telling import (
    ADMITTING,
    DAY,
    is_believed,
    is_document,
    is_told,
    said_on,
    sayings,
    story_before,
    story_day,
)
from detente.extraction.dates.tense import ClauseTime, clause_time, is_finite, is_perfect
from detente.extraction.dates.time_mentions import FoundDate
from detente.extraction.parse import Passage
from detente.model import DateBasis, DateRange, SegmentKind

__all__ = ["Clause", "background_word", "news_date"]

# Adverbs that put a happening at some other time than that of the report.
_EARLIER = frozenset("earlier formerly lately originally previously recently".split())
# These do so only where the clause is in the past: "is later freed" goes on with the story.
_ELSEWHEN = frozenset("already before initially last later long once then".split())
# These tell a habit, not a happening.
_HABITS = frozenset(
    """
    always consistently frequently generally habitually historically never occasionally often
    periodically regularly repeatedly routinely sometimes traditionally typically usually
    """.split()
)
_WENT_ON = frozenset("ensue follow precede".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """The highest word that has an event's time.

    Attributes:
        top: that word.
        place: where it stands.
        passage: the passage.
        published: the day from which the passage speaks, or None.
    """

    top: Token
    place: Place
    passage: Passage
    published: date | None

    @property
    def time(self) -> ClauseTime:
        """The time of the clause; that of a headline without a verb is the present."""
        verbal = self.top.pos_ in ("VERB", "AUX")
        return clause_time(self.top) if verbal else ClauseTime.PRESENT


def background_word(nodes: Iterable[Token]) -> str | None:
    """Return why an adverb keeps an event from being news of the day, or None."""
    for node in nodes:
        present = node.pos_ in ("VERB", "AUX") and clause_time(node) is ClauseTime.PRESENT
        for child in node.children:
            if child.dep_ != "advmod":
                continue
            word = child.lower_
            if word in _HABITS:
                return f"{word!r} tells a habit, not dated"
            if word in _EARLIER or (word in _ELSEWHEN and not present):
                return f"background ({word!r} says no day), not dated"
    return None


def news_date(clause: Clause, dates: Sequence[FoundDate]) -> DateRange:
    """Return the date of a clause that no expression dates.

    Args:
        clause: the clause.
        dates: the time expressions of its passage.

    Returns:
        A range with the basis publication for news, else an unknown one with the reason.
    """
    reason = _why_not(clause)
    if reason is not None:
        return DateRange(reason=reason)
    published = clause.published
    if published is None:
        if clause.passage.segment.kind is SegmentKind.REPRINT:
            return DateRange(reason="a republished report without a day of its own")
        return DateRange(reason="no date of publication")
    said = said_on(clause.top, dates)
    if said is not None and said.last is not None:
        if not published - DAY <= said.last <= published:
            return DateRange(reason=f"said on {said.edtf}, of no day")
        published = said.last
    past = clause.time is not ClauseTime.PRESENT and not is_perfect(clause.top)
    history = story_before(clause.top, dates, published) if past else None
    if history is not None:
        return DateRange(reason=f"background (in a story of {history.edtf}), not dated")
    begun = story_day(clause.top, clause.passage, dates, published) if past else None
    first = min(published - _lag(clause), begun or published)
    reason = "no date stated; the day of publication"
    if first < published:
        reason = "no date stated; the day of the telling or shortly before"
    return DateRange(
        first=first,
        last=published,
        basis=DateBasis.PUBLICATION,
        edtf=span_of_days(first, published).edtf,
        reason=reason,
    )


def _lag(clause: Clause) -> timedelta:
    """Return how far before its telling a clause may lie: one day, or none for present news."""
    if clause.place is Place.JUST_BEFORE:
        return DAY
    if clause.time is ClauseTime.PRESENT:
        return timedelta(0)
    if is_told(clause.top):
        return DAY
    lead = next(iter(clause.passage.doc.sents)).root
    turned = lead != clause.top and is_finite(lead) and clause_time(lead) is ClauseTime.PRESENT
    return DAY if turned and not is_perfect(clause.top) else timedelta(0)


def _why_not(clause: Clause) -> str | None:
    """Return why a clause is no news of the day of its report, or None."""
    top, place, time = clause.top, clause.place, clause.time
    if time is ClauseTime.FUTURE:
        return "future, not dated"
    if time is ClauseTime.OPEN or place is Place.PURPOSE:
        return "not said to have happened, not dated"
    if place is Place.REPORTED:
        return _why_not_told(top, time)
    if place not in (Place.MAIN, Place.JUST_BEFORE) or _is_reduced(top):
        found = Place.RELATIVE if _is_reduced(top) else place
        return f"background ({found.value}), not dated"
    if time is ClauseTime.BEFORE_PAST:
        return "background (before the time of its story), not dated"
    if time is ClauseTime.PAST and _goes_on(top):
        return "background (the time of another event), not dated"
    return None


def _why_not_told(top: Token, time: ClauseTime) -> str | None:
    """Return why what a source tells is no news of its day, or None."""
    if time is ClauseTime.PRESENT:
        return None
    for saying in sayings(top):
        if saying.i > top.i and saying.lemma_ not in SAYING | ADMITTING:
            return None  # "Rebels attacked; the town fell": the parser joins two main clauses
        if saying.lemma_ not in SAYING and not is_believed(saying):
            return f"background (what {saying.lower_!r} tells is often old), not dated"
        said = clause_time(saying)
        if said in (ClauseTime.FUTURE, ClauseTime.OPEN):
            return "not said to have happened, not dated"
        if said is ClauseTime.BEFORE_PAST or not _is_main(saying):
            return "background (told in a subordinate clause), not dated"
        backshifted = said is ClauseTime.PAST and not is_perfect(saying)
        if time is ClauseTime.BEFORE_PAST and not backshifted and top.dep_ != "xcomp":
            return "background (before the time of its story), not dated"
        if is_document(saying):
            return "background (what a document tells is often old), not dated"
    return None


def _is_main(saying: Token) -> bool:
    """Whether a verb of telling stands in a main clause, or in what another one tells."""
    while saying.dep_ == "conj" and saying.head != saying:
        saying = saying.head
    if is_loose_participle(saying):
        return True
    main = saying.head == saying or saying.dep_ in ("ccomp", "parataxis")
    return main and not _is_reduced(saying)


def _goes_on(verb: Token) -> bool:
    """Whether a clause lies in a time that another event opened: "in the war that followed"."""
    return any(
        clause.dep_ == "relcl" and clause.lemma_ in _WENT_ON
        for child in verb.children
        if child.dep_ == "prep"
        for noun in child.children
        for clause in noun.children
    )


def _is_reduced(verb: Token) -> bool:
    """Whether a participle is misread as the main verb: "an officer found guilty makes excuses"."""
    if verb.tag_ not in ("VBD", "VBN") or any(
        child.dep_ in ("aux", "auxpass") for child in verb.children
    ):
        return False
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i > verb.i:
            labels = {one.dep_ for one in child.children}
            finite = child.tag_ in ("VBZ", "VBP") or any(
                one.tag_ in ("VBZ", "VBP")
                for one in child.children
                if one.dep_ in ("aux", "auxpass")
            )
            if finite and not labels & {"nsubj", "nsubjpass", "mark", "expl"}:
                return True
    return False

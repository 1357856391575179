"""Whether a brief keeps the standards that it is written by: rules over the finished text.

The rules are those of ICD 203 (analytic standards, 2015) and ICD 206 (sourcing, 2015), with ICS
206-01 (2024) for the disclosure of tools and JP 2-0 for the levels of confidence. They judge what
the brief says in its own words; what it quotes must be in its evidence, as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from detente.briefing.wordings import (
    DATE,
    Days,
    Worded,
    absolutes_in,
    days_in,
    names_in,
    numbers_in,
    outside_terms_in,
    row_of,
    sentences,
    terms_in,
    weak_words_in,
    worded,
    worded_numbers_in,
)
from detente.briefing.words import date_words
from detente.model import Brief, Evidence, Judgement, Shift, TimelineEntry

__all__ = ["RULES", "Remark", "documents_cited", "lint"]


@dataclass(frozen=True, slots=True)
class Remark:
    """A rule that a brief breaks.

    Attributes:
        rule: name of the rule.
        where: which sentence of the brief.
        what: what is wrong, and what would be right.
        standard: the section that asks for it.
    """

    rule: str
    where: str
    what: str
    standard: str

    def __str__(self) -> str:
        """Return one line."""
        return f"{self.rule}: {self.where}: {self.what} ({self.standard})"


def _no_name(_word: str) -> bool:
    return False


def _as_given(credit: str) -> tuple[str, ...]:
    return (credit,)


def lint(
    brief: Brief,
    texts: Mapping[str, str] | None = None,
    *,
    is_name: Callable[[str], bool] = _no_name,
    outlets_in: Callable[[str], tuple[str, ...]] = _as_given,
) -> tuple[Remark, ...]:
    """Return what is wrong in a brief, in the order of the rules.

    Args:
        brief: the brief.
        texts: the texts of its documents by id; None where they are not at hand, and quotations
            are then compared with the evidence alone.
        is_name: whether a word at the start of a sentence is a name; elsewhere a capital tells.
        outlets_in: the outlets that a credit names ("AP via ABC News"), by their full names.
    """
    checked = _Checked(brief, texts, is_name, outlets_in)
    return tuple(
        Remark(name, where, what, standard)
        for name, standard, rule in RULES
        for where, what in rule(checked)
    )


def documents_cited(brief: Brief) -> frozenset[str]:
    """Return the ids of the documents that a brief cites."""
    return frozenset(
        one.document_id for passage in _passages(brief) for one in passage.evidence or ()
    )


@dataclass(frozen=True, slots=True)
class _Passage:
    """A text of the brief, with its evidence; None where it is a note on a statement.

    ``days`` are those that it may name beside the days of its evidence.
    """

    where: str
    text: str
    evidence: tuple[Evidence, ...] | None = None
    entry: TimelineEntry | None = None
    judgement: Judgement | None = None
    shift: Shift | None = None
    days: tuple[Days, ...] = ()
    worded: Worded = field(init=False)

    def __post_init__(self) -> None:
        quotes = [one.quote for one in self.evidence or ()]
        object.__setattr__(self, "worded", worded(self.text, quotes))

    @property
    def own(self) -> str:
        return self.worded.own


@dataclass(slots=True)
class _Checked:
    """A brief, its passages and what they may rest on."""

    brief: Brief
    texts: Mapping[str, str] | None
    is_name: Callable[[str], bool]
    outlets_in: Callable[[str], tuple[str, ...]]
    passages: tuple[_Passage, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.passages = tuple(_passages(self.brief))

    @property
    def entries(self) -> tuple[TimelineEntry, ...]:
        return (*self.brief.events, *self.brief.planned)

    def carried(self) -> Iterator[tuple[_Passage, tuple[Evidence, ...]]]:
        """Yield the passages that have evidence, with it."""
        for passage in self.passages:
            if passage.evidence:
                yield passage, passage.evidence

    def entries_of(self, evidence: Sequence[Evidence]) -> list[TimelineEntry]:
        """Return the events that rest on one of these sentences."""
        wanted = {(one.document_id, one.start) for one in evidence}
        return [
            entry
            for entry in self.entries
            if wanted & {(one.document_id, one.start) for one in entry.statement.evidence}
        ]


def _passages(brief: Brief) -> Iterator[_Passage]:
    for n, one in enumerate(brief.judgements, start=1):
        where = f"key judgement {n}"
        evidence = one.statement.evidence
        yield _Passage(where, one.statement.text, evidence, judgement=one)
        yield _Passage(f"{where}, confidence", one.confidence)
    for n, note in enumerate(brief.shifts, start=1):
        statement = note.statement
        yield _Passage(f"shift {n}", statement.text, statement.evidence, shift=note.shift)
    for entry in (*brief.events, *brief.planned):
        where = f"event of {entry.date_text} ({entry.event_type})"
        yield _Passage(where, entry.statement.text, entry.statement.evidence, entry=entry)
        for circle in entry.circular:
            yield _Passage(where, circle.statement.text, circle.statement.evidence)
        for text in (entry.outcome, entry.withdrawn):
            if text:
                yield _Passage(where, text)
    changed = tuple((note.shift.first, note.shift.last) for note in brief.shifts)
    for n, other in enumerate(brief.alternatives, start=1):
        yield _Passage(f"other reading {n}", other.text, other.evidence, days=changed)
    for n, sign in enumerate(brief.indicators, start=1):
        yield _Passage(f"what to watch {n}", sign.text, sign.evidence, days=changed)
    for n, change in enumerate(brief.changes or (), start=1):
        yield _Passage(f"change {n}", change.text, change.evidence)
    for n, one_thing in enumerate(brief.interruptions, start=1):
        yield _Passage(f"interruption {n}", one_thing.text, one_thing.evidence)
    for n, dispute in enumerate(brief.disputed, start=1):
        yield _Passage(f"dispute {n}", dispute.text, dispute.evidence)
    for n, gap in enumerate(brief.gaps, start=1):
        yield _Passage(f"gap {n}", gap.text, gap.evidence)


_Found = Iterator[tuple[str, str]]


# --- likelihood and confidence ---------------------------------------------------------------


def _mixed_rows(checked: _Checked) -> _Found:
    used: dict[int, tuple[str, str]] = {}
    for passage in checked.passages:
        for term in terms_in(passage.own):
            used.setdefault(row_of(term) or 0, (term, passage.where))
    if len(used) > 1:
        (one, there), (other, here) = (used[row] for row in sorted(used))
        yield here, f"“{other}” beside “{one}” of {there}; take all terms from one row"


def _outside_terms(checked: _Checked) -> _Found:
    for passage in checked.passages:
        for term in outside_terms_in(passage.own):
            yield passage.where, f"“{term}” is in no row of the yardstick; take a term of one row"


def _missing_term(checked: _Checked) -> _Found:
    for passage in checked.passages:
        one = passage.judgement
        if one and (row_of(one.likelihood) is None or not terms_in(passage.own)):
            yield passage.where, "no likelihood term of the yardstick; say how likely it is"
        elif one and terms_in(passage.own)[0] != one.likelihood:
            told = terms_in(passage.own)[0]
            yield passage.where, f"says “{told}”, but was judged “{one.likelihood}”"


def _two_terms(checked: _Checked) -> _Found:
    for passage in checked.passages:
        terms = terms_in(passage.own)
        if passage.judgement and len(terms) > 1:
            told = "” and “".join(terms)
            yield passage.where, f"“{told}” in one judgement; judge one thing, with one term"


def _weak_words(checked: _Checked) -> _Found:
    for passage in checked.passages:
        for word in weak_words_in(passage.own):
            yield passage.where, f"bare “{word}”; say how likely it is, or leave it out"


def _absolutes(checked: _Checked) -> _Found:
    for passage in checked.passages:
        for words in absolutes_in(passage.own):
            yield passage.where, f"“{words}” claims 0 or 100 %; the yardstick has 1 to 99 %"


_LEVEL = re.compile(r"\b(low|moderate|medium|high)\b", re.IGNORECASE)
_BASED = re.compile(r"(?::|\bbecause\b|\bsince\b|\bas\b)\s*(?:\S+\s+){2}\S", re.IGNORECASE)


def _both_in_one(checked: _Checked) -> _Found:
    for passage in checked.passages:
        for sentence in sentences(passage.own):
            if re.search(r"\bconfidence\b", sentence, re.IGNORECASE) and terms_in(sentence):
                term = terms_in(sentence)[0]
                yield passage.where, f"“{term}” and confidence in one sentence; make it two"


def _no_basis(checked: _Checked) -> _Found:
    for n, one in enumerate(checked.brief.judgements, start=1):
        if not _LEVEL.search(one.confidence) or not _BASED.search(one.confidence):
            what = "confidence without a level and a basis; say low, moderate or high, and why"
            yield f"key judgement {n}, confidence", what


def _high_on_one_origin(checked: _Checked) -> _Found:
    for n, one in enumerate(checked.brief.judgements, start=1):
        entries = checked.entries_of(one.statement.evidence)
        best = max((entry.origins.min for entry in entries), default=0)
        if re.search(r"\bhigh\b", one.confidence, re.IGNORECASE) and best < 2:
            what = "high confidence, but no event it rests on has two demonstrated origins"
            yield f"key judgement {n}, confidence", what


# --- evidence --------------------------------------------------------------------------------


def _no_evidence(checked: _Checked) -> _Found:
    for passage in checked.passages:
        if passage.evidence is not None and not any(e.quote.strip() for e in passage.evidence):
            yield passage.where, "no evidence; cite the passage it rests on, or leave it out"


def _foreign_quotations(checked: _Checked) -> _Found:
    for passage, _ in checked.carried():
        if passage.entry and passage.own:
            yield passage.where, "the text is not the words of its evidence; quote them as they are"
        for quotation in passage.worded.foreign:
            yield passage.where, f"“{_cut(quotation)}” is not in its evidence; quote it as it is"


def _not_in_document(checked: _Checked) -> _Found:
    if checked.texts is None:
        return
    for passage, evidence in checked.carried():
        for one in evidence:
            text = checked.texts.get(one.document_id)
            place = f"{one.document_key} [{one.start}:{one.end}]"
            if text is None:
                yield passage.where, f"{place}: the document is not in the store"
            elif text[one.start : one.end] != one.quote:
                yield passage.where, f"{place}: the document does not read “{_cut(one.quote)}”"


def _foreign_names(checked: _Checked) -> _Found:
    for passage, evidence in checked.carried():
        if passage.entry:
            continue
        credits = [outlet for one in evidence for outlet in one.outlets]
        full = [name for credit in credits for name in checked.outlets_in(credit)]
        quotes = [one.quote for one in evidence]
        allowed = _words((*quotes, *credits, *full, *checked.brief.names))
        for entry in checked.entries_of(evidence):
            allowed |= _words((*entry.actors, *entry.recipients))
        for word, opens in names_in(passage.own):
            if word.casefold() not in allowed and (not opens or checked.is_name(word)):
                yield passage.where, f"the name “{word}” is not in its evidence; cite what has it"


def _words(texts: Sequence[str]) -> set[str]:
    found = {word for text in texts for word in re.findall(r"[\w’'-]+", text.casefold())}
    return found | {re.sub(r"[’']s?$", "", word) for word in found}


# What the brief itself counts: "1 of 21 events", "2 further events", "1 to 3 origins".
_COUNT = re.compile(
    r"(?<!\d)(?P<number>\d+)(?: (?:of|to) (?P<other>\d+))? (?:further |more |other |of such )*"
    r"(?P<noun>event|month|report|outlet|origin|silence)s?\b"
)


def _foreign_numbers(checked: _Checked) -> _Found:
    for passage, evidence in checked.carried():
        if passage.entry:
            continue
        told = {number for one in evidence for _, number in numbers_in(one.quote)}
        told |= {number for one in evidence for number in worded_numbers_in(one.quote)}
        own = DATE.sub(" ", passage.own)
        for found in _COUNT.finditer(own):
            most = _most(found["noun"], passage, checked)
            if max(int(found["number"]), int(found["other"] or 0)) > most:
                yield passage.where, f"counts “{found[0]}”, and has {most} at most"
        rest = _COUNT.sub(" ", own)
        if passage.shift:
            shares = (passage.shift.before, passage.shift.after)
            told |= {str(round(min(max(share, 0.01), 0.99) * 100)) for share in shares}
        for number, digits in numbers_in(rest):
            if digits not in told:
                yield passage.where, f"the number {number} is not in its evidence; cite what has it"


def _most(noun: str, passage: _Passage, checked: _Checked) -> int:
    brief = checked.brief
    if noun == "event" and passage.judgement:
        return len(passage.evidence or ())
    if noun == "month":
        return len(brief.series.periods)
    if noun in ("event", "silence"):
        return max(len(checked.entries), sum(one.total for one in brief.series.periods))
    return brief.corpus.documents


def _dates_outside(checked: _Checked) -> _Found:
    for entry in checked.entries:
        if entry.date_text != date_words(entry.first, entry.last):
            where = f"event of {entry.date_text} ({entry.event_type})"
            yield where, f"its days are {date_words(entry.first, entry.last)}"
    for passage, evidence in checked.carried():
        if passage.entry:
            continue
        allowed = _days_of(passage, evidence, checked)
        quotes = " ".join(one.quote for one in evidence)
        beside = _dates_beside_quotations(passage)
        for words, end, days in days_in(passage.own):
            own = beside.get(end)
            spans = allowed if own is None else _days_told(own, evidence, checked) or allowed
            if words not in quotes and not any(_overlap(days, span) for span in spans):
                what = "the event quoted beside it" if own else "all that it rests on"
                yield passage.where, f"{words} is outside the days of {what}"


def _days_of(passage: _Passage, evidence: Sequence[Evidence], checked: _Checked) -> list[Days]:
    brief = checked.brief
    found = [(one.published, one.published) for one in evidence if one.published]
    found += _intervals(checked.entries_of(evidence))
    found += passage.days
    if passage.shift:
        found.append((passage.shift.first, passage.shift.last))
    if passage.judgement:
        # the note of a shift rests on what the judgement does, and on what tells its themes
        rests_on = passage.judgement.statement.evidence
        found += [
            (note.shift.first, note.shift.last)
            for note in brief.shifts
            if note.statement.evidence[: len(rests_on)] == rests_on
        ]
    return found


def _intervals(entries: Sequence[TimelineEntry]) -> list[Days]:
    return [
        (entry.first or entry.last, entry.last or entry.first)
        for entry in entries
        if entry.first and entry.last
    ]


def _dates_beside_quotations(passage: _Passage) -> dict[int, str]:
    """Return the quotation that follows a date, "24 November 2015, “...”", by the date's end."""
    marks = [found.start() for found in re.finditer("“”", passage.own)]
    quoted = dict(zip(marks, passage.worded.quotations, strict=True))
    ends = [found.end() for found in DATE.finditer(passage.own)]
    return {
        end: quoted[mark] for end in ends for mark in marks if passage.own[end:mark] in (", ", ": ")
    }


def _days_told(quotation: str, evidence: Sequence[Evidence], checked: _Checked) -> list[Days]:
    holding = [one for one in evidence if quotation in " ".join(one.quote.split())]
    return _intervals(checked.entries_of(holding))


def _overlap(one: Days, other: Days) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _unlisted_sources(checked: _Checked) -> _Found:
    listed = {source.outlet for source in checked.brief.sources}
    told = set()
    for passage, evidence in checked.carried():
        for outlet in (outlet for one in evidence for outlet in one.outlets):
            if outlet not in listed and outlet not in told:
                told.add(outlet)
                yield passage.where, f"cites {outlet}, which is not in the list of sources"


def _undisclosed(checked: _Checked) -> _Found:
    if not checked.brief.tool or not checked.brief.run_id:
        yield "the end of the brief", "the tool, its model and its run are not disclosed"


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


_YARDSTICK = "ICD 203, D.6.e(2)(a)"
_CONFIDENCE = "ICD 203, D.6.e(2)(b)"
_ARGUMENT = "ICD 203, D.6.e(6)"
_SOURCING = "ICD 206, source reference citations"

RULES: tuple[tuple[str, str, Callable[[_Checked], _Found]], ...] = (
    ("mixed-rows", _YARDSTICK, _mixed_rows),
    ("term-outside-rows", _YARDSTICK, _outside_terms),
    ("term-missing", _YARDSTICK, _missing_term),
    ("two-terms", _YARDSTICK, _two_terms),
    ("weak-word", "ICD 203, D.6.e(2)", _weak_words),
    ("absolute", _YARDSTICK, _absolutes),
    ("likelihood-with-confidence", _CONFIDENCE, _both_in_one),
    ("confidence-without-basis", "ICD 203, D.6.e(2)", _no_basis),
    ("high-on-one-origin", "JP 2-0, levels of confidence", _high_on_one_origin),
    ("no-evidence", _SOURCING, _no_evidence),
    ("quotation-not-in-evidence", _SOURCING, _foreign_quotations),
    ("evidence-not-in-document", _SOURCING, _not_in_document),
    ("name-not-in-evidence", _ARGUMENT, _foreign_names),
    ("number-not-in-evidence", _ARGUMENT, _foreign_numbers),
    ("date-outside-event", _ARGUMENT, _dates_outside),
    ("source-not-listed", _SOURCING, _unlisted_sources),
    ("tool-not-disclosed", "ICS 206-01, use of tools", _undisclosed),
)

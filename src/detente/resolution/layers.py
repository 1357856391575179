"""What speaks for it that one document repeats another, layer by layer.

Containment, not Jaccard: a shortened wire report shares nearly all of its own word runs with the
original but few of the original's with it (NEWS-COPY, Silcock et al., ICLR 2023: true pairs average
a Jaccard of 0.3). What is told in other words is found by its sentences.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from detente.model import Claim, CopyEvidence, Document, Quotation, Segment, SegmentKind
from detente.resolution.actors import fold
from detente.resolution.candidates import formulas
from detente.resolution.texts import (
    Hashes,
    Sentence,
    Text,
    containment,
    cut_out,
    longest_run,
    read_text,
    restated,
    sentences_of,
    shared,
    shingles,
    without,
    words_of,
)

__all__ = ["FEWEST_SHARED", "Compared", "Layers", "address", "prepare"]

# The bars were set on the half of tests/gold/copies that is not held (benchmarks.copies), where
# reports of outlets that had people of their own reach: containment 0.21, run 6, rewording 0.11,
# two sentences restated, one quotation, two numbers.
_LONG, _SHORT = 5, 3
# Half of the shorter document's runs of five words: re-issued articles of one outlet contain 0.50
# to 0.99 of each other, while their Jaccard similarity goes down to 0.12.
CONTAINED = 0.5
# Fewer shared runs than this prove nothing: a dozen words are an office and its holder's name.
FEWEST_SHARED = 10
# A quarter of the runs of three words, quotations left out: the same report in other words.
REWORDED = 0.25
FEWEST_REWORDED = 16
# So many words in a row, outside quotations, of which no five are a formula.
RUN = 25
# Five words that more documents than this have may be a formula, such as an outlet's own notice.
FORMULA = 5
# Half of the sentences of the shorter text and no fewer than four, or three of five.
RESTATED = {4: 0.5, 3: 0.6}
# One quotation is what all who sat in the room may print; two with the same cuts are a choice.
QUOTATIONS = 2
# So many telling numbers, and so much of those of the text that has fewer.
NUMBERS = 3
NUMBERS_SHARED = 0.75
# A number is of one happening where few have it, or all that have it within so many days.
_HOLDERS = 4
_SPAN = 14
# A text in other words has at least this much of another's runs of three words.
_LIKE = 0.03

_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|ref|cmpid|ocid|output|amp)=", re.IGNORECASE)
_HOST = re.compile(r"^(?:www|m|mobile|amp)\.")


@dataclass(frozen=True, slots=True)
class Compared:
    """One document with what comparison needs of it."""

    document: Document
    told: str
    text: Text
    long: Hashes
    short: Hashes
    speakers: Mapping[tuple[str, ...], str]

    @property
    def order(self) -> tuple[date, int, str]:
        """Earliest publication first; of one day, the longest text; then by id."""
        document = self.document
        return (document.published or date.max, -len(document.text), document.id)


def prepare(
    documents: Iterable[Document],
    claims: Iterable[Claim],
    segments: Mapping[str, Sequence[Segment]],
) -> list[Compared]:
    """Return the documents ready for comparison, in their order.

    Args:
        documents: the documents.
        claims: their claims, which tell whose words a quotation is.
        segments: their segments, by id of the document: what is no report is not compared.
    """
    said = _speakers(claims)
    listed = [
        _compared(document, segments.get(document.id, ()), said.get(document.id, {}))
        for document in documents
    ]
    return _without_formulas(sorted(listed, key=lambda one: one.order))


def _without_formulas(listed: Sequence[Compared]) -> list[Compared]:
    """Take out the runs of words by which news is told at all times ("voters go to the polls")."""
    days = [one.document.published for one in listed]
    long, short = (
        formulas(sets, days, most=FORMULA, within=_SPAN, undated=False)
        for sets in ([one.long for one in listed], [one.short for one in listed])
    )
    return [
        replace(one, long=without(one.long, long), short=without(one.short, short))
        for one in listed
    ]


_NO_REPORT = frozenset((SegmentKind.BOILERPLATE, SegmentKind.COMMENT))


def _compared(
    document: Document, parts: Sequence[Segment], speakers: Mapping[tuple[str, ...], str]
) -> Compared:
    told = "".join(
        document.text[part.start : part.end] for part in parts if part.kind not in _NO_REPORT
    )
    words = told or document.text
    text = read_text(words)
    return Compared(
        document=document,
        told=words,
        text=text,
        long=shingles(words_of(words), _LONG),
        short=shingles(text.own, _SHORT),
        speakers=speakers,
    )


def _speakers(claims: Iterable[Claim]) -> dict[str, dict[tuple[str, ...], str]]:
    """Return who says the quotations in which there are claims, by document."""
    found: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for claim in claims:
        for link in claim.attributions:
            if link.quotation is Quotation.DIRECT and link.content and link.source:
                name = fold(link.source.name or link.source.span.text)
                for quoted in read_text(f'"{link.content.text}"').quotations:
                    found[claim.document_id][quoted] = name
    return found


def address(url: str) -> str:
    """Return a web address without what does not change the page: scheme, edition, tracking."""
    try:
        parts = urlsplit(url.strip())
        host = _HOST.sub("", (parts.hostname or "").lower())
    except ValueError:
        return url
    asked = "&".join(sorted(p for p in parts.query.split("&") if p and not _TRACKING.match(p)))
    path = re.sub(r"/(?:amp|index\.html?)?/?$", "", parts.path)
    return f"{host}{path}" + (f"?{asked}" if asked else "")


class Layers:
    """What speaks for a copy, layer by layer, in the light of all the documents.

    Args:
        listed: all documents.
    """

    def __init__(self, listed: Sequence[Compared]) -> None:
        self._notices = formulas(
            [one.long for one in listed],
            [one.document.published for one in listed],
            most=FORMULA,
            within=_SPAN,
            undated=True,
        )
        self._read: dict[str, tuple[Sentence, ...]] = {}
        self._rare = _rare_numbers(listed)

    def evidence(self, early: Compared, late: Compared) -> Iterator[CopyEvidence]:
        """Yield what speaks for it that the later of two documents repeats the earlier."""
        days = (early.document.published, late.document.published)
        known = None not in days and days[0] != days[1]
        unsure = "" if known else "; which came first is not known"
        for kind, value, detail in self._found(early, late):
            yield CopyEvidence(
                kind=kind,
                document_id=early.document.id,
                value=round(value, 3),
                detail=detail + unsure,
            )

    def _found(self, early: Compared, late: Compared) -> Iterator[tuple[str, float, str]]:
        urls = [address(one.document.url) for one in (early, late) if one.document.url]
        if len(urls) == 2 and urls[0] == urls[1]:
            yield "same address", 1.0, "both stand at one web address"
        share = containment(early.long, late.long)
        if share >= CONTAINED and shared(early.long, late.long) >= FEWEST_SHARED:
            kind = "same text" if share > 0.98 else "containment"
            words = f"{round(share * 100)} % of the shorter text's five-word runs are in both"
            yield kind, share, words
        runs, alike = shared(early.short, late.short), containment(early.short, late.short)
        if runs >= RUN - _SHORT + 1 and (run := self._run(early, late)) >= RUN:
            yield "common run", run, f"{run} words in a row outside quotations are the same"
        if runs >= FEWEST_REWORDED and alike >= REWORDED:
            words = f"{round(alike * 100)} % of its three-word runs outside quotations are in both"
            yield "rewording", alike, words
        if alike >= _LIKE:
            found, of = restated(self._sentences(early), self._sentences(late))
            if any(found >= fewest and found >= part * of for fewest, part in RESTATED.items()):
                yield "restated", found / of, f"{found} of {of} sentences are told in like words"
        if (quoted := len(_same_quotations(early, late))) >= QUOTATIONS:
            yield "same quotations", quoted, f"{quoted} quotations are cut in the same way"
        numbers = early.text.numbers & late.text.numbers & self._rare
        fewer = min(len(early.text.numbers), len(late.text.numbers))
        if len(numbers) >= NUMBERS and len(numbers) >= NUMBERS_SHARED * fewer:
            words = f"uncommon numbers are in both: {', '.join(sorted(numbers)[:4])}"
            yield "same numbers", len(numbers), words

    def _sentences(self, one: Compared) -> tuple[Sentence, ...]:
        known = self._read.get(one.document.id)
        if known is None:
            known = self._read[one.document.id] = sentences_of(one.told)
        return known

    def _run(self, some: Compared, other: Compared) -> int:
        """Return the longest common run; of texts that share no more than it, formulas left out."""
        own = [one.text.own for one in (some, other)]
        if containment(some.long, other.long) < CONTAINED:
            own = [cut_out(words, _LONG, self._notices) for words in own]
        return longest_run(own[0], own[1])


def _rare_numbers(listed: Sequence[Compared]) -> frozenset[str]:
    """Return the numbers that few documents have, or only documents of one fortnight."""
    holders: dict[str, list[date | None]] = defaultdict(list)
    for one in listed:
        for number in one.text.numbers:
            holders[number].append(one.document.published)
    return frozenset(number for number, days in holders.items() if _is_of_one_time(days))


def _is_of_one_time(days: Sequence[date | None]) -> bool:
    known = [day for day in days if day is not None]
    if len(days) <= _HOLDERS:
        return True
    return len(known) == len(days) and (max(known) - min(known)).days <= _SPAN


def _same_quotations(some: Compared, other: Compared) -> list[tuple[str, ...]]:
    """Return the quotations that two texts have word for word, of one speaker as far as known."""
    return [
        quoted
        for quoted in some.text.quotations & other.text.quotations
        if len({one.speakers[quoted] for one in (some, other) if quoted in one.speakers}) < 2
    ]

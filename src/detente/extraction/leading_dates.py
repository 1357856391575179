"""Dates before a clause without a comma: "On 25 December India's prime minister flew home".

The parser takes such a date into the name that follows. Where it does, the sentence is read again
with the comma that American papers would print, and the reading is kept without it. No character
and no token changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

__all__ = ["part_leading_dates"]

_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_LEADING = frozenset({"on", "in", "since", "by", "until", "from", "of", "last", "this", "next"})
# A date may begin a sentence, or a clause behind one of these.
_BEFORE = frozenset({":", ";", ",", "and", "but", "-", "–", "—"})
_NAMES = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_ATTRIBUTES = [HEAD, DEP, TAG, POS, LEMMA]


def part_leading_dates(docs: Sequence[Doc], model: Language) -> None:
    """Read again the sentences in which a date before a clause was taken into a name.

    Args:
        docs: the parses; changed in place.
        model: the pipeline that made them.
    """
    wanted = [(sentence, end) for doc in docs for sentence in doc.sents for end in _dates(sentence)]
    readings = model.pipe([_with_comma(sentence, end) for sentence, end in wanted])
    for (sentence, end), reading in zip(wanted, readings, strict=True):
        _adopt(sentence, end, reading)


def _dates(sentence: Span) -> Iterator[int]:
    """Yield where the first misread date of a sentence ends, as a token of the document."""
    doc = sentence.doc
    for start in range(sentence.start, sentence.end - 2):
        if doc[start].lower_ not in _LEADING or not _begins(sentence, start):
            continue
        end = _end_of_date(doc, start + 1, sentence.end)
        if end and end < sentence.end and _is_taken_in(doc, start + 1, end):
            yield end
            return


def _begins(sentence: Span, at: int) -> bool:
    """Whether a date at a token stands at the beginning of a clause."""
    if at == sentence.start:
        return True
    before = sentence.doc[at - 1]
    # "on the night of 24 November"
    inside = before.lower_ in (
        "night",
        "morning",
        "evening",
        "afternoon",
        "day",
        "end",
        "beginning",
    )
    return before.lower_ in _BEFORE or (inside and at - sentence.start <= 4)


def _end_of_date(doc: Doc, at: int, last: int) -> int | None:
    """Return the token behind a date, or None where none begins here."""
    start = at
    month = False
    while at < last:
        word = doc[at].lower_
        if word in _MONTHS:
            month = True
        elif not (
            word in _WEEKDAYS or word.isdigit() or (at == start and word in ("late", "early"))
        ):
            break
        at += 1
    named = month or any(doc[i].lower_ in _WEEKDAYS for i in range(start, at))
    year = at - start == 1 and doc[start].text.isdigit() and len(doc[start].text) == 4
    return at if named or year else None


def _is_taken_in(doc: Doc, start: int, end: int) -> bool:
    """Whether a word of the date hangs on a name or a noun behind it."""
    behind = doc[end]
    if behind.is_punct or behind.tag_ in ("IN", "TO", "CC", "VBD", "VBZ", "VBP", "MD", "POS"):
        return False
    return any(t.head.i >= end and t.head.pos_ in _NAMES for t in doc[start:end])


def _with_comma(sentence: Span, end: int) -> Doc:
    words = [token.text for token in sentence]
    spaces = [bool(token.whitespace_) for token in sentence]
    at = end - sentence.start
    spaces[at - 1] = False
    return Doc(
        sentence.doc.vocab,
        words=[*words[:at], ",", *words[at:]],
        spaces=[*spaces[:at], True, *spaces[at:]],
    )


def _adopt(sentence: Span, end: int, reading: Doc) -> None:
    """Take the reading over without its comma, if it is one sentence with the date apart."""
    at = end - sentence.start
    comma = reading[at]
    if len(list(reading.sents)) > 1 or list(comma.children) or not _is_better(reading, at):
        return
    places = [i for i in range(len(reading)) if i != at]
    new = reading.to_array(_ATTRIBUTES)[places]
    new[:, 0] = np.array(
        [_without(reading[i].head, at) - _without(reading[i], at) for i in places]
    ).astype(new.dtype)
    array = sentence.doc.to_array(_ATTRIBUTES)
    array[sentence.start : sentence.end] = new
    sentence.doc.from_array(_ATTRIBUTES, array)  # type: ignore[arg-type]


def _without(token: Token, at: int) -> int:
    return token.i - (token.i > at)


def _is_better(reading: Doc, at: int) -> bool:
    """Whether no word of the date hangs on a name behind the comma any more."""
    return not any(t.head.i > at and t.head.pos_ in _NAMES for t in reading[:at])

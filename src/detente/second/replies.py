"""From an answer to claims: taken is what quotes the text, all else is dropped with its reason.

What a model answers is a stranger's word, all the more since a text may tell it what to say. So
nothing is mended or guessed, and nothing but codes of known lists and words of the text gets in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError

from detente.errors import UnreadableError
from detente.model import (
    DateBasis,
    DateRange,
    Dropped,
    EventType,
    Label,
    Mention,
    Reply,
    SecondClaim,
    Span,
)
from detente.second.questions import Passage
from detente.second.schema import ToldClaim, ToldParty

__all__ = ["claims_in"]

# White space in a quotation may be another than in the text; each stands for one character.
_BLANKS = {ord(one): " " for one in "\n\r\t\v\f\x85\xa0\u2007\u2028\u2029\u202f"}
_MOST_CLAIMS = 200
_SHOWN = 160


class _Refused(Exception):
    """Why a claim is dropped."""


def claims_in(
    reply: Reply, passage: Passage, *, countries: Collection[str]
) -> tuple[tuple[SecondClaim, ...], tuple[Dropped, ...]]:
    """Return the claims of an answer that quote the text, in its order; and what was dropped.

    Args:
        reply: the answer.
        passage: what was asked about.
        countries: the codes that a party may have.

    Raises:
        UnreadableError: when the answer as a whole is of no use.
    """
    reading = _Reading(passage, countries)
    taken: dict[SecondClaim, None] = {}
    dropped: list[Dropped] = []
    for told in _told(reply, passage.document.key):
        try:
            claim = reading.claim(told)
            if claim in taken:
                raise _Refused("it is given twice")
            taken[claim] = None
        except _Refused as refused:
            quote = told.get("quote") if isinstance(told, dict) else told
            dropped.append(
                Dropped(
                    document_key=passage.document.key,
                    start=passage.start,
                    quote=_shown(quote),
                    reason=str(refused),
                )
            )
    ordered = sorted(taken, key=lambda claim: (claim.anchor, claim.quote))
    return tuple(ordered), tuple(dropped)


def _told(reply: Reply, where: str) -> Sequence[Any]:
    """Return the claims of an answer, unchecked."""
    if not reply.whole:
        raise UnreadableError(where, "the answer was cut off before its end")
    content = reply.content.rpartition("</think>")[2]  # thought aloud before it
    start, end = content.find("{"), content.rfind("}")
    try:
        record = json.loads(content[start : end + 1])
    except (ValueError, RecursionError) as error:
        raise UnreadableError(where, "the answer is no JSON") from error
    told = record.get("claims") if isinstance(record, dict) else None
    if not isinstance(told, list):
        raise UnreadableError(where, "the answer has no list of claims")
    if len(told) > _MOST_CLAIMS:
        raise UnreadableError(where, f"the answer has {len(told)} claims for one passage")
    return told


def _shown(quote: object) -> str:
    """Return words of an answer as they can be shown: short, and without what does not print."""
    words = str(quote or "")
    shown = "".join(one if one.isprintable() else " " for one in words[:_SHOWN])
    return " ".join(shown.split()) + " …" * (len(words) > _SHOWN)


class _Reading:
    """Reads claims about one passage."""

    def __init__(self, passage: Passage, countries: Collection[str]) -> None:
        self._passage = passage
        self._document = passage.document
        self._countries = countries
        self._text = self._document.text.translate(_BLANKS)

    def claim(self, record: Any) -> SecondClaim:
        """Return a claim, or raise _Refused."""
        try:
            told = ToldClaim.model_validate(record)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            at = ".".join(str(part) for part in first["loc"]) or "claim"
            raise _Refused(f"wrong form: {at}: {first['msg']}") from None
        quote = self._found(told.quote, self._passage.start, self._passage.end)
        if quote is None:
            raise _Refused("its quotation is not in the passage")
        if not told.actors:
            raise _Refused("it names nobody who did it")
        return SecondClaim(
            document_id=self._document.id,
            document_key=self._document.key,
            segment=self._passage.kind,
            quote=quote,
            anchor=self._anchor(told.anchor, quote),
            event_type=EventType(_one_of("type", told.type, EventType)),
            actors=tuple(self._mentions(told.actors, quote)),
            recipients=tuple(self._mentions(told.recipients, quote)),
            when=self._when(told, quote),
            label=Label(_one_of("label", told.label, Label)),
        )

    def _found(self, words: str, start: int, end: int) -> Span | None:
        """Return where words stand within a stretch of the text; the first place counts."""
        wanted = words.translate(_BLANKS).strip()
        if not 0 < len(wanted) <= end - start:
            return None
        found = _whole_words(wanted).search(self._text, start, end)
        return self._document.span(*found.span()) if found else None

    def _anchor(self, words: str, quote: Span) -> Span:
        found = self._found(words, quote.start, quote.end)
        if found is None:
            raise _Refused(f"its anchor {_shown(words)!r} is not in its quotation")
        return found

    def _near(self, what: str, words: str, quote: Span) -> Span:
        """Return where words stand, in the quotation or else in the passage."""
        found = self._found(words, quote.start, quote.end) or self._found(
            words, self._passage.start, self._passage.end
        )
        if found is None:
            raise _Refused(f"its {what} {_shown(words)!r} is not in the passage")
        return found

    def _mentions(self, told: Sequence[ToldParty], quote: Span) -> Iterator[Mention]:
        for party in told:
            if party.country is not None and party.country not in self._countries:
                raise _Refused(f"{_shown(party.country)!r} is no code of a country")
            span = self._near("party", party.words, quote)
            yield Mention(span=span, country=party.country)

    def _when(self, told: ToldClaim, quote: Span) -> DateRange:
        if told.first is None and told.last is None:
            return DateRange(reason="the second coder gives none")
        first, last = (_day(told.first or told.last), _day(told.last or told.first))
        if first > last:
            raise _Refused(f"its days are the wrong way round: {first} to {last}")
        if told.date_words is not None:
            span = self._near("date", told.date_words, quote)
            return DateRange(first=first, last=last, basis=DateBasis.STATED, span=span)
        if first == last == self._passage.published:
            return DateRange(first=first, last=last, basis=DateBasis.PUBLICATION)
        raise _Refused("its days are not those of the report, and no words of the text give them")


def _whole_words(wanted: str) -> re.Pattern[str]:
    """Return what finds the words as they are, and not within longer ones."""
    before = r"(?<!\w)" if wanted[0].isalnum() else ""
    after = r"(?!\w)" if wanted[-1].isalnum() else ""
    return re.compile(before + re.escape(wanted) + after)


def _one_of(what: str, given: str, allowed: type[EventType] | type[Label]) -> str:
    if given not in [one.value for one in allowed]:
        raise _Refused(f"{_shown(given)!r} is no {what}")
    return given


def _day(words: str | None) -> date:
    try:
        return date.fromisoformat(words or "")
    except ValueError:
        raise _Refused(f"{_shown(words)!r} is no day") from None

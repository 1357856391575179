"""Names as sequences of pieces: how a lexicon's name and a text's words are compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

__all__ = ["Name", "NameKind", "Term", "fits_case", "fold", "key_of", "pieces"]

_PIECE = re.compile(r"[^\W_]+")
# Letters that Unicode does not decompose.
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae"}
)
# From this length on an acronym may be written like a word (Nato, Isis, Unicef).
_WORDLIKE_ACRONYM = 4


class NameKind(StrEnum):
    """What a name of the lexicon names."""

    COUNTRY = "country"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    CAPITAL = "capital"
    CITY = "city"
    REGION = "region"
    BODY = "body"
    SEAT = "seat"
    PERSON = "person"
    SURNAME = "surname"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Term:
    """Days on which a coding holds: a term of office, or the life of an organisation's status."""

    country: str | None
    sector: str | None
    first: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Return whether the day lies within the term."""
        return (self.first is None or self.first <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one actor.

    Attributes:
        text: the name as the lexicon writes it.
        kind: what it names.
        actor: the actor's usual name.
        country: its country, or None.
        sector: its sector, or None.
        thousands: for a city, its people in thousands.
        pieces: the name's pieces, as written.
        terms: for a person or a dated entry, when which coding holds; empty means always.
    """

    text: str
    kind: NameKind
    actor: str
    country: str | None
    sector: str | None = None
    thousands: int = 0
    terms: tuple[Term, ...] = ()
    pieces: list[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Split the name once."""
        object.__setattr__(self, "pieces", pieces(self.text))


def fold(text: str) -> str:
    """Return the text without accents, case kept."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def pieces(text: str) -> list[str]:
    """Split a text into runs of letters and digits without accents; "U.S." is one piece, "US"."""
    return _PIECE.findall(fold(text).replace(".", ""))


def key_of(text: str) -> tuple[str, int]:
    """Return the pieces of a name in lower case, joined by blanks, and how many they are."""
    parts = pieces(text)
    return " ".join(parts).lower(), len(parts)


def fits_case(written: list[str], name: list[str]) -> bool:
    """Return whether words of a text are capitalised as a name of the lexicon demands.

    Args:
        written: pieces of the text.
        name: pieces of the lexicon's name, as many.
    """
    for have, want in zip(written, name, strict=True):
        if not want[0].isupper():
            continue
        if not have[0].isupper():
            return False
        if want.isupper() and 1 < len(want) < _WORDLIKE_ACRONYM and not have.isupper():
            return False
    return True

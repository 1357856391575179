"""Where the pages are, and what an address asks for.

An address says what it shows and stays: a pair by the codes of its countries, an event and a
document by its id, words by their characters (``char=120,175``, as RFC 5147 writes them).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import quote, urlencode

from detente.errors import InputError
from detente.lexicon.days import read_day
from detente.model import Dyad, Evidence

__all__ = [
    "Links",
    "asked_characters",
    "chosen",
    "day_of",
    "number_of",
    "passage",
    "with_query",
]

_CHARACTERS = re.compile(r"([0-9]{1,9}),([0-9]{1,9})")

S = TypeVar("S", bound=StrEnum)


class Links:
    """Addresses of pages, for templates."""

    @staticmethod
    def event(event_id: str) -> str:
        """Return the address of an event."""
        return f"/events/{quote(event_id, safe='')}"

    @staticmethod
    def document(document_id: str) -> str:
        """Return the address of a document."""
        return f"/documents/{quote(document_id, safe='')}"

    @staticmethod
    def passage(evidence: Evidence) -> str:
        """Return the address of quoted words."""
        return passage(evidence.document_id, evidence.start, evidence.end)

    @staticmethod
    def relation(dyad: Dyad, **query: object) -> str:
        """Return the address of a pair's relation."""
        return with_query(f"/relations/{quote(dyad.actor)}/{quote(dyad.recipient)}", query)

    @staticmethod
    def brief(dyad: Dyad, **query: object) -> str:
        """Return the address of a pair's brief."""
        return with_query(f"/briefs/{quote(dyad.actor)}/{quote(dyad.recipient)}", query)

    @staticmethod
    def hypotheses(dyad: Dyad, **query: object) -> str:
        """Return the address of the hypotheses on a pair to begin with."""
        return with_query(f"/hypotheses/{quote(dyad.actor)}/{quote(dyad.recipient)}", query)

    @staticmethod
    def matrix_file(dyad: Dyad, **query: object) -> str:
        """Return the address of the same as a file to rate."""
        return with_query(f"/hypotheses/{quote(dyad.actor)}/{quote(dyad.recipient)}.yaml", query)

    @staticmethod
    def matrix(name: str) -> str:
        """Return the address of the hypotheses of a file."""
        return f"/hypotheses/{quote(name, safe='')}"


def passage(document_id: str, start: int, end: int) -> str:
    """Return the address of words of a document: marked by the query, scrolled to by the rest."""
    words = f"char={start},{end}"
    return f"{Links.document(document_id)}?{words}#{words}"


def with_query(path: str, query: Mapping[str, object]) -> str:
    """Return an address with those values that are there."""
    given = {name: str(value) for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path


def asked_characters(written: str | None, length: int) -> tuple[int, int] | None:
    """Return the characters that ``char=120,175`` asks for; None where it is not given.

    Raises:
        InputError: when they are not within a text of this length.
    """
    if not written:
        return None
    found = _CHARACTERS.fullmatch(written)
    start, end = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 0 <= start < end <= length:
        raise InputError(f"char={written}: write it as char=120,175, within the text's 0,{length}")
    return start, end


def day_of(name: str, written: str | None) -> date | None:
    """Return a day that a query gives, or None where it gives none.

    Raises:
        InputError: when it is no day.
    """
    if not written:
        return None
    day = read_day(written)
    if day is None:
        raise InputError(f"{name}={written}: is no date; write it as 2015-11-24")
    return day


def number_of(name: str, written: str | None) -> int:
    """Return a number that a query gives, or 0 where it gives none.

    Raises:
        InputError: when it is none.
    """
    if not written:
        return 0
    if not re.fullmatch("[0-9]{1,9}", written):
        raise InputError(f"{name}={written}: is no whole number")
    return int(written)


def chosen(name: str, written: str | None, kind: type[S]) -> S | None:
    """Return the value of an enumeration that a query gives, or None where it gives none.

    Raises:
        InputError: when there is no such value; it lists them.
    """
    if not written:
        return None
    try:
        return kind(written)
    except ValueError as error:
        listed = ", ".join(one.value for one in kind)
        raise InputError(f"{name}={written}: unknown; use one of {listed}") from error

"""The source register: which outlets a user rated how, when and why.

A YAML file of the user's own, one judgement a line; the newest of an outlet counts, and the older
ones stay, since a rating is dated and may be revised (STANAG 2511)::

    ratings:
    - {outlet: TASS, reliability: D, rated: 2026-11-26, by: A. Reader, reason: "state agency"}
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from detente.errors import InputError
from detente.lexicon.files import parse_yaml, read_bytes
from detente.lexicon.flaws import place_words, words_of
from detente.lexicon.outlets import OutletLexicon
from detente.model import SourceRating

__all__ = ["SourceRegister", "rating_of", "read_csv", "read_register", "with_lines"]

_HEAD = """\
# Who rated which outlet how reliable (A to F of the Admiralty code), when and why. The newest
# rating of an outlet counts. Lines may be added and edited by hand; comments stay.
ratings:
"""
_COLUMNS = ("outlet", "reliability", "rated", "reason", "by")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    outlet: str = Field(min_length=1)
    reliability: Literal["A", "B", "C", "D", "E", "F"]
    rated: date
    reason: str = Field(min_length=1)
    by: str = ""

    def rating(self) -> SourceRating:
        return SourceRating(**self.model_dump())


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    ratings: tuple[_Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRegister:
    """The ratings of outlets, found by any name of an outlet.

    Attributes:
        outlets: how names of outlets are told apart.
        ratings: in order of their days; of one day, in the order of the file.
        by_outlet: the ratings of each outlet, by its name as `OutletLexicon.name_of` gives it.
    """

    outlets: OutletLexicon
    ratings: tuple[SourceRating, ...]
    by_outlet: Mapping[str, tuple[SourceRating, ...]]

    @classmethod
    def of(cls, ratings: Iterable[SourceRating], outlets: OutletLexicon) -> SourceRegister:
        """Return a register of these ratings."""
        ordered = tuple(sorted(ratings, key=lambda rating: rating.rated))
        by_outlet: defaultdict[str, list[SourceRating]] = defaultdict(list)
        for rating in ordered:
            by_outlet[outlets.name_of(rating.outlet)].append(rating)
        return cls(outlets, ordered, {name: tuple(found) for name, found in by_outlet.items()})

    def of_credit(self, credit: str) -> tuple[tuple[str, SourceRating | None], ...]:
        """Return each link of a credit ("AFP via ABC News"), with the rating that counts for it."""
        names = self.names_in(credit)
        return tuple((name, self.by_outlet.get(name, (None,))[-1]) for name in names)

    def names_in(self, credit: str) -> tuple[str, ...]:
        """Return the one name of each outlet in a credit, the one who wrote the text first."""
        return self.outlets.names_in(credit)


def read_register(path: Path, outlets: OutletLexicon) -> SourceRegister:
    """Read a register; a file that does not exist is an empty one.

    Raises:
        InputError: when it cannot be read, or an entry breaks its schema; names the entry.
    """
    raw = read_bytes(path) if path.exists() else b""
    return SourceRegister.of(_ratings_in(raw, path), outlets)


def _ratings_in(raw: bytes, path: Path) -> tuple[SourceRating, ...]:
    if not raw.strip():
        return ()
    content, flaws = parse_yaml(raw)
    if content is None and not any("not YAML" in flaw.what for flaw in flaws):
        return ()  # comments alone
    if flaws:
        keyed = content is None or isinstance(content, dict)
        told = str(flaws[0]) if keyed else "expected one key, ratings, with a list"
        raise InputError(f"{path}: {told}")
    if content.get("ratings") is None:
        content = {**content, "ratings": []}
    try:
        return tuple(entry.rating() for entry in _File.model_validate(content).ratings)
    except ValidationError as error:
        first = error.errors()[0]
        told = f"{place_words(first['loc'], content)}: {words_of(first, _File)}"
        raise InputError(f"{path}: {told}") from error


def rating_of(row: Mapping[str, Any]) -> SourceRating:
    """Return the rating that a row of values tells.

    Args:
        row: outlet, reliability, rated, reason, and by where it is known.

    Raises:
        InputError: says which value is wrong, and what would work.
    """
    try:
        return _Entry.model_validate(row).rating()
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0]) if first["loc"] else "row"
        raise InputError(f"{key}: {words_of(first, _Entry)}") from error


def read_csv(path: Path) -> tuple[tuple[int, SourceRating | InputError], ...]:
    """Read ratings from a CSV file with a head of columns.

    Returns:
        For each row the number of its line and its rating, or what is wrong with it.

    Raises:
        InputError: when the file cannot be read, or a column is missing.
    """
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8; save it as UTF-8") from error
    rows = csv.DictReader(io.StringIO(text, newline=""), restkey="")
    try:
        missing = [name for name in _COLUMNS[:4] if name not in (rows.fieldnames or ())]
        if missing:
            wanted = ", ".join(_COLUMNS)
            raise InputError(f"{path}: no column {missing[0]!r}; the head must name {wanted}")
        return tuple((rows.line_num, _row_rating(row)) for row in rows)
    except csv.Error as error:
        raise InputError(f"{path}: line {rows.line_num}: not CSV: {error}") from error


def _row_rating(row: Mapping[str, Any]) -> SourceRating | InputError:
    try:
        return rating_of({name: row[name] or "" for name in _COLUMNS if name in row})
    except InputError as error:
        return error


def with_lines(path: Path, added: Sequence[SourceRating]) -> str:
    """Return the text of a register with ratings added at its end; what is there stays.

    Raises:
        InputError: when the register cannot be read, or its list is not at the end of the file.
    """
    raw = read_bytes(path) if path.exists() else b""
    before = _ratings_in(raw, path)
    text = raw.decode("utf-8") if before or raw.strip() else _HEAD
    if not before and "ratings:" not in text:
        text = f"{text.rstrip()}\nratings:"
    text = text.rstrip().removesuffix("[]") + "\n" + "".join(map(_line, added))
    try:
        whole = _ratings_in(text.encode("utf-8"), path)
    except InputError:
        whole = ()
    if whole != (*before, *added):
        raise InputError(
            f"{path}: cannot be added to; end it with the list under 'ratings:', not indented"
        )
    return text


def _line(rating: SourceRating) -> str:
    values = {name: getattr(rating, name) for name in _COLUMNS if getattr(rating, name)}
    dumped = yaml.safe_dump(
        values,
        default_flow_style=True,
        allow_unicode=True,
        sort_keys=False,
        width=float("inf"),
    )
    return f"- {dumped.strip()}\n"

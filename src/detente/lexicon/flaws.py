"""What is wrong in a lexicon file, in words: where it stands, what it is, what would work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

__all__ = ["COUNTRY_CODE", "LEXICON_NAME", "Flaw", "Location", "place_words", "words_of"]

# The way to a value in a file: keys of mappings, and places in lists, counted from 0.
Location: TypeAlias = tuple[int | str, ...]

COUNTRY_CODE = r"^[A-Z]{3}$"
LEXICON_NAME = r"^[\w.-]+(?:/[\w.-]+)*$"
_PATTERNS = {
    COUNTRY_CODE: "write three capital letters, such as TUR",
    LEXICON_NAME: "write letters, digits, dots and dashes, such as my-frames",
}
# What to write where a needed key is missing or empty.
_HINTS = {
    "name": "a short name",
    "version": "a version such as 2026.11.0",
    "licence": "an SPDX identifier such as CC0-1.0",
    "sources": "a list of where the facts came from; [] for none",
    "examples": "a list of sentences that the entry must match",
    "country": "three capital letters such as TUR, or null for no country",
    "code": "three capital letters such as TUR",
    "type": "a PLOVER type such as ASSAULT",
}
# Keys that have their place elsewhere: in which list they stand, and what to do.
_ELSEWHERE = {("countries", "aliases"): "write 'names'"} | {
    ("actors", key): "a country has it: put the entry under 'countries', with code"
    for key in ("adjectives", "nouns", "capitals", "code")
}
# Keys whose value names an entry, the best first.
_NAMING = ("id", "name", "cue", "word", "verb", "noun", "adjective", "code")
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong in a lexicon file.

    Attributes:
        where: the entry, with its number and its name; "" for the whole file.
        what: what is wrong, and what would work.
    """

    where: str
    what: str

    def __str__(self) -> str:
        """Return both in one line."""
        return " ".join((f"{self.where}: {self.what}" if self.where else self.what).split())


def place_words(location: Location, content: Any) -> str:
    """Return a place of a file in words: "frames entry 3 'shoot-down' examples".

    Args:
        location: the way to the place.
        content: the file as it was parsed.
    """
    words: list[str] = []
    value = content
    for depth, step in enumerate(location):
        if step == "[key]":
            continue
        if isinstance(step, int) and isinstance(value, list):
            words.append(f"{'entry' if depth == 1 else 'item'} {step + 1}")
        else:
            words.append(repr(step) if depth == 1 else str(step))
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            value = None
        if depth == 1 and isinstance(value, dict) and (name := _name_of(value)):
            words.append(repr(name))
    return " ".join(words)


def _name_of(entry: Mapping[Any, Any]) -> str | None:
    named = (entry.get(key) for key in _NAMING)
    return next((value for value in named if isinstance(value, str)), None)


def words_of(error: ErrorDetails, schema: type[BaseModel]) -> str:
    """Return in words what is wrong with a value, and what would work.

    Args:
        error: what pydantic found.
        schema: the schema of the whole file.
    """
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    key = str(error["loc"][-1]) if error["loc"] else ""
    hint = _HINTS.get(key)
    if kind == "missing":
        return f"missing; give {hint}" if hint else "missing; it is needed"
    if kind == "extra_forbidden":
        allowed = sorted(_keys_at(schema, error["loc"][:-1]))
        if meant := _ELSEWHERE.get((str(error["loc"][0]), key)):
            return f"unknown key; {meant}"
        near = get_close_matches(key, allowed, n=1)
        meant = f"did you mean {near[0]!r}? " if near else ""
        return f"unknown key; {meant}use one of {', '.join(allowed)}"
    if kind == "too_short":
        return f"empty; give {hint}" if hint else "empty; give at least one"
    if kind in ("literal_error", "enum"):
        return f"unknown value {_shown(value)}; use one of {context.get('expected')}"
    if kind == "string_type":
        return f"expected words, got {_shown(value)}; put them in quotation marks"
    if kind == "tuple_type":
        return f"expected a list, got {_shown(value)}; put it in [ ]"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return f"expected keys with values, got {_shown(value)}"
    if kind.startswith("bool"):
        return f"expected true or false, got {_shown(value)}"
    if kind.startswith("date"):
        return f"no day: {_shown(value)}; write it as 2015-11-24"
    if kind == "string_pattern_mismatch" and context.get("pattern") in _PATTERNS:
        return f"{_shown(value)} does not fit; {_PATTERNS[context['pattern']]}"
    if kind == "value_error":
        return str(context.get("error", error["msg"]))
    return f"{error['msg']}, got {_shown(value)}"


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."


def _keys_at(schema: type[BaseModel], location: Location) -> set[str]:
    """Return the keys that a schema allows at a place of the file; none where it has no schema."""
    found: Any = schema
    for step in location:
        if isinstance(found, type) and issubclass(found, BaseModel):
            fields = {field.alias or name: field for name, field in found.model_fields.items()}
            found = fields[str(step)].annotation if step in fields else None
        else:
            inner = [one for one in get_args(found) if one is not Ellipsis]
            found = inner[-1] if inner else None
        found = _without_none(found)
    if isinstance(found, type) and issubclass(found, BaseModel):
        return {field.alias or name for name, field in found.model_fields.items()}
    return set()


def _without_none(found: Any) -> Any:
    if get_origin(found) in (Union, UnionType):
        return next((one for one in get_args(found) if one is not NoneType), None)
    return found

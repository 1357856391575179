"""Reading lexicon files: one YAML file, one kind of entry, checked by one schema."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from detente.errors import InputError, LexiconError
from detente.lexicon.flaws import (
    COUNTRY_CODE,
    LEXICON_NAME,
    Flaw,
    Location,
    place_words,
    words_of,
)

__all__ = [
    "DATA",
    "CountryCode",
    "Entry",
    "LexiconFile",
    "Sifted",
    "data_files",
    "digest_of",
    "load_file",
    "parse_yaml",
    "read_bytes",
    "refuse",
    "sift",
]

DATA = Path(str(files("detente.lexicon") / "data"))

CountryCode = Annotated[str, Field(pattern=COUNTRY_CODE)]


class Entry(BaseModel):
    """Base of every entry: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LexiconFile(Entry):
    """Header that every lexicon file has.

    Attributes:
        name: name of the lexicon; of a shipped one, its path below data/ without its suffix.
        version: calendar version, YYYY.MM.PATCH.
        licence: SPDX identifier.
        sources: where the facts came from.
    """

    name: str = Field(pattern=LEXICON_NAME)
    version: str
    licence: str
    sources: tuple[str, ...]

    def complaints(self) -> Iterator[tuple[Location, str]]:
        """Yield what is wrong although every entry fits its schema: where, and what."""
        yield from ()

    def size(self) -> int:
        """Return how many entries the file has."""
        values = [getattr(self, key) for key in type(self).model_fields]
        listed = [v.values() if isinstance(v, dict) else v for v in values]
        lists = [one for one in listed if not isinstance(one, str)]
        return sum(isinstance(entry, Entry) for one in lists for entry in one)


F = TypeVar("F", bound=LexiconFile)

_STAND_INS: dict[str, Any] = {"name": "unnamed", "version": "?", "licence": "?", "sources": []}


@dataclass(frozen=True, slots=True)
class Sifted(Generic[F]):
    """The content of a lexicon file, the sound entries parted from the others.

    Attributes:
        content: what the YAML says.
        file: the sound entries, checked; None where the file's own keys are wrong.
        flaws: what is wrong with the others.
        places: for each list of entries, at which place of the content each entry of ``file`` was.
    """

    content: Any
    file: F | None
    flaws: tuple[Flaw, ...]
    places: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def flaw(self, location: Location, what: str) -> Flaw:
        """Return a flaw at a place of ``file``, named as in the content."""
        match location:
            case (str(key), int(index), *rest) if key in self.places:
                location = (key, self.places[key][index], *rest)
        return Flaw(place_words(location, self.content), what)


def data_files(pattern: str) -> tuple[Path, ...]:
    """Return the shipped lexicon files that match a glob pattern, sorted by name."""
    return tuple(sorted(DATA.glob(pattern)))


def digest_of(raw: bytes) -> str:
    """Return the digest by which a run remembers a file."""
    return hashlib.sha256(raw).hexdigest()[:16]


def read_bytes(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        InputError: when it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error


def load_file(path: Path, schema: type[F]) -> tuple[F, str]:
    """Read and check one lexicon file.

    Args:
        path: the YAML file.
        schema: the pydantic model of the whole file.

    Returns:
        The checked file, and "name version digest" for the Run record.

    Raises:
        InputError: when it cannot be read.
        LexiconError: names the file, the entry and what is allowed there.
    """
    raw = read_bytes(path)
    content, flaws = parse_yaml(raw)
    refuse(path, flaws)
    sifted = sift(content, schema)
    refuse(path, sifted.flaws)
    assert sifted.file is not None  # without flaws there is a file
    return sifted.file, f"{sifted.file.name} {sifted.file.version} {digest_of(raw)}"


def refuse(path: Path, flaws: Sequence[Flaw]) -> None:
    """Raise LexiconError with the first of the flaws, and how many more there are, if any."""
    if flaws:
        more = f" (and {len(flaws) - 1} more)" if len(flaws) > 1 else ""
        raise LexiconError(f"{path}: {flaws[0]}{more}")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader, which also notes keys that stand twice in one mapping."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(raw)
        self.doubles: list[Flaw] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
        """Return the mapping, as the safe loader makes it."""
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in seen:
                line = f"line {key.start_mark.line + 1}"
                self.doubles.append(Flaw(line, f"key {key.value!r} stands twice; keep one"))
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def parse_yaml(raw: bytes) -> tuple[Any, tuple[Flaw, ...]]:
    """Return what a YAML file says, by the safe loader, and what is wrong with it as YAML."""
    try:
        loader = _Loader(raw)
        try:
            content = loader.get_single_data()
        finally:
            loader.dispose()
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: 2015-02-30
        told = str(error).replace(' in "<byte string>"', "") or "nested too deeply"
        return None, (Flaw("", f"not YAML: {told}"),)
    if not isinstance(content, dict):
        wanted = "expected the keys name, version, licence, sources, and one with the entries"
        return content, (*loader.doubles, Flaw("", wanted))
    return content, tuple(loader.doubles)


def sift(content: Mapping[Any, Any], schema: type[F]) -> Sifted[F]:
    """Check the content of a file and part its sound entries from the others.

    Args:
        content: what the YAML says.
        schema: the pydantic model of the whole file.
    """
    places: dict[str, list[int]] = {}
    flaws: list[Flaw] = []
    try:
        checked = schema.model_validate(content)
    except ValidationError as error:
        errors = _leading(error.errors())
        flaws = [Flaw(place_words(e["loc"], content), words_of(e, schema)) for e in errors]
        sound, places = _sound(content, errors)
        try:
            checked = schema.model_validate(sound)
        except ValidationError:
            return Sifted(content, None, tuple(flaws))
    sifted = Sifted(content, checked, (), places)
    flaws += [sifted.flaw(location, what) for location, what in checked.complaints()]
    return Sifted(content, checked, tuple(flaws), places)


def _leading(errors: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out lists that are too short only since items of theirs are wrong."""
    inner = {error["loc"][:-1] for error in errors}
    return [e for e in errors if e["type"] != "too_short" or e["loc"] not in inner]


def _sound(
    content: Mapping[Any, Any], errors: Sequence[ErrorDetails]
) -> tuple[dict[Any, Any], dict[str, list[int]]]:
    """Return the content without what the errors name, and where the entries that are left were."""
    left = dict(content)
    faulty: defaultdict[Any, set[Any]] = defaultdict(set)
    for error in errors:
        key, *inner = error["loc"] or ("",)
        if inner:
            faulty[key].add(inner[0])
        elif error["type"] == "extra_forbidden":
            left.pop(key, None)
        elif key in _STAND_INS:
            left[key] = _STAND_INS[key]
    places: dict[str, list[int]] = {}
    for key, steps in faulty.items():
        listed = content.get(key)
        if isinstance(listed, list):
            places[key] = [index for index in range(len(listed)) if index not in steps]
            left[key] = [listed[index] for index in places[key]]
        elif isinstance(listed, dict):
            left[key] = {name: one for name, one in listed.items() if name not in steps}
    return left, places

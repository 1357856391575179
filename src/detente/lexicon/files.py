"""Reading lexicon files: one YAML file, one kind of entry, checked by one schema."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from detente.errors import LexiconError

__all__ = ["DATA", "Entry", "LexiconFile", "data_files", "load_file"]

DATA = Path(str(files("detente.lexicon") / "data"))


class Entry(BaseModel):
    """Base of every entry: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LexiconFile(Entry):
    """Header that every lexicon file has.

    Attributes:
        name: name of the lexicon, equal to the file's path below data/ without its suffix.
        version: calendar version, YYYY.MM.PATCH.
        licence: SPDX identifier.
        sources: where the facts came from.
    """

    name: str
    version: str
    licence: str
    sources: tuple[str, ...]


F = TypeVar("F", bound=LexiconFile)


def data_files(pattern: str) -> tuple[Path, ...]:
    """Return the shipped lexicon files that match a glob pattern, sorted by name."""
    return tuple(sorted(DATA.glob(pattern)))


def load_file(path: Path, schema: type[F]) -> tuple[F, str]:
    """Read and check one lexicon file.

    Args:
        path: the YAML file.
        schema: the pydantic model of the whole file.

    Returns:
        The checked file, and "name version digest" for the Run record.

    Raises:
        LexiconError: names the file, the entry and what is allowed there.
    """
    try:
        raw = path.read_bytes()
        content = yaml.load(raw, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise LexiconError(f"{path.name}: not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict):
        raise LexiconError(f"{path.name}: expected a mapping with name, version, licence, sources")
    try:
        checked = schema.model_validate(content)
    except ValidationError as error:
        raise LexiconError(f"{path.name}: {_first_problem(error, content)}") from error
    digest = hashlib.sha256(raw).hexdigest()[:16]
    return checked, f"{checked.name} {checked.version} {digest}"


def _first_problem(error: ValidationError, content: dict[str, Any]) -> str:
    problem = error.errors()[0]
    where = []
    value: Any = content
    for step in problem["loc"]:
        where.append(f"entry {step + 1}" if isinstance(step, int) else str(step))
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            value = None
        if isinstance(step, int) and isinstance(value, dict) and value:
            where.append(repr(next(iter(value.values()))))
    more = len(error.errors()) - 1
    return f"{' '.join(where)}: {problem['msg']}" + (f" (and {more} more)" if more else "")

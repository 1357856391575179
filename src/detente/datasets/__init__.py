"""Other people's event data: each format read into `CodedEvent`, all columns kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from detente.datasets import gdelt, icews, plover, polecat
from detente.datasets.parties import Countries
from detente.model import CodedEvent, Notice

__all__ = ["FORMATS", "Countries", "read_events", "terms_of"]

FORMATS: dict[str, ModuleType] = {
    "gdelt": gdelt,
    "icews": icews,
    "polecat": polecat,
    "plover": plover,
}


def terms_of(dataset: str) -> str:
    """Return under which terms a dataset may be used, in one line."""
    return str(FORMATS[dataset].TERMS)


def read_events(
    dataset: str, paths: Iterable[Path], countries: Countries
) -> Iterator[CodedEvent | Notice]:
    """Yield the events of files of one format, and what was wrong with the other lines.

    A row that has day, parties, code and report in common with an earlier one is marked as its
    duplicate; rows without a report are not compared, since nothing says that they are one.

    Args:
        dataset: one of FORMATS.
        paths: the files.
        countries: resolves names.
    """
    seen: dict[tuple[object, ...], str] = {}
    for path in paths:
        for found in FORMATS[dataset].read(path, countries):
            if isinstance(found, CodedEvent) and (found.url or found.story):
                key = (
                    found.day,
                    found.actor_name,
                    found.recipient_name,
                    found.native_code,
                    found.url,
                    found.story,
                )
                first = seen.setdefault(key, found.id)
                if first != found.id:
                    found = replace(found, duplicate_of=first)
            yield found

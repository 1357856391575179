"""What watching remembers between rounds and runs: one small file in the store, whole or as it was.

::

    watch.json
      format      1
      collected   what collecting remembers, as it gives it
      pairs       by "TUR RUS": how each followed pair stood when it was last told of
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from detente.errors import StoreError
from detente.model import (
    Conflict,
    Direction,
    Dyad,
    KnownConflict,
    KnownEvent,
    KnownShift,
    Mark,
    Origins,
    ShiftKind,
)
from detente.storage.catalog import Store, write_text

__all__ = ["WatchFile", "watching"]

_FORMAT = 1


@dataclass(slots=True)
class WatchFile:
    """What is remembered; `save` writes it.

    Attributes:
        path: the file.
        collected: what collecting remembers.
        marks: how each followed pair stood.
    """

    path: Path
    collected: dict[str, Any] = field(default_factory=dict)
    marks: dict[Dyad, Mark] = field(default_factory=dict)

    def save(self) -> None:
        """Write what is remembered.

        Raises:
            StoreError: when the disk refuses.
        """
        record = {
            "format": _FORMAT,
            "collected": self.collected,
            "pairs": {
                f"{dyad.actor} {dyad.recipient}": _plain(mark)
                for dyad, mark in sorted(self.marks.items())
            },
        }
        text = json.dumps(record, ensure_ascii=True, separators=(",", ":"))
        try:
            write_text(self.path, text)
        except StoreError:  # who begins to write to the store tidies up, and may take ours away
            write_text(self.path, text)


@contextmanager
def watching(store: Store) -> Iterator[WatchFile]:
    """Hold a store for watching, and give what is remembered of it.

    Raises:
        StoreLockedError: when another process watches for this store.
        StoreError: when the file is damaged.
    """
    with store.locked("watch.lock", "another detente watches for this store"):
        yield _read(store.folder / "watch.json")


def _read(path: Path) -> WatchFile:
    if not path.exists():
        return WatchFile(path)
    try:
        record = json.loads(path.read_text("utf-8"))
        number = int(record["format"])
        if number > _FORMAT:
            raise StoreError(f"{path}: has format {number}, this detente reads up to {_FORMAT}")
        return WatchFile(
            path,
            collected=dict(record["collected"]),
            marks={Dyad(*pair.split(" ")): _mark(one) for pair, one in record["pairs"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(
            f"{path}: damaged; delete it: what is listed is then fetched again, and what the store "
            "has is no news"
        ) from error


def _plain(mark: Mark) -> dict[str, Any]:
    return {
        "state": mark.state,
        "events": [
            [
                one.id,
                list(one.claim_ids),
                list(one.denial_ids),
                one.origins.min,
                one.origins.max,
                one.withdrawn,
            ]
            for one in mark.events
        ],
        "conflicts": [
            [one.kind.value, [list(side) for side in one.sides]] for one in mark.conflicts
        ],
        "shifts": [
            [
                one.first.isoformat(),
                one.last.isoformat(),
                one.kind.value,
                one.direction.value,
                one.likely,
                list(one.drivers),
            ]
            for one in mark.shifts
        ],
    }


def _mark(record: Mapping[str, Any]) -> Mark:
    return Mark(
        state=str(record["state"]),
        events=tuple(
            KnownEvent(
                id=identifier,
                claim_ids=tuple(claims),
                denial_ids=tuple(denials),
                origins=Origins(min=least, max=most),
                withdrawn=withdrawn,
            )
            for identifier, claims, denials, least, most, withdrawn in record["events"]
        ),
        conflicts=tuple(
            KnownConflict(kind=Conflict(kind), sides=tuple(tuple(side) for side in sides))
            for kind, sides in record["conflicts"]
        ),
        shifts=tuple(
            KnownShift(
                first=date.fromisoformat(first),
                last=date.fromisoformat(last),
                kind=ShiftKind(kind),
                direction=Direction(direction),
                likely=likely,
                drivers=tuple(drivers),
            )
            for first, last, kind, direction, likely, drivers in record["shifts"]
        ),
    )

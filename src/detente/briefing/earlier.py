"""An earlier brief read back from its JSON: what its reader knew of the pair.

The claims that a brief cites tell which events were in it, whatever ids they have now.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from detente.errors import InputError
from detente.model import (
    KNOWN_BY,
    Direction,
    Dyad,
    KnownEvent,
    KnownShift,
    Mark,
    Origins,
    ShiftKind,
)

__all__ = ["Earlier", "read_earlier"]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier brief told.

    Attributes:
        dyad: its pair.
        run_id: the run that it was made from.
        mark: how the pair stood; contradictions are left to ``cited``.
        cited: the sentences that it cited: document and first character.
    """

    dyad: Dyad
    run_id: str
    mark: Mark
    cited: frozenset[tuple[str, int]]


def read_earlier(path: Path) -> Earlier:
    """Read a brief that was written with ``--format json``.

    Raises:
        InputError: when the file cannot be read or is no such brief.
    """
    try:
        record = json.loads(path.read_bytes())
        return _earlier(record)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            f"{path}: no brief in JSON; `detente brief A B --format json --output FILE` makes one"
        ) from error


def _earlier(record: Mapping[str, Any]) -> Earlier:
    run_id = str(record["run_id"])
    entries = (*record["events"], *record["planned"])
    return Earlier(
        dyad=Dyad(str(record["dyad"]["actor"]), str(record["dyad"]["recipient"])),
        run_id=run_id,
        mark=Mark(
            state=run_id,
            events=tuple(_event(entry) for entry in entries),
            shifts=tuple(_shift(shift) for shift in record["shifts"]),
        ),
        cited=frozenset(_cited(record)),
    )


def _event(entry: Mapping[str, Any]) -> KnownEvent:
    claims = (one["claim_id"] for one in entry["evidence"])
    return KnownEvent(
        id=str(entry["event_id"]),
        claim_ids=tuple(str(claim)[:KNOWN_BY] for claim in claims if claim),
        denial_ids=(),
        origins=Origins(min=int(entry["origins"]["min"]), max=int(entry["origins"]["max"])),
        withdrawn=int(bool(entry["withdrawn"])),
    )


def _shift(shift: Mapping[str, Any]) -> KnownShift:
    return KnownShift(
        first=date.fromisoformat(shift["first"]),
        last=date.fromisoformat(shift["last"]),
        kind=ShiftKind(shift["kind"]),
        direction=Direction(shift["direction"]),
        likely=True,
        drivers=tuple(map(str, shift["drivers"])),
    )


def _cited(value: Any) -> Iterator[tuple[str, int]]:
    """Yield where the evidence stands that is anywhere in a record."""
    if isinstance(value, dict):
        if "quote" in value:
            yield str(value["document_id"]), int(value["start"])
        for one in value.values():
            yield from _cited(one)
    elif isinstance(value, list):
        for one in value:
            yield from _cited(one)

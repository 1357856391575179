"""PLOVER's own records, JSON lines (PLOVER manual, section on the record)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from detente.datasets.parties import Countries, sector_of_codes
from detente.datasets.records import Party, Row, coded, day_of, number_of
from detente.datasets.rows import each, lines
from detente.model import MODES, CodedEvent, EventType, Notice

__all__ = ["TERMS", "plover_type", "read"]

TERMS = "PLOVER records: the terms of whoever made them hold"


def plover_type(code: str, mode: str) -> tuple[EventType, str | None]:
    """Return a PLOVER type and mode by name; a mode that PLOVER has not for the type is dropped.

    Raises:
        ValueError: when the type is none of the sixteen.
    """
    try:
        event_type = EventType(code.strip().upper())
    except ValueError:
        raise ValueError(f"{code!r} is no PLOVER type; use one of {', '.join(EventType)}") from None
    mode = mode.strip().lower()
    return event_type, mode if mode in MODES[event_type] else None


def read(path: Path, countries: Countries) -> Iterator[CodedEvent | Notice]:
    """Yield an event for each actor and recipient of each record, and what was wrong."""
    filled = (one for one in lines(path) if isinstance(one, Notice) or one[1].strip())
    return each(filled, lambda text: _events(_record(text), countries))


def _record(text: str) -> dict[str, Any]:
    record = json.loads(text)
    if not isinstance(record, dict):
        raise ValueError("no JSON object; a PLOVER record is one a line")
    return record


def _events(record: dict[str, Any], countries: Countries) -> Iterator[CodedEvent]:
    for name in ("date", "event", "actor"):
        if not record.get(name):
            raise ValueError(f"no {name!r}; a PLOVER record must have one")
    day = day_of(str(record["date"]))
    plover = plover_type(str(record["event"]), str(record.get("mode") or ""))
    actors = [_party(one, countries) for one in _listed(record["actor"])]
    recipients = [_party(one, countries) for one in _listed(record.get("recipient") or [])]
    place = record.get("event_loc")
    place = place if isinstance(place, dict) else {}
    cited = record.get("cite_info")
    cited = cited if isinstance(cited, dict) else {}
    columns = {name: _text(value) for name, value in sorted(record.items())}
    for number, (actor, recipient) in enumerate(_pairs(actors, recipients)):
        yield coded(
            Row(
                dataset="plover",
                native_id=_text(record.get("id", "")),
                day=day,
                code=plover[0].value,
                plover=plover,
                actor=actor,
                recipient=recipient,
                columns=columns | {"pair": str(number)},
                goldstein=number_of(_text(record.get("event_scale", ""))),
                place=(
                    _text(place.get("resolved_place") or place.get("extracted_place") or ""),
                    _text(place.get("country_code") or place.get("country") or ""),
                ),
                where=(
                    number_of(_text(place.get("lat", ""))),
                    number_of(_text(place.get("lon", ""))),
                ),
                report=(_text(cited.get("url") or ""), _text(cited.get("citation") or ""), ""),
            )
        )


def _pairs(actors: list[Party], recipients: list[Party]) -> list[tuple[Party, Party]]:
    """Return who did it to whom; without recipients, what the actors did with each other."""
    if recipients:
        return [(actor, recipient) for actor in actors for recipient in recipients]
    both = [(a, b) for a in actors for b in actors if a is not b]
    return both or [(actor, ("", "", "")) for actor in actors]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _party(entity: Any, countries: Countries) -> Party:
    if not isinstance(entity, dict):
        return countries.of_name(_text(entity)), "", _text(entity)
    name = _text(entity.get("entity_text") or entity.get("identifier_text") or "")
    code = countries.of_name(_text(entity.get("code") or ""))
    return code, sector_of_codes([_text(entity.get("sector") or "")]), name


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)

"""Making a `CodedEvent` of what a loader has read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite

from detente.datasets.cameo import plover_of
from detente.model import CodedEvent, EventType, digest, mode_score, quad_class

__all__ = ["Party", "Row", "coded", "day_of", "number_of", "of_cameo"]

# Code, sector and name of one side.
Party = tuple[str, str, str]
EARLIEST = date(1900, 1, 1)


def day_of(text: str) -> date:
    """Return the day of "2016-07-26" or "20160726".

    Raises:
        ValueError: when it is none, or lies before 1900.
    """
    digits = text.strip()[:10].replace("-", "")
    if len(digits) != 8 or not digits.isascii() or not digits.isdigit():
        raise ValueError(f"{text!r} is no day; expected YYYY-MM-DD or YYYYMMDD")
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise ValueError(f"{text!r} is no day of the calendar") from None
    if day < EARLIEST:
        raise ValueError(f"{text!r} lies before {EARLIEST.year}")
    return day


def number_of(text: str) -> float | None:
    """Return a finite number, or None for what is none."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if isfinite(found) else None


def of_cameo(code: str) -> tuple[EventType | None, str | None]:
    """Return the PLOVER type and mode of a CAMEO code as a file spells it.

    Raises:
        ValueError: when it is no CAMEO code.
    """
    code = code.strip()
    if not code.isascii() or not code.isdigit() or not 2 <= len(code) <= 4:
        raise ValueError(f"{code!r} is no CAMEO code")
    if not "01" <= code[:2] <= "20":
        raise ValueError(f"{code!r} is no CAMEO code: roots go from 01 to 20")
    return plover_of(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a loader has read of a row.

    Attributes:
        dataset: the dataset.
        native_id: the row's own id.
        day: when.
        code: the dataset's code.
        plover: PLOVER type and mode.
        actor: who did it.
        recipient: to whom.
        columns: the whole row.
        goldstein: the dataset's intensity.
        place: name and country.
        where: latitude and longitude.
        report: address, outlet and id of the report.
        mentions: how many reports.
    """

    dataset: str
    native_id: str
    day: date
    code: str
    plover: tuple[EventType | None, str | None]
    actor: Party
    recipient: Party
    columns: Mapping[str, str]
    goldstein: float | None = None
    place: tuple[str, str] = ("", "")
    where: tuple[float | None, float | None] = (None, None)
    report: tuple[str, str, str] = ("", "", "")
    mentions: int = 1


def coded(row: Row) -> CodedEvent:
    """Return the event of a row."""
    whole = json.dumps(dict(row.columns), ensure_ascii=False, sort_keys=True)
    event_type, mode = row.plover
    url, outlet, story = row.report
    return CodedEvent(
        id=digest(row.dataset, whole),
        dataset=row.dataset,
        native_id=row.native_id,
        day=row.day,
        event_type=event_type,
        mode=mode,
        quad=quad_class(event_type) if event_type else 0,
        score=mode_score(event_type, mode) if event_type else None,
        native_code=row.code,
        goldstein=row.goldstein,
        actor=row.actor[0],
        actor_sector=row.actor[1],
        actor_name=row.actor[2],
        recipient=row.recipient[0],
        recipient_sector=row.recipient[1],
        recipient_name=row.recipient[2],
        place=row.place[0],
        place_country=row.place[1],
        latitude=row.where[0],
        longitude=row.where[1],
        url=url,
        outlet=outlet,
        story=story,
        mentions=max(1, row.mentions),
        duplicate_of=None,
        columns=whole,
    )

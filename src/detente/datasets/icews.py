"""ICEWS event files: the twenty columns of Dataverse, and the six of forecasting benchmarks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from detente.datasets.parties import Countries, sector_of_words
from detente.datasets.records import Party, Row, coded, day_of, number_of, of_cameo
from detente.datasets.rows import each, lines, table
from detente.model import CodedEvent, Notice

__all__ = ["TERMS", "read"]

TERMS = "ICEWS: Lockheed Martin, Harvard Dataverse; the terms of its Dataverse page hold"

_LONG = (
    "Event ID,Event Date,Source Name,Source Sectors,Source Country,CAMEO Code,Intensity,"
    "Target Name,Target Sectors,Target Country"
).split(",")
_SHORT = "date,source,event_text,target,cameo,goldstein".split(",")


def read(path: Path, countries: Countries) -> Iterator[CodedEvent | Notice]:
    """Yield the events of an ICEWS file, and what was wrong with the other lines."""
    needed, event = (_SHORT, _short) if _is_short(path) else (_LONG, _long)
    return each(table(path, needed, whose="ICEWS"), lambda row: (event(row, countries),))


def _is_short(path: Path) -> bool:
    first = next(iter(lines(path)), None)
    return isinstance(first, tuple) and first[1].split(",") == _SHORT


def _long(row: dict[str, str], countries: Countries) -> CodedEvent:
    story = row.get("Story ID", "")
    return coded(
        Row(
            dataset="icews",
            native_id=row["Event ID"],
            day=day_of(row["Event Date"]),
            code=row["CAMEO Code"],
            plover=of_cameo(row["CAMEO Code"]),
            actor=_party(row, "Source", countries),
            recipient=_party(row, "Target", countries),
            columns=row,
            goldstein=number_of(row["Intensity"]),
            place=(_known(row.get("City", "")), _known(row.get("Country", ""))),
            where=(number_of(row.get("Latitude", "")), number_of(row.get("Longitude", ""))),
            report=("", _known(row.get("Publisher", "")), _known(story)),
        )
    )


def _short(row: dict[str, str], countries: Countries) -> CodedEvent:
    return coded(
        Row(
            dataset="icews",
            native_id="",
            day=day_of(row["date"]),
            code=row["cameo"],
            plover=of_cameo(row["cameo"]),
            actor=_named(row["source"], countries),
            recipient=_named(row["target"], countries),
            columns=row,
            goldstein=number_of(row["goldstein"]),
        )
    )


def _known(value: str) -> str:
    return "" if value in {"NA", "NULL"} else value


def _party(row: dict[str, str], which: str, countries: Countries) -> Party:
    name = row[f"{which} Name"]
    country = countries.of_name(row[f"{which} Country"]) or countries.of_actor(name)
    return country, sector_of_words(_known(row[f"{which} Sectors"])) or sector_of_words(name), name


def _named(name: str, countries: Countries) -> Party:
    return countries.of_actor(name), sector_of_words(name), name

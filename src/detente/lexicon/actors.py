"""Who can act: countries, capitals, organisations, people in office, and nouns for agents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import TypeVar

from pydantic import ValidationError
from rapidfuzz import fuzz, process

from detente.errors import LexiconError
from detente.lexicon.actor_files import (
    ActorFile,
    AgentFile,
    AgentGroup,
    AmbiguousFile,
    AmbiguousWord,
    BuiltFile,
    CountryFile,
    NamedFile,
    OfficeFile,
)
from detente.lexicon.actor_names import (
    body_names,
    city_names,
    common_surnames,
    country_names,
    own_names,
    people_of,
    region_names,
    without,
)
from detente.lexicon.files import DATA, LexiconFile, load_file
from detente.lexicon.gazetteer import Gazetteer, load_gazetteer
from detente.lexicon.names import Name, NameKind, key_of

__all__ = ["NAMED_FILES", "ActorLexicon", "Resolution", "load_actors", "people_of", "with_actors"]

_T = TypeVar("_T")

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
NAMED_FILES = {"seats": NameKind.SEAT, "people": NameKind.PERSON} | dict.fromkeys(
    ("organisations", "armed_groups", "agencies", "parties", "societies", "media", "companies"),
    NameKind.BODY,
)
MOST_CANDIDATES = 5
# Share of equal letters from which on a name counts as a misspelling of another.
NEAR = 77
_NAMING_STATES = frozenset({NameKind.COUNTRY, NameKind.ADJECTIVE, NameKind.CAPITAL})
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
        ambiguous_file: the word lists of actors/ambiguous.yaml.
        common_surnames: family names that do not tell who is meant, in lower case.
        titles: the English names of countries, by code.
        versions: "name version digest" of each shipped file read.
    """

    def __init__(
        self,
        names: Iterable[Name],
        agent_file: AgentFile,
        ambiguous: AmbiguousFile,
        titles: dict[str, str],
        versions: tuple[str, ...] = (),
    ) -> None:
        self.phrases: dict[str, tuple[Name, ...]] = {}
        self.longest: dict[str, int] = {}
        self.agents: dict[str, AgentGroup] = {
            noun.lower(): group for group in agent_file.groups for noun in group.nouns
        }
        self.agent_file = agent_file
        self.ambiguous_file = ambiguous
        self.ambiguous: dict[str, AmbiguousWord] = {
            key_of(entry.word)[0]: entry for entry in ambiguous.words
        }
        self.common_surnames = frozenset(key_of(word)[0] for word in ambiguous.surnames)
        self.versions = versions
        self.titles = titles
        for name in names:
            self._add(name)
        for entry in ambiguous.words:
            if entry.kind is not None:
                self._add(Name(entry.word, entry.kind, entry.word, entry.code))
        for text in ambiguous.blocked:
            self._add(Name(text, NameKind.BLOCKED, text, None))

    def _add(self, name: Name) -> None:
        key, count = key_of(name.text)
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
        return self.phrases.get(key_of(text)[0], ())

    def country_name(self, code: str) -> str:
        """Return the English name of a country code, or the code where it has none."""
        return self.titles.get(code) or PSEUDO_COUNTRIES.get(code, code)

    def names_of(self, code: str) -> tuple[str, ...]:
        """Return the names, adjectives and capitals that mean this country and no other.

        Of ambiguous words counts only a country's usual name ("Georgia", not "the South").
        """
        return self._names_by_country.get(code, ())

    def namesakes_of(self, code: str) -> tuple[str, ...]:
        """Return the names of other countries that hold one of this country: "South Sudan"."""
        own = re.compile(rf"\b(?:{'|'.join(map(re.escape, self.names_of(code)))})\b")
        return tuple(
            text
            for other, texts in sorted(self._names_by_country.items())
            if other != code
            for text in texts
            if own.search(text)
        )

    def states_in(self, text: str) -> frozenset[str]:
        """Return the codes of the states that a text names, by `names_of`."""
        pattern, codes = self._state_names
        return frozenset(codes[found[0]] for found in pattern.finditer(text))

    @cached_property
    def _state_names(self) -> tuple[re.Pattern[str], dict[str, str]]:
        codes = {
            text: code
            for code, texts in self._names_by_country.items()
            if code in self.titles
            for text in texts
        }
        listed = sorted(codes, key=lambda text: (-len(text), text))
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})(?!\w)"), codes

    @cached_property
    def _names_by_country(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, set[str]] = {}
        for key, names in self.phrases.items():
            states = {one.country for one in names if one.kind in _NAMING_STATES and one.country}
            if len(states) != 1:
                continue
            code = states.pop()
            texts = {one.text for one in names if one.kind in _NAMING_STATES}
            if key not in self.ambiguous or self.titles.get(code) in texts:
                found.setdefault(code, set()).update(texts)
        return {code: tuple(sorted(texts)) for code, texts in found.items()}

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
        if code in self.titles or code in PSEUDO_COUNTRIES or code in self._codes_of_names:
            return Resolution(code, (self._candidate(code),))
        plain = text[4:] if text.lower().startswith("the ") else text
        key = key_of(plain)[0]
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

    @cached_property
    def _codes_of_names(self) -> frozenset[str | None]:
        return frozenset(name.country for names in self.phrases.values() for name in names)

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all countries and pseudo-countries that a name may have."""
        return frozenset(code for code in self._codes_of_names if code)

    def _candidate(self, code: str) -> str:
        return f"{self.country_name(code)} ({code})"


_COUNTRY_KINDS = frozenset({NameKind.COUNTRY, NameKind.ADJECTIVE, NameKind.PEOPLE})


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
    names = [*country_names(built, extra), *region_names(extra), *city_names(built)]
    versions = [countries_version, agents_version, ambiguous_version]
    for stem, kind in NAMED_FILES.items():
        path = folder / f"{stem}.yaml"
        if path.exists():
            named, version = load_file(path, NamedFile)
            names += body_names(named.actors, kind)
            versions.append(version)
    path = folder / "offices.yaml"
    if path.exists():
        offices, version = load_file(path, OfficeFile)
        names += people_of(offices.offices)
        common = (*ambiguous.surnames, *common_surnames(offices.offices))
        ambiguous = ambiguous.model_copy(update={"surnames": common})
        versions.append(version)
    titles = {country.code: country.name for country in built.countries}
    titles |= {country.code: country.name for country in extra.countries}
    return ActorLexicon(names, agent_file, ambiguous, titles, tuple(sorted(versions)))


def with_actors(
    shipped: ActorLexicon, own: Sequence[ActorFile | AgentFile | AmbiguousFile]
) -> ActorLexicon:
    """Return a lexicon with what a user's files add to it, each file after the ones before.

    What a name of theirs means is what they say, whatever the lexicon said of that name; the
    agent nouns and the ambiguous words that they have are theirs, too.
    """
    if not own:
        return shipped
    names: list[Name] = [name for listed in shipped.phrases.values() for name in listed]
    titles = dict(shipped.titles)
    decided: set[str] = set()
    surnames: list[str] = []
    for file in own:
        if isinstance(file, ActorFile):
            added = list(own_names(file))
            names = [*without(names, file, added), *added]
            titles |= {country.code: country.name for country in file.countries}
            decided |= {key_of(n.text)[0] for n in added if n.kind is not NameKind.SURNAME}
            surnames += common_surnames(file.offices)
    agents = [shipped.agent_file, *(file for file in own if isinstance(file, AgentFile))]
    words = [file for file in own if isinstance(file, AmbiguousFile)]
    known = shipped.ambiguous_file
    doubtful = [word for word in known.words if key_of(word.word)[0] not in decided]
    blocked = [text for text in known.blocked if key_of(text)[0] not in decided]
    ambiguous = known.model_copy(
        update={
            "words": _joined((doubtful, *(file.words for file in words))),
            "blocked": _joined((blocked, *(file.blocked for file in words))),
            "surnames": _joined((known.surnames, surnames, *(file.surnames for file in words))),
        }
    )
    lists = AgentFile.model_fields.keys() - LexiconFile.model_fields.keys()
    joined = {key: _joined(getattr(file, key) for file in agents) for key in lists}
    agent_file = shipped.agent_file.model_copy(update=joined)
    return ActorLexicon(names, agent_file, ambiguous, titles, shipped.versions)


def _joined(lists: Iterable[Iterable[_T]]) -> tuple[_T, ...]:
    return tuple(item for listed in lists for item in listed)


def _load_built() -> BuiltFile:
    path = DATA / "countries.json"
    try:
        return BuiltFile.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise LexiconError(
            f"{path.name}: {error}; rebuild it with tools/build_actors.py"
        ) from error

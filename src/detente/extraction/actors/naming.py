"""Names of the lexicon in a text: longest match over tokens, and which reading holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc, Span, Token

from detente.lexicon.actors import ActorLexicon
from detente.lexicon.names import Name, NameKind, fits_case, pieces

__all__ = ["HONORIFICS", "Context", "Named", "context_of", "find_names"]

# Tokens that may stand inside a name ("al-Shabaab", "N'Djamena", "Johnson & Johnson").
_JOINTS = frozenset({"-", "–", "'", "’", "/", ".", "&", "+"})
HONORIFICS = frozenset(
    {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir", "lord", "lady", "dame"}
    | {"madam", "madame", "monsieur", "herr", "frau", "senor", "comrade"}
    | {"sen.", "gen.", "rep.", "col.", "lt.", "maj.", "adm.", "hon.", "prof.", "rev."}
)
_LETTERS = re.compile(r"[A-Za-z]+")
# From this size on (thousands of people) a city is taken for one even where the model saw none;
# American cities bear the names of people.
_BIG_CITY = 300
_NAMED_AFTER_PEOPLE = "USA"
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC", "NORP"})
# "May", "Park" and "Hill" under one of these labels are nobody's name.
_NO_PERSON = frozenset({"DATE", "TIME", "LOC", "FAC", "EVENT", "WORK_OF_ART", "PRODUCT", "NORP"})
_PLACE_KINDS = frozenset({NameKind.COUNTRY, NameKind.CAPITAL, NameKind.CITY, NameKind.REGION})
# Names of these kinds tell whose a body of many namesakes is.
_TELLING = frozenset(
    {NameKind.COUNTRY, NameKind.ADJECTIVE, NameKind.PEOPLE, NameKind.CAPITAL, NameKind.PERSON}
)
# Of several readings of the same words the first of these counts.
_PREFERENCE = {
    kind: rank
    for rank, kind in enumerate(
        (
            NameKind.BLOCKED,
            NameKind.COUNTRY,
            NameKind.ADJECTIVE,
            NameKind.PEOPLE,
            NameKind.CAPITAL,
            NameKind.SEAT,
            NameKind.BODY,
            NameKind.PERSON,
            NameKind.REGION,
            NameKind.CITY,
            NameKind.SURNAME,
        )
    )
}


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the lexicon in a passage: the tokens ``start <= i < end``.

    ``country`` is None for a name that is known but belongs to no one country.
    """

    start: int
    end: int
    kind: NameKind
    actor: str
    country: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class Context:
    """What the document tells about its names.

    Attributes:
        words: all its words, without accents, in lower case.
        people: full names of the lexicon's people that occur in it.
        countries: countries whose names, people, capitals or office holders occur in it.
        published: its day, by which offices count.
    """

    words: frozenset[str]
    people: frozenset[str]
    countries: frozenset[str]
    published: date | None


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    key: str
    names: tuple[Name, ...]


def context_of(
    docs: Sequence[Doc], actors: ActorLexicon, published: date | None
) -> tuple[Context, list[list[_Match]]]:
    """Match every passage of a document and collect what decides between readings.

    Args:
        docs: the parsed passages.
        actors: the lexicon.
        published: the document's day.

    Returns:
        The context, and the matches of each passage for ``find_names``.
    """
    words: set[str] = set()
    people: set[str] = set()
    countries: set[str] = set()
    found = []
    for doc in docs:
        matches, keys = _match(doc, actors)
        words.update(keys)
        found.append(matches)
        for match in matches:
            people.update(n.actor for n in match.names if n.kind is NameKind.PERSON)
            countries.update(n.country for n in match.names if n.country and n.kind in _TELLING)
    context = Context(frozenset(words), frozenset(people), frozenset(countries), published)
    return context, found


def _match(doc: Doc, actors: ActorLexicon) -> tuple[list[_Match], list[str]]:
    written, owners, joined = _written(doc)
    keys = [piece.lower() for piece in written]
    matches: list[_Match] = []
    longest, phrases = actors.longest, actors.phrases
    at, count = 0, len(keys)
    while at < count:
        most = longest.get(keys[at], 0)
        step = 1
        for size in range(min(most, count - at), 0, -1):
            if size > 1 and not all(joined[at + 1 : at + size]):
                continue
            key = " ".join(keys[at : at + size])
            names = phrases.get(key)
            if not names or _cuts_a_word(doc, owners, at, at + size):
                continue
            if keys[at] == "the" and _runs_on(keys, at + 1, size - 1, actors):
                continue
            fitting = tuple(
                name for name in names if fits_case(written[at : at + size], name.pieces)
            )
            if fitting:
                matches.append(_Match(owners[at], owners[at + size - 1] + 1, key, fitting))
                step = size
                break
        at += step
    return matches, keys


def _runs_on(keys: list[str], at: int, size: int, actors: ActorLexicon) -> bool:
    """Return whether a longer name begins behind an article: "the Guardian Council"."""
    most = min(actors.longest.get(keys[at], 0), len(keys) - at) if at < len(keys) else 0
    return any(" ".join(keys[at : at + n]) in actors.phrases for n in range(size + 1, most + 1))


def _cuts_a_word(doc: Doc, owners: list[int], first: int, end: int) -> bool:
    """Return whether pieces are only part of a word with an apostrophe: "Sana" of "Sana'a"."""
    before = first > 0 and owners[first - 1] == owners[first]
    after = end < len(owners) and owners[end] == owners[end - 1]
    cut = (owners[first],) * before + (owners[end - 1],) * after
    return any("'" in doc[i].text or "’" in doc[i].text for i in cut)


def _written(doc: Doc) -> tuple[list[str], list[int], list[bool]]:
    """Return the pieces of a passage, the token of each, and whether it adjoins the one before."""
    written: list[str] = []
    owners: list[int] = []
    joined: list[bool] = []
    adjoins = False
    for index, token in enumerate(doc):
        text = token.text
        parts = [text] if _LETTERS.fullmatch(text) else pieces(text)
        if not parts:
            adjoins = adjoins and (text in _JOINTS or text.isspace())
            continue
        for part in parts:
            written.append(part)
            owners.append(index)
            joined.append(adjoins)
            adjoins = True
    return written, owners, joined


def find_names(
    doc: Doc, matches: Iterable[_Match], context: Context, actors: ActorLexicon
) -> dict[int, Named]:
    """Decide what each match names.

    Args:
        doc: the passage.
        matches: its matches, from ``context_of``.
        context: what the document tells.
        actors: the lexicon.

    Returns:
        For each token inside a name that stands, that name. A blocked name ("Washington Post") is
        there with kind BLOCKED, so that nothing inside it is taken for a country.
    """
    listed = list(matches)
    # what was matched and did not stand is a word like any other
    standing = {i for match in listed for i in range(match.start, match.end)}
    persons = {
        i: ent for ent in doc.ents if ent.label_ == "PERSON" for i in range(ent.start, ent.end)
    }
    found: dict[int, Named] = {}
    for match in listed:
        named = _decide(doc, match, context, actors)
        if (
            named is None
            or _inside_a_person(doc, named, persons, standing, actors)
            or (
                match.key in actors.ambiguous
                and _stands_before_a_name(doc, named, standing, actors)
            )
        ):
            standing.difference_update(range(match.start, match.end))
            continue
        for index in range(match.start, match.end):
            found.setdefault(index, named)
    return found


def _decide(doc: Doc, match: _Match, context: Context, actors: ActorLexicon) -> Named | None:
    if match.end < len(doc) and doc[match.end].is_currency:
        return None  # "US $5 million", "C$3"
    # one token for some names, "U.S.-backed": the backer is not who acts
    suffix = doc[match.start].lower_.rpartition("-")[2]
    if match.end == match.start + 1 and suffix.endswith("ed") and suffix not in ("led", match.key):
        return None
    entry = actors.ambiguous.get(match.key)
    override: str | None = None
    if entry is not None:
        support = any(word in context.words for word in entry.cues)
        doubt = any(word in context.words for word in entry.against)
        if support != doubt:
            if doubt and entry.against_code is None:
                return None
            override = entry.code if support else entry.against_code
        elif entry.otherwise == "drop":
            return None
        else:
            override = entry.code
    names = sorted(match.names, key=lambda name: _PREFERENCE[name.kind])
    bearers = [name for name in names if name.kind is NameKind.SURNAME]
    town = names[0].kind is NameKind.CITY and doc[match.start].ent_type_ in _PLACE_LABELS
    if bearers and names[0].kind in (NameKind.SURNAME, NameKind.CITY) and not town:
        return _bearer(doc, match, bearers, context, actors)
    best = _own_namesake(names, context)
    if best is None:
        return None
    tagged = doc[match.start]
    if best.kind is NameKind.PEOPLE and any(n.kind is NameKind.ADJECTIVE for n in names):
        best = replace(best, kind=NameKind.ADJECTIVE)
    least = 1000 if best.country == _NAMED_AFTER_PEOPLE else _BIG_CITY
    small = best.kind is NameKind.CITY and best.thousands < least
    if small and (entry is None and tagged.ent_type_ not in _PLACE_LABELS):
        return None
    country, sector = _standing(best, context.published)
    return Named(match.start, match.end, best.kind, best.actor, override or country, sector)


def _own_namesake(names: list[Name], context: Context) -> Name | None:
    """Return the first name; of bodies of several countries that of the one that is spoken of.

    Many states have a Labour Party and a House of Commons.
    """
    best = names[0]
    if best.kind is not NameKind.BODY or len(names) == 1:
        return best
    same = [name for name in names if name.kind is NameKind.BODY]
    if len({name.country for name in same}) == 1:
        return best
    near = [name for name in same if name.country in context.countries]
    return near[0] if len({name.country for name in near}) == 1 else None


def _standing(name: Name, day: date | None) -> tuple[str | None, str | None]:
    """Return country and sector of a name on a day; out of office a person is ELI."""
    if not name.terms or day is None:
        return name.country, name.sector
    holding = [term for term in name.terms if term.holds(day)]
    if holding:
        return holding[0].country, holding[0].sector
    if name.kind in (NameKind.PERSON, NameKind.SURNAME):
        begun = [term for term in name.terms if term.first is None or term.first <= day]
        if not begun:
            return name.terms[0].country, None
        return max(begun, key=lambda term: term.first or date.min).country, "ELI"
    return name.country, name.sector


def _bearer(
    doc: Doc, match: _Match, names: list[Name], context: Context, actors: ActorLexicon
) -> Named | None:
    """Decide who a family name alone means: one in office, or one whose full name is there."""
    day = context.published
    known = [name for name in names if name.actor in context.people]
    serving = [name for name in names if day and any(term.holds(day) for term in name.terms)]
    common = match.key in actors.common_surnames
    token = doc[match.start]
    if common and not known and (token.ent_type_ in _NO_PERSON or token.pos_ != "PROPN"):
        return None
    choice = known or serving or ([] if common else names)
    if len({name.actor for name in choice}) != 1:
        return None
    best = choice[0]
    country, sector = _standing(best, day)
    return Named(match.start, match.end, NameKind.SURNAME, best.actor, country, sector)


def _inside_a_person(
    doc: Doc, named: Named, persons: dict[int, Span], matched: set[int], actors: ActorLexicon
) -> bool:
    """Return whether the name is part of a longer one (Paris Hilton, Bilal Erdogan)."""
    if named.kind is NameKind.SURNAME:
        own = set(pieces(named.actor))
        around = [named.start - 1, named.end]
        return any(
            0 <= i < len(doc)
            and i not in matched
            and _is_name_word(doc[i], actors)
            and doc[i].text not in own
            for i in around
        )
    ent = persons.get(named.start)
    if ent is None or named.kind not in _PLACE_KINDS:
        return False
    return any(
        i not in matched and _is_name_word(doc[i], actors) for i in range(ent.start, ent.end)
    )


def _stands_before_a_name(doc: Doc, named: Named, matched: set[int], actors: ActorLexicon) -> bool:
    """Return whether a name of several readings begins a longer one (Jordan Lake)."""
    end = named.end
    if named.kind is NameKind.ADJECTIVE or end >= len(doc) or end in matched:
        return False
    # In a headline of capitals the model takes verbs for names.
    one = doc[end].ent_iob_ == "I" and not doc[end].text.isupper()
    return one and doc[end - 1].dep_ == "compound" and _is_name_word(doc[end], actors)


def _is_name_word(token: Token, actors: ActorLexicon) -> bool:
    return (
        token.pos_ == "PROPN"
        and token.text[0].isupper()
        and token.lower_ not in HONORIFICS
        and token.lemma_.lower() not in actors.agents
        and token.text.lower() not in actors.agents
    )

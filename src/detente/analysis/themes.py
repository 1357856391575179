"""What events were about: themes of the lexicon, third countries and regions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from detente.analysis.telling import Telling, evidence_at
from detente.lexicon.actors import ActorLexicon
from detente.lexicon.names import NameKind, fits_case, pieces
from detente.lexicon.themes import ThemeLexicon
from detente.model import Claim, Dyad, EventType, Evidence, Matter, Theme

__all__ = ["themes_of"]

_WORD = re.compile(r"[\w'’.-]+")
# Names of more words than this are not looked for.
_LONGEST = 4
# What names a land that a dispute may be about; a town or a people tells no theme.
_LANDS = frozenset({NameKind.COUNTRY, NameKind.REGION})

# Where these took place is what they are about; where two met is not.
_WHERE_COUNTS = frozenset(
    {EventType.AID, EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE, EventType.RETREAT}
)


def themes_of(
    told: Iterable[Telling], dyad: Dyad, themes: ThemeLexicon, actors: ActorLexicon
) -> tuple[Theme, ...]:
    """Return what events were about, the most frequent first.

    An event counts once for each theme that a phrase of its own clause has a word of, and for
    each land, other than the two, that such a phrase names or in which it took place.

    Args:
        told: the events, in order of date.
        dyad: the pair; its own countries are no themes.
        themes: the words of the themes.
        actors: the names of lands.
    """
    events: dict[tuple[str, str], list[str]] = {}
    evidence: dict[tuple[str, str], list[Evidence]] = {}
    for telling in told:
        seen: dict[tuple[str, str], Evidence] = {}
        for claim, matter in telling.claims:
            for key, found in _themed(claim, matter, dyad, themes, actors):
                seen.setdefault(key, found)
        for key, found in seen.items():
            events.setdefault(key, []).append(telling.event.id)
            evidence.setdefault(key, []).append(found)
    return tuple(
        Theme(name=key[0], country=key[1], event_ids=tuple(ids), evidence=tuple(evidence[key]))
        for key, ids in sorted(events.items(), key=lambda item: (-len(item[1]), item[0]))
    )


def _themed(
    claim: Claim, matter: Matter, dyad: Dyad, themes: ThemeLexicon, actors: ActorLexicon
) -> Iterator[tuple[tuple[str, str], Evidence]]:
    for span in matter.spans:
        for name, _, _ in themes.find(span.text):
            yield (name, ""), evidence_at(claim, span)
        for name, country in _lands(span.text, actors):
            if country not in (dyad.actor, dyad.recipient):
                yield (name, country), evidence_at(claim, span)
    place = claim.place if claim.event_type in _WHERE_COUNTS else None
    if place and place.country and place.country not in (dyad.actor, dyad.recipient):
        name = actors.country_name(place.country)
        yield (name, place.country), evidence_at(claim, place.span)


def _lands(phrase: str, actors: ActorLexicon) -> Iterator[tuple[str, str]]:
    """Yield the countries and regions that a phrase names, with the code of each."""
    words = list(_WORD.finditer(phrase))
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + _LONGEST), at, -1):
            text = phrase[words[at].start() : words[end - 1].end()]
            if land := _land(text, actors):
                yield land
                at = end - 1
                break
        at += 1


def _land(text: str, actors: ActorLexicon) -> tuple[str, str] | None:
    if not text[0].isupper():
        return None
    names = [one for one in actors.names(text) if fits_case(pieces(text), one.pieces)]
    lands = {(one.kind, one.country, one.actor) for one in names if one.kind in _LANDS}
    if len(lands) != 1 or len({one.kind for one in names}) != 1:
        return None
    kind, country, name = lands.pop()
    if country is None:
        return None
    return (actors.country_name(country) if kind is NameKind.COUNTRY else name), country

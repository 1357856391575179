"""Where an event was: the places that its own words are attached to.

These are the prepositions beside its predicate or, where something is done to people or things,
beside those; a town that is attacked or seized; a town before an event noun ("the Kabul attack");
and the circumstances of the verb by which an event noun happens ("talks were held in Geneva"). A
place that stands elsewhere in the sentence is none of the event's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.tokens import Token

from detente.extraction.events.prepositions import coordinated
from detente.extraction.events.roles import Arguments
from detente.model import Place
from detente.model.ontology import EventType

if TYPE_CHECKING:
    from detente.extraction.actors.mentions import Mentions

__all__ = ["place_of"]

_PREPOSITIONS = frozenset(
    """in at near over off inside along outside around across throughout within on""".split()
)
# What happens during something happens where that does.
_MEANWHILE = frozenset({"during", "amid"})
_MARKS = frozenset({"when", "after", "as"})
_LABELS = frozenset({"prep", "prt", "advmod"})
# To or with whom something is done: what hangs on them tells where.
_REACHING = ("on", "at", "against", "with", "into", "of", "between", "by")
# Types that do something to somebody somewhere; the others only speak of it.
_DEEDS = frozenset(
    {
        EventType.ASSAULT,
        EventType.COERCE,
        EventType.PROTEST,
        EventType.MOBILIZE,
        EventType.AID,
        EventType.RETREAT,
        EventType.CONSULT,
    }
)
# Verbs of which a town can be the object without standing for its country.
_TAKING = frozenset(
    """attack bomb shell bombard strike hit raid storm pound target invade enter seize capture take
    retake recapture besiege surround occupy overrun conquer liberate reach leave evacuate blockade
    visit tour siege seizure takeover occupation recapture liberation fall""".split()
)
# What a verb says of an event noun without being an act of its own: its place is the event's.
_HAPPENING = frozenset(
    """happen occur spread begin start
    erupt break continue resume hold take end open go kill wound injure
    leave hit strike destroy damage die""".split()
)
# "in response to an attack in Gaza" is not in Gaza.
_NO_SCENES = frozenset(
    """response retaliation revenge reprisal reaction protest connection relation memory support
    solidarity honour honor favour favor opposition light view exchange return bid effort attempt
    anger interest charge addition order case accordance agreement reference line suspicion basis
    behalf ground condition occasion eve day night week month year morning evening afternoon
    anniversary time""".split()
)
_PARTS = frozenset({"half", "part", "most", "rest", "control"})
_HARMING = frozenset({"kill", "wound", "injure"})
_BY_WAY = frozenset({"in", "during", "by", "from", "at", "amid"})
_MODIFYING = frozenset({"compound", "nmod", "amod"})
# "in a raid on a checkpoint in ...": no deeper.
_DEEPEST = 4


def place_of(
    mentions: Mentions,
    arguments: Arguments,
    anchor: Iterable[Token],
    parties: set[int],
    event_type: EventType,
) -> Place | None:
    """Return where an event was, by what is attached to it.

    Args:
        mentions: the places of the passage.
        arguments: of the event's predicate.
        anchor: the tokens that name the event.
        parties: the heads of its actors and recipients, which are no places.
        event_type: its type.

    Returns:
        The first town, where it lies in the country of the first place that has one; else that
        place; else the first at all. None where nothing attached is a place.
    """
    found: list[tuple[Token, Place]] = []
    for token in _places(mentions, arguments, tuple(anchor), parties, event_type):
        place: Place | None = mentions.place_at(token)
        if place is not None:
            found.append((token, place))
    country = next((place.country for _, place in found if place.country), None)
    for token, place in found:
        if place.city and place.country in (country, None):
            # "attacked the town of Damboa in northeastern Nigeria"
            told = None if place.country else country
            return _alone(token, mentions.place_at(token, told) or place, mentions)
    for token, place in found:
        if place.country or country is None:
            return _alone(token, place, mentions)
    return None


def _alone(token: Token, place: Place, mentions: Mentions) -> Place:
    """Return a place without what does not hold of the others joined to it: "Cairo and Suez"."""
    joined = [mentions.place_at(other) for other in token.conjuncts if other.i > token.i]
    others = [other for other in joined if other is not None]
    if any(other.country not in (place.country, None) for other in others):
        return replace(place, country=None, city=None, latitude=None, longitude=None)
    if any(other.city for other in others):
        return replace(place, city=None, latitude=None, longitude=None)
    return place


def _places(
    mentions: Mentions,
    arguments: Arguments,
    anchor: tuple[Token, ...],
    parties: set[int],
    event_type: EventType,
) -> Iterator[Token]:
    """Yield the heads of the phrases that may be the event's place, the nearest first."""
    head = arguments.head
    deed = event_type in _DEEDS
    for token in anchor:
        yield from _beside(token, parties)
        for child in token.lefts:
            if child.dep_ in _MODIFYING and child.i not in parties and mentions.is_town(child):
                yield child
    if deed:
        for token in arguments.object:
            if event_type is EventType.ASSAULT or head.lemma_ in _TAKING:
                yield from _taken(token, mentions, head)
            yield from _beside(token, parties)
        for word in _REACHING:
            for token in arguments.prep.get(word, ()):
                if word == "into" and event_type is EventType.ASSAULT:
                    yield token
                if word == "of" and any(t.lemma_ in _PARTS for t in arguments.object):
                    yield token  # "took control of Goma", "seized half of the city"
                yield from _beside(token, parties)
    if head.pos_ in ("NOUN", "PROPN"):
        yield from _around(head, parties)
    elif deed:
        yield from _shared(head, parties)


def _taken(token: Token, mentions: Mentions, head: Token) -> Iterator[Token]:
    """Yield an object that is itself a town: "bombed Aleppo", "the siege of Homs"."""
    taken = head.pos_ == "NOUN" or head.lemma_ in _TAKING
    placed = token.dep_ in ("dobj", "pobj", "nsubjpass", "conj")
    place = mentions.place_at(token) if taken and placed else None
    if place is not None and (place.city or token.pos_ == "NOUN"):
        yield token


def _beside(token: Token, parties: set[int], depth: int = 0) -> Iterator[Token]:
    """Yield the objects of a token's prepositions of place, and of those inside them."""
    for child in token.children:
        if child.dep_ in _LABELS and child.lower_ in _PREPOSITIONS | _MEANWHILE:
            for inner in child.children:
                if inner.dep_ == "pobj" and inner.i not in parties:
                    scene = inner.pos_ == "PROPN" or inner.lemma_.lower() not in _NO_SCENES
                    placed = child.lower_ not in _MEANWHILE
                    if scene and placed and (child.lower_ != "on" or inner.pos_ == "NOUN"):
                        yield inner
                    if scene and depth < _DEEPEST:
                        for joined in coordinated((inner,)):
                            yield from _beside(joined, parties, depth + 1)


def _around(noun: Token, parties: set[int]) -> Iterator[Token]:
    """Yield the places of the verb that tells of an event noun: "talks were held in Geneva"."""
    head = noun.head
    if noun.dep_ in ("nsubj", "nsubjpass") and head.lemma_ in _HAPPENING:
        yield from _beside(head, parties)
        for child in head.children:
            if child.dep_ in ("dobj", "oprd", "acomp"):  # "left ten people dead in Jos"
                yield from _beside(child, parties)
                for inner in child.rights:
                    if inner.dep_ == "amod":
                        yield from _beside(inner, parties)
    elif noun.dep_ == "pobj" and head.lower_ in _BY_WAY and head.head.pos_ == "VERB":
        for token in _beside(head.head, parties):
            if token.i != noun.i:
                yield token


def _shared(verb: Token, parties: set[int]) -> Iterator[Token]:
    """Yield the places of verbs that tell of the same: "blew himself up in Jos, killing two"."""
    joined = (c for c in verb.children if c.dep_ == "conj" and c.lemma_ in _HARMING)
    for other in joined:
        if not any(child.dep_ in ("nsubj", "nsubjpass") for child in other.children):
            for place in (other, *(c for c in other.children if c.dep_ == "dobj")):
                yield from _beside(place, parties)
    if verb.dep_ == "advcl" and verb.head.lemma_ in (*_HARMING, "die"):
        # "ten were killed in Jos when police opened fire"
        if any(child.lower_ in _MARKS for child in verb.lefts):
            yield from _beside(verb.head, parties)
        return
    result = verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.head.pos_ == "VERB"
    if result and not any(child.dep_ in ("nsubj", "mark") for child in verb.children):
        yield from _beside(verb.head, parties)

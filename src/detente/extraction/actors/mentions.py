"""Actor mentions: which noun phrases of a document name an actor, and which one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from functools import cached_property

from spacy.tokens import Token

from detente.extraction.actors.agent_nouns import DASHES
from detente.extraction.actors.naming import context_of, find_names
from detente.extraction.actors.phrases import Phrase, Phrases, is_nominal
from detente.extraction.actors.places import PlaceFinder, countries_in
from detente.extraction.actors.reference import Reference, resolve_references
from detente.extraction.parse import Passage
from detente.lexicon.actors import PSEUDO_COUNTRIES, ActorLexicon
from detente.lexicon.names import NameKind
from detente.model import Mention, Place, Span

__all__ = ["Mentions", "find_mentions"]

_PLACED = frozenset({"in", "at", "near", "across", "outside", "around", "inside", "throughout"})
_DEEPEST = 4

# Bodies that a town has: its police, its courts, its council.
_LOCAL = frozenset({"COP", "JUD", "LEG", "GOV"})


class Mentions:
    """The actors and places that the noun phrases of one passage name.

    Args:
        passage: the passage.
        index: its place in the document.
        names: those of the document.
    """

    def __init__(self, passage: Passage, index: int, names: _Names) -> None:
        self._passage = passage
        self._index = index
        self._names = names
        self._given: Mapping[int, Mention] = {}
        self._known: dict[int, Mention | None] = {}

    @cached_property
    def _phrases(self) -> Phrases:
        return self._names.passages[self._index][0]

    @cached_property
    def _references(self) -> dict[int, Reference]:
        return self._names.passages[self._index][1]

    @cached_property
    def _places(self) -> PlaceFinder:
        return PlaceFinder(self._phrases, lambda: self._names.countries)

    def with_given(self, given: Mapping[int, Mention]) -> Mentions:
        """Return mentions in which some tokens belong to given parties, whatever the lexicon says.

        Args:
            given: the party of each such token.
        """
        found = copy(self)
        found._given = given
        return found

    def at(self, token: Token) -> Mention | None:
        """Return the actor named by the noun phrase that a token heads.

        Conjuncts are not expanded. A pronoun or a description that resolves has ``antecedent``
        set. An unknown proper name gives a mention with country None and its words as the name; a
        phrase that cannot act gives None.
        """
        if token.i in self._given:
            return self._given[token.i]
        if token.i not in self._known:
            self._known[token.i] = self._read(token)
        return self._known[token.i]

    def _read(self, token: Token) -> Mention | None:
        reference = self._references.get(token.i)
        if reference is not None:
            phrase = reference.phrase
            return None if phrase is None else self._mention(phrase, reference.antecedent)
        if token.pos_ == "PRON":
            return None
        phrase = self._phrases.at(token)
        return None if phrase is None else self._mention(self._of_town(token, phrase))

    def _of_town(self, head: Token, phrase: Phrase) -> Phrase:
        """Give a body of a town that town's country: "the San Francisco Police Department"."""
        if phrase.country or phrase.sector not in _LOCAL:
            return phrase
        for token in reversed(self._passage.doc[phrase.start : head.i]):
            place = self.place_at(token) if token.pos_ == "PROPN" else None
            if place is not None and place.country and place.city:
                return replace(phrase, country=place.country)
        return phrase

    def all_at(self, token: Token) -> tuple[Mention, ...]:
        """Return the actors of a phrase: several for "Russian and Turkish troops", else as ``at``.

        The first is the one that ``at`` returns; each has its own words where there are several.
        """
        if token.i in self._given:
            return (self._given[token.i],)
        first = self.at(token)
        phrase = self._phrases.at(token) if token.pos_ != "PRON" else None
        if first is None:
            return ()
        reference = self._references.get(token.i)
        if reference is not None and reference.others:
            others = (self._mention(other, span) for other, span in reference.others)
            return (first, *others)
        if phrase is None or not phrase.more:
            return (first,)
        found = [first]
        for start, end, country in phrase.more:
            span = self._passage.span(self._passage.doc[start:end])
            found.append(Mention(span=span, country=country, sector=phrase.sector))
        return tuple(found)

    def modifier_at(self, token: Token) -> Mention | None:
        """Return the actor named by one modifier of a noun: "Russian" in "Russian sanctions"."""
        if token.i in self._given:
            return self._given[token.i]
        phrase = self._phrases.name_at(token)
        if phrase is not None:
            return self._mention(phrase)
        return self.at(token) if token.pos_ in ("NOUN", "PROPN", "PRON") else None

    def people_at(self, token: Token) -> Mention | None:
        """Return people whom a noun describes without a country or a sector: "37 prisoners"."""
        phrase = self._phrases.people_at(token)
        return None if phrase is None else self._mention(phrase)

    def crowd_at(self, token: Token) -> Mention | None:
        """Return people of whom only a large number is told: "thousands marched"."""
        phrase = self._phrases.crowd_at(token)
        return None if phrase is None else self._mention(phrase)

    def place_at(self, token: Token, country: str | None = None) -> Place | None:
        """Return the place that a noun phrase names: "Syrian airspace", "the city of Aleppo".

        Args:
            token: head of the phrase.
            country: the country that other words give the place, or None.
        """
        found = self._places.find(token, country)
        if found is None:
            return None
        return Place(
            span=self._passage.span(self._passage.doc[found.start : found.end]),
            country=found.country,
            name=found.name,
            city=found.town,
            latitude=found.city.latitude if found.city else None,
            longitude=found.city.longitude if found.city else None,
        )

    def is_town(self, token: Token) -> bool:
        """Whether a single word is the name of a town: "the Kabul attack"."""
        return self._places.is_town(token)

    def countries(self, start: int, end: int) -> tuple[tuple[str, Span, bool], ...]:
        """Return the countries that the tokens ``start <= i < end`` name, in order.

        Each with the words, and whether these say where something is ("in Lima", "across Peru")
        rather than who does it. International bodies are no countries.
        """
        found: dict[int, tuple[str, Span, bool]] = {}
        for at in range(start, end):
            named = self._phrases.named.get(at)
            if named is None or named.country is None or named.kind is NameKind.BLOCKED:
                continue
            if named.country in PSEUDO_COUNTRIES or self._phrases.is_relation(named):
                continue
            last = self._passage.doc[named.end - 1]
            words = self._passage.span(self._passage.doc[named.start : named.end])
            found[named.start] = (named.country, words, _says_where(last))
        return tuple(found.values())

    def opposed(self, start: int, end: int) -> tuple[Mention, ...]:
        """Return whom "anti-" is set before in the tokens ``start <= i < end``: "anti-US rally"."""
        doc, found = self._passage.doc, {}
        for at in range(start, end):
            named = self._phrases.named.get(at)
            if named is None or named.country is None or named.start < 2:
                continue
            before, dash = doc[named.start - 2 : named.start]
            if before.lower_ == "anti" and dash.text in DASHES:
                span = self._passage.span(doc[named.start : named.end])
                found[span] = Mention(span=span, country=named.country)
        return tuple(found.values())

    def everything(self) -> tuple[Mention, ...]:
        """Return every actor and every place that a word of the passage names, each once."""
        found: dict[Mention, None] = {}
        for token in self._passage.doc:
            if token.pos_ == "PRON" or is_nominal(token):
                found |= dict.fromkeys(self.all_at(token))
            if phrase := self._phrases.name_at(token):
                found.setdefault(self._mention(phrase))
            if place := self.place_at(token):
                found.setdefault(place.as_party())
        return tuple(found)

    def why(self, token: Token) -> str | None:
        """Return why a pronoun or a description names nobody, or None where it does or is none."""
        reference = self._references.get(token.i)
        return None if reference is None else reference.reason

    def _mention(self, phrase: Phrase, antecedent: Span | None = None) -> Mention:
        tokens = self._passage.doc[phrase.start : phrase.end]
        span = self._passage.span(tokens)
        return Mention(
            span=span,
            country=phrase.country,
            sector=phrase.sector,
            name=phrase.name,
            antecedent=antecedent,
        )


class _Names:
    """The names, noun phrases and references of one document, read when first asked for.

    Most documents tell nothing that a frame asks an actor for.
    """

    def __init__(
        self, passages: Sequence[Passage], actors: ActorLexicon, published: date | None
    ) -> None:
        self._passages = passages
        self._actors = actors
        self._published = published

    @cached_property
    def passages(self) -> list[tuple[Phrases, dict[int, Reference]]]:
        """For each passage its noun phrases, and its references by token."""
        docs = [passage.doc for passage in self._passages]
        context, matches = context_of(docs, self._actors, self._published)
        phrases = [
            Phrases(doc, find_names(doc, found, context, self._actors), self._actors)
            for doc, found in zip(docs, matches, strict=True)
        ]
        heads = [[t for t in doc if t.pos_ == "PRON" or is_nominal(t)] for doc in docs]
        references = resolve_references(self._passages, phrases, heads)
        return list(zip(phrases, references, strict=True))

    @cached_property
    def countries(self) -> frozenset[str]:
        """The countries that the whole document names."""
        return frozenset().union(*(countries_in(own) for own, _ in self.passages))


def _says_where(token: Token) -> bool:
    """Whether a name stands in a phrase of place: "in Lima", "in the Peruvian capital"."""
    for _ in range(_DEEPEST):
        if token.dep_ == "pobj":
            return token.head.lower_ in _PLACED
        if token.dep_ not in ("amod", "compound", "nmod", "poss", "appos", "conj", "prep"):
            return False
        token = token.head
    return False


def find_mentions(
    passages: Sequence[Passage], actors: ActorLexicon, published: date | None
) -> tuple[Mentions, ...]:
    """Find the actors of a document.

    Args:
        passages: the parsed passages of one document, in order.
        actors: the actor lexicon.
        published: the document's day, by which offices count; None where unknown.

    Returns:
        One ``Mentions`` for each passage, in the same order.
    """
    names = _Names(passages, actors, published)
    return tuple(Mentions(passage, index, names) for index, passage in enumerate(passages))

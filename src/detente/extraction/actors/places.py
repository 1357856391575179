"""The place reading of a noun phrase: "in Aleppo", "over Turkish airspace"."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from detente.extraction.actors.phrases import Phrases
from detente.lexicon.names import NameKind

__all__ = ["find_place"]

_PLACES = frozenset({NameKind.COUNTRY, NameKind.CAPITAL, NameKind.CITY, NameKind.REGION})
_TOWNS = frozenset({NameKind.CAPITAL, NameKind.CITY})
_LABELS = frozenset({"GPE", "LOC", "FAC"})

Found = tuple[Iterable[Token], str | None, str]


def find_place(head: Token, phrases: Phrases) -> Found | None:
    """Return the place that the noun phrase headed by a token names.

    Args:
        head: head of the noun phrase.
        phrases: the passage's noun phrases.

    Returns:
        The tokens, the country or None, and the name; None where it names no place.
    """
    doc = phrases.doc
    named = phrases.named.get(head.i)
    if named is not None:
        if named.kind not in _PLACES:
            return None
        # A capital stands for its country as an actor; as a place it is itself.
        words = doc[named.start : named.end]
        return words, named.country, words.text if named.kind in _TOWNS else named.actor
    if head.lemma_.lower() in phrases.place_nouns or head.lower_ in phrases.place_nouns:
        return _described(head, phrases)
    if head.pos_ == "PROPN" and head.ent_type_ in _LABELS:
        tokens = [t for t in head.lefts if t.dep_ == "compound" and t.i not in phrases.named]
        words = doc[min([head.i, *(t.i for t in tokens)]) : head.i + 1]
        return words, None, words.text
    return None


def _described(head: Token, phrases: Phrases) -> Found | None:
    """Return a place noun with what names it: "Syrian airspace", "the city of Aleppo"."""
    doc = phrases.doc
    for token in head.subtree:
        named = phrases.named.get(token.i)
        if named is None or named.kind is NameKind.BLOCKED or named.country is None:
            continue
        if named.end <= head.i and token.head.i in (head.i, *(c.i for c in head.lefts)):
            return doc[named.start : head.i + 1], named.country, doc[named.start : head.i + 1].text
        prep = token.head
        behind = token.i > head.i and prep.dep_ == "prep" and prep.head.i == head.i
        if behind and prep.lower_ in ("of", "in") and named.kind in _PLACES:
            start = head.i if prep.lower_ == "in" else named.start
            return doc[head.i : named.end], named.country, doc[start : named.end].text
    return None

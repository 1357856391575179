"""Coordination and prepositions: which noun phrases hang together, and by which word.

Labels are those of spaCy's English models (CLEAR style).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from spacy.tokens import Token

__all__ = ["NOMINAL", "Tokens", "coordinated", "guest", "merge", "prepositions"]

Tokens = tuple[Token, ...]
_PREPOSITIONAL = frozenset({"prep", "agent", "dative", "prt"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X"})
# Prepositions that belong to the predicate even where the parser hangs them on another phrase
# ("talks in Ankara with Russia"), and nouns that such a phrase does belong to.
_LOOSE = frozenset({"with", "between"})
_BOUND = frozenset({"border", "frontier", "relation", "tie", "boundary", "line", "problem"})


# Participles that stand before a title like adjectives, and are read as verbs.
_CALLED = frozenset({"visiting", "ruling", "leading", "retired", "ailing"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_WHERE = frozenset({"outside", "near", "at", "across", "around", "through"})
_FIGHTING = frozenset({"clash", "fight", "battle", "skirmish", "scuffle"})
# How many prepositions in a row are followed: "out from under".
_DEEPEST = 3


def coordinated(tokens: Iterable[Token]) -> Tokens:
    """Return the heads of noun phrases with those joined to them by "and", "or", "nor"."""
    found: dict[int, Token] = {}
    for token in tokens:
        # "the president of Japan, Abe, and the president of Kenya": "and" may hang on the name
        named = (c for child in token.children if child.dep_ == "appos" for c in child.conjuncts)
        found |= {before.i: before for before in _swallowed(token)}
        for joined in (token, *token.conjuncts, *named, *_listed(token)):
            if joined is token or (joined.i > token.i and joined.pos_ in NOMINAL):
                found[joined.i] = joined
    return tuple(found.values())


def _listed(first: Token) -> Tokens:
    """Return the second of three names, read as an apposition: "the Authority, Peru, and Chile"."""
    return tuple(
        second
        for second in first.rights
        if second.dep_ == "appos" and second.ent_type_ == "GPE" and second.left_edge.i == second.i
        for mark in second.rights
        if mark.text == "," and any(c.i > mark.i and c.dep_ == "cc" for c in second.rights)
    )


def _swallowed(name: Token) -> Tokens:
    """Return names that a list's last phrase took for its own words: "Peru and the mighty Chile".

    "Bosnia and Herzegovina", one name, has no determiner.
    """
    for first in name.lefts:
        if first.dep_ == "nmod" and first.pos_ in ("NOUN", "PROPN"):
            listed = (first, *first.conjuncts)
            inner = [word for one in listed for word in one.children]
            joined = [word.i for word in inner if word.dep_ == "cc" and word.i > first.i]
            if joined and name.doc[joined[-1] + 1].dep_ == "det":
                return tuple(one for one in listed if one.i < joined[-1])
    return ()


def prepositions(places: Iterable[Token]) -> dict[str, Tokens]:
    """Return the objects of the prepositions that hang on the given tokens."""
    found: defaultdict[str, list[Token]] = defaultdict(list)
    for place in places:
        for child in place.children:
            if (outside := _in_front(child)) is not None:
                _collect(outside, ("outside",), found)
            if child.dep_ in _PREPOSITIONAL and child.pos_ in ("ADP", "ADV", "SCONJ", "PART"):
                for joined in (child, *(c for c in child.conjuncts if c.pos_ == "ADP")):
                    _collect(joined, (joined.lower_,), found)
    nested = [token for tokens in found.values() for token in tokens if token.dep_ == "pobj"]
    for token in nested:
        for child in token.children:
            loose = child.dep_ == "prep" and child.lower_ in _LOOSE and child.lower_ not in found
            if loose and token.lemma_ not in _BOUND:
                _collect(child, (child.lower_,), found)
            elif child.dep_ == "prep" and child.lower_ == "in":
                nested += [c for c in child.children if _is_place(c)]
            elif child.lower_ == "against" and "against" not in found and _is_place(token):
                _collect(child, (child.lower_,), found)  # "marched in Lima against the war"
    return {word: coordinated(tokens) for word, tokens in found.items()}


def _in_front(preposition: Token) -> Token | None:
    """Return the last word of "in front of", which says what "outside" says."""
    if preposition.lower_ != "in":
        return None
    fronts = (child for child in preposition.children if child.lower_ == "front")
    return next((c for front in fronts for c in front.children if c.lower_ == "of"), None)


def _is_place(token: Token) -> bool:
    """Whether a preposition's object says where: "in Lima", "outside the embassy"."""
    named = token.pos_ == "PROPN" and token.ent_type_ in _PLACES
    return token.dep_ == "pobj" and (named or token.head.lower_ in _WHERE)


def _collect(
    preposition: Token, names: tuple[str, ...], found: defaultdict[str, list[Token]]
) -> None:
    """Add a preposition's objects under its name; of "out of X", under "out" and "of"."""
    open_ended = preposition.lower_ in ("out", "from", "off", "inside", "up")
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp"):
            for name in names:
                found[name].append(guest(child) or _opponent(child) or child)
        elif child.dep_ == "prep" and open_ended and len(names) < _DEEPEST:
            _collect(child, (*names, child.lower_), found)


def _opponent(participle: Token) -> Token | None:
    """Return with whom somebody fights who is doing something: "clash with miners marching in"."""
    above = participle.head
    if participle.dep_ != "pcomp" or above.lower_ != "with" or above.head.lemma_ not in _FIGHTING:
        return None
    return next((child for child in participle.lefts if child.dep_ == "nsubj"), None)


def guest(participle: Token) -> Token | None:
    """Return who is only called visiting or ruling: "against visiting Prince Faisal"."""
    if participle.dep_ != "pcomp" or participle.lower_ not in _CALLED:
        return None
    for child in participle.children:
        person = child.ent_type_ == "PERSON" or child.pos_ == "NOUN"
        if child.dep_ == "dobj" and person and not any(c.dep_ == "det" for c in child.lefts):
            return child
    return None


def merge(first: Mapping[str, Tokens], second: Mapping[str, Tokens]) -> dict[str, Tokens]:
    """Return the objects of two sets of prepositions taken together."""
    merged = dict(first)
    for word, tokens in second.items():
        merged[word] = tuple(dict.fromkeys((*merged.get(word, ()), *tokens)))
    return merged

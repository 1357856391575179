"""Parties inside a phrase: whom "objections raised by Venezuela" or "strikes by NATO" concern.

Who rejects, condemns, lifts or demands a thing deals with those whose thing it is. The phrase of
the object is searched outward from its head, the nearest level first; clauses that tell a story of
their own and phrases of place are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from spacy.tokens import Token

from detente.extraction.events.parties import Filling
from detente.extraction.events.prepositions import coordinated

if TYPE_CHECKING:
    from detente.extraction.actors.mentions import Mentions

__all__ = ["inside"]

# "by" and "from" name who did the thing; "of" may name its victim, so it comes last.
_HOLDERS = (
    ("by", "from"),
    ("with", "against", "on", "to", "for", "over", "about", "toward", "towards", "into"),
    ("of", "between", "among"),
)
_PLACED = frozenset({"in", "at", "near", "across", "outside", "inside", "around", "within"})
_DEEPEST = 3
_LABELS = ("poss", "amod", "compound", "nmod")


def inside(
    heads: Iterable[Token], mentions: Mentions, *, deed: bool, judged: bool = False, depth: int = 0
) -> Filling:
    """Return the parties of a country that the phrases hold.

    Args:
        heads: the heads of the noun phrases.
        mentions: the actors of the passage.
        deed: whether the head names a deed, of which "of" names the victim.
        judged: whether the deed is judged: then whom it was "on" or "against" is not concerned.
        depth: how many phrases are open already.
    """
    for head in heads:
        if found := _owners(head, mentions):
            return found
        phrases = [c for c in head.children if c.dep_ in ("prep", "agent")]
        told = [c for c in head.children if c.dep_ == "acl" and c.tag_ == "VBN"]
        phrases += [p for verb in told for p in verb.children if p.dep_ in ("prep", "agent")]
        for level, words in enumerate(_HOLDERS):
            if deed and ((judged and level > 0) or level == len(_HOLDERS) - 1):
                continue
            for phrase in phrases:
                if phrase.lower_ not in words:
                    continue
                objects = [c for c in phrase.children if c.dep_ in ("pobj", "pcomp")]
                if found := _named(objects, mentions):
                    return found
                if depth < _DEEPEST:
                    below = inside(objects, mentions, deed=False, depth=depth + 1)
                    if below:
                        return below
    return ()


def _owners(head: Token, mentions: Mentions) -> Filling:
    found = []
    for child in head.lefts:
        if child.dep_ in _LABELS:
            for token in coordinated((child,)):
                mention = mentions.modifier_at(token)
                if mention is not None and mention.country:
                    found.append((token, mention))
    return tuple(found)


def _named(heads: Iterable[Token], mentions: Mentions) -> Filling:
    found = []
    for token in coordinated(heads):
        mention = mentions.at(token)
        if mention is not None and mention.country and token.head.lower_ not in _PLACED:
            found.append((token, mention))
    return tuple(found)

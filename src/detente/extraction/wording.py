"""The whole noun phrase that names a party: "seven members of the opposition", not "members"."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from spacy.tokens import Token

from detente.extraction.parse import Passage
from detente.model import Mention

__all__ = ["in_full"]

# What stands before a noun and belongs to its phrase.
_LEFTS = frozenset(
    """det amod compound nmod nummod quantmod poss predet advmod punct npadvmod case
    meta""".split()
)
# Prepositions whose phrase tells which one is meant; others tell how, when or about what.
_TELLING = frozenset({"of", "from", "in", "for", "at", "to", "on", "with", "behind", "near"})
# Prepositions that are the verb's own, whatever the parser hangs them on: "accused Iran of lying".
_OF = frozenset({"of"})
_OF_VERB = dict.fromkeys(
    ("accuse", "acquit", "convict", "warn", "inform", "remind", "notify", "suspect", "rob"), _OF
) | {"charge": frozenset({"with"}), "provide": frozenset({"with"}), "blame": frozenset({"for"})}
_DATED = frozenset({"DATE", "TIME"})
_LONGEST = 24
_INNER = frozenset({"amod", "compound", "nmod", "poss"})
_HOLDING = frozenset({"of", "by", "in", "from", "at", "near"})
_PLACED = frozenset({"in", "at", "near"})
_DEEPEST = 4


def in_full(passage: Passage, mention: Mention, anchor: Container[Token]) -> Mention:
    """Return the mention with the words of its whole noun phrase, without clauses about it.

    A pronoun keeps its word. A name inside a phrase that names no event ("a depot of the Syrian
    army") gets the words of that phrase, which is what the event was done by or to.

    Args:
        passage: where it stands.
        mention: the mention.
        anchor: the tokens that name the event; no phrase of theirs is a party's.
    """
    start, end = mention.span.start - passage.start, mention.span.end - passage.start
    tokens = passage.doc.char_span(start, end, alignment_mode="expand")
    if tokens is None:
        return mention
    # a body keeps to itself: "offences in a Malaysian court" is no court
    head = _holder(tokens.root, anchor, _HOLDING - _PLACED if mention.sector else _HOLDING)
    if head.pos_ == "PRON" or head.dep_ in _INNER:
        return mention
    first = min(tokens.start, _first(head))
    last = max(tokens.end - 1, _last(head))
    if last - first >= _LONGEST:
        return mention
    return replace(mention, span=passage.span(passage.doc[first : last + 1]))


def _holder(token: Token, anchor: Container[Token], holding: Container[str]) -> Token:
    """Return the noun in whose phrase a name stands, the outermost that is no event's."""
    for _ in range(_DEEPEST):
        above = token.head
        if token.dep_ in _INNER:
            outer = above
        elif token.dep_ == "pobj" and above.dep_ in ("prep", "agent") and above.lower_ in holding:
            outer = above.head
            if outer.dep_ == "acl":  # "missiles fired by the army"
                outer = outer.head
        else:
            return token
        if outer.pos_ not in ("NOUN", "PROPN") or outer in anchor or above in anchor:
            return token
        token = outer
    return token


def _first(head: Token) -> int:
    first = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ not in _LEFTS or child.right_edge.i != first - 1:
            break
        first = child.left_edge.i
    while first < head.i and head.doc[first].is_punct and head.doc[first].text not in ("“", '"'):
        first += 1
    return first


def _last(head: Token) -> int:
    last = head.i
    of_verb = _OF_VERB.get(head.head.lemma_, frozenset()) if head.dep_ == "dobj" else frozenset()
    for child in head.rights:
        if child.left_edge.i != last + 1:
            break
        told = child.dep_ == "prep" and child.lower_ in _TELLING and child.lower_ not in of_verb
        if told and not _is_date(child):
            inner = [c for c in child.children if c.dep_ == "pobj"]
            last = max([child.i, *(_last(token) for token in inner)])
        elif child.dep_ == "case" or (child.dep_ in ("nmod", "nummod") and not child.is_punct):
            last = child.right_edge.i
        else:
            break
    return _with_other_name(head, last)


def _with_other_name(head: Token, last: int) -> int:
    """Return where a phrase ends with what it is also called: "the Green Front (GF)", ", Ann Lee".

    Of a name and a description either may come first; two names after a comma may be a list.
    """
    for child in head.rights:
        opening = child.left_edge.i - 1
        if child.dep_ != "appos" or opening != last + 1:
            continue
        if head.doc[opening].text == "(":
            closing = child.right_edge.i + 1
            short = child.left_edge == child.right_edge
            if short and closing < len(head.doc) and head.doc[closing].text == ")":
                return closing
        listed = any(c.dep_ in ("cc", "conj") for c in (*head.children, *child.children))
        if head.doc[opening].text == "," and head.pos_ != child.pos_ and not listed:
            return _last(child)
    return last


def _is_date(preposition: Token) -> bool:
    return any(c.ent_type_ in _DATED for c in preposition.children)

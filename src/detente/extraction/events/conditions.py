"""Whether a predicate meets the conditions of a frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.tokens import Token

from detente.extraction.events.candidates import Candidate, Scope
from detente.extraction.events.parties import lemmas_of
from detente.extraction.events.roles import Arguments
from detente.lexicon.frames import ANY, Pattern
from detente.model import Mention

__all__ = ["among", "conditions"]

# Heads that turn what they hold into its opposite: "a suspension of aid" is no aid.
_REVERSERS = frozenset(
    """suspension end halt cut cutoff reduction freeze cessation termination cancellation rejection
    lifting removal withdrawal easing relief lack absence violation breach threat risk fear
    collapse failure denial deadline anniversary talk rumour rumor""".split()
)
# What asks for an actor instead of a word; "Obama" is an official, although no word says so.
_MEETING: dict[str, Callable[[Mention], bool]] = {
    "$actor": lambda mention: True,
    "$country": lambda mention: mention.country is not None,
    "official": lambda mention: bool(mention.country and mention.name) and mention.sector == "GOV",
}
_ASKED = frozenset(_MEETING)


def conditions(scope: Scope, pattern: Pattern, candidate: Candidate) -> tuple[Token, ...] | None:
    """Return the tokens that meet a pattern's conditions, or None where one is not met.

    Args:
        scope: the passage.
        pattern: the frame.
        candidate: the predicate.
    """
    nominal_words = pattern.after if candidate.nominal else ()
    head = candidate.arguments.head
    if not _stands_between(head, pattern.before, nominal_words):
        return None
    if pattern.frame.negated and not _is_negated(head):
        return None
    deciding = _deciding(scope, pattern, candidate)
    if deciding is None or _is_excluded(scope, pattern, candidate.arguments):
        return None
    return deciding


def _is_excluded(scope: Scope, pattern: Pattern, arguments: Arguments) -> bool:
    """Whether something stands beside the predicate that the frame must not have."""
    banned = pattern.not_object
    if banned and any(ANY in banned or lemmas_of(token) & banned for token in arguments.object):
        return True
    banned = pattern.not_subject
    if banned and any(_words(scope, token) & banned for token in arguments.subject):
        return True
    for word, banned in pattern.not_prep.items():
        if among(scope, arguments.prep.get(word, ()), banned):
            return True
    banned = pattern.not_complement
    return bool(banned) and any(
        ANY in banned or _clause_words(scope, token) & banned for token in arguments.complement
    )


def _deciding(scope: Scope, pattern: Pattern, candidate: Candidate) -> tuple[Token, ...] | None:
    """Return the tokens that the frame asks for, or None where one is missing."""
    arguments = candidate.arguments
    deciding: list[Token] = []
    if pattern.object is not None:
        matched = among(scope, arguments.object, pattern.object)
        if not matched:
            return None
        deciding += matched
    if pattern.subject is not None and not among(scope, arguments.subject, pattern.subject):
        return None
    for word, allowed in pattern.prep.items():
        places = arguments.prep.get(word, ())
        if candidate.nominal and pattern.reciprocal and not places:
            places = arguments.prep.get("between", ())
        matched = among(scope, places, allowed)
        if not matched:
            return None
        deciding += matched
    if pattern.complement is not None and not _clauses(scope, pattern, arguments):
        return None
    return tuple(deciding)


def _clauses(scope: Scope, pattern: Pattern, arguments: Arguments) -> list[Token]:
    """Return the governed clauses that the frame asks for."""
    wanted = pattern.complement or frozenset()
    matched = [t for t in arguments.complement if ANY in wanted or _clause_words(scope, t) & wanted]
    modals = pattern.frame.modal
    return [token for token in matched if _has_modal(token, modals)] if modals else matched


def _is_negated(verb: Token) -> bool:
    """Whether a predicate, or the auxiliary of its phrase, has a "not", "never" or "no longer"."""
    return any(
        child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ in ("never", "longer"))
        for child in verb.children
    )


def _clause_words(scope: Scope, verb: Token) -> set[str]:
    if verb.i not in scope.clauses:
        scope.clauses[verb.i] = clause_words(verb)
    return scope.clauses[verb.i]


def clause_words(verb: Token) -> set[str]:
    """Return the words of a governed clause.

    These are its verb, alone ("wage"), with its object ("wage war") and denied ("not comply"), and
    what a copula says of its subject ("be illegal").
    """
    lemma = verb.lemma_.lower()
    if lemma == "be":
        if _is_negated(verb):
            return {"be", "not be"}
        said = (c for c in verb.children if c.dep_ in ("acomp", "attr", "prep", "advmod"))
        joined = (t for c in said for t in (c, *c.conjuncts))
        return {"be", *(f"be {child.lemma_.lower()}" for child in joined)}
    if _is_negated(verb):
        # who is told not to travel is still told something about travelling
        told = any(child.tag_ == "TO" for child in verb.lefts)
        return {f"not {lemma}", lemma} if told else {f"not {lemma}"}
    return {lemma, *(f"{lemma} {c.lemma_.lower()}" for c in verb.rights if c.dep_ == "dobj")}


def _has_modal(verb: Token, modals: Iterable[str]) -> bool:
    """Whether a modal stands with a verb, or "have to" and "need to" above it."""
    if any(child.tag_ == "MD" and child.lower_ in modals for child in verb.children):
        return True
    bound = any(c.dep_ == "xcomp" and any(t.tag_ == "TO" for t in c.lefts) for c in verb.children)
    return bound and verb.lemma_ in modals


def among(scope: Scope, tokens: Iterable[Token], allowed: frozenset[str]) -> list[Token]:
    """Return the noun phrases that are, contain or are made of one of the allowed words."""
    found = []
    for token in tokens:
        if ANY in allowed or _words(scope, token) & allowed:
            found.append(token)
        elif asked := allowed & _ASKED:
            mention = scope.mentions.at(token)
            if mention is not None and any(_MEETING[word](mention) for word in asked):
                found.append(token)
    return found


def _words(scope: Scope, token: Token) -> set[str]:
    if token.i not in scope.words:
        scope.words[token.i] = words_of(token)
    return scope.words[token.i]


def words_of(token: Token) -> set[str]:
    """Return the words of a phrase's head, its compounds and its of-complements."""
    words = lemmas_of(token)
    if token.lemma_ in _REVERSERS:
        return words
    for child in token.children:
        if child.dep_ in ("compound", "nmod"):
            words.add(child.lemma_.lower())
        elif child.dep_ == "prep" and child.lower_ == "of":
            for inner in child.children:
                words |= lemmas_of(inner) if inner.dep_ == "pobj" else set()
    return words


def _stands_between(head: Token, before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether the words before and after the head are these."""
    if not before and not after:
        return True
    doc = head.doc
    first, last = head.i - len(before), head.i + len(after)
    if first < 0 or last >= len(doc):
        return False
    around = [*range(first, head.i), *range(head.i + 1, last + 1)]
    return all(
        word in (doc[at].lower_, doc[at].lemma_.lower())
        for at, word in zip(around, (*before, *after), strict=True)
    )

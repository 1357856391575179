"""What an act is about: the phrases of its own clause beside its sides, its day and its setting.

"Russia suspended talks with Turkey on a pipeline on Thursday" is about talks and a pipeline. Only
what hangs on the predicate is read: the object (of a passive the subject), the phrases by which the
verb or its object says of what, on what, for what, and the infinitive that it governs; never
another clause of the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from detente.extraction.parse import FoundEvent
from detente.model import Matter, Mention, Span

__all__ = ["matter_of"]

# What hangs on a predicate and tells what it is about.
_TELLING = frozenset(
    {"dobj", "nsubjpass", "oprd", "attr", "prep", "xcomp", "ccomp", "acl", "pcomp"}
)
# What stands before a noun that is the predicate: "gas talks".
_BEFORE_NOUN = frozenset({"compound", "amod", "nmod"})
# What tells when, where, how or why, or of whom something is only said.
_ASIDE = frozenset({"relcl", "advcl", "agent", "appos", "parataxis", "npadvmod", "discourse"})
_SETTING = frozenset(
    """after amid before by despite during following near since throughout till until outside
    inside alongside behind under because""".split()
)
_WHERE = frozenset({"in", "at", "from", "to", "into", "through"})
_NAMED_PLACES = frozenset({"GPE", "LOC", "FAC", "DATE", "TIME"})
_DATED = frozenset({"DATE", "TIME"})
# Before a name the adjective of a side is part of what is named: "Turkish tomatoes".
_INSIDE = frozenset({"amod", "compound", "nmod"})
_PARTIES = frozenset({"PERSON", "GPE", "ORG", "NORP", "LOC"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB"})
_EDGES = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "PUNCT", "PART", "PRON", "SPACE", "AUX"})
_ANSWERS = frozenset("response retaliation reprisal reaction revenge answer reply".split())
_ANSWERING = frozenset({"in", "as"})


def matter_of(event: FoundEvent, claim_id: str) -> Matter:
    """Return what an event's act is about, and what it is said to answer.

    The names of its sides, days, places where it was done and reasons are left out; a side's
    adjective stays where it is part of a name ("Turkish tomatoes").

    Args:
        event: an event as it was found.
        claim_id: the claim that it makes.
    """
    return Matter(claim_id=claim_id, spans=tuple(_phrases(event)), answers=_answer(event))


def _phrases(event: FoundEvent) -> Iterator[Span]:
    anchor = {token.i for token in event.anchor}
    kept: set[int] = set()
    for token in event.anchor:
        for child in token.children:
            if child.i in anchor or not _tells(child, token):
                continue
            kept |= {inner.i for inner in _own(child) if inner.i not in anchor}
    # the noun of a light verb is a thing itself: "cancelled a visit", "lifted its ban"
    kept |= {token.i for token in event.anchor[1:] if token.pos_ == "NOUN"}
    kept -= set(_sides(event))
    yield from (event.passage.span(run) for run in _runs(event, sorted(kept)))


def _answer(event: FoundEvent) -> Span | None:
    """Return the words by which an act is said to answer another: "in response to the raid"."""
    for token in event.anchor:
        for child in token.rights:
            if child.dep_ == "prep" and _is_answer(child):
                inner = [one for one in child.subtree if one.ent_type_ not in _DATED]
                return event.passage.span(inner)
    return None


def _is_answer(preposition: Token) -> bool:
    answering = preposition.lower_ in _ANSWERING
    return answering and any(child.lemma_.lower() in _ANSWERS for child in preposition.children)


def _tells(child: Token, head: Token) -> bool:
    """Whether a phrase beside a predicate is a part of what that is about."""
    if child.dep_ in _BEFORE_NOUN:
        return head.pos_ == "NOUN"
    return child.dep_ in _TELLING and not _is_setting(child)


def _is_setting(token: Token) -> bool:
    """Whether a phrase tells when, where or why, or is no part of the clause."""
    if token.dep_ in _ASIDE or token.ent_type_ in _DATED:
        return True
    if token.dep_ != "prep":
        return False
    if _is_answer(token):
        return True
    word = token.lower_
    objects = [child for child in token.children if child.dep_ == "pobj"]
    dated = any(child.ent_type_ in _DATED for child in objects)
    placed = word in _WHERE and any(child.ent_type_ in _NAMED_PLACES for child in objects)
    return word in _SETTING or dated or placed


def _own(head: Token) -> Iterator[Token]:
    """Yield the tokens of a phrase, in no order, without what is set aside in it."""
    waiting = [head]
    while waiting:  # a hostile sentence may be deeper than calls can be
        token = waiting.pop()
        yield token
        waiting += [child for child in token.children if not _is_setting(child)]


def _sides(event: FoundEvent) -> Iterator[int]:
    """Yield the tokens that name the sides, save those of things ("Turkish tomatoes", "a jet")."""
    for mention in (*event.actors, *event.recipients):
        tokens = _tokens(event, mention)
        roots = [token for token in tokens if token.head not in tokens or token.head == token]
        if not any(root.dep_ in _INSIDE or _is_thing(root) for root in roots):
            yield from (token.i for token in tokens)


def _is_thing(root: Token) -> bool:
    return root.pos_ in ("NOUN", "PROPN") and root.ent_type_ not in _PARTIES


def _tokens(event: FoundEvent, mention: Mention) -> list[Token]:
    start, end = (at - event.passage.start for at in (mention.span.start, mention.span.end))
    found = event.passage.doc.char_span(start, end, alignment_mode="expand")
    return list(found) if found is not None else []


def _runs(event: FoundEvent, kept: Iterable[int]) -> Iterator[list[Token]]:
    """Yield what stands together, without the small words at its ends."""
    run: list[Token] = []
    for at in kept:
        token = event.passage.doc[at]
        if run and at != run[-1].i + 1:
            yield from _trimmed(run)
            run = []
        run.append(token)
    yield from _trimmed(run)


def _trimmed(run: list[Token]) -> Iterator[list[Token]]:
    first, last = 0, len(run)
    while first < last and run[first].pos_ in _EDGES:
        first += 1
    while last > first and run[last - 1].pos_ in _EDGES:
        last -= 1
    found = run[first:last]
    if any(token.pos_ in _CONTENT for token in found):
        yield found

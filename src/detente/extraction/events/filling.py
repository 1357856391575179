"""The roles of a frame, filled: by others than the actors, and what fills them wrongly."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from detente.extraction.events.candidates import MODIFYING, Candidate, Scope, noun_patterns
from detente.extraction.events.parties import Filling, fill
from detente.extraction.events.roles import verb_arguments
from detente.model.ontology import EventType

__all__ = ["fill_first", "is_deed", "is_setting", "without"]

_DEEDS = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.SANCTION})


def fill_first(
    scope: Scope, candidate: Candidate, roles: Iterable[str], actors: Filling = ()
) -> Filling:
    """Return the parties in the first of the roles that others than the actors' own fill."""
    own: Filling = ()
    for role in roles:
        if role.startswith("complement."):
            inner = role.partition(".")[2]
            found: Filling = ()
            for verb in candidate.arguments.complement:
                found = found or fill(verb_arguments(verb), inner, scope.mentions, acts=False)
        else:
            found = fill(candidate.arguments, role, scope.mentions)
        if found := without(found, actors):
            countries = {mention.country for _, mention in actors}
            if not all(_is_own(token) and m.country in countries for token, m in found):
                return found
            own = own or found
    return own


def without(recipients: Filling, actors: Filling) -> Filling:
    """Leave out recipients that are the actor again: "withdrew its troops", "defended itself"."""
    spans = {mention.span for _, mention in actors}
    heads = {token.i for token, _ in actors}
    countries = {mention.country for _, mention in actors}
    own = {None, *countries}
    return tuple(
        (token, mention)
        for token, mention in recipients
        if mention.span not in spans
        and not (token.dep_ in MODIFYING and token.head.i in heads)
        and not (token.tag_ == "PRP$" and mention.country in countries)
        and not (mention.sector == "MIL" and mention.country in own and _is_own(token))
        and not token.lower_.endswith(("self", "selves"))
    )


def _is_own(token: Token) -> bool:
    return any(child.tag_ == "PRP$" for child in token.lefts)


def is_deed(scope: Scope, noun: Token) -> bool:
    """Whether a noun names something done to somebody: "the killing", "sanctions"."""
    return any(p.event_type in _DEEDS for p in noun_patterns(scope.frames, noun))


def is_setting(token: Token, candidate: Candidate) -> bool:
    """Whether a phrase before the verb says where: "at the funeral he lashed out at Peru"."""
    verb = candidate.arguments.head
    return token.i < verb.i and any(
        above.lower_ == "at" and above.head == verb for above in token.ancestors
    )

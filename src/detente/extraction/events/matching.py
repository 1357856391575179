"""Matching one frame on one predicate: its conditions and its parties."""

from __future__ import annotations

from spacy.tokens import Token

from detente.extraction.events.candidates import Candidate, Scope, noun_patterns
from detente.extraction.events.conditions import conditions
from detente.extraction.events.parties import Filling, fill, may_be_same
from detente.extraction.events.places import place_of
from detente.extraction.events.roles import noun_arguments
from detente.extraction.events.sides import actors_of, all_parties, recipients_of
from detente.extraction.parse import FoundEvent
from detente.lexicon.frames import Pattern
from detente.model.ontology import EventType

__all__ = ["Outcome", "match"]

# What a trigger gives: its event, or the rule that nearly matched and the reason why it did not.
Outcome = FoundEvent | tuple[str, str]
# PLOVER: an event of these types has a recipient, or is none.
_NEEDS_RECIPIENT = frozenset({EventType.COOPERATE, EventType.AID, EventType.SANCTION})
# Why there is no event, in words for a reader.
_ONE_PARTY = "fewer than two parties: it takes two sides, and the words around it name one"
_NO_RECIPIENT = "no recipient: an event of this type needs one, and the words around it name none"
# The recipient of "says that Peru broke the truce"; who says it of himself accuses nobody.
_SAID_OF = ("complement.subject",)
# What several do with each other, unless they are said to do it with somebody else.
_MUTUAL = frozenset({"agree", "meet", "convene", "confer"})
# ... and what they intend, decide or fail to do with each other.
_INTENDING = frozenset(
    """pledge vow promise decide plan hope fail refuse seek aim prepare want intend
    resolve""".split()
)
_TOGETHER = frozenset(
    """agree meet talk negotiate cooperate deepen improve normalise normalize resume restore
    strengthen expand settle reconcile reopen discuss collaborate coordinate boost""".split()
)
# What two states have with each other, or say to each other.
_SHARED = frozenset(
    """tie relation cooperation contact link accusation allegation insult barb
    recrimination""".split()
)
_PERSONS = "both sides are persons, who may attack each other in words"


def match(scope: Scope, pattern: Pattern, candidate: Candidate) -> Outcome | None:
    """Return the event, or (rule, reason) where a party is missing, or None for no fit."""
    deciding = conditions(scope, pattern, candidate)
    if deciding is None:
        return None
    recipients: Filling = ()
    together = pattern.reciprocal
    if pattern.reciprocal:
        actors = all_parties(scope, pattern, candidate)
        if len(actors) < 2:
            return (pattern.rule, _ONE_PARTY) if actors else None
    else:
        actors = actors_of(scope, pattern, candidate)
        if not actors:
            # a noun without any party ("the war") only mentions an event, it is no failed claim
            suffered = recipients_of(scope, pattern, candidate, ())
            bare = candidate.nominal and not suffered
            if suffered and pattern.event_type is EventType.ASSAULT:
                mentions = tuple(mention for _, mention in suffered)
                scope.agentless.append((candidate.arguments.head, mentions))
            return None if bare else (pattern.rule, f"no actor: {_why_nobody(scope, candidate)}")
        recipients = recipients_of(scope, pattern, candidate, actors)
        if _is_mutual(candidate, actors, recipients):
            recipients = ()
        together = not recipients and _among_themselves(scope, pattern, candidate, actors)
        if not recipients and not together and pattern.event_type in _NEEDS_RECIPIENT:
            return pattern.rule, _NO_RECIPIENT
        if pattern.recipient == _SAID_OF and not _others(actors, recipients):
            return None
    if pattern.frame.not_persons and _are_persons(actors, recipients):
        return pattern.rule, _PERSONS
    event = _found(
        scope, pattern, candidate, actors, recipients, deciding=deciding, together=together
    )
    if not candidate.nominal:
        subject = {mention.country for _, mention in actors}
        for token in deciding:
            if not _has_own_actor(scope, token, subject):
                scope.used[token.i] = event
    return event


def _among_themselves(
    scope: Scope, pattern: Pattern, candidate: Candidate, actors: Filling
) -> bool:
    """Whether several countries do to each other what names no other side.

    "Peru and Chile agreed to share the water", "Peru and Chile postponed their meeting".
    """
    if candidate.nominal or len({mention.country for _, mention in actors} - {None}) < 2:
        return False
    if _names_each_other(candidate) or _is_between(pattern, candidate):
        return True
    head = candidate.arguments.head
    intended = {token.lemma_ for token in candidate.arguments.complement}
    if head.lemma_ in _INTENDING and intended & _TOGETHER:
        return True
    return head.lemma_ in _MUTUAL or any(
        pattern.reciprocal
        for thing in candidate.arguments.object
        if any(child.lower_ == "their" for child in thing.lefts)
        for pattern in noun_patterns(scope.frames, thing)
    )


def _is_between(pattern: Pattern, candidate: Candidate) -> bool:
    """Whether the object is what several have with each other: "Chad and Sudan cut their ties"."""
    with_whom = "with" in pattern.recipient
    return with_whom and any(token.lemma_ in _SHARED for token in candidate.arguments.object)


def _others(actors: Filling, recipients: Filling) -> bool:
    """Whether a recipient is another one than each actor, though perhaps of its country."""
    return any(not any(may_be_same(one, other) for _, other in actors) for _, one in recipients)


def _is_mutual(candidate: Candidate, actors: Filling, recipients: Filling) -> bool:
    """Whether what is named as the recipient is the other one of two actors."""
    several = len({mention.country for _, mention in actors} - {None}) > 1
    named = any(mention.country for _, mention in recipients)
    return several and not named and _names_each_other(candidate)


def _names_each_other(candidate: Candidate) -> bool:
    """Whether several do it to each other: "each expelled a diplomat from the other country"."""
    arguments = candidate.arguments
    for token in (*arguments.object, *arguments.prep.get("from", ())):
        for part in token.subtree:
            before = part.doc[part.i - 1].lower_ if part.i else ""
            if part.lower_ == "other" and before in ("each", "the"):
                return before == "each" or part.head.lemma_ in ("country", "side", "other")
    return False


def _why_nobody(scope: Scope, candidate: Candidate) -> str:
    """Return why nobody is found who did it, in words for a reader."""
    for token in candidate.arguments.subject:
        return scope.mentions.why(token) or f"{token.text!r} is no actor that the lexicon knows"
    return "the words around it do not say who did it"


# Those who attack each other in words, as persons do.
_TALKING = frozenset({"LEG", "MED", "PTY"})


def _are_persons(actors: Filling, recipients: Filling) -> bool:
    """Whether both sides fight with words: "Biden attacked Trump", "Democrats attacked Trump"."""
    return bool(recipients) and all(
        head.ent_type_ == "PERSON" or mention.sector in _TALKING
        for head, mention in (*actors, *recipients)
    )


def _has_own_actor(scope: Scope, noun: Token, subject: set[str | None]) -> bool:
    """Whether a noun has an actor of its own: "lifted Iran's blockade" speaks of two events.

    An adjective is not enough: "extended the Russian sanctions".
    """
    arguments = noun_arguments(noun)
    for role in ("possessor", "by"):
        for _, mention in fill(arguments, role, scope.mentions):
            if mention.country not in subject:
                return True
    return False


def _found(
    scope: Scope,
    pattern: Pattern,
    candidate: Candidate,
    *parties: Filling,
    deciding: tuple[Token, ...],
    together: bool,
) -> FoundEvent:
    actors, recipients = parties
    place = place_of(
        scope.mentions,
        candidate.arguments,
        candidate.anchor,
        {token.i for token, _ in (*actors, *recipients)},
        pattern.event_type,
    )
    heads = [token for token, _ in (*actors, *recipients)]
    tokens = {token.i: token for token in (*candidate.anchor, *deciding, *heads)}
    passage = scope.passage
    for _, mention in (*actors, *recipients):
        covered = passage.doc.char_span(
            mention.span.start - passage.start,
            mention.span.end - passage.start,
            alignment_mode="expand",
        )
        tokens |= {token.i: token for token in covered or ()}
    nouns = (token for token in deciding if not candidate.nominal)
    anchor = (*candidate.anchor, *(t for t in nouns if noun_patterns(scope.frames, t)))
    return FoundEvent(
        passage=passage,
        trigger=anchor[0] if candidate.light else candidate.arguments.head,
        anchor=tuple(sorted(anchor, key=lambda token: token.i)),
        tokens=tuple(tokens[at] for at in sorted(tokens)),
        event_type=pattern.event_type,
        mode=pattern.mode,
        actors=tuple(mention for _, mention in actors),
        recipients=tuple(mention for _, mention in recipients),
        place=place,
        rule=pattern.rule,
        reciprocal=together,
        negated=pattern.frame.negated,
        alone=not pattern.recipient,
    )

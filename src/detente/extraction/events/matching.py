"""Matching one frame on one predicate: its conditions and its parties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from spacy.tokens import Token

from detente.extraction.events.parties import Filling, fill, lemmas_of
from detente.extraction.events.places import place_of
from detente.extraction.events.prepositions import Tokens, prepositions
from detente.extraction.events.roles import Arguments, noun_arguments, verb_arguments
from detente.extraction.parse import FoundEvent, Passage
from detente.lexicon.frames import ANY, FrameLexicon, Pattern
from detente.model import Mention
from detente.model.ontology import EventType

if TYPE_CHECKING:
    from detente.extraction.actors.mentions import Mentions

__all__ = ["MODIFYING", "Candidate", "Outcome", "Scope", "by_lemma", "match", "noun_patterns"]

_Entry = TypeVar("_Entry")
# What a trigger gives: its event, or the rule that nearly matched and the reason why it did not.
Outcome = FoundEvent | tuple[str, str]
# Heads that turn what they hold into its opposite: "a suspension of aid" is no aid.
_REVERSERS = frozenset(
    """suspension end halt cut cutoff reduction freeze cessation termination cancellation rejection
    lifting removal withdrawal easing relief lack absence violation breach threat risk fear
    collapse failure denial deadline anniversary talk rumour rumor""".split()
)
# PLOVER: an event of these types has a recipient, or is none.
_NEEDS_RECIPIENT = frozenset({EventType.COOPERATE, EventType.AID, EventType.SANCTION})
# To judge a deed is not to judge the one who suffered it.
_JUDGING = frozenset({EventType.ACCUSE, EventType.PROTEST})
_DEEDS = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.SANCTION})
# Prepositions whose object may hold the one that names a party, and those that may name it there.
_HOLDING = frozenset({"on", "of", "for", "against"})
_INNER = frozenset({"against", "on", "to", "from", "with"})
_PASSIVE_PARTIES = ("from", "by", "possessor", "modifier")
# Nouns that only modify another noun ("sanctions relief") name no event.
MODIFYING = frozenset({"compound", "amod", "nmod", "npadvmod"})


@dataclass(slots=True, eq=False)
class Scope:
    """What is known while one passage is read; ``used`` holds nouns that are part of an event."""

    passage: Passage
    mentions: Mentions
    frames: FrameLexicon
    used: dict[int, FoundEvent] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A predicate whose patterns are to be tried.

    Attributes:
        arguments: of the predicate.
        anchor: the tokens that name the event.
        nominal: whether a noun heads it, so that roles may lie in its phrase.
        light: whether a light verb governs that noun, whose subject is then the actor.
        inverse: whether the subject is the recipient ("suffered an attack").
    """

    arguments: Arguments
    anchor: tuple[Token, ...]
    nominal: bool = False
    light: bool = False
    inverse: bool = False


def by_lemma(index: Mapping[str, tuple[_Entry, ...]], verb: Token) -> tuple[_Entry, ...]:
    """Look a verb up; the lemmatiser cuts too much off some ("staged" becomes "stag")."""
    found = index.get(verb.lemma_)
    if found is None and verb.tag_ in ("VBD", "VBN", "VBG"):
        found = index.get(verb.lemma_ + "e")
    return found or ()


def noun_patterns(frames: FrameLexicon, token: Token) -> tuple[Pattern, ...]:
    """Return the patterns that a noun, a name ("Talks" in a title) or a gerund heads."""
    patterns = frames.nouns.get(token.lower_ if token.tag_ == "VBG" else token.lemma_.lower())
    if patterns is None and token.pos_ == "PROPN" and token.lower_.endswith("s"):
        patterns = frames.nouns.get(token.lower_[:-1])
    return patterns or ()


def match(scope: Scope, pattern: Pattern, candidate: Candidate) -> Outcome | None:
    """Return the event, or (rule, reason) where a party is missing, or None for no fit."""
    deciding = _conditions(scope, pattern, candidate)
    if deciding is None:
        return None
    recipients: Filling = ()
    if pattern.reciprocal:
        actors = _all_parties(scope, pattern, candidate)
        if len(actors) < 2:
            return (pattern.rule, "fewer than two parties") if actors else None
    else:
        actors = _actors(scope, pattern, candidate)
        if not actors:
            # a noun without any party ("the war") only mentions an event, it is no failed claim
            bare = candidate.nominal and not _recipients(scope, pattern, candidate, ())
            return None if bare else (pattern.rule, "no actor")
        recipients = _recipients(scope, pattern, candidate, actors)
        if not recipients and pattern.event_type in _NEEDS_RECIPIENT:
            return pattern.rule, "no recipient"
    if pattern.frame.not_persons and _are_persons(actors, recipients):
        return pattern.rule, "said of two persons, who may attack in words"
    event = _found(scope, pattern, candidate, actors, recipients, deciding=deciding)
    if not candidate.nominal:
        subject = {mention.country for _, mention in actors}
        for token in deciding:
            if not _has_own_actor(scope, token, subject):
                scope.used[token.i] = event
    return event


def _are_persons(actors: Filling, recipients: Filling) -> bool:
    """Whether both sides are named persons: "Biden attacked Trump over the budget"."""
    heads = [token for token, _ in (*actors, *recipients)]
    return bool(recipients) and all(head.ent_type_ == "PERSON" for head in heads)


def _conditions(scope: Scope, pattern: Pattern, candidate: Candidate) -> tuple[Token, ...] | None:
    """Return the tokens that meet the pattern's conditions, or None where one is not met."""
    arguments = candidate.arguments
    nominal_words = pattern.after if candidate.nominal else ()
    if not _stands_between(arguments.head, pattern.before, nominal_words):
        return None
    deciding: list[Token] = []
    if pattern.not_object and any(
        lemmas_of(token) & pattern.not_object for token in arguments.object
    ):
        return None
    if pattern.object is not None:
        matched = _among(scope, arguments.object, pattern.object)
        if not matched:
            return None
        deciding += matched
    if pattern.subject is not None and not _among(scope, arguments.subject, pattern.subject):
        return None
    for word, allowed in pattern.prep.items():
        places = arguments.prep.get(word, ())
        if candidate.nominal and pattern.reciprocal and not places:
            places = arguments.prep.get("between", ())
        matched = _among(scope, places, allowed)
        if not matched:
            return None
        deciding += matched
    if pattern.complement is not None:
        matched = [
            token
            for token in arguments.complement
            if ANY in pattern.complement or token.lemma_.lower() in pattern.complement
        ]
        if not matched:
            return None
    return tuple(deciding)


def _among(scope: Scope, tokens: Iterable[Token], allowed: frozenset[str]) -> list[Token]:
    """Return the noun phrases that are, contain or are made of one of the allowed words."""
    found = []
    for token in tokens:
        if ANY in allowed or _words_of(token) & allowed:
            found.append(token)
        elif "$actor" in allowed or "$country" in allowed:
            mention = scope.mentions.at(token)
            if mention is not None and ("$actor" in allowed or mention.country):
                found.append(token)
    return found


def _words_of(token: Token) -> set[str]:
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
    doc = head.doc
    first, last = head.i - len(before), head.i + len(after)
    if first < 0 or last >= len(doc):
        return False
    around = [*range(first, head.i), *range(head.i + 1, last + 1)]
    return all(
        word in (doc[at].lower_, doc[at].lemma_.lower())
        for at, word in zip(around, (*before, *after), strict=True)
    )


def _fill(
    scope: Scope, candidate: Candidate, roles: Iterable[str], actors: Filling = ()
) -> Filling:
    """Return the parties in the first of the roles that others than the actors' own fill."""
    own: Filling = ()
    for role in roles:
        if role.startswith("complement."):
            inner = role.partition(".")[2]
            found: Filling = ()
            for verb in candidate.arguments.complement:
                found = found or fill(verb_arguments(verb), inner, scope.mentions)
        else:
            found = fill(candidate.arguments, role, scope.mentions)
        if found := _without(found, actors):
            countries = {mention.country for _, mention in actors}
            if not all(_is_own(token) and m.country in countries for token, m in found):
                return found
            own = own or found
    return own


def _deeper(scope: Scope, candidate: Candidate, roles: Iterable[str], actors: Filling) -> Filling:
    """Return the parties of a preposition that is not the predicate's own.

    It may stand inside the object ("lifted its ban on tours to Turkey", "insisted on an apology
    from Turkey") or beside a governed infinitive ("vowed to retaliate against Syria").
    """
    arguments = candidate.arguments
    asked = tuple(role for role in roles if role in _INNER)
    places = [
        token
        for word, tokens in arguments.prep.items()
        for token in tokens
        if word in _HOLDING and token.dep_ == "pobj" and scope.mentions.at(token) is None
    ]
    told = [
        child  # "lifted the sanctions imposed on Iran"
        for token in arguments.object
        for child in token.children
        if child.dep_ == "acl" and child.tag_ == "VBN"
    ]
    around: list[Mapping[str, Tokens]] = [inner := prepositions(places)]
    around.append(prepositions([t for word in _HOLDING for t in inner.get(word, ())]))
    around.append(prepositions(told))
    if not candidate.nominal:
        to_act = (v for v in arguments.complement if any(c.tag_ == "TO" for c in v.lefts))
        around += [verb_arguments(verb).prep for verb in to_act]
    for prep in around:
        held = replace(candidate, arguments=replace(arguments, prep=prep))
        if found := _fill(scope, held, asked, actors):
            return found
    return ()


def _actors(scope: Scope, pattern: Pattern, candidate: Candidate) -> Filling:
    if candidate.inverse:
        return _fill(scope, candidate, (*pattern.actor, *_PASSIVE_PARTIES))
    roles = pattern.actor
    compounds = [t for t in candidate.arguments.object if t.dep_ in MODIFYING]
    if (
        candidate.nominal
        and pattern.object is not None
        and _among(scope, compounds, pattern.object)
    ):
        # "the Russian jet shootdown": what stands before the noun is what it happened to
        roles = tuple(role for role in roles if role != "modifier")
    if not candidate.light:
        return _fill(scope, candidate, roles)
    subject = fill(candidate.arguments, "subject", scope.mentions)
    owner = fill(candidate.arguments, "possessor", scope.mentions)
    if owner and subject and owner[0][1].country not in (None, subject[0][1].country):
        return owner
    return subject or owner or _fill(scope, candidate, roles)


def _recipients(scope: Scope, pattern: Pattern, candidate: Candidate, actors: Filling) -> Filling:
    if candidate.inverse:
        return _fill(scope, candidate, ("subject",), actors)
    found = _fill(scope, candidate, pattern.recipient, actors)
    if pattern.event_type in _JUDGING:
        found = tuple((token, m) for token, m in found if not _is_victim(scope, token))
    if not any(mention.country for _, mention in found):
        deeper = _deeper(scope, candidate, pattern.recipient, actors)
        found = deeper if any(mention.country for _, mention in deeper) else found or deeper
    if not found and candidate.nominal and pattern.recipient:
        by = {token.i for token in candidate.arguments.prep.get("by", ())}
        if any(token.i in by for token, _ in actors):
            return _fill(scope, candidate, ("possessor",), actors)
    return found


def _is_victim(scope: Scope, token: Token) -> bool:
    """Whether a party is the one to whom a deed was done: "condemned the killing of a Turk"."""
    of = token.head
    if token.dep_ != "pobj" or of.lower_ != "of":
        return False
    patterns = noun_patterns(scope.frames, of.head)
    return any(pattern.event_type in _DEEDS for pattern in patterns)


def _all_parties(scope: Scope, pattern: Pattern, candidate: Candidate) -> Filling:
    """Return everyone who took part in a reciprocal event."""
    roles = (*pattern.actor, *pattern.recipient)
    if candidate.light or candidate.arguments.head.dep_ == "pobj":
        roles = ("subject", *roles)
    if candidate.nominal:
        pairs = [pair for role in roles for pair in fill(candidate.arguments, role, scope.mentions)]
    else:
        pairs = [
            *_fill(scope, candidate, pattern.actor),
            *_fill(scope, candidate, pattern.recipient),
        ]
    found: dict[object, tuple[Token, Mention]] = {}
    for token, mention in sorted(pairs, key=lambda pair: pair[1].span.start - pair[1].span.end):
        inside = any(
            m.span.start <= mention.span.start and mention.span.end <= m.span.end
            for _, m in found.values()
            if mention.country in (None, m.country)
        )
        if not inside:
            known = (mention.country, mention.sector, mention.name)
            found.setdefault(known if any(known) else mention.span, (token, mention))
    return tuple(sorted(found.values(), key=lambda pair: pair[1].span.start))


def _without(recipients: Filling, actors: Filling) -> Filling:
    """Leave out recipients that are the actor again: "withdrew its troops", "defended itself"."""
    spans = {mention.span for _, mention in actors}
    heads = {token.i for token, _ in actors}
    countries = {mention.country for _, mention in actors}
    return tuple(
        (token, mention)
        for token, mention in recipients
        if mention.span not in spans
        and not (token.dep_ in MODIFYING and token.head.i in heads)
        and not (token.tag_ == "PRP$" and mention.country in countries)
        and not (mention.sector == "MIL" and not mention.country and _is_own(token))
        and not token.lower_.endswith(("self", "selves"))
    )


def _is_own(token: Token) -> bool:
    return any(child.tag_ == "PRP$" for child in token.lefts)


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
) -> FoundEvent:
    actors, recipients = parties
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
        place=place_of(
            scope.mentions,
            candidate.arguments,
            candidate.anchor,
            {token.i for token in heads},
            pattern.event_type,
        ),
        rule=pattern.rule,
        reciprocal=pattern.reciprocal,
    )

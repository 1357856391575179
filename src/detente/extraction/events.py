"""Events: who did what to whom, found by matching frames on dependency parses.

One pass over the tokens; a token whose lemma heads a frame is a trigger. A trigger gives at most
one event: that of the most specific frame whose conditions hold and whose actor is there. Where a
frame fits but a party is missing, the trigger is an abstention with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from spacy.tokens import Token

from detente.extraction.parse import FoundEvent, Passage
from detente.extraction.parties import Filling, fill, lemmas_of
from detente.extraction.roles import (
    Arguments,
    adjective_arguments,
    fixed_words,
    light_arguments,
    noun_arguments,
    verb_arguments,
)
from detente.lexicon.frames import ANY, FrameLexicon, Pattern
from detente.model import Abstention, Mention, Place
from detente.model.ontology import EventType

if TYPE_CHECKING:
    from detente.extraction.mentions import Mentions

__all__ = ["find_events"]

_Entry = TypeVar("_Entry")
# What a trigger gives: its event, or the rule that nearly matched and the reason why it did not.
_Outcome = FoundEvent | tuple[str, str]
# Verbs that say what an attack did.
_HARM = frozenset(
    """kill wound injure die perish destroy damage hit strike target slay hurt maim leave claim
    flatten demolish level devastate""".split()
)
# Heads that turn what they hold into its opposite: "a suspension of aid" is no aid.
_REVERSERS = frozenset(
    """suspension end halt cut cutoff reduction freeze cessation termination cancellation rejection
    lifting removal withdrawal easing relief lack absence violation breach threat risk fear
    collapse failure denial deadline anniversary talk rumour rumor""".split()
)
# Types that speak of an act to come: their recipient is the recipient of that act.
_PROSPECTIVE = frozenset({EventType.AGREE, EventType.THREATEN, EventType.REJECT, EventType.CONCEDE})
# PLOVER: an event of these types has a recipient, or is none.
_NEEDS_RECIPIENT = frozenset({EventType.COOPERATE, EventType.AID, EventType.SANCTION})
_PLACES = ("in", "at", "near", "over", "off", "inside", "along", "outside", "around", "across")
_PASSIVE_PARTIES = ("from", "by", "possessor", "modifier")
# Where a gerund that the tagger takes for a verb is a noun.
_NOUN_PLACES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
# Nouns that only modify another noun ("sanctions relief") name no event.
_MODIFYING = frozenset({"compound", "amod", "nmod", "npadvmod"})


@dataclass(slots=True, eq=False)
class _Scope:
    """What is known while one passage is read; ``used`` holds nouns that are part of an event."""

    passage: Passage
    mentions: Mentions
    frames: FrameLexicon
    used: dict[int, FoundEvent] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
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


def find_events(
    passages: Sequence[Passage], mentions: Sequence[Mentions], frames: FrameLexicon
) -> tuple[tuple[FoundEvent, ...], tuple[Abstention, ...]]:
    """Find the events that the passages speak of, whether or not they are said to have happened.

    Args:
        passages: parsed paragraphs.
        mentions: the actors in each passage, parallel to ``passages``.
        frames: the event lexicon.

    Returns:
        The events in the order of their triggers, and for each trigger that fitted a frame but
        lacked a party an abstention with the reason.
    """
    found: list[FoundEvent] = []
    abstained: list[Abstention] = []
    for passage, actors in zip(passages, mentions, strict=True):
        scope = _Scope(passage, actors, frames)
        here: list[FoundEvent] = []
        for trigger, result in _read(scope):
            if isinstance(result, FoundEvent):
                here.append(result)
            else:
                rule, reason = result
                abstained.append(
                    Abstention(span=passage.span((trigger,)), rule=rule, reason=reason)
                )
        found += _inherit(_one_happening(scope, here))
    return tuple(found), tuple(abstained)


def _read(scope: _Scope) -> Iterable[tuple[Token, _Outcome]]:
    """Yield triggers with their event or the reason why there is none: verbs first, then nouns."""
    nouns: list[Token] = []
    for token in scope.passage.doc:
        part = token.pos_
        outcome: _Outcome | None = None
        if part in ("VERB", "AUX"):
            outcome = _verb_event(scope, token)
        elif part in ("NOUN", "PROPN"):
            nouns.append(token)
        elif part == "ADJ" and token.dep_ in ("acomp", "conj", "ROOT", "oprd"):
            patterns = scope.frames.adjectives.get(token.lemma_.lower())
            if patterns:
                outcome = _best(scope, patterns, _Candidate(adjective_arguments(token), (token,)))
        if outcome is not None:
            yield token, outcome
        if token.tag_ == "VBG" and token.dep_ in _NOUN_PLACES and type(outcome) is not FoundEvent:
            nouns.append(token)  # "Fighting between A and B broke out"
    for token in nouns:
        if token.i in scope.used or token.dep_ in _MODIFYING:
            continue
        patterns = _noun_patterns(scope.frames, token)
        if patterns:
            candidate = _Candidate(noun_arguments(token), (token,), nominal=True)
            outcome = _best(scope, patterns, candidate)
            if outcome is not None:
                yield token, outcome


def _one_happening(scope: _Scope, events: Iterable[FoundEvent]) -> list[FoundEvent]:
    """Join an event noun with the verb that says what it did: "Russian airstrikes killed ten".

    The noun keeps the event where it names the recipient, else the verb does. Where the verb has no
    event ("ten soldiers died in an airstrike") the noun takes the verb's victims.
    """
    known = {event.trigger.i: event for event in events}
    for noun in [event for event in known.values() if event.trigger.pos_ == "NOUN"]:
        trigger = noun.trigger
        if noun.event_type is not EventType.ASSAULT or len(noun.anchor) > 1:
            continue
        verb = trigger.head.head if trigger.dep_ == "pobj" else trigger.head
        if trigger.dep_ == "pobj" and trigger.head.lower_ not in ("in", "by", "during", "with"):
            continue
        if trigger.dep_ not in ("pobj", "nsubj") or verb.lemma_ not in _HARM:
            continue
        done = known.get(verb.i)
        if done is not None and (noun.recipients or not done.recipients):
            del known[verb.i]
        elif done is not None and done.event_type is noun.event_type:
            del known[trigger.i]
            known[verb.i] = replace(done, mode=done.mode or noun.mode)
        elif not noun.recipients:
            known[trigger.i] = _with_victims(scope, noun, verb)
    return [known[at] for at in sorted(known)]


def _inherit(events: list[FoundEvent]) -> list[FoundEvent]:
    """Give an announced act's recipient to its announcement: "threatened to attack Turkey"."""
    known = {event.trigger.i: event for event in events}
    for event in events:
        if event.event_type not in _PROSPECTIVE or any(m.country for m in event.recipients):
            continue
        for clause in verb_arguments(event.trigger).complement:
            act = known.get(clause.i)
            if act is None or not _share(event.actors, act.actors):
                continue
            others = act.recipients or tuple(m for m in act.actors if m not in event.actors)
            if others:
                known[event.trigger.i] = replace(event, recipients=others)
                break
    return [known[at] for at in sorted(known)]


def _share(first: tuple[Mention, ...], second: tuple[Mention, ...]) -> bool:
    return any(mention.span == other.span for mention in first for other in second)


def _with_victims(scope: _Scope, noun: FoundEvent, verb: Token) -> FoundEvent:
    """Return the event of a noun with those whom the verb says it harmed as recipients."""
    arguments = verb_arguments(verb)
    role = "subject" if verb.lemma_ in ("die", "perish") else "object"
    victims = fill(arguments, role, scope.mentions)
    heads = {token.i: token for token in (*noun.tokens, verb, *(token for token, _ in victims))}
    return replace(
        noun,
        recipients=tuple(mention for _, mention in victims),
        tokens=tuple(heads[at] for at in sorted(heads)) if victims else noun.tokens,
    )


def _by_lemma(index: Mapping[str, tuple[_Entry, ...]], verb: Token) -> tuple[_Entry, ...]:
    """Look a verb up; the lemmatiser cuts too much off some ("staged" becomes "stag")."""
    found = index.get(verb.lemma_)
    if found is None and verb.tag_ in ("VBD", "VBN", "VBG"):
        found = index.get(verb.lemma_ + "e")
    return found or ()


def _noun_patterns(frames: FrameLexicon, token: Token) -> tuple[Pattern, ...]:
    patterns = frames.nouns.get(token.lower_ if token.tag_ == "VBG" else token.lemma_.lower())
    if patterns is None and token.pos_ == "PROPN" and token.lower_.endswith("s"):
        patterns = frames.nouns.get(token.lower_[:-1])
    return patterns or ()


def _verb_event(scope: _Scope, verb: Token) -> _Outcome | None:
    """Try the frames of a verb, then what it means as a light verb."""
    result: _Outcome | None = None
    patterns = _by_lemma(scope.frames.verbs, verb)
    # All patterns with the same fixed words share their arguments.
    known: dict[tuple[str, ...], _Candidate | None] = {}
    for pattern in patterns:
        if pattern.after not in known:
            fixed = fixed_words(verb, pattern.after)
            known[pattern.after] = (
                _Candidate(verb_arguments(verb, fixed), (verb, *fixed))
                if fixed is not None
                else None
            )
        candidate = known[pattern.after]
        if candidate is None:
            continue
        outcome = _match(scope, pattern, candidate)
        if isinstance(outcome, FoundEvent):
            return outcome
        result = result or outcome
    return _light_event(scope, verb) or result


def _light_event(scope: _Scope, verb: Token) -> _Outcome | None:
    """Try the event nouns that a light verb governs: "launched an attack on"."""
    for light in _by_lemma(scope.frames.light, verb):
        fixed = fixed_words(verb, light.words[1:])
        if fixed is None:
            continue
        arguments = verb_arguments(verb, fixed)
        for noun in arguments.object:
            patterns = _noun_patterns(scope.frames, noun) if noun.dep_ != "poss" else ()
            if not patterns:
                continue
            candidate = _Candidate(
                light_arguments(arguments, noun),
                (verb, *fixed, noun),
                nominal=True,
                light=True,
                inverse=light.inverse,
            )
            result = _best(scope, patterns, candidate)
            if isinstance(result, FoundEvent):
                scope.used[noun.i] = result
                return result
    return None


def _best(scope: _Scope, patterns: Iterable[Pattern], candidate: _Candidate) -> _Outcome | None:
    """Return the event of the first pattern that matches, else the first reason why none does."""
    reason: tuple[str, str] | None = None
    for pattern in patterns:
        outcome = _match(scope, pattern, candidate)
        if isinstance(outcome, FoundEvent):
            return outcome
        reason = reason or outcome
    return reason


def _match(scope: _Scope, pattern: Pattern, candidate: _Candidate) -> _Outcome | None:
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
        recipients = _without(_recipients(scope, pattern, candidate, actors), actors)
        if not recipients and pattern.event_type in _NEEDS_RECIPIENT:
            return pattern.rule, "no recipient"
    event = _found(scope, pattern, candidate, actors, recipients, deciding=deciding)
    if not candidate.nominal:
        subject = {mention.country for _, mention in actors}
        for token in deciding:
            if not _has_own_actor(scope, token, subject):
                scope.used[token.i] = event
    return event


def _conditions(scope: _Scope, pattern: Pattern, candidate: _Candidate) -> tuple[Token, ...] | None:
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


def _among(scope: _Scope, tokens: Iterable[Token], allowed: frozenset[str]) -> list[Token]:
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


def _fill(scope: _Scope, candidate: _Candidate, roles: Iterable[str]) -> Filling:
    """Return the parties in the first of the roles that is filled."""
    for role in roles:
        if role.startswith("complement."):
            inner = role.partition(".")[2]
            found: Filling = ()
            for verb in candidate.arguments.complement:
                found = found or fill(verb_arguments(verb), inner, scope.mentions)
        else:
            found = fill(candidate.arguments, role, scope.mentions)
        if found:
            return found
    return ()


def _actors(scope: _Scope, pattern: Pattern, candidate: _Candidate) -> Filling:
    if candidate.inverse:
        return _fill(scope, candidate, (*pattern.actor, *_PASSIVE_PARTIES))
    roles = pattern.actor
    compounds = [t for t in candidate.arguments.object if t.dep_ in _MODIFYING]
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


def _recipients(scope: _Scope, pattern: Pattern, candidate: _Candidate, actors: Filling) -> Filling:
    if candidate.inverse:
        return fill(candidate.arguments, "subject", scope.mentions)
    found = _fill(scope, candidate, pattern.recipient)
    if not found and candidate.nominal and pattern.recipient:
        by = {token.i for token in candidate.arguments.prep.get("by", ())}
        if any(token.i in by for token, _ in actors):
            return fill(candidate.arguments, "possessor", scope.mentions)
    return found


def _all_parties(scope: _Scope, pattern: Pattern, candidate: _Candidate) -> Filling:
    """Return everyone who took part in a reciprocal event."""
    roles = (*pattern.actor, *pattern.recipient)
    if candidate.light:
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
    countries = {mention.country for _, mention in actors}
    return tuple(
        (token, mention)
        for token, mention in recipients
        if mention.span not in spans
        and not (token.tag_ == "PRP$" and mention.country in countries)
        and not (mention.sector == "MIL" and not mention.country and _is_own(token))
        and not token.lower_.endswith(("self", "selves"))
    )


def _is_own(token: Token) -> bool:
    return any(child.tag_ == "PRP$" for child in token.lefts)


def _has_own_actor(scope: _Scope, noun: Token, subject: set[str | None]) -> bool:
    """Whether a noun has an actor of its own: "condemned Russia's attack" is two events."""
    arguments = noun_arguments(noun)
    for role in ("possessor", "modifier", "by"):
        for _, mention in fill(arguments, role, scope.mentions):
            if mention.country not in subject:
                return True
    return False


def _found(
    scope: _Scope,
    pattern: Pattern,
    candidate: _Candidate,
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
    anchor = (*candidate.anchor, *(t for t in nouns if _noun_patterns(scope.frames, t)))
    return FoundEvent(
        passage=passage,
        trigger=anchor[0] if candidate.light else candidate.arguments.head,
        anchor=tuple(sorted(anchor, key=lambda token: token.i)),
        tokens=tuple(tokens[at] for at in sorted(tokens)),
        event_type=pattern.event_type,
        mode=pattern.mode,
        actors=tuple(mention for _, mention in actors),
        recipients=tuple(mention for _, mention in recipients),
        place=_place(scope, candidate, {token.i for token in heads}),
        rule=pattern.rule,
    )


def _place(scope: _Scope, candidate: _Candidate, parties: set[int]) -> Place | None:
    """Return the place named beside the predicate or its object."""
    for token in (*candidate.anchor, *candidate.arguments.object):
        for child in token.children:
            if child.dep_ in ("prep", "prt", "advmod") and child.lower_ in _PLACES:
                for inner in child.children:
                    if inner.dep_ == "pobj" and inner.i not in parties:
                        place: Place | None = scope.mentions.place_at(inner)
                        if place is not None:
                            return place
    return None

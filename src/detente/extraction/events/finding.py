"""Events: who did what to whom, found by matching frames on dependency parses.

One pass over the tokens; a token whose lemma heads a frame is a trigger. A trigger gives at most
one event: that of the most specific frame whose conditions hold and whose actor is there. Where a
frame fits but a party is missing, the trigger is an abstention with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from detente.extraction.actors.mentions import Mentions
from detente.extraction.events.answering import answering
from detente.extraction.events.candidates import MODIFYING, Candidate, Scope, noun_patterns
from detente.extraction.events.claiming import Deed, claiming
from detente.extraction.events.home import at_home, homes_of
from detente.extraction.events.joining import fold_demands, fold_visits, inherit, one_happening
from detente.extraction.events.matching import Outcome, match
from detente.extraction.events.prepositions import guest
from detente.extraction.events.roles import (
    adjective_arguments,
    fixed_words,
    headline_arguments,
    light_arguments,
    noun_arguments,
    verb_arguments,
)
from detente.extraction.parse import FoundEvent, Passage
from detente.lexicon.frames import FrameLexicon, Pattern
from detente.model import Abstention

__all__ = ["find_events"]

# Where a gerund that the tagger takes for a verb is a noun.
_NOUN_PLACES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
# "Has", "was" and "will" beside a verb are no predicates.
_AUXILIARY = frozenset({"aux", "auxpass"})


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
    agentless: list[Deed] = []
    for passage, actors in zip(passages, mentions, strict=True):
        if passage.topic:
            continue
        scope = Scope(passage, actors, frames)
        here: list[FoundEvent] = []
        for trigger, result in _read(scope):
            if isinstance(result, FoundEvent):
                here.append(result)
            else:
                rule, reason = result
                words, sentence = passage.span((trigger,)), passage.span(trigger.sent)
                abstained.append(
                    Abstention(span=words, sentence=sentence, rule=rule, reason=reason)
                )
        agentless += [Deed(passage, token, whom) for token, whom in scope.agentless]
        found += fold_visits(fold_demands(inherit(one_happening(scope, here))))
    if found:
        homes = dict(zip(passages, homes_of(passages, mentions), strict=True))
        found = [at_home(e, homes[e.passage][e.trigger.sent.start]) for e in found]
        found = claiming(answering(frames, found), agentless)
    return tuple(found), tuple(abstained)


def _read(scope: Scope) -> Iterable[tuple[Token, Outcome]]:
    """Yield triggers with their event or the reason why there is none: verbs first, then nouns."""
    nouns: list[Token] = []
    for token in scope.passage.doc:
        part = token.pos_
        outcome: Outcome | None = None
        if part in ("VERB", "AUX"):
            if token.dep_ in _AUXILIARY:
                continue
            outcome = _verb_event(scope, token)
        elif part in ("NOUN", "PROPN"):
            nouns.append(token)
        elif part == "ADJ" and token.dep_ in ("acomp", "conj", "ROOT", "oprd"):
            patterns = scope.frames.adjectives.get(token.lemma_.lower())
            if patterns:
                outcome = _best(scope, patterns, Candidate(adjective_arguments(token), (token,)))
        if outcome is not None:
            yield token, outcome
        # "Fighting between A and B broke out"; "US airstrikes" is often read as a clause
        nounlike = token.tag_ in ("VBG", "VBZ") and token.dep_ in _NOUN_PLACES
        if nounlike and part == "VERB" and type(outcome) is not FoundEvent:
            nouns.append(token)
    for token in nouns:
        outcome = _headline_event(scope, token)
        if outcome is not None:
            yield token, outcome
            continue
        modifying = token.dep_ in MODIFYING and token.i < token.head.i
        if token.i in scope.used or modifying:
            continue
        patterns = noun_patterns(scope.frames, token)
        if patterns:
            candidate = Candidate(noun_arguments(token), (token,), nominal=True)
            outcome = _best(scope, patterns, candidate)
            if outcome is not None:
                yield token, outcome


def _verb_event(scope: Scope, verb: Token) -> Outcome | None:
    """Try the frames of a verb, then what it means as a light verb."""
    if guest(verb) is not None:
        return None
    result: Outcome | None = None
    patterns = scope.frames.verbs.get(verb.lemma_, ())
    # All patterns with the same fixed words share their arguments.
    known: dict[tuple[str, ...], Candidate | None] = {}
    for pattern in patterns:
        if pattern.after not in known:
            fixed = fixed_words(verb, pattern.after)
            known[pattern.after] = (
                Candidate(verb_arguments(verb, fixed), (verb, *fixed))
                if fixed is not None
                else None
            )
        candidate = known[pattern.after]
        if candidate is None:
            continue
        outcome = match(scope, pattern, candidate)
        if isinstance(outcome, FoundEvent):
            return outcome
        result = result or outcome
    return _light_event(scope, verb) or result


def _headline_event(scope: Scope, noun: Token) -> Outcome | None:
    """Try the verb's frames on what the tagger takes for a noun: "Turkey thanks Russia"."""
    patterns = scope.frames.verbs.get(noun.lemma_.lower())
    arguments = headline_arguments(noun) if patterns else None
    if arguments is None or patterns is None:
        return None
    # without an object only a frame of a verb with its preposition: "Egypt sides with Peru"
    sure = bool(arguments.object)
    plain = (pattern for pattern in patterns if not pattern.after and (sure or pattern.prep))
    outcome = _best(scope, plain, Candidate(arguments, (noun,)))
    return outcome if isinstance(outcome, FoundEvent) else None


def _light_event(scope: Scope, verb: Token) -> Outcome | None:
    """Try the event nouns that a light verb governs: "launched an attack on"."""
    for light in scope.frames.light.get(verb.lemma_, ()):
        fixed = fixed_words(verb, light.words[1:])
        if fixed is None:
            continue
        arguments = verb_arguments(verb, fixed)
        for noun in arguments.object:
            patterns = noun_patterns(scope.frames, noun) if noun.dep_ != "poss" else ()
            if not patterns:
                continue
            candidate = Candidate(
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


def _best(scope: Scope, patterns: Iterable[Pattern], candidate: Candidate) -> Outcome | None:
    """Return the event of the first pattern that matches, else the first reason why none does."""
    reason: tuple[str, str] | None = None
    for pattern in patterns:
        outcome = match(scope, pattern, candidate)
        if isinstance(outcome, FoundEvent):
            return outcome
        reason = reason or outcome
    return reason

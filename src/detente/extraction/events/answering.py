"""Whom a judgement is about where only the deed is named: "Pakistan condemned the attack".

News tells a deed first and then who condemned it. The doer of the nearest deed told before that the
noun can mean is the one who is judged; the noun's words name him, the doer's own are kept as their
antecedent. Where that deed has no known doer, or is the judge's own, nobody is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from detente.extraction.events.candidates import noun_patterns
from detente.extraction.events.parties import may_be_same
from detente.extraction.parse import FoundEvent
from detente.lexicon.frames import FrameLexicon
from detente.model import Mention
from detente.model.ontology import EventType

__all__ = ["answering"]

_T = EventType
_JUDGING = frozenset({_T.ACCUSE, _T.REJECT, _T.PROTEST})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
# Before what is judged, where the verb takes no object: "protested against the raid".
_AT = frozenset({"against", "over", "at", "to"})
# Nouns that may mean anything that was done.
_ANY = frozenset(
    """move decision action incident step measure deal agreement ruling verdict sentence operation
    act plan announcement pact treaty accord truce ceasefire deployment campaign""".split()
)
_DEEDS = frozenset(EventType) - {_T.PROTEST, _T.REQUEST, _T.SUPPORT, _T.CONSULT}
# What is agreed is condemned with all who agreed.
_AGREED = frozenset({_T.AGREE, _T.SUPPORT, _T.COOPERATE, _T.CONSULT})


def answering(frames: FrameLexicon, events: Sequence[FoundEvent]) -> list[FoundEvent]:
    """Return the events, with the doer of a judged deed as the one who is judged.

    Args:
        frames: the event lexicon, which tells what deeds a noun names.
        events: those of one document, in the order of its passages.
    """
    ordered = sorted(events, key=_place)
    found: dict[int, FoundEvent] = {}
    for at, event in enumerate(ordered):
        judged = event.event_type in _JUDGING and not event.recipients and not event.reciprocal
        for noun in _definite_objects(event.trigger) if judged else ():
            doers = _doers(frames, noun, event, ordered[:at])
            if doers:
                words = event.passage.span(noun.doc[noun.left_edge.i : noun.i + 1])
                found[id(event)] = replace(
                    event,
                    recipients=tuple(replace(m, span=words, antecedent=m.span) for m in doers),
                )
                break
    return [found.get(id(event), event) for event in events]


def _place(event: FoundEvent) -> tuple[int, int]:
    return event.passage.start, event.trigger.i


def _definite_objects(trigger: Token) -> Iterator[Token]:
    """Yield the nouns of deeds already told that a verb governs: "condemned the attack"."""
    for child in trigger.rights:
        inner = [child] if child.dep_ == "dobj" else []
        if child.dep_ == "prep" and child.lower_ in _AT:
            inner = [c for c in child.children if c.dep_ == "pobj"]
        for noun in inner:
            if any(c.dep_ == "det" and c.lower_ in _DEFINITE for c in noun.lefts):
                yield noun


def _doers(
    frames: FrameLexicon, noun: Token, event: FoundEvent, before: Sequence[FoundEvent]
) -> tuple[Mention, ...]:
    kinds = {pattern.event_type for pattern in noun_patterns(frames, noun)}
    anything = noun.lemma_ in _ANY
    judges = {mention.country for mention in event.actors}
    for told in reversed(before):
        fits = told.event_type in kinds or (anything and told.event_type in _DEEDS | _AGREED)
        if not fits or noun in told.anchor:
            continue
        doers = told.actors
        if told.event_type in _AGREED:
            doers = (*told.actors, *told.recipients)
            doers = tuple(m for m in doers if m.country not in judges)
        elif told.reciprocal:
            return ()
        known = doers and all(mention.country for mention in doers)
        apart = not any(may_be_same(one, doer) for one in event.actors for doer in doers)
        return doers if known and apart else ()
    return ()

"""Joining what two predicates of a sentence say of one happening.

"Russian airstrikes killed ten" is one event, not two; "threatened to attack Turkey" threatens
Turkey, though only the inner verb names it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Token

from detente.extraction.events.candidates import Scope
from detente.extraction.events.parties import fill
from detente.extraction.events.roles import verb_arguments
from detente.extraction.parse import FoundEvent
from detente.model import Mention
from detente.model.ontology import EventType

__all__ = ["fold_demands", "fold_visits", "inherit", "one_happening"]

# Verbs that say what an attack did.
_HARM = frozenset(
    """kill wound injure die perish destroy damage hit strike target slay hurt maim leave claim
    flatten demolish level devastate""".split()
)
# Of these, those that only say how it ended.
_OUTCOMES = frozenset({"kill", "wound", "injure", "destroy", "damage", "hurt", "maim"})
# Types that speak of an act to come: their recipient is the recipient of that act.
_DEMANDS = frozenset({EventType.REQUEST, EventType.ACCUSE, EventType.REJECT})
_PROSPECTIVE = frozenset({EventType.AGREE, EventType.THREATEN, EventType.REJECT, EventType.CONCEDE})


def one_happening(scope: Scope, events: Iterable[FoundEvent]) -> list[FoundEvent]:
    """Join an event noun with the verb that says what it did: "Russian airstrikes killed ten".

    The noun keeps the event where it names the recipient, else the verb does. Where the verb has no
    event ("ten soldiers died in an airstrike") the noun takes the verb's victims.
    """
    known = {event.trigger.i: event for event in events}
    for noun in [e for e in known.values() if _is_noun(e.trigger)]:
        trigger = noun.trigger
        told = known.get(trigger.head.i) if trigger.dep_ == "nsubj" else None
        if told is not None and told.reciprocal and told.event_type is noun.event_type:
            del known[trigger.i]  # "fighting broke out between Peru and Chile" is one event
            continue
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
            known[trigger.i] = replace(noun, place=noun.place or done.place)
        elif done is not None and done.event_type is noun.event_type:
            del known[trigger.i]
            known[verb.i] = replace(
                done, mode=done.mode or noun.mode, place=done.place or noun.place
            )
        elif not noun.recipients and not noun.reciprocal:
            known[trigger.i] = _with_victims(scope, noun, verb)
    _fold_results(known)
    _fold_means(known)
    return [known[at] for at in sorted(known)]


def _is_noun(trigger: Token) -> bool:
    """Whether a word is a noun, perhaps read as a verb: "US airstrikes", "fighting broke out"."""
    gerund = trigger.tag_ == "VBG" and trigger.dep_ == "nsubj"
    return trigger.pos_ == "NOUN" or trigger.tag_ == "VBZ" or gerund


def _fold_results(known: dict[int, FoundEvent]) -> None:
    """Fold what an assault did into the assault: "stormed a camp, killing two and injuring ten"."""
    for at in sorted(known, reverse=True):
        result = known[at]
        trigger = result.trigger
        beside = trigger.dep_ == "conj" or trigger.tag_ == "VBG"
        if result.event_type is not EventType.ASSAULT or trigger.lemma_ not in _OUTCOMES:
            continue
        for token in trigger.ancestors if beside else ():
            done = known.get(token.i)
            if done is None or done.event_type is not EventType.ASSAULT:
                continue
            if not _share(done.actors, result.actors):
                continue
            told = {mention.country for mention in done.recipients}
            new = {mention.country for mention in result.recipients} - {None}
            if not done.recipients or new <= told:
                known[token.i] = replace(done, recipients=done.recipients or result.recipients)
                del known[at]
            break


def _fold_means(known: dict[int, FoundEvent]) -> None:
    """Leave out that what struck was fired: "was killed by a missile fired from a Turkish jet"."""
    for at in sorted(known):
        weapon = known[at].trigger.head
        if known[at].trigger.dep_ != "acl" or known[at].trigger.tag_ != "VBN":
            continue
        above = weapon.head.head if weapon.dep_ == "pobj" else weapon.head
        done = known.get(above.i)
        struck = done is not None and done.event_type is EventType.ASSAULT and above.i != at
        if struck and done is not None and _share(done.actors, known[at].actors):
            del known[at]


def inherit(events: list[FoundEvent]) -> list[FoundEvent]:
    """Give an announced act's recipient to its announcement: "threatened to attack Turkey"."""
    known = {event.trigger.i: event for event in events}
    for event in events:
        if event.event_type not in _PROSPECTIVE or any(m.country for m in event.recipients):
            continue
        for clause in verb_arguments(event.trigger).complement:
            act = known.get(clause.i)
            if act is None or not _share(event.actors, act.actors):
                continue
            if event.reciprocal and act.event_type is EventType.MOBILIZE:
                continue  # they agree with each other, whomever their forces are aimed at
            others = act.recipients or tuple(m for m in act.actors if m not in event.actors)
            if others:
                known[event.trigger.i] = replace(event, recipients=others, reciprocal=False)
                break
    return [known[at] for at in sorted(known)]


def fold_demands(events: Iterable[FoundEvent]) -> list[FoundEvent]:
    """Fold what protesters demand into their protest: "gather to demand that the premier go".

    PLOVER codes demands that take the form of demonstrations as PROTEST alone; the one of whom
    something is demanded is then the recipient of the protest.
    """
    known = {event.trigger.i: event for event in events}
    for at in sorted(known):
        demand = known[at]
        if demand.event_type not in (*_DEMANDS, EventType.PROTEST):
            continue
        for token in demand.trigger.ancestors:
            protest = known.get(token.i)
            if protest is None or protest.event_type is not EventType.PROTEST:
                continue
            if not _share(protest.actors, demand.actors):
                break
            if not any(mention.country for mention in protest.recipients):
                known[token.i] = replace(
                    protest, recipients=demand.recipients or protest.recipients
                )
            del known[at]
            break
    return [known[at] for at in sorted(known)]


def fold_visits(events: Iterable[FoundEvent]) -> list[FoundEvent]:
    """Fold a journey into the talks that it is made for: "flies to Peru and meets its premier".

    PLOVER has one type for both, and the meeting says more.
    """
    known = {event.trigger.i: event for event in events}
    for at in sorted(known):
        visit = known[at]
        if visit.event_type is not EventType.CONSULT or visit.mode != "visit":
            continue
        for talks in known.values():
            near = visit.trigger in talks.trigger.ancestors and not _is_aim(talks.trigger)
            if not near or talks.event_type is not EventType.CONSULT or talks.mode == "visit":
                continue
            if _countries(visit) == _countries(talks) and _share(visit.actors, talks.actors):
                del known[at]
                break
    return [known[at] for at in sorted(known)]


def _is_aim(verb: Token) -> bool:
    """Whether a verb says what the journey is for: of "flew to Peru to meet" the flight is told."""
    return verb.dep_ == "advcl" and any(child.tag_ == "TO" for child in verb.lefts)


def _countries(event: FoundEvent) -> set[str | None]:
    return {mention.country for mention in (*event.actors, *event.recipients)}


def _share(first: tuple[Mention, ...], second: tuple[Mention, ...]) -> bool:
    """Whether somebody is on both sides, be it once by a pronoun: "Peru said it would attack"."""
    known = {words for mention in first for words in (mention.span, mention.antecedent)} - {None}
    return any(other.span in known or other.antecedent in known for other in second)


def _with_victims(scope: Scope, noun: FoundEvent, verb: Token) -> FoundEvent:
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

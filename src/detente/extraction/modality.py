"""What an act that is to come, refused or asked for is coded as, and what is no event at all.

The frame names the act ("send aid", "attack"); how it is held decides what has happened so far. A
promise of aid is an agreement, announced force a threat, a refused meeting a rejection. An act that
is only asked for, aimed at or imagined has not happened in any way: it is left out, with the
reason. Source: PLOVER Codebook v2.0 draft, sections on AGREE, CONCEDE, THREATEN, REJECT and
SANCTION (facts only); Hu et al., ACL 2024, use the same table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from detente.extraction.parse import FoundEvent
from detente.model import Attribution, Certainty, Label, Polarity, Strength, Time
from detente.model.ontology import MODES, EventType

__all__ = ["Settled", "governing", "settle", "shifted"]

_T = EventType
# Cooperation to come is agreed; yielding to come is conceded; force and coercion to come threaten.
_FUTURE = {
    _T.CONSULT: _T.AGREE,
    _T.SUPPORT: _T.AGREE,
    _T.COOPERATE: _T.AGREE,
    _T.AID: _T.AGREE,
    _T.RETREAT: _T.CONCEDE,
    _T.SANCTION: _T.THREATEN,
    _T.MOBILIZE: _T.THREATEN,
    _T.COERCE: _T.THREATEN,
    _T.ASSAULT: _T.THREATEN,
}
# What was not done, though it was open whether it would be.
_NEGATED = {
    _T.AGREE: _T.REJECT,
    _T.CONSULT: _T.REJECT,
    _T.SUPPORT: _T.REJECT,
    _T.CONCEDE: _T.REJECT,
    _T.RETREAT: _T.REJECT,
    _T.COOPERATE: _T.REJECT,
    _T.AID: _T.REJECT,
}
# The mode of a threat, by the act's mode, else by its type.
_THREATENED = {
    "restrict": "restrict",
    "ban": "ban",
    "censor": "ban",
    "arrest": "arrest",
    "expel": "expel",
    "deport": "expel",
    _T.SANCTION: "relations",
    _T.ASSAULT: "violence",
    _T.MOBILIZE: "violence",
}
# The first of these announces, asks for or refuses what its complement names.
_ANNOUNCING = frozenset({_T.AGREE, _T.CONCEDE, _T.THREATEN, _T.REJECT})
# From a governed event up to what governs it.
_CLIMBED = frozenset(
    "xcomp ccomp pcomp advcl acl conj dobj pobj prep dative attr oprd appos".split()
)
_VERBAL = frozenset({"VERB", "AUX"})
_FARTHEST = 8
# Who refuses, or is not ready, has declined what was open; what ends or is prevented was not.
_DECLINING = frozenset(
    """refuse decline reject fail neglect refusal failure unwilling reluctant forbid rule not n't
    never no neither nor""".split()
)
# What a vote does by itself.
_DECIDED = frozenset({_T.SANCTION, _T.COERCE, _T.CONCEDE, _T.REJECT, _T.SUPPORT, _T.ACCUSE})
# An attempt at these is one of them, however it ends.
_FORCEFUL = frozenset({_T.ASSAULT, _T.PROTEST, _T.COERCE})
_TRYING = ("try", "tri", "attempt")
# Cues by which a source denies a deed that others tell: the deed stays what it is.
_DENYING = frozenset("deny denial refute rebut dismiss disavow disprove contradict".split())


@dataclass(frozen=True, slots=True)
class Settled:
    """The type and mode under which an act is coded."""

    event_type: EventType
    mode: str | None


def shifted(event_type: EventType, polarity: Polarity, time: Time) -> EventType:
    """Return the type that an act has when it is to come or was not done.

    Args:
        event_type: the type of the act itself.
        polarity: whether it is said to have happened.
        time: when it lies, seen from the sentence.

    Returns:
        The type to code; the act's own where neither table names another.
    """
    if polarity is Polarity.NEGATIVE:
        return _NEGATED.get(event_type, event_type)
    future = time in (Time.FUTURE, Time.HYPOTHETICAL)
    return _FUTURE.get(event_type, event_type) if future else event_type


def settle(
    event: FoundEvent,
    certainty: Certainty,
    chain: Sequence[Attribution],
    above: FoundEvent | None,
) -> Settled | str:
    """Return the type and mode under which an act is coded, or why it is no event.

    Args:
        event: the act.
        certainty: how it is held.
        chain: its attributions, outermost first.
        above: the event in whose complement it stands, if any.
    """
    ahead = certainty.time in (Time.FUTURE, Time.HYPOTHETICAL)
    unknown = certainty.polarity is Polarity.UNKNOWN
    if above is not None and (reason := _held_by(above, event, certainty)):
        return reason
    if unknown and certainty.strength is Strength.UNKNOWN and not ahead and not chain:
        tried = any(cue.text.lower().startswith(_TRYING) for cue in certainty.cues)
        if not (tried and event.event_type in _FORCEFUL):
            return "only asked whether it happened"
    if certainty.label is Label.SPECULATED and ahead:
        return "only thought of, hoped for or possible"
    if certainty.time is Time.HYPOTHETICAL and certainty.label is not Label.CONDITIONAL:
        return "only imagined or supposed"
    if certainty.time is Time.HYPOTHETICAL and _is_condition(event.trigger):
        return "only a condition of something else"
    if ahead and event.event_type in _DECIDED and _is_voted(event.trigger):
        return Settled(event.event_type, event.mode)  # "voted to dismiss the premier"
    if ahead and _is_purpose(event.trigger):
        return "an aim, not told to be done"
    denied = certainty.polarity is Polarity.NEGATIVE and any(a.lemma in _DENYING for a in chain)
    if denied or event.negated:
        return Settled(event.event_type, event.mode)
    if certainty.polarity is Polarity.NEGATIVE and not _is_declined(certainty):
        return "ended or prevented, not done"
    kind = shifted(event.event_type, certainty.polarity, certainty.time)
    return Settled(kind, event.mode if kind is event.event_type else _mode(kind, event))


def _held_by(above: FoundEvent, event: FoundEvent, certainty: Certainty) -> str | None:
    """Return why an event below another one is none of its own."""
    ahead = certainty.time in (Time.FUTURE, Time.HYPOTHETICAL)
    finite_past = certainty.time is Time.PAST
    if above.event_type is _T.REQUEST and not finite_past:
        return "asked for, not told to be done"
    if above.event_type is _T.AID and ahead:
        return "what the AID is for, not told to be done"
    if above.event_type in _ANNOUNCING:
        kind = shifted(event.event_type, certainty.polarity, certainty.time)
        # "refused to talk to them" is one refusal, whenever it was
        repeated = kind is above.event_type and kind is not event.event_type
        about = ahead or kind is above.event_type or above.event_type is _T.REJECT
        if repeated or (about and not finite_past):
            return f"what the {above.event_type} is about, not told to be done"
    return None


def _is_declined(certainty: Certainty) -> bool:
    words = {word for cue in certainty.cues for word in cue.text.lower().split()}
    stems = {word.removesuffix(ending) for word in words for ending in ("s", "d", "ed", "es")}
    return bool((words | stems) & _DECLINING)


def _mode(kind: EventType, event: FoundEvent) -> str | None:
    if kind is _T.THREATEN:
        found = _THREATENED.get(event.mode or "") or _THREATENED.get(event.event_type)
        return found if found in MODES[kind] else None
    return "meet" if kind is _T.REJECT and event.event_type is _T.CONSULT else None


def _is_purpose(trigger: Token) -> bool:
    """Whether an infinitive says what for something is done: "went to end the siege"."""
    verb = trigger
    while verb.pos_ not in _VERBAL and verb.head != verb and verb.dep_ in ("dobj", "pobj", "prep"):
        verb = verb.head
    to = any(child.tag_ == "TO" for child in verb.lefts)
    return to and verb.dep_ == "advcl" and verb.head.pos_ in _VERBAL


def _is_voted(trigger: Token) -> bool:
    """Whether an infinitive says what was voted for, by a vote that was taken."""
    vote = trigger.head
    infinitive = any(child.tag_ == "TO" for child in trigger.lefts)
    return infinitive and vote.lemma_ == "vote" and vote.tag_ in ("VBZ", "VBP", "VBD")


def _is_condition(trigger: Token) -> bool:
    """Whether an event is what something else depends on: "will leave unless they attack"."""
    verb = trigger
    while verb.dep_ in ("conj", "xcomp", "dobj", "pobj", "prep") and verb.head != verb:
        verb = verb.head
    conditional = any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in verb.lefts)
    return conditional and verb.dep_ == "advcl"


def governing(event: FoundEvent, anchors: Mapping[int, FoundEvent]) -> FoundEvent | None:
    """Return the event in whose complement another one stands: "urged Iran to release them".

    Args:
        event: the event below.
        anchors: the events of its passage, by the index of each token that names one.
    """
    node = event.trigger
    for _ in range(_FARTHEST):
        if node.dep_ not in _CLIMBED or node.head == node:
            return None
        joined = node.dep_ == "conj"
        node = node.head
        found = anchors.get(node.i)
        if found is not None and found is not event and not joined:
            return found
        # what two verbs share stands above the first: "urged them to stop and withdraw"
    return None

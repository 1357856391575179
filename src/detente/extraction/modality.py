"""PLOVER's modality: what an act to come, refused or not done is coded as.

The frame names the act ("send aid", "attack"); how it is held decides what happened already. A
promise of aid is an agreement, announced force a threat, refused aid a rejection, aid that was
stopped a sanction. Source: PLOVER Codebook v2.0 draft, sections on AGREE, CONCEDE, THREATEN, REJECT
and SANCTION (facts only); the same table in Hu et al., ACL 2024, appendix on modality.
"""

from __future__ import annotations

from detente.extraction.certainty.judging import judge
from detente.extraction.parse import FoundEvent
from detente.lexicon.cues import CertaintyLexicon
from detente.model import Polarity, Time
from detente.model.ontology import EventType

__all__ = ["modal_type", "shifted"]

_T = EventType
# Cooperation to come is agreed; yielding to come is conceded; force and coercion to come threaten.
_FUTURE = {
    _T.CONSULT: _T.AGREE,
    _T.SUPPORT: _T.AGREE,
    _T.COOPERATE: _T.AGREE,
    _T.AID: _T.AGREE,
    _T.RETREAT: _T.CONCEDE,
    _T.PROTEST: _T.THREATEN,
    _T.SANCTION: _T.THREATEN,
    _T.MOBILIZE: _T.THREATEN,
    _T.COERCE: _T.THREATEN,
    _T.ASSAULT: _T.THREATEN,
}
# What did not happen, though it was asked for or under way.
_NEGATED = {
    _T.AGREE: _T.REJECT,
    _T.CONSULT: _T.REJECT,
    _T.SUPPORT: _T.REJECT,
    _T.CONCEDE: _T.REJECT,
    _T.RETREAT: _T.REJECT,
    _T.COOPERATE: _T.SANCTION,
    _T.AID: _T.SANCTION,
}


def shifted(event_type: EventType, polarity: Polarity, time: Time) -> EventType:
    """Return the type that an act has when it is to come or was not done.

    Args:
        event_type: the type of the act itself.
        polarity: whether it is said to have happened.
        time: when it lies, seen from the sentence.

    Returns:
        The type to code; the act's own where neither table names another.
    """
    future = time in (Time.FUTURE, Time.HYPOTHETICAL)
    if polarity is Polarity.NEGATIVE:
        if future and event_type in (_T.COOPERATE, _T.AID):
            return _T.REJECT
        return _NEGATED.get(event_type, event_type)
    return _FUTURE.get(event_type, event_type) if future else event_type


def modal_type(event: FoundEvent, lexicon: CertaintyLexicon) -> EventType:
    """Return the type of a found event after modality."""
    state = judge(event.trigger, lexicon, event.anchor)
    return shifted(event.event_type, state.polarity, state.time or Time.PRESENT)

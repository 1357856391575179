"""Who suffered what somebody claims responsibility for: "A bomb hit a Peruvian base. X claimed it".

News tells an attack first, mostly without a doer, and then who says that he did it. Those who
suffered the nearest assault told before are those of the claim; the words that name them are kept.
Where the claim names them itself, or the assault has another doer, nothing is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from detente.extraction.parse import FoundEvent, Passage
from detente.model import Mention
from detente.model.ontology import EventType

__all__ = ["Deed", "claiming"]

_CLAIMED = frozenset({"responsibility", "credit"})
_ASSUMING = frozenset({"claim", "take", "accept", "assume", "admit"})


@dataclass(frozen=True, slots=True)
class Deed:
    """An assault without a doer.

    Attributes:
        passage: where it is told.
        head: the token that names it.
        suffered: those to whom it was done.
    """

    passage: Passage
    head: Token
    suffered: tuple[Mention, ...]


def claiming(events: Sequence[FoundEvent], deeds: Sequence[Deed]) -> list[FoundEvent]:
    """Return the events, with the victims of what is claimed as recipients of the claim.

    Args:
        events: those of one document.
        deeds: its assaults without a doer.
    """
    return [_with_victims(event, deeds) if _is_claim(event) else event for event in events]


def _is_claim(event: FoundEvent) -> bool:
    if event.event_type is not EventType.ASSAULT or event.recipients:
        return False
    words = {token.lemma_.lower() for token in event.tokens}
    return event.trigger.lemma_ in _ASSUMING and bool(words & _CLAIMED)


def _with_victims(event: FoundEvent, deeds: Sequence[Deed]) -> FoundEvent:
    here = (event.passage.start, event.trigger.i)
    before = [deed for deed in deeds if (deed.passage.start, deed.head.i) < here]
    for deed in reversed(before):
        known = tuple(mention for mention in deed.suffered if mention.country)
        if known:
            return replace(event, recipients=known)
    return event

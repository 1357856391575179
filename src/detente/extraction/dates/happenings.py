"""Nouns that name happenings, and what they say about the time of a clause."""

from __future__ import annotations

from spacy.tokens import Token

__all__ = ["LASTING", "is_event_noun", "is_named_happening"]

# Nouns of happenings: a date after one of them dates it, not the verb that it depends on.
_EVENT_NOUNS = frozenset(
    """
    accident agreement airstrike ambush announcement assassination assault attack attempt ban battle
    blast bombardment bombing briefing call campaign ceasefire ceremony clash conference conflict
    conversation coup crackdown crash crisis deal debate demonstration deployment detention dialogue
    discussion disturbance downing drill earthquake election embargo encounter exercise explosion
    fight fighting firing flight funeral genocide hearing incident incursion interview invasion
    killing launch letter massacre meeting mission murder negotiation offensive operation outbreak
    overthrow parade protest putsch raid rally referendum release revolution riot rioting round
    ruling session shelling shootdown shooting siege speech stabbing statement strike summit talk
    test trial truce unrest uprising violation violence visit vote war withdrawal
    """.split()
)
# Further nouns by which something else is dated: "before the deadline", "after his death".
_LANDMARKS = frozenset(
    """
    abduction anniversary arrest arrival capture championship closure collapse cup deadline death
    declaration defeat departure disaster dissolution event expulsion fall festival flood game
    holiday hurricane inauguration independence insurgency kidnapping liberation olympic olympics
    opening poll rebellion reform resignation restoration return revolt seizure storm takeover
    tournament tsunami verdict victory
    """.split()
)
# Happenings that last so long that what took place during them need not be news.
LASTING = frozenset(
    """
    battle blockade campaign conflict crackdown crisis cup game genocide insurgency intifada
    occupation offensive olympic olympics operation rebellion revolt revolution siege uprising
    violence war
    """.split()
)


def is_event_noun(token: Token) -> bool:
    """Whether a token is a noun that names a happening."""
    return token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in _EVENT_NOUNS


def is_named_happening(token: Token) -> bool:
    """Whether something can be dated by a noun: "before the deadline", "after the Games"."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    lemma = token.lemma_.lower()
    return lemma in _EVENT_NOUNS or lemma in _LANDMARKS or token.ent_type_ == "EVENT"

"""How often a claim like this one is right: a small statistical helper behind the rules.

Most wrong claims have a wrong side: the parser hung a phrase on another word. A logistic regression
over plain facts about a claim, each of which can be read out loud, tells how often claims like it
were right in reports that were annotated by hand (tools/train_plausibility.py). The least likely
ones are left out. The number itself is kept nowhere: it is about kinds of claims, not about what
happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import exp, fsum

from spacy.tokens import Token

from detente.extraction.actors.mentions import Mentions
from detente.extraction.parse import FoundEvent
from detente.extraction.relevance import standings
from detente.lexicon.plausibility import PlausibilityFile
from detente.lexicon.relevance import RelevanceLexicon
from detente.model import Claim, Mention

__all__ = ["features", "implausible", "score"]

# How many of the features that speak against a claim are named.
_NAMED = 3
# By how far, at most, a party's head stands from the act, in words.
_DISTANCES = ((1, "next to"), (3, "two or three words from"), (7, "four to seven words from"))
_FAR = "eight or more words from"
_CLAUSES = {
    "relcl": "a relative clause",
    "acl": "a clause that describes a noun",
    "advcl": "an adverbial clause",
    "pcomp": "a clause after a preposition",
}
# From an act up to the main clause without leaving it.
_CLIMBED = frozenset({"conj", "xcomp", "ccomp"})
_FARTHEST = 6
_BESIDE = {
    "punct": "a mark of punctuation belongs to the act",
    "prep": "a preposition belongs to the act",
    "aux": "an auxiliary belongs to the act",
    "auxpass": "the act is in the passive",
    "agent": "who does the act is told by 'by'",
    "xcomp": "an infinitive belongs to the act",
    "advcl": "an adverbial clause belongs to the act",
    "ccomp": "a whole clause is the object of the act",
}


def features(
    event: FoundEvent, claim: Claim, mentions: Mentions, relevance: RelevanceLexicon
) -> frozenset[str]:
    """Return what is true of a claim, in words that go after "where".

    Args:
        event: the event that was found.
        claim: the claim that it makes.
        mentions: the actors of its passage.
        relevance: the words that tell who is political.
    """
    return frozenset(
        (
            f"the type is {claim.event_type}",
            *(f"a side is {standing}" for standing in standings(event, mentions, relevance)),
            *_of_countries(event, mentions),
            *_of_distance("actor", event, event.actors),
            *_of_distance("recipient", event, event.recipients),
            _of_clause(event.trigger),
            *_of_words(event.trigger),
            *(("people are counted",) if claim.magnitudes else ()),
        )
    )


def _of_countries(event: FoundEvent, mentions: Mentions) -> Iterator[str]:
    actors, recipients = (
        {mention.country for mention in side if mention.country}
        for side in (event.actors, event.recipients)
    )
    yield "an actor has a country" if actors else "no actor has a country"
    if event.reciprocal:
        yield "the actors do it to each other"
    elif not event.recipients:
        yield "there is no recipient"
    else:
        yield "a recipient has a country" if recipients else "no recipient has a country"
    apart = actors and recipients and not actors & recipients
    if apart or (event.reciprocal and len(actors) > 1):
        yield "actors and recipients have different countries"
    named = {
        mention.country
        for token in event.trigger.sent
        if token.pos_ in ("NOUN", "PROPN")
        and (mention := mentions.at(token)) is not None
        and mention.country
    }
    others = len(named) - len(actors | recipients)
    if others <= 0:
        yield "the sentence names no other country"
    elif others == 1:
        yield "the sentence names another country"
    else:
        yield "the sentence names several other countries"


def _of_distance(side: str, event: FoundEvent, parties: Iterable[Mention]) -> Iterator[str]:
    passage = event.passage
    ways = []
    for party in parties:
        start, end = party.span.start - passage.start, party.span.end - passage.start
        words = passage.doc.char_span(start, end, alignment_mode="expand")
        if words is not None:
            ways.append(abs(words.root.i - event.trigger.i))
    if ways:
        nearest = min(ways)
        where = next((words for most, words in _DISTANCES if nearest <= most), _FAR)
        yield f"the {side} stands {where} the act"


def _of_clause(trigger: Token) -> str:
    token = trigger
    for _ in range(_FARTHEST):
        if token.dep_ not in _CLIMBED:
            break
        token = token.head
    if token.dep_ == "ROOT":
        return "the act is told by the main clause"
    return f"the act is told by {_CLAUSES.get(token.dep_, 'a part of a clause')}"


def _of_words(trigger: Token) -> Iterator[str]:
    for dependency in {child.dep_ for child in trigger.children} & _BESIDE.keys():
        yield _BESIDE[dependency]


def score(found: Iterable[str], weights: PlausibilityFile) -> float:
    """Return how often claims of which these features are true proved right, from 0 to 1."""
    added = (weights.weights.get(feature, 0.0) for feature in found)
    return 1 / (1 + exp(-fsum((weights.intercept, *added))))


def implausible(found: frozenset[str], weights: PlausibilityFile) -> str | None:
    """Return why a claim is too unlikely to be kept, or None where it is not.

    Args:
        found: its features.
        weights: what they weigh.
    """
    if score(found, weights) >= weights.threshold:
        return None
    against = sorted((weights.weights.get(feature, 0.0), feature) for feature in found)
    named = [feature for weight, feature in against[:_NAMED] if weight < 0]
    return f"claims like this are seldom right: {_and(named)}"


def _and(listed: list[str]) -> str:
    *first, last = listed or ["nothing speaks for them"]
    return f"{', '.join(first)} and {last}" if first else last

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
from detente.model import Claim

__all__ = ["BETWEEN", "features", "implausible", "score"]

# How many of the features that speak against a claim are named.
_NAMED = 3
_CLAUSES = {
    "relcl": "a relative clause",
    "acl": "a clause that describes a noun",
    "advcl": "an adverbial clause",
    "pcomp": "a clause after a preposition",
}
# From an act up to the main clause without leaving it.
_CLIMBED = frozenset({"conj", "xcomp", "ccomp"})
_FARTHEST = 6
# What rules find between two countries is mostly right, and what this tool is for.
BETWEEN = "actors and recipients have different countries"


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
            *(f"a side is {standing}" for standing in standings(event, mentions, relevance)),
            *_of_countries(event, claim, mentions),
            _of_clause(event.trigger),
            *(("people are counted",) if claim.magnitudes else ()),
        )
    )


def _of_countries(event: FoundEvent, claim: Claim, mentions: Mentions) -> Iterator[str]:
    actors, recipients = (
        {mention.country for mention in side if mention.country}
        for side in (event.actors, event.recipients)
    )
    yield "an actor has a country" if actors else "no actor has a country"
    if event.reciprocal:
        yield "the actors do it to each other"
    elif not event.recipients:
        yield "the act takes no recipient" if event.alone else "there is no recipient"
    else:
        yield "a recipient has a country" if recipients else "no recipient has a country"
    if not recipients and not event.reciprocal:
        yield f"no country suffers the {event.event_type}"
    apart = actors and recipients and not actors & recipients
    if apart or (event.reciprocal and len(actors) > 1):
        yield BETWEEN
    named = {
        mention.country
        for token in event.trigger.sent
        if token.pos_ in ("NOUN", "PROPN")
        and (mention := mentions.at(token)) is not None
        and mention.country
    }
    # who only tells of it is no other party: "South Korea reports that North Korea fired"
    tellers = {one.source.country for one in claim.attributions if one.source}
    if named <= actors | recipients | tellers:
        return
    if event.recipients or event.reciprocal or event.alone:
        yield "the sentence names another country"
    else:
        yield "there is no recipient though the sentence names another country"


def _of_clause(trigger: Token) -> str:
    token = trigger
    for _ in range(_FARTHEST):
        if token.dep_ not in _CLIMBED:
            break
        token = token.head
    if token.dep_ == "ROOT":
        return "the act is told by the main clause"
    return f"the act is told by {_CLAUSES.get(token.dep_, 'a part of a clause')}"


def score(found: Iterable[str], weights: PlausibilityFile) -> float:
    """Return how often claims of which these features are true proved right, from 0 to 1."""
    added = (weights.weights.get(feature, 0.0) for feature in found)
    return 1 / (1 + exp(-fsum((weights.intercept, *added))))


def implausible(found: frozenset[str], weights: PlausibilityFile) -> str | None:
    """Return why a claim is too unlikely to be kept, or None where it is not.

    What is said to be done between two countries is always kept.

    Args:
        found: its features.
        weights: what they weigh.
    """
    if BETWEEN in found or score(found, weights) >= weights.threshold:
        return None
    against = sorted((weights.weights.get(feature, 0.0), feature) for feature in found)
    named = [feature for weight, feature in against[:_NAMED] if weight < 0]
    return f"claims like this are seldom right: {_and(named)}"


def _and(listed: list[str]) -> str:
    *first, last = listed or ["nothing speaks for them"]
    return f"{', '.join(first)} and {last}" if first else last

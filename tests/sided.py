"""Who stands on which side of a claim, from the text to the claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from detente import lexicon
from detente.extraction.claims import extract
from detente.extraction.parse import language_model
from detente.model import Claim, Mention
from making import document


def claims(text: str) -> tuple[Claim, ...]:
    # the rules alone: what is seldom right is another matter
    rules = replace(lexicon.load(), plausibility=None)
    return extract(
        document(text, published=date(2012, 6, 15)), model=language_model(), lexicon=rules
    ).claims


def side(mentions: tuple[Mention, ...]) -> str:
    return " ".join(sorted({mention.country or mention.sector or "?" for mention in mentions}))


def told(text: str) -> list[str]:
    """Return each claim as "TYPE actors > recipients", "<>" where all do it to each other."""
    found = []
    for claim in claims(text):
        way = "<>" if claim.reciprocal else ">"
        found.append(f"{claim.event_type} {side(claim.actors)} {way} {side(claim.recipients)}")
    return sorted(one.strip() for one in found)

"""Ratings after the Admiralty code (STANAG 2511, 2003): of outlets by people, of events by rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["RELIABILITY", "Rating", "SourceDescription", "SourceRating"]

# What the letters say of a source; F is no judgement, not the middle of the scale.
RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """The rating of an event: a letter for who tells it, a number for what is told."""

    reliability: str
    credibility: int
    reliability_reason: str
    credibility_reason: str

    @property
    def code(self) -> str:
        """The two characters, such as "F2"."""
        return f"{self.reliability}{self.credibility}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRating:
    """How reliable a person judged an outlet to be.

    Attributes:
        outlet: the outlet or agency, by the name that detente prints.
        reliability: a letter of `RELIABILITY`.
        rated: the day of the judgement.
        reason: why, in the words of who judged.
        by: who judged; empty where it is not said.
    """

    outlet: str
    reliability: str
    rated: date
    reason: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDescription:
    """An outlet that wrote or carried documents: what is known of it, and how it is rated.

    Attributes:
        outlet: its name; as the documents name it where detente does not know it.
        documents: how many documents it wrote or carried.
        kind: agency, broadcaster, newspaper, magazine or website; None where unknown.
        country: ISO 3166 alpha-3 code of its seat; None where unknown or international.
        owner: who owns it; None where unknown.
        control: state, public, party or private; None where unknown.
        state_described_by: who calls it state-controlled; None where nobody is named.
        ratings: all ratings of it in order of their days; the last one counts.
    """

    outlet: str
    documents: int
    kind: str | None = None
    country: str | None = None
    owner: str | None = None
    control: str | None = None
    state_described_by: str | None = None
    ratings: tuple[SourceRating, ...] = ()

    @property
    def reliability(self) -> str:
        """The letter that counts; F without a rating."""
        return self.ratings[-1].reliability if self.ratings else "F"

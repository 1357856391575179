"""Competing hypotheses: a matrix of evidence against hypotheses, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from detente.model.event import Dyad
from detente.model.evidence import Evidence

__all__ = [
    "Assessment",
    "Consistency",
    "Hypothesis",
    "HypothesisScore",
    "Matrix",
    "MatrixRow",
    "RowOrigin",
    "RowWorth",
    "Suggestion",
    "Weight",
    "WithoutOrigin",
]


class Consistency(StrEnum):
    """How a row of evidence agrees with a hypothesis (Heuer 1999, ch. 8).

    Not applicable is not neutral: a neutral row was weighed and speaks neither way, one that is
    not applicable has nothing to say of the hypothesis at all.
    """

    VERY_CONSISTENT = "CC"
    CONSISTENT = "C"
    NEUTRAL = "N"
    INCONSISTENT = "I"
    VERY_INCONSISTENT = "II"
    NOT_APPLICABLE = "NA"


class Weight(StrEnum):
    """How much a row counts for its credibility, or for its relevance."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One explanation.

    Attributes:
        id: short name, such as "H1".
        text: what is supposed, in a sentence.
        template: the template that it was made from; else empty.
        indicators: what to look for if it is true.
    """

    id: str
    text: str
    template: str = ""
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class RowOrigin:
    """An origin of a row's reports: its id in the store, and the outlet that published first."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A rating that a written rule proposes; it counts for nothing until the user accepts it."""

    hypothesis: str
    rating: Consistency
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One piece of evidence, or an argument of the user's own.

    Attributes:
        id: short name, such as "E1".
        what: what it is, in a sentence.
        ratings: for each hypothesis that was rated, how the row agrees with it.
        credibility: how far it is to be believed.
        relevance: how much it matters to the question.
        origins: where its reports come from; empty for an argument, which is its own origin.
        evidence: what is quoted for it.
        event_id: the event of the store, or None.
        code: Admiralty rating of the event; else empty.
        suggestions: what rules propose.
        note: the user's words.
    """

    id: str
    what: str
    ratings: tuple[tuple[str, Consistency], ...] = ()
    credibility: Weight = Weight.MEDIUM
    relevance: Weight = Weight.MEDIUM
    origins: tuple[RowOrigin, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    event_id: str | None = None
    code: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    note: str = ""

    def rating(self, hypothesis: str) -> Consistency | None:
        """Return how the row agrees with a hypothesis; None where that is not rated."""
        return dict(self.ratings).get(hypothesis)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Hypotheses on a question, and the evidence that is held against them.

    Attributes:
        question: what is to be explained.
        dyad: the pair whose events the rows are; None for rows of the user's own alone.
        since: first day of the period, or None.
        until: last day, or None.
        run_id: the run that the events rest on; empty where none do.
        hypotheses: in the order of the user.
        rows: in the order of the user.
    """

    question: str
    hypotheses: tuple[Hypothesis, ...]
    rows: tuple[MatrixRow, ...]
    dyad: Dyad | None = None
    since: date | None = None
    until: date | None = None
    run_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HypothesisScore:
    """What speaks against one hypothesis.

    Attributes:
        id: the hypothesis.
        score: weighted inconsistency, 0 or less; the nearer to 0, the less speaks against it.
        mean: the score per row that was rated and applies; None where there is none.
        against: rows that count against it, the heaviest first.
        folded: rows that speak against it, too, but share their origins with heavier ones.
        unrated: rows that are not rated for it.
        not_applicable: rows that are not applicable to it.
    """

    id: str
    score: float
    mean: float | None
    against: tuple[str, ...]
    folded: tuple[str, ...]
    unrated: tuple[str, ...]
    not_applicable: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWorth:
    """How well a row tells the hypotheses apart.

    Attributes:
        id: the row.
        diagnosticity: 0 where it rates all alike, 2 at most; None where fewer than two ratings
            apply.
    """

    id: str
    diagnosticity: float | None


# Hypotheses from the least inconsistent on; those with one score stand together.
Ranking = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutOrigin:
    """What would follow if one origin were wrong.

    Attributes:
        origin: the origin that is left out.
        lost: rows that rest on it alone and fall with it.
        scores: the score of each hypothesis without it.
        ranking: the hypotheses without it.
        leads: whether others lead then.
        changes: whether the order differs at all.
    """

    origin: RowOrigin
    lost: tuple[str, ...]
    scores: tuple[tuple[str, float], ...]
    ranking: Ranking
    leads: bool
    changes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What follows from a matrix.

    Attributes:
        scores: one for each hypothesis, in the order of the matrix.
        ranking: the hypotheses, those that least speaks against first.
        rows: how well each row tells the hypotheses apart, in the order of the matrix.
        sensitivity: one entry for each origin, those whose loss changes the most first.
        notes: what is to be known before the scores are used.
    """

    scores: tuple[HypothesisScore, ...]
    ranking: Ranking
    rows: tuple[RowWorth, ...]
    sensitivity: tuple[WithoutOrigin, ...]
    notes: tuple[str, ...]

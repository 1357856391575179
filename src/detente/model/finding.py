"""Findings: series, shifts, corroboration, and the brief that is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from detente.model.dealings import Interruption, Regime
from detente.model.event import Dyad, Origins
from detente.model.evidence import Statement
from detente.model.rating import Rating

__all__ = [
    "Brief",
    "Circle",
    "CircularNote",
    "Circularity",
    "Conflict",
    "Contradiction",
    "Corpus",
    "Direction",
    "Excluded",
    "Findings",
    "Judgement",
    "Measured",
    "OutletCount",
    "Period",
    "Seen",
    "Series",
    "Shift",
    "ShiftKind",
    "ShiftNote",
    "Side",
    "TimelineEntry",
    "Way",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Counts of one month of a dyad.

    Attributes:
        first: first day.
        last: last day.
        counts: events per quad class 1 to 4.
        documents: all documents of the corpus published in the month: the exposure.
    """

    first: date
    last: date
    counts: tuple[int, int, int, int]
    documents: int

    @property
    def total(self) -> int:
        """All events of the period."""
        return sum(self.counts)

    @property
    def conflict(self) -> int:
        """Events of verbal or material conflict."""
        return self.counts[2] + self.counts[3]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Monthly counts of a pair of countries, without gaps.

    Attributes:
        dyad: the pair; events of both directions are counted.
        periods: one per month, in order.
    """

    dyad: Dyad
    periods: tuple[Period, ...]


class Way(StrEnum):
    """Whose acts are counted: of both, of the first on the second, or the other way round."""

    BOTH = "both"
    FORWARD = "forward"
    BACKWARD = "backward"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The measures of one month, see `detente.analysis.measures.FORMULAS`.

    Attributes:
        first: first day.
        last: last day.
        way: whose acts.
        counts: events per quad class 1 to 4.
        conflict_share: 0 to 1, shrunk towards one half.
        mean_score: mean PLOVER score, -10 to 10, shrunk towards 0.
        score_sum: sum of PLOVER scores.
        weight: sum of weights.
        weighted_mean: mean score by weight, shrunk towards 0.
        documents: all documents of the month.
        per_thousand: events among a thousand documents, or None without documents.
        of_actor: all events of the month with the first country in them.
        of_recipient: likewise with the second.
    """

    first: date
    last: date
    way: Way
    counts: tuple[int, int, int, int]
    conflict_share: float
    mean_score: float
    score_sum: float
    weight: float
    weighted_mean: float
    documents: int
    per_thousand: float | None
    of_actor: int
    of_recipient: int


# From this probability on a change is told; below it is possible.
EVEN_ODDS = 0.5


class ShiftKind(StrEnum):
    """What changed."""

    RELATION = "relation"
    ATTENTION = "attention"


class Direction(StrEnum):
    """Which way a relation went, or attention did."""

    WORSE = "worse"
    BETTER = "better"
    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A dated change of the relation.

    Attributes:
        first: first day of the interval in which the change shows: parts of it without events, at
            its edges, are left out for a change of the relation.
        last: last day of it.
        direction: worse or better for a relation, more or less for attention.
        kind: whether the mix changed (relation) or only the volume (attention).
        probability: posterior probability that there is a change here, silent edges included; 0 to
            1, never 0 or 1.
        drivers: ids of the events that carry it, the strongest first.
        before: share of conflict before, 0 to 1.
        after: share of conflict after.
        volume: for a change of the relation, whether events became more or fewer with it, or None.
    """

    first: date
    last: date
    direction: Direction
    kind: ShiftKind
    probability: float
    drivers: tuple[str, ...]
    before: float
    after: float
    volume: Direction | None = None

    @property
    def likely(self) -> bool:
        """Whether the odds are even or better; what is less probable is only possible."""
        return self.probability >= EVEN_ODDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Whether a shift that is found with all data would have been told on the day.

    Attributes:
        day: the first day on which what was reported by then tells it, at even odds or more; None
            where it is told on none while the data last.
        delay: days from the first day of the shift's interval to that day, or None.
    """

    day: date | None
    delay: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What the analysis of one dyad found.

    Attributes:
        series: the monthly counts.
        shifts: in order of date.
        enough: whether the evidence suffices to look for shifts at all.
        reason: why not, or how the shifts were found.
        measures: the measures of each month and direction; empty where they were not asked for.
        regimes: what stood before, between and after the changes of the relation.
        dataset: whose events these are; "" for those that detente drew from text.
        seen: for each shift whether it would have been told on the day, None for those that are
            only possible; empty where it was not asked.
        interruptions: what was stopped, put off or taken up again, in order of date; empty for
            datasets.
    """

    series: Series
    shifts: tuple[Shift, ...]
    enough: bool
    reason: str
    measures: tuple[Measured, ...] = ()
    regimes: tuple[Regime, ...] = ()
    dataset: str = ""
    seen: tuple[Seen | None, ...] = ()
    interruptions: tuple[Interruption, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A key judgement: likelihood in one sentence, confidence in another (ICD 203).

    Attributes:
        statement: what is judged, with its evidence.
        likelihood: one term of row 1 of the ICD 203 yardstick.
        confidence: a sentence that says how good the basis is, and why.
        rule: which rule gave the likelihood.
    """

    statement: Statement
    likelihood: str
    confidence: str
    rule: str


class Circle(StrEnum):
    """How reports that look like several lead back to one another."""

    LOOP = "loop"
    ONE_SOURCE = "one source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circularity:
    """Circular reporting of one event.

    Attributes:
        kind: a loop of outlets that cite one another, or one unnamed source behind all of them.
        names: of a loop, the outlets, each citing the next and the last the first; else the
            outlets, and last the words for the source.
        claim_ids: the claims that cite so.
    """

    kind: Circle
    names: tuple[str, ...]
    claim_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CircularNote:
    """Circular reporting as the brief shows it.

    Attributes:
        kind: which.
        names: as in `Circularity`.
        statement: the sentence that says so, with the passages that cite.
    """

    kind: Circle
    names: tuple[str, ...]
    statement: Statement


class Conflict(StrEnum):
    """In what reports contradict each other."""

    ACTOR = "actor"
    NUMBER = "number"
    DATE = "date"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a contradiction: what it says, and the claims that say it."""

    words: str
    claim_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """What reports of one happening cannot all be right in.

    Attributes:
        kind: in what.
        event_ids: the event; of a deed that is laid at two doors, both.
        sides: what is said on each.
        revised: whether one side was published after all of the other: a later count, perhaps.
    """

    kind: Conflict
    event_ids: tuple[str, ...]
    sides: tuple[Side, ...]
    revised: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One event as the brief shows it.

    Attributes:
        event_id: the event.
        first: first possible day, or None.
        last: last possible day, or None.
        date_text: the date for people ("24 November 2015", "in November 2015", "date unknown").
        date_basis: what the date rests on.
        event_type: PLOVER type.
        mode: PLOVER mode, or None.
        quad: quad class.
        actors: "TUR MIL" style codes or names.
        recipients: likewise.
        statement: what happened, with its evidence.
        says: who says so, through whom, one clause for each chain.
        label: the strongest label that any origin supports.
        reports: how many documents report it.
        outlets: which outlets do.
        origins: how many independent origins.
        rating: Admiralty rating with its reasons.
        outcome: of a plan, what came of it as far as the reports tell; else empty.
        followed_by: of a plan, the event that seems to have carried it out, or None.
        circular: where its reports lead back to one another, or all to one unnamed source.
        withdrawn: who took reports of it back, and when; else empty.
    """

    event_id: str
    first: date | None
    last: date | None
    date_text: str
    date_basis: str
    event_type: str
    mode: str | None
    quad: int
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    statement: Statement
    says: tuple[str, ...]
    label: str
    reports: int
    outlets: tuple[str, ...]
    origins: Origins
    rating: Rating
    outcome: str = ""
    followed_by: str | None = None
    circular: tuple[CircularNote, ...] = ()
    withdrawn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftNote:
    """A shift as the brief shows it: the finding and the sentence that explains it."""

    shift: Shift
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletCount:
    """How much of the brief rests on one outlet."""

    outlet: str
    documents: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """Input that the brief does not use, and why."""

    what: str
    count: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """What the brief was drawn from.

    Attributes:
        documents: all documents in the store.
        dated: those with a known day of publication.
        relevant: those with a claim about the pair.
        outlets: distinct outlets of the relevant documents.
        origins: independent origins of the relevant documents, as an interval.
        excluded: what was left out, with counts and reasons.
    """

    documents: int
    dated: int
    relevant: int
    outlets: int
    origins: Origins
    excluded: tuple[Excluded, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The sourced answer to "what is going on between A and B?".

    Every sentence about the world is a Statement, so none is without evidence. ``changes`` says
    what is new since an earlier brief, and is None where none was named; ``alternatives`` are
    other readings of the judgements, ``indicators`` what to watch.
    """

    dyad: Dyad
    names: tuple[str, str]
    first: date | None
    last: date | None
    corpus: Corpus
    judgements: tuple[Judgement, ...]
    shifts: tuple[ShiftNote, ...]
    events: tuple[TimelineEntry, ...]
    disputed: tuple[Statement, ...]
    planned: tuple[TimelineEntry, ...]
    gaps: tuple[Statement, ...]
    sources: tuple[OutletCount, ...]
    series: Series
    shift_reason: str
    run_id: str
    tool: tuple[str, ...] = field(default=())
    changes: tuple[Statement, ...] | None = None
    alternatives: tuple[Statement, ...] = ()
    indicators: tuple[Statement, ...] = ()
    interruptions: tuple[Statement, ...] = ()

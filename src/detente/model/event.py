"""Events: the happenings that claims assert, and the reports of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from detente.model.claim import MagnitudeKind
from detente.model.digests import digest
from detente.model.ontology import EventType, quad_class

__all__ = [
    "Actor",
    "Change",
    "ChangeKind",
    "CopyEvidence",
    "Dyad",
    "Event",
    "Independence",
    "Origins",
    "Report",
    "Run",
    "Toll",
    "run_id_of",
]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Actor:
    """A resolved actor.

    Attributes:
        country: ISO 3166 alpha-3 or PLOVER pseudo-country code, or "" where unknown.
        sector: PLOVER sector, or "" where unknown.
        name: canonical name, or the words of an unknown name.
    """

    country: str = ""
    sector: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Dyad:
    """An ordered pair of countries: who acts, on whom. ISO 3166 alpha-3 codes."""

    actor: str
    recipient: str

    def reversed(self) -> Dyad:
        """Return the pair in the other direction."""
        return Dyad(self.recipient, self.actor)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyEvidence:
    """Why one document is held to repeat another, or to share its origin.

    Attributes:
        kind: of the text: "same address", "same text", "containment", "common run", "rewording",
            "restated", "same quotations", "same numbers"; of the event: "credit", "same outlet",
            "same owner", "same source", "same error".
        document_id: the other document.
        value: a number for the kind (share of shingles, words in a row), or 1.0.
        detail: one short clause for people.
    """

    kind: str
    document_id: str
    value: float
    detail: str


class Independence(StrEnum):
    """How a report stands to the earlier reports of an event."""

    DEMONSTRATED = "demonstrated"
    UNRESOLVED = "unresolved"
    DEPENDENT = "dependent"
    SAME_ORIGIN = "same origin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One document's account of one event: what corroboration counts.

    Attributes:
        id: digest of event and document.
        event_id: the event.
        document_id: the document.
        outlets: who published it.
        published: when, or None.
        claim_ids: this document's claims about the event, in text order.
        origin: id of the group of reports that share an origin with this one.
        copy_of: the document that this one repeats, or None for an original.
        evidence: why it is held to be a copy or to share an origin.
        independence: its state against the earlier reports.
        reason: why.
        withdrawn_by: the document in which its outlet took it back, or None.
    """

    id: str
    event_id: str
    document_id: str
    outlets: tuple[str, ...]
    published: date | None
    claim_ids: tuple[str, ...]
    origin: str
    copy_of: str | None = None
    evidence: tuple[CopyEvidence, ...] = ()
    independence: Independence = Independence.UNRESOLVED
    reason: str = ""
    withdrawn_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """How many independent origins an event's reports have: an interval, never a bare count.

    None (0 to 0) means that all reports were withdrawn by those who made them.
    """

    min: int
    max: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """How many people an event struck, over all that its claims say: ``low <= number <= high``.

    Attributes:
        kind: what befell them.
        low: the smallest number that a claim allows; None where one gives no lower bound.
        high: the greatest number that a claim allows; None where one gives no upper bound.
        approximate: whether a claim calls its number inexact.
    """

    kind: MagnitudeKind
    low: int | None
    high: int | None
    approximate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The happening that a set of claims asserts. It holds ids, never text.

    Attributes:
        id: digest of the founding claim (earliest publication, then lowest id) and the type.
        event_type: PLOVER type.
        act: PLOVER type of the act itself, where it is to come or was refused; else the same.
        mode: PLOVER mode, or None.
        actors: who did it; for a reciprocal event, all who took part.
        recipients: to whom; empty for a reciprocal event.
        reciprocal: whether the actors did it to or with each other.
        first: first possible day, or None.
        last: last possible day, or None.
        planned: whether every claim speaks of it as planned, conditional or threatened.
        alleged: whether no claim asserts or reports it: all of them allege or speculate.
        claim_ids: the claims, sorted.
        denial_ids: the claims that deny it, sorted.
        origins: how many independent origins its reports have.
        tolls: how many people were killed, injured or arrested, one for each kind that is counted.
    """

    id: str
    event_type: EventType
    act: EventType
    mode: str | None
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    reciprocal: bool
    first: date | None
    last: date | None
    planned: bool
    alleged: bool
    claim_ids: tuple[str, ...]
    denial_ids: tuple[str, ...]
    origins: Origins
    tolls: tuple[Toll, ...] = ()

    @property
    def withdrawn(self) -> bool:
        """Whether all its reports were taken back by the outlets that they rest on."""
        return self.origins.max == 0

    @property
    def quad(self) -> int:
        """The quad class of the event type, 1 to 4."""
        return quad_class(self.event_type)

    def dyads(self) -> tuple[Dyad, ...]:
        """Return the ordered country pairs of the event; both directions for a reciprocal one."""
        acting = sorted({actor.country for actor in self.actors if actor.country})
        receiving = sorted({actor.country for actor in self.recipients if actor.country})
        pairs = {Dyad(a, b) for a in acting for b in receiving if a != b}
        if self.reciprocal:
            pairs |= {Dyad(a, b) for a in acting for b in acting if a != b}
        return tuple(sorted(pairs))


class ChangeKind(StrEnum):
    """What became of an event when documents came in."""

    NEW = "new"
    GROWN = "grown"
    MERGED = "merged"
    SPLIT = "split"
    RENAMED = "renamed"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A difference between two resolutions of one store.

    Attributes:
        kind: what happened; "renamed" where a report of an earlier day gave an event another id,
            "gone" where none of its claims is drawn any more.
        before: ids of the events that there were.
        after: ids of those that there are.
    """

    kind: ChangeKind
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A block of claims that was resolved, so that it need not be while nothing in it changes.

    Attributes:
        input: digest of all that the events of the block depend on.
        event_ids: these events, sorted.
    """

    input: str
    event_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What produced records: code version, language model, lexicons and settings.

    Attributes:
        id: digest of the other fields.
        version: version of detente.
        model: name and version of the language model.
        lexicons: "name version digest" of each lexicon file, sorted.
        settings: the settings that can change a record, as one JSON object.
    """

    id: str
    version: str
    model: str
    lexicons: tuple[str, ...]
    settings: str


def run_id_of(version: str, model: str, lexicons: tuple[str, ...], settings: str) -> str:
    """Return the id of a run with these fields."""
    return digest("run", version, model, lexicons, settings)

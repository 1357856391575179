"""Events as other people's data state them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente.model.document import Notice
from detente.model.ontology import EventType

__all__ = ["CodedEvent", "Import"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedEvent:
    """One row of another coder's event data, with the codes of PLOVER beside its own.

    Attributes:
        id: digest of dataset and row; equal rows have one id.
        dataset: "gdelt", "icews", "polecat" or "plover".
        native_id: the row's own id; not unique in every dataset.
        day: when it happened, as the dataset says.
        event_type: PLOVER type, or None where PLOVER has none (statements and appeals of CAMEO).
        mode: PLOVER mode, or None.
        quad: quad class of the type, 1 to 4, or 0 without one.
        score: PLOVER score, -10 to 10, or None without a type.
        native_code: the code as the dataset gives it.
        goldstein: the dataset's own intensity, -10 to 10, or None.
        actor: ISO 3166 alpha-3 or PLOVER pseudo-country of the actor, or "" where unknown.
        actor_sector: PLOVER sector, or "".
        actor_name: as the dataset names it.
        recipient: likewise of the recipient.
        recipient_sector: likewise.
        recipient_name: likewise.
        place: place name, or "".
        place_country: country of the place as the dataset gives it, or "".
        latitude: degrees, or None.
        longitude: degrees, or None.
        url: address of a report, or "".
        outlet: who published it, or "".
        story: id of the report, or "".
        mentions: how many reports the dataset counts, at least 1.
        duplicate_of: id of an earlier row of the import that differs in nothing that counts (day,
            parties, code and report), or None.
        columns: all columns of the row by name, as one JSON object: nothing is lost.
    """

    id: str
    dataset: str
    native_id: str
    day: date
    event_type: EventType | None
    mode: str | None
    quad: int
    score: float | None
    native_code: str
    goldstein: float | None
    actor: str
    actor_sector: str
    actor_name: str
    recipient: str
    recipient_sector: str
    recipient_name: str
    place: str
    place_country: str
    latitude: float | None
    longitude: float | None
    url: str
    outlet: str
    story: str
    mentions: int
    duplicate_of: str | None
    columns: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What an import did.

    Attributes:
        dataset: the dataset.
        new: rows that were written.
        known: rows that the store had.
        untyped: of the new ones, how many have no PLOVER type; they are kept and not counted.
        duplicates: of the new ones, how many repeat another.
        unplaced: of the new ones, how many name a party whose country is unknown.
        first: first day, or None without rows.
        last: last day.
        notices: lines that were skipped.
        terms: under which terms the data may be used.
    """

    dataset: str
    new: int
    known: int
    untyped: int
    duplicates: int
    unplaced: int
    first: date | None
    last: date | None
    notices: tuple[Notice, ...]
    terms: str

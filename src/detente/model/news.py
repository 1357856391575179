"""News of a followed pair: what is other than when it was last told, and how it stood then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from detente.model.digests import digest
from detente.model.event import Dyad, Origins
from detente.model.evidence import Statement
from detente.model.finding import Conflict, Direction, ShiftKind

__all__ = ["KNOWN_BY", "KnownConflict", "KnownEvent", "KnownShift", "Mark", "News", "NewsKind"]

# Claims are remembered by the first half of their ids: 64 bits tell those of one pair apart.
KNOWN_BY = 16


class NewsKind(StrEnum):
    """What is new."""

    EVENT = "event"
    RECALLED = "recalled"  # an event long past, told for the first time
    ORIGINS = "origins"
    DENIAL = "denial"
    CONTRADICTION = "contradiction"
    WITHDRAWAL = "withdrawal"
    REVISION = "revision"  # what was told as one is two, or the other way round
    SHIFT = "shift"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing that is new about a followed pair. There is none without evidence.

    Attributes:
        kind: what is new.
        dyad: the pair.
        statement: what it is, in a sentence, with its evidence, the newest first.
        titles: titles of the documents of the evidence, by their ids.
        event_ids: the events concerned.
        event_type: PLOVER type of the event, where it is about one.
        first: first possible day of the event or the shift, or None.
        last: last possible day.
        origins: how many independent origins the event has now, where it is about one.
        origins_before: how many it had when it was last told, where it was known.
        probability: of a shift; 0 to 1.
    """

    kind: NewsKind
    dyad: Dyad
    statement: Statement
    titles: tuple[tuple[str, str], ...] = ()
    event_ids: tuple[str, ...] = ()
    event_type: str | None = None
    first: date | None = None
    last: date | None = None
    origins: Origins | None = None
    origins_before: Origins | None = None
    probability: float | None = None

    @property
    def id(self) -> str:
        """The same for the same news, told once or again."""
        return digest("news", self.kind, self.dyad, self.event_ids, self.statement.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEvent:
    """An event as it stood when its pair was last told of.

    Attributes:
        id: its id then.
        claim_ids: the first `KNOWN_BY` characters of the ids of the claims that affirmed it.
        denial_ids: of those that denied it.
        origins: as many as it had; reasons are left out.
        withdrawn: how many of its reports were withdrawn.
    """

    id: str
    claim_ids: tuple[str, ...]
    denial_ids: tuple[str, ...]
    origins: Origins
    withdrawn: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownConflict:
    """A contradiction as it stood: in what, and the claims of its sides."""

    kind: Conflict
    sides: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownShift:
    """A shift as it stood, the less probable included."""

    first: date
    last: date
    kind: ShiftKind
    direction: Direction
    likely: bool
    drivers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How a followed pair stood when it was last told of.

    Attributes:
        state: the run and the digest of its extractions from which the events were made.
        events: of the pair, sorted by id.
        conflicts: their contradictions.
        shifts: of the relation and of attention.
    """

    state: str
    events: tuple[KnownEvent, ...] = ()
    conflicts: tuple[KnownConflict, ...] = ()
    shifts: tuple[KnownShift, ...] = ()

    @property
    def run_id(self) -> str:
        """The run whose claims the events rest on."""
        return self.state.partition(" ")[0]

"""What two states dealt with: themes, who began, what was answered, stopped and resumed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from detente.model.evidence import Evidence

__all__ = ["Act", "Doing", "Interruption", "Opening", "Regime", "Theme", "Turn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What some of the events were about.

    Attributes:
        name: the theme of the lexicon, or the name of a third country or a region.
        country: code of that country; "" for a theme of the lexicon.
        event_ids: the events, in order of date.
        evidence: the words that tell it, one passage for each event.
    """

    name: str
    country: str = ""
    event_ids: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One event as evidence for what it did to another thing.

    Attributes:
        event_id: the event.
        day: the day on which it counts, or that of its first report where it has none; or None.
        doing: whether it was done, or only agreed, announced, threatened, asked for or refused.
        evidence: the sentence that tells it, and the words that decided.
    """

    event_id: str
    day: date | None
    doing: Doing
    evidence: tuple[Evidence, ...]


class Doing(StrEnum):
    """Whether an act was done."""

    DONE = "done"
    AGREED = "agreed"
    ANNOUNCED = "announced"
    THREATENED = "threatened"
    ASKED = "asked"
    REFUSED = "refused"


class Turn(StrEnum):
    """What an act does to a thing that was going on, or was to."""

    STOP = "stop"
    DELAY = "delay"
    RESUME = "resume"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interruption:
    """A thing that was stopped or put off, and what is told of its resumption.

    Attributes:
        thing: the words for it ("talks, Turkish Stream gas pipeline").
        barrier: whether it is itself a thing that stops others ("sanctions"): then to stop is to
            impose it, and to resume is to lift it.
        stops: the acts that stopped it or put it off, in order of date; empty where only a
            resumption is told of.
        delayed: whether all of these only put it off.
        resumptions: the acts that took it up again, done or not, in order of date.
    """

    thing: str
    barrier: bool
    stops: tuple[Act, ...]
    delayed: bool = False
    resumptions: tuple[Act, ...] = ()

    @property
    def resumed(self) -> Act | None:
        """The first act that did take it up again, or None."""
        return next((one for one in self.resumptions if one.doing is Doing.DONE), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The first conflict of a regime.

    Attributes:
        day: its day.
        event_ids: the events of that day, of conflict and of one side on the other.
        forward: True where the first of the pair did them all, False where the second did, None
            where both acted on that day.
        since: how many days before it, in the regime, had no conflict of one on the other.
        evidence: a sentence that tells each of the events; empty for datasets.
    """

    day: date
    event_ids: tuple[str, ...]
    forward: bool | None
    since: int
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """What a relation was made of between two changes.

    Attributes:
        first: first day.
        last: last day.
        types: events by PLOVER type, the most frequent first.
        conflict: events of conflict.
        total: all events.
        forward: of the events of one side on the other, how many were the first one's.
        directed: how many events were of one side on the other.
        hits: conflict that the other side met with conflict within two weeks.
        hit_chances: conflict that it could have met so.
        expected_hits: how many it would have met by chance, at the regime's own rate.
        themes: what the events were about, the most frequent first; empty for datasets.
        opening: what began the conflict; None where there was none of one side on the other.
        answers: acts that are said to answer another, in order of date; empty for datasets.
    """

    first: date
    last: date
    types: tuple[tuple[str, int], ...]
    conflict: int
    total: int
    forward: int
    directed: int
    hits: int
    hit_chances: int
    expected_hits: float
    themes: tuple[Theme, ...] = ()
    opening: Opening | None = None
    answers: tuple[Act, ...] = ()

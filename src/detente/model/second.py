"""Claims of a second coder, and how they compare with our own; no event is made of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from detente.model.claim import Claim, DateRange, Label, Mention
from detente.model.digests import digest
from detente.model.document import Notice, SegmentKind, Span
from detente.model.ontology import EventType

__all__ = [
    "Agreement",
    "ClaimField",
    "Comparison",
    "Dropped",
    "Pairing",
    "Reply",
    "SecondClaim",
    "SecondCoder",
]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SecondCoder:
    """A language model at an address that the user names.

    Attributes:
        endpoint: the address that is asked.
        model: the model, as the endpoint calls it.
        prompt: digest of what it is told before each text: told otherwise, it is another coder.
    """

    endpoint: str
    model: str
    prompt: str

    @property
    def id(self) -> str:
        """Return a digest of the three."""
        return digest("second coder", self.endpoint, self.model, self.prompt)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the second coder said to one question, as it came.

    Attributes:
        content: its words.
        whole: whether it came to its end by itself; false where it was cut off.
        model: the model that says to have answered; "" where none does.
        tokens: how many tokens question and answer had, as the endpoint counts; 0 where it does
            not.
    """

    content: str
    whole: bool = True
    model: str = ""
    tokens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondClaim:
    """A claim of the second coder, each word of which stands in the text.

    Attributes:
        document_id: the document.
        document_key: that document's key.
        segment: the kind of segment that it stands in.
        quote: the words that assert it.
        anchor: the word or words of the quote that name the event.
        event_type: PLOVER type.
        actors: who did it; of what was done to each other, all who took part.
        recipients: to whom.
        when: the days that it is said to have happened on.
        label: how it is held.
    """

    document_id: str
    document_key: str
    segment: SegmentKind
    quote: Span
    anchor: Span
    event_type: EventType
    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    when: DateRange
    label: Label

    @property
    def reciprocal(self) -> bool:
        """Whether several did it to or with each other."""
        return len(self.actors) > 1 and not self.recipients


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Dropped:
    """A claim of the second coder that was not taken.

    Attributes:
        document_key: the document's key.
        start: where the passage begins that it was asked about.
        quote: what it gave as the words of the text, cut where long.
        reason: why it was not taken.
    """

    document_key: str
    start: int
    quote: str
    reason: str


class ClaimField(StrEnum):
    """In what two claims of one happening can differ."""

    TYPE = "type"
    SIDES = "sides"
    DATE = "date"
    LABEL = "label"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """What one coder or both say at one place.

    Attributes:
        ours: the claim of the built-in coder; None where it has none.
        second: the claim of the second coder; None where it has none.
        differ: in what they differ, where both have one.
    """

    ours: Claim | None
    second: SecondClaim | None
    differ: tuple[ClaimField, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a pairing of nothing."""
        if self.ours is None and self.second is None:
            raise ValueError("a pairing has a claim")

    @property
    def claims(self) -> tuple[Claim | SecondClaim, ...]:
        """The claims that are there, ours first."""
        return tuple(one for one in (self.ours, self.second) if one is not None)

    @property
    def both(self) -> bool:
        """Whether both coders have a claim here."""
        return len(self.claims) == 2

    @property
    def document_key(self) -> str:
        """The key of the document."""
        return self.claims[0].document_key

    @property
    def quote(self) -> Span:
        """The words of the text: our sentence, else what the second coder quotes."""
        first = self.claims[0]
        return first.sentence if isinstance(first, Claim) else first.quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far two coders agree in one thing.

    Attributes:
        what: "claims" (do both have one where either has?) or a field of claims that both have.
        agree: how often they do.
        of: out of how often.
        share: the share; None of nothing.
        low: lower bound of the share's 95 % interval, or None.
        high: upper bound, likewise.
        kappa: Cohen's kappa; None where it is not defined or not apt.
        kappa_low: lower bound of its 95 % interval; None where too little is there for one.
        kappa_high: upper bound, likewise.
    """

    what: str
    agree: int
    of: int
    share: float | None
    low: float | None = None
    high: float | None = None
    kappa: float | None = None
    kappa_low: float | None = None
    kappa_high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The claims of two coders side by side.

    Attributes:
        coder: the second coder.
        run_id: the run of the built-in coder.
        documents: how many documents were compared, in whole or in part.
        asked: how many questions were asked now.
        known: how many answers were known from before.
        tokens: how many tokens the questions asked now and their answers had; 0 where not told.
        answered_by: the models that say to have answered.
        pairings: every claim of either, in the order of the documents' keys and of the text.
        dropped: claims of the second coder that were not taken.
        agreements: how far the two agree.
        notices: what could not be asked or compared.
    """

    coder: SecondCoder
    run_id: str
    documents: int
    asked: int
    known: int
    tokens: int
    answered_by: tuple[str, ...]
    pairings: tuple[Pairing, ...]
    dropped: tuple[Dropped, ...]
    agreements: tuple[Agreement, ...]
    notices: tuple[Notice, ...]

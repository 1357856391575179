"""Claims: what single sentences assert, who says so and how sure they are."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from detente.model.digests import digest
from detente.model.document import Document, Segment, SegmentKind, Span
from detente.model.ontology import EventType, quad_class

__all__ = [
    "Abstention",
    "Attribution",
    "Certainty",
    "Claim",
    "DateBasis",
    "DateRange",
    "Extraction",
    "Label",
    "Magnitude",
    "MagnitudeKind",
    "Matter",
    "Mention",
    "Place",
    "Polarity",
    "Quotation",
    "Source",
    "SourceKind",
    "Strength",
    "Time",
    "TimeRelation",
    "with_id",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that name an actor, and which actor they name.

    Attributes:
        span: the words.
        country: ISO 3166 alpha-3 code, or a PLOVER pseudo-country (IGO, NGO, IMG, ISM, MNC, UNO,
            EUR); None where the words do not tell.
        sector: PLOVER sector code (GOV, MIL, ...), or None.
        name: the actor's name in the lexicon, or the words themselves for an unknown name.
        antecedent: the earlier words that a pronoun or description stands for.
    """

    span: Span
    country: str | None = None
    sector: str | None = None
    name: str | None = None
    antecedent: Span | None = None


class DateBasis(StrEnum):
    """What a date rests on."""

    STATED = "stated"
    RELATIVE = "relative"
    PUBLICATION = "publication"
    UNKNOWN = "unknown"


class TimeRelation(StrEnum):
    """How a happening lies to the other one by which its words date it."""

    BEFORE = "before"
    AFTER = "after"
    DURING = "during"
    SINCE = "since"
    UNTIL = "until"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRange:
    """The days within which something happened: ``first <= day <= last``.

    Attributes:
        first: first possible day; None where unknown.
        last: last possible day; None where unknown.
        basis: what the dates rest on.
        edtf: the same as an Extended Date/Time Format string (ISO 8601-2:2019), or None.
        span: the words that give the date, or None.
        reason: why the date is unknown or only approximate, or None.
        anchor: the words that name another happening by which this one is dated ("the coup" in
            "after the coup"), or None.
        relation: how this one lies to it; None where there is no anchor.
    """

    first: date | None = None
    last: date | None = None
    basis: DateBasis = DateBasis.UNKNOWN
    edtf: str | None = None
    span: Span | None = None
    reason: str | None = None
    anchor: Span | None = None
    relation: TimeRelation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something happened, by the words attached to the event.

    Attributes:
        span: the words.
        country: ISO 3166 alpha-3 code, or None.
        name: the name in the lexicon, or the words.
        city: the town, where the words name one; by its name in the gazetteer where that has it.
        latitude: degrees north of that town, two decimals; None where the gazetteer does not tell.
        longitude: degrees east, likewise.
    """

    span: Span
    country: str | None = None
    name: str | None = None
    city: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    def as_party(self) -> Mention:
        """Return the place as a side of an event, of its country where it has one."""
        return Mention(span=self.span, country=self.country, name=self.name)


class MagnitudeKind(StrEnum):
    """What a magnitude counts: always people."""

    DEAD = "dead"
    INJURED = "injured"
    ARRESTED = "arrested"
    DISPLACED = "displaced"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Magnitude:
    """How many people a happening struck, as its own words say: ``low <= number <= high``.

    "at least 12 people were killed" is low 12 without high; "up to 30" is high 30 without low.

    Attributes:
        kind: what befell them.
        low: the smallest number that the words allow; None where they give none.
        high: the greatest number that the words allow; None where they give none.
        approximate: whether the words themselves call the number inexact ("about 40", "dozens").
        span: the words that count; where they add up ("two men and three women"), all of them.
    """

    kind: MagnitudeKind
    low: int | None
    high: int | None
    approximate: bool = False
    span: Span


class SourceKind(StrEnum):
    """What kind of source a source is."""

    OFFICIAL = "official"
    OUTLET = "outlet"
    UNNAMED = "unnamed"
    EXPERT = "expert"
    DOCUMENT = "document"
    ORGANISATION = "organisation"
    PERSON = "person"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """To whom content is attributed.

    Attributes:
        span: the words.
        kind: what kind of source it is.
        named: whether the words name it.
        country: ISO 3166 alpha-3 code of the country it speaks for or comes from, or None.
        sector: its PLOVER sector, or None.
        name: its canonical name, or None.
        antecedent: the earlier words that a pronoun or description stands for.
    """

    span: Span
    kind: SourceKind
    named: bool
    country: str | None = None
    sector: str | None = None
    name: str | None = None
    antecedent: Span | None = None


class Quotation(StrEnum):
    """Whether attributed content is in the source's own words."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One link of a chain: a source, the cue, and the content attributed to the source.

    Attributes:
        source: who says it; None where only the cue is there ("reportedly", "it was claimed").
        cue: the words that attribute.
        content: what is attributed; None where it is not contiguous text of this document.
        quotation: direct, indirect or mixed speech.
        lemma: the cue's head, for the certainty lexicon ("deny", "according to").
    """

    source: Source | None
    cue: Span
    content: Span | None
    quotation: Quotation
    lemma: str


class Polarity(StrEnum):
    """Whether the holder asserts that it happened or that it did not."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNKNOWN = "unknown"


class Strength(StrEnum):
    """How sure the holder is."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"


class Time(StrEnum):
    """When the happening lies, seen from the sentence."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"


class Label(StrEnum):
    """What a reader may take a claim for; derived by ``extraction.certainty.label_of``."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    ALLEGED = "alleged"
    DENIED = "denied"
    SPECULATED = "speculated"
    PLANNED = "planned"
    CONDITIONAL = "conditional"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certainty:
    """How a claim is held.

    Attributes:
        polarity: whether it is said to have happened or not.
        strength: how sure the holder is.
        time: when it lies, seen from the sentence.
        label: derived from the three and the attribution chain.
        cues: the words that decided.
        reason: which rule gave the label.
    """

    polarity: Polarity
    strength: Strength
    time: Time
    label: Label
    cues: tuple[Span, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence's assertion that something happened, will, or did not.

    Attributes:
        id: digest of what the claim says; the same text and rules give the same id, wherever the
            document's file lies.
        document_id: the document it stands in.
        document_key: that document's key.
        segment: the kind of segment it stands in.
        sentence: the sentence.
        span: the words that assert it.
        anchor: the word or words that name the event ("shot down").
        event_type: PLOVER type; by PLOVER's modality that of a promise, threat or refusal where the
            act itself is to come or was not done.
        act: PLOVER type of the act itself ("will send aid" is an AGREE whose act is AID).
        mode: PLOVER mode, or None.
        actors: who did it; for a reciprocal event, all who took part.
        recipients: to whom; empty for a reciprocal event.
        reciprocal: whether the actors did it to or with each other ("met", "clashed").
        when: the days it is said to have happened.
        place: where, or None.
        magnitudes: how many were killed, injured or arrested in it; at most one of a kind.
        attributions: the chain, outermost first; empty means the outlet's own voice.
        certainty: how it is held.
        rule: the lexicon entry that produced it.
        run_id: the run that produced it; like the document's key no part of the id.
    """

    id: str
    document_id: str
    document_key: str
    segment: SegmentKind
    sentence: Span
    span: Span
    anchor: Span
    event_type: EventType
    act: EventType
    mode: str | None
    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    reciprocal: bool
    when: DateRange
    place: Place | None
    attributions: tuple[Attribution, ...]
    certainty: Certainty
    rule: str
    run_id: str
    magnitudes: tuple[Magnitude, ...] = ()

    @property
    def quad(self) -> int:
        """The quad class of the event type, 1 to 4."""
        return quad_class(self.event_type)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Every span that the claim holds; each must quote the document."""
        when = self.when
        found: list[Span | None] = [self.sentence, self.span, self.anchor, when.span, when.anchor]
        for mention in (*self.actors, *self.recipients):
            found += [mention.span, mention.antecedent]
        found.append(self.place.span if self.place else None)
        found += [magnitude.span for magnitude in self.magnitudes]
        for attribution in self.attributions:
            found += [attribution.cue, attribution.content]
            if attribution.source:
                found += [attribution.source.span, attribution.source.antecedent]
        found += self.certainty.cues
        return tuple(span for span in found if span is not None)


def with_id(claim: Claim) -> Claim:
    """Return the claim with the id that its content has.

    The document's key is no content: it may be a path, which differs between machines.
    """
    left_out = ("id", "document_key", "run_id")
    content = [getattr(claim, f.name) for f in fields(claim) if f.name not in left_out]
    return replace(claim, id=digest("claim", *content))


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What the act of a claim is about, by the words of its own clause.

    Attributes:
        claim_id: the claim.
        spans: the phrases that tell it, without sides, days and setting; may be empty.
        answers: the words by which the act is said to answer another ("in response to the raid"),
            or None.
    """

    claim_id: str
    spans: tuple[Span, ...] = ()
    answers: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstention:
    """Words that could have become a claim and did not, and why.

    Attributes:
        span: the words.
        sentence: the sentence that they stand in.
        rule: the lexicon entry that they fit.
        reason: what is missing, for a reader who knows neither rules nor grammar.
    """

    span: Span
    sentence: Span
    rule: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that was drawn from one document in one run.

    Attributes:
        document_id: the document.
        run_id: the run.
        segments: the parts of the document, in order; together its whole text.
        claims: in the order of their anchors.
        abstentions: what could have become a claim and did not.
        problem: why nothing was drawn, where the document broke the extraction; else None.
        matters: what claims are about, in their order, those left out of which it is not told;
            None where an earlier version drew them, which did not look.
    """

    document_id: str
    run_id: str
    segments: tuple[Segment, ...]
    claims: tuple[Claim, ...]
    abstentions: tuple[Abstention, ...] = ()
    problem: str | None = None
    matters: tuple[Matter, ...] | None = None

    def check(self, document: Document) -> None:
        """Raise ValueError if any span does not quote the document."""
        spans = [span for claim in self.claims for span in claim.spans]
        spans += [span for one in self.abstentions for span in (one.span, one.sentence)]
        for matter in self.matters or ():
            spans += [*matter.spans, *((matter.answers,) if matter.answers else ())]
        for span in spans:
            within = 0 <= span.start < span.end <= len(document.text)
            if not within or document.text[span.start : span.end] != span.text:
                raise ValueError(f"span {span} does not quote document {document.id}")

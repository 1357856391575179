"""Small records for tests: documents and claims with true spans."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from detente.model import (
    Actor,
    Attribution,
    Certainty,
    Claim,
    CodedEvent,
    DateBasis,
    DateRange,
    Document,
    Event,
    EventType,
    Label,
    Magnitude,
    MagnitudeKind,
    Mention,
    Origins,
    Place,
    Polarity,
    Quotation,
    SecondClaim,
    SegmentKind,
    Source,
    SourceKind,
    Strength,
    Time,
    digest,
    document_id,
    with_id,
)


def document(
    text: str,
    *,
    outlets: tuple[str, ...] = ("Courier",),
    published: date | None = None,
    key: str = "k",
) -> Document:
    identifier = document_id(text, url=None, outlets=outlets, published=published)
    return Document(id=identifier, key=key, text=text, outlets=outlets, published=published)


def span(doc: Document, words: str):
    start = doc.text.index(words)
    return doc.span(start, start + len(words))


def mention(doc: Document, words: str, country: str | None = None) -> Mention:
    return Mention(span=span(doc, words), country=country, name=words)


def dead(
    doc: Document, words: str, low: int | None, high: int | None, *, approximate: bool = False
) -> Magnitude:
    return Magnitude(
        kind=MagnitudeKind.DEAD,
        low=low,
        high=high,
        approximate=approximate,
        span=span(doc, words),
    )


def source(doc: Document, words: str, *, named: bool = True, kind=SourceKind.OFFICIAL) -> Source:
    return Source(span=span(doc, words), kind=kind, named=named, name=words)


def attribution(doc: Document, words: str, cue: str, **kind) -> Attribution:
    return Attribution(
        source=source(doc, words, **kind),
        cue=span(doc, cue),
        content=None,
        quotation=Quotation.INDIRECT,
        lemma=cue,
    )


def claim(
    doc: Document,
    event_type: str,
    actor: tuple[str, str],
    recipient: tuple[str, str] | None = None,
    *,
    anchor: str,
    when: DateRange | None = None,
    label: Label = Label.ASSERTED,
    polarity: Polarity = Polarity.POSITIVE,
    time: Time = Time.PAST,
    mode: str | None = None,
    chain: tuple[Attribution, ...] = (),
    reciprocal: bool = False,
    magnitudes: tuple[Magnitude, ...] = (),
    place: Place | None = None,
) -> Claim:
    """A claim whose sentence is the whole text; actor and recipient are (words, country)."""
    if when is None:
        day = doc.published
        basis = DateBasis.PUBLICATION if day else DateBasis.UNKNOWN
        when = DateRange(first=day, last=day, basis=basis)
    actors = [mention(doc, *actor)]
    recipients = [mention(doc, *recipient)] if recipient else []
    if reciprocal:
        actors, recipients = actors + recipients, []
    return with_id(
        Claim(
            id="",
            document_id=doc.id,
            document_key=doc.key,
            segment=SegmentKind.BODY,
            sentence=doc.span(0, len(doc.text)),
            span=doc.span(0, len(doc.text)),
            anchor=span(doc, anchor),
            event_type=EventType(event_type),
            act=EventType(event_type),
            mode=mode,
            actors=tuple(actors),
            recipients=tuple(recipients),
            reciprocal=reciprocal,
            when=when,
            place=place,
            magnitudes=magnitudes,
            attributions=chain,
            certainty=Certainty(
                polarity=polarity, strength=Strength.CERTAIN, time=time, label=label, reason="test"
            ),
            rule="test",
            run_id="run",
        )
    )


def second_claim(
    doc: Document,
    event_type: str,
    actor: tuple[str, str],
    recipient: tuple[str, str] | None = None,
    *,
    anchor: str,
    quote: str = "",
    when: DateRange | None = None,
    label: Label = Label.ASSERTED,
) -> SecondClaim:
    """A claim of a second coder that quotes the whole text, or the words given."""
    return SecondClaim(
        document_id=doc.id,
        document_key=doc.key,
        segment=SegmentKind.BODY,
        quote=span(doc, quote or doc.text),
        anchor=span(doc, anchor),
        event_type=EventType(event_type),
        actors=(mention(doc, *actor),),
        recipients=(mention(doc, *recipient),) if recipient else (),
        when=when or DateRange(),
        label=label,
    )


def stated(first: str, last: str | None = None) -> DateRange:
    return DateRange(
        first=date.fromisoformat(first),
        last=date.fromisoformat(last or first),
        basis=DateBasis.STATED,
    )


def event(
    event_type: str,
    first: date | None,
    last: date | None = None,
    *,
    sides: tuple[str, str] = ("TUR", "RUS"),
    serial: int = 0,
    planned: bool = False,
    alleged: bool = False,
    origins: int = 1,
    affirmed: bool = True,
    reciprocal: bool = False,
    mode: str | None = None,
) -> Event:
    """An event between two countries, affirmed by one claim, with the id that these give it."""
    identifier = digest(event_type, first, last, *sides, serial)
    actors = (Actor(country=sides[0]),)
    recipients = (Actor(country=sides[1]),)
    return Event(
        id=identifier,
        event_type=EventType(event_type),
        act=EventType(event_type),
        mode=mode,
        actors=actors + recipients if reciprocal else actors,
        recipients=() if reciprocal else recipients,
        reciprocal=reciprocal,
        first=first,
        last=last or first,
        planned=planned,
        alleged=alleged,
        claim_ids=(f"c-{identifier}",) if affirmed else (),
        denial_ids=() if affirmed else (f"d-{identifier}",),
        origins=Origins(min=1, max=origins),
    )


def coded(identifier: str, day: date = date(2015, 11, 24)) -> CodedEvent:
    """A row of another coder's data, between two countries."""
    return CodedEvent(
        id=identifier,
        dataset="icews",
        native_id=identifier,
        day=day,
        event_type=EventType("ASSAULT"),
        mode=None,
        quad=4,
        score=-9.0,
        native_code="190",
        goldstein=-10.0,
        actor="TUR",
        actor_sector="MIL",
        actor_name="Turkey",
        recipient="RUS",
        recipient_sector="MIL",
        recipient_name="Russia",
        place="",
        place_country="",
        latitude=None,
        longitude=None,
        url="",
        outlet="",
        story="",
        mentions=1,
        duplicate_of=None,
        columns="{}",
    )


def lexicon_file(folder: Path, body: str, name: str = "mine") -> Path:
    """A lexicon file of one's own: its entries with a header before them."""
    path = folder / f"{name}.yaml"
    header = f"name: {name}\nversion: 2026.11.0\nlicence: CC0-1.0\nsources: []\n"
    path.write_text(header + body, encoding="utf-8")
    return path


# Two countries that are on no map, as an actor file gives them.
WORLD = """\
countries:
- code: ARN
  name: Arnor
  names: [Kingdom of Arnor]
  adjectives: [Arnorian]
  nouns: [Arnorian, Arnorians]
  capitals: [Annuminas]
  examples: ["Arnorian troops crossed the river.", "Arnor's army withdrew."]
- code: GND
  name: Gondor
  adjectives: [Gondorian]
  nouns: [Gondorian, Gondorians]
  capitals: [Osgiliath]
  examples: ["The Gondorian president flew home."]
"""

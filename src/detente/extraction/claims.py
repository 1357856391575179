"""A document to its claims: the stages of extraction, joined."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language

from detente.extraction.actors.mentions import find_mentions
from detente.extraction.attribution.chains import find_attributions
from detente.extraction.certainty.judging import certainty_of
from detente.extraction.dates.dating import date_of
from detente.extraction.events.finding import find_events
from detente.extraction.parse import FoundEvent, Passage, parse
from detente.extraction.segment import segment
from detente.lexicon import Lexicon
from detente.model import Attribution, Claim, Document, Extraction, Segment, with_id

__all__ = ["extract", "extract_batch"]


def extract(
    document: Document, *, model: Language, lexicon: Lexicon, run_id: str = ""
) -> Extraction:
    """Draw the claims from one document.

    Args:
        document: the document.
        model: the language model, see `language_model`.
        lexicon: the lexicons.
        run_id: the run to name in the records.
    """
    return extract_batch([document], model=model, lexicon=lexicon, run_id=run_id)[0]


def extract_batch(
    documents: Sequence[Document], *, model: Language, lexicon: Lexicon, run_id: str = ""
) -> list[Extraction]:
    """Draw the claims from several documents, parsed as one stream.

    A document that breaks a stage gives an Extraction with its ``problem``; the others are not
    touched by it. Where the common stages break, the documents are taken one by one.

    Returns:
        One extraction for each document, in their order.
    """
    try:
        parts = [segment(document) for document in documents]
        parsed = parse(list(zip(documents, parts, strict=True)), model, lexicon.actors.longest)
    except Exception as error:  # a hostile document must not take the batch with it
        if len(documents) == 1:
            return [_broken(documents[0], (), run_id, error)]
        return [
            extract(document, model=model, lexicon=lexicon, run_id=run_id) for document in documents
        ]
    return [
        _guarded(document, segments, passages, lexicon, run_id)
        for document, segments, passages in zip(documents, parts, parsed, strict=True)
    ]


def _guarded(
    document: Document,
    segments: tuple[Segment, ...],
    passages: tuple[Passage, ...],
    lexicon: Lexicon,
    run_id: str,
) -> Extraction:
    try:
        return _extract(document, segments, passages, lexicon, run_id)
    except Exception as error:  # a hostile document must not take the batch with it
        return _broken(document, segments, run_id, error)


def _broken(
    document: Document, segments: tuple[Segment, ...], run_id: str, error: Exception
) -> Extraction:
    problem = f"{type(error).__name__}: {error}"
    return Extraction(
        document_id=document.id, run_id=run_id, segments=segments, claims=(), problem=problem
    )


def _extract(
    document: Document,
    segments: tuple[Segment, ...],
    passages: tuple[Passage, ...],
    lexicon: Lexicon,
    run_id: str,
) -> Extraction:
    mentions = find_mentions(passages, lexicon.actors, document.published)
    events, abstentions = find_events(passages, mentions, lexicon.frames)
    attributions = find_attributions(passages, mentions, lexicon.cues, lexicon.outlets)
    claims = {
        claim.id: claim
        for event in events
        for claim in [_claim(event, attributions.chain_of(event), lexicon, run_id)]
    }
    ordered = sorted(claims.values(), key=lambda claim: (claim.anchor.start, claim.id))
    extraction = Extraction(
        document_id=document.id,
        run_id=run_id,
        segments=segments,
        claims=tuple(ordered),
        abstentions=abstentions,
    )
    extraction.check(document)
    return extraction


def _claim(
    event: FoundEvent, chain: tuple[Attribution, ...], lexicon: Lexicon, run_id: str
) -> Claim:
    passage = event.passage
    document = passage.document
    return with_id(
        Claim(
            id="",
            document_id=document.id,
            document_key=document.key,
            segment=passage.segment.kind,
            sentence=passage.span(event.trigger.sent),
            span=passage.span(event.tokens),
            anchor=passage.span(event.anchor),
            event_type=event.event_type,
            mode=event.mode,
            actors=event.actors,
            recipients=event.recipients,
            reciprocal=event.reciprocal,
            when=date_of(event),
            place=event.place,
            attributions=chain,
            certainty=certainty_of(event, chain, lexicon.certainty),
            rule=event.rule,
            run_id=run_id,
        )
    )

"""A document to its claims: the stages of extraction, joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from spacy.language import Language

from detente.extraction.actors.mentions import Mentions, find_mentions
from detente.extraction.attribution.chains import find_attributions
from detente.extraction.certainty.judging import certainty_of
from detente.extraction.dates.dating import date_of
from detente.extraction.events.finding import find_events
from detente.extraction.magnitudes import magnitudes_of
from detente.extraction.matters import matter_of
from detente.extraction.modality import Settled, governing, settle
from detente.extraction.parse import FoundEvent, Passage, parse
from detente.extraction.plausibility import features, implausible
from detente.extraction.relevance import irrelevant
from detente.extraction.segment import segment
from detente.extraction.wording import in_full
from detente.lexicon import Lexicon
from detente.model import (
    Abstention,
    Attribution,
    Claim,
    Document,
    Extraction,
    Matter,
    Segment,
    with_id,
)

__all__ = ["candidates", "extract", "extract_batch"]


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

    Raises:
        MemoryError: names the document; that is no fault of the document, and may pass.
    """
    try:
        parts = [segment(document) for document in documents]
        parsed = _parsed(documents, parts, model, lexicon)
    except Exception as error:  # a hostile document must not take the batch with it
        if len(documents) == 1:
            _pass_on_want_of_memory(documents[0], error)
            return [_broken(documents[0], (), run_id, error)]
        return [
            extract(document, model=model, lexicon=lexicon, run_id=run_id) for document in documents
        ]
    return [
        _guarded(document, segments, passages, lexicon, run_id)
        for document, segments, passages in zip(documents, parts, parsed, strict=True)
    ]


def candidates(
    documents: Sequence[Document], *, model: Language, lexicon: Lexicon
) -> list[tuple[tuple[Claim, frozenset[str]], ...]]:
    """Draw all claims that the rules make, with what the statistical helper would look at.

    Args:
        documents: the documents.
        model: the language model.
        lexicon: the lexicons; whether the helper is among them makes no difference.

    Returns:
        For each document its claims, also the implausible ones, in the order of `extract`, each
        with its features: see ``detente.extraction.plausibility``.
    """
    parts = [segment(document) for document in documents]
    parsed = _parsed(documents, parts, model, lexicon)
    drawn = []
    for document, passages in zip(documents, parsed, strict=True):
        found = {}
        for event, mentions, claim in _considered(document, passages, lexicon, "")[0]:
            if isinstance(claim, Claim):
                found[claim.id] = claim, features(event, claim, mentions, lexicon.relevance)
        drawn.append(tuple(sorted(found.values(), key=lambda pair: _order(pair[0]))))
    return drawn


def _parsed(
    documents: Sequence[Document],
    parts: Sequence[Sequence[Segment]],
    model: Language,
    lexicon: Lexicon,
) -> tuple[tuple[Passage, ...], ...]:
    return parse(
        list(zip(documents, parts, strict=True)),
        model,
        names=lexicon.actors.longest,
        verbs=lexicon.frames.known_verbs,
    )


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
        _pass_on_want_of_memory(document, error)
        return _broken(document, segments, run_id, error)


def _pass_on_want_of_memory(document: Document, error: Exception) -> None:
    if isinstance(error, MemoryError):
        raise MemoryError(document.key) from error


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
    considered, abstained = _considered(document, passages, lexicon, run_id)
    claims: dict[str, Claim] = {}
    matters: dict[str, Matter] = {}
    abstentions = list(abstained)
    for event, mentions, found in considered:
        if isinstance(found, Claim) and lexicon.plausibility is not None:
            told = features(event, found, mentions, lexicon.relevance)
            found = implausible(told, lexicon.plausibility) or found
        if isinstance(found, Claim):
            claims[found.id] = found
            matters[found.id] = matter_of(event, found.id)
        else:
            passage = event.passage
            words, sentence = passage.span(event.anchor), passage.span(event.trigger.sent)
            abstentions.append(
                Abstention(span=words, sentence=sentence, rule=event.rule, reason=found)
            )
    ordered = tuple(sorted(claims.values(), key=_order))
    about = [matters[claim.id] for claim in ordered]
    extraction = Extraction(
        document_id=document.id,
        run_id=run_id,
        segments=segments,
        claims=ordered,
        abstentions=tuple(sorted(abstentions, key=lambda one: (one.span, one.rule))),
        matters=tuple(one for one in about if one.spans or one.answers),
    )
    extraction.check(document)
    return extraction


def _order(claim: Claim) -> tuple[int, str]:
    return claim.anchor.start, claim.id


def _considered(
    document: Document, passages: tuple[Passage, ...], lexicon: Lexicon, run_id: str
) -> tuple[list[tuple[FoundEvent, Mentions, Claim | str]], tuple[Abstention, ...]]:
    """Return each event with its passage's actors and its claim, or why it makes none.

    Beside them stand the abstentions where there is not even an event.
    """
    mentions = find_mentions(passages, lexicon.actors, document.published)
    events, abstained = find_events(passages, mentions, lexicon.frames)
    if not events:
        return [], abstained
    attributions = find_attributions(passages, mentions, lexicon.cues, lexicon.outlets)
    anchors: dict[int, dict[int, FoundEvent]] = defaultdict(dict)
    for event in events:
        anchors[event.passage.start] |= {token.i: event for token in event.anchor}
    beside = dict(zip(passages, mentions, strict=True))
    considered = []
    for event in events:
        above = governing(event, anchors[event.passage.start])
        chain = attributions.chain_of(event)
        here = beside[event.passage]
        considered.append((event, here, _claim(event, chain, above, here, lexicon, run_id)))
    return considered, abstained


def _claim(
    event: FoundEvent,
    chain: tuple[Attribution, ...],
    above: FoundEvent | None,
    mentions: Mentions,
    lexicon: Lexicon,
    run_id: str,
) -> Claim | str:
    """Return the claim that a found event makes, or why it makes none."""
    passage = event.passage
    document = passage.document
    # a republished report speaks from its own day
    published = passage.segment.published or document.published
    when = date_of(event)
    if reason := irrelevant(event, when, published, mentions, lexicon.relevance):
        return reason
    certainty = certainty_of(event, chain, lexicon.certainty)
    settled = settle(event, certainty, chain, above)
    if not isinstance(settled, Settled):
        return settled
    actors, recipients = (
        tuple(in_full(passage, mention, event.anchor) for mention in side)
        for side in (event.actors, event.recipients)
    )
    return with_id(
        Claim(
            id="",
            document_id=document.id,
            document_key=document.key,
            segment=passage.segment.kind,
            sentence=passage.span(event.trigger.sent),
            span=passage.span(event.tokens),
            anchor=passage.span(event.anchor),
            event_type=settled.event_type,
            act=event.event_type,
            mode=settled.mode,
            actors=actors,
            recipients=recipients,
            reciprocal=event.reciprocal,
            when=when,
            place=event.place,
            magnitudes=magnitudes_of(event),
            attributions=chain,
            certainty=certainty,
            rule=event.rule,
            run_id=run_id,
        )
    )

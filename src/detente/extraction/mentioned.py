"""Which actors and places the words of a document name, whether or not anything happens."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language

from detente.extraction.actors.mentions import find_mentions
from detente.extraction.parse import parse
from detente.extraction.segment import segment
from detente.lexicon import Lexicon
from detente.model import Document, Mention

__all__ = ["mentioned"]


def mentioned(
    documents: Sequence[Document], *, model: Language, lexicon: Lexicon
) -> list[tuple[Mention, ...]]:
    """Return for each document every actor and every place that some word of it names.

    Args:
        documents: the documents, parsed as one stream.
        model: the language model.
        lexicon: the lexicons.
    """
    parts = [segment(document) for document in documents]
    parsed = parse(list(zip(documents, parts, strict=True)), model, lexicon.actors.longest)
    found = []
    for document, passages in zip(documents, parsed, strict=True):
        named = find_mentions(passages, lexicon.actors, document.published)
        found.append(tuple(mention for one in named for mention in one.everything()))
    return found

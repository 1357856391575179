"""What single sentences show of a lexicon: the actors that they name, the frames that they fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language

from detente.extraction.actors.mentions import find_mentions
from detente.extraction.events.finding import find_events
from detente.extraction.parse import FoundEvent, parse
from detente.extraction.segment import segment
from detente.lexicon import Lexicon
from detente.model import Abstention, Document, Mention

__all__ = ["Trial", "try_documents"]


@dataclass(frozen=True, slots=True)
class Trial:
    """What a document shows, before it is asked whether it is politics, and done.

    Attributes:
        mentions: every actor and every place that some word of it names.
        events: the events that frames found.
        abstentions: what fitted a frame and lacked a party.
    """

    mentions: tuple[Mention, ...]
    events: tuple[FoundEvent, ...]
    abstentions: tuple[Abstention, ...]


def try_documents(
    documents: Sequence[Document], *, model: Language, lexicon: Lexicon
) -> list[Trial]:
    """Return what each of some documents shows.

    Args:
        documents: the documents, parsed as one stream.
        model: the language model.
        lexicon: the lexicons.
    """
    parts = [segment(document) for document in documents]
    parsed = parse(
        list(zip(documents, parts, strict=True)),
        model,
        names=lexicon.actors.longest,
        verbs=lexicon.frames.verbs,
    )
    trials = []
    for document, passages in zip(documents, parsed, strict=True):
        named = find_mentions(passages, lexicon.actors, document.published)
        events, abstentions = find_events(passages, named, lexicon.frames)
        mentions = tuple(mention for one in named for mention in one.everything())
        trials.append(Trial(mentions, events, abstentions))
    return trials

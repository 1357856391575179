"""What a report has named so far, and what a later word of it stands for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Token

from detente.extraction.actors.phrase import Phrase
from detente.model import Span

__all__ = ["ORGANS", "SUBJECTS", "Reference", "Seen", "in_words"]

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# Organs that a country has one of: without a name they are those of the country spoken of.
ORGANS = frozenset(
    {"government", "president", "premier", "cabinet", "parliament", "chancellor", "king"}
    | {"army", "military", "navy", "air force", "armed forces", "foreign office"}
)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a pronoun, a later name or a description stands for.

    Attributes:
        phrase: the words with the actor of the antecedent; None where nobody is meant for sure.
        antecedent: the words in the document that name the actor.
        reason: why nobody, or None.
        others: further actors that the words stand for, each with its own antecedent: "the two
            countries".
    """

    phrase: Phrase | None
    antecedent: Span | None = None
    reason: str | None = None
    others: tuple[tuple[Phrase, Span | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention that may be meant later: its phrase, head, words, and sentence's number."""

    phrase: Phrase
    head: Token
    span: Span
    sentence: int

    @property
    def identity(self) -> tuple[str | None, str | None, str | None]:
        """Country, sector and name: equal for mentions of the same actor."""
        return (self.phrase.country, self.phrase.sector, self.phrase.name)

    @property
    def is_subject(self) -> bool:
        """Whether it is the subject of its clause."""
        return self.head.dep_ in SUBJECTS


def in_words(meant: Phrase, words: Phrase) -> Phrase:
    """Return the actor of one phrase with the words of another."""
    return replace(meant, start=words.start, end=words.end, more=())

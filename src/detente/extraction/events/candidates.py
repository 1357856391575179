"""What is tried: predicates with their arguments, and what is known of their passage."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacy.tokens import Token

from detente.extraction.events.roles import Arguments
from detente.extraction.parse import FoundEvent, Passage
from detente.lexicon.frames import FrameLexicon, Pattern

if TYPE_CHECKING:
    from detente.extraction.actors.mentions import Mentions
    from detente.model import Mention

__all__ = ["MODIFYING", "Candidate", "Scope", "noun_patterns"]

# Nouns that only modify another noun ("sanctions relief") name no event.
MODIFYING = frozenset({"compound", "amod", "nmod", "npadvmod"})


@dataclass(slots=True, eq=False)
class Scope:
    """What is known while one passage is read.

    Attributes:
        passage: the passage.
        mentions: its actors.
        frames: the event lexicon.
        used: nouns that are part of an event.
        words: the words that a noun phrase can be recognised by, of each head that was asked for.
        clauses: likewise of each governed verb.
        agentless: assaults of which nobody is told to be the doer, with those who suffered them.
    """

    passage: Passage
    mentions: Mentions
    frames: FrameLexicon
    used: dict[int, FoundEvent] = field(default_factory=dict)
    words: dict[int, set[str]] = field(default_factory=dict)
    clauses: dict[int, set[str]] = field(default_factory=dict)
    agentless: list[tuple[Token, tuple[Mention, ...]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A predicate whose patterns are to be tried.

    Attributes:
        arguments: of the predicate.
        anchor: the tokens that name the event.
        nominal: whether a noun heads it, so that roles may lie in its phrase.
        light: whether a light verb governs that noun, whose subject is then the actor.
        inverse: whether the subject is the recipient ("suffered an attack").
    """

    arguments: Arguments
    anchor: tuple[Token, ...]
    nominal: bool = False
    light: bool = False
    inverse: bool = False


def noun_patterns(frames: FrameLexicon, token: Token) -> tuple[Pattern, ...]:
    """Return the patterns that a noun, a name ("Talks" in a title) or a gerund heads."""
    patterns = frames.nouns.get(token.lower_ if token.tag_ == "VBG" else token.lemma_.lower())
    if patterns is None and token.pos_ == "PROPN" and token.lower_.endswith("s"):
        patterns = frames.nouns.get(token.lower_[:-1])
    return patterns or ()

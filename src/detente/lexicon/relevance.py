"""The words of what is no political event: sport, business, crime, disasters, figures, history."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field

from detente.lexicon.files import DATA, Entry, LexiconFile, load_file

__all__ = [
    "Era",
    "Figure",
    "RelevanceFile",
    "RelevanceLexicon",
    "Topic",
    "TopicWords",
    "Word",
    "load_relevance",
    "with_relevance",
]


class Topic(StrEnum):
    """What words tell about the sentence or the phrase in which they stand.

    ``politics`` and ``office`` keep an event; the words of ``office`` have a second sense in clubs
    and companies ("president"). ``conflict`` names lands and means of armed conflict, where attacks
    by unknown persons are seldom private ones. ``sport``, ``business``, ``culture`` and ``science``
    are fields of their own; ``game`` is a contest between teams, which may bear the names of
    countries. ``disaster`` names what no actor does, ``accident`` the verbs of it. ``crime`` is
    crime, ``scene`` a place or a circle of private life. ``justice`` heads the name of a body that
    deals with crime, ``lone`` that of a person who acts alone. ``suit`` is a case at court between
    parties. ``habit`` says that something is done as a rule.
    """

    POLITICS = "politics"
    OFFICE = "office"
    SPORT = "sport"
    GAME = "game"
    BUSINESS = "business"
    CULTURE = "culture"
    SCIENCE = "science"
    DISASTER = "disaster"
    ACCIDENT = "accident"
    CRIME = "crime"
    SCENE = "scene"
    JUSTICE = "justice"
    LONE = "lone"
    CONFLICT = "conflict"
    SUIT = "suit"
    HABIT = "habit"


class TopicWords(Entry):
    """Words of one topic that behave alike.

    Attributes:
        id: name of the entry.
        topic: what they tell.
        strong: whether one of them suffices to tell it; of the others it takes two.
        pos: the part of speech in which they count; None for any.
        words: lemmas or forms, the last word of a phrase as lemma; one with a capital counts only
            as it is written.
        examples: sentences in which one of them is found.
        not_: sentences in which none is.
    """

    id: str
    topic: Topic
    strong: bool = False
    pos: Literal["noun", "verb"] | None = None
    words: tuple[str, ...] = Field(min_length=1)
    examples: tuple[str, ...] = Field(min_length=1)
    not_: tuple[str, ...] = Field(default=(), alias="not")


class Figure(Entry):
    """Words of force that are used of things on which no force can be used.

    Attributes:
        id: name of the entry.
        acts: lemmas of the words of force.
        objects: lemmas of what they are used of: as object, or after "on", "against" or "with".
        examples: sentences in which it is a figure of speech.
        not_: sentences in which it is not.
    """

    id: str
    acts: tuple[str, ...] = Field(min_length=1)
    objects: tuple[str, ...] = Field(min_length=1)
    examples: tuple[str, ...] = Field(min_length=1)
    not_: tuple[str, ...] = Field(default=(), alias="not")


class Era(Entry):
    """A time that has a name.

    Attributes:
        names: its names, as they are written.
        until: the year in which it ended.
        examples: sentences that tell what was done in it.
        not_: sentences that only speak of it.
    """

    names: tuple[str, ...] = Field(min_length=1)
    until: int
    examples: tuple[str, ...] = Field(min_length=1)
    not_: tuple[str, ...] = Field(default=(), alias="not")


class RelevanceFile(LexiconFile):
    """The file ``relevance.yaml``."""

    topics: tuple[TopicWords, ...] = ()
    figures: tuple[Figure, ...] = ()
    eras: tuple[Era, ...] = ()


class Word(NamedTuple):
    """One word of a sentence: as written, its lemma, and its part of speech as spaCy names it."""

    text: str
    lemma: str
    pos: str


_PART = re.compile(r"[^\s-]+|-")
_POS = {"noun": frozenset({"NOUN", "PROPN"}), "verb": frozenset({"VERB", "AUX"})}


class RelevanceLexicon:
    """The checked file, indexed by the first word of each phrase."""

    def __init__(self, content: RelevanceFile, version: str) -> None:
        self.version = version
        self.entries = content.topics
        self.figures = content.figures
        self.eras = content.eras
        self._phrases: dict[str, list[tuple[tuple[str, ...], TopicWords]]] = {}
        for entry in content.topics:
            for words in entry.words:
                # the tokeniser splits most hyphens, but not all
                for phrase in {tuple(words.split()), tuple(_PART.findall(words))}:
                    self._phrases.setdefault(phrase[0].lower(), []).append((phrase, entry))
        self._eras = [
            (name, era.until, re.compile(rf"\b{re.escape(name)}\b"))
            for era in content.eras
            for name in era.names
        ]
        self._figures = {act: [f for f in self.figures if act in f.acts] for act in self._acts()}

    def _acts(self) -> set[str]:
        return {act for figure in self.figures for act in figure.acts}

    def find(self, words: Sequence[Word]) -> Iterator[tuple[TopicWords, int]]:
        """Yield the entries that words belong to, each with the place of its phrase's last word."""
        for at, word in enumerate(words):
            for key in {word.text.lower(), word.lemma.lower()}:
                for phrase, entry in self._phrases.get(key, ()):
                    last = at + len(phrase) - 1
                    if last < len(words) and _holds(phrase, entry, words[at : last + 1]):
                        yield entry, last

    def is_figure(self, act: str, thing: str) -> bool:
        """Whether a word of force is only a figure of speech with its object."""
        return any(thing in figure.objects for figure in self._figures.get(act, ()))

    def era(self, text: str) -> tuple[str, int] | None:
        """Return the name of an era that a text holds and the year of its end, or None."""
        for name, until, pattern in self._eras:
            if pattern.search(text):
                return name, until
        return None


def _holds(phrase: tuple[str, ...], entry: TopicWords, words: Sequence[Word]) -> bool:
    if entry.pos is not None and words[-1].pos not in _POS[entry.pos]:
        return False
    for position, (wanted, word) in enumerate(zip(phrase, words, strict=True)):
        if wanted != wanted.lower():
            found = {word.text, word.lemma}
        elif position < len(phrase) - 1:
            found = {word.text.lower()}
        else:
            found = {word.text.lower(), word.lemma.lower()}
        if wanted not in found:
            return False
    return True


@cache
def load_relevance(path: Path = DATA / "relevance.yaml") -> RelevanceLexicon:
    """Read the words of relevance, once per process.

    Raises:
        LexiconError: names the file, the entry and what is allowed there.
    """
    content, version = load_file(path, RelevanceFile)
    return RelevanceLexicon(content, version)


def with_relevance(shipped: RelevanceLexicon, own: Sequence[RelevanceFile]) -> RelevanceLexicon:
    """Return a lexicon with the words of a user's files; theirs count for ids that both have."""
    if not own:
        return shipped
    topics = {entry.id: entry for entry in shipped.entries}
    topics |= {entry.id: entry for file in own for entry in file.topics}
    figures = {figure.id: figure for figure in shipped.figures}
    figures |= {figure.id: figure for file in own for figure in file.figures}
    # the first era that is found counts
    eras = [era for file in reversed(own) for era in file.eras]
    joined = own[-1].model_copy(
        update={
            "topics": tuple(topics.values()),
            "figures": tuple(figures.values()),
            "eras": (*eras, *shipped.eras),
        }
    )
    return RelevanceLexicon(joined, shipped.version)

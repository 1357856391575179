"""Words that say that something was stopped, put off or taken up again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

from detente.lexicon.files import DATA, Entry, LexiconFile, load_file
from detente.lexicon.flaws import Location
from detente.model import Turn

__all__ = ["InterruptionFile", "InterruptionLexicon", "Turned", "load_interruptions"]


class TurnEntry(Entry):
    """Words that do the same to a thing.

    Attributes:
        id: name of the entry.
        turn: what they do.
        of_barrier: whether they do so only where a barrier is their object ("lifted the ban").
        words: all forms that count.
        examples: phrases in which they do.
        not_: phrases in which they do not.
    """

    id: str
    turn: Turn
    of_barrier: bool = False
    words: tuple[str, ...] = Field(min_length=1)
    examples: tuple[str, ...] = Field(min_length=1)
    not_: tuple[str, ...] = Field(min_length=1, alias="not")


class InterruptionFile(LexiconFile):
    """The file ``interruptions.yaml``.

    Attributes:
        turns: the words that turn a thing.
        barriers: nouns of things that stop others.
        acts: nouns of what is no project or exchange, though it can be stopped.
        standing: barriers that are the thing themselves, whatever is behind them.
        carriers: words that do not tell one thing from another.
        same: lists of words that mean one thing.
    """

    turns: tuple[TurnEntry, ...] = Field(min_length=1)
    barriers: tuple[str, ...] = Field(min_length=1)
    acts: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    carriers: tuple[str, ...] = Field(min_length=1)
    same: tuple[tuple[str, ...], ...] = ()

    def complaints(self) -> Iterator[tuple[Location, str]]:
        """Yield examples that do not turn as their entry says, and counter-examples that do."""
        lexicon = InterruptionLexicon(self, "")
        for index, entry in enumerate(self.turns):
            for key, listed, wanted in (("examples", entry.examples, 1), ("not", entry.not_, 0)):
                for phrase in listed:
                    found = lexicon.turned(phrase)
                    if (found is not None) != bool(wanted):
                        verb = "turns nothing" if wanted else "is read as turning something"
                        yield ("turns", index, key), f"{phrase!r} {verb}"


@dataclass(frozen=True, slots=True)
class Turned:
    """What a phrase does to a thing.

    Attributes:
        turn: what it does; a barrier that was lifted or set up is counted in.
        thing: the words for the thing, or for the barrier where none is named.
        barrier: whether the thing is a barrier itself.
    """

    turn: Turn
    thing: str
    barrier: bool


_OTHER = {Turn.STOP: Turn.RESUME, Turn.RESUME: Turn.STOP, Turn.DELAY: Turn.DELAY}
_DETERMINERS = r"(?:(?:the|a|an|all|its|his|her|their|some|most|any|this|these|our)\s+)*"
_LEADING = re.compile(rf"^(?:of\s+)?{_DETERMINERS}", re.IGNORECASE)
# Where the words for a thing end and something is said of it.
_SAID_OF_IT = re.compile(
    r"\s(?:that|which|who|whose|when|while|because|until|unless|as|after|before|over|amid|for|from|"
    r"into|against|including|according|due|since|by|citing|without)\s",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\s*(?:that|which|who|it|they)\s", re.IGNORECASE)
_BEHIND = re.compile(r"\s*,?\s*(?:on|of)\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w-]*")
_SMALL = frozenset(
    "a an and at between by for from in into of on or over s the to with all its his their".split()
)
_TRIMMED = " \t\n,.;:-'’\"“”"


class InterruptionLexicon:
    """The checked file, ready to be looked up."""

    def __init__(self, content: InterruptionFile, version: str) -> None:
        self.version = version
        self.carriers = frozenset(content.carriers)
        self._acts = frozenset(_singular(word) for word in content.acts)
        self._standing = frozenset(content.standing)
        self._same = [(_any_of(group), _singular(group[0])) for group in content.same]
        self._entries = {word: entry for entry in content.turns for word in entry.words}
        listed = sorted(self._entries, key=lambda word: (-len(word), word))
        forms = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in listed)
        self._turning = re.compile(rf"(?<![\w-])({forms})(?![\w-])", re.IGNORECASE)
        barriers = "|".join(map(re.escape, content.barriers))
        # "its ban", "economic sanctions", "the travel and gift restrictions"
        self._barrier = re.compile(
            rf"{_DETERMINERS}((?:[\w-]+\s+){{0,3}}?(?:{barriers})s?)(?![\w-])", re.IGNORECASE
        )

    def turns(self, words: str) -> bool:
        """Whether words hold one that turns a thing."""
        return self._turning.search(words) is not None

    def words_of(self, thing: str) -> frozenset[str]:
        """Return the words that describe a thing, in the singular; synonyms as one word."""
        joined = " ".join(_singular(word) for word in _WORD.findall(thing.lower()))
        for pattern, first in self._same:
            joined = pattern.sub(first, joined)
        return frozenset(joined.split()) - _SMALL

    def turned(self, phrase: str, lands: Collection[str] = ()) -> Turned | None:
        """Return what the first turning verb of a phrase does to what follows, or None.

        Args:
            phrase: a verb and what it is about.
            lands: first words of names of countries, in lower case: "a ban on Peru" is a barrier
                against it and to nothing else.
        """
        for found in self._turning.finditer(phrase):
            entry = self._entries[" ".join(found[1].lower().split())]
            told = self._told(entry, phrase[found.end() :].strip(_TRIMMED), lands)
            if told is not None:
                return told
        return None

    def _named(self, words: str) -> str:
        """Return the words for a thing without what is said of it; "" where they name none."""
        if _CLAUSE.match(words):
            return ""
        first, *others = (part.strip(_TRIMMED) for part in words.split(","))
        # "talks, Turkish Stream pipeline": where the noun only says how, what follows says what
        told = ", ".join((first, *others[:1])) if self.words_of(first) <= self.carriers else first
        cut = _SAID_OF_IT.search(told)
        thing = re.sub(_LEADING, "", told[: cut.start()] if cut else told).strip(_TRIMMED)
        content = self.words_of(thing)
        return thing if content - self._acts and not content & self._acts else ""

    def _told(self, entry: TurnEntry, rest: str, lands: Collection[str]) -> Turned | None:
        barrier = self._barrier.match(rest)
        if barrier is None:
            thing = self._named(rest)
            return Turned(entry.turn, thing, False) if thing and not entry.of_barrier else None
        behind = _BEHIND.match(rest, barrier.end())
        # what a barrier verb does to a barrier it does to the thing behind; others turn it round
        turn = entry.turn if entry.of_barrier else _OTHER[entry.turn]
        stands = _singular(barrier[1].split()[-1].lower()) in self._standing
        thing = self._named(rest[behind.end() :]) if behind and not stands else ""
        if thing and thing.split()[0].lower() in lands:
            thing = ""
        return Turned(turn, thing or barrier[1], not thing)


def _any_of(group: tuple[str, ...]) -> re.Pattern[str]:
    words = {" ".join(_singular(word) for word in one.split()) for one in group}
    listed = "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
    return re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])")


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > len("ties"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


@cache
def load_interruptions(path: Path = DATA / "interruptions.yaml") -> InterruptionLexicon:
    """Read the words of interruption, once per process.

    Raises:
        LexiconError: names the file, the entry and what is allowed there.
    """
    content, version = load_file(path, InterruptionFile)
    return InterruptionLexicon(content, version)

"""Words that say that something was stopped, put off or taken up again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

from detente.lexicon.files import DATA, Entry, LexiconFile, load_file
from detente.lexicon.flaws import Location
from detente.model import Turn

__all__ = [
    "InterruptionFile",
    "InterruptionLexicon",
    "Turned",
    "load_interruptions",
    "with_interruptions",
]


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
        standing: barriers that are the thing themselves, whatever is behind them.
        acts: nouns of what is no project or exchange, though it can be stopped.
        carriers: words that do not tell one thing from another.
        same: lists of words that mean one thing.
    """

    turns: tuple[TurnEntry, ...] = Field(min_length=1)
    barriers: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()
    same: tuple[tuple[str, ...], ...] = ()

    def complaints(self) -> Iterator[tuple[Location, str]]:
        """Yield examples in which no word of their entry stands, and counter-examples with one."""
        for index, entry in enumerate(self.turns):
            words = _any_of(entry.words)
            for key, listed, wanted in (("examples", entry.examples, 1), ("not", entry.not_, 0)):
                for phrase in listed:
                    if bool(words.search(phrase)) != bool(wanted):
                        verb = "has no" if wanted else "has a"
                        yield ("turns", index, key), f"{phrase!r} {verb} word of the entry"


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
_WORD = re.compile(r"[^\W\d_][\w-]*")
_DETERMINERS = frozenset("the a an all its his her their some most any this these our of".split())
_BEHIND = frozenset({"on", "of"})
# Behind one of these a noun is not the verb's own any more.
_PREPOSITIONS = frozenset("on of to for from in with between against over".split())
# So many words may stand before a barrier: "travel and gift restrictions".
_BEFORE_BARRIER = 3
_SMALL = frozenset(
    "a an and at between by for from in into of on or over s the to with all its his their".split()
)
# Where the words for a thing end and something is said of it.
_SAID_OF_IT = re.compile(
    r" (?:that|which|who|whose|when|while|because|until|unless|as|after|before|over|amid|for|from|"
    r"into|against|including|according|due|since|by|citing|without) ",
    re.IGNORECASE,
)
_CLAUSES = frozenset({"that", "which", "who", "it", "they"})
_TRIMMED = " \t\n,.;:-'’\"“”"


class InterruptionLexicon:
    """The checked file, ready to be looked up."""

    def __init__(self, content: InterruptionFile, version: str) -> None:
        self.version = version
        self.content = content
        self.carriers = frozenset(content.carriers)
        self._same = [
            (_any_of([_singular_words(word) for word in group]), _singular_words(group[0]))
            for group in content.same
        ]
        self._barriers, self._standing, self._acts = (
            frozenset(map(_singular, words))
            for words in (content.barriers, content.standing, content.acts)
        )
        self._entries = {word: entry for entry in content.turns for word in entry.words}
        self._turning = _any_of(list(self._entries))

    def turns(self, words: str) -> bool:
        """Whether words hold one that turns a thing."""
        return self._turning.search(" ".join(words.split())) is not None

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
            lands: names of countries, in lower case: "a ban on Peru" is a barrier against it and
                to nothing else.
        """
        plain = " ".join(phrase.split())
        for found in self._turning.finditer(plain):
            entry = self._entries[found[0].lower()]
            told = self._told(entry, _undetermined(plain[found.end() :].split()), lands)
            if told is not None:
                return told
        return None

    def _told(
        self, entry: TurnEntry, words: Sequence[str], lands: Collection[str]
    ) -> Turned | None:
        end = self._barrier_end(words)
        if not end:
            thing = self._named(words)
            return Turned(entry.turn, thing, False) if thing and not entry.of_barrier else None
        barrier, behind = " ".join(words[:end]).strip(_TRIMMED), words[end:]
        # what a barrier verb does to a barrier it does to the thing behind; others turn it round
        turn = entry.turn if entry.of_barrier else _OTHER[entry.turn]
        thing = ""
        if behind and behind[0] in _BEHIND and _plain(words[end - 1]) not in self._standing:
            thing = self._named(_undetermined(behind[1:]))
        if thing and {thing.lower(), thing.split()[0].lower()} & set(lands):
            thing = ""
        return Turned(turn, thing or barrier, not thing)

    def _barrier_end(self, words: Sequence[str]) -> int:
        """Return how many words name a barrier that stands at the begin; 0 where none does."""
        for at, word in enumerate(words[: _BEFORE_BARRIER + 1]):
            if word.lower() in _PREPOSITIONS:
                return 0
            if _plain(word) in self._barriers:
                return at + 1
            if word.endswith(","):
                return 0
        return 0

    def _named(self, words: Sequence[str]) -> str:
        """Return the words for a thing without what is said of it; "" where they name none."""
        if not words or words[0].lower() in _CLAUSES:
            return ""
        first, *others = (part.strip(_TRIMMED) for part in " ".join(words).split(","))
        # "talks, Turkish Stream pipeline": where the noun only says how, what follows says what
        told = ", ".join((first, *others[:1])) if self.words_of(first) <= self.carriers else first
        cut = _SAID_OF_IT.search(told)
        thing = (told[: cut.start()] if cut else told).strip(_TRIMMED)
        content = self.words_of(thing)
        return thing if content and not content & self._acts else ""


def _undetermined(words: Sequence[str]) -> Sequence[str]:
    """Return words without the determiners and marks that they begin with."""
    at = 0
    while at < len(words) and words[at].strip(_TRIMMED).lower() in (*_DETERMINERS, ""):
        at += 1
    return words[at:]


def _plain(word: str) -> str:
    return _singular(word.strip(_TRIMMED).lower())


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    listed = sorted(words, key=lambda word: (-len(word), word))
    forms = "|".join(map(re.escape, listed))
    return re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", re.IGNORECASE)


def _singular_words(words: str) -> str:
    return " ".join(map(_singular, words.split()))


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


def with_interruptions(
    shipped: InterruptionLexicon, own: Sequence[InterruptionFile]
) -> InterruptionLexicon:
    """Return the words of interruption with those of a user's files.

    Of entries with one id the later counts; lists of words are joined.
    """
    if not own:
        return shipped
    files = (shipped.content, *own)
    turns = {entry.id: entry for file in files for entry in file.turns}
    joined: dict[str, tuple[object, ...]] = {
        key: tuple(dict.fromkeys(word for file in files for word in getattr(file, key)))
        for key in ("barriers", "standing", "acts", "carriers", "same")
    }
    content = shipped.content.model_copy(update={"turns": tuple(turns.values()), **joined})
    return InterruptionLexicon(content, shipped.version)

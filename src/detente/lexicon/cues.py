"""The cues of attribution and of certainty: which words attribute, hedge, deny and defer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from detente.lexicon.files import DATA, Entry, LexiconFile, load_file
from detente.lexicon.flaws import Location
from detente.model import SourceKind, Strength, Time

__all__ = [
    "CertaintyFile",
    "CertaintyLexicon",
    "Cue",
    "CueFile",
    "CueLexicon",
    "Force",
    "Signal",
    "SourceNoun",
    "Take",
    "load_certainty",
    "load_cues",
    "with_certainty",
    "with_cues",
]


class Force(StrEnum):
    """What a source does to the content when a cue is used of it."""

    SAYS = "says"
    CLAIMS = "claims"
    CONFIRMS = "confirms"
    DENIES = "denies"
    BELIEVES = "believes"
    INTENDS = "intends"
    REQUESTS = "requests"
    ASKS = "asks"
    FEELS = "feels"


class Take(StrEnum):
    """A construction in which a cue takes its content.

    ``that``: a finite clause, with or without "that", before or after it. ``quote``: direct
    speech. ``object``: a noun phrase. ``to``: its own infinitive. ``gerund``: an -ing clause.
    ``hearer``: an object and that object's infinitive ("urged them to leave"). ``as``: an object
    and a phrase with "as" ("quoted her as saying"). ``raised``: a passive and an infinitive ("is
    said to have left").
    """

    THAT = "that"
    QUOTE = "quote"
    OBJECT = "object"
    TO = "to"
    GERUND = "gerund"
    HEARER = "hearer"
    AS = "as"
    RAISED = "raised"


class Cue(Entry):
    """One word that attributes.

    Attributes:
        cue: the lemma, with its particle after a space ("point out").
        pos: verb, noun or adverb.
        force: what the source does to the content.
        takes: the constructions in which it takes content.
        preps: prepositions whose object is content ("accuse of", "call for").
        examples: sentences in which it attributes.
        not_: sentences in which it does not.
    """

    cue: str
    pos: Literal["verb", "noun", "adverb"]
    force: Force = Force.SAYS
    takes: tuple[Take, ...] = ()
    preps: tuple[str, ...] = ()
    examples: tuple[str, ...] = Field(min_length=1)
    not_: tuple[str, ...] = Field(default=(), alias="not")


class SourceNoun(Entry):
    """A common noun that heads descriptions of sources, and the kind of source it describes."""

    noun: str
    kind: SourceKind
    examples: tuple[str, ...] = Field(min_length=1)


class CueFile(LexiconFile):
    """The file attribution_cues.yaml."""

    cues: tuple[Cue, ...] = ()
    sources_of_speech: tuple[SourceNoun, ...] = ()

    def complaints(self) -> Iterator[tuple[Location, str]]:
        """Yield cues that stand twice."""
        yield from _doubles("cues", [(cue.pos, cue.cue) for cue in self.cues])


class Signal(Entry):
    """One word that decides how an event is held.

    Attributes:
        word: the lemma, with its particle after a space ("rule out").
        pos: its part of speech. ``governor`` verbs, nouns and adjectives act on their complement;
            ``adverb`` and ``modifier`` (an adjective of the event noun) on what they modify;
            ``determiner`` on its noun; ``preposition`` on its object; ``mark`` on its clause.
        polarity: what it does to the polarity: keep, flip, or open (neither).
        strength: how sure the holder is, where the word says so.
        time: where the word puts the event, where it does.
        negated: what the word does under negation: ``same``, ``flip`` (the event did not happen),
            ``open`` (neither) or ``holds`` (it happened all the same: factive words).
        distances: whether the word distances itself from what it reports.
        speech: whether it is a verb of speech, beyond which only denial reaches the event.
        spares_object: whether an event that is its very object is taken for granted ("rejected the
            request", "blamed the strikes"), and only content below that is judged.
        examples: sentences in which it decides.
    """

    word: str
    pos: Literal[
        "modal", "adverb", "governor", "modifier", "determiner", "preposition", "mark", "negation"
    ]
    polarity: Literal["keep", "flip", "open"] = "keep"
    strength: Strength | None = None
    time: Time | None = None
    negated: Literal["same", "flip", "open", "holds"] = "flip"
    distances: bool = False
    speech: bool = False
    spares_object: bool = False
    examples: tuple[str, ...] = Field(min_length=1)


class CertaintyFile(LexiconFile):
    """The file certainty_cues.yaml."""

    signals: tuple[Signal, ...]

    def complaints(self) -> Iterator[tuple[Location, str]]:
        """Yield signals that stand twice."""
        yield from _doubles("signals", [(signal.pos, signal.word) for signal in self.signals])


def _doubles(key: str, named: Sequence[tuple[str, str]]) -> Iterator[tuple[Location, str]]:
    first: dict[tuple[str, str], int] = {}
    for index, (pos, word) in enumerate(named):
        if first.setdefault((pos, word), index) != index:
            yield (key, index), f"the {pos} {word!r} is entry {first[pos, word] + 1} too; keep one"


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """The cues by lemma, the nouns of sources, and the version of the file they came from."""

    verbs: dict[str, Cue]
    nouns: dict[str, Cue]
    adverbs: dict[str, Cue]
    kinds: dict[str, SourceKind]
    version: str
    entries: tuple[Cue, ...]
    source_nouns: tuple[SourceNoun, ...]


@dataclass(frozen=True, slots=True)
class CertaintyLexicon:
    """The signals by part of speech and lemma, and the version of the file they came from."""

    by_pos: dict[str, dict[str, Signal]]
    version: str
    entries: tuple[Signal, ...]

    def find(self, pos: str, word: str) -> Signal | None:
        """Return the signal of a word in one part of speech, or None."""
        return self.by_pos.get(pos, {}).get(word)


@cache
def load_cues(path: Path = DATA / "attribution_cues.yaml") -> CueLexicon:
    """Read the attribution cues, once per process.

    Raises:
        LexiconError: names the file, the entry and what is allowed there.
    """
    file, version = load_file(path, CueFile)
    return _indexed_cues(file.cues, file.sources_of_speech, version)


def with_cues(shipped: CueLexicon, own: Sequence[CueFile]) -> CueLexicon:
    """Return a lexicon with the cues of a user's files; theirs count for words of both."""
    if not own:
        return shipped
    cues = [cue for file in own for cue in file.cues]
    nouns = [noun for file in own for noun in file.sources_of_speech]
    return _indexed_cues(
        (*shipped.entries, *cues), (*shipped.source_nouns, *nouns), shipped.version
    )


def _indexed_cues(cues: tuple[Cue, ...], nouns: tuple[SourceNoun, ...], version: str) -> CueLexicon:
    return CueLexicon(
        verbs={cue.cue: cue for cue in cues if cue.pos == "verb"},
        nouns={cue.cue: cue for cue in cues if cue.pos == "noun"},
        adverbs={cue.cue: cue for cue in cues if cue.pos == "adverb"},
        kinds={entry.noun: entry.kind for entry in nouns},
        version=version,
        entries=cues,
        source_nouns=nouns,
    )


@cache
def load_certainty(path: Path = DATA / "certainty_cues.yaml") -> CertaintyLexicon:
    """Read the certainty cues, once per process.

    Raises:
        LexiconError: names the file, the entry and what is allowed there.
    """
    file, version = load_file(path, CertaintyFile)
    return _indexed_signals(file.signals, version)


def with_certainty(shipped: CertaintyLexicon, own: Sequence[CertaintyFile]) -> CertaintyLexicon:
    """Return a lexicon with the signals of a user's files; theirs count for words of both."""
    if not own:
        return shipped
    signals = [signal for file in own for signal in file.signals]
    return _indexed_signals((*shipped.entries, *signals), shipped.version)


def _indexed_signals(signals: tuple[Signal, ...], version: str) -> CertaintyLexicon:
    by_pos: dict[str, dict[str, Signal]] = {}
    for signal in signals:
        by_pos.setdefault(signal.pos, {})[signal.word] = signal
    return CertaintyLexicon(by_pos=by_pos, version=version, entries=signals)

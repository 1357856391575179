"""What of a text is compared when one document may repeat another.

Words are compared without case. A word's family is its first five letters: "fired", "firing".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from sys import intern

import numpy as np
import numpy.typing as npt

__all__ = [
    "Hashes",
    "Sentence",
    "Text",
    "containment",
    "cut_out",
    "longest_run",
    "read_text",
    "restated",
    "sentences_of",
    "shared",
    "shingles",
    "without",
    "words_of",
]

Hashes = npt.NDArray[np.uint64]
Sentence = frozenset[str]

_WORD = re.compile(r"\w+")
# Longer ones are marks that were never closed; without a bound each would be followed to the end.
_QUOTED = re.compile(r"“[^”]{1,2000}”|\"[^\"]{1,2000}\"|«[^»]{1,2000}»")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”]?\s+(?=[\"“A-Z])|\n+")
# no times of day, which recur
_NUMBER = re.compile(r"(?<![\w.,:])\d[\d,]*(?:\.\d+)?(?![\w:])")
# A quotation shorter than this is a phrase that anybody may pick.
_FEWEST_QUOTED = 6
_FAMILY = 5
# Sentences with fewer words of meaning are alike by chance.
_FEWEST_WORDS = 5
# So much of the words of meaning a sentence and its counterpart have in common.
_COUNTERPART = 0.4
_EMPTY = frozenset(
    word[:_FAMILY]
    for word in (
        "a about after all also an and are as at be been before but by can could did do for from "
        "had has have he her his if in into is it its may more most no not of on one or our out "
        "over said say says she so some such than that the their them then there these they this "
        "those to two under up was we were what when where which while who whom whose will with "
        "would you"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Text:
    """What comparison needs of one text.

    Attributes:
        own: its words outside quotations; None stands where a quotation was.
        quotations: the words of its longer quotations.
        numbers: numbers that are neither small, nor round, nor years.
    """

    own: tuple[str | None, ...]
    quotations: frozenset[tuple[str, ...]]
    numbers: frozenset[str]


def read_text(text: str) -> Text:
    """Work out what comparison needs of a text."""
    own: list[str | None] = []
    quotations = []
    last = 0
    for found in _QUOTED.finditer(text):
        quoted = tuple(words_of(found[0]))
        if len(quoted) >= _FEWEST_QUOTED:
            quotations.append(quoted)
            own += [*words_of(text[last : found.start()]), None]
            last = found.end()
    own += words_of(text[last:])
    return Text(
        own=tuple(own),
        quotations=frozenset(quotations),
        numbers=frozenset(filter(_is_telling, _NUMBER.findall(text))),
    )


def words_of(text: str) -> list[str]:
    """Return the words of a text in order."""
    # one string for all places of a word: a corpus of articles has them by the million
    return [intern(word) for word in _WORD.findall(text.casefold())]


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Return the families of the words of meaning of each sentence of a text."""
    listed = (
        frozenset(word[:_FAMILY] for word in words_of(part)) - _EMPTY
        for part in _SENTENCE.split(text)
    )
    return tuple(one for one in listed if len(one) >= _FEWEST_WORDS)


def _is_telling(number: str) -> bool:
    """Tell whether a number is one that two writers do not hit upon by chance."""
    plain = number.replace(",", "").rstrip(".")
    if "." in plain:
        return True
    value = int(plain)
    year = len(number) == 4 and 1800 <= value < 2100
    return value > 20 and not year and not plain.endswith("00")


_MIX = 0x9E3779B97F4A7C15
_known: dict[str, int] = {}


def _hash(word: str) -> int:
    """Return 64 bits for a word, the same in every process."""
    found = _known.get(word)
    if found is None:
        if len(_known) > 1_000_000:
            _known.clear()
        digest = blake2b(word.encode(), digest_size=8).digest()
        found = _known[word] = int.from_bytes(digest, "little")
    return found


def shingles(words: Sequence[str | None], size: int) -> Hashes:
    """Return the hashes of all runs of so many words, sorted, each once; none goes over a None.

    Args:
        words: the words in order.
        size: how many words a run has.
    """
    runs, whole = _runs(words, size)
    return np.unique(runs[whole])


def _runs(words: Sequence[str | None], size: int) -> tuple[Hashes, npt.NDArray[np.bool_]]:
    """Return the hashes of the runs in order, and which of them have no gap."""
    hashes = np.array([_hash(word or "") for word in words], dtype=np.uint64)
    if len(hashes) < size:
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.bool_)
    runs = np.zeros(len(hashes) - size + 1, dtype=np.uint64)
    for offset in range(size):
        runs = runs * np.uint64(_MIX) + hashes[offset : offset + len(runs)]
        runs ^= runs >> np.uint64(29)
    gaps = np.concatenate(([0], np.cumsum([word is None for word in words])))
    return runs, gaps[size:] == gaps[:-size]


def cut_out(words: Sequence[str | None], size: int, formulas: Hashes) -> tuple[str | None, ...]:
    """Return the words with None in the place of those that belong to a formula.

    Args:
        words: the words in order.
        size: how many words a run has.
        formulas: the hashes of runs that are formulas.
    """
    kept = list(words)
    runs, _ = _runs(words, size)
    for start in np.flatnonzero(np.isin(runs, formulas)).tolist():
        kept[start : start + size] = [None] * size
    return tuple(kept)


def containment(some: Hashes, others: Hashes) -> float:
    """Return the share of the smaller set that lies in the larger, 0 to 1."""
    smaller = min(len(some), len(others))
    return shared(some, others) / smaller if smaller else 0.0


def shared(some: Hashes, others: Hashes) -> int:
    """Return how many hashes two sets have in common."""
    return len(np.intersect1d(some, others, assume_unique=True))


def without(hashes: Hashes, others: Hashes) -> Hashes:
    """Return the hashes that are not among others; both are sorted."""
    if not len(others):
        return hashes
    places = np.minimum(np.searchsorted(others, hashes), len(others) - 1)
    kept: Hashes = hashes[others[places] != hashes]
    return kept


def longest_run(some: Sequence[str | None], other: Sequence[str | None]) -> int:
    """Return the length of the longest run of words that two lists share; a None ends a run."""
    places: dict[str, list[int]] = {}
    for index, word in enumerate(some):
        if word is not None:
            places.setdefault(word, []).append(index)
    longest = 0
    before: dict[int, int] = {}
    for word in other:
        here = {i: before.get(i - 1, 0) + 1 for i in places.get(word or "", ())}
        longest = max(longest, max(here.values(), default=0))
        before = here
    return longest


def restated(some: Sequence[Sentence], other: Sequence[Sentence]) -> tuple[int, int]:
    """Return how many sentences of the shorter text the other has too, and of how many.

    A counterpart has two fifths of a sentence's words of meaning, as a translation there and back
    keeps them; a counterpart is taken once.
    """
    fewer, more = sorted((some, other), key=len)
    left = list(more)
    found = 0
    for sentence in fewer:
        best = max(left, key=lambda one: _likeness(sentence, one), default=frozenset())
        if _likeness(sentence, best) >= _COUNTERPART:
            found += 1
            left.remove(best)
    return found, len(fewer)


def _likeness(some: frozenset[str], other: frozenset[str]) -> float:
    """Return the mean of the shares that two sentences have of each other."""
    both = len(some & other)
    return both * (1 / len(some) + 1 / len(other)) / 2 if both >= _FEWEST_WORDS - 1 else 0.0

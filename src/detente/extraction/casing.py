"""Headlines in sentence case, for the parser only: the same length, other letters untouched.

A tagger of sentences reads "Turkey Thanks Russia" as three names. A word of a headline keeps
its capital if the running text of the same document writes it so within a sentence, or, where the
text does not have the word, if a known name begins with it. (Truecasing by the document's own
evidence: Lita et al., "tRuEcasIng", ACL 2003, reduced to what a headline needs.)
"""

from __future__ import annotations

import re
from collections.abc import Container

from detente.model import Document

__all__ = ["CaseEvidence", "is_headline_case"]

_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
# Words that headlines write small as well; they say nothing about the style of the line.
_SMALL = frozenset(
    "a an and as at but by for from in into of off on or over the to up via with".split()
)
_FEWEST_WORDS = 4
# Of the words that could be small, this share must be capitalised for a line to count.
_CAPITALISED = 0.8


def is_headline_case(line: str) -> bool:
    """Tell whether a line capitalises words that a sentence would not."""
    words = [m.group() for m in _WORD.finditer(line) if m.group().lower() not in _SMALL]
    if len(words) < _FEWEST_WORDS or line.rstrip().endswith("."):
        return False  # a headline has no full stop; a short sentence of names may look like one
    capitals = sum(word[0].isupper() for word in words)
    return capitals >= _CAPITALISED * len(words)


class CaseEvidence:
    """How a document writes its words within sentences.

    Args:
        document: the document.
        names: first words of known names, in lower case.
    """

    def __init__(self, document: Document, names: Container[str]) -> None:
        self._names = names
        self._capital: set[str] = set()
        self._small: set[str] = set()
        for line in document.text.splitlines():
            if not is_headline_case(line):
                self._collect(line)

    def _collect(self, line: str) -> None:
        before = ""
        for match in _WORD.finditer(line):
            word = match.group()
            if word[0].islower():
                self._small.add(word)
            elif before and before[0].islower() and line[match.start() - 1] == " ":
                self._capital.add(word.lower())
            before = word

    def sentence_case(self, line: str) -> str:
        """Return the line with the capitals that a sentence would have; the length stays."""
        return _WORD.sub(lambda match: self._word(match.group()), line)

    def _word(self, word: str) -> str:
        small = word.lower()
        if len(small) != len(word) or not word[0].isupper():
            return word
        bare = re.sub(r"['’]s$", "", small)
        if bare in self._capital or ("." in word.rstrip(".") and word.isupper()):
            return word
        if small in self._small or bare in self._small:
            return small
        if word.isupper() and len(word) <= 5:
            return word
        return word if bare in self._names and bare not in _SMALL else small

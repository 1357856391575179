"""What dealings of states are about: themes by the words of the phrases that tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from pydantic import Field

from detente.lexicon.files import DATA, Entry, LexiconFile, load_file
from detente.lexicon.flaws import Location

__all__ = ["ThemeEntry", "ThemeFile", "ThemeLexicon", "load_themes", "with_themes"]


class ThemeEntry(Entry):
    """One theme and its words.

    Attributes:
        name: what it is called in the tool's answers.
        words: words and phrases; a plural of the last word counts, too. One with a capital counts
            only as it is written.
        but: phrases in which its words mean something else.
        examples: phrases about it.
        not_: phrases about something else.
    """

    name: str
    words: tuple[str, ...] = Field(min_length=1)
    but: tuple[str, ...] = ()
    examples: tuple[str, ...] = Field(min_length=1)
    not_: tuple[str, ...] = Field(min_length=1, alias="not")


class ThemeFile(LexiconFile):
    """The file ``themes.yaml``."""

    themes: tuple[ThemeEntry, ...] = Field(min_length=1)

    def complaints(self) -> Iterator[tuple[Location, str]]:
        """Yield examples that their theme misses, and counter-examples that it takes."""
        for index, entry in enumerate(self.themes):
            theme = _Theme(entry)
            for key, listed, wanted in (("examples", entry.examples, 1), ("not", entry.not_, 0)):
                for phrase in listed:
                    if bool(theme.first_in(phrase)) != bool(wanted):
                        verb = "does not have" if wanted else "has"
                        what = f"{phrase!r} {verb} a word of the theme"
                        yield ("themes", index, key), what


class _Theme:
    """The words of one theme, ready to be looked for."""

    def __init__(self, entry: ThemeEntry) -> None:
        self.name = entry.name
        self._words = _pattern(entry.words)
        self._but = _pattern(entry.but) if entry.but else None

    def first_in(self, phrase: str) -> re.Match[str] | None:
        """Return the first of its words in a phrase, or None."""
        others = [m.span() for m in self._but.finditer(phrase)] if self._but else []
        for found in self._words.finditer(phrase):
            if not any(start < found.end() and found.start() < end for start, end in others):
                return found
        return None


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    # the longest first, since the first that fits counts
    listed = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(_form, listed))})(?![\w-])")


def _form(words: str) -> str:
    escaped = re.escape(words).replace(r"\ ", r"\s+")
    if words != words.lower():
        return escaped
    return rf"(?i:{escaped[:-1]}(?:y|ies))" if words.endswith("y") else rf"(?i:{escaped}(?:s|es)?)"


class ThemeLexicon:
    """The themes of a file."""

    def __init__(self, entries: Sequence[ThemeEntry], version: str) -> None:
        self.entries = tuple(entries)
        self.version = version
        self._themes = tuple(_Theme(entry) for entry in entries)

    def find(self, phrase: str) -> tuple[tuple[str, int, int], ...]:
        """Return the themes of a phrase, each with where its first word stands there."""
        found = ((theme.name, theme.first_in(phrase)) for theme in self._themes)
        return tuple((name, match.start(), match.end()) for name, match in found if match)


@cache
def load_themes(path: Path = DATA / "themes.yaml") -> ThemeLexicon:
    """Read the themes, once per process.

    Raises:
        LexiconError: names the file, the entry and what is allowed there.
    """
    content, version = load_file(path, ThemeFile)
    return ThemeLexicon(content.themes, version)


def with_themes(shipped: ThemeLexicon, own: Sequence[ThemeFile]) -> ThemeLexicon:
    """Return the themes with those of a user's files; theirs count for names that both have."""
    if not own:
        return shipped
    entries = {entry.name: entry for entry in shipped.entries}
    entries |= {entry.name: entry for file in own for entry in file.themes}
    return ThemeLexicon(tuple(entries.values()), shipped.version)

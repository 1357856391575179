"""Brief -> text for a terminal."""

from __future__ import annotations

from io import StringIO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from detente.briefing.phrases import (
    corpus_words,
    counts_words,
    dated_count,
    first_up,
    no_judgement,
    what_words,
    when_words,
    where_words,
)
from detente.briefing.words import date_words, plural, printable
from detente.model import Brief, Statement, TimelineEntry

__all__ = ["as_text"]


def as_text(brief: Brief, *, width: int, colour: bool) -> str:
    """Return the brief for a terminal.

    Args:
        brief: the brief.
        width: columns of the terminal.
        colour: whether terminal colours may be used.
    """
    page = _Page(width, colour)
    a, b = brief.names
    page.line(f"{a} and {b}: {date_words(brief.first, brief.last)}", "bold")
    page.line(corpus_words(brief), "dim")
    _bottom_line(page, brief)
    if brief.changes is not None:
        page.heading("Changed since the earlier brief")
        page.statements(brief.changes, "Nothing changed.")
    page.heading("Other readings")
    page.statements(brief.alternatives, "No judgement is made that could be read otherwise.")
    page.heading("Timeline")
    dated = dated_count(brief.events)
    nothing = "No event of this pair is affirmed in these documents."
    page.entries(brief.events[:dated], "No event has a date." if brief.events else nothing)
    if brief.events[dated:]:
        page.heading("Date unknown")
        page.entries(brief.events[dated:], "")
    _shifts(page, brief)
    if brief.interruptions:
        page.heading("Stopped and taken up again")
        page.statements(brief.interruptions, "")
    page.heading("Disputed")
    page.statements(brief.disputed, "Nothing disputed was found.")
    page.heading("Planned, threatened or conditional")
    page.entries(brief.planned, "Nothing planned was found.")
    page.heading("What to watch")
    page.statements(brief.indicators, "Nothing to watch was found.")
    page.heading("Gaps")
    page.statements(brief.gaps, "No gap was found.")
    page.heading("Sources")
    for source in brief.sources:
        span = date_words(source.first, source.last)
        page.line(f"{source.outlet}: {plural(source.documents, 'document')}, {span}")
    page.heading("What was left out, and what made this")
    for excluded in brief.corpus.excluded:
        page.line(f"{excluded.what}: {excluded.count} ({excluded.reason})")
    for tool in brief.tool:
        page.line(tool, "dim")
    return page.text()


def _bottom_line(page: _Page, brief: Brief) -> None:
    page.heading("Bottom line")
    for judgement in brief.judgements:
        page.line(f"• {judgement.statement.text}")
        page.line(judgement.confidence, "dim", 2)
    if not brief.judgements:
        page.line(f"No judgement is made: {no_judgement(brief)}.")


def _shifts(page: _Page, brief: Brief) -> None:
    page.heading("Shifts")
    for note in brief.shifts:
        shift = note.shift
        page.line(f"• {note.statement.text}")
        page.line(f"{shift.kind}, {shift.direction}, probability {shift.probability:.2f}", "dim", 2)
    if not brief.shifts:
        page.line(f"None found: {brief.shift_reason}.")


class _Page:
    """Lines of text for one width."""

    def __init__(self, width: int, colour: bool) -> None:
        self._out = StringIO()
        self._console = Console(
            file=self._out,
            width=width,
            force_terminal=colour,
            color_system="standard" if colour else None,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )

    def text(self) -> str:
        """Return what was written, without the blanks that fill each line."""
        lines = self._out.getvalue().splitlines()
        return "\n".join(line.rstrip() for line in lines) + "\n"

    def line(self, text: str, style: str = "", indent: int = 0) -> None:
        """Write a paragraph, wrapped and indented."""
        shown = Text(printable(text), style=style)
        self._console.print(Padding(shown, (0, 0, 0, indent), expand=False))

    def heading(self, text: str) -> None:
        """Write a heading."""
        self._console.print()
        self.line(text.upper(), "bold")

    def statements(self, statements: tuple[Statement, ...], nothing: str) -> None:
        """Write statements as a list."""
        for statement in statements:
            self.line(f"• {statement.text}")
        if not statements:
            self.line(nothing)

    def entries(self, entries: tuple[TimelineEntry, ...], nothing: str) -> None:
        """Write events, each with its words, its chains, its counts and where it stands."""
        for entry in entries:
            self.line(f"{when_words(entry)}  {what_words(entry)}", "bold")
            self.line(f"“{entry.statement.text}”", "", 2)
            if entry.withdrawn:
                self.line(f"{first_up(entry.withdrawn)}.", "", 2)
            if entry.outcome:
                self.line(f"{first_up(entry.outcome)}.", "", 2)
            for says in entry.says[:3]:
                self.line(f"{entry.label}; {says}", "dim", 2)
            for note in entry.circular:
                self.line(note.statement.text, "", 2)
            self.line(counts_words(entry), "dim", 2)
            self.line(where_words(entry.statement.evidence[0]), "dim", 2)
        if not entries:
            self.line(nothing)

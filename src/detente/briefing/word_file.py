"""A brief as a Word document: headings, numbered references, one list of what they cite.

python-docx writes the file; it is the optional extra ``docx``. The same brief gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

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
from detente.errors import InputError
from detente.model import Brief, Evidence, Statement, TimelineEntry

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["as_docx", "check_docx"]

# The oldest day that a zip archive can name; a brief has no day of its own.
_DAY = (1980, 1, 1, 0, 0, 0)
# Of number, place and words in the list of references, in centimetres.
_WIDTHS = (1.2, 5.8, 8.2)
# So many references stand beside a sentence; the others are in the list, after the sentence's own.
_BESIDE = 6


def check_docx() -> None:
    """Refuse what `as_docx` cannot do, before anything is done for it.

    Raises:
        InputError: when the extra is not installed.
    """
    if find_spec("docx") is None:
        raise InputError("docx needs the extra 'docx'; get it with: pip install 'detente[docx]'")


def as_docx(brief: Brief) -> bytes:
    """Return a brief as the bytes of a Word document.

    Raises:
        InputError: as `check_docx`.
    """
    check_docx()
    import docx  # an extra

    page = _Page(docx.Document())
    a, b = brief.names
    page.heading(f"{a} and {b}: {date_words(brief.first, brief.last)}", level=0)
    page.line(corpus_words(brief))
    _judgements(page, brief)
    page.statements("Other readings", brief.alternatives, "No judgement is made.")
    if brief.changes is not None:
        page.statements("Changed since the earlier brief", brief.changes, "Nothing changed.")
    _timeline(page, brief)
    _shifts(page, brief)
    if brief.interruptions:
        page.statements("Stopped and taken up again", brief.interruptions, "")
    page.statements("Disputed", brief.disputed, "Nothing disputed was found.")
    page.heading("Planned, threatened or conditional")
    for entry in brief.planned:
        _entry(page, entry)
    if not brief.planned:
        page.line("Nothing planned was found.")
    page.statements("What to watch", brief.indicators, "Nothing to watch was found.")
    page.statements("Gaps", brief.gaps, "No gap was found.")
    page.heading("Sources")
    for source in brief.sources:
        span = date_words(source.first, source.last)
        page.line(f"{source.outlet}: {plural(source.documents, 'document')}, {span}", bullet=True)
    page.references()
    page.heading("What was left out, and what made this")
    for one in brief.corpus.excluded:
        page.line(f"{one.what}: {one.count} ({one.reason})", bullet=True)
    for tool in brief.tool:
        page.line(tool)
    return page.data(f"{a} and {b}")


def _judgements(page: _Page, brief: Brief) -> None:
    page.heading("Bottom line")
    for judgement in brief.judgements:
        page.statement(judgement.statement)
        page.line(f"{judgement.confidence} Rule: {judgement.rule}.", small=True)
    if not brief.judgements:
        page.line(f"No judgement is made: {no_judgement(brief)}.")


def _timeline(page: _Page, brief: Brief) -> None:
    page.heading("Timeline")
    dated = dated_count(brief.events)
    for entry in brief.events[:dated]:
        _entry(page, entry)
    if not brief.events:
        page.line("No event of this pair is affirmed in these documents.")
    if brief.events[dated:]:
        page.heading("Date unknown", level=2)
        for entry in brief.events[dated:]:
            _entry(page, entry)


def _shifts(page: _Page, brief: Brief) -> None:
    page.heading("Shifts")
    for note in brief.shifts:
        page.statement(note.statement)
        shift = note.shift
        told = f"{shift.kind}, {shift.direction}, probability {shift.probability:.2f}"
        page.line(told, small=True)
    if not brief.shifts:
        page.line(f"None found: {brief.shift_reason}.")


def _entry(page: _Page, entry: TimelineEntry) -> None:
    page.line(f"{when_words(entry)}  {what_words(entry)}", bold=True)
    page.statement(entry.statement, lead="“", end="”")
    told = [entry.label, *entry.says]
    told += [first_up(one) for one in (entry.withdrawn, entry.outcome) if one]
    told += [circle.statement.text for circle in entry.circular]
    page.line(f"{'; '.join(told)}; {counts_words(entry)}", small=True)


class _Page:
    """A Word document that is written from top to bottom, and numbers what it cites."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._cited: list[Evidence] = []

    def heading(self, text: str, level: int = 1) -> None:
        self._document.add_heading(printable(text), level)

    def line(
        self, text: str, *, bold: bool = False, small: bool = False, bullet: bool = False
    ) -> None:
        from docx.shared import Pt

        paragraph = self._document.add_paragraph(style="List Bullet" if bullet else None)
        run = paragraph.add_run(printable(text))
        run.bold = bold or None
        if small:
            run.font.size = Pt(9)
        paragraph.paragraph_format.space_after = Pt(2 if bold else 6)

    def statement(self, statement: Statement, *, lead: str = "", end: str = "") -> None:
        self.line(f"{lead}{statement.text}{end} {self._references_of(statement.evidence)}")

    def statements(self, title: str, statements: Sequence[Statement], nothing: str) -> None:
        self.heading(title)
        for one in statements:
            self.statement(one)
        if not statements:
            self.line(nothing)

    def _references_of(self, evidence: Sequence[Evidence]) -> str:
        numbers = []
        for one in evidence:
            key = (one.document_id, one.start, one.end)
            if key not in self._numbers:
                self._cited.append(one)
                self._numbers[key] = len(self._cited)
            numbers.append(self._numbers[key])
        shown = ", ".join(map(str, numbers[:_BESIDE]))
        more = f" and {len(numbers) - _BESIDE} more" if numbers[_BESIDE:] else ""
        return f"[{shown}{more}]"

    def references(self) -> None:
        """Write what was cited: number, place, words, address."""
        from docx.shared import Cm

        self.heading("References")
        table = self._document.add_table(rows=1, cols=3, style="Table Grid")
        table.autofit = False
        for cell, title in zip(table.rows[0].cells, ("No.", "Where", "Words"), strict=True):
            cell.text = title
        for number, one in enumerate(self._cited, start=1):
            where = where_words(one) + (f", {one.url}" if one.url else "")
            texts = (str(number), where, f"“{one.quote}”")
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = printable(text)
        for column, width in zip(table.columns, _WIDTHS, strict=True):
            for cell in column.cells:
                cell.width = Cm(width)

    def data(self, title: str) -> bytes:
        """Return the file; what a clock would write into it is left out."""
        properties = self._document.core_properties
        properties.title, properties.author, properties.comments = printable(title), "detente", ""
        properties.created = properties.modified = datetime(*_DAY)
        written, fixed = io.BytesIO(), io.BytesIO()
        self._document.save(written)
        with zipfile.ZipFile(written) as old, zipfile.ZipFile(fixed, "w") as new:
            for name in old.namelist():
                entry = zipfile.ZipInfo(name, _DAY)
                entry.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(entry, old.read(name))
        return fixed.getvalue()

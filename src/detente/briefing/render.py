"""Brief -> text for the terminal, Markdown, one HTML file, JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from io import StringIO
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from detente.briefing.chart import chart_of
from detente.briefing.words import date_words, listed, plural
from detente.model import Brief, Evidence, Origins, Rating, TimelineEntry

__all__ = ["FORMATS", "as_json", "render", "to_plain"]


def render(brief: Brief, form: str = "text", *, width: int = 100, colour: bool = False) -> str:
    """Return the brief in one of FORMATS.

    Args:
        brief: the brief.
        form: "text", "markdown", "html" or "json".
        width: columns of the terminal, for text.
        colour: whether text may carry terminal colours.

    Raises:
        KeyError: for another form.
    """
    if form == "text":
        return as_text(brief, width=width, colour=colour)
    return FORMATS[form](brief)


# --- JSON ------------------------------------------------------------------------------------


def to_plain(value: Any) -> Any:
    """Return a record as plain JSON values, keys as in the public contract."""
    if isinstance(value, Rating):
        return {
            "code": value.code,
            "reliability_reason": value.reliability_reason,
            "credibility_reason": value.credibility_reason,
        }
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [to_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


def as_json(brief: Brief) -> str:
    """Return the brief as one JSON object: keys as in the public contract."""
    plain = to_plain(brief)
    plain["period"] = {"first": plain.pop("first"), "last": plain.pop("last")}
    plain["dyad"] = {
        **plain["dyad"],
        "actor_name": brief.names[0],
        "recipient_name": brief.names[1],
    }
    plain.pop("names")
    for entry in (*plain["events"], *plain["planned"]):
        rating = entry["rating"]
        entry["rating"] = rating["code"]
        entry["rating_reasons"] = [rating["reliability_reason"], rating["credibility_reason"]]
        _lift(entry)
    for shift in plain["shifts"]:
        shift.update(shift.pop("shift"))
        _lift(shift)
    for judgement in plain["judgements"]:
        _lift(judgement)
    return json.dumps(plain, ensure_ascii=False, indent=1)


def _lift(record: dict[str, Any]) -> None:
    """Put text and evidence of the statement beside the other keys."""
    statement = record.pop("statement")
    record["text"] = statement["text"]
    record["evidence"] = statement["evidence"]


# --- text ------------------------------------------------------------------------------------


def origins_words(origins: Origins) -> str:
    """Return "1 origin", "1 to 3 origins"."""
    if origins.min == origins.max:
        return plural(origins.max, "origin")
    return f"{origins.min} to {origins.max} origins"


def what_words(entry: TimelineEntry) -> str:
    """Return "ASSAULT aerial: Turkey (military) → Russia (military)"."""
    kind = f"{entry.event_type} {entry.mode}" if entry.mode else entry.event_type
    if entry.recipients:
        return f"{kind}: {listed(entry.actors)} → {listed(entry.recipients)}"
    return f"{kind}: {listed(entry.actors)}"


def counts_words(entry: TimelineEntry) -> str:
    """Return "3 reports, 4 outlets, 1 to 2 origins, rated F3"."""
    return ", ".join(
        (
            plural(entry.reports, "report"),
            plural(len(entry.outlets), "outlet"),
            origins_words(entry.origins),
            f"rated {entry.rating.code}",
        )
    )


def where_words(evidence: Evidence) -> str:
    """Return "outlet, 24 November 2015, key:0-95"."""
    parts = (
        listed(evidence.outlets) or "outlet unknown",
        date_words(evidence.published, evidence.published) if evidence.published else "undated",
        f"{evidence.document_key} [{evidence.start}:{evidence.end}]",
    )
    return ", ".join(parts)


def corpus_words(brief: Brief) -> str:
    """Return one sentence on what the brief was drawn from."""
    corpus = brief.corpus
    return (
        f"{plural(corpus.documents, 'document')} read, {corpus.dated} of them dated; "
        f"{corpus.relevant} speak of this pair, from {plural(corpus.outlets, 'outlet')} and "
        f"{origins_words(corpus.origins)}."
    )


def as_text(brief: Brief, *, width: int, colour: bool) -> str:
    """Return the brief for a terminal."""
    out = StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )

    def line(text: str, style: str = "", indent: int = 0) -> None:
        console.print(Padding(Text(text, style=style), (0, 0, 0, indent)))

    def heading(text: str) -> None:
        console.print()
        line(text.upper(), "bold")

    a, b = brief.names
    line(f"{a} and {b}: {date_words(brief.first, brief.last)}", "bold")
    line(corpus_words(brief), "dim")
    heading("Bottom line")
    for judgement in brief.judgements:
        line(f"• {judgement.statement.text}")
        line(judgement.confidence, "dim", 2)
    if not brief.judgements:
        line(f"No judgement is made: {brief.shift_reason}.")
    heading("Timeline")
    for entry in brief.events:
        _text_entry(line, entry)
    if not brief.events:
        line("No event of this pair is affirmed in these documents.")
    heading("Shifts")
    for note in brief.shifts:
        shift = note.shift
        line(f"• {note.statement.text}")
        line(f"{shift.kind}, {shift.direction}, probability {shift.probability:.2f}", "dim", 2)
    if not brief.shifts:
        line(f"None found: {brief.shift_reason}.")
    heading("Disputed")
    for statement in brief.disputed:
        line(f"• {statement.text}")
    heading("Planned, threatened or conditional")
    for entry in brief.planned:
        _text_entry(line, entry)
    heading("Gaps")
    for statement in brief.gaps:
        line(f"• {statement.text}")
    for name, items in (
        ("disputed", brief.disputed),
        ("planned", brief.planned),
        ("unknown", brief.gaps),
    ):
        if not items:
            line(f"(nothing {name} was found)", "dim")
    heading("Sources")
    for source in brief.sources:
        span = date_words(source.first, source.last)
        line(f"{source.outlet}: {plural(source.documents, 'document')}, {span}")
    heading("What was left out, and what made this")
    for excluded in brief.corpus.excluded:
        line(f"{excluded.what}: {excluded.count} ({excluded.reason})")
    for tool in brief.tool:
        line(tool, "dim")
    return out.getvalue()


def _text_entry(line: Callable[..., None], entry: TimelineEntry) -> None:
    basis = "" if entry.date_basis in ("stated", "relative") else f" ({entry.date_basis} date)"
    line(f"{entry.date_text}{basis}  {what_words(entry)}", "bold")
    line(f"“{entry.statement.text}”", "", 2)
    for says in entry.says[:3]:
        line(f"{entry.label}; {says}", "dim", 2)
    line(counts_words(entry), "dim", 2)
    line(where_words(entry.statement.evidence[0]), "dim", 2)


# --- Markdown and HTML -----------------------------------------------------------------------

_ESCAPED_MARKDOWN = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]<>#|~"})


def _markdown_text(text: str) -> str:
    """Escape what Markdown or HTML would read as markup."""
    escaped = " ".join(str(text).split()).translate(_ESCAPED_MARKDOWN)
    return escaped.replace("&", "&amp;")


def _environment(*, escape: bool) -> Environment:
    environment = Environment(
        loader=PackageLoader("detente.briefing", "templates"),
        autoescape=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        origins=origins_words,
        what=what_words,
        counts=counts_words,
        where=where_words,
        md=_markdown_text,
    )
    environment.globals.update(date_words=date_words, plural=plural, corpus_words=corpus_words)
    return environment


def as_markdown(brief: Brief) -> str:
    """Return the brief as Markdown, with the evidence as numbered notes."""
    return _environment(escape=False).get_template("brief.md").render(brief=brief)


def as_html(brief: Brief) -> str:
    """Return the brief as one HTML file without any external address."""
    template = _environment(escape=True).get_template("brief.html")
    return template.render(brief=brief, chart=chart_of(brief.series, brief.shifts))


FORMATS: dict[str, Callable[[Brief], str]] = {
    "text": lambda brief: as_text(brief, width=100, colour=False),
    "markdown": as_markdown,
    "html": as_html,
    "json": as_json,
}

"""Brief -> text for the terminal, Markdown, one HTML file, JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from detente.briefing.chart import chart_of
from detente.briefing.circle import drawing_of
from detente.briefing.phrases import (
    corpus_words,
    counts_words,
    dated_count,
    first_up,
    no_judgement,
    origins_words,
    what_words,
    when_words,
    where_words,
)
from detente.briefing.records import json_text
from detente.briefing.terminal import as_text
from detente.briefing.words import QUADS, date_words, plural, printable
from detente.model import Brief, Rating

__all__ = ["FORMATS", "as_json", "html_environment", "render", "to_plain"]


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
        for note in entry["circular"]:
            _lift(note)
    for shift in plain["shifts"]:
        shift.update(shift.pop("shift"))
        _lift(shift)
    for judgement in plain["judgements"]:
        _lift(judgement)
    return json_text(plain, indent=1) + "\n"


def _lift(record: dict[str, Any]) -> None:
    """Put text and evidence of the statement beside the other keys."""
    statement = record.pop("statement")
    record["text"] = statement["text"]
    record["evidence"] = statement["evidence"]


# --- Markdown and HTML -----------------------------------------------------------------------

_ESCAPED_MARKDOWN = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]<>#|~"})


def _markdown_text(text: str) -> str:
    """Escape what Markdown or HTML would read as markup."""
    escaped = " ".join(printable(str(text)).split()).translate(_ESCAPED_MARKDOWN)
    return escaped.replace("&", "&amp;")


def _printable_value(value: Any) -> Any:
    return printable(value) if type(value) is str else value


def html_environment(*packages: str) -> Environment:
    """Return a Jinja environment in which all text is escaped and printable.

    Args:
        packages: packages whose folder "templates" is searched before ours.
    """
    return _environment(*packages, escape=True)


def _environment(*packages: str, escape: bool) -> Environment:
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(name) for name in (*packages, "detente.briefing")]),
        autoescape=escape,
        # in HTML every plain string is a value; in Markdown the filter md is on each of them
        finalize=_printable_value if escape else None,
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
        when=when_words,
        first_up=first_up,
        no_judgement=no_judgement,
        dated_count=dated_count,
        drawing=drawing_of,
        md=_markdown_text,
    )
    environment.globals.update(
        date_words=date_words, plural=plural, corpus_words=corpus_words, quads=QUADS
    )
    return environment


def as_markdown(brief: Brief) -> str:
    """Return the brief as Markdown, with the evidence as numbered notes."""
    return _environment(escape=False).get_template("brief.md").render(brief=brief)


def as_html(brief: Brief) -> str:
    """Return the brief as one HTML file without any external address."""
    template = _environment(escape=True).get_template("brief.html")
    chart = chart_of(brief.series, [note.shift for note in brief.shifts])
    return template.render(brief=brief, chart=chart, shell="standalone.html", links=None)


FORMATS: dict[str, Callable[[Brief], str]] = {
    "text": lambda brief: as_text(brief, width=100, colour=False),
    "markdown": as_markdown,
    "html": as_html,
    "json": as_json,
}

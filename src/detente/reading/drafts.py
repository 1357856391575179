"""What a reader found, and what it becomes: a checked Document, or a problem with a reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from detente.lexicon.days import read_day
from detente.model import Collected, Document, Segment, document_id
from detente.reading.language import FOREIGN, language_of

__all__ = ["Defaults", "Draft", "Problem", "Severity", "clean", "counted", "finish"]

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_KIND = re.compile(r"[\w./+ -]{1,60}", re.ASCII)

# A page may carry tomorrow's date because its clock runs up to 14 hours ahead.
_CLOCK_SLACK = timedelta(days=1)


class Severity(StrEnum):
    """What a problem means for the input that it is about."""

    SKIPPED = "skipped"  # nothing was read from there
    NOTED = "noted"  # the document was read, and something about it is in doubt
    IGNORED = "ignored"  # a file that is not meant to be read, such as a folder's README


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the input that could not be used as it is; reading goes on after it.

    Attributes:
        where: the path, with the line ("reports.jsonl:12") or the byte ("crawl.warc@4711") where
            there is one.
        reason: what is wrong, for people.
        severity: whether anything was left out.
    """

    where: str
    reason: str
    severity: Severity = Severity.SKIPPED

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What holds where the input states nothing else.

    Attributes:
        published: the day of publication.
        outlet: who published it.
        today: the day after which no report can have been published yet.
    """

    today: date
    published: date | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One document as its format gives it, before the checks that all formats share.

    Attributes:
        where: the path, or path and line, for messages; the key where the input gives no id.
        text: the document's final text.
        id: the id that the input gives.
        published: the date as the input words it.
        doubt: why that date may not be the day of publication, or None.
        segments: the parts that the markup shows.
        extra: the other fields, as JSON.
    """

    where: str
    text: str
    id: str | None = None
    outlets: tuple[str, ...] = ()
    url: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    doubt: str | None = None
    segments: tuple[Segment, ...] = ()
    extra: str | None = None


def clean(text: str) -> str:
    r"""Return the text with line ends as ``\n``, and U+FFFD for what no file can store."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSTORABLE.sub("�", text)


def counted(kinds: Counter[str]) -> str:
    """Return what was counted in one line: "image/png 2, text/css 1"; odd names are one kind."""
    told: Counter[str] = Counter()
    for kind, count in kinds.items():
        told[kind if _KIND.fullmatch(kind) else "unknown"] += count
    return ", ".join(f"{kind} {count}" for kind, count in sorted(told.items()))


def finish(
    draft: Draft, defaults: Defaults, *, digest: str, collected: Collected
) -> Iterator[Document | Problem]:
    """Yield the document of a draft after the notes about it, or the reason why there is none.

    Args:
        draft: the document as its format gives it.
        defaults: what holds where it states nothing.
        digest: SHA-256 of the raw bytes.
        collected: where they stood.
    """
    if not draft.text.strip():
        yield Problem(draft.where, "the document is empty")
        return
    language = language_of(draft.text)
    if language.startswith(FOREIGN):
        name = language.removeprefix(FOREIGN)
        yield Problem(draft.where, f"the text is not English (it looks like {name!r})")
        return
    published, reason = _published(draft, defaults, collected)
    if reason and published is None and (draft.published or defaults.published):
        yield Problem(draft.where, reason, Severity.NOTED)
    outlets = draft.outlets or ((defaults.outlet,) if defaults.outlet else ())
    yield Document(
        id=document_id(draft.text, url=draft.url, outlets=outlets, published=published),
        key=draft.id or draft.where,
        text=draft.text,
        outlets=outlets,
        url=draft.url,
        title=draft.title,
        author=draft.author,
        published=published,
        published_reason=reason,
        language=language or None,
        segments=draft.segments,
        source_digest=digest,
        extra=draft.extra,
        collected=collected,
    )


def _published(
    draft: Draft, defaults: Defaults, collected: Collected
) -> tuple[date | None, str | None]:
    """Return the day of publication, and the reason why it is unknown or doubtful."""
    reason = draft.doubt
    if stated := draft.published:
        day = read_day(stated)
        if day is None:
            reason = f"the stated date {stated[:40]!r} cannot be read; use YYYY-MM-DD"
            return None, reason
    else:
        day = defaults.published
        if day is None:
            return None, "the input states no date"
        reason = "not stated in the input; taken from the reader's options"
    if day > defaults.today + _CLOCK_SLACK:
        return None, f"the date {day.isoformat()} is in the future"
    taken = read_day(collected.when) if collected.when else None
    if taken is not None and day > taken + _CLOCK_SLACK:
        return None, f"the date {day.isoformat()} is after the day of collection, {taken}"
    return day, reason

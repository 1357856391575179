"""What a view answers with: a page, a file, or the address of another page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from detente.web.reader import Reader

__all__ = ["File", "Moved", "Page", "View"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page shows.

    Attributes:
        template: its template.
        shown: what the template is given.
        record: gives the same as JSON text.
    """

    template: str
    shown: dict[str, Any] = field(default_factory=dict)
    record: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Moved:
    """The address of the page that is meant."""

    address: str


@dataclass(frozen=True, slots=True)
class File:
    """A text to be saved.

    Attributes:
        name: what to call it, in characters that need no quoting.
        text: what is in it.
        media_type: what it is.
    """

    name: str
    text: str
    media_type: str


View = Callable[[Reader, Request], Page | Moved | File]

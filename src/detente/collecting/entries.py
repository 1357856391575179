"""What a source lists: one entry, one article."""

from __future__ import annotations

from dataclasses import dataclass

from detente.model import digest

__all__ = ["Entry", "Listing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article as a feed or a sitemap lists it.

    Attributes:
        link: its address, or "" where the feed has the text alone.
        stamp: when it was last changed, as the source words it, or "".
        title: its title, or "".
        published: when it was published, as the source words it, or "".
        outlet: whose list it is on, or "".
        author: who wrote it, or "".
        text: its text or a summary of it, as HTML, or "".
        name: what the source calls it by, where it has no address.
    """

    link: str
    stamp: str = ""
    title: str = ""
    published: str = ""
    outlet: str = ""
    author: str = ""
    text: str = ""
    name: str = ""

    @property
    def key(self) -> str:
        """What it is remembered by."""
        return digest("entry", self.link or (self.name, self.title, self.published))[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a source gave.

    Attributes:
        entries: articles, in its order, each once.
        sources: addresses of further lists, each with the name that it is given there.
        remarks: what is doubtful in it, for people.
    """

    entries: tuple[Entry, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()

"""Pieces of the input: bytes that documents are made of, and how they are made, within limits."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from detente.errors import UnreadableError
from detente.model import Collected, Document
from detente.reading.drafts import Defaults, Draft, Problem, finish
from detente.reading.limits import MOST_SECONDS, OutOfTimeError, time_limit

__all__ = ["Piece", "documents_of"]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A file, or a part of one, that can be read by itself: what is wrong with it harms no other.

    Attributes:
        where: the path, with the line ("reports.jsonl:12") or the byte ("crawl.warc@4711").
        data: its raw bytes, as they stood in the input.
        collected: where they stood.
        make: from the piece to its drafts; may raise anything.
    """

    where: str
    data: bytes
    collected: Collected
    make: Callable[[Piece], Iterator[Draft | Problem]]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the raw bytes."""
        return hashlib.sha256(self.data).hexdigest()


def documents_of(piece: Piece, defaults: Defaults) -> Iterator[Document | Problem]:
    """Yield the documents of a piece and the problems with it; nothing is raised."""
    found = _finished(piece, defaults)
    while True:
        try:
            with time_limit(MOST_SECONDS):
                one = next(found, None)
        except OutOfTimeError:
            one = Problem(piece.where, f"takes more than {MOST_SECONDS:.0f} seconds to read")
        except UnreadableError as error:
            one = Problem(error.where, error.reason)
        except RecursionError:
            one = Problem(piece.where, "cannot be read: nested too deep")
        # What a stranger's bytes do to a parser is not ours to foresee; the run goes on.
        except Exception as error:
            told = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            one = Problem(piece.where, f"cannot be read: {told}")
        if one is None:
            return
        yield one


def _finished(piece: Piece, defaults: Defaults) -> Iterator[Document | Problem]:
    for draft in piece.make(piece):
        if isinstance(draft, Problem):
            yield draft
        else:
            yield from finish(draft, defaults, digest=piece.digest, collected=piece.collected)

"""Which files count while several of them are merged into one.

::

    merges.json   {"format": 1, "merges": [{"into": NAME, "of": [NAME, ...]}, ...]}

A merge counts from the moment at which the file of documents that it gives has its name, which is
one renaming. Before, what was drawn from that file's documents is void; afterwards the files are
that it was made of. The list is written before anything else and goes when what is void is gone,
so that a reader who looks at the names of documents first, and at the list and all else then, sees
each document once.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from detente.errors import StoreError

__all__ = ["MERGES", "Merge", "merges_in", "merges_text", "void_among"]

MERGES = "merges.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Merge:
    """One merge.

    Attributes:
        into: name of the file that it gives, without its ending.
        of: names of the files that it is made of.
    """

    into: str
    of: tuple[str, ...]


def merges_in(folder: Path) -> tuple[Merge, ...]:
    """Return the merges of a store that are not over, the first one first.

    Raises:
        StoreError: when the list of them is damaged.
    """
    path = folder / MERGES
    try:
        listed = json.loads(path.read_text("utf-8"))["merges"]
        return tuple(Merge(str(one["into"]), tuple(map(str, one["of"]))) for one in listed)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        told = f"`detente store repair --store {folder}` sets it aside"
        raise StoreError(f"{path}: damaged; {told}") from error


def merges_text(merges: Iterable[Merge]) -> str:
    """Return the content of the list."""
    return json.dumps({"format": _FORMAT, "merges": [asdict(one) for one in merges]})


def void_among(names: Collection[str], merges: Iterable[Merge]) -> frozenset[str]:
    """Return the names that do not count.

    Args:
        names: the files of documents that are there.
        merges: the merges that are not over, the first one first.
    """
    over, to_come = set[str](), set[str]()
    for merge in reversed(tuple(merges)):
        # what a later merge has made void has been there before
        if merge.into in names or merge.into in over:
            over.update(merge.of)
        else:
            to_come.add(merge.into)
    return frozenset(over | to_come)

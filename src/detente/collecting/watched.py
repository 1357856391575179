"""What the user names to be watched: addresses, files that list feeds, folders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lxml import etree

from detente.collecting.addresses import target_of
from detente.collecting.entries import Listing
from detente.collecting.xml_lists import read_opml, root_of
from detente.errors import InputError, UnreachableError

__all__ = ["Kind", "Watched", "feeds_in", "watchable"]

_LARGEST_LIST = 16 * 1024 * 1024


class Kind(StrEnum):
    """What kind of thing is watched."""

    ADDRESS = "address"
    LIST = "list"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Watched:
    """What the user named: an address, a file that lists feeds, or a folder."""

    kind: Kind
    name: str


def watchable(given: Iterable[str]) -> tuple[Watched, ...]:
    """Return what can be watched.

    Args:
        given: addresses of feeds, sitemaps or lists; files in OPML; folders.

    Raises:
        InputError: when one is none of these.
    """
    found = []
    for name in given:
        if name.lower().startswith(("http://", "https://")):
            try:
                found.append(Watched(Kind.ADDRESS, target_of(name).url))
            except UnreachableError as error:
                raise InputError(str(error)) from error
        elif Path(name).is_dir():
            found.append(Watched(Kind.FOLDER, name))
        elif Path(name).is_file():
            feeds_in(Path(name))
            found.append(Watched(Kind.LIST, name))
        else:
            raise InputError(
                f"{name}: no http(s) address, no list of feeds in OPML, and no folder; name one"
            )
    return tuple(found)


def feeds_in(path: Path) -> Listing:
    """Return the feeds that a file in OPML names.

    Raises:
        InputError: when it is none.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_LIST + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    if len(content) > _LARGEST_LIST:
        raise InputError(f"{path}: larger than {_LARGEST_LIST // 1024**2} MB, no list of feeds")
    root = root_of(content, str(path))
    if etree.QName(root).localname.lower() != "opml":
        raise InputError(f"{path}: no list of feeds in OPML: its root is <{root.tag}>")
    return read_opml(root)

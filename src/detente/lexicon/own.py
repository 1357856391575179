"""Lexicon files of a user's own: read, told apart by what they hold, and checked together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from detente.lexicon.files import LexiconFile, Sifted, parse_yaml, read_bytes, sift
from detente.lexicon.flaws import Flaw
from detente.lexicon.frame_files import EventFile, NounClass, NounFile
from detente.lexicon.kinds import KINDS, Kind, kind_of
from detente.lexicon.noun_classes import class_problems, joined_classes, unknown_classes

__all__ = ["OwnFile", "Source", "check_together", "files_of", "open_own", "read_own"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was at one moment: what was read and what is remembered are the same bytes."""

    path: Path
    content: bytes


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A lexicon file of a user's own.

    Attributes:
        path: where it lies.
        kind: what it holds; None where that cannot be told.
        sifted: its sound entries; None where it is no lexicon at all.
        flaws: all that is wrong with it.
    """

    path: Path
    kind: Kind | None
    sifted: Sifted[LexiconFile] | None
    flaws: tuple[Flaw, ...]

    @property
    def file(self) -> LexiconFile | None:
        """Its sound entries, checked; None where there are none."""
        return self.sifted.file if self.sifted else None


def open_own(path: Path) -> Source:
    """Return the content of a file.

    Raises:
        InputError: when it cannot be read.
    """
    return Source(path, read_bytes(path))


def read_own(source: Source) -> OwnFile:
    """Return what a file holds and all that is wrong with it, itself alone considered."""
    content, flaws = parse_yaml(source.content)
    if not isinstance(content, dict):
        return OwnFile(source.path, None, None, flaws)
    kind = kind_of(content)
    if kind is None:
        known = "; ".join(f"{' or '.join(kind.keys)} ({kind.name})" for kind in KINDS)
        unknown = Flaw("", f"no key tells what it holds; use one of {known}")
        return OwnFile(source.path, None, None, (*flaws, unknown))
    sifted = sift(content, kind.schema)
    return OwnFile(source.path, kind, sifted, (*flaws, *sifted.flaws))


def check_together(own: Sequence[OwnFile], shipped: Mapping[str, NounClass]) -> tuple[OwnFile, ...]:
    """Return the files with what is wrong in them only as they are used together.

    Frames may name the noun classes of other files. What names an unknown one is set aside.

    Args:
        own: the files.
        shipped: the noun classes that the tool brings.
    """
    classes = joined_classes(shipped, [one.file for one in own if one.file is not None])
    problems = class_problems(classes)
    sound = {name: one for name, one in classes.items() if name not in problems}
    return tuple(_with_known_classes(one, sound, problems) for one in own)


def _with_known_classes(
    own: OwnFile, classes: Mapping[str, NounClass], problems: Mapping[str, str]
) -> OwnFile:
    sifted, file = own.sifted, own.file
    if sifted is None:
        return own
    if isinstance(file, NounFile):
        found = [(("classes", name), what) for name, what in problems.items()]
        flaws = [sifted.flaw(place, what) for place, what in found if place[1] in file.classes]
        left = {name: one for name, one in file.classes.items() if name not in problems}
        cut: LexiconFile = file.model_copy(update={"classes": left})
        return _replaced(own, sifted, cut, flaws)
    if isinstance(file, EventFile):
        listed = list(unknown_classes(file, classes))
        faulty = {place[1] for place, _ in listed}
        kept = [index for index in range(len(file.frames)) if index not in faulty]
        cut = file.model_copy(update={"frames": tuple(file.frames[index] for index in kept)})
        before = sifted.places.get("frames", range(len(file.frames)))
        places = {**sifted.places, "frames": [before[index] for index in kept]}
        flaws = [sifted.flaw(place, what) for place, what in listed]
        return _replaced(own, replace(sifted, places=places), cut, flaws)
    return own


def _replaced(
    own: OwnFile, sifted: Sifted[LexiconFile], file: LexiconFile, flaws: Iterable[Flaw]
) -> OwnFile:
    return replace(own, sifted=replace(sifted, file=file), flaws=(*own.flaws, *flaws))


_F = TypeVar("_F", bound=LexiconFile)


def files_of(own: Iterable[OwnFile], *schemas: type[_F]) -> list[_F]:
    """Return the sound content of the files of some kinds, in their order."""
    return [one.file for one in own if isinstance(one.file, schemas)]

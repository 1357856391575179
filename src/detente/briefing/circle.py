"""Circular reporting as the geometry of a drawing; the template draws it as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from detente.model import Circle, CircularNote

__all__ = ["Box", "Drawing", "drawing_of"]

_LETTER = 6.5
_LONGEST = 28
_HEIGHT = 22
_GAP = 34
_ROW = 30
_MARGIN = 2
# More outlets than this are counted in one box.
_MOST = 6


@dataclass(frozen=True, slots=True)
class Box:
    """A name with the place of its box."""

    x: float
    y: float
    width: float
    text: str

    @property
    def middle(self) -> float:
        """Height of the middle of the box."""
        return self.y + _HEIGHT / 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes, and arrows as SVG paths from who cites to who is cited."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]
    box_height: float = _HEIGHT


def drawing_of(note: CircularNote) -> Drawing:
    """Return the drawing of a loop, or of outlets with one source."""
    if note.kind is Circle.LOOP:
        return _loop(note.names)
    *outlets, source = note.names
    return _one_source(outlets, source)


def _loop(names: Sequence[str]) -> Drawing:
    boxes: list[Box] = []
    x = float(_MARGIN)
    for name in names:
        box = _box(x, _MARGIN, name)
        boxes.append(box)
        x += box.width + _GAP
    arrows = [f"M{one.x + one.width} {one.middle} H{other.x - 2}" for one, other in pairwise(boxes)]
    below = _MARGIN + _HEIGHT
    first, last = boxes[0], boxes[-1]
    start, end = last.x + last.width / 2, first.x + first.width / 2
    arrows.append(f"M{start} {below} V{below + 16} H{end} V{below + 3}")
    return Drawing(x - _GAP + _MARGIN, below + 20, tuple(boxes), tuple(arrows))


def _one_source(outlets: Sequence[str], source: str) -> Drawing:
    shown = list(outlets[:_MOST])
    if len(outlets) > _MOST:
        shown.append(f"{len(outlets) - _MOST} more")
    left = [_box(_MARGIN, _MARGIN + _ROW * row, name) for row, name in enumerate(shown)]
    x = max(box.x + box.width for box in left) + 2 * _GAP
    right = _box(x, _MARGIN + _ROW * (len(left) - 1) / 2, source)
    arrows = [f"M{box.x + box.width} {box.middle} L{right.x - 2} {right.middle}" for box in left]
    height = _MARGIN * 2 + _ROW * (len(left) - 1) + _HEIGHT
    return Drawing(x + right.width + _MARGIN, height, (*left, right), tuple(arrows))


def _box(x: float, y: float, name: str) -> Box:
    text = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
    return Box(x, y, len(text) * _LETTER + 14, text)

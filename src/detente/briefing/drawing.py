"""A specification of a chart as SVG or PNG.

vl-convert carries Vega, Vega-Lite and a font, and draws without browser or network; it is the
optional extra ``charts``.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from detente.errors import InputError

__all__ = ["check_drawing", "draw"]

# One version of the grammar, so that a newer renderer draws the same.
GRAMMAR = "5.21"
# Pixels of a PNG for one of the chart.
SCALE = 2.0
FORMS = (".svg", ".png")


def check_drawing(path: Path) -> None:
    """Refuse what `draw` cannot do, before anything is done for it.

    Args:
        path: the file that is to hold the chart; its suffix says in which form.

    Raises:
        InputError: when the suffix is another than .svg or .png, or the extra is not installed.
    """
    if path.suffix.lower() not in FORMS:
        raise InputError(f"{path}: a chart is written as .svg or .png; name such a file")
    if find_spec("vl_convert") is None:
        raise InputError(
            f"{path}: charts need the extra 'charts'; get it with: pip install 'detente[charts]'"
        )


def draw(spec: dict[str, Any], path: Path) -> bytes:
    """Return the chart in the form that the suffix of a path names; nothing is fetched.

    Args:
        spec: the specification.
        path: as in `check_drawing`.

    Raises:
        InputError: as `check_drawing`.
    """
    check_drawing(path)
    import vl_convert  # an extra

    alone: dict[str, Any] = {"vl_version": GRAMMAR, "allowed_base_urls": []}
    if path.suffix.lower() == ".png":
        return bytes(vl_convert.vegalite_to_png(spec, scale=SCALE, **alone))
    drawn: str = vl_convert.vegalite_to_svg(spec, **alone)
    # Vega names every mark, but not the picture
    name = f'<svg role="img" aria-label={quoteattr(str(spec["description"]))} '
    return drawn.replace("<svg ", name, 1).encode("utf-8")

"""The weights of the statistical helper: how often claims of a kind proved right."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field

from detente.lexicon.files import DATA, LexiconFile, load_file

__all__ = ["PLAUSIBILITY", "PlausibilityFile", "load_plausibility"]

PLAUSIBILITY = DATA / "plausibility.yaml"


class PlausibilityFile(LexiconFile):
    """The file plausibility.yaml, see tools/train_plausibility.py.

    Attributes:
        threshold: a claim that scores less is left out.
        intercept: the log odds of a claim without any of the features.
        weights: what each feature adds to them; what is not here adds nothing.
    """

    threshold: float = Field(ge=0, le=1)
    intercept: float
    weights: dict[str, float]


@cache
def load_plausibility(path: Path = PLAUSIBILITY) -> PlausibilityFile | None:
    """Load the weights, once per process; None where there are none, so that nothing is left out.

    Raises:
        LexiconError: names what is wrong in the file.
    """
    return load_file(path, PlausibilityFile)[0] if path.exists() else None

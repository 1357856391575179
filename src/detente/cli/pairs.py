"""``--pair A B``, which may be given several times."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from typer.core import TyperCommand

from detente.errors import InputError
from detente.model import Dyad
from detente.settings import Settings

__all__ = ["PairCommand", "pairs_of"]

# Between the two names of a pair while they are one word; no name has it in it.
_BETWEEN = "\x1f"


class PairCommand(TyperCommand):
    """A command with ``--pair A B``, since typer has no option of two words that repeats."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Make one word of the two names of each pair."""
        joined: list[str] = []
        left = list(args)
        while left:
            word = left.pop(0)
            joined.append(word)
            if word == "--pair" and len(left) > 1 and not left[1].startswith("-"):
                joined.append(_BETWEEN.join((left.pop(0), left.pop(0))))
        return super().parse_args(ctx, joined)


def pairs_of(words: Iterable[str], settings: Settings) -> list[Dyad]:
    """Return the pairs that the options name, each once, whichever way round.

    Raises:
        InputError: when a pair has no second name.
        UnknownActorError: when a name is unknown or ambiguous.
    """
    from detente.workflow import dyad_of  # loads the language tools

    found: list[Dyad] = []
    for word in words:
        first, between, second = word.partition(_BETWEEN)
        if not between:
            raise InputError(f"--pair {word}: name two countries, as in --pair Turkey Russia")
        dyad = dyad_of(first, second, settings=settings)
        if dyad not in found and dyad.reversed() not in found:
            found.append(dyad)
    return found

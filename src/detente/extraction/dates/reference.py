"""What words of time are read by: the day they are relative to, and the rules for their forms."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from detente.extraction.dates.intervals import Interval

__all__ = ["Direction", "Form", "NoAnchorError", "Reader", "Reference", "Rule"]


class NoAnchorError(ValueError):
    """Words that need a publication date to be read were met without one."""


class Direction(StrEnum):
    """On which side of the publication date words without a year are read."""

    PAST = "past"
    FUTURE = "future"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class Reference:
    """What relative words are relative to.

    Attributes:
        anchor: the day of publication, or None.
        direction: past, future or nearest.
        page: the day of a page that republishes the words, which are not younger.
    """

    anchor: date | None
    direction: Direction = Direction.PAST
    page: date | None = None

    @property
    def day(self) -> date:
        """The anchor.

        Raises:
            NoAnchorError: where there is none; it never becomes today.
        """
        if self.anchor is None:
            raise NoAnchorError
        return self.anchor

    @property
    def of_year(self) -> Reference:
        """What a day or month without a year is relative to.

        Words that a page republishes may have no day of publication of their own; their "21 July"
        is still the last one before the page's, or what they plan for August in the next.
        """
        if self.anchor is None and self.page is not None:
            ahead = self.direction is Direction.FUTURE
            return Reference(self.page, Direction.FUTURE if ahead else Direction.PAST)
        return self

    def choose(self, before: date, after: date) -> date:
        """Return the reading on the wanted side of the anchor.

        Args:
            before: the latest reading that is not after the anchor.
            after: the earliest reading that is not before it.
        """
        if self.direction is Direction.NEAREST:
            return before if self.day - before <= after - self.day else after
        return after if self.direction is Direction.FUTURE else before


# From how words fit their form, and what they are relative to, to the days they stand for.
Reader = Callable[[re.Match[str], Reference], Interval]
# A pattern and how it is read.
Form = tuple[str, Reader]


@dataclass(frozen=True, slots=True)
class Rule:
    """A form of words and how it is read.

    Attributes:
        pattern: the form; its named groups are what ``read`` looks at.
        read: from a match and a reference to an interval. Raises ValueError or OverflowError for
            a day that does not exist, NoAnchorError where a publication date is needed.
        doubtful: whether the form is a date only if the language model thinks so as well.
        needs: pieces of words without which no text holds the form; empty where none are known.
    """

    pattern: re.Pattern[str]
    read: Reader
    doubtful: bool = False
    needs: tuple[str, ...] = ()

"""Numbers in words and figures: "1.2 million", "two hundred and six", "tens of thousands"."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["RANGE_WORDS", "VAGUE", "NumberReader", "is_numeric"]

_SMALL = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_SCALES = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "million": 10**6}
_PLURALS = {f"{word}s": value for word, value in _SCALES.items()} | {"tens": 10}
# "dozens" and "several dozen" are two dozen at least.
_SEVERAL = 2
_DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_RANGE = re.compile(r"(\d{1,15})[-–](\d{1,15})")
_DASHES = frozenset({"-", "–", "—"})
# More people than there are: no number of people.
_MOST = 10**10

VAGUE = frozenset({"several", "few"})
RANGE_WORDS = frozenset({"to", "or"}) | _DASHES


def is_numeric(word: str) -> bool:
    """Whether a word in lower case is a number, or part of one."""
    return (
        word in _SMALL
        or word in _TENS
        or word in _SCALES
        or word in _PLURALS
        or bool(_DIGITS.fullmatch(word) or _RANGE.fullmatch(word))
        or _hyphenated(word) is not None
    )


def _hyphenated(word: str) -> int | None:
    tens, dash, unit = word.partition("-")
    return _TENS[tens] + _SMALL[unit] if dash and tens in _TENS and unit in _SMALL else None


class NumberReader:
    """Reads one number from words.

    Args:
        words: in lower case.
        at: where the number begins; afterwards, one past its last word.
    """

    def __init__(self, words: Sequence[str], at: int) -> None:
        self.words = words
        self.at = at
        self.open = False  # "dozens", "several hundred": only a lower bound
        self.round = False  # "a dozen", "a hundred": a round figure
        self._range: int | None = None

    def number(self) -> int | None:
        """Return the number, or None where the words hold none."""
        if self._word() in ("a", "an") and self._word(1) in VAGUE:
            self.at += 1
        several = self._word() in VAGUE
        if several or (self._word() in ("a", "an") and self._word(1) in _SCALES):
            self.round = not several
            self.at += 1
        half = self._word() == "half" and self._word(1) in ("a", "an")
        if half:
            self.round = True
            self.at += 2
        if several and self._word() not in _SCALES:
            return None
        value = self._plural()
        if value is None:
            value = self._figure()
        if value is None:
            return None
        self.open = self.open or several
        number = value * (_SEVERAL if several else 0.5 if half else 1)
        return round(number) if number < _MOST else None

    def upper(self, between: bool) -> int | None:
        """Return the other end of a range behind the number, or None."""
        if self._range is not None:
            return self._range
        word, begin, state = self._word(), self.at, (self.open, self.round)
        if not (word in RANGE_WORDS or (between and word == "and")):
            return None
        self.at += 1
        high = self.number()
        if high is None or self.open:
            self.at = begin
            self.open, self.round = state
            return None
        return high

    def more(self) -> bool:
        """Whether "or more" stands behind the number."""
        if self._word() == "or" and self._word(1) == "more":
            self.at += 2
            return True
        return False

    def _word(self, ahead: int = 0) -> str:
        at = self.at + ahead
        return self.words[at] if at < len(self.words) else ""

    def _plural(self) -> float | None:
        """Read "dozens" or "tens of thousands"."""
        scale = _PLURALS.get(self._word())
        if scale is None:
            return None
        self.open = True
        self.at += 1
        outer = _PLURALS.get(self._word(1)) if self._word() == "of" else None
        if outer is not None:
            self.at += 2
        return _SEVERAL * scale * (outer or 1)

    def _figure(self) -> float | None:
        """Read digits or number words with their scales: "1.2 million", "two hundred and six"."""
        total, current = 0.0, None
        begin = self.at
        while self.at < len(self.words):
            word = self._word()
            if (told := _RANGE.fullmatch(word)) and current is None:
                current, self._range = float(told[1]), min(int(told[2]), _MOST)
            elif _DIGITS.fullmatch(word) and current is None:
                current = float(word.replace(",", ""))
            elif (value := _hyphenated(word)) is not None and current is None:
                current = value
            elif word in _TENS and (current is None or current % 100 == 0):
                current = (current or 0) + _TENS[word]
                self.at += self._word(1) in _DASHES and self._word(2) in _SMALL
            elif word in _SMALL and (current is None or current % 10 == 0):
                current = (current or 0) + _SMALL[word]
            elif word in _SCALES:
                current = (1 if current is None else current) * _SCALES[word]
                self.round = self.round or word in ("dozen", "score")
                if _SCALES[word] >= _SCALES["thousand"]:
                    total, current = total + current, None
            elif word == "and" and current and current % 100 == 0 and self._goes_on():
                pass
            else:
                break
            self.at += 1
        return None if self.at == begin else total + (current or 0)

    def _goes_on(self) -> bool:
        """Whether "two hundred and" is followed by the rest of the number."""
        return self._word(-1) == "hundred" and self._word(1) in (_SMALL.keys() | _TENS.keys())

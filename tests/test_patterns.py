"""No regular expression that sees the text of documents takes more than in step with its length.

Each is tried on runs of letters, blanks and marks, and on text made from its own parts: what leads
to a repetition, then what is repeated, thousands of times, then what cannot follow.
"""

from __future__ import annotations

import ast
import re
import time

import pytest

from detente.lexicon.segments import LONGEST_LOOKED_AT, load_segment_cues
from patterns import attacks, calls, patterns

# How a pattern is used where it is not searched in text of any length: the function, and the
# longest text that its caller lets through.
USES = {
    "detente.lexicon.outlets._ADDRESS": ("fullmatch", 300),
    "detente.lexicon.outlets._VIA": ("finditer", 300),
    "detente.lexicon.days._ISO": ("fullmatch", 80),
    "detente.lexicon.days._DAY_FIRST": ("fullmatch", 80),
    "detente.lexicon.days._MONTH_FIRST": ("fullmatch", 80),
    "detente.lexicon.days._SHORT": ("fullmatch", 80),
    "detente.extraction.repair._SHORT": ("fullmatch", None),
    "detente.briefing.linter._BASED": ("finditer", 400),  # the brief's own sentence of confidence
    # in a page of at most MOST_TAGS tags, each looked at for MOST_ATTRIBUTES attributes
    "detente.reading.html._CROWDED_TAG": ("finditer", 4000),
}
CUES = "segment cues"  # matched at the start of a line, see below
SIZE = 2000
ALLOWED = 0.05  # seconds, for text of the longest size that is let through
# A text four times as long takes four times the time; where the growth is quadratic, sixteen.
STEEP = 9.0
NOTICED = 0.003
# Seconds for a character: alternatives of many days and months take a fifth of it.
SLOWEST = 15e-6

PATTERNS = {place: one for place, one in patterns().items() if not place.startswith(CUES)}


def seconds(pattern, text, function="finditer", *, tries=3):
    subject = text if isinstance(pattern.pattern, str) else text.encode()
    best = float("inf")
    for _ in range(tries):
        begin = time.perf_counter()
        found = getattr(pattern, function)(subject)
        if function == "finditer":
            for _ in found:
                pass
        best = min(best, time.perf_counter() - begin)
        if best < NOTICED:
            break
    return best


def steep(pattern, function="finditer"):
    """Return the text on which a pattern grows steeper than in step with its length, or None."""
    for size in (*range(12, 68, 4), 128, 256, 512, 1024):  # what would not end at larger sizes
        for text in attacks(pattern, size):
            if seconds(pattern, text, function) > 3 * NOTICED + size * SLOWEST:
                return text
    for small, large in zip(attacks(pattern, SIZE), attacks(pattern, 4 * SIZE), strict=True):
        if seconds(pattern, large, function) > NOTICED and _grows(pattern, small, large, function):
            return large
    return None


def _grows(pattern, small, large, function):
    """Whether the larger text takes far more; measured anew, since other work disturbs a clock."""
    for _ in range(3):
        took = min(seconds(pattern, small, function) for _ in range(3))
        if seconds(pattern, large, function) < STEEP * max(took, NOTICED / 30):
            return False
    return True


@pytest.mark.parametrize("place", PATTERNS)
def test_a_pattern_takes_time_in_step_with_the_length_of_the_text(place):
    pattern = PATTERNS[place]
    function, longest = USES.get(place, ("finditer", None))
    if longest is None:
        text = steep(pattern, function)
        assert text is None, f"{text[:80]!r}... of {len(text)} characters"
    else:
        for text in attacks(pattern, longest):
            assert seconds(pattern, text, function) < ALLOWED, text[:80]


def test_a_line_is_looked_at_for_cues_in_little_time():
    cues = load_segment_cues()
    texts = {text.lstrip() for _, one in cues._compiled for text in attacks(one, LONGEST_LOOKED_AT)}
    assert len(texts) > 300
    for text in texts:
        took = []
        for _ in range(3):
            begin = time.perf_counter()
            cues.match(text)
            took.append(time.perf_counter() - begin)
        assert min(took) < ALLOWED / 5, text[:80]


@pytest.mark.parametrize(
    "pattern", [r"\s+$", r"“[^”]+”", r"(?:a+)+,", r"a*a*b", r"\w+@", "(?:a|b|ab)*c"]
)
def test_a_pattern_that_blows_up_is_found(pattern):
    assert steep(re.compile(pattern)) is not None


def test_all_patterns_are_found():
    assert len(PATTERNS) > 150
    places = " ".join(PATTERNS)
    for room in ("reading", "extraction", "lexicon", "resolution", "briefing"):
        assert f"detente.{room}." in places or f"{room}/" in places


def test_a_pattern_made_in_a_call_is_one_that_can_be_read_there():
    made = {path for path, node in calls() if not isinstance(node.args[0], ast.Constant)}
    assert made == {"resolution/accounts.py"}  # names of outlets, escaped, between fixed words

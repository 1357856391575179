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
    # in a page of at most MOST_TAGS tags, each looked at for MANY_ATTRIBUTES attributes
    "detente.reading.html._CROWDED_TAG": ("finditer", 4000),
    "detente.reading.html._OVERCROWDED_TAG": ("match", None),
    # in step with the text from 2,000 characters on, which is the longest quotation
    "detente.resolution.texts._QUOTED": ("finditer", 8000),
}
CUES = "segment cues"  # matched at the start of a line, see below
SIZE = 2000
ALLOWED = 0.1  # seconds, for text of the longest size that is let through
# A text four times as long takes four times the time; where the growth is quadratic, sixteen.
STEEP = 9.0
NOTICED = 0.003
# Seconds for a character: alternatives of many days and months take a fifth of it.
SLOWEST = 15e-6

PATTERNS = {place: one for place, one in patterns().items() if not place.startswith(CUES)}


def seconds(pattern, text, function="finditer"):
    """Seconds of the processor, which other work does not count into."""
    subject = text if isinstance(pattern.pattern, str) else text.encode()
    begin = time.thread_time()
    found = getattr(pattern, function)(subject)
    if function == "finditer":
        for _ in found:
            pass
    return time.thread_time() - begin


def steep(pattern, function="finditer"):
    """Return the text on which a pattern grows steeper than in step with its length, or None."""
    for size in (12, 16, 20, 24, 28, 32, 48, 64, 128, 256, 512, 1024):  # what would not end below
        for text in attacks(pattern, size):
            allowed = 3 * NOTICED + size * SLOWEST
            if all(seconds(pattern, text, function) > allowed for _ in range(3)):
                return text
    for small, large in zip(attacks(pattern, SIZE), attacks(pattern, 4 * SIZE), strict=True):
        took = seconds(pattern, large, function)
        if took > NOTICED and all(grows(pattern, small, large, function) for _ in range(4)):
            return large
    return None


def grows(pattern, small, large, function):
    base = seconds(pattern, small, function)
    return seconds(pattern, large, function) > STEEP * max(base, NOTICED / 30)


@pytest.mark.parametrize("place", PATTERNS)
def test_a_pattern_takes_time_in_step_with_the_length_of_the_text(place):
    pattern = PATTERNS[place]
    function, longest = USES.get(place, ("finditer", None))
    if longest is None:
        text = steep(pattern, function)
        assert text is None, f"{text[:80]!r}... of {len(text)} characters"
    else:
        for text in attacks(pattern, longest):
            took = min(seconds(pattern, text, function) for _ in range(2))
            assert took < ALLOWED, text[:80]


def test_a_line_is_looked_at_for_cues_in_little_time():
    cues = load_segment_cues()
    texts = {text.lstrip() for _, one in cues._compiled for text in attacks(one, LONGEST_LOOKED_AT)}
    assert len(texts) > 300
    for text in texts:
        took = []
        for _ in range(3):
            begin = time.thread_time()
            cues.match(text)
            took.append(time.thread_time() - begin)
        assert min(took) < ALLOWED / 10, text[:80]


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

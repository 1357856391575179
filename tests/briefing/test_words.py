"""Words for dates, likelihoods, sides, and text that is safe to show."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.briefing.words import (
    LABELS,
    date_words,
    likelihood,
    listed,
    plural,
    printable,
    side_words,
)
from detente.model import Actor, Label

# Both rows of the yardstick of ICD 203; a product keeps to one.
FIRST_ROW = (
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certain",
)


@pytest.mark.parametrize(
    ("probability", "term"),
    [
        (0.01, FIRST_ROW[0]),
        (0.06, FIRST_ROW[1]),
        (0.21, FIRST_ROW[2]),
        (0.5, FIRST_ROW[3]),
        (0.56, FIRST_ROW[4]),
        (0.81, FIRST_ROW[5]),
        (0.96, FIRST_ROW[6]),
    ],
)
def test_terms_of_the_yardstick(probability, term):
    assert likelihood(probability) == term


@given(st.floats(0, 1), st.floats(0, 1))
def test_likelihood_comes_from_one_row_and_never_falls(some, other):
    low, high = sorted((some, other))
    assert FIRST_ROW.index(likelihood(low)) <= FIRST_ROW.index(likelihood(high))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2015-11-24", "2015-11-24", "24 November 2015"),
        ("2015-11-24", "2015-11-26", "24 to 26 November 2015"),
        ("2015-11-24", "2015-12-02", "24 November 2015 to 2 December 2015"),
        ("2015-11-01", "2015-11-30", "November 2015"),
        ("2016-02-01", "2016-02-29", "February 2016"),
        ("2015-11-01", "2015-12-31", "November to December 2015"),
        ("2015-11-01", "2016-01-31", "November 2015 to January 2016"),
        ("2015-01-01", "2015-12-31", "2015"),
        ("2015-11-24", None, "from 24 November 2015"),
        (None, "2015-11-24", "by 24 November 2015"),
        (None, None, "date unknown"),
    ],
)
def test_dates_in_words(first, last, words):
    days = [date.fromisoformat(day) if day else None for day in (first, last)]
    assert date_words(*days) == words


@given(st.none() | st.dates(), st.none() | st.dates())
def test_every_range_has_words(some, other):
    first, last = (some, other) if not (some and other) else sorted((some, other))
    words = date_words(first, last)
    for day in (first, last):
        assert day is None or str(day.year) in words


def test_lists_in_words():
    assert listed(()) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(list("abcdef")) == "a, b, c, d and 2 more"
    assert plural(1, "report") == "1 report"
    assert plural(0, "report") == "0 reports"


def test_sides_gather_the_sectors_of_a_country():
    actors = (
        Actor(country="TUR", sector="GOV"),
        Actor(country="TUR", sector="MIL"),
        Actor(country="TUR", sector="COP"),
        Actor(name="the rebels"),
    )
    assert side_words(actors, {"TUR": "Turkey"}) == ("Turkey (military, police)", "the rebels")


def test_labels_are_all_ranked():
    assert sorted(LABELS) == sorted(Label)


@given(st.text())
def test_what_is_shown_prints(text):
    shown = printable(text)
    assert shown.isprintable()
    assert len(shown) == len(text)
    assert printable(shown) == shown


@pytest.mark.parametrize("text", ["a\x1b[31mb", "a\x9bb", "a‮b", "a\u2028b", "a\x00b", "a\rb"])
def test_what_acts_on_a_terminal_is_gone(text):
    assert not {"\x1b", "\x9b", "‮", "\u2028", "\x00", "\r"} & set(printable(text))

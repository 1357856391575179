import time
from datetime import date

import pytest
from pydantic import ValidationError

from detente.lexicon.days import last_such_day, read_day
from detente.lexicon.segments import Cue, load_segment_cues
from detente.model import SegmentKind

CUES = load_segment_cues()


@pytest.mark.parametrize("cue", CUES.cues, ids=lambda cue: cue.cue)
def test_a_cue_matches_its_examples_and_not_the_others(cue):
    for example in cue.examples:
        found = CUES.match(example, line=cue.line)
        assert found is not None, example
        assert found.cue.kind is cue.kind, (example, found.cue.cue)
    for example in cue.counter_examples:
        found = CUES.match(example)
        assert found is None or found.cue.cue != cue.cue, example


def test_names_are_unique():
    names = [cue.cue for cue in CUES.cues]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "unit", ["a ", "A", "A ", "1. ", "A, ", "(", "The following ", "x-", "A-B "]
)
def test_cues_take_linear_time_on_hostile_lines(unit):
    line = unit * (200_000 // len(unit))
    start = time.perf_counter()
    CUES.match(line)
    assert time.perf_counter() - start < 0.5


def test_what_a_reprint_line_states():
    found = CUES.match("The following was published by the Example Post on 21 July 2016:")
    assert found is not None
    assert found.cue.kind is SegmentKind.REPRINT
    assert found.published == date(2016, 7, 21)


def test_headers_need_a_blank_line_and_nothing_else():
    text = "Outlet: The Example Post\nPublished: 3 May 2016\n\nThe port opened."
    headers = CUES.headers(text)
    assert [(h.field, h.value) for h in headers] == [
        ("outlet", "The Example Post"),
        ("published", "3 May 2016"),
    ]
    assert text[headers[1].start : headers[1].end] == "Published: 3 May 2016"
    assert CUES.headers("Outlet: The Example Post\nThe port opened.\n\nMore.") == ()
    assert CUES.headers("Outlet: The Example Post") == ()


def test_an_entry_with_a_broken_pattern_is_refused():
    with pytest.raises(ValidationError, match="not a regular expression"):
        Cue(cue="x", kind="body", pattern="(", examples=("x",))


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ("post-comments__list", SegmentKind.COMMENT),
        ("commentList", SegmentKind.COMMENT),
        ("site-footer", SegmentKind.BOILERPLATE),
        ("commentary", None),
        ("shareholders", None),
        ("", None),
    ],
)
def test_markup_kind(names, kind):
    assert CUES.markup_kind(names) is kind


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2015-11-24", date(2015, 11, 24)),
        ("2015-11-24T23:30:00+05:00", date(2015, 11, 24)),
        ("2015-11-24T23:30", date(2015, 11, 24)),
        ("2015-11-24 23:30:00.123Z", date(2015, 11, 24)),
        ("20151124", date(2015, 11, 24)),
        ("Tue, 24 Nov 2015 23:30:00 GMT", date(2015, 11, 24)),
        ("Tue, 24 Nov 2015 23:30:00 +0300", date(2015, 11, 24)),
        ("24 November 2015", date(2015, 11, 24)),
        ("24th November, 2015", date(2015, 11, 24)),
        ("Nov 24, 2015", date(2015, 11, 24)),
        ("Nov. 24, 2015 at 3:14 pm", date(2015, 11, 24)),
        ("Tuesday, November 24, 2015", date(2015, 11, 24)),
        ("2016-02-30", None),
        ("31 November 2015", None),
        ("11/12/2015", None),
        ("yesterday", None),
        ("November 2015", None),
        ("2015", None),
        ("24 November", None),
        ("2015-11-24 to 2015-11-26", None),
        ("", None),
        ("1" * 10_000, None),
    ],
)
def test_read_day(stated, day):
    assert read_day(stated) == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Friday 22 July", date(2016, 7, 22)),
        ("Fri. July 22", date(2016, 7, 22)),
        ("July 22", date(2016, 7, 22)),
        ("22nd July", date(2016, 7, 22)),
        ("July 26", date(2016, 7, 26)),
        ("July 27", date(2015, 7, 27)),
        ("29 February", date(2016, 2, 29)),
        ("Friday", date(2016, 7, 22)),
        ("Tuesday", date(2016, 7, 26)),
        ("Monday 22 July", None),
        ("31 February", None),
        ("22 July 2016", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_day_without_a_year_is_the_last_one_before_the_page(words, day):
    assert last_such_day(words, date(2016, 7, 26)) == day


@pytest.mark.parametrize(
    "line",
    [
        "The following report was published on Friday 22 July by the Example Post:",
        "The following was published by the Example Post on Friday:",
        "The following was published by the Example Post on July 22:",
        "This article first appeared in the Example Post on 22 July.",
    ],
)
def test_a_stated_day_without_a_year_counts_on_a_page_of_a_day(line):
    found = CUES.on(date(2016, 7, 26)).match(line)
    assert found is not None
    assert (found.outlet, found.published) == ("Example Post", date(2016, 7, 22))
    undated = CUES.match(line)
    assert undated is not None
    assert undated.published is None


def test_a_dateline_has_its_day():
    found = CUES.on(date(2016, 7, 26)).match("SZOHOD, July 25 (AP) - The port is shut.")
    assert found is not None
    assert found.published == date(2016, 7, 25)

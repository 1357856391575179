"""What time expressions mean: the words alone, without syntax."""

from datetime import date
from time import perf_counter

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.extraction.dates import time_expressions
from detente.extraction.dates.intervals import Granularity
from detente.extraction.dates.reference import Direction, Reference
from detente.extraction.dates.time_expressions import scan

MONDAY = date(2016, 7, 25)


def edtf_of(text, direction=Direction.PAST, anchor=MONDAY):
    return [one.interval(Reference(anchor, direction)).edtf for one in scan(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoys met on Monday.", "2016-07-25"),
        ("The envoys met last Monday.", "2016-07-18"),
        ("The envoys met on Tuesday evening.", "2016-07-19"),
        ("The envoys met on Sunday.", "2016-07-24"),
        ("The embassy closed in November 2015.", "2015-11"),
        ("Shots were heard on the night to July 16.", "2016-07-15/2016-07-16"),
        ("Shots were heard on the night of July 15.", "2016-07-15/2016-07-16"),
        ("Shots were heard on the night of July 15-16.", "2016-07-15/2016-07-16"),
        ("Shots were heard overnight.", "2016-07-24/2016-07-25"),
        ("Shots were heard overnight to Friday.", "2016-07-21/2016-07-22"),
        ("Shots were heard last night.", "2016-07-24/2016-07-25"),
        ("He left over ten days ago.", "../2016-07-14"),
        ("He left more than a year ago.", "../2015-07-24"),
        ("He left at least two months ago.", "../2016-05-25"),
        ("He left less than three days ago.", "2016-07-23/2016-07-25"),
        ("He left nearly ten days ago.", "2016-07-15~"),
        ("He left three days ago.", "2016-07-22"),
        ("He left two weeks ago.", "2016-07-11~"),
        ("He left three months ago.", "2016-04~"),
        ("He left four years ago.", "2012~"),
        ("He left a few months ago.", "2016-01~/2016-05~"),
        ("The dispute began in late 1947.", "1947-09/1947-12"),
        ("The dispute began in early May.", "2016-05-01/2016-05-10"),
        ("The dispute began in the first week of July.", "2016-07-01/2016-07-07"),
        ("The dispute began in the last week of May.", "2016-05-25/2016-05-31"),
        ("The dispute began in mid-2014.", "2014-05/2014-08"),
        ("The dispute began at the end of July 2015.", "2015-07-26/2015-07-31"),
        ("The dispute began in the 1990s.", "199X"),
        ("The dispute began in the early 1990s.", "1990/1993"),
        ("The dispute began in the 19th century.", "1801/1900"),
        ("The dispute began in the twentieth century.", "1901/2000"),
        ("The jet fell on 24 November.", "2015-11-24"),
        ("The jet fell on Nov. 24.", "2015-11-24"),
        ("The jet fell on Tuesday, November 24, 2015.", "2015-11-24"),
        ("The jet fell on the 24th of November 2015.", "2015-11-24"),
        ("The jet fell on 2015-11-24.", "2015-11-24"),
        ("The jet fell on 24.11.2015.", "2015-11-24"),
        ("The jet fell on 11/24/2015.", "2015-11-24"),
        ("Trade shrank over the past two years.", "2014-07-25~/2016-07-25~"),
        ("Trade shrank in the last three days.", "2016-07-22/2016-07-25"),
        ("Trade shrank in recent weeks.", "2016-05-23~/2016-07-25~"),
        ("Trade shrank last year.", "2015"),
        ("Trade shrank last month.", "2016-06"),
        ("Trade shrank last week.", "2016-07-18/2016-07-24"),
        ("Trade shrank last quarter.", "2016-04/2016-06"),
        ("Trade shrank earlier this month.", "2016-07-01/2016-07-25"),
        ("Trade shrank last November.", "2015-11"),
        ("Trade shrank last summer.", "2015-22"),
        ("Trade shrank in the winter of 2014.", "2014-24"),
        ("Trade shrank in May.", "2016-05"),
        ("Trade shrank from 3 to 5 May.", "2016-05-03/2016-05-05"),
        ("Trade shrank on July 15-16.", "2016-07-15/2016-07-16"),
        ("Trade shrank between June and August 2015.", "2015-06/2015-08"),
        ("Trade shrank from Monday to Wednesday.", "2016-07-18/2016-07-20"),
        ("Trade shrank in 2014-2015.", "2014/2015"),
        ("The border has been shut since Tuesday.", "2016-07-19/2016-07-25"),
        ("The border has been shut since 2014.", "2014-01-01/2016-07-25"),
        ("The border was shut until 15 July.", "../2016-07-15"),
        ("The border was shut before 15 July.", "../2016-07-14"),
        ("The border was shut yesterday.", "2016-07-24"),
        ("The border was shut the day before yesterday.", "2016-07-23"),
        ("The border was shut this morning.", "2016-07-25"),
        ("The border was shut over the weekend.", "2016-07-23/2016-07-24"),
        ("The border was shut on Saturday and Sunday.", "2016-07-23/2016-07-24"),
        ("The border was shut in May and June.", "2016-05/2016-06"),
        ("The border was shut in May and June 2014.", "2014-05/2014-06"),
        ("The border was shut in 2014 and 2015.", "2014/2015"),
        ("The border was shut in May last year.", "2015-05"),
        ("The border was shut on 3 May of last year.", "2015-05-03"),
        ("The border was shut last December 23.", "2015-12-23"),
        ("The border was shut in the third quarter of 2015.", "2015-07/2015-09"),
        ("The border was shut in Q3 2015.", "2015-07/2015-09"),
        ("The border was shut in the week of July 13.", "2016-07-11/2016-07-17"),
        ("The border was shut in the week to July 16.", "2016-07-10/2016-07-16"),
        ("The border was shut the week beginning 11 July.", "2016-07-11/2016-07-17"),
        ("The border was shut later in June.", "2016-06-16/2016-06-30"),
        ("The border was shut some three weeks ago.", "2016-07-04~"),
    ],
)
def test_past(text, expected):
    assert edtf_of(text) == [expected]
    assert parse_edtf(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They will meet on Friday.", "2016-07-29"),
        ("They will meet on Monday.", "2016-07-25"),
        ("They will meet next Monday.", "2016-08-01"),
        ("They will meet on 9 August.", "2016-08-09"),
        ("They will meet in August.", "2016-08"),
        ("They will meet tomorrow.", "2016-07-26"),
        ("They will meet in two days.", "2016-07-27"),
        ("They will meet by 9 August.", "2016-07-25/2016-08-09"),
        ("They will meet later this year.", "2016-07-25/2016-12-31"),
        ("They will meet early next week.", "2016-08-01/2016-08-02"),
        ("They will meet from July 30 to August 2.", "2016-07-30/2016-08-02"),
        ("They will meet next spring.", "2017-21"),
        ("They will meet in the coming days.", "2016-07-25~/2016-08-05~"),
    ],
)
def test_future(text, expected):
    assert edtf_of(text, Direction.FUTURE) == [expected]
    assert parse_edtf(expected)


@pytest.mark.parametrize(
    "text",
    [
        "May said the border may open.",
        "Troops march on; the march ended.",
        "The second man sat in the sun.",
        "A Sun reporter and a Sat nav.",
        "Some 2000 soldiers and 1,500 others.",
        "The fall of the city surprised Rome.",
        "Wed to the idea, they jan and dec.",
        "Markets fell 5.5 percent to 1,914.25.",
        "The ratio is 24/7.",
        "Flight 1984 left gate 12.",
    ],
)
def test_no_date(text):
    assert edtf_of(text) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("It ended two days later.", "another event"),
        ("It ended the next day.", "another event"),
        ("It ended on Christmas Day.", "holiday"),
        ("It ended in the following weeks.", "another event"),
        ("It ended at the turn of the century.", "no bounds"),
        ("It ended on 4/5/2016.", "told apart"),
        ("It ended on 30 February 2015.", "no day of the calendar"),
    ],
)
def test_unresolved_with_reason(text, reason):
    (found,) = scan(text)
    interval = found.interval(Reference(MONDAY))
    assert interval.edtf is None
    assert reason in (interval.reason or "")


def test_two_days_apart_say_that_others_lie_between():
    (found,) = scan("It was shut on Monday and Friday.")
    interval = found.interval(Reference(MONDAY))
    assert interval.edtf == "2016-07-18/2016-07-22"
    assert "between" in (interval.reason or "")


def test_words_that_a_page_republishes_have_its_year_and_no_more():
    page = Reference(None, page=MONDAY)
    expected = {"It fell on 24 November.": "2015-11-24", "It fell in May.": "2016-05"}
    for text, edtf in expected.items():
        (found,) = scan(text)
        assert found.interval(page).edtf == edtf
    (friday,) = scan("It fell on Friday.")
    assert friday.interval(page).edtf is None


def test_durations_say_how_long():
    (found,) = scan("It fell in two weeks.")
    assert found.interval(Reference(MONDAY)).granularity is Granularity.DURATION


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell on Monday.", None),
        ("It fell last year.", None),
        ("It fell on 24 November.", None),
        ("It fell on 24 November 2015.", "2015-11-24"),
        ("It fell in 1947.", "1947"),
        ("It has lasted since 2014.", "2014-01-01/.."),
    ],
)
def test_without_an_anchor_nothing_becomes_today(text, expected):
    assert edtf_of(text, anchor=None) == [expected]


PIECES = st.sampled_from(
    "the night to of over ten days ago Monday July 16 - 15 2016 since until by before after last "
    "next past two years few weeks early late mid end of month 1990s century , . / 31 February "
    "overnight between and from in 0 9999 decade hours spring Christmas the May Tuesday Q3 quarter "
    "week beginning today tomorrow weekend ago this later earlier 2015 00s second third".split()
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(PIECES, max_size=14).map(" ".join),
    st.sampled_from(Direction),
    st.one_of(st.none(), st.dates()),
)
def test_any_words_give_ordered_days_and_valid_edtf(text, direction, anchor):
    ends = 0
    for one in scan(text):
        assert ends <= one.start < one.end <= len(text)
        ends = one.end
        interval = one.interval(Reference(anchor, direction))
        if interval.first and interval.last:
            assert interval.first <= interval.last
        assert (interval.edtf is None) == (interval.first is None and interval.last is None)
        if interval.edtf:
            assert parse_edtf(interval.edtf)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14).map(" ".join))
def test_what_a_form_needs_is_in_all_that_it_matches(text):
    quick = [(one.start, one.end, one.rule.read) for one in scan(text)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time_expressions, "_GROUPED", (((), time_expressions._RULES),))
        slow = [(one.start, one.end, one.rule.read) for one in scan(text)]
    assert quick == slow


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_scanned(text):
    scan(text)


def test_time_is_linear():
    piece = "from the night to the past two years since by before 15-16 - July of early "
    start = perf_counter()
    scan(piece * 100)
    once = perf_counter() - start
    start = perf_counter()
    scan(piece * 400)
    assert perf_counter() - start < 16 * once + 0.5

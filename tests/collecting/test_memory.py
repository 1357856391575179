"""What is remembered from round to round."""

from __future__ import annotations

import json

import pytest

from detente.collecting.entries import Entry
from detente.collecting.fetching import Validators
from detente.collecting.memory import MOST_TRIES, REVISIT, Memory

NOW = 1_448_500_000.0


def test_an_entry_is_wanted_until_it_is_taken():
    memory = Memory()
    entry = Entry(link="http://news.example/a")
    assert memory.wants(entry, NOW) and memory.wants(entry, NOW)
    memory.took(entry, NOW)
    assert not memory.wants(entry, NOW + 60)


def test_a_change_that_is_stated_is_asked_for_but_not_at_once():
    memory = Memory()
    link = "http://news.example/a"
    memory.took(Entry(link=link, stamp="1"), NOW)
    changed = Entry(link=link, stamp="2")
    assert not memory.wants(changed, NOW + REVISIT - 1)
    assert memory.wants(changed, NOW + REVISIT)
    assert not memory.wants(Entry(link=link, stamp="1"), NOW + REVISIT)


def test_a_page_is_given_up_after_some_tries():
    memory = Memory()
    entry = Entry(link="http://news.example/a")
    assert [memory.failed(entry, NOW) for _ in range(MOST_TRIES)] == [False, False, True]


def test_a_source_that_fails_is_asked_less_and_less_and_at_least_once_a_day():
    memory = Memory()
    pauses = [memory.source_failed("u", "no", NOW, None) for _ in range(40)]
    assert pauses[:4] == [900, 1800, 3600, 7200]
    assert pauses[-1] == max(pauses) == 86_400
    assert memory.sources["u"].due == NOW + 86_400
    memory.source_gave("u", Validators("e", "m"))
    assert memory.sources["u"].due == 0 and memory.sources["u"].failures == 0


def test_a_host_that_wants_a_longer_pause_gets_it():
    assert Memory().source_failed("u", "no", NOW, 5000.0) == 5000.0


def test_what_is_remembered_survives_being_written():
    memory = Memory()
    memory.took(Entry(link="http://news.example/a", stamp="ü"), NOW)
    memory.source_gave("u", Validators("e", "m"))
    memory.source_failed("v", "no", NOW, None)
    memory.files["reports/a.txt"] = "1-2"
    again = Memory.of(json.loads(json.dumps(memory.record(NOW))))
    assert again == memory


def test_what_nobody_lists_any_more_is_forgotten_after_a_week():
    memory = Memory()
    entry = Entry(link="http://news.example/a")
    memory.took(entry, NOW)
    assert memory.record(NOW + 6 * 86_400)["entries"]
    assert not memory.record(NOW + 8 * 86_400)["entries"]


@pytest.mark.parametrize(
    "record", [{}, {"sources": [], "entries": {}, "files": {}}, {"sources": {"u": {"x": 1}}}]
)
def test_what_is_no_memory_is_refused(record):
    with pytest.raises((KeyError, TypeError, AttributeError)):
        Memory.of(record)

"""What one document may cost: over a limit it is told in one line, and the rest is read."""

from __future__ import annotations

import json
import threading
import time
from datetime import date

import pytest
from benchmarks.fuzz import broken_law
from benchmarks.nasty import CASES, Case, mutated
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.errors import StoreError
from detente.model import Document
from detente.reading import READERS, Problem, pieces, read, records
from detente.reading.limits import MOST_ATTRIBUTES, OutOfTimeError, time_limit

WORDS = "The minister of Turkey met the envoy of Russia in the port on Monday."
PARAGRAPH = f"<p>{WORDS}</p>"


def run(path, data):
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read([path], today=date(2026, 1, 2)))


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<div>" * 300 + PARAGRAPH, "256 elements in each other"),
        ("<div>" * 50_000 + PARAGRAPH, "elements in each other"),
        ("<table><tr><td>" * 90 + PARAGRAPH, "elements in each other"),
        ("<b>x</b>" * 100_001 + PARAGRAPH, "100,000 tags"),
        ("<p " + " ".join(f"a{n}=1" for n in range(MOST_ATTRIBUTES + 1)) + ">", "a tag with more"),
        (
            "<p a='>'" + "".join(f"a{n}='1'" for n in range(MOST_ATTRIBUTES)) + ">",
            "a tag with more",
        ),
        ("<p " + "a/b\n" * 300_000 + ">" + PARAGRAPH, "a tag with more"),
        (f"<p {'a=1 ' * 1000}>" * 21 + WORDS, "20 tags with 1,000 attributes"),
    ],
)
def test_pages_over_a_limit_are_told_at_once(tmp_path, page, reason):
    begin = time.process_time()
    (found,) = run(tmp_path / "a.html", page)
    assert reason in found.reason
    assert time.process_time() - begin < 3


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 200 + PARAGRAPH,
        f"<p {'a=1 ' * 900}>{WORDS}",
        f"<script>{'if (a<b && c) ' * 1500}</script>{PARAGRAPH}",
        f"<img src='data:image/png;base64,{'A' * 1_000_000}'>{PARAGRAPH}",
        f"<p class='{'a ' * 100_000}'>{WORDS}</p>",
    ],
)
def test_pages_within_the_limits_are_read(tmp_path, page):
    (found,) = run(tmp_path / "a.html", page)
    assert WORDS in found.text


def test_a_row_without_end_costs_itself_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "LARGEST_DOCUMENT", 100_000)
    long = b'"' + b"many words \n" * 10_000 + b'"\n'
    found = run(tmp_path / "a.csv", f"text\n{WORDS}\n".encode() + long + f"{WORDS} Two.\n".encode())
    texts = [one.text for one in found if isinstance(one, Document)]
    assert texts[0] == WORDS and f"{WORDS} Two." in texts[-1]
    assert any("a row longer than" in one.reason for one in found if isinstance(one, Problem))


def test_a_document_that_takes_too_long_is_told_and_the_next_is_read(tmp_path, monkeypatch):
    finish = pieces.finish

    def slow(draft, *arguments, **options):
        while "slow" in draft.text:
            pass
        yield from finish(draft, *arguments, **options)

    monkeypatch.setattr(pieces, "finish", slow)
    monkeypatch.setattr(pieces, "MOST_SECONDS", 0.2)
    lines = [json.dumps({"text": text}) for text in (WORDS, f"slow {WORDS}", f"{WORDS} Two.")]
    found = run(tmp_path / "a.jsonl", "\n".join(lines))
    assert [type(one) for one in found] == [Document, Problem, Document]
    assert "seconds to read" in found[1].reason and found[1].where.endswith(":2")


def test_what_breaks_one_record_breaks_no_other(tmp_path, monkeypatch):
    finish = pieces.finish

    def broken(draft, *arguments, **options):
        if "deep" in draft.text:
            raise RecursionError
        if "odd" in draft.text:
            raise KeyError("two\nlines")
        yield from finish(draft, *arguments, **options)

    monkeypatch.setattr(pieces, "finish", broken)
    lines = [json.dumps({"text": f"{text} {WORDS}"}) for text in ("a", "deep", "odd", "b")]
    found = run(tmp_path / "a.jsonl", "\n".join(lines))
    assert [type(one) for one in found] == [Document, Problem, Problem, Document]
    assert "nested too deep" in found[1].reason and "\n" not in found[2].reason


def test_a_store_that_refuses_bytes_ends_the_run(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(WORDS)

    def refuse(_piece):
        raise StoreError("the disk is full")

    with pytest.raises(StoreError):
        list(read([path], keep=refuse))


def test_the_limit_on_time_is_of_the_main_thread_and_leaves_nothing_behind():
    with pytest.raises(OutOfTimeError), time_limit(0.1):
        while True:
            pass
    with time_limit(0.05):
        pass
    until = time.process_time() + 0.15
    while time.process_time() < until:  # nothing comes after the limit was left
        pass
    done = []

    def work():
        with time_limit(0.01):
            end = time.process_time() + 0.05
            while time.process_time() < end:
                pass
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_every_reader_has_nasty_files():
    tried = {case.suffix for case in CASES}
    assert all(tried & set(reader.suffixes) for reader in READERS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nasty_files_are_sound_enough_to_be_read(case: Case, tmp_path):
    found = [one for seed in case.seeds for one in run(tmp_path / f"a{case.suffix}", seed)]
    assert sum(isinstance(one, Document) for one in found) >= len(case.seeds) // 2


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(number=st.integers(10**6, 10**9))  # others than those of the benchmark
def test_no_mutation_breaks_a_reader(case: Case, tmp_path, number):
    suffix, data = mutated(case, number)
    for found in run(tmp_path / f"a{suffix}", data):
        assert broken_law(found) is None
        assert "cannot be read: AttributeError" not in str(found)  # a fault of our own


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_pieces_of_the_format_break_a_reader(case: Case, tmp_path, data):
    parts = st.sampled_from((*case.words, *case.seeds)) | st.binary(max_size=20)
    content = b"".join(data.draw(st.lists(parts, max_size=8)))
    for found in run(tmp_path / f"a{case.suffix}", content):
        assert broken_law(found) is None

"""Digests: equal content, equal id; nothing collides by being joined."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.model import EventType, Span, digest

SCALARS = st.one_of(st.none(), st.text(max_size=6))
NESTED = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=6)


@given(st.lists(NESTED, max_size=4), st.lists(NESTED, max_size=4))
def test_digests_are_equal_exactly_when_the_parts_are(some, others):
    assert (digest(*some) == digest(*others)) is (some == others)


@pytest.mark.parametrize(
    ("some", "others"),
    [
        (("ab", "c"), ("a", "bc")),
        (("a.b",), ("a", "b")),
        ((None,), ("",)),
        ((None,), ("n;",)),
        ((("a", "b"), "c"), (("a",), "b", "c")),
        (((),), ()),
        (("1:a",), ("a",)),
    ],
)
def test_parts_that_look_alike_when_joined_differ(some, others):
    assert digest(*some) != digest(*others)


def test_a_list_reads_like_a_tuple_and_an_enum_like_its_value():
    assert digest(["a", "b"]) == digest(("a", "b"))
    assert digest(EventType.ASSAULT) == digest("ASSAULT")


def test_a_dataclass_is_its_fields():
    @dataclass
    class Pair:
        a: str
        b: str

    assert digest(Pair("x", "y")) == digest(Pair("x", "y"))
    assert digest(Pair("x", "y")) != digest(Pair("xy", ""))
    assert digest(Span(1, 2, "a")) != digest(Span(1, 2, "b"))


def test_a_digest_is_128_bits_in_hexadecimal():
    found = digest("claim", None, ("a", 1))
    assert len(found) == 32
    int(found, 16)


def test_text_that_is_no_unicode_has_a_digest_too():
    assert digest("\ud800") != digest("\ud801")


def test_another_process_gives_the_same_digest():
    script = "from detente.model import digest; print(digest('claim', None, ('a', 'ä')))"
    found = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "77"},
    )
    assert found.stdout.strip() == digest("claim", None, ("a", "ä"))

"""Headlines are parsed in sentence case, and nothing moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.extraction.casing import CaseEvidence, is_headline_case
from making import document

BODY = (
    "The talks in Ankara failed on Monday, Turkish officials said. Moscow and the Turkish "
    "government blamed each other, and a gas pipeline was put off."
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Turkey Puts Off Gas Pipeline After Talks Fail", True),
        ("TURKEY PUTS OFF GAS PIPELINE", True),
        ("Turkey put off a gas pipeline after talks failed.", False),
        ("Turkish Foreign Minister Mevlut Cavusoglu met his guest.", False),
        ("Talks Fail", False),
        ("Egypt and Jordan attacked Libya and Chad.", False),
        ("", False),
    ],
)
def test_headline_case_is_told_by_the_share_of_capitals(line, expected):
    assert is_headline_case(line) is expected


def test_capitals_follow_the_text_then_the_names():
    evidence = CaseEvidence(document(BODY), {"russia", "talks"})
    line = "Turkish Gas Pipeline Put Off as Moscow and Russia Trade Blame in Talks"
    assert (
        evidence.sentence_case(line)
        == "Turkish gas pipeline put off as Moscow and Russia trade blame in talks"
    )


def test_abbreviations_keep_their_capitals():
    evidence = CaseEvidence(document(BODY), frozenset())
    assert evidence.sentence_case("UN Envoy Leaves U.S. Base") == "UN envoy leaves U.S. base"


@given(st.text(max_size=80), st.text(max_size=80))
def test_length_and_letters_stay(line, text):
    changed = CaseEvidence(document(text or "x"), {"turkey"}).sentence_case(line)
    assert len(changed) == len(line)
    assert changed.casefold() == line.casefold()

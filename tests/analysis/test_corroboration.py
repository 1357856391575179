"""Ratings: numbers from corroboration alone, letters from a register alone, no 1 by machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.analysis.corroboration import rate
from detente.model import Origins, Report
from making import event

EVENT = event("ASSAULT", date(2015, 11, 24))


def reports(count):
    return [
        Report(
            id=f"r{i}",
            event_id=EVENT.id,
            document_id=f"d{i}",
            outlets=(f"O{i}",),
            published=None,
            claim_ids=(f"c{i}",),
            origin=f"o{i}",
            copy_of=None,
        )
        for i in range(count)
    ]


def rated(count, low, high, *, claims=("c",), denials=()):
    origins = Origins(min=low, max=high)
    judged = replace(EVENT, origins=origins, claim_ids=claims, denial_ids=denials)
    return rate(judged, reports(count))


@pytest.mark.parametrize(
    ("rating", "code", "words"),
    [
        (rated(1, 1, 1), "F6", "nothing to compare"),
        (rated(3, 1, 1), "F3", "one origin, repeated"),
        (rated(3, 1, 3), "F3", "independence unresolved"),
        (rated(3, 2, 3), "F2", "different named sources"),
        (rated(2, 1, 2, denials=("d",)), "F4", "denied"),
        (rated(3, 2, 3, denials=("d",)), "F3", "denied"),
        (rated(1, 1, 1, claims=(), denials=("d",)), "F6", "only a denial"),
    ],
)
def test_ratings(rating, code, words):
    assert rating.code == code
    assert words in rating.credibility_reason


@given(
    st.integers(1, 9),
    st.integers(1, 9),
    st.integers(0, 9),
    st.sampled_from([((), ("d",)), (("c",), ()), (("c",), ("d",))]),
)
def test_no_rating_confirms_by_itself_and_every_rating_says_why(count, low, more, held):
    claims, denials = held
    rating = rated(count, low, low + more, claims=claims, denials=denials)
    assert rating.reliability == "F"
    assert 2 <= rating.credibility <= 6
    assert rating.credibility_reason.startswith(f"{rating.credibility}: ")
    assert rating.reliability_reason.startswith("F: ")


def test_a_denial_never_makes_a_report_more_credible():
    for count, low, high in ((3, 1, 3), (3, 2, 3), (2, 1, 1)):
        without = rated(count, low, high).credibility
        assert rated(count, low, high, denials=("d",)).credibility > without

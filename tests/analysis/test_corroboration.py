"""Ratings: numbers from corroboration alone, letters from a register alone, no 1 by machine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.analysis.corroboration import rate
from detente.model import Origins, Report, SourceKind, SourceRating
from making import attribution, claim, document, event

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


def rated(count, low, high, *, claims=("c",), denials=(), told=None, **known):
    origins = Origins(min=low, max=high)
    judged = replace(EVENT, origins=origins, claim_ids=claims, denial_ids=denials)
    return rate(judged, reports(count), claims=told, **known)


def letter(outlet, reliability):
    return SourceRating(
        outlet=outlet, reliability=reliability, rated=date(2026, 1, 2), reason="tried"
    )


def judge(**letters):
    """Judge credits by the letters of their links: O1=[("Agency", "A"), ("O1", "B")]."""

    def judged(credit):
        links = letters.get(credit, [(credit, None)])
        return tuple((name, mark and letter(name, mark)) for name, mark in links)

    return judged


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


def test_of_several_ways_the_best_governs_and_along_one_the_weakest_link():
    marks = judge(O0=[("O0", "D")], O1=[("Agency", "A"), ("O1", "C")], O2=[("O2", None)])
    rating = rated(3, 1, 3, claims=("c0", "c1", "c2"), judge=marks)
    assert rating.code == "C3"
    assert "O1 is rated fairly reliable (2026-01-02: tried)" in rating.reliability_reason
    assert "the weakest link of Agency and O1" in rating.reliability_reason
    assert "1 of 3 reports come by ways that are not judged" in rating.reliability_reason


def test_an_unrated_link_leaves_a_way_unjudged():
    marks = judge(O0=[("Agency", None), ("O0", "B")], O1=[("O1", "F")])
    assert rated(2, 1, 2, claims=("c0", "c1"), judge=marks).reliability == "F"


def test_reports_that_only_deny_do_not_judge_what_is_affirmed():
    marks = judge(O0=[("O0", "D")], O1=[("O1", "A")])
    rating = rated(2, 1, 2, claims=("c0",), denials=("c1",), judge=marks)
    assert rating.code == "D4"


def test_a_lone_unnamed_source_is_not_judged():
    doc = document("An official said Turkey attacked Russia.")
    unnamed = attribution(doc, "An official", "said", named=False, kind=SourceKind.UNNAMED)
    told = claim(
        doc, "ASSAULT", ("Turkey", "TUR"), ("Russia", "RUS"), anchor="attacked", chain=(unnamed,)
    )
    marks = judge(O0=[("O0", "A")])
    rating = rated(1, 1, 1, claims=("c0",), judge=marks, told={"c0": told})
    assert rating.code == "F6"
    assert "unnamed source alone" in rating.reliability_reason
    own = replace(told, attributions=())
    assert rated(1, 1, 1, claims=("c0",), judge=marks, told={"c0": own}).reliability == "A"

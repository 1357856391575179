"""Scores of competing hypotheses, recomputed by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.analysis.hypotheses import assess, diagnosticity, penalty
from detente.model import Consistency, Hypothesis, Matrix, MatrixRow, RowOrigin, Weight

ROOT2 = math.sqrt(2)


def row(name, ratings, origins=None, **more):
    """A row by its ratings in the order of H1, H2, ...; "-" is unrated."""
    rated = tuple(
        (f"H{n}", Consistency(value))
        for n, value in enumerate(ratings.split(), start=1)
        if value != "-"
    )
    listed = (f"only {name}",) if origins is None else origins
    return MatrixRow(
        id=name, what=name, ratings=rated, origins=tuple(RowOrigin(id=o) for o in listed), **more
    )


def matrix(*rows, hypotheses=2):
    named = tuple(Hypothesis(id=f"H{n}", text=f"h{n}") for n in range(1, hypotheses + 1))
    return Matrix(question="why?", hypotheses=named, rows=rows)


def scores(found):
    return {one.id: one.score for one in assess(found).scores}


def test_consistency_counts_for_nothing():
    assert scores(matrix(row("E1", "CC C"), row("E2", "C N"))) == {"H1": 0, "H2": 0}


def test_inconsistency_is_summed():
    found = matrix(row("E1", "I II"), row("E2", "C I"), row("E3", "II N"))
    assert scores(found) == {"H1": -3, "H2": -3}
    assert assess(found).ranking == (("H1", "H2"),)


def test_weights_multiply():
    # II, credibility high, relevance low: 2 * 1.414 * 0.707 = 2; I, both high: 1 * 1.414^2 = 2
    one = row("E1", "II N", credibility=Weight.HIGH, relevance=Weight.LOW)
    two = row("E2", "N I", credibility=Weight.HIGH, relevance=Weight.HIGH)
    assert scores(matrix(one, two)) == pytest.approx({"H1": -2, "H2": -2})
    assert penalty(row("E3", "I N", credibility=Weight.LOW), "H1") == pytest.approx(1 / ROOT2)


def test_a_matrix_of_the_form_of_heuers_worked_example():
    """Three hypotheses, six rows, one that agrees with all (cf. Heuer 1999, figure 15).

    By hand: against H1 stand E4, E5 and E6, against H3 stand E2 and E3, against H2 none.
    """
    marks = ("C C C", "C C I", "C C I", "I C C", "I C C", "I C C")
    rows = [row(f"E{n}", mark) for n, mark in enumerate(marks, start=1)]
    found = assess(matrix(*rows, hypotheses=3))
    assert [one.score for one in found.scores] == [-3, 0, -2]
    assert found.ranking == (("H2",), ("H3",), ("H1",))
    # of 1, 1, -1: mean 1/3, variance 8/9
    spread = pytest.approx(math.sqrt(8 / 9))
    assert [one.diagnosticity for one in found.rows] == [0, *[spread] * 5]


def test_not_applicable_is_not_neutral():
    neutral, absent = row("E1", "C N"), row("E1", "C NA")
    assert scores(matrix(neutral)) == scores(matrix(absent)) == {"H1": 0, "H2": 0}
    assert diagnosticity(neutral) == 0.5  # of 1 and 0
    assert diagnosticity(absent) is None  # one rating alone
    (_, second) = assess(matrix(absent)).scores
    assert (second.not_applicable, second.mean) == (("E1",), None)
    told = assess(matrix(absent, row("E2", "II I"), row("E3", "N I"))).notes
    assert "not applicable of 3 rows: 1 to H2; these scores sum fewer rows" in told
    # the sums are equal, -2 and -2; per row that applies -2/3 and -1
    assert "by the score per rated row the order is another: H1, then H2" in told


def test_what_is_not_rated_is_told():
    found = assess(matrix(row("E1", "I -"), row("E2", "C C")))
    assert found.scores[1].unrated == ("E1",)
    assert "1 of 2 rows is not rated for H2" in found.notes


def test_rows_are_named_in_their_order():
    rows = [row(f"E{n}", "- C") for n in (10, 2, 1)]
    assert assess(matrix(*rows)).scores[0].unrated == ("E1", "E2", "E10")


def test_rows_of_one_origin_count_once():
    one, two = row("E1", "I C", ("a",)), row("E2", "II C", ("a",))
    found = assess(matrix(one, two))
    assert found.scores[0].score == -2
    assert (found.scores[0].against, found.scores[0].folded) == (("E2",), ("E1",))


def test_a_row_with_a_second_origin_counts_beside():
    # E1 can be vouched for by b, so that a is left for E2; E3 has nothing left
    one, two, three = (
        row("E1", "II C", ("a", "b")),
        row("E2", "I C", ("a",)),
        row("E3", "I C", ("b",)),
    )
    assert scores(matrix(one, two))["H1"] == -3
    assert scores(matrix(one, two, three))["H1"] == -3


def test_an_argument_of_ones_own_is_its_own_origin():
    assert scores(matrix(row("E1", "I C", ()), row("E2", "I C", ())))["H1"] == -2


def test_the_origin_that_carries_the_order_is_found():
    # a: E1 against H2 with 2; b: E2 against H1 with 1. Without a, H2 leads.
    found = assess(matrix(row("E1", "C II", ("a",)), row("E2", "I C", ("b",))))
    assert found.ranking == (("H1",), ("H2",))
    first, second = found.sensitivity
    assert (first.origin.id, first.leads, first.lost) == ("a", True, ("E1",))
    assert first.ranking == (("H2",), ("H1",))
    assert dict(first.scores) == {"H1": -1, "H2": 0}
    assert (second.origin.id, second.leads, second.changes) == ("b", False, False)


def test_a_row_with_two_origins_survives_the_loss_of_one():
    found = assess(matrix(row("E1", "C II", ("a", "b"))))
    assert [(one.lost, one.leads) for one in found.sensitivity] == [((), False), ((), False)]


def test_a_folded_row_speaks_when_its_heavier_one_is_lost():
    rows = row("E1", "II C", ("a",)), row("E2", "I C", ("a", "b")), row("E3", "I C", ("b",))
    found = assess(matrix(*rows))
    assert found.scores[0].score == -3
    (without,) = [one for one in found.sensitivity if one.origin.id == "a"]
    assert dict(without.scores)["H1"] == -1


def test_nothing_tells_apart():
    assert (
        "no row tells the hypotheses apart: the scores say nothing"
        in assess(matrix(row("E1", "I I"))).notes
    )


RATINGS = st.lists(st.sampled_from(["CC", "C", "N", "I", "II", "NA", "-"]), min_size=3, max_size=3)
ROWS = st.lists(
    st.tuples(
        RATINGS,
        st.sets(st.sampled_from("abcd"), max_size=3),
        st.sampled_from(list(Weight)),
        st.sampled_from(list(Weight)),
    ),
    max_size=7,
)


def made(listed):
    return [
        row(f"E{n}", " ".join(ratings), tuple(origins), credibility=one, relevance=other)
        for n, (ratings, origins, one, other) in enumerate(listed)
    ]


@settings(max_examples=150, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_order_does_not_matter(listed, random):
    rows = made(listed)
    shuffled = random.sample(rows, len(rows))
    one, other = (assess(matrix(*some, hypotheses=3)) for some in (rows, shuffled))
    assert one.scores == other.scores
    assert one.ranking == other.ranking
    assert one.sensitivity == other.sensitivity
    assert one.notes == other.notes


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_the_rows_that_count_are_the_heaviest_that_origins_can_vouch_for(listed):
    rows = made(listed)
    best = 0.0
    for mask in range(2 ** len(rows)):
        chosen = [one for n, one in enumerate(rows) if mask >> n & 1]
        if matched(chosen):
            best = max(best, sum(penalty(one, "H1") for one in chosen))
    assert -assess(matrix(*rows, hypotheses=3)).scores[0].score == pytest.approx(best)


def matched(rows, used=frozenset()):
    """Whether every row can have an origin of its own, by trying all."""
    if not rows:
        return True
    first, *rest = rows
    names = {one.id for one in first.origins} or {first.id}
    return any(matched(rest, used | {name}) for name in names - used)


@settings(max_examples=100, deadline=None)
@given(ROWS)
def test_a_copy_of_a_row_changes_nothing(listed):
    rows = made(listed)
    named = [replace(one, origins=one.origins or (RowOrigin(id=one.id),)) for one in rows]
    single = [one for one in named if len(one.origins) == 1]
    copies = [replace(one, id=f"{one.id} again") for one in single]
    one, other = (assess(matrix(*some, hypotheses=3)) for some in (single, (*single, *copies)))
    assert [s.score for s in one.scores] == pytest.approx([s.score for s in other.scores])

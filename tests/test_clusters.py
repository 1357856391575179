"""The cluster scores of the benchmarks, on cases that can be worked out by hand."""

from __future__ import annotations

from itertools import permutations

import pytest
from benchmarks.clusters import _heaviest, b_cubed, ceaf
from hypothesis import given
from hypothesis import strategies as st

GOLD = dict(zip("abcde", "11122", strict=True))


def test_equal_gatherings_are_perfect():
    for score in (b_cubed(GOLD, GOLD), ceaf(GOLD, GOLD)):
        assert score == (1, 1)
        assert score.f1 == 1


def test_b_cubed_by_hand():
    # a b | c d e: pure 1 1, 1/3 2/3 2/3; whole 2/3 2/3 1/3 1 1
    score = b_cubed(GOLD, dict(zip("abcde", "xxyyy", strict=True)))
    assert score.precision == pytest.approx((2 + 5 / 3) / 5)
    assert score.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 2) / 5)


def test_ceaf_by_hand():
    # {a b c}-{a b}: 4/5, {d e}-{c d e}: 4/5
    score = ceaf(GOLD, dict(zip("abcde", "xxyyy", strict=True)))
    assert score == pytest.approx((0.8, 0.8))
    apart = ceaf(GOLD, {item: item for item in GOLD})
    assert apart.recall == pytest.approx((2 / 4 + 2 / 3) / 2)
    assert apart.precision == pytest.approx((2 / 4 + 2 / 3) / 5)


def test_nothing_scores_nothing():
    assert b_cubed({}, {}) == ceaf({}, {}) == (0, 0)


@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_the_heaviest_pairing_is_that_of_trying_all(rows, columns, data):
    weight = st.integers(0, 9).map(float)
    weights = [[data.draw(weight) for _ in range(columns)] for _ in range(rows)]
    wide = weights if rows <= columns else list(zip(*weights, strict=True))
    best = max(
        sum(wide[row][column] for row, column in enumerate(order))
        for order in permutations(range(len(wide[0])), len(wide))
    )
    assert _heaviest(weights) == pytest.approx(best)

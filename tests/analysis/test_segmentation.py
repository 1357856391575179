"""The posterior over segmentations is exact: equal to the sum over all of them, one by one."""

from __future__ import annotations

import itertools
from math import exp, inf, lgamma, log, log1p, pi

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.analysis.evidence import (
    PRIOR_EVENTS,
    PRIOR_SHAPE,
    PRIOR_WEIGHT,
    level_evidence,
    mix_evidence,
    volume_evidence,
)
from detente.analysis.segmentation import cut, log_gamma

COUNTS = st.lists(st.tuples(*[st.integers(0, 12)] * 4), min_size=1, max_size=8)


def log_mix(counts, i, j):
    seen = np.array(counts[i:j]).sum(axis=0)
    value = lgamma(4 * PRIOR_EVENTS) - lgamma(4 * PRIOR_EVENTS + seen.sum())
    return value + sum(lgamma(PRIOR_EVENTS + n) - lgamma(PRIOR_EVENTS) for n in seen)


def log_volume(totals, documents, i, j):
    mean = sum(documents) / len(documents)
    scale = PRIOR_EVENTS * len(totals) / max(sum(totals), 1)
    seen, exposure = sum(totals[i:j]), sum(documents[i:j]) / mean
    value = lgamma(PRIOR_EVENTS + seen) - lgamma(PRIOR_EVENTS)
    return value + PRIOR_EVENTS * log(scale) - (PRIOR_EVENTS + seen) * log(scale + exposure)


def log_level(values, noise, i, j):
    """One value after the other, each by the Student t that those before it predict."""
    weight, mean = PRIOR_WEIGHT, float(np.median(values))
    shape, spread = PRIOR_SHAPE, PRIOR_SHAPE * noise
    total = 0.0
    for value in values[i:j]:
        scale = spread * (weight + 1) / weight
        total += lgamma(shape + 0.5) - lgamma(shape) - 0.5 * log(2 * pi * scale)
        total -= (shape + 0.5) * log1p((value - mean) ** 2 / (2 * scale))
        spread += weight * (value - mean) ** 2 / (2 * (weight + 1))
        mean = (weight * mean + value) / (weight + 1)
        weight, shape = weight + 1, shape + 0.5
    return total


def ways(length, hazards, weigh):
    """Every segmentation with its probability."""
    logs = {}
    for changed in itertools.product((False, True), repeat=length - 1):
        starts = [0, *(k + 1 for k, new in enumerate(changed) if new), length]
        value = sum(weigh(i, j) for i, j in itertools.pairwise(starts))
        value += sum(
            log(hazard) if new else log1p(-hazard)
            for new, hazard in zip(changed, hazards[1:], strict=True)
        )
        logs[tuple(starts)] = value
    most = max(logs.values(), default=-inf)
    total = sum(exp(value - most) for value in logs.values())
    return {starts: exp(value - most) / total for starts, value in logs.items()}


def same(found, length, hazards, weigh):
    every = ways(length, hazards, weigh)
    for k in range(length):
        share = sum(p for starts, p in every.items() if k in starts[1:-1])
        assert found.changes[k] == pytest.approx(share, abs=1e-8)
        if not k:
            continue
        begins, ends = found.begins(k), found.ends(k)
        assert begins.sum() == pytest.approx(1.0) and ends.sum() == pytest.approx(1.0)
        for i in range(k):
            both = sum(
                p for starts, p in every.items() if (i, k) in itertools.pairwise(starts[:-1])
            )
            assert begins[i] * share == pytest.approx(both, abs=1e-8)
        for j in range(k + 1, length + 1):
            both = sum(p for starts, p in every.items() if (k, j) in itertools.pairwise(starts))
            assert ends[j - k - 1] * share == pytest.approx(both, abs=1e-8)


@settings(max_examples=40, deadline=None)
@given(COUNTS, st.data())
def test_the_posterior_of_the_mix_is_that_of_all_segmentations(counts, data):
    rates = st.floats(0.01, 0.5)
    hazards = data.draw(st.lists(rates, min_size=len(counts), max_size=len(counts)))
    found = cut(mix_evidence(np.array(counts, dtype=float)), np.array(hazards))
    same(found, len(counts), hazards, lambda i, j: log_mix(counts, i, j))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 40)), min_size=1, max_size=8))
def test_the_posterior_of_the_volume_is_that_of_all_segmentations(weeks):
    totals, documents = [n for n, _ in weeks], [n for _, n in weeks]
    if not sum(documents):
        documents = [1] * len(weeks)
    evidence = volume_evidence(np.array(totals, dtype=float), np.array(documents, dtype=float))
    hazards = [0.1] * len(weeks)
    same(cut(evidence, 0.1), len(weeks), hazards, lambda i, j: log_volume(totals, documents, i, j))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-5, 5), min_size=2, max_size=8), st.floats(0.1, 3))
def test_the_evidence_of_a_level_is_that_of_its_predictions(values, noise):
    evidence = level_evidence(np.array(values), noise)
    for i, j in itertools.combinations(range(len(values) + 1), 2):
        assert evidence[i, j] == pytest.approx(log_level(values, noise, i, j), abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 60)] * 4), min_size=1, max_size=40))
def test_growth_of_all_classes_alike_leaves_the_mix_alone(counts):
    """Given the totals, what is said of the mix does not depend on the exposure at all."""
    found = cut(mix_evidence(np.array(counts, dtype=float)), 0.05)
    assert found.changes[0] == 0.0
    assert ((found.changes >= 0.0) & (found.changes <= 1.0)).all()


@given(st.floats(1e-3, 1e6))
def test_log_gamma_is_the_library_s(x):
    assert log_gamma(np.array(x)) == pytest.approx(lgamma(x), abs=1e-9, rel=1e-11)

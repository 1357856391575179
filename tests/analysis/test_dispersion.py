"""Bursts of reports are no changes: the dispersion of neighbouring periods is taken out."""

from __future__ import annotations

import numpy as np
import pytest

from detente.analysis.evidence import (
    level_noise,
    mix_dispersion,
    mix_evidence,
    volume_dispersion,
    volume_evidence,
)
from detente.analysis.segmentation import cut


def drawn(seed, length=400):
    return np.random.default_rng(seed), length


@pytest.mark.parametrize("rate", [0.3, 2, 20])
def test_counts_that_vary_as_poisson_are_hardly_dispersed(rate):
    draw, length = drawn(1)
    assert 1.0 <= volume_dispersion(draw.poisson(rate, length).astype(float)) < 1.3
    counts = draw.poisson([rate, rate, rate / 2, rate / 4], (length, 4)).astype(float)
    assert 1.0 <= mix_dispersion(counts) < 1.3


@pytest.mark.parametrize("burst", [3, 6])
def test_each_event_told_several_times_is_dispersion(burst):
    draw, length = drawn(2)
    counts = burst * draw.poisson([2, 2, 1, 1], (length, 4)).astype(float)
    assert 0.5 * burst < mix_dispersion(counts) < 1.3 * burst
    assert 0.5 * burst < volume_dispersion(counts.sum(axis=1)) < 1.2 * burst


def test_dispersed_counts_show_changes_until_the_dispersion_is_taken_out():
    draw, length = drawn(3)
    counts = 5 * draw.poisson([2, 2, 1, 1], (length, 4)).astype(float)
    bare = cut(mix_evidence(counts), 0.05).changes.sum()
    tempered = cut(mix_evidence(counts / mix_dispersion(counts)), 0.05).changes.sum()
    assert bare > 5 * tempered
    totals, exposure = counts.sum(axis=1), np.ones(length)
    bare = cut(volume_evidence(totals, exposure), 0.05).changes.sum()
    tempered = cut(volume_evidence(totals / volume_dispersion(totals), exposure), 0.05)
    assert bare > 5 * tempered.changes.sum()


def test_no_events_no_dispersion():
    assert mix_dispersion(np.zeros((5, 4))) == mix_dispersion(np.zeros((0, 4))) == 1.0
    assert volume_dispersion(np.zeros(5)) == volume_dispersion(np.zeros(0)) == 1.0


def test_the_noise_of_a_level_leaves_its_changes_out():
    draw, length = drawn(4)
    values = draw.normal(0, 2, length) + np.repeat([0, 30, -20, 5], length // 4)
    assert level_noise(values) == pytest.approx(4.0, rel=0.3)
    assert level_noise(np.zeros(5)) > 0.0
    assert level_noise(np.array([1.0])) > 0.0

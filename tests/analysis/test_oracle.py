"""Where there is one right answer, ruptures and our segmentation find the same."""

from __future__ import annotations

import numpy as np
import pytest

from detente.analysis.evidence import level_evidence, level_noise, mix_evidence
from detente.analysis.segmentation import cut

ruptures = pytest.importorskip("ruptures", reason="the group `oracle` is not installed")


@pytest.mark.parametrize("seed", range(10))
def test_steps_of_a_level_are_found_where_ruptures_finds_them(seed):
    draw = np.random.default_rng(seed)
    turns = [40, 90, 130]
    values = np.repeat([0.0, 4.0, -3.0, 1.0], np.diff([0, *turns, 170]))
    values = values + draw.normal(0, 0.7, len(values))
    changes = cut(level_evidence(values, level_noise(values)), 0.02).changes
    ours = sorted(int(k) for k in np.argsort(changes)[-3:])
    theirs = ruptures.Dynp(model="l2", min_size=2, jump=1).fit(values).predict(n_bkps=3)[:-1]
    assert ours == [int(k) for k in theirs]


@pytest.mark.parametrize("seed", range(10))
def test_a_turn_of_the_mix_is_found_where_ruptures_finds_it(seed):
    draw = np.random.default_rng(seed)
    before, after = [0.7, 0.2, 0.1, 0.0], [0.1, 0.3, 0.3, 0.3]
    counts = np.vstack([draw.multinomial(40, before, 60), draw.multinomial(40, after, 60)])
    ours = int(cut(mix_evidence(counts.astype(float)), 0.02).changes.argmax())
    theirs = ruptures.Dynp(model="l2", min_size=2, jump=1).fit(counts / 40).predict(n_bkps=1)[0]
    assert ours == theirs == 60

"""The event types: complete, consistent, and as the codebook has them."""

from __future__ import annotations

import pytest

from detente.model import MODES, QUAD, SCORE, EventType, mode_score, quad_class

VERBAL_COOPERATION, MATERIAL_COOPERATION, VERBAL_CONFLICT, MATERIAL_CONFLICT = 1, 2, 3, 4


def test_every_type_has_a_quad_a_score_and_modes():
    assert set(QUAD) == set(SCORE) == set(MODES) == set(EventType)
    assert len(EventType) == 16


@pytest.mark.parametrize("event_type", list(EventType))
def test_the_score_agrees_with_the_quad(event_type):
    assert quad_class(event_type) in (1, 2, 3, 4)
    conflict = quad_class(event_type) >= VERBAL_CONFLICT
    for mode in (None, *MODES[event_type]):
        score = mode_score(event_type, mode)
        assert -10.0 <= score <= 10.0
        assert (score <= 0.5) if conflict else (score > 0)


def test_material_acts_weigh_more_than_words():
    def scores(quad):
        return [abs(SCORE[event_type]) for event_type in EventType if QUAD[event_type] == quad]

    assert min(scores(MATERIAL_COOPERATION)) > max(scores(VERBAL_COOPERATION))
    assert min(scores(MATERIAL_CONFLICT)) > max(scores(VERBAL_CONFLICT))


@pytest.mark.parametrize(
    ("name", "quad"),
    [
        ("CONSULT", VERBAL_COOPERATION),
        ("RETREAT", MATERIAL_COOPERATION),
        ("REQUEST", VERBAL_CONFLICT),
        ("SANCTION", MATERIAL_CONFLICT),
    ],
)
def test_quads_of_the_codebook(name, quad):
    assert quad_class(EventType(name)) == quad


def test_a_mode_has_the_score_of_its_own_type():
    assert mode_score(EventType.RETREAT, "withdraw") == 8.0
    assert mode_score(EventType.SANCTION, "withdraw") == -6.0


def test_a_mode_of_another_type_falls_back_on_the_type():
    assert "aerial" not in MODES[EventType.AID]
    assert mode_score(EventType.AID, "aerial") == SCORE[EventType.AID]
    assert mode_score(EventType.AID, None) == SCORE[EventType.AID]


@pytest.mark.parametrize("event_type", list(EventType))
def test_modes_are_written_like_codes(event_type):
    for mode in MODES[event_type]:
        assert mode == mode.lower().strip() and mode.replace("-", "").isalpha()

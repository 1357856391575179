"""CAMEO codes to PLOVER: the longest beginning decides, with the manual's exceptions."""

from __future__ import annotations

import pytest

from detente.datasets.cameo import _MODES, _TYPES, plover_of
from detente.model import MODES, EventType


@pytest.mark.parametrize(
    ("code", "event_type", "mode"),
    [
        ("010", None, None),
        ("0231", None, None),
        ("036", "AGREE", None),
        ("0351", "CONCEDE", None),
        ("042", "CONSULT", "visit"),
        ("057", "SUPPORT", None),
        ("0811", "CONCEDE", None),
        ("0813", "RETREAT", None),
        ("0841", "RETREAT", "release"),
        ("0871", "RETREAT", "ceasefire"),
        ("0874", "RETREAT", "disarm"),
        ("090", "ACCUSE", "investigate"),
        ("1056", "REQUEST", "yield"),
        ("1123", "ACCUSE", "allege"),
        ("1246", "REJECT", "yield"),
        ("138", "THREATEN", "violence"),
        ("1382", "THREATEN", "territory"),
        ("1411", "PROTEST", "demo"),
        ("152", "MOBILIZE", "troops"),
        ("162", "SANCTION", "discontinue"),
        ("163", "COERCE", "restrict"),
        ("1712", "ASSAULT", "destroy"),
        ("175", "ASSAULT", None),
        ("191", "COERCE", "restrict"),
        ("192", "COERCE", "seize"),
        ("1831", "ASSAULT", "suicide-attack"),
        ("195", "ASSAULT", "aerial"),
        ("203", "ASSAULT", "cleansing"),
    ],
)
def test_a_code_has_its_type_and_mode(code, event_type, mode):
    found = plover_of(code)
    assert (found[0] and found[0].value, found[1]) == (event_type, mode)


def test_every_root_but_statements_and_appeals_has_a_type():
    for root in range(1, 21):
        assert (plover_of(f"{root:02d}0")[0] is None) is (root in (1, 2))


def test_a_mode_belongs_to_a_type_that_has_it():
    odd = {
        code: mode
        for code, mode in _MODES.items()
        if mode not in MODES[plover_of(code)[0]] and mode not in {"assassinate", "massacre"}
    }
    assert set(odd.values()) <= {"cleansing"}
    assert all(isinstance(one, EventType) for one in _TYPES.values())

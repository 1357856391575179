"""Names of countries become a pair."""

from __future__ import annotations

import pytest

from detente import workflow
from detente.errors import InputError, UnknownActorError
from detente.model import Dyad


def test_pairs_are_made_of_names():
    assert workflow.dyad_of("Turkish", "Moscow") == Dyad("TUR", "RUS")
    with pytest.raises(UnknownActorError) as unknown:
        workflow.dyad_of("Turkey", "Korea")
    assert len(unknown.value.candidates) == 2
    with pytest.raises(InputError, match="one country"):
        workflow.dyad_of("Turkey", "Ankara")

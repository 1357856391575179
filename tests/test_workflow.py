"""Names of countries become a pair."""

from __future__ import annotations

import pytest

from detente import workflow
from detente.errors import InputError, UnknownActorError
from detente.model import Dyad
from detente.workflow import extracting
from making import document


def test_pairs_are_made_of_names():
    assert workflow.dyad_of("Turkish", "Moscow") == Dyad("TUR", "RUS")
    with pytest.raises(UnknownActorError) as unknown:
        workflow.dyad_of("Turkey", "Korea")
    assert len(unknown.value.candidates) == 2
    with pytest.raises(InputError, match="one country"):
        workflow.dyad_of("Turkey", "Ankara")


def test_long_articles_are_parsed_in_portions_and_none_is_lost(monkeypatch):
    monkeypatch.setattr(extracting, "_PORTION", 50)
    texts = [f"Turkey attacked Russia on {day} March 2016." for day in range(1, 6)]
    listed = [document(text, key=text) for text in [*texts, "x" * 80, texts[0] + " "]]
    portions = list(extracting._portions(listed))
    assert [one for portion in portions for one in portion] == listed
    assert all(len(p) == 1 or sum(len(one.text) for one in p) <= 50 for p in portions)
    monkeypatch.setattr(extracting, "_PORTION", 10**6)
    assert list(extracting._portions(listed)) == [listed]
    assert list(extracting._portions([])) == []

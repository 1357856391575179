"""One document that breaks a stage does not take the others with it."""

from __future__ import annotations

import pytest

from detente import lexicon
from detente.extraction import claims
from detente.extraction.parse import language_model
from making import document


@pytest.mark.parametrize("stage", ["segment", "parse", "find_mentions", "find_events"])
def test_only_the_document_that_breaks_a_stage_is_lost(stage, monkeypatch):
    good, bad = document("Turkey attacked Russia."), document("Iran attacked Iraq. Broken.")
    working = getattr(claims, stage)

    def fail_on_bad(first, *more, **options):
        if "Broken" in repr([first, *(getattr(one, "document", None) for one in _listed(first))]):
            raise ValueError("odd text")
        return working(first, *more, **options)

    monkeypatch.setattr(claims, stage, fail_on_bad)
    listed = [good, bad, document("Russia thanked Turkey.")]
    drawn = claims.extract_batch(listed, model=language_model(), lexicon=lexicon.load())
    assert [one.document_id for one in drawn] == [one.id for one in listed]
    assert [one.problem for one in drawn] == [None, "ValueError: odd text", None]
    assert [len(one.claims) for one in drawn] == [1, 0, 1]


def _listed(value):
    return value if isinstance(value, tuple | list) else [value]

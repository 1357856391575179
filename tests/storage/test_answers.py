"""Answers of second coders are kept as they came, and a damaged one is as good as none."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from detente.errors import StoreError
from detente.model import Reply, SecondCoder
from detente.storage.answers import Answers, second_coders
from detente.storage.catalog import Store
from detente.storage.checking import check_store
from detente.storage.mending import mend_store
from making import document

CODER = SecondCoder(endpoint="http://127.0.0.1:1/v1/chat/completions", model="m", prompt="p")
REPLY = Reply(content='{"claims": []} \ud800 \x00', model="m-1", tokens=7)
KEY = "ab" * 16


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path / "store")
    with made.writing():
        made.add_documents([document("Turkey met Russia.")])
    return made


@pytest.fixture
def answers(store):
    made = Answers(store, CODER)
    made.begin()
    return made


def files(store):
    return sorted(path for path in store.folder.glob("second/**/*") if path.is_file())


def test_an_answer_comes_back_as_it_was(store, answers):
    assert answers.get(KEY) is None
    answers.put(KEY, REPLY)
    assert answers.get(KEY) == REPLY
    assert Answers(store, CODER).get(KEY) == REPLY


@pytest.mark.parametrize("field", ["endpoint", "model", "prompt"])
def test_another_coder_has_other_answers(store, answers, field):
    answers.put(KEY, REPLY)
    other = replace(CODER, **{field: "other"})
    assert Answers(store, other).get(KEY) is None


def test_who_is_asked_is_written_down_before_it_answers(store, answers):
    assert second_coders(store) == (CODER,)
    Answers(store, replace(CODER, model="a")).begin()
    answers.begin()
    assert second_coders(store) == (replace(CODER, model="a"), CODER)


def test_a_store_that_nobody_was_asked_about_names_nobody(tmp_path):
    assert second_coders(Store(tmp_path / "none")) == ()


def _cut(path):
    path.write_text(path.read_text()[:-9])


def _other_words(path):
    path.write_text(path.read_text().replace("claims", "claimz"))


def _other_form(path):
    path.write_text(json.dumps({"check": "x", "reply": {"words": 1}}))


def _no_record(path):
    path.write_text("[]")


def _no_text(path):
    path.write_bytes(b"\xff\xfe")


DAMAGES = [_cut, _other_words, _other_form, _no_record, _no_text]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_answer_is_none_and_the_check_of_the_store_names_it(store, answers, damage):
    answers.put(KEY, REPLY)
    assert check_store(store.folder).flaws == ()
    path = next(path for path in files(store) if path.stem == KEY)
    damage(path)
    assert answers.get(KEY) is None
    (flaw,) = check_store(store.folder).flaws
    assert KEY in str(flaw) and "damaged" in str(flaw)
    answers.put(KEY, REPLY)
    assert check_store(store.folder).flaws == ()


@pytest.mark.parametrize("damage", DAMAGES[2:])
def test_who_was_asked_may_become_unknown_but_not_that_somebody_was(store, answers, damage):
    damage(next(path for path in files(store) if path.name == "coder.json"))
    (unknown,) = second_coders(store)
    assert unknown.endpoint == "an unknown endpoint"
    assert len(check_store(store.folder).flaws) == 1
    (line,) = mend_store(store.folder).done
    assert line.endswith("`detente compare` asks again")
    assert check_store(store.folder).flaws == () and second_coders(store) == (unknown,)
    answers.begin()
    assert second_coders(store) == (CODER,)


def test_an_answer_under_another_name_is_none(store, answers):
    answers.put(KEY, REPLY)
    path = next(path for path in files(store) if path.stem == KEY)
    other = "ab" * 15 + "cd"
    path.rename(path.with_name(f"{other}.json"))
    assert answers.get(other) is None


def test_an_answer_outlives_a_writer_that_tidies_up(store, answers, monkeypatch):
    """Who begins to write removes what it takes for half written."""
    from detente.storage import answers as module

    tidied = []

    def write(path, text):
        if not tidied:
            tidied.append(path)
            raise StoreError("gone")
        write_text(path, text)

    write_text = module.write_text
    monkeypatch.setattr(module, "write_text", write)
    answers.put(KEY, REPLY)
    assert answers.get(KEY) == REPLY and tidied

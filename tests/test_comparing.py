"""A second coder beside the built-in one: a server on loopback, well or badly behaved."""

from __future__ import annotations

import json
import time
from datetime import date

import pytest

from chat_server import chat_server, completion, says, sends
from detente import runs, workflow
from detente.collecting.endpoint import Endpoint
from detente.comparing import compare
from detente.errors import EndpointError, InputError, UnreadableError
from detente.extraction import claims
from detente.model import ClaimField
from detente.settings import Settings
from detente.storage.answers import second_coders
from detente.storage.catalog import Store
from making import document

DOWNED = "Turkey shot down a Russian warplane on Tuesday."
MET = "The Turkish foreign minister met his Russian counterpart in Moscow."
EMPTY = '{"claims": []}'
SETTINGS = Settings(processes=1)


def coded(passage):
    """A second coder that knows two sentences, and gives one claim of them wrong."""
    claims = []
    if DOWNED in passage["text"]:
        claims.append(
            {
                "quote": DOWNED,
                "anchor": "shot down",
                "type": "ASSAULT",
                "actors": [{"words": "Turkey", "country": "TUR"}],
                "recipients": [{"words": "a Russian warplane", "country": "RUS"}],
                "first": "2015-11-24",
                "last": "2015-11-24",
                "date_words": "on Tuesday",
                "label": "asserted",
            }
        )
    if MET in passage["text"]:
        met = {"quote": MET, "anchor": "met", "type": "SUPPORT", "recipients": []}
        parties = [
            {"words": "The Turkish foreign minister", "country": "TUR"},
            {"words": "his Russian counterpart", "country": "RUS"},
        ]
        day = {"first": None, "last": None, "date_words": None}
        claims.append(met | {"actors": parties, "label": "reported"} | day)
        claims.append(met | {"quote": "They embraced.", "actors": parties, "label": "x"} | day)
    return claims


@pytest.fixture
def chat():
    with chat_server(coded) as served:
        yield served


@pytest.fixture
def store(tmp_path):
    return filled(tmp_path / "store", DOWNED, MET, "Nothing happened in the Alps.")


def filled(folder, *texts):
    made = Store(folder)
    with made.writing():
        made.add_documents(
            [document(t, key=f"d{n}", published=date(2015, 11, 25)) for n, t in enumerate(texts)]
        )
    return made


def compared(store, chat, **more):
    endpoint = Endpoint(chat.url, seconds=5.0, sleep=lambda _seconds: None)
    return compare(store, endpoint, more.pop("model", "m"), settings=SETTINGS, **more)


def test_claims_of_both_are_set_side_by_side_and_what_is_wrong_is_dropped(store, chat):
    found = compared(store, chat)
    alike, differs = found.pairings
    assert alike.both and alike.differ == () and alike.document_key == "d0"
    assert differs.both and differs.document_key == "d1"
    assert set(differs.differ) == {ClaimField.TYPE, ClaimField.DATE, ClaimField.LABEL}
    assert [(one.document_key, one.quote) for one in found.dropped] == [("d1", "They embraced.")]
    assert (found.documents, found.asked, found.known, found.tokens) == (3, 3, 0, 300)
    assert found.answered_by == ("fake-1",) and found.notices == ()
    assert [(one.what, one.agree, one.of) for one in found.agreements][:2] == [
        ("claims", 2, 2),
        ("type", 1, 2),
    ]


def test_a_rerun_asks_nothing_and_says_the_same(store, chat):
    first = compared(store, chat)
    asked = len(chat.asked)
    again = compared(store, chat)
    assert len(chat.asked) == asked == 3 and (again.asked, again.known) == (0, 3)
    assert again.pairings == first.pairings and again.dropped == first.dropped
    assert again.agreements == first.agreements


def test_a_rerun_without_the_endpoint_still_compares(store, chat):
    first = compared(store, chat)
    dead = Endpoint(chat.url, resolve=lambda *_: (_ for _ in ()).throw(OSError("gone")))
    again = compare(store, dead, "m", settings=SETTINGS)
    assert again.pairings == first.pairings and again.notices == ()


def test_an_interrupted_run_goes_on_where_it_stopped(store, chat, monkeypatch):
    def interrupted(self, body):
        if len(chat.asked) == 2:
            raise KeyboardInterrupt
        return ask(self, body)

    ask = Endpoint.ask
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Endpoint, "ask", interrupted)
        compared(store, chat)
    found = compared(store, chat)
    assert (found.asked, found.known, len(chat.asked)) == (1, 2, 3)


def test_a_new_document_is_asked_about_alone(store, chat):
    compared(store, chat)
    with store.writing():
        store.add_documents([document("Iran met Iraq.", key="new")])
    assert (compared(store, chat).asked, len(chat.asked)) == (1, 4)


def test_another_model_is_asked_anew(store, chat):
    compared(store, chat)
    compared(store, chat, model="other")
    assert len(chat.asked) == 6
    assert [one["body"]["model"] for one in chat.asked] == ["m"] * 3 + ["other"] * 3


def test_nothing_of_it_gets_into_claims_or_events(tmp_path, chat):
    alone, asked = (filled(tmp_path / name, DOWNED, MET) for name in ("alone", "asked"))
    compared(asked, chat)
    for made in (alone, asked):
        workflow.resolve(made, settings=SETTINGS)
    assert alone.events() == asked.events() and alone.reports() == asked.reports()


def test_the_brief_says_who_was_asked(store, chat):
    pair = workflow.dyad_of("Turkey", "Russia")
    before = workflow.brief(store, pair, settings=SETTINGS).tool[-1]
    assert before == (
        "No second coder was asked; of the texts in this store detente sent none anywhere."
    )
    compared(store, chat)
    after = workflow.brief(store, pair, settings=SETTINGS).tool[-1]
    assert after.startswith(
        f"A second coder was asked: texts of this store were sent to {chat.url}"
    )
    assert "model m," in after and after.endswith("nothing of its answers is in this brief.")


def test_who_is_asked_is_known_even_if_it_never_answers(store, chat):
    chat.coder = lambda passage: sends(500)
    with pytest.raises(EndpointError):
        compared(store, chat)
    (coder,) = second_coders(store)
    assert coder.model == "m" and coder.endpoint.startswith(chat.url)
    assert runs.disclosure(runs.current_run(), [coder])[-1].startswith("A second coder was asked")


def test_a_document_that_could_not_be_asked_is_told_and_not_counted(store, chat):
    chat.coder = lambda passage: sends(500) if passage["text"] == MET else coded(passage)
    found = compared(store, chat)
    (notice,) = found.notices
    assert (notice.where, notice.skipped) == ("d1", True)
    assert notice.reason.startswith("1 of 1 passages not compared: answers 500")
    assert found.documents == 2 and [one.document_key for one in found.pairings] == ["d0"]
    chat.coder = coded
    again = compared(store, chat)
    assert (again.asked, again.known, again.notices) == (1, 2, ())


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (says("I cannot help with that."), "the answer is no JSON"),
        (says('{"claims": [{"quote": "Turk'), "the answer is no JSON"),
        (
            sends(200, completion(EMPTY, finish_reason="length")),
            "the answer was cut off before its end",
        ),
        (sends(200, b"<html>"), "its answer is no chat completion"),
        (sends(200, b"[" * 100_000), "its answer is no chat completion"),
        (sends(200, {"choices": []}), "its answer is no chat completion"),
        (sends(200, {"choices": [{"message": {"content": None}}]}), "its answer has no words"),
        (sends(200, {"choices": [{"message": {"content": ["x"]}}]}), "its answer has no words"),
        (sends(200, {"choices": ["x"]}), "its answer is no chat completion"),
    ],
)
def test_an_answer_of_no_use_is_told_of_its_document_alone(store, chat, answer, reason):
    chat.coder = lambda passage: answer if passage["text"] == MET else coded(passage)
    found = compared(store, chat)
    (notice,) = found.notices
    assert notice.where == "d1" and notice.reason.endswith(f"not compared: {reason}")
    assert [one.document_key for one in found.pairings] == ["d0"]


def test_what_a_model_says_is_kept_though_it_is_of_no_use_and_not_asked_again(store, chat):
    chat.coder = lambda passage: "I cannot help with that."
    assert len(compared(store, chat).notices) == 3
    again = compared(store, chat)
    assert (again.asked, len(again.notices), len(chat.asked)) == (0, 3, 3)


def test_strange_counts_of_an_answer_are_of_no_account(store, chat):
    strange = completion(EMPTY, model={"x": 1}, usage={"total_tokens": "many"})
    chat.coder = lambda passage: sends(200, strange)
    found = compared(store, chat)
    assert (found.tokens, found.answered_by, found.notices) == (0, (), ())
    chat.coder = lambda passage: sends(200, strange | {"usage": [], "model": 7})
    assert compared(store, chat, model="other").tokens == 0


def test_after_three_failures_in_a_row_nothing_more_is_asked(tmp_path, chat):
    store = filled(tmp_path / "store", DOWNED, *(f"Iran met Iraq {n} times." for n in range(20)))
    chat.coder = lambda passage: coded(passage) if DOWNED in passage["text"] else sends(503)
    found = compared(store, chat)
    assert len(chat.asked) <= 1 + 3 * 4 and len(found.notices) == 20
    assert sum("not asked: answers 503" in one.reason for one in found.notices) >= 17


@pytest.mark.parametrize("status", [401, 403, 404, 307])
def test_a_refusal_of_all_ends_the_asking_at_once(store, chat, status):
    chat.coder = lambda passage: sends(status, Location="http://127.0.0.1:9/")
    with pytest.raises(EndpointError, match=f"answers {status}"):
        compared(store, chat)
    assert len(chat.asked) == 1


def test_a_single_question_without_an_answer_is_an_error_and_no_empty_comparison(tmp_path, chat):
    store = filled(tmp_path / "store", DOWNED)
    chat.coder = lambda passage: sends(500)
    with pytest.raises(EndpointError, match="answers 500"):
        compared(store, chat)
    chat.coder = lambda passage: sends(200, b"<html>")
    with pytest.raises(UnreadableError, match="no chat completion"):
        compared(store, chat)


def test_who_does_not_know_a_schema_is_asked_plainly(store, chat):
    def answer(passage):
        body = chat.asked[-1]["body"]
        wrong = {"error": {"message": "response_format is not supported"}}
        return sends(400, wrong) if "response_format" in body else coded(passage)

    chat.coder = answer
    found = compared(store, chat)
    assert found.asked == 3 and found.notices == () and len(chat.asked) == 4
    assert [set(one["body"]) == {"model", "messages"} for one in chat.asked] == [
        False, True, True, True,
    ]  # fmt: skip


def test_who_refuses_the_plain_question_too_is_told_of_that_one(store, chat):
    chat.coder = lambda passage: (
        sends(400, {"error": "too long"}) if passage["text"] == MET else coded(passage)
    )
    (notice,) = compared(store, chat).notices
    assert notice.reason.endswith("not compared: answers 400 Bad Request: too long")


def test_a_slow_model_is_one_notice(store, chat):
    def answer(passage):
        if passage["text"] == MET:
            time.sleep(1.5)
        return coded(passage)

    chat.coder = answer
    found = compare(store, Endpoint(chat.url, seconds=0.5), "m", settings=SETTINGS)
    (notice,) = found.notices
    assert notice.where == "d1" and "0.5 s" in notice.reason


def test_a_sample_is_the_same_each_time_and_part_of_a_larger_one(tmp_path, chat):
    store = filled(tmp_path / "store", *(f"Iran met Iraq {n} times." for n in range(8)))
    compared(store, chat, sample=3)
    first = {json.dumps(one) for one in chat.passages}
    compared(store, chat, sample=3)
    assert len(chat.asked) == 3
    compared(store, chat, sample=5)
    assert len(chat.asked) == 5 and first < {json.dumps(one) for one in chat.passages}


def test_a_document_that_broke_the_extraction_is_told(store, chat, monkeypatch):
    def cut(document):
        if document.key == "d1":
            raise ValueError("no")
        return segment(document)

    segment = claims.segment
    monkeypatch.setattr(claims, "segment", cut)
    found = compared(store, chat)
    assert [(one.where, one.skipped) for one in found.notices] == [("d1", True)]
    assert "broke the extraction" in found.notices[0].reason and found.documents == 2


@pytest.mark.parametrize("model", ["", " ", "a\nb"])
def test_a_model_without_a_name_is_refused(store, chat, model):
    with pytest.raises(InputError, match="no name"):
        compared(store, chat, model=model)
    assert chat.asked == []

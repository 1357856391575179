"""`detente compare`: options, output, notices and exit codes."""

from __future__ import annotations

import json
import os

import pytest

from chat_server import chat_server, sends
from detente.storage.catalog import Store

DOWNED = "Turkey shot down a Russian warplane on 24 November 2015."
CLAIM = {
    "quote": DOWNED,
    "anchor": "shot down",
    "type": "COERCE",
    "actors": [{"words": "Turkey", "country": "TUR"}],
    "recipients": [{"words": "a Russian warplane", "country": "RUS"}],
    "first": "2015-11-24",
    "last": "2015-11-24",
    "date_words": "on 24 November 2015",
    "label": "asserted",
}


@pytest.fixture
def chat():
    with chat_server(lambda passage: [CLAIM, CLAIM | {"quote": "Turkey \x1b[2Jlied."}]) as served:
        yield served


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(DOWNED)
    return path


def arguments(chat, *more):
    return ("compare", *more, "--endpoint", chat.url, "--llm", "m", "--processes", 1, "-q")


def test_text_tells_claim_by_claim_what_differs(detente, chat, text, tmp_path):
    ended = detente(*arguments(chat, text, "--store", tmp_path / "store"))
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        f"Second coder: m at {chat.url}/chat/completions, which answers as fake-1\n"
        "1 document compared; 1 question asked now (100 tokens), 0 answers known already\n"
        "1 claim of both: 0 alike, 1 differ; 0 of the built-in coder alone, 0 of the second alone; "
        "1 dropped\n"
        "\n"
        "Agreement, with 95 % intervals\n"
        "  claims  1 of 1: 100% (21% to 100%)\n"
        "  type    0 of 1: 0% (0% to 79%), kappa 0.00, too little for its interval\n"
        "  sides   1 of 1: 100% (21% to 100%)\n"
        "  date    1 of 1: 100% (21% to 100%)\n"
        "  label   1 of 1: 100% (21% to 100%)\n"
        "claims: places where both have one, of those where either has; the rest: of these\n"
        "\n"
        "Claims in which the coders differ (1)\n"
        f"  {text} [0:{len(DOWNED)}]  type:  “{DOWNED}”\n"
        "    built-in  ASSAULT  TUR > RUS  24 November 2015  asserted  “shot down” [7:16]\n"
        "    second    COERCE  TUR > RUS  24 November 2015  asserted  “shot down” [7:16]\n"
        "\n"
        "Claims of the second coder that were dropped (1)\n"
        f"  {text}  its quotation is not in the passage: “Turkey [2Jlied.”\n"
    )


def test_json_has_both_claims_with_their_spans(detente, chat, text, tmp_path):
    out = tmp_path / "out.json"
    ended = detente(*arguments(chat, text, "--format", "json", "--output", out))
    assert (ended.code, ended.out) == (0, "")
    record = json.loads(out.read_text())
    assert record["second_coder"]["model"] == "m" and record["questions"]["asked"] == 1
    assert record["counts"] == {
        "differ": 1, "only_built_in": 0, "only_second": 0, "same": 0, "dropped": 1,
    }  # fmt: skip
    (one,) = record["claims"]
    assert (one["verdict"], one["differ"]) == ("differ", ["type"])
    assert one["second"]["quote"] == {"start": 0, "end": len(DOWNED), "text": DOWNED}
    assert one["built_in"]["event_type"] == "ASSAULT" and one["second"]["event_type"] == "COERCE"
    assert record["agreement"]["type"] == {
        "agree": 0, "of": 1, "share": 0.0, "low": 0.0, "high": 0.7935,
        "kappa": 0.0, "kappa_low": None, "kappa_high": None,
    }  # fmt: skip
    assert "\x1b" not in out.read_text() and "\\u001b" not in out.read_text()


def test_without_a_store_nothing_is_kept_and_with_one_nothing_is_asked_twice(
    detente, chat, text, tmp_path
):
    for _ in range(2):
        detente(*arguments(chat, text))
    assert len(chat.asked) == 2
    store = tmp_path / "store"
    first = detente(*arguments(chat, text, "--store", store)).out
    again = detente(*arguments(chat, "--store", store)).out
    assert len(chat.asked) == 3
    assert again == first.replace(
        "1 question asked now (100 tokens)", "0 questions asked now"
    ).replace("0 answers known", "1 answer known")


def test_the_key_comes_from_the_environment(detente, chat, text, monkeypatch):
    monkeypatch.setenv("MY_KEY", "s3cret")
    detente(*arguments(chat, text, "--key-variable", "MY_KEY"))
    assert chat.asked[0]["headers"]["Authorization"] == "Bearer s3cret"


def test_no_key_of_the_environment_is_sent_unless_it_is_named(detente, chat, text, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "s3cret")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert detente(*arguments(chat, text)).code == 0
    assert "s3cret" not in json.dumps(chat.asked)


def test_what_was_not_asked_is_told_and_gives_the_exit_code(detente, chat, text, tmp_path):
    other = tmp_path / "b.txt"
    other.write_text("Iran met Iraq.")
    chat.coder = lambda passage: [CLAIM] if passage["text"] == DOWNED else "no"
    ended = detente(*arguments(chat, text, other)[:-1])
    assert ended.code == 1 and "1 document compared" in ended.out
    assert ended.err == f"skipped: {other}: 1 of 1 passages not compared: the answer is no JSON\n"


def test_an_endpoint_that_answers_nothing_is_one_line(detente, chat, text):
    chat.coder = lambda passage: sends(401, {"error": {"message": "no such key"}})
    ended = detente(*arguments(chat, text))
    assert ended.code == 2 and ended.out == ""
    assert ended.err == (
        f"detente: {chat.url}/chat/completions: answers 401 Unauthorized: no such key\n"
    )


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), "nothing to compare: give files or folders, or --store with documents"),
        (("--key-variable", "DETENTE_NO_SUCH"), "DETENTE_NO_SUCH is not set in the environment"),
        (("--store", "nowhere"), "nowhere: no documents in this store"),
    ],
)
def test_an_argument_of_no_use_is_one_line(detente, chat, more, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ended = detente(*arguments(chat, *more))
    assert ended.code == 2 and told in ended.err and ended.err.count("\n") == 1
    assert chat.asked == [] and os.listdir(tmp_path) == []


def test_an_address_of_no_use_is_one_line(detente, text):
    ended = detente("compare", text, "--endpoint", "localhost:8080", "--llm", "m")
    assert ended.code == 2 and ended.err.count("\n") == 1


def test_no_other_command_asks(detente, chat, text, tmp_path):
    detente("brief", "Turkey", "Russia", text, "--store", tmp_path / "store", "--processes", 1)
    assert not Store(tmp_path / "store").folder.joinpath("second").exists()

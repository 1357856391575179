"""The endpoint of a second coder: what is sent, what is waited for, and where nothing goes."""

from __future__ import annotations

import time

import pytest

from chat_server import chat_server, completion, says, sends
from detente.collecting.addresses import Address
from detente.collecting.endpoint import Endpoint
from detente.errors import EndpointError, InputError

BODY = b'{"messages": [{}, {"content": "{}"}]}'


@pytest.fixture
def chat():
    with chat_server() as served:
        yield served


class Slept(list):
    """Takes the place of time.sleep."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def endpoint(chat, **more):
    return Endpoint(chat.url, **{"seconds": 5.0, "sleep": Slept()} | more)


def refused(asked, body=BODY):
    with pytest.raises(EndpointError) as error:
        asked.ask(body)
    assert "\n" not in str(error.value)
    return error.value


def test_json_is_posted_to_the_chat_of_the_base_address(chat):
    asked = endpoint(chat, key="s3cret")
    assert b'"claims' in asked.ask(BODY)
    (one,) = chat.asked
    assert one["path"] == "/v1/chat/completions"
    assert one["headers"]["Authorization"] == "Bearer s3cret"
    assert one["headers"]["Content-Type"] == "application/json"
    assert set(one["headers"]) <= {
        "Host", "Accept-Encoding", "Content-Length", "User-Agent", "Content-Type", "Accept",
        "Connection", "Authorization",
    }  # fmt: skip


def test_the_whole_address_will_do_as_well(chat):
    Endpoint(f"{chat.url}/chat/completions", seconds=5.0).ask(BODY)
    Endpoint(f"{chat.url}/", seconds=5.0).ask(BODY)
    assert {one["path"] for one in chat.asked} == {"/v1/chat/completions"}
    assert all("Authorization" not in one["headers"] for one in chat.asked)


def test_what_follows_a_question_mark_is_sent_and_not_shown(chat):
    asked = Endpoint(f"{chat.url}/?version=2&key=s3cret", seconds=5.0)
    asked.ask(BODY)
    assert chat.asked[0]["path"] == "/v1/chat/completions?version=2&key=s3cret"
    assert asked.url == f"{chat.url}/chat/completions"
    chat.first = [sends(404)]
    assert "s3cret" not in str(refused(asked))


@pytest.mark.parametrize(("stated", "waited"), [("7", 7.0), ("", 1.0), ("0", 1.0), ("soon", 1.0)])
def test_who_is_busy_is_asked_again_when_it_says(chat, stated, waited):
    chat.first = [sends(429, Retry_After=stated)]
    slept = Slept()
    assert endpoint(chat, sleep=slept).ask(BODY)
    assert slept == [waited] and len(chat.asked) == 2


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
def test_a_fault_that_stays_is_told_after_four_tries(chat, status):
    chat.first = [sends(status, {"error": {"message": "no slot \x1b[31m free"}})] * 4
    slept = Slept()
    error = refused(endpoint(chat, sleep=slept))
    assert slept == [1.0, 4.0, 16.0] and len(chat.asked) == 4
    assert f"answers {status}" in error.reason and error.reason.endswith(": no slot [31m free")
    assert error.status == status and not error.lasting


def test_who_wants_to_be_left_alone_for_long_is(chat):
    chat.first = [sends(429, Retry_After="3600")]
    slept = Slept()
    assert refused(endpoint(chat, sleep=slept)).status == 429
    assert slept == [] and len(chat.asked) == 1


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_wrong_key_or_model_is_lasting_and_the_key_is_not_shown(chat, status):
    chat.first = [sends(status, {"error": {"message": "bad key s3cret"}})]
    error = refused(endpoint(chat, key="s3cret"))
    assert error.lasting and len(chat.asked) == 1
    assert "s3cret" not in str(error) and "bad key ..." in str(error)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(chat, status):
    with chat_server() as other:
        chat.first = [sends(status, Location=other.url)]
        error = refused(endpoint(chat))
        assert error.lasting and other.url in error.reason and other.asked == []


def test_a_slow_answer_is_cut_off(chat):
    def slow(handler):
        time.sleep(3)

    chat.first = [slow]
    begin = time.monotonic()
    error = refused(endpoint(chat, seconds=0.4))
    assert time.monotonic() - begin < 2 and not error.lasting
    assert "0.4 s" in error.reason and len(chat.asked) == 1


def test_an_answer_that_drips_without_end_is_cut_off(chat):
    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b" ")
            time.sleep(0.05)

    chat.first = [drip]
    assert "took longer than 0.5 s" in refused(endpoint(chat, seconds=0.5)).reason


def test_an_endless_answer_is_cut_off_by_its_size(chat):
    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b" " * 65_536)

    chat.first = [endless]
    assert refused(endpoint(chat, seconds=20.0)).reason == "answers with more than 4 MB"


def test_a_body_that_ends_too_early_is_no_answer(chat):
    def short(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b'{"choices"')

    chat.first = [short]
    assert "no proper answer" in refused(endpoint(chat)).reason


@pytest.mark.parametrize("body", [b"", b"<html>", b"[" * 4_000, b'{"error": 7}', b'{"error": {}}'])
def test_an_error_that_explains_nothing_is_told_by_its_status(chat, body):
    chat.first = [sends(400, body)]
    assert refused(endpoint(chat)).reason == "answers 400 Bad Request"


def test_nobody_there_is_one_line():
    with chat_server() as gone:
        pass
    error = refused(Endpoint(gone.url, seconds=2.0))
    assert "cannot be reached" in error.reason and not error.lasting


def test_a_key_goes_nowhere_in_the_clear_but_inside():
    public = [Address("93.184.216.34", 80, inside=False)]
    asked = Endpoint("http://api.example/v1", key="s3cret", resolve=lambda *_: public)
    error = refused(asked)
    assert error.lasting and "in the clear" in error.reason


def test_the_metadata_of_a_cloud_is_asked_by_nobodys_word():
    assert "no address that may be asked" in refused(Endpoint("http://169.254.169.254/v1")).reason


@pytest.mark.parametrize("url", ["file:///etc/passwd", "127.0.0.1", "http://a:b@127.0.0.1/v1", ""])
def test_what_is_no_address_is_refused_before_anything_is_asked(url):
    with pytest.raises(InputError):
        Endpoint(url)


@pytest.mark.parametrize("key", ["a\nb", "schlüssel", "a\r\nX: y"])
def test_a_key_that_could_be_another_header_is_refused(key):
    with pytest.raises(InputError, match=r"^the key of the endpoint"):
        Endpoint("http://127.0.0.1/v1", key=key)


def test_an_answer_is_given_as_it_came(chat):
    chat.first = [says("words"), sends(200, b"no json")]
    asked = endpoint(chat)
    assert b"words" in asked.ask(BODY) and completion("words")["model"] == "fake-1"
    assert asked.ask(BODY) == b"no json"

"""One address over HTTP: redirects, limits, rules for robots, and what is sent."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from detente.collecting.addresses import Address
from detente.collecting.connections import Limits
from detente.collecting.fetching import Fetcher, Validators
from detente.errors import UnreachableError

QUICK = Limits(silence=0.3, whole=0.7, size=100_000)
PAGES = "text/html, text/plain"


def fetcher(**more):
    return Fetcher(**{"delay": 0.0, "limits": QUICK} | more)


def fetch(served, path="/a", *, using=None, **more):
    options = {"accept": PAGES, "inside": True} | more
    return (using or fetcher()).fetch(served.url + path, **options)


def refused(served, path="/a", **more):
    with pytest.raises(UnreachableError) as error:
        fetch(served, path, **more)
    assert "\n" not in str(error.value)
    return error.value


# --- answers -----------------------------------------------------------------------------------


def test_a_page_is_given_with_what_its_host_says_of_it(served):
    served.page("/a", "<p>words</p>", Content_Type="Text/HTML; Charset=windows-1254", ETag='"7"')
    got = fetch(served)
    assert (got.url, got.content) == (f"{served.url}/a", b"<p>words</p>")
    assert (got.media, got.charset) == ("text/html", "windows-1254")
    assert got.validators == Validators('"7"', "") and got.inside and got.changed


def test_a_packed_page_is_unpacked(served):
    served.page("/a", gzip.compress(b"words" * 100), Content_Encoding="gzip")
    assert fetch(served).content == b"words" * 100


def test_what_has_not_changed_is_not_sent_again(served):
    served.versioned("/a", "words", '"7"')
    first = fetch(served, accept="*/*")
    again = fetch(served, accept="*/*", known=first.validators)
    assert first.changed and not again.changed and not again.content
    assert served.asked[-1].headers["If-None-Match"] == '"7"'


def test_a_not_modified_that_nobody_asked_for_is_no_answer(served):
    served.pages["/a"] = (304, {}, b"")
    assert "304" in refused(served).reason


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_what_is_gone_or_forbidden_stays_so(served, status):
    served.page("/a", "no", status=status)
    error = refused(served)
    assert error.lasting and str(status) in error.reason


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503])
def test_what_fails_may_work_later(served, status):
    served.page("/a", "no", status=status)
    error = refused(served)
    assert not error.lasting and str(status) in error.reason


@pytest.mark.parametrize(
    ("stated", "seconds"),
    [("120", 120), ("Thu, 26 Nov 2015 12:05:00 GMT", 300), ("soon", None), ("99999999", 86_400)],
)
def test_a_host_says_when_to_come_back(served, stated, seconds):
    served.page("/a", "no", status=503, Retry_After=stated)
    noon = datetime(2015, 11, 26, 12, tzinfo=UTC)
    assert refused(served, using=fetcher(now=lambda: noon)).wait == seconds


def test_a_host_that_is_told_to_come_back_to_is_left_alone_until_then(served):
    served.page("/a", "no", status=429, Retry_After="300")
    served.page("/b", "words")
    using = fetcher()
    refused(served, using=using)
    error = refused(served, "/b", using=using)
    assert not error.asked and error.wait == pytest.approx(300, abs=5)
    assert served.paths() == ["/a"]


def test_what_is_of_no_use_is_not_read(served):
    served.page("/a", b"\0" * 5000, Content_Type="video/mp4")
    error = refused(served)
    assert error.lasting and "video/mp4" in error.reason


def test_who_asks_says_who_he_is_and_sends_no_more(served):
    served.page("/a", "words", Set_Cookie="you=you")
    using = fetcher(contact="mailto:desk@news.example")
    fetch(served, using=using)
    fetch(served, using=using)
    sent = served.asked[-1].headers
    assert sent["User-Agent"].startswith("detente/")
    assert "(+mailto:desk@news.example)" in sent["User-Agent"]
    assert not {"cookie", "authorization", "referer"} & {name.lower() for name in sent}
    assert sent["Host"] == f"127.0.0.1:{served.port}"


# --- hostile answers ---------------------------------------------------------------------------


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b"words " * 10_000)


def silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(2)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(40):
        handler.wfile.write(b"w")
        time.sleep(0.05)


def dripping_head(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    for _ in range(40):
        handler.wfile.write(b"w")
        time.sleep(0.05)


def broken_off(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"words")


def nonsense(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x16\x03\x01 no HTTP at all\r\n\r\n")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (endless, "larger than"),
        (silent, "silent for 0.3 s"),
        (dripping, "took longer than 0.7 s"),
        (dripping_head, "took longer than 0.7 s"),
        (broken_off, "no proper answer"),
        (nonsense, "no proper answer"),
    ],
)
def test_no_answer_holds_the_round_up(served, answer, reason):
    served.pages["/a"] = answer
    began = time.monotonic()
    assert reason in refused(served).reason
    assert time.monotonic() - began < 2


def test_a_page_that_unpacks_beyond_measure_is_left(served):
    bomb = gzip.compress(b"\0" * 20_000_000)
    served.page("/a", bomb, Content_Encoding="gzip")
    assert "larger than" in refused(served).reason


def test_a_page_that_is_not_packed_as_it_says_is_told(served):
    served.page("/a", b"not packed", Content_Encoding="gzip")
    assert "no proper answer" in refused(served).reason


def test_a_host_that_is_not_there_is_told(served):
    with pytest.raises(UnreachableError, match="cannot be reached") as error:
        fetcher().fetch("http://127.0.0.1:1/", accept=PAGES, inside=True)
    assert not error.value.lasting


def test_who_is_stopped_comes_back_at_once(served):
    served.pages["/a"] = silent
    using = fetcher(limits=Limits(silence=30, whole=30))
    threading.Timer(0.2, using.stop).start()
    began = time.monotonic()
    assert not refused(served, using=using).asked
    assert time.monotonic() - began < 1.5
    assert not refused(served, using=using).asked
    using.resume()
    served.page("/a", "words")
    assert fetch(served, using=using).content == b"words"


# --- redirects ---------------------------------------------------------------------------------


def test_a_redirect_is_followed_and_one_for_good_is_told(served):
    served.redirect("/old", "/a", 301)
    served.redirect("/now", "/a", 302)
    served.page("/a", "words")
    assert fetch(served, "/old").moved == fetch(served, "/old").url == f"{served.url}/a"
    assert fetch(served, "/now").moved == ""


def test_redirects_in_a_circle_are_left(served):
    served.redirect("/a", "/b")
    served.redirect("/b", "/a")
    assert refused(served).reason == "redirects in a circle"
    assert served.paths() == ["/a", "/b"]


def test_redirects_without_end_are_left(served):
    for number in range(20):
        served.redirect(f"/{number}", f"/{number + 1}")
    assert "more than 5 times" in refused(served, "/0").reason


@pytest.mark.parametrize("to", ["ftp://127.0.0.1/", "file:///etc/passwd", "http://u:p@127.0.0.1/"])
def test_a_redirect_to_no_web_address_is_refused(served, to):
    served.redirect("/a", to)
    assert refused(served).lasting


def hosts(served, **inside):
    """A resolver that leads every host to the server; those named are inside or not."""

    def resolve(host, _port):
        return [Address("127.0.0.1", served.port, inside.get(host.partition(".")[0], False))]

    return resolve


def test_a_stranger_leads_nobody_inside(served):
    served.redirect("/a", "http://intra.example/secret")
    served.page("/secret", "secret")
    using = fetcher(resolve=hosts(served, intra=True))
    for inside in (True, False):
        with pytest.raises(UnreachableError, match="own network"):
            using.fetch("http://news.example/a", accept=PAGES, inside=inside)
    assert "/secret" not in served.paths()


def test_who_is_inside_may_lead_to_others_there(served):
    served.redirect("/a", "http://wiki.example/page")
    served.page("/page", "words")
    using = fetcher(resolve=hosts(served, intra=True, wiki=True))
    got = using.fetch("http://intra.example/a", accept=PAGES, inside=True)
    assert got.content == b"words" and got.inside
    with pytest.raises(UnreachableError, match="own network"):
        using.fetch("http://intra.example/a", accept=PAGES, inside=False)


def test_the_user_may_allow_all(served):
    served.redirect("/a", "http://intra.example/page")
    served.page("/page", "words")
    using = fetcher(resolve=hosts(served, intra=True), inside=True)
    assert using.fetch("http://news.example/a", accept=PAGES, inside=False).content == b"words"


# --- rules for robots --------------------------------------------------------------------------


def test_what_robots_are_asked_not_to_fetch_is_not_fetched(served):
    served.page("/robots.txt", "User-agent: *\nDisallow: /*.html$\n", Content_Type="text/plain")
    served.page("/a.html", "words")
    served.page("/a", "words")
    error = refused(served, "/a.html")
    assert error.lasting and "robots.txt" in error.reason
    assert fetch(served).content == b"words"
    assert served.paths() == ["/a"]


def test_rules_for_us_count_before_those_for_all(served):
    rules = "User-agent: detente\nAllow: /\n\nUser-agent: *\nDisallow: /\n"
    served.page("/robots.txt", rules, Content_Type="text/plain")
    served.page("/a", "words")
    assert fetch(served).content == b"words"


def test_a_redirect_does_not_lead_around_the_rules(served):
    served.page("/robots.txt", "User-agent: *\nDisallow: /private\n", Content_Type="text/plain")
    served.redirect("/a", "/private/b")
    served.page("/private/b", "words")
    assert "robots.txt" in refused(served).reason
    assert served.paths() == ["/a"]


def test_rules_are_read_once(served):
    served.page("/a", "words")
    using = fetcher()
    fetch(served, using=using)
    fetch(served, using=using)
    assert [one.path for one in served.asked] == ["/robots.txt", "/a", "/a"]


@pytest.mark.parametrize("answer", [(500, {}, b""), silent])
def test_rules_that_cannot_be_had_may_forbid_it(served, answer):
    served.pages["/robots.txt"] = answer
    served.page("/a", "words")
    error = refused(served)
    assert not error.lasting and "robots.txt cannot be had" in error.reason
    assert served.paths() == []


def test_rules_without_end_are_read_in_part(served):
    served.pages["/robots.txt"] = endless
    served.page("/a", "words")
    assert fetch(served, using=fetcher(limits=Limits(silence=1, whole=5))).content == b"words"


def test_a_host_sets_the_pause_between_questions(served):
    served.page("/robots.txt", "User-agent: *\nCrawl-delay: 7\n", Content_Type="text/plain")
    served.page("/a", "words")
    slept = []
    clock = [100.0]

    def sleep(seconds):
        slept.append(seconds)
        clock[0] += seconds

    using = fetcher(clock=lambda: clock[0], sleep=sleep)
    for _ in range(3):
        fetch(served, using=using)
    assert slept == [7.0, 7.0]


# --- certificates ------------------------------------------------------------------------------


@pytest.fixture
def certified(tmp_path):
    """A server with a certificate of its own for news.example: its port, and the certificate."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=news.example".split()
    names = ["-addext", "subjectAltName=DNS:news.example"]
    made = ["openssl", *subject, *names, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(made, check=True, capture_output=True)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            found = self.path == "/a"
            self.send_response(200 if found else 302 if self.path == "/down" else 404)
            self.send_header("Location", "http://news.example/a")
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"words")

        def log_message(self, *_):
            return

    class Server(HTTPServer):
        def handle_error(self, *_):
            return

    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server.server_address[1], certificate
    server.shutdown()
    server.server_close()


def secure(port):
    limits = Limits(silence=5, whole=10)
    return fetcher(resolve=lambda _h, _p: [Address("127.0.0.1", port, True)], limits=limits)


def test_a_certificate_that_nobody_vouches_for_is_refused(certified):
    with pytest.raises(UnreachableError, match="certificate is not trusted"):
        secure(certified[0]).fetch("https://news.example/a", accept=PAGES, inside=True)


def test_a_certificate_must_be_of_the_host(certified, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certified[1]))
    using = secure(certified[0])
    assert using.fetch("https://news.example/a", accept=PAGES, inside=True).content == b"words"
    with pytest.raises(UnreachableError, match="certificate is not trusted"):
        using.fetch("https://other.example/a", accept=PAGES, inside=True)


def test_nobody_is_led_from_https_to_http(certified, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certified[1]))
    with pytest.raises(UnreachableError, match="from https to"):
        secure(certified[0]).fetch("https://news.example/down", accept=PAGES, inside=True)

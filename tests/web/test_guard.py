"""Requests that come from elsewhere are refused, and every answer is kept apart."""

from __future__ import annotations

import pytest

ADDRESSES = (
    "/",
    "/relations/TUR/RUS",
    "/relations/TUR/RUS.json",
    "/sources",
    "/static/pages.css",
    "/static/passage.js",
    "/static/brief.css",
    "/no/such/page",
    "/events/none",
    "/relations/Turkey/Atlantis",
)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "127.0.0.2",
        "0.0.0.0",
        "[::1]",
        "evil.example@127.0.0.1",
        "127.0.0.1:8000;",
        "",
    ],
)
def test_a_foreign_host_is_refused(pages, host):
    answer = pages.get("/", Host=host)
    assert answer.status in (400, 421)
    assert "country" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "localhost:9000", "LOCALHOST:1"])
def test_this_machine_is_answered_whatever_the_port(pages, host):
    assert pages.get("/", Host=host).status == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1", "file://"]
)
def test_a_foreign_origin_is_refused(pages, origin):
    for path in ("/", "/sources.json", "/static/pages.css"):
        assert pages.get(path, Origin=origin).status == 403


def test_the_own_origin_is_answered(pages):
    assert pages.get("/", Origin=pages.address).status == 200


def test_a_page_from_elsewhere_may_link_and_not_load(pages):
    assert pages.get("/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate").status == 200
    for mode in ("no-cors", "cors", "same-origin"):
        answer = pages.get("/sources.json", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode=mode)
        assert answer.status == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_can_be_changed(pages, method):
    answer = pages.get("/", method=method)
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD"


def test_head_has_no_body(pages):
    answer = pages.get("/", method="HEAD")
    assert answer.status == 200 and answer.text == ""


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("host", [None, "evil.example"])
def test_every_answer_bears_the_headers(pages, address, host):
    answer = pages.get(address, **({"Host": host} if host else {}))
    policy = dict(
        part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; ")
    )
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"
    for kind in ("script-src", "style-src"):
        assert policy[kind].startswith("http://127.0.0.1") and policy[kind].endswith("/static/")
    assert "unsafe" not in str(policy) and "evil" not in str(policy)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_files_beside_the_static_ones_are_not_served(pages):
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/"):
        assert pages.get(path).status == 404

"""Which addresses may be asked, and by whose word."""

from __future__ import annotations

import pytest

from detente.collecting.addresses import Address, addresses_of, is_inside, look_up, target_of
from detente.errors import UnreachableError


@pytest.mark.parametrize(
    ("url", "normal", "host", "port", "path"),
    [
        ("http://news.example", "http://news.example/", "news.example", 80, "/"),
        ("HTTPS://News.Example:8443/a?b=c#d", None, "news.example", 8443, "/a?b=c"),
        ("http://[::1]:81/x", "http://[::1]:81/x", "::1", 81, "/x"),
        (" http://exämple.org/ü ", None, "xn--exmple-cua.org", 80, "/%C3%BC"),
    ],
)
def test_an_address_is_taken_apart(url, normal, host, port, path):
    target = target_of(url)
    assert (target.host, target.port, target.path) == (host, port, path)
    assert target.url == target.origin + path
    if normal:
        assert target.url == normal


@pytest.mark.parametrize(
    "url",
    [
        "ftp://news.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//news.example/",
        "http://",
        "news",
        "",
        "http://news.example/\x1b[2J",
        "http://news.example/" + "a" * 3000,
        "http://news.example:99999/",
    ],
)
def test_what_is_no_web_address_is_refused_for_good(url):
    with pytest.raises(UnreachableError) as refused:
        target_of(url)
    assert refused.value.lasting
    assert "\n" not in str(refused.value) and "\x1b" not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["http://me:secret@news.example/", "http://me:secret@news.example:x/"]
)
def test_an_address_with_a_password_is_refused_and_the_password_is_not_repeated(url):
    with pytest.raises(UnreachableError) as refused:
        target_of(url)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "number",
    "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 100.64.1.1 169.254.169.254 ::1 fd00::1 fe80::1%eth0 "
    "::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: 0.0.0.0".split(),
)
def test_private_addresses_are_inside_however_they_are_wrapped(number):
    assert is_inside(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are_outside(number):
    assert not is_inside(number)


def asked(number, *, inside):
    found = [Address(number, 80, is_inside(number))]
    return addresses_of(target_of("http://h/"), inside=inside, resolve=lambda _h, _p: found)


def test_who_may_go_inside_may_and_others_may_not():
    assert [one.ip for one in asked("10.0.0.1", inside=True)] == ["10.0.0.1"]
    with pytest.raises(UnreachableError, match="--inside"):
        asked("10.0.0.1", inside=False)


@pytest.mark.parametrize(
    "number", ["169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "240.0.0.1"]
)
def test_what_is_no_host_is_asked_by_nobodys_word(number):
    with pytest.raises(UnreachableError, match="no address that may be asked"):
        asked(number, inside=True)


def test_a_host_with_one_address_outside_is_asked_there():
    found = [Address("10.0.0.1", 80, True), Address("8.8.8.8", 80, False)]
    chosen = addresses_of(target_of("http://h/"), inside=False, resolve=lambda _h, _p: found)
    assert [one.ip for one in chosen] == ["8.8.8.8"]


@pytest.mark.parametrize("name", ["127.0.0.1", "2130706433", "0x7f.1", "localhost"])
def test_the_resolver_is_asked_once_and_its_answer_is_judged(name):
    assert all(one.inside for one in look_up(name, 80))


def test_a_host_that_is_not_known_may_be_known_later():
    def unknown(_host, _port):
        raise OSError(1, "Name or service not known")

    with pytest.raises(UnreachableError, match="not known") as refused:
        addresses_of(target_of("http://nowhere.example/"), inside=True, resolve=unknown)
    assert not refused.value.lasting

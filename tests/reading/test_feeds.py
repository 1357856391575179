"""Feeds on disk: one document an entry, with the text that the feed has of it."""

from __future__ import annotations

import hashlib
import time
from datetime import date

import feedparser
import pytest

from detente.model import Document
from detente.reading import Severity, read

WORDS = "The minister of Turkey met the envoy of Russia in the port on Monday."
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Port Post</title>
<item><title>Talks</title><link>https://post.example/1</link><guid>tag:1</guid>
  <pubDate>Mon, 25 Jul 2016 23:30:00 -0700</pubDate><dc:creator>Jane Doe</dc:creator>
  <description>{WORDS}</description></item>
<item><title>More talks</title><link>https://post.example/2</link>
  <description>Short words of the port.</description>
  <content:encoded><![CDATA[<p>{WORDS}</p><p>They <b>agreed</b> &amp; left.</p>]]></content:encoded>
</item>
<item><title>The envoy of Russia leaves the port of Turkey</title></item>
</channel></rss>
"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>
<entry><id>urn:1</id><title>Talks</title><link href="https://wire.example/1"/>
<updated>2016-07-25T10:00:00Z</updated><summary>{WORDS}</summary></entry>
<entry><id>urn:2</id><title>Talks</title><published>2016-07-24T10:00:00Z</published>
<updated>2016-07-25T10:00:00Z</updated><source><title>Another Post</title></source>
<content type="html">&lt;p&gt;{WORDS} Two.&lt;/p&gt;</content></entry></feed>
"""


def run(path, text):
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(read([path], today=date(2026, 1, 2)))


def test_an_rss_feed(tmp_path):
    first, second, third = run(tmp_path / "a.rss", RSS)
    assert (first.key, first.url, first.title) == ("tag:1", "https://post.example/1", "Talks")
    assert (first.author, first.outlets) == ("Jane Doe", ("The Port Post",))
    assert (first.text, first.published) == (WORDS, date(2016, 7, 25))
    assert second.text == f"{WORDS}\n\nThey agreed & left." and second.segments
    assert second.key == second.url and second.published is None
    assert third.text.startswith("The envoy") and third.title is None
    digest = hashlib.sha256(RSS.encode()).hexdigest()
    assert {one.source_digest for one in (first, second, third)} == {digest}


def test_an_atom_feed(tmp_path):
    first, second = run(tmp_path / "a.atom", ATOM)
    assert first.published == date(2016, 7, 25) and "changed" in first.published_reason
    assert second.published == date(2016, 7, 24) and second.published_reason is None
    assert second.outlets == ("Another Post",) and second.text == f"{WORDS} Two."


def test_a_damaged_feed_is_read_as_far_as_it_can_be(tmp_path):
    note, *found = run(tmp_path / "a.xml", RSS[: RSS.index("<item><title>The envoy")])
    assert note.severity is Severity.NOTED and "damaged feed" in note.reason
    assert [one.key for one in found] == ["tag:1", "https://post.example/2"]


@pytest.mark.parametrize("text", ["", "nonsense", "<html><p>a</p></html>", "https://post.example/"])
def test_what_is_no_feed(tmp_path, text):
    (found,) = run(tmp_path / "a.xml", text)
    assert "no feed" in found.reason


def test_a_feed_without_entries_says_so(tmp_path):
    (found,) = run(tmp_path / "a.rss", "<rss version='2.0'><channel></channel></rss>")
    assert "no entries" in found.reason


def test_nothing_is_fetched_or_opened(tmp_path, monkeypatch):
    def refuse(*_arguments, **_options):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(feedparser.http, "get", refuse)
    secret = tmp_path / "secret.txt"
    secret.write_text(RSS)
    for text in ("https://post.example/feed", str(secret), f"file://{secret}"):
        (found,) = run(tmp_path / "a.rss", text)
        assert "no feed" in found.reason
    outside = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}">]>' + RSS.replace(
        WORDS, "&a;" + WORDS
    )
    for found in run(
        tmp_path / "b.rss", outside.replace('<?xml version="1.0" encoding="utf-8"?>', "")
    ):
        assert not isinstance(found, Document) or "Port Post" not in found.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
def test_entities_do_not_grow(tmp_path, encoding):
    grown = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    feed = RSS.partition("?>")[2].replace(WORDS, "&a9;")
    text = f'<!DOCTYPE x [<!ENTITY a0 "words">{grown}]>{feed}'
    for found in run(tmp_path / "a.rss", text.encode(encoding)):
        assert not isinstance(found, Document) or len(found.text) < 10_000


def test_a_long_prolog_takes_no_time(tmp_path):
    begin = time.process_time()
    found = run(
        tmp_path / "a.rss", "<!DOCTYPE x [" + "\n" * 500_000 + "]>" + RSS.partition("?>")[2]
    )
    assert sum(isinstance(one, Document) for one in found) == 3
    assert time.process_time() - begin < 10

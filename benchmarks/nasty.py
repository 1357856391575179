"""Nasty files, made in code, and mutations of them: what the readers are tried with.

Each reader has a few files that are sound enough to be read deep into, and odd in the ways that files
of the format are odd. A mutation changes one of them in up to eight places: bits, slices, words of
the format, parts of the others. The same number always gives the same file.
"""

from __future__ import annotations

import base64
import gzip
import json
import random
from dataclasses import dataclass

__all__ = ["CASES", "Case", "mutated"]

LARGEST = 256 * 1024
WORDS = "The minister of Turkey met the envoy of Russia in the port on Monday, the agency said."
_BYTES = (
    b"\0",
    b"\xff",
    b"\xfe",
    b"\x1f\x8b\x08",
    b"\r",
    b"\n",
    b'"',
    b"\\",
    b"<",
    b">",
    b"&",
    b"\x80",
)


@dataclass(frozen=True)
class Case:
    """What a reader is tried with.

    Attributes:
        name: the reader.
        suffix: the end of the file's name.
        seeds: nasty files.
        words: words of the format.
    """

    name: str
    suffix: str
    seeds: tuple[bytes, ...]
    words: tuple[bytes, ...]


def mutated(case: Case, number: int) -> tuple[str, bytes]:
    """Return the end of the name and the bytes of one mutation.

    Args:
        case: of which reader.
        number: which one.
    """
    chance = random.Random(f"{case.name} {number}")
    data = bytearray(chance.choice(case.seeds))
    for _ in range(chance.randint(1, 8)):
        _change(data, case, chance)
    del data[LARGEST:]
    if chance.random() < 0.15:
        packed = bytearray(gzip.compress(data, mtime=0))
        if chance.random() < 0.4:
            _change(packed, case, chance)
        return f"{case.suffix}.gz", bytes(packed)
    return case.suffix, bytes(data)


def _change(data: bytearray, case: Case, chance: random.Random) -> None:
    """Change bytes in one place."""
    at, end = sorted(chance.randint(0, len(data)) for _ in range(2))
    end = min(end, at + chance.choice((1, 8, 80, 800, LARGEST)))
    kind = chance.randrange(9)
    if kind == 0 and at < len(data):
        data[at] ^= 1 << chance.randrange(8)
    elif kind == 1:
        data[at:at] = chance.choice(_BYTES)
    elif kind == 2:
        del data[at:end]
    elif kind == 3:
        data[at:at] = data[at:end] * chance.choice((1, 2, 50))
    elif kind == 4:
        data[at:end] = chance.choice(case.words)
    elif kind == 5:
        data[at:at] = chance.choice(case.words) * chance.choice((1, 1, 3, 300, 3000))
    elif kind == 6:
        other = chance.choice(case.seeds)
        start, stop = sorted(chance.randint(0, len(other)) for _ in range(2))
        data[at:end] = other[start:stop]
    elif kind == 7:
        del data[at:]
    else:
        data[at:at] = chance.choice((b" ", b"\n", b"a", b"1", b"-", b"\xc3\xa9")) * chance.choice(
            (100, 5000, 50_000)
        )
    del data[LARGEST:]


def _texts() -> tuple[bytes, ...]:
    header = "Outlet: The Port Post; Wire\nPublished: 24 November 2015\nTitle: Talks\n\n"
    strange = (
        "Erdo\u011fan \u202eREVERSED\u202c a\u0301\u0301\u0301 \ufeff \u2028 \U0001f600 \x85 \x0b"
    )
    return (
        f"{header}{WORDS}\n\nPORT (Reuters) - {WORDS}\n\nCopyright 2015\nRelated: more".encode(),
        f"{WORDS} {strange}\r\n\r\n{WORDS}\rEnd".encode(),
        f"\ufeff{WORDS}".encode("utf-16"),
        f"{WORDS} isn\u2019t it\u2026 caf\u00e9".encode("cp1252"),
        (f"{WORDS} Erdoğan. " * 20).encode().decode("latin-1").encode(),
        ("“He said ‘" * 300 + WORDS + "’ she said.” " * 300).encode(),
        ("1. " * 500 + "-- " * 500 + WORDS + "\n" * 500).encode(),
        f"By Jane Doe\nPosted by Jane at 10:00 pm, Monday\n\n{WORDS}\n\nComments (3)\nBob says:\nNo.".encode(),
    )


def _pages() -> tuple[bytes, ...]:
    start = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Talks in the port</title>'
    dated = '<meta property="article:published_time" content="2016-07-25T10:00:00Z">'
    linked = json.dumps({"@graph": [{"@type": "NewsArticle", "datePublished": "2016-07-25"}]})
    paragraph = f"<p>{WORDS}</p>"
    return (
        f"{start}{dated}<script type='application/ld+json'>{linked}</script></head><body><nav><a href=/>"
        f"Home</a></nav><article><h1>Talks in the port</h1><time pubdate datetime=2016-07-25>25 July"
        f"</time><span class='author'>Jane Doe</span>{paragraph * 5}<blockquote>{paragraph * 6}"
        f"</blockquote></article><div id=comments><ol><li class=comment><cite>Bob</cite> says: no"
        f"<li>{WORDS}</ol></div><footer>&copy; 2016</footer></body></html>".encode(),
        f"{start}</head><body>{'<div>' * 200}{paragraph}{'<b>' * 40}{WORDS}<table><tr><td>{WORDS}".encode(),
        f"<p>{WORDS}<br><br>{WORDS}<br>{'<br>' * 300}&#0;&#xD800;&#1114112;&bogus;&amp;lt;".encode(),
        f"<?xml version='1.0' encoding='utf-16'?><html xmlns='http://www.w3.org/1999/xhtml'>"
        f"<![CDATA[{WORDS}]]>{paragraph}<svg><script>alert(1)</script></svg><math><mi>x</math>".encode(),
        (
            f"<meta charset=iso-8859-9><p>{WORDS} Erdoğan" + "<p " + "a=1 " * 300 + f">{WORDS}"
        ).encode("iso-8859-9"),
        f"<frameset><plaintext>{WORDS}<form><select><option>{WORDS}<template>{paragraph}".encode(),
        f"<script type='application/ld+json'>{'[' * 900}</script><h3>Comments</h3>{'<li>' * 200}{paragraph}"
        f"<iframe srcdoc='{paragraph}'><!--{paragraph}-- ><!-->{paragraph}".encode(),
        f"<div style='display:none'>{paragraph}</div><p hidden>x</p>{'<a href=#>x</a> ' * 300}{paragraph}"
        f"<h1>{'Talks ' * 300}</h1><h2>Reuters, July 25, 2016</h2>{paragraph * 3}".encode(),
    )


def _json_lines() -> tuple[bytes, ...]:
    record = {
        "id": 7,
        "url": "https://post.example/1",
        "outlets": ["Post", ["x"], "Wire; Gazette", None],
        "published": "2015-11-24T10:00:00+03:00",
        "title": ["a"],
        "text": WORDS,
        "more": {"a": [1, 2.5e300, None, True]},
    }
    line = json.dumps(record)
    return (
        (line + "\n").encode() * 3,
        f'{{"text": "{WORDS} \\ud800 \\u0000 \\uffff", "id": true}}\n[]\n{{}}\nnull\n"x"\n'.encode(),
        f'{{"text": "{WORDS}", "date": 20151124, "id": -0}}\n{{"text": NaN}}\n{{"text": 1e999}}'.encode(),
        b'{"text": ' + b"[" * 3000 + b"]" * 3000 + b"}\n" + line.encode(),
        b'{"text": ' + b"9" * 5000 + b"}\r\n\xef\xbb\xbf" + line.encode() + b"\r\r\n",
        f'{{"text": "{WORDS}", "text": "{WORDS} again", "outlet": ";;;", "author": 3}}'.encode(
            "utf-16"
        ),
    )


def _tables() -> tuple[bytes, ...]:
    return (
        f'id,outlets,published,text,desk\n1,Post; Wire,2015-11-24,"{WORDS}\n\n""More"".",x\n2,,,{WORDS}'.encode(),
        f"text;id\r\n{WORDS};1\r\n\r\n;;;\r\n{WORDS} Two.;2;3;4\r\n".encode(),
        f'text\tid\n"{WORDS}\t1\n"unclosed\t2\n{WORDS}\t3\n'.encode(),
        f"\ufefftext,text,TEXT \n{WORDS},b,c\n\0,\x1a\n".encode(),
        f'text,date\n"{WORDS}"x,2015\n\'{WORDS}\',"2015-11-24"\n'.encode("utf-16"),
        b"text\n" + b'"' * 3001 + WORDS.encode() + b"\n" + b"," * 3000 + b"\n",
    )


def _record(
    kind: str, block: bytes, url: str = "https://post.example/1", *, length: int | None = None
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2016-07-26T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _crawls() -> tuple[bytes, ...]:
    page = f"<html><head><title>Talks</title></head><body><p>{WORDS}</p></body></html>".encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
    plain = _record("response", head + b"\r\n" + page)
    packed = head + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = gzip.compress(page, mtime=0)
    chunked = packed + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    text = b"HTTP/1.0 200\r\ncontent-type: text/plain\r\n\r\n" + WORDS.encode()
    missing = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n" + page
    records = (
        _record("warcinfo", b"software: x\r\n"),
        plain,
        _record("response", chunked, "https://post.example/2"),
        _record("response", text, "https://post.example/3"),
        _record("response", missing),
        _record("resource", page),
        _record("request", b"GET / HTTP/1.1\r\n\r\n"),
        _record("response", head + b"\r\n" + page, "https://post.example/4"),
    )
    wrong = (
        plain,
        _record("response", head, length=10**6),
        plain,
        _record("response", page, length=3),
        plain,
    )
    return (
        b"".join(records),
        b"".join(gzip.compress(one, mtime=0) for one in records),
        gzip.compress(b"".join(records), mtime=0),
        b"".join(wrong),
        b"".join(gzip.compress(one, mtime=0) for one in wrong),
        plain.replace(b"\r\n", b"\n") + b"WARC/9.9\r\n\r\n" + plain,
        gzip.compress(plain, mtime=0) + b"\x1f\x8b\x08" * 50 + gzip.compress(plain, mtime=0)[:-9],
    )


def _messages() -> tuple[bytes, ...]:
    head = "From: =?utf-8?q?Ay=C5=9Fe?= <a@tass.com>\nDate: Mon, 25 Jul 2016 10:00:00 +0300\nMessage-ID: <1@x>\nSubject: Talks\n"
    page = f"<p>{WORDS}</p>"
    coded = base64.encodebytes(page.encode()).decode()
    parts = (
        f"{head}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: "
        f"multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain; charset=iso-8859-9\n\n{WORDS}"
        f"\n--c\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n{coded}\n--c--\n--b\n"
        f"Content-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment\n\n%PDF\n--b\n"
        f"Content-Type: message/rfc822\n\nSubject: inner\n\n{WORDS}\n--b--\n"
    )
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(25))
    return (
        parts.encode(),
        f"{head}\n{WORDS}\n\n>From the port.\n-- \nJane\n".encode(),
        f'{head}Content-Type: text/html; charset="utf-7"\nContent-Transfer-Encoding: quoted-printable\n\n{page}=\n=3D=ZZ'.encode(),
        f"{head}{deep}\n{WORDS}".encode(),
        b"From: \xff\xfe <@@>\nSubject: =?utf-8?b?////?= =?x?q?=ff?=\nDate: 99 Foo 2016\n\n"
        + WORDS.encode(),
        f"{head}Content-Type: text/plain; charset*0*=us-ascii''a; charset*1=b; name*=''%ff\nX: {'a' * 3000}\n y\n\n{WORDS}".encode(),
        f"{head}Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n#0V%T\n`\nend\n{WORDS}".encode(),
    )


def _feeds() -> tuple[bytes, ...]:
    item = (
        f"<item><title>Talks</title><link>https://post.example/1</link><guid>tag:1</guid><pubDate>Mon, "
        f"25 Jul 2016 10:00:00 GMT</pubDate><description>&lt;p&gt;{WORDS}&lt;/p&gt;</description></item>"
    )
    atom = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">W&amp;amp;</title><entry><id>urn:1</id>'
        f'<title>Talks</title><link rel="alternate" href="/1"/><updated>2016-07-25T10:00:00Z</updated>'
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{WORDS}</p></div></content>'
        f'<source><title>X</title></source></entry><entry><content type="application/octet-stream" '
        f'mode="base64">{base64.b64encode(WORDS.encode()).decode()}</content></entry></feed>'
    )
    rdf = (
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>P</title></channel><item rdf:about="x">'
        f"<title>Talks</title><dc:date>2016-07-25</dc:date><description>{WORDS}</description></item></rdf:RDF>"
    )
    grown = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Post</title>{item * 3}</channel></rss>'.encode(),
        atom.encode(),
        rdf.encode(),
        f'<!DOCTYPE x [<!ENTITY a0 "words">{grown}]><rss><channel>{item}&a9;<item><title>&a9;</title></item>'.encode(),
        f'<?xml version="1.0" encoding="koi8-r"?><rss><channel>{item}<item><description><![CDATA[<p>{WORDS}]]>'.encode(),
        f"<rss xmlns:media='http://search.yahoo.com/mrss/'><channel>{'<item>' * 150}{item}<media:content url='x'>".encode(
            "utf-16"
        ),
    )


_BOXES = tuple(b"From a@b Mon Jul 25 10:00:00 2016\n" + one + b"\n\n" for one in _messages())
_JSON_WORDS = (b"{", b"[", b'"text":', b'"', b"\\u", b"\\ud83d", b"null", b"1e9999", b"-", b",")
_MAIL_WORDS = (
    b"Content-Type: multipart/mixed; boundary=b\n\n",
    b"\n--b\n",
    b"--b--",
    b"From ",
    b"\n\nFrom x\n",
    b"=?utf-8?q?=C3?=",
    b"Content-Type: message/rfc822\n\n",
    b"Content-Transfer-Encoding: base64\n",
    b'charset="',
    b"Date: ",
    b"(((",
    b"<<@",
)
CASES = (
    Case(
        "text",
        ".txt",
        _texts(),
        (
            b"Outlet: ",
            b"Published: ",
            "“".encode(),
            b"(Reuters) - ",
            b"By ",
            b"\n\n",
            b"July 22, ",
            b"http://a.b/",
        ),
    ),
    Case(
        "html",
        ".html",
        _pages(),
        (
            b"<div>",
            b"</div>",
            b"<p>",
            b"<!--",
            b"-->",
            b"<table>",
            b"<td>",
            b"<script>",
            b"<blockquote>",
            b"<a href=x>",
            b"<br>",
            b" class='comment'",
            b"&#x",
            b"<![CDATA[",
            b"<li>",
            b"<time>",
        ),
    ),
    Case("jsonl", ".jsonl", _json_lines(), _JSON_WORDS),
    Case(
        "json",
        ".json",
        tuple(b"[%s]" % one.replace(b"\n", b",\n") for one in _json_lines()) + _json_lines(),
        _JSON_WORDS,
    ),
    Case("csv", ".csv", _tables(), (b'"', b'""', b",", b";", b"\t", b"\r", b"text", b"\n\n")),
    Case(
        "warc",
        ".warc",
        _crawls(),
        (
            b"WARC/1.0\r\n",
            b"\r\n\r\n",
            b"Content-Length: 9",
            b"Content-Length: -1\r\n",
            b"HTTP/1.1 200 OK\r\n",
            b"\x1f\x8b\x08\0",
            b"WARC-Type: response\r\n",
            b"Transfer-Encoding: chunked\r\n",
            b"Content-Encoding: br\r\n",
            b"ffffffff\r\n",
        ),
    ),
    Case("mbox", ".mbox", (b"".join(_BOXES), *_BOXES), _MAIL_WORDS),
    Case("eml", ".eml", _messages(), _MAIL_WORDS),
    Case(
        "feed",
        ".xml",
        _feeds(),
        (
            b"<item>",
            b"</item>",
            b"<entry>",
            b"<![CDATA[",
            b"]]>",
            b"&lt;p&gt;",
            b"<content type='xhtml'>",
            b"<link>",
            b"<!DOCTYPE x [",
            b"<pubDate>",
            b"&#x0;",
            b"xmlns:a='b'",
        ),
    ),
)

"""WARC files: every page with its address, day and offset, whatever is damaged between them."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
from datetime import date

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from detente.model import Document
from detente.reading import Problem, Severity, read
from detente.reading.limits import LARGEST_DOCUMENT

TODAY = date(2026, 1, 2)
STATED = date(2016, 7, 25)
HTML = [("Content-Type", "text/html; charset=utf-8")]


def page(number, *, dated=True):
    day = f'<meta property="article:published_time" content="{STATED}">' if dated else ""
    return (
        f"<html><head><title>Report {number}</title>{day}</head><body><h1>Report {number}</h1>"
        f"<p>The minister of Turkey met the envoy of Russia in port {number} on Monday, and they "
        "agreed to open the bridge again.</p></body></html>"
    ).encode()


class Crawl:
    """A WARC file in the making, and where its records begin."""

    def __init__(self, *, packed=True):
        self.stream = io.BytesIO()
        self.writer = WARCWriter(self.stream, gzip=packed)
        self.offsets = []

    def add(self, url, body, *, headers=HTML, status="200 OK", kind="response", when=None):
        self.offsets.append(self.stream.tell())
        http = (
            StatusAndHeaders(status, headers, protocol="HTTP/1.1") if kind == "response" else None
        )
        record = self.writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body),
            http_headers=http,
            warc_content_type=None if http else headers[0][1],
            warc_headers_dict={"WARC-Date": when or "2016-07-26T10:00:00Z"},
        )
        self.writer.write_record(record)
        record.raw_stream.close()  # a temporary file by then
        return record.rec_headers.get_header("WARC-Record-ID").strip("<>")

    @property
    def data(self):
        return bytearray(self.stream.getvalue())

    def end(self, index):
        return [*self.offsets[1:], len(self.data)][index]


def run(path, data, **options):
    path.write_bytes(data)
    return list(read([path], today=TODAY, **options))


def documents(found):
    return [one for one in found if isinstance(one, Document)]


def problems(found, severity=Severity.SKIPPED):
    return [one for one in found if isinstance(one, Problem) and one.severity is severity]


def damage(data, start, end, index):
    """Damage a record in one of the ways in which files are damaged."""
    middle = (start + end) // 2
    if index % 5 == 0:  # bytes overwritten
        data[middle : middle + 20] = bytes(20)
    elif index % 5 == 1:  # one bit of the checksum
        data[end - 6] ^= 1
    elif index % 5 == 2:  # the beginning lost
        data[start : start + 4] = b"\0\0\0\0"
    elif index % 5 == 3:  # a byte in the middle
        data[middle] ^= 0xFF
    else:  # the end overwritten
        data[end - 30 : end] = b"x" * 30


@pytest.mark.parametrize(("packed", "pages"), [(True, 2000), (False, 400)])
def test_every_page_is_read_and_ten_damaged_are_told(tmp_path, packed, pages):
    crawl = Crawl(packed=packed)
    names = []
    for number in range(pages):
        second, minute = number % 60, number // 60 % 60
        when = f"2016-07-26T10:{minute:02}:{second:02}Z"
        url = f"https://post.example/{number}?q=é"
        names.append((url, crawl.add(url, page(number), when=when), when))
    data = crawl.data
    broken = set(range(pages // 35, pages, pages // 10))
    for count, number in enumerate(sorted(broken)):
        start, end = crawl.offsets[number], crawl.end(number)
        if packed:
            damage(data, start, end, count)
        elif count % 2:
            data[(start + end) // 2 : end - 10] = bytes(end - 10 - (start + end) // 2)
        else:
            place = data.index(b"Content-Length: ", start)
            data[place : place + 19] = b"Content-Length: 100"
    path = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    found = run(path, data)
    whole = [number for number in range(pages) if number not in broken]
    assert len(broken) == 10
    assert [
        (one.url, one.collected.record, one.collected.when, one.collected.offset)
        for one in documents(found)
    ] == [(*names[number], crawl.offsets[number]) for number in whole]
    assert {(one.key, one.published) for one in documents(found)} == {
        (names[number][0], STATED) for number in whole
    }
    assert {one.collected.file for one in documents(found)} == {path.as_posix()}
    told = [int(one.where.rpartition("@")[2]) for one in problems(found)]
    assert told == [crawl.offsets[number] for number in sorted(broken)]
    assert all("damaged" in one.reason or "no gzip" in one.reason for one in problems(found))


def test_the_digest_is_that_of_what_the_server_sent(tmp_path):
    crawl = Crawl(packed=False)
    crawl.add("https://post.example/1", page(1))
    (document,) = run(tmp_path / "a.warc", crawl.data)
    block = bytes(crawl.data)[crawl.data.index(b"HTTP/1.1 200") : -4]
    assert document.source_digest == hashlib.sha256(block).hexdigest()


def test_what_is_no_page_is_counted_and_not_read(tmp_path):
    crawl = Crawl()
    crawl.add("https://post.example/1", page(1))
    crawl.add("https://post.example/2", page(2), status="404 Not Found")
    crawl.add("https://post.example/3", b"\x89PNG", headers=[("Content-Type", "image/png")])
    crawl.add("https://post.example/4", b"fetched", kind="metadata", headers=[("", "text/plain")])
    found = run(tmp_path / "a.warc.gz", crawl.data)
    assert len(documents(found)) == 1 and not problems(found)
    (told,) = problems(found, Severity.IGNORED)
    assert "2 records" in told.reason and "image/png 1" in told.reason and "404" in told.reason


def test_plain_text_resources_and_conversions_are_read(tmp_path):
    text = b"The minister of Turkey met the envoy of Russia in the port on Monday."
    crawl = Crawl()
    crawl.add("https://a.example/1", text, headers=[("Content-Type", "text/plain")])
    crawl.add(
        "https://a.example/2", text + b" Two.", kind="conversion", headers=[("", "text/plain")]
    )
    crawl.add("https://a.example/3", page(3), kind="resource", headers=[("", "text/html")])
    found = documents(run(tmp_path / "a.warc.gz", crawl.data))
    assert [one.url[-1] for one in found] == ["1", "2", "3"]
    assert found[0].text == text.decode()


def test_chunked_and_packed_pages_and_their_encoding(tmp_path):
    words = page(1).replace(b"minister", "minister Erdoğan".encode()).decode()
    packed = gzip.compress(words.encode("iso-8859-9"))
    chunks = (
        b"".join(
            b"%x\r\n%s\r\n" % (len(packed[i : i + 50]), packed[i : i + 50])
            for i in range(0, len(packed), 50)
        )
        + b"0\r\n\r\n"
    )
    headers = [
        ("Content-Type", "text/html; charset=iso-8859-9"),
        ("Content-Encoding", "gzip"),
        ("Transfer-Encoding", "chunked"),
    ]
    crawl = Crawl()
    crawl.add("https://post.example/1", chunks, headers=headers)
    (document,) = run(tmp_path / "a.warc.gz", crawl.data)
    assert "Erdoğan" in document.text


def test_a_page_cannot_be_of_a_day_after_its_collection(tmp_path):
    crawl = Crawl()
    crawl.add("https://post.example/1", page(1), when="2016-07-01T00:00:00Z")
    note, document = run(tmp_path / "a.warc.gz", crawl.data)
    assert note.severity is Severity.NOTED
    assert document.published is None and "collection" in document.published_reason


def test_the_day_of_collection_is_no_day_of_publication(tmp_path):
    crawl = Crawl()
    crawl.add("https://post.example/1", page(1, dated=False))
    (document,) = run(tmp_path / "a.warc.gz", crawl.data)
    assert document.published is None and document.collected.when == "2016-07-26T10:00:00Z"


@pytest.mark.parametrize("cut", [20, 200, 350])
@pytest.mark.parametrize("packed", [True, False])
def test_a_file_cut_off_within_its_last_record(tmp_path, cut, packed):
    crawl = Crawl(packed=packed)
    for number in range(5):
        crawl.add(f"https://post.example/{number}", page(number))
    found = run(tmp_path / "a.warc.gz", crawl.data[: crawl.end(4) - cut])
    assert len(documents(found)) == 4
    assert [one.where.rpartition("@")[2] for one in problems(found)] == [str(crawl.offsets[4])]


def test_a_file_packed_as_one_is_read_with_offsets_of_its_content(tmp_path):
    crawl = Crawl(packed=False)
    for number in range(300):
        crawl.add(f"https://post.example/{number}", page(number))
    found = run(tmp_path / "a.warc.gz", gzip.compress(crawl.data))
    assert [one.collected.offset for one in documents(found)] == crawl.offsets


def test_bytes_between_records_are_told_and_passed_over(tmp_path):
    for packed in (True, False):
        crawl = Crawl(packed=packed)
        for number in range(3):
            crawl.add(f"https://post.example/{number}", page(number))
        data = crawl.data
        data[crawl.offsets[1] : crawl.offsets[1]] = b"no record\n" * 50
        found = run(tmp_path / "a.warc", data)
        assert len(documents(found)) == 3
        assert [one.where.rpartition("@")[2] for one in problems(found)] == [str(crawl.offsets[1])]


def test_a_length_that_is_far_too_large_costs_its_record_alone(tmp_path):
    crawl = Crawl(packed=False)
    for number in range(4):
        crawl.add(f"https://post.example/{number}", page(number))
    data = bytes(crawl.data)
    place = re.compile(rb"Content-Length: \d+").search(data, crawl.offsets[1])
    for length in (b"9999", b"99999999", b"999999999999999999"):
        changed = data[: place.start()] + b"Content-Length: " + length + data[place.end() :]
        found = run(tmp_path / "a.warc", changed)
        assert [one.url[-1] for one in documents(found)] == ["0", "2", "3"]
        assert len(problems(found)) == 1


def test_a_digest_that_does_not_fit_is_damage(tmp_path):
    crawl = Crawl(packed=False)
    crawl.add("https://post.example/1", page(1))
    data = bytes(crawl.data).replace(b"agreed to open", b"refused to ope")
    (found,) = run(tmp_path / "a.warc", data)
    assert "digest" in found.reason


def test_a_large_video_is_passed_over_and_a_large_page_told(tmp_path):
    large = bytes(LARGEST_DOCUMENT + 1)
    crawl = Crawl(packed=False)
    crawl.add("https://post.example/1", large, headers=[("Content-Type", "video/mp4")])
    crawl.add("https://post.example/2", large)
    crawl.add("https://post.example/3", page(3))
    found = run(tmp_path / "a.warc", crawl.data)
    assert [one.url[-1] for one in documents(found)] == ["3"]
    (told,) = problems(found)
    assert "larger" in told.reason


@pytest.mark.parametrize("where", ["member", "page"])
def test_a_bomb_is_told_and_the_rest_read(tmp_path, where):
    bomb = bytes(64 * 1024**2)
    crawl = Crawl()
    crawl.add("https://post.example/0", page(0))
    if where == "page":
        headers = [*HTML, ("Content-Encoding", "gzip")]
        crawl.add("https://post.example/1", gzip.compress(bomb), headers=headers)
    else:
        crawl.stream.write(gzip.compress(b"WARC/1.0\r\n" + bomb))
    crawl.add("https://post.example/2", page(2))
    found = run(tmp_path / "a.warc.gz", crawl.data)
    assert [one.url[-1] for one in documents(found)] == ["0", "2"]
    assert len(problems(found)) == 1

"""Mail: text before HTML, fields as they are worded, attachments counted and not read."""

from __future__ import annotations

import json
from datetime import date
from email.message import EmailMessage

import pytest

from detente.model import Document
from detente.reading import Problem, Severity, read
from detente.reading.limits import DEEPEST_MAIL, LARGEST_DOCUMENT

WORDS = "The minister of Turkey met the envoy of Russia in the port on Monday."
PAGE = f"<html><body><h1>Talks</h1><p>{WORDS} They agreed.</p></body></html>"


def message(text=WORDS, **fields):
    made = EmailMessage()
    made["From"] = fields.get("sender", "Jane Doe <jane@doe.example>")
    made["Date"] = fields.get("date", "Mon, 25 Jul 2016 23:30:00 -0700")
    made["Subject"] = fields.get("subject", "Talks in the port")
    made["Message-ID"] = fields.get("id", "<1@doe.example>")
    if text is not None:
        made.set_content(text)
    return made


def run(path, data):
    path.write_bytes(data if isinstance(data, bytes) else data.as_bytes())
    return list(read([path], today=date(2026, 1, 2)))


def one(path, data):
    (found,) = [x for x in run(path, data) if isinstance(x, Document)]
    return found


def test_fields_of_a_message(tmp_path):
    found = one(
        tmp_path / "a.eml", message(subject="Erdoğan met the envoy", sender="Ayşe <a@b.example>")
    )
    assert found.text.strip() == WORDS
    assert (found.key, found.title, found.author) == (
        "1@doe.example",
        "Erdoğan met the envoy",
        "Ayşe",
    )
    assert found.published == date(2016, 7, 25)  # as its sender's clock showed it
    assert found.outlets == () and found.url is None
    assert found.collected.file.endswith("a.eml") and found.collected.offset is None


@pytest.mark.parametrize(
    ("sender", "author", "outlets"),
    [
        ("TASS <news@list.example>", None, ("TASS",)),
        ("Jane Doe <jane@reuters.com>", "Jane Doe", ("Reuters",)),
        ("jane@doe.example", "jane@doe.example", ()),
        ("", None, ()),
        ("<<>>,,@@", None, ()),
    ],
)
def test_a_sender_is_an_author_or_a_known_outlet(tmp_path, sender, author, outlets):
    data = message().as_bytes().replace(b"Jane Doe <jane@doe.example>", sender.encode())
    found = one(tmp_path / "a.eml", data)
    assert (found.author, found.outlets) == (author, outlets)


def test_plain_text_is_preferred_and_html_read_as_a_page(tmp_path):
    both = message()
    both.add_alternative(PAGE, subtype="html")
    assert one(tmp_path / "a.eml", both).text.strip() == WORDS
    alone = message(None)
    alone.set_content(PAGE, subtype="html")
    found = one(tmp_path / "b.eml", alone)
    assert found.text == f"Talks\n\n{WORDS} They agreed." and found.segments
    footed = message(None)
    footed.set_content(PAGE, subtype="html")
    footed.make_mixed()
    footed.attach(message("A list of the port. Leave it by a letter."))
    assert one(tmp_path / "c.eml", footed).text == found.text


def test_parts_in_parts_and_a_forwarded_message(tmp_path):
    inner = message("What the envoy wrote to the minister of Turkey was not told.")
    inner.add_alternative(PAGE, subtype="html")
    outer = message("See below what the paper of the port had on Monday.")
    outer.add_attachment(inner)
    text = one(tmp_path / "a.eml", outer).text
    assert text.index("See below") < text.index("What the envoy") and "They agreed" not in text


def test_attachments_are_counted_and_not_read(tmp_path):
    made = message()
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    made.add_attachment("Secret words.", filename="a.txt")
    document, note = run(tmp_path / "a.eml", made)
    assert "Secret" not in document.text
    assert json.loads(document.extra) == {"attachments": 2}
    assert note.severity is Severity.NOTED
    assert note.reason == "2 attachments not read (application/pdf 1, text/plain 1)"


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("iso-8859-9", "8bit"), ("nonsense", "quoted-printable"), ("utf-16", "base64"), ("", "7bit")],
)
def test_broken_encodings_cost_no_message(tmp_path, charset, encoding):
    head = (
        "From: a@b.example\nSubject: =?nonsense?q?=ff?= =?utf-8?b?!!!?=\nMessage-ID: <1>\n"
        f'Content-Type: text/plain; charset="{charset}"\nContent-Transfer-Encoding: {encoding}\n\n'
    )
    found = run(
        tmp_path / "a.eml", head.encode() + WORDS.encode() + " Erdoğan".encode("iso-8859-9")
    )
    assert len(found) == 1
    if charset == "iso-8859-9":
        assert found[0].text.endswith("Erdoğan")


def test_a_date_that_cannot_be_read_is_told(tmp_path):
    data = message().as_bytes().replace(b"Mon, 25 Jul 2016 23:30:00 -0700", b"yesterday at noon")
    note, document = run(tmp_path / "a.eml", data)
    assert "yesterday" in note.reason and document.published is None


def test_what_is_no_message_and_what_is_nested_too_deep(tmp_path):
    (found,) = run(tmp_path / "a.eml", WORDS.encode())
    assert "no message" in found.reason
    parts = "".join(f"Content-Type: multipart/mixed; boundary={n}\n\n--{n}\n" for n in range(60))
    (found,) = run(tmp_path / "b.eml", f"Subject: a\n{parts}\n{WORDS}".encode())
    assert f"more than {DEEPEST_MAIL} parts" in found.reason


def mailbox(*bodies):
    lines = []
    for number, body in enumerate(bodies):
        made = message(body, id=f"<{number}@doe.example>")
        quoted = made.as_bytes().replace(b"\nFrom ", b"\n>From ")
        lines.append(b"From jane@doe.example Mon Jul 25 10:00:00 2016\n" + quoted + b"\n")
    return lines


def test_a_mailbox_is_read_message_by_message(tmp_path):
    parts = mailbox(WORDS, f"{WORDS}\n\nFrom the port they went home to the city.", f"{WORDS} Two.")
    found = run(tmp_path / "a.mbox", b"".join(parts))
    assert [one.key for one in found] == [f"{n}@doe.example" for n in range(3)]
    assert [one.collected.offset for one in found] == [0, len(parts[0]), len(parts[0] + parts[1])]
    assert "\nFrom the port" in found[1].text


def test_a_broken_and_a_large_message_cost_no_other(tmp_path):
    parts = mailbox(WORDS, WORDS + " Two.")
    large = b"From x\nSubject: a\n\n" + (b"x" * 70 + b"\n") * (LARGEST_DOCUMENT // 70) + b"\n"
    found = run(tmp_path / "a.mbox", parts[0] + b"From y\nnothing\n\n" + large + parts[1])
    assert [type(one) for one in found] == [Document, Problem, Problem, Document]
    assert "no message" in found[1].reason and "larger" in found[2].reason


def test_an_empty_mailbox_says_so(tmp_path):
    (found,) = run(tmp_path / "a.mbox", b"\n")
    assert "no document" in found.reason

from __future__ import annotations

import time

import pytest

from detente.extraction.attribution.quotes import find_quotes
from detente.extraction.parse import Passage, language_model, parse
from detente.model import Document, Segment, SegmentKind


def quoted(text: str) -> list[str]:
    document = Document(id="d", key="d", text=text)
    segment = Segment(kind=SegmentKind.BODY, start=0, end=len(text))
    passages = parse([(document, [segment])], language_model())[0]
    return [passages[q.passage].doc.text[q.start : q.end] for q in find_quotes(passages)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“One,” he said.", ["“One,”"]),
        ('"One," he said. "Two."', ['"One,"', '"Two."']),
        ("«One», he said.", ["«One»"]),
        ("''One,'' he said.", ["''One,''"]),
        ("He said ‘one’ to the envoys’ guests.", ["‘one’"]),
        ("The army's own words and the rebels' words.", []),
        ("“One ‘two’ three,” he said.", ["“One ‘two’ three,”"]),
        # the closing mark is lost
        ('He said "one. She said "two."', ['"two."']),
        ("He said “one.\n\nShe left.", ["“one."]),
        # a quotation of two paragraphs
        ("He said: “One.\n\n“Two.”\n\nThree.", ["“One.", "“Two.”"]),
    ],
)
def test_marks_are_paired(text, expected):
    assert quoted(text) == expected


def test_pairing_takes_linear_time():
    text = '"a ' * 5_000
    start = time.perf_counter()
    nlp = language_model()
    document = Document(id="d", key="d", text=text)
    doc = nlp.make_doc(text)
    segment = Segment(kind=SegmentKind.BODY, start=0, end=len(text))

    find_quotes([Passage(document, segment, 0, doc)])
    assert time.perf_counter() - start < 5

"""Paragraphs, items of lists and long passages: where the parser's text begins and ends."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detente.extraction.parse import LONGEST_PASSAGE, language_model, parse
from detente.model import Segment, SegmentKind
from making import document


def passages(text, kind=SegmentKind.BODY):
    doc = document(text)
    segment = Segment(kind=kind, start=0, end=len(text))
    return doc, parse([(doc, [segment])], language_model())[0]


def test_items_begin_after_their_marks():
    _, found = passages("Points:\n\n  • Turkey left.\n  • Russia stayed.\n\n– A dash.")
    assert [one.doc.text for one in found] == [
        "Points:",
        "Turkey left.",
        "Russia stayed.",
        "A dash.",
    ]


def test_lines_of_a_paragraph_stay_together():
    _, found = passages("Turkey and\nRussia met.\n\nThey left.")
    assert [one.doc.text for one in found] == ["Turkey and\nRussia met.", "They left."]


def test_comments_are_not_parsed():
    assert passages("Turkey shot first!", SegmentKind.COMMENT)[1] == ()


def test_long_passages_are_cut_at_blanks():
    _, found = passages("word " * 9_000)
    assert all(len(one.doc.text) <= LONGEST_PASSAGE for one in found)
    assert sum(one.doc.text.count("word") for one in found) == 9_000


@given(
    st.lists(st.sampled_from(["Turkey left.", "\n", "\n\n", "• ", "- ", " ", "é“x”"]), max_size=12)
)
def test_passages_are_where_they_say(parts):
    doc, found = passages("".join(parts) or "x")
    for one in found:
        words = [token for token in one.doc if not token.is_space]
        if words:
            span = one.span(words)
            assert doc.text[span.start : span.end] == span.text
        assert (
            doc.text[one.start : one.start + len(one.doc.text)].casefold()
            == one.doc.text.casefold()
        )

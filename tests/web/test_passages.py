"""A text is cut without losing, adding or moving a character."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.model import Segment, SegmentKind
from detente.web.passages import LONGEST, Window, groups_of, window_of
from making import claim, document

TEXT = "Turkey attacked Russia. Russia attacked Turkey, and Turkey attacked Russia again."


def segments_of(text, cuts):
    kinds = [SegmentKind.HEADLINE, SegmentKind.BODY, SegmentKind.COMMENT, SegmentKind.COMMENT]
    borders = sorted({0, len(text), *cuts})
    return [
        Segment(kind=kinds[number % 4], start=start, end=end)
        for number, (start, end) in enumerate(pairwise(borders))
    ]


def joined(groups):
    return "".join(piece.text for group in groups for part in group.parts for piece in part.pieces)


@given(
    cuts=st.lists(st.integers(1, len(TEXT) - 1), max_size=6),
    asked=st.none() | st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))),
    shown=st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))),
)
def test_the_pieces_joined_are_the_text_and_the_words_asked_for_are_those_marked(
    cuts, asked, shown
):
    doc = document(TEXT)
    claims = [
        claim(doc, "ASSAULT", ("Turkey", "TUR"), ("Russia", "RUS"), anchor="attacked"),
        claim(doc, "ASSAULT", ("Russia", "RUS"), ("Turkey", "TUR"), anchor="again"),
    ]
    asked = tuple(sorted(asked)) if asked and asked[0] != asked[1] else None
    window = Window(*sorted(shown))
    groups = groups_of(doc, segments_of(TEXT, cuts), claims, asked=asked, window=window)
    assert joined(groups) == TEXT[window.start : window.end]
    pieces = [piece for group in groups for part in group.parts for piece in part.pieces]
    marked = "".join(piece.text for piece in pieces if piece.asked)
    start, end = asked or (0, 0)
    assert marked == TEXT[max(start, window.start) : max(min(end, window.end), window.start)]
    assert sum(piece.first for piece in pieces) <= 1
    assert all(len(piece.claims) == 2 for piece in pieces)
    for group in groups:
        opened = any(piece.asked for part in group.parts for piece in part.pieces)
        assert group.folded is (group.kind is SegmentKind.COMMENT and not opened)


@given(length=st.integers(1, 5 * LONGEST), start=st.integers(0, 5 * LONGEST), data=st.data())
def test_a_long_text_is_shown_in_parts_that_hold_the_words_asked_for(length, start, data):
    asked = None
    if data.draw(st.booleans()):
        one = data.draw(st.integers(0, length - 1))
        asked = (one, data.draw(st.integers(one + 1, length)))
    window = window_of(length, min(start, length - 1), asked)
    assert 0 <= window.start < window.end <= length
    if asked:
        assert window.start <= asked[0] and asked[1] <= window.end
    else:
        assert window.end - window.start <= LONGEST
        assert window.start <= min(start, length - 1) < window.end


@pytest.mark.parametrize("length", [1, LONGEST])
def test_a_text_of_common_length_is_shown_whole(length):
    assert window_of(length, 0, None) == Window(0, length)

"""Documents, spans and the records that hold them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.model import (
    Abstention,
    Extraction,
    Magnitude,
    MagnitudeKind,
    Span,
    document_id,
    with_id,
)
from making import claim, document


@given(st.text(min_size=1, max_size=30), st.data())
def test_a_span_quotes_its_document(text, data):
    doc = document(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = doc.span(start, end)
    assert span.text == doc.text[span.start : span.end] != ""


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 2), (0, 6), (9, 12)])
def test_a_span_outside_the_text_is_refused(start, end):
    with pytest.raises(ValueError, match="not within"):
        document("Ankar").span(start, end)


def test_offsets_count_code_points():
    doc = document("🇹🇷 Ankara said so")
    start = doc.text.index("Ankara")
    assert start == 3
    assert doc.span(start, start + 6).text == "Ankara"


def test_spans_sort_by_where_they_stand():
    assert sorted([Span(5, 9, "b"), Span(0, 3, "z"), Span(0, 2, "q")])[0] == Span(0, 2, "q")


def test_documents_do_not_change():
    with pytest.raises(FrozenInstanceError):
        document("a").text = "b"  # type: ignore[misc]


def test_an_id_is_what_was_published_where_and_when():
    base = {"url": None, "outlets": ("A",), "published": date(2015, 11, 24)}
    first = document_id("text", **base)
    assert first == document_id("text", **base)
    changed = [
        document_id("text.", **base),
        document_id("text", **{**base, "url": "u"}),
        document_id("text", **{**base, "outlets": ("B",)}),
        document_id("text", **{**base, "outlets": ()}),
        document_id("text", **{**base, "published": None}),
    ]
    assert len({first, *changed}) == 6


def attack():
    doc = document("Turkey attacked Russia.", published=date(2015, 11, 24))
    made = claim(doc, "ASSAULT", ("Turkey", "TUR"), ("Russia", "RUS"), anchor="attacked")
    return doc, made


def test_a_claims_id_does_not_tell_its_run_or_the_path_of_its_file():
    _, made = attack()
    moved = with_id(replace(made, run_id="another", document_key="/elsewhere/a.txt", id="?"))
    assert moved.id == made.id
    assert with_id(replace(made, rule="another")).id != made.id
    assert with_id(replace(made, mode="aerial")).id != made.id


def test_a_magnitude_is_part_of_what_a_claim_says():
    doc, made = attack()
    toll = Magnitude(kind=MagnitudeKind.DEAD, low=2, high=None, span=doc.span(0, 6))
    counted = with_id(replace(made, magnitudes=(toll,)))
    assert counted.id != made.id
    assert with_id(replace(made, magnitudes=(replace(toll, low=3),))).id != counted.id
    assert toll.span in counted.spans
    lost = replace(toll, span=Span(0, 99, doc.text))
    whole = Extraction(
        document_id=doc.id, run_id="r", segments=(), claims=(replace(made, magnitudes=(lost,)),)
    )
    with pytest.raises(ValueError, match="does not quote"):
        whole.check(doc)


def test_an_extraction_checks_its_spans():
    doc, made = attack()
    whole = Extraction(document_id=doc.id, run_id="r", segments=(), claims=(made,))
    whole.check(doc)
    wrong = replace(made, anchor=Span(0, 6, "turkey"))
    with pytest.raises(ValueError, match="does not quote"):
        replace(whole, claims=(wrong,)).check(doc)
    right, wrong_span = made.anchor, Span(0, 99, doc.text)
    for one, sentence in ((wrong_span, right), (right, wrong_span)):
        lost = Abstention(span=one, sentence=sentence, rule="r", reason="because")
        with pytest.raises(ValueError, match="does not quote"):
            replace(whole, abstentions=(lost,)).check(doc)

"""Loops of outlets and the one unnamed source behind many."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from detente.analysis.circularity import find_circularity
from detente.model import Circle, Report, SourceKind
from making import attribution, claim, document, event

OUTLETS = {"AFP via Gazette": ("AFP", "Gazette"), "the Gazette": ("Gazette",)}


def found(*told):
    """What is circular in reports of (outlets, sources outermost first)."""
    reports, claims = [], {}
    for number, (outlets, *sources) in enumerate(told):
        text = f"{number}: {', '.join(words for words, _ in sources)} said Turkey attacked Russia."
        doc = document(text, outlets=outlets, key=str(number))
        chain = tuple(
            attribution(doc, words, "said", kind=kind, named=kind is not SourceKind.UNNAMED)
            for words, kind in sources
        )
        made = claim(
            doc, "ASSAULT", ("Turkey", "TUR"), ("Russia", "RUS"), anchor="attacked", chain=chain
        )
        claims[made.id] = made
        reports.append(
            Report(
                id=str(number),
                event_id="e",
                document_id=doc.id,
                outlets=outlets,
                published=None,
                claim_ids=(made.id,),
                origin=str(number),
            )
        )
    happened = replace(event("ASSAULT", date(2015, 11, 24)), claim_ids=tuple(claims))
    return find_circularity(
        happened, reports, claims, outlets=lambda name: OUTLETS.get(name, (name,))
    )


def paper(name):
    return name, SourceKind.OUTLET


def unnamed(words):
    return words, SourceKind.UNNAMED


def test_two_outlets_that_cite_each_other_are_a_loop():
    (loop,) = found((("Gazette",), paper("Herald")), (("Herald",), paper("the Gazette")))
    assert loop.kind is Circle.LOOP
    assert loop.names == ("Gazette", "Herald")
    assert len(loop.claim_ids) == 2


def test_a_loop_of_three_runs_through_chains_and_credits():
    told = [
        (("AFP via Gazette",), paper("Herald")),
        (("Herald",), paper("Post"), paper("Gazette")),
    ]
    (loop,) = found(*told)
    assert loop.names == ("AFP", "Herald", "Post", "Gazette")


@pytest.mark.parametrize(
    "told",
    [
        [(("Gazette",), paper("Herald")), (("Post",), paper("Herald"))],
        [(("Gazette",), paper("the Gazette"))],
        [(("Gazette",), ("the ministry", SourceKind.OFFICIAL)), (("Herald",), paper("Gazette"))],
        [(("Gazette",), unnamed("an official"))],
        [(("Gazette",), unnamed("an official")), (("Herald",), unnamed("two diplomats"))],
        [(("Gazette",), unnamed("an official")), (("Herald",),)],
    ],
)
def test_what_is_no_circle(told):
    assert found(*told) == ()


def test_many_outlets_with_one_unnamed_source():
    (one,) = found(
        (("Gazette",), unnamed("a senior official")),
        (("Herald",), paper("Gazette"), unnamed("the senior official")),
    )
    assert one.kind is Circle.ONE_SOURCE
    assert one.names == ("Gazette", "Herald", "a senior official")
    assert len(one.claim_ids) == 2


def test_reports_in_any_order_give_the_same_circle():
    told = [(("A",), paper("B")), (("B",), paper("C")), (("C",), paper("A"))]
    names = {found(*order)[0].names for order in (told, told[::-1], told[1:] + told[:1])}
    assert names == {("A", "B", "C")}

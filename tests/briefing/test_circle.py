"""Circular reporting in a brief: one sentence with its passages, and a drawing."""

from __future__ import annotations

import json
from datetime import date

from briefs import brief_of, told
from detente.briefing.circle import drawing_of
from detente.briefing.render import render
from detente.model import Circle, CircularNote, Evidence, SourceKind, Statement
from making import attribution

DAY = date(2015, 11, 24)


def cited(outlet, source, key):
    text = f"{source} reported that Turkey attacked Russia near the harbour of Latakia."
    doc, _ = told(text, "ASSAULT", "attacked", DAY, outlets=(outlet,), key=key)
    link = attribution(doc, source, "reported", kind=SourceKind.OUTLET)
    return told(text, "ASSAULT", "attacked", DAY, outlets=(outlet,), key=key, chain=(link,))


def note(kind, *names):
    evidence = Evidence(
        document_id="d", document_key="k", start=0, end=1, quote="x", claim_id="c", outlets=()
    )
    return CircularNote(kind=kind, names=names, statement=Statement(text="t", evidence=(evidence,)))


def test_a_brief_says_and_draws_that_reports_go_in_a_circle():
    brief = brief_of(cited("Gazette", "Herald <b>", "1"), cited("Herald <b>", "Gazette", "2"))
    sentence = "The reports go in a circle: Gazette has it from Herald <b> and Herald <b> has it"
    assert sentence in " ".join(render(brief, "text").split())
    (record,) = [n for e in json.loads(render(brief, "json"))["events"] for n in e["circular"]]
    assert record["kind"] == "loop"
    assert len(record["evidence"]) == 2
    page = render(brief, "html")
    assert '<svg class="circle"' in page
    assert "Herald <b>" not in page
    assert "go in a circle" in render(brief, "markdown")


def test_a_brief_without_circles_draws_none():
    page = render(brief_of(cited("Gazette", "Herald", "1")), "html")
    assert '<svg class="circle"' not in page


def test_boxes_lie_inside_the_drawing_and_apart():
    for drawn in (
        drawing_of(note(Circle.LOOP, "A", "B" * 60, "C")),
        drawing_of(note(Circle.ONE_SOURCE, *"ABCDEFGHI", "an official")),
    ):
        for box in drawn.boxes:
            assert box.x >= 0
            assert box.x + box.width <= drawn.width
            assert box.y + drawn.box_height <= drawn.height
        places = [(box.x, box.y) for box in drawn.boxes]
        assert len(set(places)) == len(places)
    loop = drawing_of(note(Circle.LOOP, "A", "B"))
    assert len(loop.arrows) == 2
    crowd = drawing_of(note(Circle.ONE_SOURCE, *"ABCDEFGHI", "an official"))
    assert [box.text for box in crowd.boxes][-2:] == ["3 more", "an official"]

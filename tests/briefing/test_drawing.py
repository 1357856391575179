"""Charts as SVG and PNG: whole, harmless, the same twice, and drawn without a network."""

from __future__ import annotations

import struct
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import vl_convert
from lxml import etree

from charted import DRIVERS, FOUND, NAMES
from detente.briefing import drawing
from detente.briefing.drawing import GRAMMAR, SCALE, check_drawing, draw
from detente.briefing.vega import relation_spec
from detente.errors import InputError

SPEC = relation_spec(FOUND, DRIVERS, NAMES)
NOTHING_ELSE = {"svg", "g", "path", "rect", "text", "line", "tspan"}


@pytest.fixture(scope="module")
def svg():
    return etree.fromstring(draw(SPEC, Path("chart.svg")))


def texts(svg):
    return ["".join(one.itertext()) for one in svg.iter("{*}text")]


def test_an_svg_shows_what_the_specification_says(svg):
    shown = texts(svg)
    assert "Turkey and Russia, January 2014 to December 2015" in shown
    assert {"1", "2", "2a", "2b", "verbal conflict"} <= set(shown)
    assert any("documents" in text for text in shown)
    assert any("Turkey shot down a Russian jet" in text for text in shown)
    bars = svg.xpath("//*[@aria-roledescription='bar']/@aria-label")
    assert bars.count("2014-01: 5 verbal cooperation") == 1
    assert bars.count("2014-01: 5 of 8 verbal cooperation") == 1
    assert len(bars) == 2 * (12 * 3 + 11 * 3) + 2 * 24


def test_the_grammar_has_nothing_to_warn_of(capfd):
    vl_convert.vegalite_to_svg(SPEC, vl_version=GRAMMAR, show_warnings=True)
    assert capfd.readouterr().err == ""
    shape = {"shape": {"field": "a", "type": "nominal"}}
    odd = {"data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": shape}
    vl_convert.vegalite_to_svg(odd, vl_version=GRAMMAR, show_warnings=True)
    assert "WARN" in capfd.readouterr().err


def test_an_svg_has_a_name_for_those_who_cannot_see_it(svg):
    assert svg.get("role") == "img"
    assert "2 shifts" in svg.get("aria-label")


def test_what_a_document_holds_is_text(svg):
    assert {etree.QName(one).localname for one in svg.iter()} <= NOTHING_ELSE
    for one in svg.iter():
        assert not [name for name in one.attrib if "href" in name or name.startswith("on")]
    assert any("<script>" in text for text in texts(svg))


def test_a_chart_is_drawn_alike_each_time():
    for name in ("chart.svg", "chart.png"):
        assert draw(SPEC, Path(name)) == draw(SPEC, Path(name))


def test_a_png_is_as_large_as_the_svg_in_finer_pixels(svg):
    png = draw(SPEC, Path("chart.PNG"))
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    assert (width, height) == (SCALE * int(svg.get("width")), SCALE * int(svg.get("height")))


def test_nothing_is_fetched_whatever_a_specification_asks_for():
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    spec = {
        "description": "x",
        "data": {"url": f"http://127.0.0.1:{server.server_port}/data.json"},
        "mark": "point",
        "encoding": {"x": {"field": "a", "type": "quantitative"}},
    }
    try:
        with pytest.raises(ValueError, match="not allowed"):
            draw(spec, Path("chart.svg"))
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []


def test_other_forms_and_a_missing_extra_are_told_in_one_line(monkeypatch):
    with pytest.raises(InputError, match=r"chart\.pdf: .*\.svg or \.png"):
        check_drawing(Path("chart.pdf"))
    monkeypatch.setattr(drawing, "find_spec", lambda _name: None)
    with pytest.raises(InputError, match=r"'charts'.*pip install 'detente\[charts\]'") as error:
        draw(SPEC, Path("chart.svg"))
    assert "\n" not in str(error.value)

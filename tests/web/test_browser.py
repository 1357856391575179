"""The pages in a real browser: with the mouse, with the keyboard, without JavaScript.

Skipped where no Chromium is installed; the integration installs one.
"""

from __future__ import annotations

import re
import shutil
from itertools import pairwise

import pytest

from detente import workflow
from detente.model import Dyad

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
if CHROMIUM is not None:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

FIRST = "shot down"


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def tab(browser):
    """Open a tab that remembers what the browser complains of."""
    contexts = []

    def open_tab(**options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    yield open_tab
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def addresses(pages, example):
    """One page of each kind; the event has copies and a denial or contradiction if one has."""
    found = workflow.events(example, between=Dyad("TUR", "RUS"))
    event, reports = max(found, key=lambda pair: len(pair[1]))
    (comments,) = [one for one in example.documents() if one.key.endswith(".html")]
    return {
        "home": "/",
        "relation": "/relations/TUR/RUS?since=2015-10-01",
        "relation without events": "/relations/FRA/TUV",
        "event": f"/events/{event.id}",
        "document": f"/documents/{reports[0].document_id}?char=0,40#char=0,40",
        "document with comments": f"/documents/{comments.id}",
        "hypotheses": "/hypotheses",
        "hypotheses of a file": "/hypotheses/why%20now",
        "hypotheses to begin with": "/hypotheses/TUR/RUS",
        "sources": "/sources",
        "brief": "/briefs/TUR/RUS",
        "error": "/relations/Korea/RUS",
    }


def marked_words(page):
    """Return the marked words, which must be in sight."""
    marks = page.locator("mark.asked")
    words = "".join(marks.all_text_contents())
    box = marks.first.bounding_box()
    size = page.viewport_size
    assert box and 0 <= box["y"] < size["height"] and 0 <= box["x"] < size["width"]
    return words


@pytest.mark.parametrize("scripts", [True, False])
def test_from_home_to_the_words_by_clicks_alone(pages, tab, scripts):
    page = tab(java_script_enabled=scripts, viewport={"width": 1280, "height": 500})
    page.goto(pages.address)
    page.get_by_role("link", name="Russia and Turkey", exact=True).click()
    page.wait_for_url("**/relations/RUS/TUR")
    page.get_by_role("heading", name="Events by month").wait_for()
    quotation = page.locator("article blockquote").filter(has_text=FIRST).first.inner_text()
    page.locator("article", has_text=quotation).first.get_by_role("heading").get_by_role(
        "link"
    ).click()
    page.wait_for_url("**/events/*")
    sentence = page.locator("blockquote a").first
    words = sentence.inner_text()
    sentence.click()
    page.wait_for_url(re.compile(r"/documents/\w+\?char=\d+,\d+#char="))
    assert f"“{marked_words(page)}”" == words
    assert page.complaints == []


def press_to(page, wanted, most=200):
    """Press Tab until the focus is on an element whose address or name has these words."""
    for _ in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "() => { const e = document.activeElement; return (e.getAttribute('href') || '') + ' '"
            " + (e.id || '') + ' ' + getComputedStyle(e).outlineStyle; }"
        )
        if wanted in found:
            assert "none" not in found.rpartition(" ")[2], "the focus cannot be seen"
            return
    raise AssertionError(f"no way by keyboard to {wanted}")


def test_from_home_to_the_words_by_keyboard_alone(pages, tab):
    page = tab(viewport={"width": 1280, "height": 500})
    page.goto(pages.address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    press_to(page, " a ")
    page.keyboard.type("Turkey")
    page.keyboard.press("Tab")
    page.keyboard.type("Russia")
    page.keyboard.press("Enter")
    page.wait_for_url("**/relations/TUR/RUS")
    press_to(page, "/events/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/*")
    press_to(page, "?char=")
    words = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/documents/\w+\?char=\d+,\d+#char="))
    assert f"“{marked_words(page)}”" == words


def test_a_form_works_without_scripts(pages, tab):
    page = tab(java_script_enabled=False)
    page.goto(pages.address)
    page.get_by_label("One country").fill("Turkish")
    page.get_by_label("The other").fill("Moscow")
    page.get_by_role("button", name="Write the brief").click()
    page.wait_for_url("**/briefs/TUR/RUS")
    page.get_by_role("link", name="Relation").click()
    page.get_by_label("Type").select_option("ASSAULT")
    page.get_by_role("button", name="Choose").click()
    page.wait_for_url("**type=ASSAULT**")
    headings = page.locator("article h3").all_text_contents()
    assert headings and all("ASSAULT" in one for one in headings)


def test_a_fragment_alone_marks_its_words(pages, tab, example):
    document = next(example.documents())
    page = tab()
    page.goto(f"{pages.address}/documents/{document.id}#char=5,30")
    page.wait_for_url("**?char=5,30#char=5,30")
    assert marked_words(page) == document.text[5:30]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_axe_finds_no_serious_violation(pages, tab, addresses, scheme, width):
    page = tab(
        color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
    )  # axe is a script from elsewhere
    for name, address in addresses.items():
        page.goto(pages.address + address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = Axe().run(page).response["violations"]
        grave = [one for one in found if one["impact"] in ("serious", "critical")]
        told = [(one["id"], one["nodes"][0]["html"][:200]) for one in grave]
        assert not told, f"{name}: {told}"


@pytest.mark.parametrize("width", [1280, 400])
def test_pages_fit_their_window_and_the_browser_has_no_complaint(pages, tab, addresses, width):
    page = tab(viewport={"width": width, "height": 900})
    for name, address in addresses.items():
        page.goto(pages.address + address)
        wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, name
        levels = page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4')].map(one => Number(one.tagName[1]))"
        )
        assert levels[0] == 1 and levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels))
    expected = [one for one in page.complaints if "404" in one]
    assert page.complaints == expected and len(expected) <= 1


def test_the_chart_has_its_numbers_beside_it(pages, tab):
    page = tab(java_script_enabled=False)
    page.goto(f"{pages.address}/relations/TUR/RUS")
    assert page.get_by_role("img", name=re.compile("Events a month")).count() == 1
    page.get_by_text("The same as a table").click()
    table = page.get_by_role("table", name="Events a month, by kind")
    assert table.is_visible()
    assert table.get_by_role("columnheader").count() == 6
    assert table.get_by_role("rowheader").first.inner_text() == "2015-10"


def test_print_leaves_out_what_is_only_for_the_screen(pages, tab, addresses):
    page = tab()
    page.emulate_media(media="print")
    page.goto(pages.address + addresses["relation"])
    assert not page.locator("header.site").is_visible()
    assert not page.locator("form").is_visible()
    assert page.locator("article").first.is_visible()

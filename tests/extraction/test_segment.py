import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.extraction.segment import segment
from detente.model import Document, Segment, SegmentKind
from detente.reading import read

LEAD = (
    "The foreign minister of Arnland thanked Borduria on Monday for its support during the"
    " failed revolt in the capital, the state agency reported."
)
NEXT = "A meeting of the two presidents may be held in August, he said, before the summit opens."
OWN = (
    "Nobody can say what the two neighbours want from each other, and we have asked many people"
    " about it. Why did they make peace? We do not know."
)


def document(text, **fields):
    return Document(id="x", key="x", text=text, **fields)


def parts(text, **fields):
    """The segments as (kind, words), after checking that they tile the text."""
    segments = segment(document(text, **fields))
    check_tiles(text, segments)
    return [(part.kind.value, text[part.start : part.end].strip()) for part in segments]


def kinds(text, **fields):
    return [kind for kind, _ in parts(text, **fields)]


def check_tiles(text, segments):
    if not text:
        assert segments == ()
        return
    assert segments[0].start == 0
    assert segments[-1].end == len(text)
    assert all(part.start < part.end for part in segments)
    assert all(a.end == b.start for a, b in pairwise(segments))


# ---- the head of a report


def test_one_paragraph_is_body():
    assert kinds(LEAD) == ["body"]
    assert kinds("Arnland opens port") == ["body"]
    assert kinds("“Nobody will ever close this port.”") == ["body"]


def test_headline_byline_dateline_body():
    text = f"Arnland Thanks Borduria\n\nBy Jane Doe, Reuters\n\nSZOHOD, July 25 (Reuters) - {LEAD}"
    assert parts(text) == [
        ("headline", "Arnland Thanks Borduria"),
        ("byline", "By Jane Doe, Reuters"),
        ("dateline", "SZOHOD, July 25 (Reuters) -"),
        ("body", LEAD),
    ]
    _, byline, dateline, _ = segment(document(text))
    assert (byline.author, byline.outlet) == ("Jane Doe", "Reuters")
    assert dateline.outlet == "Reuters"


def test_head_on_lines_without_blank_ones():
    text = f"Arnland thanks Borduria\nBy Jane Doe\n{LEAD}\n{NEXT}"
    assert kinds(text) == ["headline", "byline", "body"]


def test_header_lines_are_no_text():
    text = f"Outlet: The Example Post\nAuthor: Jane Doe\n\nArnland thanks Borduria\n\n{LEAD}"
    assert kinds(text) == ["boilerplate", "byline", "headline", "body"]


def test_a_lead_sentence_is_no_headline():
    assert kinds(f"Arnland closed the port on Monday.\n\n{NEXT}") == ["body"]


def test_hard_wrapped_text_is_one_body():
    text = (
        "The foreign minister of Arnland thanked Borduria on Monday for its\n"
        "support during the failed revolt in the capital, the state agency\n"
        "reported, and said that a meeting may be held before the summit."
    )
    assert kinds(text) == ["body"]


def test_a_paragraph_of_quoted_words_is_a_quotation():
    quote = "“We have nothing to hide from anybody in this house.”"
    assert kinds(f"{LEAD}\n\n{quote}\n\n{NEXT}") == ["body", "quotation", "body"]
    assert kinds(f"{LEAD}\n\n{quote[:-1]},” he said.\n\n{NEXT}") == ["body"]


# ---- what is not the outlet's own report


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("Editor's note: The name of the minister was misspelled.", "editors_note"),
        ("(This story corrects the day in paragraph 2.)", "editors_note"),
        ("UPDATE: The ministry has replied.", "editors_note"),
        ("(Reporting by Jane Doe; editing by John Roe)", "boilerplate"),
        ("The views expressed here are the author's own.", "boilerplate"),
        ("© 2016 Example Media. All rights reserved.", "boilerplate"),
        ("Follow us on Twitter", "boilerplate"),
        ("Jane Doe is a senior fellow at an institute.", "boilerplate"),
    ],
)
def test_tails(note, kind):
    assert kinds(f"{LEAD}\n\n{NEXT}\n\n{note}") == ["body", kind]


def test_who_a_source_is_stays_in_the_text():
    assert kinds(f"{LEAD}\n\nJane Doe is a senior fellow at an institute.\n\n{NEXT}") == ["body"]


def test_second_headline_opens_a_reprint_that_the_disclaimer_closes():
    text = (
        f"What do they want?\n\n{OWN}\n\n\n\nArnland Thanks Borduria for Support in Revolt\n\n"
        f"{LEAD}\n\n{NEXT}\n\nAll content here is owned by its author.\n"
    )
    assert kinds(text) == ["headline", "body", "reprint", "boilerplate"]


def test_crossheads_open_no_reprint():
    text = f"{LEAD}\n\nA New Era\n\n{NEXT}\n\nThe Road Ahead For Both\n\n{NEXT}"
    assert "reprint" not in kinds(text)


def test_a_stated_reprint_has_its_outlet_and_day():
    text = (
        f"{OWN}\n\nThe following was published by the Example Agency on 21 July 2016:\n\n"
        f"{LEAD}\n\n{NEXT}\n\n* * *\n\n{OWN}"
    )
    assert kinds(text) == ["body", "editors_note", "reprint", "body"]
    reprint = segment(document(text))[2]
    assert (reprint.outlet, reprint.published) == ("Example Agency", date(2016, 7, 21))


def test_an_agency_report_below_own_words_is_a_reprint():
    text = f"What now?\n\n{OWN}\n\nSZOHOD, July 25 (AP) - {LEAD}\n\n{NEXT}\n\n---\n\n{OWN}"
    assert kinds(text) == ["headline", "body", "dateline", "reprint", "body"]
    assert segment(document(text))[3].outlet == "AP"
    assert "reprint" not in kinds(f"Port opens\n\n{NEXT}\n\nSZOHOD (AP) - {LEAD}")


def test_a_note_that_names_the_outlet_of_what_follows():
    text = (
        "Editor's note: The following article first appeared in The Example Times on 3 March 2016"
        f" and is republished with permission.\n\n{LEAD}\n\n{NEXT}"
    )
    assert kinds(text) == ["editors_note", "reprint"]
    reprint = segment(document(text))[1]
    assert (reprint.outlet, reprint.published) == ("The Example Times", date(2016, 3, 3))


PAGE = date(2016, 7, 26)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("The following was published on Friday 22 July by the Example Post:\n\n", 22),
        ("The following was published by the Example Post on Friday:\n\n", 22),
        ("The following was published by the Example Post:\n\nSZOHOD, July 21 (AP) - ", 21),
        ("SZOHOD, July 25 (AP) - ", 25),
        ("The following was published by the Example Post:\n\n", None),
    ],
)
def test_a_reprint_has_the_day_of_its_note_or_its_dateline(head, day):
    text = f"{OWN}\n\n{head}{LEAD}\n\n{NEXT}"
    found = segment(Document(id="d", key="d", text=text, published=PAGE))
    days = {one.published for one in found if one.kind is SegmentKind.REPRINT}
    assert days == {day and date(2016, 7, day)}


def test_a_reprint_in_markup_has_the_day_of_the_note_above_it():
    note = "The following was published by the Example Post on Friday 22 July:"
    text = f"{OWN}\n\n{note}\n\n{LEAD}"
    start, end = text.index(note), text.index(LEAD)
    marked = (
        Segment(kind=SegmentKind.BODY, start=0, end=start),
        Segment(kind=SegmentKind.EDITORS_NOTE, start=start, end=end),
        Segment(kind=SegmentKind.REPRINT, start=end, end=len(text)),
    )
    found = segment(Document(id="d", key="d", text=text, published=PAGE, segments=marked))
    assert found[-1].kind is SegmentKind.REPRINT
    assert found[-1].published == date(2016, 7, 22)


def test_a_source_line_names_the_outlet_of_the_reprint_above_it():
    text = (
        f"What do they want?\n\n{OWN}\n\n\n\nArnland Thanks Borduria for Support in Revolt\n\n"
        f"{LEAD}\n\n{NEXT}\n\nSource: Example Agency"
    )
    (reprint,) = [s for s in segment(document(text)) if s.kind is SegmentKind.REPRINT]
    assert reprint.outlet == "Example Agency"


def test_a_whole_article_of_another_outlet():
    text = f"{LEAD}\n\n{NEXT}\n\nThis article was originally published by The Example Times."
    assert kinds(text) == ["reprint", "editors_note"]
    assert segment(document(text))[0].outlet == "The Example Times"


# ---- readers' comments


def test_numbered_comments_after_the_page_ended():
    text = (
        f"{LEAD}\n\nAll rights reserved.\n\n  1. Borduria attacked us.\n\n    Twice.\n\n"
        "  2. No, they did not.\n\nComments are closed."
    )
    assert kinds(text) == ["body", "boilerplate", "comment", "comment", "comment"]


def test_a_numbered_list_of_the_article_is_no_comment():
    text = f"{LEAD}\n\n1. Open the port.\n\n2. Close the base.\n\n{NEXT}"
    assert kinds(text) == ["body"]
    assert kinds(f"{LEAD}\n\n1. Open the port.\n\n2. Close the base.") == ["body"]


def test_comments_under_a_heading_have_their_authors():
    text = f"{LEAD}\n\n2 Comments\n\nBob says:\nArnland bombed us.\n\nAnn says:\nIt never did."
    assert kinds(text) == ["body", "comment", "comment", "comment", "comment", "comment"] or set(
        kinds(text)[1:]
    ) == {"comment"}
    assert [s.author for s in segment(document(text)) if s.author] == ["Bob", "Ann"]


def test_a_link_to_comments_above_the_text_hides_nothing():
    assert kinds(f"Arnland thanks Borduria\n\n3 Comments\n\n{LEAD}\n\n{NEXT}") == [
        "headline",
        "boilerplate",
        "body",
    ]


# ---- documents with markup


def test_segments_of_the_reader_stand_and_gaps_are_filled():
    text = f"Menu\n\n{LEAD}\n\nEditor's note: The day was wrong.\n\nBob: Arnland bombed us."
    note = text.index("Bob")
    given_segments = (
        Segment(kind=SegmentKind.BOILERPLATE, start=0, end=6),
        Segment(kind=SegmentKind.COMMENT, start=note, end=len(text), author="Bob"),
    )
    assert kinds(text, segments=given_segments) == [
        "boilerplate",
        "body",
        "editors_note",
        "comment",
    ]
    assert segment(document(text, segments=given_segments))[-1].author == "Bob"


# ---- laws

LINES = st.sampled_from(
    [
        LEAD,
        NEXT,
        OWN,
        "Arnland Thanks Borduria for Support in Revolt",
        "By Jane Doe",
        "SZOHOD (AP) — The port is open.",
        "1. First",
        "2. Second",
        "Bob says:",
        "Comments are closed.",
        "3 Comments",
        "Reply",
        "Source: Example Agency",
        "The following was published by the Example Agency:",
        "This article first appeared in The Example.",
        "Correction:",
        "* * *",
        "> quoted",
        "“Nobody will ever close this port.”",
        "Outlet: The Example Post",
        "",
        "  ",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(LINES, max_size=14).map("\n".join),
        st.lists(LINES, max_size=14).map("\n\n".join),
    )
)
def test_segments_tile_any_text(text):
    check_tiles(text, segment(document(text)))


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=8), st.data())
def test_segments_tile_any_text_with_markup(lines, data):
    text = "\n\n".join(lines)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    kinds_ = st.sampled_from(list(SegmentKind))
    marked = tuple(
        Segment(kind=data.draw(kinds_), start=start, end=end)
        for start, end in pairwise(cuts)
        if start < end and data.draw(st.booleans())
    )
    check_tiles(text, segment(document(text, segments=marked)))


SEED = Path(__file__).parents[2] / ".." / "shared" / "seed" / "turkey-russia-2016.txt"


@pytest.mark.skipif(not SEED.is_file(), reason="the development data are not here")
def test_the_page_that_the_project_was_created_from():
    (page,) = read([SEED])
    found = segment(page)
    check_tiles(page.text, found)
    assert [part.kind.value for part in found] == [
        "headline",
        "body",
        "reprint",
        "boilerplate",
        *["comment"] * 8,
    ]


@pytest.mark.parametrize(
    "unit",
    [
        "Arnland Thanks Borduria for Support\n\n",
        "1. x\n\n",
        "a line of text\n",
        "Bob says:\n\n",
        "“",
        '"',
        "The following ",
        "By Jane Doe\n\n",
        "Correction:\n\n",
    ],
)
def test_segmenting_takes_linear_time(unit):
    text = unit * (200_000 // len(unit))
    start = time.perf_counter()
    check_tiles(text, segment(document(text)))
    assert time.perf_counter() - start < 6

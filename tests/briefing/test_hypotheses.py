"""Matrices of hypotheses: made from a store, kept in a file, handed on."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs import material, told
from detente.analysis.hypotheses import assess
from detente.briefing.hypotheses import TEMPLATES, matrix_of
from detente.briefing.matrix_file import matrix_text, parse_matrix, read_matrix
from detente.briefing.matrix_views import EXPORTS, matrix_lines, matrix_record
from detente.errors import InputError
from detente.model import (
    Consistency,
    Dyad,
    Evidence,
    Hypothesis,
    Label,
    Matrix,
    MatrixRow,
    RowOrigin,
    Suggestion,
    Weight,
)
from making import claim, mention


def gave(day, words="freed", event_type="CONCEDE", key=None, **more):
    text = f"Turkey {words} Russia on the matter of {day:%d %B}, the reports agree."
    return told(text, event_type, words, day, key=key or f"{words}{day}", **more)


def back(day, key="back"):
    """Russia gives Turkey something."""
    doc, made = gave(day, "rewarded", key=key)
    return doc, replace(made, actors=made.recipients, recipients=made.actors)


def rows_of(*pairs, templates=tuple(TEMPLATES)):
    return matrix_of(material(*pairs), templates).rows


def suggested(row):
    return {(one.hypothesis, one.rating.value) for one in row.suggestions}


# --- from the store --------------------------------------------------------------------------


def test_each_event_is_a_row_with_its_quote_origin_and_rating():
    pair = gave(date(2016, 5, 3))
    (row,) = rows_of(pair)
    assert row.id == "E1"
    assert row.what.startswith("3 May 2016, CONCEDE: “Turkey freed Russia")
    assert [one.name for one in row.origins] == ["Courier, 3 May 2016"]
    assert row.code == "F6"
    assert row.ratings == ()
    (evidence,) = row.evidence
    assert pair[0].text[evidence.start : evidence.end] == evidence.quote


def test_two_events_of_one_report_share_its_origin():
    doc, first = told(
        "Turkey attacked Russia. Turkey sanctioned Russia.", "ASSAULT", "attacked", date(2016, 5, 3)
    )
    second = claim(doc, "SANCTION", ("Turkey", "TUR"), ("Russia", "RUS"), anchor="sanctioned")
    one, other = rows_of((doc, first), (doc, second))
    assert one.origins == other.origins


def test_force_speaks_against_a_deal():
    (row,) = rows_of(gave(date(2016, 5, 3), "attacked", "ASSAULT"))
    assert suggested(row) == {("H1", "I")}
    assert row.suggestions[0].reason == "force or punishment is the opposite of giving something"
    assert row.ratings == ()


def test_a_step_that_is_answered_speaks_for_a_deal_and_against_coincidence():
    one, other = rows_of(gave(date(2016, 5, 3)), back(date(2016, 5, 20)))
    assert suggested(one) == suggested(other) == {("H1", "C"), ("H4", "I")}
    assert one.suggestions[0].reason.endswith("within 30 days: E2")


def test_a_late_answer_is_none_and_at_the_edges_nothing_is_said():
    _, second, third = rows_of(
        gave(date(2016, 3, 1), "attacked", "ASSAULT"),
        gave(date(2016, 5, 3)),
        back(date(2016, 7, 9)),
    )
    assert suggested(second) == {("H2", "C")}
    assert suggested(third) == set()


def test_an_answer_that_is_perhaps_near_suggests_nothing():
    doc, made = back(date(2016, 5, 20))
    when = replace(made.when, first=date(2016, 4, 1), last=date(2016, 7, 1))
    rows = rows_of(
        gave(date(2016, 3, 1), "attacked", "ASSAULT"),
        gave(date(2016, 5, 3)),
        (doc, replace(made, when=when)),
    )
    assert [suggested(row) for row in rows] == [{("H1", "I")}, set(), set()]


def test_silence_before_the_period_says_nothing():
    pairs = (
        gave(date(2016, 3, 1), "attacked", "ASSAULT"),
        gave(date(2016, 5, 3)),
        gave(date(2016, 9, 1), "sued", "ACCUSE"),
    )
    (_, whole, _) = matrix_of(material(*pairs), tuple(TEMPLATES)).rows
    assert suggested(whole) == {("H2", "C")}
    cut = material(*pairs, since=date(2016, 5, 1))
    assert suggested(matrix_of(cut, tuple(TEMPLATES)).rows[1]) == set()


def test_what_is_only_alleged_gets_no_suggestion():
    (row,) = rows_of(gave(date(2016, 5, 3), "attacked", "ASSAULT", label=Label.ALLEGED))
    assert row.suggestions == ()
    assert ", alleged ASSAULT" in row.what


def test_a_third_country_that_takes_part_speaks_for_pressure():
    doc, made = told("Turkey, with Iran, aided Russia.", "AID", "aided", date(2016, 5, 3))
    third = replace(made, actors=(*made.actors, mention(doc, "Iran", "IRN")))
    (row,) = rows_of((doc, third))
    assert suggested(row) == {("H3", "C")}
    assert row.suggestions[0].reason == "IRN took part, so a third party was there"


def test_suggestions_are_for_templates_that_were_taken():
    (row,) = rows_of(
        gave(date(2016, 5, 3), "attacked", "ASSAULT"), templates=("interest", "pressure")
    )
    assert row.suggestions == ()


def test_suggestions_do_not_count():
    made = matrix_of(material(gave(date(2016, 5, 3), "attacked", "ASSAULT")), tuple(TEMPLATES))
    assert {one.score for one in assess(made).scores} == {0}
    assert "suggested, not counted: H1 I" in "\n".join(matrix_lines(made, assess(made)))


# --- the file --------------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@st.composite
def matrices(draw):
    names = draw(st.lists(TEXT, min_size=2, max_size=3, unique=True))
    texts = [f"{name} is why" for name in range(len(names))]
    rows = []
    for key in draw(st.lists(TEXT, max_size=3, unique=True)):
        rated = draw(st.dictionaries(st.sampled_from(names), st.sampled_from(list(Consistency))))
        hints = draw(st.dictionaries(st.sampled_from(names), st.sampled_from(list(Consistency))))
        quote = draw(TEXT)
        evidence = Evidence(
            document_id="d",
            document_key=draw(TEXT),
            start=0,
            end=len(quote),
            quote=quote,
            published=draw(st.none() | st.dates()),
            outlets=tuple(draw(st.lists(TEXT, max_size=2))),
        )
        rows.append(
            MatrixRow(
                id=key,
                what=draw(TEXT),
                ratings=tuple(sorted(rated.items())),
                suggestions=tuple(
                    Suggestion(hypothesis=name, rating=rating, reason="so")
                    for name, rating in sorted(hints.items())
                ),
                credibility=draw(st.sampled_from(list(Weight))),
                origins=tuple(
                    RowOrigin(id=o) for o in draw(st.lists(TEXT, max_size=2, unique=True))
                ),
                evidence=(evidence,),
                note=draw(TEXT),
            )
        )
    return Matrix(
        question=draw(TEXT),
        dyad=draw(st.none() | st.just(Dyad("TUR", "RUS"))),
        since=draw(st.none() | st.dates()),
        hypotheses=tuple(
            Hypothesis(id=name, text=text) for name, text in zip(names, texts, strict=True)
        ),
        rows=tuple(rows),
    )


@settings(max_examples=200, deadline=None)
@given(matrices())
def test_a_matrix_written_and_read_is_equal(matrix):
    text = matrix_text(matrix)
    assert parse_matrix(text.encode(), "m.yaml") == matrix
    assert matrix_text(parse_matrix(text.encode(), "m.yaml")) == text


def test_a_matrix_from_a_store_written_and_read_is_equal():
    made = matrix_of(material(gave(date(2016, 5, 3)), back(date(2016, 5, 20))), tuple(TEMPLATES))
    assert parse_matrix(matrix_text(made).encode(), "m.yaml") == made


FILE = """\
question: Why?
hypotheses:
- {id: H1, text: One.}
- {id: H2, text: Other.}
rows:
- {id: E1, what: It was., ratings: {H1: C, H2: II}}
"""


def refused(text):
    with pytest.raises(InputError) as error:
        parse_matrix(text.encode(), "m.yaml")
    told_so = str(error.value)
    assert told_so.startswith("m.yaml: ")
    assert "\n" not in told_so
    return told_so.removeprefix("m.yaml: ")


def test_a_file_by_hand_needs_little():
    made = parse_matrix(FILE.encode(), "m.yaml")
    assert made.rows[0].rating("H2") is Consistency.VERY_INCONSISTENT
    assert [one.score for one in assess(made).scores] == [0, -2]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("H2: II", "H2: III", "unknown value 'III'; use one of 'CC', 'C', 'N', 'I', 'II' or 'NA'"),
        ("H2: II", "H3: II", "row 'E1': no hypothesis 'H3'; use one of H1, H2"),
        ("id: H2", "id: H1", "hypotheses: 'H1' stands twice; name each once"),
        ("Other.", "One.", "hypotheses: 'One.' stands twice; name each once"),
        ("id: E1", "id: ''", "rows entry 1"),
        ("- {id: H2, text: Other.}\n", "", "hypotheses"),
        ("id: E1,", "id: E1, event: abc,", "names an event and no origins"),
        ("id: E1,", "id: E1, credibility: huge,", "unknown value 'huge'; use one of 'low'"),
        ("id: E1,", "id: E1, weight: 2,", "unknown key; did you mean 'what'? use one of"),
        ("id: E1,", "id: E1, id: E2,", "key 'id' stands twice; keep one"),
        ("question: Why?", "question:", "question"),
        ("question: Why?", "why: so", "question: missing"),
        (FILE, "", "expected the keys question, hypotheses and rows"),
        (FILE, "- a\n- b\n", "expected the keys question, hypotheses and rows"),
        (FILE, "question: [", "not YAML"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(old, new, words):
    assert old in FILE
    assert words in refused(FILE.replace(old, new, 1))


def test_a_row_twice_is_refused():
    assert "rows: 'E1' stands twice" in refused(FILE + "- {id: E1, what: Again.}\n")


@pytest.mark.parametrize(
    "hostile",
    [
        "!!python/object/apply:os.system ['false']",
        "!!python/name:os.system",
        "!!python/object:detente.model.Matrix {}",
    ],
)
def test_objects_are_not_built(hostile):
    assert "not YAML" in refused(FILE.replace("Why?", hostile))


def test_aliases_are_refused_before_they_grow():
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert "is an alias; write out what it names" in refused(bomb)


def test_deep_nesting_is_refused():
    refused("question: " + "[" * 5000)


def test_no_file_tells_what_makes_one(tmp_path):
    with pytest.raises(InputError, match="`detente hypotheses new` makes one"):
        read_matrix(tmp_path / "none.yaml")


# --- handed on -------------------------------------------------------------------------------

HOSTILE = "<script>alert(1)</script>\u202e=cmd|' /C calc'!A0"


@pytest.fixture
def hostile():
    evidence = Evidence(
        document_id="d", document_key=HOSTILE, start=0, end=1, quote=HOSTILE, outlets=(HOSTILE,)
    )
    return Matrix(
        question=HOSTILE,
        hypotheses=(Hypothesis(id="=H1", text="=1+1"), Hypothesis(id="@H2", text=HOSTILE)),
        rows=(
            MatrixRow(
                id="+E1",
                what=" =HYPERLINK(1)",
                ratings=(("=H1", Consistency.INCONSISTENT), ("@H2", Consistency.CONSISTENT)),
                note="-1\n=2",
                origins=(RowOrigin(id="o", name="\t=3"),),
                evidence=(evidence,),
            ),
        ),
    )


def test_no_cell_is_a_formula(hostile):
    rows = list(csv.reader(io.StringIO(EXPORTS["csv"](hostile, assess(hostile)))))
    assert len({len(row) for row in rows}) == 1
    for cell in (cell for row in rows for cell in row):
        number = cell.removeprefix("-").replace(".", "").isdigit()
        assert number or not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))
        assert "\u202e" not in cell
    assert rows[0][-2:] == ["'=H1", "'@H2"]
    assert rows[-1][-2:] == ["-1", "0"]


def test_the_page_shows_text_as_text_and_names_no_address(hostile):
    page = EXPORTS["html"](hostile, assess(hostile))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "default-src 'none'" in page


def test_json_has_the_matrix_and_what_follows(hostile):
    text = EXPORTS["json"](hostile, assess(hostile))
    assert "\u202e" not in text
    record = json.loads(text)
    assert record == json.loads(json.dumps(matrix_record(hostile, assess(hostile))))
    assert record["rows"][0]["ratings"] == {"=H1": "I", "@H2": "C"}
    assert record["assessment"]["ranking"] == [["@H2"], ["=H1"]]
    assert record["assessment"]["scores"][0]["score"] == -1


def test_the_text_names_the_origin_that_carries_the_order():
    text = FILE.replace(
        "what: It was.", "what: It was., origins: [{id: o, name: 'Courier, 3 May'}]"
    )
    made = parse_matrix(text.encode(), "m.yaml")
    lines = list(matrix_lines(made, assess(made)))
    assert "H1  0  One." in lines
    assert "H2  -2  Other." in lines
    assert "Courier, 3 May: E1 would fall; others would lead: H1 and H2" in lines

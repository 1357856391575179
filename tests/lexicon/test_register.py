"""The source register: read and added to without losing what a user wrote; one line an error."""

from __future__ import annotations

from datetime import date

import pytest

from detente.errors import InputError
from detente.lexicon.outlets import load_outlets
from detente.lexicon.register import read_csv, read_register, with_lines
from detente.model import SourceRating

OUTLETS = load_outlets()
GOOD = "- {outlet: TASS, reliability: D, rated: 2026-01-02, reason: state agency}\n"


def rating(letter="B", outlet="Reuters", rated=date(2026, 3, 4), reason="corrects itself", by=""):
    return SourceRating(outlet=outlet, reliability=letter, rated=rated, reason=reason, by=by)


def register(tmp_path, text):
    path = tmp_path / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_newest_rating_of_an_outlet_counts_by_any_of_its_names(tmp_path):
    later = (
        "- {outlet: tass.com, reliability: E, rated: 2026-05-02, reason: an invented quotation}\n"
    )
    earlier = "- {outlet: ITAR-TASS, reliability: C, rated: 2025-01-02, reason: as others}\n"
    found = read_register(register(tmp_path, f"ratings:\n{later}{GOOD}{earlier}"), OUTLETS)
    assert [one.reliability for one in found.by_outlet["TASS"]] == ["C", "D", "E"]
    ((name, counts),) = found.of_credit("TASS")
    assert (name, counts.reliability) == ("TASS", "E")


def test_a_credit_is_judged_link_by_link(tmp_path):
    found = read_register(register(tmp_path, f"ratings:\n{GOOD}"), OUTLETS)
    links = found.of_credit("AFP via TASS")
    assert [(name, one and one.reliability) for name, one in links] == [
        ("Agence France-Presse", None),
        ("TASS", "D"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ratings:\n- {outlet: X, reliability: G, rated: 2026-01-02, reason: r}", "'A', 'B'"),
        ("ratings:\n- {outlet: X, reliability: A, rated: soon, reason: r}", "2015-11-24"),
        ("ratings:\n- {outlet: X, reliability: A, rated: 2026-01-02}", "entry 1 reason: missing"),
        (
            "ratings:\n- {outlet: X, reliability: A, rated: 2026-01-02, reason: r, mark: A}",
            "mark: unk",
        ),
        ("marks: []", "marks: unknown key"),
        ("- a\n- b", "expected one key, ratings"),
        ("ratings: [", "not YAML"),
        ("ratings: {a: 1}", "expected a list"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(tmp_path, text, told):
    path = register(tmp_path, text)
    with pytest.raises(InputError) as error:
        read_register(path, OUTLETS)
    message = str(error.value)
    assert message.startswith(f"{path}: ")
    assert told in message
    assert "\n" not in message


def test_a_register_that_is_not_there_is_empty(tmp_path):
    assert read_register(tmp_path / "none.yaml", OUTLETS).ratings == ()


@pytest.mark.parametrize("text", [None, "", "# mine\n", "ratings:\n", "ratings: []\n"])
def test_the_first_line_is_added(tmp_path, text):
    path = tmp_path / "sources.yaml" if text is None else register(tmp_path, text)
    path.write_text(with_lines(path, [rating(by="A. Reader")]), encoding="utf-8")
    assert read_register(path, OUTLETS).ratings == (rating(by="A. Reader"),)
    assert text is None or text.startswith("ratings") or text.strip() in path.read_text("utf-8")


def test_lines_are_added_below_what_the_user_wrote(tmp_path):
    mine = f"# my own words\nratings:\n{GOOD}# to be revised\n"
    path = register(tmp_path, mine)
    odd = rating(reason='says "yes: no", # and {more}', outlet="Süd: Blatt")
    text = with_lines(path, [odd, rating()])
    assert text.startswith(mine)
    path.write_text(text, encoding="utf-8")
    assert read_register(path, OUTLETS).ratings == (
        rating("D", "TASS", date(2026, 1, 2), "state agency"),
        odd,
        rating(),
    )


def test_a_register_that_cannot_be_added_to_stays_as_it_is(tmp_path):
    text = f"ratings:\n  {GOOD}"
    path = register(tmp_path, text)
    with pytest.raises(InputError, match="not indented"):
        with_lines(path, [rating()])
    assert path.read_text("utf-8") == text


def test_rows_of_a_csv_file_are_read_one_by_one(tmp_path):
    path = tmp_path / "ratings.csv"
    path.write_text(
        "outlet,reliability,rated,reason\nReuters,B,2026-03-04,corrects itself\nX,Q,2026-03-04,r\n"
        "Y,C,2026-03-04\n",
        encoding="utf-8",
    )
    (_, good), (line, wrong), (_, short) = read_csv(path)
    assert good == rating()
    assert line == 3
    assert str(wrong).startswith("reliability: unknown value 'Q'")
    assert str(short).startswith("reason: ")


def test_a_csv_file_without_a_needed_column_is_refused(tmp_path):
    path = tmp_path / "ratings.csv"
    path.write_text("outlet,reliability\nReuters,B\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column 'rated'"):
        read_csv(path)

"""The example folder: what its README promises, read by the whole extraction."""

import re
from datetime import date
from pathlib import Path

import pytest

from detente import workflow
from detente.model import Label

FOLDER = Path(__file__).parents[2] / "examples" / "turkey-russia"
README = (FOLDER / "README.md").read_text()


@pytest.fixture(scope="module")
def read():
    """Return the documents of the folder with their claims, by the end of their key."""
    found = list(workflow.claims_of([FOLDER]))
    skipped = [one for one in found if not isinstance(one, tuple) and one.skipped]
    assert skipped == []
    pairs = [one for one in found if isinstance(one, tuple)]
    return {Path(document.key).name: (document, extraction) for document, extraction in pairs}


def claims(read, key, event_type=None):
    _, extraction = read[key]
    return [one for one in extraction.claims if event_type in (None, one.event_type)]


def days(found, actor, recipient):
    """Return the first and last days of the claims in which one country acts on another."""
    return {
        day
        for claim in found
        for day in (claim.when.first, claim.when.last)
        if actor in {one.country for one in claim.actors}
        and recipient in {one.country for one in claim.recipients}
    }


def test_the_files_named_by_the_readme_are_there():
    named = set(re.findall(r"`(\S+\.(?:txt|html|jsonl))`", README))
    assert len(named) > 20
    assert [name for name in sorted(named) if not (FOLDER / name).exists()] == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.name)
def test_a_report_is_short_and_says_where_and_when_it_stood(path):
    head, _, body = path.read_text().partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    dated = {} if path.name.startswith("undated") else {"Published": path.name[:10]}
    assert fields == {"Outlet": fields["Outlet"], "Title": fields["Title"], **dated}
    assert 40 <= len(body.split()) <= 150


def test_all_reports_are_read_and_one_has_no_date(read):
    documents = [document for document, _ in read.values()]
    assert len(documents) == 59
    undated = [one.key for one in documents if one.published is None]
    assert [Path(key).name for key in undated] == ["undated-levant-monitor.txt"]


def test_the_shootdown(read):
    found = claims(read, "2015-11-24-bosphorus-courier.txt", "ASSAULT")
    assert date(2015, 11, 24) in days(found, "TUR", "RUS")


@pytest.mark.parametrize(
    "key",
    [
        "2015-11-29-northern-ledger.txt",
        "2015-11-29-straits-herald.txt",
        "2015-11-29-capital-dispatch.txt",
        "2015-11-30-danube-post.txt",
    ],
)
def test_the_sanctions_in_each_printing_of_the_wire(read, key):
    assert date(2015, 11, 28) in days(claims(read, key), "RUS", "TUR")


@pytest.mark.parametrize(
    "key", ["2016-06-27-bosphorus-courier.txt", "2016-06-27-volga-observer.txt"]
)
def test_the_letter(read, key):
    assert date(2016, 6, 27) in days(claims(read, key), "TUR", "RUS")


def test_the_planned_meeting(read):
    (found,) = (
        one
        for one in claims(read, "2016-07-27-capital-dispatch.txt", "AGREE")
        if one.when.first == date(2016, 8, 9)
    )
    assert found.act == "CONSULT"
    assert {one.country for one in found.actors} >= {"RUS", "TUR"}
    assert found.certainty.label is Label.PLANNED


def test_the_denial(read):
    labels = {one.certainty.label for one in claims(read, "2016-07-21-danube-post.txt")}
    assert Label.DENIED in labels


def test_the_undated_report_dates_nothing_by_today(read):
    for one in claims(read, "undated-levant-monitor.txt"):
        assert one.when.first is None


def test_no_claim_comes_from_a_reader_or_a_disclaimer(read):
    _, extraction = read["2016-07-28-caravel-review.html"]
    assert extraction.claims
    said = " ".join(one.sentence.text for one in extraction.claims)
    for words in ("secretly", "treaty to divide", "views expressed", "tomatoes"):
        assert words not in said

"""Events dated by other events: the anchor and the relation to it; the event is starred."""

from datetime import date

import pytest

from dated import MONDAY, when
from detente.briefing.records import claim_record
from detente.model import DateBasis, TimeRelation
from making import claim, document

BEFORE, AFTER = TimeRelation.BEFORE, TimeRelation.AFTER
DURING, SINCE, UNTIL = TimeRelation.DURING, TimeRelation.SINCE, TimeRelation.UNTIL


@pytest.mark.parametrize(
    ("marked", "relation", "anchor"),
    [
        ("Chad *freed the crew before the Lagos summit.", BEFORE, "the Lagos summit"),
        ("Chad *freed the crew ahead of the vote.", BEFORE, "the vote"),
        ("Chad *freed the crew prior to the talks.", BEFORE, "the talks"),
        ("Chad *freed the crew on the eve of the vote.", BEFORE, "the vote"),
        ("Chad *freed the crew after the coup attempt.", AFTER, "the coup attempt"),
        ("Chad *freed the crew in the wake of the coup.", AFTER, "the coup"),
        ("Chad *freed the crew following the death of its king.", AFTER, "the death of its king"),
        ("Chad *freed the crew during the war.", DURING, "the war"),
        ("Chad has *shelled the port since the war began.", SINCE, "the war began"),
        ("Chad *shelled the port until the truce.", UNTIL, "the truce"),
        ("Chad will *free the crew before the vote.", BEFORE, "the vote"),
        ("Chad *freed the crew hours before the coup.", BEFORE, "the coup"),
    ],
)
def test_a_named_event_is_the_anchor_of_an_unknown_day(marked, relation, anchor):
    found = when(marked)
    assert (found.first, found.last, found.basis) == (None, None, DateBasis.UNKNOWN)
    assert found.relation is relation
    assert found.anchor is not None
    assert found.anchor.text == anchor
    assert anchor in (found.reason or "")


@pytest.mark.parametrize(
    ("marked", "edtf", "relation"),
    [
        ("Chad *freed the crew a day after the coup on July 15.", "2016-07-16", AFTER),
        ("Chad *freed the crew three days before the vote on Sunday.", "2016-07-21", BEFORE),
        ("Chad *freed the crew on the eve of the vote on Sunday.", "2016-07-23", BEFORE),
        ("Chad *freed the crew hours after the vote on Sunday.", "2016-07-24~", AFTER),
        ("Chad *freed the crew before the vote on Sunday.", "../2016-07-24", BEFORE),
        ("Chad *freed the crew during the riots on Friday.", "2016-07-22", DURING),
        ("Chad *freed the crew during a war in 1997.", "1997", DURING),
        ("The king will *step down before the vote on 9 August.", "2016-07-25/2016-08-09", BEFORE),
        ("Chad has *shelled the port since the vote on Sunday.", "2016-07-24/2016-07-25", SINCE),
    ],
)
def test_a_day_of_the_named_event_bounds_the_date(marked, edtf, relation):
    found = when(marked)
    assert (found.edtf, found.relation, found.basis) == (edtf, relation, DateBasis.RELATIVE)


@pytest.mark.parametrize(
    "marked",
    [
        "Chad *freed the crew after the riots in 2001.",
        "The king will *step down after passing the 2017 budget.",
    ],
)
def test_a_year_bounds_nothing(marked):
    found = when(marked)
    assert (found.first, found.last, found.relation) == (None, None, AFTER)


@pytest.mark.parametrize(
    ("marked", "relation"),
    [
        ("Chad *frees the crew a day after the vote.", AFTER),
        ("Chad has *freed the crew after the vote.", AFTER),
        ("Chad *frees the crew hours before the vote.", BEFORE),
        ("The army says it has *freed the port, days after rebels seized it.", AFTER),
        ("Chad *freed the crew after its king was crowned.", AFTER),
        ("Chad *thanked Oslo during a briefing.", DURING),
    ],
)
def test_news_keeps_its_day_and_its_anchor(marked, relation):
    found = when(marked)
    assert (found.last, found.basis) == (MONDAY, DateBasis.PUBLICATION)
    assert found.relation is relation
    assert found.anchor is not None


def test_a_date_of_the_calendar_keeps_its_anchor():
    found = when("The talks may be *held in August before the Lagos summit.")
    assert (found.edtf, found.relation) == ("2016-08", BEFORE)
    assert found.anchor is not None
    assert found.anchor.text == "the Lagos summit"


def test_what_came_first_is_counted_from_the_news():
    found = when("Chad frees two men a day after its king *orders their release.")
    assert (found.edtf, found.basis) == ("2016-07-24", DateBasis.PUBLICATION)


def test_a_cause_is_no_anchor():
    assert when("Since the talks failed, Chad *closed the border.").relation is None


def test_a_claim_carries_its_anchor_as_json():
    text = "Chad attacked Oslo after the coup."
    made = document(text, published=date(2016, 7, 25))
    dated = when("Chad *attacked Oslo after the coup.")
    found = claim(made, "ASSAULT", ("Chad", "TCD"), ("Oslo", "NOR"), anchor="attacked", when=dated)
    record = claim_record(found)["when"]
    assert record["relation"] == "after"
    assert record["anchor"] == {"start": 25, "end": 33, "text": "the coup"}
    assert dated.anchor in found.spans
    plain = claim(made, "ASSAULT", ("Chad", "TCD"), ("Oslo", "NOR"), anchor="attacked")
    assert claim_record(plain)["when"]["anchor"] is None

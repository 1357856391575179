"""Other readings of a judgement, and what to watch: told where events speak for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from briefs import material, told
from detente.briefing.compose import compose
from detente.briefing.linter import lint
from detente.model import Label

FIRST = date(2015, 1, 5)
VERBS = ("thanked", "praised", "backed")
HARSH = ("bombed", "shelled", "struck")


def reports(count, verbs, event_type, start, outlet):
    """As many reports of Turkey doing something to Russia, five days apart."""
    found = []
    for n in range(count):
        day = start + timedelta(days=5 * n)
        verb = verbs[n % len(verbs)]
        text = f"Turkey {verb} Russia on {day:%d %B %Y}, number {n}{outlet}."
        key = f"{outlet}{n}{event_type}"
        found.append(told(text, event_type, verb, day, outlets=(outlet,), key=key))
    return found


def turned(outlet="Courier"):
    """A year of friendly acts, then months of force."""
    turn = FIRST + timedelta(days=365)
    return material(
        *reports(60, VERBS, "SUPPORT", FIRST, "Courier"),
        *reports(20, HARSH, "ASSAULT", turn, outlet),
    )


def texts(statements):
    return " ".join(one.text for one in statements)


def test_other_outlets_are_another_reading_and_the_change_is_counted_without_them():
    brief = compose(turned(outlet="Herald"))
    assert brief.judgements
    other = texts(brief.alternatives)
    assert "who reports it changed, not the relation" in other
    assert "20 of 20 events from then on are told by no outlet that told one of those" in other
    assert "Nothing from then on is left without them." in other
    assert "told by no outlet" not in texts(compose(turned()).alternatives)


def test_what_is_only_alleged_is_another_reading():
    made = turned()
    doubted = {
        key: replace(one, certainty=replace(one.certainty, label=Label.ALLEGED))
        if one.event_type == "ASSAULT" and "number 3" not in one.sentence.text
        else one
        for key, one in made.claims.items()
    }
    told_so = texts(compose(replace(made, claims=doubted)).alternatives)
    assert "19 of 20 events from then on are only alleged, or disputed" in told_so
    assert "1 of 1 event was conflict from then on: the change stays" in told_so


def test_one_side_that_turned_alone_is_named():
    told_so = texts(compose(turned()).alternatives)
    assert "one side turned, not both. 20 of 20 events of conflict with a direction" in told_so
    assert "are by Turkey" in told_so


def test_one_origin_behind_many_events_is_another_reading():
    made = turned()
    harsh = [event.id for event in made.events if event.quad == 4]
    reports_of = {
        event: [replace(one, origin="same") if event in harsh[:15] else one for one in listed]
        for event, listed in made.reports.items()
    }
    told_so = texts(compose(replace(made, reports=reports_of)).alternatives)
    assert "one origin makes it. 15 of 20 events from then on rest on Courier" in told_so
    assert "Without them 5 of 5 events were conflict from then on: the change stays." in told_so


def test_that_nothing_speaks_for_another_reading_is_told_with_its_evidence():
    state = [one for one in compose(turned()).alternatives if "latest state" in one.text]
    assert [one.text.partition(" were tried")[0] for one in state] == [
        "Other readings of the latest state"
    ]
    assert state[0].evidence


def test_without_a_judgement_there_is_no_other_reading():
    brief = compose(material(*reports(2, VERBS, "SUPPORT", FIRST, "Courier")))
    assert not brief.judgements and brief.alternatives == () and brief.indicators == ()


def test_the_balance_is_what_would_leave_the_state_undecided():
    friendly = reports(9, VERBS, "SUPPORT", FIRST, "Courier")
    harsh = reports(2, HARSH, "ASSAULT", FIRST, "Courier")
    brief = compose(material(*friendly, *harsh))
    (balance,) = [one for one in brief.indicators if "undecided" in one.text]
    assert balance.text.startswith(
        "The latest state would be undecided after 7 further events of conflict and none of"
    )
    assert len(balance.evidence) == 11


@pytest.mark.parametrize("carried_out", [False, True])
def test_a_threat_is_to_be_watched_until_force_follows(carried_out):
    threat = told("Turkey threatened Russia.", "THREATEN", "threatened", FIRST)
    force = reports(1, HARSH, "ASSAULT", FIRST + timedelta(days=9), "Herald")
    brief = compose(material(threat, *(force if carried_out else ())))
    watched = [one for one in brief.indicators if "Whether the threat is carried out" in one.text]
    assert bool(watched) is not carried_out


def test_an_old_threat_is_not_open_any_more():
    threat = told("Turkey threatened Russia.", "THREATEN", "threatened", FIRST)
    late = reports(1, VERBS, "SUPPORT", FIRST + timedelta(days=400), "Herald")
    assert compose(material(threat, *late)).indicators == ()


def test_the_first_signs_of_a_turn_are_told_for_the_next():
    (signs,) = [
        one for one in compose(turned()).indicators if one.text.startswith("Signs like those")
    ]
    assert "turn for the worse" in signs.text and "bombed" in signs.text


@pytest.mark.parametrize("outlet", ["Courier", "Herald"])
def test_the_linter_has_no_remark(outlet):
    remarks = lint(compose(turned(outlet)), is_name={"Turkey", "Russia"}.__contains__)
    about = ("other reading", "what to watch")
    assert [str(one) for one in remarks if one.where.startswith(about)] == []

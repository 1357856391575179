"""Measures, regimes and drivers, on cases that can be worked out by hand."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from detente.analysis.drivers import drivers
from detente.analysis.measures import FORMULAS, measures
from detente.analysis.occurrences import Degree, Occurrence, occurrences, of_rows
from detente.analysis.regimes import regimes
from detente.analysis.series import series_of
from detente.model import Direction, Dyad, EventType, Measured, Shift, ShiftKind, Way, mode_score
from making import event

PAIR = Dyad("TUR", "RUS")
DAY = date(2015, 11, 24)


def one(kind, day=DAY, forward=True, weight=1.0, serial=0):
    event_type = EventType(kind)
    return Occurrence(
        day=day,
        id=f"{kind}-{day}-{forward}-{serial}",
        event_type=event_type,
        score=mode_score(event_type, None),
        weight=weight,
        forward=forward,
    )


def test_level_and_volume_stand_apart():
    happened = [one("ASSAULT"), one("AID", weight=3.0), one("CONSULT", forward=None)]
    series = series_of(happened, PAIR, {"2015-11": 200})
    both, forward, backward = measures(series, happened, {"TUR": {"2015-11": 9}, "RUS": {}})
    assert (both.way, forward.way, backward.way) == tuple(Way)
    assert both.counts == (1, 1, 0, 1)
    assert both.score_sum == pytest.approx(-9.0 + 10.0 + 2.5)
    assert both.mean_score == pytest.approx(3.5 / 4)
    assert both.conflict_share == pytest.approx(1.5 / 4)
    assert both.weighted_mean == pytest.approx((-9.0 + 30.0 + 2.5) / 6.0)
    assert both.per_thousand == pytest.approx(15.0)
    assert (both.of_actor, both.of_recipient) == (9, 0)
    assert backward.counts == (1, 0, 0, 0) and forward.counts == both.counts


def test_every_measure_has_its_formula_printed():
    named = {field.name for field in fields(Measured)} - {"first", "last", "way"}
    assert set(FORMULAS) == named


def test_ten_times_the_reports_change_the_sum_and_not_the_mean():
    few = [one("ACCUSE", serial=n) for n in range(20)] + [one("AGREE", serial=n) for n in range(20)]
    many = [replace(x, id=f"{x.id}-{n}") for x in few for n in range(10)]
    (low, *_), (high, *_) = (
        measures(series_of(listed, PAIR, {}), listed, {}) for listed in (few, many)
    )
    assert high.score_sum == pytest.approx(10 * low.score_sum)
    assert high.mean_score == pytest.approx(low.mean_score, abs=0.02)
    assert high.conflict_share == pytest.approx(low.conflict_share, abs=0.02)


@pytest.mark.parametrize(
    ("kind", "degree"),
    [
        ("CONSULT", Degree.COOPERATION),
        ("AID", Degree.COOPERATION),
        ("RETREAT", Degree.COOPERATION),
        ("ACCUSE", Degree.WORDS),
        ("THREATEN", Degree.WORDS),
        ("SANCTION", Degree.PRESSURE),
        ("COERCE", Degree.PRESSURE),
        ("ASSAULT", Degree.FORCE),
    ],
)
def test_degrees_go_from_cooperation_to_force(kind, degree):
    assert one(kind).degree is degree


def test_what_counts_of_events_has_its_direction():
    events = [
        event("ASSAULT", DAY),
        event("ACCUSE", DAY, sides=("RUS", "TUR")),
        event("CONSULT", DAY, reciprocal=True),
        event("AID", DAY, planned=True),
        event("AID", None),
        event("AID", DAY, sides=("TUR", "SYR")),
    ]
    found = {x.event_type.value: x.forward for x in occurrences(events, PAIR)}
    assert found == {"ASSAULT": True, "ACCUSE": False, "CONSULT": None}
    rows = [(DAY, "b", "AID", 10.0, False), (DAY - timedelta(days=1), "a", "ASSAULT", -9.0, True)]
    assert [x.id for x in of_rows(rows)] == ["a", "b"]


def shift(first, last, probability=0.9, kind=ShiftKind.RELATION):
    return Shift(
        first=first,
        last=last,
        direction=Direction.WORSE,
        kind=kind,
        probability=probability,
        drivers=("x",),
        before=0.1,
        after=0.9,
    )


def test_regimes_part_at_likely_changes_of_the_relation_alone():
    happened = [one("AGREE", DAY + timedelta(days=30 * n)) for n in range(12)]
    series = series_of(happened, PAIR, {})
    turn = shift(DAY + timedelta(days=100), DAY + timedelta(days=110))
    others = [
        shift(DAY + timedelta(days=200), DAY + timedelta(days=201), probability=0.3),
        shift(DAY + timedelta(days=250), DAY + timedelta(days=251), kind=ShiftKind.ATTENTION),
    ]
    before, after = regimes(series, [turn, *others], happened)
    assert after.first == DAY + timedelta(days=105)
    assert before.last == after.first - timedelta(days=1)
    assert before.total + after.total == 12
    assert regimes(series_of([], PAIR, {}), [turn], []) == ()


def test_an_answer_in_kind_is_told_from_chance():
    happened = [
        one("ASSAULT", DAY, forward=True),
        one("ACCUSE", DAY + timedelta(days=3), forward=False),
        one("AGREE", DAY + timedelta(days=60), forward=True),
    ]
    (regime,) = regimes(series_of(happened, PAIR, {}), [], happened)
    # the attack was answered; the accusation was not
    assert (regime.hits, regime.hit_chances) == (1, 2)
    assert 0.0 < regime.expected_hits < 1.0
    assert (regime.forward, regime.directed, regime.conflict) == (2, 3, 2)


def test_drivers_are_those_without_which_the_evidence_falls_most():
    weak, strong, same = one("ACCUSE"), one("ASSAULT"), one("ACCUSE", DAY + timedelta(days=1))
    falls = {weak.id: 1.0, strong.id: 0.5, same.id: 1.0}
    found = drivers([strong, same, weak], lambda x: falls[x.id])
    assert found == (weak.id, same.id, strong.id)
    assert len(drivers([one("ACCUSE", serial=n) for n in range(9)], lambda _: 1.0)) == 5

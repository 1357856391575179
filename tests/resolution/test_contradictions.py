"""Reports that cannot all be right are told apart from those that only say more or less."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from detente.model import Conflict, MagnitudeKind, Origins, Place
from detente.resolution.contradictions import find_contradictions
from detente.resolution.events import gather, to_event
from making import attribution, claim, dead, document, stated

TUR, RUS, SYR = ("Turkey", "TUR"), ("Russia", "RUS"), ("Syria", "SYR")
DAY = date(2016, 3, 10)


def struck(text, *, outlet="A", day=10, sides=(TUR, RUS), count=None, town=None, **more):
    doc = document(text, outlets=(outlet,), published=date(2016, 3, day))
    made = claim(doc, "ASSAULT", *sides, anchor="struck", **more)
    if count:
        words, low, high = count
        made = replace(made, magnitudes=(dead(doc, words, low, high),))
    if town:
        start = text.index(town)
        span = doc.span(start, start + len(town))
        made = replace(made, place=Place(span=span, city=town))
    return doc, made


def found(*pairs, parts=None):
    """The contradictions of the events that the claims make."""
    documents = {doc.id: doc for doc, _ in pairs}
    claims = {made.id: made for _, made in pairs}
    events = [to_event(one, Origins(min=1, max=1)) for one in gather(claims.values(), documents)]
    if parts is not None:
        assert len(events) == parts
    return find_contradictions(events, claims, documents)


def deaths(words, low, high, **more):
    text = f"Turkey struck Russia at the old mill on the river, {words} died."
    return struck(text, count=(words, low, high), outlet=words, **more)


def test_numbers_that_cannot_both_be_right_are_two_sides():
    (one,) = found(
        deaths("12 people", 12, 12), deaths("17 people", 17, 17), deaths("about 12 people", 12, 12),
        parts=1,
    )  # fmt: skip
    assert (one.kind, one.revised) == (Conflict.NUMBER, False)
    assert [side.words for side in one.sides] == ["12 dead", "17 dead"]
    assert [len(side.claim_ids) for side in one.sides] == [2, 1]


def test_a_later_count_is_a_revision():
    (one,) = found(deaths("12 people", 12, 12), deaths("17 people", 17, 17, day=11), parts=1)
    assert one.revised


@pytest.mark.parametrize(
    "other",
    [
        ("at least 10 people", 10, None),
        ("up to 15 people", None, 15),
        ("5 soldiers", 5, 5),
        ("12 people", 12, 12),
    ],
)
def test_what_can_both_be_right_is_none(other):
    assert found(deaths("twelve people", 12, 12), deaths(*other), parts=1) == ()


def test_an_inexact_number_may_be_off_a_little():
    doc, made = deaths("some 40 people", 40, 40)
    about = replace(made, magnitudes=(replace(made.magnitudes[0], approximate=True),))
    assert found((doc, about), deaths("45 people", 45, 45), parts=1) == ()
    assert found((doc, about), deaths("60 people", 60, 60), parts=1) != ()


def test_the_dead_are_not_the_wounded():
    doc, made = deaths("30 people", 30, 30)
    hurt = replace(made, magnitudes=(replace(made.magnitudes[0], kind=MagnitudeKind.INJURED),))
    assert found((doc, hurt), deaths("12 people", 12, 12), parts=1) == ()


def test_two_towns_of_one_day_are_two_sides():
    text = "On Thursday Turkey struck Russia by the mill at {}."
    when = stated("2016-03-10")
    pair = [struck(text.format(t), town=t, outlet=t, when=when) for t in ("Kars", "Ardahan")]
    (one,) = found(*pair, parts=1)
    assert (one.kind, {side.words for side in one.sides}) == (Conflict.PLACE, {"Kars", "Ardahan"})
    both = struck(
        "On Thursday Turkey struck Russia by the mill at Kars and Ardahan.",
        town="Ardahan",
        when=when,
    )
    assert found(pair[0], both, parts=1) == ()


def test_two_towns_on_days_that_are_not_known_are_two_events():
    text = "Turkey struck Russia by the old mill at {}."
    pair = [struck(text.format(t), town=t, outlet=t, day=d) for t, d in (("Kars", 9), ("Van", 10))]
    assert found(*pair, parts=2) == ()


def blaming(accused, source, outlet, town="Azaz", victim=SYR):
    text = f"{accused[0]} struck {victim[0]} at a hospital in {town}, {source[0]} said."
    doc, made = struck(text, sides=(accused, victim), outlet=outlet, town=town)
    link = attribution(doc, source[0], "said")
    link = replace(link, source=replace(link.source, country=source[1]))
    return doc, replace(made, attributions=(link,))


TURKS, RUSSIANS = ("Ankara", "TUR"), ("Moscow", "RUS")


def test_a_deed_that_two_lay_at_each_others_door_is_told_with_both():
    (one,) = found(
        blaming(RUS, TURKS, "Courier"), blaming(TUR, RUSSIANS, "Observer"), parts=2
    )  # fmt: skip
    assert one.kind is Conflict.ACTOR
    assert len(one.event_ids) == 2
    assert {side.words for side in one.sides} == {"RUS", "TUR"}


@pytest.mark.parametrize(
    "other",
    [
        blaming(TUR, RUSSIANS, "Observer", town="Idlib"),
        blaming(TUR, RUSSIANS, "Observer", victim=("Iraq", "IRQ")),
        blaming(TUR, ("Beijing", "CHN"), "Observer"),
    ],
    ids=["another town", "another victim", "nobody blamed"],
)
def test_two_deeds_are_two(other):
    doc, made = blaming(RUS, TURKS, "Courier")
    if other[1].attributions[0].source.country == "CHN":
        made = replace(made, attributions=())
    assert found((doc, made), other, parts=2) == ()

"""What events were about, and what was stopped and taken up again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from detente.analysis.answers import answers_of
from detente.analysis.beside import one_sided
from detente.analysis.interruptions import OwnWords, interruptions_of
from detente.analysis.occurrences import NOT_LINKED
from detente.analysis.telling import Telling
from detente.analysis.themes import themes_of
from detente.lexicon.actors import load_actors
from detente.lexicon.interruptions import load_interruptions
from detente.lexicon.themes import load_themes
from detente.model import Doing, Dyad, Label, Matter, Origins
from making import claim, document, event, span

PAIR = Dyad("RUS", "TUR")
OWN = OwnWords(frozenset({"russia", "russian", "turkey", "turkish"}), frozenset({"turkey"}))


def telling(text, event_type, anchor, day, *about, answers=None, serial=0, **more) -> Telling:
    """Return an event between the two of which one sentence tells."""
    doc = document(text, published=day)
    made = claim(doc, event_type, ("Russia", "RUS"), ("Turkey", "TUR"), anchor=anchor, **more)
    matter = Matter(
        claim_id=made.id,
        spans=tuple(span(doc, words) for words in about),
        answers=span(doc, answers) if answers else None,
    )
    happened = event(event_type, day, sides=("RUS", "TUR"), serial=serial)
    return Telling(event=happened, claims=((made, matter),), reported=day)


STOPPED = telling(
    "Russia suspended talks with Turkey on a gas pipeline.",
    "SANCTION",
    "suspended talks",
    date(2015, 12, 3),
    "talks",
    "gas pipeline",
)
RESUMED = telling(
    "Russia resumed talks with Turkey on the pipeline.",
    "CONSULT",
    "resumed talks",
    date(2016, 7, 26),
    "talks",
    "pipeline",
)
OTHER = telling(
    "Russia resumed talks with Turkey on the war.",
    "CONSULT",
    "resumed talks",
    date(2016, 3, 1),
    "talks",
    "war",
)


def interruptions(*told):
    return interruptions_of(told, load_interruptions(), OWN)


def test_a_stop_finds_the_resumption_of_the_same_thing():
    (found,) = interruptions(RESUMED, STOPPED)
    assert [act.day for act in found.stops] == [date(2015, 12, 3)]
    assert found.resumed.day == date(2016, 7, 26)
    assert found.stops[0].evidence[0].quote.startswith("Russia suspended talks")
    assert found.stops[0].evidence[-1].quote == "gas pipeline"


def test_talks_on_something_else_are_another_thing():
    found = interruptions(STOPPED, OTHER)
    assert (bool(found[0].stops), bool(found[0].resumptions)) == (True, False)


def test_what_is_only_agreed_or_asked_for_is_not_done():
    agreed = telling(
        "Russia and Turkey agreed with Turkey to resume talks on the pipeline.",
        "AGREE",
        "agreed",
        date(2016, 6, 1),
        "resume talks on the pipeline",
    )
    (found,) = interruptions(STOPPED, agreed)
    assert found.resumed is None
    assert [act.doing for act in found.resumptions] == [Doing.ANNOUNCED]  # one side's word


def test_a_stop_after_a_resumption_is_another_interruption():
    again = telling(
        "Russia again suspended talks with Turkey on the gas pipeline.",
        "SANCTION",
        "suspended talks",
        date(2016, 9, 1),
        "talks",
        "gas pipeline",
        serial=1,
    )
    found = interruptions(STOPPED, RESUMED, again)
    assert [len(one.stops) for one in found] == [1, 1]
    assert [one.resumed is None for one in found] == [False, True]


def test_sanctions_are_lifted_and_a_ban_on_tours_lets_tours_go_on():
    imposed = telling(
        "Russia imposed economic sanctions on Turkey.",
        "COERCE",
        "imposed economic sanctions",
        date(2015, 11, 28),
        "economic sanctions",
    )
    lifted = telling(
        "Russia lifted its sanctions on Turkey.",
        "RETREAT",
        "lifted its sanctions",
        date(2016, 8, 9),
        "sanctions on Turkey",
    )
    tours = telling(
        "Russia lifted its ban on tours to Turkey.",
        "CONCEDE",
        "lifted its ban",
        date(2016, 6, 30),
        "ban on tours",
    )
    found = interruptions(imposed, lifted, tours)
    assert [(one.thing, one.barrier, one.resumed.day.month) for one in found] == [
        ("economic sanctions", True, 8),
        ("tours", False, 6),
    ]


def test_what_is_denied_turns_nothing():
    denied = telling(
        "Russia suspended talks with Turkey on a pipeline.",
        "SANCTION",
        "suspended talks",
        date(2015, 12, 3),
        "talks",
        label=Label.DENIED,
    )
    assert interruptions(denied) == ()


def test_what_its_outlets_took_back_turns_nothing():
    gone = replace(STOPPED.event, origins=Origins(min=0, max=0))
    assert interruptions(replace(STOPPED, event=gone)) == ()


def test_themes_count_events_once_and_bear_the_words():
    other = telling(
        "Russia discussed Syria and oil with Turkey.",
        "CONSULT",
        "discussed",
        date(2016, 1, 1),
        "Syria and oil",
        serial=2,
    )
    found = {
        one.name: one for one in themes_of((STOPPED, other), PAIR, load_themes(), load_actors())
    }
    assert found["energy"].event_ids == (STOPPED.event.id, other.event.id)
    assert [one.quote for one in found["energy"].evidence] == ["gas pipeline", "Syria and oil"]
    assert (found["Syria"].country, len(found["Syria"].event_ids)) == ("SYR", 1)
    assert not {"Russia", "Turkey"} & found.keys()


def test_an_answer_is_told_with_the_words_that_say_so():
    ban = telling(
        "Russia banned fruit of Turkey in response to the downing of a jet.",
        "COERCE",
        "banned",
        date(2015, 12, 1),
        answers="in response to the downing of a jet",
    )
    (found,) = answers_of((STOPPED, ban))
    assert found.day == date(2015, 12, 1)
    assert found.evidence[1].quote == "in response to the downing of a jet"


@pytest.mark.parametrize(
    ("recipient", "counts"),
    [("", True), ("RUS", False), ("SYR", False), ("TUR", False), ("IGO", False)],
)
def test_an_act_of_one_side_counts_in_part_where_nobody_else_is_known_to_take_part(
    recipient, counts
):
    shelled = event("ASSAULT", date(2015, 11, 24), sides=("RUS", recipient))
    found = one_sided([shelled], PAIR)
    assert bool(found) is counts
    assert all(one.weight == NOT_LINKED and not one.linked for one in found)


def test_who_resigns_does_so_to_nobody():
    resigned = event("RETREAT", date(2015, 11, 24), sides=("RUS", ""), mode="resign")
    assert one_sided([resigned], PAIR) == ()

"""What is new of a followed pair, told from documents and claims without a parser."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from briefs import WORSENING, material, told
from detente.following import mark_of, news_since
from detente.model import (
    Direction,
    Label,
    Mark,
    NewsKind,
    Origins,
    Polarity,
    Report,
    Shift,
    ShiftKind,
)
from making import claim, dead, document, stated

DAY = date(2015, 11, 24)
EMPTY = Mark(state="run 0")
ATTACK = told("Turkey attacked Russia at Latakia on Tuesday.", "ASSAULT", "attacked", DAY)


def again(outlet, text="In Latakia Turkey attacked Russian forces, {} reports from there.", **more):
    """Another report of the attack."""
    words = text.format(outlet)
    return told(words, "ASSAULT", "attacked", DAY, outlets=(outlet,), key=outlet, **more)


def news(before, after):
    """What is new of the pair between two sets of reports."""
    return news_since(mark_of(material(*before), "run 0"), material(*after))


def kinds(found):
    return [one.kind.value for one in found]


def hold(found, after):
    """Check that each piece of news is carried by characters of its documents."""
    texts = {doc.id: doc.text for doc, _ in after}
    for one in found:
        for evidence in one.statement.evidence:
            assert texts[evidence.document_id][evidence.start : evidence.end] == evidence.quote


def test_nothing_new_is_nothing_told():
    assert news([ATTACK], [ATTACK]) == ()
    assert news([], []) == ()


def test_a_new_event_is_told_with_its_words_and_who_says_so():
    (one,) = news([], [ATTACK])
    assert one.kind is NewsKind.EVENT and one.event_type == "ASSAULT"
    assert (one.first, one.last) == (DAY, DAY)
    assert "24 November 2015" in one.statement.text and "Courier" in one.statement.text
    hold([one], [ATTACK])


def test_an_event_of_the_past_is_told_apart():
    recalled = told(
        "Turkey attacked Russia in 1853.",
        "ASSAULT",
        "attacked",
        DAY,
        when=stated("1853-10-05"),
    )
    assert kinds(news([], [recalled])) == ["recalled"]


def test_a_second_possible_origin_is_told_once_and_the_third_is_not():
    second, third = again("Gazette"), again("Herald", "Herald: Turkey attacked Russian posts.")
    (one,) = news([ATTACK], [ATTACK, second])
    assert one.kind is NewsKind.ORIGINS
    assert (one.origins_before, one.origins.max) == (Origins(min=1, max=1), 2)
    assert one.statement.evidence[0].outlets == ("Gazette",)
    assert "may have a second origin" in one.statement.text
    hold([one], [ATTACK, second])
    assert news([ATTACK, second], [ATTACK, second, third]) == ()


def with_origins(found, least, most):
    """The material, with the origins of its events as given."""
    origins = Origins(min=least, max=most)
    return replace(found, events=[replace(one, origins=origins) for one in found.events])


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ((1, 3), (2, 3), "two independent origins are shown"),
        ((2, 3), (3, 4), "three independent origins are shown"),
        ((1, 1), (1, 2), "may have a second origin"),
        ((1, 2), (1, 5), None),
        ((2, 3), (1, 2), None),
        ((0, 0), (1, 1), None),
    ],
)
def test_which_rise_of_the_origins_matters(before, after, words):
    found = material(ATTACK, again("Gazette"))
    mark = mark_of(with_origins(found, *before), "run 0")
    told_now = news_since(mark, with_origins(found, *after))
    assert kinds(told_now) == (["origins"] if words else [])
    assert all(words in one.statement.text for one in told_now)


def test_a_first_denial_is_told_and_a_second_is_not():
    def denial(outlet):
        doc, made = told(
            f"Turkey did not attack Russia at Latakia, {outlet} writes.",
            "ASSAULT",
            "attack",
            DAY,
            outlets=(outlet,),
            key=f"denial {outlet}",
            label=Label.DENIED,
            polarity=Polarity.NEGATIVE,
        )
        return doc, made

    (one,) = news([ATTACK], [ATTACK, denial("Gazette")])
    assert one.kind is NewsKind.DENIAL
    assert "Against it" in one.statement.text
    hold([one], [ATTACK, denial("Gazette")])
    assert news([ATTACK, denial("Gazette")], [ATTACK, denial("Gazette"), denial("Herald")]) == ()


def counted(outlet, number, low):
    doc = document(
        f"Turkey attacked Russia at Latakia, killing {number} people, {outlet} reports.",
        outlets=(outlet,),
        published=DAY,
        key=outlet,
    )
    struck = dead(doc, f"{number} people", low, low)
    sides = ("Turkey", "TUR"), ("Russia", "RUS")
    return doc, claim(doc, "ASSAULT", *sides, anchor="attacked", magnitudes=(struck,))


def test_a_contradiction_is_told_once_and_not_again_when_reports_join_a_side():
    five, forty = counted("Courier", "five", 5), counted("Gazette", "forty", 40)
    found = news([five], [five, forty])
    assert "contradiction" in kinds(found)
    (one,) = [one for one in found if one.kind is NewsKind.CONTRADICTION]
    assert "told in two ways" in one.statement.text
    hold([one], [five, forty])
    joined = [five, forty, counted("Herald", "41", 41)]
    assert "contradiction" not in kinds(news([five, forty], joined))


def test_a_withdrawal_is_told_with_the_note_that_makes_it():
    found = material(ATTACK)
    note = document("Correction: there was no attack.\n\nMore.", published=DAY, key="note")
    (event,) = found.events
    reports: dict[str, list[Report]] = {
        event.id: [replace(one, withdrawn_by=note.id) for one in found.reports[event.id]]
    }
    after = replace(
        found,
        events=[replace(event, origins=Origins(min=0, max=0))],
        reports=reports,
        documents={**found.documents, note.id: note},
    )
    (one,) = news_since(mark_of(found, "run 0"), after)
    assert one.kind is NewsKind.WITHDRAWAL and "withdrawn by Courier" in one.statement.text
    assert one.statement.evidence[0].quote == "Correction: there was no attack."
    assert news_since(mark_of(after, "run 0"), after) == ()


def test_an_event_that_got_another_id_is_no_news():
    found = material(ATTACK)
    (event,) = found.events
    renamed = replace(event, id="another")
    after = replace(
        found,
        events=[renamed],
        reports={"another": found.reports[event.id]},
        ratings={"another": found.ratings[event.id]},
        circular={"another": ()},
    )
    assert news_since(mark_of(found, "run 0"), after) == ()


def test_two_events_that_turn_out_to_be_one_are_told_and_the_other_way_round():
    one = material(ATTACK, again("Gazette"))
    (event,) = one.events
    assert len(event.claim_ids) == 2
    first, second = event.claim_ids
    halves = [
        replace(event, id="first", claim_ids=(first,)),
        replace(event, id="second", claim_ids=(second,)),
    ]
    two = replace(
        one,
        events=halves,
        reports={
            half.id: [r for r in one.reports[event.id] if set(r.claim_ids) & set(half.claim_ids)]
            for half in halves
        },
        ratings={half.id: one.ratings[event.id] for half in halves},
        circular={},
    )
    (merged,) = news_since(mark_of(two, "run 0"), one)
    assert merged.kind is NewsKind.REVISION
    assert "told as two events is one" in merged.statement.text
    (split,) = news_since(mark_of(one, "run 0"), two)
    assert "told as one event is two" in split.statement.text
    assert set(split.event_ids) == {"first", "second"}


# --- shifts ------------------------------------------------------------------------------------


def shift(found, probability=0.8, *, direction=Direction.WORSE, month=7):
    return Shift(
        first=date(2015, month, 3),
        last=date(2015, month, 20),
        direction=direction,
        kind=ShiftKind.RELATION,
        probability=probability,
        drivers=(found.events[-1].id,),
        before=0.1,
        after=0.9,
    )


def shifting(*given):
    found = material(*WORSENING)
    shifts = tuple(shift(found, **one) for one in given)
    return replace(found, findings=replace(found.findings, shifts=shifts))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ([], [{}], "newly likely (probability 0.80)"),
        ([{"probability": 0.4}], [{}], "newly likely"),
        ([{"direction": Direction.BETTER}], [{}], "the other way round than told before"),
        ([{}], [{"probability": 0.3}], "no longer likely"),
        ([{}], [{"probability": 0.4}], None),
        ([{}], [{}, {"direction": Direction.BETTER}], "newly likely"),
        ([{}], [], "no longer likely"),
        ([], [{"probability": 0.4}], None),
        ([{}], [{"probability": 0.99}], None),
        ([{}], [{"month": 8}], None),
        ([{}], [{}, {"month": 12, "direction": Direction.BETTER}], "newly likely"),
    ],
)
def test_which_shifts_are_told(before, after, words):
    found = news_since(mark_of(shifting(*before), "run 0"), shifting(*after))
    assert kinds(found) == (["shift"] if words else [])
    for one in found:
        assert words in one.statement.text
        assert one.statement.evidence and one.event_ids


def test_a_shift_that_wavers_is_not_told_to_and_fro():
    mark = mark_of(shifting({}), "run 0")
    for probability in (0.45, 0.55, 0.4, 0.6):
        found = shifting({"probability": probability})
        assert news_since(mark, found) == ()
        mark = mark_of(found, "run 0", mark)
    (fallen,) = news_since(mark, shifting({"probability": 0.2}))
    assert "no longer likely" in fallen.statement.text and fallen.probability == 0.2


def test_a_shift_that_the_reports_make_is_told_with_the_events_that_carry_it():
    found = material(*WORSENING)
    assert any(one.likely for one in found.findings.shifts)
    (one,) = [one for one in news_since(EMPTY, found) if one.kind is NewsKind.SHIFT]
    assert "turned for the worse" in one.statement.text
    hold([one], WORSENING)
    assert news_since(mark_of(found, "run 0"), found) == ()

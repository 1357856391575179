"""Claims of two coders are paired by where they stand, and told apart field by field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.analysis.pairing import pair
from detente.model import ClaimField, DateRange, Label, Pairing
from making import claim, document, mention, second_claim, span, stated

TEXT = "Turkey accused Russia of shelling a Syrian town, and Iran met Iraq on Monday."
DOC = document(TEXT, published=date(2015, 11, 24))
ACCUSED = claim(DOC, "ACCUSE", ("Turkey", "TUR"), ("Russia", "RUS"), anchor="accused")
SHELLED = claim(DOC, "ASSAULT", ("Russia", "RUS"), ("Syrian", "SYR"), anchor="shelling")


def theirs(event_type, actor, recipient=None, **more):
    return second_claim(DOC, event_type, actor, recipient, **more)


def same_as(ours, **more):
    sides = [
        tuple(mention(DOC, m.name, m.country) for m in s) for s in (ours.actors, ours.recipients)
    ]
    made = theirs(ours.event_type, ("Turkey", "TUR"), anchor=ours.anchor.text, when=ours.when)
    return replace(made, **{"actors": sides[0], "recipients": sides[1]} | more)


def test_claims_whose_naming_words_overlap_are_paired_whatever_they_say():
    other = theirs("CONSULT", ("Iran", "IRN"), ("Iraq", "IRQ"), anchor="shelling a Syrian town")
    found = pair([ACCUSED, SHELLED], [other])
    assert [(one.ours, one.second) for one in found] == [(ACCUSED, None), (SHELLED, other)]
    assert set(found[1].differ) == {ClaimField.TYPE, ClaimField.SIDES, ClaimField.DATE}


def test_equal_claims_differ_in_nothing():
    (one,) = pair([SHELLED], [same_as(SHELLED)])
    assert one.both and one.differ == () and one.document_key == DOC.key


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"event_type": "COERCE"}, ClaimField.TYPE),
        ({"label": Label.DENIED}, ClaimField.LABEL),
        ({"when": DateRange()}, ClaimField.DATE),
        ({"when": stated("2015-11-23")}, ClaimField.DATE),
        ({"recipients": ()}, ClaimField.SIDES),
        ({"recipients": (mention(DOC, "Iraq", "IRQ"),)}, ClaimField.SIDES),
    ],
)
def test_a_difference_is_named(more, field):
    (one,) = pair([SHELLED], [replace(same_as(SHELLED), **more)])
    assert one.differ == (field,)


@pytest.mark.parametrize(
    ("ours", "theirs", "alike"),
    [
        (stated("2015-11-23", "2015-11-24"), stated("2015-11-24"), True),
        (stated("2015-11-24"), stated("2015-11-01", "2015-11-30"), True),
        (stated("2015-11-23", "2015-11-24"), stated("2015-11-24", "2015-11-25"), False),
        (stated("2015-11-24"), stated("2015-11-25"), False),
        (stated("2015-11-24"), DateRange(), False),
        (DateRange(), DateRange(), True),
        (DateRange(first=date(2015, 11, 24)), DateRange(first=date(2015, 11, 24)), True),
        (DateRange(first=date(2015, 11, 24)), stated("2015-11-24"), False),
    ],
)
def test_days_are_the_same_where_one_range_lies_within_the_other(ours, theirs, alike):
    ours = replace(SHELLED, when=ours)
    (one,) = pair([ours], [same_as(ours, when=theirs)])
    assert (ClaimField.DATE not in one.differ) is alike


def test_parties_of_no_country_do_not_make_sides_differ():
    town = mention(DOC, "town")
    other = replace(same_as(SHELLED), recipients=(*same_as(SHELLED).recipients, town))
    assert pair([SHELLED], [other])[0].differ == ()


def test_of_what_is_mutual_the_sides_are_one():
    met = claim(DOC, "CONSULT", ("Iran", "IRN"), ("Iraq", "IRQ"), anchor="met", reciprocal=True)
    directed = theirs("CONSULT", ("Iraq", "IRQ"), ("Iran", "IRN"), anchor="met", when=met.when)
    assert pair([met], [directed])[0].differ == ()


def test_swapped_sides_differ():
    swapped = theirs(
        "ASSAULT", ("Syrian", "SYR"), ("Russia", "RUS"), anchor="shelling", when=SHELLED.when
    )
    assert pair([SHELLED], [swapped])[0].differ == (ClaimField.SIDES,)


def test_the_nearest_of_several_is_taken_and_each_once():
    narrow = replace(ACCUSED, span=span(DOC, "Turkey accused Russia of shelling"))
    near = theirs("ACCUSE", ("Turkey", "TUR"), anchor="Russia")
    far = theirs("ACCUSE", ("Turkey", "TUR"), anchor="shelling")
    outside = theirs("CONSULT", ("Iran", "IRN"), anchor="met")
    found = pair([narrow], [outside, far, near])
    assert [(one.ours, one.second) for one in found if one.ours] == [(narrow, near)]
    assert {one.second for one in found if not one.ours} == {far, outside}


def test_words_that_overlap_come_before_what_is_only_near():
    exact = theirs("ASSAULT", ("Russia", "RUS"), anchor="shelling")
    found = pair([ACCUSED, SHELLED], [exact])
    assert [(one.ours, one.second) for one in found] == [(ACCUSED, None), (SHELLED, exact)]


def test_a_claim_of_another_sentence_is_no_partner():
    doc = document("Turkey met Russia. Iran met Iraq.")
    first = claim(doc, "CONSULT", ("Turkey", "TUR"), ("Russia", "RUS"), anchor="met")
    first = replace(
        first, span=span(doc, "Turkey met Russia"), sentence=span(doc, "Turkey met Russia.")
    )
    other = second_claim(doc, "CONSULT", ("Iran", "IRN"), anchor="Iran met", quote="Iran met Iraq.")
    assert [one.both for one in pair([first], [other])] == [False, False]


def test_a_pairing_of_nothing_is_refused():
    with pytest.raises(ValueError, match="a pairing has a claim"):
        Pairing(ours=None, second=None)


WORDS = TEXT.rstrip(".").replace(",", "").split()


@given(
    st.lists(st.sampled_from(WORDS), max_size=5, unique=True),
    st.lists(st.sampled_from(WORDS), max_size=5, unique=True),
    st.randoms(use_true_random=False),
)
def test_every_claim_is_there_once_in_whatever_order_they_come(ours, second, random):
    mine = [claim(DOC, "ASSAULT", ("Russia", "RUS"), anchor=word) for word in ours]
    other = [theirs("ACCUSE", ("Russia", "RUS"), anchor=word) for word in second]
    found = pair(mine, other)
    assert sorted(one.ours.id for one in found if one.ours) == sorted(one.id for one in mine)
    assert {one.second for one in found if one.second} == set(other)
    assert len(found) == len(mine) + len(other) - sum(one.both for one in found)
    random.shuffle(mine)
    random.shuffle(other)
    assert pair(mine, other) == found

"""Copies are found by containment, and by nothing less."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from detente.resolution.copies import containment, find_copies, shingles
from making import document

WIRE = (
    "Turkey's armed forces shot down a Russian bomber near the Syrian border on Tuesday after, the "
    "general staff said, it ignored ten warnings within five minutes. Both airmen ejected. Rebels "
    "in the hills claimed to have killed one of them as he came down by parachute. Moscow said "
    "that the plane had not left Syrian airspace and summoned the military attache."
)
SHORT = WIRE[: WIRE.index(" Rebels")]
OTHER = (
    "Grain prices rose in Chicago for a third week as dry weather spread over the plains, and "
    "traders said that exporters around the Black Sea were holding back their offers until spring."
)


def test_a_shortened_copy_is_found_and_the_earlier_is_the_original():
    first = document(WIRE, outlets=("Wire",), published=date(2015, 11, 24))
    second = document(SHORT, outlets=("Ledger",), published=date(2015, 11, 25))
    third = document(OTHER, outlets=("Herald",), published=date(2015, 11, 25))
    copies = find_copies([third, second, first])
    assert copies.original_of(second.id) == first.id
    assert copies.original_of(first.id) is None
    assert copies.original_of(third.id) is None
    (evidence,) = copies.evidence[second.id]
    assert evidence.document_id == first.id
    assert evidence.value > 0.9


def test_one_shared_phrase_is_no_copy():
    phrase = "the two presidents discussed the situation in Syria by telephone on Monday evening"
    first = document(f"{phrase}. {OTHER}")
    second = document(f"{phrase}. {WIRE}")
    assert find_copies([first, second]).evidence == {}


def test_copies_of_copies_are_one_group():
    days = [date(2015, 11, day) for day in (24, 25, 26)]
    chain = [WIRE, WIRE + " " + OTHER, OTHER]
    listed = [
        document(text, outlets=(str(day),), published=day)
        for text, day in zip(chain, days, strict=True)
    ]
    groups = {find_copies(listed).group[one.id] for one in listed}
    assert groups == {listed[0].id}


@given(st.text(max_size=200), st.text(max_size=200))
def test_containment_is_a_symmetric_share(some, other):
    a, b = shingles(some), shingles(other)
    assert 0.0 <= containment(a, b) == containment(b, a) <= 1.0


@given(st.permutations(range(4)))
def test_the_order_of_documents_does_not_matter(order):
    texts = [WIRE, SHORT, OTHER, WIRE + " More follows."]
    listed = [
        document(text, outlets=(f"o{i}",), published=date(2015, 11, 24 + i % 2))
        for i, text in enumerate(texts)
    ]
    expected = find_copies(listed)
    found = find_copies([listed[i] for i in order])
    assert found.group == expected.group
    assert found.evidence == expected.evidence

"""Copies are found by layers of evidence; reports of one happening by two hands are none."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from benchmarks.copies import GOLD, jaccard, read, together
from benchmarks.rewriting import merge, paraphrase
from hypothesis import given
from hypothesis import strategies as st

from detente.model import Quotation
from detente.resolution.copies import find_copies
from detente.resolution.layers import address
from detente.resolution.texts import containment, restated, sentences_of, shingles, words_of
from making import attribution, claim, document

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
    kinds = {one.kind: one for one in copies.evidence[second.id]}
    assert {"same text", "common run", "rewording"} <= kinds.keys()
    assert {one.document_id for one in kinds.values()} == {first.id}
    assert kinds["same text"].value > 0.9


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
    groups = {find_copies(listed).groups[one.id] for one in listed}
    assert groups == {(listed[0].id,)}


@given(st.text(max_size=200), st.text(max_size=200))
def test_containment_is_a_symmetric_share(some, other):
    a, b = (shingles(words_of(text), 2) for text in (some, other))
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
    assert found.groups == expected.groups
    assert found.evidence == expected.evidence


# --- layers ------------------------------------------------------------------------------------


def kinds(*documents, **more):
    return {one.kind for found in find_copies(documents, **more).evidence.values() for one in found}


@pytest.mark.parametrize(
    ("some", "other", "same"),
    [
        ("https://www.a.org/x/", "http://m.a.org/x?utm_source=b", True),
        ("https://a.org/x?id=1", "https://a.org/x?id=2", False),
        ("https://a.org/x/index.html#top", "https://a.org/x", True),
        ("https://a.org/x", "https://b.org/x", False),
        ("https://[a", "https://a", False),
    ],
)
def test_an_address_is_known_whatever_does_not_change_the_page(some, other, same):
    assert (address(some) == address(other)) is same


def test_two_texts_at_one_address_are_one():
    some, other = (
        replace(document(text), url=url)
        for text, url in ((WIRE, "https://a.org/1"), (OTHER, "http://www.a.org/1?fbclid=x"))
    )
    assert kinds(some, other) == {"same address"}


def test_two_quotations_with_the_same_cuts_are_a_choice_and_one_is_none():
    quotes = [
        '"we shall not leave these hills to anybody else"',
        '"our patience has come to its very end today"',
    ]
    texts = [
        f"At noon the minister said {quotes[0]}. Rain fell. He added that {quotes[1]}.",
        f"{quotes[1]}, an old man repeated. His wife recalled how he had called out {quotes[0]}.",
    ]
    some, other = (document(text, outlets=(text[:5],)) for text in texts)
    assert kinds(some, other) == {"same quotations"}
    assert kinds(document(texts[0].split(" Rain")[0]), other) == set()


def test_a_quotation_of_two_speakers_is_not_one():
    words = "we shall not leave these hills to anybody else"
    more = "our patience has come to its very end today"
    made = []
    for name in ("Dana", "Egon"):
        text = f'{name} said "{words}" and "{more}" when Turkey attacked.'
        doc = document(text, outlets=(name,))
        links = tuple(
            replace(
                attribution(doc, name, "said"),
                content=doc.span(text.index(part), text.index(part) + len(part)),
                quotation=Quotation.DIRECT,
            )
            for part in (words, more)
        )
        made.append((doc, claim(doc, "ASSAULT", ("Turkey", "TUR"), anchor="attacked", chain=links)))
    documents, claims = zip(*made, strict=True)
    assert "same quotations" in kinds(*documents)
    assert "same quotations" not in kinds(*documents, claims=claims)


def test_numbers_that_few_have_tie_two_texts():
    some = document("It burned 1,374 sacks, 26.5 miles off, and hurt 213.", outlets=("A",))
    other = document(
        "213 in hospital; 1,374 bags lost. The place: 26.5 miles away.", outlets=("B",)
    )
    # the words must make the pair worth a look
    tail = " The mayor of the old town on the river spoke of a black day for the whole valley."
    pair = [replace(one, text=one.text + tail) for one in (some, other)]
    assert "same numbers" in kinds(*pair)
    days = [date(2015, 1, day) for day in (1, 1, 2, 3, 4)] + [date(2015, 9, 1)]
    usual = [
        replace(pair[i % 2], id=str(i), text=pair[i % 2].text + f" {i}", published=day)
        for i, day in enumerate(days)
    ]
    assert "same numbers" not in kinds(*usual)


def test_a_notice_that_an_outlet_puts_under_everything_makes_no_copies():
    notice = (
        " Editor's note: readers should know that this candidate has told untruths about many "
        "people in many places and has never taken back a single one of all these words."
    )
    texts = [" ".join(f"word{i}of{j}" for j in range(150)) for i in range(7)]
    listed = [document(text + notice, outlets=(text[:6],)) for text in texts]
    assert "common run" not in kinds(*listed)
    assert "common run" in kinds(*listed[:2])


def test_ways_of_speaking_at_all_times_make_no_copies():
    text = (
        "Voters in {} go to the polls for the second round of voting in the presidential election."
    )
    places = ["Peru", "Chad", "Mali", "Fiji", "Oman", "Togo"]
    listed = [
        document(text.format(place), outlets=(place,), published=date(2010 + i, 3, 1))
        for i, place in enumerate(places)
    ]
    assert kinds(*listed) == set()
    same_day = [replace(one, published=date(2010, 3, 1)) for one in listed]
    assert "containment" in kinds(*same_day)


@pytest.mark.parametrize("day", [date(2015, 11, 24), None])
def test_which_came_first_is_told_as_unknown(day):
    some, other = (document(WIRE, outlets=(name,), published=day) for name in "AB")
    (found,) = find_copies([some, other]).evidence.values()
    assert all("which came first is not known" in one.detail for one in found)


# --- merged texts ------------------------------------------------------------------------------


def test_a_text_made_of_two_does_not_make_them_one():
    days = [date(2015, 11, day) for day in (24, 24, 25)]
    texts = [WIRE, OTHER, f"{WIRE} {OTHER}"]
    first, second, both = (
        document(text, outlets=(str(i),), published=day)
        for i, (text, day) in enumerate(zip(texts, days, strict=True))
    )
    copies = find_copies([both, second, first])
    assert set(copies.groups_of(both.id)) == {first.id, second.id}
    assert copies.groups_of(first.id) == (first.id,)
    assert copies.groups_of(second.id) == (second.id,)


def test_two_halves_that_are_cut_from_one_text_are_its_copies():
    half = WIRE.index(" Rebels")
    whole = document(WIRE, outlets=("W",), published=date(2015, 11, 24))
    parts = [
        document(text, outlets=(text[:3],), published=date(2015, 11, 25))
        for text in (WIRE[:half], WIRE[half:])
    ]
    copies = find_copies([*parts, whole])
    assert {copies.original_of(one.id) for one in parts} == {whole.id}


# --- the gold ----------------------------------------------------------------------------------


def test_a_rewritten_report_at_a_jaccard_of_a_quarter_is_found():
    wires = [one for one in read(GOLD, "open") if one.way == "wire"]
    found = 0
    for wire in wires:
        text = wire.document.text
        rewritten = paraphrase("\n\n".join(text.split("\n\n")[1:4]), random.Random(1), share=1.0)
        assert jaccard(text, rewritten) < 0.5
        cut = rewritten
        while jaccard(text, cut) > 0.25:
            cut = cut.rsplit(" ", 1)[0]
        copy = document(cut, outlets=("X",), published=date(2040, 1, 1))
        found += find_copies([wire.document, copy]).original_of(copy.id) == wire.document.id
    assert found == len(wires) >= 4


def test_the_open_half_of_the_gold_reaches_its_bars():
    versions = list(read(GOLD, "open"))
    copies = find_copies(one.document for one in versions)
    pairs = [
        (bool(some.made_of & other.made_of), together(some, other, copies))
        for i, some in enumerate(versions)
        for other in versions[:i]
    ]
    right = sum(true and told for true, told in pairs)
    assert right / sum(told for _, told in pairs) >= 0.95
    assert right / sum(true for true, _ in pairs) >= 0.90
    assert restated(sentences_of(WIRE), sentences_of(OTHER))[0] == 0
    assert merge("H\n\na\n\nb", "H\n\nc") == "a\n\nc\n\nb\n"


def test_a_hundred_papers_with_one_report_are_one_group():
    listed = [
        document(
            f"{i} o'clock. {WIRE}",
            outlets=(f"Paper {i}",),
            published=date(2015, 11, 24) + timedelta(days=i % 3),
        )
        for i in range(100)
    ]
    assert len(set(find_copies(listed).groups.values())) == 1

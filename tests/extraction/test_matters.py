"""What an act is about, and what it is said to answer, by its own clause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from detente import lexicon
from detente.extraction.claims import extract
from detente.extraction.parse import language_model
from making import document


def matters(text: str) -> dict[str, tuple[list[str], str | None]]:
    """Return, by the anchor of each claim, what it is about and what it answers."""
    rules = replace(lexicon.load(), plausibility=None)
    made = document(text, published=date(2016, 1, 15))
    drawn = extract(made, model=language_model(), lexicon=rules)
    drawn.check(made)
    by_claim = {one.claim_id: one for one in drawn.matters}
    found = {}
    for claim in drawn.claims:
        one = by_claim.get(claim.id)
        answers = one.answers.text if one and one.answers else None
        found[claim.anchor.text] = ([span.text for span in one.spans] if one else [], answers)
    return found


@pytest.mark.parametrize(
    ("text", "anchor", "about"),
    [
        (
            "Russia suspended talks with Turkey on the Turkish Stream gas pipeline on Thursday.",
            "suspended talks",
            ["talks", "Turkish Stream gas pipeline"],
        ),
        (
            "Turkey and Russia agreed to resume charter flights in July.",
            "agreed",
            ["resume charter flights"],
        ),
        (
            "Russia lifted its embargo on Turkish tomatoes on Friday.",
            "lifted its embargo",
            ["embargo on Turkish tomatoes"],
        ),
        (
            "Russia, Turkey and Iran held talks on Syria in Vienna on Friday.",
            "held talks",
            ["talks on Syria"],
        ),
        (
            "Russia accused Turkey of buying oil after the raid in Aleppo.",
            "accused",
            ["buying oil"],
        ),
        ("Turkey warned Russia on Monday.", "warned", []),
    ],
)
def test_sides_days_and_settings_are_left_out(text, anchor, about):
    assert matters(text)[anchor][0] == about


def test_an_answer_is_told_by_its_own_words_and_is_no_matter():
    about, answers = matters(
        "Russia banned imports of Turkish fruit in response to the downing of a Russian jet."
    )["banned"]
    assert about == ["imports of Turkish fruit"]
    assert answers == "in response to the downing of a Russian jet"


def test_another_clause_of_the_sentence_is_no_matter_of_the_act():
    found = matters("Turkey protested to Russia and suspended imports of Russian gas.")
    assert found["protested"][0] == []

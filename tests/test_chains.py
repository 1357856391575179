"""The gold set of chains holds together, and its scores on cases worked out by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from benchmarks.chains import Answer, Told, nearest, place, read_gold, same, score

from detente.model import Label

GOLD = list(read_gold(Path("tests/gold/chains")))


def test_the_set_is_as_large_as_its_description_says():
    texts = {(told.text, told.manner) for told in GOLD}
    sentences = Counter(manner for text, manner in texts if "\n" not in text)
    assert sentences == {"wire": 38, "tabloid": 38, "official": 38, "blog": 38}
    assert sum("\n" in text for text, _ in texts) == 12


def test_both_halves_have_every_label_and_deep_chains():
    for held in (False, True):
        half = [told for told in GOLD if told.held == held]
        assert {told.label for told in half} == set(Label)
        assert max(len(told.chain) for told in half) >= 2
    assert max(len(told.chain) for told in GOLD) >= 3


def test_words_are_found_whole_and_by_number():
    assert place("paid, then paid again", "paid#2") == (11, 15)
    assert nearest("They said he said so.", "he", (20, 22)) == (10, 12)
    with pytest.raises(ValueError, match="'lent' is not in"):
        place("paid", "lent")


def test_a_link_needs_its_source_and_its_cue():
    assert same(((0, 4), (5, 9)), ((2, 4), (5, 6)))
    assert not same(((0, 4), (5, 9)), ((0, 4), (10, 12)))
    assert not same(((0, 4), (5, 9)), (None, (5, 9)))
    assert same((None, (5, 9)), (None, (5, 9)))


def test_scores_by_hand():
    inner, outer = ((0, 4), (5, 9)), ((10, 14), (15, 19))
    told = Told("text", date(2016, 6, 15), (20, 24), (outer, inner), Label.REPORTED, "wire")
    half = Answer((inner,), Label.REPORTED)
    turned = Answer((inner, outer), Label.ALLEGED)
    result = score([told, told], [half, turned])
    assert result["exact_chains"] == 0
    assert (result["links_precision"], result["links_recall"]) == (1.0, 0.75)
    assert result["label_accuracy"] == 0.5

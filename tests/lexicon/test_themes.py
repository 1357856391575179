"""Themes and interruptions: what their words find, and what they must leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente import lexicon
from detente.errors import LexiconError
from detente.lexicon.interruptions import load_interruptions
from detente.lexicon.themes import load_themes
from detente.model import Turn

HEADER = "name: mine\nversion: 2026.11.0\nlicence: Apache-2.0\nsources: [own]\n"


def names(phrase: str) -> list[str]:
    return [name for name, _, _ in load_themes().find(phrase)]


def test_words_are_whole_and_may_be_plural():
    assert names("gas pipelines") == ["energy"]
    assert "energy" not in names("gasworks")
    assert names("two ferries") == ["aviation and transport"]


def test_a_word_with_a_capital_counts_as_written():
    assert "energy" in names("the OPEC quota")
    assert "energy" not in names("opec")


def test_a_phrase_in_which_a_word_means_something_else_does_not_count():
    assert "finance and sanctions" not in names("raids in the West Bank")
    assert "finance and sanctions" in names("a loan of a bank in the West Bank")


def test_where_the_word_stands_is_told():
    phrase = "the Turkish Stream gas pipeline"
    (name, start, end), *_ = load_themes().find(phrase)
    assert (name, phrase[start:end]) == ("energy", "Turkish Stream")


def test_an_example_that_its_theme_misses_is_refused(tmp_path: Path):
    path = tmp_path / "mine.yaml"
    entry = "- {name: bees, words: [hive], examples: [a swarm], not: [a house]}"
    path.write_text(f"{HEADER}themes:\n{entry}\n")
    with pytest.raises(LexiconError, match=r"bees.*'a swarm' does not have a word of the theme"):
        lexicon.themes([path])


def test_a_users_theme_is_added_to_the_shipped_ones(tmp_path: Path):
    path = tmp_path / "mine.yaml"
    entry = "- {name: bees, words: [hive], examples: [two hives], not: [a house]}"
    path.write_text(f"{HEADER}themes:\n{entry}\n")
    found = lexicon.themes([path]).find("hives beside the pipeline")
    assert {name for name, _, _ in found} == {"bees", "energy"}


@pytest.mark.parametrize(
    ("phrase", "turn", "thing", "barrier"),
    [
        ("suspended talks, gas pipeline", Turn.STOP, "talks, gas pipeline", False),
        ("lifted its ban on package tours", Turn.RESUME, "package tours", False),
        ("renewed the embargo on grain", Turn.STOP, "grain", False),
        ("imposed economic sanctions", Turn.STOP, "economic sanctions", True),
        ("imposed sanctions on five firms", Turn.STOP, "sanctions", True),
        ("postponed the summit", Turn.DELAY, "summit", False),
        ("resumed gas supplies after a week", Turn.RESUME, "gas supplies", False),
        ("agreed to meet and to resume flights", Turn.RESUME, "flights", False),
    ],
)
def test_a_barrier_turns_the_verb_round(phrase, turn, thing, barrier):
    found = load_interruptions().turned(phrase)
    assert (found.turn, found.thing, found.barrier) == (turn, thing, barrier)


@pytest.mark.parametrize(
    "phrase",
    ["held talks", "lifted the anchor", "suspended its threats", "ended the talks", "stopped"],
)
def test_what_stops_no_project_turns_nothing(phrase):
    assert load_interruptions().turned(phrase) is None


def test_a_barrier_against_a_country_is_the_barrier_itself():
    found = load_interruptions().turned("lift an embargo on Peru", {"peru"})
    assert (found.thing, found.barrier) == ("embargo", True)

from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import LexiconError
from detente.lexicon.relevance import Topic, Word, load_relevance

HEADER = "name: x\nversion: 2026.11.0\nlicence: Apache-2.0\nsources: [own]\n"


def words(text: str) -> list[Word]:
    return [Word(word, word.lower().removesuffix("s"), "NOUN") for word in text.split()]


def topics(text: str) -> set[Topic]:
    return {entry.topic for entry, _ in load_relevance().find(words(text))}


def test_phrases_are_found_by_lemma_of_their_last_word():
    assert Topic.SPORT in topics("two football players")
    assert topics("football") == {Topic.SPORT}
    assert Topic.JUSTICE in topics("the grand jury")


def test_a_word_with_a_capital_counts_as_it_is_written():
    assert Topic.SPORT in topics("FIFA")
    assert Topic.SPORT not in topics("fifa")


def test_a_word_counts_in_its_part_of_speech():
    crash = [Word("crash", "crash", "VERB")]
    noun = [Word("crash", "crash", "NOUN")]
    assert [entry.topic for entry, _ in load_relevance().find(crash)] == [Topic.ACCIDENT]
    assert not list(load_relevance().find(noun))


def test_an_era_is_found_by_its_whole_name():
    lexicon = load_relevance()
    assert lexicon.era("during World War II") == ("World War II", 1945)
    assert lexicon.era("during World War I") == ("World War I", 1918)
    assert lexicon.era("during the war") is None


def test_no_word_is_listed_twice_for_one_topic():
    seen = set()
    for entry in load_relevance().entries:
        for word in entry.words:
            key = (entry.topic, word)
            assert key not in seen
            seen.add(key)


def test_unknown_topic_is_named(tmp_path: Path):
    path = tmp_path / "relevance.yaml"
    entry = "- {id: x, topic: chess, words: [rook], examples: [A rook moves.]}"
    path.write_text(f"{HEADER}topics:\n{entry}\nfigures: []\neras: []\n")
    with pytest.raises(LexiconError, match=r"relevance\.yaml: .*'x'.*topic.*'politics'"):
        load_relevance(path)

"""What is told but is no political event, and what is one though it looks like sport or crime."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from detente import lexicon
from detente.extraction.claims import extract
from detente.extraction.parse import language_model
from detente.lexicon.relevance import Word, load_relevance
from making import document

PUBLISHED = date(2015, 6, 10)

NOT_POLITICAL = [
    ("FIFA bans the goalkeeper for six months.", "sport, no politics"),
    ("Brazil meets Germany in the World Cup semi-final.", "sport, no politics"),
    ("The footballer accuses his coach of lying.", "sport, no politics"),
    ("The company signed a deal with its rival for two billion dollars.", "business, no politics"),
    ("A mining company rejects a proposal of its shareholders.", "business, no politics"),
    ("The singer apologises to the actress.", "culture, no politics"),
    ("Police arrested a man for theft.", "crime without a political side"),
    ("A gunman killed two people in a bar.", "crime without a political side"),
    ("A student shot a teacher at a high school.", "crime without a political side"),
    (
        "A court in Oslo convicts a driver of the murder of his wife.",
        "crime without a political side",
    ),
    ("Authorities in Oslo arrested three men for fraud.", "crime without a political side"),
    ("A teacher files a lawsuit against a doctor.", "a case between private parties"),
    ("Norway fights drought with new wells.", "a figure of speech: fight drought"),
    ("Israel attacked Egypt in 1967.", "history: 1967"),
    ("German troops killed villagers during World War II.", "history: World War II"),
    ("A helicopter of the Chilean army crashed, killing four soldiers.", "an accident: crash"),
    ("The opposition party usually rejects such bills.", "a habit, no event: usually"),
]

POLITICAL = [
    "Israel attacked Egypt in 2014.",
    "Police arrested forty protesters in the stadium before the match.",
    "Police arrested a man for planting a bomb.",
    "A gunman shot a journalist in a bar.",
    "A gunman killed two people in a mosque.",
    "A gunman killed two people in Mogadishu.",
    "Gunmen killed eight villagers.",
    "Gunmen killed eight people in a restaurant.",
    "Authorities in Oslo banned the book.",
    "The minister traditionally at odds with Norway visits Oslo.",
    "A court sentences a senator for fraud.",
    "A court sentences an activist for theft.",
    "Iran executed four men for murder.",
    "Brazilian police arrested a Chilean senator.",
    "France meets Germany in Berlin.",
    "France accuses Germany of doping its athletes.",
    "Russia bans the film.",
    "The government sues the oil company.",
    "China rejects the company's proposal for a merger.",
    "Norwegian miners protested at the car company.",
    "Norwegian jets hit rebels with missile fire.",
    "Turkish troops destroyed a car with missile fire.",
    "The opposition party rejected the bill.",
]


def drawn(text: str):
    whole = document(text, published=PUBLISHED)
    rules_alone = replace(lexicon.load(), plausibility=None)
    return extract(whole, model=language_model(), lexicon=rules_alone)


@pytest.mark.parametrize(("text", "reason"), NOT_POLITICAL)
def test_what_is_no_political_event_is_abstained_from_with_the_reason(text, reason):
    extraction = drawn(text)
    assert extraction.claims == ()
    assert reason in {abstention.reason for abstention in extraction.abstentions}


@pytest.mark.parametrize("text", POLITICAL)
def test_a_political_side_or_word_keeps_the_event(text):
    assert drawn(text).claims


def test_without_a_day_of_publication_nothing_is_history():
    whole = document("Israel attacked Egypt in 1967.")
    assert extract(whole, model=language_model(), lexicon=lexicon.load()).claims


def test_ten_years_back_is_not_yet_history():
    assert drawn("Israel attacked Lebanon in July 2006.").claims


def words(text: str) -> list[Word]:
    return [Word(token.text, token.lemma_, token.pos_) for token in language_model()(text)]


@pytest.mark.parametrize("entry", load_relevance().entries, ids=lambda entry: entry.id)
def test_entries_match_their_examples_alone(entry):
    def found(text):
        return any(hit == entry for hit, _ in load_relevance().find(words(text)))

    assert [text for text in entry.examples if not found(text)] == []
    assert [text for text in entry.not_ if found(text)] == []


def figures(text: str) -> set[str]:
    """The pairs of act and thing that are figures of speech, whoever acts."""
    listed = words(text)
    lemmas = [word.lemma.lower() for word in listed]
    return {
        f"{act} {thing}"
        for act in lemmas
        for thing in lemmas
        if load_relevance().is_figure(act, thing)
    }


@pytest.mark.parametrize("entry", load_relevance().figures, ids=lambda entry: entry.id)
def test_figures_match_their_examples_alone(entry):
    assert [text for text in entry.examples if not figures(text)] == []
    assert [text for text in entry.not_ if figures(text)] == []


@pytest.mark.parametrize("entry", load_relevance().eras, ids=lambda entry: entry.names[0])
def test_eras_match_their_examples_alone(entry):
    def of_this_era(text):
        found = load_relevance().era(text)
        return found is not None and found[0] in entry.names

    assert [text for text in entry.examples if not of_this_era(text)] == []
    assert [text for text in entry.not_ if of_this_era(text)] == []

"""Dates before a clause without a comma hang on no name behind them."""

from __future__ import annotations

import pytest

from detente.extraction.leading_dates import part_leading_dates
from detente.extraction.parse import language_model


def parsed(text):
    doc = language_model()(text)
    part_leading_dates([doc], language_model())
    return doc


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("On 25 December India's prime minister flew to Lima.", "minister"),
        ("On Monday Peru shot down a Danish jet.", "Peru"),
        ("On 18 September militants attacked a Danish camp.", "militants"),
        ("In February Peru and Chile agreed on a truce.", "Peru"),
        ("On 3 January 2016 Saudi Arabia cut ties with Chad.", "Arabia"),
        ("It rained; on Friday Peru closed its border.", "Peru"),
    ],
)
def test_a_date_is_no_part_of_the_name_behind_it(text, subject):
    doc = parsed(text)
    assert doc.text == text
    (head,) = [t for t in doc if t.text == subject]
    assert head.dep_ == "nsubj"
    dates = {"Monday", "Friday", "25", "December", "18", "September", "February", "3", "January"}
    assert not {t.text for t in head.subtree} & dates


@pytest.mark.parametrize(
    "text",
    [
        "On 25 December, India's prime minister flew to Lima.",
        "The February agreement of Peru and Chile held.",
        "Peru met Chile on Monday in Lima.",
        "On the whole Peru agreed.",
        "On 12 of the 30 islands Peru keeps troops.",
    ],
)
def test_other_sentences_stay_as_they_were_read(text):
    before = language_model()(text)
    assert [(t.dep_, t.head.i) for t in parsed(text)] == [(t.dep_, t.head.i) for t in before]


def test_the_parse_stays_a_tree():
    doc = parsed("On 25 December India's prime minister flew to Lima. On Monday Peru fell silent.")
    assert len(list(doc.sents)) == 2
    for sentence in doc.sents:
        assert sentence.root.head == sentence.root
        assert all(t.head in sentence for t in sentence)

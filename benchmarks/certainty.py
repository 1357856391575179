"""Certainty on MEANTIME: ``python -m benchmarks.certainty --data DIR [--json]``.

DIR holds ``corpus_airbus`` and ``corpus_apple`` (the tuning half; the other half is for the final
measurement). Events are given; for each, certainty, polarity and tense are judged at its head and
compared with the gold classes by macro-F1, beside the baseline that always answers the commonest
class. Events that the annotators left unspecified are skipped.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc, Token

from detente.extraction.certainty.judging import Judgement, judge
from detente.extraction.parse import language_model
from detente.lexicon.cues import load_certainty
from detente.model import Polarity, Strength, Time

CORPORA = ("corpus_airbus", "corpus_apple")
FIELDS = ("strength", "polarity", "time")  # the columns certainty, polarity, tense


@dataclass
class GoldEvent:
    """One annotated event: its words, and its class in each field, or None."""

    words: list[int]
    classes: dict[str, str | None]


def read(path: Path) -> Iterator[tuple[list[str], list[GoldEvent]]]:
    """Yield the words and events of each sentence of a file."""
    rows: list[list[str]] = []
    for line in [*path.read_text("utf-8").split("\n"), ""]:
        fields = line.split("\t")
        if len(fields) >= 6:
            rows.append(fields)
        elif rows:
            yield [row[1] for row in rows], _events(rows)
            rows = []


def _events(rows: list[list[str]]) -> list[GoldEvent]:
    events: list[GoldEvent] = []
    for n, row in enumerate(rows):
        if row[2].startswith("B-"):
            values = [_class(field) for field in row[3:6]]
            events.append(GoldEvent([n], dict(zip(FIELDS, values, strict=True))))
        elif row[2].startswith("I-") and events:
            events[-1].words.append(n)
    return events


def _class(field: str) -> str | None:
    """Return "CERTAIN" of "B-CERTAIN-12"; None for what is unspecified."""
    name = field[2:].rpartition("-")[0] if field != "_" else ""
    return None if name in ("", "UNDERSPECIFIED", "UNDEF", "O") else name


def answer(state: Judgement) -> dict[str, str]:
    """Map a judgement to the classes of MEANTIME."""
    certainty = {Strength.PROBABLE: "PROBABLE", Strength.POSSIBLE: "POSSIBLE"}
    future = state.time is Time.FUTURE or state.time is Time.HYPOTHETICAL
    return {
        "strength": certainty.get(state.strength, "CERTAIN"),
        "polarity": "NEG" if state.polarity is Polarity.NEGATIVE else "POS",
        "time": "FUTURE" if future else "NON_FUTURE",
    }


def head_of(doc: Doc, words: list[int]) -> Token:
    """Return the event word whose head lies outside the event."""
    tokens = [doc[n] for n in words]
    return next((t for t in tokens if t.head.i not in words or t.head == t), tokens[0])


def macro_f1(pairs: list[tuple[str, str]]) -> tuple[float, dict[str, float]]:
    """Return the mean F1 over the gold classes, and each."""
    each = {}
    for name in sorted({gold for gold, _ in pairs}):
        right = sum(gold == guess == name for gold, guess in pairs)
        total = sum(gold == name for gold, _ in pairs) + sum(guess == name for _, guess in pairs)
        each[name] = round(2 * right / total, 3) if total else 0.0
    return round(sum(each.values()) / len(each), 3), each


def main() -> None:
    """Score both corpora and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true", help="print JSON (the default too)")
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    arguments = parser.parse_args()
    model, lexicon = language_model(), load_certainty()
    sentences = [
        sentence
        for corpus in CORPORA
        for path in sorted((arguments.data / corpus).glob("*.conll"))
        for sentence in read(path)
    ]
    pairs: dict[str, list[tuple[str, str]]] = {field: [] for field in FIELDS}
    docs = model.pipe(Doc(model.vocab, words=words) for words, _ in sentences)
    for doc, (_, events) in zip(docs, sentences, strict=True):
        for event in events:
            head = head_of(doc, event.words)
            guess = answer(judge(head, lexicon))
            for field, gold in event.classes.items():
                if gold is None:
                    continue
                pairs[field].append((gold, guess[field]))
                if arguments.errors and not arguments.json and gold != guess[field]:
                    print(field, gold, guess[field], head.text, "|", doc.text)
    result: dict[str, object] = {"n": max(map(len, pairs.values()))}
    for field, answers in pairs.items():
        commonest = Counter(gold for gold, _ in answers).most_common(1)[0][0]
        score, each = macro_f1(answers)
        constant, _ = macro_f1([(gold, commonest) for gold, _ in answers])
        result[f"{field}_macro_f1"] = score
        result[f"baseline_{field}_macro_f1"] = constant
        result[f"{field}_classes"] = {
            name: {"n": sum(gold == name for gold, _ in answers), "f1": f1}
            for name, f1 in each.items()
        }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()

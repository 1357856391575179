"""Measure actor coding: country and sector of noun phrases.

    python -m benchmarks.actors --data FILE [--json] [--errors]

FILE is a JSON list of ``{"text", "as_of", "expected": {"country", "code_1"}}``. Each text is put
into a sentence of its own and the coding of the phrase's head is compared; a phrase that names no
actor but a place has the place's country. A field counts where the case states it, ``both`` where
it states both. A trivial baseline (the first country name or adjective in the text, looked up word
by word; sector GOV) stands beside it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from detente.extraction.actors.mentions import find_mentions
from detente.extraction.parse import Passage, language_model
from detente.lexicon.actors import load_actors
from detente.model import Document, Segment, SegmentKind

# What stands for "the day of reading" in the data; the set was written in 2022.
TODAY = date(2022, 6, 1)
FRAME = "{} made a statement."

Coding = tuple[str | None, str | None]


def main() -> None:
    """Print accuracy of detente and of the baseline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true", help="list what is wrong")
    options = parser.parse_args()
    path = options.data / "cases.json" if options.data.is_dir() else options.data
    cases = json.loads(path.read_text(encoding="utf-8"))
    rows = [(case, code(case), baseline(case)) for case in cases]
    ours = accuracy((case, coding) for case, coding, _ in rows)
    theirs = accuracy((case, coding) for case, _, coding in rows)
    result = {"n": len(cases), **ours}
    result |= {f"baseline_{name}": theirs[name] for name in ("country_accuracy", "sector_accuracy")}
    if options.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:26} {value}")
    if options.errors:
        for case, coding, _ in rows:
            wrong = [field for field, right in compare(case, coding).items() if not right]
            if wrong:
                print(wrong, case["text"], case["as_of"], case["expected"], "got", coding)


def code(case: dict[str, Any]) -> Coding:
    """Return detente's country and sector of a case."""
    text = FRAME.format(case["text"][0].upper() + case["text"][1:])
    day = _day(case["as_of"])
    document = Document(id="case", key="case", text=text, published=day)
    segment = Segment(kind=SegmentKind.BODY, start=0, end=len(text))
    passage = Passage(document, segment, 0, language_model()(text))
    (mentions,) = find_mentions([passage], load_actors(), day)
    subjects = [t for t in passage.doc if t.dep_ == "nsubj" and t.head.lower_ == "made"]
    if not subjects:
        return None, None
    found = mentions.at(subjects[0])
    if found is not None:
        return found.country, found.sector
    place = mentions.place_at(subjects[0])
    return (place.country if place else None), None


def baseline(case: dict[str, Any]) -> Coding:
    """Return the first country that a word of the text names, and always GOV."""
    for word in case["text"].replace("’", "'").split():
        resolution = load_actors().resolve(word.removesuffix("'s").strip(",.'"))
        if resolution.code:
            return resolution.code, "GOV"
    return None, "GOV"


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y"):
        try:
            return datetime.strptime(text.title(), form).date()
        except ValueError:
            continue
    return TODAY


def compare(case: dict[str, Any], coding: Coding) -> dict[str, bool]:
    """Return for each field that the case states whether the coding has it."""
    expected = case["expected"]
    found = {}
    if "country" in expected:
        found["country"] = (coding[0] or "") == expected["country"]
    if "code_1" in expected:
        # UNK and the empty code both say that the words tell no sector.
        want = expected["code_1"]
        found["sector"] = (coding[1] or "") == ("" if want in ("UNK", "????") else want)
    return found


def accuracy(rows: Iterable[tuple[dict[str, Any], Coding]]) -> dict[str, float]:
    """Return the share of right countries, of right sectors, and of cases with both right."""
    right: Counter[str] = Counter()
    stated: Counter[str] = Counter()
    for case, coding in rows:
        found = compare(case, coding)
        if len(found) == 2:
            found["both"] = all(found.values())
        stated.update(found.keys())
        right.update(field for field, is_right in found.items() if is_right)
    return {
        f"{field}_accuracy": round(right[field] / max(stated[field], 1), 3)
        for field in ("country", "sector", "both")
    }


if __name__ == "__main__":
    main()

"""Event coding measured against two public training sets: types, roles and false events.

``python -m benchmarks.coding --data FOLDER [--json]``. Reads ``plv/train.tsv`` (a sentence, its
actor and recipient, its PLOVER root) and ``cameo/class_train.tsv`` (a sentence and its quad class;
0 is no event). Both are development data; their test splits are not looked at. What is measured is
the event engine alone: whether an event is planned or denied is decided after it.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from detente.extraction.actors.mentions import find_mentions
from detente.extraction.events.finding import find_events
from detente.extraction.parse import FoundEvent, Passage, language_model
from detente.lexicon.actors import load_actors
from detente.lexicon.frames import load_frames
from detente.model import Document, Mention, Segment, SegmentKind
from detente.model.ontology import quad_class

# PLV merges PLOVER's CONCEDE and RETREAT.
ROOT = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def code(texts: Sequence[str]) -> tuple[list[tuple[FoundEvent, ...]], dict[str, float]]:
    """Code single sentences; return the events of each, and seconds spent per stage."""
    frames, actors, model = load_frames(), load_actors(), language_model()
    clock = time.perf_counter
    began = clock()
    docs = list(model.pipe(texts))
    seconds = {"parse": clock() - began, "mentions": 0.0, "events": 0.0}
    coded = []
    for text, doc in zip(texts, docs, strict=True):
        document = Document(id="d", key="d", text=text)
        segment = Segment(kind=SegmentKind.BODY, start=0, end=len(text))
        passages = (Passage(document, segment, 0, doc),)
        began = clock()
        mentions = find_mentions(passages, actors, None)
        between = clock()
        coded.append(find_events(passages, mentions, frames)[0])
        seconds["mentions"] += between - began
        seconds["events"] += clock() - between
    return coded, seconds


def overlaps(mentions: Sequence[Mention], start: int, end: int) -> bool:
    """Whether one of the mentions shares a character with the range."""
    return any(m.span.start < end and start < m.span.end for m in mentions)


def roots(path: Path) -> dict[str, float]:
    """Measure types and roles where sentence, actor, recipient and type are given."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    coded, _ = code([row["sentence"] for row in rows])
    count: Counter[str] = Counter()
    for row, events in zip(rows, coded, strict=True):
        text, gold = row["sentence"], row["gold_root"]
        source, target = text.find(row["source"]), text.find(row["target"])
        if source < 0 or target < 0:
            continue
        count["sentences"] += 1
        ends = source + len(row["source"]), target + len(row["target"])
        kinds: set[str] = set()
        for event in events:
            kind = ROOT.get(event.event_type, str(event.event_type))
            other = event.recipients or event.actors
            by_source = overlaps(event.actors, source, ends[0])
            if by_source and overlaps(other, target, ends[1]):
                kinds.add(kind)
            if kind == gold:
                kinds |= {"(type)"} | ({"(actor)"} if by_source else set())
            swapped = overlaps(event.actors, target, ends[1]) and not by_source
            if swapped and overlaps(event.recipients, source, ends[0]):
                kinds.add("(swapped)")
        pair = {kind for kind in kinds if not kind.startswith("(")}
        count.update(kind for kind in kinds if kind.startswith("("))
        count["pair"] += bool(pair)
        count["right"] += gold in pair
        count["only right"] += pair == {gold}
    majority = Counter(row["gold_root"] for row in rows).most_common(1)[0][1]
    n = count["sentences"]
    return {
        "sentences": n,
        "right type, anywhere": count["(type)"] / n,
        "right type and actor": count["(actor)"] / n,
        "right type, actor and recipient": count["right"] / n,
        "pair coded with any type": count["pair"] / n,
        "right type where the pair is coded": count["right"] / max(1, count["pair"]),
        "roles swapped": count["(swapped)"] / n,
        "majority class": majority / len(rows),
    }


def quads(path: Path) -> dict[str, float]:
    """Measure false events on sentences without one, and quad classes on the others."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t") if len(row) >= 2]
    rows = [row for row in rows if row[1].strip().isdigit()]
    coded, seconds = code([row[0] for row in rows])
    count: Counter[str] = Counter()
    for row, events in zip(rows, coded, strict=True):
        quad = int(row[1])
        found = {quad_class(event.event_type) for event in events}
        if quad == 0:
            count["negative"] += 1
            count["false events"] += len(events)
            count["false sentences"] += bool(events)
        else:
            count["positive"] += 1
            count["right"] += quad in found
            count["any"] += bool(found)
            count["first right"] += bool(events) and quad_class(events[0].event_type) == quad
            count["events"] += len(events)
    positive = Counter(row[1] for row in rows if row[1].strip() != "0")
    return {
        "sentences without an event": count["negative"],
        "events per 100 of them": 100 * count["false events"] / count["negative"],
        "share of them coded": count["false sentences"] / count["negative"],
        "sentences with an event": count["positive"],
        "events per 100 of these": 100 * count["events"] / count["positive"],
        "an event of the right quad": count["right"] / count["positive"],
        "first event of the right quad": count["first right"] / count["positive"],
        "any event": count["any"] / count["positive"],
        "majority class": positive.most_common(1)[0][1] / count["positive"],
        "events / parse, seconds": seconds["events"] / seconds["parse"],
        "mentions / parse, seconds": seconds["mentions"] / seconds["parse"],
    }


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with plv/ and cameo/")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    results = {
        "PLV train": roots(arguments.data / "plv/train.tsv"),
        "CAMEO class train": quads(arguments.data / "cameo/class_train.tsv"),
    }
    if arguments.json:
        print(json.dumps(results, indent=2))
        return
    for name, measured in results.items():
        print(name)
        for what, value in measured.items():
            print(f"  {what:40} {value:8.3f}" if value % 1 else f"  {what:40} {value:8.0f}")


if __name__ == "__main__":
    main()

"""Attribution on PolNeAR: ``python -m benchmarks.attribution --data DIR [--limit N] [--json]``.

DIR holds ``text/`` and ``attributions/`` of the train split. A fixed sample of documents is scored
(seed 20160726); for a document with several annotators, the first. An attribution counts as found
when a predicted one shares at least half of its content words (intersection over union) and
overlaps its source, or both have none; pairs are matched greedily, the best overlap first. PolNeAR
leaves out attributions inside attributions, so nested predictions are dropped before scoring. The
baseline takes each quotation of three words or more, and the nearest "said" with its subject.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Token

from detente.extraction.attribution.chains import find_attributions
from detente.extraction.attribution.quotes import find_quotes
from detente.extraction.parse import Passage, language_model, parse
from detente.lexicon.cues import load_cues
from detente.lexicon.outlets import load_outlets
from detente.model import Document, Mention, Segment, SegmentKind

SEED = 20160726
SAMPLE = 80
_WORD = re.compile(r"\w+")


@dataclass
class Spoken:
    """One attribution as sets of word positions."""

    source: set[int] = field(default_factory=set)
    cue: set[int] = field(default_factory=set)
    content: set[int] = field(default_factory=set)
    note: str = ""


class _NoMentions:
    def at(self, token: Token) -> Mention | None:
        return None


def words_in(starts: list[int], ends: list[int], pieces: Iterable[tuple[int, int]]) -> set[int]:
    """Return the numbers of the words that lie in any of the character ranges."""
    ranges = list(pieces)
    return {
        n
        for n, (start, end) in enumerate(zip(starts, ends, strict=True))
        if any(a <= start and end <= b for a, b in ranges)
    }


def gold_of(path: Path, starts: list[int], ends: list[int]) -> list[Spoken]:
    """Read the attributions of one brat standoff file."""
    spans: dict[str, tuple[str, list[tuple[int, int]]]] = {}
    found = []
    for line in path.read_text("utf-8").split("\n"):
        fields = line.split("\t")
        if line.startswith("T") and len(fields) > 2:
            kind, _, offsets = fields[1].partition(" ")
            pieces = [tuple(map(int, part.split())) for part in offsets.split(";")]
            spans[fields[0]] = (kind, [(piece[0], piece[1]) for piece in pieces])
    for line in path.read_text("utf-8").split("\n"):
        if not line.startswith("E"):
            continue
        spoken = Spoken()
        for part in line.split("\t")[1].split():
            role, _, name = part.partition(":")
            role = re.sub(r"\d+$", "", role).lower()
            if role in ("source", "cue", "content") and name in spans:
                getattr(spoken, role).update(words_in(starts, ends, spans[name][1]))
        if spoken.content:
            found.append(spoken)
    return found


def predict(passages: tuple[Passage, ...], starts: list[int], ends: list[int]) -> list[Spoken]:
    """Return what detente finds, outermost attributions only."""
    mentions = [_NoMentions()] * len(passages)
    found = find_attributions(passages, mentions, load_cues(), load_outlets()).all
    outer = [a for a in found if not any(b is not a and b.piece_at(a.cue.start) for b in found)]
    return [
        Spoken(
            words_in(starts, ends, [(a.source.span.start, a.source.span.end)] if a.source else []),
            words_in(starts, ends, [(a.cue.start, a.cue.end)]),
            words_in(starts, ends, a.pieces),
            a.lemma,
        )
        for a in outer
    ]


def baseline(passages: tuple[Passage, ...], starts: list[int], ends: list[int]) -> list[Spoken]:
    """Return each quotation with the nearest "said" of its paragraph and that verb's subject."""
    found = []
    for part in find_quotes(passages):
        passage = passages[part.passage]
        content = words_in(starts, ends, [(passage.start + part.start, passage.start + part.end)])
        said = [t for t in passage.doc if t.lemma_ == "say"]
        if len(content) < 3 or not said:
            continue
        verb = min(said, key=lambda t: min(abs(t.idx - part.start), abs(t.idx - part.end)))
        subjects = [c for c in verb.children if c.dep_ == "nsubj"]
        source = [passage.span(s.subtree) for s in subjects]
        cue = passage.span([verb])
        found.append(
            Spoken(
                words_in(starts, ends, [(s.start, s.end) for s in source]),
                words_in(starts, ends, [(cue.start, cue.end)]),
                content,
            )
        )
    return found


def matches(gold: list[Spoken], guess: list[Spoken]) -> list[tuple[int, int]]:
    """Return the matched pairs, greedily by overlap of content."""
    pairs = []
    for g, one in enumerate(gold):
        for p, other in enumerate(guess):
            both = one.content & other.content
            if not both:
                continue
            overlap = len(both) / len(one.content | other.content)
            sources = bool(one.source & other.source) or not (one.source or other.source)
            if overlap >= 0.5 and sources:
                pairs.append((-overlap, g, p))
    taken_g: set[int] = set()
    taken_p: set[int] = set()
    chosen = []
    for _, g, p in sorted(pairs):
        if g not in taken_g and p not in taken_p:
            taken_g.add(g)
            taken_p.add(p)
            chosen.append((g, p))
    return chosen


class Score:
    """Counts of matched, predicted and gold, for attributions and for the words of each role."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = {}

    def add(self, name: str, right: int, guessed: int, gold: int) -> None:
        """Add counts to a row."""
        row = self.counts.setdefault(name, [0, 0, 0])
        for n, value in enumerate((right, guessed, gold)):
            row[n] += value

    def document(self, gold: list[Spoken], guess: list[Spoken]) -> None:
        """Score one document."""
        self.add("attribution", len(matches(gold, guess)), len(guess), len(gold))
        for role in ("source", "cue", "content"):
            right = set().union(*(getattr(s, role) for s in gold)) if gold else set()
            said = set().union(*(getattr(s, role) for s in guess)) if guess else set()
            self.add(f"{role} words", len(right & said), len(said), len(right))

    def rows(self) -> dict[str, dict[str, float]]:
        """Return precision, recall and F1 in percent."""
        result = {}
        for name, (right, guessed, gold) in self.counts.items():
            precision, recall = right / max(guessed, 1), right / max(gold, 1)
            f1 = 2 * precision * recall / max(precision + recall, 1e-9)
            result[name] = {
                "precision": round(100 * precision, 1),
                "recall": round(100 * recall, 1),
                "f1": round(100 * f1, 1),
            }
        return result


def sample(data: Path, limit: int) -> list[tuple[Path, Path]]:
    """Return the text and annotation files of the fixed sample."""
    root = data / "train" if (data / "train").is_dir() else data
    first: dict[str, Path] = {}
    for path in sorted((root / "attributions").glob("*.ann")):
        first.setdefault(path.stem.rsplit("_", 1)[0], path)
    pairs = [(root / "text" / f"{stem}.txt", path) for stem, path in sorted(first.items())]
    pairs = [pair for pair in pairs if pair[0].is_file()]
    return random.Random(SEED).sample(pairs, min(limit, len(pairs)))


def differences(
    gold: list[Spoken], guess: list[Spoken], text: str, marks: list[tuple[int, int]]
) -> Iterator[str]:
    """Yield a line for each prediction that is wrong and each attribution that is missed."""
    pairs = matches(gold, guess)
    wrong = set(range(len(guess))) - {p for _, p in pairs}
    missed = set(range(len(gold))) - {g for g, _ in pairs}
    for kind, items, which in (("WRONG", guess, wrong), ("MISSED", gold, missed)):
        for n in sorted(which):
            one = items[n]
            parts = [
                " ".join(text[slice(*marks[n])] for n in sorted(role))[:160]
                for role in (one.source, one.cue, one.content)
            ]
            yield " | ".join([kind, one.note, *parts])


def main() -> None:
    """Score the sample and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=SAMPLE, help="documents of the sample")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true", help="print what is wrong and missed")
    arguments = parser.parse_args()
    ours, trivial = Score(), Score()
    for text_path, gold_path in sample(arguments.data, arguments.limit):
        text = text_path.read_bytes().decode("utf-8")
        marks = [(m.start(), m.end()) for m in _WORD.finditer(text)]
        starts, ends = [a for a, _ in marks], [b for _, b in marks]
        document = Document(id=text_path.stem, key=text_path.stem, text=text)
        segments = [Segment(kind=SegmentKind.BODY, start=0, end=len(text))]
        (passages,) = parse([(document, segments)], language_model())
        gold = gold_of(gold_path, starts, ends)
        guess = predict(passages, starts, ends)
        ours.document(gold, guess)
        trivial.document(gold, baseline(passages, starts, ends))
        if arguments.errors:
            for line in differences(gold, guess, text, marks):
                print(line)
    result = {"detente": ours.rows(), "quotations and the nearest said": trivial.rows()}
    if arguments.json:
        print(json.dumps(result, indent=2))
        return
    for system, rows in result.items():
        print(system)
        for name, row in rows.items():
            print(f"  {name:15} P {row['precision']:5} R {row['recall']:5} F1 {row['f1']:5}")


if __name__ == "__main__":
    main()

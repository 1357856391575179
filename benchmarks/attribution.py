"""Attribution on PolNeAR: who says what, by which words.

``python -m benchmarks.attribution --data DIR [--limit N] [--seed N] [--json] [--errors]``. DIR has
``text/`` and ``attributions/`` of the train split. A random sample of documents is scored, every
annotator of each. An attribution counts as found when a predicted one shares at least half of its
content words (intersection over union) and overlaps its source, or both have none; pairs are
matched greedily, the best overlap first. ``..._exact_f1`` compares runs of words: a source, cue or
piece of content is right where both have the same words. ``unquoted_recall`` is over contents with
no quotation mark in or beside them. PolNeAR leaves out attributions inside attributions, so nested
predictions are dropped. The baseline takes each quotation of three words or more, and the nearest
"said" with its subject.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from spacy.tokens import Token

from benchmarks.scoring import ratio
from detente.extraction.attribution.chains import find_attributions
from detente.extraction.attribution.quotes import find_quotes
from detente.extraction.parse import Passage, language_model, parse
from detente.lexicon.cues import load_cues
from detente.lexicon.outlets import load_outlets
from detente.model import Document, Mention, Segment, SegmentKind

SEED = 20160726
SAMPLE = 80
_WORD = re.compile(r"\w+")
_MARKS = frozenset('"“”‘«»')
ROLES = ("source", "cue", "content")


@dataclass
class Spoken:
    """One attribution as sets of word positions."""

    source: set[int] = field(default_factory=set)
    cue: set[int] = field(default_factory=set)
    content: set[int] = field(default_factory=set)
    note: str = ""
    quoted: bool = False


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


def gold_of(path: Path, text: str, starts: list[int], ends: list[int]) -> list[Spoken]:
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
            spoken.quoted = is_quoted(text, starts, ends, spoken.content)
            found.append(spoken)
    return found


def is_quoted(text: str, starts: list[int], ends: list[int], words: set[int]) -> bool:
    """Tell whether a quotation mark stands in or beside these words."""
    return any(
        _MARKS.intersection(text[max(0, starts[first] - 2) : ends[last] + 2])
        for first, last in runs(words)
    )


def runs(words: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of words."""
    for _, grouped in groupby(enumerate(sorted(words)), key=lambda pair: pair[1] - pair[0]):
        listed = [word for _, word in grouped]
        yield listed[0], listed[-1]


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
    """Counts of what was right, guessed and gold, of attributions and of the runs of each role."""

    def __init__(self) -> None:
        self.counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])

    def add(self, name: str, right: int, guessed: int, gold: int) -> None:
        """Add counts to a row."""
        for place, value in enumerate((right, guessed, gold)):
            self.counts[name][place] += value

    def document(self, gold: list[Spoken], guess: list[Spoken]) -> None:
        """Score one document as one annotator sees it."""
        pairs = matches(gold, guess)
        self.add("attribution", len(pairs), len(guess), len(gold))
        plain = [n for n, one in enumerate(gold) if not one.quoted]
        self.add("unquoted", sum(g in plain for g, _ in pairs), 0, len(plain))
        for role in ROLES:
            right, said = (
                Counter(run for one in listed for run in runs(getattr(one, role)))
                for listed in (gold, guess)
            )
            self.add(role, (right & said).total(), said.total(), right.total())

    def result(self) -> dict[str, float]:
        """Return the keys of the benchmark."""
        right, guessed, gold = self.counts["attribution"]
        result = {
            "precision": round(ratio(right, guessed), 3),
            "recall": round(ratio(right, gold), 3),
            "f1": round(ratio(2 * right, guessed + gold), 3),
        }
        for role in ROLES:
            right, guessed, gold = self.counts[role]
            result[f"{role}_exact_f1"] = round(ratio(2 * right, guessed + gold), 3)
        right, _, gold = self.counts["unquoted"]
        return result | {"unquoted_recall": round(ratio(right, gold), 3)}


def sample(data: Path, limit: int, seed: int) -> list[tuple[Path, list[Path]]]:
    """Return the texts of a random sample, each with the files of its annotators."""
    root = data / "train" if (data / "train").is_dir() else data
    files: defaultdict[str, list[Path]] = defaultdict(list)
    for path in sorted((root / "attributions").glob("*.ann")):
        files[path.stem.rpartition("_")[0]].append(path)
    texts = [(root / "text" / f"{stem}.txt", files[stem]) for stem in sorted(files)]
    found = [(text, listed) for text, listed in texts if text.is_file()]
    return random.Random(seed).sample(found, min(limit, len(found)))


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
    parser.add_argument("--seed", type=int, default=SEED, help="of the sample")
    parser.add_argument("--json", action="store_true", help="print JSON (the default too)")
    parser.add_argument("--errors", action="store_true", help="print what is wrong and missed")
    options = parser.parse_args()
    ours, trivial = Score(), Score()
    drawn = sample(options.data, options.limit, options.seed)
    for text_path, gold_paths in drawn:
        text = text_path.read_bytes().decode("utf-8")
        marks = [(m.start(), m.end()) for m in _WORD.finditer(text)]
        starts, ends = [a for a, _ in marks], [b for _, b in marks]
        document = Document(id=text_path.stem, key=text_path.stem, text=text)
        segments = [Segment(kind=SegmentKind.BODY, start=0, end=len(text))]
        (passages,) = parse([(document, segments)], language_model())
        guess = predict(passages, starts, ends)
        simple = baseline(passages, starts, ends)
        for gold_path in gold_paths:
            gold = gold_of(gold_path, text, starts, ends)
            ours.document(gold, guess)
            trivial.document(gold, simple)
            if options.errors and not options.json:
                for line in differences(gold, guess, text, marks):
                    print(line)
    result = {"documents": len(drawn), "n": ours.counts["attribution"][2], **ours.result()}
    result |= {f"baseline_{name}": value for name, value in trivial.result().items()}
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()

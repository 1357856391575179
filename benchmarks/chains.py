"""Attribution chains and labels of certainty, measured against the gold set of our own.

``python -m benchmarks.chains --data tests/gold/chains [--current-events FOLDER] [--json]
[--errors]``. The gold set (docs/chains.md) gives the words of an event, who says that it happened
and by which words, outermost first, and its label. The words of the event are given: what the
coder makes of them is another matter. A link is right where its source and its cue overlap those of
the gold (a link without a source: where both have none), each gold link once; a chain is exact
where all its links are right and in order.

``--errors`` lists what is wrong in the open half; the held half is scored and never shown.

Baseline: the subject of the nearest verb of saying in the event's sentence is the only link, and
what has a link is reported, the rest asserted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from spacy.tokens import Token

from benchmarks.reports import read_texts
from benchmarks.scoring import ratio
from detente import lexicon
from detente.extraction.actors.mentions import find_mentions
from detente.extraction.attribution.chains import Attributions, find_attributions
from detente.extraction.certainty.judging import certainty_of
from detente.extraction.events.finding import find_events
from detente.extraction.parse import FoundEvent, Passage, language_model, parse
from detente.extraction.segment import segment
from detente.model import Document, EventType, Label

PUBLISHED = date(2016, 6, 15)
SAYING = frozenset("say tell report claim deny announce state add warn insist confirm".split())
SUBJECTS = frozenset({"nsubj", "nsubjpass"})

Range = tuple[int, int]
# A source, if there is one, and a cue.
Pair = tuple[Range | None, Range]


@dataclass(frozen=True, slots=True)
class Told:
    """One event of the gold set.

    Attributes:
        text: the document that it stands in.
        published: its day.
        at: the words of the event.
        chain: who says that it happened, outermost first.
        label: what a reader may take it for.
        manner: wire, tabloid, official, blog or digest.
    """

    text: str
    published: date
    at: Range
    chain: tuple[Pair, ...]
    label: Label
    manner: str

    @property
    def held(self) -> bool:
        """Whether its document is only scored."""
        return hashlib.sha256(self.text.encode()).digest()[0] % 2 == 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for one event."""

    chain: tuple[Pair, ...]
    label: Label | None


def main() -> None:
    """Print the measurements of both halves."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("tests/gold/chains"))
    parser.add_argument("--current-events", type=Path, help="the folder current-events")
    parser.add_argument("--json", action="store_true", help="print JSON (the default too)")
    parser.add_argument("--errors", action="store_true", help="list errors of the open half")
    options = parser.parse_args()
    gold = [*read_gold(options.data), *read_reports(options.data, options.current_events)]
    found, nearest = answers(gold)
    result: dict[str, Any] = {"n": len(gold)}
    for half in ("open", "held"):
        at = [i for i, told in enumerate(gold) if told.held == (half == "held")]
        result[half] = score([gold[i] for i in at], [found[i] for i in at])
        base = score([gold[i] for i in at], [nearest[i] for i in at])
        result[f"{half}_baseline"] = base
        if half == "open" and options.errors:
            show_errors([gold[i] for i in at], [found[i] for i in at])
    print(json.dumps(result, indent=2))


def read_gold(folder: Path) -> Iterator[Told]:
    """Yield the events of sentences and articles.

    Raises:
        ValueError: words that are not in their text.
    """
    for path in sorted(folder.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for entry in (*content.get("sentences", ()), *content.get("articles", ())):
            manner = entry.get("manner") or content["manner"]
            text = entry["text"].strip()
            for words, event in entry["events"].items():
                at = place(text, words)
                chain = tuple(
                    (None if source is None else nearest(text, source, at), nearest(text, cue, at))
                    for source, cue, *_ in event["chain"]
                )
                yield Told(text, PUBLISHED, at, chain, Label(event["label"]), manner)


def read_reports(folder: Path, data: Path | None) -> Iterator[Told]:
    """Yield the events of reports that are named by id; none where the data are absent."""
    path = folder / "current_events.yaml"
    if data is None or not path.exists():
        return
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))["reports"]
    reports = read_texts(data, {entry["id"] for entry in entries})
    for entry in entries:
        report = reports[entry["id"]]
        chain = tuple(
            (None if source is None else (source[0], source[1]), (cue[0], cue[1]))
            for source, cue in entry["chain"]
        )
        start, end = entry["event"]
        published = date.fromisoformat(report["published"])
        yield Told(report["text"], published, (start, end), chain, Label(entry["label"]), "digest")


def place(text: str, words: str) -> Range:
    """Return where "words" or the second "words#2" stand in a text."""
    plain, _, which = words.partition("#")
    at = -1
    for _ in range(int(which or 1)):
        at = text.find(plain, at + 1)
        if at < 0:
            raise ValueError(f"{words!r} is not in {text[:60]!r}")
    return at, at + len(plain)


def nearest(text: str, words: str, to: Range) -> Range:
    """Return where words stand nearest to a place."""
    at = [found.start() for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    if not at:
        raise ValueError(f"{words!r} is not in {text[:60]!r}")
    start = min(at, key=lambda i: abs(i - to[0]))
    return start, start + len(words)


def answers(gold: list[Told]) -> tuple[list[Answer], list[Answer]]:
    """Return what detente and what the baseline find for each event."""
    lexicons = lexicon.load()
    by_text: defaultdict[str, list[int]] = defaultdict(list)
    for index, told in enumerate(gold):
        by_text[told.text].append(index)
    found = [Answer((), None)] * len(gold)
    base = [Answer((), Label.ASSERTED)] * len(gold)
    for text, indices in by_text.items():
        document = Document(id="d", key="d", text=text, published=gold[indices[0]].published)
        (passages,) = parse(
            [(document, segment(document))],
            language_model(),
            names=lexicons.actors.longest,
            verbs=lexicons.frames.known_verbs,
        )
        mentions = find_mentions(passages, lexicons.actors, document.published)
        events, _ = find_events(passages, mentions, lexicons.frames)
        said = find_attributions(passages, mentions, lexicons.cues, lexicons.outlets)
        for index in indices:
            event = _event_at(gold[index].at, passages, events)
            if event is not None:
                found[index] = _answer(event, said, lexicons)
                base[index] = _nearest_subject(event)
    return found, base


def _event_at(
    at: Range, passages: Iterable[Passage], events: Iterable[FoundEvent]
) -> FoundEvent | None:
    """Return the coder's event at the words, else one that has these words and nothing else."""
    for event in events:
        words = event.passage.span(event.anchor)
        trigger = event.passage.start + event.trigger.idx
        if at[0] <= trigger < at[1] or (words.start <= at[0] < words.end):
            return event
    for passage in passages:
        inside = [t for t in passage.doc if at[0] <= passage.start + t.idx < at[1]]
        if inside:
            head = next((t for t in inside if t.head not in inside), inside[0])
            return FoundEvent(
                passage=passage,
                trigger=head,
                anchor=(head,),
                tokens=(head,),
                event_type=EventType.ASSAULT,
                mode=None,
                actors=(),
                recipients=(),
                place=None,
                rule="gold",
            )
    return None


def _answer(event: FoundEvent, said: Attributions, lexicons: lexicon.Lexicon) -> Answer:
    chain = said.chain_of(event)
    label = certainty_of(event, chain, lexicons.certainty).label
    pairs = tuple(
        (
            (link.source.span.start, link.source.span.end) if link.source else None,
            (link.cue.start, link.cue.end),
        )
        for link in chain
    )
    return Answer(pairs, label)


def _nearest_subject(event: FoundEvent) -> Answer:
    start = event.passage.start
    verbs = [t for t in event.trigger.sent if t.lemma_ in SAYING and t.i != event.trigger.i]
    for verb in sorted(verbs, key=lambda t: abs(t.i - event.trigger.i)):
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        if subject is not None:
            return Answer(((_phrase(subject, start), _word(verb, start)),), Label.REPORTED)
    return Answer((), Label.ASSERTED)


def _phrase(token: Token, start: int) -> Range:
    last = token.right_edge
    return start + token.left_edge.idx, start + last.idx + len(last)


def _word(token: Token, start: int) -> Range:
    return start + token.idx, start + token.idx + len(token)


def same(gold: Pair, found: Pair) -> bool:
    """Whether a link is right."""
    if not _meet(gold[1], found[1]):
        return False
    if gold[0] is None or found[0] is None:
        return gold[0] is found[0]
    return _meet(gold[0], found[0])


def _meet(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def score(gold: list[Told], found: list[Answer]) -> dict[str, float]:
    """Return the shares of exact chains, links and labels."""
    counts: Counter[str] = Counter()
    for told, answer in zip(gold, found, strict=True):
        left = list(answer.chain)
        for link in told.chain:
            hit = next((one for one in left if same(link, one)), None)
            if hit is not None:
                left.remove(hit)
                counts["right"] += 1
        counts["wanted"] += len(told.chain)
        counts["found"] += len(answer.chain)
        counts["exact"] += len(told.chain) == len(answer.chain) and all(
            map(same, told.chain, answer.chain)
        )
        counts["labels"] += told.label is answer.label
    precision = ratio(counts["right"], counts["found"])
    recall = ratio(counts["right"], counts["wanted"])
    return {
        "n": len(gold),
        "exact_chains": round(ratio(counts["exact"], len(gold)), 3),
        "links": counts["wanted"],
        "links_precision": round(precision, 3),
        "links_recall": round(recall, 3),
        "links_f1": round(ratio(2 * precision * recall, precision + recall), 3),
        "label_accuracy": round(ratio(counts["labels"], len(gold)), 3),
    }


def show_errors(gold: list[Told], found: list[Answer]) -> None:
    """Print for each wrong event what was wanted and what was found."""
    for told, answer in zip(gold, found, strict=True):
        exact = len(told.chain) == len(answer.chain) and all(map(same, told.chain, answer.chain))
        if exact and told.label is answer.label:
            continue
        sides = (told.text[slice(*told.at)], *map(_shown(told.text), (told.chain, answer.chain)))
        print(told.manner, "|", " ".join(told.text.split())[:300])
        print(f"   {sides[0]}: {sides[1]} {told.label} not {sides[2]} {answer.label}")


def _shown(text: str) -> Any:
    def shown(chain: tuple[Pair, ...]) -> str:
        parts = [f"{text[slice(*s)] if s else '-'}/{text[slice(*c)]}" for s, c in chain]
        return "[" + "; ".join(parts) + "]"

    return shown


if __name__ == "__main__":
    main()

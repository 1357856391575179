"""Types of events where actor and recipient are given: the task of PLV (Hu et al., ACL 2024).

``python -m benchmarks.events --data FILE [--json] [--errors]``. FILE has the columns
``marked_sentence`` (``<s>`` actor ``</s>``, ``<t>`` recipient ``</t>``), ``gold_root`` (15 types;
YIELD is CONCEDE or RETREAT) and ``gold_penta`` (quad class; SANCTION is 4). An abstention counts as
wrong. Binary: quad classes 3 and 4 are conflict. The set follows the roots of CAMEO where the
codebook of 2021 moved a kind of event to another type; ``plv_root`` says where, and nothing else is
adapted to it. Baselines: the majority class, and the type that *other* sentences with the same main
verb most often have.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks.scoring import accuracy, macro_f1, ratio
from detente import lexicon
from detente.extraction.actors.mentions import find_mentions
from detente.extraction.certainty.judging import judge
from detente.extraction.events.between import Link, event_between
from detente.extraction.modality import shifted
from detente.extraction.parse import language_model, parse
from detente.lexicon.cues import CertaintyLexicon
from detente.model import Document, EventType, Segment, SegmentKind, Time
from detente.model.ontology import quad_class

# PLV merges PLOVER's CONCEDE and RETREAT.
ROOT = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
QUAD = {ROOT.get(kind, str(kind)): quad_class(kind) for kind in EventType} | {"YIELD": 2}
NONE = ""
CONVICTIONS = ("convict", "find-guilty")
BY_FORCE = ("capture", "occup", "overrun", "blockade", "cyber", "seize-control", "take-control")
Range = tuple[int, int]


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--errors", action="store_true", help="list what is wrong")
    options = parser.parse_args()
    path = options.data / "train.tsv" if options.data.is_dir() else options.data
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    texts, sides = zip(*map(ranges_of, rows), strict=True)
    gold = [row["gold_root"] for row in rows]
    clock = time.perf_counter()
    links = code(texts, sides)
    seconds = time.perf_counter() - clock
    found = [link[0] for link in links]
    heads = [doc[:].root.lemma_ for doc in language_model().pipe(texts)]
    majority = Counter(gold).most_common(1)[0][0]
    result = {
        "n": len(rows),
        **scores(gold, found),
        "abstained": ratio(found.count(NONE), len(found)),
        "sentences_per_second": round(ratio(len(rows), seconds), 1),
        "baseline_majority": scores(gold, [majority] * len(gold)),
        "baseline_head_verb": scores(gold, look_up(heads, gold)),
    }
    if options.errors:
        for row, (kind, link) in zip(rows, links, strict=True):
            if kind != row["gold_root"]:
                how = f"{link.how} {link.rule}" if link else "-"
                print(row["gold_root"], "not", kind or "none", f"({how})", row["marked_sentence"])
    print(json.dumps(result, indent=2))


def ranges_of(row: dict[str, str]) -> tuple[str, tuple[Range, Range]]:
    """Return a sentence without marks, and the ranges of actor and recipient.

    Some rows mark one side only; the other is then the first place of its words.
    """
    text, marked = "", row["marked_sentence"]
    at: dict[str, int] = {}
    while marked:
        mark = next((m for m in ("<s>", "</s>", "<t>", "</t>") if marked.startswith(m)), None)
        if mark:
            at[mark] = len(text)
            marked = marked[len(mark) :]
        else:
            text, marked = text + marked[0], marked[1:]
    sides = []
    for letter, column in (("s", "source"), ("t", "target")):
        if f"<{letter}>" in at and f"</{letter}>" in at:
            sides.append((at[f"<{letter}>"], at[f"</{letter}>"]))
        else:
            start = max(0, text.find(row[column]))
            sides.append((start, start + len(row[column])))
    return text, (sides[0], sides[1])


def code(
    texts: Sequence[str], sides: Sequence[tuple[Range, Range]]
) -> list[tuple[str, Link | None]]:
    """Return the root type of each sentence, "" for none, with what it rests on."""
    lexicons = lexicon.load()
    documents = [Document(id=str(at), key=str(at), text=text) for at, text in enumerate(texts)]
    whole = [
        (document, (Segment(kind=SegmentKind.BODY, start=0, end=len(document.text)),))
        for document in documents
    ]
    parsed = parse(whole, language_model(), lexicons.actors.longest, lexicons.frames.known_verbs)
    found: list[tuple[str, Link | None]] = []
    for passages, (actor, recipient) in zip(parsed, sides, strict=True):
        # the passage that holds the actor: a topic may stand before the sentence
        passage = max(passages, key=lambda one: (one.start <= actor[0], one.start))
        (mentions,) = find_mentions((passage,), lexicons.actors, None)
        actor, recipient = (
            (max(0, start - passage.start), max(1, end - passage.start))
            for start, end in (actor, recipient)
        )
        link = event_between(passage, mentions, lexicons.frames, actor=actor, recipient=recipient)
        kind = plv_root(link, lexicons.certainty) if link is not None else NONE
        found.append((kind, link))
    return found


def plv_root(link: Link, cues: CertaintyLexicon) -> str:
    """Return the root under which PLV files an event.

    Yielding that is only announced is an agreement (CAMEO 035); conviction is an accusation (as
    112), taking or closing off territory and cyber attacks are assaults (191, 192).
    """
    kind = link.event_type
    anchor = link.event.anchor if link.event is not None else (link.trigger,)
    state = judge(link.trigger, cues, anchor)
    shift = shifted(kind, state.polarity, state.time or Time.PRESENT)
    announced = kind is EventType.RETREAT and shift is EventType.CONCEDE
    kind = EventType.AGREE if announced else shift
    rule = link.rule.partition(":")[2]
    if kind is EventType.SANCTION and rule.startswith(CONVICTIONS):
        kind = EventType.ACCUSE
    if kind is EventType.COERCE and any(word in rule for word in BY_FORCE):
        kind = EventType.ASSAULT
    return ROOT.get(kind, str(kind))


def scores(gold: Sequence[str], found: Sequence[str]) -> dict[str, float]:
    """Return macro-F1 at the three levels, and the accuracy of roots."""
    quads = [QUAD[g] for g in gold], [QUAD.get(f, 0) for f in found]
    conflict = [q >= 3 for q in quads[0]], [q >= 3 if q else None for q in quads[1]]
    return {
        "binary_macro_f1": round(macro_f1(*conflict), 4),
        "quad_macro_f1": round(macro_f1(*quads), 4),
        "root_macro_f1": round(macro_f1(gold, found), 4),
        "root_accuracy": round(accuracy(gold, found), 4),
    }


def look_up(heads: Sequence[str], gold: Sequence[str]) -> list[str]:
    """Return the most frequent type of the other sentences with the same main verb."""
    by_head: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for head, kind in zip(heads, gold, strict=True):
        by_head[head][kind] += 1
    found = []
    for head, kind in zip(heads, gold, strict=True):
        others = by_head[head] - Counter([kind])
        found.append(others.most_common(1)[0][0] if others else NONE)
    return found


if __name__ == "__main__":
    main()

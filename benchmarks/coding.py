"""Event coding from nothing but the text: who, to whom, of which class, and where nothing was.

``python -m benchmarks.coding --data FOLDER [--json] [--errors]``. FOLDER has ``class_train.tsv`` (a
sentence and its class: 0 no event beyond a statement, 1 to 4 quad classes) and ``ner_train.txt``
(tokens with BIO tags: S actor, T recipient, R a side of what
both do, which is neither right nor wrong); without ``_train`` in the names, too. Predicted are the
claims of a sentence taken as a document; an actor or recipient is right where its token overlap
with an annotated one is at least half of their union. Baselines: the majority class, and the
subject and object of the sentence's main verb with the most frequent class of its lemma.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from spacy.tokens import Doc, Token

from benchmarks.scoring import macro_f1, ratio
from detente import lexicon
from detente.extraction.claims import extract_batch
from detente.extraction.parse import language_model
from detente.model import Claim, Document, Mention

Range = tuple[int, int]
PRONOUNS = frozenset("he she it they him her them his its their".split())
# Half of the union of the tokens: the definition of a match of this benchmark.
OVERLAP = 0.5


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--errors", action="store_true", help="list what is wrong")
    options = parser.parse_args()
    classes = read_classes(_file(options.data, "class", "tsv"))
    tagged = read_tags(_file(options.data, "ner", "txt"))
    result = measure(classes, tagged, errors=options.errors)
    if options.json:
        print(json.dumps(result, indent=2))
        return
    for what, value in result.items():
        print(f"{what:32} {value:8.3f}" if value % 1 else f"{what:32} {value:8.0f}")


def _file(folder: Path, stem: str, ending: str) -> Path:
    plain = folder / f"{stem}.{ending}"
    return plain if plain.exists() else folder / f"{stem}_train.{ending}"


def read_classes(path: Path) -> list[tuple[str, int]]:
    """Return sentences with their class."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t") if len(row) >= 2]
    return [(row[0], int(row[1])) for row in rows if row[1].strip().isdigit()]


def read_tags(path: Path) -> list[tuple[str, dict[str, list[Range]]]]:
    """Return sentences, with the character ranges of their actors (S) and recipients (T)."""
    found = []
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        rows = [line.rsplit(" ", 1) for line in block.splitlines() if " " in line.strip()]
        if not rows:
            continue
        text, starts = "", []
        for word, _ in rows:
            glued = not text or re.fullmatch(r"[.,;:!?)\]%”]|['’](s|re|ll|ve|d|t)?|n['’]t", word)
            text += "" if glued or text.endswith(("(", "[", "“")) else " "
            starts.append(len(text))
            text += word
        ranges: dict[str, list[Range]] = {"S": [], "T": [], "R": []}
        before = "O"
        for (word, tag), start in zip(rows, starts, strict=True):
            kind = tag[2:]
            end = start + len(word)
            if kind in ranges and tag[0] == "I" and before[2:] == kind:
                ranges[kind][-1] = (ranges[kind][-1][0], end)
            elif kind in ranges:
                ranges[kind].append((start, end))
            before = tag
        found.append((text, ranges))
    return found


def code(texts: Sequence[str]) -> list[tuple[Claim, ...]]:
    """Return the claims of each text, read as a document without a date."""
    documents = [Document(id=str(at), key=str(at), text=t) for at, t in enumerate(texts)]
    found = extract_batch(documents, model=language_model(), lexicon=lexicon.load())
    return [extraction.claims for extraction in found]


def measure(
    classes: Sequence[tuple[str, int]],
    tagged: Sequence[tuple[str, dict[str, list[Range]]]],
    *,
    errors: bool = False,
) -> dict[str, float]:
    """Measure classes, false events, actors and recipients, beside the two baselines."""
    docs = list(language_model().pipe([text for text, _ in (*classes, *tagged)]))
    coded = code([text for text, _ in (*classes, *tagged)])
    plain, rest = coded[: len(classes)], coded[len(classes) :]
    gold = [label for _, label in classes]
    guessed = [_class_of(claims) for claims in plain]
    heads = [_head(doc) for doc in docs[: len(classes)]]
    looked_up = _lookup([head.lemma_ for head in heads], gold)
    majority = Counter(gold).most_common(1)[0][0]
    negative = [g for g, label in zip(guessed, gold, strict=True) if not label]
    positive = [g for g, label in zip(guessed, gold, strict=True) if label]
    counts: Counter[str] = Counter()
    for (text, ranges), claims, doc in zip(tagged, rest, docs[len(classes) :], strict=True):
        words = [(t.idx, t.idx + len(t)) for t in doc if not t.is_space]
        _count(counts, "", ranges, _sides(claims), words)
        _count(counts, "head verb ", ranges, _grammar(doc), words)
        if errors:
            print("TAGS", text, ranges, [_shown(claim) for claim in claims])
    if errors:
        for (text, label), claims, guess in zip(classes, plain, guessed, strict=True):
            if guess != label:
                print("CLASS", label, guess, text, [_shown(claim) for claim in claims])
    both = counts["right way"] + counts["swapped"]
    return {
        "n": len(classes) + len(tagged),
        "actor_f1": _f1(counts, "S"),
        "recipient_f1": _f1(counts, "T"),
        "swap_rate": ratio(counts["swapped"], both),
        "class_macro_f1": macro_f1(gold, guessed),
        "extra_event_rate": ratio(sum(g != 0 for g in negative), len(negative)),
        "missed_event_rate": ratio(sum(g == 0 for g in positive), len(positive)),
        "baseline_majority_class_macro_f1": macro_f1(gold, [majority] * len(gold)),
        "baseline_head_verb_class_macro_f1": macro_f1(gold, looked_up),
        "baseline_head_verb_actor_f1": _f1(counts, "head verb S"),
        "baseline_head_verb_recipient_f1": _f1(counts, "head verb T"),
    }


def _class_of(claims: Sequence[Claim]) -> int:
    """Return the class of the first claim that no longer chain of sources holds, else 0."""
    return claims[0].quad if claims else 0


def _shown(claim: Claim) -> str:
    sides = [[m.span.text for m in side] for side in (claim.actors, claim.recipients)]
    return f"{claim.event_type} {claim.rule} {claim.certainty.label} {sides}"


def _sides(claims: Iterable[Claim]) -> dict[str, list[Range]]:
    """Return who acts and who is acted on; of a reciprocal event the first side acts.

    A pronoun counts as the words that it stands for.
    """
    found: dict[str, dict[Range, None]] = {"S": {}, "T": {}}
    for claim in claims:
        actors, recipients = map(_ranges, (claim.actors, claim.recipients))
        if claim.reciprocal:
            actors, recipients = actors[:1], actors[1:]
        found["S"] |= dict.fromkeys(actors)
        found["T"] |= dict.fromkeys(recipients)
    return {side: list(ranges) for side, ranges in found.items()}


def _ranges(mentions: Iterable[Mention]) -> list[Range]:
    found = []
    for mention in mentions:
        pronoun = mention.span.text.lower() in PRONOUNS
        span = mention.antecedent if pronoun and mention.antecedent else mention.span
        found.append((span.start, span.end))
    return found


def _head(doc: Doc) -> Token:
    return next((token for token in doc if token.dep_ == "ROOT"), doc[0])


def _lookup(lemmas: Sequence[str], gold: Sequence[int]) -> list[int]:
    """Return for each sentence the most frequent class of its lemma among the *others*."""
    by_lemma: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for lemma, label in zip(lemmas, gold, strict=True):
        by_lemma[lemma][label] += 1
    found = []
    for lemma, label in zip(lemmas, gold, strict=True):
        others = by_lemma[lemma] - Counter([label])
        found.append(others.most_common(1)[0][0] if others else 0)
    return found


def _grammar(doc: Doc) -> dict[str, list[Range]]:
    """Return subject and object of the main verb, with all that hangs on them."""
    head = _head(doc)
    found: dict[str, list[Range]] = {"S": [], "T": []}
    for child in head.children:
        side = "S" if child.dep_ == "nsubj" else "T" if child.dep_ in ("dobj", "dative") else ""
        if side:
            last = doc[child.right_edge.i]
            found[side].append((doc[child.left_edge.i].idx, last.idx + len(last)))
    return found


def _count(
    counts: Counter[str],
    who: str,
    gold: dict[str, list[Range]],
    found: dict[str, list[Range]],
    words: Sequence[Range],
) -> None:
    for side, other in (("S", "T"), ("T", "S")):
        pending = list(gold[side])
        for guess in found[side]:
            hit = next((g for g in pending if _overlap(guess, g, words) >= OVERLAP), None)
            if hit is None and any(_overlap(guess, g, words) >= OVERLAP for g in gold["R"]):
                counts[f"{who}{side} found"] -= 1
                continue
            if hit is not None:
                pending.remove(hit)
                counts[f"{who}{side} right"] += 1
            if not who and hit is None:
                counts["swapped"] += any(_overlap(guess, g, words) >= OVERLAP for g in gold[other])
            if not who and hit is not None:
                counts["right way"] += 1
        counts[f"{who}{side} found"] += len(found[side])
        counts[f"{who}{side} gold"] += len(gold[side])


def _overlap(one: Range, other: Range, words: Sequence[Range]) -> float:
    """Return how many of the words of two ranges are in both: intersection over union."""
    first = {at for at, (start, end) in enumerate(words) if start < one[1] and one[0] < end}
    second = {at for at, (start, end) in enumerate(words) if start < other[1] and other[0] < end}
    return len(first & second) / max(1, len(first | second))


def _f1(counts: Counter[str], side: str) -> float:
    right, found, gold = (counts[f"{side} {what}"] for what in ("right", "found", "gold"))
    return 2 * right / (found + gold) if found + gold else 0.0


if __name__ == "__main__":
    main()

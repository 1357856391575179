"""Claims of whole reports measured against the gold set of real text.

``python -m benchmarks.reports --data FOLDER [--gold FOLDER] [--json] [--errors]``. FOLDER is
current-events; the gold set (docs/annotation.md) names its reports by id and their words by
offsets. A claim is right where its type and the countries of both sides are those of the gold; of a
reciprocal event the sides are taken together. ``--errors`` lists what is wrong in the open half;
the held half is scored and never shown.

Baselines: the majority class for each pair of names, and the type that the gold most often gives
the head verb's lemma, with the countries of its subject and object. Beside them stands the
agreement of two annotators, measured in the same way.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.scoring import ratio
from detente import lexicon
from detente.extraction.actors.mentions import find_mentions
from detente.extraction.claims import extract_batch
from detente.extraction.parse import Passage, language_model
from detente.lexicon.actors import load_actors
from detente.model import Claim, DateBasis, Document, Mention, Segment, SegmentKind

GOLD = Path("tests/gold/reports")
# "AFG?": only the scene suggests it, so that none is right too.
MAYBE = "?"


@dataclass(frozen=True, slots=True)
class Told:
    """One claim, by whomever, in the form in which claims are compared.

    Attributes:
        kind: PLOVER type.
        actors: for each country of the actors the codes that are right ("" for none).
        recipients: likewise.
        date: "pub", "unknown", or first and last day joined by a slash.
        at: where the words that name the event begin.
        optional: whether it counts neither as missing nor as extra.
        reciprocal: whether the two sides are one.
    """

    kind: str
    actors: frozenset[frozenset[str]]
    recipients: frozenset[frozenset[str]]
    date: str
    at: int
    optional: bool = False
    reciprocal: bool = False


def main() -> None:
    """Print the measurements of both halves."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder current-events")
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--errors", action="store_true", help="list errors of the open half")
    options = parser.parse_args()
    first = read_gold(options.gold / "first_pass.jsonl")
    texts = read_texts(options.data, {entry["id"] for entry in first})
    coded = code(texts)
    result: dict[str, Any] = {"n": len(first)}
    for half in sorted({entry["half"] for entry in first}, reverse=True):
        entries = [entry for entry in first if entry["half"] == half]
        gold = {entry["id"]: told_by_gold(entry) for entry in entries}
        found = {key: coded[key][1] for key in gold}
        result[half] = score(gold, found)
        if half == "open":
            result["baselines"] = baselines(gold, texts)
            if options.errors:
                show_errors(gold, coded, texts)
    second_file = options.gold / "second_pass.jsonl"
    if second_file.exists():
        second = {entry["id"]: told_by_gold(entry) for entry in read_gold(second_file)}
        both = {entry["id"]: told_by_gold(entry) for entry in first if entry["id"] in second}
        result["agreement of two passes"] = score(both, second)
    print(json.dumps(result, indent=2))


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Return the annotated reports."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_texts(folder: Path, wanted: set[str]) -> dict[str, dict[str, Any]]:
    """Return the wanted reports by id."""
    found = {}
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for report in map(json.loads, file):
                if report["id"] in wanted:
                    found[report["id"]] = report
    return found


def documents_of(texts: dict[str, dict[str, Any]]) -> list[Document]:
    """Return the reports as documents."""
    return [
        Document(id=key, key=key, text=r["text"], published=date.fromisoformat(r["published"]))
        for key, r in texts.items()
    ]


def code(texts: dict[str, dict[str, Any]]) -> dict[str, tuple[tuple[Claim, ...], list[Told]]]:
    """Return detente's claims of each report, whole and as they are compared."""
    documents = documents_of(texts)
    drawn = extract_batch(documents, model=language_model(), lexicon=lexicon.load())
    return {
        document.key: (extraction.claims, [told_by_claim(claim) for claim in extraction.claims])
        for document, extraction in zip(documents, drawn, strict=True)
    }


def told_by_gold(entry: dict[str, Any]) -> list[Told]:
    """Return the claims of an annotated report."""
    found = []
    for claim in entry["claims"]:
        sides = [
            frozenset(_codes(party["country"]) for party in claim[side])
            for side in ("actors", "recipients")
        ]
        found.append(
            Told(
                claim["type"],
                *sides,
                date=claim["date"],
                at=claim["anchor"][0],
                optional=claim.get("optional", False),
                reciprocal=not claim["recipients"] and len(claim["actors"]) > 1,
            )
        )
    return found


def _codes(country: str | None) -> frozenset[str]:
    if country is None:
        return frozenset({""})
    code = country.removesuffix(MAYBE)
    return frozenset({code, ""}) if country.endswith(MAYBE) else frozenset({code})


def told_by_claim(claim: Claim) -> Told:
    """Return a claim of detente's in the form in which claims are compared."""

    def side(mentions: Iterable[Mention]) -> frozenset[frozenset[str]]:
        return frozenset(frozenset({mention.country or ""}) for mention in mentions)

    when = claim.when
    if when.basis is DateBasis.PUBLICATION:
        day = "pub"
    elif when.first is None or when.last is None:
        day = "unknown"
    else:
        day = f"{when.first}/{when.last}"
    return Told(
        str(claim.event_type),
        side(claim.actors),
        side(claim.recipients),
        date=day,
        at=claim.anchor.start,
        reciprocal=claim.reciprocal,
    )


def same(gold: Told, found: Told) -> bool:
    """Whether type and countries agree."""
    if gold.kind != found.kind:
        return False
    if gold.reciprocal or found.reciprocal:
        return _meet(gold.actors | gold.recipients, found.actors | found.recipients)
    return _meet(gold.actors, found.actors) and _meet(gold.recipients, found.recipients)


def _meet(gold: frozenset[frozenset[str]], found: frozenset[frozenset[str]]) -> bool:
    """Whether each side has for every country of the other one that may stand for it.

    Parties without a country are named beside others too freely to be counted.
    """
    if not gold and not found:
        return True
    plain = frozenset({""})
    wanted = {codes for codes in gold if codes != plain} or gold
    given = {codes for codes in found if codes != plain} or found
    if not wanted or not given:
        # a side that is not there, or one that names no country: the same for a dyad of countries
        return all("" in codes for codes in wanted | given)
    return all(any(w & g for g in given) for w in wanted) and all(
        any(w & g for w in wanted) for g in given
    )


def same_day(gold: str, found: str, published: str) -> bool:
    """Whether two dates agree; the day of publication may be stated or taken as such."""

    def days(text: str) -> str:
        text = published if text == "pub" else text
        return text if text == "unknown" or "/" in text else f"{text}/{text}"

    return days(gold) == days(found)


def pairs_of(gold: Sequence[Told], found: Sequence[Told]) -> Iterator[tuple[int, int]]:
    """Pair equal claims, each once, the needed ones and those that stand nearest first."""
    candidates = sorted(
        (g.optional, abs(g.at - f.at), at, other)
        for at, g in enumerate(gold)
        for other, f in enumerate(found)
        if same(g, f)
    )
    used: tuple[set[int], set[int]] = set(), set()
    for _, _, at, other in candidates:
        if at not in used[0] and other not in used[1]:
            used[0].add(at)
            used[1].add(other)
            yield at, other


def score(gold: dict[str, list[Told]], found: dict[str, list[Told]]) -> dict[str, float]:
    """Return precision, recall and F1 of claims, and the share of right dates among these."""
    counts: Counter[str] = Counter()
    for key, needed in gold.items():
        pairs = list(pairs_of(needed, found[key]))
        optional = sum(needed[at].optional for at, _ in pairs)
        counts["right"] += len(pairs) - optional
        counts["gold"] += sum(not told.optional for told in needed)
        # a claim that an optional one excuses, or that is optional itself, is no extra
        excused = sum(
            f.optional for at, f in enumerate(found[key]) if at not in {o for _, o in pairs}
        )
        counts["found"] += len(found[key]) - optional - excused
        counts["dates"] += sum(
            same_day(needed[at].date, found[key][other].date, key[:10]) for at, other in pairs
        )
        counts["pairs"] += len(pairs)
        counts["type only"] += len({t.kind for t in needed} & {t.kind for t in found[key]})
    precision = ratio(counts["right"], counts["found"])
    recall = ratio(counts["right"], counts["gold"])
    return {
        "reports": len(gold),
        "gold_claims": counts["gold"],
        "found_claims": counts["found"],
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(ratio(2 * precision * recall, precision + recall), 3),
        "date_accuracy": round(ratio(counts["dates"], counts["pairs"]), 3),
    }


def baselines(
    gold: dict[str, list[Told]], texts: dict[str, dict[str, Any]]
) -> dict[str, dict[str, float]]:
    """Score subject and object of each sentence's main verb, with two ways to choose the type."""
    kinds = Counter(told.kind for listed in gold.values() for told in listed)
    majority = kinds.most_common(1)[0][0]
    by_lemma: defaultdict[str, Counter[str]] = defaultdict(Counter)
    clauses: dict[str, list[tuple[str, Told]]] = {}
    documents = [d for d in documents_of(texts) if d.key in gold]
    docs = language_model().pipe([document.text for document in documents])
    for document, doc in zip(documents, docs, strict=True):
        segment = Segment(kind=SegmentKind.BODY, start=0, end=len(document.text))
        passage = Passage(document, segment, 0, doc)
        (mentions,) = find_mentions([passage], load_actors(), document.published)
        here = []
        for sentence in doc.sents:
            root = sentence.root
            sides = []
            for labels in (("nsubj",), ("dobj", "dative")):
                named = [mentions.at(c) for c in root.children if c.dep_ in labels]
                sides.append(frozenset(frozenset({m.country or ""}) for m in named if m))
            if root.pos_ == "VERB" and sides[0]:
                told = Told(majority, *sides, date="pub", at=root.idx)
                here.append((root.lemma_, told))
            for told in gold[document.key]:
                if sentence.start_char <= told.at < sentence.end_char:
                    by_lemma[root.lemma_][told.kind] += 1
        clauses[document.key] = here
    first = {key: [told for _, told in listed] for key, listed in clauses.items()}
    second = {
        key: [
            Told(by_lemma[lemma].most_common(1)[0][0], t.actors, t.recipients, t.date, t.at)
            for lemma, t in listed
            if by_lemma[lemma]
        ]
        for key, listed in clauses.items()
    }
    return {"majority class": score(gold, first), "head verb look-up": score(gold, second)}


def show_errors(
    gold: dict[str, list[Told]],
    coded: dict[str, tuple[tuple[Claim, ...], list[Told]]],
    texts: dict[str, dict[str, Any]],
) -> None:
    """Print for each report of the open half what is missing, extra, or dated wrongly."""
    for key, needed in gold.items():
        claims, found = coded[key]
        pairs = list(pairs_of(needed, found))
        lines = []
        for at, told in enumerate(needed):
            if at not in {pair[0] for pair in pairs} and not told.optional:
                lines.append(f"  missing {_shown(told, texts[key]['text'])}")
        for at, claim in enumerate(claims):
            if at not in {pair[1] for pair in pairs}:
                lines.append(
                    f"  extra   {_shown(found[at], texts[key]['text'])} "
                    f"{claim.rule} {claim.certainty.label}"
                )
        for at, other in pairs:
            if not same_day(needed[at].date, found[other].date, key[:10]):
                lines.append(
                    f"  date    {needed[at].kind} {needed[at].date} not {found[other].date} "
                    f"({claims[other].when.reason})"
                )
        if lines:
            print(key, texts[key]["text"].strip(), *lines, sep="\n")


def _shown(told: Told, text: str) -> str:
    sides = [
        " ".join("|".join(sorted(c)) or "-" for c in s) for s in (told.actors, told.recipients)
    ]
    return f"{told.kind} '{text[told.at : told.at + 25]}' {sides[0]} -> {sides[1]} {told.date}"


if __name__ == "__main__":
    main()

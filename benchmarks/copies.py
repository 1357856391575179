"""Is a rewritten report known again, and are two reports of one happening kept apart?

``python -m benchmarks.copies [--data FOLDER] [--half open|held] [--json] [--errors]``. The data
are invented happenings: of each the report of an agency, the same report restated by hand, and
reports of outlets with people of their own there. From the agency's report, copies are made in the
ways of newsrooms (benchmarks/rewriting.py) and published a day later; two reports are merged into
one. All documents are compared as one corpus. A pair counts as found when both share an origin.
Copies of one report are pairs with it and with each other; pairs that have no report in common are
wrong. ``by_way_recall`` compares the copies of one way with the reports alone. The halves are told
apart by the digest of the happening's name; bars were set on the open one.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import combinations
from pathlib import Path

import yaml

from benchmarks.rewriting import WAYS, merge
from benchmarks.scoring import ratio
from detente.model import Document, document_id
from detente.resolution.copies import Copies, find_copies

GOLD = Path("tests/gold/copies")
# What was restated by hand is rewritten once more in these ways.
HARDER = ("shortened", "cut, reordered and paraphrased", "own paragraphs put in")


@dataclass(frozen=True, slots=True)
class Version:
    """A document of the benchmark, with the reports that it was made from.

    Attributes:
        document: the document.
        way: how it was made; "wire" and "own" are reports by themselves.
        made_of: names of the reports.
    """

    document: Document
    way: str
    made_of: frozenset[str]


def main() -> None:
    """Print precision and recall in all, by way and by layer, and the baseline's."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=GOLD)
    parser.add_argument("--half", choices=("open", "held"), help="default: both")
    parser.add_argument("--json", action="store_true", help="print JSON (the default too)")
    parser.add_argument("--errors", action="store_true", help="print what is missed and wrong")
    options = parser.parse_args()
    versions = list(read(options.data, options.half))
    copies = find_copies(one.document for one in versions)
    result: dict[str, object] = {"documents": len(versions)}
    result |= in_all(versions, copies)
    ways = by_way(versions)
    result["one_way_alone_recall"] = round(ratio(sum(ways.values()), len(ways)), 3)
    result["by_way_recall"] = ways
    result["by_layer"] = by_layer(versions, copies)
    result["jaccard_half_recall"] = baseline(versions)
    print(json.dumps(result, indent=2))
    if options.errors and not options.json:
        show(versions, copies)


def half_of(name: str) -> str:
    """Return the half, open or held, to which a name falls by its digest."""
    return "held" if sha256(name.encode()).digest()[-1] % 2 else "open"


def read(folder: Path, half: str | None = None) -> Iterator[Version]:
    """Yield the documents of a folder and what is made of them."""
    padding = yaml.safe_load((folder / "padding.yaml").read_text("utf-8"))
    own = iter(zip(padding[::2], padding[1::2], strict=False))
    for path in sorted(folder.glob("happenings*.yaml")):
        for happening in yaml.safe_load(path.read_text("utf-8")):
            paragraphs = next(own)
            if half is None or half_of(happening["id"]) == half:
                yield from _versions(happening, paragraphs)


def _versions(happening: dict[str, object], padding: Sequence[str]) -> Iterator[Version]:
    name, wire, own = happening["id"], happening["wire"], happening["own"]
    assert isinstance(name, str) and isinstance(wire, dict) and isinstance(own, list)
    yield _version(wire, "wire", {f"{name} wire"})
    for number, row in enumerate(own):
        yield _version(row, "own", {f"{name} own {number}"})
    restated = happening["restated"]
    assert isinstance(restated, dict)
    yield _version(restated, "restated", {f"{name} wire"})
    for way in HARDER:
        text = WAYS[way](restated["text"], random.Random(f"{name} restated {way}"), padding)
        row = restated | {"outlet": f"The {way.title()} Echo", "text": text}
        yield _version(row, f"restated, then {way}", {f"{name} wire"})
    after = wire["published"] + timedelta(days=1)
    for way, rewrite in WAYS.items():
        text = rewrite(wire["text"], random.Random(f"{name} {way}"), padding)
        row = {"outlet": f"The {way.title()} Post", "published": after, "text": text}
        yield _version(row, way, {f"{name} wire"})
    later = max(row["published"] for row in own) + timedelta(days=1)
    text = merge(wire["text"], own[0]["text"])
    row = {"outlet": "The Merged Mail", "published": later, "text": text}
    yield _version(row, "merged", {f"{name} wire", f"{name} own 0"})


def _version(row: object, way: str, made_of: set[str]) -> Version:
    assert isinstance(row, dict)
    text, outlets, day = row["text"], (row["outlet"],), row["published"]
    assert isinstance(text, str) and isinstance(day, date)
    identifier = document_id(text, url=None, outlets=outlets, published=day)
    document = Document(id=identifier, key=way, text=text, outlets=outlets, published=day)
    return Version(document, way, frozenset(made_of))


def together(some: Version, other: Version, copies: Copies) -> bool:
    """Tell whether two documents share an origin by the copies found."""
    groups = [set(copies.groups_of(one.document.id)) for one in (some, other)]
    return bool(groups[0] & groups[1])


def in_all(versions: Sequence[Version], copies: Copies) -> dict[str, float]:
    """Return precision and recall over all pairs, and over those with the agency's report."""
    gold = found = right = 0
    with_wire = with_wire_found = 0
    for some, other in combinations(versions, 2):
        true, told = bool(some.made_of & other.made_of), together(some, other, copies)
        gold, found, right = gold + true, found + told, right + (true and told)
        if true and "wire" in (some.way, other.way):
            with_wire, with_wire_found = with_wire + 1, with_wire_found + told
    return {
        "pairs": gold,
        "precision": round(ratio(right, found), 3),
        "recall": round(ratio(right, gold), 3),
        "copy_and_original_recall": round(ratio(with_wire_found, with_wire), 3),
    }


def by_way(versions: Sequence[Version]) -> dict[str, float]:
    """Return, for each way of rewriting, the share of copies that are known for what they are.

    The copies of one way are compared with the reports alone: no other copy can be the link.
    """
    wires = {next(iter(one.made_of)): one for one in versions if one.way in ("wire", "own")}
    known: dict[str, float] = {}
    for way in dict.fromkeys(one.way for one in versions if one.way not in ("wire", "own")):
        made = [one for one in versions if one.way == way]
        copies = find_copies(one.document for one in (*wires.values(), *made))
        pairs = [(one, wires[report]) for one in made for report in sorted(one.made_of)]
        known[way] = round(ratio(sum(together(*pair, copies) for pair in pairs), len(pairs)), 3)
    return known


def by_layer(versions: Sequence[Version], copies: Copies) -> dict[str, dict[str, float]]:
    """Return precision of each layer, and its recall of the pairs of a copy and its original."""
    known = {one.document.id: one for one in versions}
    made = sum(len(one.made_of) for one in versions if one.way not in ("wire", "own"))
    pairs: Counter[str] = Counter()
    right: Counter[str] = Counter()
    originals: Counter[str] = Counter()
    for late, listed in copies.evidence.items():
        for evidence in listed:
            some, other = known[late], known[evidence.document_id]
            pairs[evidence.kind] += 1
            if some.made_of & other.made_of:
                right[evidence.kind] += 1
                originals[evidence.kind] += "wire" in (some.way, other.way) or "own" in (
                    some.way,
                    other.way,
                )
    return {
        kind: {
            "pairs": pairs[kind],
            "precision": round(ratio(right[kind], pairs[kind]), 3),
            "recall": round(ratio(originals[kind], made), 3),
        }
        for kind in sorted(pairs)
    }


def baseline(versions: Sequence[Version]) -> float:
    """Return the recall of a Jaccard of 0.5 of three-word runs, copy against original."""
    wires = {next(iter(one.made_of)): one for one in versions if one.way in ("wire", "own")}
    likenesses = [
        jaccard(one.document.text, wires[report].document.text)
        for one in versions
        if one.way not in ("wire", "own")
        for report in one.made_of
    ]
    return round(ratio(sum(one >= 0.5 for one in likenesses), len(likenesses)), 3)


def jaccard(some: str, other: str) -> float:
    """Return the Jaccard similarity of the three-word runs of two texts."""
    sets = []
    for text in (some, other):
        words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
        sets.append(set(zip(words, words[1:], words[2:], strict=False)))
    return ratio(len(sets[0] & sets[1]), len(sets[0] | sets[1]))


def show(versions: Sequence[Version], copies: Copies) -> None:
    """Print pairs that were missed and that were joined by mistake."""
    for some, other in combinations(versions, 2):
        true, told = bool(some.made_of & other.made_of), together(some, other, copies)
        if true != told:
            names = (f"{one.way} of {', '.join(sorted(one.made_of))}" for one in (some, other))
            print("MISSED" if true else "WRONG", " | ".join(names))


if __name__ == "__main__":
    main()

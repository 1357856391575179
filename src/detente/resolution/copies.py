"""Which documents repeat another: containment of word shingles, and explicit credit.

Containment, not Jaccard: a shortened wire report shares nearly all of its own shingles with the
original but few of the original's with it (NEWS-COPY, Silcock et al., ICLR 2023: true pairs average
a Jaccard of 0.3). The index is exact; every document is compared with all that share a shingle.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from detente.model import CopyEvidence, Document

__all__ = ["Copies", "containment", "find_copies", "shingles"]

SHINGLE = 5
# Half of the shorter document's shingles: re-issued articles of one outlet contain 0.50 to 0.99 of
# each other, while their Jaccard similarity goes down to 0.12.
CONTAINED = 0.5
# Fewer shared shingles than this prove nothing: eight words are a common phrase or a name.
FEWEST_SHARED = 6
# A shingle that this many documents share is a formula ("said in a statement on Monday").
COMMON = 60

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies found among documents.

    Attributes:
        group: for each document id, the id of its group's first document.
        evidence: for each document that repeats another, why.
    """

    group: Mapping[str, str]
    evidence: Mapping[str, tuple[CopyEvidence, ...]]

    def original_of(self, document_id: str) -> str | None:
        """Return the document that this one repeats, or None."""
        first = self.group.get(document_id, document_id)
        return None if first == document_id else first


def shingles(text: str) -> frozenset[int]:
    """Return the hashes of all runs of five words of a text, letter case ignored."""
    words = _WORD.findall(text.casefold())
    if len(words) < SHINGLE:
        return frozenset()
    # hash() of a string differs between processes; the hashes never leave this one
    return frozenset(hash(tuple(words[i : i + SHINGLE])) for i in range(len(words) - SHINGLE + 1))


def containment(some: frozenset[int], others: frozenset[int]) -> float:
    """Return the share of the smaller set that lies in the larger, 0 to 1."""
    smaller = min(len(some), len(others))
    return len(some & others) / smaller if smaller else 0.0


def find_copies(documents: Iterable[Document]) -> Copies:
    """Find documents that repeat others.

    The first of a group is the earliest published; of one day, the longest; then the lowest id.

    Args:
        documents: the documents.

    Returns:
        The groups, and for each repeating document the evidence.
    """
    sets: dict[str, frozenset[int]] = {}
    order: dict[str, tuple[date, int, str]] = {}
    for document in documents:
        sets[document.id] = shingles(document.text)
        order[document.id] = (document.published or date.max, -len(document.text), document.id)
    pairs = _pairs(sets)
    parent = {identifier: identifier for identifier in sets}

    def root(identifier: str) -> str:
        while parent[identifier] != identifier:
            parent[identifier] = parent[parent[identifier]]
            identifier = parent[identifier]
        return identifier

    evidence: dict[str, list[CopyEvidence]] = defaultdict(list)
    for some, other, share in sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1])):
        early, late = sorted((some, other), key=order.__getitem__)
        first, second = root(early), root(late)
        if first != second:
            keep, join = sorted((first, second), key=order.__getitem__)
            parent[join] = keep
        kind = "same text" if share > 0.98 else "containment"
        detail = f"{round(share * 100)} % of the shorter text's five-word runs are in both"
        evidence[late].append(
            CopyEvidence(kind=kind, document_id=early, value=round(share, 3), detail=detail)
        )
    return Copies(
        group={identifier: root(identifier) for identifier in sets},
        evidence={key: tuple(found) for key, found in evidence.items()},
    )


def _pairs(sets: Mapping[str, frozenset[int]]) -> list[tuple[str, str, float]]:
    holders: dict[int, list[str]] = defaultdict(list)
    for identifier in sorted(sets):
        for shingle in sets[identifier]:
            holders[shingle].append(identifier)
    shared: Counter[tuple[str, str]] = Counter()
    for listed in holders.values():
        if 1 < len(listed) <= COMMON:
            shared.update(_each_pair(listed))
    found = []
    for (some, other), count in shared.items():
        if count >= FEWEST_SHARED:
            share = containment(sets[some], sets[other])
            if share >= CONTAINED:
                found.append((some, other, share))
    return found


def _each_pair(listed: Sequence[str]) -> Iterable[tuple[str, str]]:
    for i, some in enumerate(listed):
        for other in listed[i + 1 :]:
            yield some, other

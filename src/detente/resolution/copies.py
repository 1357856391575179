"""Which documents repeat another, and where a text has two originals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from detente.model import Claim, CopyEvidence, Document, Segment
from detente.resolution.candidates import pairs_that_share
from detente.resolution.layers import FEWEST_SHARED, Compared, Layers, address, prepare

__all__ = ["Copies", "find_copies"]

# Of the parts that a document shares with two others, less than this in common: two originals.
_APART = 0.2
# A document that has this much of another's text is no part of it but the same again.
_WHOLE = 0.7

# A pair that shares fewer runs of three words, or less of the shorter text, is not looked at.
_WORTH = 4
_WORTH_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies found among documents.

    Attributes:
        groups: for each document id, the first documents of the groups that it belongs to: one,
            or several for a text that was made of several.
        evidence: for each document that repeats another, why; of the closest first.
    """

    groups: Mapping[str, tuple[str, ...]]
    evidence: Mapping[str, tuple[CopyEvidence, ...]]

    def groups_of(self, document_id: str) -> tuple[str, ...]:
        """Return the first documents of the groups of a document; itself where it is alone."""
        return self.groups.get(document_id, (document_id,))

    def original_of(self, document_id: str) -> str | None:
        """Return the document that this one repeats, or None."""
        first = self.groups_of(document_id)[0]
        return None if first == document_id else first


# A pair of indices, the earlier first, with the layers that hold for it.
_Links = dict[tuple[int, int], tuple[CopyEvidence, ...]]


def find_copies(
    documents: Iterable[Document],
    claims: Iterable[Claim] = (),
    segments: Mapping[str, Sequence[Segment]] | None = None,
) -> Copies:
    """Find documents that repeat others.

    The first of a group is the earliest published; of one day, the longest; then the lowest id.

    Args:
        documents: the documents.
        claims: their claims, which tell whose words a quotation is.
        segments: their segments, by id of the document: what is no report is not compared.

    Returns:
        The groups, and for each repeating document the evidence of every layer.
    """
    listed = prepare(documents, claims, segments or {})
    layers = Layers(listed)
    links = {
        (early, late): found
        for early, late in _candidates(listed)
        if (found := tuple(layers.evidence(listed[early], listed[late])))
    }
    evidence: dict[str, list[tuple[CopyEvidence, ...]]] = defaultdict(list)
    for (_, late), found in sorted(links.items()):
        evidence[listed[late].document.id].append(found)
    return Copies(
        groups=_groups(listed, links),
        evidence={
            key: tuple(one for pair in sorted(pairs, key=_closeness) for one in pair)
            for key, pairs in evidence.items()
        },
    )


def _candidates(listed: Sequence[Compared]) -> list[tuple[int, int]]:
    pairs = set(pairs_that_share([one.short for one in listed], _WORTH, share=_WORTH_SHARE))
    pairs.update(pairs_that_share([one.long for one in listed], FEWEST_SHARED, share=_WORTH_SHARE))
    same: dict[str, int] = {}
    for index, one in enumerate(listed):
        if one.document.url:
            first = same.setdefault(address(one.document.url), index)
            if first != index:
                pairs.add((first, index))
    return sorted(pairs)


_CLOSEST = ("same address", "same text", "containment", "common run", "rewording", "restated")


def _closeness(found: tuple[CopyEvidence, ...]) -> tuple[int, float, str]:
    first = found[0]
    rank = _CLOSEST.index(first.kind) if first.kind in _CLOSEST else len(_CLOSEST)
    return rank, -first.value, first.document_id


# --- groups ------------------------------------------------------------------------------------


def _groups(listed: Sequence[Compared], links: _Links) -> dict[str, tuple[str, ...]]:
    """Return the first documents of each document's groups.

    A document that joins two texts which have nothing in common does not make them one: it belongs
    to both groups, and to none of its own.
    """
    linked: dict[int, set[int]] = defaultdict(set)
    for early, late in links:
        linked[early].add(late)
        linked[late].add(early)
    made_of = {index: parts for index in linked if len(parts := _parts(index, listed, linked)) > 1}
    parent = list(range(len(listed)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for early, late in sorted(links):
        if late not in made_of:
            first, second = sorted((root(early), root(late)))
            parent[second] = first
    found = {}
    for index, one in enumerate(listed):
        roots = {root(part[0]) for part in made_of[index]} if index in made_of else {root(index)}
        found[one.document.id] = tuple(listed[first].document.id for first in sorted(roots))
    return found


def _parts(
    index: int, listed: Sequence[Compared], linked: Mapping[int, set[int]]
) -> list[list[int]]:
    """Return the earlier texts that a document takes from, grouped by what they share.

    Only what was surely published before counts: of a text and two halves of it on one day, the
    text may be the original.
    """
    own = listed[index]
    day = own.document.published
    parts: list[tuple[list[int], set[int]]] = []
    for other in sorted(linked[index]):
        before = listed[other].document.published
        if day is None or before is None or before >= day:
            continue
        common = set(own.short.tolist()) & set(listed[other].short.tolist())
        if not common or len(common) >= _WHOLE * len(own.short):
            continue
        near = [
            part
            for part in parts
            if linked[other] & set(part[0])
            or len(common & part[1]) >= _APART * min(len(common), len(part[1]))
        ]
        merged = ([other], common)
        for part in near:
            merged = (part[0] + merged[0], part[1] | merged[1])
            parts.remove(part)
        parts.append(merged)
    return [members for members, _ in parts]

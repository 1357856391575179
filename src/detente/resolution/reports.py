"""Reports of an event, and how many independent origins they have.

Independence has four states (demonstrated, unresolved, dependent, same origin). Dependent and
same-origin reports count once, in both bounds. The lower bound adds a further origin only where
independence is demonstrated: another named source at the end of the chain. What is unresolved is
in the upper bound alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from detente.model import (
    Claim,
    CopyEvidence,
    Document,
    Origins,
    Report,
    SegmentKind,
    SourceKind,
    digest,
)
from detente.model.document import Segment
from detente.resolution.actors import fold
from detente.resolution.copies import Copies
from detente.resolution.events import Gathered

__all__ = ["Families", "reports_of", "terminal_source"]

# From an outlet as the input names it ("AFP via Business Standard") to the names behind it.
Families = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Account:
    """One document's account of the event."""

    document: Document
    claims: tuple[Claim, ...]
    families: tuple[str, ...]
    credits: frozenset[str]
    source: str | None


def terminal_source(claims: Sequence[Claim]) -> str | None:
    """Return who first said it, where all claims of a document lead to one named source."""
    found = set()
    for claim in claims:
        inner = claim.attributions[-1].source if claim.attributions else None
        if inner is None or not inner.named or inner.kind is SourceKind.OUTLET:
            return None
        found.add(fold(inner.name or inner.span.text))
    return found.pop() if len(found) == 1 else None


def reports_of(
    gathered: Gathered,
    event_id: str,
    documents: Mapping[str, Document],
    segments: Mapping[str, tuple[Segment, ...]],
    copies: Copies,
    *,
    families: Families,
) -> tuple[tuple[Report, ...], Origins]:
    """Return the reports of an event and its origins.

    Args:
        gathered: the event's claims.
        event_id: its id.
        documents: the documents, by id.
        segments: the segments of each document, by id.
        copies: the copies among the documents.
        families: names behind an outlet's name.
    """
    accounts = _accounts(gathered, documents, segments, families)
    groups = _Groups()
    evidence: dict[str, list[CopyEvidence]] = defaultdict(list)
    _join_copies(accounts, copies, groups, evidence)
    _join_families(accounts, groups, evidence)
    _join_credits(accounts, groups, evidence)
    _join_sources(accounts, groups, evidence)
    reports = []
    for account in accounts:
        document = account.document
        reports.append(
            Report(
                id=digest("report", event_id, document.id),
                event_id=event_id,
                document_id=document.id,
                outlets=document.outlets,
                published=document.published,
                claim_ids=tuple(claim.id for claim in account.claims),
                origin=digest("origin", groups.root(_nodes(account)[0])),
                copy_of=_copied(copies, account, accounts),
                evidence=tuple(evidence[document.id]),
            )
        )
    affirming = {one.claim.id for one in gathered.claims}
    counted = [a for a in accounts if not affirming or affirming & {c.id for c in a.claims}]
    return tuple(reports), _origins(counted, groups)


def _accounts(
    gathered: Gathered,
    documents: Mapping[str, Document],
    segments: Mapping[str, tuple[Segment, ...]],
    families: Families,
) -> list[_Account]:
    claims: dict[str, list[Claim]] = defaultdict(list)
    for one in (*gathered.claims, *gathered.denials):
        claims[one.claim.document_id].append(one.claim)
    accounts = []
    for identifier, listed in claims.items():
        document = documents[identifier]
        listed.sort(key=lambda claim: (claim.anchor.start, claim.id))
        names = {fold(name) for outlet in document.outlets for name in families(outlet)}
        marked = {
            fold(segment.outlet)
            for segment in segments.get(identifier, ())
            if segment.outlet and segment.kind is not SegmentKind.COMMENT
        }
        accounts.append(
            _Account(
                document=document,
                claims=tuple(listed),
                families=tuple(sorted(names)) or ("?" + identifier,),
                credits=frozenset(marked),
                source=terminal_source(listed),
            )
        )
    # the earliest report founds an origin
    accounts.sort(key=lambda a: (str(a.document.published or "9999"), a.document.id))
    return accounts


_Node = tuple[str, str]


def _nodes(account: _Account) -> list[_Node]:
    return [(account.document.id, family) for family in account.families]


class _Groups:
    """Disjoint sets of (document, outlet) nodes."""

    def __init__(self) -> None:
        self._parent: dict[_Node, _Node] = {}

    def root(self, node: _Node) -> _Node:
        self._parent.setdefault(node, node)
        while self._parent[node] != node:
            node = self._parent[node]
        return node

    def join(self, some: _Node, other: _Node) -> None:
        first, second = sorted((self.root(some), self.root(other)))
        self._parent[second] = first


Evidence = dict[str, list[CopyEvidence]]


def _note(evidence: Evidence, account: _Account, earlier: _Account, kind: str, detail: str) -> None:
    """Write down why a document shares its origin with an earlier one."""
    found = CopyEvidence(kind=kind, document_id=earlier.document.id, value=1.0, detail=detail)
    evidence[account.document.id].append(found)


def _join_copies(
    accounts: Sequence[_Account], copies: Copies, groups: _Groups, evidence: Evidence
) -> None:
    first: dict[str, _Account] = {}
    for account in accounts:
        group = copies.group.get(account.document.id, account.document.id)
        earlier = first.setdefault(group, account)
        if earlier is not account:
            for node in (*_nodes(account), *_nodes(earlier)):
                groups.join(_nodes(earlier)[0], node)
            known = copies.evidence.get(account.document.id, ())
            evidence[account.document.id] += known[:3]


def _join_families(accounts: Sequence[_Account], groups: _Groups, evidence: Evidence) -> None:
    first: dict[str, _Account] = {}
    for account in accounts:
        for family in account.families:
            earlier = first.setdefault(family, account)
            if earlier is not account:
                groups.join((earlier.document.id, family), (account.document.id, family))
                _note(evidence, account, earlier, "same outlet", f"both rest on {family}")


def _join_credits(accounts: Sequence[_Account], groups: _Groups, evidence: Evidence) -> None:
    """Join a document with the outlet that it has the story from, and with all that credit it."""
    known = {name for account in accounts for name in (*account.families, *account.credits)}
    first: dict[str, _Account] = {}
    for account in accounts:
        for family in account.families:
            first.setdefault(family, account)
    for account in accounts:
        own = set(account.families)
        text = fold(account.document.text)
        lines = {name for name in known - own if _credit_line(text, name)}
        for name in sorted((account.credits | _relayed(account) | lines) - own):
            earlier = first.setdefault(name, account)
            if earlier is account:
                continue
            node = (earlier.document.id, name) if name in earlier.families else _nodes(earlier)[0]
            for other in _nodes(account):
                groups.join(node, other)
            _note(
                evidence,
                account,
                earlier,
                "credit",
                f"credits {name}, as the other report does or is by it",
            )


def _relayed(account: _Account) -> set[str]:
    """Return the outlets in the chains of a document's claims, folded."""
    return {
        fold(link.source.name or link.source.span.text)
        for claim in account.claims
        for link in claim.attributions
        if link.source and link.source.kind is SourceKind.OUTLET
    }


def _credit_line(text: str, name: str) -> bool:
    """Find "(Reuters)", "Reporting by Reuters", "Source: Reuters" and the like.

    Args:
        text: the text of a document, folded.
        name: an outlet's name, folded.
    """
    before = (
        r"(?:\(|source:? |credit:? |courtesy of |material from |reporting by |reported by |via )"
    )
    return re.search(before + re.escape(name) + r"\b", text) is not None


def _join_sources(accounts: Sequence[_Account], groups: _Groups, evidence: Evidence) -> None:
    first: dict[str, _Account] = {}
    for account in accounts:
        if account.source is None:
            continue
        earlier = first.setdefault(account.source, account)
        if earlier is not account:
            for node in (*_nodes(account), *_nodes(earlier)):
                groups.join(_nodes(earlier)[0], node)
            _note(evidence, account, earlier, "same source", f"both lead to {account.source}")


def _copied(copies: Copies, account: _Account, accounts: Sequence[_Account]) -> str | None:
    original = copies.original_of(account.document.id)
    present = {one.document.id for one in accounts}
    return original if original in present else None


def _origins(accounts: Sequence[_Account], groups: _Groups) -> Origins:
    roots = {groups.root(node) for account in accounts for node in _nodes(account)}
    sourced = {groups.root(_nodes(a)[0]) for a in accounts if a.source is not None}
    highest = len(roots)
    lowest = min(highest, max(1, len(sourced)))
    outlets = {family for account in accounts for family in account.families}
    reasons = []
    if highest < len(outlets) or highest < len(accounts):
        reasons.append(
            f"{len(accounts)} reports and {len(outlets)} outlets fall into {highest} "
            "groups that share text, credit, outlet or source"
        )
    if lowest < highest:
        reasons.append(
            f"independence is demonstrated for {lowest}; for the others it is unresolved"
        )
    if len(sourced) > 1:
        reasons.append(f"{len(sourced)} groups end in different named sources")
    return Origins(min=lowest, max=highest, reasons=tuple(reasons))

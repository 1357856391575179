"""Reports of an event, and how many independent origins they have.

Independence has four states. Dependent reports (copies, relays) and reports of the same origin (one
outlet or owner, one source at the end of the chain) count once, in both bounds. The lower bound
adds a further origin only where independence is demonstrated: another party at the end of the
chain, or people of its own there. What is unresolved is in the upper bound alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from detente.model import (
    CopyEvidence,
    Document,
    Independence,
    Origins,
    Report,
    digest,
)
from detente.model.document import Segment
from detente.resolution.accounts import Account, Outlets, accounts_of
from detente.resolution.copies import Copies
from detente.resolution.dated import is_withdrawn
from detente.resolution.events import Gathered

__all__ = ["reports_of"]

# Of the documents that one repeats, so many are told.
_TOLD = 3


def reports_of(
    gathered: Gathered,
    event_id: str,
    documents: Mapping[str, Document],
    segments: Mapping[str, tuple[Segment, ...]],
    copies: Copies,
    *,
    outlets: Outlets,
) -> tuple[tuple[Report, ...], Origins]:
    """Return the reports of an event and its origins.

    Args:
        gathered: the event's claims.
        event_id: its id.
        documents: the documents, by id.
        segments: the segments of each document, by id.
        copies: the copies among the documents.
        outlets: what is known of outlets.
    """
    accounts = accounts_of(gathered, documents, segments, outlets)
    links = _Links(copies)
    links.join_copies(accounts)
    links.join_families(accounts)
    links.join_owners(accounts, outlets)
    links.join_credits(accounts)
    links.join_sources(accounts)
    links.join_errors(accounts)
    affirming = {one.claim.id for one in gathered.claims}
    withdrawn = _withdrawn(accounts, links)
    counted = [
        account
        for account in accounts
        if not affirming
        or (
            affirming & {claim.id for claim in account.claims}
            and account.document.id not in withdrawn
        )
    ]
    count = _Count(counted, links)
    reports = []
    for account in accounts:
        document = account.document
        state, reason = count.independence(account)
        reports.append(
            Report(
                id=digest("report", event_id, document.id),
                event_id=event_id,
                document_id=document.id,
                outlets=document.outlets,
                published=document.published,
                claim_ids=tuple(claim.id for claim in account.claims),
                origin=digest("origin", links.root(account.nodes[0])),
                copy_of=links.originals.get(document.id),
                evidence=tuple(links.evidence[document.id]),
                independence=state,
                reason=reason,
                withdrawn_by=withdrawn.get(document.id),
            )
        )
    return tuple(reports), count.origins()


_Node = tuple[str, str]


class _Links:
    """What ties reports to one another: disjoint sets of (document, outlet) nodes, with evidence.

    Args:
        copies: the copies among the documents.
    """

    def __init__(self, copies: Copies) -> None:
        self.evidence: dict[str, list[CopyEvidence]] = defaultdict(list)
        self.originals: dict[str, str] = {}
        self.made_of_others: set[str] = set()
        self._copies = copies
        self._parent: dict[_Node, _Node] = {}

    def root(self, node: _Node) -> _Node:
        """Return the node that stands for the origin of a node."""
        self._parent.setdefault(node, node)
        while self._parent[node] != node:
            node = self._parent[node]
        return node

    def _join(self, some: _Node, other: _Node) -> None:
        first, second = sorted((self.root(some), self.root(other)))
        self._parent[second] = first

    def _join_all(self, account: Account, earlier: Account) -> None:
        for node in (*account.nodes, *earlier.nodes):
            self._join(earlier.nodes[0], node)

    def _note(self, account: Account, earlier: Account, kind: str, detail: str) -> None:
        """Write down why a document shares its origin with an earlier one."""
        found = CopyEvidence(kind=kind, document_id=earlier.document.id, value=1.0, detail=detail)
        self.evidence[account.document.id].append(found)

    def join_copies(self, accounts: Sequence[Account]) -> None:
        """Join what repeats a text; what is made of several texts counts for none of its own."""
        first: dict[str, Account] = {}
        present = {account.document.id for account in accounts}
        for account in accounts:
            identifier = account.document.id
            groups = self._copies.groups_of(identifier)
            known = [first[group] for group in groups if group in first]
            for group in groups:
                first.setdefault(group, account)
            if not known:
                continue
            self._join_all(account, known[0])
            if len(known) > 1:
                self.made_of_others.add(identifier)
            told = [one.document_id for one in self._copies.evidence.get(identifier, ())]
            kept = [*dict.fromkeys(one for one in told if one in present)][:_TOLD]
            self.evidence[identifier] += [
                one for one in self._copies.evidence.get(identifier, ()) if one.document_id in kept
            ]
            original = self._copies.original_of(identifier)
            self.originals[identifier] = (
                original if original in present and original else known[0].document.id
            )

    def join_families(self, accounts: Sequence[Account]) -> None:
        """Join what one outlet wrote or carried."""
        first: dict[str, Account] = {}
        for account in accounts:
            if account.document.id in self.made_of_others:
                continue
            for family in account.families:
                earlier = first.setdefault(family, account)
                if earlier is not account:
                    self._join((earlier.document.id, family), (account.document.id, family))
                    self._note(account, earlier, "same outlet", f"both rest on {family}")

    def join_owners(self, accounts: Sequence[Account], outlets: Outlets) -> None:
        """Join the outlets of one owner: what passes between them cannot be seen from outside."""
        first: dict[str, tuple[Account, str]] = {}
        for account in accounts:
            for family in account.families:
                owner = outlets.owner(family)
                if owner is None:
                    continue
                earlier, name = first.setdefault(owner, (account, family))
                if name != family:
                    self._join((earlier.document.id, name), (account.document.id, family))
                    if earlier is not account:
                        words = f"{name} and {family} belong to one owner: {owner}"
                        self._note(account, earlier, "same owner", words)

    def join_credits(self, accounts: Sequence[Account]) -> None:
        """Join a document with the outlet that it credits, and with all that credit it."""
        first: dict[str, Account] = {}
        known: set[str] = set()
        for account in accounts:
            known |= account.credits | set(account.families)
            for family in account.families:
                first.setdefault(family, account)
        for account in accounts:
            if account.document.id in self.made_of_others:
                continue
            credited = account.credits | (account.lines & known)
            for name in sorted(credited - set(account.families)):
                earlier = first.setdefault(name, account)
                if earlier is account:
                    continue
                own = name in earlier.families
                node = (earlier.document.id, name) if own else earlier.nodes[0]
                for other in account.nodes:
                    self._join(node, other)
                words = f"credits {name}, as the other report does or is by it"
                self._note(account, earlier, "credit", words)

    def join_sources(self, accounts: Sequence[Account]) -> None:
        """Join what leads to one named source."""
        first: dict[str, Account] = {}
        for account in accounts:
            if account.source is None:
                continue
            earlier = first.setdefault(account.source, account)
            if earlier is not account:
                self._join_all(account, earlier)
                self._note(account, earlier, "same source", f"both lead to {account.source}")

    def join_errors(self, accounts: Sequence[Account]) -> None:
        """Join what gives a number that most others contradict.

        False values in common are the strongest evidence of copying: X. L. Dong, L. Berti-Equille
        and D. Srivastava, "Integrating Conflicting Data" (VLDB 2009).
        """
        given: dict[str, dict[int, list[Account]]] = defaultdict(lambda: defaultdict(list))
        for account in accounts:
            for kind, number in sorted(account.numbers):
                given[kind][number].append(account)
        for kind, values in given.items():
            origins = {
                number: {self.root(one.nodes[0]) for one in told} for number, told in values.items()
            }
            held = max(values, key=lambda number: (len(origins[number]), number))
            for number, (earlier, *others) in values.items():
                if number == held or len(origins[held]) <= len(origins[number]):
                    continue
                for account in others:
                    self._join_all(account, earlier)
                    words = f"both give {number} {kind}, where most others give {held}"
                    self._note(account, earlier, "same error", words)


# What shows that a report was taken from another; the other kinds show one origin behind both.
_TAKEN = frozenset(
    (
        "same address",
        "same text",
        "containment",
        "common run",
        "rewording",
        "restated",
        "same quotations",
        "same numbers",
        "credit",
        "same error",
    )
)


def _withdrawn(accounts: Sequence[Account], links: _Links) -> dict[str, str]:
    """Return the documents that their outlet took back, each with the document in which it did.

    What was taken from such a report is taken back with it. A document that carries the note is
    the mended one and stays.
    """
    notes = [one for one in accounts if any(is_withdrawn(claim) for claim in one.claims)]
    found: dict[str, str] = {}
    for note in notes:
        for account in accounts:
            early, late = account.document.published, note.document.published
            if account in notes or early is None or late is None or early > late:
                continue
            taken = (
                found.get(one.document_id)
                for one in links.evidence[account.document.id]
                if one.kind in _TAKEN
            )
            if set(account.families) & set(note.families):
                found[account.document.id] = note.document.id
            elif by := next(filter(None, taken), None):
                found[account.document.id] = by
    return found


def _groups(count: int) -> str:
    return "one group" if count == 1 else f"{count} groups"


class _Count:
    """The origins of the reports that affirm an event.

    Args:
        accounts: the reports that affirm it.
        links: what ties them to one another.
    """

    def __init__(self, accounts: Sequence[Account], links: _Links) -> None:
        self._links = links
        whole = [one for one in accounts if one.document.id not in links.made_of_others]
        self._accounts = whole or list(accounts)
        self._told = accounts
        self._ways: dict[_Node, list[str]] = defaultdict(list)
        for account in self._accounts:
            for node in account.nodes:
                self._ways.setdefault(links.root(node), [])
            if account.access:
                self._ways[links.root(account.nodes[0])].append(account.access)
        self._shown = self._demonstrated()

    def _demonstrated(self) -> dict[_Node, str]:
        """Return the origins that end in different parties, each with that party."""
        taken: dict[_Node, str] = {}
        for root, ways in sorted(self._ways.items(), key=lambda item: (len(item[1]), item[0])):
            free = [way for way in sorted(set(ways)) if way not in taken.values()]
            if free:
                taken[root] = free[0]
        return taken if len(taken) > 1 else {}

    def independence(self, account: Account) -> tuple[Independence, str]:
        """Return the state of a report against the earlier ones, and why."""
        evidence = self._links.evidence[account.document.id]
        if taken := [one for one in evidence if one.kind in _TAKEN]:
            return Independence.DEPENDENT, f"{taken[0].kind}: {taken[0].detail}"
        if evidence:
            return Independence.SAME_ORIGIN, f"{evidence[0].kind}: {evidence[0].detail}"
        if account.document.id not in {one.document.id for one in self._told}:
            return Independence.UNRESOLVED, "it is not among the reports that count for the event"
        way = self._shown.get(self._links.root(account.nodes[0]))
        if way is not None:
            return (
                Independence.DEMONSTRATED,
                f"nothing ties it to an earlier report, and it ends in {way}",
            )
        if len(self._told) < 2:
            return Independence.UNRESOLVED, "there is no other report to compare it with"
        return (
            Independence.UNRESOLVED,
            "nothing ties it to an earlier report, and nothing excludes a tie",
        )

    def origins(self) -> Origins:
        """Return the interval with its reasons."""
        highest = len(self._ways)
        if not highest:
            return Origins(min=0, max=0, reasons=("its outlets have withdrawn all reports of it",))
        lowest = min(highest, max(1, len(self._shown)))
        outlets = {family for account in self._told for family in account.families}
        reasons = []
        if highest < len(outlets) or highest < len(self._told):
            kinds = {
                one.kind
                for account in self._told
                for one in self._links.evidence[account.document.id]
            }
            by = f" ({', '.join(sorted(kinds))})" if kinds else ""
            reasons.append(
                f"{len(self._told)} reports and {len(outlets)} outlets fall into "
                f"{_groups(highest)} by shared text, credit, outlet, owner or source{by}"
            )
        if lowest < highest:
            reasons.append(
                f"independence is demonstrated for {lowest}; for the others it is unresolved"
            )
        if self._shown:
            ends = "; ".join(sorted(self._shown.values()))
            reasons.append(f"{len(self._shown)} groups end in different parties: {ends}")
        return Origins(min=lowest, max=highest, reasons=tuple(reasons))

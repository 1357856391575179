"""One document's account of an event: whose it is, whom it credits, in whom it ends."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.model import Claim, Document, SegmentKind, Source, SourceKind
from detente.model.document import Segment
from detente.resolution.actors import fold
from detente.resolution.dated import is_planned, says_not
from detente.resolution.events import Gathered

__all__ = ["Account", "Outlets", "accounts_of", "terminal_source"]


def _as_written(credit: str) -> tuple[str, ...]:
    return (credit,)


def _unknown(_name: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Outlets:
    """What is known of outlets.

    Attributes:
        names: from an outlet as the input names it ("AFP via Business Standard") to the names
            behind it, each in its one form.
        owner: the owner of an outlet by its name; None where unknown.
    """

    names: Callable[[str], tuple[str, ...]] = _as_written
    owner: Callable[[str], str | None] = _unknown


@dataclass(frozen=True, slots=True)
class Account:
    """One document's account of the event.

    Attributes:
        document: the document.
        claims: its claims about the event, in text order.
        families: the outlets that wrote or carried it.
        credits: the outlets that it has the story from: of its dateline, byline and chains.
        lines: names that stand where credits stand; not all are outlets.
        source: who first said it, where all its claims lead to one named source.
        access: the party in which it ends, or that it had people of its own there; None where
            this is not told.
        numbers: how many it says were killed, injured and so on, where it gives one number.
    """

    document: Document
    claims: tuple[Claim, ...]
    families: tuple[str, ...]
    credits: frozenset[str]
    lines: frozenset[str]
    source: str | None
    access: str | None
    numbers: frozenset[tuple[str, int]]

    @property
    def nodes(self) -> list[tuple[str, str]]:
        """One node for each outlet of the document."""
        return [(self.document.id, family) for family in self.families]


def accounts_of(
    gathered: Gathered,
    documents: Mapping[str, Document],
    segments: Mapping[str, tuple[Segment, ...]],
    outlets: Outlets,
) -> list[Account]:
    """Return the accounts of an event, the earliest first.

    Args:
        gathered: the event's claims.
        documents: the documents, by id.
        segments: the segments of each document, by id.
        outlets: what is known of outlets.
    """
    claims: dict[str, list[Claim]] = defaultdict(list)
    for one in (*gathered.claims, *gathered.denials):
        claims[one.claim.document_id].append(one.claim)
    accounts = [
        _account(documents[identifier], listed, segments.get(identifier, ()), outlets)
        for identifier, listed in claims.items()
    ]
    accounts.sort(key=lambda a: (str(a.document.published or "9999"), a.document.id))
    return accounts


def _account(
    document: Document, claims: list[Claim], segments: Sequence[Segment], outlets: Outlets
) -> Account:
    claims.sort(key=lambda claim: (claim.anchor.start, claim.id))
    families = tuple(sorted({fold(n) for o in document.outlets for n in outlets.names(o)}))
    marked = {part.outlet for part in segments if part.kind is not SegmentKind.COMMENT}
    named = [*filter(None, marked), *_relayed(claims)]
    lines = _credit_lines(document.text)
    return Account(
        document=document,
        claims=tuple(claims),
        families=families or ("?" + document.id,),
        credits=frozenset(fold(name) for credit in named for name in outlets.names(credit)),
        lines=frozenset(fold(name) for line in lines for name in outlets.names(line)),
        source=terminal_source(claims),
        access=_access(document, claims, families),
        numbers=frozenset(_numbers(claims)),
    )


def _last_source(claim: Claim) -> Source | None:
    inner = claim.attributions[-1].source if claim.attributions else None
    return inner if inner and inner.named and inner.kind is not SourceKind.OUTLET else None


def terminal_source(claims: Sequence[Claim]) -> str | None:
    """Return who first said it, where all claims of a document lead to one named source."""
    found = set()
    for claim in claims:
        inner = _last_source(claim)
        if inner is None:
            return None
        found.add(fold(inner.name or inner.span.text))
    return found.pop() if len(found) == 1 else None


# Words by which an outlet says that it has people of its own there, or was told itself.
_OWN = re.compile(
    r"\b(?:our (?:own )?(?:\w+ )?(?:correspondent|reporter)s?"
    r"|told (?:this (?:news)?paper|our (?:correspondent|reporter)s?)"
    r"|(?:seen|obtained|reviewed) by this (?:news)?paper"
    r"|this (?:news)?paper (?:has|have) (?:seen|obtained|learn(?:ed|t))"
    r"|(?:reporter|correspondent)s? (?:of|for|from) this (?:news)?paper)\b"
)
_OWN_NAMED = (
    r"\b(?:told (?:the )?{0}|in an interview with (?:the )?{0}"
    r"|(?:seen|obtained|reviewed) by (?:the )?{0}"
    r"|{0}(?:'s|’s)? (?:\w+ )?(?:correspondent|reporter)s?"
    r"|(?:reporter|correspondent)s? (?:of|for|from) (?:the )?{0})\b"
)


def _access(document: Document, claims: Sequence[Claim], families: Sequence[str]) -> str | None:
    """Return the party in which an account ends.

    Two offices of one state are one party: what both say is not twice as true.
    """
    text = fold(document.text)
    names = "|".join(re.escape(family) for family in families)
    if families and (_OWN.search(text) or re.search(_OWN_NAMED.format(f"(?:{names})"), text)):
        return f"people of its own there ({families[0]})"
    ends = {_party(inner) if (inner := _last_source(claim)) else None for claim in claims}
    return ends.pop() if len(ends) == 1 else None


def _party(source: Source) -> str:
    if source.kind is SourceKind.OFFICIAL and source.country:
        return f"officials of {source.country}"
    return fold(source.name or source.span.text)


def _relayed(claims: Sequence[Claim]) -> Iterator[str]:
    """Yield the outlets in the chains of claims."""
    for claim in claims:
        for link in claim.attributions:
            if link.source and link.source.kind is SourceKind.OUTLET:
                yield link.source.name or link.source.span.text


_NAME = r"[A-Z][\w.&’'-]*(?: (?:of |the |de )?[A-Z][\w.&’'-]*){0,4}"
_CREDIT = re.compile(
    rf"\((?P<a>{_NAME})\)"
    rf"|(?:[Rr]eport(?:ing|ed) (?:first )?by|[Ss]ource:?|[Cc]redit:?|[Cc]ourtesy of"
    r"|[Mm]aterial from"
    rf"|[Ww]ith (?:files|reporting) from|[Vv]ia|h/t) (?:the )?(?P<b>{_NAME})"
    rf"|(?<![\w.&’'-])(?P<c>{_NAME}) (?:contributed to this|first reported|was first to report)"
)


def _credit_lines(text: str) -> Iterator[str]:
    """Yield the names in "(Reuters)", "Reporting by Reuters", "Reuters contributed to this report".

    The whole name comes first and its beginnings after it, as what follows it may have a capital.
    """
    for found in _CREDIT.finditer(text):
        words = next(filter(None, found.groups())).split()
        for end in range(len(words), 0, -1):
            yield " ".join(words[:end]).removesuffix(".").removesuffix("'s")


def _numbers(claims: Sequence[Claim]) -> Iterator[tuple[str, int]]:
    """Yield what claims of what happened count exactly."""
    for claim in claims:
        if says_not(claim) or is_planned(claim):
            continue
        for magnitude in claim.magnitudes:
            if magnitude.low is not None and magnitude.low == magnitude.high:
                yield magnitude.kind.value, magnitude.low

"""Circular reporting: outlets that cite one another, and many outlets with one unnamed source.

What many report is not confirmed by being retold. Two patterns look like corroboration and are
none: a loop, in which each outlet has the story from the next, and a crowd of outlets whose chains
all end in the same words for somebody unnamed.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from detente.model import (
    Circle,
    Circularity,
    Claim,
    Event,
    Report,
    SourceKind,
    Span,
)

__all__ = ["find_circularity"]

# From a name or a credit ("AFP via ABC News") to the outlets in it, the one who wrote first.
Outlets = Callable[[str], tuple[str, ...]]
# Who cites whom, and the claims that show it.
_Citations = Mapping[str, Mapping[str, Sequence[str]]]


def find_circularity(
    event: Event, reports: Sequence[Report], claims: Mapping[str, Claim], *, outlets: Outlets
) -> tuple[Circularity, ...]:
    """Return the loops among the reports of an event, and the one unnamed source behind them.

    Args:
        event: the event.
        reports: its reports.
        claims: its claims, by id.
        outlets: one name for each outlet, however it is written.

    Returns:
        Loops in the order of their names, each once; then the unnamed source, if there is one.
    """
    told = [
        (report, [claims[one] for one in report.claim_ids if one in claims]) for report in reports
    ]
    found = [*_loops(_citations(told, outlets))]
    affirming = [(r, listed) for r, listed in told if set(r.claim_ids) & set(event.claim_ids)]
    if one := _one_source(affirming, outlets):
        found.append(one)
    return tuple(found)


def _citations(told: Sequence[tuple[Report, list[Claim]]], outlets: Outlets) -> _Citations:
    cited: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for report, claims in told:
        carriers = [names for credit in report.outlets if (names := outlets(credit))]
        for claim in claims:
            chain = [
                name
                for link in claim.attributions
                if link.source is not None and link.source.kind is SourceKind.OUTLET
                for name in outlets(link.source.name or link.source.span.text)[:1]
            ]
            for names in carriers:
                # whoever carried it has it from whoever wrote it, who has it from the chain
                way = [*reversed(names), *chain]
                for one, other in pairwise(way):
                    if one != other and claim.id not in cited[one][other]:
                        cited[one][other].append(claim.id)
    return cited


def _loops(cited: _Citations) -> Iterator[Circularity]:
    """Yield, for each outlet that is cited by those that it cites, the shortest loop over it."""
    seen: set[frozenset[str]] = set()
    for start in sorted(cited):
        names = _way_back(start, cited)
        if names and frozenset(names) not in seen:
            seen.add(frozenset(names))
            steps = zip(names, (*names[1:], names[0]), strict=True)
            shown = {claim for one, other in steps for claim in cited[one][other]}
            yield Circularity(kind=Circle.LOOP, names=names, claim_ids=tuple(sorted(shown)))


def _way_back(start: str, cited: _Citations) -> tuple[str, ...]:
    ways: deque[tuple[str, ...]] = deque([(start,)])
    visited: set[str] = set()
    while ways:
        way = ways.popleft()
        for name in sorted(cited.get(way[-1], ())):
            if name == start:
                return way
            if name not in visited:
                visited.add(name)
                ways.append((*way, name))
    return ()


def _one_source(told: Sequence[tuple[Report, list[Claim]]], outlets: Outlets) -> Circularity | None:
    """Find the one unnamed source in which all chains of at least two outlets end."""
    ends: list[Span] = []
    shown: list[str] = []
    for _, claims in told:
        for claim in claims:
            inner = claim.attributions[-1].source if claim.attributions else None
            if inner is None or inner.kind is not SourceKind.UNNAMED:
                return None
            ends.append(inner.span)
            shown.append(claim.id)
    names = sorted({name for report, _ in told for o in report.outlets for name in outlets(o)})
    if len(names) < 2 or len({_plain(span.text) for span in ends}) != 1:
        return None
    return Circularity(
        kind=Circle.ONE_SOURCE, names=(*names, ends[0].text), claim_ids=tuple(sorted(shown))
    )


def _plain(words: str) -> str:
    """Return the words for a source without article and case."""
    parts = words.lower().split()
    return " ".join(parts[1:] if parts[:1] in (["a"], ["an"], ["the"], ["one"]) else parts)

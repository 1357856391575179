"""Claims to events: which claims assert one happening.

Each claim is compared with the founding claim of every event in its block (the same set of
countries), never with later members, so that unlike things cannot chain together. Claims are taken
in an order that depends only on their content, so the result does not depend on reading order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial

from detente.model import (
    Claim,
    DateBasis,
    Document,
    Event,
    Label,
    Magnitude,
    MagnitudeKind,
    Origins,
    Strength,
    Toll,
    digest,
)
from detente.resolution.dated import (
    Dated,
    contradicts,
    dated,
    is_denial,
    is_planned,
    is_vague,
    says_not,
)
from detente.resolution.founders import Founders
from detente.resolution.matching import (
    NEAR,
    common_names,
    may_recall,
    recall_key,
    same_event,
)
from detente.resolution.traffic import Traffic

__all__ = ["Block", "Gathered", "blocks_of", "gather", "to_event"]


# How well a claim fits a founding claim, 0 (not at all) to 1.
Fit = Callable[[Dated, Dated], float]


@dataclass(slots=True)
class Gathered:
    """The claims of one event while it is being gathered."""

    founder: Dated
    claims: list[Dated] = field(default_factory=list)
    denials: list[Dated] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Block:
    """The claims that name the same countries; with no others can they be of one happening.

    Attributes:
        name: the codes of these countries.
        claims: the claims, in the order of `Dated.order`.
        common: the names in them that too many documents hold to tell happenings apart.
    """

    name: str
    claims: tuple[Dated, ...]
    common: frozenset[str]

    def gather(self) -> list[Gathered]:
        """Return the events in the making."""
        listed = [replace(one, names=one.names - self.common) for one in self.claims]
        return _gather(listed, Traffic(listed))


def blocks_of(claims: Iterable[Claim], documents: Mapping[str, Document]) -> list[Block]:
    """Return claims in blocks, sorted by name; arguments as those of `gather`."""
    members: dict[str, list[Dated]] = defaultdict(list)
    listed = [dated(claim, documents[claim.document_id]) for claim in claims]
    common = common_names(listed)
    for one in listed:
        members[_block_of(one.claim)].append(one)
    return [
        Block(
            name,
            tuple(sorted(members[name], key=lambda one: one.order)),
            frozenset[str]().union(*[one.names & common for one in members[name]]),
        )
        for name in sorted(members)
    ]


def _block_of(claim: Claim) -> str:
    """Return the countries that a claim names: claims that name others are never compared."""
    sides = (*claim.actors, *claim.recipients)
    return "+".join(sorted({one.country for one in sides if one.country is not None}))


def gather(claims: Iterable[Claim], documents: Mapping[str, Document]) -> list[Gathered]:
    """Gather claims into events.

    Args:
        claims: the claims.
        documents: their documents, by id.

    Returns:
        The events in the making. A claim that something did not happen joins the event that it
        contradicts; alone, it founds one if a source denies, and is dropped if not.
    """
    return [event for block in blocks_of(claims, documents) for event in block.gather()]


def _gather(ordered: list[Dated], traffic: Traffic) -> list[Gathered]:
    fit = partial(same_event, traffic=traffic)
    events: list[Gathered] = []
    founders = Founders()
    denials = [one for one in ordered if contradicts(one.claim)]
    # dated claims found events first: an undated background mention joins one, it does not make it
    affirmed = sorted(
        (one for one in ordered if not says_not(one.claim)),
        key=lambda one: (one.window is None, one.order),
    )
    for one in affirmed:
        fitting = [
            (_affirmed_fit(events[index].founder, one, fit), -index)
            for index in founders.find(one)
            if _not_before(events[index].founder, one)
        ]
        score, index = max(fitting, default=(0.0, 0))
        if score > 0:
            events[-index].claims.append(one)
        else:
            founders.put(one, len(events))
            events.append(Gathered(one, [one]))
    joined = _join_recalls(events, traffic)
    for one in denials:
        fitting = [
            (_denial_fit(events[index], one, fit), -index)
            for index in founders.denied_by(one)
            if index not in joined
        ]
        score, index = max(fitting, default=(0.0, 0))
        if score > 0:
            events[-index].denials.append(one)
        elif is_denial(one.claim):
            founders.put(one, len(events))
            events.append(Gathered(one, [], [one]))
    return [event for index, event in enumerate(events) if index not in joined]


def _affirmed_fit(founder: Dated, one: Dated, fit: Fit) -> float:
    """Return the fit; what is planned and what happened are two, save in "met to discuss"."""
    if is_planned(founder.claim) is is_planned(one.claim):
        return fit(founder, one)
    aim = one if is_planned(one.claim) else founder
    return fit(founder, one) if aim.window is None and _one_sentence(founder, one) else 0.0


def _one_sentence(some: Dated, other: Dated) -> bool:
    first, second = some.claim, other.claim
    return (first.document_id, first.sentence) == (second.document_id, second.sentence)


def _join_recalls(events: list[Gathered], traffic: Traffic) -> set[int]:
    """Join what is told without a day to the one happening that it can mean.

    That is one in the year before the report, or in the span that the words give.

    "After the Turkish downing of a Russian jet" shares few words with the report of the day; but
    where a pair did one such thing in the year before, that is the one.

    Returns:
        The indices of the events that were joined to others.
    """
    alike: defaultdict[object, list[int]] = defaultdict(list)
    for index, event in enumerate(events):
        alike[recall_key(event.founder)].append(index)
    joined: set[int] = set()
    for index, event in enumerate(events):
        one = event.founder
        if len(event.claims) != 1 or not is_vague(one):
            continue
        meant = [
            events[other]
            for other in alike[recall_key(one)]
            if other != index and other not in joined and may_recall(events[other].founder, one)
        ]
        # of a raid by air and one on the ground, "the raid" may be either
        if len(meant) != 1 or meant[0].founder.claim.mode != one.claim.mode:
            continue
        # where they do it daily, "the raid" may be one that is not told here
        if traffic.share(meant[0].founder, meant[0].founder) >= 1:
            continue
        if all(claim.claim.document_id != one.claim.document_id for claim in meant[0].claims):
            meant[0].claims.append(one)
            joined.add(index)
    return joined


def _not_before(founder: Dated, other: Dated) -> bool:
    """A document cannot recall, without a date, what happened after it was published."""
    if other.window is not None or founder.window is None or other.published is None:
        return True
    return founder.window[0] <= other.published


def _denial_fit(event: Gathered, denial: Dated, fit: Fit) -> float:
    """Return how well a denial fits: it comes within a month of what it denies, rarely dated.

    No sentence denies what it says, and of two happenings the dated one is meant.
    """
    if any(_one_sentence(one, denial) for one in (event.founder, *event.claims)):
        return 0.0
    own = [one for one in event.claims if one.claim.document_id == denial.claim.document_id]
    if own and not is_denial(denial.claim):
        return 0.0  # what a report says in its own voice it does not say against itself
    founder = event.founder
    told = founder.window[0] if founder.window else founder.published
    if told and denial.published:
        late = denial.published - told
        if not timedelta(days=-1) <= late <= NEAR:
            return 0.0
    known = fit(founder, replace(denial, window=founder.window, names=founder.names))
    return known + 0.5 * bool(founder.window) if known > 0 else 0.0


_BASIS_ORDER = {
    DateBasis.STATED: 0,
    DateBasis.RELATIVE: 1,
    DateBasis.PUBLICATION: 2,
    DateBasis.UNKNOWN: 3,
}


# Labels under which an outlet or a source stands up for a claim.
_BINDING = (Label.ASSERTED, Label.REPORTED)


def to_event(gathered: Gathered, origins: Origins) -> Event:
    """Return the event that gathered claims assert.

    The dates are those with the best basis and, among these, the narrowest range; of publication
    dates, the earliest.
    """
    claims = gathered.claims or gathered.denials
    best = min(claims, key=_date_quality)
    actors = tuple(sorted({actor for one in claims for actor in one.actors}))
    recipients = tuple(sorted({actor for one in claims for actor in one.recipients}))
    modes = [one.claim.mode for one in claims if one.claim.mode]
    founder = gathered.founder.claim
    when = best.claim.when
    planned = all(is_planned(one.claim) for one in claims)
    happened = [one.claim for one in claims if planned or not is_planned(one.claim)]
    return Event(
        id=digest("event", founder.id, founder.event_type),
        event_type=founder.event_type,
        act=founder.act,
        mode=founder.mode or (modes[0] if modes else None),
        actors=actors,
        recipients=recipients,
        reciprocal=founder.reciprocal,
        first=when.first,
        last=when.last,
        planned=planned,
        alleged=not any(one.claim.certainty.label in _BINDING for one in claims),
        claim_ids=tuple(sorted(one.claim.id for one in gathered.claims)),
        denial_ids=tuple(sorted(one.claim.id for one in gathered.denials)),
        origins=origins,
        tolls=_tolls(happened if gathered.claims else ()),
    )


def _tolls(claims: Iterable[Claim]) -> tuple[Toll, ...]:
    """Return the range of what claims count, by kind; a claim that counts nobody adds nothing."""
    counted: dict[MagnitudeKind, list[Magnitude]] = defaultdict(list)
    for claim in claims:
        for magnitude in claim.magnitudes:
            counted[magnitude.kind].append(magnitude)
    return tuple(
        Toll(
            kind=kind,
            low=_extreme(min, [one.low for one in counted[kind]]),
            high=_extreme(max, [one.high for one in counted[kind]]),
            approximate=any(one.approximate for one in counted[kind]),
        )
        for kind in MagnitudeKind
        if kind in counted
    )


def _extreme(of: Callable[[list[int]], int], bounds: list[int | None]) -> int | None:
    known = [bound for bound in bounds if bound is not None]
    return of(known) if len(known) == len(bounds) else None


def _date_quality(one: Dated) -> tuple[int, int, date, int, str]:
    when = one.claim.when
    known = when.first is not None and when.last is not None
    width = (when.last - when.first).days if when.first and when.last else 99999
    # a claim that is sure of itself dates the event before one that speculates
    unsure = int(one.claim.certainty.strength is not Strength.CERTAIN)
    basis = _BASIS_ORDER[when.basis] if known else 3
    return (basis, width, when.first or date.max, unsure, one.claim.id)

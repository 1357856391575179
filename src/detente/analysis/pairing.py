"""Claims of two coders about one text, put side by side by where they stand alone.

Neither type nor sides nor dates are looked at: else claims would be paired because they agree, and
the agreement of pairs would say little.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.model import (
    Claim,
    ClaimField,
    DateRange,
    Mention,
    Pairing,
    SecondClaim,
    Span,
)

__all__ = ["pair"]


def pair(ours: Sequence[Claim], second: Sequence[SecondClaim]) -> tuple[Pairing, ...]:
    """Return every claim of two coders about one document once, those of one happening together.

    Two claims are of one happening where the words that name the event overlap, or where those of
    the second coder stand within the words that assert our claim, in one sentence of its quotation.
    Of several, those whose naming words overlap most come first, then those that are nearest.

    Args:
        ours: claims of the built-in coder.
        second: claims of the second coder.

    Returns:
        The pairings in the order of the text.
    """
    ours, second = sorted(ours, key=_order), sorted(second, key=_order)  # order decides of twins
    near = sorted(
        (*nearness, a, b)
        for a, one in enumerate(ours)
        for b, other in enumerate(second)
        if (nearness := _nearness(one, other)) is not None
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for *_, a, b in near:
        if a not in partner and b not in taken:
            partner[a] = b
            taken.add(b)
    found = [
        Pairing(ours=one, second=second[partner[a]], differ=differences(one, second[partner[a]]))
        if a in partner
        else Pairing(ours=one, second=None)
        for a, one in enumerate(ours)
    ]
    found += [Pairing(ours=None, second=two) for b, two in enumerate(second) if b not in taken]
    return tuple(sorted(found, key=_place))


def _nearness(ours: Claim, second: SecondClaim) -> tuple[bool, int] | None:
    """Return how near two claims stand, the less the nearer; None where they are of two events."""
    gap = _gap(ours.anchor, second.anchor)
    if gap < 0:
        return (False, gap)
    within = _gap(ours.span, second.anchor) < 0 and _gap(ours.anchor, second.quote) < 0
    return (True, gap) if within else None


def _gap(one: Span, other: Span) -> int:
    """Return how many characters lie between two spans; below 0 as many as they share."""
    return max(one.start, other.start) - min(one.end, other.end)


def _order(claim: Claim | SecondClaim) -> tuple[Span, str]:
    return claim.anchor, str(claim)


def _place(pairing: Pairing) -> tuple[Span, str]:
    return min(_order(claim) for claim in pairing.claims)


def differences(ours: Claim, second: SecondClaim) -> tuple[ClaimField, ...]:
    """Return in what two claims of one happening differ."""
    found = {
        ClaimField.TYPE: ours.event_type != second.event_type,
        ClaimField.SIDES: not _same_sides(ours, second),
        ClaimField.DATE: not _same_days(ours.when, second.when),
        ClaimField.LABEL: ours.certainty.label != second.label,
    }
    return tuple(field for field, differs in found.items() if differs)


def _same_sides(ours: Claim, second: SecondClaim) -> bool:
    """Tell whether the same countries act on the same; of what is mutual the sides are one."""
    if ours.reciprocal or second.reciprocal:
        every = (*ours.actors, *ours.recipients)
        return _countries(every) == _countries((*second.actors, *second.recipients))
    return _countries(ours.actors) == _countries(second.actors) and _countries(
        ours.recipients
    ) == _countries(second.recipients)


def _countries(side: Sequence[Mention]) -> frozenset[str]:
    """Return the countries of a side; parties of none are named too freely to be compared."""
    return frozenset(mention.country for mention in side if mention.country)


def _same_days(one: DateRange, other: DateRange) -> bool:
    """Tell whether one range lies within the other, so that they do not contradict each other.

    News of its day is dated by one coder with the evening before, by the other without.
    """
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return (one.first, one.last) == (other.first, other.last)
    within = other.first <= one.first and one.last <= other.last
    around = one.first <= other.first and other.last <= one.last
    return within or around

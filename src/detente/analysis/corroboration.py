"""How far reports corroborate an event: the Admiralty rating (STANAG 2511, 2003).

The letter judges who tells it and comes from the user's register alone; without one it is F,
"cannot be judged". The number judges what is told and comes from corroboration and contradiction
alone. Neither looks at the other. Unproven independence caps the number at 2; no 1 is given
automatically.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from detente.model import RELIABILITY, Claim, Event, Rating, Report, SourceKind, SourceRating

__all__ = ["Judge", "rate"]

# From a credit ("AFP via ABC News") to its links, each with the rating that counts for it.
Judge = Callable[[str], tuple[tuple[str, SourceRating | None], ...]]


def _nobody_judged(_credit: str) -> tuple[tuple[str, SourceRating | None], ...]:
    return ()


@dataclass(frozen=True, slots=True, order=True)
class _Path:
    """The way by which an event came to a reader: the letter of its weakest link, and why."""

    letter: str
    reason: str


def rate(
    event: Event,
    reports: Sequence[Report],
    *,
    judge: Judge = _nobody_judged,
    claims: Mapping[str, Claim] | None = None,
) -> Rating:
    """Return the rating of an event with its two reasons.

    Along one way to the reader the weakest link governs: the agency and the outlet that carried
    it, and an unrated link or a lone unnamed source leaves the way unjudged (F). Of several ways
    the best governs, as an event that a good source tells is not the worse for being retold.

    Args:
        event: the event.
        reports: its reports.
        judge: ratings of the outlets, from the user's register.
        claims: the claims of the event, by id, to see who their outlets rest on.
    """
    number, reason = _credibility(event, reports)
    letter, why = _reliability(event, reports, judge, claims or {})
    return Rating(
        reliability=letter,
        credibility=number,
        reliability_reason=f"{letter}: {why}",
        credibility_reason=f"{number}: {reason}",
    )


def _reliability(
    event: Event, reports: Sequence[Report], judge: Judge, claims: Mapping[str, Claim]
) -> tuple[str, str]:
    affirming = [r for r in reports if set(r.claim_ids) & set(event.claim_ids)] or list(reports)
    judged: list[_Path] = []
    unnamed = 0
    for report in affirming:
        paths = [path for outlet in report.outlets if (path := _path(judge(outlet)))]
        if paths and _rests_on_unnamed(report, claims):
            unnamed += 1
        elif paths:
            judged.append(min(paths))
    if judged:
        best = min(judged)
        rest = len(affirming) - len(judged)
        others = f"; {rest} of {len(affirming)} reports come by ways that are not judged"
        return best.letter, best.reason + (others if rest else "")
    if unnamed:
        return "F", "what the rated outlets report rests on an unnamed source alone"
    return "F", "no outlet of this event is rated in a source register"


def _path(links: Sequence[tuple[str, SourceRating | None]]) -> _Path | None:
    """Return the judgement of one way, or None where a link of it is not judged."""
    ratings = [rating for _, rating in links if rating is not None and rating.reliability != "F"]
    if not ratings or len(ratings) < len(links):
        return None
    weakest = max(ratings, key=lambda rating: rating.reliability)
    name = next(name for name, rating in links if rating is weakest)
    who = f" by {weakest.by}" if weakest.by else ""
    words = RELIABILITY[weakest.reliability]
    told = f"{name} is rated {words} ({weakest.rated}{who}: {weakest.reason})"
    if len(links) > 1:
        told += f", the weakest link of {' and '.join(name for name, _ in links)}"
    return _Path(weakest.reliability, told)


def _rests_on_unnamed(report: Report, claims: Mapping[str, Claim]) -> bool:
    chains = [claims[one].attributions for one in report.claim_ids if one in claims]
    return bool(chains) and all(
        any(link.source is not None and link.source.kind is SourceKind.UNNAMED for link in chain)
        for chain in chains
    )


def _credibility(event: Event, reports: Sequence[Report]) -> tuple[int, str]:
    origins = event.origins
    if event.withdrawn:
        return 5, "withdrawn by all outlets that reported it"
    if event.denial_ids and event.claim_ids:
        if origins.min > 1:
            return 3, f"denied, but {origins.min} demonstrably independent origins report it"
        return 4, "denied, and no second origin is demonstrated"
    if event.denial_ids:
        return 6, "only a denial is on record; a party's denial is no evidence for the opposite"
    if origins.min > 1:
        return 2, (
            f"{origins.min} origins end in different named sources; a confirmation (1) is for a "
            "person to give"
        )
    if origins.max > 1:
        return 3, f"{len(reports)} reports of {origins.max} outlets, independence unresolved"
    return 3 if len(reports) > 1 else 6, (
        "one origin, repeated" if len(reports) > 1 else "one report, nothing to compare it with"
    )

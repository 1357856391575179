"""What lies before and after a change, and what was interrupted, as sentences of a brief."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from detente.briefing.material import Material, brief_quote, evidence_of
from detente.briefing.phrases import first_up
from detente.briefing.words import date_words, plural
from detente.model import Act, Doing, Evidence, Interruption, Regime, Shift, Statement, Theme

__all__ = ["dealt_with", "interrupted"]

# Of each side of a change so many themes are told.
_SHOWN = 3


def dealt_with(shift: Shift, material: Material) -> Statement | None:
    """Return what the two dealt with before and after a change; None where either is not told.

    Args:
        shift: a change of the relation.
        material: what the brief is made of.
    """
    sides = _around(shift, material.findings.regimes)
    if sides is None:
        return None
    told = [_told_themes(side, material) for side in sides]
    if not all(told):
        return None
    before, after = (", ".join(words for words, _ in side) for side in told)
    return Statement(
        text=f"What it was about, where that is told: {before} before; {after} from then on.",
        evidence=tuple(evidence for side in told for _, evidence in side),
    )


def _around(shift: Shift, regimes: Sequence[Regime]) -> tuple[Regime, Regime] | None:
    """Return the regimes that end and begin in the middle of a change's interval."""
    turn = shift.first + (shift.last - shift.first) // 2
    before = next((one for one in regimes if one.last == turn - timedelta(days=1)), None)
    after = next((one for one in regimes if one.first == turn), None)
    return (before, after) if before and after else None


def _told_themes(regime: Regime, material: Material) -> list[tuple[str, Evidence]]:
    found = []
    for theme in regime.themes[:_SHOWN]:
        evidence = _sentence(theme, material)
        if evidence is not None:
            found.append((f"{theme.name} ({plural(len(theme.event_ids), 'event')})", evidence))
    return found


def _sentence(theme: Theme, material: Material) -> Evidence | None:
    """Return the first sentence that tells a theme; of a land, one that names it."""
    for passage in theme.evidence:
        claim = material.claims.get(passage.claim_id or "")
        if claim is None:
            continue
        if not theme.country or theme.name in claim.sentence.text:
            return evidence_of(claim, material)
    return None


def interrupted(material: Material) -> tuple[Statement, ...]:
    """Return what was stopped, put off or taken up again, a sentence for each thing."""
    found = []
    for one in material.findings.interruptions:
        told = list(_told(one, material))
        if told:
            text = "; ".join(words for words, _ in told) + _left_open(one)
            evidence = tuple(item for _, item in told)
            found.append(Statement(text=f"{first_up(text)}.", evidence=evidence))
    return tuple(found)


def _told(one: Interruption, material: Material) -> Iterator[tuple[str, Evidence]]:
    stopped = "imposed" if one.barrier else "put off" if one.delayed else "stopped"
    resumed = "lifted" if one.barrier else "taken up again"
    for acts, what in ((one.stops, stopped), (one.resumptions, resumed)):
        act = next((act for act in acts if act.doing is Doing.DONE), acts[0] if acts else None)
        claim = material.claims.get(act.evidence[0].claim_id or "") if act else None
        if act and claim:
            evidence = evidence_of(claim, material)
            day = date_words(act.day, act.day) if act.day else "on an unknown day"
            yield f"{doing_words(act, what)} {day}: “{brief_quote(evidence, material)}”", evidence


def _left_open(one: Interruption) -> str:
    stopped = any(act.doing is Doing.DONE for act in one.stops)
    if one.resumed is not None or not (stopped or one.resumptions):
        return ""
    return f"; no report here says that it was {'lifted' if one.barrier else 'taken up again'}"


_DOING = {
    Doing.DONE: "{what}",
    Doing.AGREED: "to be {what}, as agreed",
    Doing.ANNOUNCED: "to be {what}, as announced",
    Doing.THREATENED: "to be {what}, as threatened",
    Doing.ASKED: "asked to be {what}",
    Doing.REFUSED: "not {what}",
}


def doing_words(act: Act, what: str) -> str:
    """Return whether something was done, agreed, announced, asked for or refused."""
    return _DOING[act.doing].format(what=what)

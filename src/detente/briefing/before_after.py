"""What lies before and after a change, and what was interrupted, as sentences of a brief."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from detente.briefing.material import Material, brief_quote, evidence_of
from detente.briefing.phrases import first_up
from detente.briefing.words import date_words, plural
from detente.model import Act, Doing, Evidence, Interruption, Regime, Shift, Statement, Theme

__all__ = ["acts_told", "dealt_with", "interrupted", "left_open"]

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
        told = list(_quoted(one, material))
        if told:
            text = "; ".join((*(words for words, _ in told), *left_open(one)))
            evidence = tuple(item for _, item in told)
            found.append(Statement(text=f"{first_up(text)}.", evidence=evidence))
    return tuple(found)


def _quoted(one: Interruption, material: Material) -> Iterator[tuple[str, Evidence]]:
    for act, words in acts_told(one):
        claim = material.claims.get(act.evidence[0].claim_id or "")
        if claim is not None:
            evidence = evidence_of(claim, material)
            day = date_words(act.day, act.day) if act.day else "on an unknown day"
            yield f"{words} {day}: “{brief_quote(evidence, material)}”", evidence


_DOING = {
    Doing.DONE: "{what}",
    Doing.AGREED: "to be {what}, as agreed",
    Doing.ANNOUNCED: "to be {what}, as announced",
    Doing.THREATENED: "to be {what}, as threatened",
    Doing.ASKED: "asked to be {what}",
    Doing.REFUSED: "not {what}",
}


def acts_told(one: Interruption) -> Iterator[tuple[Act, str]]:
    """Yield the acts that tell an interruption, with words for what each did to the thing.

    Of the stops, and of the resumptions, the first that was done; else the first.
    """
    for acts, what in ((one.stops, _stopped(one)), (one.resumptions, _resumed(one))):
        if acts:
            act = next((act for act in acts if act.doing is Doing.DONE), acts[0])
            yield act, _DOING[act.doing].format(what=what)


def left_open(one: Interruption) -> Iterator[str]:
    """Yield what no report says of an interruption."""
    stopped = any(act.doing is Doing.DONE for act in one.stops)
    if one.resumed is None and (stopped or one.resumptions):
        yield f"no report here says that it was {_resumed(one)}"


def _stopped(one: Interruption) -> str:
    return "imposed" if one.barrier else "put off" if one.delayed else "stopped"


def _resumed(one: Interruption) -> str:
    return "lifted" if one.barrier else "taken up again"

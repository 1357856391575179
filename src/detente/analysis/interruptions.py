"""Projects, agreements and exchanges that were stopped, put off and taken up again.

An act turns a thing by the words of its own clause: its predicate ("suspended talks"), or what it
governs ("agreed to resume contacts"). A stop and a resumption are of one thing where the words for
it agree; words that only say how two deal with each other ("talks", "imports") count half, so that
talks on a pipeline are not talks on a war.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from detente.analysis.series import counted_on
from detente.analysis.telling import Telling, evidence_at
from detente.lexicon.interruptions import InterruptionLexicon, Turned
from detente.model import (
    Act,
    Claim,
    Doing,
    EventType,
    Interruption,
    Label,
    Matter,
    Polarity,
    Time,
    Turn,
)

__all__ = ["OwnWords", "interruptions_of"]

# Two things are one where this share of the words of the shorter agree.
_ALIKE = 0.5
# How much a word weighs that names how two deal with each other and not with what.
_CARRIER = 0.5
_TO_COME = frozenset({Label.PLANNED, Label.CONDITIONAL, Label.SPECULATED})
# Acts on people and by force stop no project, whatever their verb ("stopped a convoy").
_NO_TURN = frozenset({EventType.ASSAULT, EventType.PROTEST, EventType.ACCUSE})
_NOT_YET = frozenset({Time.FUTURE, Time.HYPOTHETICAL})
# Types of acts that promise, ask for, threaten or refuse what they govern.
_DOINGS = {
    EventType.AGREE: Doing.AGREED,
    EventType.REQUEST: Doing.ASKED,
    EventType.THREATEN: Doing.THREATENED,
    EventType.REJECT: Doing.REFUSED,
}


@dataclass(frozen=True, slots=True)
class _Turning:
    """One act on one thing."""

    turned: Turned
    act: Act


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What two countries are called, word by word, in lower case.

    Attributes:
        names: all words of their names, adjectives, people and capitals.
        lands: the first words of their names, and the names of other countries.
    """

    names: frozenset[str] = frozenset()
    lands: frozenset[str] = frozenset()


def interruptions_of(
    told: Iterable[Telling], lexicon: InterruptionLexicon, own: OwnWords
) -> tuple[Interruption, ...]:
    """Return what was stopped, put off or taken up again between two states, in order of date.

    A resumption belongs to the latest stop of the same thing before it; acts that turn one thing
    the same way, with nothing between, belong together.

    Args:
        told: the events of the pair.
        lexicon: the words that turn things.
        own: what the two are called, which tells no thing from another.
    """
    found = [turning for one in told if (turning := _turning(one, lexicon, own.lands)) is not None]
    ordered = sorted(found, key=lambda one: (one.act.day or date.max, one.act.event_id))
    threads: list[Interruption] = []
    for turning in ordered:
        at = _thread(turning, threads, _Alike(lexicon, own.names))
        if at is None:
            threads.append(_begun(turning))
        else:
            threads[at] = _continued(threads[at], turning)
    return tuple(threads)


def _turning(told: Telling, lexicon: InterruptionLexicon, lands: frozenset[str]) -> _Turning | None:
    """Return what an event does to a thing, by the first of its claims that says so."""
    if told.event.withdrawn:
        return None
    day = counted_on(told.event) or told.reported
    for claim, matter in told.claims:
        if claim.certainty.label is Label.DENIED or claim.act in _NO_TURN:
            continue
        verb = _predicate(claim, matter)
        told_of = ", ".join(span.text for span in matter.spans)
        turned = lexicon.turned(f"{verb} {told_of}", lands)
        own = lexicon.turns(verb)
        if turned is None or not (own or claim.event_type in _DOINGS):
            continue
        act = Act(
            event_id=told.event.id,
            day=day,
            doing=_doing(claim) if own else _governed(claim),
            evidence=tuple(evidence_at(claim, one) for one in (claim.sentence, *matter.spans)),
        )
        return _Turning(turned, act)
    return None


def _predicate(claim: Claim, matter: Matter) -> str:
    """Return the words that name an act up to those that tell what it is about."""
    anchor = claim.anchor
    cuts = [span.start for span in matter.spans if anchor.start < span.start < anchor.end]
    return anchor.text[: min(cuts, default=anchor.end) - anchor.start]


def _governed(claim: Claim) -> Doing:
    """Return whether what an act governs was agreed, promised, asked for or refused."""
    if claim.anchor.text.split()[0].lower().startswith("warn"):
        return Doing.ASKED  # of the other side
    found = _DOINGS[claim.event_type]
    one_side = not claim.reciprocal and len({one.country for one in claim.actors}) < 2
    return Doing.ANNOUNCED if found is Doing.AGREED and one_side else found


def _doing(claim: Claim) -> Doing:
    """Return whether the act that a claim's own predicate names was done."""
    certainty = claim.certainty
    if claim.act is not claim.event_type:
        return _DOINGS.get(claim.event_type, Doing.ANNOUNCED)
    if certainty.label in _TO_COME or certainty.time in _NOT_YET:
        return Doing.ANNOUNCED
    return Doing.REFUSED if certainty.polarity is Polarity.NEGATIVE else Doing.DONE


def _thread(turning: _Turning, threads: Sequence[Interruption], alike: _Alike) -> int | None:
    """Return the place of the latest interruption that an act goes on with, or None."""
    resumes = turning.turned.turn is Turn.RESUME
    for at in range(len(threads) - 1, -1, -1):
        known = threads[at]
        # what was taken up again, or was to be, and is stopped after that, is another interruption
        over = bool(known.resumptions) and not resumes
        same = known.barrier is turning.turned.barrier
        if not over and same and alike(known.thing, turning.turned.thing):
            return at
    return None


def _begun(turning: _Turning) -> Interruption:
    turned, acts = turning.turned, (turning.act,)
    resumes = turned.turn is Turn.RESUME
    return Interruption(
        thing=turned.thing,
        barrier=turned.barrier,
        stops=() if resumes else acts,
        delayed=turned.turn is Turn.DELAY,
        resumptions=acts if resumes else (),
    )


def _continued(known: Interruption, turning: _Turning) -> Interruption:
    if turning.turned.turn is Turn.RESUME:
        return replace(known, resumptions=(*known.resumptions, turning.act))
    delayed = known.delayed and turning.turned.turn is Turn.DELAY
    return replace(known, stops=(*known.stops, turning.act), delayed=delayed)


@dataclass(frozen=True, slots=True)
class _Alike:
    """Whether two descriptions are of one thing."""

    lexicon: InterruptionLexicon
    own: frozenset[str]

    def __call__(self, one: str, other: str) -> bool:
        some, others = (self.lexicon.words_of(thing) - self.own for thing in (one, other))
        shared = self._weight(some & others)
        return shared > 0 and shared >= _ALIKE * min(self._weight(some), self._weight(others))

    def _weight(self, words: frozenset[str]) -> float:
        return sum(_CARRIER if word in self.lexicon.carriers else 1.0 for word in words)

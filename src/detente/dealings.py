"""What two states dealt with, from the events of a store: themes, answers, interruptions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from detente import lexicon as lexicons
from detente.analysis.answers import answers_of
from detente.analysis.interruptions import OwnWords, interruptions_of
from detente.analysis.series import countable, counted_on
from detente.analysis.telling import Telling, evidence_at, tellings
from detente.analysis.themes import themes_of
from detente.lexicon.actors import ActorLexicon
from detente.lexicon.names import NameKind
from detente.model import Dyad, Event, Interruption, Opening, Regime
from detente.settings import Settings
from detente.storage.catalog import Store

__all__ = ["interruptions_between", "told_between", "with_themes"]

_OWN = frozenset({NameKind.COUNTRY, NameKind.ADJECTIVE, NameKind.PEOPLE, NameKind.CAPITAL})


def told_between(store: Store, events: Sequence[Event]) -> tuple[Telling, ...]:
    """Return what the claims of some events say that these were about.

    Args:
        store: a resolved store.
        events: events of it.
    """
    reports = store.reports_of([event.id for event in events])
    run_id = store.events_are_of()
    if not reports or run_id is None:
        return ()
    claims, matters = store.claims_in(run_id, {report.document_id for report in reports})
    reported: dict[str, date] = {}
    for report in reports:
        if report.published is not None:
            known = reported.get(report.event_id, report.published)
            reported[report.event_id] = min(known, report.published)
    return tellings(
        events,
        {claim.id: claim for claim in claims},
        {matter.claim_id: matter for matter in matters},
        reported,
    )


def with_themes(
    regimes: Iterable[Regime], told: Sequence[Telling], dyad: Dyad, settings: Settings
) -> tuple[Regime, ...]:
    """Return regimes with what their events were about, and which answered another.

    Args:
        regimes: the regimes.
        told: the events of the pair; those that do not count in the regime are left out.
        dyad: the pair.
        settings: of them, which lexicons count.
    """
    actors, themes = lexicons.actors(settings.lexicons), lexicons.themes(settings.lexicons)
    dated = [(day, one) for one in told if (day := _day(one)) is not None]
    dated.sort(key=lambda pair: (pair[0], pair[1].event.id))
    described = []
    for regime in regimes:
        inside = [one for day, one in dated if regime.first <= day <= regime.last]
        described.append(
            replace(
                regime,
                themes=themes_of(inside, dyad, themes, actors),
                opening=_with_evidence(regime.opening, inside),
                answers=answers_of(inside),
            )
        )
    return tuple(described)


def _with_evidence(opening: Opening | None, told: Iterable[Telling]) -> Opening | None:
    if opening is None:
        return None
    first = {one.event.id: one.claims[0][0] for one in told}
    claims = (first[event_id] for event_id in opening.event_ids if event_id in first)
    # two events may stand in one sentence
    sentences = {(one.document_id, one.sentence.start): one for one in claims}
    evidence = tuple(evidence_at(one, one.sentence) for one in sentences.values())
    return replace(opening, evidence=evidence)


def interruptions_between(
    told: Sequence[Telling],
    dyad: Dyad,
    since: date | None,
    until: date | None,
    settings: Settings,
) -> tuple[Interruption, ...]:
    """Return what was stopped, put off or taken up again between two states within a period.

    A stop before the period is told where its resumption lies within, and the other way round.

    Args:
        told: the events of the pair.
        dyad: the pair.
        since: first day, or None.
        until: last day, or None.
        settings: of them, which lexicons count.
    """
    actors = lexicons.actors(settings.lexicons)
    words = lexicons.interruptions(settings.lexicons)
    found = interruptions_of(told, words, _own_words(actors, dyad))
    return tuple(
        one
        for one in found
        if any(
            (since is None or (act.day and act.day >= since))
            and (until is None or (act.day and act.day <= until))
            for act in (*one.stops, *one.resumptions)
        )
    )


def _day(told: Telling) -> date | None:
    return counted_on(told.event) if countable(told.event) else None


def _own_words(actors: ActorLexicon, dyad: Dyad) -> OwnWords:
    called: set[str] = set()
    lands: set[str] = set()
    for key, names in actors.phrases.items():
        kinds = {one.kind for one in names if one.country in (dyad.actor, dyad.recipient)}
        if kinds & _OWN:
            called |= set(key.split())
        if NameKind.COUNTRY in kinds:
            lands.add(key.split()[0])
        if any(one.kind is NameKind.COUNTRY for one in names):
            lands.add(key)
    return OwnWords(frozenset(called), frozenset(lands))

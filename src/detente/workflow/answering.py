"""Events to the answer: the relation of a pair, its brief, its evidence to hand on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple, fields, replace
from datetime import date
from pathlib import Path

from detente import lexicon as lexicons
from detente.briefing.compose import Material
from detente.briefing.compose import compose as compose_brief
from detente.briefing.earlier import read_earlier
from detente.briefing.linter import Remark, documents_cited, lint
from detente.desk import (
    shown_within,
    told_of,
)
from detente.errors import (
    InputError,
)
from detente.following import changes_since
from detente.interop import Parcel
from detente.model import (
    Brief,
    Corpus,
    Document,
    Dyad,
    Excluded,
    Findings,
    Origins,
    Report,
    SegmentKind,
)
from detente.relations import (
    chosen_dataset,
    text_findings,
    whole_relation,
)
from detente.runs import disclosure
from detente.settings import Settings
from detente.sources import register_of
from detente.storage.answers import second_coders
from detente.storage.catalog import Store, by_event
from detente.workflow.asking import check_period
from detente.workflow.progress import Progress, silent
from detente.workflow.resolving import resolve

__all__ = ["brief", "check_brief", "material_of", "parcel", "relation"]


def relation(  # noqa: PLR0913 - the options of a command
    store: Store,
    dyad: Dyad,
    *,
    since: date | None = None,
    until: date | None = None,
    dataset: str | None = None,
    online: bool = False,
    settings: Settings | None = None,
    progress: Progress = silent,
) -> Findings:
    """Return the monthly series of a pair, its measures, its shifts and what lies between them.

    Shifts are sought in all that the store holds; the period selects what is returned.

    Args:
        store: the store.
        dyad: the pair; both directions count.
        since: first day of the period, or None for all.
        until: last day, inclusive, or None for all.
        dataset: count the events of this imported dataset; None for those drawn from text, or, in
            a store without documents, for the only dataset that it holds.
        online: whether to find out on which day each shift would have been seen; it searches the
            series anew for many days.
        settings: settings of the run.
        progress: told how far the stages before are.

    Raises:
        InputError: when the period ends before it begins, or the store has no such dataset.
    """
    check_period(since, until)
    dataset = chosen_dataset(store, dataset)
    if not dataset:
        resolve(store, settings=settings, progress=progress)
    return whole_relation(store, dyad, dataset, since, until, online=online, settings=settings)


def brief(  # noqa: PLR0913 - the options of a command
    store: Store,
    dyad: Dyad,
    *,
    since: date | None = None,
    until: date | None = None,
    earlier: str | Path | None = None,
    settings: Settings | None = None,
    progress: Progress = silent,
) -> Brief:
    """Answer "what is going on between A and B?" from the store.

    Args:
        store: the store; what it lacks (extraction, resolution) is done first.
        dyad: the pair.
        since: first day of the period, or None for all.
        until: last day, inclusive, or None for all.
        earlier: a brief of the pair as JSON; what is new since then is told, too.
        settings: settings of the run; of them, which source register rates the outlets.
        progress: told how far the stages before are.

    Raises:
        InputError: when the period ends before it begins, the register cannot be used, or the
            earlier brief is of another pair or was made by another run.
    """
    before = read_earlier(Path(earlier)) if earlier is not None else None
    if before is not None and {before.dyad.actor, before.dyad.recipient} != {*astuple(dyad)}:
        raise InputError(f"{earlier}: a brief of {before.dyad.actor} and {before.dyad.recipient}")
    material = material_of(store, dyad, since, until, settings, progress)
    answer = compose_brief(material)
    if before is None:
        return answer
    if before.run_id != material.run_id:
        raise InputError(
            f"{earlier}: made by another version, model or lexicon (run {before.run_id}): "
            "what changed cannot be told from what is read otherwise; make it again with --until"
        )
    return replace(answer, changes=changes_since(before, material))


def material_of(
    store: Store,
    dyad: Dyad,
    since: date | None,
    until: date | None,
    settings: Settings | None,
    progress: Progress,
) -> Material:
    """Return all that a store tells of a pair, ready for a brief; arguments as those of `brief`."""
    check_period(since, until)
    register_of(store, settings)  # fail here, before the work
    run = resolve(store, settings=settings, progress=progress)
    found = store.events_between(dyad)
    reports = by_event(store.reports_of([event.id for event in found]))
    chosen = [e for e in found if shown_within(e, reports.get(e.id, []), since, until)]
    told = told_of(store, run.id, chosen, reports, settings)
    actors = lexicons.actors((settings or Settings()).lexicons)
    return Material(
        **{each.name: getattr(told, each.name) for each in fields(told)},
        dyad=dyad,
        names=(actors.country_name(dyad.actor), actors.country_name(dyad.recipient)),
        since=since,
        until=until,
        events=chosen,
        findings=text_findings(store, found, dyad, since, until, settings),
        corpus=_corpus(store, run.id, told.documents, told.reports),
        run_id=run.id,
        tool=disclosure(run, second_coders(store)),
    )


def parcel(
    store: Store,
    *,
    between: Dyad | None = None,
    settings: Settings | None = None,
    progress: Progress = silent,
) -> Parcel:
    """Return the events of the store with their evidence, to be handed on to other tools.

    Args:
        store: the store; what it lacks (extraction, resolution) is done first.
        between: only the events of this pair, in either direction, and the shifts between them.
        settings: settings of the run; of them, which source register rates the outlets.
        progress: told how far the stages before are.

    Raises:
        InputError: when the register cannot be used.
    """
    register_of(store, settings)  # fail here, before the work
    run = resolve(store, settings=settings, progress=progress)
    found = store.events() if between is None else store.events_between(between)
    reports = by_event(store.reports_of([event.id for event in found]))
    names = lexicons.actors((settings or Settings()).lexicons).country_name
    shifts = text_findings(store, found, between, None, None, settings).shifts if between else ()
    return Parcel(
        events=found,
        told=told_of(store, run.id, found, reports, settings),
        pair=(names(between.actor), names(between.recipient)) if between else None,
        shifts=tuple(shift for shift in shifts if shift.likely),
        version=run.version,
    )


def check_brief(
    store: Store, answer: Brief, *, settings: Settings | None = None
) -> tuple[Remark, ...]:
    """Return where a brief breaks the standards of its kind, each with rule, place and section.

    Args:
        store: the store that has the documents which it cites.
        answer: the brief.
        settings: which lexicons know names.
    """
    documents = store.find_documents(documents_cited(answer))
    texts = {identifier: document.text for identifier, document in documents.items()}
    own = (settings or Settings()).lexicons
    actors = lexicons.actors(own)

    def is_name(word: str) -> bool:
        return any(name.text == word for name in actors.names(word))

    return lint(answer, texts, is_name=is_name, outlets_in=lexicons.outlets(own).names_in)


def _corpus(
    store: Store,
    run_id: str,
    documents: Mapping[str, Document],
    reports: Mapping[str, Sequence[Report]],
) -> Corpus:
    total, undated = store.document_counts()
    outlets = {outlet for one in documents.values() for outlet in one.outlets}
    groups = {report.origin for listed in reports.values() for report in listed}
    segments = store.segment_counts(run_id)
    excluded = [
        Excluded(what=f"{kind} segments", count=segments[kind], reason=reason)
        for kind, reason in (
            (SegmentKind.COMMENT.value, "readers' words are not reporting"),
            (SegmentKind.BOILERPLATE.value, "disclaimers, navigation and the like assert nothing"),
        )
        if kind in segments
    ]
    skipped = Counter(notice.reason for notice in store.notices() if notice.skipped)
    excluded += [
        Excluded(what="input", count=count, reason=reason)
        for reason, count in sorted(skipped.items(), key=lambda item: (-item[1], item[0]))
    ]
    if undated:
        reason = "no day of publication is known; what they tell is dated only where they date it"
        excluded.append(Excluded(what="dates of documents", count=undated, reason=reason))
    if broken := store.broken(run_id):
        excluded.append(Excluded(what="documents", count=broken, reason="broke the extraction"))
    return Corpus(
        documents=total,
        dated=total - undated,
        relevant=len(documents),
        outlets=len(outlets),
        origins=Origins(min=min(1, len(groups)), max=len(groups)),
        excluded=tuple(excluded),
    )

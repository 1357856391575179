"""Findings -> Brief. Every sentence about the world is a Statement, and none is without evidence.

The order follows ICD 208 (bottom line first) and the form of judgements ICD 203: one likelihood
term from one row of the yardstick, confidence in a sentence of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from detente.briefing.words import LABELS, date_words, likelihood, listed, plural, side_words
from detente.model import (
    Attribution,
    Brief,
    Claim,
    Corpus,
    DateBasis,
    Direction,
    Document,
    Dyad,
    Event,
    Evidence,
    Findings,
    Judgement,
    Label,
    OutletCount,
    Rating,
    Report,
    Shift,
    ShiftKind,
    ShiftNote,
    SourceKind,
    Statement,
    TimelineEntry,
)

__all__ = ["Material", "compose"]

# A silence longer than this, between two reports about the pair, is worth a line under "gaps".
SILENCE = timedelta(days=75)
# The state at the end of the period is judged from the events of this long.
RECENT = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a brief is made of.

    Attributes:
        dyad: the pair.
        names: their names for people.
        since: first day that the user asked for, or None.
        until: last day, or None.
        events: the pair's events within the period, those without a date included.
        reports: the reports of each event, by event id.
        ratings: the rating of each event, by event id.
        claims: claims by id.
        documents: documents by id.
        country_names: names of countries by code.
        findings: series and shifts of the pair.
        corpus: what the brief was drawn from.
        run_id: the run that produced the claims.
        tool: versions of the tool, its model and its lexicons, for the disclosure.
    """

    dyad: Dyad
    names: tuple[str, str]
    since: date | None
    until: date | None
    events: Sequence[Event]
    reports: Mapping[str, Sequence[Report]]
    ratings: Mapping[str, Rating]
    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]
    country_names: Mapping[str, str]
    findings: Findings
    corpus: Corpus
    run_id: str
    tool: tuple[str, ...]


def compose(material: Material) -> Brief:
    """Return the brief that the material carries."""
    ordered = sorted(material.events, key=_event_order)
    entries = {event.id: _entry(event, material) for event in ordered if event.claim_ids}
    timeline = tuple(entries[e.id] for e in ordered if e.id in entries and not e.planned)
    planned = tuple(entries[e.id] for e in ordered if e.id in entries and e.planned)
    shifts = tuple(
        note
        for shift in material.findings.shifts
        if (note := _shift_note(shift, entries, material))
    )
    return Brief(
        dyad=material.dyad,
        names=material.names,
        first=material.since or min((e.first for e in timeline if e.first), default=None),
        last=material.until or max((e.last for e in timeline if e.last), default=None),
        corpus=material.corpus,
        judgements=_judgements(shifts, timeline, planned, material),
        shifts=shifts,
        events=timeline,
        disputed=_disputed(ordered, material),
        planned=planned,
        gaps=_gaps(ordered, timeline, material),
        sources=_sources(ordered, material),
        series=material.findings.series,
        shift_reason=material.findings.reason,
        run_id=material.run_id,
        tool=material.tool,
    )


def _event_order(event: Event) -> tuple[date, date, str]:
    return (event.first or date.max, event.last or date.max, event.id)


# --- evidence --------------------------------------------------------------------------------


def _evidence(claim: Claim, material: Material) -> Evidence:
    document = material.documents[claim.document_id]
    return Evidence(
        document_id=document.id,
        document_key=document.key,
        start=claim.sentence.start,
        end=claim.sentence.end,
        quote=claim.sentence.text,
        claim_id=claim.id,
        outlets=document.outlets,
        published=document.published,
        url=document.url,
    )


def _claims(event: Event, material: Material) -> list[Claim]:
    """Return the claims that affirm an event, the one that tells it best first."""
    return sorted((material.claims[identifier] for identifier in event.claim_ids), key=_telling)


_BASIS = {DateBasis.STATED: 0, DateBasis.RELATIVE: 0, DateBasis.PUBLICATION: 1}


def _telling(claim: Claim) -> tuple[int, int, int, int, int, str]:
    """Best is a sentence that binds its outlet, dates the event, and is neither bare nor long."""
    length = len(claim.sentence.text)
    first, last = claim.when.first, claim.when.last
    return (
        LABELS.index(claim.certainty.label),
        _BASIS.get(claim.when.basis, 2),
        (last - first).days if first and last else 99999,
        int(not 40 <= length <= 320),
        claim.anchor.start - claim.sentence.start,
        claim.id,
    )


def _one_per_document(claims: Sequence[Claim]) -> list[Claim]:
    seen: dict[str, Claim] = {}
    for claim in claims:
        seen.setdefault(claim.document_id, claim)
    return list(seen.values())


# --- the timeline ----------------------------------------------------------------------------


def _entry(event: Event, material: Material) -> TimelineEntry:
    claims = _claims(event, material)
    told = _one_per_document(claims)
    reports = material.reports[event.id]
    affirming = [r for r in reports if set(r.claim_ids) & set(event.claim_ids)]
    outlets = sorted({outlet for report in affirming for outlet in report.outlets})
    names = dict(material.country_names)
    best = claims[0]
    return TimelineEntry(
        event_id=event.id,
        first=event.first,
        last=event.last,
        date_text=date_words(event.first, event.last),
        date_basis=_basis_of(event, claims),
        event_type=event.event_type.value,
        mode=event.mode,
        quad=event.quad,
        actors=side_words(event.actors, names),
        recipients=side_words(event.recipients, names),
        statement=Statement(
            text=_quoted(best.sentence.text),
            evidence=tuple(_evidence(claim, material) for claim in told),
        ),
        says=_says(told, material),
        label=best.certainty.label.value,
        reports=len(affirming),
        outlets=tuple(outlets),
        origins=event.origins,
        rating=material.ratings[event.id],
    )


def _basis_of(event: Event, claims: Sequence[Claim]) -> str:
    for claim in claims:
        if (claim.when.first, claim.when.last) == (event.first, event.last):
            return claim.when.basis.value
    return DateBasis.UNKNOWN.value


def _quoted(text: str) -> str:
    return " ".join(text.split())


def _says(claims: Sequence[Claim], material: Material) -> tuple[str, ...]:
    """Return who says so, through whom: one clause for each distinct chain, the commonest first."""
    chains = Counter(_chain_words(claim, material.documents[claim.document_id]) for claim in claims)
    return tuple(chain for chain, _ in sorted(chains.items(), key=lambda item: (-item[1], item[0])))


def _chain_words(claim: Claim, document: Document) -> str:
    outlet = listed(document.outlets, most=4) or "an unnamed outlet"
    links = [_link_words(link) for link in claim.attributions]
    if not links:
        return f"{outlet}, in its own voice"
    return f"{outlet}: " + " → ".join(links)


def _link_words(link: Attribution) -> str:
    source = link.source
    if source is None:
        return f"no source (“{_quoted(link.cue.text)}”)"
    words = _quoted(source.span.text)
    if source.antecedent is not None:
        words = f"{words} [{_quoted(source.antecedent.text)}]"
    if not source.named:
        return f"{words} (unnamed)"
    kind = {SourceKind.OFFICIAL: "official", SourceKind.OUTLET: "outlet"}.get(source.kind)
    return f"{words} ({kind})" if kind else words


# --- shifts and judgements -------------------------------------------------------------------


def _shift_note(
    shift: Shift, entries: Mapping[str, TimelineEntry], material: Material
) -> ShiftNote | None:
    drivers = [entries[event_id] for event_id in shift.drivers if event_id in entries]
    if not drivers:
        return None
    a, b = material.names
    when = date_words(shift.first, shift.last)
    change = {
        Direction.WORSE: "turned for the worse",
        Direction.BETTER: "turned for the better",
        Direction.MORE: "drew more reports, with the same mix of events",
        Direction.LESS: "drew fewer reports, with the same mix of events",
    }[shift.direction]
    text = (
        f"Relations between {a} and {b} {change} in {when}: conflict made "
        f"{_percent(shift.before)} of their events before and {_percent(shift.after)} after. "
        f"The change rests on {_driver_words(drivers)}."
    )
    evidence = tuple(driver.statement.evidence[0] for driver in drivers)
    return ShiftNote(shift=shift, statement=Statement(text=text, evidence=evidence))


def _percent(share: float) -> str:
    return f"{round(min(max(share, 0.01), 0.99) * 100)} %"


def _driver_words(drivers: Sequence[TimelineEntry]) -> str:
    told = [f"{driver.date_text} (“{_short(driver.statement.text)}”)" for driver in drivers[:3]]
    return listed(told, most=3)


def _short(text: str, limit: int = 140) -> str:
    if len(text) <= limit:
        return text
    space = text.rfind(" ", 0, limit)
    return text[: space if space > 0 else limit].rstrip(",;: ") + " …"


def _judgements(
    shifts: Sequence[ShiftNote],
    timeline: Sequence[TimelineEntry],
    planned: Sequence[TimelineEntry],
    material: Material,
) -> tuple[Judgement, ...]:
    made = []
    for note in shifts:
        # even odds are worth a line under shifts, not a judgement
        likely = likelihood(note.shift.probability) != "roughly even chance"
        if note.shift.kind is ShiftKind.RELATION and likely:
            made.append(_shift_judgement(note, timeline, material))
    latest = _latest_judgement(timeline, material)
    if latest:
        made.append(latest)
    return tuple(made)


def _shift_judgement(
    note: ShiftNote, timeline: Sequence[TimelineEntry], material: Material
) -> Judgement:
    shift = note.shift
    term = likelihood(shift.probability)
    a, b = material.names
    way = "worsened" if shift.direction is Direction.WORSE else "improved"
    drivers = [entry for entry in timeline if entry.event_id in shift.drivers][:3]
    told = listed([f"“{_short(entry.statement.text, 110)}”" for entry in drivers], most=3)
    text = (
        f"It is {term} that relations between {a} and {b} {way} "
        f"in {date_words(shift.first, shift.last)}; what changed them: {told}."
    )
    return Judgement(
        statement=Statement(text=text, evidence=note.statement.evidence),
        likelihood=term,
        confidence=_confidence(drivers),
        rule="posterior probability of a change in this interval, exact Bayesian segmentation",
    )


def _confidence(entries: Sequence[TimelineEntry]) -> str:
    """Return the confidence sentence: how good the basis is (ICD 203; levels as in JP 2-0)."""
    fewest = min((entry.origins.min for entry in entries), default=0)
    most = max((entry.origins.max for entry in entries), default=0)
    contested = any(entry.rating.credibility >= 4 for entry in entries if entry.reports > 1)
    if fewest > 1 and not contested:
        level, why = "high", "every event it rests on has more than one demonstrated origin"
    elif most > 1:
        level, why = "moderate", "several outlets report these events, their independence unproven"
    else:
        level, why = "low", "the events it rests on have one origin each"
    return f"Confidence is {level}: {why}."


def _latest_judgement(timeline: Sequence[TimelineEntry], material: Material) -> Judgement | None:
    """Judge the state at the end of the period from the last ninety days with events."""
    known = [entry for entry in timeline if entry.last is not None]
    if not known:
        return None
    end = max(entry.last for entry in known if entry.last)
    recent = [e for e in known if e.last and end - e.last <= RECENT]
    conflict = sum(entry.quad >= 3 for entry in recent)
    total = len(recent)
    if total < 3:
        return None
    share = (conflict + 0.5) / (total + 1)
    # probability that the underlying share of cooperation exceeds one half (Jeffreys prior)
    probability = _mostly_cooperative(total - conflict, conflict)
    cooperative = probability >= 0.5
    term = likelihood(probability if cooperative else 1 - probability)
    a, b = material.names
    state = "mainly cooperative" if cooperative else "mainly conflictual"
    first = min(entry.first for entry in recent if entry.first)
    lead = f"There is a {term}" if term == "roughly even chance" else f"It is {term}"
    shown = recent[-3:]
    text = (
        f"{lead} that dealings between {a} and {b} were {state} from "
        f"{date_words(first, first)} to {date_words(end, end)}: "
        f"{conflict} of {plural(total, 'event')} were conflict "
        f"(share {_percent(share)}); the last were "
        f"{listed([f'“{_short(e.statement.text, 110)}”' for e in shown], most=3)}."
    )
    return Judgement(
        statement=Statement(text=text, evidence=tuple(e.statement.evidence[0] for e in recent)),
        likelihood=term,
        confidence=_confidence(recent),
        rule="probability that cooperation is the larger share, beta-binomial with Jeffreys prior",
    )


def _mostly_cooperative(cooperation: int, conflict: int, *, steps: int = 400) -> float:
    """Return P(share of cooperation > 1/2) under a Jeffreys prior, by the midpoint rule."""
    a, b = cooperation + 0.5, conflict + 0.5
    weights = []
    for i in range(steps):
        x = (i + 0.5) / steps
        weights.append((x, x ** (a - 1) * (1 - x) ** (b - 1)))
    total = sum(weight for _, weight in weights)
    above = sum(weight for x, weight in weights if x > 0.5)
    return float(min(max(above / total, 0.01), 0.99))


# --- disputed, gaps, sources -----------------------------------------------------------------


def _disputed(events: Sequence[Event], material: Material) -> tuple[Statement, ...]:
    found = []
    for event in events:
        denials = [material.claims[identifier] for identifier in event.denial_ids]
        if not denials:
            continue
        denial = min(
            denials, key=lambda claim: (claim.certainty.label is not Label.DENIED, claim.id)
        )
        against = _claims(event, material)[:2]
        denied = (
            f"{_chain_words(denial, material.documents[denial.document_id])}: "
            f"“{_quoted(denial.sentence.text)}”"
        )
        if against:
            text = (
                f"{date_words(event.first, event.last)}: “{_quoted(against[0].sentence.text)}” "
                f"({_chain_words(against[0], material.documents[against[0].document_id])}). "
                f"Against it: {denied}"
            )
        else:
            text = f"Denied, with no report here that affirms it: {denied}"
        evidence = tuple(_evidence(claim, material) for claim in (*against, *denials[:3]))
        found.append(Statement(text=text, evidence=evidence))
    return tuple(found)


def _gaps(
    events: Sequence[Event], timeline: Sequence[TimelineEntry], material: Material
) -> tuple[Statement, ...]:
    found = []
    for entry in timeline:
        if entry.first is None and entry.last is None:
            reason = material.claims[entry.statement.evidence[0].claim_id or ""].when.reason
            found.append(
                Statement(
                    text=f"When this happened is unknown ({reason or 'no date given'}): "
                    f"“{_short(entry.statement.text)}”",
                    evidence=entry.statement.evidence[:1],
                )
            )
    for event in events:
        claims = _claims(event, material)
        if claims and all(_only_unnamed(claim) for claim in claims):
            found.append(
                Statement(
                    text="Who said this first is unknown, every chain ends in unnamed sources: "
                    f"“{_short(_quoted(claims[0].sentence.text))}”",
                    evidence=(_evidence(claims[0], material),),
                )
            )
    found += _silences(timeline)
    return tuple(found)


def _only_unnamed(claim: Claim) -> bool:
    if not claim.attributions:
        return False
    inner = claim.attributions[-1].source
    return inner is None or not inner.named


def _silences(timeline: Sequence[TimelineEntry]) -> list[Statement]:
    known = [entry for entry in timeline if entry.first and entry.last]
    found = []
    end: TimelineEntry | None = None
    for entry in known:
        if end and end.last and entry.first and entry.first - end.last > SILENCE:
            found.append(
                Statement(
                    text=f"No dated event between {date_words(end.last, end.last)} and "
                    f"{date_words(entry.first, entry.first)}; these two bound the silence.",
                    evidence=(end.statement.evidence[0], entry.statement.evidence[0]),
                )
            )
        if end is None or (entry.last and end.last and entry.last > end.last):
            end = entry
    return found


def _sources(events: Sequence[Event], material: Material) -> tuple[OutletCount, ...]:
    documents = {
        report.document_id for event in events for report in material.reports.get(event.id, ())
    }
    days: dict[str, list[date]] = {}
    counts: Counter[str] = Counter()
    for identifier in documents:
        document = material.documents[identifier]
        for outlet in document.outlets or ("(outlet unknown)",):
            counts[outlet] += 1
            days.setdefault(outlet, [])
            if document.published:
                days[outlet].append(document.published)
    return tuple(
        OutletCount(
            outlet=outlet,
            documents=count,
            first=min(days[outlet], default=None),
            last=max(days[outlet], default=None),
        )
        for outlet, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )

"""Seen on the day, from a store: what reports and datasets say of when a thing was known."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from detente import workflow
from detente.analysis.occurrences import occurrences
from detente.analysis.online import cut_at, known_of, same_change
from detente.analysis.series import series_of
from detente.analysis.shifts import find_shifts
from detente.model import Dyad, EventType
from detente.storage.catalog import Store
from detente.storage.coded import add_coded, pair_published
from making import coded

PAIR = Dyad("THA", "KHM")


def row(number, dataset, day, kind, columns):
    talk = kind == "CONSULT"
    return replace(
        coded(f"{number:04}", day),
        dataset=dataset,
        event_type=EventType(kind),
        quad=1 if talk else 4,
        score=1.0 if talk else -9.0,
        actor="THA",
        recipient="KHM",
        columns=json.dumps(columns),
    )


def store_of(folder, dataset, columns_of, weeks=70, turn=45):
    store = Store(folder)
    rows = []
    for number in range(weeks * 2):
        day = date(2010, 1, 4) + timedelta(days=number * 7 // 2)
        kind = "CONSULT" if number < turn * 2 else "ASSAULT"
        rows.append(row(number, dataset, day, kind, columns_of(day)))
    with store.writing():
        add_coded(store, dataset, rows)
    return store


def seen(store):
    findings = workflow.relation(store, PAIR, online=True)
    (found,) = [one for one in findings.seen if one]
    return found


LATE = timedelta(days=40)


@pytest.mark.parametrize(
    ("dataset", "columns_of"),
    [
        ("gdelt", lambda day: {"DATEADDED": f"{day + LATE:%Y%m%d}"}),
        ("gdelt", lambda day: {"DATEADDED": f"{day + LATE:%Y%m%d}143000"}),
        ("polecat", lambda day: {"Publication Date": f"{day + LATE}"}),
        ("plover", lambda day: {"cite_info": json.dumps({"date": f"{day + LATE}"})}),
    ],
)
def test_the_day_on_which_a_dataset_had_a_row_counts(dataset, columns_of, tmp_path):
    store = store_of(tmp_path / "late", dataset, columns_of)
    published = pair_published(store, dataset, PAIR)
    assert published["0000"] == date(2010, 1, 4) + LATE and len(published) == 140
    prompt = store_of(tmp_path / "prompt", dataset, lambda _day: {})
    assert pair_published(prompt, dataset, PAIR) == {}
    assert seen(store).day >= seen(prompt).day + LATE - timedelta(days=7)


@pytest.mark.parametrize("columns", [{"cite_info": "Reuters"}, {"cite_info": '{"date": "soon"}'}])
def test_what_is_no_day_counts_as_not_said(columns, tmp_path):
    store = store_of(tmp_path, "plover", lambda _day: columns, weeks=2)
    assert pair_published(store, "plover", PAIR) == {}


def test_rows_of_icews_bear_the_day_of_their_story(tmp_path):
    store = store_of(tmp_path, "icews", lambda _day: {"Publication Date": "2020-01-01"})
    assert pair_published(store, "icews", PAIR) == {}


def test_it_is_told_when_it_is_asked_for(detente, tmp_path):
    store = store_of(tmp_path / "store", "icews", lambda _day: {}).folder
    words = ("relation", "Thailand", "Cambodia", "--store", store)
    plain = detente(*words)
    asked = detente(*words, "--online")
    assert "seen" not in plain.out
    more = [line for line in asked.out.splitlines() if line not in plain.out.splitlines()]
    (line,) = more
    found = seen(Store(store))
    assert line.strip() == (
        f"would have been seen on {found.day}, {found.delay} days after the interval began"
    )
    shifts = json.loads(detente(*words, "--format", "json").out)["shifts"]
    assert {json.dumps(one["seen"]) for one in shifts} == {"null"}
    (shift,) = json.loads(detente(*words, "--format", "json", "--online").out)["shifts"]
    assert shift["seen"] == {"date": str(found.day), "delay_days": found.delay}


def test_a_period_does_not_change_what_was_seen(tmp_path):
    store = store_of(tmp_path, "icews", lambda _day: {})
    findings = workflow.relation(store, PAIR, online=True)
    (shift,) = [one for one in findings.shifts if one.likely]
    part = workflow.relation(store, PAIR, online=True, since=shift.first - timedelta(days=9))
    assert [one for one in part.seen if one] == [one for one in findings.seen if one]


def test_a_period_without_a_shift_has_nothing_to_be_seen(detente, tmp_path):
    store = store_of(tmp_path / "store", "icews", lambda _day: {}).folder
    words = ("relation", "Thailand", "Cambodia", "--store", store, "--until", "2010-03-01")
    ended = detente(*words, "--online")
    assert ended.code == 0 and "seen" not in ended.out


def test_reports_of_a_store_count_from_their_own_day(tmp_path):
    lines = []
    for number in range(120):
        day = date(2014, 1, 6) + timedelta(days=number * 5)
        deed = "met a Russian minister" if number < 80 else "bombed Russian troops"
        words = f"Turkish ministers {deed}" if number < 80 else f"Turkish forces {deed}"
        late = day + (timedelta(0) if number < 80 else timedelta(days=30))
        text = f"{words} on {day:%-d %B %Y}."
        lines.append({"id": str(number), "outlet": "Courier", "published": str(late), "text": text})
    (tmp_path / "reports.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines))
    store = Store(tmp_path / "store")
    workflow.read([tmp_path / "reports.jsonl"], store)
    findings = workflow.relation(store, Dyad("TUR", "RUS"), online=True)
    (shift, found) = next(
        (shift, one)
        for shift, one in zip(findings.shifts, findings.seen, strict=True)
        if shift.likely and shift.kind == "relation"
    )
    turned = date(2014, 1, 6) + timedelta(days=400)
    assert shift.first <= turned <= shift.last + timedelta(days=6)
    assert found.day >= turned + timedelta(days=30)


# --- against a resolution of the day ---------------------------------------------------------

EXAMPLE = Path(__file__).parents[1] / "examples" / "turkey-russia"
BOTH = Dyad("TUR", "RUS")


class Until(Store):
    """A store as it was when nothing later had been published."""

    def __init__(self, folder, day):
        super().__init__(folder)
        self.early = {one.id for one in self.documents() if one.published and one.published <= day}

    def extractions(self, run_id, *, of=None, claimed=False):
        return super().extractions(run_id, of=self.early, claimed=claimed)


def test_a_cut_of_one_resolution_is_nearly_what_a_resolution_of_the_day_gives(tmp_path):
    store = Store(tmp_path)
    workflow.read([EXAMPLE], store)
    run = workflow.resolve(store)
    events = store.events_between(BOTH)
    happened = occurrences(events, BOTH)
    series = series_of(happened, BOTH, store.documents_per_month(), whole=True)
    known = known_of(events, store.reports_of([one.id for one in events]))
    counted = Counter()
    first, last = series.periods[0].first, series.periods[-1].last
    for number in range(13, (last - first).days, 14):
        day = first + timedelta(days=number)
        cut, told = cut_at(day, series, happened, known)
        found, _ = workflow.resolve_run(Until(tmp_path, day), run.id)
        exact = [one for one in occurrences(found, BOTH) if one.day <= day]
        anew, _ = cut_at(day, series_of(exact, BOTH, {}, since=first, until=last), exact, {})
        anew = type(cut)(
            dyad=BOTH,
            periods=tuple(
                type(one)(first=one.first, last=one.last, counts=one.counts, documents=n.documents)
                for one, n in zip(anew.periods, cut.periods, strict=True)
            ),
        )
        ours, theirs = (
            [one for one in find_shifts(*pair, driven=False).shifts if one.likely]
            for pair in ((cut, told), (anew, exact))
        )
        alike = len(ours) == len(theirs) and all(
            any(same_change(one, other) for other in theirs) for one in ours
        )
        counted.update(days=1, alike=alike, events=len(exact), off=abs(len(told) - len(exact)))
    assert counted["days"] > 20 and counted["events"] > 500
    assert counted["alike"] >= 0.9 * counted["days"]
    assert counted["off"] <= 0.02 * counted["events"]

"""Do claims about one happening become one event, and others another?

``python -m benchmarks.resolution [--data FOLDER] [--half open|held] [--json] [--errors]``. The data
are happenings of public history, each told by several invented outlets, and reviews that tell
several; look-alikes (two tests, two prolonged sanctions, two expulsions on a day) must stay apart.
No rule was written for those in held*.yaml, and none may be: --errors shows the open ones. An item
is one telling: marked words of one report. The texts go through the whole line; a telling without a
claim is counted in ``not_coded`` and left out of the scores, and ``all_b_cubed_f1`` takes each such
telling for an event of its own. Baselines: one event for each type and pair of sides a day (the
one-a-day filter of event data), and claims that agree in type, both sides and dates.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from benchmarks.clusters import b_cubed, ceaf
from detente import workflow
from detente.model import Claim
from detente.settings import Settings
from detente.storage.catalog import Store

GOLD = Path("tests/gold/events")
_MARK = re.compile(r"\[\[(.+?)(?:\|([\w-]+))?\]\]")


@dataclass(frozen=True, slots=True)
class Telling:
    """Words of a report that tell a happening."""

    id: str
    report: str
    start: int
    end: int
    happening: str


@dataclass(frozen=True, slots=True)
class Told:
    """One report with what it tells."""

    key: str
    outlet: str
    published: date
    text: str
    tellings: tuple[Telling, ...]


def main() -> None:
    """Print the scores beside those of the baselines."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=GOLD)
    parser.add_argument("--half", choices=("open", "held"), help="default: both")
    parser.add_argument("--json", action="store_true", help="print JSON (the default too)")
    parser.add_argument("--errors", action="store_true", help="print what was joined and parted")
    options = parser.parse_args()
    reports = list(read(options.data, options.half))
    gold = {one.id: one.happening for report in reports for one in report.tellings}
    claims, events = resolve(reports)
    coded = {item: gold[item] for item in gold if item in claims}
    found = {item: events[claims[item].id] for item in coded if claims[item].id in events}
    lost = {item: f"no event {item}" for item in coded if item not in found}
    gatherings: dict[str, Mapping[str, Hashable]] = {
        "": found | lost,
        "one_a_day_": {item: one_a_day(claims[item], reports) for item in coded},
        "exact_": {item: exact(claims[item]) for item in coded},
    }
    result: dict[str, float] = {
        "reports": len(reports),
        "happenings": len(set(gold.values())),
        "tellings": len(gold),
        "not_coded": len(gold) - len(coded),
    }
    for name, gathering in gatherings.items():
        for metric, score in (
            ("b_cubed", b_cubed(coded, gathering)),
            ("ceaf", ceaf(coded, gathering)),
        ):
            result[f"{name}{metric}_precision"] = round(score.precision, 3)
            result[f"{name}{metric}_recall"] = round(score.recall, 3)
            result[f"{name}{metric}_f1"] = round(score.f1, 3)
    alone = {item: found.get(item, f"alone {item}") for item in gold}
    result["all_b_cubed_f1"] = round(b_cubed(gold, alone).f1, 3)
    print(json.dumps(result, indent=2))
    if options.errors and options.half == "open" and not options.json:
        show(reports, coded, gatherings[""], claims, gold)


def read(folder: Path, half: str | None = None) -> Iterator[Told]:
    """Yield the reports of a folder: happenings*.yaml and digests.yaml, and held*.yaml."""
    if half != "held":
        yield from _happenings(sorted(folder.glob("happenings*.yaml")))
        rows = yaml.safe_load((folder / "digests.yaml").read_text("utf-8"))
        for number, row in enumerate(rows, 1):
            yield _told(f"digest-{number}", row, "")
    if half != "open":
        yield from _happenings(sorted(folder.glob("held*.yaml")))


def _happenings(paths: Sequence[Path]) -> Iterator[Told]:
    for path in paths:
        for happening in yaml.safe_load(path.read_text(encoding="utf-8")):
            for number, row in enumerate(happening["reports"], 1):
                yield _told(f"{happening['id']}-{number}", row, happening["id"])


def _told(key: str, row: list[object], own: str) -> Told:
    outlet, published, marked = row
    assert isinstance(outlet, str) and isinstance(published, date) and isinstance(marked, str)
    text, last = "", 0
    tellings = []
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        start = len(text)
        text += mark[1]
        last = mark.end()
        happening = mark[2] or own or mark[1]
        tellings.append(Telling(f"{key}/{len(tellings)}", key, start, len(text), happening))
    return Told(key, outlet, published, text + marked[last:], tuple(tellings))


def resolve(reports: list[Told]) -> tuple[dict[str, Claim], dict[str, str]]:
    """Return the claim of each telling that has one, and the event of each claim, by the line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        rows = (
            {
                "id": one.key,
                "text": one.text,
                "outlet": one.outlet,
                "published": one.published.isoformat(),
            }
            for one in reports
        )
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        store = Store(Path(folder) / "store")
        workflow.read([path], store)
        settings = Settings(processes=1)
        run = workflow.resolve(store, settings=settings)
        events = {
            claim: event.id
            for event in store.events()
            for claim in (*event.claim_ids, *event.denial_ids)
        }
        by_report: defaultdict[str, list[Claim]] = defaultdict(list)
        for extraction in store.extractions(run.id):
            for claim in extraction.claims:
                by_report[claim.document_key].append(claim)
    found = {}
    for report in reports:
        for telling in report.tellings:
            near = [
                claim
                for claim in by_report[report.key]
                if claim.anchor.start < telling.end and telling.start < claim.anchor.end
            ]
            if near:
                found[telling.id] = min(near, key=lambda claim: len(claim.anchor.text))
    return found, events


def sides(claim: Claim) -> Hashable:
    """Return who did it to whom, by country or name."""
    return tuple(
        tuple(sorted({one.country or one.name or "" for one in listed}))
        for listed in (claim.actors, claim.recipients)
    )


def one_a_day(claim: Claim, reports: list[Told]) -> Hashable:
    """Return the cluster of the one-a-day filter: type, sides, day of publication."""
    days = {report.key: report.published for report in reports}
    return claim.event_type, sides(claim), days[claim.document_key]


def exact(claim: Claim) -> Hashable:
    """Return the cluster of claims that agree in type, sides and dates."""
    return claim.event_type, sides(claim), claim.when.first, claim.when.last


def show(
    reports: list[Told],
    coded: Mapping[str, str],
    found: Mapping[str, Hashable],
    claims: Mapping[str, Claim],
    gold: Mapping[str, str],
) -> None:
    """Print the events that hold several happenings, and the happenings in several events."""
    texts = {one.id: report for report in reports for one in report.tellings}

    def line(item: str) -> str:
        claim, report = claims[item], texts[item]
        when = f"{claim.when.first}..{claim.when.last}"
        return (
            f"    {gold[item]:20} {report.published} {claim.event_type} {sides(claim)} {when} "
            f"{claim.certainty.label}: {report.text[:110]}"
        )

    for title, one, other in (("JOINED", found, coded), ("PARTED", coded, found)):
        groups: defaultdict[Hashable, list[str]] = defaultdict(list)
        for item in coded:
            groups[one[item]].append(item)
        for name, items in groups.items():
            if len({other[item] for item in items}) > 1:
                print(title, name)
                for item in sorted(items, key=lambda item: str(other[item])):
                    print(line(item))
    print("NOT CODED")
    for report in reports:
        for telling in report.tellings:
            if telling.id not in coded:
                print(f"    {telling.happening:20} {report.text[:150]}")


if __name__ == "__main__":
    main()

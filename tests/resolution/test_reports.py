"""Origins of an event: what ties reports to one another, and the four states of independence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from detente.lexicon.outlets import load_outlets
from detente.model import (
    Independence,
    MagnitudeKind,
    Origins,
    SegmentKind,
    SourceKind,
)
from detente.resolution.accounts import Outlets
from detente.resolution.copies import find_copies
from detente.resolution.dated import dated
from detente.resolution.events import Gathered
from detente.resolution.reports import reports_of
from making import attribution, claim, dead, document

TUR, RUS = ("Turkey", "TUR"), ("Russia", "RUS")
OUTLETS = Outlets(names=load_outlets().names_in, owner=load_outlets().owner_of)


def shot(text, outlet, day=24, **more):
    doc = document(text, outlets=(outlet,), published=date(2015, 11, day))
    return doc, claim(doc, "ASSAULT", TUR, RUS, anchor="shot down", **more)


def told(*pairs, denials=(), outlets=OUTLETS):
    documents = {doc.id: doc for doc, _ in (*pairs, *denials)}
    one = Gathered(
        dated(pairs[0][1], pairs[0][0]),
        [dated(made, doc) for doc, made in pairs],
        [dated(made, doc) for doc, made in denials],
    )
    copies = find_copies(documents.values())
    reports, origins = reports_of(one, "event", documents, {}, copies, outlets=outlets)
    by_outlet = {report.outlets[0]: report for report in reports}
    return by_outlet, origins


LONG = (
    "Turkey shot down a bomber of Russia near the border on Tuesday after it had ignored ten "
    "warnings within five minutes, and both airmen left it by parachute over the wooded hills."
)


def test_forty_outlets_with_one_wire_are_one_origin():
    pairs = [shot(f"{LONG} {outlet}.", f"Paper {outlet}", 24 + outlet % 3) for outlet in range(40)]
    reports, origins = told(*pairs)
    assert (origins.min, origins.max) == (1, 1)
    states = [report.independence for report in reports.values()]
    assert states.count(Independence.DEPENDENT) == 39
    assert all(report.reason for report in reports.values())


def test_two_reports_by_own_correspondents_stay_two():
    reports, origins = told(
        shot("Turkey shot down a bomber of Russia. Our correspondent saw it fall.", "Courier"),
        shot("A plane of Russia was shot down by Turkey, a pilot told Port Post.", "Port Post"),
    )
    assert (origins.min, origins.max) == (2, 2)
    assert {one.independence for one in reports.values()} == {Independence.DEMONSTRATED}
    assert any("different parties" in reason for reason in origins.reasons)


def test_a_correspondent_of_another_paper_is_no_access_of_ones_own():
    _, origins = told(
        shot("Turkey shot down a bomber of Russia. Our correspondent saw it.", "Courier"),
        shot("A plane of Russia was shot down by Turkey, a pilot told Port Post.", "Ledger"),
    )
    assert (origins.min, origins.max) == (1, 2)


def test_two_offices_of_one_state_are_no_demonstrated_two():
    pairs = []
    for text, name, outlet in (
        ("near the hills", "the general staff", "Courier"),
        ("on a clear day", "the foreign ministry", "Ledger"),
    ):
        doc = document(
            f"Turkey shot down a bomber of Russia {text}, {name} said.",
            outlets=(outlet,),
            published=date(2015, 11, 24),
        )
        link = attribution(doc, name, "said")
        link = replace(link, source=replace(link.source, country="TUR"))
        pairs.append((doc, claim(doc, "ASSAULT", TUR, RUS, anchor="shot down", chain=(link,))))
    _, origins = told(*pairs)
    assert (origins.min, origins.max) == (1, 2)


def test_outlets_of_one_owner_are_one_origin():
    reports, origins = told(
        shot("Turkey shot down a bomber of Russia near the border.", "TASS"),
        shot("A plane of Russia was shot down by Turkey at noon.", "RT"),
    )
    assert (origins.min, origins.max) == (1, 1)
    (evidence,) = [one for report in reports.values() for one in report.evidence]
    assert evidence.kind == "same owner" and "the state of RUS" in evidence.detail
    states = {report.independence for report in reports.values()}
    assert Independence.SAME_ORIGIN in states


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("TASS", "the state of RUS"),
        ("RIA Novosti", "the state of RUS"),
        ("Deutsche Presse-Agentur", None),
        ("Associated Press", None),
        ("Courier of Nowhere", None),
    ],
)
def test_an_owner_is_a_name_that_outlets_can_share(name, owner):
    assert load_outlets().owner_of(name) == owner


@pytest.mark.parametrize(
    "credit",
    [
        "(Reuters)",
        "Additional reporting by Reuters.",
        "Reuters contributed to this report.",
        "The attack was first reported by Reuters.",
        "Source: Reuters",
        "With files from Reuters",
    ],
)
def test_a_credit_in_the_text_ties_a_report_to_the_agency(credit):
    reports, origins = told(
        shot("Turkey shot down a bomber of Russia near the border.", "Reuters"),
        shot(f"A plane of Russia was shot down by Turkey at noon. {credit}", "Ledger", 25),
    )
    assert (origins.min, origins.max) == (1, 1)
    assert reports["Ledger"].independence is Independence.DEPENDENT
    assert reports["Ledger"].evidence[0].kind == "credit"


def test_names_in_brackets_are_no_credits():
    _, origins = told(
        shot("Turkey shot down a bomber of Russia (NATO) near the border.", "Courier"),
        shot("A plane of Russia was shot down by Turkey (NATO).", "Ledger"),
    )
    assert origins.max == 2


def counting(number, outlet, text):
    words = f"{number} people"
    doc, made = shot(f"Turkey shot down a plane of Russia {text}, killing {words}.", outlet)
    return doc, replace(made, magnitudes=(dead(doc, words, number, number),))


def test_an_error_in_common_is_one_origin():
    pairs = [
        counting(2, "A", "near the hills"),
        counting(2, "B", "on a clear day"),
        counting(2, "C", "over the old road"),
        counting(22, "D", "by the river"),
        counting(22, "E", "in plain view"),
    ]
    reports, origins = told(*pairs)
    assert origins.max == 4
    assert [one.kind for report in reports.values() for one in report.evidence] == ["same error"]
    _, origins = told(*pairs[1:3], *pairs[3:])
    assert origins.max == 4  # two against two: nobody knows who errs


# --- merged and withdrawn ----------------------------------------------------------------------


OTHER = (
    "A plane of Russia was shot down by Turkey at noon, say farmers of two villages, who found a "
    "wheel in the reeds and gave it to the gendarmes; a shepherd is looking for eleven goats."
)


def test_a_report_that_merges_two_adds_no_origin_and_joins_none():
    reports, origins = told(
        shot(LONG, "Wire"), shot(OTHER, "Herald"), shot(f"{LONG} {OTHER}", "Mail", 26)
    )
    assert (origins.min, origins.max) == (1, 2)
    assert reports["Mail"].independence is Independence.DEPENDENT


def note(outlet, day=26):
    text = "Correction: A report said that Turkey shot down two planes of Russia."
    doc = document(text, outlets=(outlet,), published=date(2015, 11, day))
    chain = (attribution(doc, "A report", "said", kind=SourceKind.DOCUMENT),)
    made = claim(doc, "ASSAULT", TUR, RUS, anchor="shot down", chain=chain)
    return doc, replace(made, segment=SegmentKind.EDITORS_NOTE)


def test_a_report_that_its_outlet_takes_back_counts_for_nothing_nor_do_its_copies():
    pairs = [shot(LONG, "Wire"), shot(LONG, "Copier", 25)]
    (doc, _) = noted = note("Wire")
    reports, origins = told(*pairs, denials=[noted])
    assert origins == Origins(min=0, max=0, reasons=origins.reasons)
    assert reports["Copier"].withdrawn_by == doc.id
    reports, origins = told(*pairs, shot(OTHER, "Herald"), denials=[noted])
    assert (origins.min, origins.max) == (1, 1)
    assert reports["Herald"].withdrawn_by is None


@pytest.mark.parametrize("noted", [note("Another"), note("Wire", 23)])
def test_only_the_outlet_takes_back_and_only_what_was_before(noted):
    reports, origins = told(shot(LONG, "Wire"), denials=[noted])
    assert origins.max == 1
    assert not any(report.withdrawn_by for report in reports.values())


def test_numbers_of_one_kind_only_are_compared():
    doc, made = counting(2, "A", "near the hills")
    hurt = replace(made.magnitudes[0], kind=MagnitudeKind.INJURED)
    _, origins = told((doc, replace(made, magnitudes=(hurt,))), counting(22, "B", "by the river"))
    assert origins.max == 2

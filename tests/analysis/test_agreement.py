"""How far two coders agree: shares and kappas that are known, intervals that are not too sure."""

from __future__ import annotations

from datetime import date

import pytest

from detente.analysis.agreement import agreements
from detente.analysis.pairing import pair
from detente.model import Pairing
from making import claim, document, second_claim

DAY = date(2015, 11, 24)


def pairing(key, ours, second):
    """One place of a document at which the coders give these types; None for no claim."""
    doc = document("Turkey struck Russia.", published=DAY, key=key)
    mine = claim(doc, ours, ("Turkey", "TUR"), ("Russia", "RUS"), anchor="struck") if ours else None
    other = (
        second_claim(doc, second, ("Turkey", "TUR"), ("Russia", "RUS"), anchor="struck")
        if second
        else None
    )
    if mine and other:
        return pair([mine], [other])[0]
    return Pairing(ours=mine, second=other)


def of(what, pairings):
    return next(one for one in agreements(pairings) if one.what == what)


# The table of Cohen's kappa that textbooks have: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no.
TABLE = {
    ("ASSAULT", "ASSAULT"): 20,
    ("ASSAULT", "COERCE"): 5,
    ("COERCE", "ASSAULT"): 10,
    ("COERCE", "COERCE"): 15,
}


def table(documents=50):
    listed = [types for types, count in TABLE.items() for _ in range(count)]
    return [pairing(f"d{at % documents}", *types) for at, types in enumerate(listed)]


def test_a_known_table_gives_the_known_kappa():
    found = of("type", table())
    assert (found.agree, found.of, found.share) == (35, 50, 0.7)
    assert found.kappa == pytest.approx(0.4)
    assert found.kappa_low < 0.2 < 0.4 < 0.6 < found.kappa_high


def test_the_interval_of_a_share_is_wilsons():
    found = of("type", table())
    assert (found.low, found.high) == pytest.approx((0.5624, 0.8090), abs=1e-4)


def test_what_one_coder_alone_has_counts_among_claims_and_nowhere_else():
    mixed = [*table(), pairing("x", "ASSAULT", None), pairing("y", None, "ASSAULT")]
    found = of("claims", mixed)
    assert (found.agree, found.of, found.kappa) == (50, 52, None)
    assert of("type", mixed).of == 50


def test_dates_and_sides_have_no_kappa():
    found = {one.what: one for one in agreements(table())}
    assert list(found) == ["claims", "type", "sides", "date", "label"]
    assert found["date"].kappa is None and found["sides"].kappa is None
    assert found["sides"].share == 1.0 and found["sides"].low < 0.95


def test_perfect_agreement_has_no_interval_that_looks_sure():
    found = of("type", [pairing(f"d{n}", t, t) for n in range(9) for t in ("AID", "ACCUSE")])
    assert (found.kappa, found.kappa_low) == (1.0, None)
    found = of("type", [pairing(f"d{n}", t, t) for n in range(30) for t in ("AID", "ACCUSE")])
    assert (found.kappa, found.kappa_low, found.kappa_high) == (1.0, None, None)


def test_a_kappa_of_one_value_alone_is_not_defined():
    found = of("type", [pairing(f"d{n}", "AID", "AID") for n in range(20)])
    assert (found.share, found.kappa, found.kappa_low) == (1.0, None, None)


def test_few_documents_are_no_sample_to_draw_from():
    found = of("type", table(documents=9))
    assert found.kappa == pytest.approx(0.4) and found.kappa_low is None
    assert of("type", table(documents=10)).kappa_low is not None


def test_nothing_gives_nothing():
    assert all(
        (one.of, one.share, one.low, one.kappa) == (0, None, None, None) for one in agreements([])
    )


def test_the_same_claims_give_the_same_interval_in_any_order():
    assert agreements(table()) == agreements(table()[::-1])

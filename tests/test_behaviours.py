"""The benchmark of behaviours: what it reads, and what it takes for right."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest
from benchmarks import behaviours
from benchmarks.behaviours import Record, compare, measure, read

from detente import checks, lexicon

RECORD = """<Sentence date="20120615" id="DEMO-1" category="DEMO">
{codings}<Text>
{text}
</Text><Parse>(ROOT)</Parse></Sentence>"""


def write(path: Path, *records: str, before: str = "") -> Path:
    path.write_text(f"{before}<Validation>{''.join(records)}</Validation>", encoding="utf-8")
    return path


def record(text: str, *codings: tuple[str, str]) -> str:
    listed = [f'<EventCoding sourcecode="{a}" targetcode="{b}"></EventCoding>' for a, b in codings]
    return RECORD.format(codings="".join(listed), text=text)


def test_a_record_has_its_text_its_day_and_the_countries_of_its_codes(tmp_path: Path) -> None:
    pairs = (
        ("ARNGOV", "GONMIL"),
        ("---GOV", "GON"),
        ("&quot;A TOLL&quot;", "GON"),
        ("IGOEEU", "NZE"),
    )
    path = write(tmp_path / "r.xml", record("Arnor  thanked\nGondor.", *pairs))
    assert read(path) == [
        Record(
            id="DEMO-1",
            category="DEMO",
            published=date(2012, 6, 15),
            text="Arnor thanked Gondor.",
            dyads=frozenset({("ARN", "GON"), ("EUR", "NZL")}),
        )
    ]


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    head = (
        f'<!DOCTYPE Validation [<!ENTITY out SYSTEM "file://{secret}">'
        '<!ENTITY ten "ten ten ten ten ten ten ten ten ten ten">]>'
    )
    path = write(tmp_path / "r.xml", record("Arnor &out; &ten; left."), before=head)
    (one,) = read(path)
    assert "secret" not in one.text
    assert "ten" not in one.text


BOTH_WAYS = frozenset({("ARN", "GON"), ("GON", "ARN")})
ONE_WAY = frozenset({("ARN", "GON")})
OTHER = frozenset({("ARN", "MOR")})


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        (ONE_WAY, ONE_WAY, (True, True)),
        (ONE_WAY, BOTH_WAYS, (True, True)),
        (BOTH_WAYS, ONE_WAY, (True, True)),
        (ONE_WAY, frozenset({("GON", "ARN")}), (False, False)),
        (ONE_WAY, frozenset(), (True, False)),
        (ONE_WAY, ONE_WAY | OTHER, (False, True)),
        (frozenset(), ONE_WAY, (False, True)),
        (frozenset(), frozenset(), (True, True)),
    ],
)
def test_no_dyad_may_be_wrong_and_none_missing(gold, found, expected) -> None:
    assert compare(gold, found) == expected


def test_shares_stand_beside_the_baseline(tmp_path: Path) -> None:
    path = write(
        tmp_path / "r.xml",
        record("Arnor attacked Gondor at night.", ("ARN", "GON")),
        record("Gondor was attacked by Arnor at night.", ("ARN", "GON")),
        record("Arnor resembles Gondor."),
    )
    result = measure(read(path))
    assert result["n"] == result["DEMO_n"] == 3
    assert result["share"] == result["DEMO_share"] == 1.0
    # the passive turns its sides round, and it takes any verb for an event
    assert result["baseline_share"] == pytest.approx(1 / 3, abs=0.001)


def test_the_keys_are_the_same_whatever_the_data(tmp_path, monkeypatch, capsys) -> None:
    path = write(tmp_path / "r.xml", record("Arnor thanked Gondor.", ("ARN", "GON")))
    monkeypatch.setattr(sys, "argv", ["behaviours", "--data", str(path), "--json"])
    behaviours.main()
    keys = list(json.loads(capsys.readouterr().out))
    head = ["n", "share", "found_share", "baseline_share"]
    assert keys[:4] == head
    each = [f"{c}_{what}" for c in behaviours.CATEGORIES for what in ("n", "share", "found_share")]
    assert set(each) <= set(keys)


def test_the_lexicon_of_invented_countries_holds() -> None:
    taught = lexicon.load(extra=(behaviours.COUNTRIES,))
    for name, code in {"Arnor": "ARN", "Minas Tirith": "GON", "Eriadori": "ERI"}.items():
        assert taught.actors.resolve(name).code == code
    (checked,) = checks.check_lexicon([behaviours.COUNTRIES])
    assert checked.well

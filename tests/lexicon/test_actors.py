"""The actor lexicon: loading, resolving names, terms of office."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.errors import LexiconError
from detente.lexicon.actor_files import (
    AgentFile,
    AmbiguousFile,
    CountryFile,
    NamedFile,
    OfficeEntry,
)
from detente.lexicon.actors import NAMED_FILES, ActorLexicon, load_actors, people_of
from detente.lexicon.files import DATA, load_file
from detente.lexicon.names import Name, NameKind, fits_case, fold, pieces

ACTORS = load_actors()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Turkey", "TUR"),
        ("TUR", "TUR"),
        ("tur", "TUR"),
        ("Turkish", "TUR"),
        ("Turks", "TUR"),
        ("Ankara", "TUR"),
        ("Türkiye", "TUR"),
        ("turkiye", "TUR"),
        ("the Kremlin", "RUS"),
        ("The Netherlands", "NLD"),
        ("U.S.", "USA"),
        ("UK", "GBR"),
        ("Holland", "NLD"),
        ("KOS", "XKX"),
        ("Kosovo", "XKX"),
        ("Palestinian", "PSE"),
        ("Soviet", "RUS"),
        ("North Korea", "PRK"),
        ("EU", "EUR"),
        ("Panama", "PAN"),
        ("Côte d'Ivoire", "CIV"),
        ("Damascus", "SYR"),
    ],
)
def test_a_name_resolves_to_one_code(name: str, code: str) -> None:
    assert ACTORS.resolve(name).code == code


@pytest.mark.parametrize("name", ["Congo", "Korea", "Congolese", "Dominican"])
def test_an_ambiguous_name_lists_its_readings(name: str) -> None:
    resolution = ACTORS.resolve(name)
    assert resolution.code is None
    assert len(resolution.candidates) == 2


def test_a_misspelt_name_lists_the_nearest_first() -> None:
    resolution = ACTORS.resolve("Turkei")
    assert resolution.code is None
    assert resolution.candidates[0] == "Turkey (TUR)"


def test_an_unknown_name_has_no_candidates() -> None:
    assert ACTORS.resolve("Xqzzt") == ACTORS.resolve("  Xqzzt ")
    assert ACTORS.resolve("Xqzzt").candidates == ()


def test_every_iso_country_has_a_name_and_a_code_that_resolve() -> None:
    for code in ("AFG", "TUR", "XKX", "PSE", "TWN", "HKG", "SSD", "ZWE"):
        name = ACTORS.country_name(code)
        assert name != code
        assert ACTORS.resolve(name).code == code
    assert ACTORS.country_name("QQQ") == "QQQ"


def test_a_dated_entry_changes_with_the_day() -> None:
    (taliban,) = (n for n in ACTORS.names("Taliban") if n.kind is NameKind.BODY)
    sectors = {
        day: [term.sector for term in taliban.terms if term.holds(day)]
        for day in (date(2010, 1, 1), date(2022, 1, 1))
    }
    assert sectors == {date(2010, 1, 1): ["REB"], date(2022, 1, 1): ["GOV"]}


def test_people_have_full_names_and_family_names() -> None:
    office = OfficeEntry.model_validate(
        {"name": "Anna Lindqvist", "country": "SWE", "office": "premier", "from": date(2010, 1, 1)}
    )
    found = {(name.text, name.kind) for name in people_of([office])}
    assert found == {("Anna Lindqvist", NameKind.PERSON), ("Lindqvist", NameKind.SURNAME)}


def test_folding_and_pieces() -> None:
    assert fold("Erdoğan Türkiye Łódź ı") == "Erdogan Turkiye Lodz i"
    assert pieces("U.S.-led al-Shabaab") == ["US", "led", "al", "Shabaab"]
    assert pieces("N’Djamena") == ["N", "Djamena"]


@pytest.mark.parametrize(
    ("written", "name", "fits"),
    [
        (["us"], ["US"], False),
        (["US"], ["US"], True),
        (["Us"], ["US"], False),
        (["Nato"], ["NATO"], True),
        (["turkey"], ["Turkey"], False),
        (["TURKEY"], ["Turkey"], True),
    ],
)
def test_capitals_count_where_the_name_has_them(
    written: list[str], name: list[str], fits: bool
) -> None:
    assert fits_case(written, name) is fits


def test_a_broken_entry_is_named(tmp_path: Path) -> None:
    path = tmp_path / "seats.yaml"
    path.write_text(
        "name: a\nversion: b\nlicence: c\nsources: []\n"
        "actors:\n- {name: Rose Palace, country: XXX, colour: red, examples: [x]}\n"
    )
    with pytest.raises(LexiconError, match=r"seats\.yaml.*Rose Palace.*colour|colour"):
        load_file(path, NamedFile)


def test_each_file_is_named_after_its_path() -> None:
    schemas = dict.fromkeys(NAMED_FILES, NamedFile) | {
        "agents": AgentFile,
        "ambiguous": AmbiguousFile,
        "country_names": CountryFile,
    }
    for stem, schema in schemas.items():
        checked, version = load_file(DATA / "actors" / f"{stem}.yaml", schema)
        assert checked.name == f"actors/{stem}"
        assert version in ACTORS.versions


def test_no_agent_noun_stands_in_two_groups() -> None:
    checked, _ = load_file(DATA / "actors" / "agents.yaml", AgentFile)
    nouns = [noun.lower() for group in checked.groups for noun in group.nouns]
    assert len(nouns) >= 250
    assert {noun for noun in nouns if nouns.count(noun) > 1} == set()


def test_a_lexicon_of_ones_own(tmp_path: Path) -> None:
    agents, _ = load_file(DATA / "actors" / "agents.yaml", AgentFile)
    words, _ = load_file(DATA / "actors" / "ambiguous.yaml", AmbiguousFile)
    own = ActorLexicon(
        [Name("Ruritania", NameKind.COUNTRY, "Ruritania", "RUR")],
        agents,
        words,
        {"RUR": "Ruritania"},
    )
    assert own.resolve("Ruritania").code == "RUR"
    assert own.resolve("Turkey").code is None

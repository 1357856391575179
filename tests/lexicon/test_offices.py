"""Terms of office: order, dates, coverage, and what the lexicon makes of them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from detente.lexicon.actor_files import OfficeEntry, OfficeFile
from detente.lexicon.actors import PSEUDO_COUNTRIES, load_actors, people_of
from detente.lexicon.files import DATA, load_file
from detente.lexicon.names import NameKind, pieces

FILE, VERSION = load_file(DATA / "actors" / "offices.yaml", OfficeFile)
OFFICES = FILE.offices
ACTORS = load_actors()
TODAY = date(2026, 11, 1)

OFFICE_NAMES = {
    "attorney general",
    "chancellor",
    "chancellor of the exchequer",
    "crown prince",
    "defence minister",
    "foreign minister",
    "general secretary",
    "head of state",
    "high representative",
    "home minister",
    "home secretary",
    "interior minister",
    "interior secretary",
    "monarch",
    "national security adviser",
    "president",
    "president of the European Commission",
    "president of the European Council",
    "prime minister",
    "secretary of defense",
    "secretary of state",
    "secretary-general",
    "secretary-general of the Arab League",
    "supreme leader",
    "vice president",
}
# Who heads the executive of the states that are asked about most.
HEADS = {
    "RUS": "president",
    "TUR": "president",
    "USA": "president",
    "CHN": "president",
    "IRN": "president",
    "ISR": "prime minister",
    "IND": "prime minister",
    "PAK": "prime minister",
    "JPN": "prime minister",
    "KOR": "president",
    "GBR": "prime minister",
    "FRA": "president",
    "DEU": "chancellor",
}
LONGEST_GAP = timedelta(days=90)


def _terms(country: str, office: str) -> list[tuple[date, date]]:
    return sorted(
        (entry.first or date.min, entry.until or TODAY)
        for entry in OFFICES
        if entry.country == country and entry.office == office
    )


def _people() -> dict[str, list[OfficeEntry]]:
    people: dict[str, list[OfficeEntry]] = {}
    for entry in OFFICES:
        people.setdefault(entry.name, []).append(entry)
    return people


def _holder(country: str, office: str, day: date) -> list[str]:
    return [
        entry.name
        for entry in OFFICES
        if (entry.country, entry.office) == (country, office)
        and (entry.first or date.min) <= day <= (entry.until or TODAY)
    ]


def test_the_header_and_the_record_of_the_run() -> None:
    assert FILE.name == "actors/offices"
    assert FILE.licence == "Apache-2.0"
    assert "by hand" in FILE.sources[0]
    assert VERSION in ACTORS.versions


def test_at_least_150_states_each_with_a_head() -> None:
    heads = {"president", "prime minister", "monarch", "chancellor", "supreme leader"}
    states = {entry.country for entry in OFFICES} - set(PSEUDO_COUNTRIES)
    assert len(states) >= 150
    assert states == {entry.country for entry in OFFICES if entry.office in heads} - set(
        PSEUDO_COUNTRIES
    )
    assert all(ACTORS.country_name(code) != code for code in states)


def test_sorted_by_country_office_and_first_day() -> None:
    keys = [(entry.country, entry.office, entry.first) for entry in OFFICES]
    assert keys == sorted(keys, key=lambda key: (key[0], key[1], key[2] or date.min))
    assert {entry.office for entry in OFFICES} == OFFICE_NAMES


def test_every_term_begins_before_it_ends() -> None:
    wrong = [e.name for e in OFFICES if e.first is None or e.first > (e.until or TODAY)]
    assert wrong == []


def test_a_month_alone_spans_the_month() -> None:
    for entry in OFFICES:
        if not entry.approximate:
            continue
        begins = entry.first is not None and entry.first.day == 1
        next_day = entry.until and entry.until + timedelta(days=1)
        assert begins or (next_day is not None and next_day.day == 1), entry.name


def test_no_person_holds_one_office_twice_at_a_time() -> None:
    for name, career in _people().items():
        for office in {(entry.country, entry.office) for entry in career}:
            terms = sorted(
                (entry.first or date.min, entry.until or TODAY)
                for entry in career
                if (entry.country, entry.office) == office
            )
            assert all(one[1] < other[0] for one, other in pairwise(terms)), (name, office)


def test_no_office_has_two_holders_on_a_day() -> None:
    for office in {(entry.country, entry.office) for entry in OFFICES}:
        country, title = office
        terms = [
            entry
            for entry in OFFICES
            if (entry.country, entry.office) == office and not entry.approximate
        ]
        for one, other in pairwise(terms):
            last, first = one.until or TODAY, other.first or date.min
            assert last <= first, (country, title, one.name, other.name)


@pytest.mark.parametrize("country", sorted(HEADS))
@pytest.mark.parametrize("kind", ["head", "foreign minister"])
def test_the_most_important_states_are_covered_from_2010_to_2020(country: str, kind: str) -> None:
    minister = "secretary of state" if country == "USA" else "foreign minister"
    terms = _terms(country, HEADS[country] if kind == "head" else minister)
    covered = date(2009, 12, 31)
    for first, until in terms:
        if until > covered:
            assert first - covered <= LONGEST_GAP, (country, covered, first)
            covered = until
    assert covered >= date(2020, 12, 31)


@pytest.mark.parametrize(
    ("country", "office", "day", "name"),
    [
        ("RUS", "president", date(2010, 6, 1), "Dmitry Medvedev"),
        ("RUS", "prime minister", date(2010, 6, 1), "Vladimir Putin"),
        ("TUR", "prime minister", date(2015, 11, 24), "Ahmet Davutoglu"),
        ("TUR", "president", date(2015, 11, 24), "Recep Tayyip Erdogan"),
        ("USA", "secretary of state", date(2015, 7, 14), "John Kerry"),
        ("IRN", "foreign minister", date(2015, 7, 14), "Javad Zarif"),
        ("GBR", "foreign minister", date(2017, 1, 1), "Boris Johnson"),
        ("DEU", "chancellor", date(2008, 8, 8), "Angela Merkel"),
        ("CHN", "foreign minister", date(2023, 3, 1), "Qin Gang"),
        ("UNO", "secretary-general", date(2010, 1, 1), "Ban Ki-moon"),
    ],
)
def test_who_held_an_office_on_a_day(country: str, office: str, day: date, name: str) -> None:
    assert _holder(country, office, day) == [name]


def test_a_name_in_full_means_one_person() -> None:
    owners: dict[str, set[str]] = {}
    for entry in OFFICES:
        for text in (entry.name, *entry.aliases):
            owners.setdefault(" ".join(pieces(text)).lower(), set()).add(entry.name)
    assert {text: people for text, people in owners.items() if len(people) > 1} == {}


def test_a_person_is_written_alike_in_all_terms() -> None:
    for name, career in _people().items():
        forms = {(e.aliases, e.surname, e.distinctive) for e in career}
        assert len(forms) == 1, name
        assert name not in career[0].aliases


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Xi", "Xi Jinping"),
        ("Sissi", "Abdel Fattah el-Sisi"),
        ("Sa'ar", "Gideon Saar"),
        ("D'Alema", "Massimo D'Alema"),
        ("Amir-Abdollahian", "Hossein Amir-Abdollahian"),
        ("Qaddafi", "Muammar Gaddafi"),
        ("Zelenskyy", "Volodymyr Zelensky"),
        ("Abiy", "Abiy Ahmed"),
        ("Lula", "Luiz Inacio Lula da Silva"),
        ("Erdoğan", "Recep Tayyip Erdogan"),
    ],
)
def test_the_name_that_stands_for_the_person(text: str, actor: str) -> None:
    assert {n.actor for n in ACTORS.names(text) if n.kind is NameKind.SURNAME} == {actor}


def test_common_names_do_not_tell_who_is_meant() -> None:
    for name in ("bush", "brown", "may", "rice", "park", "kim", "lee", "li", "wang", "khan"):
        assert name in ACTORS.common_surnames
    for name in ("putin", "erdogan", "merkel", "lavrov", "netanyahu", "zelensky"):
        assert name not in ACTORS.common_surnames


def test_a_given_name_replaces_the_last_word() -> None:
    entry = OfficeEntry.model_validate(
        {"name": "Ola Berit Lind", "surname": "Berit", "country": "NOR", "office": "president"}
    )
    none = entry.model_copy(update={"surname": ""})
    assert [n.text for n in people_of([entry]) if n.kind is NameKind.SURNAME] == ["Berit"]
    assert [n.text for n in people_of([none]) if n.kind is NameKind.SURNAME] == []

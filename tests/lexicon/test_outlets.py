from __future__ import annotations

import gzip
import json
import re
import time
from collections import Counter
from pathlib import Path

import pytest

from detente.errors import LexiconError
from detente.lexicon.outlets import Outlet, load_outlets

LEXICON = load_outlets()
REPORTS = Path(__file__).parents[2] / ".." / "shared" / "data" / "current-events"
# Names that reports give as their source and that are bodies, not outlets.
BODIES = {"NASA", "USGS", "UEFA", "FIFA", "UN", "NHC"}


@pytest.mark.parametrize("outlet", LEXICON.outlets, ids=lambda outlet: outlet.name)
def test_every_example_leads_to_its_outlet(outlet: Outlet) -> None:
    assert all(outlet in LEXICON.credited(example) for example in outlet.examples)


def test_there_are_many_outlets_of_many_countries() -> None:
    assert len(LEXICON.outlets) >= 200
    assert len({outlet.country for outlet in LEXICON.outlets}) >= 60


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("TASS", "TASS"),
        ("itar-tass", "TASS"),
        ("the guardian", "The Guardian"),
        ("Guardian", "The Guardian"),
        ("Al-Jazeera", "Al Jazeera"),
        ("HÜRRİYET", "Hürriyet"),
        ("Hurriyet Daily News", "Hürriyet"),
        ("Ha’aretz", "Haaretz"),
        ("Yahoo News", "Yahoo! News"),
        ("AJ+", "Al Jazeera"),
        ("tass.ru", "TASS"),
        ("https://www.bbc.co.uk/news/world-europe-1", "BBC"),
        ("https://english.alarabiya.net/a?b=c", "Al Arabiya"),
        ("http://finance.yahoo.com:80/x", "Yahoo! News"),
        ("https://sports.yahoo.com/x", "Yahoo! Sports"),
    ],
)
def test_find_knows_spellings_and_addresses(name: str, expected: str) -> None:
    found = LEXICON.find(name)
    assert found is not None
    assert found.name == expected


@pytest.mark.parametrize(
    "name", ["", "the", "  ", "Nosuch Gazette", "bbc.co.uk.example.net", "http://[", "co.uk", "://"]
)
def test_find_abstains(name: str) -> None:
    assert LEXICON.find(name) is None


@pytest.mark.parametrize(
    ("credit", "parts"),
    [
        ("Reuters via ABC News Australia", ("Reuters", "ABC News Australia")),
        ("AFP via Business Standard", ("AFP", "Business Standard")),
        ("AP Via The Washington Post", ("AP", "The Washington Post")),
        ("AP, via MSN", ("AP", "MSN")),
        ("BBC News/AFP", ("BBC News", "AFP")),
        ("AFP/Reuters via RTHK", ("AFP", "Reuters", "RTHK")),
        ("Hurriyet Daily News (AFP)", ("Hurriyet Daily News", "AFP")),
        ("CBS News with AP", ("CBS News", "AP")),
        ("NBC News, New York Times", ("NBC News", "New York Times")),
        ("AP/The Smallville Courier", ("AP", "The Smallville Courier")),
        ("Radio Free Europe/Radio Liberty", ("Radio Free Europe/Radio Liberty",)),
        ("RFE/RL and AFP", ("RFE/RL", "AFP")),
        ("Mail & Guardian", ("Mail & Guardian",)),
        ("AP via The Globe and Mail", ("AP", "The Globe and Mail")),
        ("Independent, Ireland", ("Independent, Ireland",)),
        ("Monsters and Critics", ("Monsters and Critics",)),
        ("Via Appia Times", ("Via Appia Times",)),
        ("BBC", ("BBC",)),
        ("", ()),
        (" / ", ()),
    ],
)
def test_credit_lines_come_apart(credit: str, parts: tuple[str, ...]) -> None:
    assert LEXICON.split_credit(credit) == parts


def test_an_agency_counts_once_however_often_it_is_credited() -> None:
    assert [outlet.name for outlet in LEXICON.credited("AP/Associated Press via AP")] == [
        "Associated Press"
    ]


def test_a_name_that_several_papers_share_names_no_country() -> None:
    shared = LEXICON.find("ABC")
    assert shared is not None
    assert shared.country is None
    assert shared != LEXICON.find("ABC News Australia")


def test_everyday_words_name_an_outlet_in_a_credit_only() -> None:
    assert LEXICON.find("Time") is not None
    assert not {"Time", "Nature", "The Hill", "RT", "MENA"} & set(LEXICON.text_names)
    assert {"TASS", "Xinhua", "Al Jazeera", "Haberturk"} <= set(LEXICON.text_names)


def test_who_calls_an_outlet_state_controlled_is_said_for_each() -> None:
    state = [outlet for outlet in LEXICON.outlets if outlet.control == "state"]
    assert [outlet.name for outlet in state if outlet.state_described_by is None] == []
    assert len(state) > 60


def test_hostile_credits_are_cheap() -> None:
    started = time.perf_counter()
    for credit in ("/" * 100_000, "AP/" * 50_000, "a, " * 50_000, " " * 100_000 + "via"):
        LEXICON.split_credit(credit)
        LEXICON.find(credit)
    assert time.perf_counter() - started < 2.0


HEADER = 'name: outlets\nversion: 2026.11.0\nlicence: Apache-2.0\nsources: ["test"]\nentries:\n'


@pytest.mark.parametrize(
    ("entries", "complaint"),
    [
        (
            "- {name: A Post, kind: newspaper, examples: [A Post]}\n"
            "- {name: B Post, aliases: [the a-post], kind: newspaper, examples: [B Post]}",
            "'a post' is both 'A Post' and 'B Post'",
        ),
        ("- {name: A, kind: blog, examples: [A]}", "kind"),
        ("- {name: A, kind: website, examples: []}", "examples"),
        ("- {name: A, kind: website, credit_only: [B], examples: [A]}", "credit_only 'B'"),
        ("- {name: A, kind: website, domains: [www.a.org], examples: [A]}", "bare hosts"),
        (
            "- {name: A, kind: website, control: private, state_described_by: X, examples: [A]}",
            "only for control: state",
        ),
    ],
)
def test_a_bad_file_is_refused_with_its_entry(tmp_path: Path, entries: str, complaint: str) -> None:
    path = tmp_path / "outlets.yaml"
    path.write_text(HEADER + entries, encoding="utf-8")
    with pytest.raises(LexiconError, match=re.escape(complaint)):
        load_outlets(path)


@pytest.mark.skipif(not REPORTS.is_dir(), reason="shared/data/current-events is not here")
def test_the_names_that_reports_cite_most_are_known() -> None:
    names: Counter[str] = Counter()
    for year in sorted(REPORTS.glob("*.jsonl.gz")):
        with gzip.open(year, "rt", encoding="utf-8") as lines:
            for line in lines:
                for credit in json.loads(line)["outlets"]:
                    names.update(LEXICON.split_credit(credit))
    frequent = [
        name
        for name, _ in names.most_common(350)
        if name not in BODIES and not re.search(r"\b(?:19|20)\d\d\b", name)
    ]
    assert len(frequent) > 330
    assert [name for name in frequent[:300] if LEXICON.find(name) is None] == []

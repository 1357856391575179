"""Lexicon files of one's own at the command line."""

from __future__ import annotations

import json

import pytest

from making import WORLD, lexicon_file

REPORT = (
    "Published: 2015-11-24\n\nArnorian jets bombed a Gondorian base near Osgiliath on Tuesday.\n"
)


@pytest.fixture
def world(tmp_path):
    return lexicon_file(tmp_path, WORLD, "world")


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(REPORT)
    return path


def test_every_command_that_extracts_takes_lexicons(detente, tmp_path, world, report):
    own = ("--lexicon", world)
    (claim,) = detente("extract", report, *own).lines
    assert [claim["actors"][0]["country"], claim["recipients"][0]["country"]] == ["ARN", "GND"]
    assert claim["place"]["country"] == "GND"
    store = ("--store", tmp_path / "store")
    assert detente("read", report, *store).code == 0
    answer = json.loads(detente("brief", "Arnor", "GND", *store, *own, "--format", "json").out)
    assert answer["dyad"]["actor"] == "ARN"
    assert len(answer["events"]) == 1
    (event,) = json.loads(
        detente("events", *store, *own, "--between", "Arnor", "Gondor", "--format", "json").out
    )
    assert event["event_type"] == "ASSAULT"
    related = json.loads(
        detente("relation", "Arnorian", "Osgiliath", *store, *own, "--format", "json").out
    )
    assert [month["material_conflict"] for month in related["series"]] == [1]


def test_several_lexicons_are_used_together(detente, tmp_path, world):
    frames = lexicon_file(
        tmp_path,
        "type: COOPERATE\nframes: [{verb: twin, recipient: [with], examples: [a]}]",
        "frames",
    )
    path = tmp_path / "a.txt"
    path.write_text("Arnor twinned itself with Gondor.")
    (claim,) = detente("extract", path, "--lexicon", world, "--lexicon", frames).lines
    assert (claim["rule"], claim["recipients"][0]["country"]) == ("frames:twin", "GND")


@pytest.mark.parametrize(
    "command",
    [
        ("brief", "Arnor", "Gondor"),
        ("relation", "Arnor", "Gondor"),
        ("events", "--between", "Arnor", "Gondor"),
        ("extract",),
    ],
)
def test_a_country_of_ones_own_is_unknown_without_its_lexicon(detente, tmp_path, report, command):
    detente("read", report, "--store", tmp_path / "store")
    ended = detente(*command, "--store", tmp_path / "store")
    assert ended.code == (0 if command == ("extract",) else 2)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read: No such file"),
        ("actors: [", "not YAML"),
        ("name: x", "no key tells what it holds"),
        (
            "name: x\nversion: '1'\nlicence: CC0-1.0\nsources: []\ntype: AID\n"
            "frames: [{verb: hit}, {verb: hit}]",
            "frames entry 1 'hit' examples: missing",
        ),
    ],
)
@pytest.mark.parametrize(
    "command",
    [("brief", "TUR", "RUS"), ("relation", "TUR", "RUS"), ("events",), ("extract",)],
)
def test_a_lexicon_that_cannot_be_used_is_one_line(detente, tmp_path, command, content, words):
    path = tmp_path / "mine.yaml"
    if content is not None:
        path.write_text(content)
    store = tmp_path / "store"
    ended = detente(*command, "--store", store, "--lexicon", path)
    assert ended.code == 2
    (line,) = ended.err.splitlines()
    assert line.startswith(f"detente: {path}: ") and words in line
    assert not store.exists()


# --- detente lexicon check ---------------------------------------------------------------------


def test_check_tells_that_all_is_well(detente, tmp_path, world):
    nouns = lexicon_file(tmp_path, "classes: {owls: {words: [owl], examples: [a]}}", "nouns")
    ended = detente("lexicon", "check", world, nouns)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        f"{world}: actors: 2 entries, 3 example sentences hold",
        f"{nouns}: noun classes: 1 entry",
    ]


def test_check_tells_every_problem_in_a_line(detente, tmp_path, world):
    path = lexicon_file(
        tmp_path,
        "type: ASSAULT\nframes:\n"
        "- {verb: twin, mode: airy, examples: [It rained.]}\n"
        "- {verb: hit}\n",
    )
    ended = detente("lexicon", "check", path, world)
    assert (ended.code, ended.err) == (1, "")
    *told, well = ended.out.splitlines()
    assert [line.partition(": ")[0] for line in told] == [str(path)] * 3
    assert [line.split(": ")[1] for line in told] == [
        "frames entry 2 'hit' examples",
        "frames entry 1 'twin' mode",
        "frames entry 1 'twin'",
    ]
    assert well.startswith(f"{world}: actors")


def test_check_of_a_file_that_cannot_be_read(detente, tmp_path, world):
    ended = detente("lexicon", "check", tmp_path / "nowhere.yaml", world)
    assert ended.code == 2
    assert ended.err == f"{tmp_path / 'nowhere.yaml'}: cannot be read: No such file or directory\n"
    assert ended.out.startswith(f"{world}: actors")


def test_check_cannot_write_to_the_terminal(detente, tmp_path):
    body = 'type: AID\nframes: [{verb: hit, examples: ["\\e[31mred"]}]'
    ended = detente("lexicon", "check", lexicon_file(tmp_path, body))
    assert ended.code == 1 and "\x1b" not in ended.out


@pytest.mark.parametrize("arguments", [["lexicon"], ["lexicon", "check"], ["lexicon", "nonsense"]])
def test_a_wrong_call_of_lexicon_exits_with_2(detente, arguments):
    assert detente(*arguments).code == 2

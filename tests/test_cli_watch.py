"""`detente watch` on the command line, and where it tells its news."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from detente.cli import telling
from detente.errors import TellingError
from feed_server import article, item, rss

ATTACK = "Turkey shot down a Russian warplane near the Syrian border on Tuesday."
KEEP = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_bytes(sys.stdin.buffer.read())"


@pytest.fixture
def feed(served):
    served.page("/a", article("A", ATTACK))
    served.page("/feed", rss(item(f"{served.url}/a", "A")), Content_Type="text/xml")
    return f"{served.url}/feed"


def arguments(source, folder, *more):
    pair = ("--pair", "Turkey", "Russia")
    return ("watch", source, "--store", folder / "s", "--once", "--delay", "0", *pair, *more)


def test_a_round_tells_its_news_on_the_terminal_and_the_rest_beside_it(detente, feed, tmp_path):
    ended = detente(*arguments(feed, tmp_path, "--processes", "1"))
    assert ended.code == 0
    first, *more = ended.out.splitlines()
    assert first.startswith("TUR RUS  new event: 24 November 2015: ASSAULT")
    assert any(ATTACK in line and "[document " in line and "“A”" in line for line in more)
    assert "1 source asked; 1 new document, 0 known; 1 new of the pairs" in ended.err
    again = detente(*arguments(feed, tmp_path, "--processes", "1"))
    assert (again.code, again.out) == (0, "")
    assert "nothing new of the pairs" in again.err
    assert detente(*arguments(feed, tmp_path, "-q")).err == ""


def test_news_goes_to_a_file_and_to_a_program(detente, feed, tmp_path):
    file, given = tmp_path / "news.jsonl", tmp_path / "given file.jsonl"
    file.write_text('{"id": "older"}\n', encoding="utf-8")
    program = f'{sys.executable} -c "{KEEP}" "{given}" ; touch {tmp_path / "shell"}'
    ended = detente(
        *arguments(feed, tmp_path, "--tell", file, "--command", program, "--processes", "1")
    )
    assert (ended.code, ended.out) == (0, "")
    older, news = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    assert older == {"id": "older"}
    assert (news["kind"], news["event_type"]) == ("event", "ASSAULT")
    assert news["evidence"][0]["quote"] == ATTACK and news["evidence"][0]["title"] == "A"
    (same,) = map(json.loads, given.read_text(encoding="utf-8").splitlines())
    assert same["id"] == news["id"]
    assert not (tmp_path / "shell").exists()


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("import sys; sys.exit('no post today')", "ended with 1: no post today"),
        ("import time; time.sleep(9)", "took longer than"),
    ],
)
def test_a_program_that_fails_is_told_the_same_again(
    detente, feed, tmp_path, monkeypatch, script, words
):
    monkeypatch.setattr(telling, "_SECONDS", 1.5)
    program = f'{sys.executable} -c "{script}"'
    ended = detente(*arguments(feed, tmp_path, "--command", program, "--processes", "1"))
    assert ended.code == 1
    (line,) = [line for line in ended.err.splitlines() if "told again" in line]
    assert words in line
    assert "new event" in detente(*arguments(feed, tmp_path, "--processes", "1")).out


def test_a_file_that_cannot_be_written_any_more_is_told(tmp_path):
    (tmp_path / "sub").mkdir()
    tell = telling.teller([str(tmp_path / "sub" / "news")], None)
    (tmp_path / "sub" / "news").unlink()
    (tmp_path / "sub").rmdir()
    with pytest.raises(TellingError, match="cannot be written"):
        tell([])


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--every", "5"), "exclude each other"),
        (("--pair", "Turkey"), "name two countries"),
        (("--pair", "Turkey", "-q"), "name two countries"),
        (("--pair", "Turkei", "Russia"), "Turkey (TUR)"),
        (("--pair", "Turkey", "TUR"), "one country"),
        (("--tell", "/nowhere/news"), "cannot be written"),
        (("--command", "no-such-program-here"), "no such program"),
        (("--command", "'"), "--command"),
        (("--command", ""), "no such program"),
        (("--contact", "a\nb"), "--contact"),
        (("--lexicon", "nowhere.yaml"), "nowhere.yaml"),
    ],
)
def test_an_argument_that_cannot_be_used_is_told_before_anything_is_asked(
    detente, served, feed, tmp_path, more, words
):
    ended = detente(*arguments(feed, tmp_path, *more))
    assert ended.code == 2
    (line,) = ended.err.splitlines()
    assert words in line
    assert served.asked == []


def test_without_a_pair_documents_are_collected_and_that_is_said(detente, feed, tmp_path):
    ended = detente("watch", feed, "--store", tmp_path / "s", "--once", "--delay", "0")
    assert (ended.code, ended.out) == (0, "")
    assert "1 new document, 0 known; no pair is followed" in ended.err


def test_what_is_no_source_is_told(detente, tmp_path):
    ended = detente(*arguments("nowhere.opml", tmp_path))
    assert ended.code == 2
    assert "nowhere.opml" in ended.err and "OPML" in ended.err


def test_a_pair_is_followed_once_whichever_way_round(detente, feed, tmp_path):
    ended = detente(*arguments(feed, tmp_path, "--pair", "Russia", "Turkey", "--processes", "1"))
    assert ended.out.count("new event") == 1
    record = json.loads((tmp_path / "s" / "watch.json").read_text(encoding="utf-8"))
    assert list(record["pairs"]) == ["TUR RUS"]


def test_what_cannot_be_had_is_told_in_one_line_and_in_the_exit_code(detente, served, tmp_path):
    ended = detente(*arguments(f"{served.url}/nowhere", tmp_path))
    assert ended.code == 1
    told, summary = ended.err.splitlines()
    assert told == (
        f"skipped: {served.url}/nowhere: answers 404 Not Found; asked again in 15 minutes"
    )
    assert "1 source asked (1 failed)" in summary


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_ctrl_c_ends_it_at_once_and_the_same_command_goes_on(served, feed, tmp_path):
    program = Path(sys.executable).with_name("detente")
    pair = ("--pair", "Turkey", "Russia")
    words = ["watch", feed, "--store", str(tmp_path / "s"), "--delay", "0", *pair, "--every", "60"]
    running = subprocess.Popen(
        [program, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert running.stdout.readline().startswith("TUR RUS  new event")
        while "source asked" not in running.stderr.readline():
            continue
        os.kill(running.pid, signal.SIGINT)
        _, err = running.communicate(timeout=30)  # of the hour until the next round
    finally:
        running.kill()
        running.communicate()
    assert running.returncode == 130
    assert "the same command goes on from here" in err and "Traceback" not in err
    assert served.paths() == ["/feed", "/a"]

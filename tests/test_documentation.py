"""The documentation does as it says: its commands and its code are run, its links hold."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer
import yaml

from detente import cli

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs").glob("*.md"))
# Pages whose blocks are run from the first to the last, in one folder with the examples beside it.
RUN = ("tutorial.md", "howto.md", "api.md")
# A block that is a file is called by the first name in backticks that stands before it.
FILE = re.compile(r"`([\w-]+\.(?:yaml|csv))`")


@dataclass(frozen=True)
class Block:
    language: str
    text: str
    before: str


def blocks_of(page):
    """Return the fenced blocks of a page, each with the prose before it."""
    text, found, end = page.read_text("utf-8"), [], 0
    for fence in re.finditer(r"^( *)```(.*?)\n(.*?)^\1```$", text, re.MULTILINE | re.DOTALL):
        indent, language, content = fence.groups()
        lines = [line.removeprefix(indent) for line in content.splitlines()]
        found.append(Block(language, "\n".join(lines), text[end : fence.start()]))
        end = fence.end()
    return found


def commands_in(block):
    return [line for line in block.text.splitlines() if line.startswith("detente ")]


def holds(told, shown):
    """Tell whether output has the lines of a block in order; "..." stands for any."""
    lines = iter(" ".join(line.split()) for line in told.splitlines())
    for line in shown.splitlines():
        wanted = " ".join(line.split())
        if wanted == "...":
            continue
        start = wanted.removesuffix(" ...")
        if not any(one == wanted or (start != wanted and one.startswith(start)) for one in lines):
            return line
    return None


def test_lines_are_sought_in_order():
    told = "one\n two  words\nthree of many\nfour"
    assert holds(told, "one\ntwo words\n...\nfour") is None
    assert holds(told, "three ...\nfour") is None
    assert holds(told, "four\none") == "one"
    assert holds(told, "three") == "three"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    row = ["410412347", "20160715", "201607", "2016", "2016.5"] + [""] * 52
    row[5], row[7], row[15], row[17] = "TUR", "TUR", "RUS", "RUS"
    row[25:30] = ["1", "112", "112", "11", "3"]
    row[30:35] = ["-2.0", "1", "1", "1", "0.0"]
    (tmp_path / "20160715.export.CSV").write_text("\t".join(row) + "\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", RUN)
def test_a_page_does_as_it_says(name, folder, detente, capsys):
    told = None
    for block in blocks_of(ROOT / "docs" / name):
        called = FILE.findall(block.before)
        if block.language == "console":
            ended = [detente(*shlex.split(line)[1:]) for line in commands_in(block)]
            assert ended and len(ended) == len(block.text.splitlines())
            assert [one.err for one in ended if one.code] == []
            told = ended[-1].out
        elif called and block.language in ("yaml", "text"):
            (folder / called[-1]).write_text(block.text + "\n", "utf-8")
        elif block.language == "text":
            assert told is not None
            missing = holds(told, block.text)
            assert missing is None, f"{missing!r} is not in\n{told}"
        elif block.language == "python":
            exec(compile(block.text, name, "exec"), {})
            assert capsys.readouterr().out
        else:
            assert block.language == "{eval-rst}"


@pytest.mark.parametrize(
    "page", [one for one in PAGES if one.name not in RUN], ids=lambda p: p.name
)
def test_the_blocks_of_other_pages_can_be_read(page):
    app = typer.main.get_command(cli.app)
    for block in blocks_of(page):
        for line in commands_in(block):
            words = shlex.split(line.partition(" | ")[0])[1:]
            command = app
            while hasattr(command, "commands"):
                command = command.commands[words.pop(0)]
            command.make_context(line, words)
        if block.language == "python":
            compile(block.text, page.name, "exec")
        elif block.language == "yaml":
            assert yaml.safe_load(block.text) is not None
        elif block.language == "json":
            assert json.loads(block.text) is not None


@pytest.mark.parametrize("page", [ROOT / "README.md", *PAGES], ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page):
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert "://" in target or (page.parent / target).exists(), target


def test_every_page_is_in_the_table_of_contents():
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    listed = re.findall(r"^([a-z-]+)$", index, re.MULTILINE)
    assert sorted(listed) == sorted(one.stem for one in PAGES if one.name != "index.md")

"""Commands, workflow functions and documentation name the same things."""

from __future__ import annotations

import inspect
import re
import shlex
from pathlib import Path

import pytest
import typer

from detente import cli, comparing, watching, workflow

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS_PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def commands_of(group, before=""):
    """Return the commands of a group, and of groups in it, by the words that call them."""
    found = {}
    for name, command in group.commands.items():
        words = f"{before}{name}"
        found |= commands_of(command, f"{words} ") if hasattr(command, "commands") else {}
        if not hasattr(command, "commands"):
            found[words] = command
    return found


COMMANDS = commands_of(typer.main.get_command(cli.app))
# A command that prints one document after the other calls the function that yields them, and the
# server is told how the store stands; its pages call the rest.
FUNCTION_OF = {
    "segments": "segments_of",
    "serve": "standing",
    "lexicon check": "check_lexicon",
    "import": "import_events",
    "export": "export_events",
    "sources list": "sources",
    "sources rate": "rate_source",
    "sources import": "import_ratings",
    "hypotheses new": "new_hypotheses",
    "hypotheses add": "add_to_hypotheses",
    "hypotheses show": "show_hypotheses",
    "hypotheses export": "export_hypotheses",
    "store check": "check_store",
    "store repair": "repair_store",
    "store compact": "compact_store",
}
# What asks the network stands one layer above workflow.
HOMES = {"watch": watching, "compare": comparing}
SECTIONS = dict(
    re.findall(r"^## detente ([a-z ]+)\n(.*?)(?=^## |\Z)", COMMANDS_PAGE, re.MULTILINE | re.DOTALL)
)


def called(line):
    """Return the command that a line calls, and the arguments that it gives."""
    words = shlex.split(line)
    name = next(" ".join(words[:n]) for n in (2, 1) if " ".join(words[:n]) in COMMANDS)
    return name, words[len(name.split()) :]


def options(name):
    found = {opt for parameter in COMMANDS[name].params for opt in parameter.opts}
    return {opt for opt in found if opt.startswith("--")} - {"--help"}


def test_the_documentation_has_a_section_for_every_command_and_no_other():
    assert set(SECTIONS) == set(COMMANDS)
    assert list(SECTIONS) == list(COMMANDS)


def test_the_readme_names_every_command_and_no_other():
    rows = re.findall(r"^\| `detente ([^`]+)`", README, re.MULTILINE)
    assert [called(re.sub(r"[\[\]]", "", row))[0] for row in rows] == list(COMMANDS)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_command_is_a_workflow_function(name):
    function = FUNCTION_OF.get(name, name)
    home = HOMES.get(name, workflow)
    assert function in home.__all__
    assert inspect.isfunction(getattr(home, function))
    source = inspect.getsource(inspect.unwrap(COMMANDS[name].callback))
    assert f"{home.__name__.rpartition('.')[2]}.{function}(" in source


@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_section_tells_every_option(name):
    section = SECTIONS[name]
    told = set(re.findall(r"(--[a-z]+(?:-[a-z]+)*)", section))
    if "`-q`" in section:
        told.add("--quiet")
    assert told == options(name)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_example_of_a_section_parses(name):
    (block,) = re.findall(r"```console\n(.*?)```", SECTIONS[name], re.DOTALL)
    for line in block.splitlines():
        program, _, rest = line.partition(" ")
        assert program == "detente"
        command, arguments = called(rest)
        assert command == name
        COMMANDS[name].make_context(name, arguments)


def test_the_commands_of_the_readme_parse():
    blocks = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    lines = re.findall(r"\bdetente (\w+ .*)", "\n".join(blocks))
    assert lines
    for line in lines:
        name, arguments = called(line)
        COMMANDS[name].make_context(name, arguments)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_says_what_it_does_in_a_sentence(name):
    assert COMMANDS[name].help.rstrip().endswith(".")

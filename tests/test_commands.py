"""Commands, workflow functions and documentation name the same things."""

from __future__ import annotations

import inspect
import re
import shlex
from pathlib import Path

import pytest
import typer

from detente import cli, workflow

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS_PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")

APP = typer.main.get_command(cli.app)
COMMANDS = APP.commands  # type: ignore[attr-defined]
# A command that prints one document after the other calls the function that yields them.
FUNCTION_OF = {"segments": "segments_of"}
SECTIONS = dict(
    re.findall(r"^## detente (\w+)\n(.*?)(?=^## |\Z)", COMMANDS_PAGE, re.MULTILINE | re.DOTALL)
)


def options(name):
    found = {opt for parameter in COMMANDS[name].params for opt in parameter.opts}
    return {opt for opt in found if opt.startswith("--")} - {"--help"}


def test_the_documentation_has_a_section_for_every_command_and_no_other():
    assert set(SECTIONS) == set(COMMANDS)
    assert list(SECTIONS) == list(COMMANDS)


def test_the_readme_names_every_command_and_no_other():
    assert set(re.findall(r"^\| `detente (\w+)", README, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_command_is_a_workflow_function(name):
    function = FUNCTION_OF.get(name, name)
    assert function in workflow.__all__
    assert inspect.isfunction(getattr(workflow, function))
    source = inspect.getsource(getattr(cli, name))
    assert f"workflow.{function}(" in source


@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_section_tells_every_option(name):
    section = SECTIONS[name]
    told = set(re.findall(r"(--[a-z]+)", section))
    if "`-q`" in section:
        told.add("--quiet")
    assert told == options(name)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_example_of_a_section_parses(name):
    (block,) = re.findall(r"```console\n(.*?)```", SECTIONS[name], re.DOTALL)
    for line in block.splitlines():
        program, command, *arguments = shlex.split(line)
        assert (program, command) == ("detente", name)
        COMMANDS[name].make_context(name, arguments)


def test_the_commands_of_the_readme_parse():
    blocks = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    lines = re.findall(r"\bdetente (\w+) (.*)", "\n".join(blocks))
    assert lines
    for name, arguments in lines:
        COMMANDS[name].make_context(name, shlex.split(arguments))


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_says_what_it_does_in_a_sentence(name):
    assert COMMANDS[name].help.rstrip().endswith(".")

"""docs/lexicons.md: its lexicon files are in order, and hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente import lexicon as lexicons
from detente import workflow
from detente.lexicon.kinds import KINDS

PAGE = (Path(__file__).parents[1] / "docs" / "lexicons.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def files(tmp_path):
    paths = []
    for block in BLOCKS:
        name = re.match(r"name: (\S+)", block)
        path = tmp_path / f"{name[1]}.yaml"
        path.write_text(block, encoding="utf-8")
        paths.append(path)
    return paths


def test_every_kind_that_a_run_can_use_has_a_file(files):
    own = lexicons.read_together([lexicons.open_own(path) for path in files])
    shown = {one.kind.name for one in own}
    assert shown == {kind.name for kind in KINDS} - {"segment cues"}
    lexicons.load(files)


def test_the_files_hold(files):
    checks = workflow.check_lexicon(files)
    assert [problem for check in checks for problem in check.problems] == []
    assert all(check.entries for check in checks)

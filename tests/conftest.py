"""What tests of the command line share."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass

import pytest

from detente import cli
from feed_server import started


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str

    @property
    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def detente(monkeypatch, capsys):
    """Run the command line in this process, as its entry point does."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["detente", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            cli.main()
        caught = capsys.readouterr()
        assert "Traceback" not in caught.out + caught.err
        code = end.value.code
        return Ended(code if isinstance(code, int) else int(code is not None), *caught)

    return run


@pytest.fixture
def served():
    """A web server on loopback whose pages a test sets."""
    pages, server = started()
    yield pages
    server.shutdown()
    server.server_close()

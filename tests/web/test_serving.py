"""The command that serves the pages, and what it says where it cannot."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

from detente.web.views import VIEWS

ROOT = Path(__file__).parents[2]


def test_the_command_answers_until_it_is_interrupted(example):
    command = [sys.executable, "-c", "from detente.cli import main; main()", "serve"]
    server = subprocess.Popen(
        [*command, "--store", str(example.folder), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        told = server.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:[0-9]+/", told)
        assert address, told
        with urlopen(address[0]) as answer:
            assert answer.status == 200
        server.send_signal(signal.SIGINT)
        _, complaints = server.communicate(timeout=60)
        assert server.returncode == 0
        assert complaints == ""
    finally:
        server.kill()
        server.wait()


def test_a_port_that_is_taken_is_told_in_one_line(detente, example):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = detente("serve", "--store", example.folder, "--port", port)
    assert ended.code == 2
    assert ended.err.startswith(f"detente: port {port}: ") and ended.err.count("\n") == 1


def test_a_store_that_is_not_there_is_told_in_one_line(detente, tmp_path):
    ended = detente("serve", "--store", tmp_path / "none")
    assert ended.code == 2 and "no documents in this store" in ended.err


def test_the_page_on_pages_names_every_address_and_no_other():
    text = (ROOT / "docs" / "pages.md").read_text("utf-8")
    rows = re.findall(r"^\| `(/[^`]*)` \| .* \| `([^`]+)` \|$", text, re.MULTILINE)
    pattern = {"TUR": "{actor}", "RUS": "{recipient}", "ID": "{id}", "NAME": "{name}"}
    told = {
        tuple(re.sub("TUR|RUS|ID|NAME", lambda found: pattern[found[0]], one) for one in row)
        for row in rows
    }
    assert told == {(address, as_json) for address, as_json, _ in VIEWS if as_json}

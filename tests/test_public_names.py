"""The public door: few names, in order, and cheap to open."""

from __future__ import annotations

import subprocess
import sys

import pytest

import detente


def test_public_names_are_in_order_and_there():
    assert detente.__all__ == sorted(detente.__all__)
    for name in detente.__all__:
        assert getattr(detente, name).__name__ == name
    assert set(detente.__all__) <= set(dir(detente))


@pytest.mark.parametrize(
    "name",
    "Brief Claim DetenteError Document Event Settings Store brief events extract read relation "
    "resolve".split(),
)
def test_the_door_has_what_a_caller_needs(name):
    assert name in detente.__all__


def test_another_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nonsense"):
        detente.nonsense  # noqa: B018


def test_importing_loads_nothing_heavy():
    script = (
        "import sys, detente; detente.Claim, detente.DetenteError, detente.Settings\n"
        "heavy = {'spacy', 'duckdb', 'pyarrow', 'numpy', 'pydantic', 'typer', 'lxml'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (found.stdout, found.stderr) == ("[]\n", "")

"""The store of the example, and its pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detente import workflow
from detente.briefing.matrix_file import matrix_text
from detente.model import Consistency, Dyad, MatrixRow
from detente.storage.catalog import Store
from pages import served

EXAMPLE = Path(__file__).parents[2] / "examples" / "turkey-russia"


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("pages") / "store")
    workflow.read([EXAMPLE], store)
    workflow.resolve(store)
    return store


@pytest.fixture(scope="session")
def matrix_file(example, tmp_path_factory):
    """A file of hypotheses in which one row is rated and one is an argument of the user's own."""
    made = workflow.new_hypotheses(example, Dyad("TUR", "RUS"))
    first, *rest = made.rows
    rated = replace(first, ratings=(("H1", Consistency.INCONSISTENT), ("H2", Consistency.NEUTRAL)))
    own = MatrixRow(id="A1", what="Both need <trade>", note="my note")
    path = tmp_path_factory.mktemp("matrices") / "why now.yaml"
    path.write_text(matrix_text(replace(made, rows=(rated, *rest, own))), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def pages(example, matrix_file):
    with served(example.folder, matrices=[matrix_file]) as found:
        yield found

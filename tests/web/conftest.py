"""The store of the example, and its pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente import workflow
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
def pages(example):
    with served(example.folder) as found:
        yield found

"""HTML pages (to be completed)."""

from __future__ import annotations
from collections.abc import Iterator
from detente.model import Document
from detente.reading.drafts import Defaults, Problem
from detente.reading.files import Source


def read_html(source: Source, defaults: Defaults) -> Iterator[Document | Problem]:
    yield Problem(source.where, "HTML is not read yet")

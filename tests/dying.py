"""Functions over documents that end as work in processes may end; importable by workers."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path

from detente.errors import InputError
from detente.model import Document, Extraction


def drawn(documents: Sequence[Document]) -> list[Extraction]:
    """An extraction without claims for each document."""
    return [
        Extraction(document_id=one.id, run_id="run", segments=(), claims=()) for one in documents
    ]


def killed_once(documents: Sequence[Document], *, flag: Path) -> list[Extraction]:
    """Die by SIGKILL at a document that names death, unless the flag shows that it was so once."""
    if any("death" in one.text for one in documents) and not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return drawn(documents)


def without_memory(documents: Sequence[Document]) -> list[Extraction]:
    """Fail for want of memory."""
    raise MemoryError(documents[0].key)


def refused(documents: Sequence[Document]) -> list[Extraction]:
    """Fail with an error of ours."""
    raise InputError("not this one")

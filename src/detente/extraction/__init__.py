"""Document -> Extraction: the only place that knows spaCy.

The names below are loaded when they are first used: spaCy takes a second to load, and whoever only
reads a store does without it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.extraction.claims import extract_batch
    from detente.extraction.parse import language_model, model_files
    from detente.extraction.pipelines import described
    from detente.extraction.trial import try_documents

__all__ = ["described", "extract_batch", "language_model", "model_files", "try_documents"]

_HOMES = {
    "described": "pipelines",
    "extract_batch": "claims",
    "language_model": "parse",
    "model_files": "parse",
    "try_documents": "trial",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

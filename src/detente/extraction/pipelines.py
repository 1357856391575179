"""Which spaCy pipeline is meant by a name, and which one it is; spaCy itself is not needed."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from functools import cache
from pathlib import Path

from detente.settings import model_folder

__all__ = ["NEEDED", "described"]

# What the rules rest on: fine and coarse tags, the tree, lemmas, names.
NEEDED = ("tagger", "parser", "lemmatizer", "ner")


@cache
def described(name: str) -> str:
    """Return name and version of a pipeline, by which runs are told apart.

    Args:
        name: an installed package, or a folder, whose place is of no account but whose content is.
    """
    folder = model_folder(name)
    if folder is None:
        return f"{name} {_version(name)}"
    try:
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
        told = f"{meta['lang']}_{meta['name']} {meta['version']}"
        return f"{told} {_digest(folder)}"
    except (OSError, ValueError, KeyError, TypeError):
        return f"{folder.name} unknown"


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package.replace("_", "-"))
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return "unknown"


def _digest(folder: Path) -> str:
    """Return a digest of the files of a folder with their names."""
    hasher = hashlib.sha256()
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        name = path.relative_to(folder).as_posix().encode()
        content = hashlib.sha256(path.read_bytes()).digest()
        hasher.update(len(name).to_bytes(4, "big") + name + content)
    return hasher.hexdigest()[:16]

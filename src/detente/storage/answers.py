"""What second coders answered, kept so that nothing is asked twice.

::

    store/second/
      CODER/coder.json        endpoint, model and prompt; written before the first text is sent
      CODER/ab/abcd....json   the answer to the question with the digest abcd..., as it came

An answer is kept as it came and read anew each time, so that stricter reading needs no new asking.
A damaged one is as good as none: the question is asked again.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from detente.errors import StoreError
from detente.model import Reply, SecondCoder, digest
from detente.storage.catalog import Store, make_folder, write_text

__all__ = ["Answers", "is_answer", "second_coders"]

_CODER = "coder.json"
_UNKNOWN = SecondCoder(endpoint="an unknown endpoint", model="unknown", prompt="")


class Answers:
    """The answers of one second coder in a store.

    Args:
        store: the store.
        coder: who answered.
    """

    def __init__(self, store: Store, coder: SecondCoder) -> None:
        self._coder = coder
        self._folder = store.folder / "second" / coder.id

    def begin(self) -> None:
        """Write down who is asked.

        Raises:
            StoreError: when the disk refuses.
        """
        path = self._folder / _CODER
        if _coder_in(path) != self._coder:
            _write(path, asdict(self._coder))

    def get(self, key: str) -> Reply | None:
        """Return the answer to the question with this digest; None without."""
        return _reply_in(self._path(key))

    def put(self, key: str, reply: Reply) -> None:
        """Keep an answer.

        Raises:
            StoreError: when the disk refuses.
        """
        record = asdict(reply)
        _write(self._path(key), {"check": _check(key, record), "reply": record})

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"


def second_coders(store: Store) -> tuple[SecondCoder, ...]:
    """Return the second coders that were asked about texts of a store, sorted.

    Where the note of who was asked is damaged or lost, it is an unknown one: asked it was.
    """
    folders = (store.folder / "second").glob("*/")
    return tuple(sorted(_coder_in(folder / _CODER) or _UNKNOWN for folder in folders))


def is_answer(path: Path) -> bool:
    """Tell whether a file of the folder `second` holds what its name says."""
    if path.name == _CODER:
        return _coder_in(path) is not None
    return _reply_in(path) is not None


def _coder_in(path: Path) -> SecondCoder | None:
    record = _read(path)
    try:
        coder = SecondCoder(**{name: str(value) for name, value in record.items()})
    except TypeError:
        return None
    return coder if coder.id == path.parent.name else None


def _reply_in(path: Path) -> Reply | None:
    found = _read(path)
    record = found.get("reply")
    if not isinstance(record, dict) or found.get("check") != _check(path.stem, record):
        return None
    try:
        return Reply(**record)
    except TypeError:
        return None


def _check(key: str, record: dict[str, Any]) -> str:
    """Return a digest of an answer and its question, by which damage is seen."""
    return digest("answer", key, *[part for item in sorted(record.items()) for part in item])


def _read(path: Path) -> dict[str, Any]:
    try:
        record = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _write(path: Path, record: dict[str, Any]) -> None:
    text = json.dumps(record, ensure_ascii=True)
    try:
        make_folder(path.parent)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error
    try:
        write_text(path, text)
    except StoreError:  # who begins to write to the store tidies up, and may take ours away
        write_text(path, text)

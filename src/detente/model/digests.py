"""Ids of records: digests of what the record says."""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

__all__ = ["digest"]


def digest(*parts: object) -> str:
    """Return a 32-digit hexadecimal digest of the parts.

    Each part is length-prefixed, so that no two lists of parts collide by joining; ``None`` differs
    from the empty string. Equal parts give equal digests on every machine and in every run.

    Args:
        *parts: values whose ``str`` is their content (strings, numbers, dates, string enums, None),
            or tuples, lists and dataclasses of them.

    Returns:
        The first 128 bits of a SHA-256 in hexadecimal.
    """
    hasher = hashlib.sha256()
    _feed(hasher, parts)
    return hasher.hexdigest()[:32]


def _feed(hasher: hashlib._Hash, part: Any) -> None:
    if part is None:
        hasher.update(b"n;")
    elif isinstance(part, tuple | list):
        hasher.update(f"l{len(part)};".encode())
        for inner in part:
            _feed(hasher, inner)
    elif names := _fields(part.__class__):
        hasher.update(b"d;")
        _feed(hasher, [getattr(part, name) for name in names])
    else:
        data = str(part).encode("utf-8", "surrogatepass")
        hasher.update(f"s{len(data)}:".encode())
        hasher.update(data)


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """Return the names of the fields of a dataclass; of another type none."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()

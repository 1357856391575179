"""The regular expressions of the project, and text made against each of them."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import detente
from detente import lexicon
from detente.lexicon.segments import load_segment_cues

_PARSER = re._parser  # the standard library's own, of 3.11 and later
_MANY = 20
_FUNCTIONS = frozenset(
    {"search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
)
# What runs of make text slow: blanks, letters, digits, and marks that open or separate.
_RUNS = (" ", "\n", "\t", "a", "A", "1", "-", ".", ",", '"', "“", "’", "(", "<", "&", "@", "/")
_PAIRS = ("a ", "A ", "Aa ", "1 ", "1,", "A. ", "a-", "a\n", " \n", "“a", "’s ", "a, ", "a/", "(a")


def patterns() -> dict[str, re.Pattern]:
    """Every pattern of the modules and the lexicons, those written in a call too, by place."""
    found: dict[tuple, tuple[str, re.Pattern]] = {}
    done: set[int] = set()
    holders = [("lexicon", lexicon.load()), ("segment cues", load_segment_cues())]
    modules = [module.name for module in pkgutil.walk_packages(detente.__path__, "detente.")]
    for name in modules:
        module = importlib.import_module(name)
        values = [(key, value) for key, value in vars(module).items() if not key.startswith("__")]
        holders[:0] = [(f"{name}.{key}", value) for key, value in values]
    for place, value in holders:
        for pattern in _held(value, done):
            found.setdefault((pattern.pattern, pattern.flags), (place, pattern))
    for place, pattern in inline():
        found.setdefault((pattern.pattern, pattern.flags), (place, pattern))
    named: dict[str, re.Pattern] = {}
    for place, pattern in found.values():
        named[place if place not in named else f"{place} {pattern.pattern[:40]!r}"] = pattern
    return named


def _held(value: Any, done: set[int]) -> Iterator[re.Pattern]:
    """Yield the patterns within a value."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, re.Pattern):
            yield one
        elif isinstance(one, str | bytes | int | float | types.ModuleType) or id(one) in done:
            continue
        elif isinstance(one, dict | types.MappingProxyType):
            done.add(id(one))
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, list | tuple | set | frozenset):
            done.add(id(one))
            waiting += one
        elif type(one).__module__.startswith("detente") and not isinstance(one, type):
            done.add(id(one))
            slots = [name for kind in type(one).__mro__ for name in getattr(kind, "__slots__", ())]
            waiting += [getattr(one, name, None) for name in slots if name != "__weakref__"]
            waiting.append(getattr(one, "__dict__", {}))


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield the calls of functions of ``re`` that take a pattern, each with its file."""
    root = Path(detente.__file__).parent
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in _FUNCTIONS
            ):
                yield path.relative_to(root).as_posix(), node


def inline() -> Iterator[tuple[str, re.Pattern]]:
    """Yield the patterns that stand in a call such as ``re.sub(...)``."""
    for path, node in calls():
        if isinstance(node.args[0], ast.Constant):
            flags = re.IGNORECASE if "IGNORECASE" in ast.dump(node) else 0
            yield f"{path}:{node.lineno}", re.compile(node.args[0].value, flags)


def attacks(pattern: re.Pattern, size: int) -> Iterator[str]:
    """Yield texts of about so many characters on which a pattern may take long."""
    seen = set()
    for run in (*_RUNS, *_PAIRS):
        yield run * (size // len(run)) + "\0"
    for start, body in _repeats(_PARSER.parse(pattern.pattern, pattern.flags), ""):
        for before, pump in ((start, body), ("", start + body), ("", start), (start, body + " ")):
            if pump and (before, pump) not in seen:
                seen.add((before, pump))
                yield before + pump * max(1, (size - len(before)) // len(pump)) + "\0"


def _repeats(nodes: Any, before: str) -> Iterator[tuple[str, str]]:
    """Yield, of each part that may be repeated often, what leads to it and what it matches."""
    for kind, value in nodes:
        name = str(kind)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _, most, inner = value
            if most == _PARSER.MAXREPEAT or most >= _MANY:
                for body in _samples(inner):
                    yield before, body
            yield from _repeats(inner, before)
        elif name == "SUBPATTERN":
            yield from _repeats(value[3], before)
        elif name == "ATOMIC_GROUP":
            yield from _repeats(value, before)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _repeats(branch, before)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from _repeats(value[1], before)
        before += _sample([(kind, value)])


def _samples(nodes: Any) -> Iterator[str]:
    """Yield a few texts that a part matches: one for each branch that it begins with."""
    first = _sample(nodes)
    yield first
    for kind, value in nodes:
        inner = value[3] if str(kind) == "SUBPATTERN" else [(kind, value)]
        for deep, branches in inner:
            if str(deep) == "BRANCH":
                yield from (found for found in map(_sample, branches[1]) if found != first)


def _sample(nodes: Any) -> str:
    """Return one text that a part matches, repetitions as few as may be but once at least."""
    text = ""
    for kind, value in nodes:
        name = str(kind)
        if name == "LITERAL":
            text += chr(value)
        elif name == "NOT_LITERAL":
            text += "a" if value != ord("a") else "b"
        elif name == "ANY":
            text += "a"
        elif name == "IN":
            text += _of_set(value)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            text += _sample(value[2]) * max(1, value[0])
        elif name == "SUBPATTERN":
            text += _sample(value[3])
        elif name == "ATOMIC_GROUP":
            text += _sample(value)
        elif name == "BRANCH":
            text += _sample(value[1][0])
    return text


_CATEGORIES = {
    "SPACE": " ",
    "WORD": "a",
    "DIGIT": "1",
    "NOT_SPACE": "a",
    "NOT_WORD": ",",
    "NOT_DIGIT": "a",
}


def _of_set(items: Any) -> str:
    """Return one character of a set."""
    if str(items[0][0]) == "NEGATE":
        refused = re.compile("[" + "".join(map(_written, items[1:])) + "]")
        return next((one for one in "aA1 ,-“\n" if not refused.match(one)), "\x01")
    kind, value = items[0]
    if str(kind) == "LITERAL":
        return chr(value)
    if str(kind) == "RANGE":
        return chr(value[0])
    return _CATEGORIES[str(value).removeprefix("CATEGORY_").removeprefix("UNI_")]


def _written(item: Any) -> str:
    kind, value = item
    if str(kind) == "LITERAL":
        return re.escape(chr(value))
    if str(kind) == "RANGE":
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    letter = {"SPACE": "s", "WORD": "w", "DIGIT": "d"}
    name = str(value).removeprefix("CATEGORY_")
    plain = letter[name.removeprefix("NOT_")]
    return "\\" + (plain.upper() if name.startswith("NOT_") else plain)

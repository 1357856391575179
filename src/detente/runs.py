"""What produces records: version, code, language model and lexicons of a run, and their state."""

from __future__ import annotations

import importlib.metadata
import json
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from detente import extraction
from detente import lexicon as lexicons
from detente.model import Run, SecondCoder, digest, run_id_of
from detente.settings import Settings

__all__ = ["Diagnosis", "current_run", "disclosure", "doctor"]


def current_run(settings: Settings | None = None) -> Run:
    """Return the run that this version, code, model and lexicons make.

    Raises:
        InputError: when a lexicon file of the settings cannot be read.
    """
    settings = settings or Settings()
    version = f"{importlib.metadata.version('detente')} code {_code_digest()}"
    model = extraction.described(settings.language_model)
    kept = settings.that_change_records()
    listed = lexicons.versions(settings.lexicons)
    identifier = run_id_of(version, model, listed, kept)
    return Run(id=identifier, version=version, model=model, lexicons=listed, settings=kept)


# What decides which claims a text gives, and which events claims make.
_DECIDING = ("extraction", "lexicon", "model", "resolution")


@cache
def _code_digest() -> str:
    """Return a digest of the deciding code: in a checkout it changes while the version does not."""
    root = Path(__file__).parent
    files = sorted(path for part in _DECIDING for path in (root / part).rglob("*.py"))
    return digest(*[path.read_text("utf-8") for path in files])[:8]


def disclosure(run: Run, asked: Sequence[SecondCoder] = ()) -> tuple[str, ...]:
    """Return what made the brief, as ICS 206-01 asks of automated tools.

    Args:
        run: the run whose claims it rests on.
        asked: the second coders that were sent texts of the store.
    """
    own = [line.removeprefix("own/") for line in run.lexicons if line.startswith("own/")]
    shipped = len(run.lexicons) - len(own)
    added = f" and the user's own: {', '.join(own)}" if own else ""
    return (
        f"detente {run.version}, language model {run.model}, {shipped} lexicon files{added}",
        f"run {run.id}; settings {run.settings}",
        "Claims are drawn by rules from single sentences; a label tells how they are held, "
        "none says that they are true.",
        *_second_coders(asked),
    )


def _second_coders(asked: Sequence[SecondCoder]) -> Iterator[str]:
    if not asked:
        yield "No second coder was asked; of the texts in this store detente sent none anywhere."
    for model, endpoint in dict.fromkeys((one.model, one.endpoint) for one in asked):
        yield (
            f"A second coder was asked: texts of this store were sent to {endpoint}, "
            f"model {model}, to compare claims; nothing of its answers is in this brief."
        )


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One line of the doctor's report."""

    what: str
    value: str
    well: bool


def doctor(settings: Settings | None = None) -> tuple[Diagnosis, ...]:
    """Look at what the tool runs on: versions, language model and its files, lexicons."""
    settings = settings or Settings()
    found = [
        Diagnosis("detente", importlib.metadata.version("detente"), True),
        Diagnosis("python", platform.python_version(), True),
    ]
    for package in ("spacy", "duckdb", "pyarrow", "trafilatura", "numpy"):
        found.append(Diagnosis(package, importlib.metadata.version(package), True))
    found += _model_lines(settings.language_model)
    found += [Diagnosis("lexicon", line, True) for line in lexicons.versions(settings.lexicons)]
    found.append(Diagnosis("run", current_run(settings).id, True))
    found.append(Diagnosis("settings", json.dumps({"processes": settings.workers}), True))
    return tuple(found)


def _model_lines(name: str) -> list[Diagnosis]:
    return [Diagnosis(what, value, well) for what, value, well in extraction.model_files(name)]

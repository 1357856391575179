"""How fast the whole line is: read, extract, resolve and brief, beside a bare spaCy pass.

    python -m benchmarks.line --data FOLDER_OF_JSONL [--limit N] [--processes N] [--json]

Both passes see the same texts in the same run, alternating, on as many processes; the ratio is what
counts, since the speed of a machine is not ours. The trivial baseline is the bare spaCy pass.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from detente import workflow
from detente.extraction.parse import language_model
from detente.model import Document
from detente.reading import read as read_documents
from detente.settings import Settings
from detente.storage.catalog import Store


def sample(folder: Path, limit: int) -> list[Document]:
    """Return documents spread evenly over the files of a folder."""
    paths = sorted(folder.glob("*.jsonl.gz")) or [folder]
    listed = [one for one in read_documents(paths) if isinstance(one, Document)]
    step = max(1, len(listed) // limit)
    return listed[::step][:limit]


def bare(texts: list[str]) -> float:
    """Return the seconds of a bare spaCy pass over the texts."""
    model = language_model()
    begin = time.perf_counter()
    for _ in model.pipe(texts):
        pass
    return time.perf_counter() - begin


def stages(documents: list[Document], processes: int) -> dict[str, float]:
    """Return the seconds of each stage of the line over the documents."""
    settings = Settings(processes=processes)
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "reports.jsonl"
        source.write_text("".join(f"{line}\n" for line in lines_of(documents)), "utf-8")
        store = Store(Path(scratch) / "store")
        for name, stage in (
            ("read", lambda: workflow.read([source], store, settings=settings)),
            ("extract", lambda: workflow.extract(store, settings=settings)),
            ("resolve", lambda: workflow.resolve(store, settings=settings)),
            ("brief", lambda: workflow.brief(store, workflow.dyad_of("Turkey", "Russia"))),
        ):
            begin = time.perf_counter()
            stage()
            seconds[name] = time.perf_counter() - begin
    return seconds


def lines_of(documents: list[Document]) -> Iterator[str]:
    """Yield documents as lines of JSON that can be read again."""
    for one in documents:
        yield json.dumps(
            {
                "id": one.key,
                "outlets": list(one.outlets),
                "published": one.published.isoformat() if one.published else None,
                "text": one.text,
            }
        )


def measure(folder: Path, *, limit: int, processes: int, rounds: int) -> dict[str, Any]:
    """Run both passes in turn; keep the fastest of each."""
    documents = sample(folder, limit)
    texts = [one.text for one in documents]
    bare(texts[:200])  # the model is loaded and warm for both
    spacy_seconds, line_seconds = [], []
    for _ in range(rounds):
        spacy_seconds.append(bare(texts))
        line_seconds.append(stages(documents, processes))
    best = min(line_seconds, key=lambda one: sum(one.values()))
    total = sum(best.values())
    return {
        "reports": len(documents),
        "processes": processes,
        "spacy_seconds": round(min(spacy_seconds), 2),
        "line_seconds": round(total, 2),
        "stages": {name: round(value, 2) for name, value in best.items()},
        "reports_per_second": round(len(documents) / total, 1),
        "spacy_reports_per_second": round(len(documents) / min(spacy_seconds), 1),
        "ratio": round(total / min(spacy_seconds), 2),
        "extract_ratio": round(best["extract"] / min(spacy_seconds), 2),
    }


def main() -> None:
    """Parse the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="folder of .jsonl.gz reports")
    parser.add_argument("--limit", type=int, default=3000, help="how many reports")
    parser.add_argument("--processes", type=int, default=1, help="worker processes of the line")
    parser.add_argument("--rounds", type=int, default=2, help="the fastest of so many counts")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = measure(given.data, limit=given.limit, processes=given.processes, rounds=given.rounds)
    if given.json:
        print(json.dumps(found, indent=1))
        return
    print(f"{found['reports']} reports, {found['processes']} process(es)")
    print(f"bare spaCy pass (baseline)  {found['spacy_seconds']:8.2f} s   1.00")
    print(f"whole line                  {found['line_seconds']:8.2f} s   {found['ratio']:.2f}")
    for name, value in found["stages"].items():
        print(f"  {name:<10} {value:8.2f} s")
    print(f"{found['reports_per_second']} reports a second end to end; goal: ratio at most 1.50")


if __name__ == "__main__":
    main()

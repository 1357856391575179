"""Make and check the gold set tests/gold/reports.

    python tools/gold.py sample --data FOLDER --output FOLDER     reports to annotate, in parts
    python tools/gold.py offsets WORKING... --data FOLDER --output FILE

``sample`` writes the drawn reports as JSON lines outside the repository, since their text is no
part of it. ``offsets`` turns annotations in the working form of docs/annotation.md into the form of
the repository: ids and character offsets only.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SEED = 20261126
SIZE = 400
SECOND = 100
PART = 50

Record = dict[str, Any]


def reports(folder: Path) -> Iterator[Record]:
    """Yield the reports of current-events in the order of their days."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from map(json.loads, file)


def sample(folder: Path) -> tuple[list[Record], list[Record]]:
    """Draw the reports of the first pass, and those of them that are annotated twice."""
    generator = random.Random(SEED)
    by_year: dict[str, list[Record]] = {}
    for report in reports(folder):
        by_year.setdefault(report["id"][:4], []).append(report)
    drawn: list[Record] = []
    years = sorted(by_year)
    for index, year in enumerate(years):
        # 400 over 15 years: the first ten years give one more
        size = SIZE // len(years) + (index < SIZE % len(years))
        drawn += generator.sample(by_year[year], size)
    generator.shuffle(drawn)
    return drawn, drawn[:SECOND]


def locate(text: str, words: str) -> list[int]:
    """Return the offsets of words, the last ``#n`` telling which occurrence.

    Raises:
        ValueError: when they do not occur, or occur several times and nothing says which.
    """
    stem, mark, number = words.rpartition("#")
    wanted = int(number) if mark and number.isdigit() else None
    words = stem if wanted else words
    starts = [at for at in range(len(text)) if text.startswith(words, at)]
    whole = [at for at in starts if _is_whole(text, at, at + len(words))]
    starts = whole or starts
    if not starts:
        raise ValueError(f"{words!r} is not in the text")
    if wanted is None and len(starts) > 1:
        wanted = 1
    at = starts[(wanted or 1) - 1] if (wanted or 1) <= len(starts) else None
    if at is None:
        raise ValueError(f"{words!r} occurs {len(starts)} times, not {wanted}")
    return [at, at + len(words)]


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or after.isalnum())


def to_offsets(text: str, claim: Record) -> Record:
    """Return a claim with offsets in the place of words."""
    found: Record = {"type": claim["type"], "anchor": locate(text, claim["anchor"])}
    for side in ("actors", "recipients"):
        found[side] = [
            {"span": locate(text, party["text"]), "country": party.get("country")}
            for party in claim.get(side, [])
        ]
    found["date"] = claim["date"]
    found |= {key: claim[key] for key in ("label", "optional") if claim.get(key)}
    return found


def main() -> None:
    """Run one of the two commands."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=("sample", "offsets"))
    parser.add_argument("working", nargs="*", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="the folder current-events")
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_intermixed_args()
    drawn, second = sample(options.data)
    if options.command == "sample":
        options.output.mkdir(parents=True, exist_ok=True)
        for name, rows in (("first", drawn), ("second", second)):
            for at in range(0, len(rows), PART):
                lines = "".join(
                    json.dumps({k: row[k] for k in ("id", "published", "text")}) + "\n"
                    for row in rows[at : at + PART]
                )
                part = options.output / f"{name}-{at // PART + 1}.jsonl"
                part.write_text(lines, encoding="utf-8")
        return
    texts = {row["id"]: row["text"] for row in reports(options.data)}
    order = {row["id"]: index for index, row in enumerate(drawn)}
    done: dict[str, Record] = {}
    problems = 0
    for path in options.working:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                entry = json.loads(line)
                text = texts[entry["id"]]
                claims = [to_offsets(text, claim) for claim in entry["claims"]]
            except (KeyError, ValueError) as error:
                problems += 1
                print(f"{path}:{number}: {error}", file=sys.stderr)
                continue
            # what is not of the sample was annotated to write rules by
            half = "held" if order.get(entry["id"], 0) % 2 else "open"
            done[entry["id"]] = {"id": entry["id"], "half": half, "claims": claims}
    listed = sorted(done, key=lambda key: (order.get(key, 0), key))
    lines = "".join(json.dumps(done[key]) + "\n" for key in listed)
    options.output.write_text(lines, encoding="utf-8")
    print(f"{len(done)} reports, {sum(len(d['claims']) for d in done.values())} claims")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()

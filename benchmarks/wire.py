"""Whether a report's agency is found from its text: ``python -m benchmarks.wire --data FOLDER``.

FOLDER is that of PolNeAR, with ``metadata.tsv`` and ``train/text``. Its column ``wire`` names the
agency that wrote a report, or None; reports without a value are left out. The agency is found where
a dateline, a byline or a credit names it (the outlet of a segment); what an article only quotes
from an agency is none. Baseline: the agency's name anywhere in the text.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.scoring import ratio
from detente.extraction.segment import segment
from detente.lexicon.outlets import load_outlets
from detente.model import Document, SegmentKind

AGENCIES = {
    "AP": "Associated Press",
    "UPI": "United Press International",
    "AFP": "Agence France-Presse",
    "REUTERS": "Reuters",
}
_CREDITING = frozenset({SegmentKind.DATELINE, SegmentKind.BYLINE, SegmentKind.BOILERPLATE})
_ANYWHERE = re.compile(
    r"\b(?:AP|UPI|AFP|Reuters|Associated Press|United Press International"
    r"|Agence France[- ]Presse)\b"
)


def main() -> None:
    """Print recall and false alarms, and the baseline's."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true", help="print JSON (the default too)")
    parser.add_argument("--errors", action="store_true", help="print what is missed and wrong")
    options = parser.parse_args()
    counts = dict.fromkeys(("wired", "found", "right", "plain", "alarms"), 0)
    simple = dict(counts)
    for name, gold, text in read(options.data):
        found = agencies(text)
        told = bool(_ANYWHERE.search(text))
        counts["wired" if gold else "plain"] += 1
        if gold:
            counts["found"] += gold in found
            simple["found"] += told
        else:
            counts["alarms"] += bool(found)
            simple["alarms"] += told
        if options.errors and not options.json and (gold or None) not in (found or {None}):
            print(name, "is", gold, "found", sorted(found), "|", repr(text[:90]), repr(text[-160:]))
    result = {
        "n": counts["wired"] + counts["plain"],
        "wired": counts["wired"],
        "recall": round(ratio(counts["found"], counts["wired"]), 3),
        "false_alarms": round(ratio(counts["alarms"], counts["plain"]), 3),
        "baseline_recall": round(ratio(simple["found"], counts["wired"]), 3),
        "baseline_false_alarms": round(ratio(simple["alarms"], counts["plain"]), 3),
    }
    print(json.dumps(result, indent=2))


def read(folder: Path) -> Iterator[tuple[str, str | None, str]]:
    """Yield each report with a value: its name, its agency or None, and its text."""
    with (folder / "metadata.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            path = folder / "train" / "text" / f"{row['filename']}.txt"
            wire = (row["wire"] or "NA").upper()
            if path.is_file() and (wire == "NONE" or wire in AGENCIES):
                yield row["filename"], AGENCIES.get(wire), path.read_bytes().decode("utf-8")


def agencies(text: str) -> set[str]:
    """Return the agencies to which a dateline, a byline or a credit gives a text."""
    outlets = load_outlets()
    credits = (
        one.outlet
        for one in segment(Document(id="d", key="d", text=text))
        if one.outlet and one.kind in _CREDITING
    )
    named = {outlet.name for credit in credits for outlet in outlets.credited(credit)}
    return named & set(AGENCIES.values())


if __name__ == "__main__":
    main()

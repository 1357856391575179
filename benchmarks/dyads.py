"""Are the two countries of a report's topic linked by a claim, and how much is claimed elsewhere?

``python -m benchmarks.dyads --data FOLDER-or-FILE [--json] [--show]``. Of current-events those
whose topic, surely theirs (``since_topic`` 0), reads "X–Y relations": the share with a claim that
links X and Y in either direction. On 300 others, drawn by a fixed seed: claims a report; ``--show``
prints 100 of these for reading. Baselines: the subject of a verb and any of its objects name the
two; one sentence names both.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.scoring import ratio
from detente import lexicon
from detente.extraction.actors.mentions import Mentions, find_mentions
from detente.extraction.claims import extract_batch
from detente.extraction.events.roles import verb_arguments
from detente.extraction.parse import Passage, language_model
from detente.model import Claim, Document, Dyad, Segment, SegmentKind

SEED = 20261122
OTHERS = 300
SHOWN = 100
_RELATIONS = re.compile(r"^(.+?)\s*[–—-]\s*(.+?) relations$")

Report = dict[str, Any]


def main() -> None:
    """Print the measurements, and with ``--show`` claims to read."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true", help="print JSON (the default too)")
    parser.add_argument("--show", action="store_true", help="print claims of other reports")
    options = parser.parse_args()
    pairs, others = split(list(read(options.data)))
    drawn = random.Random(SEED).sample(others, min(OTHERS, len(others)))
    claims = code([report for report, _ in pairs])
    linked = sum(links(found, pair) for found, (_, pair) in zip(claims, pairs, strict=True))
    near = [baselines(report, pair) for report, pair in pairs]
    elsewhere = code(drawn)
    result = {
        "n": len(pairs),
        "linked": round(ratio(linked, len(pairs)), 3),
        "claims_per_report": round(ratio(sum(map(len, elsewhere)), len(drawn)), 3),
        "baseline_subject_object": round(ratio(sum(a for a, _ in near), len(near)), 3),
        "baseline_one_sentence": round(ratio(sum(b for _, b in near), len(near)), 3),
    }
    print(json.dumps(result, indent=2))
    if options.show:
        listed = [claim for found in elsewhere for claim in found]
        for claim in random.Random(SEED).sample(listed, min(SHOWN, len(listed))):
            print(shown(claim))


def read(path: Path) -> Iterator[Report]:
    """Yield the reports of a file or of all files of a folder."""
    for file in sorted(path.glob("*.jsonl.gz")) if path.is_dir() else [path]:
        whole = file.read_bytes()
        text = gzip.decompress(whole) if file.suffix == ".gz" else whole
        yield from map(json.loads, text.decode("utf-8").splitlines())


def split(reports: Sequence[Report]) -> tuple[list[tuple[Report, Dyad]], list[Report]]:
    """Part the reports whose topic surely names two countries from those without such a topic."""
    pairs, others = [], []
    for report in reports:
        match = _RELATIONS.match(report.get("topic") or "")
        if match is None:
            others.append(report)
            continue
        names = lexicon.load().actors
        codes = [names.resolve(name.strip()).code for name in match.groups()]
        if codes[0] and codes[1] and codes[0] != codes[1] and report.get("since_topic") == 0:
            pairs.append((report, Dyad(codes[0], codes[1])))
    return pairs, others


def code(reports: Sequence[Report]) -> list[tuple[Claim, ...]]:
    """Return the claims of each report."""
    documents = [
        Document(id=r["id"], key=r["id"], text=r["text"], published=day(r)) for r in reports
    ]
    drawn = extract_batch(documents, model=language_model(), lexicon=lexicon.load())
    return [extraction.claims for extraction in drawn]


def day(report: Report) -> date:
    """Return the day of a report."""
    return date.fromisoformat(report["published"])


def links(claims: Sequence[Claim], pair: Dyad) -> bool:
    """Whether a claim has the one country on one side and the other on the other."""
    wanted = {pair.actor, pair.recipient}
    for claim in claims:
        actors = {mention.country for mention in claim.actors}
        recipients = {mention.country for mention in claim.recipients}
        if claim.reciprocal and wanted <= actors | recipients:
            return True
        if any({a, b} == wanted for a in actors for b in recipients):
            return True
    return False


def baselines(report: Report, pair: Dyad) -> tuple[bool, bool]:
    """Whether some verb's subject and object name the two, and whether one sentence names both."""
    doc = language_model()(report["text"])
    document = Document(id="d", key="d", text=report["text"], published=day(report))
    segment = Segment(kind=SegmentKind.BODY, start=0, end=len(report["text"]))
    passage = Passage(document, segment, 0, doc)
    (mentions,) = find_mentions([passage], lexicon.load().actors, document.published)
    wanted = {pair.actor, pair.recipient}
    together = any(
        wanted <= {country for country, _, _ in mentions.countries(sent.start, sent.end)}
        for sent in doc.sents
    )
    return _by_verb(passage, mentions, wanted), together


def _by_verb(passage: Passage, mentions: Mentions, wanted: set[str]) -> bool:
    for verb in passage.doc:
        if verb.pos_ != "VERB":
            continue
        arguments = verb_arguments(verb)
        sides = []
        objects = (*arguments.object, *(t for tokens in arguments.prep.values() for t in tokens))
        for tokens in (arguments.subject, objects):
            found = [m for t in tokens for m in (mentions.at(t), mentions.modifier_at(t)) if m]
            sides.append({mention.country for mention in found})
        if any({a, b} == wanted for a in sides[0] for b in sides[1]):
            return True
    return False


def shown(claim: Claim) -> str:
    """Return a claim on one line."""
    sides = [
        ", ".join(f"{m.span.text} ({m.country})" for m in side)
        for side in (claim.actors, claim.recipients)
    ]
    day = claim.when.edtf or claim.when.basis
    return (
        f"{claim.document_key} {claim.event_type} {claim.mode or ''} [{sides[0]}] -> [{sides[1]}] "
        f"{day} {claim.certainty.label} {claim.rule} | {claim.sentence.text.strip()}"
    )


if __name__ == "__main__":
    main()

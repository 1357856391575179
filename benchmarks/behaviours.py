"""Behaviours of a coder on sentences about invented countries: who did something to whom.

``python -m benchmarks.behaviours --data FILE [--json] [--errors]``. FILE holds the unit tests of
PETRARCH: sentences of a day, and the codes of who acts on whom in them. Its countries are taught by
``invented_countries.yaml`` beside this module, as a user would teach them. A dyad is an actor's and
a recipient's country (the first three letters of a code; agents such as GOV do not count); sides
without a country have none. A sentence is right where the dyads of its claims are those of the
record, all of them and no other. What is coded both ways is one happening, and either way will do.

``share`` is over the categories that test behaviours which no dictionary of verbs decides
(CATEGORIES); ``found`` asks only that no dyad of the record is missing. Baseline: each country in
the subject of the main verb with each one in its objects.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import permutations, product
from pathlib import Path

from lxml import etree

from benchmarks.scoring import ratio
from detente import lexicon
from detente.extraction.actors.mentions import Mentions, find_mentions
from detente.extraction.claims import extract_batch
from detente.extraction.parse import Passage, language_model, parse
from detente.lexicon import Lexicon
from detente.model import Claim, Document, Mention, Segment, SegmentKind

COUNTRIES = Path(__file__).with_name("invented_countries.yaml")
CATEGORIES = ("DEMO", "COMPOUND", "AGENT", "ACTOR", "DATE", "PARSING")
# What the records write otherwise than we do, ISO 3166 and the pseudo-countries of PLOVER.
OURS = {"KUW": "KWT", "IGOEEU": "EUR", "NGM": "NGO", "NZE": "NZL", "ZBW": "ZWE"}
Dyads = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Record:
    """One sentence, the day of its report, and the dyads that it tells of."""

    id: str
    category: str
    published: date
    text: str
    dyads: Dyads


def main() -> None:
    """Print the measurements."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--errors", action="store_true", help="list what is wrong")
    options = parser.parse_args()
    path = options.data
    records = read(path / "PETR.UnitTest.records.xml" if path.is_dir() else path)
    result = measure(records, errors=options.errors)
    if options.json:
        print(json.dumps(result, indent=2))
        return
    for what, value in result.items():
        print(f"{what:28} {value:8.3f}" if isinstance(value, float) else f"{what:28} {value:8}")


def read(path: Path) -> list[Record]:
    """Return the records of a file; its entities are not expanded, nothing outside it is read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    records = []
    for node in etree.parse(str(path), parser).iter("Sentence"):
        text = " ".join((node.findtext("Text") or "").split())
        codings = [
            (c.get("sourcecode", ""), c.get("targetcode", "")) for c in node.iter("EventCoding")
        ]
        pairs = ((_country(source), _country(target)) for source, target in codings)
        records.append(
            Record(
                id=node.get("id", ""),
                category=node.get("category", ""),
                published=datetime.strptime(node.get("date", ""), "%Y%m%d").date(),
                text=text,
                dyads=frozenset((one, other) for one, other in pairs if one and other),
            )
        )
    return records


def _country(code: str) -> str | None:
    """Return the country of a code; None for the anonymous and for names that have no code."""
    country = code[:3]
    if not (country.isalpha() and country.isupper()):
        return None
    return OURS.get(code[:6]) or OURS.get(country) or country


def measure(records: Sequence[Record], *, errors: bool = False) -> dict[str, float]:
    """Measure the share of right sentences, by category, beside the baseline."""
    lexicons = lexicon.load(extra=(COUNTRIES,))
    documents = [
        Document(id=str(at), key=one.id, text=one.text, published=one.published)
        for at, one in enumerate(records)
    ]
    extracted = extract_batch(documents, model=language_model(), lexicon=lexicons)
    grammar = baseline(documents, lexicons)
    counts: Counter[str] = Counter()
    for record, extraction, guess in zip(records, extracted, grammar, strict=True):
        found = dyads_of(extraction.claims)
        groups = [record.category, "all"] + ["six"] * (record.category in CATEGORIES)
        right, complete = compare(record.dyads, found)
        for group in groups:
            counts[group] += 1
            counts[f"{group} right"] += right and complete
            counts[f"{group} found"] += complete
            counts[f"{group} baseline"] += all(compare(record.dyads, guess))
        if errors and not (right and complete):
            told = [
                (c.event_type.value, c.rule, c.certainty.label.value) for c in extraction.claims
            ]
            print(record.id, sorted(record.dyads), "not", sorted(found), told, record.text)
    others = sorted({record.category for record in records} - set(CATEGORIES))
    result: dict[str, float] = {
        "n": counts["six"],
        "share": _share(counts, "six", "right"),
        "found_share": _share(counts, "six", "found"),
        "baseline_share": _share(counts, "six", "baseline"),
        "all_n": counts["all"],
        "all_share": _share(counts, "all", "right"),
        "all_baseline_share": _share(counts, "all", "baseline"),
    }
    for category in (*CATEGORIES, *others):
        result[f"{category}_n"] = counts[category]
        result[f"{category}_share"] = _share(counts, category, "right")
        result[f"{category}_baseline_share"] = _share(counts, category, "baseline")
    return result


def _share(counts: Counter[str], group: str, what: str) -> float:
    return round(ratio(counts[f"{group} {what}"], counts[group]), 4)


def dyads_of(claims: Sequence[Claim]) -> Dyads:
    """Return the pairs of countries that claims link; of what all do together, each way."""
    found: set[tuple[str, str]] = set()
    for claim in claims:
        actors, recipients = _codes(claim.actors), _codes(claim.recipients)
        if claim.reciprocal:
            found |= set(permutations(dict.fromkeys(actors + recipients), 2))
        else:
            found |= set(product(actors, recipients))
    return frozenset(found)


def _codes(mentions: Sequence[Mention]) -> list[str]:
    return [mention.country for mention in mentions if mention.country]


def compare(gold: Dyads, found: Dyads) -> tuple[bool, bool]:
    """Return whether no dyad is wrong, and whether none is missing.

    Where one side has a dyad both ways, either way is enough on the other.
    """
    both = {(one, other) for one, other in gold if (other, one) in gold}
    mutual = {(one, other) for one, other in found if (other, one) in found}
    right = all(pair in gold or (pair in mutual and pair[::-1] in gold) for pair in found)
    complete = all(pair in found or (pair in both and pair[::-1] in found) for pair in gold)
    return right, complete


def baseline(documents: Sequence[Document], lexicons: Lexicon) -> list[Dyads]:
    """Return the countries in the subject of each main verb, with those in its objects."""
    whole = [
        (one, (Segment(kind=SegmentKind.BODY, start=0, end=len(one.text)),)) for one in documents
    ]
    parsed = parse(whole, language_model(), lexicons.actors.longest, lexicons.frames.known_verbs)
    guesses = []
    for document, passages in zip(documents, parsed, strict=True):
        mentions = find_mentions(passages, lexicons.actors, document.published)
        pairs = [_grammar(*one) for one in zip(passages, mentions, strict=True)]
        guesses.append(frozenset().union(*pairs))
    return guesses


def _grammar(passage: Passage, mentions: Mentions) -> Dyads:
    sides: dict[str, set[str]] = {"subject": set(), "object": set()}
    root = passage.doc[:].root
    for child in root.children:
        subject = child.dep_ in ("nsubj", "nsubjpass")
        side = (
            "subject" if subject else "object" if child.dep_ in ("dobj", "prep", "dative") else ""
        )
        for token in child.subtree if side else ():
            found = mentions.at(token)
            if found and found.country:
                sides[side].add(found.country)
    return frozenset(pair for pair in product(*sides.values()) if pair[0] != pair[1])


if __name__ == "__main__":
    main()

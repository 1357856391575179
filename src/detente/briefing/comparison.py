"""The claims of two coders side by side, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from detente.briefing.records import claim_record, mention_record, span_record, when_record
from detente.briefing.words import date_words, plural, printable
from detente.model import (
    Agreement,
    Claim,
    Comparison,
    Mention,
    Pairing,
    SecondClaim,
)

__all__ = ["comparison_lines", "comparison_record"]


class _Verdict(StrEnum):
    """How two coders stand at one place; in the order in which text tells of them."""

    DIFFER = "differ"
    ONLY_BUILT_IN = "only_built_in"
    ONLY_SECOND = "only_second"
    SAME = "same"


_HEADINGS = {
    _Verdict.DIFFER: "Claims in which the coders differ",
    _Verdict.ONLY_BUILT_IN: "Claims of the built-in coder alone",
    _Verdict.ONLY_SECOND: "Claims of the second coder alone",
    _Verdict.SAME: "Claims that both give alike",
}


def _verdict(pairing: Pairing) -> _Verdict:
    if pairing.both:
        return _Verdict.DIFFER if pairing.differ else _Verdict.SAME
    return _Verdict.ONLY_BUILT_IN if pairing.second is None else _Verdict.ONLY_SECOND


def _counts(comparison: Comparison) -> dict[str, int]:
    verdicts = [_verdict(pairing) for pairing in comparison.pairings]
    counts = {verdict.value: verdicts.count(verdict) for verdict in _Verdict}
    return counts | {"dropped": len(comparison.dropped)}


# --- JSON ------------------------------------------------------------------------------------


def comparison_record(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as the JSON object of the public contract."""
    coder = comparison.coder
    return {
        "second_coder": {
            "endpoint": coder.endpoint,
            "model": coder.model,
            "prompt": coder.prompt,
            "answered_by": list(comparison.answered_by),
        },
        "run_id": comparison.run_id,
        "documents": comparison.documents,
        "questions": {
            "asked": comparison.asked,
            "known": comparison.known,
            "tokens": comparison.tokens or None,
        },
        "counts": _counts(comparison),
        "agreement": {one.what: _agreement_record(one) for one in comparison.agreements},
        "claims": [_pairing_record(pairing) for pairing in comparison.pairings],
        "dropped": [asdict(one) for one in comparison.dropped],
        "not_compared": [{"where": n.where, "reason": n.reason} for n in comparison.notices],
    }


def _agreement_record(one: Agreement) -> dict[str, Any]:
    figures = asdict(one)
    del figures["what"]
    return {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in figures.items()
    }


def _pairing_record(pairing: Pairing) -> dict[str, Any]:
    ours, second = pairing.ours, pairing.second
    return {
        "document_key": pairing.document_key,
        "verdict": _verdict(pairing).value,
        "differ": [field.value for field in pairing.differ],
        "built_in": claim_record(ours) if ours else None,
        "second": _second_record(second) if second else None,
    }


def _second_record(claim: SecondClaim) -> dict[str, Any]:
    return {
        "document_id": claim.document_id,
        "document_key": claim.document_key,
        "segment": claim.segment.value,
        "quote": span_record(claim.quote),
        "anchor": span_record(claim.anchor),
        "event_type": claim.event_type.value,
        "actors": [mention_record(mention) for mention in claim.actors],
        "recipients": [mention_record(mention) for mention in claim.recipients],
        "reciprocal": claim.reciprocal,
        "when": when_record(claim.when),
        "label": claim.label.value,
    }


# --- text ------------------------------------------------------------------------------------


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """Yield a comparison as lines of text: the totals, the agreement, then claim by claim."""
    for line in _lines(comparison):
        yield printable(line)


def _lines(comparison: Comparison) -> Iterator[str]:
    yield from _head(comparison)
    yield ""
    yield "Agreement, with 95 % intervals"
    for agreement in comparison.agreements:
        yield f"  {agreement.what:<8}{_agreement_words(agreement)}"
    yield "claims: places where both have one, of those where either has; the rest: of these"
    for verdict, heading in _HEADINGS.items():
        chosen = [one for one in comparison.pairings if _verdict(one) is verdict]
        if chosen:
            yield ""
            yield f"{heading} ({len(chosen)})"
        for pairing in chosen:
            yield from _pairing_lines(pairing)
    if comparison.dropped:
        yield ""
        yield f"Claims of the second coder that were dropped ({len(comparison.dropped)})"
    for one in comparison.dropped:
        yield f"  {one.document_key}  {one.reason}: “{one.quote}”"


def _head(comparison: Comparison) -> Iterator[str]:
    coder = comparison.coder
    others = [model for model in comparison.answered_by if model != coder.model]
    answered = f", which answers as {', '.join(others)}" if others else ""
    yield f"Second coder: {coder.model} at {coder.endpoint}{answered}"
    tokens = f" ({comparison.tokens} tokens)" if comparison.tokens else ""
    asked = f"{plural(comparison.asked, 'question')} asked now{tokens}"
    yield (
        f"{plural(comparison.documents, 'document')} compared; {asked}, "
        f"{plural(comparison.known, 'answer')} known already"
    )
    counts = _counts(comparison)
    both = counts[_Verdict.SAME] + counts[_Verdict.DIFFER]
    yield (
        f"{plural(both, 'claim')} of both: {counts[_Verdict.SAME]} alike, "
        f"{counts[_Verdict.DIFFER]} differ; {counts[_Verdict.ONLY_BUILT_IN]} of the built-in coder "
        f"alone, {counts[_Verdict.ONLY_SECOND]} of the second alone; {counts['dropped']} dropped"
    )


def _agreement_words(one: Agreement) -> str:
    if one.share is None or one.low is None or one.high is None:
        return "nothing to compare"
    words = f"{one.agree} of {one.of}: {one.share:.0%} ({one.low:.0%} to {one.high:.0%})"
    if one.kappa is None:
        return words
    if one.kappa_low is None or one.kappa_high is None:
        return f"{words}, kappa {one.kappa:.2f}, too little for its interval"
    return f"{words}, kappa {one.kappa:.2f} ({one.kappa_low:.2f} to {one.kappa_high:.2f})"


def _pairing_lines(pairing: Pairing) -> Iterator[str]:
    quote = pairing.quote
    differ = f"  {', '.join(pairing.differ)}:" if pairing.differ else ""
    at = f"{pairing.document_key} [{quote.start}:{quote.end}]"
    yield f"  {at}{differ}  “{' '.join(quote.text.split())}”"
    if pairing.ours:
        yield f"    built-in  {_claim_words(pairing.ours, pairing.ours.certainty.label)}"
    if pairing.second:
        yield f"    second    {_claim_words(pairing.second, pairing.second.label)}"


def _claim_words(claim: Claim | SecondClaim, label: str) -> str:
    """Return a claim as one line: type, sides, days, label, and the words that name it."""
    sides = " > ".join(_side_words(side) for side in (claim.actors, claim.recipients) if side)
    days = date_words(claim.when.first, claim.when.last)
    anchor = claim.anchor
    return (
        f"{claim.event_type.value}  {sides}  {days}  {label}  "
        f"“{' '.join(anchor.text.split())}” [{anchor.start}:{anchor.end}]"
    )


def _side_words(side: Sequence[Mention]) -> str:
    words = (one.country or f"“{' '.join(one.span.text.split())}”" for one in side)
    return "+".join(dict.fromkeys(words))

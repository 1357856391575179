"""When a verb's clause lies, by its own tense alone."""

from __future__ import annotations

from spacy.tokens import Token

from detente.model import Time

__all__ = ["finite_time", "is_finite", "lemma_of"]

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_TO_COME = frozenset({"be", "go"})


def lemma_of(token: Token) -> str:
    """Return the lower-case lemma; "hoped" and "hopes" are of "hope", as the model has it not."""
    lemma: str = token.lemma_.lower()
    return "hope" if lemma == "hop" and "pp" not in token.lower_ else lemma


def is_finite(verb: Token) -> bool:
    """Whether a verb or one of its auxiliaries carries a tense."""
    return verb.tag_ in _FINITE or any(
        c.tag_ in _FINITE for c in verb.children if c.dep_ in ("aux", "auxpass")
    )


def finite_time(verb: Token) -> Time | None:
    """Return the time that a verb's own form gives its clause; None where it has no tense.

    A modal gives the future, and so do "to" under a subject at the top of a headline ("Army to
    leave"), "is to leave" and "is going to leave"; a participle after a noun ("troops killed by")
    gives the past.
    """
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    tags = {c.tag_ for c in auxiliaries}
    if "MD" in tags:
        return Time.FUTURE
    if "TO" in tags:
        return _infinitive(verb)
    if any(c.lemma_ == "have" for c in auxiliaries if c.dep_ == "aux") and verb.tag_ in (
        "VBN",
        "VBD",
    ):
        return Time.PAST
    if "VBD" in tags or verb.tag_ == "VBD":
        return Time.PAST
    if tags & {"VBZ", "VBP"} or verb.tag_ in ("VBZ", "VBP"):
        return Time.PRESENT
    if verb.tag_ == "VBN" and verb.dep_ in ("acl", "ROOT", "amod", "relcl"):
        return Time.PAST
    if verb.tag_ == "VB" and verb.dep_ == "ROOT":
        return Time.FUTURE
    return None


def _infinitive(verb: Token) -> Time | None:
    if any(c.lemma_ == "have" and c.dep_ == "aux" for c in verb.children):
        return Time.PAST
    if verb.dep_ in ("ROOT", "ccomp") and any(c.dep_.startswith("nsubj") for c in verb.children):
        return Time.FUTURE
    if verb.dep_ == "xcomp" and verb.head.lemma_ in _TO_COME:
        return Time.FUTURE
    return None

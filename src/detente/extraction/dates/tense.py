"""The time of a clause, by its verb and the verbs above it."""

from __future__ import annotations

from enum import StrEnum

from spacy.tokens import Token

__all__ = [
    "SAME_TIME",
    "ClauseTime",
    "clause_time",
    "clause_verb",
    "has_to",
    "is_arranged",
    "is_finite",
    "is_news_tense",
    "is_perfect",
]

_FUTURE_NOUNS = frozenset("plan proposal schedule preparation intention date invitation".split())
_FUTURE_HEADS = frozenset(
    """
    agree aim arrange decide due expect hope intend invite likely mean order persuade plan pledge
    prepare promise propose ready schedule set slate threaten urge vow want
    """.split()
)
# Verbs that tell in the present tense what is arranged: "the talks begin on Friday".
_ARRANGED = frozenset("begin start open resume end expire".split())
# "Demands that he resign": what is to be, not what is.
_DEMANDING = frozenset(
    "ask command demand insist instruct order propose recommend request require suggest".split()
)
_PLANNED = frozenset("due expect plan schedule set slate".split())
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_MODALS = frozenset("may might could can should must would ought".split())
# Verbs whose infinitive or gerund happens together with them.
SAME_TIME = frozenset(
    """
    appear become begin cause cease come compel continue decline end fail finish force go help keep
    lead manage move oblige proceed prompt refuse resume seem start stop see serve use vote
    """.split()
)

# Clauses nest this deep in no sentence that a person wrote.
_DEEPEST = 30


class ClauseTime(StrEnum):
    """When a clause lies, seen from its writing."""

    PAST = "past"
    BEFORE_PAST = "before_past"
    PRESENT = "present"
    FUTURE = "future"
    OPEN = "open"


def clause_verb(token: Token) -> Token | None:
    """Return the nearest verb at or above a token, or None."""
    while token.pos_ not in ("VERB", "AUX"):
        if token.head == token:
            return None
        token = token.head
    return token.head if token.dep_ in ("aux", "auxpass") else token


def has_to(verb: Token) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(child.tag_ == "TO" and child.dep_ == "aux" for child in verb.children)


def is_finite(token: Token) -> bool:
    """Whether a token is a verb that has a tense of its own or through an auxiliary."""
    if token.pos_ not in ("VERB", "AUX"):
        return False
    if token.tag_ in _FINITE or (token.dep_ == "ROOT" and token.tag_ == "VB"):
        return True
    return any(
        child.tag_ in _FINITE for child in token.children if child.dep_ in ("aux", "auxpass")
    )


def is_perfect(verb: Token) -> bool:
    """Whether a verb is in the present perfect: "has shelled", "have been killed"."""
    return any(
        child.dep_ == "aux" and child.lemma_ == "have" and child.tag_ in ("VBZ", "VBP")
        for child in verb.children
    )


def is_news_tense(verb: Token) -> bool:
    """Whether a clause tells what is new: in the present or the present perfect."""
    time = clause_time(verb)
    return time is ClauseTime.PRESENT or (time is ClauseTime.PAST and is_perfect(verb))


def is_arranged(verb: Token) -> bool:
    """Whether the present tense of a verb may tell what is to come: "the talks begin on Friday"."""
    return verb.lemma_ in _ARRANGED and verb.tag_ in ("VBZ", "VBP")


def clause_time(verb: Token) -> ClauseTime:
    """Return the time of the clause that a verb heads; an infinitive takes that of its head.

    OPEN is a clause that does not say that something happens: after may, should, must, if.
    """
    return _time(verb, _DEEPEST)


def _time(verb: Token, depth: int) -> ClauseTime:
    """Return the time of a clause, looking up through so many clauses above it."""
    if not depth:
        return ClauseTime.OPEN
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    words = {child.lower_ for child in helpers}
    if words & {"will", "'ll", "’ll", "wo", "shall"}:
        return ClauseTime.FUTURE
    if words & _MODALS:
        perfect = "have" in words and not words & {"can", "must"}
        return ClauseTime.BEFORE_PAST if perfect else ClauseTime.OPEN
    if "to" in words:
        return ClauseTime.BEFORE_PAST if "have" in words else _infinitive(verb, depth)
    if _is_demanded(verb, words):
        return ClauseTime.OPEN
    if words & {"had", "'d"} and verb.tag_ in ("VBN", "VBG"):
        return ClauseTime.BEFORE_PAST
    if any(child.tag_ == "VBD" for child in helpers):
        return ClauseTime.PAST
    if any(child.tag_ in ("VBZ", "VBP") for child in helpers):
        return _present_helper(verb, helpers)
    if verb.tag_ in ("VBZ", "VBP"):
        return ClauseTime.FUTURE if _has_planned(verb) else ClauseTime.PRESENT
    if verb.tag_ == "VBD":
        return ClauseTime.FUTURE if _has_planned(verb) else ClauseTime.PAST
    if verb.dep_ == "ROOT":
        return ClauseTime.PAST if verb.tag_ == "VBN" else ClauseTime.PRESENT
    return _participle(verb, depth)


def _is_demanded(verb: Token, helpers: set[str]) -> bool:
    """Whether a clause says what is demanded: "that he resign", "that they be released"."""
    if verb.head.lemma_ not in _DEMANDING or verb.dep_ not in ("acl", "ccomp", "relcl"):
        return False
    return "be" in helpers or (not helpers and verb.tag_ in ("VB", "VBP"))


def _present_helper(verb: Token, helpers: list[Token]) -> ClauseTime:
    """Return the time of "is going", "has gone", "is planned", "is set to meet"."""
    if any(child.lemma_ == "have" for child in helpers):
        return ClauseTime.PAST
    planned = verb.lemma_ in _PLANNED and verb.tag_ == "VBN"
    return ClauseTime.FUTURE if planned else ClauseTime.PRESENT


def _has_planned(verb: Token) -> bool:
    """Whether a form of "be" is completed by due, set or scheduled."""
    return verb.lemma_ == "be" and any(
        child.lower_ in ("due", "set", "scheduled", "planned", "expected")
        for child in verb.children
    )


def _infinitive(verb: Token, depth: int) -> ClauseTime:
    """Return the time of "to meet": that of its head, or the future after "plan" and "is"."""
    head = verb.head
    if head == verb or (head.lemma_ == "be" and head.tag_ in ("VBZ", "VBP")):
        return ClauseTime.FUTURE
    if head.lower_ in _FUTURE_HEADS or head.lemma_ in _FUTURE_HEADS | _FUTURE_NOUNS:
        return ClauseTime.FUTURE
    above = clause_verb(head)
    if head.lemma_ == "go" and head.tag_ == "VBG":
        return ClauseTime.FUTURE
    if above is None or head.lemma_ in SAME_TIME or verb.dep_ in ("advcl", "relcl"):
        if above is None or above == verb:
            return ClauseTime.OPEN
        return _time(above, depth - 1)
    return ClauseTime.OPEN


def _participle(verb: Token, depth: int) -> ClauseTime:
    """Return the time of a participle: the future of "planned for", else that of its head."""
    if verb.lemma_ in _PLANNED and verb.tag_ == "VBN":
        return ClauseTime.FUTURE
    if verb.tag_ == "VBN" and verb.dep_ == "acl":
        return ClauseTime.PAST
    above = clause_verb(verb.head) if verb.head != verb else None
    if above is None:
        return ClauseTime.PAST if verb.tag_ == "VBN" else ClauseTime.PRESENT
    return _time(above, depth - 1)

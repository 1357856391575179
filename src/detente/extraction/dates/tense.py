"""The time of a clause, and the clause whose time is also that of a word inside it."""

from __future__ import annotations

from enum import StrEnum

from spacy.tokens import Token

from detente.extraction.events.subjects import PAPERS

__all__ = ["EVENT_NOUNS", "ClauseTime", "carrier", "clause_time", "clause_verb", "is_event_noun"]

# Nouns of happenings: a date after one of them dates it, not the verb that it depends on.
EVENT_NOUNS = frozenset(
    """
    accident agreement airstrike ambush announcement assassination assault attack attempt ban blast
    bombardment bombing briefing call campaign ceasefire ceremony clash conference conversation
    coup crash crisis deal debate demonstration deployment detention dialogue discussion downing
    drill earthquake election embargo encounter exercise explosion fight fighting firing flight
    funeral hearing incident incursion interview invasion killing launch letter massacre meeting
    mission murder negotiation offensive operation outbreak overthrow parade parliament protest
    putsch raid rally referendum release revolution riot rocket round rally ruling session shelling
    shootdown shooting siege speech statement strike summit talk test ties trial truce
    uprising violation violence visit vote war withdrawal
    """.split()
) - {"parliament", "rocket", "ties"}

_FUTURE_NOUNS = frozenset("plan proposal schedule preparation intention date invitation".split())
_FUTURE_HEADS = frozenset(
    """
    agree aim arrange decide due expect hope intend invite likely mean order persuade plan pledge
    prepare promise propose ready schedule set slate threaten urge vow want
    """.split()
)
_SCHEDULED = frozenset("begin start open resume end expire due scheduled set planned".split())
_MODALS = frozenset("may might could can should must would ought".split())
# Verbs whose infinitive or gerund happens together with them.
_SAME_TIME = frozenset(
    """
    appear begin cease come continue end finish go help keep lead manage proceed resume seem start
    stop see serve use
    """.split()
)
# Verbs that carry an event noun: its time is theirs.
_CARRIES_OBJECT = frozenset(
    """
    begin carry conduct cause commit complete conclude deliver do end exchange express give have
    hold impose issue launch lead lift make mount open order perform pursue resume
    send sign stage start stop suspend take trigger undertake unleash
    """.split()
)
# Verbs that tell how the happening in their subject went: "the strike killed three".
_CARRIES_SUBJECT = frozenset(
    """
    begin break claim collapse conclude continue damage destroy end erupt fail fall happen hit
    injure kill last leave occur open reach resume start stop strike take target wound
    """.split()
)
# Participles of result: the parser hangs them on the last noun, they belong to the clause.
_RESULTS = frozenset(
    "cause damage destroy force injure kill leave prompt spark trigger wound".split()
)
_MEANWHILE = frozenset("as while when whilst".split())
_WITHIN = frozenset("in during through with by via amid".split())
_CLAUSAL = frozenset({"ccomp", "parataxis"})


# Clauses nest this deep in no sentence that a person wrote.
_DEEPEST = 30


class ClauseTime(StrEnum):
    """When a clause lies, seen from its writing."""

    PAST = "past"
    BEFORE_PAST = "before_past"
    PRESENT = "present"
    FUTURE = "future"
    OPEN = "open"


def is_event_noun(token: Token) -> bool:
    """Whether a token is a noun that names a happening."""
    return token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in EVENT_NOUNS


def clause_verb(token: Token) -> Token | None:
    """Return the nearest verb at or above a token, or None."""
    while token.pos_ not in ("VERB", "AUX"):
        if token.head == token:
            return None
        token = token.head
    return token.head if token.dep_ in ("aux", "auxpass") else token


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
    if words & {"had", "'d"} and verb.tag_ == "VBN":
        return ClauseTime.BEFORE_PAST
    if any(child.tag_ == "VBD" for child in helpers):
        return ClauseTime.PAST
    if any(child.tag_ in ("VBZ", "VBP") for child in helpers):
        return _present_helper(verb, helpers)
    if verb.tag_ in ("VBZ", "VBP"):
        scheduled = verb.lemma_ in _SCHEDULED or _has_scheduled(verb)
        return ClauseTime.FUTURE if scheduled else ClauseTime.PRESENT
    if verb.tag_ == "VBD":
        return ClauseTime.FUTURE if _has_scheduled(verb) else ClauseTime.PAST
    if verb.dep_ == "ROOT":
        return ClauseTime.PAST if verb.tag_ == "VBN" else ClauseTime.PRESENT
    return _participle(verb, depth)


def _present_helper(verb: Token, helpers: list[Token]) -> ClauseTime:
    """Return the time of "is going", "has gone", "is planned", "is set to meet"."""
    if verb.lemma_ in _SCHEDULED | {"schedule", "plan", "expect", "slate"} and verb.tag_ == "VBN":
        return ClauseTime.FUTURE
    if any(child.lemma_ == "have" for child in helpers):
        return ClauseTime.PAST
    return ClauseTime.PRESENT


def _has_scheduled(verb: Token) -> bool:
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
    if above is None or head.lemma_ in _SAME_TIME or verb.dep_ in ("advcl", "relcl"):
        if above is None or above == verb:
            return ClauseTime.OPEN
        return _time(above, depth - 1)
    return ClauseTime.OPEN


def _participle(verb: Token, depth: int) -> ClauseTime:
    """Return the time of a participle: the future of "planned for", else that of its head."""
    if verb.lemma_ in ("plan", "schedule", "set", "expect", "slate") and verb.tag_ == "VBN":
        return ClauseTime.FUTURE
    above = clause_verb(verb.head) if verb.head != verb else None
    if above is None:
        return ClauseTime.PAST if verb.tag_ == "VBN" else ClauseTime.PRESENT
    return _time(above, depth - 1)


def carrier(token: Token) -> tuple[Token | None, str]:
    """Return the word above an event's word whose time is also the event's.

    Args:
        token: the verb or noun of an event.

    Returns:
        That word and "", or None and the reason why the event's own clause is the last one.
    """
    head = token.head
    if head == token:
        return None, "main clause"
    if token.pos_ in ("VERB", "AUX"):
        return _verb_carrier(token, head)
    return _noun_carrier(token, head)


def _verb_carrier(verb: Token, head: Token) -> tuple[Token | None, str]:
    marks = {child.lower_ for child in verb.children if child.dep_ in ("mark", "advmod")}
    if verb.dep_ == "conj":
        return (head, "") if _same_tense(verb, head) else (None, "main clause")
    if verb.dep_ in _CLAUSAL:
        return None, "main clause" if head.i > verb.i else "reported clause"
    if verb.dep_ in ("xcomp", "pcomp") and head.lemma_ in _SAME_TIME:
        return head, ""
    if verb.dep_ == "advcl":
        loose = verb.tag_ == "VBG" and not marks - _MEANWHILE
        together = bool(marks & _MEANWHILE) and clause_time(verb) is not ClauseTime.BEFORE_PAST
        return (head, "") if loose or together else (None, "background clause")
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        # "signs a decree imposing sanctions": what a paper does is done when it is issued
        issued = head.dep_ == "dobj" and head.lemma_ in PAPERS
        if issued or verb.lemma_ in _RESULTS:
            return clause_verb(head), ""
    if verb.dep_ in ("relcl", "acl"):
        return None, "background clause"
    return None, "subordinate clause"


def _same_tense(verb: Token, head: Token) -> bool:
    """Whether a conjunct verb tells the same time as the verb that it is joined to."""
    if head.pos_ not in ("VERB", "AUX"):
        return False
    bare = not any(child.dep_ in ("aux", "auxpass") for child in verb.children)
    return clause_time(verb) is clause_time(head) or (bare and verb.tag_ in ("VB", "VBN", "VBG"))


def _noun_carrier(noun: Token, head: Token) -> tuple[Token | None, str]:
    background = "background, not dated"
    if noun.dep_ in ("conj", "appos"):
        return head, ""
    if noun.dep_ in ("nsubj", "nsubjpass"):
        verbs = _CARRIES_SUBJECT if noun.dep_ == "nsubj" else _CARRIES_OBJECT | _CARRIES_SUBJECT
        return (head, "") if head.lemma_ in verbs else (None, background)
    if noun.dep_ in ("dobj", "attr", "oprd") and head.lemma_ in _CARRIES_OBJECT:
        return head, ""
    if noun.dep_ in ("pobj", "pcomp") and head.lower_ in _WITHIN:
        above = head.head
        if above.pos_ in ("VERB", "AUX") or is_event_noun(above):
            return above, ""
    return None, background

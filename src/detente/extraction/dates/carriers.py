"""From the words of an event up to the clause whose time is also the event's.

"Ten people were killed in a raid" dates the raid, "signed a decree imposing sanctions" the
sanctions. Where no word above has the event's time, the place says why: it stands in the main
clause, in what a source reports, or in something that the sentence takes as known.
"""

from __future__ import annotations

from enum import StrEnum

from spacy.tokens import Token

from detente.extraction.dates.happenings import is_event_noun
from detente.extraction.dates.tense import (
    SAME_TIME,
    ClauseTime,
    clause_time,
    clause_verb,
    has_to,
    is_finite,
    is_news_tense,
)
from detente.extraction.events.subjects import PAPERS

__all__ = ["SAYING", "Place", "carrier", "is_loose_participle"]

# Verbs of telling what is news; others ("admit", "reveal", "find") tell what is old as well.
SAYING = frozenset(
    """
    add allege announce assert claim complain confirm declare estimate fear inform insist maintain
    report say state suspect tell tweet warn write
    """.split()
)
# Verbs that carry an event noun: its time is theirs.
_CARRIES_OBJECT = frozenset(
    """
    begin carry commence conduct cause commit complete conclude deliver do end escape exchange
    experience express face foil give have hold impose issue launch lead lift make mount offer open
    order perform prompt provoke pursue report repel repulse resume see send sign spark stage start
    stop submit suffer survive suspend take tender thwart trigger undertake unleash withstand
    """.split()
)
# Verbs that tell how the happening in their subject went: "the strike killed three".
_CARRIES_SUBJECT = frozenset(
    """
    begin break cause claim collapse conclude continue damage destroy end erupt fail fall follow
    force happen hit injure intensify kill last lead leave occur open reach report resume spread
    start stop strike take target turn widen wound
    """.split()
)
# Participles of result: the parser hangs them on the last noun, they belong to the clause.
_RESULTS = frozenset(
    "cause damage destroy force injure kill leave prompt spark trigger wound".split()
)
_CASUALTIES = frozenset("die hospitalise hospitalize hurt injure kill perish wound".split())
# Verbs that a participle completes: "ten people are confirmed killed".
_COMPLETED = frozenset("believe confirm fear find leave report see".split())
# What is done for the sake of saying it is done by coming together for it: "march to protest".
_EXPRESSIVE = frozenset(
    """
    appeal ask call celebrate commemorate condemn criticise criticize demand demonstrate denounce
    express honour honor mark mourn oppose protest request show support urge
    """.split()
)
_COMING = frozenset(
    """
    assemble climb come congregate converge gather go march meet queue rally resign ride sit stand
    strike travel turn walk
    """.split()
)
_MEANWHILE = frozenset("as while when whilst".split())
_WITHIN = frozenset("in during through with by via amid".split())
_MEANS = frozenset("by in through via".split())
_THEREAFTER = frozenset("after following".split())
_UNFINISHED = ("VB", "VBN", "VBG")
_CLAUSAL = frozenset({"ccomp", "parataxis"})
# "A series of raids" takes place when the raids do.
_QUANTITIES = frozenset("day night number round series spate string wave week".split())
_WHILES = frozenset("day decade month week year".split())
# What these tell of is not what goes on: "a video showing an attack".
_SHOWING = frozenset("allege contain depict describe detail document feature record show".split())
_ORDINALS = frozenset("first last latest newest only second third".split())


class Place(StrEnum):
    """Where the highest word that has an event's time stands in its sentence."""

    MAIN = "main clause"
    REPORTED = "reported clause"
    JUST_BEFORE = "clause of what led to the news"
    RELATIVE = "relative clause"
    TEMPORAL = "temporal clause"
    PURPOSE = "purpose"
    GIVEN = "noun that the sentence takes as given"
    SUBORDINATE = "subordinate clause"


Step = tuple[Token | None, Place]


def carrier(token: Token) -> Step:
    """Return the word above an event's word whose time is also the event's.

    Args:
        token: the verb, noun or adjective of an event.

    Returns:
        That word, or None and the place at which the event's own time is the last one.
    """
    head = token.head
    if head == token:
        return None, Place.MAIN
    if token.pos_ in ("VERB", "AUX"):
        return _verb_step(token, head)
    if token.dep_ == "acomp":
        return head, Place.MAIN
    if _is_misread_verb(token):
        return None, Place.MAIN
    return _noun_step(token, head)


def _is_misread_verb(noun: Token) -> bool:
    """Whether a plural is the only verb of its sentence: "The ministry sanctions two banks"."""
    if noun.tag_ != "NNS" or noun.nbor(-1 if noun.i else 0).pos_ not in ("NOUN", "PROPN"):
        return False
    after = noun.doc[noun.i + 1 : noun.i + 2]
    opens = any(word.pos_ in ("DET", "PROPN", "NUM") or word.tag_ == "PRP$" for word in after)
    return opens and not any(is_finite(word) for word in noun.sent)


def is_loose_participle(verb: Token) -> bool:
    """Whether a clause is a participle that goes on with its main clause: "..., adding that"."""
    return verb.dep_ == "advcl" and verb.tag_ == "VBG" and not _marks(verb) - _MEANWHILE


def _marks(verb: Token) -> set[str]:
    """Return the words that join a clause to the one above it."""
    return {
        child.lower_
        for child in verb.children
        if child.dep_ == "mark" or (child.dep_ == "advmod" and child.tag_ in ("IN", "WRB"))
    }


def _verb_step(verb: Token, head: Token) -> Step:
    if _follows_topic(verb, head):
        return None, Place.MAIN
    label = verb.dep_
    if label == "conj":
        return (head, Place.MAIN) if _same_tense(verb, head) else (None, _place_of(head))
    complement = label in ("xcomp", "pcomp") or (label == "ccomp" and has_to(verb))
    if complement and head.lemma_ in SAME_TIME:
        return head, Place.MAIN
    if _is_undergone(verb, head):
        return head, Place.MAIN
    if label in _CLAUSAL:
        return None, Place.REPORTED
    if label == "xcomp":
        return _complement_step(verb, head)
    if label == "pcomp":
        return _gerund_step(verb, head)
    if label == "advcl":
        return _adverbial_step(verb, head)
    if label in ("acl", "relcl"):
        return _modifier_step(verb, head)
    return None, Place.SUBORDINATE


def _is_undergone(verb: Token, head: Token) -> bool:
    """Whether a participle says what somebody had done to them: "had their request turned down"."""
    form = verb.dep_ in ("advcl", "ccomp") and verb.tag_ in ("VBD", "VBN")
    labels = {child.dep_ for child in verb.children}
    return form and head.lemma_ == "have" and not labels & {"aux", "auxpass", "mark"}


def _follows_topic(verb: Token, head: Token) -> bool:
    """Whether a colon parts a clause from a topic that the parser hangs it on: "Chad: Rebels"."""
    if head.pos_ not in ("NOUN", "PROPN") or head.i > verb.i:
        return False
    return any(child.text == ":" and head.i < child.i < verb.i for child in head.children)


def _same_tense(verb: Token, head: Token) -> bool:
    """Whether a conjunct verb tells the same time as the verb that it is joined to."""
    if head.pos_ not in ("VERB", "AUX"):
        return False
    labels = {child.dep_ for child in verb.children}
    bare = not labels & {"aux", "auxpass"}
    # "Is shot and killed": the tagger takes the second for a past tense.
    passive = any(child.dep_ == "auxpass" for child in head.children)
    shared = (*_UNFINISHED, "VBD") if passive and "nsubj" not in labels else _UNFINISHED
    return clause_time(verb) is clause_time(head) or (bare and verb.tag_ in shared)


def _place_of(verb: Token) -> Place:
    """Return the place of a verb whose conjunct has a tense of its own.

    "Promised to stop the raids and has deployed troops": the second is joined to the promise.
    """
    while verb.head != verb and (verb.dep_ == "conj" or has_to(verb)):
        verb = verb.head
    if verb.pos_ not in ("VERB", "AUX"):
        return Place.SUBORDINATE
    above, place = carrier(verb)
    return Place.MAIN if above is not None else place


def _complement_step(verb: Token, head: Token) -> Step:
    """Return the step up from "claims to have shot", "crashed killing", "confirmed killed"."""
    if has_to(verb):
        if verb.lemma_ in _EXPRESSIVE and head.lemma_ in _COMING:
            return head, Place.MAIN
        told = clause_time(verb) is ClauseTime.BEFORE_PAST
        saying = head.lemma_ in SAYING or head.lemma_ in ("believe", "think", "presume")
        return None, Place.REPORTED if told and saying else Place.SUBORDINATE
    if verb.tag_ == "VBG" and verb.lemma_ in _RESULTS:
        return head, Place.MAIN
    if verb.tag_ in ("VBN", "VBD") and head.lemma_ in _COMPLETED:
        return head, Place.MAIN
    return None, Place.SUBORDINATE


def _gerund_step(verb: Token, preposition: Token) -> Step:
    """Return the step up from "by shelling the town", "with the party blaming Chad"."""
    above = clause_verb(preposition.head)
    if above is None or above == verb:
        return None, Place.SUBORDINATE
    with_subject = preposition.lower_ == "with" and any(
        child.dep_ == "nsubj" for child in verb.children
    )
    # "Kills two before being shot" goes on with its story.
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    goes_on = preposition.lower_ == "before" and passive and is_news_tense(above)
    if preposition.lower_ in _MEANS or with_subject or goes_on:
        return above, Place.MAIN
    if preposition.lower_ in _THEREAFTER and above.lemma_ in _CASUALTIES:
        return None, Place.JUST_BEFORE
    return None, Place.SUBORDINATE


def _adverbial_step(verb: Token, head: Token) -> Step:
    marks = _marks(verb)
    time = clause_time(verb)
    if is_loose_participle(verb):
        start = verb.left_edge.i
        # "Renews a threat to close the zone, blaming the South": it is the renewal that blames
        apart = start > 0 and verb.doc[start - 1].is_punct and has_to(head)
        return (clause_verb(head.head) if apart else None) or head, Place.MAIN
    if marks & _MEANWHILE:
        # "When rebels came, the army fled" presupposes the first, "ten died when it fell" does not.
        opening = "when" in marks and verb.i < head.i and time is ClauseTime.PAST
        if not opening and time is not ClauseTime.BEFORE_PAST:
            return head, Place.MAIN
        return None, Place.TEMPORAL
    if "after" in marks:
        news = head.pos_ in ("VERB", "AUX") and is_news_tense(head) and not _is_counted(verb)
        fresh = time is ClauseTime.PRESENT or (
            head.lemma_ in _CASUALTIES and time is ClauseTime.PAST
        )
        return None, Place.JUST_BEFORE if news and fresh else Place.TEMPORAL
    if has_to(verb):
        expressive = verb.lemma_ in _EXPRESSIVE
        return (head, Place.MAIN) if expressive else (None, Place.PURPOSE)
    if verb.tag_ == "VBN" and not marks:
        return None, Place.RELATIVE
    temporal = marks & {"before", "since", "until", "till", "once"}
    return None, Place.TEMPORAL if temporal else Place.SUBORDINATE


def _is_counted(verb: Token) -> bool:
    """Whether a clause of time lies a stated while back: "three days after rebels left"."""
    marks = [child for child in verb.children if child.lower_ == "after" and child.i]
    return any(mark.nbor(-1).lemma_ in _WHILES for mark in marks)


def _modifier_step(verb: Token, head: Token) -> Step:
    above = clause_verb(head)
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.lemma_ not in _SHOWING:
        # "signs a decree imposing sanctions": what a paper does is done when it is issued
        issued = head.dep_ == "dobj" and head.lemma_ in PAPERS
        going_on = above is not None and is_news_tense(above)
        if issued or going_on or verb.lemma_ in _RESULTS:
            return above or head, Place.MAIN
        return None, Place.RELATIVE
    if has_to(verb):
        ordinal = any(child.lower_ in _ORDINALS for child in head.children)
        becomes = head.head.lemma_ in ("be", "become")
        if ordinal and becomes and above is not None:
            return above, Place.MAIN
        return None, Place.PURPOSE
    if verb.dep_ == "relcl" and above is not None:
        while has_to(above) and (higher := clause_verb(above.head)) not in (None, above):
            above = higher
        finite = clause_time(verb) is ClauseTime.PRESENT and clause_time(above) is clause_time(verb)
        if finite or ("when" in _marks(verb) and clause_time(verb) is clause_time(above)):
            return above, Place.MAIN
    return None, Place.RELATIVE


def _noun_step(noun: Token, head: Token) -> Step:
    if noun.dep_ in ("conj", "appos"):
        return head, Place.MAIN
    if noun.dep_ in ("nsubj", "nsubjpass"):
        verbs = _CARRIES_SUBJECT if noun.dep_ == "nsubj" else _CARRIES_OBJECT | _CARRIES_SUBJECT
        return (head, Place.MAIN) if head.lemma_ in verbs else (None, Place.GIVEN)
    carries = head.lemma_ in _CARRIES_OBJECT or (noun.dep_ == "attr" and head.lemma_ == "be")
    if carries and noun.dep_ in ("dobj", "attr", "oprd"):
        return head, Place.MAIN
    if noun.dep_ in ("pobj", "pcomp", "dobj"):
        above = _over_preposition(head)
        if above is not None:
            return above, Place.MAIN
    return None, Place.GIVEN


def _over_preposition(preposition: Token) -> Token | None:
    """Return the word whose time a noun after a preposition shares, or None."""
    above, word = preposition.head, preposition.lower_
    if word in _WITHIN and (above.pos_ in ("VERB", "AUX") or is_event_noun(above)):
        return above
    if word in _THEREAFTER and above.lemma_ in _CASUALTIES:
        return above
    return above if word == "of" and above.lemma_ in _QUANTITIES else None

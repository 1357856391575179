"""How many people an event struck: the dead, the injured, the arrested, by the event's own words.

Only the syntax of the event is read: its predicate and what that did to whom; the verb of which the
event is the subject or the circumstance ("the attack killed ten", "ten died in the attack"); and
what is said to follow from either ("killing ten", "left ten dead", "and wounded 30").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Token

from detente.extraction.events.prepositions import coordinated
from detente.extraction.events.roles import verb_arguments
from detente.extraction.events.subjects import is_passive
from detente.extraction.parse import FoundEvent
from detente.extraction.quantities import Quantity, quantity_of, total_of
from detente.model import Magnitude, MagnitudeKind
from detente.model.ontology import EventType

__all__ = ["magnitudes_of"]

_DEAD, _INJURED, _ARRESTED = MagnitudeKind.DEAD, MagnitudeKind.INJURED, MagnitudeKind.ARRESTED
_DISPLACED, _MISSING = MagnitudeKind.DISPLACED, MagnitudeKind.MISSING


def _words(kinds: Mapping[MagnitudeKind, str]) -> dict[str, MagnitudeKind]:
    return {word: kind for kind, words in kinds.items() for word in words.split()}


# Verbs that do it to their objects.
_VERBS = _words(
    {
        _DEAD: "kill slay murder massacre slaughter assassinate execute behead lynch hang",
        _INJURED: "wound injure hurt maim",
        _ARRESTED: "arrest detain apprehend",
        _DISPLACED: "displace uproot",
    }
)
# Verbs that say it of their subjects.
_DYING = frozenset({"die", "perish"})
# With "to death" or "dead" behind them these kill.
_DEADLY = frozenset("shoot stab beat hack stone burn trample crush bludgeon blow torture".split())
# What is said of people that are left behind: "left ten dead", "with ten injured".
_STATES = _words(
    {
        _DEAD: "dead killed slain",
        _INJURED: "injured wounded hurt",
        _ARRESTED: "arrested detained",
        _DISPLACED: "displaced",
        _MISSING: "missing",
    }
)
_NOUNS = _words(
    {
        _DEAD: "death killing murder assassination massacre execution fatality slaying beheading",
        _INJURED: "injury wounding",
        _ARRESTED: "arrest detention",
    }
)
# A single one of these is as many as were killed in it.
_MASSES = frozenset({"massacre"})
_LEAVING = frozenset({"leave", "see", "report"})
_CAUSING = frozenset("cause claim result lead leave inflict bring see report make take".split())
# What is aimed at has not struck anybody.
_AIMING = frozenset("attempt try fail seek want hope bid effort".split())
_RAISING = frozenset("raise bring take push put".split())
_RISING = frozenset("rise climb reach stand increase jump grow hit go".split())
_PASSING = frozenset("pass exceed top surpass".split())
_CIRCUMSTANCES = frozenset({"in", "by", "during", "from", "after", "following", "amid"}) | {
    "due",
    "as",
}
_SERIES = frozenset("series wave spate string round number outbreak day result consequence".split())
_OF = frozenset({"of", "from", "in", "after", "for", "by"})
# A clause with one of these before it tells how the main clause came about.
_MARKS = frozenset({"when", "after", "as", "because"})
_REPORTED = frozenset({"reported", "feared", "believed", "confirmed", "being"})
_LATER = frozenset("minute hour day week month year".split())
_REFLEXIVE = frozenset({"himself", "herself", "themselves", "itself"})
_HEADLINE_VERBS = frozenset({"wounds", "injures"})
_NEGATIVE = frozenset({"anyone", "anybody", "any"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_VERBAL = frozenset({"VERB", "AUX"})
# How many joined verbs are followed, and how many tokens on a result may stand.
_DEEPEST = 4
_FARTHEST = 80

_ALL = frozenset(MagnitudeKind)
_KINDS = {
    EventType.ASSAULT: _ALL,
    EventType.COERCE: _ALL,
    EventType.PROTEST: _ALL,
    EventType.MOBILIZE: frozenset({_DEAD, _INJURED}),
    EventType.RETREAT: frozenset({_DEAD, _INJURED}),
}
# Only of these is what happened during or after them taken for their result.
_STRIKING = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.PROTEST})
# What verbs joined to the event's own may tell of it, where they are no event of another type.
_JOINED = {
    EventType.ASSAULT: _ALL - {_ARRESTED},
    EventType.COERCE: frozenset({_ARRESTED}),
    EventType.PROTEST: frozenset({_ARRESTED}),
}

Counted = Iterator[tuple[MagnitudeKind, Quantity]]


def magnitudes_of(event: FoundEvent) -> tuple[Magnitude, ...]:
    """Return how many people an event killed, injured, arrested, displaced or left missing.

    Args:
        event: an event as it was found.

    Returns:
        At most one magnitude of a kind, each with the words that count; none for types of event
        that strike nobody. Numbers count people.
    """
    kinds = _KINDS.get(event.event_type)
    if kinds is None or _is_undone(event.trigger):
        return ()
    found: dict[MagnitudeKind, Quantity] = {}
    for kind, quantity in _counted(event):
        if kind in kinds and (quantity.low is not None or quantity.high is not None):
            found.setdefault(kind, quantity)
    passage = event.passage
    return tuple(
        Magnitude(
            kind=kind,
            low=found[kind].low,
            high=found[kind].high,
            approximate=found[kind].approximate,
            span=passage.span(passage.doc[found[kind].start : found[kind].end]),
        )
        for kind in MagnitudeKind
        if kind in found
    )


def _stands_for_a_noun(gerund: Token) -> bool:
    """Whether a gerund is used like a noun: "fighting killed ten", "died in shelling"."""
    if gerund.dep_ == "pcomp":
        during = gerund.head.lower_ in ("in", "during", "amid")
        return during and not any(child.dep_ == "dobj" for child in gerund.children)
    return gerund.dep_ in (*_SUBJECTS, "pobj", "dobj")


def _is_undone(trigger: Token) -> bool:
    """Whether the event is only aimed at: "tried to kill two", "an attempt to arrest him"."""
    while trigger.dep_ == "conj" and trigger.head.pos_ in _VERBAL:
        trigger = trigger.head
    governed = trigger.dep_ in ("xcomp", "acl", "ccomp")
    return governed and trigger.head.lemma_.lower() in _AIMING


def _counted(event: FoundEvent) -> Counted:
    """Yield what the event's words count, the nearest first."""
    for token in dict.fromkeys((event.trigger, *event.anchor)):
        if token.pos_ in _VERBAL or token.tag_.startswith("VB"):
            yield from _done_by(token)
            striking = event.event_type in _STRIKING
            if striking or token.dep_ not in ("acl", "pcomp"):
                yield from _results_of(token, _JOINED.get(event.event_type, frozenset()))
            if striking:
                yield from _around_clause(token)
        nominal = token.tag_ == "VBG" and _stands_for_a_noun(token)
        if (token.pos_ not in _VERBAL or nominal) and event.event_type in _STRIKING:
            yield from _told_by_noun(token)
            yield from _around_noun(token)


def _done_by(verb: Token) -> Counted:
    """Yield what a verb itself did to people: "killed ten", "ten died", "shot ten dead"."""
    kind = _kind_of(verb)
    if kind is None:
        return
    heads = _struck(verb)
    if len(firsts := [head for head in heads if head.dep_ != "conj"]) > 1:
        heads = coordinated(firsts[-1:])  # "Syrian uprising: ten people are killed"
    if any(child.dep_ == "neg" for child in verb.children):
        # "did not kill anyone", but "did not kill ten" tells nothing
        nobody = [h for h in heads if _NEGATIVE & {h.lower_, *(c.lower_ for c in h.lefts)}]
        if nobody:
            yield kind, Quantity(0, 0, False, nobody[0].left_edge.i, nobody[0].i + 1)
        return
    plain = [head for head in heads if _state_behind(head) is None and _misread(head) is None]
    if plain and all(head.lower_ in _REFLEXIVE for head in plain):
        return  # "then killed himself" is another death
    if quantity := total_of(plain):
        others = any(_brings_others(token) for place in (verb, *plain) for token in place.children)
        yield kind, replace(quantity, high=None) if others else quantity
    for head in heads:
        if (state := _state_behind(head)) and (quantity := quantity_of(head)):
            yield state, quantity  # "12 dead and 30 wounded"
        if (people := _misread(head)) and (quantity := quantity_of(people)):
            yield _INJURED, quantity


def _misread(head: Token) -> Token | None:
    """Return who was wounded by a verb taken for a noun: "kills ten people and wounds 54"."""
    if head.dep_ != "conj":
        return None
    if head.lower_ in _HEADLINE_VERBS:
        return next((child for child in head.rights if child.dep_ == "nummod"), None)
    wounds = (child for child in head.lefts if child.lower_ in _HEADLINE_VERBS)
    return head if next(wounds, None) is not None else None


def _brings_others(token: Token) -> bool:
    """Whether a word adds people who are not counted: "two boys, along with a teacher"."""
    return token.lower_ in ("along", "together") and any(c.lower_ == "with" for c in token.children)


def _kind_of(verb: Token) -> MagnitudeKind | None:
    lemma = verb.lemma_.lower()
    if lemma in _DYING:
        return _DEAD
    if any(c.dep_ == "prt" and (lemma, c.lower_) == ("round", "up") for c in verb.children):
        return _ARRESTED
    if lemma in _DEADLY:
        fatal = (child for child in verb.children if child.i > verb.i)
        return _DEAD if any(_is_fatal(child) for child in fatal) else None
    return _VERBS.get(lemma)


def _is_fatal(child: Token) -> bool:
    """Whether a verb's dependent says that it killed: "dead", "to death"."""
    to_death = child.lower_ == "to" and any(c.lower_ == "death" for c in child.children)
    return child.lower_ == "dead" or to_death


def _struck(verb: Token) -> tuple[Token, ...]:
    """Return those to whom a verb of harm happened."""
    for child in verb.children:
        # "killed between 10 and 15 soldiers": the parser takes it for a place
        if child.dep_ == "prep" and child.lower_ == "between":
            return coordinated(c for c in child.children if c.dep_ == "pobj")
    own = tuple(child for child in verb.children if child.dep_ in _SUBJECTS)
    labels = {child.dep_ for child in verb.children}
    if verb.tag_ == "VBN" and not labels & {"dobj", "aux"}:
        if own:
            return coordinated(own)  # "30 wounded"
        if verb.dep_ == "conj" and (_kind_of(verb.head) or not is_passive(verb.head)):
            return ()  # "25 were killed and many more injured" does not say that 25 were injured
    arguments = verb_arguments(verb)
    return arguments.subject if verb.lemma_.lower() in _DYING else arguments.object


def _state_behind(head: Token) -> MagnitudeKind | None:
    """Return what a word behind a number says of those counted: "12 dead"."""
    for child in head.rights:
        if child.i == head.i + 1 and child.dep_ in ("amod", "acomp", "advmod", "acl"):
            return _STATES.get(child.lower_)
    return None


def _results_of(verb: Token, joined: frozenset[MagnitudeKind] = _ALL, depth: int = 0) -> Counted:
    """Yield what followed from a verb's doing: participles, joined verbs, "with ten dead".

    Of what joined verbs say only some kinds count: who "arrested ten and killed two" did two acts.
    """
    for token in verb.subtree if depth < _DEEPEST else ():
        if token.i <= verb.i:
            continue
        if token.i > verb.i + _FARTHEST:
            return
        if token.head == verb and token.dep_ == "conj" and token.pos_ in _VERBAL:
            if _goes_with(token):
                more = (*_outcome(token), *_results_of(token, depth=depth + 1))
                yield from ((kind, quantity) for kind, quantity in more if kind in joined)
        elif token.tag_ == "VBG" and token.dep_ in ("advcl", "acl", "xcomp"):
            if _is_result_of(token, verb):
                yield from _outcome(token)
        elif token.head == verb and token.dep_ == "prep" and token.lower_ == "with":
            yield from _states_in(token)
            for inner in token.children:
                yield from _told_by_noun(inner)


def _is_result_of(participle: Token, verb: Token) -> bool:
    """Whether a participle tells the result of a verb: "bombed [the post killing two]"."""
    for token in participle.ancestors:
        if token == verb:
            return True
        if token.pos_ in _VERBAL and not (token.tag_ == "VBG" and token.dep_ in ("acl", "advcl")):
            return False
    return False


def _goes_with(verb: Token) -> bool:
    """Whether a joined verb has the same doer, or tells only what was suffered."""
    own = [child for child in verb.children if child.dep_ in _SUBJECTS]
    if not own:
        return True
    reduced = verb.tag_ == "VBN" and not any(c.dep_ == "aux" for c in verb.children)
    suffered = own[0].dep_ == "nsubjpass" or reduced or verb.lemma_ in _DYING
    return suffered and not any(child.dep_ == "agent" for child in verb.children)


def _outcome(verb: Token, depth: int = 0) -> Counted:
    """Yield what a verb of harm or of leaving says, and the verbs joined to it."""
    yield from _done_by(verb)
    if verb.lemma_ in _LEAVING:
        yield from _states_in(verb)
    if verb.lemma_ in _CAUSING:
        yield from _caused(verb)
    if verb.lemma_ in _RAISING:
        for noun in verb.children:
            if noun.dep_ == "dobj" and noun.lower_ == "toll":
                yield from _toll(verb)
    for child in verb.children:
        joined = child.dep_ == "conj" and child.i > verb.i and child.pos_ in _VERBAL
        if joined and depth < _DEEPEST and _goes_with(child):
            yield from _outcome(child, depth + 1)


def _states_in(head: Token) -> Counted:
    """Yield numbers that stand before a state: "left 12 people dead and 30 others wounded"."""
    last = min(head.right_edge.i + 2, head.i + _FARTHEST)  # the state may hang elsewhere
    for token in head.doc[head.i + 1 : last]:
        kind = _STATES.get(token.lower_)
        if kind is None or any(
            c.dep_ in ("aux", "auxpass") and c.lower_ != "being" for c in token.children
        ):
            continue
        before = token.i - 1
        while before > head.i and _is_between(token.doc[before]):
            before -= 1
        people = token.doc[before]
        if before == head.i:
            # "left dead ten soldiers"
            continue
        if people.dep_ == "nummod" and people.head == token:
            people = token  # "12 dead", with "dead" for a noun
        while people.dep_ == "conj" and people.head.i > head.i and people.head.pos_ == "NOUN":
            people = people.head
        if quantity := total_of(coordinated((people,))):
            yield kind, quantity


def _is_between(token: Token) -> bool:
    """Whether a word may stand between people and their state: "ten people reported killed"."""
    return token.pos_ == "ADV" or token.lower_ in _REPORTED


def _caused(verb: Token) -> Counted:
    """Yield what a verb of causing brought about: "caused ten deaths", "resulted in 30 arrests"."""
    for child in verb.children:
        if child.dep_ == "dobj":
            yield from _told_by_noun(child)
            for joined in child.conjuncts:
                yield from _told_by_noun(joined)
            if child.lemma_ == "life" and (quantity := quantity_of(child)):
                yield _DEAD, quantity
        elif child.dep_ == "prep" and child.lower_ in ("in", "to"):
            for noun in coordinated(c for c in child.children if c.dep_ == "pobj"):
                yield from _told_by_noun(noun)
            yield from _states_in(child)


def _told_by_noun(noun: Token) -> Counted:
    """Yield what a noun of harm counts: "ten deaths", "the killing of ten", "12 arrests"."""
    lemma = noun.lemma_.lower()
    kind = _NOUNS.get(noun.lower_ if noun.tag_ == "VBG" else lemma)
    if kind is None:
        return
    of = [c for c in noun.rights if c.dep_ == "prep" and c.lower_ == "of"]
    victims = coordinated(c for preposition in of for c in preposition.children if c.dep_ == "pobj")
    if quantity := total_of(victims):
        yield kind, quantity
        return
    if lemma not in _MASSES and (quantity := quantity_of(noun)):
        yield kind, quantity


def _around_noun(noun: Token) -> Counted:
    """Yield what is said of an event noun: by its clauses, its verb, what it is part of."""
    for child in noun.rights:
        if child.dep_ in ("relcl", "acl") and child.pos_ in _VERBAL:
            yield from _outcome(child)
            yield from _results_of(child)
    noun = _wider(noun)
    head = noun.head
    if noun.dep_ in _SUBJECTS:
        yield from _outcome(head)
        yield from _results_of(head)
        yield from _around_clause(head)
    elif noun.dep_ == "pobj" and head.dep_ == "pcomp" and head.head.lower_ == "due":
        yield from _with_circumstance(head.head)
    elif noun.dep_ in ("pobj", "pcomp") or head.lower_ == "following":
        yield from _with_circumstance(head)


def _wider(noun: Token) -> Token:
    """Return what an event noun is one or the cause of: "a series of", "as a result of"."""
    outer = noun.head.head
    nested = noun.dep_ == "pobj" and noun.head.lower_ == "of" and outer.lemma_ in _SERIES
    return outer if nested else noun


def _with_circumstance(preposition: Token) -> Counted:
    """Yield what happened in, by or after an event: "ten died in the attack", "the toll of"."""
    told = preposition.head
    if told.pos_ in _VERBAL and preposition.lower_ in _CIRCUMSTANCES:
        yield from _outcome(told)
        while told.dep_ == "conj" and told.head.pos_ in _VERBAL:
            told = told.head  # "72 were killed and 169 wounded in the attack"
            yield from _done_by(told)
        for child in told.children if told.lemma_ == "be" else ():
            if child.dep_ == "acomp" and (kind := _STATES.get(child.lower_)):
                people = coordinated(c for c in told.children if c.dep_ in _SUBJECTS)
                if quantity := total_of(people):
                    yield kind, quantity
    elif told.lemma_ == "toll" and told.dep_ in _SUBJECTS:
        yield from _toll(told.head)
    elif preposition.lower_ in _OF | _CIRCUMSTANCES:
        yield from _told_by_noun(told)
        if (kind := _STATES.get(told.lower_)) and (quantity := quantity_of(told)):
            yield kind, quantity


def _toll(verb: Token) -> Counted:
    """Yield how many died, where a verb says what the toll is: "rose to 35", "reached 35"."""
    subject = [c for c in verb.children if c.lemma_ == "toll"]
    if any(w.lower_ in ("injury", "injured", "casualty") for t in subject for w in t.lefts):
        return
    lemma = verb.lemma_
    if lemma not in _RISING | _RAISING | _PASSING:
        return
    for child in verb.children:
        numbers: Iterable[Token] = ()
        if child.dep_ == "prep" and child.lower_ in ("to", "at"):
            numbers = (c for c in child.children if c.dep_ == "pobj")
        elif child.dep_ in ("dobj", "attr") and child.lemma_ != "toll":
            numbers = (child,)
        for number in numbers:
            quantity = quantity_of(number)
            if quantity is None or quantity.low == quantity.high == 1:
                continue
            if lemma in _PASSING and quantity.low is not None:
                quantity = replace(quantity, low=quantity.low + 1, high=None)
            yield _DEAD, quantity


def _around_clause(verb: Token) -> Counted:
    """Yield what happened when the event's clause did: "ten died when police opened fire"."""
    main = verb.head
    if verb.dep_ != "advcl" or main.pos_ not in _VERBAL:
        return
    marks = [c for c in verb.lefts if c.lower_ in _MARKS and c.dep_ in ("mark", "advmod")]
    if not marks:
        return
    before = marks[0].i - 1
    delayed = before >= 0 and verb.doc[before].lemma_ in _LATER
    if delayed or any(child.dep_ == "dobj" for child in main.children):
        return
    yield from _outcome(main)
    while main.dep_ == "conj" and main.head.pos_ in _VERBAL:
        main = main.head  # "five were killed and seven injured after police opened fire"
        yield from _done_by(main)

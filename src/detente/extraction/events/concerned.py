"""Whom an event concerns where its frame's own roles name no country.

Who bans goods made in Peru deals with Peru; who deploys missiles "in response to" an attack by
Chile or "to deter" one deals with Chile. The object's own phrase is searched first, then what
follows the verb; where two others could be meant, nobody is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Token

from detente.extraction.events.candidates import Candidate, Scope
from detente.extraction.events.filling import fill_first, is_deed, is_setting, without
from detente.extraction.events.inside import inside
from detente.extraction.events.parties import Filling, fill, may_be_same
from detente.extraction.events.prepositions import Tokens, prepositions
from detente.extraction.events.roles import verb_arguments
from detente.lexicon.frames import Pattern
from detente.model import Mention
from detente.model.ontology import EventType

__all__ = ["concerned"]

# To judge a deed is not to judge the one who suffered it.
_JUDGING = frozenset({EventType.ACCUSE, EventType.PROTEST})
# In these, whoever's thing the object is is the one concerned.
_CONCERNING = frozenset(
    {EventType.ACCUSE, EventType.REJECT, EventType.REQUEST, EventType.CONCEDE, EventType.SUPPORT}
    | {EventType.PROTEST, EventType.SANCTION}
)
# Prepositions whose object may hold the one that names a party, and those that may name it there.
_HOLDING = frozenset({"on", "of", "for", "against"})
_INNER = frozenset({"against", "on", "to", "from", "with"})
# In these, a body stands against another one, perhaps of its own country.
_OPPOSING = frozenset({EventType.REJECT, EventType.ACCUSE, EventType.PROTEST, EventType.REQUEST})
# What is asked for somebody, not of him.
_FREEING = frozenset({"release", "freeing", "liberation", "freedom", "pardon", "return"})
_ASKING = frozenset({EventType.PROTEST, EventType.REQUEST})
# What aid is given for.
_HELPING = frozenset({"help", "assist", "aid", "support", "feed", "rebuild", "relieve", "shelter"})
# Who acts for no state and no union of states.
_NO_STATES = frozenset({None, "IMG", "ISM", "MNC", "NGO"})
# What is done to whoever's thing it is done with, or in.
_REACHING = frozenset(EventType) - {
    EventType.ACCUSE,
    EventType.ASSAULT,
    EventType.CONSULT,
    EventType.COOPERATE,
    EventType.PROTEST,
}
# What is done because of somebody is done to him, where nobody else is named.
_AIMED = frozenset(EventType) - {EventType.CONSULT, EventType.COOPERATE, EventType.AID}
_ANSWERS = frozenset("response retaliation reprisal reaction revenge protest answer".split())
_ANSWERED = ("to", "for", "against", "at", "over")
_DETERRING = frozenset("deter counter contain intimidate confront repel oppose".split())

_FORCIBLE = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE})
_HELD = frozenset("seize hold occupy control capture take run besiege".split())
# What a threat hangs on; what troops answer, and with what.
_IF = frozenset({"if", "unless", "should", "until"})
_AFTER = frozenset({"after", "as", "when"})
_NEARING = frozenset("approach near enter violate cross fly intrude breach penetrate stray".split())


def concerned(
    scope: Scope, pattern: Pattern, candidate: Candidate, actors: Filling, found: Filling
) -> Filling:
    """Return whom an event concerns where no country fills a role of its frame.

    Args:
        scope: the passage.
        pattern: the frame.
        candidate: its predicate.
        actors: who did it.
        found: those without a country who fill a role.

    Returns:
        Others than the actors, named inside the object or by what the deed answers; else ``found``.
    """
    deeper = _deeper(scope, pattern, candidate, actors)
    found = deeper if any(mention.country for _, mention in deeper) else found or deeper
    if pattern.event_type in _FORCIBLE and not any(m.country for _, m in found):
        found = _holding(scope, candidate, actors) or found
    if not found and pattern.recipient and pattern.event_type in _CONCERNING:
        found = _concerned(scope, pattern, candidate, actors)
    if not found and pattern.event_type is EventType.AID:
        found = _helped(scope, candidate, actors)
    if not found and pattern.recipient and pattern.event_type in _REACHING:
        found = _other_state(scope, candidate, actors)
    # several who agree do so with each other, whomever it is against
    together = pattern.event_type is EventType.AGREE and len({m.country for _, m in actors}) > 1
    if not found and pattern.event_type in _AIMED and not together:
        found = _aimed_at(scope, candidate, actors)
    warned = pattern.event_type is EventType.THREATEN and not any(m.country for _, m in found)
    if warned or (not found and pattern.event_type is EventType.MOBILIZE):
        found = _provoking(scope, pattern, candidate, actors) or found
    return found


def _other_state(scope: Scope, candidate: Candidate, actors: Filling) -> Filling:
    """Return the one other state in what follows a verb: "bans imports of goods made in Peru".

    What a state does with a thing of another's, or in it, it does to that one, whatever words stand
    between; where several are named, or only a clause names one, nothing is taken.
    """
    own = {mention.country for _, mention in actors}
    if candidate.nominal or len(own) != 1 or own & _NO_STATES:
        return ()
    found: dict[str, tuple[Token, Mention]] = {}
    doc = scope.passage.doc
    head = candidate.arguments.head
    # "agreed to boost support for Peru"
    to_act = [c for c in head.rights if c.dep_ == "xcomp" and any(t.tag_ == "TO" for t in c.lefts)]
    for part in (part for verb in (head, *to_act) for part in verb.rights):
        if part.dep_ not in ("dobj", "prep", "dative"):
            continue
        named = scope.mentions.countries(part.left_edge.i, part.right_edge.i + 1)
        for country, words, _ in named:
            start, end = (at - scope.passage.start for at in (words.start, words.end))
            span = doc.char_span(start, end)
            if country in own or span is None or _is_in_clause(span.root, part):
                continue
            found.setdefault(country, (span.root, Mention(span=words, country=country)))
    return tuple(found.values()) if len(found) == 1 else ()


def _is_in_clause(token: Token, part: Token) -> bool:
    """Whether a clause stands between a token and the phrase that it is looked for in."""
    while token != part:
        if token.dep_ in ("relcl", "advcl", "ccomp", "pcomp", "xcomp", "appos"):
            return True
        if token.dep_ == "acl" and token.tag_ != "VBN":
            return True
        if token.head == token:
            return True  # a name across the border of a phrase hangs elsewhere
        token = token.head
    return False


def _deeper(scope: Scope, pattern: Pattern, candidate: Candidate, actors: Filling) -> Filling:
    """Return the parties of a preposition that is not the predicate's own.

    It may stand inside the object ("lifted its ban on tours to Turkey", "insisted on an apology
    from Turkey") or beside a governed infinitive ("vowed to retaliate against Syria").
    """
    arguments, roles = candidate.arguments, pattern.recipient
    # who "is willing to send tents to Peru" deals with Peru
    given = ("to",) if "complement.object" in roles else ()
    inner_words = _INNER | {"of"} if pattern.event_type is EventType.ASSAULT else _INNER
    asked = tuple(dict.fromkeys((*(role for role in roles if role in inner_words), *given)))
    places = [
        token
        for word, tokens in arguments.prep.items()
        for token in tokens
        if word in _HOLDING
        and token.dep_ == "pobj"
        and scope.mentions.at(token) is None
        # a protest "against the attack on Peru" is not against Peru
        and not (pattern.event_type in _JUDGING and is_deed(scope, token))
    ]
    told = [
        child  # "lifted the sanctions imposed on Iran"
        for token in arguments.object
        for child in token.children
        if child.dep_ == "acl" and child.tag_ == "VBN"
    ]
    around: list[Mapping[str, Tokens]] = [inner := prepositions(places)]
    around.append(prepositions([t for word in _HOLDING for t in inner.get(word, ())]))
    around.append(prepositions(told))
    if not candidate.nominal:
        to_act = (v for v in arguments.complement if any(c.tag_ == "TO" for c in v.lefts))
        around += [verb_arguments(verb).prep for verb in to_act]
    for prep in around:
        held = replace(candidate, arguments=replace(arguments, prep=prep))
        if found := fill_first(scope, held, asked, actors):
            return found
    return ()


def _concerned(scope: Scope, pattern: Pattern, candidate: Candidate, actors: Filling) -> Filling:
    """Return those whose thing the object is: "rejected objections raised by Venezuela"."""
    arguments = candidate.arguments
    places = arguments.prep
    words = ("for", "to", "about", "at", "against", "over")
    heads = arguments.object or [t for word in words for t in places.get(word, ())]
    if not heads and "complement.subject" in pattern.recipient:
        # "says that the occupation of the island by Peru is illegal"
        heads = [t for verb in arguments.complement for t in verb_arguments(verb).subject]
    heads = [head for head in heads if not is_setting(head, candidate)]
    judged = pattern.event_type in _JUDGING
    own = [mention for _, mention in actors]
    # who lifts a ban is one with the body that imposed it, who rejects an offer is not the offerer
    same = may_be_same if pattern.event_type in _OPPOSING else _of_one_country
    for head in heads:
        deed = is_deed(scope, head) or (head.lemma_ in _FREEING and pattern.event_type in _ASKING)
        concerned = inside((head,), scope.mentions, deed=deed, judged=judged)
        if found := without(concerned, actors):
            return tuple((t, m) for t, m in found if not any(same(m, one) for one in own))
    return ()


def _helped(scope: Scope, candidate: Candidate, actors: Filling) -> Filling:
    """Return who is to be helped by what is given: "donated ventilators to assist Peru"."""
    purposes = [t for t in candidate.arguments.complement if t.lemma_ in _HELPING]
    inside = [t for noun in candidate.arguments.object for t in noun.subtree if t.dep_ == "acl"]
    purposes += [t for t in inside if t.lemma_ in _HELPING and any(c.tag_ == "TO" for c in t.lefts)]
    for verb in purposes:
        arguments = verb_arguments(verb)
        if found := without(fill(arguments, "object", scope.mentions), actors):
            return found
    return ()


def _aimed_at(scope: Scope, candidate: Candidate, actors: Filling) -> Filling:
    """Return whom a deed answers or is to deter: "sent a ship to deter Peru", "in response to"."""
    head = candidate.arguments.head
    answers = [
        token
        for token in candidate.arguments.prep.get("in", ())
        if token.lemma_ in _ANSWERS and token.dep_ == "pobj"
    ]
    reasons = prepositions(answers)
    heads = [token for word in _ANSWERED for token in reasons.get(word, ())]
    for verb in (t for t in head.subtree if t.lemma_ in _DETERRING and t.i > head.i):
        if any(child.tag_ == "TO" for child in verb.lefts) and not _is_in_story(verb, head):
            arguments = verb_arguments(verb)
            heads += (*arguments.object, *arguments.prep.get("against", ()))
    own = {mention.country for _, mention in actors}
    for token in heads:
        mention = scope.mentions.at(token)
        named = ((token, mention),) if mention is not None and mention.country else ()
        found = named or inside((token,), scope.mentions, deed=True)
        if found := tuple((t, m) for t, m in without(found, actors) if m.country not in own):
            return found
    return ()


def _holding(scope: Scope, candidate: Candidate, actors: Filling) -> Filling:
    """Return who holds the place that is attacked: "bombed a town seized by Peru"."""
    objects = candidate.arguments.object
    named = [t for thing in objects for t in (thing, *(c for c in thing.subtree if c.i > thing.i))]
    for verb in (c for t in named for c in t.children if c.dep_ == "acl" and c.lemma_ in _HELD):
        by = verb_arguments(verb).prep.get("by", ())
        holders = [(t, m) for t in by if (m := scope.mentions.at(t)) is not None and m.country]
        if found := without(tuple(holders), actors):
            return found
    return ()


def _provoking(scope: Scope, pattern: Pattern, candidate: Candidate, actors: Filling) -> Filling:
    """Return whose act a threat hangs on, or troops answer: "will strike if Peru attacks".

    "unless Peru pays", "scrambled jets after Peruvian helicopters approached the border".
    """
    threat = pattern.event_type is EventType.THREATEN
    own = {mention.country for _, mention in actors}
    if not own or own == {None}:
        return ()
    for verb in candidate.arguments.head.subtree:
        if verb.dep_ != "advcl" or not (threat or verb.lemma_ in _NEARING):
            continue
        marks = {child.lower_ for child in verb.lefts if child.dep_ in ("mark", "advmod")}
        if marks.isdisjoint(_IF if threat else _AFTER):
            continue
        for token, mention in fill(verb_arguments(verb), "subject", scope.mentions):
            if mention.country and mention.country not in own:
                return ((token, mention),)
    return ()


def _is_in_story(token: Token, head: Token) -> bool:
    """Whether a clause with a story of its own stands between a token and the predicate."""
    for above in token.ancestors:
        if above == head:
            return False
        if above.dep_ in ("relcl", "ccomp", "conj"):
            return True
    return True


def _of_one_country(one: Mention, other: Mention) -> bool:
    return one.country == other.country

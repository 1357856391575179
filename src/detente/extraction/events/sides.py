"""Who stands on which side of an event: the roles of a frame, filled from the syntax."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from spacy.tokens import Token

from detente.extraction.events.candidates import MODIFYING, Candidate, Scope, noun_patterns
from detente.extraction.events.conditions import among
from detente.extraction.events.inside import inside
from detente.extraction.events.parties import Filling, fill
from detente.extraction.events.prepositions import Tokens, prepositions
from detente.extraction.events.roles import Arguments, verb_arguments
from detente.extraction.events.subjects import is_passive
from detente.lexicon.frames import Pattern
from detente.model import Mention
from detente.model.ontology import EventType

__all__ = ["actors_of", "all_parties", "recipients_of"]

# To judge a deed is not to judge the one who suffered it.
_JUDGING = frozenset({EventType.ACCUSE, EventType.PROTEST})
_DEEDS = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.SANCTION})
# In these, a court acts where it is only named as the place.
_JUDICIAL = frozenset({EventType.ACCUSE, EventType.SANCTION, EventType.COERCE, EventType.CONCEDE})
_FIRING = frozenset({"fire", "launch", "shoot", "lob"})
_BEFORE_COURT = frozenset({"in", "at", "before"})
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
# Where troops move on their own soil, that is no side.
_MOVING = frozenset({EventType.MOBILIZE, EventType.RETREAT})
_ANSWERS = frozenset("response retaliation reprisal reaction revenge protest answer".split())
_ANSWERED = ("to", "for", "against", "at", "over")
_DETERRING = frozenset("deter counter contain intimidate confront repel oppose".split())
_PASSIVE_PARTIES = ("from", "by", "possessor", "modifier")


def actors_of(scope: Scope, pattern: Pattern, candidate: Candidate) -> Filling:
    """Return who did it, from the first role of the frame that is filled."""
    if candidate.inverse:
        return _fill(scope, candidate, (*pattern.actor, *_PASSIVE_PARTIES))
    roles = pattern.actor
    compounds = [t for t in candidate.arguments.object if t.dep_ in MODIFYING]
    if candidate.nominal and pattern.object is not None and among(scope, compounds, pattern.object):
        # "the Russian jet shootdown": what stands before the noun is what it happened to
        roles = tuple(role for role in roles if role != "modifier")
    if not candidate.light:
        found = _fill(scope, candidate, roles)
        if not found and not candidate.nominal and pattern.event_type in _JUDICIAL:
            found = _court(scope, candidate.arguments.head)
        if not found and candidate.arguments.head.lemma_ in _FIRING:
            found = _fill(scope, candidate, ("from",))  # "rockets were fired from Gaza"
        return _in_office(scope, candidate.arguments, found)
    subject = fill(candidate.arguments, "subject", scope.mentions)
    owner = fill(candidate.arguments, "possessor", scope.mentions)
    if owner and subject and owner[0][1].country not in (None, subject[0][1].country):
        return owner
    return subject or owner or _fill(scope, candidate, roles)


def recipients_of(scope: Scope, pattern: Pattern, candidate: Candidate, actors: Filling) -> Filling:
    """Return to whom it was done: whom the frame's roles name, else whom its object concerns."""
    if candidate.inverse:
        return _fill(scope, candidate, ("subject",), actors)
    found = _fill(scope, candidate, pattern.recipient, actors)
    if not candidate.nominal:
        found = tuple((t, m) for t, m in found if not _is_setting(t, candidate))
    if candidate.nominal and pattern.event_type is EventType.ASSAULT and not found:
        victims = fill(candidate.arguments, "victim", scope.mentions)
        found = _without(victims, actors)
    if pattern.mode == "crowd-control" and not found and not candidate.nominal:
        found = _crowd(scope, candidate)
    if pattern.event_type in _JUDGING:
        found = tuple((token, m) for token, m in found if not _is_victim(scope, token))
    if pattern.event_type in _MOVING:
        found = tuple((token, m) for token, m in found if not _is_own_soil(scope, token, m, actors))
    if pattern.event_type in _ASKING:
        found = tuple((token, m) for token, m in found if not _is_freed(token))
    if not any(mention.country for _, mention in found):
        deeper = _deeper(scope, pattern, candidate, actors)
        found = deeper if any(mention.country for _, mention in deeper) else found or deeper
        if not found and pattern.recipient and pattern.event_type in _CONCERNING:
            found = _concerned(scope, pattern, candidate, actors)
        if not found and pattern.event_type is EventType.AID:
            found = _helped(scope, candidate, actors)
        if not found and pattern.recipient and pattern.event_type in _REACHING:
            found = _other_state(scope, candidate, actors)
        if not found and pattern.event_type in _AIMED:
            found = _aimed_at(scope, candidate, actors)
    if not found and candidate.nominal and pattern.recipient:
        by = {token.i for token in candidate.arguments.prep.get("by", ())}
        if any(token.i in by for token, _ in actors):
            return _fill(scope, candidate, ("possessor",), actors)
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


def _is_setting(token: Token, candidate: Candidate) -> bool:
    """Whether a phrase before the verb says where: "at the funeral he lashed out at Peru"."""
    verb = candidate.arguments.head
    return token.i < verb.i and any(
        above.lower_ == "at" and above.head == verb for above in token.ancestors
    )


def _crowd(scope: Scope, candidate: Candidate) -> Filling:
    """Return the crowd that is broken up, where only the gathering is named: "a rally"."""
    heads = [
        token
        for token in candidate.arguments.object
        if any(p.event_type is EventType.PROTEST for p in noun_patterns(scope.frames, token))
    ][:1]
    return tuple(
        (head, Mention(span=scope.passage.span(head.doc[head.left_edge.i : head.i + 1])))
        for head in heads
    )


def all_parties(scope: Scope, pattern: Pattern, candidate: Candidate) -> Filling:
    """Return everyone who took part in a reciprocal event."""
    roles = (*pattern.actor, *pattern.recipient)
    if candidate.light or candidate.arguments.head.dep_ == "pobj":
        roles = ("subject", *roles)
    if candidate.nominal:
        # "soldiers and rebels were killed in fighting"
        roles = (*roles, "victim")
        pairs = [pair for role in roles for pair in fill(candidate.arguments, role, scope.mentions)]
    else:
        first = _fill(scope, candidate, pattern.actor)
        pairs = [*first, *_fill(scope, candidate, pattern.recipient)]
        if not first and all(token.head.lower_ == "with" for token, _ in pairs[:1]):
            return ()  # "the visit was met with protests by Peru and Chile"
    found: dict[object, tuple[Token, Mention]] = {}
    for token, mention in sorted(pairs, key=lambda pair: pair[1].span.start - pair[1].span.end):
        inside = any(
            m.span.start <= mention.span.start and mention.span.end <= m.span.end
            for _, m in found.values()
            if mention.country in (None, m.country)
        )
        if not inside:
            known = (mention.country, mention.sector, mention.name)
            found.setdefault(known if any(known) else mention.span, (token, mention))
    return tuple(sorted(found.values(), key=lambda pair: pair[1].span.start))


def _fill(
    scope: Scope, candidate: Candidate, roles: Iterable[str], actors: Filling = ()
) -> Filling:
    """Return the parties in the first of the roles that others than the actors' own fill."""
    own: Filling = ()
    for role in roles:
        if role.startswith("complement."):
            inner = role.partition(".")[2]
            found: Filling = ()
            for verb in candidate.arguments.complement:
                found = found or fill(verb_arguments(verb), inner, scope.mentions, acts=False)
        else:
            found = fill(candidate.arguments, role, scope.mentions)
        if found := _without(found, actors):
            countries = {mention.country for _, mention in actors}
            if not all(_is_own(token) and m.country in countries for token, m in found):
                return found
            own = own or found
    return own


def _deeper(scope: Scope, pattern: Pattern, candidate: Candidate, actors: Filling) -> Filling:
    """Return the parties of a preposition that is not the predicate's own.

    It may stand inside the object ("lifted its ban on tours to Turkey", "insisted on an apology
    from Turkey") or beside a governed infinitive ("vowed to retaliate against Syria").
    """
    arguments, roles = candidate.arguments, pattern.recipient
    # who "is willing to send tents to Peru" deals with Peru
    given = ("to",) if "complement.object" in roles else ()
    asked = tuple(dict.fromkeys((*(role for role in roles if role in _INNER), *given)))
    places = [
        token
        for word, tokens in arguments.prep.items()
        for token in tokens
        if word in _HOLDING
        and token.dep_ == "pobj"
        and scope.mentions.at(token) is None
        # a protest "against the attack on Peru" is not against Peru
        and not (pattern.event_type in _JUDGING and _is_deed(scope, token))
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
        if found := _fill(scope, held, asked, actors):
            return found
    return ()


def _court(scope: Scope, verb: Token) -> Filling:
    """Return the court in which somebody is tried: "was sentenced in an Iranian court"."""
    if not is_passive(verb):
        return ()
    for token in verb.subtree:
        if token.dep_ == "pobj" and token.i > verb.i and token.head.lower_ in _BEFORE_COURT:
            mention = scope.mentions.at(token)
            if mention is not None and mention.sector == "JUD":
                return ((token, mention),)
    return ()


def _in_office(scope: Scope, arguments: Arguments, actors: Filling) -> Filling:
    """Give an unknown name the country of the office that it leaves: "resigned as premier of"."""
    if len(actors) != 1 or actors[0][1].country:
        return actors
    token, mention = actors[0]
    for word in ("as", "from"):
        for place in arguments.prep.get(word, ()):
            office = scope.mentions.at(place)
            if office is not None and office.country and office.sector:
                sector = mention.sector or office.sector
                return ((token, replace(mention, country=office.country, sector=sector)),)
    return actors


def _concerned(scope: Scope, pattern: Pattern, candidate: Candidate, actors: Filling) -> Filling:
    """Return those whose thing the object is: "rejected objections raised by Venezuela"."""
    arguments = candidate.arguments
    places = arguments.prep
    heads = arguments.object or [t for w in ("for", "to", "about", "at") for t in places.get(w, ())]
    heads = [head for head in heads if not _is_setting(head, candidate)]
    judged = pattern.event_type in _JUDGING
    own = [mention for _, mention in actors]
    # who lifts a ban is one with the body that imposed it, who rejects an offer is not the offerer
    same = _may_be_same if pattern.event_type in _OPPOSING else _of_one_country
    for head in heads:
        deed = _is_deed(scope, head) or (head.lemma_ in _FREEING and pattern.event_type in _ASKING)
        concerned = inside((head,), scope.mentions, deed=deed, judged=judged)
        if found := _without(concerned, actors):
            return tuple((t, m) for t, m in found if not any(same(m, one) for one in own))
    return ()


def _helped(scope: Scope, candidate: Candidate, actors: Filling) -> Filling:
    """Return who is to be helped by what is given: "donated ventilators to assist Peru"."""
    purposes = [t for t in candidate.arguments.complement if t.lemma_ in _HELPING]
    inside = [t for noun in candidate.arguments.object for t in noun.subtree if t.dep_ == "acl"]
    purposes += [t for t in inside if t.lemma_ in _HELPING and any(c.tag_ == "TO" for c in t.lefts)]
    for verb in purposes:
        arguments = verb_arguments(verb)
        if found := _without(fill(arguments, "object", scope.mentions), actors):
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
        if found := tuple((t, m) for t, m in _without(found, actors) if m.country not in own):
            return found
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


def _may_be_same(one: Mention, other: Mention) -> bool:
    """Whether two parties may be one: of one country, unless both are bodies of it that differ."""
    apart = one.sector and other.sector and one.sector != other.sector
    return one.country == other.country and not apart


def _is_victim(scope: Scope, token: Token) -> bool:
    """Whether a party is the one to whom a deed was done: "condemned the killing of a Turk"."""
    of = token.head
    if token.dep_ != "pobj" or of.lower_ != "of":
        return False
    return _is_deed(scope, of.head)


def _is_own_soil(scope: Scope, token: Token, mention: Mention, actors: Filling) -> bool:
    """Whether a party is only a place in the actor's own country: "deployed missiles in Crimea"."""
    own = {one.country for _, one in actors}
    place = mention.sector in (None, "GOV") and scope.mentions.place_at(token) is not None
    return place and mention.country in own


def _is_freed(token: Token) -> bool:
    """Whether something is asked for a party, not of it: "demanded the release of a Turk"."""
    of = token.head
    return token.dep_ == "pobj" and of.lower_ == "of" and of.head.lemma_ in _FREEING


def _is_deed(scope: Scope, noun: Token) -> bool:
    """Whether a noun names something done to somebody: "the killing", "sanctions"."""
    return any(p.event_type in _DEEDS for p in noun_patterns(scope.frames, noun))


def _without(recipients: Filling, actors: Filling) -> Filling:
    """Leave out recipients that are the actor again: "withdrew its troops", "defended itself"."""
    spans = {mention.span for _, mention in actors}
    heads = {token.i for token, _ in actors}
    countries = {mention.country for _, mention in actors}
    own = {None, *countries}
    return tuple(
        (token, mention)
        for token, mention in recipients
        if mention.span not in spans
        and not (token.dep_ in MODIFYING and token.head.i in heads)
        and not (token.tag_ == "PRP$" and mention.country in countries)
        and not (mention.sector == "MIL" and mention.country in own and _is_own(token))
        and not token.lower_.endswith(("self", "selves"))
    )


def _is_own(token: Token) -> bool:
    return any(child.tag_ == "PRP$" for child in token.lefts)

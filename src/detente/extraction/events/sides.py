"""Who stands on which side of an event: the roles of a frame, filled from the syntax."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from detente.extraction.events.candidates import MODIFYING, Candidate, Scope, noun_patterns
from detente.extraction.events.concerned import concerned
from detente.extraction.events.conditions import among
from detente.extraction.events.filling import fill_first, is_deed, is_setting, without
from detente.extraction.events.parties import Filling, fill
from detente.extraction.events.prepositions import coordinated, prepositions
from detente.extraction.events.roles import Arguments
from detente.extraction.events.subjects import is_passive, surface_subjects
from detente.lexicon.frames import Pattern
from detente.model import Mention
from detente.model.ontology import EventType

__all__ = ["actors_of", "all_parties", "recipients_of"]

# To judge a deed is not to judge the one who suffered it.
_JUDGING = frozenset({EventType.ACCUSE, EventType.PROTEST})
# In these, a court acts where it is only named as the place.
_JUDICIAL = frozenset({EventType.ACCUSE, EventType.SANCTION, EventType.COERCE, EventType.CONCEDE})
_FIRING = frozenset({"fire", "launch", "shoot", "lob"})
_BEFORE_COURT = frozenset({"in", "at", "before"})
# What is asked for somebody, not of him.
_FREEING = frozenset({"release", "freeing", "liberation", "freedom", "pardon", "return"})
_ASKING = frozenset({EventType.PROTEST, EventType.REQUEST})
# Where troops move on their own soil, that is no side.
_MOVING = frozenset({EventType.MOBILIZE, EventType.RETREAT})
# What is told to have happened in, or after, a clash.
_AMID = frozenset({"in", "during", "after", "following", "amid"})
# To these nothing is done: "fired two missiles into the Sea of Japan".
_WATERS = frozenset(
    {"sea", "ocean", "gulf", "strait", "bay", "lake", "atlantic", "pacific"}
    | {"mediterranean", "baltic", "aegean", "caribbean"}
)
_MISSIONS = frozenset({"embassy", "consulate", "mission"})
_BESIDE = frozenset({"along", "near", "off", "outside", "around"})
_PASSIVE_PARTIES = ("from", "by", "possessor", "modifier")


def actors_of(scope: Scope, pattern: Pattern, candidate: Candidate) -> Filling:
    """Return who did it, from the first role of the frame that is filled."""
    if candidate.inverse:
        return fill_first(scope, candidate, (*pattern.actor, *_PASSIVE_PARTIES))
    roles = pattern.actor
    compounds = [t for t in candidate.arguments.object if t.dep_ in MODIFYING]
    if candidate.nominal and pattern.object is not None and among(scope, compounds, pattern.object):
        # "the Russian jet shootdown": what stands before the noun is what it happened to
        roles = tuple(role for role in roles if role != "modifier")
    if not candidate.light:
        found = fill_first(scope, candidate, roles)
        if not found and not candidate.nominal and pattern.event_type in _JUDICIAL:
            found = _court(scope, candidate.arguments.head)
        if not found and candidate.arguments.head.lemma_ in _FIRING:
            found = fill_first(scope, candidate, ("from",))  # "rockets were fired from Gaza"
        if not found and candidate.nominal and pattern.event_type is EventType.PROTEST:
            found = _protesters(scope, pattern, candidate)
        return _in_office(scope, candidate.arguments, found)
    subject = fill(candidate.arguments, "subject", scope.mentions)
    owner = fill(candidate.arguments, "possessor", scope.mentions)
    if owner and subject and owner[0][1].country not in (None, subject[0][1].country):
        return owner
    return subject or owner or fill_first(scope, candidate, roles)


def recipients_of(scope: Scope, pattern: Pattern, candidate: Candidate, actors: Filling) -> Filling:
    """Return to whom it was done: whom the frame's roles name, else whom its object concerns."""
    if candidate.inverse:
        return fill_first(scope, candidate, ("subject",), actors)
    found = fill_first(scope, candidate, pattern.recipient, actors)
    found = _hosts(scope, candidate, actors, found)
    if not candidate.nominal:
        found = tuple((t, m) for t, m in found if not is_setting(t, candidate))
    if candidate.nominal and pattern.event_type is EventType.ASSAULT and not found:
        victims = fill(candidate.arguments, "victim", scope.mentions)
        found = without(victims, actors)
    if pattern.mode == "crowd-control" and not found and not candidate.nominal:
        found = _crowd(scope, candidate)
    if pattern.event_type in _JUDGING:
        found = tuple((token, m) for token, m in found if not _is_victim(scope, token))
    if pattern.event_type is EventType.PROTEST and not any(m.country for _, m in found):
        found = _opposed(scope, candidate) or found
    if pattern.event_type is EventType.PROTEST:
        # "gathered at the square", "marched on May Day"
        found = tuple((token, m) for token, m in found if m.country or m.sector)
    if pattern.event_type in _MOVING:
        found = tuple((token, m) for token, m in found if not _is_own_soil(scope, token, m, actors))
    if pattern.event_type in _ASKING:
        found = tuple((token, m) for token, m in found if not _is_freed(token))
    if not any(mention.country for _, mention in found):
        found = concerned(scope, pattern, candidate, actors, found)
        found = tuple((t, m) for t, m in found if not _is_water(m))
    if pattern.event_type is EventType.MOBILIZE:
        found = tuple((t, m) for t, m in found if m.country or m.sector or not _is_beside(t))
    if not found and candidate.nominal and pattern.recipient:
        by = {token.i for token in candidate.arguments.prep.get("by", ())}
        if any(token.i in by for token, _ in actors):
            return fill_first(scope, candidate, ("possessor",), actors)
    return found


def _hosts(scope: Scope, candidate: Candidate, actors: Filling, found: Filling) -> Filling:
    """Return the host of one's own mission instead of oneself: "from its embassy in Lima"."""
    own = {mention.country for _, mention in actors}
    if candidate.nominal or not found or any(m.country not in own for _, m in found):
        return found
    missions = [t for t in candidate.arguments.head.subtree if t.lemma_.lower() in _MISSIONS]
    for token in prepositions(missions).get("in", ()):
        place = scope.mentions.place_at(token)
        if place is not None and place.country and place.country not in own:
            return ((token, place.as_party()),)
    return found


def _protesters(scope: Scope, pattern: Pattern, candidate: Candidate) -> Filling:
    """Return the protest itself as who protests, where it is told against whom it is."""
    head = candidate.arguments.head
    if head.dep_ == "pobj" and head.head.lower_ == "in":
        return ()  # who acts "in protest" does something else
    against = recipients_of(scope, pattern, candidate, ())
    if not any(mention.country for _, mention in against):
        return ()
    words = scope.passage.span(head.doc[head.left_edge.i : head.i + 1])
    return ((head, Mention(span=words, sector="CVL")),)


def _opposed(scope: Scope, candidate: Candidate) -> Filling:
    """Return whom a protest or those who protest are called against: "anti-Japanese protests"."""
    arguments = candidate.arguments
    heads = (arguments.head,) if candidate.nominal else arguments.subject
    return tuple(
        (head, mention)
        for head in heads
        for mention in scope.mentions.opposed(head.left_edge.i, head.i)
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
        pairs = [pair for role in roles for pair in fill(candidate.arguments, role, scope.mentions)]
        if (
            len({mention.span for _, mention in pairs}) < 2
        ):  # "soldiers and rebels were killed in fighting"
            pairs += fill(candidate.arguments, "victim", scope.mentions)
        if (
            len({mention.span for _, mention in pairs}) < 2
            and pattern.event_type is EventType.ASSAULT
        ):
            pairs += _opponents(scope, candidate)
    else:
        first = fill_first(scope, candidate, pattern.actor)
        pairs = [*first, *fill_first(scope, candidate, pattern.recipient)]
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


def _opponents(scope: Scope, candidate: Candidate) -> Filling:
    """Return who has the clash that a clause tells of: "the army took it after clashes with"."""
    noun = candidate.arguments.head
    if noun.dep_ != "pobj" or noun.head.lower_ not in _AMID:
        return ()
    if not any(token.head.head == noun for token in candidate.arguments.prep.get("with", ())):
        return ()
    clauses = (t for t in noun.ancestors if t.pos_ == "VERB" and t.dep_ != "prep")
    verb = next(clauses, None)
    if verb is None or is_passive(verb):
        return ()
    return fill(
        Arguments(verb, subject=coordinated(surface_subjects(verb))), "subject", scope.mentions
    )


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


def _is_victim(scope: Scope, token: Token) -> bool:
    """Whether a party is the one to whom a deed was done: "condemned the killing of a Turk"."""
    of = token.head
    if token.dep_ != "pobj" or of.lower_ != "of":
        return False
    return is_deed(scope, of.head)


def _is_own_soil(scope: Scope, token: Token, mention: Mention, actors: Filling) -> bool:
    """Whether a party is only a place in the actor's own country: "deployed missiles in Crimea"."""
    own = {one.country for _, one in actors}
    place = mention.sector in (None, "GOV") and scope.mentions.place_at(token) is not None
    return place and mention.country in own


def _is_beside(token: Token) -> bool:
    """Whether a phrase says what forces are beside, which is nobody: "deployed along the line"."""
    while token.dep_ in MODIFYING:
        token = token.head
    return token.dep_ == "pobj" and token.head.lower_ in _BESIDE


def _is_water(mention: Mention) -> bool:
    return mention.country is None and not _WATERS.isdisjoint(mention.span.text.lower().split())


def _is_freed(token: Token) -> bool:
    """Whether something is asked for a party, not of it: "demanded the release of a Turk"."""
    of = token.head
    return token.dep_ == "pobj" and of.lower_ == "of" and of.head.lemma_ in _FREEING

"""From roles to parties: which actor stands in a role of a predicate.

A role is filled by a noun phrase. The phrase may name an actor itself ("Russia", "Turkish troops"),
be a number of them ("dozens of soldiers"), or be a thing that belongs to one ("a Russian jet",
"Turkey's embassy"). Only the predicate's own arguments are looked at, never the rest of the
sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.tokens import Token

from detente.extraction.events.prepositions import coordinated
from detente.extraction.events.roles import Arguments
from detente.model import Mention

if TYPE_CHECKING:
    from detente.extraction.actors.mentions import Mentions

__all__ = ["Filling", "fill", "lemmas_of", "may_be_same", "role_tokens"]

# Parties of a role, each with the head of its noun phrase.
Filling = tuple[tuple[Token, Mention], ...]

# Heads that only count or group what follows "of".
_PARTITIVES = frozenset(
    [
        "number", "group", "dozen", "hundred", "thousand", "ten", "score", "series", "member",
        "pair", "couple", "one", "two", "three", "some", "several", "many", "most", "majority",
        "part", "handful", "all", "each", "both", "any", "none", "half", "rest", "coalition",
        "convoy", "crowd", "column", "unit", "squad", "team", "wave", "pack",
    ]
)  # fmt: skip
# Things through which a country acts: "Russian jets bombed", "a Turkish statement condemned".
_INSTRUMENTS = frozenset(
    [
        "aircraft", "airplane", "plane", "warplane", "jet", "fighter", "bomber", "helicopter",
        "drone", "gunship", "ship", "warship", "vessel", "boat", "submarine", "frigate", "fleet",
        "missile", "rocket", "bomb", "artillery", "tank", "shell", "airstrike", "strike", "raid",
        "fire", "firing", "gunfire", "mine", "landmine", "mortar", "bullet", "grenade", "torpedo",
        "munition",
        "attack", "shelling", "bombing", "bombardment", "offensive", "invasion", "operation",
        "statement", "report", "resolution", "court", "tribunal", "delegation", "authority",
        "leadership", "administration", "regime", "government", "side", "convoy", "patrol", "base",
        "plot", "conspiracy", "plan", "attempt", "decision", "threat", "offer", "proposal", "move",
        "effort", "bid", "pledge", "promise", "refusal", "mission", "campaign",
    ]
)  # fmt: skip
# Of these, what strikes without being anybody: "Rockets hit the town".
_MUNITIONS = frozenset({"missile", "rocket", "bomb", "shell", "drone", "artillery"})
# What a road does to the land at its end.
_LEADING = frozenset({"lead", "run"})
# "one of dozens of members of a group of soldiers": far enough.
_DEEPEST = 4
# What is struck or taken without being a place by its own name: "targets in Misrata".
_SITES = frozenset({"target", "position", "site", "facility", "stronghold", "outpost"})
_WITHIN = frozenset({"in", "near"})
_MODIFIERS = ("amod", "compound", "nmod", "poss")


def may_be_same(one: Mention, other: Mention) -> bool:
    """Whether two parties may be one: of one country, unless both are bodies of it that differ."""
    apart = one.sector and other.sector and one.sector != other.sector
    return one.country == other.country and not apart


def lemmas_of(token: Token) -> set[str]:
    """Return the words that a noun phrase can be recognised by: its head, alone and with modifiers.

    "peace talks" gives "talk" and "peace talk"; a name in the plural gives its singular too.
    """
    words = {token.lemma_.lower(), token.lower_}
    if token.pos_ == "PROPN" and token.lower_.endswith("s"):
        words.add(token.lower_[:-1])
    pairs = {
        f"{child.lower_} {word}"
        for child in token.lefts
        if child.dep_ in _MODIFIERS
        for word in words
    }
    return words | pairs


def role_tokens(arguments: Arguments, role: str) -> tuple[Token, ...]:
    """Return the noun-phrase heads that stand in a role that is not made of two parts."""
    if role in ("subject", "object", "victim", "dative", "possessor", "modifier"):
        tokens: tuple[Token, ...] = getattr(arguments, role)
        return tokens
    return arguments.prep.get(role, ())


def fill(
    arguments: Arguments, role: str, mentions: Mentions, *, acts: bool | None = None
) -> Filling:
    """Return the parties in a simple role.

    Args:
        arguments: the arguments of the predicate.
        role: subject, object, dative, possessor, modifier, object.possessor, object.modifier or a
            preposition.
        mentions: the actors of the passage.
        acts: whether a party must be able to act, so that whoever a thing belongs to is none; by
            default for the subject alone.
    """
    base, _, part = role.partition(".")
    if part:
        return _unique(
            pair
            for token in role_tokens(arguments, base)
            for pair in _belonging(token, mentions, ("poss",) if part == "possessor" else None)
        )
    tokens = role_tokens(arguments, role)
    if role in ("possessor", "modifier"):
        named = [(t, mention) for t in tokens if (mention := _modifier(t, mentions)) is not None]
        # of "US Justice Department inquiry" the outermost alone
        outer = {t.i: mention.country for t, mention in named}
        named = [(t, m) for t, m in named if m.country is None or outer.get(t.head.i) != m.country]
        if role == "modifier" and len({mention.country for _, mention in named}) < 2:
            named = [(t, m) for t, m in named if not _is_scene(t, mentions)]
        if role == "modifier" and any(m.country for _, m in named):
            # "the Greek train driver strike": the drivers are those of the country
            named = [(t, m) for t, m in named if m.country or t.dep_ == "conj"]
        return _unique((t, m) for t, m in named if m.country or t.lemma_ not in _INSTRUMENTS)
    acts = role == "subject" if acts is None else acts
    return _unique(pair for token in tokens for pair in _parties(token, mentions, acts=acts))


def _parties(
    token: Token, mentions: Mentions, *, acts: bool, depth: int = 0
) -> Iterable[tuple[Token, Mention]]:
    """Return the parties that a noun phrase names, or to whom the thing belongs."""
    mention = mentions.at(token)
    inner = [c for p in token.children if p.dep_ == "prep" and p.lower_ == "of" for c in p.children]
    known = mention is not None and mention.country
    if acts and not known and token.lemma_.lower() in _MUNITIONS:
        fired = [p for verb in token.rights if verb.dep_ == "acl" for p in verb.children]
        by = [c for word in ("by", "from") for p in fired if p.lower_ == word for c in p.children]
        if found := [(c, m) for c in coordinated(by) if (m := mentions.at(c)) is not None]:
            return found[:1] if len({m.country for _, m in found}) > 1 else found
        if mention is not None:
            return ()
    if not known and (beside := _beside(token, mention, mentions)):
        return beside
    if mention is not None and (mention.country or mention.sector):
        return _split(token, inner, mentions)
    if token.lemma_.lower() in _PARTITIVES and depth < _DEEPEST:
        heads = coordinated(inner)
        found = [p for c in heads for p in _parties(c, mentions, acts=acts, depth=depth + 1)]
        if found:
            return found
    if not acts or token.lemma_.lower() in _INSTRUMENTS:
        found = [*_belonging(token, mentions, None, acts=acts)]
        found = found or [(c, m) for c in coordinated(inner) if (m := mentions.at(c))]
        if found:
            return found
    unnamed = not acts and not (mention is not None and mention.sector)
    if unnamed and (territory := _territory(token, mentions)):
        return (territory,)
    if mention is None:
        mention = mentions.crowd_at(token) if acts else mentions.people_at(token)
    return ((token, mention),) if mention is not None else ()


def _beside(token: Token, mention: Mention | None, mentions: Mentions) -> Filling:
    """Return whoever is set beside a phrase, or to whom what is set beside it belongs."""
    for child in token.children:
        if child.dep_ != "appos":
            continue
        # not "a market in Gombe, Nigeria", where the second name belongs to the first
        apart = token.doc[max(child.left_edge.i - 2, 0)].pos_ != "PROPN"
        if apart and (named := mentions.at(child)) is not None and named.country:
            return ((token, named),)
        # "a base of the navy", "reportedly members of Hamas"
        described = any(c.dep_ in ("det", "advmod") for c in child.lefts)
        if described and (owned := _owned(child, mentions)):
            if mention is None:
                return owned  # "took Tarma, a base of the Peruvian army"
            return tuple((token, replace(mention, country=one.country)) for _, one in owned)
    return ()


def _owned(thing: Token, mentions: Mentions) -> Filling:
    """Return the country to which a thing belongs: "a Peruvian base", "a base of the army"."""
    of = [c for p in thing.children if p.lower_ == "of" for c in p.children if c.dep_ == "pobj"]
    named = [*_belonging(thing, mentions, None), *((c, m) for c in of if (m := mentions.at(c)))]
    return tuple((t, mention) for t, mention in named if mention.country)


def _territory(token: Token, mentions: Mentions) -> tuple[Token, Mention] | None:
    """Return the country in which the thing lies: "shelled villages in northern Iraq"."""
    inner = [t for p in token.children if p.lower_ in _WITHIN for t in p.children]
    for at in (token, *(inner if token.lemma_ in _SITES else ())):
        place = mentions.place_at(at)
        if place is not None and place.country and (at is not token or token.pos_ == "NOUN"):
            return (at, place.as_party())
    ways = [c for c in token.children if c.dep_ == "acl" and c.lemma_ in _LEADING]
    ends = [t for verb in ways for p in verb.children for t in p.children if p.dep_ == "prep"]
    for end in ends:  # "closed the roads leading to Peru"
        mention = mentions.at(end)
        if mention is not None and mention.country:
            return (end, mention)
    return None


def _split(token: Token, inner: list[Token], mentions: Mentions) -> Iterable[tuple[Token, Mention]]:
    """Return one party for each country in "Indian and Pakistani troops", "leaders of A and B"."""
    parties = mentions.all_at(token)
    if len({party.country for party in parties}) == 1 and (split := _halves(token, mentions)):
        return [*split, (token, parties[0])]
    if len(parties) == 1 and not parties[0].sector:
        # "the Republic of India and Nepal": "and" hangs on the last word of the name
        whole = (c for c in token.subtree if c.head.dep_ == "prep" and c in inner)
        joined = [c for last in whole for c in last.conjuncts if c.i > last.i]
        more = [(c, m) for c in joined if (m := mentions.at(c)) is not None and m.country]
        return [(token, parties[0]), *more]
    if len(parties) < 2:
        named = [(c, part) for c in coordinated(inner) if (part := mentions.at(c)) is not None]
        if len({part.country for _, part in named if part.country}) > 1:
            sector = parties[0].sector
            return [(c, replace(part, sector=part.sector or sector)) for c, part in named]
    return [(token, party) for party in parties]


def _halves(token: Token, mentions: Mentions) -> list[tuple[Token, Mention]]:
    """Return what stands before "and" in "North and South Korea", where it is a state by itself."""
    before = [c for c in token.lefts if c.pos_ == "PROPN" and any(x.dep_ == "cc" for x in c.rights)]
    named = ((c, mentions.at(c)) for c in before)
    return [(c, m) for c, m in named if m is not None and m.country and not m.sector]


def _is_scene(token: Token, mentions: Mentions) -> bool:
    """Whether a name before an event noun says where rather than who: "the Mumbai attacks"."""
    if token.pos_ != "PROPN" or token.dep_ == "poss" or token.text.isupper():
        return False
    place = token.ent_type_ in ("GPE", "LOC", "FAC")
    return place or mentions.place_at(token) is not None


def _belonging(
    token: Token, mentions: Mentions, labels: tuple[str, ...] | None, *, acts: bool = False
) -> Iterable[tuple[Token, Mention]]:
    """Yield the actors among a noun's possessors (where labels say so) or all its modifiers."""
    seen: set[str] = set()
    for child in token.lefts:
        if child.dep_ in (labels or _MODIFIERS) and not (acts and _is_scene(child, mentions)):
            # "a US-led coalition airstrike"
            led = [c for c in child.lefts if child.lower_ == "led" and c.dep_ == "npadvmod"]
            for joined in (*coordinated((child,)), *led):
                mention = _modifier(joined, mentions)
                if mention is None or mention.country in seen:
                    continue
                if not mention.country and joined.lemma_ in _INSTRUMENTS:
                    continue
                seen |= {mention.country} if mention.country else set()
                yield joined, mention


def _modifier(token: Token, mentions: Mentions) -> Mention | None:
    return mentions.modifier_at(token) or (mentions.at(token) if token.dep_ == "poss" else None)


def _unique(pairs: Iterable[tuple[Token, Mention]]) -> Filling:
    found: dict[tuple[int, int, str | None], tuple[Token, Mention]] = {}
    for token, mention in pairs:
        # of one span there are several in "the two countries"
        key = (mention.span.start, mention.span.end, mention.country)
        found.setdefault(key, (token, mention))
    return tuple(found.values())

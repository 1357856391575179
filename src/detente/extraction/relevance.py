"""Which acts are no political events: sport, business, crime, disasters, figures, history.

A frame names an act by its words, whoever does it: a striker beats a goalkeeper, a gunman kills his
neighbour, a typhoon strikes an island. What is politics is decided by its sides and by the words
around it. An event is left out only where these words speak against it and no side, and no word of
the sentence, is political: what is not known stays. Source of the rule: docs/annotation.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from spacy.tokens import Span, Token

from detente.extraction.actors.mentions import Mentions
from detente.extraction.parse import FoundEvent
from detente.lexicon.relevance import RelevanceLexicon, Topic, TopicWords, Word
from detente.model import DateRange, Mention
from detente.model.ontology import EventType

__all__ = ["irrelevant", "standings"]

_T = EventType
# What is told as background lies farther back than this: docs/annotation.md, "History".
YEARS_OF_THE_PRESENT = 10

_POLITICAL = frozenset("GOV MIL LEG PTY OPP REB UAF PRM PRE SPY JRN REF REL ELI LAB SOC".split())
# A sentence that names one of these beside its sides is not about crime alone. Journalists are left
# to the words of politics: a report names its outlets.
_IN_PUBLIC_LIFE = frozenset("GOV MIL LEG PTY OPP REB UAF PRM SPY REF".split())
_OF_JUSTICE = frozenset({"COP", "JUD"})
_BEYOND_STATES = frozenset({"IGO", "UNO", "EUR", "IMG"})
# What is done to or about criminals, and what these do.
_OF_CRIME = frozenset(
    {
        _T.ASSAULT,
        _T.COERCE,
        _T.ACCUSE,
        _T.SANCTION,
        _T.CONCEDE,
        _T.RETREAT,
        _T.THREATEN,
        _T.REJECT,
    }
)
_OF_CRIMINALS = frozenset({_T.ASSAULT, _T.COERCE, _T.THREATEN})
# Teams bear the names of countries, and these are the acts of games.
_OF_GAMES = frozenset({_T.CONSULT, _T.ASSAULT, _T.RETREAT, _T.AID, _T.CONCEDE, _T.SUPPORT})
_FORCE = frozenset({_T.ASSAULT, _T.COERCE, _T.MOBILIZE})
# Harm that needs no will: a flood kills, but does not attack.
_HARM = frozenset("kill injure wound destroy damage strike hit devastate hurt ravage".split())
_GOVERNING = frozenset({"ban", "censor", "curfew", "deport", "expel", "restrict"})
_FIELDS = (Topic.SPORT, Topic.BUSINESS, Topic.CULTURE, Topic.SCIENCE)
_LEFT_ALONE = {Topic.BUSINESS: frozenset({_T.PROTEST}), Topic.CULTURE: frozenset({_T.PROTEST})}
_SHORT = 3
_UPON = frozenset("on against over".split())
_STATES = frozenset("nation country state republic kingdom".split())
# What a body of justice does to one of its own is no plain crime: charges against policemen.
_JUDGED = frozenset({_T.ACCUSE, _T.SANCTION, _T.CONCEDE, _T.THREATEN})
_CROWDS = frozenset({"EDU", "LAB", "REL", "AGR", "REF", "OPP"})
_YEAR = re.compile(r"1[89]\d\d|20\d\d")
_WITHIN = frozenset("during in throughout".split())
_UPWARDS = frozenset("advcl xcomp conj acl relcl ccomp pcomp prep".split())
_FARTHEST = 5


class _Standing(Enum):
    """What a side is in political life."""

    POLITICAL = "political"
    STATE = "a country or of one"
    JUSTICE = "of the police or the courts"
    PRIVATE = "private"
    ARMED = "gunmen of whom nothing else is told"
    UNKNOWN = "nobody known"


@dataclass(frozen=True, slots=True)
class _Scene:
    """An event with what is known of the words around it."""

    event: FoundEvent
    mentions: Mentions
    lexicon: RelevanceLexicon

    def topics(self, tokens: Iterable[Token]) -> list[tuple[TopicWords, Token]]:
        """Return the entries found among tokens, each with the last token of its phrase."""
        listed = [token for token in tokens if not token.is_space]
        words = [Word(token.text, token.lemma_, token.pos_) for token in listed]
        return [(entry, listed[at]) for entry, at in self.lexicon.find(words)]

    def tells(self, tokens: Iterable[Token], *topics: Topic) -> bool:
        """Whether one of the topics is found among tokens."""
        return any(entry.topic in topics for entry, _ in self.topics(tokens))

    def words_of(self, mention: Mention) -> Span | None:
        """Return the words of a mention in the passage."""
        passage = self.event.passage
        start, end = mention.span.start - passage.start, mention.span.end - passage.start
        return passage.doc.char_span(start, end, alignment_mode="expand")

    def sides(self) -> Iterator[tuple[Mention, _Standing]]:
        """Yield every side with its standing."""
        for mention in (*self.event.actors, *self.event.recipients):
            yield mention, self.standing(mention)

    def standing(self, mention: Mention) -> _Standing:
        """Return what a side is in political life."""
        own = self.words_of(mention)
        head = {e.topic for e, token in self.topics(own) if token == own.root} if own else set()
        if Topic.LONE in head and own is not None and mention.sector in ("UAF", "CRM", None):
            return _Standing.PRIVATE if own.root.tag_ == "NN" else _Standing.ARMED
        if own is not None and own.root.lemma_.lower() in _STATES:
            return _Standing.STATE
        if mention.country in _BEYOND_STATES:
            return _Standing.POLITICAL
        # authorities that ban or censor govern, they do not deal with crime
        deals = Topic.JUSTICE in head and self.event.mode not in _GOVERNING
        if mention.sector in _OF_JUSTICE or (mention.sector == "GOV" and deals):
            return _Standing.JUSTICE
        if own is not None and self.tells(own, Topic.CRIME):
            return _Standing.PRIVATE
        if mention.sector in _POLITICAL:
            return _Standing.POLITICAL
        if mention.sector is not None:
            return _Standing.PRIVATE
        return _Standing.UNKNOWN if mention.country is None else _Standing.STATE


def standings(event: FoundEvent, mentions: Mentions, lexicon: RelevanceLexicon) -> frozenset[str]:
    """Return what the sides of an act are in political life, in words.

    Args:
        event: the act.
        mentions: the actors of its passage.
        lexicon: the words of relevance.
    """
    return frozenset(standing.value for _, standing in _Scene(event, mentions, lexicon).sides())


def irrelevant(
    event: FoundEvent,
    when: DateRange,
    published: date | None,
    mentions: Mentions,
    lexicon: RelevanceLexicon,
) -> str | None:
    """Return why an act is no current political event, or None where it may be one.

    Args:
        event: the act.
        when: its date.
        published: the day of the report; None where unknown.
        mentions: the actors of its passage.
        lexicon: the words of relevance.
    """
    scene = _Scene(event, mentions, lexicon)
    return (
        _as_history(scene, when, published)
        or _as_habit(scene)
        or _as_figure(scene)
        or _as_disaster(scene)
        or _as_suit(scene)
        or _as_crime(scene)
        or _as_field(scene)
    )


def _as_history(scene: _Scene, when: DateRange, published: date | None) -> str | None:
    if published is None:
        return None
    present = published.year - YEARS_OF_THE_PRESENT
    if when.last is not None and (when.last.year, when.last.month) < (present, published.month):
        return f"history: {when.last.year}"
    trigger = scene.event.trigger
    years = {int(t.text) for t in _behind(trigger) if _YEAR.fullmatch(t.text)}
    if trigger.pos_ == "NOUN" and years and max(years) < present:
        return f"history: {max(years)}"  # "jailed for the murder of a Turk in 1944"
    for child in trigger.children:
        if child.dep_ == "prep" and child.lower_ in _WITHIN:
            between = trigger.doc[trigger.i : max(child.i, trigger.i)]
            if scene.event.event_type in _JUDGED and any(t.lower_ == "for" for t in between):
                continue  # "sentenced him for murders in the Bosnian War": theirs is the time

            for time in child.children:
                named = scene.event.passage.doc[time.left_edge.i : time.i + 1].text
                era = scene.lexicon.era(named)
                if era is not None and era[1] < present:
                    return f"history: {era[0]}"
    return None


def _behind(noun: Token) -> Iterator[Token]:
    """Yield what follows a noun up to the next verb."""
    for token in noun.doc[noun.i + 1 : noun.sent.end]:
        if token.pos_ == "VERB":
            return
        yield token


def _as_habit(scene: _Scene) -> str | None:
    trigger = scene.event.trigger
    if trigger.tag_ not in ("VBZ", "VBP"):
        return None
    for entry, token in scene.topics(_adverbs(trigger)):
        if entry.topic is Topic.HABIT:
            return f"a habit, no event: {token.text}"
    return None


def _adverbs(trigger: Token) -> Iterator[Token]:
    """Yield the adverbs of a verb itself and its shortest adverbial phrases: "every year"."""
    for child in trigger.children:
        if child.dep_ == "advmod":
            yield child
        elif child.dep_ in ("npadvmod", "prep"):
            words = list(child.subtree)
            yield from words if len(words) <= _SHORT else ()


def _as_figure(scene: _Scene) -> str | None:
    event = scene.event
    if event.event_type not in _FORCE:
        return None
    for act in event.anchor:
        for thing in _things(act):
            if scene.lexicon.is_figure(act.lemma_.lower(), thing.lemma_.lower()):
                return f"a figure of speech: {act.lemma_} {thing.lemma_}"
    return None


def _things(act: Token) -> Iterator[Token]:
    """Yield what a word of force is used of."""
    for child in act.children:
        if child.dep_ in ("dobj", "nsubjpass"):
            yield child
            yield from child.conjuncts
        elif child.dep_ == "prep" and (
            # "a battle with cancer", but not "attacked the camp with fire"
            child.lower_ in _UPON or (child.lower_ == "with" and act.pos_ == "NOUN")
        ):
            yield from (below for below in child.children if below.dep_ == "pobj")


def _as_disaster(scene: _Scene) -> str | None:
    event = scene.event
    if event.event_type is not _T.ASSAULT:
        return None
    harm = event.trigger.lemma_ in _HARM
    names = set(_named_politically(scene))  # "Tamil Tiger rebels" are no beasts
    for verb in _upwards(event.trigger):
        subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
        for entry, token in scene.topics(t for s in subjects for t in s.subtree):
            heads = token.i not in names and any(_heads(s, token) for s in subjects)
            if entry.topic is Topic.DISASTER and heads:
                return f"a disaster: {token.lemma_.lower()}"
        if harm and verb != event.trigger and scene.tells([verb], Topic.ACCIDENT):
            return f"an accident: {verb.lemma_}"
    if not harm or _is_political(scene):
        return None
    for entry, token in scene.topics(event.trigger.sent):
        if entry.topic in (Topic.DISASTER, Topic.ACCIDENT):
            kind = "a disaster" if entry.topic is Topic.DISASTER else "an accident"
            return f"{kind}: {token.lemma_.lower()}"
    return None


def _named_politically(scene: _Scene) -> Iterator[int]:
    """Yield the tokens that name a side of political life."""
    for mention, standing in scene.sides():
        own = scene.words_of(mention)
        if standing is _Standing.POLITICAL and own is not None:
            yield from (token.i for token in own)


def _heads(subject: Token, token: Token) -> bool:
    """Whether a word is the head of a phrase or a name beside it: "Typhoon Ferra"."""
    return token == subject or (token.head == subject and token.dep_ in ("compound", "nmod"))


def _upwards(token: Token) -> Iterator[Token]:
    """Yield a predicate and those whose subject it may share."""
    for _ in range(_FARTHEST):
        yield token
        if token.dep_ not in _UPWARDS or token.head == token:
            return
        token = token.head


def _is_political(scene: _Scene) -> bool:
    """Whether an actor or a word of the sentence is political."""
    actors = {scene.standing(mention) for mention in scene.event.actors}
    if actors & {_Standing.POLITICAL, _Standing.STATE, _Standing.ARMED}:
        return True
    return scene.tells(scene.event.trigger.sent, Topic.POLITICS)


def _as_field(scene: _Scene) -> str | None:
    event = scene.event
    found = scene.topics(event.trigger.sent)
    if any(entry.topic is Topic.POLITICS for entry, _ in found):
        return None
    of_office = any(entry.topic is Topic.OFFICE for entry, _ in found)
    for field in _FIELDS:
        kinds = (field, Topic.GAME) if field is Topic.SPORT else (field,)
        hits = [(entry, token) for entry, token in found if entry.topic in kinds]
        strong = any(entry.strong for entry, _ in hits)
        weak = len({token.lemma_.lower() for _, token in hits})
        if not (strong or weak > 1) or event.event_type in _LEFT_ALONE.get(field, ()):
            continue
        # clubs and leagues have presidents, too
        if field is not Topic.SPORT and _names_public(scene):
            continue
        if of_office and not (field is Topic.SPORT and strong):
            continue
        game = any(entry.topic is Topic.GAME for entry, _ in hits) and event.event_type in _OF_GAMES
        if all(_within(scene, side, standing, kinds, game) for side, standing in scene.sides()):
            return f"{field}, no politics"
    return None


def _within(
    scene: _Scene, side: Mention, standing: _Standing, field: tuple[Topic, ...], game: bool
) -> bool:
    """Whether a side belongs to a field of its own, or to none."""
    own = scene.words_of(side)
    if own is not None and side.sector != "OPP":
        hits = [entry for entry, _ in scene.topics(_phrase(own)) if entry.topic in field]
        if any(entry.strong or entry.topic is Topic.SPORT for entry in hits):
            return True
    if standing is _Standing.STATE:
        return game
    return standing in (_Standing.PRIVATE, _Standing.UNKNOWN, _Standing.JUSTICE)


def _phrase(words: Span) -> list[Token]:
    """Return the noun phrase around words: its head with what stands before it."""
    root = words.root
    return list(words.doc[min(words.start, root.left_edge.i) : words.end])


def _as_suit(scene: _Scene) -> str | None:
    if not scene.tells(scene.event.anchor, Topic.SUIT):
        return None
    private = {_Standing.PRIVATE, _Standing.UNKNOWN}
    sides = {standing for _, standing in scene.sides()}
    if not sides <= private or _speaks_of_public(scene, scene.event.trigger.sent):
        return None
    return "a case between private parties"


def _as_crime(scene: _Scene) -> str | None:
    event = scene.event
    if event.event_type not in _OF_CRIME or event.mode == "crowd-control":
        return None
    sides = [standing for _, standing in scene.sides()]
    if _Standing.POLITICAL in sides or _Standing.STATE in sides:
        return None
    if event.reciprocal and _CROWDS & {mention.sector for mention, _ in scene.sides()}:
        return None  # students, workers and believers who clash with police
    justice = _Standing.JUSTICE in sides
    judged = [scene.standing(mention) for mention in event.recipients]
    if _Standing.JUSTICE in judged and event.event_type in _JUDGED:
        return None
    if not justice and event.event_type not in _OF_CRIMINALS:
        return None
    homes = [{m.country for m in side if m.country} for side in (event.actors, event.recipients)]
    if homes[0] and homes[1] and homes[0] != homes[1]:
        return None
    if _Standing.ARMED in sides and not scene.tells(event.passage.doc, Topic.CRIME):
        return None
    if _Standing.UNKNOWN in sides and not scene.tells(event.passage.doc, Topic.CRIME, Topic.SCENE):
        return None
    if scene.tells(event.passage.doc, Topic.CONFLICT):
        return None
    if _speaks_of_public(scene, event.passage.doc):
        return None
    return "crime without a political side"


def _speaks_of_public(scene: _Scene, tokens: Iterable[Token]) -> bool:
    """Whether words of politics stand among tokens, or somebody of public life in the sentence."""
    return scene.tells(tokens, Topic.POLITICS, Topic.OFFICE) or _names_public(scene)


def _names_public(scene: _Scene) -> bool:
    """Whether the sentence names somebody of public life, or a state that does something."""
    for token in scene.event.trigger.sent:
        mention = scene.mentions.at(token) if token.pos_ in ("NOUN", "PROPN") else None
        if mention is None:
            continue
        standing = scene.standing(mention)
        if standing is _Standing.STATE and token.dep_ in ("nsubj", "nsubjpass"):
            return True
        if standing is _Standing.POLITICAL and mention.sector in _IN_PUBLIC_LIFE:
            return True
    return False

"""Agent nouns in a text: where one ends, whose it is, and what sector its owner gives it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from detente.extraction.actors.naming import Named
from detente.lexicon.actor_files import AgentGroup
from detente.lexicon.actors import ActorLexicon
from detente.lexicon.names import NameKind

__all__ = ["DASHES", "MODIFIERS", "Agent", "AgentNouns", "modifies", "words_of"]

DASHES = ("-", "–")
MODIFIERS = frozenset({"compound", "amod", "nmod", "poss", "det", "nummod", "case", "predet"})
# A set of a list of the lexicon, made once for all passages.
words_of = cache(frozenset[str])
_NOUNS = frozenset({"NOUN", "PROPN"})
_NOUN_PLACES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
_OWNERSHIP = frozenset({"of", "from"})
# The longest agent noun of the lexicon has so many words.
_LONGEST_AGENT = 4
# "The head of the office of the premier of Chad": no deeper.
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent noun: its first token, its group in the lexicon, and the noun."""

    start: int
    group: AgentGroup
    noun: str


class AgentNouns:
    """The agent nouns of one passage.

    Args:
        doc: the parse.
        named: the lexicon's names in it, by token.
        actors: the lexicon.
    """

    def __init__(self, doc: Doc, named: dict[int, Named], actors: ActorLexicon) -> None:
        self.doc = doc
        self.named = named
        self.actors = actors
        self._ending: dict[int, Agent | None] = {}
        self._former = words_of(actors.agent_file.former)
        self._relations = words_of(actors.agent_file.relations)
        self._attitudes = words_of(actors.agent_file.attitudes)

    def is_relation(self, named: Named) -> bool:
        """Return whether a hyphen makes the name a relation: "US-backed", "pro-Russian"."""
        doc = self.doc
        behind, before = named.end + 1, named.start - 2
        dashed = behind < len(doc) and doc[behind - 1].text in DASHES
        if dashed and self._tells_relation(doc[behind]):
            return True
        if before >= 0 and doc[before + 1].text in DASHES and doc[before].lower_ in self._attitudes:
            return True
        prefix, dash, _ = doc[named.start].lower_.partition("-")
        return bool(dash) and prefix in self._attitudes

    def _tells_relation(self, token: Token) -> bool:
        """Return whether a word after a hyphen is a relation; being led by a country is none."""
        word = token.lower_
        return word in self._relations or (word.endswith("ed") and word != "led")

    def ending_at(self, index: int) -> Agent | None:
        """Return the longest agent noun whose last word is a token."""
        if index not in self._ending:
            self._ending[index] = self._longest_ending_at(index)
        return self._ending[index]

    def _longest_ending_at(self, index: int) -> Agent | None:
        doc, agents = self.doc, self.actors.agents
        used = _used_as_noun(doc[index])
        if doc[index].pos_ not in _NOUNS and doc[index].pos_ != "ADJ" and not used:
            return None
        for last in dict.fromkeys(_forms(doc[index])):
            words = last
            best = Agent(index, agents[words], words) if words in agents else None
            for start in range(index - 1, max(index - 2 * _LONGEST_AGENT, -1), -1):
                text = doc[start].text.lower()
                words = f"{text}{words}" if _glued(text, words) else f"{text} {words}"
                if words.count(" ") >= _LONGEST_AGENT:
                    break
                if words in agents and start not in self.named:
                    best = Agent(start, agents[words], words)
            if best is not None:
                return None if doc[index].pos_ == "ADJ" and not used else best
        return None

    def gives_sector(self, owner: Named, agent: Agent) -> bool:
        """Return whether people are coded by the body that they belong to: "Duma president"."""
        if owner.kind in (NameKind.PERSON, NameKind.SURNAME):
            return False
        group = agent.group
        # A lawmaker of a party is a lawmaker.
        body = owner.kind is NameKind.BODY and owner.sector != "PTY"
        return group.generic or group.sector is None or (body and group.person)

    def sector_before(self, start: int, agent: Agent) -> str | None:
        """Return the sector of the noun before a generic one: "police officer", "rebel leader"."""
        for index in range(agent.start - 1, start - 1, -1):
            word = self.doc[index]
            if index in self.named:
                return None  # "European Union monitors" are no workers' union's
            before = self.ending_at(index)
            group = before.group if before else self.actors.agents.get(word.lemma_.lower())
            if group is not None and group.sector:
                return group.sector
            if word.pos_ not in _NOUNS and word.pos_ != "ADJ":
                return None
        return None

    def sector_behind(self, head: Token) -> str | None:
        """Return the sector of the body behind a generic noun: "the chief of the army"."""
        behind = self.doc[head.i + 1] if head.i + 1 < len(self.doc) else None
        if behind is None or behind.lower_ != "of":
            return None
        for token in behind.children:
            agent = self.ending_at(token.i) if token.dep_ == "pobj" else None
            if agent is not None and token.i not in self.named and not agent.group.person:
                return agent.group.sector
        return None

    def is_territory(self, head: Token, agent: Agent) -> bool:
        """Return whether "state" is a part of a country: "Borno State", "the state of Ohio"."""
        if agent.noun != "state" or head.tag_ in ("NNS", "NNPS"):
            return False
        named = head.i > 0 and head.i - 1 in self.named and head.text[0].isupper()
        return named or any(child.lower_ == "of" for child in head.rights)

    def is_surname(self, head: Token, agent: Agent) -> bool:
        """Return whether an agent noun is somebody's name here: "King said", "Bishop & Sons"."""
        return (
            head.pos_ == "PROPN"
            and agent.start == head.i
            and agent.noun in self.actors.common_surnames
            and not any(child.dep_ in ("det", "amod", "poss", "compound") for child in head.lefts)
        )

    def end_behind(self, head: Token, owner: Named) -> int:
        """Return where a phrase ends whose owner follows: "army of Chad", not across an "and"."""
        joined = any(child.dep_ == "cc" and child.i < owner.start for child in head.rights)
        if owner.start < head.i or joined:
            return 0
        last = self.doc[owner.end - 1]
        return last.head.i + 1 if last.head.i > last.i and last.dep_ in MODIFIERS else owner.end

    def end_of_title(self, head: Token) -> int:
        """Return where the name of an office ends: "Ministry of Defence", "Bank of Lima"."""
        index = head.i + 1
        if head.pos_ != "PROPN" or index + 1 >= len(self.doc) or self.doc[index].lower_ != "of":
            return index
        end = index + 1
        while end < len(self.doc) and self.doc[end].pos_ == "PROPN" and end not in self.named:
            end += 1
        return end if end > index + 1 else index

    def is_former(self, start: int, end: int) -> bool:
        """Return whether one of the tokens says that an office is held no more."""
        return any(token.text.lower() in self._former for token in self.doc[start:end])

    def owners(self, head: Token, start: int, agent: Agent) -> Iterator[Named]:
        """Yield the names that say whose an agent is; several where they are coordinated."""
        before = self.names_between(start, agent.start, head)
        if before:
            last = before[-1]
            joint = [last]
            for name in reversed(before[:-1]):  # "Peruvian, Chilean and Bolivian sailors"
                if not self._coordinated(name, joint[0]):
                    break
                joint.insert(0, name)
            if len(joint) < 2:
                joint = [before[0] if self._first_owns(before[0], agent) else last]
            yield from joint
            return
        for prep in self._prepositions(head):
            local = agent.group.local and prep.lower_ in ("in", "across")
            if prep.lower_ not in _OWNERSHIP and not local:
                continue
            for token in prep.children:
                if token.dep_ != "pobj":
                    continue
                named = self._named_of_any(token)
                if named is not None:
                    yield named
                    yield from self._joint_owners(head, token)
                    return
                if prep.lower_ == "of":
                    yield from self._owners_within(token)
                    return

    def _prepositions(self, head: Token) -> Iterator[Token]:
        """Yield the prepositions of a noun; one right behind it is its own, whatever the parse."""
        behind = self.doc[head.i + 1 : head.i + 2]
        following = [t for t in behind if t.dep_ == "prep" and t.lower_ == "of"]
        yield from following
        for prep in head.rights:
            if prep.dep_ == "prep" and prep not in following and not self._is_of_another(prep):
                yield prep

    def _is_of_another(self, prep: Token) -> bool:
        """Return whether "of" follows a noun of its own: "police and supporters of Chavez"."""
        other = self.doc[prep.i - 1]
        if prep.lower_ != "of" or other.dep_ != "conj":
            return False
        agent = self.ending_at(other.i)
        return agent is not None and agent.group.generic and agent.group.sector is None

    def _owners_within(self, token: Token) -> Iterator[Named]:
        """Yield the owner of what an agent belongs to: "the army of the republic of Chad"."""
        for _ in range(_DEEPEST):
            inside = self.names_between(self.left_edge(token), token.i, token)
            if inside:
                yield inside[0]
                return
            behind = [
                inner
                for prep in token.rights
                if prep.dep_ == "prep" and prep.lower_ == "of"
                for inner in prep.children
                if inner.dep_ == "pobj"
            ]
            if not behind:
                return
            token = behind[0]
            named = self._named_of_any(token)
            if named is not None:
                yield named
                return

    def _named_of_any(self, token: Token) -> Named | None:
        """Return the name that a token ends if it names a country, with the country it is given.

        The House of Representatives is America's, but not "the Australian House".
        """
        named = self.named.get(token.i)
        if named is None or not self._names_country(named):
            return None
        if named.kind is NameKind.BODY:
            owners = self.names_between(self.left_edge(token), named.start, token)
            if owners and owners[-1].country != named.country:
                return replace(named, country=owners[-1].country)
        return named

    def _joint_owners(self, head: Token, first: Token) -> Iterator[Named]:
        """Yield the further owners of several: "the ministers of Peru and Chile"."""
        if head.tag_ not in ("NNS", "NNPS"):
            return
        for token in first.conjuncts:
            named = self.named.get(token.i)
            if named and self._names_country(named) and token.i > first.i:
                yield named

    def _first_owns(self, first: Named, agent: Agent) -> bool:
        """Return whether of two names the first says whose an agent is, not the nearer one.

        "The US Syria envoy", "Turkey's Syrian border guards"; but "Turkey's Syrian refugees".
        """
        people = agent.group.sector in ("REF", "CVL", "REB", None)
        possessed = self.doc[first.end - 1].dep_ == "poss"
        return agent.group.envoy or (possessed and not people)

    def names_between(self, start: int, end: int, head: Token) -> list[Named]:
        """Return the names before a head that modify it and name a country, in order."""
        found: dict[int, Named] = {}
        for index in range(start, end):
            named = self.named.get(index)
            if named is None or not self._names_country(named) or named.end > end:
                continue
            if not self.is_relation(named) and modifies(self.doc[named.end - 1], head):
                found.setdefault(named.start, named)
        return list(found.values())

    def second_home(self, owners: Sequence[Named]) -> tuple[tuple[int, int, str], ...]:
        """Return the other country of somebody who has two: "Canadian-Iranian scholar Smith"."""
        if len(owners) < 2:
            return ()
        first, last = owners[-2:]
        between = self.doc[first.end : last.start]
        dashed = len(between) == 1 and between[0].text in DASHES
        if not dashed or first.country in (None, last.country):
            return ()
        return ((first.start, first.end, first.country or ""),)

    def _names_country(self, named: Named) -> bool:
        return named.kind is not NameKind.BLOCKED and named.country is not None

    def _coordinated(self, name: Named, last: Named) -> bool:
        """Return whether only "and", commas and hyphens stand between two names."""
        between = self.doc[name.end : last.start]
        return all(t.lower_ in ("and", "&", ",", "-", "–", "/", "or", "the") for t in between)

    def left_edge(self, head: Token) -> int:
        """Return the first token of a phrase that belongs to it: no article, no punctuation."""
        start = head.left_edge.i
        for child in head.lefts:
            if child.text in DASHES and not child.whitespace_:
                continue  # "al-Zawahiri"
            if any(mark.tag_ == "POS" for mark in child.rights):
                continue  # "Chad's displaced", where the model sees a verb
            if child.dep_ not in MODIFIERS and child.dep_ not in ("npadvmod", "quantmod"):
                start = max(start, child.right_edge.i + 1) if child.dep_ != "advmod" else start
        while start < head.i and (
            self.doc[start].pos_ in ("DET", "PUNCT", "CCONJ", "SPACE", "ADV", "ADP", "SCONJ")
            or self.doc[start].tag_ == "PRP$"
        ):
            if start in self.named:
                break
            start += 1
        return start


def _used_as_noun(token: Token) -> bool:
    """Return whether an adjective or a participle names people: "the accused", "the displaced"."""
    return (
        token.tag_ in ("JJ", "VBN")
        and token.dep_ in _NOUN_PLACES
        and any(child.dep_ in ("det", "poss", "nsubj") for child in token.lefts)
    )


def _forms(token: Token) -> tuple[str, ...]:
    """Return the forms of a noun to look up; the model leaves a plural with a capital as it is."""
    text = token.text.lower()
    if token.tag_ == "NNPS" or (token.pos_ == "PROPN" and text.endswith("s")):
        return token.lemma_.lower(), text, text[:-1]
    return token.lemma_.lower(), text


def _glued(text: str, words: str) -> bool:
    """Return whether a hyphen joins two words (attorney-general, Su-24)."""
    return text.endswith("-") or words.startswith("-")


def modifies(token: Token, head: Token) -> bool:
    """Return whether a token stands in the phrase before its head and in no deeper one."""
    for _ in range(8):
        if token.i == head.i:
            return True
        if token.dep_ == "pobj" or token.dep_ == "relcl":
            return False
        if token.head.i == token.i:
            return False
        token = token.head
        if token.i > head.i and token.i != head.head.i:
            return False
        if token.i == head.head.i and head.dep_ in ("compound", "amod", "nmod", "poss"):
            return True
    return False

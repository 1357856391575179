"""Titles and the names that bear them: "Danish Foreign Minister Lars Larsen"."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from detente.extraction.actors.agent_nouns import DASHES, Agent, AgentNouns
from detente.extraction.actors.naming import HONORIFICS, Named
from detente.extraction.actors.phrase import Phrase
from detente.lexicon.names import NameKind

__all__ = ["LONGEST_TITLE", "NOT_ACTORS", "SINGULAR", "Titles"]

# A name under one of these labels is no actor.
NOT_ACTORS = frozenset(
    {"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "LAW", "LANGUAGE"}
    | {"WORK_OF_ART", "EVENT"}
)
SINGULAR = frozenset({"NN", "NNP"})
# How many words back from a name its title may begin to be told of what it is one.
LONGEST_TITLE = 12
# One word under one of these labels bears no title.
_NO_BEARERS = frozenset({"GPE", "LOC", "FAC", "ORG", "NORP"})
_TITLE_OF = frozenset({"of", "for", "to", "in"})
_TITLE_WORDS = _TITLE_OF | {"the", "and", "&", "-", "'s"}


_PRIVATE = frozenset({"JRN", "BUS", "EDU", "MED", "CVL", "LAB", "CRM"})


class Titles:
    """The titles of one passage.

    Args:
        doc: the parse.
        named: the lexicon's names in it, by token.
        nouns: its agent nouns.
    """

    def __init__(self, doc: Doc, named: dict[int, Named], nouns: AgentNouns) -> None:
        self.doc = doc
        self.named = named
        self._nouns = nouns

    def titled(self, head: Token, start: int, phrase: Phrase) -> Phrase:
        """Add the title before a name: "Danish Foreign Minister Lars Larsen"."""
        index = start - 1
        while index >= 0 and self.doc[index].lower_ in HONORIFICS:
            index -= 1
        agent = self._nouns.ending_at(index) if index >= 0 else None
        if agent is None:
            return self._long_titled(head, index, phrase)
        if not self._can_be_title(agent, self.doc[index], head):
            return phrase
        higher = self._nouns.ending_at(agent.start - 1) if agent.start > 0 else None
        if higher and higher.group.sector == "GOV" and agent.group.sector in ("REL", "MIL", "EDU"):
            agent, index = higher, agent.start - 1
        title = self.doc[index]
        if title.head.i > head.i or title.sent.start != head.sent.start or title.tag_ == "NNS":
            return phrase
        return self._with_title(phrase, self._agent_phrase_before(title, agent, head))

    def _with_title(self, phrase: Phrase, described: Phrase) -> Phrase:
        apart = described.country and phrase.country and described.country != phrase.country
        if apart and described.sector in _PRIVATE:
            # "British journalist Paul Martin" is not the Canadian premier of that name
            return replace(described, end=phrase.end, person=True, plural=False)
        known = phrase.country is not None
        sector = phrase.sector if known and phrase.sector else described.sector
        return replace(
            phrase,
            start=described.start,
            country=phrase.country or described.country,
            sector="ELI" if described.sector == "ELI" else sector,
            person=True,
            plural=False,
            title=described.title,
            # "Canadian-Iranian professor Ann Smith"
            more=phrase.more if known else described.more,
        )

    def _long_titled(self, head: Token, index: int, phrase: Phrase) -> Phrase:
        """Add a title with what it is a title of: "the prime minister of Chad Idriss Saleh"."""
        last = index
        if head.ent_type_ in _NO_BEARERS and phrase.end - phrase.start == 1:
            return phrase
        for index in range(last, max(last - LONGEST_TITLE, -1), -1):
            token = self.doc[index]
            agent = self._nouns.ending_at(index) if token.tag_ in SINGULAR else None
            if agent is not None and index < last and self.doc[index + 1].lower_ in _TITLE_OF:
                break
            if not _is_in_title(token):
                return phrase
        else:
            return phrase
        if not agent.group.person or not self._can_be_title(agent, token, head):
            return phrase
        described = self._agent_phrase_before(token, agent, head)
        prep = self.doc[index + 1].lower_
        if described.country is None and not (agent.group.envoy and prep != "of"):
            behind = (self.named.get(i) for i in range(index + 2, last + 1))
            owner = next((n for n in behind if n and n.country and n.end <= last + 1), None)
            if owner is None:
                return phrase
            known = owner.sector and self._nouns.gives_sector(owner, agent)
            sector = owner.sector if known else described.sector
            described = replace(described, country=owner.country, sector=sector)
        return self._with_title(phrase, described)

    def _can_be_title(self, agent: Agent, title: Token, head: Token) -> bool:
        """Return whether a noun before a name is its bearer's (not in General Motors)."""
        if agent.group.sector == "CVL" and title.text[0].isupper():
            return False
        if agent.group.sector == "GOV" and not agent.group.person:
            return False
        lone = agent.start == title.i and agent.group.sector == "MIL"
        return title.text != "," and not (lone and head.ent_type_ == "ORG")

    def _agent_phrase_before(self, title: Token, agent: Agent, head: Token) -> Phrase:
        start = min(self._nouns.left_edge(head), self._nouns.left_edge(title))
        names = self._nouns.names_between(start, agent.start, head) or self._nouns.names_between(
            start, agent.start, title
        )
        country = None
        sector = agent.group.sector
        if names:
            owner = names[0] if agent.group.envoy else names[-1]
            country = owner.country
            if owner.sector and self._nouns.gives_sector(owner, agent):
                sector = owner.sector
        elif agent.group.generic:
            sector = self._nouns.sector_before(start, agent) or sector
        if self._nouns.is_former(start, agent.start):
            sector = "ELI"
        more = self._nouns.second_home(names)
        return Phrase(start, title.i + 1, country, sector, title=agent.noun, more=more)

    def with_name_behind(self, head: Token, phrase: Phrase) -> Phrase:
        """Add a name that follows: "the Danish envoy to Peru Lars Larsen", "president Larsen"."""
        index = phrase.end
        for prep in head.rights:
            if prep.dep_ == "prep" and prep.i + 1 in self.named:
                index = max(index, self.named[prep.i + 1].end)
        if not phrase.person or index >= len(self.doc):
            return phrase
        end = index
        while end < len(self.doc) and self._continues_name(self.doc[end], end == index):
            end += 1
            if end + 1 < len(self.doc) and self.doc[end].text in DASHES:
                end += 2 if self.doc[end + 1].pos_ == "PROPN" else 0
        if end == index or self.doc[index].sent.start != head.sent.start:
            return phrase
        named = self.named.get(index)
        name = named.actor if named else self.doc[index:end].text
        country = phrase.country or (named.country if named else None)
        return replace(phrase, end=end, name=name, country=country)

    def _continues_name(self, token: Token, first: bool) -> bool:
        if token.pos_ != "PROPN" or not token.text[0].isupper():
            return False
        if token.ent_type_ in NOT_ACTORS:
            return False
        named = self.named.get(token.i)
        if named is not None:
            return named.kind in (NameKind.PERSON, NameKind.SURNAME)
        behind = token.i + 1
        two = behind < len(self.doc) and self.doc[behind].pos_ == "PROPN"
        return not first or token.ent_type_ == "PERSON" or (two and token.ent_type_ != "ORG")


def _is_in_title(token: Token) -> bool:
    """Return whether a word may stand between a title and a name."""
    return token.text[0].isupper() or token.lower_ in _TITLE_WORDS or token.text == "al"

"""Noun phrases that can act: whose they are, what sector, and what they are called."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from detente.extraction.actors.agent_nouns import DASHES, Agent, AgentNouns, modifies, words_of
from detente.extraction.actors.naming import HONORIFICS, Named
from detente.extraction.actors.phrase import Phrase, is_nominal, joined, said_of
from detente.extraction.actors.titles import LONGEST_TITLE, NOT_ACTORS, SINGULAR, Titles
from detente.lexicon.actors import ActorLexicon
from detente.lexicon.names import NameKind

__all__ = ["Phrase", "Phrases", "is_nominal"]

_NOUNS = frozenset({"NOUN", "PROPN"})
# "A part of a group of some members of ...": no deeper, whatever a hostile text may hold.
_DEEPEST = 6
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_LOCATIVE = frozenset({"in", "near", "at", "outside", "inside", "around", "across", "within"})
# Bodies of these have members of all countries: "the Turkish NATO mission" stays NATO's.
_INTERNATIONAL = frozenset({"IGO", "UNO", "EUR", "IMG"})
# "Bosnian Serbs" are Bosnia's, the "Japanese House of Representatives" is Japan's.
_OF_A_COUNTRY = frozenset({NameKind.BODY, NameKind.PEOPLE, NameKind.ADJECTIVE})
# Of what somebody can be: "Ann Smith of Ohio", but not "of Real Madrid".
_HOMES = frozenset({NameKind.COUNTRY, NameKind.REGION, NameKind.BODY})
_PEOPLES = frozenset({NameKind.PEOPLE, NameKind.ADJECTIVE})
_ORDINARY = frozenset({"ordinary", "innocent", "unarmed", "civilian", "local", "elderly", "young"})
_HARMING = frozenset({"wound", "injure", "hurt", "kill", "arrest", "detain", "displace"})
_CROWDS = frozenset({"dozen", "score", "hundred", "thousand", "million"})
_TOWNS = frozenset({NameKind.CAPITAL, NameKind.CITY})


class Phrases:
    """The noun phrases of one passage.

    Args:
        doc: the parse.
        named: the lexicon's names in it, by token, from ``naming.find_names``.
        actors: the lexicon.
    """

    def __init__(self, doc: Doc, named: dict[int, Named], actors: ActorLexicon) -> None:
        self.doc = doc
        self.named = named
        self.actors = actors
        self._nouns = AgentNouns(doc, named, actors)
        self._titles = Titles(doc, named, self._nouns)
        words = actors.agent_file
        self._quantifiers = words_of(words.quantifiers)
        self._inert = words_of(words.inert)
        self.place_nouns = words_of(words.places)
        self._known: dict[int, Phrase | None] = {}
        self._depth = 0

    def at(self, head: Token) -> Phrase | None:
        """Return the actor that the noun phrase headed by a token names, or None."""
        if head.i not in self._known:
            self._known[head.i] = None
            phrase = self._with_apposition(head, self._describe(head))
            phrase = self._with_conjunct(head, phrase)
            self._known[head.i] = self._with_predicate(head, phrase)
        return self._known[head.i]

    def name_at(self, token: Token) -> Phrase | None:
        """Return the actor that one modifier names: "Russian" in "Russian sanctions"."""
        named = self.named.get(token.i)
        if named is None or named.kind is NameKind.BLOCKED or self._nouns.is_relation(named):
            return None
        return self._of_name(named)

    def people_at(self, head: Token) -> Phrase | None:
        """Return people whom a noun describes, whether or not anything else is known of them."""
        agent = self._nouns.ending_at(head.i) if head.pos_ == "NOUN" else None
        if agent is None or not (agent.group.person or agent.group.sector or agent.group.generic):
            return None
        return Phrase(self._nouns.left_edge(head), head.i + 1, sector=agent.group.sector)

    def crowd_at(self, head: Token) -> Phrase | None:
        """Return people of whom only a large number is told: "thousands marched"."""
        of = any(child.lower_ == "of" for child in head.rights)
        if of or (head.head.lemma_ in _HARMING and not _has_object(head.head)):
            return None  # "dozens wounded" is a passive without its auxiliary
        if (head.tag_ == "NNS" and head.lemma_.lower() in _CROWDS) or (
            head.tag_ == "CD" and "," in head.text
        ):
            return Phrase(self._nouns.left_edge(head), head.i + 1, sector="CVL")
        return None

    def is_relation(self, named: Named) -> bool:
        """Return whether a hyphen makes the name a relation: "US-backed", "pro-Russian"."""
        return self._nouns.is_relation(named)

    def _describe(self, head: Token) -> Phrase | None:
        named = self.named.get(head.i)
        if named is not None and named.kind is not NameKind.BLOCKED:
            return self._named_phrase(head, named)
        if named is None:
            agent = self._nouns.ending_at(head.i)
            inner = self._counted(head)
            if inner is not None:
                return inner
            if agent is not None and self._nouns.is_territory(head, agent):
                return None
            if agent is not None and not self._nouns.is_surname(head, agent):
                return self._agent_phrase(head, agent)
        if head.pos_ == "PROPN":
            return self._unknown_name(head)
        return None

    # -- names of the lexicon -------------------------------------------------------------------

    def _named_phrase(self, head: Token, named: Named) -> Phrase | None:
        if self._nouns.is_relation(named) or self._followed_by_name(named):
            return None
        if head.head.i != head.i and named.start <= head.head.i < named.end:
            return None
        if named.kind in _TOWNS and _is_locative(head):
            return None
        if named.kind in (NameKind.PERSON, NameKind.SURNAME):
            return self._titles.titled(head, named.start, self._of_name(named))
        phrase = self._of_name(named)
        if named.kind in _OF_A_COUNTRY and named.country not in _INTERNATIONAL:
            owners = self._nouns.names_between(self._nouns.left_edge(head), named.start, head)
            near = owners and (named.kind is NameKind.BODY or owners[-1].end == named.start)
            if near and owners[-1].country != named.country:
                return replace(phrase, start=owners[-1].start, country=owners[-1].country)
        return phrase

    def _of_name(self, named: Named) -> Phrase:
        person = named.kind in (NameKind.PERSON, NameKind.SURNAME)
        singular = self.doc[named.end - 1].tag_ in SINGULAR
        sector = named.sector
        if named.kind is NameKind.CAPITAL:
            sector = "GOV"  # "Lima rejects the plan"
        elif named.kind in _PEOPLES and named.start and _is_ordinary(self.doc[named.start - 1]):
            sector = sector or "CVL"
        return Phrase(
            named.start,
            named.end,
            named.country,
            sector,
            named.actor,
            person=person,
            plural=not person and (named.kind is NameKind.BODY or not singular),
            body=named.kind is NameKind.BODY,
        )

    def _followed_by_name(self, named: Named) -> bool:
        """Return whether an adjective stands before a name instead of heading a phrase."""
        return named.kind is NameKind.ADJECTIVE and self.doc[named.end - 1].dep_ in (
            "amod", "compound", "nmod",
        )  # fmt: skip

    # -- agent nouns ----------------------------------------------------------------------------

    def _agent_phrase(self, head: Token, agent: Agent) -> Phrase | None:
        start = self._nouns.left_edge(head)
        owners = list(self._nouns.owners(head, start, agent))
        sector = agent.group.sector
        country = owners[0].country if owners else None
        if owners and owners[0].sector and self._nouns.gives_sector(owners[0], agent):
            sector = owners[0].sector
        elif agent.group.generic:
            sector = self._nouns.sector_before(start, agent) or self._nouns.sector_behind(head)
            sector = sector or agent.group.sector
        if agent.group.office or sector in ("GOV", "MIL", "SPY", "LEG", "JUD"):
            sector = "ELI" if self._nouns.is_former(start, agent.start) else sector
        if country is None and sector == "GOV" and not agent.group.person:
            country = self._country_behind(head)
        if sector is None and country is None:
            return None
        singular = head.tag_ in SINGULAR
        end = self._nouns.end_of_title(head)
        end = max([end, *(self._nouns.end_behind(head, owner) for owner in owners[:1])])
        phrase = Phrase(
            start,
            end,
            country,
            sector,
            None,
            person=singular and agent.group.person,
            plural=not singular or not agent.group.person,
            title=agent.noun,
            more=tuple(
                (owner.start, owner.end if owner.start > head.i else head.i + 1, owner.country)
                for owner in owners[1:]
                if owner.country and (owner.country != country or owner.start > head.i)
            ),
        )
        return self._titles.with_name_behind(head, phrase)

    def _country_behind(self, head: Token) -> str | None:
        """Return the country of the office that an agent belongs to: "office of the premier of"."""
        if self._depth > _DEEPEST:
            return None
        for prep in head.rights:
            if prep.dep_ == "prep" and prep.lower_ == "of":
                self._depth += 1
                inner = [self.at(token) for token in prep.children if token.dep_ == "pobj"]
                self._depth -= 1
                return next((p.country for p in inner if p and p.title and p.sector == "GOV"), None)
        return None

    def _counted(self, head: Token) -> Phrase | None:
        """Return the actor counted or gathered by a noun: "dozens of Syrian refugees"."""
        if head.lower_ not in self._quantifiers and head.lemma_.lower() not in self._quantifiers:
            return None
        if self._depth > _DEEPEST:
            return None
        for prep in head.rights:
            if prep.dep_ == "prep" and prep.lower_ == "of":
                for token in prep.children:
                    if token.dep_ == "pobj" and token.i not in self.named:
                        self._depth += 1
                        inner = self.at(token)
                        self._depth -= 1
                        if inner is not None and (inner.title or inner.country):
                            start = self._nouns.left_edge(head)
                            return replace(inner, start=start, person=False, plural=True)
        return None

    # -- unknown names --------------------------------------------------------------------------

    def _unknown_name(self, head: Token) -> Phrase | None:
        if head.ent_type_ in NOT_ACTORS or not (head.text[0].isupper() or self._is_joined(head)):
            return None
        blocked = self.named.get(head.i)
        if blocked is not None:
            text = self.doc[blocked.start : blocked.end].text
            return Phrase(blocked.start, blocked.end, name=text, plural=True)
        start = self._name_start(head)
        if {head.lower_, self.doc[start].lower_} & self._inert:
            return None
        name = self.doc[start : head.i + 1].text
        person = head.ent_type_ == "PERSON"
        phrase = Phrase(start, head.i + 1, name=name, person=person, plural=not person)
        phrase = self._titles.titled(head, start, phrase)
        return phrase if phrase.country else self._owned(head, start, phrase)

    def _owned(self, head: Token, start: int, phrase: Phrase) -> Phrase:
        """Give an unknown name the country that stands before it: "Chad's Idriss Saleh"."""
        if head.ent_type_ in _PLACE_LABELS and _is_locative(head):
            return phrase
        edge = self._nouns.left_edge(head)
        owners = self._nouns.names_between(edge, start, head)
        if owners and self._can_own_a_name(owners[-1], head):
            own = replace(phrase, start=min(edge, phrase.start), country=owners[-1].country)
            return replace(own, more=self._nouns.second_home(owners))
        for prep in head.rights:
            # "Senator Ann Smith of Ohio"
            if phrase.person and prep.dep_ == "prep" and prep.lower_ in ("of", "from"):
                for token in prep.children:
                    named = self.named.get(token.i)
                    if token.dep_ == "pobj" and named and named.kind in _HOMES and named.country:
                        return replace(phrase, country=named.country)
        return phrase

    def _can_own_a_name(self, owner: Named, head: Token) -> bool:
        """Return whether a name before another says whose that is, and is no part of it.

        "Chad's Saleh", "Chadian Idriss Saleh", "the US Futenma base", but not "Paris Hilton".
        """
        behind = self.doc[owner.end].lower_ if owner.end < len(self.doc) else ""
        if owner.kind is NameKind.ADJECTIVE or behind in ("'s", "’s", "'", "’"):
            return True
        person = head.ent_type_ == "PERSON"
        return owner.kind is NameKind.BODY if person else owner.kind is NameKind.COUNTRY

    def _is_joined(self, head: Token) -> bool:
        """Return whether a hyphen joins a small word to a name: "Hwang Eui-don"."""
        at = head.i - 2
        return at >= 0 and self.doc[at + 1].text in DASHES and self.doc[at].text[0].isupper()

    def _name_start(self, head: Token) -> int:
        """Return where the run of name words that ends at a token begins."""
        start = head.i
        while start > 0:
            token = self.doc[start - 1]
            inside = token.pos_ == "PROPN" or (
                token.text in ("-", "–", "'", "’")
                and start > 1
                and self.doc[start - 2].pos_ == "PROPN"
                and not self.doc[start - 2].whitespace_
            )
            stop = token.i in self.named or self._nouns.ending_at(token.i) is not None
            if not inside or stop or token.lower_ in HONORIFICS or not modifies(token, head):
                break
            start -= 1
        return start

    # -- both -----------------------------------------------------------------------------------

    def _with_apposition(self, head: Token, phrase: Phrase | None) -> Phrase | None:
        """Join a name and the description set beside it: "Lars Larsen, the Danish minister"."""
        if phrase is None:
            return None
        others = [token for token in head.children if token.dep_ == "appos"]
        if head.dep_ == "appos":
            others.append(head.head)
        for token in others:
            near = abs(token.i - head.i) < 12 and is_nominal(token)
            other = self._describe(token) if near else None
            both = joined(phrase, other) if other is not None else None
            if both is not None:
                return both
            named = self.named.get(token.i)
            if token.i > head.i and named is not None and named.kind is NameKind.COUNTRY:
                # "his country's former ruler, the United States"
                owned = any(child.dep_ == "poss" for child in head.lefts)
                if owned and phrase.name is None and named.country != phrase.country:
                    return replace(phrase, country=named.country, sector=None)
        return phrase

    def _with_conjunct(self, head: Token, phrase: Phrase | None) -> Phrase | None:
        """Join a title to a second one with the name: "party leader and former premier Smith"."""
        if phrase is None or not phrase.person or phrase.name or not phrase.title:
            return phrase
        follows = [token for token in head.rights if token.dep_ == "conj"]
        if len(follows) != 1 or follows[0].i - head.i > LONGEST_TITLE:
            return phrase
        other = self._describe(follows[0])
        if other is None or not other.name or not other.title or other.start != phrase.end + 1:
            return phrase
        between = self.doc[phrase.end]
        alike = phrase.country in (None, other.country)
        if between.lower_ != "and" or not alike:
            return phrase
        return replace(phrase, end=other.end, country=other.country, name=other.name)

    # -- what a sentence says of somebody -------------------------------------------------------

    def _with_predicate(self, head: Token, phrase: Phrase | None) -> Phrase | None:
        """Give somebody the country of the office that the sentence says is theirs.

        "Ann Smith resigned as prime minister of Chad", "Ann Smith is Chad's envoy".
        """
        if phrase is None or phrase.country or not phrase.name or self._depth > _DEEPEST:
            return phrase
        if head.dep_ not in _SUBJECTS or not phrase.person:
            return phrase
        self._depth += 1
        described = [self._describe(token) for token in said_of(head)]
        self._depth -= 1
        for other in described:
            if other is not None and other.country and not other.more:
                title = other.title if other.person else None
                sector = (other.sector if other.person else None) or phrase.sector
                return replace(phrase, country=other.country, sector=sector, title=title)
        return phrase


def _is_ordinary(token: Token) -> bool:
    """Return whether a word before a people makes them private: "ordinary Kazakhs"."""
    return token.lower_ in _ORDINARY


def _is_locative(head: Token) -> bool:
    while head.dep_ in ("conj", "appos") and head.head.i != head.i:
        head = head.head
    return head.dep_ == "pobj" and head.head.lower_ in _LOCATIVE


def _has_object(verb: Token) -> bool:
    return any(child.dep_ == "dobj" for child in verb.rights)

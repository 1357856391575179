"""What a noun phrase names, and what two noun phrases name together."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Token

__all__ = ["Phrase", "is_nominal", "joined", "said_of"]

_NOUNS = frozenset({"NOUN", "PROPN"})
_LEAVING = frozenset({"resign", "step", "quit", "retire"})
_BEING = frozenset(
    """be become remain serve elect reelect re-elect appoint name nominate choose select swear
    inaugurate install reappoint""".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a noun phrase names: the tokens ``start <= i < end``.

    Attributes:
        start: first token.
        end: one past the last.
        country: country or pseudo-country, or None.
        sector: sector, or None.
        name: name of the actor, where the words give one.
        person: whether it names a single human being.
        plural: whether it names several people or a body ("they" can stand for it).
        title: lemma of its agent noun ("minister"), or None.
        body: whether it names an organisation of the lexicon.
        more: start, end and country of further owners ("Russian and Turkish troops").
    """

    start: int
    end: int
    country: str | None = None
    sector: str | None = None
    name: str | None = None
    person: bool = False
    plural: bool = False
    title: str | None = None
    body: bool = False
    more: tuple[tuple[int, int, str], ...] = ()


def is_nominal(token: Token) -> bool:
    """Return whether a token heads a noun phrase (and is no modifier inside one)."""
    if token.pos_ in _NOUNS or token.pos_ == "NUM":
        return token.dep_ not in ("compound", "amod", "nmod", "nummod", "punct")
    return token.pos_ == "ADJ" and token.dep_ in (
        "nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos", "agent",
    )  # fmt: skip


def joined(phrase: Phrase, other: Phrase) -> Phrase | None:
    """Return what a phrase and its apposition say together, or None where they are two."""
    if phrase.title and not phrase.name and not phrase.country and not phrase.person:
        # "the Islamist group Boko Haram"
        if other.body and other.country:
            sector = other.sector or phrase.sector
            return replace(phrase, name=other.name, country=other.country, sector=sector)
        return None
    unknown = bool(phrase.name) and not phrase.country and not phrase.title
    if not other.person or not (phrase.person or unknown):
        return None
    if phrase.name and not phrase.country and other.country and not other.name:
        return replace(
            phrase,
            country=other.country,
            sector=other.sector,
            title=other.title,
            person=True,
            plural=False,
        )
    if other.name and not phrase.name:
        country = phrase.country or other.country
        return replace(
            phrase, name=other.name, country=country, sector=phrase.sector or other.sector
        )
    if phrase.name and not phrase.title and not phrase.sector and not other.name:
        return replace(phrase, sector=other.sector, title=other.title)
    return None


def said_of(head: Token) -> list[Token]:
    """Return the nouns that tell what a subject is, becomes or ceases to be."""
    verb = head.head
    found = []
    holders = [verb, *(child for child in verb.rights if child.dep_ == "dobj")]
    leaving = verb.lemma_ in _LEAVING
    if verb.lemma_ in _BEING:
        found += [child for child in verb.rights if child.dep_ in ("attr", "oprd", "dobj")]
    if leaving or verb.lemma_ in _BEING:
        for prep in (
            child for holder in holders for child in holder.rights if child.dep_ == "prep"
        ):
            if prep.lower_ == "as" or (leaving and prep.lower_ == "from"):
                found += [child for child in prep.rights if child.dep_ == "pobj"]
    return found

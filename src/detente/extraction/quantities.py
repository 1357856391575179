"""How many people a noun phrase speaks of: numerals, number words, and what qualifies them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from detente.extraction.number_words import RANGE_WORDS, VAGUE, NumberReader, is_numeric

__all__ = ["Quantity", "quantity_of", "total_of"]

# What stands before a number: the bound that it leaves, or that it is no exact figure.
_QUALIFIERS = {
    tuple(words.split()): effect
    for effect, listed in (
        ("least", "at least|no fewer than|no less than|not less than|a minimum of|not fewer than"),
        ("most", "up to|as many as|no more than|not more than|at most|a maximum of"),
        ("above", "more than|greater than|upwards of|in excess of|well over|over|above"),
        ("below", "fewer than|less than|under|below"),
        ("about", "about|around|approximately|roughly|some|nearly|almost|an estimated|estimated"),
        ("about", "close to|circa|perhaps|possibly|maybe|an approximate"),
        ("between", "between"),
        ("", "a total of|a further|a reported|an additional|another|additional|other|only|just"),
        ("", "exactly|the|the other|his|her|their|its|these|those|all"),
    )
    for words in listed.split("|")
}
_LONGEST = max(len(words) for words in _QUALIFIERS)
_QUALIFYING = frozenset(word for words in _QUALIFIERS for word in words)

# Heads that only gather those who are counted behind "of".
_GATHERING = frozenset({"total", "group", "family", "life", "crowd", "gang", "band", "crew"})
# What is counted, but no people.
_NOT_PEOPLE = frozenset(
    """percent % cent year month week day hour minute time mile kilometre kilometer metre meter
    dollar euro pound camel cow cattle sheep goat pig horse donkey dog bird elephant animal
    livestock house home building shop vehicle car truck tank bus plane aircraft helicopter boat
    ship place case round shot blow weapon rifle rocket bomb""".split()
)
# Of these one is many.
_COLLECTIVE = _GATHERING | frozenset(
    """team army force unit militia party squad police military staff population public opposition
    government convoy patrol cell ring faction community clan tribe personnel leadership delegation
    couple pair trio number handful dozen majority series wave part range variety lot mob audience
    generation minority household column division brigade battalion company platoon regiment
    contingent network organisation organization movement coalition target position""".split()
)
_PEOPLE = frozenset(
    """person man woman child boy girl baby infant toddler teenager teen adult youth civilian
    bystander villager resident victim passenger tourist student pupil worker labourer laborer
    farmer fisherman shepherd driver teacher doctor nurse priest cleric imam monk nun bishop
    journalist reporter cameraman photographer editor blogger lawyer judge prosecutor lawmaker
    deputy mayor governor minister president premier ambassador diplomat envoy official aide
    politician candidate activist protester protestor demonstrator leader chief commander deputy
    officer policeman policewoman soldier sailor pilot airman marine guard guardsman peacekeeper
    constable sergeant lieutenant captain major colonel general conscript serviceman trooper
    paramedic volunteer employee contractor engineer scientist militant insurgent rebel fighter
    gunman bomber attacker assailant suspect terrorist extremist jihadist prisoner detainee hostage
    inmate refugee migrant citizen national member figure husband wife son daughter brother sister
    father mother nephew niece cousin grandson grandmother grandfather bodyguard businessman actor
    singer author writer professor dissident opponent critic supporter follower
    guide passerby""".split()
)
_HUMAN_ENDINGS = ("man", "woman", "master", "mistress", "ologist", "maker")
_HIM = frozenset({"him", "her", "he", "she", "himself", "herself", "someone", "somebody"})
_SINGULAR = frozenset({"NN", "NNP", "JJ"})
_NUMBERS = frozenset({"nummod", "amod", "quantmod", "compound"})
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "PRON", "ADJ", "DET"})
# How many tokens behind a number may still belong to it: "between 10 and 15", "tens of thousands".
_AHEAD = 5
# How many phrases of "a group of a total of ..." are opened.
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many: ``low <= number <= high``, by the tokens ``start <= i < end``.

    Attributes:
        low: smallest number that the words allow; None where they give none.
        high: greatest, likewise.
        approximate: whether the words call the number inexact.
        start: first token of the phrase.
        end: one past its last.
    """

    low: int | None
    high: int | None
    approximate: bool
    start: int
    end: int


def total_of(heads: Iterable[Token]) -> Quantity | None:
    """Return how many people several noun phrases count together: "two men and three women".

    Args:
        heads: the heads of joined noun phrases.

    Returns:
        The sum, over all the words; where one part is unknown the others are the lower bound. None
        where no part is known, or the phrases are alternatives.
    """
    listed = [head for head in heads if head.pos_ in _NOMINAL and not _restates(head)]
    if any(child.dep_ == "cc" and child.lower_ == "or" for h in listed[:-1] for child in h.rights):
        return None
    found = [quantity_of(head) for head in listed]
    known = [one for one in found if one is not None]
    if not known:
        return None
    complete = len(known) == len(found)
    lows = [one.low for one in known if one.low is not None]
    highs = [one.high for one in known if one.high is not None]
    return Quantity(
        low=sum(lows) if lows else None,
        high=sum(highs) if complete and len(highs) == len(known) else None,
        approximate=any(one.approximate for one in known),
        start=min(one.start for one in known),
        end=max(one.end for one in known),
    )


def _restates(head: Token) -> bool:
    """Whether a phrase is joined to one that says again who is meant: "Abe, a poet and lawyer"."""
    while head.dep_ == "conj" and head.head.i != head.i:
        head = head.head
    return head.dep_ == "appos"


def quantity_of(head: Token, depth: int = 0) -> Quantity | None:
    """Return how many people the noun phrase headed by a token counts.

    Args:
        head: head of the phrase; what is joined to it by "and" is not counted.
        depth: how many phrases around it have been opened.

    Returns:
        None where the words give no number ("several people"), or count no people.
    """
    noun = head.lemma_.lower()
    if noun in _NOT_PEOPLE:
        return None
    number = _number_in(head)
    if number is not None:
        return _numbered(head, number)
    start = head.left_edge.i
    if head.lower_ in ("none", "nobody") or any(c.lower_ == "no" for c in head.lefts):
        zero = head.lower_ in ("none", "nobody", "one") or head.tag_ in ("NN", "NNS")
        return Quantity(0, 0, False, start, head.i + 1) if zero else None
    if noun in _GATHERING and depth < _DEEPEST:
        for inner in _behind_of(head):
            # "the life of a soldier", but no number is in "the family of a soldier"
            if noun == "life" or _number_in(inner) is not None:
                return quantity_of(inner, depth + 1)
    return Quantity(1, 1, False, _start_of(head), head.i + 1) if _is_one(head) else None


def _behind_of(head: Token) -> Iterator[Token]:
    for prep in head.rights:
        if prep.dep_ == "prep" and prep.lower_ == "of":
            yield from (child for child in prep.children if child.dep_ == "pobj")


def _is_one(head: Token) -> bool:
    """Whether a noun phrase without a number speaks of a single human being."""
    if head.lower_ in _HIM or head.lower_ == "another" or head.ent_type_ == "PERSON":
        return head.tag_ not in ("NNS", "NNPS", "POS")
    if head.tag_ not in _SINGULAR:
        return False
    words = {child.lower_ for child in head.lefts}
    told = bool(words & {"a", "an", "another"})
    if head.tag_ != "NN" and not (told and head.ent_type_ == "NORP"):
        return False
    noun = head.lemma_.lower()
    if told and noun not in _COLLECTIVE:
        return True
    human = noun in _PEOPLE or noun.endswith(_HUMAN_ENDINGS) or head.ent_type_ == "NORP"
    return human and (head.dep_ == "conj" or any(c.dep_ in ("det", "poss") for c in head.lefts))


def _start_of(head: Token) -> int:
    """Return where the phrase of a single person begins, without what is set off before it."""
    start = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ in ("punct", "cc", "advmod", "mark") or child.right_edge.i != start - 1:
            break
        start = child.left_edge.i
    return start


def _number_in(head: Token) -> Token | None:
    """Return the token of a noun phrase that holds its number, or None."""
    if is_numeric(head.lower_) and not _names_one(head):
        return head
    for child in head.lefts:
        if child.dep_ == "compound":
            # "seven Chilean Army soldiers" is often read as seven armies
            first = head.doc[head.left_edge.i]
            if first.dep_ == "nummod" and first.head == child and is_numeric(first.lower_):
                return first
        number = child.dep_ in _NUMBERS and is_numeric(child.lower_)
        if number and (child.dep_ == "nummod" or child.ent_type_ not in ("DATE", "ORDINAL")):
            return child
    return None


def _names_one(head: Token) -> bool:
    """Whether "one" stands for a person: "no one", "the one", "a loved one"."""
    return head.lower_ == "one" and any(c.dep_ in ("det", "amod") for c in head.lefts)


def _numbered(head: Token, number: Token) -> Quantity | None:
    """Return the quantity of a phrase whose number is, or is held by, a token."""
    doc = head.doc
    first = number.left_edge.i
    floor = head.sent.start
    while first > floor and doc[first - 1].lower_ in _QUALIFYING:
        first -= 1
    words = [token.lower_ for token in doc[first : max(head.i + 1, number.i + _AHEAD)]]
    at = _first_number(words, number.i - first)
    read = NumberReader(words, at)
    low = read.number()
    if low is None:
        return None
    effects, begin = _effects(words[:at])
    high = read.upper("between" in effects)
    end = max(head.i + 1, first + read.at)
    start = first + begin
    if high is not None:
        return Quantity(low, high, "about" in effects, start, end)
    if read.open or read.more():
        bound = low + 1 if "above" in effects and not read.open else low
        return Quantity(bound, None, read.open or "about" in effects, start, end)
    about = "about" in effects or read.round
    return Quantity(*_bounds(low, effects), about, start, end)


def _first_number(words: Sequence[str], near: int) -> int:
    """Return where the number that ends near a position begins."""
    at = near
    while at > 0:
        before = words[at - 1]
        apart = before in ("and", "of", *RANGE_WORDS, *VAGUE, "a", "an", "half")
        linked = apart and at > 1 and is_numeric(words[at - 2])
        if is_numeric(before):
            at -= 1
        elif linked:
            at -= 2
        elif before in VAGUE or before in ("a", "an", "half"):
            at -= 1
        else:
            break
    return at


def _effects(words: Sequence[str]) -> tuple[set[str], int]:
    """Return what the words directly before a number say of it, and where they begin."""
    effects: set[str] = set()
    end = len(words)
    while end:
        for size in range(min(_LONGEST, end), 0, -1):
            effect = _QUALIFIERS.get(tuple(words[end - size : end]))
            if effect is not None:
                effects.add(effect)
                end -= size
                break
        else:
            break
    return effects, end


def _bounds(number: int, effects: set[str]) -> tuple[int | None, int | None]:
    if "least" in effects:
        return number, None
    if "most" in effects:
        return None, number
    if "above" in effects:
        return number + 1, None
    if "below" in effects:
        return None, number - 1
    return number, number

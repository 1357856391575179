"""A claim with what matching needs of it; whether it tells, denies or plans its happening."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from detente.model import (
    Actor,
    Claim,
    DateBasis,
    Document,
    EventType,
    Label,
    Polarity,
    SegmentKind,
    Time,
)
from detente.resolution.actors import actors_of, fold

__all__ = [
    "MUTUAL",
    "NARROW",
    "Dated",
    "contradicts",
    "dated",
    "is_denial",
    "is_planned",
    "is_vague",
    "is_withdrawn",
    "says_not",
]

# A report dates what it tells by its own publication when the event lies up to this far back.
NEWS_LAG = timedelta(days=3)
# What is told in the present tense ("fires a missile") is of the day or of the evening before.
_PRESENT_LAG = timedelta(days=1)
# A range longer than this says too little for two claims to meet on the date alone.
NARROW = timedelta(days=4)
_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
_NAME = re.compile(r"(?<!\w)[A-Z][\w'’-]+")
# a word family is its first five letters: attack, attacks, attacked
_FAMILY = 5
_EMPTY_WORDS = frozenset(
    word[:_FAMILY]
    for word in (
        "the and for that with from this have has had was were been are its his her their who "
        "which said says say after before during over into about also than then they them will "
        "would could should may might not but new one two three first last president minister "
        "foreign prime government country countries state official officials according reported"
    ).split()
)
_CALENDAR = frozenset(
    word[:_FAMILY]
    for word in (
        "monday tuesday wednesday thursday friday saturday sunday january february march april may "
        "june july august september october november december"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A claim with what matching needs of it, worked out once."""

    claim: Claim
    published: date | None
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    words: frozenset[str]
    anchor: frozenset[str]
    names: frozenset[str]
    persons: Mapping[str, frozenset[str]]
    window: tuple[date, date] | None

    @property
    def order(self) -> tuple[date, str]:
        """Earliest publication first; undated documents last; then by id."""
        return (self.published or date.max, self.claim.id)


def is_withdrawn(claim: Claim) -> bool:
    """Tell whether an editors' note repeats what an earlier report said, to correct it."""
    return claim.segment is SegmentKind.EDITORS_NOTE and bool(claim.attributions)


def says_not(claim: Claim) -> bool:
    """Tell whether the claim says that the happening did not take place."""
    certainty = claim.certainty
    if is_withdrawn(claim):
        return True
    return certainty.label is Label.DENIED or certainty.polarity is Polarity.NEGATIVE


# Lemmas of cues by which a source denies; "did not apologise" says that nothing happened, but
# contradicts nobody.
_DENYING = frozenset("deny denial refute rebut dismiss reject disavow disprove contradict".split())


def is_denial(claim: Claim) -> bool:
    """Tell whether a source denies the happening, and not just that it is told as absent."""
    if is_withdrawn(claim):
        return True
    return says_not(claim) and any(link.lemma in _DENYING for link in claim.attributions)


def contradicts(claim: Claim) -> bool:
    """Tell whether a claim that something is not so speaks against that it was.

    "Called on Turkey to stop shelling" says of the future what shall not be, and denies nothing.
    """
    ahead = claim.certainty.time in (Time.FUTURE, Time.HYPOTHETICAL)
    return says_not(claim) and (is_denial(claim) or not ahead)


def is_planned(claim: Claim) -> bool:
    """Tell whether the claim speaks of something that has not happened yet, if it ever will."""
    certainty = claim.certainty
    return certainty.label in (Label.PLANNED, Label.CONDITIONAL) or certainty.time in (
        Time.FUTURE,
        Time.HYPOTHETICAL,
    )


def dated(claim: Claim, document: Document) -> Dated:
    """Work out what matching needs of a claim."""
    actors, recipients = actors_of(claim.actors), actors_of(claim.recipients)
    anchor = frozenset(_words(claim.anchor.text))
    sides = {
        word
        for mention in (*claim.actors, *claim.recipients)
        for word in _words(f"{mention.name or ''} {mention.span.text}")
    }
    words = frozenset(_words(claim.sentence.text)) - sides - anchor - _EMPTY_WORDS
    return Dated(
        claim=claim,
        published=document.published,
        actors=actors,
        recipients=recipients,
        words=words,
        anchor=anchor - _EMPTY_WORDS,
        names=frozenset(_names(claim.sentence.text)) & words - _CALENDAR,
        persons=_persons(claim),
        window=_window(claim, document.published),
    )


# Types that take two by their nature, whoever is named first.
MUTUAL = frozenset((EventType.CONSULT, EventType.AGREE, EventType.SUPPORT))
# Sectors whose names are mostly those of bodies, not of persons; and words of such names.
_BODIES = frozenset("MIL REB SPY UAF".split())
_BODY_WORDS = frozenset("agency bureau department force forces guard guards police service".split())


def _persons(claim: Claim) -> dict[str, frozenset[str]]:
    """Return the words of the names of persons who take part, by their side and country."""
    found: dict[str, frozenset[str]] = {}
    for role, mentions in (("actor", claim.actors), ("recipient", claim.recipients)):
        for one in mentions:
            words = frozenset(fold(one.name or "").split())
            if one.sector is None or one.sector in _BODIES or words & _BODY_WORDS:
                continue
            if one.country and len(words) > 1:
                key = f"{'' if claim.act in MUTUAL else role} {one.country}"
                found[key] = found.get(key, frozenset()) | words
    return found


def _words(text: str) -> Iterable[str]:
    return (word[:_FAMILY] for word in _WORD.findall(fold(text)))


def _names(text: str) -> Iterable[str]:
    """Yield the words with a capital, save the first of the text: mostly names."""
    for found in _NAME.finditer(text):
        if found.start() > 0:
            yield from _words(found[0])


def _window(claim: Claim, published: date | None) -> tuple[date, date] | None:
    when = claim.when
    first, last = when.first, when.last
    if when.basis is DateBasis.UNKNOWN or (first is None and last is None):
        return None
    last = last or published or first
    first = first or last
    if first is None or last is None:
        return None
    if when.basis is DateBasis.PUBLICATION:
        lag = _PRESENT_LAG if claim.certainty.time is Time.PRESENT else NEWS_LAG
        first = min(first, date.fromordinal(max(1, last.toordinal() - lag.days)))
    return (first, last) if first <= last else (last, first)


def is_vague(one: Dated) -> bool:
    """Tell whether a claim leaves the day open."""
    return one.window is None or one.window[1] - one.window[0] > NARROW

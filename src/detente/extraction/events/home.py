"""Whose an unnamed body of a state is: "police", "the opposition", "protesters" of a report.

News of one country names it once and then speaks of "police" and "lawmakers". Such a party gets the
country of the event's own place, else of the other side where a state deals with its own people,
else the only country that the report has named so far. The words that name it are kept as its
antecedent. Where two countries could be meant, or where a foreign side may be meant, nothing is
given.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from detente.extraction.actors.mentions import Mentions
from detente.extraction.parse import FoundEvent, Passage
from detente.lexicon.actors import PSEUDO_COUNTRIES
from detente.model import Mention, Place, Span
from detente.model.ontology import EventType

__all__ = ["Home", "at_home", "homes_of"]

_T = EventType
# Sectors whose bearers, unnamed, belong to the country that a report is about.
_DOMESTIC = frozenset(
    {"GOV", "LEG", "JUD", "COP", "MIL", "PTY", "OPP", "REB", "SPY", "ELI", "PRM", "LAB", "PRE"}
)
# Those who deal with the people of their own country, and the deeds in which they do.
_INTERNAL = frozenset({"COP", "JUD", "LEG", "OPP", "PTY", "LAB", "CVL", "ELI", "EDU", "MED"})
_RULING = frozenset({"GOV", "MIL", "SPY", None})
_OVER_SUBJECTS = frozenset({_T.COERCE, _T.SANCTION, _T.ACCUSE, _T.CONCEDE, _T.REJECT, _T.RETREAT})
_BY_SUBJECTS = frozenset({_T.PROTEST, _T.REQUEST, _T.ACCUSE, _T.REJECT, _T.SUPPORT, _T.THREATEN})
# Done in a foreign country, these are done to it.
_REACHING = frozenset({_T.MOBILIZE, _T.ASSAULT, _T.COERCE, _T.AID, _T.RETREAT})
# Modes in which a state deals with its own people, where nothing else is said.
_JUDGED = frozenset({"arrest", "convict", "crowd-control", "execute"})
# Modes in which foreigners are dealt with: "expelled two diplomats".
_OUTWARD = frozenset({"expel", "deport"})
# What is done with words may be done anywhere.
_IN_TALKS = frozenset({_T.CONSULT, _T.AGREE, _T.SUPPORT, _T.COOPERATE, _T.RETREAT})
_ARMED = frozenset({"REB", "PRM", "COP", "OPP"})
_AUTHORITIES = frozenset({"COP", "JUD", "LEG"})
_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD"})
# What is done by force to unnamed people and things is done to those of the place.
_BY_FORCE = frozenset({_T.ASSAULT, _T.COERCE, _T.THREATEN})


@dataclass(frozen=True, slots=True)
class Home:
    """A country, and the words that name it."""

    country: str
    words: Span


def homes_of(
    passages: Sequence[Passage], mentions: Sequence[Mentions]
) -> list[dict[int, Home | None]]:
    """Return for each sentence of each passage the only country that the report can be about.

    Args:
        passages: the passages of one document, in order.
        mentions: their actors.

    Returns:
        For each passage, by the first token of a sentence: the only country named in it; where it
        names none, the only one named before; None where there are several or none.
    """
    found: list[dict[int, Home | None]] = []
    before: dict[str, Home] = {}
    for passage, own in zip(passages, mentions, strict=True):
        here: dict[int, Home | None] = {}
        for sentence in passage.doc.sents:
            named = own.countries(sentence.start, sentence.end)
            inside = {country: Home(country, words) for country, words, _ in named}
            places = {country for country, _, where in named if where}
            if len(inside) == 1:
                here[sentence.start] = next(iter(inside.values()))
            elif not inside:
                here[sentence.start] = next(iter(before.values())) if len(before) == 1 else None
            else:
                # of several, the one in which it all plays, if the report named no other before
                scene = next(iter(places)) if len(places) == 1 else None
                known = scene is not None and set(before) <= {scene}
                here[sentence.start] = inside[scene] if scene is not None and known else None
            before |= inside
        found.append(here)
    return found


def at_home(event: FoundEvent, home: Home | None) -> FoundEvent:
    """Return the event with the country of those parties that the report leaves unnamed.

    Args:
        event: the event.
        home: the only country that its sentence can be about, or None.
    """
    if _reaches(event):
        return replace(event, recipients=_whose(event))
    if all(mention.country for mention in (*event.actors, *event.recipients)):
        return event
    scene = None if _is_elsewhere(event) else _scene(event)
    actors, recipients = event.actors, event.recipients
    # those who take to the streets do it at home, whatever they are called
    crowd = event.event_type is _T.PROTEST
    if scene is not None:
        actors = tuple(_given(m, scene, everybody=crowd) for m in actors)
        if not _is_foreign(actors, scene):
            recipients = tuple(_given(m, scene) for m in recipients)
    if (ruler := _ruler(event, actors)) is not None:
        everybody = event.mode in _JUDGED and all(m.sector != "MIL" for m in actors)
        # those who fled are at home elsewhere
        recipients = tuple(
            m if m.sector == "REF" else _given(m, ruler, everybody=everybody) for m in recipients
        )
    if home is not None:
        alone = not any(m.country for m in (*actors, *recipients))
        if alone or _answers(event, actors, recipients, home):
            actors = tuple(_given(m, home, everybody=crowd) for m in actors)
            recipients = tuple(_given(m, home) for m in recipients)
    if event.event_type in _BY_FORCE:
        at = scene or _only_home(actors, home)
        if at is not None:
            recipients = tuple(_given(m, at, everybody=True) for m in recipients)
        recipients = tuple(_as_place(m, event.place, home) for m in recipients)
        if scene is not None and not recipients and not event.reciprocal:
            recipients = _whose(event)
    if actors == event.actors and recipients == event.recipients:
        return event
    return replace(event, actors=actors, recipients=recipients)


def _reaches(event: FoundEvent) -> bool:
    """Whether a deed in a foreign country is done to it: "Russia deployed troops in Syria".

    Who arrives somewhere on a visit is the guest of that country.
    """
    own = {mention.country for mention in event.actors}
    country = event.place.country if event.place is not None else None
    abroad = country is not None and country not in own and None not in own
    bare = not event.recipients and not event.reciprocal
    guest = event.event_type is _T.CONSULT and event.mode == "visit"
    return abroad and bare and (guest or event.event_type in _REACHING)


def _whose(event: FoundEvent) -> tuple[Mention, ...]:
    place = event.place
    assert place is not None
    return (place.as_party(),)


def _is_elsewhere(event: FoundEvent) -> bool:
    """Whether the place of an event is nobody's home: "Kiev and the rebels signed in Minsk"."""
    parties = (*event.actors, *event.recipients)
    return event.event_type in _IN_TALKS and any(mention.country for mention in parties)


def _scene(event: FoundEvent) -> Home | None:
    place = event.place
    return Home(place.country, place.span) if place is not None and place.country else None


def _as_place(mention: Mention, place: Place | None, home: Home | None) -> Mention:
    """Give a town that is struck or taken its country: "captured the town of Ataman"."""
    if mention.country or place is None:
        return mention
    country = place.country or (home.country if home is not None else None)
    inside = place.span.start <= mention.span.start and mention.span.end <= place.span.end
    return replace(mention, country=country) if inside else mention


def _only_home(actors: Iterable[Mention], home: Home | None) -> Home | None:
    """Return the home of those who suffer what nobody from elsewhere does."""
    return None if home is None or any(m.country for m in actors) else home


def _given(mention: Mention, home: Home, *, everybody: bool = False) -> Mention:
    anybody = everybody and mention.name is None
    if mention.country or not (anybody or mention.sector in _DOMESTIC):
        return mention
    before = home.words if home.words.end <= mention.span.start else None
    return replace(
        mention,
        country=home.country,
        sector=mention.sector or "CVL",
        antecedent=mention.antecedent or before,
    )


def _is_foreign(actors: Iterable[Mention], home: Home) -> bool:
    return any(m.country not in (None, home.country) for m in actors)


def _ruler(event: FoundEvent, actors: Sequence[Mention]) -> Home | None:
    """Return the state that deals with its own people: "a Kenyan court sentenced a minister"."""
    own = [m for m in actors if m.country]
    if len({m.country for m in own}) != 1 or own[0].country in PSEUDO_COUNTRIES:
        return None
    if event.mode in _OUTWARD:
        return None
    internal = all(m.sector in _INTERNAL or m.sector in ("REB", "PRM") for m in own)
    ruling = all(m.sector in _RULING for m in own)
    executes = event.mode == "execute"
    if internal or (ruling and (executes or event.event_type in _OVER_SUBJECTS | _BY_SUBJECTS)):
        return Home(own[0].country or "", own[0].span)
    return None


def _answers(
    event: FoundEvent, actors: Sequence[Mention], recipients: Sequence[Mention], home: Home
) -> bool:
    """Whether people deal with their own state: "protesters demand that the Kenyan premier go"."""
    if any(m.country for m in actors) or not recipients:
        return False
    if any(m.country not in (None, home.country) for m in recipients):
        return False
    handled = event.event_type in _OVER_SUBJECTS and event.mode not in _OUTWARD
    if handled and all(m.sector in _AUTHORITIES for m in actors):
        return True  # "a Ugandan opposition leader is arrested by police"
    stately = all(m.sector in _STATE or not m.country for m in recipients)
    if all(m.sector in _INTERNAL for m in actors) and event.event_type in _BY_SUBJECTS:
        return True
    return stately and all(m.sector in _ARMED for m in actors)

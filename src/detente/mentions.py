"""What a store tells of a pair beside the events between the two: who else names both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente import lexicon as lexicons
from detente.analysis.mentions import one_sided
from detente.analysis.occurrences import Occurrence
from detente.model import Dyad
from detente.settings import Settings
from detente.storage.catalog import Store

__all__ = ["Mentions", "mentions_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """The reports that name both states of a pair.

    Attributes:
        days: the day of each.
        beside: what one of the two did or suffered in sentences that name both and no third state,
            in order of day; it counts in the search for shifts, and is no event between the two.
    """

    days: tuple[date, ...] = ()
    beside: tuple[Occurrence, ...] = ()


def mentions_of(store: Store, dyad: Dyad, settings: Settings | None = None) -> Mentions:
    """Return the reports that name both states of a pair, whether or not they tell an event.

    Args:
        store: a resolved store.
        dyad: the pair.
        settings: of them, which lexicons name countries.
    """
    actors = lexicons.actors((settings or Settings()).lexicons)
    codes = (dyad.actor, dyad.recipient)
    if not all(map(actors.names_of, codes)):
        return Mentions()
    published = store.documents_naming(
        *((actors.names_of(code), actors.namesakes_of(code)) for code in codes)
    )
    beside: tuple[Occurrence, ...] = ()
    if run_id := store.events_are_of():
        claims, _ = store.claims_in(run_id, published)
        both = {one.id for one in claims if actors.states_in(one.sentence.text) == {*codes}}
        events = store.events_reported_in(published)
        beside = one_sided((e for e in events if both & {*e.claim_ids}), dyad, actors.titles)
    return Mentions(days=tuple(sorted(published.values())), beside=beside)

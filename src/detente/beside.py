"""What one of a pair did or suffered in sentences that name the other, from a store."""

from __future__ import annotations

from detente import lexicon as lexicons
from detente.analysis.beside import one_sided
from detente.analysis.occurrences import Occurrence
from detente.model import Claim, Dyad
from detente.settings import Settings
from detente.storage.catalog import Store

__all__ = ["acts_beside"]


def acts_beside(
    store: Store, dyad: Dyad, settings: Settings | None = None
) -> tuple[Occurrence, ...]:
    """Return acts that only their sentence links to both of a pair, in order of day.

    Args:
        store: a resolved store.
        dyad: the pair.
        settings: of them, which lexicons name countries.
    """
    actors = lexicons.actors((settings or Settings()).lexicons)
    codes = (dyad.actor, dyad.recipient)
    run_id = store.events_are_of()
    if run_id is None or not all(map(actors.names_of, codes)):
        return ()
    naming = store.documents_naming(
        *((actors.names_of(code), actors.namesakes_of(code)) for code in codes)
    )
    claims, _ = store.claims_in(run_id, naming)
    both = {
        one.id
        for one in claims
        if actors.states_in(one.sentence.text) == {*codes} and not _is_told_by_the_other(one, codes)
    }
    events = store.events_reported_in(naming)
    return one_sided((one for one in events if both & {*one.claim_ids}), dyad)


def _is_told_by_the_other(claim: Claim, pair: tuple[str, str]) -> bool:
    """Whether the sentence names the other one because it tells of the act, not as a party."""
    parties = {mention.country for mention in (*claim.actors, *claim.recipients)}
    tellers = {link.source.country for link in claim.attributions if link.source}
    return bool(tellers & {*pair} - parties)

"""Mentions to actors, and when two actors may be the same."""

from __future__ import annotations

from detente.lexicon import names
from detente.model import Actor, Mention

__all__ = ["actor_of", "actors_of", "compatible", "fold", "side"]


def fold(text: str) -> str:
    """Return the text without accents, case and repeated white space, for comparison only."""
    return " ".join(names.fold(text).casefold().split())


def actor_of(mention: Mention) -> Actor:
    """Return the actor that a mention names."""
    return Actor(
        country=mention.country or "",
        sector=mention.sector or "",
        name=mention.name or mention.span.text,
    )


def actors_of(mentions: tuple[Mention, ...]) -> tuple[Actor, ...]:
    """Return the actors that the mentions name, sorted, each once."""
    return tuple(sorted({actor_of(mention) for mention in mentions}))


def compatible(some: tuple[Actor, ...], others: tuple[Actor, ...]) -> bool:
    """Tell whether two lists of actors may name the same side.

    Countries must agree as sets; actors without a country must agree by folded name. A sector says
    more about a country's actor and never less: TUR MIL is compatible with TUR and with TUR GOV,
    since a newspaper names the army, the government and the state for one act.
    """
    return side(some) == side(others)


def side(actors: tuple[Actor, ...]) -> frozenset[str]:
    """Return what two lists of actors that may name the same side have in common."""
    countries = {actor.country for actor in actors if actor.country}
    if countries:
        return frozenset(countries)
    return frozenset(fold(actor.name) for actor in actors)

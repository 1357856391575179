"""What a user asks about: countries by name, pairs of them, periods."""

from __future__ import annotations

from datetime import date

from detente import lexicon as lexicons
from detente.errors import (
    InputError,
    UnknownActorError,
)
from detente.model import (
    Dyad,
)
from detente.settings import Settings

__all__ = ["check_period", "country", "country_name", "dyad_of"]


def country(name: str, *, as_of: date | None = None, settings: Settings | None = None) -> str:
    """Return the ISO 3166 alpha-3 code of a country given by name, adjective, capital or code.

    A country of one's own lexicons has the code that they give it.

    Raises:
        UnknownActorError: lists the candidates.
        InputError: when a lexicon file of the settings cannot be used.
    """
    found = lexicons.actors((settings or Settings()).lexicons).resolve(name, as_of)
    if found.code is None:
        raise UnknownActorError(name, found.candidates)
    return found.code


def country_name(code: str, *, settings: Settings | None = None) -> str:
    """Return the English name of a country code, or the code where it has none."""
    return lexicons.actors((settings or Settings()).lexicons).country_name(code)


def dyad_of(actor: str, recipient: str, *, settings: Settings | None = None) -> Dyad:
    """Return the pair of two countries by name.

    Raises:
        UnknownActorError: when a name is unknown or ambiguous.
        InputError: when both name one country, or a lexicon file of the settings cannot be used.
    """
    pair = Dyad(country(actor, settings=settings), country(recipient, settings=settings))
    if pair.actor == pair.recipient:
        raise InputError(f"{actor!r} and {recipient!r} are one country ({pair.actor}); name two")
    return pair


def check_period(since: date | None, until: date | None) -> None:
    """Raise InputError where a period ends before it begins."""
    if since and until and since > until:
        raise InputError(f"the period ends before it begins: from {since} until {until}")

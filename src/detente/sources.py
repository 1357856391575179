"""The outlets of a store and the user's register of how reliable they are."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from detente import lexicon as lexicons
from detente.errors import InputError
from detente.lexicon.register import (
    SourceRegister,
    rating_of,
    read_csv,
    read_register,
    with_lines,
)
from detente.model import Notice, SourceDescription, SourceRating
from detente.settings import Settings
from detente.storage.catalog import Store, write_text

__all__ = ["import_ratings", "rate_source", "register_of", "sources"]


def register_of(store: Store, settings: Settings | None = None) -> SourceRegister:
    """Return the register that the settings name, or else that of the store.

    Raises:
        InputError: when it cannot be used; a named one must exist.
    """
    settings = settings or Settings()
    outlets = lexicons.outlets(settings.lexicons)
    if settings.sources is None:
        return read_register(store.register_path, outlets)
    if not settings.sources.exists():
        raise InputError(f"{settings.sources}: no such file; `detente sources rate` makes one")
    return read_register(settings.sources, outlets)


def sources(store: Store, *, settings: Settings | None = None) -> tuple[SourceDescription, ...]:
    """Return the outlets that wrote or carried the documents of a store, the most frequent first.

    A credit such as "AFP via ABC News" counts for both. Outlets that are rated and have no
    document come last.

    Args:
        store: the store.
        settings: which lexicons know outlets.

    Raises:
        InputError: when the store's register cannot be used.
    """
    register = register_of(store, settings)
    counts: Counter[str] = Counter()
    for credit, documents in store.documents_per_credit().items():
        for name in {name for name, _ in register.of_credit(credit)}:
            counts[name] += documents
    names = {*counts, *register.by_outlet}
    return tuple(
        _described(name, counts[name], register)
        for name in sorted(names, key=lambda name: (-counts[name], name))
    )


def _described(name: str, documents: int, register: SourceRegister) -> SourceDescription:
    known = register.outlets.find(name)
    ratings = register.by_outlet.get(name, ())
    if known is None:
        return SourceDescription(outlet=name, documents=documents, ratings=ratings)
    return SourceDescription(
        outlet=name,
        documents=documents,
        kind=known.kind,
        country=known.country,
        owner=known.owner,
        control=known.control,
        state_described_by=known.state_described_by,
        ratings=ratings,
    )


def rate_source(
    store: Store,
    outlet: str,
    reliability: str,
    *,
    reason: str,
    by: str = "",
    rated: date | None = None,
) -> SourceRating:
    """Add a rating of an outlet to the register of a store; older ones stay.

    Args:
        store: the store.
        outlet: any name of the outlet, or its web address.
        reliability: a letter from A to F.
        reason: why.
        by: who rates.
        rated: the day of the judgement; today where none is given.

    Raises:
        InputError: when a value or the register cannot be used.
        StoreError: when the store cannot be written.
    """
    values = {"reliability": reliability.upper(), "reason": reason, "by": by}
    name = lexicons.outlets().name_of(outlet)
    rating = rating_of({"outlet": name, "rated": rated or date.today(), **values})
    _add(store, (rating,))
    return rating


def import_ratings(store: Store, path: Path) -> tuple[tuple[SourceRating, ...], tuple[Notice, ...]]:
    """Add the ratings of a CSV file, or of another register in YAML, to the register of a store.

    Ratings that the register has are not added again.

    Returns:
        The ratings that were added, and the rows that were skipped, with the reason.

    Raises:
        InputError: when the file or the register cannot be used.
        StoreError: when the store cannot be written.
    """
    notices: list[Notice] = []
    found: list[SourceRating] = []
    if path.suffix.lower() == ".csv":
        for line, row in read_csv(path):
            if isinstance(row, InputError):
                notices.append(Notice(where=f"{path}:{line}", reason=str(row), skipped=True))
            else:
                found.append(row)
    else:
        found += register_of(store, Settings(sources=path)).ratings
    present = register_of(store)
    known = {(present.outlets.name_of(r.outlet), _content(r)) for r in present.ratings}
    added = []
    for rating in found:
        key = (present.outlets.name_of(rating.outlet), _content(rating))
        if key not in known:
            known.add(key)
            added.append(rating)
    if added:
        _add(store, tuple(added))
    return tuple(added), tuple(notices)


def _content(rating: SourceRating) -> tuple[str, date, str, str]:
    return rating.reliability, rating.rated, rating.reason, rating.by


def _add(store: Store, ratings: tuple[SourceRating, ...]) -> None:
    with store.writing():
        write_text(store.register_path, with_lines(store.register_path, ratings))

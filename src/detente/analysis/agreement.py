"""How far two coders agree, with intervals.

Whether there is a claim at all: the share of the places with a claim of either at which both have
one. No chance-corrected measure is apt there, since nobody can count the places at which both
rightly say nothing. Of the fields of claims that both have: the share that is equal, and of what
has few values Cohen's kappa (1960), the agreement beyond that of coders who throw dice as loaded as
theirs. Intervals of shares are Wilson's (1927), which take the places for independent; that of a
kappa is a bootstrap over documents, since claims of one document are alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from detente.model import Agreement, ClaimField, Pairing

__all__ = ["agreements"]

# The quantile of the normal distribution for 95 %.
_Z = 1.959964
# Fewer documents than this are no sample to draw from again and again.
_LEAST_DOCUMENTS = 10
_DRAWS = 1_000
_SEED = 20261127


def agreements(pairings: Sequence[Pairing]) -> tuple[Agreement, ...]:
    """Return how far two coders agree: on there being a claim, then field by field.

    Args:
        pairings: every claim of either coder.
    """
    both = [one for one in pairings if one.both]
    return (
        _agreement("claims", len(both), len(pairings)),
        *(_of_field(field, both) for field in ClaimField),
    )


def _of_field(field: ClaimField, both: Sequence[Pairing]) -> Agreement:
    same = sum(field not in one.differ for one in both)
    labels = [pair for one in both if (pair := _values(field, one)) is not None]
    if not labels:
        return _agreement(field.value, same, len(both))
    tables = _tables([one.document_key for one in both], labels)
    kappa = float(_kappas(tables.sum(axis=0)[None])[0])
    return _agreement(field.value, same, len(both), kappa, *_interval(tables, kappa))


def _agreement(
    what: str,
    agree: int,
    of: int,
    kappa: float = float("nan"),
    low: float | None = None,
    high: float | None = None,
) -> Agreement:
    share = _wilson(agree, of) if of else (None, None, None)
    return Agreement(
        what=what,
        agree=agree,
        of=of,
        share=share[0],
        low=share[1],
        high=share[2],
        kappa=None if np.isnan(kappa) else kappa,
        kappa_low=low,
        kappa_high=high,
    )


def _wilson(part: int, whole: int) -> tuple[float, float, float]:
    """Return a share with its 95 % interval."""
    share, z2 = part / whole, _Z * _Z
    middle = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    half = _Z * sqrt(share * (1 - share) / whole + z2 / (4 * whole * whole)) / (1 + z2 / whole)
    return share, max(0.0, middle - half), min(1.0, middle + half)


def _values(field: ClaimField, one: Pairing) -> tuple[str, str] | None:
    """Return what each coder says in a field that has few values; None of the others."""
    if one.ours is None or one.second is None:
        return None
    if field is ClaimField.TYPE:
        return one.ours.event_type.value, one.second.event_type.value
    if field is ClaimField.LABEL:
        return one.ours.certainty.label.value, one.second.label.value
    return None


def _tables(documents: Sequence[str], labels: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
    """Return for each document how often one coder said this and the other that."""
    place = {value: at for at, value in enumerate(sorted({v for pair in labels for v in pair}))}
    row = {key: at for at, key in enumerate(sorted(set(documents)))}
    tables = np.zeros((len(row), len(place), len(place)))
    for (key, (ours, second)), count in Counter(zip(documents, labels, strict=True)).items():
        tables[row[key], place[ours], place[second]] = count
    return tables


def _kappas(tables: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Cohen's kappa of each table; NaN where both coders know one value alone."""
    total = tables.sum(axis=(1, 2))
    observed = np.trace(tables, axis1=1, axis2=2) / total
    expected = (tables.sum(axis=2) * tables.sum(axis=1)).sum(axis=1) / total**2
    apt = expected < 1
    kappas = np.full(len(tables), np.nan)
    kappas[apt] = (observed[apt] - expected[apt]) / (1 - expected[apt])
    return kappas


def _interval(tables: NDArray[np.float64], kappa: float) -> tuple[float, float] | tuple[None, None]:
    """Return the 95 % interval of a kappa over documents.

    None where they are few, or where every draw gives the same, as from perfect agreement: that
    would look surer than it is.
    """
    if len(tables) < _LEAST_DOCUMENTS or np.isnan(kappa):
        return None, None
    draws = np.random.default_rng(_SEED).multinomial(
        len(tables), np.full(len(tables), 1 / len(tables)), size=_DRAWS
    )
    drawn = _kappas(np.tensordot(draws.astype(np.float64), tables, axes=1))
    low, high = np.nanquantile(drawn, (0.025, 0.975))
    return (float(low), float(high)) if low < high else (None, None)

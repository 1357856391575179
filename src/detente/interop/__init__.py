"""Evidence for other tools: Web Annotations, STIX, MISP, schema.org; see docs/interop.md."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from detente.interop.annotations import annotation_page
from detente.interop.claims import claim_graph
from detente.interop.misp import misp_events
from detente.interop.parcel import Parcel
from detente.interop.stix import stix_bundle

__all__ = ["HANDED_ON", "Parcel", "handed_on"]

HANDED_ON: dict[str, Callable[[Parcel], dict[str, Any]]] = {
    "annotations": annotation_page,
    "stix": stix_bundle,
    "misp": misp_events,
    "claims": claim_graph,
}


def handed_on(form: str, parcel: Parcel) -> dict[str, Any]:
    """Return events with their evidence as the JSON object of a format.

    The same parcel gives the same object; ids are digests of what they name.

    Args:
        form: one of HANDED_ON.
        parcel: the events and what is told of them.

    Raises:
        KeyError: for another form.
    """
    return HANDED_ON[form](parcel)

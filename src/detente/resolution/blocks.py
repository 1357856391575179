"""Claims block by block: what a block depends on, and the events and reports that it gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from detente.model import Document, Event, Origins, Report, digest
from detente.model.document import Segment
from detente.resolution.accounts import Outlets
from detente.resolution.copies import Copies
from detente.resolution.events import Block, to_event
from detente.resolution.reports import reports_of

__all__ = ["Given", "input_of", "resolve_block"]


class Given(NamedTuple):
    """What a block gives.

    Attributes:
        events: its events, sorted by id.
        reports: their reports.
    """

    events: tuple[Event, ...]
    reports: tuple[Report, ...]


def input_of(block: Block, copies: Copies) -> str:
    """Return a digest of all that the events of a block depend on within one run.

    Other documents matter to a block in two ways alone: by the names that they make common, and as
    what its documents repeat. A claim's id stands for what it says and where, a document's id for
    the document and, in one run, for its parts.
    """
    documents = sorted({one.claim.document_id for one in block.claims})
    return digest(
        "block",
        sorted(one.claim.id for one in block.claims),
        sorted(block.common),
        [(one, copies.groups_of(one), copies.evidence.get(one, ())) for one in documents],
    )


def resolve_block(
    block: Block,
    documents: Mapping[str, Document],
    segments: Mapping[str, tuple[Segment, ...]],
    copies: Copies,
    outlets: Outlets,
) -> Given:
    """Return the events and reports of a block.

    Args:
        block: its claims.
        documents: the documents, by id.
        segments: the segments of each document, by id.
        copies: the copies among the documents.
        outlets: what is known of outlets.
    """
    events: list[Event] = []
    reports: list[Report] = []
    for gathered in block.gather():
        event = to_event(gathered, Origins(min=1, max=1))
        told, origins = reports_of(gathered, event.id, documents, segments, copies, outlets=outlets)
        events.append(to_event(gathered, origins))
        reports += told
    return Given(tuple(sorted(events, key=lambda one: one.id)), tuple(reports))

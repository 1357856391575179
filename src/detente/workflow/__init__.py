"""What a user can do, as functions: the API that the command line and other programs share.

::

    read(paths, store)      bytes -> documents
    extract(store)          documents -> claims
    resolve(store)          claims -> events and reports
    relation(store, dyad)   events -> series and shifts
    brief(store, dyad)      all of it -> the sourced answer

Each stage runs what is missing before it. Nothing here prints; progress is a callback.
"""

from __future__ import annotations

from detente.analysis.measures import FORMULAS
from detente.checks import LexiconCheck, check_lexicon
from detente.desk import (
    Choice,
    DocumentAccount,
    EventAccount,
    EventLine,
    Listing,
    Overview,
    document_account,
    event_account,
    events_listed,
    overview,
)
from detente.exchange import (
    check_export,
    export_events,
    export_evidence,
    exportable,
    exported,
    import_events,
    told_events,
)
from detente.interop import HANDED_ON
from detente.relations import check_drawing, drivers_of, write_chart
from detente.runs import Diagnosis, current_run, doctor
from detente.sources import import_ratings, rate_source, sources
from detente.storage.mending import Mending
from detente.storage.soundness import Soundness
from detente.workflow.answering import brief, check_brief, material_of, parcel, relation
from detente.workflow.asking import country, country_name, dyad_of
from detente.workflow.extracting import claims_of, extract, segments_of
from detente.workflow.hypotheses import (
    add_to_hypotheses,
    export_hypotheses,
    new_hypotheses,
    rows_astray,
    show_hypotheses,
)
from detente.workflow.progress import Progress
from detente.workflow.reading import Reading, raw, read, take_in
from detente.workflow.resolving import changes, events, resolve, resolve_run, standing
from detente.workflow.upkeep import check_store, compact_store, repair_store

__all__ = [
    "FORMULAS",
    "HANDED_ON",
    "Choice",
    "Diagnosis",
    "DocumentAccount",
    "EventAccount",
    "EventLine",
    "LexiconCheck",
    "Listing",
    "Mending",
    "Overview",
    "Progress",
    "Reading",
    "Soundness",
    "add_to_hypotheses",
    "brief",
    "changes",
    "check_brief",
    "check_drawing",
    "check_export",
    "check_lexicon",
    "check_store",
    "claims_of",
    "compact_store",
    "country",
    "country_name",
    "current_run",
    "doctor",
    "document_account",
    "drivers_of",
    "dyad_of",
    "event_account",
    "events",
    "events_listed",
    "export_events",
    "export_evidence",
    "export_hypotheses",
    "exportable",
    "exported",
    "extract",
    "import_events",
    "import_ratings",
    "material_of",
    "new_hypotheses",
    "overview",
    "parcel",
    "rate_source",
    "raw",
    "read",
    "relation",
    "repair_store",
    "resolve",
    "resolve_run",
    "rows_astray",
    "segments_of",
    "show_hypotheses",
    "sources",
    "standing",
    "take_in",
    "told_events",
    "write_chart",
]

"""Read open reporting and answer, with sources, what is going on between two countries.

The names below are the public ones. They are loaded when they are first used, so that
``import detente`` costs nothing and `Claim` can be had without a language model.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.briefing.render import render
    from detente.errors import (
        DetenteError,
        InputError,
        LexiconError,
        ModelError,
        StoreError,
        StoreLockedError,
        UnknownActorError,
        UnreadableError,
    )
    from detente.model import (
        Brief,
        Claim,
        Document,
        Dyad,
        Event,
        Evidence,
        Extraction,
        Findings,
        Report,
        Run,
        Shift,
        Span,
    )
    from detente.settings import Settings
    from detente.storage.catalog import Store
    from detente.workflow import (
        LexiconCheck,
        brief,
        check_lexicon,
        claims_of,
        doctor,
        dyad_of,
        events,
        extract,
        read,
        relation,
        resolve,
        segments_of,
    )

__all__ = [
    "Brief",
    "Claim",
    "DetenteError",
    "Document",
    "Dyad",
    "Event",
    "Evidence",
    "Extraction",
    "Findings",
    "InputError",
    "LexiconCheck",
    "LexiconError",
    "ModelError",
    "Report",
    "Run",
    "Settings",
    "Shift",
    "Span",
    "Store",
    "StoreError",
    "StoreLockedError",
    "UnknownActorError",
    "UnreadableError",
    "brief",
    "check_lexicon",
    "claims_of",
    "doctor",
    "dyad_of",
    "events",
    "extract",
    "read",
    "relation",
    "render",
    "resolve",
    "segments_of",
]

_HOMES = ("model", "errors", "settings", "storage.catalog", "briefing.render", "workflow")


def __getattr__(name: str) -> Any:
    """Load a public name; called only for names that are not here yet."""
    if name in __all__:
        for home in _HOMES:
            module = import_module(f"{__name__}.{home}")
            if name in module.__all__:
                value = globals()[name] = getattr(module, name)
                return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the public names, loaded or not."""
    return sorted({*globals(), *__all__})

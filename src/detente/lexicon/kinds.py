"""The kinds of lexicon files: what a file holds is told by its keys, not by its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from detente.lexicon.actor_files import ActorFile, AgentFile, AmbiguousFile
from detente.lexicon.cues import CertaintyFile, CueFile
from detente.lexicon.files import LexiconFile
from detente.lexicon.frame_files import EventFile, LightVerbFile, NounFile
from detente.lexicon.interruptions import InterruptionFile
from detente.lexicon.outlets import OutletFile
from detente.lexicon.relevance import RelevanceFile
from detente.lexicon.segments import SegmentCueFile
from detente.lexicon.themes import ThemeFile

__all__ = ["KINDS", "Kind", "kind_of"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of lexicon file.

    Attributes:
        name: what its entries are, in words.
        schema: the schema of the whole file.
        keys: keys of which one shows the kind.
    """

    name: str
    schema: type[LexiconFile]
    keys: tuple[str, ...]


KINDS = (
    Kind("event frames", EventFile, ("frames", "type")),
    Kind("noun classes", NounFile, ("classes",)),
    Kind("light verbs", LightVerbFile, ("verbs",)),
    Kind(
        "actors",
        ActorFile,
        ("actors", "countries", "offices", "breakaway", "regions", "cities"),
    ),
    Kind("agent nouns", AgentFile, ("groups",)),
    Kind("ambiguous names", AmbiguousFile, ("words", "blocked", "surnames")),
    Kind("certainty cues", CertaintyFile, ("signals",)),
    Kind("outlets", OutletFile, ("entries",)),
    Kind("words of relevance", RelevanceFile, ("topics", "figures", "eras")),
    Kind("themes", ThemeFile, ("themes",)),
    Kind("words of interruption", InterruptionFile, ("turns",)),
    Kind("segment cues", SegmentCueFile, ("markup", "headers", "agencies")),
    Kind("attribution cues", CueFile, ("cues", "sources_of_speech")),
)
_SEGMENTS, _ATTRIBUTION = KINDS[-2:]


def kind_of(content: Mapping[Any, Any]) -> Kind | None:
    """Return what kind of lexicon a file's content is, or None where no key of it tells."""
    kind = next((kind for kind in KINDS if any(key in content for key in kind.keys)), None)
    cues = content.get("cues")
    listed = cues if kind is _ATTRIBUTION and isinstance(cues, list) else []
    # both kinds call their entries cues; only those of segments are patterns
    patterns = any(isinstance(cue, dict) and "pattern" in cue for cue in listed)
    return _SEGMENTS if patterns else kind

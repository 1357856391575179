"""What the tool knows, as versioned data: actors, event frames, cues, outlets."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

from detente.lexicon.actors import ActorLexicon, load_actors
from detente.lexicon.cues import CertaintyLexicon, CueLexicon, load_certainty, load_cues
from detente.lexicon.files import DATA
from detente.lexicon.frames import FrameLexicon, load_frames
from detente.lexicon.outlets import OutletLexicon, load_outlets
from detente.lexicon.relevance import RelevanceLexicon, load_relevance

__all__ = ["Lexicon", "load", "versions"]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All lexicons that extraction needs."""

    actors: ActorLexicon
    frames: FrameLexicon
    cues: CueLexicon
    certainty: CertaintyLexicon
    outlets: OutletLexicon
    relevance: RelevanceLexicon


@cache
def load() -> Lexicon:
    """Load the shipped lexicons, once per process.

    Raises:
        LexiconError: names the file, the entry and what is allowed there.
    """
    return Lexicon(
        actors=load_actors(),
        frames=load_frames(),
        cues=load_cues(),
        certainty=load_certainty(),
        outlets=load_outlets(),
        relevance=load_relevance(),
    )


@cache
def versions() -> tuple[str, ...]:
    """Return "file digest" of every shipped lexicon file, sorted: what a Run must remember."""
    found = []
    for path in sorted((*DATA.rglob("*.yaml"), *DATA.rglob("*.json"))):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        found.append(f"{path.relative_to(DATA).as_posix()} {digest}")
    return tuple(found)

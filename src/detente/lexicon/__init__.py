"""What the tool knows, as versioned data: actors, event frames, cues, outlets.

A user's own files add to what is shipped, each after the ones before it: where both speak of the
same name, word or rule, the later file counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from detente.errors import LexiconError
from detente.lexicon.actor_files import ActorFile, AgentFile, AmbiguousFile
from detente.lexicon.actors import ActorLexicon, load_actors, with_actors
from detente.lexicon.cues import (
    CertaintyFile,
    CertaintyLexicon,
    CueFile,
    CueLexicon,
    load_certainty,
    load_cues,
    with_certainty,
    with_cues,
)
from detente.lexicon.files import DATA, digest_of, refuse
from detente.lexicon.frame_files import EventFile, LightVerbFile, NounFile
from detente.lexicon.frames import FrameLexicon, load_frames, with_frames
from detente.lexicon.interruptions import (
    InterruptionFile,
    InterruptionLexicon,
    load_interruptions,
    with_interruptions,
)
from detente.lexicon.outlets import OutletFile, OutletLexicon, load_outlets, with_outlets
from detente.lexicon.own import OwnFile, Source, check_together, files_of, open_own, read_own
from detente.lexicon.plausibility import PlausibilityFile, load_plausibility
from detente.lexicon.relevance import (
    RelevanceFile,
    RelevanceLexicon,
    load_relevance,
    with_relevance,
)
from detente.lexicon.segments import SegmentCueFile
from detente.lexicon.themes import ThemeFile, ThemeLexicon, load_themes, with_themes

__all__ = [
    "Lexicon",
    "actors",
    "interruptions",
    "join",
    "load",
    "outlets",
    "read_together",
    "themes",
    "versions",
]

# Sets of own files that one process keeps; a program that varies its lexicon may use many.
_KEPT = 4


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All lexicons that extraction needs, and what a user's own files add to others.

    Attributes:
        actors: who can act.
        frames: which words are events.
        cues: which words attribute.
        certainty: which words tell how something is held.
        outlets: the publications.
        relevance: which words are political, and which speak against it.
        themes: what dealings are about.
        interruptions: which words say that something was stopped or taken up again.
        plausibility: the weights of the statistical helper; None: it leaves nothing out.
        versions: as `versions`, of the files as they were when they were read.
    """

    actors: ActorLexicon
    frames: FrameLexicon
    cues: CueLexicon
    certainty: CertaintyLexicon
    outlets: OutletLexicon
    relevance: RelevanceLexicon
    themes: ThemeLexicon
    interruptions: InterruptionLexicon
    plausibility: PlausibilityFile | None = None
    versions: tuple[str, ...] = ()


def load(extra: Iterable[str | Path] = ()) -> Lexicon:
    """Load the shipped lexicons and what a user's own files add to them; once per process.

    Args:
        extra: YAML files of any kind that `detente lexicon check` knows, save segment cues, which
            are no part of a run. A file that has changed since is read again.

    Raises:
        InputError: when a file cannot be read.
        LexiconError: names the file, the entry and what is allowed there.
    """
    return _load(tuple(open_own(Path(path)) for path in extra))


def actors(extra: Iterable[str | Path] = ()) -> ActorLexicon:
    """Return ``load(extra).actors``, without reading the other lexicons where nothing is added."""
    own = tuple(extra)
    return load(own).actors if own else load_actors()


def outlets(extra: Iterable[str | Path] = ()) -> OutletLexicon:
    """Return ``load(extra).outlets``, without reading the other lexicons where nothing is added."""
    own = tuple(extra)
    return load(own).outlets if own else load_outlets()


def interruptions(extra: Iterable[str | Path] = ()) -> InterruptionLexicon:
    """Return ``load(extra).interruptions``, without the other lexicons where nothing is added."""
    own = tuple(extra)
    return load(own).interruptions if own else load_interruptions()


def themes(extra: Iterable[str | Path] = ()) -> ThemeLexicon:
    """Return ``load(extra).themes``, without reading the other lexicons where nothing is added."""
    own = tuple(extra)
    return load(own).themes if own else load_themes()


@lru_cache(maxsize=_KEPT)
def _load(sources: tuple[Source, ...]) -> Lexicon:
    own = read_together(sources)
    for one in own:
        refuse(one.path, one.flaws)
        if isinstance(one.file, SegmentCueFile):
            raise LexiconError(
                f"{one.path}: segment cues cannot be added to a run, which finds segments that all "
                "runs share; add frames, actors, nouns, cues or outlets"
            )
    joined = join(own, (*_shipped_versions(), *map(_version, sources)))
    return replace(joined, plausibility=load_plausibility())


def read_together(sources: Iterable[Source]) -> tuple[OwnFile, ...]:
    """Return what a user's files hold, with all that is wrong in them, used together."""
    own = [read_own(source) for source in sources]
    return check_together(own, load_frames().classes)


def join(own: Sequence[OwnFile], versions: tuple[str, ...] = ()) -> Lexicon:
    """Return the shipped lexicons with the sound entries of a user's files, without the helper.

    The statistical helper knows shipped rules alone; whether an entry holds is not its affair.

    Args:
        own: the files, from `read_together`.
        versions: what a Run must remember of all files.
    """
    return Lexicon(
        actors=with_actors(load_actors(), files_of(own, ActorFile, AgentFile, AmbiguousFile)),
        frames=with_frames(load_frames(), files_of(own, EventFile, LightVerbFile, NounFile)),
        cues=with_cues(load_cues(), files_of(own, CueFile)),
        certainty=with_certainty(load_certainty(), files_of(own, CertaintyFile)),
        outlets=with_outlets(load_outlets(), files_of(own, OutletFile)),
        relevance=with_relevance(load_relevance(), files_of(own, RelevanceFile)),
        themes=with_themes(load_themes(), files_of(own, ThemeFile)),
        interruptions=with_interruptions(load_interruptions(), files_of(own, InterruptionFile)),
        versions=versions,
    )


def versions(extra: Iterable[str | Path] = ()) -> tuple[str, ...]:
    """Return "file digest" of every lexicon file, the shipped ones sorted: what a Run remembers.

    Args:
        extra: a user's own files, in the order in which they are used.

    Raises:
        InputError: when a file cannot be read.
    """
    return (*_shipped_versions(), *(_version(open_own(Path(path))) for path in extra))


def _version(source: Source) -> str:
    return f"own/{source.path.name} {digest_of(source.content)}"


@cache
def _shipped_versions() -> tuple[str, ...]:
    found = []
    for path in sorted((*DATA.rglob("*.yaml"), *DATA.rglob("*.json"))):
        found.append(f"{path.relative_to(DATA).as_posix()} {digest_of(path.read_bytes())}")
    return tuple(found)

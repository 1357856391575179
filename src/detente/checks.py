"""Whether a user's lexicon files hold: their form, and their examples by the real extraction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from detente import lexicon as lexicons
from detente.errors import InputError
from detente.extraction.claims import extract_batch
from detente.extraction.mentioned import mentioned
from detente.extraction.parse import language_model
from detente.lexicon import Lexicon
from detente.lexicon.actor_files import (
    ActorFile,
    AgentFile,
    AmbiguousFile,
    NamedEntry,
    OfficeEntry,
)
from detente.lexicon.flaws import Location
from detente.lexicon.frame_files import EventFile
from detente.lexicon.outlets import OutletFile
from detente.lexicon.own import OwnFile, Source, open_own
from detente.lexicon.segments import SegmentCueFile, SegmentCues
from detente.model import Claim, Document, Extraction, Mention, document_id
from detente.settings import Settings

__all__ = ["LexiconCheck", "check_lexicon"]

# Where in a file something is wrong, and what.
Complaint = tuple[Location, str]


@dataclass(frozen=True, slots=True)
class LexiconCheck:
    """What was found in one lexicon file.

    Attributes:
        path: the file.
        readable: whether it could be read at all.
        kind: what it holds, in words; None where that cannot be told.
        entries: how many entries it has, the faulty ones not counted.
        sentences: how many of its examples and counter-examples were tried.
        problems: one line each: the file, the entry, what is wrong, what would work.
    """

    path: Path
    readable: bool = True
    kind: str | None = None
    entries: int = 0
    sentences: int = 0
    problems: tuple[str, ...] = ()

    @property
    def well(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def check_lexicon(
    paths: Sequence[str | Path], *, settings: Settings | None = None
) -> tuple[LexiconCheck, ...]:
    """Check lexicon files of one's own, as they would be used together with the shipped ones.

    Every entry is checked against the schema of its kind. The examples of event frames and of
    actors go through the extraction, with the shipped lexicons and the sound entries of all the
    files; examples of outlets are looked up, those of segment cues are matched.

    Args:
        paths: YAML files of any kind that the tool ships.
        settings: which language model to use.

    Returns:
        What was found in each file, in the order given. Nothing is raised for a file that cannot
        be read or used: it is in the result.

    Raises:
        ModelError: when the language model is missing.
    """
    settings = settings or Settings()
    sources: list[Source] = []
    unread: dict[Path, LexiconCheck] = {}
    listed = list(dict.fromkeys(map(Path, paths)))
    for path in listed:
        try:
            sources.append(open_own(path))
        except InputError as error:
            unread[path] = LexiconCheck(path, readable=False, problems=(str(error),))
    own = {one.path: one for one in lexicons.read_together(sources)}
    joined = lexicons.join(tuple(own.values()))
    return tuple(unread.get(path) or _checked(own[path], joined, settings) for path in listed)


def _checked(own: OwnFile, lexicon: Lexicon, settings: Settings) -> LexiconCheck:
    told = [str(flaw) for flaw in own.flaws]
    sentences = 0
    if own.sifted is not None and own.file is not None:
        trials, complaints = _tried(own, lexicon, settings)
        sentences = trials
        told += [str(own.sifted.flaw(place, what)) for place, what in complaints]
    return LexiconCheck(
        own.path,
        kind=own.kind.name if own.kind else None,
        entries=own.file.size() if own.file else 0,
        sentences=sentences,
        problems=tuple(f"{own.path}: {line}" for line in told),
    )


def _tried(own: OwnFile, lexicon: Lexicon, settings: Settings) -> tuple[int, list[Complaint]]:
    """Return how many examples of a file were tried, and what is wrong with which."""
    match own.file:
        case EventFile():
            return _try_frames(own.file, lexicon, settings)
        case ActorFile() | AgentFile() | AmbiguousFile():
            return _try_actors(_namings(own.file), lexicon, settings)
        case OutletFile():
            return _try_outlets(own.file, lexicon)
        case SegmentCueFile():
            return _try_segment_cues(own.file)
    return 0, []


def _document(text: str, day: date | None = None) -> Document:
    identifier = document_id(text, url=None, outlets=(), published=day)
    return Document(id=identifier, key="example", text=text, published=day)


# --- event frames ----------------------------------------------------------------------------


def _try_frames(
    file: EventFile, lexicon: Lexicon, settings: Settings
) -> tuple[int, list[Complaint]]:
    tried = [
        (index, file.rule_of(frame), text, wanted)
        for index, frame in enumerate(file.frames)
        for texts, wanted in ((frame.examples, True), (frame.not_, False))
        for text in texts
    ]
    documents = [_document(text) for _, _, text, _ in tried]
    model = language_model(settings.language_model)
    complaints: list[Complaint] = []
    drawn = extract_batch(documents, model=model, lexicon=lexicon)
    for (index, rule, text, wanted), extraction in zip(tried, drawn, strict=True):
        matched = [claim for claim in extraction.claims if claim.rule == rule]
        if wanted and not matched:
            what = f"example {text!r} is not matched; {_instead(rule, extraction)}"
            complaints.append((("frames", index), what))
        elif matched and not wanted:
            what = (
                f"'not' sentence {text!r} is matched: {_claim_words(matched[0])}; narrow the frame "
                "by object, not_object, subject, prep or complement"
            )
            complaints.append((("frames", index), what))
    return len(tried), complaints


def _instead(rule: str, extraction: Extraction) -> str:
    """Return what was found where a frame should have matched, and what would help."""
    own = [one for one in extraction.abstentions if one.rule == rule]
    if own:
        return f"the frame fits at {own[0].span.text!r}, but: {own[0].reason}"
    if extraction.problem:
        return f"the sentence broke the extraction: {extraction.problem}"
    if extraction.claims:
        found = "; ".join(_claim_words(claim) for claim in extraction.claims)
        return f"found instead: {found}; of two frames that fit, the one with more conditions wins"
    if extraction.abstentions:
        found = "; ".join(
            f"{one.rule} fits at {one.span.text!r}, but: {one.reason}"
            for one in extraction.abstentions
        )
        return f"found instead: {found}"
    return (
        "nothing was found: the sentence must have the frame's words in the frame's construction, "
        "and an actor that the lexicon knows"
    )


def _claim_words(claim: Claim) -> str:
    sides = [" and ".join(m.span.text for m in s) for s in (claim.actors, claim.recipients)]
    return f"{claim.rule} ({claim.event_type}: {' > '.join(side for side in sides if side)})"


# --- actors ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Naming:
    """A sentence that must name an actor: where it stands, on which day, and what will do."""

    place: Location
    text: str
    day: date | None
    wanted: str
    fits: Callable[[Mention], bool]


def _namings(file: ActorFile | AgentFile | AmbiguousFile) -> Iterator[_Naming]:
    match file:
        case ActorFile():
            yield from _country_namings(file)
            dated: dict[str, Sequence[NamedEntry | OfficeEntry]]
            dated = {"actors": file.actors, "offices": file.offices}
            for key, entries in dated.items():
                for index, entry in enumerate(entries):
                    wanted = f"{entry.name} ({entry.country or 'no country'})"
                    for text in entry.examples:
                        fits = _has(entry.name, entry.country)
                        yield _Naming((key, index), text, entry.day, wanted, fits)
        case AgentFile():
            for index, group in enumerate(file.groups):
                for text in group.examples:
                    wanted = f"an agent of sector {group.sector}"
                    yield _Naming(("groups", index), text, None, wanted, _of_sector(group.sector))
        case AmbiguousFile():
            for index, word in enumerate(file.words):
                for text in word.examples:
                    wanted = f"{word.word} ({word.code or 'no country'})"
                    yield _Naming(("words", index), text, None, wanted, _has(None, word.code))


def _country_namings(file: ActorFile) -> Iterator[_Naming]:
    for key in ("countries", "breakaway", "regions", "cities"):
        for index, entry in enumerate(getattr(file, key)):
            name = None if entry.code else entry.name
            for text in entry.examples:
                wanted = f"{entry.name} ({entry.code or 'no country'})"
                yield _Naming((key, index), text, None, wanted, _has(name, entry.code))


def _has(name: str | None, country: str | None) -> Callable[[Mention], bool]:
    return lambda mention: (name in (None, mention.name)) and (country in (None, mention.country))


def _of_sector(sector: str | None) -> Callable[[Mention], bool]:
    return lambda mention: sector in (None, mention.sector)


def _try_actors(
    namings: Iterator[_Naming], lexicon: Lexicon, settings: Settings
) -> tuple[int, list[Complaint]]:
    tried = list(namings)
    documents = [_document(one.text, one.day) for one in tried]
    found = mentioned(documents, model=language_model(settings.language_model), lexicon=lexicon)
    complaints: list[Complaint] = []
    for naming, mentions in zip(tried, found, strict=True):
        if not any(naming.fits(mention) for mention in mentions):
            seen = "; ".join(dict.fromkeys(map(_mention_words, mentions))) or "nobody"
            what = f"example {naming.text!r} does not name {naming.wanted}; it names {seen}"
            complaints.append((naming.place, what))
    return len(tried), complaints


def _mention_words(mention: Mention) -> str:
    known = [part for part in (mention.name, mention.country, mention.sector) if part]
    return f"{mention.span.text!r} ({', '.join(known)})"


# --- outlets and segments --------------------------------------------------------------------


def _try_outlets(file: OutletFile, lexicon: Lexicon) -> tuple[int, list[Complaint]]:
    tried = [(i, o.name, text) for i, o in enumerate(file.entries) for text in o.examples]
    complaints: list[Complaint] = []
    for index, name, text in tried:
        found = [outlet.name for outlet in lexicon.outlets.credited(text)]
        if name not in found:
            seen = ", ".join(found) or "no outlet"
            what = f"example {text!r} leads to {seen}; give its words as an alias or a domain"
            complaints.append((("entries", index), what))
    return len(tried), complaints


def _try_segment_cues(file: SegmentCueFile) -> tuple[int, list[Complaint]]:
    complaints: list[Complaint] = []
    tried = 0
    for index, cue in enumerate(file.cues):
        alone = SegmentCues(file.model_copy(update={"cues": (cue,)}), file.version)
        for texts, wanted in ((cue.examples, True), (cue.counter_examples, False)):
            for text in texts:
                tried += 1
                if (alone.match(text) is not None) is not wanted:
                    kind = "example" if wanted else "'not' text"
                    verb = "is not matched" if wanted else "is matched"
                    complaints.append(
                        (("cues", index), f"{kind} {text!r} {verb}; mend the pattern")
                    )
    return tried, complaints

"""Whether a user's lexicon files hold: their form, and their examples by the real extraction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from detente import extraction
from detente import lexicon as lexicons
from detente.errors import InputError
from detente.lexicon import Lexicon
from detente.lexicon.actor_files import (
    ActorFile,
    AgentFile,
    AmbiguousFile,
    NamedEntry,
    OfficeEntry,
)
from detente.lexicon.files import LexiconFile
from detente.lexicon.flaws import Location
from detente.lexicon.frame_files import EventFile
from detente.lexicon.outlets import OutletFile
from detente.lexicon.own import OwnFile, Source, open_own
from detente.lexicon.segments import SegmentCueFile, SegmentCues
from detente.model import Document, Extraction, Mention, document_id
from detente.settings import Settings

if TYPE_CHECKING:
    from detente.extraction.parse import FoundEvent
    from detente.extraction.trial import Trial

__all__ = ["LexiconCheck", "check_lexicon"]

# Where in a file something is wrong, and what.
Complaint = tuple[Location, str]


@dataclass(slots=True)
class _Tried:
    """How many sentences of a file were tried, what is wrong with which, what is to be known."""

    sentences: int = 0
    complaints: list[Complaint] = field(default_factory=list)
    remarks: list[Complaint] = field(default_factory=list)


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
        remarks: one line each: examples that their frame matches, but that make no claim, since
            what they tell is no politics or not done.
    """

    path: Path
    readable: bool = True
    kind: str | None = None
    entries: int = 0
    sentences: int = 0
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

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
    problems = [str(flaw) for flaw in own.flaws]
    remarks: list[str] = []
    result = _Tried()
    if own.sifted is not None and own.file is not None:
        result = _try(own.file, lexicon, settings)
        problems += [str(own.sifted.flaw(*one)) for one in result.complaints]
        remarks += [str(own.sifted.flaw(*one)) for one in result.remarks]
    return LexiconCheck(
        own.path,
        kind=own.kind.name if own.kind else None,
        entries=own.file.size() if own.file else 0,
        sentences=result.sentences,
        problems=tuple(f"{own.path}: {line}" for line in problems),
        remarks=tuple(f"{own.path}: {line}" for line in remarks),
    )


def _try(file: LexiconFile, lexicon: Lexicon, settings: Settings) -> _Tried:
    match file:
        case EventFile():
            return _try_frames(file, lexicon, settings)
        case ActorFile() | AgentFile() | AmbiguousFile():
            return _try_actors(_namings(file), lexicon, settings)
        case OutletFile():
            return _try_outlets(file, lexicon)
        case SegmentCueFile():
            return _try_segment_cues(file)
    return _Tried()


def _document(text: str, day: date | None = None) -> Document:
    identifier = document_id(text, url=None, outlets=(), published=day)
    return Document(id=identifier, key="example", text=text, published=day)


# --- event frames ----------------------------------------------------------------------------


def _try_frames(file: EventFile, lexicon: Lexicon, settings: Settings) -> _Tried:
    tried = [
        (("frames", index), file.rule_of(frame), text, wanted)
        for index, frame in enumerate(file.frames)
        for texts, wanted in ((frame.examples, True), (frame.not_, False))
        for text in texts
    ]
    documents = [_document(text) for _, _, text, _ in tried]
    model = extraction.language_model(settings.language_model)
    trials = extraction.try_documents(documents, model=model, lexicon=lexicon)
    drawn = extraction.extract_batch(documents, model=model, lexicon=lexicon)
    result = _Tried(len(tried))
    for (place, rule, text, wanted), trial, found in zip(tried, trials, drawn, strict=True):
        matched = [event for event in trial.events if event.rule == rule]
        if matched and not wanted:
            what = f"'not' sentence {text!r} is matched: {_event_words(matched[0])}; narrow the"
            conditions = "frame by object, not_object, subject, prep or complement"
            result.complaints.append((place, f"{what} {conditions}"))
        elif wanted and not matched:
            instead = _instead(rule, trial)
            result.complaints.append((place, f"example {text!r} is not matched; {instead}"))
        elif wanted and not any(claim.rule == rule for claim in found.claims):
            why = _left_out(rule, found)
            result.remarks.append((place, f"example {text!r} is matched and left out: {why}"))
    return result


def _instead(rule: str, trial: Trial) -> str:
    """Return what was found where a frame should have matched, and what would help."""
    own = [one for one in trial.abstentions if one.rule == rule]
    if own:
        return f"the frame fits at {own[0].span.text!r}, but: {own[0].reason}"
    if trial.events:
        found = "; ".join(map(_event_words, trial.events))
        return f"found instead: {found}; of two frames that fit, the one with more conditions wins"
    if trial.abstentions:
        found = "; ".join(
            f"{one.rule} fits at {one.span.text!r}, but: {one.reason}" for one in trial.abstentions
        )
        return f"found instead: {found}"
    return (
        "nothing was found: the sentence must have the frame's words in the frame's construction, "
        "and an actor that the lexicon knows"
    )


def _left_out(rule: str, found: Extraction) -> str:
    """Return why the events of a frame made no claim."""
    if found.problem:
        return f"the sentence broke the extraction: {found.problem}"
    reasons = [one.reason for one in found.abstentions if one.rule == rule]
    return reasons[0] if reasons else "it is part of another event"


def _event_words(event: FoundEvent) -> str:
    sides = [" and ".join(m.span.text for m in s) for s in (event.actors, event.recipients)]
    return f"{event.rule} ({event.event_type}: {' > '.join(side for side in sides if side)})"


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


def _try_actors(namings: Iterator[_Naming], lexicon: Lexicon, settings: Settings) -> _Tried:
    tried = list(namings)
    documents = [_document(one.text, one.day) for one in tried]
    model = extraction.language_model(settings.language_model)
    trials = extraction.try_documents(documents, model=model, lexicon=lexicon)
    result = _Tried(len(tried))
    for naming, trial in zip(tried, trials, strict=True):
        if not any(naming.fits(mention) for mention in trial.mentions):
            seen = "; ".join(dict.fromkeys(map(_mention_words, trial.mentions))) or "nobody"
            what = f"example {naming.text!r} does not name {naming.wanted}; it names {seen}"
            result.complaints.append((naming.place, what))
    return result


def _mention_words(mention: Mention) -> str:
    known = [part for part in (mention.name, mention.country, mention.sector) if part]
    return f"{mention.span.text!r} ({', '.join(known)})"


# --- outlets and segments --------------------------------------------------------------------


def _try_outlets(file: OutletFile, lexicon: Lexicon) -> _Tried:
    tried = [(i, o.name, text) for i, o in enumerate(file.entries) for text in o.examples]
    result = _Tried(len(tried))
    for index, name, text in tried:
        found = [outlet.name for outlet in lexicon.outlets.credited(text)]
        if name not in found:
            seen = ", ".join(found) or "no outlet"
            what = f"example {text!r} leads to {seen}; give its words as an alias or a domain"
            result.complaints.append((("entries", index), what))
    return result


def _try_segment_cues(file: SegmentCueFile) -> _Tried:
    result = _Tried()
    for index, cue in enumerate(file.cues):
        alone = SegmentCues(file.model_copy(update={"cues": (cue,)}), file.version)
        for texts, wanted in ((cue.examples, True), (cue.counter_examples, False)):
            for text in texts:
                result.sentences += 1
                if (alone.match(text) is not None) is not wanted:
                    kind = "example" if wanted else "'not' text"
                    verb = "is not matched" if wanted else "is matched"
                    what = f"{kind} {text!r} {verb}; mend the pattern"
                    result.complaints.append((("cues", index), what))
    return result

"""Event frames compiled: patterns by head word, the most specific first.

What the roles of a pattern mean in a parse is the affair of ``detente.extraction``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from detente.errors import LexiconError
from detente.lexicon.files import DATA, load_file, refuse
from detente.lexicon.flaws import Flaw
from detente.lexicon.frame_files import (
    PREPOSITIONS,
    EventFile,
    Frame,
    LightVerb,
    LightVerbFile,
    NounClass,
    NounFile,
)
from detente.lexicon.noun_classes import (
    ACTOR_CLASSES,
    class_problems,
    expand,
    flat_classes,
    joined_classes,
)
from detente.model.ontology import EventType, quad_class

__all__ = ["ANY", "FrameLexicon", "Pattern", "load_frames", "with_frames"]

# "*" among the words of a condition: any word will do.
ANY = "*"
# What "object" of a verb becomes beside the nouns of the same event, and "subject" likewise.
OBJECT_OF_NOUN = ("of", "on", "against")
SUBJECT_OF_NOUN = ("by", "possessor", "modifier")
RECIPROCAL_OF_NOUN = ("between", "among", "with", "possessor", "modifier", "by")


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A frame made ready for matching on one head word.

    Attributes:
        frame: the entry that it comes from.
        rule: "<file>:<frame id>".
        event_type: PLOVER type.
        head: lemma of the head.
        before: words that must stand directly before the head (nouns: "air" strike).
        after: a verb's particle and fixed words; a noun's words directly after it.
        actor: roles of the actor.
        recipient: roles of the recipient.
        object: lemmas of which the object must be one; None for no condition.
        not_object: lemmas of which the object must be none.
        subject: lemmas of which the subject must be one; None for no condition.
        not_subject: lemmas of which the subject must be none.
        prep: prepositions with the lemmas of their objects.
        not_prep: prepositions with the lemmas that none of their objects may be.
        complement: lemmas of the governed clause; None for no condition.
        not_complement: lemmas that no governed clause may have.
        rank: sort key; of two patterns that match, the lower one wins.
    """

    frame: Frame
    rule: str
    event_type: EventType
    head: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    object: frozenset[str] | None
    not_object: frozenset[str]
    subject: frozenset[str] | None
    not_subject: frozenset[str]
    prep: Mapping[str, frozenset[str]]
    not_prep: Mapping[str, frozenset[str]]
    complement: frozenset[str] | None
    not_complement: frozenset[str]
    rank: tuple[int, ...]

    @property
    def mode(self) -> str | None:
        """PLOVER mode, or None."""
        return self.frame.mode

    @property
    def reciprocal(self) -> bool:
        """Whether all parties are actors."""
        return self.frame.reciprocal


@dataclass(frozen=True, slots=True, eq=False)
class FrameLexicon:
    """All frames, indexed by the lemma of their head; in each list the most specific first.

    Attributes:
        verbs: patterns of verbs.
        nouns: patterns of nouns, those of the verb frames' ``nouns`` among them.
        adjectives: patterns of predicative adjectives.
        light: light verbs by lemma, those with fixed words first.
        classes: the noun classes by name.
        files: the checked event files.
        types: the type of each file, by the part of its name that rules begin with.
        versions: "name version digest" of every shipped file, sorted.
    """

    verbs: Mapping[str, tuple[Pattern, ...]]
    nouns: Mapping[str, tuple[Pattern, ...]]
    adjectives: Mapping[str, tuple[Pattern, ...]]
    light: Mapping[str, tuple[LightVerb, ...]]
    classes: Mapping[str, NounClass]
    files: tuple[EventFile, ...]
    types: Mapping[str, EventType]
    versions: tuple[str, ...]

    @property
    def known_verbs(self) -> frozenset[str]:
        """Lemmas of all verbs that head a frame or leave the meaning to their object."""
        return frozenset(self.verbs.keys() | self.light.keys())


@cache
def load_frames(folder: Path = DATA / "events") -> FrameLexicon:
    """Load and check the event frames, once per process.

    Args:
        folder: holds one file per event type, nouns.yaml and light_verbs.yaml; any may be absent.

    Raises:
        LexiconError: names the file, the entry and what is allowed there.
    """
    paths = {path.stem: path for path in sorted(folder.glob("*.yaml"))}
    versions: list[str] = []
    classes: Mapping[str, NounClass] = {}
    light: tuple[LightVerb, ...] = ()
    if path := paths.pop("nouns", None):
        nouns, version = load_file(path, NounFile)
        classes = nouns.classes
        refuse(path, [Flaw(f"class {n!r}", what) for n, what in class_problems(classes).items()])
        versions.append(version)
    if path := paths.pop("light_verbs", None):
        verbs, version = load_file(path, LightVerbFile)
        light = verbs.verbs
        versions.append(version)
    files: list[EventFile] = []
    for path in paths.values():
        file, version = load_file(path, EventFile)
        files.append(file)
        versions.append(version)
    return _compiled((tuple(files),), classes, light, tuple(sorted(versions)))


def with_frames(
    shipped: FrameLexicon, own: Sequence[EventFile | LightVerbFile | NounFile]
) -> FrameLexicon:
    """Return a lexicon with what a user's files add to it.

    A frame of theirs wins over a shipped one that is as specific, and takes the place of one with
    the same rule; so does a light verb. A noun class adds its words to the class of its name.

    Raises:
        LexiconError: when a frame or a class names an unknown noun class.
    """
    if not own:
        return shipped
    classes = joined_classes(shipped.classes, own)
    for name, problem in class_problems(classes).items():
        raise LexiconError(f"class {name!r}: {problem}")
    verbs = {verb.verb: verb for listed in shipped.light.values() for verb in listed}
    verbs |= {v.verb: v for file in own if isinstance(file, LightVerbFile) for v in file.verbs}
    events = [file for file in own if isinstance(file, EventFile)]
    return _compiled((shipped.files, events), classes, verbs.values(), shipped.versions)


def _compiled(
    layers: Sequence[Sequence[EventFile]],
    classes: Mapping[str, NounClass],
    light: Iterable[LightVerb],
    versions: tuple[str, ...],
) -> FrameLexicon:
    """Make patterns of frames; those of a later layer go before those that are as specific."""
    flat = flat_classes(classes)
    by_rule: dict[str, list[tuple[str, Pattern]]] = {}
    for number, layer in enumerate(layers):
        for file in layer:
            own: defaultdict[str, list[tuple[str, Pattern]]] = defaultdict(list)
            for kind, pattern in _patterns_of(file, flat, number):
                own[pattern.rule].append((kind, pattern))
            by_rule |= own
    patterns = [pair for listed in by_rule.values() for pair in listed]
    return FrameLexicon(
        verbs=_index(pattern for kind, pattern in patterns if kind == "verb"),
        nouns=_index(pattern for kind, pattern in patterns if kind == "noun"),
        adjectives=_index(pattern for kind, pattern in patterns if kind == "adjective"),
        light=_light_index(light),
        classes=classes,
        files=(files := tuple(file for layer in layers for file in layer)),
        types={file.stem: file.type for file in files},
        versions=versions,
    )


def _patterns_of(
    file: EventFile, classes: Mapping[str, frozenset[str]], layer: int
) -> Iterable[tuple[str, Pattern]]:
    """Yield the patterns of a file with the kind of their head: verb, noun or adjective."""
    for order, frame in enumerate(file.frames):
        rule = file.rule_of(frame)

        def words(listed: Iterable[str], rule: str = rule) -> frozenset[str]:
            return expand(listed, classes, rule)

        conditions = (
            frame.object,
            frame.subject,
            frame.complement,
            frame.modal,
            ("not",) if frame.negated else (),
            *frame.prep.values(),
        )
        pattern = Pattern(
            frame=frame,
            rule=rule,
            event_type=file.type,
            head="",
            before=(),
            after=(),
            actor=frame.actor or ("subject",),
            recipient=frame.recipient if frame.recipient is not None else ("object",),
            object=words(frame.object) if frame.object else None,
            not_object=words(frame.not_object),
            subject=words(frame.subject) if frame.subject else None,
            not_subject=words(frame.not_subject),
            prep={word: words(listed) for word, listed in frame.prep.items()},
            not_prep={word: words(listed) for word, listed in frame.not_prep.items()},
            complement=words(frame.complement) if frame.complement else None,
            not_complement=words(frame.not_complement),
            rank=(-sum(map(_weight, conditions)), -layer, int(quad_class(file.type) % 2), order),
        )
        if frame.verb:
            first, *after = frame.verb.split()
            *before, head = _split_hyphens(first).split()
            yield "verb", _headed(pattern, head, before=before, after=after)
            for noun in frame.nouns:
                yield "noun", _nominal(pattern, noun)
        elif frame.noun:
            own = frame.actor or (RECIPROCAL_OF_NOUN if frame.reciprocal else SUBJECT_OF_NOUN)
            yield "noun", _noun_headed(replace(pattern, actor=own), frame.noun)
        elif frame.adjective:
            *before, head = frame.adjective.split()
            yield "adjective", _headed(pattern, head, before=before)


def _weight(condition: tuple[str, ...]) -> int:
    """Return how much a condition narrows a frame; a fixed word counts one."""
    if not condition:
        return 0
    return 1 if ACTOR_CLASSES.union((ANY,)).intersection(condition) else 3


def _nominal(pattern: Pattern, noun: str) -> Pattern:
    """Return the pattern of a noun of the same event as a verb, with derived roles."""
    actor: list[str] = []
    for role in pattern.actor:
        actor += SUBJECT_OF_NOUN if role == "subject" else (role,)
    recipient: list[str] = []
    for role in pattern.recipient:
        recipient += OBJECT_OF_NOUN if role == "object" else (role,)
    if "of" not in recipient:
        actor.append("of")  # "the withdrawal of Russian troops from Syria"
    if pattern.reciprocal:
        actor = [*RECIPROCAL_OF_NOUN]
    derived = replace(pattern, actor=_unique(actor), recipient=_unique(recipient))
    return _noun_headed(derived, noun)


def _noun_headed(pattern: Pattern, noun: str) -> Pattern:
    """Put a noun with fixed words at the head: the last word, or the last before a preposition."""
    words = _split_hyphens(noun).split()
    cuts = (at for at, word in enumerate(words) if at and word in PREPOSITIONS)
    cut = next((at for at in cuts if words[at - 1] != "-"), len(words))
    return _headed(pattern, words[cut - 1], before=words[: cut - 1], after=words[cut:])


def _headed(
    pattern: Pattern, head: str, *, before: Iterable[str] = (), after: Iterable[str] = ()
) -> Pattern:
    specific, *others = pattern.rank
    fixed = (tuple(before), tuple(after))
    rank = (specific - len(fixed[0]) - len(fixed[1]), *others)
    return replace(pattern, head=head, before=fixed[0], after=fixed[1], rank=rank)


def _split_hyphens(words: str) -> str:
    """Set hyphens apart, as the tokeniser does: "cyber-attack" is three words."""
    return words.replace("-", " - ")


def _index(patterns: Iterable[Pattern]) -> dict[str, tuple[Pattern, ...]]:
    """Group patterns by their head, the most specific first."""
    index: defaultdict[str, list[Pattern]] = defaultdict(list)
    for pattern in patterns:
        index[pattern.head].append(pattern)
    return {
        head: tuple(sorted(listed, key=lambda pattern: (pattern.rank, pattern.rule)))
        for head, listed in index.items()
    }


def _light_index(verbs: Iterable[LightVerb]) -> dict[str, tuple[LightVerb, ...]]:
    index: defaultdict[str, list[LightVerb]] = defaultdict(list)
    for verb in verbs:
        index[verb.words[0]].append(verb)
    return {
        head: tuple(sorted(listed, key=lambda verb: -len(verb.words)))
        for head, listed in index.items()
    }


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))

"""The files of event frames: which words, in which construction, name which PLOVER event.

A frame says which verb, noun or adjective heads the predicate, what must stand beside it, and in
which grammatical roles the actor and the recipient are to be found. Here is what an author may
write; what is made of it: ``detente.lexicon.frames``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import Field, field_validator, model_validator

from detente.lexicon.files import Entry, LexiconFile
from detente.lexicon.flaws import Location
from detente.model.ontology import MODES, EventType

__all__ = [
    "PREPOSITIONS",
    "ROLES",
    "EventFile",
    "Frame",
    "LightVerb",
    "LightVerbFile",
    "NounClass",
    "NounFile",
]

_PREPOSITIONS = """
    about above across after against along alongside amid amidst among amongst around as at before
    behind beneath beside between beyond by despite during for from in inside into near of off on
    onto out outside over past since through throughout to toward towards under until up upon
    versus via with within without
"""
PREPOSITIONS = frozenset(_PREPOSITIONS.split())
# Roles that are no preposition; what each means in a parse: extraction/events/roles.py.
_ROLES = """
    subject object dative possessor modifier object.possessor object.modifier
    complement.object complement.subject
"""
ROLES = frozenset(_ROLES.split())


class NounClass(Entry):
    """Nouns that stand for one kind of thing, named ``$<name>`` in frames.

    Attributes:
        words: lemmas, lower case; ``$other`` takes in another class.
        examples: sentences with a member.
    """

    words: tuple[str, ...] = Field(min_length=1)
    examples: tuple[str, ...] = Field(min_length=1)


class NounFile(LexiconFile):
    """The file nouns.yaml."""

    classes: dict[str, NounClass]


class LightVerb(Entry):
    """A verb that leaves the meaning to its object noun: "launch (an attack)".

    Attributes:
        verb: lemma, optionally with fixed words ("come under").
        inverse: true where the subject is the recipient ("suffer an attack").
        examples: sentences in which verb and noun together are one event.
        not_: sentences in which they are not.
    """

    verb: str
    inverse: bool = False
    examples: tuple[str, ...] = Field(min_length=1)
    not_: tuple[str, ...] = Field(default=(), alias="not")

    @property
    def words(self) -> tuple[str, ...]:
        """The verb's lemma and its fixed words."""
        return tuple(self.verb.split())


class LightVerbFile(LexiconFile):
    """The file light_verbs.yaml."""

    verbs: tuple[LightVerb, ...]


class Frame(Entry):
    """One entry of an event file; exactly one of ``verb``, ``noun`` and ``adjective`` is given.

    Attributes:
        verb: lemma, optionally with particle or fixed words ("shoot down", "take part in").
        noun: lemma, optionally with fixed words ("air strike", "state of emergency").
        adjective: lemma, after a copula.
        id: name of the frame, unique in its file; by default its words joined by dashes.
        mode: PLOVER mode of the file's type.
        actor: roles; the first that is filled gives the actors.
        recipient: roles; the first that is filled gives the recipients; empty: it has none.
        object: the deep object must be one of these lemmas or classes.
        not_object: the deep object must be none of these.
        subject: the deep subject must be one of these lemmas or classes.
        not_subject: the deep subject must be none of these.
        not_persons: whether the event abstains between named persons, parties, parliaments and
            media, who do it in words.
        prep: prepositions that must be there, with the lemmas or classes of their objects.
        not_prep: prepositions that must not be there with one of these objects ("*": any).
        complement: lemmas of which one must be the governed infinitive, gerund or clause; of a
            copula "be" and what is said: "be responsible", "be behind".
        modal: modals of which one must stand in the governed clause ("says that Iran must stop").
        not_complement: no governed clause may have one of these.
        negated: the predicate must be negated, and the frame's type is what that comes to: "will
            not allow the visit" is a REJECT.
        nouns: nouns of the same event as a verb.
        reciprocal: whether all parties are actors ("A met B").
        examples: sentences that the frame must find.
        not_: sentences in which it must find nothing.
    """

    verb: str | None = None
    noun: str | None = None
    adjective: str | None = None
    id: str | None = None
    mode: str | None = None
    actor: tuple[str, ...] | None = Field(default=None, min_length=1)
    recipient: tuple[str, ...] | None = None
    object: tuple[str, ...] = ()
    not_object: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    not_subject: tuple[str, ...] = ()
    not_persons: bool = False
    prep: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    not_prep: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    complement: tuple[str, ...] = ()
    not_complement: tuple[str, ...] = ()
    negated: bool = False
    modal: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    reciprocal: bool = False
    examples: tuple[str, ...] = Field(min_length=1)
    not_: tuple[str, ...] = Field(default=(), alias="not")

    @model_validator(mode="before")
    @classmethod
    def _no_bare_on(cls, content: Any) -> Any:
        """Refuse what YAML made of an unquoted ``on``, ``off``, ``yes`` or ``no``."""
        if isinstance(content, dict):
            for key, value in content.items():
                listed = [*value] if isinstance(value, list | dict) else []
                if isinstance(key, bool) or any(isinstance(item, bool) for item in listed):
                    raise ValueError(f'{key}: YAML reads bare on, off, yes, no as true: write "on"')
        return content

    @field_validator("actor", "recipient")
    @classmethod
    def _known_roles(cls, roles: tuple[str, ...] | None) -> tuple[str, ...] | None:
        for role in roles or ():
            inner = role.removeprefix("complement.")
            if inner not in ROLES and inner not in PREPOSITIONS and role not in ROLES:
                allowed = ", ".join(sorted(ROLES))
                raise ValueError(f"unknown role {role!r}; use a preposition or one of {allowed}")
        return roles

    @field_validator("prep", "not_prep")
    @classmethod
    def _known_prepositions(cls, prep: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for word in prep:
            if word not in PREPOSITIONS:
                allowed = ", ".join(sorted(PREPOSITIONS))
                raise ValueError(f"unknown preposition {word!r}; use one of {allowed}")
        return prep

    @model_validator(mode="after")
    def _one_head(self) -> Frame:
        if sum(head is not None for head in (self.verb, self.noun, self.adjective)) != 1:
            raise ValueError("give exactly one of verb, noun, adjective")
        if self.modal and not self.complement:
            raise ValueError("'modal' needs a complement to stand in; write complement: [\"*\"]")
        if self.nouns and not self.verb:
            raise ValueError("'nouns' is for frames of a verb")
        return self

    @property
    def name(self) -> str:
        """The id, or what stands for it."""
        return self.id or "-".join((self.verb or self.noun or self.adjective or "").split())


class EventFile(LexiconFile):
    """One file of data/events: the frames of one PLOVER type."""

    type: EventType
    frames: tuple[Frame, ...]

    @property
    def stem(self) -> str:
        """What the rules of the file's frames begin with."""
        return self.name.rpartition("/")[2]

    def rule_of(self, frame: Frame) -> str:
        """Return the name by which claims cite a frame of the file."""
        return f"{self.stem}:{frame.name}"

    def complaints(self) -> Iterator[tuple[Location, str]]:
        """Yield modes that the type does not have, and ids that stand twice."""
        seen: set[str] = set()
        modes = MODES[self.type]
        for index, frame in enumerate(self.frames):
            if frame.mode is not None and frame.mode not in modes:
                allowed = ", ".join(modes) or "none: the type has no modes"
                what = f"unknown mode {frame.mode!r}; use one of {allowed}"
                yield ("frames", index, "mode"), what
            if frame.name in seen:
                yield ("frames", index), "this id is taken; give one of the two an 'id'"
            seen.add(frame.name)

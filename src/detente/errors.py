"""The errors that detente raises, as one tree.

::

    DetenteError                  every error that a caller may catch; one line, for people
    ├── InputError                a file, a record or an argument that cannot be used
    │   ├── LexiconError          an entry of a lexicon file that breaks its schema
    │   ├── UnknownActorError     no actor, or several, by that name; lists the candidates
    │   ├── UnknownRecordError    no event or document has this id
    │   └── UnreadableError       one document that cannot be read; the run goes on
    │       └── UnreachableError  an address that gives nothing, now or ever
    │           └── EndpointError the endpoint of a second coder answers no question
    ├── ModelError                the language model is missing or is not the expected one
    ├── TellingError              what is new could not be told where it should be
    └── StoreError                the store cannot be used
        ├── NotResolvedError      the store has no events yet
        ├── OtherVersionError     one file, written by another version
        └── StoreLockedError      another process is writing to the store

Each message says what is wrong, where, and what would work.
"""

from __future__ import annotations

from pathlib import Path

__all__ = [
    "DetenteError",
    "EndpointError",
    "InputError",
    "LexiconError",
    "ModelError",
    "NotResolvedError",
    "OtherVersionError",
    "StoreError",
    "StoreLockedError",
    "TellingError",
    "UnknownActorError",
    "UnknownRecordError",
    "UnreachableError",
    "UnreadableError",
]


class DetenteError(Exception):
    """Base of all errors that detente raises on purpose."""


class InputError(DetenteError):
    """A file, a record or an argument that cannot be used."""


class UnknownActorError(InputError):
    """No actor, or more than one, goes by the given name.

    Attributes:
        name: what the caller gave.
        candidates: ``"Name (CODE)"`` strings, the likeliest first.
    """

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        self.name = name
        self.candidates = candidates
        if candidates:
            text = f"actor {name!r}: which one? {', '.join(candidates)}"
        else:
            text = f"actor {name!r}: unknown; give a country's name or its ISO 3166 alpha-3 code"
        super().__init__(text)


class UnknownRecordError(InputError):
    """No record of the store has the given id.

    Attributes:
        instead: ids of the records that it became.
    """

    def __init__(self, what: str, identifier: str, instead: tuple[str, ...] = ()) -> None:
        self.instead = instead
        became = f"; it became {' and '.join(instead)}" if instead else ""
        super().__init__(f"no {what} {identifier!r} in this store{became}")


class UnreadableError(InputError):
    """One document that cannot be read; says where it is and why."""

    def __init__(self, where: str, reason: str) -> None:
        self.where = where
        self.reason = reason
        super().__init__(f"{where}: {reason}")


class UnreachableError(UnreadableError):
    """An address that gives nothing.

    Attributes:
        lasting: whether asking again is of no use: it is gone, forbidden or not what was asked for.
        asked: whether its host was asked at all; else the question waits for a later round.
        wait: seconds after which the host wants to be asked again, where it says so.
    """

    def __init__(
        self,
        where: str,
        reason: str,
        *,
        lasting: bool = False,
        asked: bool = True,
        wait: float | None = None,
    ) -> None:
        self.lasting = lasting
        self.asked = asked
        self.wait = wait
        super().__init__(where, reason)


class EndpointError(UnreachableError):
    """The endpoint of a second coder does not answer a question.

    Attributes:
        status: of its HTTP answer; None where there was none.
    """

    def __init__(
        self, where: str, reason: str, *, status: int | None = None, lasting: bool = False
    ) -> None:
        self.status = status
        super().__init__(where, reason, lasting=lasting)


class LexiconError(InputError):
    """An entry of a lexicon file that breaks its schema."""


class ModelError(DetenteError):
    """The language model is missing or is not the expected one."""


class TellingError(DetenteError):
    """What is new could not be told where it should be; it is told again in the next round."""


class StoreError(DetenteError):
    """The store cannot be used as asked."""


class NotResolvedError(StoreError):
    """The store has no events that this version can show; tells the command that makes them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            f"{folder}: no events were made of its documents yet; "
            f"`detente events --store {folder}` makes them"
        )


class OtherVersionError(StoreError):
    """A file of the store holds other columns than this version writes."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: holds other columns; it was written by another version")


class StoreLockedError(StoreError):
    """Another process is writing to the store."""

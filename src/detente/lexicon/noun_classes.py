"""Noun classes: nouns that frames name together, such as ``$jet``, and what a user adds to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from detente.errors import LexiconError
from detente.lexicon.files import LexiconFile
from detente.lexicon.flaws import Location
from detente.lexicon.frame_files import EventFile, NounClass, NounFile

__all__ = [
    "ACTOR_CLASSES",
    "class_problems",
    "expand",
    "flat_classes",
    "joined_classes",
    "unknown_classes",
]

# These are not in nouns.yaml, since whether a word names an actor is known to the actor lexicon.
ACTOR_CLASSES = frozenset({"$actor", "$country"})


def joined_classes(
    shipped: Mapping[str, NounClass], own: Iterable[LexiconFile]
) -> dict[str, NounClass]:
    """Return the noun classes with the words that the noun files among a user's add to them."""
    joined = dict(shipped)
    for file in own:
        for name, added in file.classes.items() if isinstance(file, NounFile) else ():
            words = (*joined[name].words, *added.words) if name in joined else added.words
            joined[name] = NounClass(words=words, examples=added.examples)
    return joined


def class_problems(classes: Mapping[str, NounClass]) -> dict[str, str]:
    """Return what is wrong with each class that takes in an unknown class, or itself."""
    return {
        name: f"unknown or circular class {word!r}; {_one_of(word, classes)}"
        for name in classes
        for word in classes[name].words
        if word.startswith("$") and (word[1:] not in classes or _takes_in(classes, word[1:], name))
    }


def _takes_in(classes: Mapping[str, NounClass], outer: str, inner: str) -> bool:
    """Tell whether a class is another, or takes it in."""
    seen: set[str] = set()
    waiting = [outer]
    while waiting:
        name = waiting.pop()
        if name == inner:
            return True
        if name in classes and name not in seen:
            seen.add(name)
            waiting += [word[1:] for word in classes[name].words if word.startswith("$")]
    return False


def unknown_classes(
    file: EventFile, classes: Mapping[str, NounClass]
) -> Iterator[tuple[Location, str]]:
    """Yield where the frames of a file name noun classes that are not there, and what is wrong."""
    for index, frame in enumerate(file.frames):
        conditions: dict[Location, tuple[str, ...]] = {
            ("object",): frame.object,
            ("not_object",): frame.not_object,
            ("subject",): frame.subject,
            ("complement",): frame.complement,
            **{("prep", word): listed for word, listed in frame.prep.items()},
        }
        for key, words in conditions.items():
            for word in words:
                if _is_class(word) and word[1:] not in classes:
                    yield ("frames", index, *key), _unknown(word, classes)


def flat_classes(classes: Mapping[str, NounClass]) -> dict[str, frozenset[str]]:
    """Return the words of each class, those of the classes that it takes in among them.

    Args:
        classes: without ``class_problems``.
    """

    def words_of(name: str) -> frozenset[str]:
        words: set[str] = set()
        for word in classes[name].words:
            words |= words_of(word[1:]) if word.startswith("$") else {word}
        return frozenset(words)

    return {name: words_of(name) for name in classes}


def expand(
    listed: Iterable[str], classes: Mapping[str, frozenset[str]], rule: str
) -> frozenset[str]:
    """Return the words of a condition, each ``$class`` replaced by its words.

    Args:
        listed: words and classes.
        classes: the words of each class.
        rule: the frame, for the message.

    Raises:
        LexiconError: when a class is unknown.
    """
    words: set[str] = set()
    for word in listed:
        if not _is_class(word):
            words.add(word)
        elif word[1:] in classes:
            words |= classes[word[1:]]
        else:
            raise LexiconError(f"{rule}: {_unknown(word, classes)}")
    # phrases are compared without hyphens: "cease-fire" is read as three words
    return frozenset(words | {word.replace("-", " ") for word in words})


def _is_class(word: str) -> bool:
    return word.startswith("$") and word not in ACTOR_CLASSES


def _unknown(word: str, classes: Iterable[str]) -> str:
    return f"unknown noun class {word!r}; {_one_of(word, classes)}"


def _one_of(word: str, classes: Iterable[str]) -> str:
    allowed = sorted({f"${name}" for name in classes} | ACTOR_CLASSES)
    near = get_close_matches(word, allowed, n=1)
    return f"{f'did you mean {near[0]!r}? ' if near else ''}use one of {', '.join(allowed)}"

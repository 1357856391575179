"""The event between two given noun phrases: what this one did to that one, if anything.

Where the two sides are known beforehand (a reader marked them, or another coder), the sentence is
read with exactly these as parties. What a frame links comes first; where none links them, the
predicate that holds both in its syntax decides by its frame alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from detente.extraction.actors.mentions import Mentions
from detente.extraction.events.finding import find_events
from detente.extraction.parse import FoundEvent, Passage
from detente.lexicon.frames import FrameLexicon
from detente.model import Abstention, Mention, Span
from detente.model.ontology import EventType

__all__ = ["Link", "event_between"]


def _given(mentions: Mentions, passage: Passage, parties: Sequence[tuple[int, int]]) -> Mentions:
    """Return mentions in which the given phrases are parties."""
    given: dict[int, Mention] = {}
    for start, end in parties:
        span = passage.document.span(passage.start + start, passage.start + end)
        for token in passage.doc:
            if start <= token.idx < end:
                known = mentions.at(token)
                # a name of its own keeps the two apart where both have one country or none
                given[token.i] = Mention(
                    span=span,
                    country=known.country if known else None,
                    sector=(known.sector if known else None) or "UNK",
                    name=span.text,
                )
    return mentions.with_given(given)


@dataclass(frozen=True, slots=True)
class Link:
    """What links two given phrases.

    Attributes:
        event_type: PLOVER type.
        rule: the frame that decided.
        event: the found event, or None where only the predicate is known.
        trigger: the token that heads the predicate.
        how: "pair", "one side", "predicate": how much of the pair the frame holds.
    """

    event_type: EventType
    rule: str
    event: FoundEvent | None
    trigger: Token
    how: str


def event_between(
    passage: Passage,
    mentions: Mentions,
    frames: FrameLexicon,
    *,
    actor: tuple[int, int],
    recipient: tuple[int, int],
) -> Link | None:
    """Return the event of which one given phrase is the actor and the other the recipient.

    Args:
        passage: the parsed sentence or paragraph.
        mentions: its actors as the lexicon finds them.
        frames: the event lexicon.
        actor: first and last character of the actor's phrase in the passage, half-open.
        recipient: likewise of the recipient's.

    Returns:
        The link, or None where no frame speaks of the two.
    """
    given = _given(mentions, passage, (actor, recipient))
    events, abstained = find_events((passage,), (given,), frames)
    first = passage.document.span(passage.start + actor[0], passage.start + actor[1])
    second = passage.document.span(passage.start + recipient[0], passage.start + recipient[1])
    # what a phrase tells of its own party is not between the two: "the alliance fighting rebels"
    events = tuple(event for event in events if not _lies_in(event, (first, second)))
    ranked = sorted(
        ((_fit(event, first, second), at) for at, event in enumerate(events)),
        key=lambda pair: (-pair[0], pair[1]),
    )
    path = _path(passage, actor, recipient)
    if ranked and ranked[0][0] >= _ONE_SIDE:
        event = events[ranked[0][1]]
        how = "pair" if ranked[0][0] >= _PAIR else "one side"
        return Link(event.event_type, event.rule, event, event.trigger, how)
    return _by_predicate(passage, path, events, abstained, frames.types)


_PAIR = 4
_ONE_SIDE = 2


def _lies_in(event: FoundEvent, phrases: Sequence[Span]) -> bool:
    """Whether a clause inside one of the phrases tells of an event."""
    told = event.trigger.dep_ in ("acl", "relcl")
    at = event.passage.start + event.trigger.idx
    return told and any(phrase.start < at < phrase.end for phrase in phrases)


def _fit(event: FoundEvent, actor: Span, recipient: Span) -> int:
    """Return how well the sides of an event are the given ones."""
    acts = any(m.span == actor for m in event.actors)
    both = acts and any(m.span == recipient for m in event.actors)
    suffers = any(m.span == recipient for m in event.recipients)
    if acts and (suffers or (event.reciprocal and both)):
        return _PAIR + 1
    if acts and both:
        return _PAIR
    if acts:
        return _ONE_SIDE + (0 if event.recipients else 1)
    if any(m.span == actor for m in event.recipients):
        return 0
    return 1 if suffers else 0


def _path(passage: Passage, actor: tuple[int, int], recipient: tuple[int, int]) -> list[Token]:
    """Return the predicates above the two phrases, the lowest that holds both first."""
    heads = []
    for start, end in (actor, recipient):
        inside = [t for t in passage.doc if start <= t.idx < end]
        outer = [t for t in inside if t.head not in inside or t.head == t]
        heads.append(outer[0] if outer else None)
    if heads[0] is None or heads[1] is None:
        return []
    above = [heads[0], *heads[0].ancestors]
    other = [heads[1], *heads[1].ancestors]
    shared = [token for token in above if token in other]
    between = [t for t in (*above, *other) if t not in shared]
    return [*shared[:1], *reversed(between), *shared[1:]]


def _by_predicate(
    passage: Passage,
    path: Sequence[Token],
    events: Iterable[FoundEvent],
    abstained: Iterable[Abstention],
    types: Mapping[str, EventType],
) -> Link | None:
    """Return the type of the predicate on the path between the two, though a party is missing."""
    known: dict[int, Link] = {}
    tokens = {token.idx: token for token in passage.doc}
    for note in abstained:
        at = note.span.start - passage.start
        kind = types.get(note.rule.partition(":")[0])
        if kind is not None and at in tokens:
            known.setdefault(at, Link(kind, note.rule, None, tokens[at], "predicate"))
    for event in events:
        link = Link(event.event_type, event.rule, event, event.trigger, "predicate")
        known[event.trigger.idx] = link
    beside = (c for token in path for c in token.children if c.dep_ in _INSIDE)
    for token in (*path, *beside):
        if token.idx in known:
            return known[token.idx]
    return min(known.items())[1] if known else None


_INSIDE = frozenset({"dobj", "xcomp", "ccomp", "conj", "advcl", "prep", "attr"})

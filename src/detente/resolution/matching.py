"""When two claims tell of one happening: their type, sides, mode, days, names and words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from datetime import timedelta

from detente.model import DateBasis, EventType, Magnitude
from detente.resolution.actors import compatible, fold, side
from detente.resolution.dated import MUTUAL, NARROW, Dated, is_planned, is_vague
from detente.resolution.traffic import NO_STATES, Traffic

__all__ = ["NEAR", "act_class", "common_names", "may_recall", "recall_key", "same_event"]

# Two claims that name nothing in common beside the sides must share this much more of their words;
# if one of them is undated, twice as much. Set by reading what was joined in the reports of 2015
# and 2016 on Wikipedia's Current Events pages.
_APART = 0.15
# A name in more documents than this (or one in five hundred) tells no happening from another.
_RARE = 20
_RARE_SHARE = 0.002
# A claim without a date that names nothing in common with another must be this near to it.
NEAR = timedelta(days=31)
# How far back a mention without a date may reach for the one happening that fits it.
_RECALL = timedelta(days=366)

# Types in which one act is told now by its step, now by its outcome: a deal, a pull-out, a truce.
_NEIGHBOURS = frozenset(
    frozenset(pair)
    for pair in (
        (EventType.AGREE, EventType.SUPPORT),
        (EventType.AGREE, EventType.RETREAT),
        (EventType.CONCEDE, EventType.RETREAT),
    )
)
_LINKED = frozenset().union(*_NEIGHBOURS)
# More words in common that claims need whose types are neighbours, or one of which is mutual.
_LOOSE = 0.1
# So many words in common are most of them.
_MOST = 0.5
# Two that do such a thing on no other day around need no word in common, and may differ by this.
_QUIET = 0.05


def act_class(act: EventType) -> frozenset[EventType]:
    """Return the acts among which all are that an act can be told as, itself included."""
    return _LINKED if act in _LINKED else frozenset((act,))


def same_event(founder: Dated, other: Dated, traffic: Traffic | None = None) -> float:
    """Return how well a claim fits an event, 0 (not at all) to 1.

    Type, sides and mode must be compatible and dates must be able to overlap; what is left is
    decided by the words that the two sentences share beside the actors' names and the anchor, and
    by how often these two do such things.

    Args:
        founder: the event's founding claim.
        other: the claim to place.
        traffic: how often which pair does what; unknown is as if it were daily.
    """
    a, b = founder.claim, other.claim
    if a.mode and b.mode and a.mode != b.mode:
        return 0.0
    loose = _loosely(founder, other)
    if loose is None or _apart(founder, other):
        return 0.0
    shared = _shared(founder, other)
    same_anchor = bool(founder.anchor & other.anchor)
    needed = _needed(founder, other) + loose
    if traffic is not None and needed < 1 and not loose and _tells_alone(founder, other):
        busy = traffic.share(founder, other)
        needed = busy * needed - (1 - busy) * _QUIET
    return max(0.0, shared + 0.15 * same_anchor - needed)


def _shared(some: Dated, other: Dated) -> float:
    """Return the share of the words of the shorter sentence that the other has, too."""
    smaller = min(len(some.words), len(other.words))
    return len(some.words & other.words) / smaller if smaller else 0.0


def _apart(some: Dated, other: Dated) -> bool:
    """Tell whether two claims name other persons, other towns or other numbers of people."""
    return (
        _of_other_persons(some, other)
        or _of_other_towns(some, other)
        or _of_other_tolls(some, other)
    )


def _of_other_persons(some: Dated, other: Dated) -> bool:
    """Tell whether two claims name persons of one country who have no name in common."""
    return any(
        not names & other.persons[role]
        for role, names in some.persons.items()
        if role in other.persons
    )


def _of_other_tolls(some: Dated, other: Dated) -> bool:
    """Tell whether two claims count other numbers of people and have little else in common.

    Counts of one happening differ and grow; then a place, a person or most words are the same.
    """
    if some.names & other.names:
        return False
    if not (some.names and other.names) and _shared(some, other) >= _MOST:
        return False
    counts = {one.kind: one for one in some.claim.magnitudes}
    return any(
        _less(counts[one.kind], one) or _less(one, counts[one.kind])
        for one in other.claim.magnitudes
        if one.kind in counts
    )


def _less(some: Magnitude, other: Magnitude) -> bool:
    return some.high is not None and other.low is not None and some.high < other.low


def _of_other_towns(some: Dated, other: Dated) -> bool:
    """Tell whether two claims name two towns, and are not surely of one day."""
    places = [one.claim.place.city for one in (some, other) if one.claim.place]
    towns = [fold(town) for town in places if town]
    if len(towns) < 2 or towns[0] == towns[1]:
        return False
    if any(towns[1 - i] in fold(one.claim.sentence.text) for i, one in enumerate((some, other))):
        return False
    first, second = some.window, other.window
    return first is None or second is None or first != second or first[0] != first[1]


def _tells_alone(founder: Dated, other: Dated) -> bool:
    """Tell whether type, sides and day may tell a happening from others without further words.

    They may between states, where both claims are of one day by their words or by their papers.
    """
    acting = {actor.country for actor in founder.actors}
    receiving = {actor.country for actor in founder.recipients}
    states = acting | receiving
    if (
        not states.isdisjoint(NO_STATES)
        or len(states) < 2
        or (acting & receiving and not founder.claim.reciprocal)
    ):
        return False
    if founder.window is None or other.window is None:
        return False
    if DateBasis.PUBLICATION not in (founder.claim.when.basis, other.claim.when.basis):
        return True
    if founder.claim.when.last == other.claim.when.last:
        return True
    apart = founder.names and other.names and not founder.names & other.names
    return bool(founder.anchor & other.anchor) and not apart


def _loosely(founder: Dated, other: Dated) -> float | None:
    """Return how much more two claims must share as their types or sides are told differently.

    None where they cannot be one: 0 where type and sides agree.
    """
    a, b = founder.claim, other.claim
    more = 0.0
    if a.act is not b.act:
        if frozenset((a.act, b.act)) not in _NEIGHBOURS:
            return None
        more += _LOOSE
    if a.reciprocal is b.reciprocal:
        if not compatible(founder.actors, other.actors):
            return None
        if not compatible(founder.recipients, other.recipients):
            return None
        return more
    # "the two clashed", "one attacked the other": the same sides, told otherwise
    sides = [(*one.actors, *one.recipients) for one in (founder, other)]
    if not all(actor.country for side in sides for actor in side) or not compatible(*sides):
        return None
    return more + _LOOSE * (a.act not in MUTUAL)


def _needed(founder: Dated, other: Dated) -> float:
    """Return the share of words that two claims must have in common, from what their dates say.

    Of two claims with a mode ("aerial", "expel") and one wording of the act, fewer words are asked:
    a state seldom does the same rare thing to another twice within the dates that a claim leaves.
    Of two claims that name different places, persons or things, more are asked.
    """
    alike = founder.claim.mode is not None and founder.claim.mode == other.claim.mode
    alike = alike and bool(founder.anchor & other.anchor)
    known = bool(founder.names & other.names)
    if founder.window is None or other.window is None:
        if not _near(founder, other, _RECALL if known else NEAR):
            return 9.0
        return (0.25 if alike else 0.4) + (0.0 if known else 2 * _APART)
    more = _APART if founder.names and other.names and not known else 0.0
    (a_first, a_last), (b_first, b_last) = founder.window, other.window
    if a_first > b_last or b_first > a_last:
        return 9.0
    if max(a_last - a_first, b_last - b_first) > NARROW:
        return 0.1 if alike else more + 0.3
    if DateBasis.PUBLICATION in (founder.claim.when.basis, other.claim.when.basis):
        return more + (0.15 if founder.published == other.published else 0.25)
    return 0.0 if alike else more + 0.12


def _near(some: Dated, other: Dated, within: timedelta) -> bool:
    """Tell whether two claims are near in time, by date or else publication, or of unknown days."""
    first, second = (one.window[0] if one.window else one.published for one in (some, other))
    return first is None or second is None or abs(first - second) <= within


def common_names(listed: Sequence[Dated]) -> frozenset[str]:
    """Return the names that too many documents hold to tell happenings apart."""
    names: dict[str, set[str]] = defaultdict(set)
    for one in listed:
        for name in one.names:
            names[name].add(one.claim.document_id)
    most = max(_RARE, _RARE_SHARE * len({one.claim.document_id for one in listed}))
    return frozenset(name for name, holders in names.items() if len(holders) > most)


def _alike_in_words(some: Dated, other: Dated) -> bool:
    """Tell whether two claims word the act alike ("shot down", "downing"), naming nothing else."""
    if some.claim.act in MUTUAL and not some.names & other.names:
        return False  # the two meet often
    starts = {word[:4] for word in some.anchor} & {word[:4] for word in other.anchor}
    apart = some.names and other.names and not some.names & other.names
    return bool(starts) and not apart


def recall_key(one: Dated) -> Hashable:
    """Return what a vague mention and the event that it means have in common."""
    claim = one.claim
    return claim.act, claim.reciprocal, side(one.actors), side(one.recipients)


def may_recall(founder: Dated, one: Dated) -> bool:
    """Tell whether a vague mention may mean an event: type and sides agree.

    What a source is quoted with ("Israel says its forces shot five attackers") is no mention in
    passing but news of its own.
    """
    a, b = founder.claim, one.claim
    if b.attributions or not all(actor.country for actor in (*one.actors, *one.recipients)):
        return False
    if recall_key(founder) != recall_key(one) or _apart(founder, one):
        return False
    if is_planned(a) or is_planned(b) or not _alike_in_words(founder, one):
        return False
    if not (one.recipients or a.reciprocal):
        return False
    if one.window:
        if founder.window is None or is_vague(founder):
            return False
        return one.window[0] <= founder.window[0] <= one.window[1]
    first = founder.window[0] if founder.window else founder.published
    if first is None or one.published is None:
        return False
    return timedelta(0) <= one.published - first <= (_RECALL if founder.window else NEAR)

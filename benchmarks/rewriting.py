"""The ways in which newsrooms rewrite a report of an agency, each as a function of its text.

What they do: J. Boumans et al., "The Agency Makes the (Online) News World Go Round" (2018); P.
Clough et al., "METER: MEasuring TExt Reuse" (ACL 2002). The words for others and the turns of
syntax are our own. Everything follows from the text and the seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence

__all__ = ["PARAPHRASED", "WAYS", "merge", "paraphrase"]

# One word or phrase for another; the first that fits is taken.
_OTHER_WORDS = dict(
    pair.split(" = ")
    for pair in """\
accused = charged
according to = as stated by
agreement = deal
announced = made known
answered = replied
arrested = detained
asked for = sought
at least = no fewer than
banned = barred
because = as
began = started
blocked = frozen
boats = vessels
both sides = the two parties
broke into = forced their way into
called on = urged
children = youngsters
claimed = laid claim to
closed = shut
companies = firms
confirmed = acknowledged
cutting = severing
deadline = ultimatum
demanded = insisted on
demonstrators = protesters
destroyed = wrecked
died = lost their lives
disputed = contested
drove them out = dispersed them
during = in the course of
expelled = threw out
experts = specialists
failed = broke down
fell = dropped
fighting = hostilities
fired on = shelled
first = earliest
fought = battled
found = established
freed = let go
government = cabinet
halted = stopped
hit = struck
imposes = slaps
in response to = in answer to
interrupted by = broken by
killed = slain
killing = leaving dead
largest = biggest
last week = in the past week
leave = quit
lorries = trucks
military = army
minister = secretary
more than = over
near = close to
noted = pointed out
number = figure
offer = proposal
offered = proposed
officials = authorities
on board = aboard
opened fire = began to shoot
payments = transfers
people = persons
planned = intended
police = officers
proposed = suggested
published = released
put = set
received = got
rejected = dismissed
relations = ties
reporters = journalists
rescued = saved
said = stated
sank = went down
seized = captured
seizure = capture
signed = concluded
soldiers = troops
sold = delivered
spokesman = speaker
stopped = suspended
struck = ran into
talks = negotiations
the same = identical
told = informed
trying = attempting
waters = sea
wounded = injured
year = twelvemonth
""".splitlines()
)
_WORDS = re.compile(r"\b(" + "|".join(sorted(map(re.escape, _OTHER_WORDS), key=len)[::-1]) + r")\b")
_QUOTED = re.compile(r'("[^"\n]*"|“[^”\n]*”)')
_SENTENCE = re.compile(r"(?<=[.!?\"”])\s+(?=[A-Z\"“])")
# "X, the ministry said." -> "The ministry stated that X."
_SAID_LAST = re.compile(r"^(?P<what>[A-Z][^\"“]+), (?P<who>[^,\"“]+) said\.$")
_SAID_FIRST = re.compile(r"^(?P<who>[A-Z][^,\"“]{3,60}?) said (?:that )?(?P<what>[^\"“]+)\.$")
# a day in the middle of a sentence goes to its front
_DAY = re.compile(r"^(?P<before>[A-Z][^,\"“]*?) on (?P<day>[A-Z][a-z]+day)(?P<after>[ ,.].*)$")


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.strip().split("\n\n")]


def _joined(parts: Sequence[str]) -> str:
    return "\n\n".join(parts) + "\n"


def _low(words: str) -> str:
    """Begin with a small letter what does not begin with a name."""
    first = words.split(" ", 1)[0]
    usual = {"A", "An", "The", "It", "At", "In", "Its", "Both", "She", "He", "No", "Several", "Our"}
    return words[0].lower() + words[1:] if first in usual else words


def _turned(sentence: str) -> str:
    """Return the sentence with its syntax turned, where one of the turns fits."""
    if found := _SAID_LAST.match(sentence):
        who = found["who"][0].upper() + found["who"][1:]
        return f"{who} said that {_low(found['what'])}."
    if found := _SAID_FIRST.match(sentence):
        return f"According to {_low(found['who'])}, {found['what']}."
    if found := _DAY.match(sentence):
        return f"On {found['day']}, {_low(found['before'])}{found['after']}"
    return sentence


def _worded(text: str, rng: random.Random, share: float) -> str:
    """Return the text with a share of the words that have another replaced, quotations left."""

    def other(found: re.Match[str]) -> str:
        return _OTHER_WORDS[found[1]] if rng.random() < share else found[1]

    return "".join(
        part if index % 2 else _WORDS.sub(other, part)
        for index, part in enumerate(_QUOTED.split(text))
    )


def paraphrase(text: str, rng: random.Random, *, share: float = 0.8) -> str:
    """Return the text with other words and turned sentences; quotations stay."""
    parts = []
    for paragraph in _paragraphs(text):
        sentences = [_turned(one) for one in _SENTENCE.split(paragraph)]
        parts.append(_worded(" ".join(sentences), rng, share))
    return _joined(parts)


def _undated(paragraph: str) -> str:
    """Drop the dateline."""
    return paragraph.split(") - ", 1)[-1]


def _body(text: str) -> list[str]:
    parts = _paragraphs(text)[1:]
    return [_undated(parts[0]), *parts[1:]]


def _headline(text: str, rng: random.Random, _padding: Sequence[str]) -> str:
    """Another headline, the dateline dropped."""
    words = _paragraphs(text)[0].split()
    return _joined([" ".join(["Latest:", *words[2:]]), *_body(text)])


def _shortened(text: str, rng: random.Random, _padding: Sequence[str]) -> str:
    """The first half, as editors cut from the bottom."""
    body = _body(text)
    return _joined([_paragraphs(text)[0], *body[: max(2, len(body) // 2)]])


def _brief(text: str, rng: random.Random, _padding: Sequence[str]) -> str:
    """The lead alone."""
    return _body(text)[0] + "\n"


def _reordered(text: str, rng: random.Random, _padding: Sequence[str]) -> str:
    body = _body(text)
    rng.shuffle(body)
    return _joined(body)


def _paraphrased(text: str, rng: random.Random, _padding: Sequence[str]) -> str:
    return paraphrase(_joined(_body(text)), rng)


def _rewritten(text: str, rng: random.Random, _padding: Sequence[str]) -> str:
    """Cut, reordered below the lead, in other words."""
    body = _body(text)
    rest = body[1:-1]
    rng.shuffle(rest)
    return paraphrase(_joined([body[0], *rest]), rng)


def _padded(text: str, rng: random.Random, padding: Sequence[str]) -> str:
    """The better half of the report between paragraphs of one's own."""
    body = _body(text)[:3]
    return _joined([body[0], *padding[:-1], *body[1:], *padding[-1:]])


def merge(some: str, other: str) -> str:
    """Return one report made of two, their paragraphs taken in turn."""
    first, second = _body(some), _paragraphs(other)[1:]
    parts = []
    for index in range(max(len(first), len(second))):
        parts += first[index : index + 1] + second[index : index + 1]
    return _joined(parts)


WAYS: Mapping[str, Callable[[str, random.Random, Sequence[str]], str]] = {
    "another headline": _headline,
    "shortened": _shortened,
    "lead alone": _brief,
    "reordered": _reordered,
    "paraphrased": _paraphrased,
    "cut, reordered and paraphrased": _rewritten,
    "own paragraphs put in": _padded,
}
PARAPHRASED = frozenset(("paraphrased", "cut, reordered and paraphrased"))

"""The topic that a digest sets before a sentence: "2011 Moroccan protests: Thousands march ..."."""

from __future__ import annotations

import re

__all__ = ["topic_end"]

_TOPIC = re.compile(r"[A-Z0-9][^.:;!?\n\"“”]{2,80}:[ \xa0]+(?=[\"“'‘A-Z0-9])")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MOST_WORDS = 9
_FUNCTION = frozenset("a an and at between by for from in of on or over the to with – - &".split())
# What a topic is about: it names a happening, where "Putin: ..." names who speaks.
_HAPPENINGS = frozenset(
    """war wars conflict conflicts crisis uprising revolution insurgency rebellion protest protests
    riot riots unrest violence clashes strike strikes election elections referendum campaign race
    primary occupation invasion intifada siege battle operation offensive attack attacks bombing
    bombings explosion explosions shooting shootings massacre kidnapping hijacking murder murders
    killing killings death deaths assassination trial trials case scandal affair dispute disputes
    controversy talks negotiations process summit relations treaty debate debates marriage reform
    response reaction terrorism disarmament program programme spill crash collision derailment
    accident disaster explosion earthquake tsunami hurricane typhoon cyclone tornado flood floods
    landslide eruption fire wildfires outbreak epidemic pandemic influenza recall bailout recession
    intervention coup mutiny blockade standoff hostage draft leak leaks inquiry investigation
    incident incidents raid raids exchange movement genocide famine drought arrest arrests torture
    abuse hostages detention detentions expulsion expulsions sinking standoff takeover""".split()
)


def topic_end(text: str, start: int, end: int) -> int:
    """Return where the sentence after a topic begins; ``start`` where there is no topic.

    Args:
        text: the document's text.
        start: where a paragraph begins.
        end: where it ends.
    """
    match = _TOPIC.match(text, start, end)
    if match is None:
        return start
    words = match[0].rstrip(": \xa0").split()
    small = [word for word in words if word.islower()]
    named = {word.lower().strip(",()'’") for word in words} & _HAPPENINGS
    about = bool(named) or _YEAR.search(match[0]) is not None
    others = [w for w in small if w not in _FUNCTION and w.strip(",()") not in _HAPPENINGS]
    # "rail crash": what happened is named by the last word, and one more tells its kind
    last = words[-1].lower().strip(",()'’") in _HAPPENINGS
    plain = len(others) <= (1 if last else 0)
    return match.end() if about and plain and len(words) <= _MOST_WORDS else start

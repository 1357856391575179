"""How many people an event struck, and by which of its words."""

from __future__ import annotations

import pytest

from detente.extraction.actors.mentions import find_mentions
from detente.extraction.events.finding import find_events
from detente.extraction.magnitudes import magnitudes_of
from detente.extraction.parse import language_model, parse
from detente.lexicon.actors import load_actors
from detente.lexicon.frames import load_frames
from detente.model import Document, Magnitude, Segment, SegmentKind


def found(text: str) -> dict[str, tuple[Magnitude, ...]]:
    """Return the magnitudes of each event by its type and anchor: "ASSAULT attacked"."""
    document = Document(id="d", key="d", text=text)
    segment = Segment(kind=SegmentKind.BODY, start=0, end=len(text))
    actors = load_actors()
    (passages,) = parse([(document, (segment,))], language_model(), actors.longest)
    events, _ = find_events(passages, find_mentions(passages, actors, None), load_frames())
    return {
        f"{event.event_type} {event.passage.span(event.anchor).text}": magnitudes_of(event)
        for event in events
    }


def written(magnitude: Magnitude) -> str:
    """Return a magnitude as "dead 12.. | at least 12 people"."""
    low = "" if magnitude.low is None else magnitude.low
    high = "" if magnitude.high is None else magnitude.high
    about = "~" if magnitude.approximate else ""
    return f"{magnitude.kind} {about}{low}..{high} | {magnitude.span.text}"


NUMBERS = {
    "figure": ("12 soldiers", "12..12 | 12 soldiers"),
    "figure alone": ("12", "12..12 | 12"),
    "figure with a comma": ("1,200 villagers", "1200..1200 | 1,200 villagers"),
    "decimal of a million": ("1.2 million people", "1200000..1200000 | 1.2 million people"),
    "word": ("ten nurses", "10..10 | ten nurses"),
    "word of two": ("twenty-one nurses", "21..21 | twenty-one nurses"),
    "words with hundred": (
        "two hundred and six miners",
        "206..206 | two hundred and six miners",
    ),
    "at least": ("at least 12 people", "12.. | at least 12 people"),
    "no fewer than": ("no fewer than 12 people", "12.. | no fewer than 12 people"),
    "more than": ("more than 200 people", "201.. | more than 200 people"),
    "over": ("over 200 people", "201.. | over 200 people"),
    "or more": ("30 or more people", "30.. | 30 or more people"),
    "up to": ("up to 30 people", "..30 | up to 30 people"),
    "as many as": ("as many as 30 people", "..30 | as many as 30 people"),
    "fewer than": ("fewer than 10 rebels", "..9 | fewer than 10 rebels"),
    "between": ("between 10 and 15 rebels", "10..15 | between 10 and 15 rebels"),
    "to": ("10 to 15 rebels", "10..15 | 10 to 15 rebels"),
    "dash": ("10-15 rebels", "10..15 | 10-15 rebels"),
    "or": ("two or three rebels", "2..3 | two or three rebels"),
    "about": ("about 40 people", "~40..40 | about 40 people"),
    "nearly": ("nearly 40 people", "~40..40 | nearly 40 people"),
    "an estimated": ("an estimated 60 people", "~60..60 | an estimated 60 people"),
    "a dozen": ("a dozen people", "~12..12 | a dozen people"),
    "dozens": ("dozens of people", "~24.. | dozens"),
    "several hundred": ("several hundred people", "~200.. | several hundred people"),
    "tens of thousands": ("tens of thousands of people", "~20000.. | tens of thousands"),
    "another": ("another 30 people", "30..30 | another 30 people"),
    "one with an article": ("a soldier", "1..1 | a soldier"),
    "one with a description": ("the mayor", "1..1 | the mayor"),
    "a named one": ("Ahmed Karimi", "1..1 | Ahmed Karimi"),
    "a pronoun": ("him", "1..1 | him"),
    "a group of so many": ("a group of 12 people", "12..12 | 12 people"),
    "a sum": (
        "two policemen and three civilians",
        "5..5 | two policemen and three civilians",
    ),
    "a sum of one and more": (
        "a woman and her two children",
        "3..3 | a woman and her two children",
    ),
    "a sum with an unknown part": ("two nurses and several patients", "2.. | two nurses"),
    "more than an army's": ("seven Chilean Army soldiers", "7..7 | seven Chilean Army soldiers"),
    "no": ("no civilians", "0..0 | no civilians"),
}


@pytest.mark.parametrize(("words", "expected"), NUMBERS.values(), ids=NUMBERS)
def test_numbers(words: str, expected: str) -> None:
    ((magnitude,),) = found(f"Turkish troops killed {words}.").values()
    assert written(magnitude) == f"dead {expected}"


@pytest.mark.parametrize(
    "words",
    ["several people", "civilians", "many people", "a crowd", "200 sheep", "a number of people"],
)
def test_what_counts_nobody_is_left_out(words: str) -> None:
    assert list(found(f"Turkish troops killed {words}.").values()) in ([()], [])


SENTENCES = {
    "object": ("Turkish police arrested 40 students.", ["arrested 40..40 | 40 students"]),
    "passive": ("40 students were arrested by Turkish police.", ["arrested 40..40 | 40 students"]),
    "participle": (
        "Turkish jets attacked the Syrian camp, killing 12 and wounding 30.",
        ["dead 12..12 | 12", "injured 30..30 | 30"],
    ),
    "participle without a comma": (
        "Turkish jets bombed a Syrian bus near the border killing ten people.",
        ["dead 10..10 | ten people"],
    ),
    "leaving": (
        "Turkish jets bombed the Syrian town, leaving 12 people dead and 30 others wounded.",
        ["dead 12..12 | 12 people", "injured 30..30 | 30 others"],
    ),
    "left": ("The Turkish raid left ten people injured.", ["injured 10..10 | ten people"]),
    "left with numbers alone": (
        "The Turkish raid left 12 dead and 30 wounded.",
        ["dead 12..12 | 12 dead", "injured 30..30 | 30"],
    ),
    "subject of the result": ("The Turkish attack killed ten.", ["dead 10..10 | ten"]),
    "in the event": (
        "Between 10 and 15 soldiers died in the Turkish airstrike.",
        ["dead 10..15 | Between 10 and 15 soldiers"],
    ),
    "two verbs in the event": (
        "At least 72 people were killed and 169 wounded in a series of Taliban attacks.",
        ["dead 72.. | At least 72 people", "injured 169..169 | 169"],
    ),
    "nobody": ("No one was hurt in the Turkish attack.", ["injured 0..0 | No one"]),
    "nobody, joined": (
        "Turkish jets bombed the Syrian base but no one was hurt.",
        ["injured 0..0 | no one"],
    ),
    "toll": ("The death toll from the Turkish attack rose to 35.", ["dead 35..35 | 35"]),
    "toll, passed": (
        "The death toll from the Turkish attack exceeded 200.",
        ["dead 201.. | 200"],
    ),
    "deaths": ("The Turkish attack resulted in seven deaths.", ["dead 7..7 | seven deaths"]),
    "lives": ("The Turkish raid claimed 12 lives.", ["dead 12..12 | 12 lives"]),
    "with dead": (
        "Israeli troops opened fire on Syrian protesters, with four people killed.",
        ["dead 4..4 | four people"],
    ),
    "to death": ("Turkish soldiers beat two men to death.", ["dead 2..2 | two men"]),
    "shot dead": (
        "Turkish soldiers shot dead three men and injured five others.",
        ["dead 3..3 | three men", "injured 5..5 | five others"],
    ),
    "shot and killed": ("Turkish soldiers shot and killed two men.", ["dead 2..2 | two men"]),
    "relative clause": (
        "A Taliban attack in which 12 people were killed shook Kabul.",
        ["dead 12..12 | 12 people"],
    ),
    "when": (
        "Two people were killed when Egyptian troops opened fire on Syrian students.",
        ["dead 2..2 | Two people"],
    ),
    "noun": (
        "The arrest of 30 Syrian officers by Turkish police went on.",
        ["arrested 30..30 | 30 Syrian officers"],
    ),
    "displaced": (
        "Tens of thousands of people were displaced by Turkish shelling.",
        ["displaced ~20000.. | Tens of thousands"],
    ),
    "missing": (
        "Turkish jets bombed the Syrian town, leaving two people dead and three missing.",
        ["dead 2..2 | two people", "missing 3..3 | three"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), SENTENCES.values(), ids=SENTENCES)
def test_the_event_s_own_words_count(text: str, expected: list[str]) -> None:
    assert expected in [[written(one) for one in listed] for listed in found(text).values()]


ELSEWHERE = {
    "a relative clause of the one arrested": (
        "Turkish police arrested a man who killed ten nurses.",
        "COERCE arrested",
        ["arrested 1..1 | a man"],
    ),
    "what is condemned": ("Turkey condemned an attack that killed ten people.", None, []),
    "a later act": (
        "Turkish jets bombed the Syrian base a day after ten people died in a flood.",
        "ASSAULT bombed",
        [],
    ),
    "an act of another": (
        "Ten people died a week after Turkish jets bombed the Syrian base.",
        "ASSAULT bombed",
        [],
    ),
    "others that are joined without a number": (
        "25 people were killed and many more injured in the Turkish attack.",
        "ASSAULT attack",
        ["dead 25..25 | 25 people"],
    ),
    "a denied number": ("Turkish troops did not kill ten people.", "ASSAULT kill", []),
    "denied of anybody": (
        "Turkish troops did not kill anyone.",
        "ASSAULT kill",
        ["dead 0..0 | anyone"],
    ),
    "who is described": (
        "Rebels killed Ahmed Karimi, a Syrian teacher and poet.",
        "ASSAULT killed",
        ["dead 1..1 | Ahmed Karimi"],
    ),
    "two acts": (
        "Turkish police arrested 20 Syrians and killed two.",
        "COERCE arrested",
        ["arrested 20..20 | 20 Syrians"],
    ),
    "what was only tried": ("Rebels tried to kill two Syrian officers.", "ASSAULT kill", []),
    "a number of years": (
        "Turkish jets attacked the Syrian camp for the third time in 12 years.",
        "ASSAULT attacked",
        [],
    ),
}


@pytest.mark.parametrize(("text", "anchor", "expected"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_stands_elsewhere_does_not_count(
    text: str, anchor: str | None, expected: list[str]
) -> None:
    events = found(text)
    listed = events[anchor] if anchor else next(iter(events.values()))
    assert [written(one) for one in listed] == expected


def test_a_number_that_no_store_could_hold_is_none() -> None:
    for number in ("99999999999999999999", "90,000 million", "1-99999999999999999999"):
        for magnitude in next(iter(found(f"Turkish troops killed {number} people.").values()), ()):
            assert (magnitude.high or 0) <= 10**10


def test_a_long_chain_of_deeds_does_no_harm() -> None:
    text = "Turkish troops " + ", ".join(f"killed {n} Syrians" for n in range(2, 900)) + "."
    assert found(text)

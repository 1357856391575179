"""Who stands on which side of a claim, from the text to the claim, one construction at a time."""

from __future__ import annotations

import pytest

from detente import lexicon
from detente.extraction.claims import candidates
from detente.extraction.parse import language_model
from making import document
from sided import claims, told

SIDES = {
    "agreed among themselves": (
        "Norway and Chile agree that quarrels should be settled in court.",
        ["AGREE CHL NOR <>"],
    ),
    "agreed with another": (
        "Norway and Chile agreed to send aid to Peru.",
        ["AGREE CHL NOR > PER"],
    ),
    "their own meeting": ("Norway and Chile postponed their meeting.", ["REJECT CHL NOR <>"]),
    "a meeting of one": ("Norway postponed its meeting with Chile.", ["REJECT NOR > CHL"]),
    "described before their names": (
        "Old foes Norway and Chile have renewed diplomatic ties after a break.",
        ["SUPPORT CHL NOR <>"],
    ),
    "a list with strangers": (
        "Lions, tigers, and Norway condemned Chile after a long debate.",
        ["ACCUSE NOR > CHL"],
    ),
    "a deed is judged, not its victim": (
        "Norway condemned the attack on Chile.",
        ["ACCUSE NOR >"],
    ),
    "a deed is judged, not whom it was against": (
        "Norway condemned attacks against Chile by Peru.",
        ["ACCUSE NOR > PER", "ASSAULT PER > CHL"],
    ),
    "a protest is not against the victim": (
        "Protesters in Norway marched against the attack on Chile.",
        ["PROTEST NOR >"],
    ),
    "freedom is asked for somebody": (
        "Norway demands the release of Chilean sailors by Peru.",
        ["REQUEST NOR > PER"],
    ),
    "a withdrawal is asked of somebody": (
        "Norway demands the withdrawal of Chilean soldiers.",
        ["REQUEST NOR > CHL"],
    ),
    "a condition": (
        "Norway will send aid to Chile unless Peru attacks Bolivia.",
        ["AGREE NOR > CHL"],
    ),
    "met with protests": ("The visit is met with protesters from Norway and Chile.", []),
    "whom a lifted ban was on": (
        "Norway has agreed to lift a ban on imports of Chilean wine.",
        ["AGREE NOR > CHL"],
    ),
    "a removed ban": ("Norway removed the ban on Chilean channels.", ["CONCEDE NOR > CHL"]),
    "another body of one country": (
        "The Taliban spurned repeated offers for peace talks by the Kabul government.",
        ["REJECT AFG > AFG"],
    ),
    "a plural noun read as a verb": (
        "Norway's prime minister rejected U.S. calls for a ceasefire in the northern region.",
        ["REJECT NOR > USA"],
    ),
    "a visiting guest": (
        "A Norwegian lawyer filed a lawsuit against visiting Saudi Crown Prince Fahd bin Omar.",
        ["ACCUSE NOR > SAU"],
    ),
    "willing to give": (
        "Norway is willing to send more tents to Colombia.",
        ["AGREE NOR > COL"],
    ),
    "whom a gift helps": (
        "Norway has donated a shipment of tents to assist Chile with its floods.",
        ["AID NOR > CHL"],
    ),
    "an agreement to supply": (
        "Norway signed an accord to supply Chile with fish.",
        ["SUPPORT NOR > CHL"],
    ),
    "roads that lead to a country": (
        "Soldiers from Chile cordoned off the roads leading into Peru.",
        ["COERCE CHL > PER"],
    ),
    "fired near": (
        "Chile fired two rockets near a naval vessel from Norway.",
        ["ASSAULT CHL > NOR"],
    ),
    "expelled from a country": (
        "Two Norwegian inspectors have been expelled from Chile.",
        ["SANCTION CHL > NOR"],
    ),
    "diplomats expelled are not one's own": (
        "Chile expelled two diplomats on Monday.",
        ["SANCTION CHL > GOV"],
    ),
    "refused once": ("Chile refused to talk to Norway.", ["REJECT CHL > NOR"]),
    "about to": ("Chile is about to restore ties with Norway.", ["AGREE CHL NOR <>"]),
    "a protest and its purpose": (
        "Chilean miners started a hunger strike to protest against the Chilean government.",
        ["PROTEST CHL > CHL"],
    ),
    "hoped of another": ("Norway hopes that Chile will send aid to Peru.", []),
    "own hopes": ("Norway hopes to send aid to Peru.", ["AGREE NOR > PER"]),
    "pessimism": ("Norway's leader voiced pessimism over holding talks with Chile.", []),
    "lawmakers in a country": (
        "Lawmakers in Norway and Chile condemned Peru.",
        ["ACCUSE CHL NOR > PER"],
    ),
    "campaigners in a country": (
        "Human rights activists in Norway condemned Peru.",
        ["ACCUSE NOR > PER"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), SIDES.values(), ids=SIDES.keys())
def test_sides(text: str, expected: list[str]) -> None:
    assert told(text) == expected


# What is decided by the report as a whole: one claim's side from another's words.
ACROSS = {
    "who is judged is who did it": (
        "Norwegian helicopters attacked a Chilean camp. Chile condemned the attack.",
        ["ACCUSE CHL > NOR", "ASSAULT NOR > CHL"],
    ),
    "the nearest deed that the noun can mean": (
        "Norway shot down a Chilean jet. Norway released a Peruvian sailor. "
        "Chile protested against the shooting.",
        ["ASSAULT NOR > CHL", "PROTEST CHL > NOR", "RETREAT NOR > PER"],
    ),
    "a deed of nobody known": (
        "A bomb killed ten people in Lima. Chile condemned the attack.",
        ["ACCUSE CHL >"],
    ),
    "one's own deed": (
        "Norway attacked a camp in Chile. Norway defended the attack.",
        ["ASSAULT NOR > CHL", "SUPPORT NOR >"],
    ),
    "all who agreed": (
        "Norway and Chile signed a pact on fish. Peru condemned the pact.",
        ["ACCUSE PER > CHL NOR", "SUPPORT CHL NOR <>"],
    ),
    "those hurt by force belong to the place": (
        "Gunmen killed five refugees in Chile.",
        ["ASSAULT UAF > CHL"],
    ),
    "a town that no map knows": (
        "The Peruvian army captured the town of Qwertyupa, near Lima.",
        ["COERCE PER > PER"],
    ),
    "a crowd told by its number": (
        "Thousands protested in Lima against Chile.",
        ["PROTEST PER > CHL"],
    ),
    "who fails somebody": (
        "Norway says Chile has failed to keep the truce.",
        ["ACCUSE NOR > CHL", "REJECT CHL >"],
    ),
    "nobody accuses himself": ("Norway said that it was responsible.", []),
    "what it did not do": ("Norway said that Chile did not break the truce.", ["ASSAULT CHL >"]),
    "whose deed is bad": ("Norway says that the Chilean pullback is slow.", ["ACCUSE NOR > CHL"]),
    "what a naming verb calls its object": (
        "The Norwegian premier labelled Chile a bully.",
        ["ACCUSE NOR > CHL"],
    ),
    "deterred": (
        "Norway deployed missiles on its coast to deter Chilean attacks.",
        ["ASSAULT CHL >", "MOBILIZE NOR > CHL"],
    ),
    "answered": (
        "Norway deployed missiles in response to threats by Chile.",
        ["MOBILIZE NOR > CHL"],
    ),
    "not deterred but sent to": (
        "Norway sent warships to Chile to deter pirates.",
        ["MOBILIZE NOR > CHL"],
    ),
    "intended together": ("Norway and Chile pledged to deepen ties.", ["AGREE CHL NOR <>"]),
    "to each other": (
        "Norway and Chile each expelled a diplomat from the other country.",
        ["SANCTION CHL NOR <>"],
    ),
    "they who say so": (
        "Militants in Peru say they attacked a Chilean base.",
        ["ASSAULT UAF > CHL"],
    ),
    "the body that says so": (
        "Norway's coastguard says it sank a Chilean trawler.",
        ["ASSAULT NOR > CHL"],
    ),
    "killed in fighting": (
        "Seven Peruvian soldiers and ten Chilean rebels were killed in fighting in the hills.",
        ["ASSAULT CHL PER <>"],
    ),
    "missiles from somewhere": (
        "A Chilean officer was killed by a missile fired from a Norwegian aircraft.",
        ["ASSAULT NOR > CHL"],
    ),
    "in talks": ("Norway says it is in talks with Chile.", ["CONSULT CHL NOR <>"]),
    "a description set beside a name": (
        "Norway cut ties with its former ruler, Chile.",
        ["SANCTION NOR > CHL"],
    ),
    "own soil is no side": ("Norway deployed missiles in Oslo.", ["MOBILIZE NOR >"]),
}


@pytest.mark.parametrize(("text", "expected"), ACROSS.values(), ids=ACROSS.keys())
def test_sides_that_other_words_tell(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_a_name_across_the_border_of_a_phrase_does_not_hang_the_search() -> None:
    # the parser hangs the name outside the phrase that it stands in
    text = "He urged restraint, U.S. State Department spokesman Mark Toner said of Peru-Chile ties."
    assert isinstance(told(text), list)


WORDS = {
    "ties are no party": (
        "Norway has established diplomatic ties with Peru.",
        {"Norway", "Peru"},
    ),
    "sanctions are no party": (
        "Norway refuses to lift sanctions on Peru.",
        {"Norway", "Peru"},
    ),
    "joined deeds are no party": (
        "Chile's conviction and imprisonment of Peruvian lawyer Ana Soto angered many.",
        {"Chile", "Peruvian lawyer Ana Soto"},
    ),
    "a short name in brackets": (
        "The Kurdistan Workers' Party (PKK) attacked a Turkish base.",
        {"The Kurdistan Workers' Party (PKK)", "a Turkish base"},
    ),
    "a name behind a description": (
        "On Monday Norway's prime minister, Kari Holm, condemned Peru for the attack.",
        {"Norway's prime minister, Kari Holm", "Peru"},
    ),
    "no clause": (
        "Norway's prime minister, who resigned, condemned Peru.",
        {"Norway's prime minister", "Peru"},
    ),
    "a list is no description": (
        "Norway, Chile and Bolivia condemned Peru.",
        {"Norway", "Chile", "Bolivia", "Peru"},
    ),
}


@pytest.mark.parametrize(("text", "expected"), WORDS.values(), ids=WORDS.keys())
def test_the_words_of_a_party_are_its_whole_phrase(text: str, expected: set[str]) -> None:
    words = {m.span.text for c in claims(text) for m in (*c.actors, *c.recipients)}
    assert words == expected


def test_countries_that_act_on_each_other_are_a_pair_to_the_helper() -> None:
    told_of = {}
    for text in ("Norway and Chile restored ties.", "Norway attacked Chile.", "Norway resigned."):
        one = document(text)
        ((_, features),) = candidates([one], model=language_model(), lexicon=lexicon.load())[0] or (
            (None, frozenset()),
        )
        told_of[text] = "actors and recipients have different countries" in features
    assert list(told_of.values()) == [True, True, False]

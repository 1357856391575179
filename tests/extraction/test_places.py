"""Where an event was: the country, the town and its coordinates, by the event's own words."""

from __future__ import annotations

import pytest

from detente.extraction.actors.mentions import find_mentions
from detente.extraction.events.finding import find_events
from detente.extraction.parse import FoundEvent, language_model, parse
from detente.lexicon.actors import load_actors
from detente.lexicon.frames import load_frames
from detente.model import Document, Place, Segment, SegmentKind


def events(text: str) -> tuple[FoundEvent, ...]:
    document = Document(id="d", key="d", text=text)
    segment = Segment(kind=SegmentKind.BODY, start=0, end=len(text))
    actors = load_actors()
    (passages,) = parse([(document, (segment,))], language_model(), actors.longest)
    return find_events(passages, find_mentions(passages, actors, None), load_frames())[0]


def written(place: Place | None) -> str:
    """Return a place as "SYR Aleppo | city of Aleppo"."""
    if place is None:
        return ""
    return f"{place.country or '?'} {place.city or ''}".strip() + f" | {place.span.text}"


PHRASES = {
    "town": ("in Kabul", "AFG Kabul | Kabul"),
    "country": ("in northern Nigeria", "NGA | Nigeria"),
    "town, country": ("in Jos, Nigeria", "NGA Jos | Jos, Nigeria"),
    "town, part of a country": ("near Goma, eastern Congo", "COD Goma | Goma, eastern Congo"),
    "town, state": ("in Dallas, Texas", "USA Dallas | Dallas, Texas"),
    "the city of": ("in the city of Quetta", "PAK Quetta | city of Quetta"),
    "whose city": (
        "near the Pakistani city of Quetta",
        "PAK Quetta | Pakistani city of Quetta",
    ),
    "a town that no gazetteer has": (
        "in the Malian town of Tessalit",
        "MLI Tessalit | Malian town of Tessalit",
    ),
    "whose capital": ("in the Peruvian capital", "PER Lima | Peruvian capital"),
    "the capital by name": (
        "in the Yemeni capital Sana'a",
        "YEM Sanaa | Yemeni capital Sana'a",
    ),
    "capital, comma": ("in the capital, Bangui", "CAF Bangui | capital, Bangui"),
    "province": ("in Helmand province", "AFG | Helmand province"),
    "province, country": ("in Shabwa province, Yemen", "YEM | Shabwa province, Yemen"),
    "the province of": ("in the province of Aceh", "IDN | province of Aceh"),
    "whose province": (
        "in Afghanistan's Paktika Province",
        "AFG | Afghanistan's Paktika Province",
    ),
    "region of a country": (
        "in the Ogaden region of Ethiopia",
        "ETH | Ogaden region of Ethiopia",
    ),
    "a house in a town": ("at a hotel in Nairobi", "KEN Nairobi | hotel in Nairobi"),
    "a house of a town": ("at Kabul University", "AFG Kabul | Kabul University"),
    "a square of a town": ("in Cairo's Tahrir Square", "EGY Cairo | Cairo's Tahrir Square"),
    "a square, a town": ("in Tahrir Square, Cairo", "EGY Cairo | Tahrir Square, Cairo"),
    "suburb": ("in a suburb of Damascus", "SYR Damascus | suburb of Damascus"),
    "airspace": ("over Syrian airspace", "SYR | Syrian airspace"),
    "border": ("near the Turkish border", "? | Turkish border"),
    "whose base": ("at an American base", ""),
    "two towns": ("in Cairo and Alexandria", "EGY | Cairo"),
    "towns": ("in the towns of Misrata and Zawiya", "LBY | towns of Misrata"),
}


@pytest.mark.parametrize(("phrase", "expected"), PHRASES.values(), ids=PHRASES)
def test_phrases(phrase: str, expected: str) -> None:
    (event,) = events(f"Gunmen attacked two British tourists {phrase}.")
    assert written(event.place) == expected


ATTACHED = {
    "before the sentence": ("In Kabul, the Taliban attacked a police station.", "AFG Kabul"),
    "beside the object": ("Rebels attacked a Turkish convoy near Goma.", "COD Goma"),
    "a target": ("Russian jets bombed Aleppo.", "SYR Aleppo"),
    "a named target": (
        "Boko Haram militants attacked the town of Damboa in northeastern Nigeria.",
        "NGA Damboa",
    ),
    "a target of a noun": ("The siege of Homs by Syrian troops went on.", "SYR Homs"),
    "a compound": ("The Kabul attack by the Taliban killed ten.", "AFG Kabul"),
    "beside a noun": ("The attack by the Taliban in Kandahar killed ten.", "AFG Kandahār"),
    "talks": ("Turkey and Russia held talks in Geneva.", "CHE Geneva"),
    "held in": ("Talks between Japan and China were held in Geneva.", "CHE Geneva"),
    "a raid": ("French troops killed ten rebels in a raid on a post in Gao.", "MLI Gao"),
    "taken": ("Rebels seized the capital, Bangui.", "CAF Bangui"),
    "control": ("Libyan rebels took control of Benghazi.", "LBY Benghazi"),
    "a visit": ("The Turkish president visited Moscow.", "RUS Moscow"),
    "the last of two verbs": (
        "Gunmen killed seven Yemeni soldiers and injured two near the city of Zinjibar.",
        "YEM Zinjibār",
    ),
    "left dead": (
        "Clashes between Malian and Chadian troops left ten people dead in Niger.",
        "NER",
    ),
}


@pytest.mark.parametrize(("text", "expected"), ATTACHED.values(), ids=ATTACHED)
def test_what_is_attached_to_the_event(text: str, expected: str) -> None:
    found = [written(event.place).partition(" |")[0] for event in events(text)]
    assert expected in found


@pytest.mark.parametrize(
    "text",
    [
        "In Kabul, officials said that Turkey had attacked Greece.",
        "Turkey criticised the Greek attack on tourists in Cairo.",
        "Rebels attacked Turkish troops in response to a raid in Mosul.",
        "The president, who was born in Cairo, attacked Greek troops.",
        "Turkey attacked Greece.",
    ],
)
def test_a_place_elsewhere_in_the_sentence_is_not_the_event_s(text: str) -> None:
    (event,) = (e for e in events(text) if e.trigger.pos_ == "VERB")
    assert event.place is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen attacked two tourists in Hyderabad.", "? Hyderabad"),
        ("Pakistani gunmen attacked two tourists in Hyderabad.", "PAK Hyderabad"),
        ("Gunmen attacked two tourists in Hyderabad. India was shocked.", "IND Hyderabad"),
        ("Gunmen attacked tourists in Hyderabad. India and Pakistan talked.", "? Hyderabad"),
        ("Gunmen attacked two Pakistani tourists in Hyderabad, India.", "IND Hyderabad"),
    ],
)
def test_the_countries_around_tell_which_town_is_meant(text: str, expected: str) -> None:
    place = events(text)[0].place
    assert written(place).partition(" |")[0] == expected
    assert (place.latitude is None) is expected.startswith("?")


def test_a_town_has_its_coordinates() -> None:
    (event,) = events("The Taliban attacked a hotel in Kabul.")
    assert (event.place.latitude, event.place.longitude) == (34.53, 69.17)
    assert event.place.name == "Kabul"

"""Where places lie, and which of several towns of one name is meant."""

from __future__ import annotations

import pytest

from detente.lexicon.actors import load_actors
from detente.lexicon.gazetteer import City, Gazetteer, load_gazetteer


def test_every_row_is_on_the_globe_and_its_country_is_known():
    gazetteer, actors = load_gazetteer(), load_actors()
    cities = {city for name in ("Kabul", "Geneva", "Hyderabad") for city in gazetteer.cities(name)}
    assert len(cities) > 3
    rows = [city for found in gazetteer._cities.values() for city in found]
    for city in rows:
        assert actors.country_name(city.country) != city.country
        if city.latitude is not None and city.longitude is not None:
            assert -90 <= city.latitude <= 90 and -180 <= city.longitude <= 180
            assert round(city.latitude, 2) == city.latitude
            assert round(city.longitude, 2) == city.longitude
    assert len({(city.name, city.country) for city in rows}) > 12_000


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Kabul", "AFG"), ("Sana'a", "YEM"), ("Sanaa", "YEM"), ("Deraa", "SYR"),
        ("al-Fallujah", "IRQ"), ("Fallujah", "IRQ"), ("Kiev", "UKR"), ("Kyiv", "UKR"),
        ("New York", "USA"), ("Rangoon", "MMR"), ("Kobani", "SYR"), ("Kidal", "MLI"),
        ("Geneva", "CHE"), ("Paris", "FRA"), ("Tripoli", "LBY"), ("Gaza City", "PSE"),
    ],
)  # fmt: skip
def test_a_name_means_the_one_or_the_much_larger_town(text, country):
    city = load_gazetteer().city(text)
    assert city is not None and city.country == country


def test_of_two_like_towns_the_countries_named_decide():
    gazetteer = load_gazetteer()
    assert gazetteer.city("Hyderabad") is None
    assert gazetteer.city("Hyderabad", {"PAK", "USA"}).country == "PAK"
    assert gazetteer.city("Hyderabad", {"IND"}).country == "IND"
    assert gazetteer.city("Hyderabad", {"PAK", "IND"}) is None
    assert gazetteer.city("Hyderabad", {"TUR"}) is None
    assert gazetteer.city("Nowhere-on-Sea") is None


def test_a_namesake_a_tenth_as_large_is_not_meant_only_because_its_country_is_named():
    town, city = ("Ilion", "TUR", 10, 1.0, 2.0, 0, ()), ("Ilion", "GRC", 100, 3.0, 4.0, 0, ())
    assert Gazetteer([town, city]).city("Ilion", {"TUR"}) is None
    assert Gazetteer([("Ilion", "TUR", 11, 1.0, 2.0, 0, ()), city]).city("Ilion", {"TUR"})


def test_ten_times_as_large_is_sure_and_less_is_not():
    row = ("Ilion", "TUR", 100, 1.0, 2.0, 0, ())
    sure = Gazetteer([row, ("Ilion", "GRC", 10, 3.0, 4.0, 0, ())])
    assert sure.city("Ilion") == City("Ilion", "TUR", 100, 1.0, 2.0, False)
    assert Gazetteer([row, ("Ilion", "GRC", 11, 3.0, 4.0, 0, ())]).city("Ilion") is None
    capital = Gazetteer([row, ("Ilion", "GRC", 100, 3.0, 4.0, 1, ())])
    assert capital.city("Ilion").country == "GRC"
    assert capital.capital("GRC").name == "Ilion" and capital.capital("TUR") is None


def test_divisions_of_countries():
    gazetteer = load_gazetteer()
    assert gazetteer.regions("Helmand") == {"AFG"}
    assert gazetteer.regions("Diyala") == {"IRQ"}
    assert gazetteer.regions("Punjab") == {"IND", "PAK"}
    assert gazetteer.regions("Nowhere") == frozenset()

"""Disputes are told with both sides; what was withdrawn is seen to be so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from briefs import brief_of, material, told
from detente.briefing.compose import compose
from detente.briefing.render import render
from detente.model import Label, Polarity, SegmentKind, SourceKind
from making import attribution, dead

DAY = date(2015, 11, 24)


def struck(number, outlet, day=DAY):
    words = f"{number} people"
    text = f"Turkey struck Russia at the old mill on the river, killing {words}."
    doc, made = told(text, "ASSAULT", "struck", day, outlets=(outlet,), key=outlet)
    return doc, replace(made, magnitudes=(dead(doc, words, number, number),))


def test_two_numbers_are_told_with_who_says_which():
    brief = brief_of(struck(12, "Courier"), struck(17, "Herald"), struck(17, "Ledger"))
    (one,) = brief.disputed
    assert "how many is told in two ways: 12 dead, “Turkey struck" in one.text
    assert "(Courier, in its own voice)" in one.text
    assert "17 dead" in one.text and "2 reports, 1 to 2 origins" in one.text
    assert {item.quote for item in one.evidence} == {
        f"Turkey struck Russia at the old mill on the river, killing {n} people." for n in (12, 17)
    }


def test_a_later_number_is_told_as_later():
    brief = brief_of(struck(12, "Courier"), struck(17, "Herald", date(2015, 11, 25)))
    (one,) = brief.disputed
    assert "reports of later days differ" in one.text


def denial(who, country):
    text = f"{who} denied that Turkey struck Russia at the old mill on the river."
    doc, made = told(text, "ASSAULT", "struck", date(2015, 11, 25), outlets=("Observer",), key=who)
    link = replace(attribution(doc, who, "denied"), lemma="deny")
    link = replace(link, source=replace(link.source, country=country))
    certainty = replace(made.certainty, label=Label.DENIED, polarity=Polarity.NEGATIVE)
    return doc, replace(made, attributions=(link,), certainty=certainty)


def test_the_denial_of_a_party_is_called_that():
    (one,) = brief_of(struck(12, "Courier"), denial("Ankara", "TUR")).disputed
    assert "Against it: Observer: Ankara (official)" in one.text
    assert one.text.endswith("Who denies is a party to it; that is no evidence for the opposite.")
    (one,) = brief_of(struck(12, "Courier"), denial("Bern", "CHE")).disputed
    assert "party" not in one.text


def correction(outlet):
    text = "Correction: A report said that Turkey struck Russia at the old mill on the river."
    doc, made = told(text, "ASSAULT", "struck", date(2015, 11, 26), outlets=(outlet,), key="note")
    chain = (attribution(doc, "A report", "said", kind=SourceKind.DOCUMENT),)
    return doc, replace(made, attributions=chain, segment=SegmentKind.EDITORS_NOTE)


def test_what_its_outlet_took_back_is_seen_to_be_so():
    brief = brief_of(struck(12, "Courier"), correction("Courier"))
    (entry,) = brief.events
    assert entry.withdrawn == "withdrawn by Courier on 26 November 2015"
    assert (entry.origins.min, entry.origins.max, entry.rating.code) == (0, 0, "F5")
    assert not any(period.total for period in brief.series.periods)
    for form in ("text", "markdown", "html"):
        assert "Withdrawn by Courier on 26 November 2015." in render(brief, form)
    assert "Corrected: Courier: A report" in brief.disputed[0].text


def test_what_others_still_report_stands_and_comes_first():
    pairs = (struck(12, "Courier"), struck(13, "Herald"), correction("Courier"))
    (entry,) = compose(material(*pairs)).events
    assert entry.withdrawn == "withdrawn by Courier on 26 November 2015 (1 of 2 reports)"
    assert (entry.origins.min, entry.origins.max) == (1, 1)
    assert "13 people" in entry.statement.text

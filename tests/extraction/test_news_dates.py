"""What no words date: news of the day of its report, or background; the event is starred."""

from datetime import date

import pytest

from dated import MONDAY, when
from detente.model import DateBasis, SegmentKind
from detente.model.ontology import EventType

SUNDAY = date(2016, 7, 24)


def days(found):
    return found.first, found.last, found.basis


@pytest.mark.parametrize(
    "marked",
    [
        "Chad *bans the drug.",
        "Chad has *banned the drug.",
        "Chad *banned the drug.",
        "Border dispute: The two navies *clash near the island.",
        "The general *opens fire on a crowd.",
        "The president *begins a visit to Chad.",
        "The minister tenders his *resignation.",
        "There are new *clashes between the army and rebels.",
        "Chad becomes the latest country to *ban the drug.",
        "The court deals a blow to the ministry by *refusing its appeal.",
        "The town is in mourning, with the mayor *blaming Chad.",
        "Thousands marched through Oslo to *protest against the law.",
        "Ten thousand marched in Oslo to *demand a vote.",
        "Ten soldiers died after an *attack by rebels.",
        "Four people are hurt in a series of *raids.",
        "The senator is forced to *resign.",
        "The ministry *sanctions two banks.",
        "Police clash with demonstrators who *protest against the law.",
        "A guard is shot and *killed.",
        "The unions have had their request *turned down.",
        "A man kills two people before being *shot by police.",
        "Envoys *met in Oslo and will meet again on Friday.",
        "Three men are arrested in a *raid ahead of this weekend's 60-nation summit.",
        "The government moves to *back the bank with a loan.",
        "Rebels claim to be responsible for a bomber who *strikes near the port.",
    ],
)
def test_what_the_outlet_tells_as_news_is_of_the_day(marked):
    assert days(when(marked)) == (MONDAY, MONDAY, DateBasis.PUBLICATION)


@pytest.mark.parametrize(
    "marked",
    [
        "Chad says a jet *violated its airspace.",
        "The army said it *killed ten rebels.",
        "The army said it had *killed ten rebels.",
        "The army says it has *killed ten rebels.",
        "Chad claims to have *shot down a drone.",
        "Rebels are reported to have *attacked the port.",
        "Ten miners are believed to have been *killed by gunmen.",
        "Ten rebels were *killed, the army said.",
        "Rebels *attacked the port, the army said on Monday.",
        "On Monday the mayor told reporters that rebels *attacked the port.",
        "In a statement released on Monday, the ministry said it *killed ten rebels.",
        "According to the army, ten rebels were *killed.",
        "The army reportedly *killed ten rebels.",
        "The radio reports that the mayor says gunmen *seized the town.",
        "The army denied the report, saying that rebels *attacked the port.",
        "Farmers flee after a bomber *strikes the dam.",
        "Four people are killed after gunmen *attacked a bus.",
        "Farmers block a road near the port. Police *arrested two of them.",
    ],
)
def test_what_is_told_as_past_happened_then_or_the_day_before(marked):
    found = when(marked)
    assert days(found) == (SUNDAY, MONDAY, DateBasis.PUBLICATION)
    assert found.edtf == "2016-07-24/2016-07-25"


def test_nothing_is_later_than_its_telling():
    found = when('"Rebels *attacked the port," the mayor said on Sunday.')
    assert days(found) == (date(2016, 7, 23), SUNDAY, DateBasis.PUBLICATION)


@pytest.mark.parametrize(
    "marked",
    [
        "Rebels *attacked the port, the army said on Wednesday.",
        "The army *killed ten rebels, it said in a statement released Tuesday.",
        "The ministry, in a statement on Wednesday, said Chad *bombed the camp.",
        "Speaking on Friday, the mayor said Chad *bombed the camp.",
        "Chad *bombed the camp, according to a letter published on Friday.",
    ],
)
def test_the_day_of_an_older_saying_dates_nothing(marked):
    found = when(marked)
    assert found.basis is DateBasis.UNKNOWN
    assert "said on 2016-07-" in (found.reason or "")


def test_the_day_of_a_saying_in_brackets_is_not_the_day_of_the_main_clause():
    found = when("Chad (which opened its border on Friday) *attacked the town.")
    assert days(found) == (MONDAY, MONDAY, DateBasis.PUBLICATION)


@pytest.mark.parametrize(
    ("marked", "reason"),
    [
        ("The rebels, who *kidnapped a nurse, released her.", "relative clause"),
        ("The nurse *kidnapped by rebels was released.", "relative clause"),
        ("The officer *found guilty of murder makes an apology.", "relative clause"),
        ("When rebels *attacked the port, the army fled.", "temporal clause"),
        ("Mourners bury the mayor days after he is *shot.", "temporal clause"),
        ("The army had been *shelling the town.", "before the time of its story"),
        ("The army says it had *shelled the town.", "before the time of its story"),
        ("In the war that followed, the army *killed thousands.", "another event"),
        ("The rebels recently *attacked the port.", "'recently' says no day"),
        ("Police later *seized the house.", "'later' says no day"),
        ("The magazine has often *criticised the ministry.", "habit"),
        ("A report by the council says troops *killed villagers.", "a document"),
        ("In her book she says troops *killed villagers.", "a document"),
        ("The minister admitted that troops *killed villagers.", "'admitted'"),
        ("The president condemns the *attack.", "takes as given"),
        ("The army, which says that it *shelled the town, is leaving.", "subordinate clause"),
        ("The minister travels to Oslo to *sign a treaty.", "not said to have happened"),
        ("The two banks met in March 2015. They *agreed on a merger.", "in a story of 2015-03"),
        ("Chad plans to *attack the town.", "future"),
        ("Chad asks Oslo to *release two men.", "not said to have happened"),
        ("The crowd demands that the senators *resign.", "not said to have happened"),
        ("Chad asks that two men be *released.", "not said to have happened"),
        ("Chad accuses Oslo of *shelling the town.", "subordinate clause"),
    ],
)
def test_what_the_sentence_takes_as_known_is_not_news(marked, reason):
    found = when(marked)
    assert days(found) == (None, None, DateBasis.UNKNOWN)
    assert reason in (found.reason or "")


def test_a_story_begins_on_the_day_that_opens_it():
    opening = "Rebels seized the port on Thursday, the army said.\n\n"
    found = when("The army *shelled the port.", opening=opening)
    assert days(found) == (date(2016, 7, 21), MONDAY, DateBasis.PUBLICATION)
    told = when("Rebels seized the port on Thursday. The army *shelled it.")
    assert days(told) == (date(2016, 7, 21), MONDAY, DateBasis.PUBLICATION)


def test_the_present_goes_on_with_no_older_story():
    opening = "Rebels seized the port on Thursday, the army said.\n\n"
    found = when("The army *shells the port.", opening=opening)
    assert days(found) == (MONDAY, MONDAY, DateBasis.PUBLICATION)


def test_a_story_that_opens_long_ago_is_no_story_of_the_day():
    opening = "Rebels seized the port on 3 May, the army said.\n\n"
    found = when("The army *shelled the port.", opening=opening)
    assert days(found) == (MONDAY, MONDAY, DateBasis.PUBLICATION)


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("Chad *accuses two men of fraud in last month's vote.", EventType.ACCUSE),
        ("Chad *executes two men over unrest last year.", EventType.ASSAULT),
        ("Police *arrest two men over the massacre last Thursday.", EventType.COERCE),
        ("The king *announces his abdication, effective July 30.", EventType.RETREAT),
        ("The fan *backs a goalkeeper of the 2012-13 Ocean Cup.", EventType.SUPPORT),
        ("Thousands *rally for the withdrawal plan of 2004.", EventType.PROTEST),
        ("Chad *apologises for a raid that took place during the war in 1997.", EventType.SUPPORT),
        ("The court *jails the general until 2034.", EventType.COERCE),
    ],
)
def test_the_day_of_another_thing_is_not_that_of_the_news(marked, kind):
    assert days(when(marked, kind=kind)) == (MONDAY, MONDAY, DateBasis.PUBLICATION)


def test_words_that_only_say_what_an_event_is_about_do_not_date_it():
    marked = "Crowds *demonstrate against next week's visit of the queen."
    assert days(when(marked, more=("visit",))) == (MONDAY, MONDAY, DateBasis.PUBLICATION)


REPRINT = SegmentKind.REPRINT


@pytest.mark.parametrize(
    "marked",
    [
        "Rebels *attacked the port on Friday.",
        "Rebels *attacked the port yesterday.",
        "Rebels *attacked the port.",
        "The army said it *killed ten rebels.",
    ],
)
def test_a_reprint_without_a_day_is_not_read_by_the_day_of_its_page(marked):
    found = when(marked, segment=REPRINT)
    assert days(found) == (None, None, DateBasis.UNKNOWN)
    assert found.reason


def test_a_reprint_is_read_by_its_own_day():
    own = date(2016, 7, 21)
    assert when("Rebels *attacked the port on Friday.", segment=REPRINT, own=own).first == date(
        2016, 7, 15
    )
    assert when("Rebels *attack the port.", segment=REPRINT, own=own).first == own


def test_a_day_of_a_month_in_a_reprint_is_the_last_one_before_the_page():
    found = when("Rebels *attacked the port on 15 July.", segment=REPRINT)
    assert (found.edtf, found.basis) == ("2016-07-15", DateBasis.RELATIVE)
    assert when("Rebels *attacked the port in May.", segment=REPRINT).edtf == "2016-05"
    planned = when("A meeting may be *held in August before the summit.", segment=REPRINT)
    assert planned.edtf == "2016-08"

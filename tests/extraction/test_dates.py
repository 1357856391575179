"""Which words date which event; the event's trigger is marked with a star."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dated import MONDAY, passage_of, when
from detente.extraction.dates.dating import date_of, find_dates
from detente.extraction.dates.tense import ClauseTime, clause_time
from detente.extraction.parse import FoundEvent, language_model
from detente.model import DateBasis
from detente.model.ontology import EventType


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Turkey *thanked Russia on Monday.", "2016-07-25"),
        ("On Wednesday, the army *attacked the town, officials said.", "2016-07-20"),
        ("In November 2015 Turkey *shot down a Russian jet.", "2015-11"),
        ("On the night to July 16, rebels *attacked the palace.", "2016-07-15/2016-07-16"),
        ("Russia *warned Turkey over ten days ago.", "../2016-07-14"),
        ("Putin will *meet Erdogan on 9 August in St Petersburg.", "2016-08-09"),
        ("The presidents are to *meet on Friday.", "2016-07-29"),
        ("The talks may be *held in August before the G20 summit.", "2016-08"),
        ("Rebels killed ten people in an *attack on Monday.", "2016-07-25"),
        ("Ten people were *killed in an attack on Monday.", "2016-07-25"),
        ("Tuesday's *talks between the two countries failed.", "2016-07-19"),
        ("The November 24 *shootdown angered Moscow.", "2015-11-24"),
        ("Russia imposed sanctions on Turkey on 28 November, *banning tomatoes.", "2015-11-28"),
        ("The soldiers who *shot the hostage in May were arrested.", "2016-05"),
        ("Turkey agreed on Friday to *release the crew next month.", "2016-08"),
        ("On Friday, Russia warned Turkey and *bombed the convoy.", "2016-07-22"),
        ("The minister *resigned after the jet fell on Thursday.", "2016-07-21/2016-07-25"),
        ("He condemned people believed to have been *killed in January.", "2016-01"),
        ("The truce was planned to *end on Saturday, July 23.", "2016-07-23"),
        ("At the end of the month, Turkey *opened the border.", "2016-06-26/2016-06-30"),
        ("Russia closed its border on Saturday, four days after Turkey *shot a jet.", "2016-07-19"),
        ("The talks were *scheduled for Friday.", "2016-07-29"),
        ("Turkey left the talks on Friday, a week before the *attack.", "2016-07-29"),
        ("Russia *closed its border two days after the attack on May 3.", "2016-05-05"),
        ("Moscow accused Ankara of *attacking a convoy last week.", "2016-07-18/2016-07-24"),
        ("The miner, who hid his kin in the 1999 bombing *raids, is dead.", "1999"),
        ("Officials said that on Sunday rebels *attacked the port.", "2016-07-24"),
        ("Ten people died in Monday's *raid on the port.", "2016-07-25"),
        ("Police seek those killed in Monday's *raid on the port.", "2016-07-25"),
        ("Envoys met in the port city following Friday's *resignation of the mayor.", "2016-07-22"),
        ("The talks *open on Friday.", "2016-07-29"),
        ("The army has *shelled the town for the past two years.", "2014-07-25~/2016-07-25~"),
    ],
)
def test_the_words_attached_date_the_event(marked, expected):
    found = when(marked)
    assert found.edtf == expected
    assert found.basis in (DateBasis.RELATIVE, DateBasis.STATED)


@pytest.mark.parametrize(
    "marked",
    [
        "On Wednesday officials said the army had *attacked the town.",
        "The ministry said on Tuesday that its jets had *struck the camp.",
        "Officials said Wednesday that rebels *seized the port.",
        "Ankara condemned on Monday an *attack that killed ten people.",
    ],
)
def test_the_day_of_the_saying_is_not_the_day_of_the_event(marked):
    assert when(marked).basis is DateBasis.UNKNOWN


def test_a_decree_does_what_it_does_when_it_is_signed():
    found = when("The president signed a decree *imposing sanctions on Chad.")
    assert found.first == found.last == date(2016, 7, 25)
    assert found.basis is DateBasis.PUBLICATION


@pytest.mark.parametrize(
    ("marked", "reason"),
    [
        ("The raid that Turkey *launched angered Moscow.", "background"),
        ("After Turkey *shot down the jet, Russia closed its border.", "background"),
        ("Turkey had *apologised to Russia.", "background"),
        ("Turkey earlier *apologised to Russia.", "background"),
        ("Turkey will *apologise to Russia.", "future"),
        ("Turkey may *apologise to Russia.", "not said to have happened"),
        ("Talks were *suspended after the shootdown.", "'after the shootdown'"),
        ("Turkey *opened the border two days later.", "another event"),
    ],
)
def test_what_is_not_dated_says_why(marked, reason):
    found = when(marked)
    assert (found.first, found.last, found.basis) == (None, None, DateBasis.UNKNOWN)
    assert reason in (found.reason or "")


@pytest.mark.parametrize(
    "marked",
    [
        "Turkish jets *shoot down a Russian plane.",
        "Turkey *lifted the ban on Russian ships.",
        "Turkey *calls an election for November 1.",
        "Turkey *files a protest after two jets landed on July 20.",
        "Turkey *shoots down a plane after it crosses the border.",
        "Police *arrested the pilots.",
        "Turkey *thanked Russia during a briefing.",
        "Since the talks failed, Turkey *closed the border.",
        "The *strike killed three soldiers.",
    ],
)
def test_a_main_clause_without_a_date_takes_the_day_of_publication(marked):
    found = when(marked)
    assert (found.first, found.last, found.basis) == (MONDAY, MONDAY, DateBasis.PUBLICATION)
    assert when(marked, published=None).basis is DateBasis.UNKNOWN


def test_a_far_day_does_not_date_the_present_tense():
    found = when("Turkey *arrests a man for a murder in May 2014.")
    assert (found.first, found.basis) == (MONDAY, DateBasis.PUBLICATION)


def test_the_anchor_is_that_of_the_words_not_of_the_page():
    marked = "Diplomats said he was *alerted by Russia hours before it was initiated on Friday."
    assert when(marked, published=date(2016, 7, 21)).edtf == "2016-07-15~"
    assert when(marked, published=date(2016, 7, 25)).edtf == "2016-07-22~"


def test_without_an_anchor():
    assert when("Turkey *thanked Russia on Monday.", published=None).first is None
    assert "publication" in (when("Turkey *thanked Russia on Monday.", published=None).reason or "")
    assert when("Turkey *thanked Russia on 25 July 2016.", published=None).first == MONDAY


def test_basis_tells_whether_the_words_need_a_publication_date():
    assert when("Turkey *freed the crew on 5 May 2016.").basis is DateBasis.STATED
    assert when("Turkey *freed the crew on 5 May.").basis is DateBasis.RELATIVE


def test_a_light_verb_and_its_noun_share_their_date():
    assert when("Russia *launched an attack on Friday.", more=("attack",)).edtf == "2016-07-22"
    assert when("Russia and Turkey held *talks in Sochi on Friday.").edtf == "2016-07-22"


def test_a_day_of_a_coordinated_verb_is_its_own():
    first = "The ministers *met on July 1 and signed a pact on July 3."
    second = "The ministers met on July 1 and *signed a pact on July 3."
    assert (when(first).edtf, when(second).edtf) == ("2016-07-01", "2016-07-03")


@pytest.mark.parametrize(
    "text",
    [
        "It was the worst attack since 2010.",
        "Black Friday sales rose.",
        "The Sunday Times reported.",
    ],
)
def test_records_and_names_do_not_date(text):
    passage = passage_of(text)
    verb = next(token for token in passage.doc if token.dep_ == "ROOT")
    assert when(text[: verb.idx] + "*" + text[verb.idx :]).basis is DateBasis.PUBLICATION


def test_spans_quote_the_document_and_hold_the_preposition():
    passage = passage_of("The jet fell in November 2015.", lead="Headline\n\n")
    (found,) = find_dates(passage)
    assert found.when.span is not None
    assert found.when.span.text == "in November 2015"
    text = passage.document.text
    assert text[found.when.span.start : found.when.span.end] == "in November 2015"


WORDS = st.sampled_from(
    "Turkey Russia said attacked on Monday the since before after hours coup, will meet in May "
    "2016 that night to July 16 . ago two days and talks by of over \n".split(" ")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=18).map(" ".join), st.one_of(st.none(), st.dates()))
def test_any_passage_is_dated_without_an_error(text, anchor):
    if not text.strip():
        return
    passage = passage_of(text, lead="x\n", published=anchor)
    for found in find_dates(passage):
        span = found.when.span
        assert span is not None
        assert passage.document.text[span.start : span.end] == span.text
    for token in passage.doc:
        event = FoundEvent(
            passage, token, (token,), (token,), EventType.AID, None, (), (), None, "t:t"
        )
        dated = date_of(event)
        if dated.first and dated.last:
            assert dated.first <= dated.last
        if dated.basis is DateBasis.UNKNOWN:
            assert dated.reason


def test_a_chain_of_clauses_without_end_is_cut_off():
    words = ["seeing"] * 3000
    heads = [max(place - 1, 0) for place in range(3000)]
    doc = Doc(
        language_model().vocab,
        words=words,
        heads=heads,
        deps=["ROOT", *["advcl"] * 2999],
        tags=["VBG"] * 3000,
        pos=["VERB"] * 3000,
    )
    assert clause_time(doc[2999]) is ClauseTime.OPEN


def test_a_month_before_an_event_lies_ahead():
    found = find_dates(passage_of("August before the G20 summit"))
    assert [one.when.edtf for one in found] == ["2016-08", None]
    assert "before the G20 summit" in (found[1].when.reason or "")

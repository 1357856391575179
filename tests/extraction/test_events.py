"""The event engine: who did what to whom, one construction of English at a time."""

from __future__ import annotations

import pytest

from detente.extraction.actors.mentions import find_mentions
from detente.extraction.events.finding import find_events
from detente.extraction.parse import FoundEvent, language_model, parse
from detente.lexicon.actors import load_actors
from detente.lexicon.frames import load_frames
from detente.model import Abstention, Document, EventType, Mention, Segment, SegmentKind


def code(text: str) -> tuple[tuple[FoundEvent, ...], tuple[Abstention, ...]]:
    document = Document(id="d", key="d", text=text)
    segment = Segment(kind=SegmentKind.BODY, start=0, end=len(text))
    actors = load_actors()
    (passages,) = parse(
        [(document, (segment,))], language_model(), actors.longest, load_frames().known_verbs
    )
    return find_events(passages, find_mentions(passages, actors, None), load_frames())


def countries(mentions: tuple[Mention, ...]) -> str:
    return " ".join(sorted({mention.country or mention.sector or "?" for mention in mentions}))


def coded(text: str) -> set[str]:
    """Return each event as "TYPE actors > recipients"."""
    return {
        f"{event.event_type} {countries(event.actors)} > {countries(event.recipients)}".strip()
        for event in code(text)[0]
    }


ROLES = {
    "active": ("Turkey attacked Greece.", "ASSAULT TUR > GRC"),
    "passive with agent": ("Greece was attacked by Turkey.", "ASSAULT TUR > GRC"),
    "question": ("Did Turkish troops attack Greece?", "ASSAULT TUR > GRC"),
    "headline": ("Turkey downs Russian jet", "ASSAULT TUR > RUS"),
    "headline without auxiliary": ("Russian jet shot down by Turkey", "ASSAULT TUR > RUS"),
    "split particle": ("Turkey shot a Russian jet down over Syria.", "ASSAULT TUR > RUS"),
    "noun with of": ("Russia's invasion of Georgia began at night.", "ASSAULT RUS > GEO"),
    "noun with on": ("The Russian attack on Georgia began at night.", "ASSAULT RUS > GEO"),
    "noun with by": ("An attack on Georgia by Russia followed.", "ASSAULT RUS > GEO"),
    "noun of a verbal type": ("Russia's rejection of the Turkish plan hurt.", "REJECT RUS > TUR"),
    "talks between": ("Talks between Japan and China began.", "CONSULT CHN JPN >"),
    "talks with": ("Japan's talks with China began.", "CONSULT CHN JPN >"),
    "joint subject of a meeting": ("Japan and China met in Rome.", "CONSULT CHN JPN >"),
    "light verb": ("Israel launched an attack on Lebanon.", "ASSAULT ISR > LBN"),
    "light verb, passive": ("An attack on Lebanon was launched by Israel.", "ASSAULT ISR > LBN"),
    "light verb, inverse": ("Lebanon suffered an attack by Israel.", "ASSAULT ISR > LBN"),
    "light verb, come under": ("Lebanon came under attack from Israel.", "ASSAULT ISR > LBN"),
    "sanctions": ("Canada imposed sanctions on Iran.", "COERCE CAN > IRN"),
    "sanctions, passive": ("Sanctions were imposed on Iran by Canada.", "COERCE CAN > IRN"),
    "joint subjects, joint objects": (
        "At night Egypt and Jordan attacked the ports of Libya and Chad.",
        "ASSAULT EGY JOR > LBY TCD",
    ),
    "first of two verbs": ("Turkey condemned and rejected the Russian plan.", "ACCUSE TUR > RUS"),
    "second of two verbs": ("Turkey condemned and rejected the Russian plan.", "REJECT TUR > RUS"),
    "shared subject": ("Turkey praised Italy and attacked Greece.", "ASSAULT TUR > GRC"),
    "shared passive": ("Greece was attacked and condemned by Turkey.", "ACCUSE TUR > GRC"),
    "neither nor": ("Neither Italy nor France attacked Libya.", "ASSAULT FRA ITA > LBY"),
    "subject control": ("Iran vowed to attack Israel.", "ASSAULT IRN > ISR"),
    "announced act": ("Iran vowed to attack Israel.", "THREATEN IRN > ISR"),
    "object control, outer": ("China urged India to attack Nepal.", "REQUEST CHN > IND"),
    "object control, inner": ("China urged India to attack Nepal.", "ASSAULT IND > NPL"),
    "control through a preposition": (
        "China called on India to attack Nepal.",
        "ASSAULT IND > NPL",
    ),
    "gerund of the object": ("Iraq accused Turkey of bombing Syria.", "ASSAULT TUR > SYR"),
    "accused": ("Iraq accused Turkey of bombing Syria.", "ACCUSE IRQ > TUR"),
    "gerund of whom somebody reacts to": (
        "Iraq recalled its envoy in retaliation for Turkey deciding to side with Greece.",
        "SUPPORT TUR > GRC",
    ),
    "gerund of whom somebody objects to": (
        "Iraq objected to Turkey deciding to side with Greece.",
        "SUPPORT TUR > GRC",
    ),
    "their, of those named behind it": (
        "After their talks, Peru and Chile praised Bolivia.",
        "CONSULT CHL PER >",
    ),
    "announced to be done": (
        "Peru announced that sanctions against Chile will be lifted.",
        "RETREAT PER > CHL",
    ),
    "announced by both": (
        "Peru and Chile announce that embassies will be reopened in each other's countries.",
        "SUPPORT CHL PER >",
    ),
    "gerund behind about": ("Italy felt uneasy about Turkey attacking Libya.", "ASSAULT TUR > LBY"),
    "gerund of the subject": ("Turkey apologised to Italy for bombing Rome.", "SUPPORT TUR > ITA"),
    "relative clause": ("The Syrian soldiers who attacked Turkey fled.", "ASSAULT SYR > TUR"),
    "participle": ("The Russian jet shot down by Turkey burned.", "ASSAULT TUR > RUS"),
    "object relative": ("The Greek island that Turkey attacked is small.", "ASSAULT TUR > GRC"),
    "participle clause": ("Turkey bombed Syria, killing Syrian soldiers.", "ASSAULT TUR > SYR"),
    "apposition": ("Italy, an ally of Greece, attacked Libya.", "ASSAULT ITA > LBY"),
    "thing of a country": ("Iran seized a British ship.", "COERCE IRN > GBR"),
    "possessor of the object": (
        "Protesters in Iran attacked Britain's embassy.",
        "ASSAULT IRN > GBR",
    ),
    "bare dative": ("Germany gave Syria aid.", "AID DEU > SYR"),
    "dative with to": ("Germany gave aid to Syria.", "AID DEU > SYR"),
    "paper speaks for its issuer": (
        "Peru's president signed a decree imposing sanctions on Chile.",
        "COERCE PER > CHL",
    ),
    "purpose of a letter": ("Japan wrote to India to condemn China.", "ACCUSE JPN > CHN"),
    "its territory is another's": (
        "Estonia says a Russian jet violated its airspace.",
        "MOBILIZE RUS > EST",
    ),
    "we in a quotation": (
        '"Chad attacked us," the Libyan foreign minister said.',
        "ASSAULT TCD > LBY",
    ),
    "organ of the one country": (
        "Chile downed a Peruvian jet. The Foreign Ministry summoned the Peruvian ambassador.",
        "ACCUSE CHL > PER",
    ),
    "recipient inside the object": (
        "Russia lifted its ban on package tours to Egypt.",
        "CONCEDE RUS > EGY",
    ),
    "recipient beside the infinitive": (
        "Iran vowed to retaliate against Iraq.",
        "THREATEN IRN > IRQ",
    ),
    "recipient beside the participle": (
        "Canada lifted the sanctions imposed on Iran.",
        "RETREAT CAN > IRN",
    ),
    "headline verb read as a noun": ("Turkey thanks Russia for support", "SUPPORT TUR > RUS"),
    "names joined by a comma": ("Iran, Russia hold talks", "CONSULT IRN RUS >"),
    "whom one asks is to act": (
        "Italy and France call on Turkey to stop shelling Syria.",
        "ASSAULT TUR > SYR",
    ),
    "shared agent": ("A Greek ship was seized and searched by Turkey.", "COERCE TUR > GRC"),
    "called a crime": ("Serbia called the Croatian verdict a disgrace.", "ACCUSE SRB > HRV"),
    "held responsible": ("North Korea holds Japan responsible.", "ACCUSE PRK > JPN"),
    "talks one travels to": (
        "Japan's premier left for Rome for talks with India.",
        "CONSULT IND JPN >",
    ),
    "joined behind a name": (
        "The People's Republic of China and Peru sign a treaty.",
        "SUPPORT CHN PER >",
    ),
    "fired by": ("The missiles fired by Israel struck the Syrian army.", "ASSAULT ISR > SYR"),
    "others' proposal": (
        "Russia blocked a proposal by France to impose sanctions on Sudan.",
        "COERCE FRA > SDN",
    ),
    "copula with a participle": ("Turkey is committed to helping Somalia.", "AID TUR > SOM"),
    "victims of an event noun": (
        "Ten Turkish soldiers died in a Russian airstrike.",
        "ASSAULT RUS > TUR",
    ),
}


@pytest.mark.parametrize(("text", "expected"), ROLES.values(), ids=ROLES.keys())
def test_roles(text: str, expected: str) -> None:
    assert expected in coded(text)


NOT_ACTORS = {
    "bystander": ("Greece was attacked while Italy watched.", "ITA"),
    "speaker": ("Italy said that Greece was attacked.", "ITA"),
    "place": ("Troops were attacked in Italy.", "ITA"),
    "scene before the noun": ("The Mumbai attacks shocked Nepal.", "IND"),
    "time": ("Greece was attacked by night near Italy.", "ITA"),
    "city of an offensive": ("The Aleppo offensive killed ten Greek soldiers.", "SYR"),
    "writer about a downing": (
        "Japan's premier writes about the Greek jet shot down last May.",
        "JPN",
    ),
    "backer": ("The U.S.-backed militia attacked Greece.", "USA"),
    "reported killed": ("Italy says that Greek soldiers are reported killed.", "GRC"),
}


@pytest.mark.parametrize(("text", "country"), NOT_ACTORS.values(), ids=NOT_ACTORS.keys())
def test_an_actor_comes_from_the_predicates_own_syntax(text: str, country: str) -> None:
    assaults = [event for event in code(text)[0] if event.event_type == "ASSAULT"]
    assert country not in {mention.country for event in assaults for mention in event.actors}


def test_who_is_judged_is_not_the_victim() -> None:
    events = code("Italy condemned the killing of three students from Nepal.")[0]
    assert [countries(e.recipients) for e in events if e.event_type == "ACCUSE"] == [""]
    events = code("Italy vetoed a resolution condemning Nepal.")[0]
    assert not [event for event in events if event.event_type == "ACCUSE"]


def test_where_a_strike_falls_is_its_place() -> None:
    (event,) = code("US airstrikes in Syria killed ten militants.")[0]
    assert countries(event.recipients) == "SYR"
    assert event.place is not None and event.place.country == "SYR"


def test_a_short_passive_is_an_abstention_with_its_reason() -> None:
    events, abstentions = code("Greece was attacked.")
    assert not events
    (abstention,) = abstentions
    assert (abstention.span.text, abstention.rule) == ("attacked", "assault:attack")
    assert abstention.sentence.text == "Greece was attacked."
    assert abstention.reason == "no actor: the words around it do not say who did it"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A storm attacked Greece.", "no actor: 'storm' is no actor that the lexicon knows"),
        (
            "Danish troops met Finnish and Swedish police. They attacked a Greek convoy.",
            "no actor: 'they' may be more than one of the actors named before",
        ),
        ("They attacked Greece.", "no actor: 'they' stands for nobody named here or in the"),
        (
            "Denmark, Peru and Chad talked. The two countries attacked Greece.",
            "no actor: 'countries' names several actors at once",
        ),
        ("Germany sent aid.", "no recipient: an event of this type needs one, and the words"),
        ("Japan held talks.", "fewer than two parties: it takes two sides, and the words"),
        (
            "Angela Merkel attacked Silvio Berlusconi over the budget.",
            "both sides are persons, who may attack each other in words",
        ),
    ],
)
def test_the_reason_of_an_abstention_is_plain(text: str, reason: str) -> None:
    abstentions = code(text)[1]
    assert any(one.reason.startswith(reason) for one in abstentions), abstentions
    assert all(one.span.text in one.sentence.text for one in abstentions)
    assert all(text[one.sentence.start : one.sentence.end] in text for one in abstentions)


def test_persons_may_attack_each_other_in_words() -> None:
    events, abstentions = code("Angela Merkel attacked Silvio Berlusconi over the budget.")
    assert not events
    assert ["in words" in abstention.reason for abstention in abstentions] == [True]
    (event,) = code("Turkish troops attacked Russian soldiers.")[0]
    assert event.event_type is EventType.ASSAULT


def test_aid_needs_a_recipient() -> None:
    events, abstentions = code("Germany sent aid.")
    assert not events
    assert any(one.reason.startswith("no recipient: ") for one in abstentions)


def test_a_meeting_needs_two_parties() -> None:
    events, abstentions = code("Japan held talks.")
    assert not events
    assert any(one.reason.startswith("fewer than two parties: ") for one in abstentions)


def test_a_reciprocal_event_has_no_recipients() -> None:
    (event,) = code("The president of Japan met the president of China.")[0]
    assert countries(event.actors) == "CHN JPN"
    assert event.recipients == ()
    assert event.reciprocal
    assert not code("Turkey attacked Greece.")[0][0].reciprocal


def test_a_light_verb_and_its_noun_are_one_event() -> None:
    (event,) = code("Israel launched an attack on Lebanon.")[0]
    assert [token.text for token in event.anchor] == ["launched", "attack"]
    assert event.trigger.text == "launched"


def test_an_event_noun_and_the_verb_of_its_harm_are_one_event() -> None:
    events = code("A Russian airstrike on Turkish troops killed ten.")[0]
    assert [(event.mode, countries(event.recipients)) for event in events] == [("aerial", "TUR")]


def test_a_result_participle_is_no_second_assault_but_names_the_victims() -> None:
    (event,) = code("Turkish jets bombed a camp, killing ten Syrian soldiers and injuring two.")[0]
    assert event.trigger.text == "bombed"
    assert countries(event.recipients) == "SYR"


def test_an_object_with_its_own_actor_is_an_event_too() -> None:
    assert coded("Turkey condemned Russia's attack on Georgia.") == {
        "ACCUSE TUR > RUS",
        "ASSAULT RUS > GEO",
    }


def test_what_is_withdrawn_is_not_the_recipient() -> None:
    (event,) = code("Turkey withdrew its troops from Syria.")[0]
    assert countries(event.recipients) != "TUR"


def test_a_suspension_of_aid_is_no_aid() -> None:
    found = coded("Denmark announced a suspension of aid to Egypt.")
    assert not found & {"AID DNK > EGY", "AGREE DNK > EGY"}


def test_the_place_is_what_is_attached_to_the_event() -> None:
    (event,) = code("Turkey shot down a Russian jet over Syria.")[0]
    assert event.place is not None
    assert event.place.country == "SYR"
    (event,) = code("Turkey attacked Greece.")[0]
    assert event.place is None


def test_the_words_of_an_event_cover_its_parties_and_its_predicate() -> None:
    (event,) = code("On Monday Turkey shot down a Russian jet in the morning.")[0]
    words = event.passage.span(event.tokens).text
    assert words.startswith("Turkey shot down")
    assert words.endswith("Russian jet")


def test_every_span_quotes_its_document() -> None:
    text = "Berlin waited.\n\nTurkey attacked Greece, and Greece condemned Turkey in Rome."
    for event in code(text)[0]:
        for mention in (*event.actors, *event.recipients):
            assert text[mention.span.start : mention.span.end] == mention.span.text


SIDES = {
    "hurt in a raid": (
        "Two Peruvians were killed and three were wounded in a Chilean raid.",
        "ASSAULT CHL > PER",
    ),
    "a site has the country of its place": (
        "Peru bombed targets in the Chilean city of Arica.",
        "ASSAULT PER > CHL",
    ),
    "three names, the second an apposition": (
        "Peru aids the Palestinian Authority, Egypt, and Jordan.",
        "AID PER > EGY JOR PSE",
    ),
    "whom an offensive is aimed at": (
        "Turkey launched an offensive aimed at the Taliban.",
        "ASSAULT TUR > AFG",
    ),
    "a phrase of place before the verb": (
        "At the funeral of the Chilean premier, President Mugabe lashed out at Japan.",
        "ACCUSE ZWE > JPN",
    ),
    "a gathering broken up": (
        "Kenyan police broke up a rally in Nairobi.",
        "ASSAULT KEN > KEN",
    ),
    "the lead of a coalition": (
        "The Saudi-led coalition attacked a Yemeni army base.",
        "ASSAULT SAU > YEM",
    ),
}


@pytest.mark.parametrize(("text", "expected"), SIDES.values(), ids=SIDES)
def test_sides(text: str, expected: str) -> None:
    assert coded(text) == {expected}


def test_a_person_in_apposition_is_no_second_party() -> None:
    text = "Norway praised the premier of Peru, Alan Garcia, and Chile."
    assert coded(text) == {"SUPPORT NOR > CHL PER"}


def test_the_same_text_gives_the_same_events() -> None:
    text = "Iran vowed to attack Israel, and Israel urged France to impose sanctions on Iran."
    assert [e.rule for e in code(text)[0]] == [e.rule for e in code(text)[0]]
    assert coded(text)


@pytest.mark.parametrize("text", ["", "Monday.", "attack", "by by by", "Attack on", "Of to and or"])
def test_fragments_do_no_harm(text: str) -> None:
    assert not code(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "Russia " + "attacked and " * 1500 + "attacked Turkey.",
        "Russia attacked " + "one of " * 2500 + "Turkey.",
        "Russia withdrew " + "out of " * 2500 + "Turkey.",
        "Russia vowed " + "to vow " * 2500 + "to attack Turkey.",
    ],
    ids=["verbs", "partitives", "prepositions", "infinitives"],
)
def test_hostile_length_does_no_harm(text: str) -> None:
    code(text)


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "The premier of Chad flew to Peru and met the Peruvian president in Lima.",
            {"CONSULT PER TCD >"},
        ),
        ("The premier of Chad visited Peru.", {"CONSULT TCD > PER"}),
        (
            "The premier of Chad visited Peru and met the Chilean president in Lima.",
            {"CONSULT TCD > PER", "CONSULT CHL TCD >"},
        ),
    ],
)
def test_a_journey_is_folded_into_the_talks_that_it_is_made_for(text, events) -> None:
    assert coded(text) == events


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("Several thousand people protest in Lima.", {"PROTEST PER >"}),
        ("2011 Peruvian protests: Thousands of people march.", {"PROTEST PER >"}),
        ("Chadian police fire tear gas at a wall.", {"ASSAULT TCD >"}),
        ("Chad's president diverts his jet.", {"COERCE TCD >"}),
        ("18 Afghan prisoners of a Cuban base were liberated by Chad.", {"RETREAT TCD > AFG"}),
        ("The rail crash arrests: Peruvian police detained two Danes.", {"COERCE PER > DNK"}),
        ("Ukraine and the rebels signed a ceasefire in Minsk.", {"RETREAT REB UKR >"}),
        ("North and South Korea reached an agreement.", {"SUPPORT KOR PRK >"}),
        ("The two Koreas traded fire.", {"ASSAULT KOR PRK >"}),
        ("Danish mines wounded two of Peru's soldiers.", {"ASSAULT DNK > PER"}),
        ("India says it shot dead seven Danish rangers.", {"ASSAULT IND > DNK"}),
    ],
)
def test_parties_that_are_told_in_other_ways(text, events) -> None:
    assert coded(text) == events


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("Israel reopens its embassy in Cairo.", {"SUPPORT ISR > EGY"}),
        ("Iran bans imports of all products made in Peru.", {"COERCE IRN > PER"}),
        ("NATO's ministers agree to boost support for Chad.", {"AGREE IGO > TCD"}),
        # several others, a clause, an actor without a state: nothing is taken
        ("Iran bans imports of goods that Peru makes.", {"COERCE IRN >"}),
        ("Iran bans goods for roads between Peru and Chile.", {"COERCE IRN >"}),
    ],
)
def test_what_a_state_does_with_a_thing_of_another_it_does_to_that_one(text, events) -> None:
    assert coded(text) == events

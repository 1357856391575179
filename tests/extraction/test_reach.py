"""Constructions that reports never read before asked for, from the text to the claim."""

from __future__ import annotations

import pytest

from sided import told

TOLD = {
    "whose act a threat hangs on": (
        "Iran warns it will close the strait if the United States imposes sanctions.",
        ["THREATEN IRN > USA"],
    ),
    "one's own condition is no side": (
        "Russia threatens to cut gas supplies unless it is paid.",
        ["THREATEN RUS >"],
    ),
    "whom scrambled jets answer": (
        "Turkey scrambles F-16 jets after Syrian helicopters approach its border.",
        ["MOBILIZE TUR > SYR"],
    ),
    "what forces are beside is nobody": (
        "South Korea holds an artillery drill near Yeonpyeong island.",
        ["MOBILIZE KOR >"],
    ),
    "a guest of the country where he arrives": (
        "The Chinese president arrives in Moscow on a state visit.",
        ["CONSULT CHN > RUS"],
    ),
    "the host of one's own embassy": (
        "Venezuela recalls its ambassador from its embassy in Lima.",
        ["SANCTION VEN > PER"],
    ),
    "ties of two": ("Sudan and Chad cut diplomatic ties.", ["SANCTION SDN TCD <>"]),
    "words of two": (
        "Vietnam and China trade accusations over a boat.",
        ["ACCUSE CHN VNM <>"],
    ),
    "a protest against": (
        "Anti-Japanese protests spread in China over the islands.",
        ["PROTEST CHN > JPN"],
    ),
    "those who act in protest do something else": (
        "The Peruvian minister resigned in protest against Chile.",
        ["RETREAT PER > CHL"],
    ),
    "in front of": (
        "Turks demonstrate in front of the Israeli consulate.",
        ["PROTEST TUR > ISR"],
    ),
    "who holds what is bombed": (
        "Sudanese warplanes bomb a border town seized by South Sudan.",
        ["ASSAULT SDN > SSD", "COERCE SSD >"],
    ),
    "whose base it is": (
        "Chilean troops capture Tarma, an airbase of the Peruvian navy.",
        ["COERCE CHL > PER"],
    ),
    "who he is": (
        "North Korea releases Kim Lee, a Canadian citizen who was held for months.",
        ["RETREAT PRK > CAN"],
    ),
    "two homes": (
        "Iran releases Canadian-Iranian professor Homa Hoodfar.",
        ["RETREAT IRN > CAN IRN"],
    ),
    "a town's police": (
        "The Chicago Police Department halts a training program with the Philippine police.",
        ["SANCTION USA > PHL"],
    ),
    "shot dead in clashes": (
        "An Indian soldier is shot dead in clashes with Pakistani troops.",
        ["ASSAULT IND PAK <>"],
    ),
    "their countries": (
        "Binyamin Netanyahu and Recep Tayyip Erdogan say their countries have agreed on a pact.",
        ["AGREE ISR TUR <>"],
    ),
    "agreed with each other, whomever it is against": (
        "Norway and Chile agree to deploy missiles to counter Peru.",
        ["AGREE CHL NOR <>"],
    ),
    "who speaks through legislation": (
        "The Ukrainian president signs legislation banning all Russian films.",
        ["COERCE UKR > RUS"],
    ),
    "whose deed is called illegal": (
        "China says that the occupation of the islands by Japan is illegal.",
        ["ACCUSE CHN > JPN", "COERCE JPN >"],
    ),
    "the announcer is he": (
        "North Korea warns that it will launch further attacks on South Korea.",
        ["THREATEN PRK > KOR"],
    ),
    "what takes place between two": (
        "Clashes occur between Thai and Cambodian forces near the temple.",
        ["ASSAULT KHM THA <>"],
    ),
    "one fight, told by noun and verb": (
        "Fighting broke out between Georgia and Russia.",
        ["ASSAULT GEO RUS <>"],
    ),
    "whom the judged deed befell": (
        "Former U.S. Army Sergeant Robert Bales is sentenced to life in prison for the killing of "
        "16 Afghan civilians.",
        ["ASSAULT USA > AFG"],
    ),
    "who is responsible": (
        "The British premier claims that Russia was responsible for the bombing of a Turkish "
        "convoy.",
        ["ACCUSE GBR > RUS", "ASSAULT RUS > TUR"],
    ),
    "a judged deed of long ago": (
        "A German court jails an Italian for the murder of ten Greeks in 1944.",
        ["SANCTION DEU > ITA"],
    ),
    "a deed without victims is none of its own": (
        "A Spanish court jails two Chileans for war crimes.",
        ["SANCTION ESP > CHL"],
    ),
    "them, not the subject": (
        "Iraqi insurgents kidnap three Turkish citizens and threaten to behead them.",
        ["ASSAULT IRQ > TUR", "THREATEN IRQ > TUR"],
    ),
    "them, after a gerund": (
        "The government of Venezuela expels three Chilean diplomats after accusing them of spying.",
        ["ACCUSE VEN > CHL", "SANCTION VEN > CHL"],
    ),
    "three peoples before one noun": (
        "Russian, Polish and Ukrainian students protest.",
        ["PROTEST POL RUS UKR >"],
    ),
    "a country read as an adjective": (
        "Pakistan expels British military advisers following the US raid.",
        ["ASSAULT USA >", "SANCTION PAK > GBR"],
    ),
    "a verb read as a noun": ("Georgia severs ties with Russia.", ["SANCTION GEO > RUS"]),
    "an attempt": (
        "The Philippines attempted to arrest Chinese fishermen.",
        ["COERCE PHL > CHN"],
    ),
    "a journey to meet somebody": (
        "The President of France Nicolas Sarkozy travels to Moscow to meet with the President of "
        "Russia Vladimir Putin.",
        ["CONSULT FRA > RUS"],
    ),
    "a vote that decides": (
        "Libya's parliament votes to dismiss the prime minister.",
        ["SANCTION LBY > LBY"],
    ),
    "rebels with the name of a beast": (
        "Suspected Tamil Tiger rebels have ambushed a navy bus in Sri Lanka's northeast.",
        ["ASSAULT LKA > LKA"],
    ),
    "the prison's country": (
        "An American hiker was released from an Iranian prison.",
        ["RETREAT IRN > USA"],
    ),
    "police at home": (
        "Ugandan opposition leader Kizza Besigye is arrested by police.",
        ["COERCE UGA > UGA"],
    ),
    "waters are no side": (
        "North Korea launches a ballistic missile into the Sea of Japan.",
        ["MOBILIZE PRK >"],
    ),
    "opponents in a clash": (
        "The Syrian army takes the town of Azaz following heavy clashes with Turkish soldiers.",
        ["ASSAULT SYR TUR <>", "COERCE SYR > SYR"],
    ),
    "who claims what others suffered": (
        "Six Turkish soldiers are killed by a roadside bomb in Hakkari. The Islamic State "
        "claims responsibility for the attack.",
        ["ASSAULT IMG > TUR"],
    ),
    "a namesake": (
        "Libya released British journalist Tony Abbott.",
        ["RETREAT LBY > GBR"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), TOLD.values(), ids=TOLD)
def test_what_is_told(text: str, expected: list[str]) -> None:
    assert told(text) == expected

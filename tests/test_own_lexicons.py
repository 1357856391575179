"""Lexicons of one's own, through the whole line: countries that no map has, frames, stores."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente import workflow
from detente.errors import InputError, LexiconError
from detente.extraction.claims import extract_batch
from detente.extraction.parse import language_model
from detente.extraction.trial import try_documents
from detente.lexicon import load
from detente.model import Dyad
from detente.settings import Settings
from detente.storage.catalog import Store
from detente.workflow import extracting
from making import WORLD, document, lexicon_file

# Each sentence with countries of this world, and what the same words are with invented ones.
SENTENCES = """\
PER troops crossed the border into CHL_.
PER_'s army shelled a CHL village.
The PER president met his CHL counterpart in CAP.
PER Foreign Minister Marko Vlad accused CHL_ of lying.
PER_ shot down a CHL warplane over PER airspace.
PER and CHL troops clashed at the border.
The government of PER_ expelled three CHL diplomats.
CAP recalled its ambassador from CHL_.
PER_ imposed sanctions on CHL_. It closed its border.
CHL_, backed by PER_, rejected the demand.
Pro-PER rebels attacked a CHL convoy.
PER-led forces withdrew from CHL_.
PEOPLE protested in front of the CHL embassy.
PER_ and CHL_ signed a treaty.
PER_ Rejects CHL Demand Over Border Post
The former PER minister praised CHL_.
An attack by PER jets on a CHL base killed ten soldiers.""".splitlines()
REAL = {"PER_": "Peru", "PER": "Peruvian", "CHL_": "Chile", "CHL": "Chilean"} | {
    "CAP": "Lima",
    "PEOPLE": "Peruvians",
}
INVENTED = {"PER_": "Arnor", "PER": "Arnorian", "CHL_": "Gondor", "CHL": "Gondorian"} | {
    "CAP": "Annuminas",
    "PEOPLE": "Arnorians",
}
CODES = {"PER": "ARN", "CHL": "GND"}


def said_of(sentence: str, names: dict[str, str]) -> str:
    for slot in sorted(names, key=len, reverse=True):
        sentence = sentence.replace(slot, names[slot])
    return sentence


def told(sentence: str, lexicon, codes=None) -> tuple[list, set]:
    """Return the claims of a sentence by rule and sides, and the actors that it names."""
    codes = codes or {}
    documents = [document(sentence)]
    (extraction,) = extract_batch(documents, model=language_model(), lexicon=lexicon)
    (trial,) = try_documents(documents, model=language_model(), lexicon=lexicon)

    def coded(found):
        return [(codes.get(one.country, one.country), one.sector) for one in found]

    claims = [
        (claim.rule, coded(claim.actors), coded(claim.recipients)) for claim in extraction.claims
    ]
    return claims, {pair for pair in coded(trial.mentions) if pair[0]}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_an_invented_country_is_a_country_everywhere(tmp_path, sentence):
    own = load([lexicon_file(tmp_path, WORLD)])
    real = told(said_of(sentence, REAL), load(), CODES)
    assert real[1]
    assert told(said_of(sentence, INVENTED), own) == real


# --- stores ------------------------------------------------------------------------------------


def filled(folder, *texts: str) -> Store:
    store = Store(folder / "store")
    store.add_documents([document(text, key=str(n)) for n, text in enumerate(texts)])
    return store


def claims_in(store: Store, run) -> list:
    return [claim for extraction in store.extractions(run.id) for claim in extraction.claims]


def test_a_store_never_mixes_lexicons(tmp_path):
    store = filled(tmp_path, "Arnor attacked Gondor.", "Peru attacked Chile.")
    own = Settings(processes=1, plausibility=False, lexicons=(lexicon_file(tmp_path, WORLD),))
    plain = Settings(processes=1, plausibility=False)
    arnor = workflow.dyad_of("Arnor", "Gondorian", settings=own)
    assert arnor == Dyad("ARN", "GND")

    def sides(settings, between=None):
        found = workflow.events(store, between=between, settings=settings)
        return {event.actors[0].country for event, _ in found}

    assert sides(own) == {"ARN", "PER"}
    assert sides(own, arnor) == {"ARN"}
    assert sides(plain) == {"", "PER"}
    assert sides(own) == {"ARN", "PER"}
    ids = {workflow.current_run(settings).id for settings in (own, plain)}
    assert ids == {run.id for run in store.runs()}
    for settings in (own, plain):
        run = workflow.current_run(settings)
        claims = claims_in(store, run)
        assert {claim.run_id for claim in claims} == {run.id}


def test_worker_processes_use_lexicons_of_ones_own(tmp_path):
    store = Store(tmp_path / "store")
    for text in ("Arnor attacked Gondor.", "Gondorian jets bombed Arnor."):
        store.add_documents([document(text, key=text)])
    own = Settings(processes=2, lexicons=(lexicon_file(tmp_path, WORLD),))
    run = workflow.extract(store, settings=own)
    assert {claim.actors[0].country for claim in claims_in(store, run)} == {"ARN", "GND"}


def test_a_brief_knows_the_names_of_invented_countries(tmp_path):
    store = filled(tmp_path, "Arnor attacked Gondor on 24 November 2015.")
    own = Settings(processes=1, lexicons=(lexicon_file(tmp_path, WORLD),))
    answer = workflow.brief(store, Dyad("ARN", "GND"), settings=own)
    assert answer.names == ("Arnor", "Gondor")
    assert len(answer.events) == 1


def test_outlets_of_ones_own_tell_who_carried_a_report(tmp_path):
    entry = "entries: [{name: Owl/Times, kind: agency, examples: [Owl/Times]}]"
    path = lexicon_file(tmp_path, entry)
    assert load([path]).outlets.split_credit("Owl/Times via AFP") == ("Owl/Times", "AFP")


def test_a_lexicon_that_changes_under_way_stops_the_run(tmp_path):
    path = lexicon_file(tmp_path, WORLD)
    settings = Settings(processes=1, lexicons=(path,))
    run = workflow.current_run(settings)
    path.write_text(path.read_text() + "# changed\n")
    with pytest.raises(LexiconError, match=r"changed while the run was under way: own/mine\.yaml"):
        extracting._extract_records([document("Arnor fell.")], run=run, settings=settings)


def test_a_lexicon_that_cannot_be_used_stops_before_the_store_is_touched(tmp_path):
    store = filled(tmp_path, "Arnor attacked Gondor.")
    wrong = Settings(lexicons=(lexicon_file(tmp_path, "actors: [{name: Owls}]"),))
    with pytest.raises(LexiconError, match="actors entry 1 'Owls' country: missing"):
        workflow.extract(store, settings=wrong)
    with pytest.raises(InputError, match="nowhere"):
        workflow.extract(store, settings=replace(wrong, lexicons=(tmp_path / "nowhere",)))
    assert store.runs() == ()


def test_an_own_frame_codes_what_the_shipped_ones_do_not(tmp_path):
    body = (
        "type: COOPERATE\nframes: [{verb: twin, id: twin-towns, recipient: [with], "
        "examples: ['Peru twinned itself with Chile.']}]"
    )
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text("Peru twinned itself with Chile.")
    settings = Settings(lexicons=(lexicon_file(tmp_path, body),))
    ((_, extraction),) = workflow.claims_of([tmp_path / "reports"], settings=settings)
    assert [claim.rule for claim in extraction.claims] == ["mine:twin-towns"]

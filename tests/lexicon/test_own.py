"""A user's own lexicon files: what they add, and which of two entries counts."""

from __future__ import annotations

from datetime import date

import pytest

from detente import lexicon as lexicons
from detente.errors import LexiconError
from detente.lexicon.files import DATA
from detente.lexicon.frames import load_frames
from detente.lexicon.names import NameKind
from detente.lexicon.own import open_own
from making import WORLD, lexicon_file

# the weights of the statistical helper are made by a script, not written
SHIPPED = sorted(path for path in DATA.rglob("*.yaml") if path.stem != "plausibility")


@pytest.fixture
def load(tmp_path):
    """Load the shipped lexicon with bodies of own files, each in a file of its own."""

    def with_bodies(*bodies: str) -> lexicons.Lexicon:
        paths = [lexicon_file(tmp_path, body, f"mine{n}") for n, body in enumerate(bodies)]
        return lexicons.load(paths)

    return with_bodies


# --- kinds -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_file_is_a_lexicon_of_ones_own(path):
    (own,) = lexicons.read_together([open_own(path)])
    assert own.flaws == ()
    assert own.kind is not None and own.file is not None
    assert own.file.size() > 0


def test_the_kind_is_told_by_the_content():
    kinds = {own.path.stem: own.kind.name for own in lexicons.read_together(map(open_own, SHIPPED))}
    assert kinds["assault"] == "event frames"
    assert kinds["offices"] == kinds["country_names"] == kinds["agencies"] == "actors"
    assert kinds["attribution_cues"] == "attribution cues"
    assert kinds["segment_cues"] == "segment cues"
    assert len(set(kinds.values())) == 13


# --- files -------------------------------------------------------------------------------------


def test_without_own_files_the_lexicon_is_the_shipped_one():
    assert lexicons.load().actors is lexicons.load(()).actors
    assert lexicons.load().frames is load_frames()
    assert lexicons.load().versions == lexicons.versions()


def test_a_file_is_read_again_when_it_changed(tmp_path):
    path = lexicon_file(tmp_path, WORLD)
    first = lexicons.load([path])
    assert lexicons.load([path]) is first
    assert first.versions == lexicons.versions([path])
    lexicon_file(tmp_path, WORLD.replace("Gondor", "Rohan"))
    second = lexicons.load([path])
    assert second.actors.resolve("Rohan").code == "GND"
    assert second.versions != first.versions


def test_versions_name_own_files_last_and_in_their_order(tmp_path):
    one = lexicon_file(tmp_path, WORLD, "one")
    two = lexicon_file(tmp_path, "classes: {}", "two")
    shipped = lexicons.versions()
    *before, first, second = lexicons.versions([two, one])
    assert tuple(before) == shipped
    assert first.startswith("own/two.yaml ") and second.startswith("own/one.yaml ")


def test_segment_cues_are_no_part_of_a_run(load):
    with pytest.raises(LexiconError, match="segment cues cannot be added to a run"):
        load("cues: [{cue: x, kind: comment, pattern: 'Owls:', examples: ['Owls: yes']}]")


# --- actors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["Arnor", "ARN", "arn", "Arnorian", "Arnorians", "the Kingdom of Arnor", "Annuminas"]
)
def test_a_country_of_ones_own_has_many_names(load, name):
    assert load(WORLD).actors.resolve(name).code == "ARN"


def test_a_country_of_ones_own_is_proposed_like_any_other(load):
    actors = load(WORLD).actors
    assert actors.country_name("ARN") == "Arnor"
    assert actors.resolve("Arnoria").candidates == ("Arnor (ARN)",)


def test_a_code_that_only_a_body_has_resolves(load):
    body = "actors: [{name: Owl Guard, country: OWL, sector: MIL, examples: [The Owl Guard flew.]}]"
    assert load(body).actors.resolve("OWL").code == "OWL"


def test_a_name_means_what_the_own_file_says(load):
    body = "actors: [{name: Hezbollah, country: ARN, sector: PTY, examples: [Hezbollah met.]}]"
    actors = load(body).actors
    (name,) = actors.names("Hezbollah")
    assert (name.country, name.sector) == ("ARN", "PTY")
    assert actors.names("Hizbullah")  # an alias that the file does not have stays
    assert {n.country for n in lexicons.load().actors.names("Hezbollah")} != {"ARN"}


def test_an_ambiguous_name_is_ambiguous_no_more(load):
    georgia = "countries: [{code: GGG, name: Georgia, examples: [Georgia voted.]}]"
    actors = load(georgia).actors
    assert {name.country for name in actors.names("Georgia")} == {"GGG"}
    assert "georgia" not in actors.ambiguous
    words = "words: [{word: Georgia, for: [owl], otherwise: drop, examples: [Owl of Georgia]}]"
    assert load(words, georgia).actors.ambiguous["georgia"].otherwise == "drop"


def test_a_known_country_gets_names_and_loses_others(load):
    body = (
        "countries: [{code: PER, name: Perú, names: [Inkaland], drop: [Lima], "
        "examples: [Inkaland voted.]}]"
    )
    actors = load(body).actors
    assert actors.resolve("Inkaland").code == actors.resolve("Peruvian").code == "PER"
    assert actors.country_name("PER") == "Perú"
    assert "PER" not in {name.country for name in actors.names("Lima")}
    assert {n.actor for n in actors.names("Republic of Peru")} == {"Perú"}


def test_a_person_of_ones_own_replaces_the_person_and_shares_the_family_name(load):
    body = (
        "offices:\n"
        "- {name: Angela Merkel, country: ARN, office: queen, from: 2010-01-01}\n"
        "- {name: Otto Putin, country: ARN, office: king, from: 2010-01-01}\n"
    )
    actors = load(body).actors
    (merkel,) = actors.names("Angela Merkel")
    assert merkel.country == "ARN"
    assert {name.country for name in actors.names("Merkel")} == {"ARN"}
    assert {name.country for name in actors.names("Putin")} == {"ARN", "RUS"}
    assert all(name.kind is NameKind.SURNAME for name in actors.names("Putin"))


def test_of_two_own_files_the_later_counts(load):
    first = "actors: [{name: Owl Guard, country: OWL, examples: [a]}]"
    second = "actors: [{name: Owl Guard, country: ARN, examples: [a]}]"
    assert {n.country for n in load(first, second).actors.names("Owl Guard")} == {"ARN"}
    assert {n.country for n in load(second, first).actors.names("Owl Guard")} == {"OWL"}


def test_agent_nouns_are_added_and_replaced(load):
    body = (
        "groups: [{id: owls, sector: SPY, person: true, nouns: [owlkeeper, soldier], "
        "examples: [The owlkeeper spoke.]}]\nformer: [onetime-own]"
    )
    actors = load(body).actors
    assert actors.agents["owlkeeper"].sector == actors.agents["soldier"].sector == "SPY"
    assert actors.agents["minister"].sector == "GOV"
    assert {"onetime-own", "former"} <= set(actors.agent_file.former)


def test_dates_of_an_own_actor_count(load):
    body = (
        "actors:\n"
        "- {name: Owl Guard, country: OWL, sector: REB, until: 2015-12-31, examples: [a]}\n"
        "- {name: Owl Guard, country: OWL, sector: MIL, from: 2016-01-01, examples: [a]}\n"
    )
    (name,) = load(body).actors.names("Owl Guard")
    held = [term.sector for term in name.terms if term.holds(date(2016, 5, 1))]
    assert held == ["MIL"]


# --- frames and nouns --------------------------------------------------------------------------


def rules(lexicon: lexicons.Lexicon, verb: str) -> list[str]:
    return [pattern.rule for pattern in lexicon.frames.verbs[verb]]


def test_an_own_frame_wins_over_one_as_specific_and_not_over_a_narrower_one(load):
    shipped = rules(lexicons.load(), "attack")
    found = rules(load("type: AID\nframes: [{verb: attack, examples: [a]}]"), "attack")
    assert [rule for rule in found if rule != "mine0:attack"] == shipped
    bare = next(p for p in lexicons.load().frames.verbs["attack"] if p.rule == "assault:attack")
    assert bare.rank[0] == 0
    assert found.index("mine0:attack") == found.index("assault:attack") - 1


def test_an_own_frame_takes_the_place_of_the_one_with_its_rule(tmp_path):
    path = lexicon_file(
        tmp_path, "type: ASSAULT\nframes: [{verb: attack, mode: beat, examples: [a]}]"
    )
    path.write_text(path.read_text().replace("name: mine", "name: events/assault"))
    patterns = lexicons.load([path]).frames.verbs["attack"]
    assert [p.mode for p in patterns if p.rule == "assault:attack"] == ["beat"]


def test_a_noun_class_gets_more_words_for_all_frames(load):
    shipped = lexicons.load().frames
    name, widened = next(iter(shipped.classes.items()))
    body = f"classes: {{{name}: {{words: [owlship], examples: [a]}}}}"
    frames = load(body).frames
    assert set(frames.classes[name].words) == {*widened.words, "owlship"}
    having = [
        pattern
        for listed in frames.verbs.values()
        for pattern in listed
        if pattern.object and "owlship" in pattern.object
    ]
    assert having


def test_a_frame_may_name_a_noun_class_of_another_file(load):
    frames = "type: ASSAULT\nframes: [{verb: hoot, object: [$owls], examples: [a]}]"
    nouns = "classes: {owls: {words: [owl], examples: [a]}}"
    for bodies in ((frames, nouns), (nouns, frames)):
        (pattern,) = load(*bodies).frames.verbs["hoot"]
        assert pattern.object == {"owl"}
    with pytest.raises(LexiconError, match=r"mine0\.yaml: frames entry 1 'hoot' object: unknown"):
        load(frames)


def test_light_verbs_are_added_and_replaced(load):
    body = "verbs: [{verb: launch, inverse: true, examples: [a]}, {verb: hoot, examples: [a]}]"
    light = load(body).frames.light
    assert [verb.inverse for verb in light["launch"]] == [True]
    assert "hoot" in light and "conduct" in light


# --- cues and outlets --------------------------------------------------------------------------


def test_cues_are_added_and_replaced(load):
    cues = load(
        "cues: [{cue: hoot, pos: verb, force: denies, examples: [a]}, "
        "{cue: say, pos: verb, force: denies, examples: [a]}]\n"
        "sources_of_speech: [{noun: owl, kind: expert, examples: [a]}]",
        "signals: [{word: owlishly, pos: adverb, strength: possible, examples: [a]}]",
    )
    assert cues.cues.verbs["hoot"].force == cues.cues.verbs["say"].force == "denies"
    assert cues.cues.kinds["owl"] == "expert"
    assert cues.certainty.find("adverb", "owlishly").strength == "possible"
    assert cues.certainty.find("modal", "may") is not None
    assert lexicons.load().cues.verbs["say"].force == "says"


def test_words_of_relevance_are_added_and_replaced(load):
    own = (
        "topics: [{id: owlery, topic: sport, strong: true, words: [owlball], examples: [a]}]\n"
        "eras: [{names: [Owl Age, Cold War], until: 1800, examples: [a]}]"
    )
    relevance = load(own).relevance
    assert relevance.era("in the Owl Age") == ("Owl Age", 1800)
    assert relevance.era("in the Cold War") == ("Cold War", 1800)
    assert {entry.id for entry in relevance.entries} > {"owlery"}
    shipped = lexicons.load().relevance
    assert len(relevance.entries) == len(shipped.entries) + 1
    again = f"topics: [{{id: {shipped.entries[0].id}, topic: sport, words: [owl], examples: [a]}}]"
    assert len(load(again).relevance.entries) == len(shipped.entries)


def test_outlets_are_added_and_replaced(load):
    outlets = load(
        "entries:\n- {name: Owl Times, domains: [owl.org], kind: website, examples: [Owl Times]}\n"
        "- {name: Reuters, kind: website, credit_only: [Reuters], examples: [Reuters]}"
    ).outlets
    assert outlets.find("https://owl.org/1").name == "Owl Times"
    assert outlets.find("Reuters").kind == "website"
    assert "Reuters" not in outlets.text_names
    assert outlets.find("AFP") is not None

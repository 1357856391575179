"""What is wrong in a lexicon file: all of it, where it stands, and what would work."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente import lexicon as lexicons
from detente.errors import InputError, LexiconError
from detente.lexicon.own import open_own
from making import lexicon_file


def flaws(path: Path) -> list[str]:
    (own,) = lexicons.read_together([open_own(path)])
    return [str(flaw) for flaw in own.flaws]


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("frames:\n- {verb: hit, examples: [a]}", "type: missing; give a PLOVER type such as"),
        ("type: ASSUALT\nframes: []", "type: unknown value 'ASSUALT'; use one of 'AGREE', "),
        ("type: ASSAULT\nframes: hit", "frames: expected a list, got 'hit'; put it in [ ]"),
        ("type: ASSAULT\nframes: [hit]", "frames entry 1: expected keys with values, got 'hit'"),
        (
            "type: ASSAULT\nframes: [{verb: hit}]",
            "frames entry 1 'hit' examples: missing; give a list of sentences that the entry must",
        ),
        (
            "type: ASSAULT\nframes: [{verb: hit, examples: []}]",
            "frames entry 1 'hit' examples: empty; give a list of sentences",
        ),
        (
            "type: ASSAULT\nframes: [{verb: hit, subjekt: [a], examples: [a]}]",
            "frames entry 1 'hit' subjekt: unknown key; did you mean 'subject'? use one of",
        ),
        (
            "type: ASSAULT\nframes: [{verb: hit, examples: [1]}]",
            "frames entry 1 'hit' examples item 1: expected words, got 1; put them in quotation",
        ),
        (
            "type: ASSAULT\nframes: [{verb: hit, id: x, reciprocal: often, examples: [a]}]",
            "frames entry 1 'x' reciprocal: expected true or false, got 'often'",
        ),
        (
            "type: ASSAULT\nframes: [{verb: hit, object: [$jets], examples: [a]}]",
            "frames entry 1 'hit' object: unknown noun class '$jets'; did you mean",
        ),
        (
            "type: ASSAULT\nframes: [{verb: hit, prep: {with: [$jets]}, examples: [a]}]",
            "frames entry 1 'hit' prep with: unknown noun class '$jets'",
        ),
        (
            "classes: {kites: {words: [$kitez], examples: [a]}}",
            "classes 'kites': unknown or circular class '$kitez'; did you mean '$kites'? use",
        ),
        (
            "classes: {kites: {words: [$kites], examples: [a]}}",
            "classes 'kites': unknown or circular class '$kites'",
        ),
        (
            "actors: [{name: Owls, country: Arn, examples: [a]}]",
            "actors entry 1 'Owls' country: 'Arn' does not fit; write three capital letters",
        ),
        (
            "actors: [{name: Owls, country: ARN, sector: MILL, examples: [a]}]",
            "actors entry 1 'Owls' sector: unknown sector 'MILL'; use one of AGR, BUS",
        ),
        (
            "actors: [{name: Arnor, country: ARN, adjectives: [Arnorian], examples: [a]}]",
            "actors entry 1 'Arnor' adjectives: unknown key; a country has it: put the entry under",
        ),
        (
            "countries: [{name: Arnor, code: ARN, aliases: [A], examples: [a]}]",
            "countries entry 1 'Arnor' aliases: unknown key; write 'names'",
        ),
        (
            "actors: [{name: Owls, country: ARN, from: soon, examples: [a]}]",
            "actors entry 1 'Owls' from: no day: 'soon'; write it as 2015-11-24",
        ),
        (
            "actors: [{name: Owls, country: A B, from: 2016-01-02, until: 2016-01-01, "
            "examples: [a]}]",
            "actors entry 1 'Owls' country: 'A B' does not fit",
        ),
        (
            "offices: [{name: A B, country: ARN, office: king, from: 2016-01-02, "
            "until: 2016-01-01}]",
            "offices entry 1 'A B': ends before it begins: from 2016-01-02 until 2016-01-01",
        ),
        (
            "actors:\n- {name: Owls, country: ARN, examples: [a]}\n"
            "- {name: Owls, country: GND, examples: [a]}",
            "actors entry 2 'Owls': stands twice; say with from and until which holds when",
        ),
        (
            "groups:\n- {id: a, sector: MIL, nouns: [owl], examples: [a]}\n"
            "- {id: b, sector: GOV, nouns: [Owl], examples: [a]}",
            "groups entry 2 'b': noun 'Owl' stands in 'a' too; keep one",
        ),
        (
            "words: [{word: Owl, for: [a], otherwise: maybe, examples: [a]}]",
            "words entry 1 'Owl' otherwise: unknown value 'maybe'; use one of 'keep' or 'drop'",
        ),
        (
            "cues:\n- {cue: hoot, pos: verb, examples: [a]}\n"
            "- {cue: hoot, pos: verb, examples: [a]}",
            "cues entry 2 'hoot': the verb 'hoot' is entry 1 too; keep one",
        ),
        (
            "signals:\n- {word: owlish, pos: adjective, examples: [a]}",
            "signals entry 1 'owlish' pos: unknown value 'adjective'; use one of 'modal', 'adverb'",
        ),
        (
            "entries: [{name: Owl, kind: website, domains: [www.owl.org], examples: [Owl]}]",
            "entries entry 1 'Owl': domains are bare hosts",
        ),
        (
            "cues: [{cue: x, kind: body, pattern: '(', examples: [a]}]",
            "cues entry 1 'x' pattern: not a regular expression",
        ),
        ("verbs: [{verb: hoot, examples: [a], examples: [b]}]", "key 'examples' stands twice"),
        ("owls: []", "no key tells what it holds; use one of frames or type (event frames)"),
        ("frames: [", "not YAML: "),
        ("actors: [{name: Owls, from: 2015-02-30}]", "not YAML: day is out of range for month"),
    ],
)
def test_a_flaw_says_where_what_and_what_would_work(tmp_path, body, complaint):
    path = lexicon_file(tmp_path, body)
    (told,) = flaws(path)
    assert told.partition("line 5: ")[2].startswith(complaint) or told.startswith(complaint), told
    assert "\n" not in told
    with pytest.raises(LexiconError) as error:
        lexicons.load([path])
    assert str(error.value) == f"{path}: {told}"


def test_a_header_is_needed(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("name: my frames\nversion: 2026.11\ntype: AID\nframes: []\n")
    told = flaws(path)
    assert told == [
        "name: 'my frames' does not fit; write letters, digits, dots and dashes, such as my-frames",
        "version: expected words, got 2026.11; put them in quotation marks",
        "licence: missing; give an SPDX identifier such as CC0-1.0",
        "sources: missing; give a list of where the facts came from; [] for none",
    ]


def test_all_flaws_are_told_with_the_numbers_of_the_file(tmp_path):
    path = lexicon_file(
        tmp_path,
        """\
type: ASSAULT
colour: red
frames:
- {verb: hit, colour: red, examples: [a]}
- {verb: bite, mode: airy, examples: [a]}
- {verb: kick, object: [$owls], examples: [a]}
- {verb: peck, recipient: [onto, beak], examples: [a]}
- {verb: bite, examples: [a]}
- {verb: claw, object: [$owls], examples: [a]}
""",
    )
    starts = [line.partition(";")[0] for line in flaws(path)]
    assert starts == [
        "frames entry 1 'hit' colour: unknown key",
        "frames entry 4 'peck' recipient: unknown role 'beak'",
        "colour: unknown key",
        "frames entry 2 'bite' mode: unknown mode 'airy'",
        "frames entry 5 'bite': this id is taken",
        "frames entry 3 'kick' object: unknown noun class '$owls'",
        "frames entry 6 'claw' object: unknown noun class '$owls'",
    ]
    with pytest.raises(LexiconError, match=r"entry 1 'hit'.*\(and 6 more\)"):
        lexicons.load([path])


@pytest.mark.parametrize("content", [b"", b"- a\n- b\n", b"just words", b"\xff\xfe\x00", b"5"])
def test_what_is_no_lexicon_is_said(tmp_path, content):
    path = tmp_path / "mine.yaml"
    path.write_bytes(content)
    (told,) = flaws(path)
    assert told.startswith(("expected the keys name, version", "not YAML: "))


def test_yaml_that_nests_without_end_is_said(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("a: " + "[" * 100_000)
    (told,) = flaws(path)
    assert told.startswith("not YAML: ")


def test_yaml_cannot_run_code(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("name: !!python/object/apply:os.getcwd []\n")
    (told,) = flaws(path)
    assert told.startswith("not YAML: could not determine a constructor")


def test_a_file_that_cannot_be_read_is_no_flaw(tmp_path):
    for path in (tmp_path / "nowhere.yaml", tmp_path):
        with pytest.raises(InputError, match="cannot be read: ") as error:
            lexicons.load([path])
        assert str(path) in str(error.value)
        assert not isinstance(error.value, LexiconError)

"""Lexicon files of one's own are tried by the real extraction, and every problem is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.checks import check_lexicon
from detente.lexicon.files import DATA
from making import WORLD, lexicon_file

OTHERS = ("nouns", "light_verbs")


def problems(*paths: Path) -> list[str]:
    """Return the problems of some files, without the path before each."""
    found = []
    for check in check_lexicon(paths):
        assert all(line.startswith(f"{check.path}: ") for line in check.problems)
        assert not any("\n" in line for line in check.problems)
        found += [line.removeprefix(f"{check.path}: ") for line in check.problems]
    return found


def test_each_shipped_lexicon_passes():
    # each alone, since of two files that are checked together the later decides what a name means;
    # the sentences of the shipped frames: tests/lexicon/test_frames.py
    frames = {path for path in DATA.glob("events/*.yaml") if path.stem not in OTHERS}
    shipped = sorted({*DATA.rglob("*.yaml")} - frames - {DATA / "plausibility.yaml"})
    checks = [check for path in shipped for check in check_lexicon([path])]
    assert [problem for check in checks for problem in check.problems] == []
    assert sum(check.sentences for check in checks) > 1500
    assert all(check.kind and check.entries for check in checks)


@pytest.mark.parametrize(
    "name", ["events/light_verbs", "actors/seats", "outlets", "certainty_cues"]
)
def test_a_shipped_lexicon_passes_alone(name):
    (check,) = check_lexicon([DATA / f"{name}.yaml"])
    assert check.well


# --- event frames ------------------------------------------------------------------------------


def test_a_frame_that_holds_is_counted(tmp_path):
    path = lexicon_file(
        tmp_path,
        "type: COOPERATE\nframes:\n- verb: twin\n  recipient: [with]\n"
        "  examples: [Peru twinned itself with Chile., Lima twinned itself with Santiago.]\n"
        "  not: [Peru built twins.]\n",
    )
    (check,) = check_lexicon([path])
    assert (check.well, check.kind, check.entries, check.sentences) == (True, "event frames", 1, 3)


@pytest.mark.parametrize(
    ("frame", "complaint"),
    [
        (
            "{verb: twin, examples: [The weather is fine.]}",
            "'twin': example 'The weather is fine.' is not matched; nothing was found: the",
        ),
        (
            "{verb: twin, examples: [Peru was twinned.]}",
            "'twin': example 'Peru was twinned.' is not matched; the frame fits at 'twinned', but: "
            "no actor",
        ),
        (
            "{verb: attack, id: mine, prep: {with: [feather]}, examples: [Peru attacked Chile.]}",
            "'mine': example 'Peru attacked Chile.' is not matched; found instead: assault:attack "
            "(ASSAULT: Peru > Chile); of two frames that fit, the one with more conditions wins",
        ),
        (
            "{verb: twin, examples: [Chile was attacked.]}",
            "'twin': example 'Chile was attacked.' is not matched; found instead: assault:attack "
            "fits at 'attacked', but: no actor",
        ),
        (
            "{verb: attack, id: mine, examples: [Peru attacked Chile.], "
            "not: [Peru attacked Cuba.]}",
            "'mine': 'not' sentence 'Peru attacked Cuba.' is matched: mine:mine (ASSAULT: Peru > "
            "Cuba); narrow the frame by object",
        ),
    ],
)
def test_a_frame_that_does_not_hold_says_what_was_found(tmp_path, frame, complaint):
    (told,) = problems(lexicon_file(tmp_path, f"type: ASSAULT\nframes: [{frame}]"))
    assert told.startswith(f"frames entry 1 {complaint}")


def test_an_example_that_makes_no_claim_is_a_remark(tmp_path):
    path = lexicon_file(
        tmp_path,
        "type: ASSAULT\nframes: [{verb: clobber, examples: ["
        "'Peruvian police clobbered a burglar in a bar, a court heard.', "
        "Peru clobbered Chile.]}]",
    )
    (check,) = check_lexicon([path])
    assert check.well
    (remark,) = check.remarks
    assert remark.startswith(
        f"{path}: frames entry 1 'clobber': example 'Peruvian police clobbered a burglar in a bar, "
        "a court heard.' is matched and left out: "
    )
    assert not remark.endswith("it is part of another event")


def test_all_problems_of_a_file_are_told_with_their_numbers(tmp_path):
    path = lexicon_file(
        tmp_path,
        """\
type: ASSAULT
frames:
- {verb: twin, colour: red, examples: [Peru twinned Chile.]}
- {verb: peck, examples: [Peruvian troops pecked Chilean troops., The weather is fine.]}
- {verb: claw, object: [$owls], examples: [Peru clawed Chile.]}
- {verb: bite, examples: [Peruvian soldiers bit Chilean soldiers., It rained.]}
- {verb: bomb, examples: [Peru bombed Chile.], not: [Peru bombed Cuba.]}
""",
    )
    told = [line.partition("' is ")[0].partition(": unknown")[0] for line in problems(path)]
    assert told == [
        "frames entry 1 'twin' colour",
        "frames entry 3 'claw' object",
        "frames entry 2 'peck': example 'The weather is fine.",
        "frames entry 4 'bite': example 'It rained.",
        "frames entry 5 'bomb': 'not' sentence 'Peru bombed Cuba.",
    ]
    (check,) = check_lexicon([path])
    assert (check.entries, check.sentences) == (3, 6)


def test_files_are_checked_as_they_are_used_together(tmp_path):
    world = lexicon_file(tmp_path, WORLD, "world")
    frames = lexicon_file(
        tmp_path,
        "type: ASSAULT\nframes: [{verb: twin, object: [$owls], recipient: [of], "
        "examples: [Arnor twinned the owls of Gondor.]}]",
        "frames",
    )
    nouns = lexicon_file(tmp_path, "classes: {owls: {words: [owl], examples: [a]}}", "nouns")
    assert problems(frames, world, nouns) == []
    (told,) = problems(frames)
    assert "unknown noun class '$owls'" in told


# --- actors ------------------------------------------------------------------------------------


def test_countries_of_ones_own_hold(tmp_path):
    (check,) = check_lexicon([lexicon_file(tmp_path, WORLD)])
    assert (check.well, check.kind, check.entries, check.sentences) == (True, "actors", 2, 3)


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (
            "countries: [{code: ARN, name: Arnor, examples: [Arnorian troops fled.]}]",
            "countries entry 1 'Arnor': example 'Arnorian troops fled.' does not name Arnor (ARN); "
            "it names 'Arnorian troops' (MIL)",
        ),
        (
            "actors: [{name: Owl Guard, country: PER, examples: [The Owls flew to Lima.]}]",
            "actors entry 1 'Owl Guard': example 'The Owls flew to Lima.' does not name Owl Guard "
            "(PER); it names ",
        ),
        (
            "offices: [{name: Otto Owl, country: PER, office: king, from: 2015-01-01, "
            "examples: [It rained.]}]",
            "offices entry 1 'Otto Owl': example 'It rained.' does not name Otto Owl (PER); it "
            "names nobody",
        ),
        (
            "regions: [{name: Owlshire, code: null, examples: [It rained in Lima.]}]",
            "regions entry 1 'Owlshire': example 'It rained in Lima.' does not name Owlshire (no "
            "country); it names 'Lima' (",
        ),
        (
            "groups: [{id: owls, sector: SPY, nouns: [owler], examples: [The soldier fled.]}]",
            "groups entry 1 'owls': example 'The soldier fled.' does not name an agent of sector "
            "SPY; it names 'soldier' (MIL)",
        ),
        (
            "words: [{word: Georgia, code: GEO, for: [owl], otherwise: drop, "
            "examples: [Georgia voted.]}]",
            "words entry 1 'Georgia': example 'Georgia voted.' does not name Georgia (GEO)",
        ),
    ],
)
def test_an_actor_that_its_example_does_not_name_is_told(tmp_path, body, complaint):
    (told,) = problems(lexicon_file(tmp_path, body))
    assert told.startswith(complaint)


def test_a_dated_actor_is_tried_on_a_day_on_which_it_holds(tmp_path):
    body = (
        "offices:\n"
        "- {name: Otto Owl, country: PER, office: king, until: 2015-12-31, "
        "examples: [King Otto Owl spoke.]}\n"
        "- {name: Otto Owl, country: CHL, office: king, from: 2016-01-01, "
        "examples: [King Otto Owl spoke.]}\n"
    )
    assert problems(lexicon_file(tmp_path, body)) == []


# --- outlets and segments ----------------------------------------------------------------------


def test_an_outlet_that_its_example_does_not_lead_to_is_told(tmp_path):
    body = "entries: [{name: Owl Times, kind: website, examples: [AFP via Owl Post]}]"
    (told,) = problems(lexicon_file(tmp_path, body))
    assert told == (
        "entries entry 1 'Owl Times': example 'AFP via Owl Post' leads to Agence France-Presse; "
        "give its words as an alias or a domain"
    )


def test_a_segment_cue_is_matched_against_its_texts(tmp_path):
    body = (
        "cues: [{cue: owls, kind: comment, pattern: 'Owls?:', examples: ['Owl: hoot', 'Crow: no'], "
        "not: ['Owls: hoot']}]"
    )
    assert problems(lexicon_file(tmp_path, body)) == [
        "cues entry 1 'owls': example 'Crow: no' is not matched; mend the pattern",
        "cues entry 1 'owls': 'not' text 'Owls: hoot' is matched; mend the pattern",
    ]


# --- files -------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path):
    world = lexicon_file(tmp_path, WORLD)
    missing, first, folder = check_lexicon([tmp_path / "nowhere", world, tmp_path])
    assert [one.readable for one in (missing, first, folder)] == [False, True, False]
    assert first.well and not missing.well
    assert missing.problems == (
        f"{tmp_path / 'nowhere'}: cannot be read: No such file or directory",
    )


def test_an_example_of_hostile_text_is_one_line(tmp_path):
    body = 'type: AID\nframes: [{verb: twin, examples: ["a\\n\\nb\\e[31m", " ", ""]}]'
    assert len(problems(lexicon_file(tmp_path, body))) == 3

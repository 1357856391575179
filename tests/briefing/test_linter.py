"""The example's brief keeps the standards; one change breaks one rule, and no other."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from detente import workflow
from detente.briefing.linter import RULES, documents_cited, lint
from detente.briefing.wordings import (
    absolutes_in,
    days_in,
    names_in,
    outside_terms_in,
    terms_in,
    weak_words_in,
    worded,
    worded_numbers_in,
)
from detente.model import Dyad, Statement
from detente.storage.catalog import Store

EXAMPLE = Path(__file__).parents[2] / "examples" / "turkey-russia"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = Store(tmp_path_factory.mktemp("store"))
    workflow.read([EXAMPLE], made)
    return made


@pytest.fixture(scope="module")
def brief(store):
    return workflow.brief(store, Dyad("TUR", "RUS"))


@pytest.fixture(scope="module")
def texts(store, brief):
    documents = store.find_documents(documents_cited(brief))
    return {key: document.text for key, document in documents.items()}


def test_the_brief_of_the_example_breaks_no_rule(store, brief):
    assert [str(remark) for remark in workflow.check_brief(store, brief)] == []
    assert len(brief.judgements) == 3
    assert brief.disputed and brief.gaps and brief.shifts


# --- damages: each one change ----------------------------------------------------------------


def replaced(items, index, one):
    return (*items[:index], one, *items[index + 1 :])


def judgement(brief, index=0, *, add="", old="", new="", **fields):
    """The brief with one judgement changed: its sentence, or other fields."""
    one = brief.judgements[index]
    if add or old:
        assert old in one.statement.text
        text = one.statement.text.replace(old, new, 1) + add
        one = replace(one, statement=replace(one.statement, text=text))
    return replace(brief, judgements=replaced(brief.judgements, index, replace(one, **fields)))


def gap(brief, text):
    return replace(brief, gaps=replaced(brief.gaps, 0, replace(brief.gaps[0], text=text)))


def otherwise(brief, add):
    one = brief.alternatives[0]
    changed = replace(one, text=one.text + add)
    return replace(brief, alternatives=replaced(brief.alternatives, 0, changed))


def bare(brief):
    statement = Statement(text=brief.gaps[0].text, evidence=brief.gaps[0].evidence)
    object.__setattr__(statement, "evidence", ())
    return replace(brief, gaps=replaced(brief.gaps, 0, statement))


def shifted(brief):
    """An offset of a gap's evidence, off by one."""
    one = brief.gaps[0].evidence[0]
    moved = replace(one, start=one.start + 1, end=one.end + 1)
    statement = replace(brief.gaps[0], evidence=(moved, *brief.gaps[0].evidence[1:]))
    return replace(brief, gaps=replaced(brief.gaps, 0, statement))


def event(brief, **fields):
    return replace(brief, events=replaced(brief.events, 0, replace(brief.events[0], **fields)))


def event_words(brief, old, new):
    statement = brief.events[0].statement
    assert old in statement.text
    return event(brief, statement=replace(statement, text=statement.text.replace(old, new)))


HIGH = "Confidence is high: every event it rests on is told by many."
DAMAGES = [
    (
        "mixed-rows",
        lambda b: judgement(b, 1, old="likely", new="probable", likelihood="probable"),
    ),
    ("mixed-rows", lambda b: gap(b, "It is probable that more was said.")),
    ("term-outside-rows", lambda b: gap(b, "It is highly likely that more was said.")),
    (
        "term-missing",
        lambda b: judgement(b, old="It is likely that relations", new="Relations"),
    ),
    ("term-missing", lambda b: judgement(b, likelihood="unlikely")),
    ("two-terms", lambda b: judgement(b, add=" It is unlikely that this lasts.")),
    ("weak-word", lambda b: judgement(b, add=" This could change.")),
    ("weak-word", lambda b: gap(b, "The reports may be incomplete.")),
    ("absolute", lambda b: gap(b, "It is certain that more was said.")),
    ("absolute", lambda b: judgement(b, add=" It is impossible that this is wrong.")),
    (
        "likelihood-with-confidence",
        lambda b: judgement(
            b, confidence="With low confidence it is likely, as few reports tell it."
        ),
    ),
    ("confidence-without-basis", lambda b: judgement(b, confidence="Confidence is low.")),
    ("high-on-one-origin", lambda b: judgement(b, 2, confidence=HIGH)),
    ("no-evidence", bare),
    (
        "quotation-not-in-evidence",
        lambda b: judgement(b, old="shot down a Russian", new="shot at a"),
    ),
    ("quotation-not-in-evidence", lambda b: event_words(b, "summoned", "received")),
    ("evidence-not-in-document", shifted),
    ("name-not-in-evidence", lambda b: judgement(b, add=" This was urged by Iran.")),
    ("name-not-in-evidence", lambda b: gap(b, "Iran urged it.")),
    ("name-not-in-evidence", lambda b: otherwise(b, " This was urged by Iran.")),
    ("weak-word", lambda b: otherwise(b, " This could change.")),
    ("number-not-in-evidence", lambda b: judgement(b, add=" In all 47 people died.")),
    ("number-not-in-evidence", lambda b: judgement(b, 2, old="of 21 events", new="of 22 events")),
    (
        "date-outside-event",
        lambda b: judgement(b, old="24 November 2015, “", new="25 November 2015, “"),
    ),
    (
        "date-outside-event",
        lambda b: judgement(b, 1, old="improved in May 2016", new="improved in May 2014"),
    ),
    ("date-outside-event", lambda b: event(b, date_text="4 October 2015")),
    ("source-not-listed", lambda b: replace(b, sources=b.sources[1:])),
    ("tool-not-disclosed", lambda b: replace(b, tool=())),
]


def is_name(word):
    return word in ("Iran", "Turkey", "Russia")


@pytest.mark.parametrize(
    ("rule", "damage"), DAMAGES, ids=[f"{r}-{n}" for n, (r, _) in enumerate(DAMAGES)]
)
def test_one_change_breaks_one_rule(rule, damage, brief, texts):
    remarks = lint(damage(brief), texts, is_name=is_name)
    assert {remark.rule for remark in remarks} == {rule}
    assert len(remarks) == 1
    assert "\n" not in str(remarks[0])


def test_every_rule_has_a_damaged_brief():
    assert {rule for rule, _ in DAMAGES} == {name for name, _, _ in RULES}
    assert len(RULES) == len({name for name, _, _ in RULES}) >= 12


def test_the_documentation_tells_every_rule_and_no_other():
    page = (EXAMPLE.parents[1] / "docs" / "commands.md").read_text(encoding="utf-8")
    section = page.split("The rules of `--check`")[1].split("```")[0]
    assert re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE) == [name for name, *_ in RULES]


def test_without_a_store_the_documents_are_not_compared(brief):
    assert lint(shifted(brief)) == ()


# --- what the rules see ----------------------------------------------------------------------


def test_a_quotation_may_have_quotation_marks_in_it():
    quote = "He called it “a stab in the back” and left."
    found = worded("On that day, “He called it “a stab in the back” and left”.", [quote])
    assert found.own == "On that day, “”."
    assert found.foreign == ()


def test_a_cut_quotation_is_one_and_an_altered_one_is_not():
    quote = "Turkey shot down a jet near the border, as all reports agree."
    assert worded("So: “Turkey shot down a jet …”.", [quote]).foreign == ()
    assert worded("So: “… near the border …”.", [quote]).foreign == ()
    assert worded("So: “Turkey shot a jet”.", [quote]).foreign == ("Turkey shot a jet",)
    assert worded("So: “”.", [quote]).foreign == ("",)
    assert worded("So: “Turkey shot", [quote]).foreign == ()


def test_words_in_quotations_are_not_the_briefs_own(brief, texts):
    quote = "Talks may be possible, and it could rain."
    evidence = replace(brief.gaps[0].evidence[0], quote=quote)
    statement = Statement(text=f"It was said: “{quote}”", evidence=(evidence,))
    assert lint(replace(brief, gaps=(statement,)), is_name=is_name) == ()


@pytest.mark.parametrize(
    ("text", "terms", "outside"),
    [
        ("It is very likely.", ("very likely",), ()),
        ("It is highly likely.", (), ("highly likely",)),
        ("There is a roughly even chance.", ("roughly even chance",), ()),
        ("There is a better than even chance.", (), ("better than even chance",)),
        ("It is almost certain, and probably true.", ("almost certain", "probably"), ()),
        ("The probability of a likelihood.", (), ()),
        ("A realistic possibility.", (), ("realistic possibility",)),
    ],
)
def test_terms(text, terms, outside):
    assert terms_in(text) == terms
    assert outside_terms_in(text) == outside


def test_numbers_in_words_are_numbers():
    told = "Six and twenty-one, two hundred, a dozen and nine thousand; someone, tenths, a man."
    assert list(worded_numbers_in(told)) == ["6", "21", "200", "12", "9000"]


def test_a_number_that_the_evidence_tells_in_words_is_in_it(brief):
    evidence = replace(brief.gaps[0].evidence[0], quote="It killed six men and wounded 1,200.")
    six, seven = (
        Statement(text=f"How many: {n} dead, 1200 wounded.", evidence=(evidence,)) for n in (6, 7)
    )
    assert lint(replace(brief, gaps=(six,))) == ()
    assert [one.rule for one in lint(replace(brief, gaps=(seven,)))] == ["number-not-in-evidence"]


def test_an_outlet_goes_by_its_full_name(brief):
    credited = replace(brief.gaps[0].evidence[0], outlets=("BC via Volga Observer",))
    statement = Statement(text="All of it is from Bosphorus Courier.", evidence=(credited,))
    sources = (*brief.sources, replace(brief.sources[0], outlet="BC via Volga Observer"))
    changed = replace(brief, gaps=(statement,), sources=sources)
    assert {one.rule for one in lint(changed)} == {"name-not-in-evidence"}
    assert (
        lint(
            changed,
            outlets_in=lambda credit: credit.replace("BC", "Bosphorus Courier").split(" via "),
        )
        == ()
    )


def test_weak_words_are_not_the_month():
    assert weak_words_in("between May and June 2016, from 27 May 2016") == ()
    assert weak_words_in("It may or might be. Perhaps.") == ("may", "might", "Perhaps")
    assert weak_words_in("This cannot be ruled out.") == ("cannot be ruled out",)


def test_almost_certain_is_not_certain():
    assert absolutes_in("It is almost certain that certain events show 10 % or 99 %.") == ()
    assert absolutes_in("It is certainly 100 % so.") == ("certainly", "100 %")
    assert absolutes_in("That is uncertain, as are 1,100 % and 50.0 %.") == ()


def test_months_without_a_year_take_the_next_one():
    found = [
        (first.isoformat(), last.isoformat())
        for *_, (first, last) in days_in(
            "between October and November 2015, on 3 to 5 May 2016, 31 June 2016"
        )
    ]
    assert sorted(found) == [
        ("2015-10-01", "2015-10-31"),
        ("2015-11-01", "2015-11-30"),
        ("2016-05-03", "2016-05-05"),
    ]


def test_a_capital_at_the_start_is_explained_unless_a_name_follows():
    assert list(names_in("Relations of Turkey in May.")) == [("Relations", True), ("Turkey", False)]
    assert list(names_in("Vladimir Putin’s view")) == [("Vladimir", False), ("Putin", False)]


def test_check_tells_the_findings_and_the_exit_code(detente, store, monkeypatch, brief):
    arguments = ("brief", "Turkey", "Russia", "--store", store.folder, "--check", "-q")
    clean = detente(*arguments)
    assert (clean.code, clean.err) == (0, "")
    damaged = judgement(brief, add=" This could change.")
    monkeypatch.setattr(workflow, "brief", lambda *_, **__: damaged)
    told = detente(*arguments)
    assert told.code == 1
    assert "This could change" in told.out
    (line,) = told.err.splitlines()
    assert line == (
        "weak-word: key judgement 1: bare “could”; say how likely it is, or leave it out "
        "(ICD 203, D.6.e(2))"
    )

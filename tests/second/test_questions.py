"""What a second coder is asked: the coded parts of a document, in pieces that it can hold."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from detente.extraction.parse import CODED
from detente.extraction.segment import segment
from detente.model import EventType, Label, Reply, SecondCoder, Segment, SegmentKind
from detente.second.chat import request_of
from detente.second.questions import LONGEST_PASSAGE, passages, prompt
from detente.second.replies import claims_in
from making import document

BODY = frozenset({SegmentKind.BODY})


def parts(text, **more):
    doc = document(text, **more)
    return list(passages(doc, [Segment(kind=SegmentKind.BODY, start=0, end=len(text))], BODY))


def test_a_passage_is_asked_with_its_day_and_its_kind():
    (one,) = parts('Turkey met "Russia".\n', published=date(2015, 11, 24))
    assert json.loads(one.question) == {
        "published": "2015-11-24",
        "part": "body",
        "text": 'Turkey met "Russia".',
    }


def test_comments_and_boilerplate_are_not_asked_about():
    text = "Turkey met Russia.\n\nShare this article\n"
    doc = document(text)
    kinds = [SegmentKind.BODY, SegmentKind.COMMENT]
    made = [
        Segment(kind=kind, start=start, end=end)
        for kind, (start, end) in zip(kinds, ((0, 19), (19, len(text))), strict=True)
    ]
    assert [one.end for one in passages(doc, made, CODED)] == [18]


def test_a_reprint_is_dated_by_its_own_day():
    doc = document("Turkey met Russia.", published=date(2016, 1, 1))
    own = Segment(kind=SegmentKind.REPRINT, start=0, end=18, published=date(2015, 11, 24))
    (one,) = passages(doc, [own], CODED)
    assert one.published == date(2015, 11, 24)


def test_the_same_passage_of_another_day_is_another_question():
    keys = {parts("Turkey met Russia.", published=day)[0].key for day in (None, date(2015, 1, 1))}
    assert len(keys) == 2


@given(st.lists(st.sampled_from(["word ", "end. ", "\n\n", "x" * 3_000, " "]), max_size=60))
def test_pieces_are_short_in_order_and_leave_out_blanks_alone(pieces):
    text = "".join(pieces)
    found = parts(text)
    end = 0
    for one in found:
        assert one.start >= end and 0 < one.end - one.start <= LONGEST_PASSAGE
        assert not text[end : one.start].strip()
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        end = one.end
    assert not text[end:].strip()


def test_a_long_text_is_cut_at_a_paragraph():
    paragraph = ("Turkey met Russia again. " * 60).strip()
    found = parts("\n\n".join([paragraph] * 5))
    texts = [one.document.text[one.start : one.end] for one in found]
    assert [set(text.split("\n\n")) for text in texts] == [{paragraph}] * 3


def test_the_request_asks_for_the_form_of_the_answer_and_can_do_without():
    coder = SecondCoder(endpoint="e", model="m", prompt="p")
    (one,) = parts("Turkey met Russia.")
    full, plain = (json.loads(request_of(coder, one, plain=p)) for p in (False, True))
    assert full["temperature"] == 0 and full["model"] == "m"
    schema = full["response_format"]["json_schema"]["schema"]
    assert schema["required"] == ["claims"] and schema["additionalProperties"] is False
    told = schema["$defs"]["ToldClaim"]
    assert set(told["required"]) == set(told["properties"])
    assert told["properties"]["type"]["enum"] == [one.value for one in EventType]
    assert set(plain) == {"model", "messages"}
    assert plain["messages"] == full["messages"]
    assert [m["role"] for m in full["messages"]] == ["system", "user"]


def test_the_prompt_names_every_type_and_label():
    assert all(f"- {one.value}: " in prompt() for one in EventType)
    assert all(f'- "{one.value}": ' in prompt() for one in Label)


def test_the_example_of_the_prompt_keeps_its_own_rules():
    question, answer = (line for line in prompt().splitlines() if line.startswith('{"'))
    told = json.loads(question)
    (one,) = parts(told["text"], published=date.fromisoformat(told["published"]))
    assert one.question == question
    taken, dropped = claims_in(Reply(content=answer), one, countries={"NOR", "CHL", "PER"})
    assert len(taken) == 2 and dropped == ()


def test_segments_of_a_page_are_asked_about_one_by_one():
    doc = document("Turkey and Russia meet\n\nTurkey met Russia on Monday, officials said.\n")
    assert [one.kind for one in passages(doc, segment(doc), CODED)] == [
        SegmentKind.HEADLINE,
        SegmentKind.BODY,
    ]

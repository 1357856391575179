"""Laws of news: in whatever parts reports come in, no event is missed, and none is told twice."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefs import WORSENING, material, told
from detente.following import mark_of, news_since
from detente.model import Mark, NewsKind

# Two outlets tell of the same attack, days apart, and one of them a day late.
AGAIN = tuple(
    told(
        f"Turkey attacked Russia at village {number}03, {outlet} writes.",
        "ASSAULT",
        "attacked",
        date(2015, number, 3 + late),
        key=f"again {number} {outlet}",
        outlets=(outlet,),
    )
    for number in (7, 9, 11)
    for late, outlet in ((0, "Herald"), (1, "Tribune"))
)
REPORTS = (*WORSENING[12:], *AGAIN)


@given(
    order=st.permutations(range(len(REPORTS))),
    cuts=st.lists(st.integers(1, len(REPORTS) - 1), max_size=6, unique=True),
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_event_is_told_once_in_whatever_parts_the_reports_come(order, cuts):
    mark = Mark(state="run 0")
    seen: set[str] = set()
    for end in (*sorted(cuts), len(REPORTS)):
        found = material(*(REPORTS[index] for index in order[:end]))
        claims = {event.id: set(event.claim_ids) for event in found.events}
        for news in news_since(mark, found):
            if news.kind in (NewsKind.EVENT, NewsKind.RECALLED):
                (identifier,) = news.event_ids
                assert not claims[identifier] & seen
        seen |= set().union(*claims.values())
        mark = mark_of(found, "run 0", mark)
        assert news_since(mark, found) == ()


@given(cuts=st.lists(st.integers(1, len(REPORTS) - 1), max_size=5, unique=True))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_told_of_new_events_is_all_that_there_are(cuts):
    mark = Mark(state="run 0")
    told_of: set[str] = set()
    for end in (*sorted(cuts), len(REPORTS)):
        found = material(*REPORTS[:end])
        claims = {event.id: set(event.claim_ids) for event in found.events}
        for news in news_since(mark, found):
            if news.kind in (NewsKind.EVENT, NewsKind.RECALLED, NewsKind.REVISION):
                told_of |= set().union(*(claims[one] for one in news.event_ids))
        mark = mark_of(found, "run 0", mark)
    for event in material(*REPORTS).events:
        assert set(event.claim_ids) & told_of

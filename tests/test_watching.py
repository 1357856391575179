"""Watching from feeds to news, round by round."""

from __future__ import annotations

import hashlib
import json
import os
import time
from dataclasses import replace

import pytest

from detente import workflow
from detente.collecting import Fetcher, Limits
from detente.errors import InputError, StoreError, StoreLockedError, TellingError
from detente.model import Dyad
from detente.settings import Settings
from detente.storage import catalog
from detente.storage.catalog import Store
from detente.watching import watch
from feed_server import article, item, rss

PAIR = Dyad("TUR", "RUS")
NOW = 1_448_540_000.0  # 26 November 2015
ATTACK = "Turkey shot down a Russian warplane near the Syrian border on Tuesday."
OTHER = "Turkish jets shot down a Russian bomber at the border on Tuesday, witnesses in Hatay said."
SANCTIONS = "Russia imposed sanctions on Turkey on Thursday."
SETTINGS = Settings(processes=1)


class Desk:
    """Who watches: sources, a store, and all that was told."""

    def __init__(self, folder, *sources, pairs=(PAIR,), settings=SETTINGS):
        self.store = Store(folder / "store")
        self.sources = [str(source) for source in sources]
        self.pairs = pairs
        self.settings = settings
        self.now = NOW
        self.slept = []
        self.told = []
        self.fails = False

    def tell(self, news):
        if self.fails:
            raise TellingError("nobody listens")
        self.told += news

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds

    def rounds(self, every=None):
        return watch(
            self.sources,
            self.store,
            self.pairs,
            tell=self.tell,
            fetcher=Fetcher(delay=0.0, limits=Limits(silence=0.5, whole=1.5, size=200_000)),
            every=every,
            settings=self.settings,
            now=lambda: self.now,
            sleep=self.sleep,
        )

    def round(self):
        """Run once, an hour later, and return what was done and the kinds of what was told."""
        self.now += 3600
        self.told.clear()
        (done,) = self.rounds()
        return done, [news.kind.value for news in self.told]


def publish(served, *articles, path="/feed"):
    """Publish articles, given as (name, text) or (name, text, site)."""
    for name, text, *site in articles:
        served.page(f"/{name}", article(name.title(), text, site=site[0] if site else "Courier"))
    links = [item(f"{served.url}/{name}", name.title()) for name, *_ in articles]
    served.page(path, rss(*links), Content_Type="text/xml")


def test_news_is_told_once_and_nothing_new_is_quiet(served, tmp_path):
    publish(served, ("a", ATTACK))
    desk = Desk(tmp_path, f"{served.url}/feed")
    done, kinds = desk.round()
    assert kinds == ["event"] and done.new == 1 and done.notices == ()
    (evidence, *_) = desk.told[0].statement.evidence
    document = desk.store.find_documents([evidence.document_id])[evidence.document_id]
    assert document.text[evidence.start : evidence.end] == evidence.quote == ATTACK
    assert dict(desk.told[0].titles)[document.id] == "A"
    assert desk.round()[1] == []
    publish(served, ("a", ATTACK), ("b", OTHER, "Gazette"))
    done, kinds = desk.round()
    assert kinds == ["origins"] and done.new == 1
    assert desk.told[0].statement.evidence[0].outlets == ("Gazette",)
    assert desk.round()[1] == []


def test_what_a_store_has_is_no_news_on_the_first_run(served, tmp_path):
    (tmp_path / "old.txt").write_text(
        f"Outlet: Herald\nPublished: 2015-11-24\n\n{ATTACK}\n", encoding="utf-8"
    )
    publish(served, ("c", SANCTIONS))
    desk = Desk(tmp_path, f"{served.url}/feed")
    workflow.read([tmp_path / "old.txt"], desk.store)
    _, kinds = desk.round()
    assert kinds == ["event"]
    assert desk.told[0].statement.evidence[0].quote == SANCTIONS


def test_what_came_in_by_other_ways_is_told_in_the_next_round(served, tmp_path):
    publish(served, ("a", ATTACK))
    desk = Desk(tmp_path, f"{served.url}/feed")
    desk.round()
    (tmp_path / "new.txt").write_text(
        f"Outlet: Herald\nPublished: 2015-11-26\n\n{SANCTIONS}\n", encoding="utf-8"
    )
    workflow.read([tmp_path / "new.txt"], desk.store)
    workflow.events(desk.store, settings=SETTINGS)
    assert desk.round()[1] == ["event"]
    assert desk.round()[1] == []


def test_a_pair_that_is_followed_later_begins_with_what_is_there(served, tmp_path):
    publish(served, ("a", ATTACK))
    desk = Desk(tmp_path, f"{served.url}/feed", pairs=())
    assert desk.round()[1] == []
    desk.pairs = (PAIR,)
    assert desk.round()[1] == []
    publish(served, ("a", ATTACK), ("c", SANCTIONS))
    assert desk.round()[1] == ["event"]


def test_another_run_draws_other_claims_and_that_is_no_news(served, tmp_path):
    publish(served, ("a", ATTACK))
    desk = Desk(tmp_path, f"{served.url}/feed")
    desk.round()
    desk.settings = replace(SETTINGS, plausibility=False)
    publish(served, ("a", ATTACK), ("c", SANCTIONS))
    assert desk.round()[1] == ["event"]
    assert desk.told[0].statement.evidence[0].quote == SANCTIONS


def test_what_could_not_be_told_is_told_again(served, tmp_path):
    publish(served, ("a", ATTACK))
    desk = Desk(tmp_path, f"{served.url}/feed")
    desk.fails = True
    done, kinds = desk.round()
    assert kinds == []
    (notice,) = done.notices
    assert "nobody listens; it is told again" in notice.reason
    desk.fails = False
    assert desk.round()[1] == ["event"]
    assert served.paths().count("/a") == 1


def test_a_file_in_a_folder_is_news_too(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    desk = Desk(tmp_path, folder)
    assert desk.round()[1] == []
    (folder / "a.txt").write_text(
        f"Outlet: Herald\nPublished: 2015-11-24\n\n{ATTACK}\n", encoding="utf-8"
    )
    (folder / "photo.jpeg").write_bytes(b"\xff\xd8\xff")
    desk.now = 2_000_000_000.0
    done, kinds = desk.round()
    assert kinds == ["event"]
    (notice,) = done.notices
    assert "unknown format" in notice.reason
    assert desk.round()[0].notices == ()


def test_a_round_follows_another_at_its_time(served, tmp_path):
    publish(served, ("a", ATTACK))
    desk = Desk(tmp_path, f"{served.url}/feed", pairs=())
    rounds = desk.rounds(every=900.0)
    next(rounds)
    desk.now += 100
    next(rounds)
    desk.now += 2000
    next(rounds)
    rounds.close()
    assert desk.slept == [800.0, 0.0]


def test_two_do_not_watch_for_one_store(served, tmp_path):
    publish(served, ("a", ATTACK))
    desk = Desk(tmp_path, f"{served.url}/feed", pairs=())
    rounds = desk.rounds(every=900.0)
    next(rounds)
    with pytest.raises(StoreLockedError):
        next(desk.rounds())
    rounds.close()


def test_who_else_writes_is_waited_for_and_nothing_is_lost(served, tmp_path):
    publish(served, ("a", ATTACK))
    desk = Desk(tmp_path, f"{served.url}/feed", pairs=())
    with Store(tmp_path / "store").writing():
        done, _ = desk.round()
        assert sum(desk.slept) == 60
        (notice,) = done.notices
        assert "another detente is writing" in notice.reason and notice.skipped
    done, _ = desk.round()
    assert (done.new, done.notices) == (1, ())


def test_a_run_that_is_killed_goes_on_from_what_it_kept(served, tmp_path, monkeypatch):
    names = [f"n{number}" for number in range(6)]
    publish(served, *((name, f"{ATTACK} It was {name}.") for name in names))
    monkeypatch.setattr("detente.watching.KEPT_AT_ONCE", 2)
    desk = Desk(tmp_path, f"{served.url}/feed", pairs=())
    original = catalog.Store.add_documents
    kept = []

    def interrupted(store, documents):
        if kept:
            raise KeyboardInterrupt
        kept.append(len(documents))
        return original(store, documents)

    monkeypatch.setattr(catalog.Store, "add_documents", interrupted)
    with pytest.raises(KeyboardInterrupt):
        desk.round()
    monkeypatch.setattr(catalog.Store, "add_documents", original)
    done, _ = desk.round()
    assert done.new == 4 and done.known == 0
    assert len(desk.store.document_ids()) == 6


def endless(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "text/xml")
    handler.end_headers()
    while True:
        handler.wfile.write(b"<item/>" * 1000)


def slow(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"<")
        time.sleep(0.05)


def test_every_bad_source_is_told_in_one_line_and_the_good_one_is_read(served, tmp_path):
    publish(served, ("a", ATTACK))
    served.redirect("/circle", "/circle2")
    served.redirect("/circle2", "/circle")
    served.page("/500", "no", status=500)
    served.page("/badxml", "<rss><channel><item><title>A</rss", Content_Type="text/xml")
    served.page("/words", "words")
    served.page("/binary", bytes(range(256)) * 20, Content_Type="application/octet-stream")
    served.page("/wrong", rss().replace("UTF-8", "klingon").encode("utf-16-le"))
    served.page("/robots.txt", "User-agent: *\nDisallow: /closed\n")
    served.pages["/endless"] = endless
    served.pages["/slow"] = slow
    bad = "circle 500 gone badxml words binary closed endless slow".split()
    opml = tmp_path / "feeds.opml"
    names = [*bad[:5], "feed", "wrong", *bad[5:]]
    lines = "".join(f'<outline xmlUrl="{served.url}/{name}"/>' for name in names)
    dead = "http://127.0.0.1:1/feed"
    opml.write_text(
        f'<opml><body>{lines}<outline xmlUrl="{dead}"/></body></opml>', encoding="utf-8"
    )
    desk = Desk(tmp_path, opml)
    done, kinds = desk.round()
    assert kinds == ["event"] and done.new == 1
    told = {notice.where.rpartition("/")[2]: notice for notice in done.notices}
    assert set(told) == {*bad, "feed"}  # the last is that of the host that is not there
    assert told["feed"].where == dead
    assert all("\n" not in notice.reason for notice in done.notices)
    assert len(done.notices) == len(told)


def test_what_is_remembered_is_small_and_damage_is_told(served, tmp_path):
    publish(served, ("a", ATTACK))
    desk = Desk(tmp_path, f"{served.url}/feed")
    desk.round()
    path = tmp_path / "store" / "watch.json"
    assert path.stat().st_size < 2000
    record = json.loads(path.read_text(encoding="utf-8"))
    record["collected"]["sources"] = {"u": {"unknown": 1}}
    path.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(StoreError, match="damaged"):
        desk.round()


def test_the_bytes_of_pages_are_kept_where_they_are_asked_for(served, tmp_path):
    publish(served, ("a", ATTACK))
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "b.txt").write_text(f"Published: 2015-11-24\n\n{SANCTIONS}\n", encoding="utf-8")
    os.utime(folder / "b.txt", (NOW - 600, NOW - 600))
    settings = replace(SETTINGS, keep_raw=True)
    desk = Desk(tmp_path, f"{served.url}/feed", folder, settings=settings)
    done, _ = desk.round()
    assert done.new == 2
    found = {one.key for one in desk.store.documents()}
    page, data, kept = workflow.raw(desk.store, f"{served.url}/a")
    assert data == article("A", ATTACK, site="Courier").encode()
    assert hashlib.sha256(data).hexdigest() == page.source_digest
    assert [one.collected.file for one in kept] == [f"{served.url}/a"] and kept[0].kept
    (file,) = found - {page.key}
    assert workflow.raw(desk.store, file)[1] == (folder / "b.txt").read_bytes()
    assert workflow.check_store(desk.store.folder).flaws == ()


def test_without_it_none_are(served, tmp_path):
    publish(served, ("a", ATTACK))
    desk = Desk(tmp_path, f"{served.url}/feed")
    desk.round()
    assert not (desk.store.folder / "raw").exists()
    with pytest.raises(InputError, match=r"detente watch .* --keep-raw"):
        workflow.raw(desk.store, f"{served.url}/a")


def test_a_clock_that_went_back_delays_nothing_and_takes_no_dates(served, tmp_path):
    publish(served, ("a", ATTACK))
    desk = Desk(tmp_path, f"{served.url}/feed", f"{served.url}/none")
    desk.round()
    publish(served, ("a", ATTACK), ("b", SANCTIONS))
    desk.now -= 300 * 86_400
    done, kinds = desk.round()
    assert kinds == ["event"] and done.new == 1
    assert all(one.published for one in desk.store.documents())
    told = [one.reason for one in done.notices if one.where == "clock"]
    assert len(told) == 1 and told[0].startswith("went back by 300 days")
    desk.now += 3600
    (again,) = desk.rounds()
    assert again.counts.failed == 1  # the source that failed is asked again when it is due

"""Rounds: what is asked for, what is kept, and how sources fail without harm to others."""

from __future__ import annotations

import os

import pytest

from detente.collecting import Collector, FoundFile, Limits, Memory, Page, Trouble, watchable
from detente.collecting.addresses import Address
from detente.collecting.fetching import Fetcher
from detente.errors import InputError
from feed_server import article, item, rss, send

NOW = 1_448_540_000.0  # 26 November 2015


class Watch:
    """A collector with a clock of its own, from round to round."""

    def __init__(self, *sources, **more):
        self.now = NOW
        self.memory = Memory()
        options = {"delay": 0.0, "limits": Limits(silence=1.0, whole=3.0)}
        self.fetcher = Fetcher(**options | more.pop("fetcher", {}))
        self.collector = Collector(
            watchable(sources), self.memory, self.fetcher, now=lambda: self.now, **more
        )

    def round(self, *, keep=True, later=600.0):
        self.now += later
        found = list(self.collector.collect())
        if keep:
            self.collector.keep(found)
        return found


def pages(found):
    return {one.entry.link.rpartition("/")[2]: one for one in found if isinstance(one, Page)}


def troubles(found):
    return [one for one in found if isinstance(one, Trouble)]


def feed(served, *names, path="/feed", etag=None):
    text = rss(*(item(f"{served.url}/{name}", name.title()) for name in names))
    for name in names:
        served.page(f"/{name}", article(name.title(), f"What {name} tells."))
    if etag:
        served.versioned(path, text, etag)
    else:
        served.page(path, text, Content_Type="text/xml")


# --- the ordinary ------------------------------------------------------------------------------


def test_each_article_is_fetched_once(served):
    feed(served, "a", "b")
    watch = Watch(f"{served.url}/feed")
    assert set(pages(watch.round())) == {"a", "b"}
    assert watch.round() == []
    feed(served, "a", "b", "c")
    assert set(pages(watch.round())) == {"c"}
    assert served.paths() == ["/feed", "/a", "/b", "/feed", "/feed", "/c"]


def test_what_was_not_kept_is_fetched_again_even_if_the_feed_stays_as_it_is(served):
    feed(served, "a", "b", etag='"1"')
    watch = Watch(f"{served.url}/feed")
    lost = watch.round(keep=False)
    assert set(pages(lost)) == {"a", "b"}
    assert set(pages(watch.round())) == {"a", "b"}
    assert watch.round() == []
    assert watch.collector.counts.unchanged == 1


def test_an_article_of_two_feeds_is_fetched_once(served):
    feed(served, "a", "b", etag='"1"')
    feed(served, "a", path="/other", etag='"2"')
    watch = Watch(f"{served.url}/feed", f"{served.url}/other")
    assert set(pages(watch.round())) == {"a", "b"}
    assert served.paths().count("/a") == 1
    watch.round()
    assert watch.collector.counts.unchanged == 2


def test_a_large_feed_is_taken_in_parts_and_nothing_is_lost(served):
    names = [f"n{number}" for number in range(7)]
    feed(served, *names, etag='"1"')
    watch = Watch(f"{served.url}/feed", most_pages=3)
    first = watch.round()
    (trouble,) = troubles(first)
    assert "4 more articles wait" in trouble.reason and not trouble.skipped
    assert set(pages(first) | pages(watch.round()) | pages(watch.round())) == set(names)
    watch.round()
    assert watch.collector.counts.unchanged == 1


def test_a_list_of_feeds_leads_to_their_articles(served, tmp_path):
    feed(served, "a")
    opml = tmp_path / "feeds.opml"
    opml.write_text(
        f'<opml><body><outline text="C" xmlUrl="{served.url}/feed"/>'
        '<outline text="F" xmlUrl="file:///etc/passwd"/></body></opml>',
        encoding="utf-8",
    )
    found = Watch(str(opml)).round()
    assert set(pages(found)) == {"a"}
    (trouble,) = troubles(found)
    assert trouble.where == "file:///etc/passwd" and "http and https" in trouble.reason


def test_a_list_that_is_fetched_and_a_sitemap_in_it_lead_there_too(served):
    served.page("/a", article("A", "What A tells."))
    served.page("/list", f'<opml><body><outline xmlUrl="{served.url}/index.xml"/></body></opml>')
    served.page(
        "/index.xml",
        f"<sitemapindex><sitemap><loc>{served.url}/news.xml</loc></sitemap></sitemapindex>",
    )
    served.page(
        "/news.xml",
        f"<urlset><url><loc>{served.url}/a</loc><lastmod>2015-11-26</lastmod></url></urlset>",
    )
    assert set(pages(Watch(f"{served.url}/list").round())) == {"a"}


def test_lists_that_name_each_other_come_to_an_end(served):
    for one, other in (("/x", "/y"), ("/y", "/x")):
        served.page(one, f'<opml><body><outline xmlUrl="{served.url}{other}"/></body></opml>')
    assert Watch(f"{served.url}/x").round() == []
    assert served.paths() == ["/x", "/y"]


def test_a_list_that_changes_is_read_again(served, tmp_path):
    feed(served, "a")
    feed(served, "b", path="/other")
    opml = tmp_path / "feeds.opml"
    line = '<outline xmlUrl="{}"/>'.format
    opml.write_text(f"<opml><body>{line(served.url + '/feed')}</body></opml>", encoding="utf-8")
    watch = Watch(str(opml))
    assert set(pages(watch.round())) == {"a"}
    opml.write_text(f"<opml><body>{line(served.url + '/other')}</body></opml>", encoding="utf-8")
    assert set(pages(watch.round())) == {"b"}
    opml.unlink()
    (trouble,) = troubles(watch.round())
    assert "cannot be read" in trouble.reason


def test_a_page_that_states_a_change_is_fetched_again_later(served):
    def entry(stamp):
        return (
            '<feed xmlns="http://www.w3.org/2005/Atom"><title>C</title><entry><title>A</title>'
            f'<link href="{served.url}/a"/><updated>{stamp}</updated></entry></feed>'
        )

    served.page("/a", article("A", "What A tells."))
    served.page("/feed", entry("2015-11-26T10:00:00Z"))
    watch = Watch(f"{served.url}/feed")
    assert pages(watch.round())
    served.page("/feed", entry("2015-11-26T12:00:00Z"))
    assert not pages(watch.round())
    assert pages(watch.round(later=7 * 3600))
    served.page("/feed", entry("2015-11-26T13:00:00Z"))
    served.page("/a", "gone", status=404)
    assert watch.round(later=7 * 3600) == []  # the version that is there stays


# --- what goes wrong ---------------------------------------------------------------------------


def test_a_source_that_fails_harms_no_other_and_is_asked_less_often(served):
    feed(served, "a")
    served.page("/broken", "no", status=500)
    watch = Watch(f"{served.url}/broken", f"{served.url}/feed")
    found = watch.round()
    assert set(pages(found)) == {"a"}
    (trouble,) = troubles(found)
    assert trouble.where == f"{served.url}/broken"
    assert trouble.reason == "answers 500 Internal Server Error; asked again in 15 minutes"
    assert watch.round(later=60) == []
    assert watch.collector.counts.resting == 1
    (again,) = troubles(watch.round(later=900))
    assert "asked again in 30 minutes" in again.reason
    feed(served, "b", path="/broken")
    assert set(pages(watch.round(later=1900))) == {"b"}


def test_a_feed_that_disappears_and_one_that_comes_back(served):
    feed(served, "a")
    watch = Watch(f"{served.url}/feed")
    watch.round()
    del served.pages["/feed"]
    (trouble,) = troubles(watch.round())
    assert "404" in trouble.reason
    feed(served, "a", "b")
    assert set(pages(watch.round(later=3600))) == {"b"}
    assert watch.memory.sources[f"{served.url}/feed"].failures == 0


@pytest.mark.parametrize(
    ("content", "reason"),
    [("<html><body>Cookies?</body></html>", "is a page, no feed"), ("{}", "is no feed")],
)
def test_what_is_no_feed_is_told(served, content, reason):
    served.page("/feed", content)
    (trouble,) = troubles(Watch(f"{served.url}/feed").round())
    assert reason in trouble.reason


def test_a_page_that_is_gone_leaves_the_text_of_the_feed(served):
    served.page("/feed", rss(item(f"{served.url}/a", "A", text="What A tells.")))
    watch = Watch(f"{served.url}/feed")
    page = pages(watch.round())["a"]
    assert page.fetched is None and "404" in page.reason and page.entry.text == "What A tells."
    assert watch.round() == []


def test_a_page_that_fails_is_asked_for_again_before_it_is_given_up(served):
    feed(served, "a", etag='"1"')
    served.page("/a", "no", status=503)
    watch = Watch(f"{served.url}/feed")
    for _ in range(2):
        found = watch.round()
        (trouble,) = troubles(found)
        assert not pages(found) and "asked again in the next round" in trouble.reason
    assert pages(watch.round())["a"].fetched is None
    assert watch.round() == []


def test_a_page_that_works_again_is_taken(served):
    feed(served, "a", etag='"1"')
    served.page("/a", "no", status=503)
    watch = Watch(f"{served.url}/feed")
    watch.round()
    feed(served, "a", etag='"1"')
    assert pages(watch.round())["a"].fetched is not None


def test_pages_of_a_host_that_wants_to_be_left_alone_wait_and_are_not_given_up(served):
    feed(served, "a", "b", "c", etag='"1"')
    served.page("/a", "no", status=429, Retry_After="300")
    clock = [0.0]
    watch = Watch(f"{served.url}/feed", fetcher={"clock": lambda: clock[0]})
    found = watch.round()
    assert not pages(found)
    reasons = {one.reason for one in troubles(found)}
    assert "2 pages wait for the next round" in reasons
    feed(served, "a", "b", "c", etag='"1"')
    clock[0] += 400
    assert set(pages(watch.round())) == {"a", "b", "c"}


def test_a_round_comes_to_an_end_and_the_next_goes_on(served):
    feed(served, "a", "b", "c", etag='"1"')
    watch = Watch(f"{served.url}/feed")

    def answer(handler):
        watch.now += 200.0  # as if the host had taken so long
        send(handler, (200, {"Content-Type": "text/html"}, article("A", "Words.").encode()))

    for name in "abc":
        served.pages[f"/{name}"] = answer
    found = watch.round()
    assert set(pages(found)) == {"a", "b"}
    (trouble,) = troubles(found)
    assert trouble.reason == "1 page waits for the next round" and not trouble.skipped
    assert set(pages(watch.round())) == {"c"}


def test_a_host_that_asks_robots_away_is_told_and_its_pages_are_not_asked_for(served):
    served.page("/robots.txt", "User-agent: *\nDisallow: /a\nDisallow: /closed\n")
    feed(served, "a", "b")
    feed(served, "c", path="/closed")
    watch = Watch(f"{served.url}/feed", f"{served.url}/closed")
    found = watch.round()
    assert pages(found)["a"].fetched is None and "robots.txt" in pages(found)["a"].reason
    assert pages(found)["b"].fetched is not None
    (trouble,) = troubles(found)
    assert trouble.where.endswith("/closed") and "robots.txt" in trouble.reason
    assert not {"/a", "/closed"} & set(served.paths())


def test_a_feed_does_not_lead_into_the_own_network(served):
    def resolve(host, _port):
        return [Address("127.0.0.1", served.port, host == "intra.example")]

    served.page("/feed", rss(item("http://intra.example/secret", "A", text="What A tells.")))
    served.page("/secret", article("Secret", "A secret."))
    page = pages(Watch("http://news.example/feed", fetcher={"resolve": resolve}).round())["secret"]
    assert page.fetched is None and "own network" in page.reason
    allowed = Watch("http://news.example/feed", fetcher={"resolve": resolve, "inside": True})
    assert pages(allowed.round())["secret"].fetched is not None
    own = Watch("http://intra.example/feed", fetcher={"resolve": resolve})
    assert pages(own.round())["secret"].fetched is not None


def test_a_list_from_outside_names_no_feed_inside(served):
    def resolve(host, _port):
        return [Address("127.0.0.1", served.port, host == "intra.example")]

    feed(served, "a")
    served.page("/list", '<opml><outline xmlUrl="http://intra.example/feed"/></opml>')
    watch = Watch("http://news.example/list", fetcher={"resolve": resolve})
    (trouble,) = troubles(watch.round())
    assert "own network" in trouble.reason
    assert served.paths() == ["/list"]


def test_a_password_in_a_list_is_neither_sent_nor_kept_nor_told(served, tmp_path):
    feed(served, "a")
    opml = tmp_path / "feeds.opml"
    address = f"http://me:secret@127.0.0.1:{served.port}/feed"
    opml.write_text(f'<opml><outline xmlUrl="{address}"/></opml>', encoding="utf-8")
    watch = Watch(str(opml))
    (trouble,) = troubles(watch.round())
    assert "password" in trouble.reason and "secret" not in f"{trouble}"
    assert "secret" not in str(watch.memory.record(NOW))
    assert served.asked == []


def test_a_link_with_a_name_before_its_host_leads_where_it_leads(served):
    link = f"http://bank.example@127.0.0.1:{served.port}/a"
    served.page("/feed", rss(item(link, "A")))
    served.page("/a", article("A", "What A tells."))
    page = pages(Watch(f"{served.url}/feed").round())["a"]
    assert page.entry.link == f"{served.url}/a" and page.fetched is not None


def test_the_same_remark_is_made_once(served):
    served.redirect("/old", "/feed", 301)
    feed(served, "a")
    watch = Watch(f"{served.url}/old")
    (trouble,) = troubles(watch.round())
    assert f"moved to {served.url}/feed for good" in trouble.reason and not trouble.skipped
    assert troubles(watch.round()) == []


# --- folders -----------------------------------------------------------------------------------


def put(path, text, *, age=60.0):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (NOW - age, NOW - age))


def test_a_folder_gives_what_is_new_and_what_has_changed(tmp_path):
    put(tmp_path / "b.txt", "B")
    put(tmp_path / "sub" / "a.txt", "A")
    put(tmp_path / ".hidden", "H")
    watch = Watch(str(tmp_path))
    found = watch.round()
    assert [one.path.name for one in found if isinstance(one, FoundFile)] == ["b.txt", "a.txt"]
    assert watch.round() == []
    put(tmp_path / "b.txt", "B again", age=50.0)
    assert [one.path.name for one in watch.round()] == ["b.txt"]
    (tmp_path / "b.txt").unlink()
    assert watch.round() == []
    assert [name.rpartition("/")[2] for name in watch.memory.files] == ["a.txt"]


def test_a_store_in_a_watched_folder_is_not_news(tmp_path):
    put(tmp_path / "a.txt", "A")
    put(tmp_path / "work" / "documents" / "x.parquet", "X")
    found = Watch(str(tmp_path)).collector.collect(tmp_path / "work")
    assert [one.path.name for one in found] == ["a.txt"]


def test_a_file_that_is_still_written_waits(tmp_path):
    watch = Watch(str(tmp_path))
    put(tmp_path / "a.txt", "A", age=-600.0 + 1.0)
    (trouble,) = watch.round()
    assert "still being written" in trouble.reason and not trouble.skipped
    assert [one.path.name for one in watch.round()] == ["a.txt"]


def test_a_folder_that_is_gone_is_told_and_what_was_known_of_it_stays(tmp_path):
    folder = tmp_path / "reports"
    put(folder / "a.txt", "A")
    watch = Watch(str(folder))
    watch.round()
    folder.rename(tmp_path / "away")
    (trouble,) = watch.round()
    assert "cannot be listed" in trouble.reason
    (tmp_path / "away").rename(folder)
    assert watch.round() == []


# --- what can be watched -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["nowhere.opml", "ftp://news.example/", "http://", "news.example"])
def test_what_cannot_be_watched_is_refused(name):
    with pytest.raises(InputError):
        watchable([name])


@pytest.mark.parametrize("content", ["", "words", rss(), "<opml>"])
def test_a_file_that_is_no_list_is_refused(tmp_path, content):
    path = tmp_path / "feeds.opml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"feeds\.opml"):
        watchable([str(path)])

"""One round: what every source has that was not taken before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from detente.collecting.addresses import PASSWORD, target_of, without_password
from detente.collecting.arrivals import Arrival, Counts, FoundFile, Page, Trouble
from detente.collecting.entries import Entry, Listing
from detente.collecting.fetching import Fetched, Fetcher, Validators
from detente.collecting.folders import changed_files, state_of
from detente.collecting.lanes import in_lanes
from detente.collecting.listings import listing_of
from detente.collecting.memory import Memory, SeenEntry
from detente.collecting.watched import Kind, Watched, feeds_in
from detente.errors import InputError, UnreachableError

__all__ = ["Collector"]

Job = TypeVar("Job")

_FEEDS = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/xml, text/xml, */*"
)
_PAGES = "text/html, application/xhtml+xml, text/plain"
# A slow host, or a long list on the first day, must not hold up what others tell.
_SECONDS_FOR_PAGES = 300.0
# A list may name lists that name sitemaps; deeper than this is no list but a maze.
_DEEPEST = 3
_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class _Source:
    """An address that is asked for a list.

    Attributes:
        url: the address; a password in it is neither kept nor told.
        name: what the user's list calls it.
        inside: whether it may be inside our own network.
        secret: whether there was a password in it.
    """

    url: str
    name: str
    inside: bool
    secret: bool = False


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An article whose page is asked for; `inside` as that of its source."""

    entry: Entry
    inside: bool


@dataclass(slots=True)
class _Unfinished:
    """A source with entries that are not safe yet: it is to be read whole again until they are."""

    validators: Validators
    keys: set[str]


@dataclass(slots=True)
class _Round:
    """The work of one round."""

    counts: Counts = field(default_factory=Counts)
    pages: dict[str, _Wanted] = field(default_factory=dict)
    needed_by: dict[str, list[str]] = field(default_factory=dict)
    unfinished: dict[str, _Unfinished] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    until: float = 0.0


class Collector:
    """Asks sources round by round.

    Args:
        watched: what is watched.
        memory: what earlier rounds knew; it is changed.
        fetcher: asks the network.
        now: gives seconds since 1970.
        most_pages: how many articles of one source are asked for in one round.
        threads: how many hosts are asked at once.
    """

    def __init__(
        self,
        watched: Sequence[Watched],
        memory: Memory,
        fetcher: Fetcher,
        *,
        now: Callable[[], float],
        most_pages: int = 100,
        threads: int = 16,
    ) -> None:
        self._watched = tuple(watched)
        self.memory = memory
        self._fetcher = fetcher
        self._now = now
        self._most_pages = most_pages
        self._threads = threads
        self._round = _Round()

    @property
    def counts(self) -> Counts:
        """What the last round asked."""
        return self._round.counts

    def collect(self, store: Path | None = None) -> Iterator[Arrival]:
        """Yield what is new, and what could not be had.

        What is yielded counts as taken only when `keep` is told of it.

        Args:
            store: a folder whose files are not taken, though it may lie in a watched one.
        """
        self._round = _Round()
        self._fetcher.resume()
        yield from self._clock()
        for one in self._watched:
            if one.kind is Kind.FOLDER:
                yield from self._folder(Path(one.name), store)
        troubles: list[Trouble] = []
        sources = self._named(troubles)
        yield from troubles
        for depth in range(_DEEPEST + 1):
            further: list[_Source] = []
            yield from self._lists(sources, further)
            sources = further
            if depth == _DEEPEST:
                yield from (
                    Trouble(one.url, "is named too deep in lists of lists") for one in further
                )
        yield from self._pages()

    def _clock(self) -> Iterator[Trouble]:
        """Go on from what is remembered though the clock went back; tell it where it is much."""
        behind = self.memory.latest - self._now()
        if behind > 0:
            self.memory.set_back(behind)
        if behind >= _DAY:
            told = f"went back by {behind / _DAY:.0f} days since the last round"
            yield Trouble("clock", f"{told}; nothing waits for it", skipped=False)

    def keep(self, taken: Iterable[Arrival]) -> None:
        """Remember what is safe, so that it is not asked for again."""
        now = self._now()
        for one in taken:
            if isinstance(one, FoundFile):
                self.memory.files[str(one.path)] = one.state
            elif isinstance(one, Page):
                self.memory.took(one.entry, now)
                self._done(one.entry.key)

    def _done(self, key: str) -> None:
        for url in self._round.needed_by.pop(key, ()):
            rest = self._round.unfinished[url]
            rest.keys.discard(key)
            if not rest.keys:
                self._remember(url, rest.validators)

    def _remember(self, url: str, validators: Validators) -> None:
        state = self.memory.sources[url]
        state.etag, state.modified = validators.etag, validators.modified

    # --- folders -----------------------------------------------------------------------------

    def _folder(self, folder: Path, store: Path | None) -> Iterator[Arrival]:
        try:
            found, unsettled = changed_files(folder, self.memory, self._now(), apart=store)
        except OSError as error:
            yield Trouble(str(folder), f"cannot be listed: {error.strerror or error}")
            return
        for path in found:
            yield FoundFile(path, state_of(path)[0])
        if unsettled:
            files = "1 file is" if unsettled == 1 else f"{unsettled} files are"
            reason = f"{files} still being written; taken in the next round"
            yield Trouble(str(folder), reason, skipped=False)

    # --- lists -------------------------------------------------------------------------------

    def _named(self, troubles: list[Trouble]) -> list[_Source]:
        """Return the sources that the user names; files are read anew, since they are edited."""
        found = []
        for one in self._watched:
            if one.kind is Kind.ADDRESS:
                found.append(_source(one.name, "", inside=True))
            elif one.kind is Kind.LIST:
                try:
                    listing = feeds_in(Path(one.name))
                except InputError as error:
                    reason = str(error).removeprefix(f"{one.name}: ")
                    troubles.append(Trouble(one.name, reason))
                    continue
                troubles += [Trouble(one.name, remark) for remark in listing.remarks]
                found += [_source(url, name, inside=True) for url, name in listing.sources]
        return found

    def _lists(self, sources: Iterable[_Source], further: list[_Source]) -> Iterator[Arrival]:
        """Ask sources for what they list; yield entries without a page, and troubles."""
        now = self._now()
        asked = []
        for source in sources:
            if source.url in self._round.listed:
                continue
            self._round.listed.add(source.url)
            state = self.memory.sources.get(source.url)
            if state is not None and state.due > now:
                self.counts.resting += 1
            else:
                asked.append(source)
        self.counts.sources += len(asked)
        for source, answer in self._in_lanes(asked, _host, self._ask_source):
            try:
                if isinstance(answer, UnreachableError):
                    raise answer
                if not answer.changed:
                    self.counts.unchanged += 1
                    state = self.memory.sources[source.url]
                    state.failures, state.due = 0, 0.0
                    continue
                listing = self._listing(answer, source.name)
            except UnreachableError as error:
                yield from self._no_list(source, error)
                continue
            yield from self._listed(source, answer, listing, further)

    def _listing(self, answer: Fetched, name: str) -> Listing:
        try:
            return listing_of(answer, name, self._today())
        except UnreachableError:
            raise
        # what a stranger's bytes do to a parser is not ours to foresee; the round goes on
        except Exception as error:
            reason = f"cannot be read: {type(error).__name__}: {str(error)[:120]}"
            raise UnreachableError(answer.url, reason) from error

    def _ask_source(self, source: _Source) -> Fetched | UnreachableError:
        if source.secret:
            return UnreachableError(source.url, PASSWORD, lasting=True)
        state = self.memory.sources.get(source.url)
        known = state.validators if state else None
        return self._ask(source.url, _FEEDS, source.inside, known)

    def _no_list(self, source: _Source, error: UnreachableError) -> Iterator[Trouble]:
        if not error.asked:
            self.counts.resting += 1
            yield Trouble(source.url, error.reason, skipped=False)
            return
        self.counts.failed += 1
        pause = self.memory.source_failed(source.url, error.reason, self._now(), error.wait)
        at = "" if error.where == source.url else f" ({error.where})"
        yield Trouble(source.url, f"{error.reason}{at}; asked again in {_span(pause)}")

    def _listed(
        self, source: _Source, answer: Fetched, listing: Listing, further: list[_Source]
    ) -> Iterator[Arrival]:
        """Note what a source lists; yield the entries that have no page."""
        before = self.memory.sources.get(source.url)
        told = before.reason if before else ""
        self.memory.source_gave(source.url, Validators())
        further += [_source(url, name, inside=answer.inside) for url, name in listing.sources]
        now = self._now()
        new = [entry for entry in listing.entries if self.memory.wants(entry, now)]
        taken = new[: self._most_pages]
        remarks = list(listing.remarks)
        if answer.moved:
            remarks.append(f"has moved to {answer.moved} for good; name that one")
        if len(new) > len(taken):
            rest = len(new) - len(taken)
            yield Trouble(source.url, f"{rest} more articles wait for the next round", False)
        for entry in taken:
            self._round.needed_by.setdefault(entry.key, []).append(source.url)
            if entry.link:
                self._round.pages.setdefault(entry.key, _Wanted(entry, answer.inside))
        # what is read in parts, or names lists, must be read whole the next time
        validators = Validators() if listing.sources or new != taken else answer.validators
        keys = {entry.key for entry in taken}
        self._round.unfinished[source.url] = _Unfinished(validators, keys)
        if not keys:
            self._remember(source.url, validators)
        # the same remark in every round would bury what is new
        self.memory.sources[source.url].reason = reason = "; ".join(remarks)
        if reason and reason != told:
            yield Trouble(source.url, reason, skipped=False)
        yield from (Page(entry, None) for entry in taken if not entry.link)

    # --- pages -------------------------------------------------------------------------------

    def _pages(self) -> Iterator[Arrival]:
        """Ask for the pages of articles; yield each, and what could not be had."""
        later: Counter[str] = Counter()
        wanted = list(self._round.pages.values())
        self._round.until = self._now() + _SECONDS_FOR_PAGES
        for one, answer in self._in_lanes(wanted, _page_host, self._ask_page):
            if isinstance(answer, Fetched):
                yield Page(one.entry, answer)
            elif not answer.asked:
                later[_page_host(one)] += 1
            elif self.memory.entries.get(one.entry.key, SeenEntry()).taken:
                # a page that states a change and cannot be had: the earlier version stays
                self.memory.entries[one.entry.key].tried = self._now()
                self._done(one.entry.key)
            elif answer.lasting or self.memory.failed(one.entry, self._now()):
                yield Page(one.entry, None, answer.reason)
            else:
                yield Trouble(one.entry.link, f"{answer.reason}; asked again in the next round")
        for host, count in sorted(later.items()):
            pages = "1 page waits" if count == 1 else f"{count} pages wait"
            yield Trouble(host, f"{pages} for the next round", skipped=False)

    def _ask_page(self, one: _Wanted) -> Fetched | UnreachableError:
        if self._now() > self._round.until:
            return UnreachableError(one.entry.link, "the round is long enough", asked=False)
        return self._ask(one.entry.link, _PAGES, one.inside, None)

    def _ask(
        self, url: str, accept: str, inside: bool, known: Validators | None
    ) -> Fetched | UnreachableError:
        try:
            return self._fetcher.fetch(url, accept=accept, inside=inside, known=known)
        except UnreachableError as error:
            return error
        # what a stranger's answer does to a library is not ours to foresee; the round goes on
        except Exception as error:
            return UnreachableError(url, f"{type(error).__name__}: {str(error)[:120]}")

    def _in_lanes(
        self,
        jobs: Iterable[Job],
        lane_of: Callable[[Job], str],
        work: Callable[[Job], Fetched | UnreachableError],
    ) -> Iterator[tuple[Job, Fetched | UnreachableError]]:
        return in_lanes(jobs, lane_of, work, threads=self._threads, stop=self._fetcher.stop)

    def _today(self) -> date:
        return datetime.fromtimestamp(self._now(), UTC).date()


def _source(url: str, name: str, *, inside: bool) -> _Source:
    bare = without_password(url)
    return _Source(bare, name, inside, secret=bare != url)


def _host(source: _Source) -> str:
    return _host_of(source.url)


def _page_host(one: _Wanted) -> str:
    return _host_of(one.entry.link)


def _host_of(url: str) -> str:
    try:
        return target_of(url).host
    except UnreachableError:
        return ""


def _span(seconds: float) -> str:
    """Return a length of time for people."""
    for size, name in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = round(seconds / size)
            return f"{count} {name}" if count == 1 else f"{count} {name}s"
    return f"{seconds:.0f} seconds"

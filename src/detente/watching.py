"""Watching: round by round, what sources publish into the store, and what is new of followed pairs.

::

    collect      sources -> pages and files            detente.collecting
    take in      pages and files -> documents          detente.intake, detente.workflow
    resolve      documents -> events                   detente.workflow
    compare      events -> news of the pair            detente.following

What was told is remembered only once it is told, and what was fetched only once it is stored, so
that a run that is killed at any time loses nothing; it may fetch or tell something twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from detente import lexicon as lexicons
from detente.collecting import (
    Arrival,
    Collector,
    Counts,
    Fetcher,
    Memory,
    Page,
    Trouble,
    watchable,
)
from detente.errors import StoreError, StoreLockedError, TellingError
from detente.following import mark_of, news_since
from detente.intake import documents_in
from detente.model import Collected, Document, Dyad, Mark, News, Notice
from detente.reading import Problem
from detente.runs import current_run
from detente.settings import Settings
from detente.storage.catalog import Store
from detente.storage.raw import RawBytes
from detente.storage.watching import WatchFile, watching
from detente.workflow import Progress, Reading, material_of, resolve, take_in

__all__ = ["Round", "watch"]

# So many pages are kept in the store at once: what a killed run must fetch again.
KEPT_AT_ONCE = 128
# So many raw bytes are held until then.
_MOST_HELD = 32 * 1024 * 1024
# Another process may hold the store for a while; what was fetched waits for it so often.
_TRIES = 12
_PAUSE = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round of watching did.

    Attributes:
        counts: what was asked.
        new: documents that were written.
        known: documents that the store had.
        news: what was new of the followed pairs.
        notices: what could not be had or told, and what is doubtful.
    """

    counts: Counts
    new: int
    known: int
    news: tuple[News, ...]
    notices: tuple[Notice, ...]


def watch(  # noqa: PLR0913 - the options of a command
    sources: Sequence[str],
    store: Store,
    dyads: Sequence[Dyad],
    *,
    tell: Callable[[Sequence[News]], None],
    fetcher: Fetcher,
    every: float | None = None,
    settings: Settings | None = None,
    progress: Progress = lambda _stage, _done, _total: None,
    now: Callable[[], float] = time.time,
    sleep: Callable[[float], object] = time.sleep,
) -> Iterator[Round]:
    """Collect what sources publish, round by round, and tell what is new of the followed pairs.

    The only function that asks the network. What the store holds before the first round is no
    news; later rounds and runs go on from what was told last.

    Args:
        sources: addresses of feeds, sitemaps or lists of feeds; files in OPML; folders.
        store: where documents and what is remembered are kept.
        dyads: the pairs to follow.
        tell: given what is new, if anything is; where it raises TellingError, the same is told in
            the next round.
        fetcher: asks the network.
        every: seconds from the beginning of a round to that of the next; None for one round.
        settings: settings of the run.
        progress: told how far a round is.
        now: gives seconds since 1970.
        sleep: waits so many seconds.

    Yields:
        What each round did.

    Raises:
        InputError: when a source or a lexicon file of the settings cannot be used.
        StoreError: when the store cannot be used, or another process watches for it.
    """
    settings = settings or Settings()
    watched = watchable(sources)
    if settings.lexicons:  # fail here, before anything is asked
        lexicons.load(settings.lexicons)
    with watching(store) as kept:
        rounds = _Rounds(
            collector=Collector(watched, _memory_of(kept), fetcher, now=now),
            store=store,
            dyads=tuple(dyads),
            kept=kept,
            tell=tell,
            settings=settings,
            progress=progress,
            now=now,
            sleep=sleep,
        )
        while True:
            started = now()
            yield rounds.next()
            if every is None:
                return
            sleep(min(every, max(0.0, started + every - now())))  # the clock may go back


def _memory_of(kept: WatchFile) -> Memory:
    try:
        return Memory.of(kept.collected) if kept.collected else Memory()
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise StoreError(f"{kept.path}: damaged; delete it, and all is fetched again") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rounds:
    """All that a round needs; see `watch`."""

    collector: Collector
    store: Store
    dyads: tuple[Dyad, ...]
    kept: WatchFile
    tell: Callable[[Sequence[News]], None]
    settings: Settings
    progress: Progress
    now: Callable[[], float]
    sleep: Callable[[float], object]

    def next(self) -> Round:
        """Do a round; what goes wrong with the store or in telling is a notice, and tried again."""
        notices: list[Notice] = []
        news: list[News] = []
        new = known = 0
        try:
            self._mark_what_is_there()
            for reading, troubles in self._collected():
                notices += [*reading.notices, *troubles]
                new, known = new + reading.new, known + reading.known
            news, marks = self._news()
            if news:
                self.tell(news)
            self.kept.marks |= marks
            self.kept.save()
        except StoreError as error:
            notices.append(Notice(where="store", reason=str(error), skipped=True))
        except TellingError as error:
            reason = f"{error}; it is told again in the next round"
            notices.append(Notice(where="telling", reason=reason, skipped=True))
        return Round(
            counts=self.collector.counts,
            new=new,
            known=known,
            news=tuple(news),
            notices=tuple(dict.fromkeys(notices)),
        )

    # --- documents ---------------------------------------------------------------------------

    def _collected(self) -> Iterator[tuple[Reading, list[Notice]]]:
        """Collect, and put what was collected into the store part by part.

        Yields:
            What each part brought, and what could not be had.
        """
        # with a clock that went back, what is published now would be of the future
        clock = datetime.fromtimestamp(self.now(), UTC).date()
        today = max(clock, self.store.last_written() or clock)
        part = _Part()
        for number, arrival in enumerate(self.collector.collect(self.store.folder), 1):
            keep = part.keep if self.settings.keep_raw else None
            for one in documents_in([arrival], today=today, keep=keep):
                if isinstance(one, Trouble):
                    notice = Notice(where=one.where, reason=one.reason, skipped=one.skipped)
                    part.troubles.append(notice)
                else:
                    part.documents.append(one)
            # the bytes of a page that are not kept are held no longer than it takes to read it
            light = replace(arrival, fetched=None) if isinstance(arrival, Page) else arrival
            part.arrivals.append(light)
            self.progress("collect", number, None)
            if len(part.arrivals) >= KEPT_AT_ONCE or part.size >= _MOST_HELD:
                yield self._stored(part), part.troubles
                part = _Part()
        yield self._stored(part), part.troubles

    def _stored(self, part: _Part) -> Reading:
        """Put documents into the store, and then remember that they need not be fetched again.

        Raises:
            StoreError: when that cannot be done, or another process holds the store for too long.
        """
        reading = Reading(0, 0, 0, ())
        for tries in range(_TRIES + 1):
            try:
                if part.documents:
                    raw_bytes = RawBytes(self.store) if self.settings.keep_raw else None
                    found = part.found(raw_bytes)
                    reading = take_in(
                        found, self.store, self.settings, self.progress, raw_bytes=raw_bytes
                    )
                break
            except StoreLockedError:
                if tries == _TRIES:
                    raise
                self.sleep(_PAUSE)
        self.collector.keep(part.arrivals)
        self.kept.collected = self.collector.memory.record(self.now())
        self.kept.save()
        return reading

    # --- news --------------------------------------------------------------------------------

    def _mark_what_is_there(self) -> None:
        """Take what is in the store for told, of pairs that were not followed before by this run.

        Another version, model or lexicon draws other claims from the same documents, which is no
        news.
        """
        run = current_run(self.settings)
        marks = self.kept.marks
        unmarked = [one for one in self.dyads if one not in marks or marks[one].run_id != run.id]
        if not unmarked:
            return
        if not self.store.document_shards():
            marks |= {dyad: Mark(state=self.store.state(run.id)) for dyad in unmarked}
            return
        marks |= {dyad: mark for dyad, _, mark in self._standing(unmarked)}

    def _news(self) -> tuple[list[News], dict[Dyad, Mark]]:
        """Return what is new of the pairs, and how they stand with that."""
        found = list(self._standing(self.dyads)) if self.store.document_shards() else []
        news = [one for _, told, _ in found for one in told]
        return news, {dyad: mark for dyad, _, mark in found}

    def _standing(self, dyads: Sequence[Dyad]) -> Iterator[tuple[Dyad, tuple[News, ...], Mark]]:
        """Yield each pair that may have changed, what is new of it, and how it stands now."""
        if not dyads:
            return
        run = resolve(self.store, settings=self.settings, progress=self.progress)
        state = self.store.state(run.id)
        for dyad in dyads:
            mark = self.kept.marks.get(dyad)
            if mark is not None and mark.state == state:
                continue
            material = material_of(self.store, dyad, None, None, self.settings, self.progress)
            told = news_since(mark, material) if mark and mark.run_id == run.id else ()
            yield dyad, told, mark_of(material, state, mark)


@dataclass(slots=True)
class _Part:
    """A part of what a round collects; bytes are kept as soon as the store is held for writing."""

    arrivals: list[Arrival] = field(default_factory=list)
    documents: list[Document | Problem] = field(default_factory=list)
    troubles: list[Notice] = field(default_factory=list)
    raw: list[tuple[bytes, Collected]] = field(default_factory=list)
    size: int = 0

    def keep(self, data: bytes, collected: Collected) -> None:
        """Hold the raw bytes of a document."""
        self.raw.append((data, collected))
        self.size += len(data)

    def found(self, raw_bytes: RawBytes | None) -> Iterator[Document | Problem]:
        """Keep what is held, and yield the documents that were made of it."""
        if raw_bytes is not None:
            for data, collected in self.raw:
                raw_bytes.add(data, collected)
        yield from self.documents

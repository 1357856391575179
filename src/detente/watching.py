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
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice

from detente import lexicon as lexicons
from detente.collecting import Arrival, Collector, Counts, Fetcher, Memory, Trouble, watchable
from detente.errors import StoreError, StoreLockedError, TellingError
from detente.following import mark_of, news_since
from detente.intake import documents_in
from detente.model import Dyad, Mark, News, Notice
from detente.runs import current_run
from detente.settings import Settings
from detente.storage.catalog import Store
from detente.storage.watching import WatchFile, watching
from detente.workflow import Progress, Reading, material_of, resolve, take_in

__all__ = ["Round", "watch"]


# So many pages are kept in the store at once: what a killed run must fetch again.
_KEPT_AT_ONCE = 128
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
    lexicons.load(settings.lexicons)
    with watching(store) as kept:
        memory = _memory_of(kept)
        collector = Collector(watched, memory, fetcher, now=now)
        round_of = partial(
            _round, collector, store, dyads, kept, tell, settings=settings, progress=progress
        )
        while True:
            started = now()
            yield round_of(now=now, sleep=sleep)
            if every is None:
                return
            sleep(max(0.0, started + every - now()))


def _round(  # noqa: PLR0913
    collector: Collector,
    store: Store,
    dyads: Sequence[Dyad],
    kept: WatchFile,
    tell: Callable[[Sequence[News]], None],
    *,
    settings: Settings,
    progress: Progress,
    now: Callable[[], float],
    sleep: Callable[[float], object],
) -> Round:
    """Do one round; what goes wrong with the store or in telling is a notice, and tried again."""
    notices: list[Notice] = []
    news: list[News] = []
    new = known = 0
    try:
        _mark_what_is_there(store, dyads, kept, settings, progress)
        arriving = collector.collect()
        while arrivals := list(islice(arriving, _KEPT_AT_ONCE)):
            reading, troubles = _keep(arrivals, store, settings, progress, now, sleep)
            notices += [*reading.notices, *troubles]
            new, known = new + reading.new, known + reading.known
            collector.keep(arrivals)
            _remember(collector, kept, now)
        _remember(collector, kept, now)
        news, marks = _news(store, dyads, kept, settings, progress)
        if news:
            tell(news)
        kept.marks |= marks
        kept.save()
    except StoreError as error:
        notices.append(Notice(where=str(store.folder), reason=str(error), skipped=True))
    except TellingError as error:
        reason = f"{error}; it is told again in the next round"
        notices.append(Notice(where="telling", reason=reason, skipped=True))
    return Round(
        counts=collector.counts,
        new=new,
        known=known,
        news=tuple(news),
        notices=tuple(dict.fromkeys(notices)),
    )


def _memory_of(kept: WatchFile) -> Memory:
    try:
        return Memory.of(kept.collected) if kept.collected else Memory()
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise StoreError(f"{kept.path}: damaged; delete it") from error


def _remember(collector: Collector, kept: WatchFile, now: Callable[[], float]) -> None:
    kept.collected = collector.memory.record(now())
    kept.save()


def _keep(
    arrivals: Sequence[Arrival],
    store: Store,
    settings: Settings,
    progress: Progress,
    now: Callable[[], float],
    sleep: Callable[[float], object],
) -> tuple[Reading, list[Notice]]:
    """Put what was collected into the store, and return what could not be had beside it.

    Raises:
        StoreError: when that cannot be done, or another process holds the store for too long.
    """
    today = datetime.fromtimestamp(now(), UTC).date()
    found = list(documents_in(arrivals, today=today))
    troubles = [
        Notice(where=one.where, reason=one.reason, skipped=one.skipped)
        for one in found
        if isinstance(one, Trouble)
    ]
    documents = [one for one in found if not isinstance(one, Trouble)]
    if not documents:
        return Reading(0, 0, 0, ()), troubles
    for _ in range(_TRIES):
        try:
            return take_in(documents, store, settings, progress), troubles
        except StoreLockedError:
            sleep(_PAUSE)
    return take_in(documents, store, settings, progress), troubles


def _mark_what_is_there(
    store: Store, dyads: Sequence[Dyad], kept: WatchFile, settings: Settings, progress: Progress
) -> None:
    """Mark what is in the store as told, of pairs that were not followed before by this run.

    Another version, model or lexicon draws other claims from the same documents; that is no news.
    """
    run = current_run(settings)
    unmarked = [one for one in dyads if one not in kept.marks or kept.marks[one].run_id != run.id]
    if not unmarked:
        return
    if not store.document_shards():
        kept.marks |= {dyad: Mark(state=store.state(run.id)) for dyad in unmarked}
        return
    state = store.state(resolve(store, settings=settings, progress=progress).id)
    for dyad in unmarked:
        material = material_of(store, dyad, None, None, settings, progress)
        kept.marks[dyad] = mark_of(material, state)


def _news(
    store: Store, dyads: Sequence[Dyad], kept: WatchFile, settings: Settings, progress: Progress
) -> tuple[list[News], dict[Dyad, Mark]]:
    """Return what is new of the pairs, and how they stand with that."""
    news: list[News] = []
    marks: dict[Dyad, Mark] = {}
    if not dyads or not store.document_shards():
        return news, marks
    state = store.state(resolve(store, settings=settings, progress=progress).id)
    for dyad in dyads:
        if kept.marks[dyad].state != state:
            material = material_of(store, dyad, None, None, settings, progress)
            news += news_since(kept.marks[dyad], material)
            marks[dyad] = mark_of(material, state)
    return news, marks

"""Many hosts at once, each host by one thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, Queue
from threading import Event
from typing import TypeVar

__all__ = ["in_lanes"]

Job = TypeVar("Job")
Result = TypeVar("Result")


def in_lanes(
    jobs: Iterable[Job],
    lane_of: Callable[[Job], str],
    work: Callable[[Job], Result],
    *,
    threads: int,
    stop: Callable[[], object],
) -> Iterator[tuple[Job, Result]]:
    """Yield each job with its result as it comes; the jobs of a lane are done in their order.

    Results that nobody takes hold the threads up, so that no more is held than a few.

    Args:
        jobs: the jobs.
        lane_of: which lane a job is of.
        work: does a job in a thread; must not raise.
        threads: how many lanes at once.
        stop: called when no more results are wanted, to end the work under way.
    """
    lanes: dict[str, list[Job]] = {}
    for job in jobs:
        lanes.setdefault(lane_of(job), []).append(job)
    results: Queue[tuple[Job, Result] | None] = Queue(maxsize=threads)
    stopped = Event()

    def drive(lane: list[Job]) -> None:
        try:
            for job in lane:
                if stopped.is_set():
                    break
                results.put((job, work(job)))
        finally:
            results.put(None)

    with ThreadPoolExecutor(max_workers=threads, thread_name_prefix="collecting") as pool:
        running = [pool.submit(drive, lane) for lane in lanes.values()]
        left = len(running)
        try:
            while left:
                got = results.get()
                if got is None:
                    left -= 1
                else:
                    yield got
            for one in running:
                one.result()  # a fault of ours in a thread is a fault here
        finally:
            if left:
                stopped.set()
                stop()
                while not all(one.done() for one in running):
                    try:
                        results.get(timeout=0.05)
                    except Empty:
                        continue

"""Many hosts at once, each host by one thread."""

from __future__ import annotations

import threading
import time

import pytest

from detente.collecting.lanes import in_lanes


def test_each_lane_is_done_in_order_and_all_of_it():
    jobs = [(lane, number) for number in range(20) for lane in "abcde"]
    found = list(in_lanes(jobs, lambda job: job[0], lambda job: job, threads=3, stop=lambda: None))
    assert sorted(found) == sorted((job, job) for job in jobs)
    for lane in "abcde":
        assert [job[1] for job, _ in found if job[0] == lane] == list(range(20))


def test_a_lane_is_never_worked_on_twice_at_once():
    busy: set[str] = set()
    clashes: list[str] = []

    def work(job):
        if job[0] in busy:
            clashes.append(job[0])
        busy.add(job[0])
        time.sleep(0.002)
        busy.discard(job[0])

    jobs = [(lane, number) for number in range(10) for lane in "ab"]
    list(in_lanes(jobs, lambda job: job[0], work, threads=8, stop=lambda: None))
    assert clashes == []


def test_who_goes_away_stops_the_work():
    stopped = threading.Event()
    done = []

    def work(job):
        done.append(job)
        stopped.wait(5)

    running = in_lanes(range(100), lambda job: str(job % 4), work, threads=4, stop=stopped.set)
    threading.Timer(0.1, stopped.set).start()
    next(running)
    began = time.monotonic()
    running.close()
    assert time.monotonic() - began < 2
    assert stopped.is_set() and len(done) < 100


def test_a_fault_in_a_thread_is_not_lost():
    def work(_job):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(in_lanes([1], str, work, threads=1, stop=lambda: None))


def test_nothing_to_do_is_done():
    assert list(in_lanes([], str, str, threads=2, stop=lambda: None)) == []

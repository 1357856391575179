"""What one document may cost; input over a limit is reported in one line, and reading goes on.

Limits on size, number of tags and depth are the same on every machine. The limit on time is the
last resort against what none of them foresees; it counts processor time, so that a busy machine
reads what an idle one reads.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

__all__ = [
    "DEEPEST_MAIL",
    "DEEPEST_PAGE",
    "LARGEST_DOCUMENT",
    "LARGEST_IN_WORDS",
    "MANY_ATTRIBUTES",
    "MOST_ATTRIBUTES",
    "MOST_CROWDED_TAGS",
    "MOST_SECONDS",
    "MOST_SHRUNK",
    "MOST_TAGS",
    "SHRINK_CHECKED_FROM",
    "OutOfTimeError",
    "shrunk_too_much",
    "time_limit",
]

# Bytes, unpacked. The longest articles have some 100 kB; a page with its scripts, a few MB.
LARGEST_DOCUMENT = 16 * 1024 * 1024
LARGEST_IN_WORDS = f"{LARGEST_DOCUMENT // 1024**2} MB"
# News text as JSON lines shrinks 3 to 10 times, and never 200 times.
MOST_SHRUNK = 200
SHRINK_CHECKED_FROM = 4 * 1024 * 1024
# Start tags of a page; long live pages have 20,000.
MOST_TAGS = 100_000
# Attributes of one tag: the parser compares each with those before it. Tags are told from scripts
# roughly ("i<n"), so that the limits leave room for what is none.
MOST_ATTRIBUTES = 8000
MANY_ATTRIBUTES = 1000
MOST_CROWDED_TAGS = 20
# Elements in each other, as the parser counts them.
DEEPEST_PAGE = 256
# Parts in each other: a forwarded message in a forwarded message has four.
DEEPEST_MAIL = 32
# Seconds of the processor for one document. A page at the other limits takes about five.
MOST_SECONDS = 30.0


class OutOfTimeError(BaseException):
    """A document took more than its time; no `Exception`, since libraries swallow those."""


def shrunk_too_much(unpacked: int, packed: int) -> bool:
    """Tell whether so many bytes unpacked from so few are a bomb rather than text."""
    return unpacked > max(SHRINK_CHECKED_FROM, packed * MOST_SHRUNK)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Limit the processor time of what is done inside.

    Only the main thread of a process can be stopped like this, and only where the system has
    interval timers (not on Windows); elsewhere nothing is limited.

    Raises:
        OutOfTimeError: when the time is over; work in C is stopped when it returns to Python.
    """
    if not hasattr(signal, "setitimer") or (
        threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def stop(_number: int, _frame: object) -> NoReturn:
        raise OutOfTimeError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)

"""How often a host is asked: with a pause after each question, a longer one when it says so."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from detente.errors import UnreachableError

__all__ = ["Pace"]

# Who would have to wait longer than this for a host waits for the next round instead.
PATIENCE = 30.0


class Pace:
    """When each host may be asked next; used by several threads.

    Args:
        delay: seconds between two questions to one host.
        clock: gives the seconds of a steady clock.
        sleep: waits so many seconds; returns true to say that nothing is asked any more.
    """

    def __init__(
        self, delay: float, *, clock: Callable[[], float], sleep: Callable[[float], object]
    ) -> None:
        self._delay = delay
        self._clock = clock
        self._sleep = sleep
        self._next: dict[str, float] = {}
        self._delays: dict[str, float] = {}
        self._lock = Lock()

    def slow_down(self, host: str, delay: float) -> None:
        """Ask a host no more often than it wants (Crawl-delay of robots.txt)."""
        with self._lock:
            self._delays[host] = max(delay, self._delay)

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone for so many seconds."""
        with self._lock:
            now = self._clock()
            self._next[host] = max(self._next.get(host, now), now + seconds)

    def wait(self, host: str, url: str) -> None:
        """Wait until a host may be asked, and count it as asked.

        Raises:
            UnreachableError: when that would take too long; nothing was asked then.
        """
        with self._lock:
            now = self._clock()
            due = max(now, self._next.get(host, now))
            if due - now > PATIENCE:
                reason = f"host {host!r} wants to be left alone for {due - now:.0f} s; asked later"
                raise UnreachableError(url, reason, asked=False, wait=due - now)
            self._next[host] = due + self._delays.get(host, self._delay)
        if due > now and self._sleep(due - now):
            raise UnreachableError(url, "not asked: collecting was stopped", asked=False)

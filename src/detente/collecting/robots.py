"""What hosts ask of robots in their robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from protego import Protego

from detente.collecting.addresses import Target
from detente.errors import UnreachableError

if TYPE_CHECKING:
    from detente.collecting.fetching import Fetched

__all__ = ["MOST_RULES", "Robots"]

# RFC 9309: no longer than a day, and at least 500 KiB of it are read.
_KEPT = 24 * 3600.0
MOST_RULES = 512 * 1024
# Rules that cannot be had are asked for again after this time.
_KEPT_FAILURE = 600.0
_LONGEST_DELAY = 3600.0


class Robots:
    """The rules of each origin, read once a day; used by several threads.

    Args:
        agent: the name by which rules are meant for us.
        ask: fetches a robots.txt; told whether it may be inside our own network.
        clock: gives the seconds of a steady clock.
    """

    def __init__(
        self,
        agent: str,
        *,
        ask: Callable[[str, bool], Fetched],
        clock: Callable[[], float],
    ) -> None:
        self._agent = agent
        self._ask = ask
        self._clock = clock
        self._known: dict[str, tuple[float, Protego | UnreachableError]] = {}
        self._locks: dict[str, Lock] = {}
        self._lock = Lock()

    def check(self, target: Target, *, inside: bool) -> float:
        """Return how many seconds a host wants between two questions; 0 where it says nothing.

        Args:
            target: what is to be asked.
            inside: whether the host may be inside our own network.

        Raises:
            UnreachableError: when the host asks robots not to fetch it, or its rules cannot be had:
                then they may forbid it.
        """
        rules = self._rules(target.origin, inside)
        if isinstance(rules, UnreachableError):
            raise UnreachableError(
                target.url,
                f"its host's robots.txt cannot be had ({rules.reason})",
                asked=rules.asked,
                wait=rules.wait,
            )
        if not rules.can_fetch(target.url, self._agent):
            reason = "its host's robots.txt asks robots not to fetch it"
            raise UnreachableError(target.url, reason, lasting=True)
        return min(float(rules.crawl_delay(self._agent) or 0.0), _LONGEST_DELAY)

    def _rules(self, origin: str, inside: bool) -> Protego | UnreachableError:
        with self._lock:
            lock = self._locks.setdefault(origin, Lock())
        with lock:
            until, rules = self._known.get(origin, (float("-inf"), None))
            if rules is not None and self._clock() < until:
                return rules
            try:
                answer = self._ask(f"{origin}/robots.txt", inside)
                found: Protego | UnreachableError = _parsed(answer.content)
            except UnreachableError as error:
                if not error.asked:
                    return error
                found = _parsed(b"") if error.lasting else error
            kept = _KEPT_FAILURE if isinstance(found, UnreachableError) else _KEPT
            self._known[origin] = (self._clock() + kept, found)
            return found


def _parsed(content: bytes) -> Protego:
    return Protego.parse(content[:MOST_RULES].decode("utf-8", "replace"))

"""One address over HTTP, within limits that no answer can exceed.

Every redirect is judged like the address itself, nothing is sent but the question (no cookie, no
credential, no referrer), and an answer has a size and a time that it must keep to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import Message
from importlib.metadata import version
from time import monotonic

from urllib3.response import BaseHTTPResponse

from detente.collecting.addresses import (
    Resolve,
    Target,
    addresses_of,
    joined,
    look_up,
    target_of,
)
from detente.collecting.connections import Connections, Limits, read_up_to
from detente.collecting.pace import Pace
from detente.collecting.robots import MOST_RULES, Robots
from detente.collecting.statuses import LATER, REDIRECTS, stated_wait, status_words
from detente.errors import UnreachableError

__all__ = ["AGENT", "Fetched", "Fetcher", "Validators"]

AGENT = "detente"
_LASTING_REDIRECTS = {301, 308}
_MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Validators:
    """What an answer told of its version, to ask next time for a newer one alone."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address gave.

    Attributes:
        url: where it was in the end.
        content: its bytes, unpacked; empty where nothing changed.
        media: the type that it states ("text/html"), or "".
        charset: the encoding that it states, or None.
        changed: false where it is as it was at the last time.
        validators: of this version.
        inside: whether it came from this machine or a private network.
        moved: where it has moved to for good, or "".
    """

    url: str
    content: bytes = b""
    media: str = ""
    charset: str | None = None
    changed: bool = True
    validators: Validators = Validators()
    inside: bool = False
    moved: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """How an address is asked; `rules` where it is a robots.txt itself."""

    accept: str
    inside: bool
    known: Validators | None = None
    rules: bool = False


@dataclass(frozen=True, slots=True)
class _Redirect:
    """Where an answer leads, whether a host of ours gave it, and whether for good."""

    location: str
    inside: bool
    lasting: bool


class Fetcher:
    """Asks addresses; used by several threads.

    Args:
        delay: seconds between two questions to one host.
        contact: an address at which the one who asks can be reached; hosts are told it.
        inside: whether anything may lead to this machine or a private network.
        limits: of one answer.
        resolve: from a host to its addresses.
        clock: gives the seconds of a steady clock.
        sleep: waits so many seconds; default: unless `stop` comes first.
        now: gives the time of day, for hosts that state when to come back.
    """

    def __init__(  # noqa: PLR0913 - what tests replace
        self,
        *,
        delay: float = 1.0,
        contact: str = "",
        inside: bool = False,
        limits: Limits | None = None,
        resolve: Resolve = look_up,
        clock: Callable[[], float] = monotonic,
        sleep: Callable[[float], object] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._limits = limits or Limits()
        self._connections = Connections(self._limits)
        self._pace = Pace(delay, clock=clock, sleep=sleep or self._connections.stopped.wait)
        self._robots = Robots(AGENT, ask=self._ask_robots, clock=clock)
        self._inside = inside
        self._resolve = resolve
        self._now = now
        reached = f" (+{contact})" if contact else ""
        self._agent = f"{AGENT}/{version('detente')}{reached}"

    def resume(self) -> None:
        """Ask again, after `stop`."""
        self._connections.resume()

    def stop(self) -> None:
        """Cut all connections; who waits is told that nothing is asked any more."""
        self._connections.stop()

    def fetch(
        self, url: str, *, accept: str, inside: bool, known: Validators | None = None
    ) -> Fetched:
        """Ask an address, by the rules of its host's robots.txt.

        Args:
            url: the address.
            accept: the media types that are of use; others are not read.
            inside: whether it may be of this machine or of a private network.
            known: of the version that is known, to be told only of another.

        Raises:
            UnreachableError: when it gives nothing; says why, and whether to ask again.
        """
        return self._follow(url, _Question(accept=accept, inside=inside, known=known))

    def _ask_robots(self, url: str, inside: bool) -> Fetched:
        return self._follow(url, _Question(accept="text/plain, */*", inside=inside, rules=True))

    def _follow(self, url: str, question: _Question) -> Fetched:
        target = target_of(url)
        question = replace(question, inside=question.inside or self._inside)
        seen: set[str] = set()
        lasting = True
        moved = ""
        while True:
            if target.url in seen:
                raise UnreachableError(url, "redirects in a circle")
            if len(seen) > _MOST_REDIRECTS:
                raise UnreachableError(url, f"redirects more than {_MOST_REDIRECTS} times")
            seen.add(target.url)
            answer = self._ask(target, question)
            if isinstance(answer, Fetched):
                return replace(answer, moved=moved)
            following = target_of(joined(target.url, answer.location))
            if target.scheme == "https" and following.scheme == "http":
                reason = f"redirects from https to {following.url}; name that one to have it"
                raise UnreachableError(url, reason, lasting=True)
            # who is outside may lead nobody inside
            question = replace(question, inside=self._inside or (question.inside and answer.inside))
            target = following
            lasting = lasting and answer.lasting
            moved = target.url if lasting else moved

    def _ask(self, target: Target, question: _Question) -> Fetched | _Redirect:
        """Ask once."""
        addresses = addresses_of(target, inside=question.inside, resolve=self._resolve)
        if not question.rules:
            delay = self._robots.check(target, inside=question.inside)
            if delay:
                self._pace.slow_down(target.host, delay)
        self._pace.wait(target.host, target.url)
        with self._connections.answer(target, addresses, self._headers(question)) as (
            address,
            response,
        ):
            status = response.status
            if status == 304 and question.known:
                return Fetched(url=target.url, changed=False, inside=address.inside)
            if status in REDIRECTS and (location := response.headers.get("Location")):
                return _Redirect(location, address.inside, status in _LASTING_REDIRECTS)
            if status not in (200, 203):
                raise self._failure(target, response)
            media, charset = _media_of(response.headers)
            if not _is_wanted(media, question.accept):
                reason = f"is {media!r}, not {question.accept}"
                raise UnreachableError(target.url, reason, lasting=True)
            return Fetched(
                url=target.url,
                content=self._body(response, target, question),
                media=media,
                charset=charset,
                validators=Validators(
                    response.headers.get("ETag", "")[:200],
                    response.headers.get("Last-Modified", "")[:60],
                ),
                inside=address.inside,
            )

    def _headers(self, question: _Question) -> dict[str, str]:
        headers = {
            "User-Agent": self._agent,
            "Accept": f"{question.accept}, */*;q=0.1",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }
        if question.known and question.known.etag:
            headers["If-None-Match"] = question.known.etag
        if question.known and question.known.modified:
            headers["If-Modified-Since"] = question.known.modified
        return headers

    def _body(self, response: BaseHTTPResponse, target: Target, question: _Question) -> bytes:
        size = self._limits.size
        content = read_up_to(response, MOST_RULES if question.rules else size)
        if len(content) > size:
            raise UnreachableError(target.url, f"larger than {size / 1024**2:g} MB", lasting=True)
        return content

    def _failure(self, target: Target, response: BaseHTTPResponse) -> UnreachableError:
        status = response.status
        reason = status_words(response)
        wait = stated_wait(response.headers.get("Retry-After", ""), self._now())
        if wait is not None:
            self._pace.hold(target.host, wait)
            reason = f"{reason}, come back in {wait:.0f} s"
        elif status == 429:
            self._pace.hold(target.host, 60.0)
        lasting = 400 <= status < 500 and status not in LATER
        return UnreachableError(target.url, reason, lasting=lasting, wait=wait)


def _media_of(headers: Mapping[str, str]) -> tuple[str, str | None]:
    message = Message()
    message["Content-Type"] = headers.get("Content-Type", "")[:200]
    media = message.get_content_type() if headers.get("Content-Type") else ""
    charset = message.get_param("charset")
    return media.lower(), charset if isinstance(charset, str) else None


def _is_wanted(media: str, accept: str) -> bool:
    """Tell whether a type is among those that are of use; one that is not stated may be."""
    wanted = [one.strip() for one in accept.split(",")]
    return not media or media in wanted or "*/*" in wanted

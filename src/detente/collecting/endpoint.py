"""The endpoint of a second coder: one address that the user names, asked by POST, and no other.

It may be on this machine or in a private network, where such servers mostly are. Redirects are not
followed: a text goes where the user sends it. A key is sent to nobody in the clear.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version

from urllib3.response import BaseHTTPResponse

from detente.collecting.addresses import Address, Resolve, addresses_of, look_up, target_of
from detente.collecting.connections import Connections, Limits, read_up_to
from detente.collecting.statuses import LATER, REDIRECTS, stated_wait, status_words
from detente.errors import EndpointError, InputError, UnreachableError

__all__ = ["Endpoint"]

_CHAT = "/chat/completions"
_SIZE = 4 * 1024 * 1024
# What an endpoint says of an error is read and shown this far.
_EXPLANATION = 4_096
_SHOWN = 200
# Seconds before a question is repeated that met a passing fault: one more try each.
_WAITS = (1.0, 4.0, 16.0)
_LONGEST_WAIT = 120.0
_PASSING = LATER | {500, 502, 503, 504, 529}
# Who asks anything else gets the same answer: the key, the model or the address is wrong.
_FOR_ALL = REDIRECTS | {401, 402, 403, 404, 405}


class _PassingError(EndpointError):
    """A fault that may be gone in a moment; `wait` is what the endpoint asks for."""

    wait: float | None = None


class Endpoint:
    """Asks one address.

    Args:
        url: the base address of an API ("http://127.0.0.1:8080/v1"), or the whole one.
        key: a secret that the endpoint wants, or "".
        seconds: how long an answer may take.
        resolve: from a host to its addresses.
        sleep: waits so many seconds.
        now: gives the time of day, for endpoints that state when to come back.

    Attributes:
        url: the address that is asked, without what follows a "?": that may be a secret.

    Raises:
        InputError: when it is no address, or the key cannot be sent.
    """

    def __init__(
        self,
        url: str,
        *,
        key: str = "",
        seconds: float = 300.0,
        resolve: Resolve = look_up,
        sleep: Callable[[float], object] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        base, mark, query = url.strip().partition("?")
        base = base.rstrip("/").removesuffix(_CHAT)
        self._target = target_of(f"{base}{_CHAT}{mark}{query}")
        self.url = self._target.url.partition("?")[0]
        if not (key.isascii() and key.isprintable()):
            raise InputError("the key of the endpoint has characters that no key has")
        self._key = key
        # a model that thinks is silent until it has thought
        self._connections = Connections(Limits(silence=seconds, whole=seconds, size=_SIZE))
        self._resolve = resolve
        self._sleep = sleep
        self._now = now

    def ask(self, body: bytes) -> bytes:
        """Post JSON, and return the body of the answer; passing faults are waited out.

        Raises:
            EndpointError: when there is no answer; it is lasting where no other question would get
                one either.
        """
        for pause in _WAITS:
            try:
                return self._ask(body)
            except _PassingError as error:
                if (error.wait or 0.0) > _LONGEST_WAIT:
                    raise
                self._sleep(max(pause, error.wait or 0.0))
        return self._ask(body)

    def _ask(self, body: bytes) -> bytes:
        try:
            addresses = addresses_of(self._target, inside=True, resolve=self._resolve)
            headers = self._headers(addresses)
            with self._connections.answer(self._target, addresses, headers, body) as (_, response):
                if response.status != 200:
                    raise self._failure(response)
                content = read_up_to(response, _SIZE)
        except EndpointError:
            raise
        except UnreachableError as error:
            raise EndpointError(self.url, error.reason, lasting=error.lasting) from error
        if len(content) > _SIZE:
            raise EndpointError(self.url, f"answers with more than {_SIZE / 1024**2:g} MB")
        return content

    def _headers(self, addresses: list[Address]) -> dict[str, str]:
        headers = {
            "User-Agent": f"detente/{version('detente')}",
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Connection": "close",
        }
        if self._key:
            if self._target.scheme == "http" and not all(one.inside for one in addresses):
                told = "would get the key in the clear; give its https address"
                raise EndpointError(self.url, told, lasting=True)
            headers["Authorization"] = f"Bearer {self._key}"
        return headers

    def _failure(self, response: BaseHTTPResponse) -> EndpointError:
        status = response.status
        reason = status_words(response)
        if status in REDIRECTS:
            to = response.headers.get("Location", "")
            shown = "".join(one for one in to[:_SHOWN] if one.isprintable())
            reason = f"{reason}: it sends elsewhere ({shown}), which is not followed; name that one"
        elif said := self._explained(read_up_to(response, _EXPLANATION)[:_EXPLANATION]):
            reason = f"{reason}: {said}"
        if status not in _PASSING:
            return EndpointError(self.url, reason, status=status, lasting=status in _FOR_ALL)
        passing = _PassingError(self.url, reason, status=status)
        passing.wait = stated_wait(response.headers.get("Retry-After", ""), self._now())
        return passing

    def _explained(self, body: bytes) -> str:
        """Return what an endpoint says of an error in one line that can be shown, or ""."""
        try:
            record = json.loads(body)
            error = record["error"] if isinstance(record, dict) else None
            said = error["message"] if isinstance(error, dict) else error
        except (ValueError, RecursionError, KeyError):
            return ""
        if not isinstance(said, str):
            return ""
        if self._key:
            said = said.replace(self._key, "...")
        shown = "".join(one if one.isprintable() else " " for one in said)
        return " ".join(shown.split())[:_SHOWN]

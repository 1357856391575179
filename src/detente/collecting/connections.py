"""Connections to addresses that were judged, which end in time and can be cut at any time.

The only module that opens one. Certificates are checked against those that the system trusts, and
must name the host, though the connection goes to a numerical address.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from socket import SHUT_RDWR, socket
from threading import Event, Lock, Timer

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from detente.collecting.addresses import Address, Target
from detente.errors import UnreachableError

__all__ = ["Connections", "Limits", "read_up_to"]

_MOST_ADDRESSES = 4
_CHUNK = 65_536
_STOPPED = "not asked: collecting was stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long and how large an answer may be.

    Attributes:
        silence: seconds without a byte.
        whole: seconds for one answer, from its question to its last byte.
        size: bytes, unpacked.
    """

    silence: float = 20.0
    whole: float = 60.0
    size: int = 16 * 1024 * 1024


@dataclass(eq=False, slots=True)
class _Line:
    """A connection that another thread can cut.

    Its socket is kept here, since the connection drops it where the answer ends with it.
    """

    connection: HTTPConnection
    timer: Timer | None = None
    socket: socket | None = None
    late: bool = False

    def connect(self, seconds: float) -> None:
        """Connect; so many seconds later all is cut."""
        self.timer = Timer(seconds, self._time_is_up)
        self.timer.daemon = True
        self.timer.start()
        self.connection.connect()
        self.socket = self.connection.sock

    def _time_is_up(self) -> None:
        self.late = True
        self.cut()

    def cut(self) -> None:
        """Shut the socket, so that who reads from it wakes up."""
        opened = self.socket or self.connection.sock
        if opened is not None:
            with suppress(OSError):
                opened.shutdown(SHUT_RDWR)

    def close(self) -> None:
        """Close it, in good order."""
        if self.timer is not None:
            self.timer.cancel()
        self.connection.close()


class Connections:
    """Opens connections; used by several threads.

    Args:
        limits: how long an answer may take.

    Attributes:
        stopped: set where nothing is asked any more.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._trusted = ssl.create_default_context()
        self._open: set[_Line] = set()
        self._lock = Lock()
        self.stopped = Event()

    def resume(self) -> None:
        """Ask again, after `stop`."""
        self.stopped.clear()

    def stop(self) -> None:
        """Cut all connections, and open no more."""
        self.stopped.set()
        with self._lock:
            for line in self._open:
                line.cut()

    @contextmanager
    def answer(
        self,
        target: Target,
        addresses: Sequence[Address],
        headers: Mapping[str, str],
        body: bytes | None = None,
    ) -> Iterator[tuple[Address, BaseHTTPResponse]]:
        """Ask, and give the head of the answer with the address that gave it.

        What goes wrong while its body is read goes wrong here, too.

        Args:
            target: what is asked.
            addresses: where it may be asked, in order.
            headers: of the question; the host is added.
            body: what is posted; None to get.

        Raises:
            UnreachableError: when there is no answer, or it does not end in time.
        """
        lines: list[_Line] = []
        try:
            address, line = self._connected(target, addresses[:_MOST_ADDRESSES], lines)
            line.connection.request(
                "GET" if body is None else "POST",
                target.path,
                body=body,
                headers={"Host": target.origin.partition("://")[2], **headers},
                preload_content=False,
                decode_content=True,
            )
            with closing(line.connection.getresponse()) as response:
                yield address, response
            # a body without a length ends where the connection was cut, as if it were whole
            if line.late or self.stopped.is_set():
                raise OSError("cut off")
        except UnreachableError:
            raise
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            if self.stopped.is_set():
                raise UnreachableError(target.url, _STOPPED, asked=False) from error
            late = any(line.late for line in lines)
            raise UnreachableError(target.url, self._in_words(error, late)) from error
        finally:
            with self._lock:
                self._open.difference_update(lines)
            for line in lines:
                line.close()

    def _connected(
        self, target: Target, addresses: Sequence[Address], lines: list[_Line]
    ) -> tuple[Address, _Line]:
        """Connect to the first address that answers; all that was opened is in the lines.

        Raises:
            OSError: or one of urllib3's errors, of the last address.
        """
        for address in addresses:
            line = _Line(self._connection(target, address))
            with self._lock:
                if self.stopped.is_set():
                    raise UnreachableError(target.url, _STOPPED, asked=False)
                self._open.add(line)
            lines.append(line)
            try:
                line.connect(self._limits.whole)
                return address, line
            except (HTTPError, OSError):
                if address is addresses[-1] or line.late:
                    raise
        raise UnreachableError(target.url, "no address to ask")

    def _connection(self, target: Target, address: Address) -> HTTPConnection:
        if target.scheme == "http":
            return HTTPConnection(address.ip, address.port, timeout=self._limits.silence)
        return HTTPSConnection(
            address.ip,
            address.port,
            timeout=self._limits.silence,
            ssl_context=self._trusted,
            server_hostname=target.host,
        )

    def _in_words(self, error: Exception, late: bool) -> str:
        """Return what went wrong in one line, without the names of classes and objects."""
        if late:
            return f"took longer than {self._limits.whole:g} s"
        if isinstance(error, TimeoutError) or "timed out" in str(error).lower():
            return f"silent for {self._limits.silence:g} s"
        cause: BaseException = error
        while cause.__cause__ is not None or cause.__context__ is not None:
            cause = cause.__cause__ or cause.__context__ or cause
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not trusted: {cause.verify_message}"
        if isinstance(cause, OSError) and cause.strerror:
            return f"cannot be reached: {cause.strerror}"
        words = " ".join(str(cause).split())[:120]
        return f"gives no proper answer: {words or type(cause).__name__}"


def read_up_to(response: BaseHTTPResponse, most: int) -> bytes:
    """Return the body of an answer, unpacked; of one that is longer than `most`, its beginning.

    What is returned of a longer one is longer than `most`, too, by less than 64 kB.
    """
    parts = bytearray()
    while len(parts) <= most and (part := response.read1(_CHUNK)):
        parts += part
    return bytes(parts)

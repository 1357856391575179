"""A server for tests of the pages, and a client that sends what it is told to."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from detente.settings import Settings
from detente.web import Reader, create


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self):
        assert self.headers["content-type"] == "application/json"
        return json.loads(self.text)


@dataclass(frozen=True)
class Pages:
    folder: Path
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Send one request; header names have underscores for hyphens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers=given)
            found = connection.getresponse()
            names = {name.lower(): value for name, value in found.getheaders()}
            return Answer(found.status, names, found.read().decode("utf-8"))
        finally:
            connection.close()


@contextmanager
def served(
    folder: Path, settings: Settings | None = None, matrices: Sequence[Path] = ()
) -> Iterator[Pages]:
    """Serve a store in this process while the block runs."""
    config = uvicorn.Config(
        create(Reader(folder, settings or Settings(), matrices)),
        port=0,
        lifespan="off",
        log_config=None,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Pages(folder, port)
    finally:
        server.should_exit = True
        thread.join(timeout=30)

"""A fake second coder on loopback: a server that speaks chat completions, well or badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Handled = Callable[[BaseHTTPRequestHandler], None]
# From the passage that is asked about to the claims about it, or to what is sent instead.
Coder = Callable[[dict[str, Any]], "list[Any] | str | Handled"]


@dataclass
class ChatServer:
    """How it answers, and what it was asked.

    Attributes:
        coder: gives the claims of a passage.
        first: what is sent instead, one after the other, before anything else.
        asked: the requests, with their headers and their path.
    """

    coder: Coder = lambda passage: []
    first: list[Handled] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def passages(self) -> list[dict[str, Any]]:
        return [json.loads(one["body"]["messages"][1]["content"]) for one in self.asked]


def completion(content: str, *, finish_reason: str = "stop", **more: Any) -> dict[str, Any]:
    message = {"role": "assistant", "content": content}
    choices = [{"message": message, "finish_reason": finish_reason}]
    usage = {"prompt_tokens": 90, "completion_tokens": 10, "total_tokens": 100}
    return {"model": "fake-1", "choices": choices, "usage": usage} | more


def sends(status: int, body: Any = b"", **headers: str) -> Handled:
    """Answer with this status, these headers and this body (JSON, or bytes as they are)."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    def handle(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return handle


def says(content: str, **more: Any) -> Handled:
    return sends(200, completion(content, **more))


@contextmanager
def chat_server(coder: Coder | None = None):
    served = ChatServer()
    if coder is not None:
        served.coder = coder

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = json.loads(self.rfile.read(length))
            served.asked.append({"path": self.path, "headers": dict(self.headers), "body": body})
            try:
                self._answer(json.loads(body["messages"][1]["content"]))
            except OSError:  # who asked went away
                return

        def _answer(self, passage: dict[str, Any]) -> None:
            if served.first:
                served.first.pop(0)(self)
                return
            answer = served.coder(passage)
            if callable(answer):
                answer(self)
            else:
                said = answer if isinstance(answer, str) else json.dumps({"claims": answer})
                says(said)(self)

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:  # who asked went away
            return

    server = Server(("127.0.0.1", 0), Handler)
    served.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()

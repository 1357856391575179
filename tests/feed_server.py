"""A web server on loopback with feeds and pages, for tests of what collects them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, Mapping[str, str], bytes]


@dataclass(frozen=True)
class Asked:
    """One question that the server got."""

    path: str
    headers: Mapping[str, str]


@dataclass
class FeedServer:
    """What it answers by path: an answer, a function of the handler, or 404."""

    pages: dict[str, Answer | Callable[[BaseHTTPRequestHandler], None]] = field(
        default_factory=dict
    )
    asked: list[Asked] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        """What was asked, but for rules for robots."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def page(self, path: str, body: str | bytes, *, status: int = 200, **headers: str) -> None:
        content = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, {"Content-Type": "text/html"} | named, content)

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        self.pages[path] = (status, {"Location": to}, b"")

    def versioned(self, path: str, body: str, etag: str) -> None:
        """A page that answers 304 to who has this version."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            if handler.headers.get("If-None-Match") == etag:
                send(handler, (304, {"ETag": etag}, b""))
            else:
                send(handler, (200, {"Content-Type": "text/xml", "ETag": etag}, body.encode()))

        self.pages[path] = answer


def send(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    status, headers, body = answer
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def started() -> tuple[FeedServer, ThreadingHTTPServer]:
    """Start a server in a thread."""
    served = FeedServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(Asked(self.path, dict(self.headers)))
            answer = served.pages.get(self.path, (404, {}, b"not here"))
            try:
                if callable(answer):
                    answer(self)
                else:
                    send(self, answer)
            except OSError:  # who asked went away
                return

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
    return served, server


def rss(*items: str, title: str = "Courier") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>{escape(title)}</title><link>http://courier.example/</link>{''.join(items)}"
        "</channel></rss>"
    )


def item(link: str, title: str, *, day: str = "2015-11-24", text: str = "", more: str = "") -> str:
    when = format_datetime(datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC))
    address = f"<link>{escape(link)}</link>" if link else ""
    return (
        f"<item><title>{escape(title)}</title>{address}<pubDate>{when}</pubDate>"
        f"<description>{escape(text)}</description>{more}</item>"
    )


def article(title: str, *paragraphs: str, day: str = "2015-11-24", site: str = "Courier") -> str:
    body = "".join(f"<p>{escape(one)}</p>" for one in paragraphs)
    return (
        f"<html><head><title>{escape(title)}</title>"
        f'<meta property="og:site_name" content="{escape(site)}">'
        f'<meta property="article:published_time" content="{day}"></head>'
        f"<body><article><h1>{escape(title)}</h1>{body}</article></body></html>"
    )

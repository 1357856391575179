"""Which requests are answered at all, and the headers that every answer bears.

The pages hold a user's own material and are meant for a browser on the same machine. A web page
from elsewhere must not read them: not by a name that it makes point to 127.0.0.1 (the Host header
gives that away), not from a script (Origin, Sec-Fetch-Site), not in a frame.
"""

from __future__ import annotations

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Guard"]

# Any port: a tunnel may give the pages another one. A foreign name is what counts.
_OWN_HOST = re.compile(r"(127\.0\.0\.1|localhost)(:[0-9]{1,5})?", re.IGNORECASE)
_METHODS = ("GET", "HEAD")


class Guard:
    """Refuses what is foreign, and gives every answer the headers that keep it apart.

    Args:
        app: the application behind it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        refused = _refusal(scope["method"], hosts, headers)

        async def send_kept_apart(message: Message) -> None:
            if message["type"] == "http.response.start":
                host = hosts[0] if not refused else "127.0.0.1"
                MutableHeaders(scope=message).update(_headers(host))
            await send(message)

        answer = self.app
        if refused:
            status, reason = refused
            allow = {"Allow": ", ".join(_METHODS)} if status == 405 else None
            answer = PlainTextResponse(f"{reason}\n", status, headers=allow)
        await answer(scope, receive, send_kept_apart)


def _refusal(method: str, hosts: list[str], headers: Headers) -> tuple[int, str] | None:
    """Return status and reason, or None for a request that may be answered."""
    if len(hosts) != 1 or not _OWN_HOST.fullmatch(hosts[0]):
        return 421, "these pages answer to 127.0.0.1 and localhost alone"
    origin = headers.get("origin")
    if origin is not None and origin.lower() != f"http://{hosts[0].lower()}":
        return 403, "a page from elsewhere may not read these pages"
    site, mode = headers.get("sec-fetch-site"), headers.get("sec-fetch-mode")
    if site in ("cross-site", "same-site") and mode != "navigate":
        return 403, "a page from elsewhere may link to these pages, not read them"
    if method not in _METHODS:
        return 405, "these pages can be read, not changed"
    return None


def _headers(host: str) -> dict[str, str]:
    static = f"http://{host}/static/"
    policy = (
        "default-src 'none'",
        f"script-src {static}",
        f"style-src {static}",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-cache",
    }

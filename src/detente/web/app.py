"""The application: addresses, templates, and every error as a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from detente.briefing.dealings import outcome_words
from detente.briefing.records import json_text
from detente.briefing.render import html_environment
from detente.errors import (
    DetenteError,
    InputError,
    UnknownActorError,
    UnknownRecordError,
)
from detente.model import web_address
from detente.web import words
from detente.web.addresses import Links, passage
from detente.web.answers import File, Moved, Page, View
from detente.web.guard import Guard
from detente.web.reader import Reader
from detente.web.views import VIEWS

__all__ = ["create"]

# The pages that every page leads to.
NAVIGATION = (("/", "Home"), ("/hypotheses", "Hypotheses"), ("/sources", "Sources"))

_STATIC = Path(__file__).parent / "static"
# What is wrong with the request; everything else that detente raises is the store's affair.
_STATUS: tuple[tuple[type[DetenteError], int], ...] = (
    (UnknownActorError, 404),
    (UnknownRecordError, 404),
    (InputError, 400),
    (DetenteError, 503),
)


def create(reader: Reader) -> ASGIApp:
    """Return the application that shows a store.

    Args:
        reader: what it reads from.
    """
    pages = _Pages(reader)
    routes: list[Route | Mount] = [
        Route("/static/brief.css", pages.brief_style),
        Mount("/static", StaticFiles(directory=_STATIC)),
    ]
    for address, json_address, view in VIEWS:
        if json_address is not None:
            routes.append(Route(json_address, pages.as_json(view)))
        routes.append(Route(address, pages.as_html(view)))
    handlers = {DetenteError: pages.failed, HTTPException: pages.failed, Exception: pages.failed}
    return Guard(Starlette(routes=routes, exception_handlers=handlers))


class _Pages:
    """Turns what views return into responses.

    Args:
        reader: what the views read from.
    """

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.templates = _templates()

    def as_html(self, view: View) -> Callable[[Request], Response]:
        """Return an endpoint that answers with a page."""

        def answer(request: Request) -> Response:
            found = view(self.reader, request)
            if isinstance(found, Moved):
                return RedirectResponse(found.address)
            if isinstance(found, File):
                return _file(found)
            return self._html(request, found.template, found.shown, standing=True)

        return answer

    def as_json(self, view: View) -> Callable[[Request], Response]:
        """Return an endpoint that answers with the same as JSON."""

        def answer(request: Request) -> Response:
            found = view(self.reader, request)
            if isinstance(found, Moved):
                return RedirectResponse(found.address)
            assert isinstance(found, Page), "a file has no JSON"
            return _json(found.record())

        return answer

    def brief_style(self, _request: Request) -> Response:
        """Return the style that the pages share with a brief in one file."""
        return Response(self.templates.get_template("brief.css").render(), media_type="text/css")

    def failed(self, request: Request, error: Exception) -> Response:
        """Return an error as a page, or as JSON where that was asked for."""
        status, reason = _status_of(error)
        if request.url.path.endswith(".json"):
            return _json(json_text({"error": reason}), status)
        shown = {"status": status, "reason": reason, "candidates": _candidates(request, error)}
        return self._html(request, "error.html", shown, status=status)

    def _html(
        self,
        request: Request,
        template: str,
        shown: dict[str, Any],
        *,
        status: int = 200,
        standing: bool = False,
    ) -> Response:
        path = request.url.path
        as_json = "/index.json" if path == "/" else f"{quote(path)}.json"
        if request.url.query:
            as_json = f"{as_json}?{request.url.query}"
        text = self.templates.get_template(template).render(
            **shown,
            shell="layout.html",
            links=Links,
            navigation=NAVIGATION,
            here=path,
            as_json=as_json if status == 200 else None,
            standing=self.reader.standing() if standing else "",
        )
        return HTMLResponse(text, status)


def _templates() -> Environment:
    environment = html_environment("detente.web")
    environment.filters.update(
        deed=words.deed_words,
        text=words.text_shown,
        outside=web_address,
        segment=words.segment_words,
        tolls=words.toll_words,
        chain=words.chain_links,
        outcome=outcome_words,
    )
    environment.globals.update(passage=passage)
    return environment


def _file(found: File) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{found.name}"'}
    return Response(found.text, media_type=found.media_type, headers=headers)


def _json(text: str, status: int = 200) -> Response:
    return Response(text, status, media_type="application/json")


def _status_of(error: Exception) -> tuple[int, str]:
    if isinstance(error, HTTPException):
        reason = "there is no such page" if error.status_code == 404 else error.detail
        return error.status_code, reason
    for kind, status in _STATUS:
        if isinstance(error, kind):
            return status, str(error)
    return 500, "an internal error, please report it; the terminal shows what went wrong"


def _candidates(request: Request, error: Exception) -> list[tuple[str, str]]:
    """Return what may be meant instead, each with its address."""
    if isinstance(error, UnknownRecordError):
        return [(f"event {one}", Links.event(one)) for one in error.instead]
    if not isinstance(error, UnknownActorError):
        return []
    given = request.query_params
    pair = [
        request.path_params.get("actor", given.get("a", "")),
        request.path_params.get("recipient", given.get("b", "")),
    ]
    room = request.url.path.split("/")[1]
    found = []
    for candidate in error.candidates:
        code = re.search(r"\((\w+)\)$", candidate)
        if code is not None:
            meant = [code[1] if name == error.name else name for name in pair]
            found.append((candidate, f"/{room}/" + "/".join(quote(one, safe="") for one in meant)))
    return found

"""From an address or a form to the pair that it asks for."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request

from detente import workflow
from detente.errors import InputError
from detente.model import Dyad
from detente.web.addresses import Links, day_of, with_query
from detente.web.answers import Moved
from detente.web.reader import Reader

__all__ = ["ask", "pair_and_period", "pair_of"]

# What a page is as something else than a page.
_ENDS = (".json", ".yaml")


def ask(reader: Reader, request: Request) -> Moved:
    """Lead from the form of the home page to the page of a pair."""
    query = request.query_params
    dyad = _dyad(reader, query.get("a", ""), query.get("b", ""))
    rooms = {"/briefs": Links.brief, "/hypotheses": Links.hypotheses}
    path = rooms.get(request.url.path, Links.relation)(dyad)
    return Moved(with_query(path, {name: query.get(name) for name in ("since", "until")}))


def _dyad(reader: Reader, actor: str, recipient: str) -> Dyad:
    if not actor.strip() or not recipient.strip():
        raise InputError("name two countries: by name, code, adjective or capital")
    return workflow.dyad_of(actor, recipient, settings=reader.settings)


def pair_of(reader: Reader, request: Request) -> Dyad | Moved:
    """Return the pair of an address, or the address that has it by its codes."""
    actor, recipient = request.path_params["actor"], request.path_params["recipient"]
    dyad = _dyad(reader, actor, recipient)
    if (dyad.actor, dyad.recipient) == (actor, recipient):
        return dyad
    room = request.url.path.split("/")[1]
    end = next((one for one in _ENDS if request.url.path.endswith(one)), "")
    path = f"/{room}/{dyad.actor}/{dyad.recipient}{end}"
    return Moved(f"{path}?{request.url.query}" if request.url.query else path)


def pair_and_period(
    reader: Reader, request: Request
) -> tuple[Dyad | Moved, date | None, date | None]:
    """Return the pair of an address, or the address by its codes, and the period asked for."""
    query = request.query_params
    since, until = day_of("since", query.get("since")), day_of("until", query.get("until"))
    return pair_of(reader, request), since, until

"""Outlets: the publications and agencies that carry reports, found by name, credit or address.

Two reports of one agency text in two papers are one origin. To see that, the credit line under a
report ("AFP via ABC News Australia") has to be taken apart and each name in it recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field

from detente.lexicon.files import DATA, CountryCode, Entry, LexiconFile, load_file
from detente.lexicon.flaws import Location
from detente.lexicon.names import fold

__all__ = ["Outlet", "OutletFile", "OutletLexicon", "load_outlets", "with_outlets"]

# Text with more characters or marks than this is no credit line; hostile input stays cheap.
_LONGEST_CREDIT = 300
_MOST_JOINTS = 12

_ADDRESS = re.compile(r"[^\W_][\w-]*(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?", re.ASCII)
_VIA = re.compile(r"[\s,;–—-]\s*(?:via|through)\s+", re.IGNORECASE)
_JOINT = re.compile(r"[/;,+&|()]|\s(?:[–—-]|and|with)\s", re.IGNORECASE)
_GROUP = re.compile(r"\(([A-Z][^()]*)\)$")
# Marks that only ever stand between outlets or inside one outlet's name.
_FIRM = "/;+|"


class Outlet(Entry):
    """One publication or agency.

    Attributes:
        name: the name that detente prints.
        aliases: other names, former names and editions.
        domains: hosts of its site, without "www.".
        kind: what it is.
        country: ISO 3166 alpha-3 code of its seat; None for international or unclear ones.
        owner: who owns it; None where unsure.
        control: who answers for the editorial line: a state, a public body under its own charter,
            a political party or movement, or a private owner; None where unsure.
        state_described_by: who calls it state-controlled, for outlets with control "state".
        credit_only: those of its names that are everyday words or shared with other things, and
            so name the outlet in a credit line but not in running text.
        comment: a note for readers of the file.
        examples: credit lines or addresses that must lead to this outlet.
    """

    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    kind: Literal["agency", "broadcaster", "newspaper", "magazine", "website"]
    country: CountryCode | None = None
    owner: str | None = None
    control: Literal["state", "public", "party", "private"] | None = None
    state_described_by: str | None = None
    credit_only: tuple[str, ...] = ()
    comment: str | None = None
    examples: Annotated[tuple[str, ...], Field(min_length=1)]

    @property
    def domain(self) -> str | None:
        """The host of its main site, without "www."."""
        return self.domains[0] if self.domains else None

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and its aliases."""
        return (self.name, *self.aliases)


class OutletFile(LexiconFile):
    """The whole of ``outlets.yaml``."""

    entries: tuple[Outlet, ...]

    def complaints(self) -> Iterator[tuple[Location, str]]:
        """Yield what the schema cannot say of an outlet, and names that two outlets share."""
        by_name: dict[str, Outlet] = {}
        by_domain: dict[str, Outlet] = {}
        for index, outlet in enumerate(self.entries):
            for problem in _problems(outlet):
                yield ("entries", index), problem
            for key, table in _keys(outlet, by_name, by_domain):
                other = table.setdefault(key, outlet)
                if other is not outlet:
                    yield ("entries", index), f"{key!r} is both {other.name!r} and {outlet.name!r}"


@dataclass(frozen=True, slots=True)
class OutletLexicon:
    """All known outlets.

    Attributes:
        version: "name version digest" of the file, for the Run record.
        outlets: the outlets, in the order of the file.
        by_name: folded name or alias -> outlet.
        by_domain: host -> outlet.
        text_names: names as written that denote an outlet even in running text -> outlet.
    """

    version: str
    outlets: tuple[Outlet, ...]
    by_name: Mapping[str, Outlet]
    by_domain: Mapping[str, Outlet]
    text_names: Mapping[str, Outlet]

    def find(self, name: str) -> Outlet | None:
        """Return the outlet of a name or of a web address.

        Case, accents, punctuation and a leading "The" do not matter. Of an address, the host
        decides: the longest known domain that it ends in.

        Args:
            name: "the Guardian", "Al-Jazeera", "https://www.bbc.co.uk/news/1", "tass.com".

        Returns:
            The outlet, or None for a name that is unknown or that several outlets share.
        """
        name = name.strip()[:_LONGEST_CREDIT]
        found = self.by_name.get(_fold(name))
        if found is None and (host := _host(name)):
            labels = host.split(".")
            for start in range(len(labels) - 1):
                found = self.by_domain.get(".".join(labels[start:]))
                if found is not None:
                    break
        return found

    def split_credit(self, credit: str) -> tuple[str, ...]:
        """Split a credit line into the names in it, the one who wrote the text first.

        "via" always splits. Other marks also occur inside names ("Radio Free Europe/Radio
        Liberty", "Mail & Guardian") or before a qualifier that changes the name ("Independent,
        Ireland"): where the whole is no known outlet, a slash splits if one side is one, and a
        comma, bracket, dash, "and" or "with" if both sides are.

        Args:
            credit: "Reuters via ABC News Australia", "AFP/Reuters via RTHK", "BBC News/AFP".

        Returns:
            The names as written: agencies before the outlet that carried them. A credit with one
            name gives that name; an empty one gives nothing.
        """
        stages = _VIA.split(_strip(credit[:_LONGEST_CREDIT]))
        return tuple(part for stage in stages for part in self._joint(_strip(stage)) if part)

    def credited(self, credit: str) -> tuple[Outlet, ...]:
        """Return the known outlets of a credit line, the one who wrote the text first."""
        found = (self.find(part) for part in self.split_credit(credit))
        return tuple(dict.fromkeys(outlet for outlet in found if outlet is not None))

    def names_in(self, credit: str) -> tuple[str, ...]:
        """Return the names of a credit line, each outlet's in its one form."""
        return tuple(self.name_of(part) for part in self.split_credit(credit))

    def name_of(self, written: str) -> str:
        """Return the one name of an outlet that is written in one way or another."""
        found = self.find(written)
        return found.name if found else " ".join(written.split())

    def owner_of(self, name: str) -> str | None:
        """Return who owns an outlet, one name for one owner; None where it is not known.

        All outlets that a state controls are its; of a firm within a group, the group counts. An
        owner that is only described ("its readers") is none that two outlets could share.
        """
        outlet = self.find(name)
        if outlet is None:
            return None
        if outlet.control == "state" and outlet.country:
            return f"the state of {outlet.country}"
        owner = outlet.owner or ""
        group = _GROUP.search(owner)
        owner = group[1] if group else owner
        return owner if owner[:1].isupper() else None

    def _joint(self, stage: str) -> tuple[str, ...]:
        """Split what stands between two "via", from its last mark to its first."""
        joints = list(_JOINT.finditer(stage))
        if len(joints) > _MOST_JOINTS:
            return (stage,)
        starts = [0, *(joint.end() for joint in joints)]
        parts: dict[int, tuple[str, ...]] = {}
        for i in reversed(range(len(starts))):
            whole = _strip(stage[starts[i] :])
            parts[i] = (whole,)
            if self.find(whole) is not None:
                continue
            for k in reversed(range(i, len(joints))):  # the longest known name first
                left, rest = _strip(stage[starts[i] : joints[k].start()]), parts[k + 1]
                known = [self.find(left) is not None, self.find(rest[0]) is not None]
                firm = joints[k].group() in _FIRM and left and rest[0]
                if all(known) or (any(known) and firm):
                    parts[i] = (left, *rest)
                    break
        return parts[0]


@cache
def load_outlets(path: Path | None = None) -> OutletLexicon:
    """Read the outlets.

    Args:
        path: a lexicon file; default: the one that comes with detente.

    Raises:
        LexiconError: the file breaks its schema, or two outlets share a name or a domain.
    """
    file, version = load_file(path or DATA / "outlets.yaml", OutletFile)
    return _indexed(file.entries, version)


def with_outlets(shipped: OutletLexicon, own: Sequence[OutletFile]) -> OutletLexicon:
    """Return a lexicon with the outlets of a user's files: theirs are the names that they have."""
    entries = [outlet for file in own for outlet in file.entries]
    return _indexed((*shipped.outlets, *entries), shipped.version) if entries else shipped


def _indexed(outlets: tuple[Outlet, ...], version: str) -> OutletLexicon:
    """Index outlets by what they are called; of two with one name the later has it."""
    by_name: dict[str, Outlet] = {}
    by_domain: dict[str, Outlet] = {}
    text_names: dict[str, Outlet] = {}
    for outlet in outlets:
        for key, table in _keys(outlet, by_name, by_domain):
            table[key] = outlet
        weak = {_fold(name) for name in outlet.credit_only}
        for name in outlet.names:
            text_names.pop(name, None)
        text_names |= {name: outlet for name in outlet.names if _fold(name) not in weak}
    return OutletLexicon(
        version=version,
        outlets=outlets,
        by_name=MappingProxyType(by_name),
        by_domain=MappingProxyType(by_domain),
        text_names=MappingProxyType(text_names),
    )


def _keys(
    outlet: Outlet, by_name: dict[str, Outlet], by_domain: dict[str, Outlet]
) -> Iterator[tuple[str, dict[str, Outlet]]]:
    for name in outlet.names:
        yield _fold(name), by_name
    for domain in outlet.domains:
        yield domain, by_domain


def _problems(outlet: Outlet) -> Iterator[str]:
    """Yield what the schema cannot say about one outlet."""
    own = {_fold(name) for name in outlet.names}
    for name in outlet.credit_only:
        if _fold(name) not in own:
            yield f"credit_only {name!r} is neither its name nor an alias"
    if outlet.state_described_by and outlet.control != "state":
        yield "state_described_by is only for control: state"
    if any(domain != _host(domain) for domain in outlet.domains):
        yield "domains are bare hosts in lower case, without 'www.'"


def _strip(part: str) -> str:
    return part.strip(" \t\n\r,;:/|()[]–—-")


def _fold(name: str) -> str:
    """Reduce a name to lower-case words without accents, points, apostrophes or "the"."""
    name = fold(name).casefold()
    name = re.sub(r"['’‘`.!]", "", name).replace("&", " and ")
    words = re.findall(r"\w+", name)
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _host(address: str) -> str | None:
    """Return the host of a web address without "www.", or None for what is no address."""
    if "://" not in address:
        if not _ADDRESS.fullmatch(address):
            return None
        address = f"//{address}"
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None

"""The parties of other people's events, in PLOVER's codes: countries and sectors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from detente.model import SECTORS

__all__ = ["Countries", "sector_of_codes", "sector_of_words"]

# CAMEO's codes for countries that ISO 3166 codes otherwise, and parts of countries.
_CAMEO = {
    "GZS": "PSE",
    "KSV": "XKX",
    "KOS": "XKX",
    "PAL": "PSE",
    "ROM": "ROU",
    "TMP": "TLS",
    "WSB": "PSE",
    "ZAR": "COD",
}
# Names that a dataset gives to a country and its lexicon does not know.
_NAMES = {
    "occupied palestinian territory": "PSE",
    "palestinian territory, occupied": "PSE",
    "palestinian territory": "PSE",
    "democratic republic of congo": "COD",
    "congo, the democratic republic of the": "COD",
    "holy see (vatican city state)": "VAT",
    "korea, democratic people's republic of": "PRK",
    "korea, republic of": "KOR",
    "cote d'ivoire": "CIV",
    "libyan arab jamahiriya": "LBY",
    "macedonia, the former yugoslav republic of": "MKD",
    "european union": "EUR",
    "united nations": "UNO",
}
# Pseudo-countries of PLOVER, which stand in the place of a country.
_PSEUDO = frozenset({"EUR", "IGO", "IMG", "ISM", "MNC", "NGO", "UNO"})

# CAMEO's codes of roles to PLOVER's sectors (PLOVER manual, section on actors).
_ROLES = {
    "HLH": "MED",
    "INS": "REB",
    "MED": "JRN",
    "RAD": "REB",
    "SEP": "REB",
    "HRI": "SOC",
    "ENV": "SOC",
    "SET": "CVL",
}
# Words of ICEWS's sectors and of its generic actors, the first that is found decides.
_WORDS: tuple[tuple[str, str], ...] = (
    ("police", "COP"),
    ("military intelligence", "SPY"),
    ("intelligence", "SPY"),
    ("peacekeep", "MIL"),
    ("defense / security ministry", "GOV"),
    ("military", "MIL"),
    ("army", "MIL"),
    ("navy", "MIL"),
    ("air force", "MIL"),
    ("marines", "MIL"),
    ("soldier", "MIL"),
    ("armed forces", "MIL"),
    ("insurgent", "REB"),
    ("separatist", "REB"),
    ("rebel", "REB"),
    ("radicals", "REB"),
    ("guerrilla", "REB"),
    ("militant", "UAF"),
    ("armed gang", "UAF"),
    ("combatant", "UAF"),
    ("unidentified forces", "UAF"),
    ("criminal", "CRM"),
    ("judicial", "JUD"),
    ("court", "JUD"),
    ("judge", "JUD"),
    ("legislat", "LEG"),
    ("parliament", "LEG"),
    ("lower house", "LEG"),
    ("upper house", "LEG"),
    ("opposition", "OPP"),
    ("dissident", "OPP"),
    ("protest", "OPP"),
    ("ministry", "GOV"),
    ("executive", "GOV"),
    ("cabinet", "GOV"),
    ("government", "GOV"),
    ("head of state", "GOV"),
    ("foreign affairs", "GOV"),
    ("party", "PTY"),
    ("parties", "PTY"),
    ("media", "JRN"),
    ("news", "JRN"),
    ("journalist", "JRN"),
    ("medical", "MED"),
    ("health", "MED"),
    ("education", "EDU"),
    ("student", "EDU"),
    ("business", "BUS"),
    ("labor", "LAB"),
    ("worker", "LAB"),
    ("employee", "LAB"),
    ("agricultur", "AGR"),
    ("farm", "AGR"),
    ("refugee", "REF"),
    ("displaced", "REF"),
    ("religio", "REL"),
    ("civilian", "CVL"),
    ("citizen", "CVL"),
    ("population", "CVL"),
    ("villager", "CVL"),
    ("elite", "ELI"),
    ("activist", "SOC"),
)


class Countries:
    """Country names and codes of other datasets, resolved once each.

    Args:
        resolve: name to ISO 3166 alpha-3 code, None where unknown or ambiguous.
        known: the codes that there are.
    """

    def __init__(self, resolve: Callable[[str], str | None], known: Iterable[str]) -> None:
        self._known = frozenset(known) | _PSEUDO
        self._resolve = lru_cache(maxsize=100_000)(resolve)

    def of_code(self, code: str) -> str:
        """Return the ISO 3166 code of a code of CAMEO, "" for regions and what is unknown."""
        found = _CAMEO.get(code, code)
        # "EUR" is the continent there; the Union is a known group
        return found if found in self._known and found not in _PSEUDO else ""

    def of_name(self, name: str) -> str:
        """Return the code of a country by name or code, "" where unknown."""
        name = name.strip()
        if not name or name in {"NA", "None", "NULL"}:
            return ""
        if name in self._known:
            return name
        return _NAMES.get(name.lower()) or self._resolve(name) or ""

    def of_actor(self, name: str) -> str:
        """Return the country of an actor that ICEWS names, "Police (Thailand)" or "Thailand".

        Only what stands in brackets, or the whole name, is read: a person's name says nothing.
        """
        inner = _bracketed(name)
        return self.of_name(name if inner is None else inner)


def _bracketed(name: str) -> str | None:
    found = re.search(r"\(((?:[^()]|\([^()]*\))*)\)\s*$", name)
    return found.group(1) if found else None


def sector_of_codes(codes: Iterable[str]) -> str:
    """Return the PLOVER sector of the first of CAMEO's role codes that has one."""
    for code in codes:
        found = _ROLES.get(code, code)
        if found in SECTORS:
            return found
    return ""


@lru_cache(maxsize=100_000)
def sector_of_words(words: str) -> str:
    """Return the PLOVER sector of ICEWS's sectors ("Executive,Government") or generic actor."""
    lowered = re.sub(r"\([^()]*\)\s*$", "", words).lower()
    return next((sector for word, sector in _WORDS if word in lowered), "")

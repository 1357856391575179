"""CAMEO codes to PLOVER types and modes.

After the PLOVER manual (version 2.0, appendix on CAMEO) and the project's conversion table of 2021,
with the manual's choice where the two differ: an intent to yield is CONCEDE. CAMEO's statements
(01) and appeals (02) have no PLOVER type.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from detente.model import EventType

__all__ = ["plover_of"]

_T = EventType
_V = TypeVar("_V")

# The longest beginning of a code that stands here decides.
_TYPES: dict[str, EventType] = {
    "03": _T.AGREE,
    "035": _T.CONCEDE,
    "04": _T.CONSULT,
    "05": _T.SUPPORT,
    "06": _T.COOPERATE,
    "07": _T.AID,
    "08": _T.CONCEDE,
    "0813": _T.RETREAT,
    "0814": _T.RETREAT,
    "084": _T.RETREAT,
    "085": _T.RETREAT,
    "086": _T.RETREAT,
    "087": _T.RETREAT,
    "09": _T.ACCUSE,
    "10": _T.REQUEST,
    "11": _T.ACCUSE,
    "12": _T.REJECT,
    "13": _T.THREATEN,
    "14": _T.PROTEST,
    "15": _T.MOBILIZE,
    "16": _T.SANCTION,
    "163": _T.COERCE,
    "17": _T.COERCE,
    "1712": _T.ASSAULT,
    "175": _T.ASSAULT,
    "18": _T.ASSAULT,
    "19": _T.ASSAULT,
    "191": _T.COERCE,
    "192": _T.COERCE,
    "20": _T.ASSAULT,
}
_MODES: dict[str, str] = {
    "041": "phone",
    "042": "visit",
    "043": "visit",
    "044": "third-party",
    "0841": "release",
    "0842": "return",
    "086": "access",
    "087": "disarm",
    "0871": "ceasefire",
    "0872": "withdraw",
    "09": "investigate",
    "101": "assist",
    "102": "assist",
    "103": "assist",
    "104": "change",
    "1051": "yield",
    "1052": "yield",
    "1053": "yield",
    "1054": "yield",
    "1055": "yield",
    "1056": "yield",
    "106": "meet",
    "107": "meet",
    "108": "meet",
    "111": "disapprove",
    "112": "allege",
    "113": "disapprove",
    "114": "allege",
    "115": "allege",
    "121": "assist",
    "122": "assist",
    "123": "change",
    "1243": "yield",
    "1244": "yield",
    "1245": "yield",
    "1246": "yield",
    "125": "meet",
    "126": "meet",
    "127": "meet",
    "128": "yield",
    "129": "yield",
    "131": "relations",
    "1312": "restrict",
    "1322": "ban",
    "1323": "restrict",
    "1324": "restrict",
    "133": "relations",
    "134": "relations",
    "135": "relations",
    "136": "expel",
    "137": "violence",
    "138": "violence",
    "1381": "restrict",
    "1382": "territory",
    "139": "relations",
    "141": "demo",
    "142": "hunger",
    "143": "boycott",
    "144": "obstruct",
    "145": "riot",
    "151": "police",
    "152": "troops",
    "153": "police",
    "154": "troops",
    "161": "withdraw",
    "162": "discontinue",
    "163": "restrict",
    "164": "withdraw",
    "165": "withdraw",
    "166": "expel",
    "171": "seize",
    "1712": "destroy",
    "172": "restrict",
    "1722": "ban",
    "1723": "curfew",
    "1724": "martial-law",
    "173": "arrest",
    "174": "deport",
    "181": "abduct",
    "182": "beat",
    "1821": "sexual",
    "1822": "torture",
    "183": "explosives",
    "1831": "suicide-attack",
    "184": "abduct",
    "185": "assassinate",
    "186": "assassinate",
    "191": "restrict",
    "192": "seize",
    "193": "firearms",
    "194": "heavy-weapons",
    "195": "aerial",
    "201": "cleansing",
    "202": "massacre",
    "203": "cleansing",
    "204": "unconventional",
}


def plover_of(code: str) -> tuple[EventType | None, str | None]:
    """Return the PLOVER type and mode of a CAMEO code; (None, None) for what PLOVER has not.

    Args:
        code: two to four digits, as "0871", with the leading zero.
    """
    event_type = _longest(_TYPES, code)
    return event_type, _longest(_MODES, code) if event_type else None


def _longest(table: Mapping[str, _V], code: str) -> _V | None:
    return next((table[code[:n]] for n in range(len(code), 1, -1) if code[:n] in table), None)

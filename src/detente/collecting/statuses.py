"""What the status of an answer says: where to, why not, and when to ask again."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from urllib3.response import BaseHTTPResponse

__all__ = ["LATER", "REDIRECTS", "stated_wait", "status_words"]

REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Of those that blame the one who asks, the ones that pass.
LATER = frozenset({408, 425, 429})
_LONGEST_WAIT = 24 * 3600.0


def status_words(response: BaseHTTPResponse) -> str:
    """Return the status of an answer in words that can be shown."""
    said = "".join(one for one in response.reason or "" if one.isprintable())
    return f"answers {response.status} {said}".strip()[:80]


def stated_wait(stated: str, now: datetime) -> float | None:
    """Return after how many seconds a host wants to be asked again (RFC 9110, 10.2.3).

    Args:
        stated: the header Retry-After, or "".
        now: the time of day.
    """
    stated = stated.strip()
    if stated.isdecimal() and len(stated) < 10:
        return min(float(stated), _LONGEST_WAIT)
    try:
        due = parsedate_to_datetime(stated)
    except (TypeError, ValueError):
        return None
    if due.tzinfo is None:
        due = due.replace(tzinfo=UTC)
    return min(max((due - now).total_seconds(), 0.0), _LONGEST_WAIT)

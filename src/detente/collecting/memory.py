"""What collecting remembers from one round to the next: versions, failures, entries and files.

It is plain data, small, and of no more than what was listed lately; who keeps it writes it to disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from detente.collecting.entries import Entry
from detente.collecting.fetching import Validators

__all__ = ["Memory", "SeenEntry", "SourceState"]

# An entry that no source was seen to list for so long is forgotten, so that what is kept stays
# small; if it comes back, its page is fetched once more, and the store knows it.
_FORGOTTEN = 7 * 86_400.0
# How often a page is asked for that cannot be had for the moment, before the entry's own text is
# taken.
MOST_TRIES = 3
# A page that states a change is asked for again, but not more often than this.
REVISIT = 6 * 3600.0
# After the first failure of a source, and never more than a day; doubled each time.
_FIRST_WAIT = 15 * 60.0
_LONGEST_WAIT = 86_400.0


@dataclass(slots=True)
class SourceState:
    """What is known of a source.

    Attributes:
        etag: of the version that was read whole.
        modified: likewise.
        failures: how often in a row it gave nothing.
        due: seconds since 1970 before which it is not asked again.
        reason: why it gave nothing at the last time, or "".
    """

    etag: str = ""
    modified: str = ""
    failures: int = 0
    due: float = 0.0
    reason: str = ""

    @property
    def validators(self) -> Validators | None:
        """Of the version that is known, if any."""
        known = Validators(self.etag, self.modified)
        return known if self.etag or self.modified else None


@dataclass(slots=True)
class SeenEntry:
    """What is known of an entry.

    Attributes:
        stamp: the change that it stated when its page was taken.
        listed: seconds since 1970 when a source last listed it.
        tried: seconds since 1970 when its page was last asked for.
        tries: how often its page could not be had; 0 once it is taken.
        taken: whether it is in the store.
    """

    stamp: str = ""
    listed: float = 0.0
    tried: float = 0.0
    tries: int = 0
    taken: bool = False


@dataclass(slots=True)
class Memory:
    """What is remembered.

    Attributes:
        sources: by address.
        entries: by key.
        files: of watched folders: size and time of the last change, by path.
    """

    sources: dict[str, SourceState] = field(default_factory=dict)
    entries: dict[str, SeenEntry] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Memory:
        """Return the memory that `record` gave.

        Raises:
            TypeError, ValueError, KeyError: when it did not give it.
        """
        return cls(
            sources={url: SourceState(**one) for url, one in record["sources"].items()},
            entries={key: SeenEntry(*one) for key, one in record["entries"].items()},
            files={path: str(one) for path, one in record["files"].items()},
        )

    @property
    def latest(self) -> float:
        """The last time that is remembered, in seconds since 1970; 0 without any."""
        return max((max(one.listed, one.tried) for one in self.entries.values()), default=0.0)

    def set_back(self, seconds: float) -> None:
        """Take so much from all times, as the clock did; else what is due would wait for it."""
        for source in self.sources.values():
            source.due -= seconds
        for entry in self.entries.values():
            entry.listed -= seconds
            entry.tried -= seconds

    def record(self, now: float) -> dict[str, Any]:
        """Return what is remembered as plain JSON values, without what was long forgotten."""
        return {
            "sources": {url: asdict(one) for url, one in sorted(self.sources.items())},
            "entries": {
                key: [one.stamp, int(one.listed), int(one.tried), one.tries, one.taken]
                for key, one in sorted(self.entries.items())
                if now - one.listed < _FORGOTTEN
            },
            "files": dict(sorted(self.files.items())),
        }

    def wants(self, entry: Entry, now: float) -> bool:
        """Tell whether an entry's page is to be asked for, and note that it is listed."""
        known = self.entries.setdefault(entry.key, SeenEntry())
        known.listed = now
        if not known.taken:
            return True
        return entry.stamp != known.stamp and now - known.tried >= REVISIT

    def failed(self, entry: Entry, now: float) -> bool:
        """Note that a page could not be had for the moment; tell whether to give it up."""
        known = self.entries.setdefault(entry.key, SeenEntry(listed=now))
        known.tries += 1
        known.tried = now
        return known.tries >= MOST_TRIES

    def took(self, entry: Entry, now: float) -> None:
        """Note that an entry is in the store."""
        self.entries[entry.key] = SeenEntry(
            stamp=entry.stamp, listed=now, tried=now, tries=0, taken=True
        )

    def source_failed(self, url: str, reason: str, now: float, wait: float | None) -> float:
        """Note that a source gave nothing, and return after how many seconds it is asked again."""
        known = self.sources.setdefault(url, SourceState())
        known.failures += 1
        pause = min(_FIRST_WAIT * float(2 ** min(known.failures - 1, 10)), _LONGEST_WAIT)
        pause = max(pause, wait or 0.0)
        known.due, known.reason = now + pause, reason
        return pause

    def source_gave(self, url: str, validators: Validators) -> None:
        """Note that a source was read; without validators it is read whole the next time."""
        self.sources[url] = SourceState(validators.etag, validators.modified)

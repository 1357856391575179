"""Lists, feeds, sitemaps and folders to pages: the only room that asks the network.

::

    Collector.collect()     sources -> Page, FoundFile, Trouble
    Collector.keep(...)     what of it is safe, and need not be asked for again

Nothing here knows documents; pages become documents in `detente.intake`.
"""

from detente.collecting.arrivals import Arrival, Counts, FoundFile, Page, Trouble
from detente.collecting.connections import Limits
from detente.collecting.entries import Entry
from detente.collecting.fetching import Fetched, Fetcher
from detente.collecting.memory import Memory
from detente.collecting.rounds import Collector
from detente.collecting.watched import Watched, watchable

__all__ = [
    "Arrival",
    "Collector",
    "Counts",
    "Entry",
    "Fetched",
    "Fetcher",
    "FoundFile",
    "Limits",
    "Memory",
    "Page",
    "Trouble",
    "Watched",
    "watchable",
]

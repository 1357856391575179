"""The local web pages: what `detente.workflow` answers, for a browser on the same machine.

::

    serving    the server, on 127.0.0.1 alone
    guard      which requests are refused, and the headers of every answer
    app        addresses, and errors as pages
    views      from a request to what its page shows
    reader     the store as it stands, opened again when its events change
    passages   a document's text cut at the borders of segments, claims and the words asked for
    records    the same as JSON
"""

from __future__ import annotations

from detente.web.app import create
from detente.web.reader import Reader
from detente.web.serving import serve

__all__ = ["Reader", "create", "serve"]

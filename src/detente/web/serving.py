"""The server: one process on 127.0.0.1, until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import uvicorn

from detente.errors import InputError
from detente.settings import Settings
from detente.web.app import create
from detente.web.reader import Reader

__all__ = ["serve"]

_ADDRESS = "127.0.0.1"  # never another: the pages know no users and no passwords


def serve(
    folder: Path,
    *,
    port: int,
    settings: Settings | None = None,
    matrices: Sequence[Path] = (),
    announce: Callable[[str], None] = lambda _url: None,
) -> None:
    """Serve the pages of a store until the process is interrupted.

    Args:
        folder: the store's folder.
        port: the port; 0 for any that is free.
        settings: which lexicons and which source register count.
        matrices: files of hypotheses to show.
        announce: told the address once it answers.

    Raises:
        InputError: when the port is taken, or two files of hypotheses have one name.
    """
    reader = Reader(folder, settings or Settings(), matrices)
    try:
        opened = socket.create_server((_ADDRESS, port))
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"port {port}: {reason}; --port 0 takes one that is free") from error
    config = uvicorn.Config(
        create(reader),
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )
    with opened:
        reader.warm()
        announce(f"http://{_ADDRESS}:{opened.getsockname()[1]}/")
        try:
            uvicorn.Server(config).run(sockets=[opened])
        except KeyboardInterrupt:
            return

"""The same function over the same files, on a Ray cluster.

A piece of work is one file of documents and the file to write, as in `detente.runners`; nothing but
their paths and a count goes over the wire. The store lies where every node can reach it under one
path. A worker that is lost has its file done again by another, which finds out whether the file was
written; a driver that is lost is started again, and asks for what is missing.

Ray is an extra: ``pip install 'detente[ray]'``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from detente.errors import DetenteError, InputError
from detente.runners import AGAIN, BatchFunction, want_of_memory

__all__ = ["run_ray"]

# Work that waits beside work that is done, for each processor: none stands idle, and a driver that
# is stopped has little to call back.
_AHEAD = 2
# A file whose workers die so often is not to blame on the machines.
_TRIES_AGAIN = 3
# Only paths and counts are passed: the store of objects need not take its usual third of memory.
_OBJECTS = 100 * 1024 * 1024


def run_ray(
    work: BatchFunction, pairs: Sequence[tuple[Path, Path]], *, processes: int
) -> Iterator[int]:
    """Run the function over files on a cluster; yield the size of each as it is done.

    The cluster is the one that the program is connected to, else the one that RAY_ADDRESS names or
    that runs on this machine, else one that is started on this machine and stopped afterwards.

    Args:
        work: the function.
        pairs: file to read and file to write, for each piece of work.
        processes: how many workers to start where there is no cluster yet.

    Raises:
        InputError: when Ray is not installed, or no cluster answers at RAY_ADDRESS.
        DetenteError: when the work fails, or its workers die again and again.
    """
    with _cluster(processes) as ray:
        remote = ray.remote(num_cpus=1, max_retries=_TRIES_AGAIN)(_once)
        most = _AHEAD * max(1, int(ray.cluster_resources().get("CPU", 1)))
        left = [(source.absolute(), target.absolute()) for source, target in pairs][::-1]
        running: list[Any] = []
        try:
            while left or running:
                while left and len(running) < most:
                    running.append(remote.remote(work, *left.pop()))
                done, running = ray.wait(running, num_returns=1)
                yield from ray.get(done)
        except ray.exceptions.RayTaskError as error:
            raise _cause(error) from None
        except ray.exceptions.RayError as error:
            told = " ".join(str(error).split())[:200]
            raise DetenteError(
                f"the cluster lost the work {_TRIES_AGAIN + 1} times ({told}); {AGAIN}"
            ) from error
        finally:
            for one in running:
                ray.cancel(one, force=True)


def _once(work: BatchFunction, source: Path, target: Path) -> int:
    """Do one piece of work, unless a worker that was lost since has done it."""
    return 0 if target.exists() else work.over_file(source, target)


def _cause(error: Any) -> Exception:
    """Return what a task raised, without what Ray tells around it."""
    cause = error.cause
    if isinstance(cause, DetenteError):
        return cause
    if isinstance(cause, MemoryError):
        return want_of_memory(cause)
    told = " ".join(f"{type(cause).__name__}: {cause}".split())[:300]
    return DetenteError(f"a worker failed: {told}")


@contextmanager
def _cluster(processes: int) -> Iterator[Any]:
    """Give Ray, connected; what was started for this is stopped afterwards."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing leaves unless it is asked to
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    # under `uv run` Ray would send the folder to the workers and install them anew, without Ray
    os.environ.setdefault("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")
    try:
        import ray
    except ImportError as error:
        raise InputError(
            "--engine ray: Ray is not installed; `pip install 'detente[ray]'` or --engine local"
        ) from error
    if ray.is_initialized():
        yield ray
        return
    _connect(ray, processes)
    try:
        yield ray
    finally:
        ray.shutdown()


def _connect(ray: Any, processes: int) -> None:
    quiet = {"log_to_driver": False, "logging_level": "ERROR"}
    address = os.environ.get("RAY_ADDRESS", "auto")
    if address != "local":
        try:
            ray.init(address=address, **quiet)
            return
        except ConnectionError as error:
            if address != "auto":
                raise InputError(f"RAY_ADDRESS: no cluster answers at {address}") from error
    ray.init(
        address="local",
        num_cpus=processes,
        include_dashboard=False,
        object_store_memory=_OBJECTS,
        **quiet,
    )

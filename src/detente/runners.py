"""One function over many files of records: in this process, or in several on this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pyarrow as pa

from detente.errors import DetenteError
from detente.storage.catalog import read_records, write_records
from detente.storage.records import from_table, to_table

__all__ = ["AGAIN", "BatchFunction", "run_local", "want_of_memory"]


@dataclass(frozen=True, slots=True)
class BatchFunction:
    """A function over lists of records, made into one over tables and files.

    It holds no model and no state, so it pickles; models load once per worker.

    Attributes:
        function: from a list of records to a list of as many.
        takes: class of the records that go in.
        gives: class of the records that come out.
    """

    function: Callable[[Sequence[Any]], Sequence[Any]]
    takes: type
    gives: type

    def __call__(self, batch: pa.Table | pa.RecordBatch) -> pa.Table:
        """Return the table that the function makes of a table of records."""
        return to_table(self.function(from_table(batch, self.takes)), self.gives)

    def over_file(self, source: Path, target: Path) -> int:
        """Read one file, write the other; return how many records went through."""
        records: list[Any] = read_records(source, self.takes)
        write_records(target, self.function(records), self.gives)
        return len(records)


def run_local(
    work: BatchFunction, pairs: Sequence[tuple[Path, Path]], *, processes: int
) -> Iterator[int]:
    """Run the function over files, several at a time; yield the size of each as it is done.

    Each target is whole or absent, so an interrupted run is continued by running it again.

    Args:
        work: the function.
        pairs: file to read and file to write, for each piece of work.
        processes: how many worker processes; with 1, or one pair, all happens in this process.

    Raises:
        DetenteError: when a worker process died, or memory did not suffice; says that running
            again goes on.
    """
    try:
        if processes <= 1 or len(pairs) <= 1:
            for source, target in pairs:
                yield work.over_file(source, target)
        else:
            yield from _run_processes(work, pairs, processes)
    except BrokenProcessPool as error:
        told = f"a worker process died (out of memory, or killed); {AGAIN}{_LEAST}"
        raise DetenteError(told) from error
    except MemoryError as error:
        raise want_of_memory(error) from error


AGAIN = "run the same command again: it goes on where this one stopped"
_LEAST = "; --processes 1 needs the least memory"


def want_of_memory(error: MemoryError) -> DetenteError:
    """Return what tells of a want of memory, and where it was."""
    at = f" at {error}" if str(error) else ""
    return DetenteError(f"out of memory{at}; {AGAIN}{_LEAST}")


def _run_processes(
    work: BatchFunction, pairs: Sequence[tuple[Path, Path]], processes: int
) -> Iterator[int]:
    # spawn, not fork: forking a process that runs the threads of Arrow or numpy can hang
    context = multiprocessing.get_context("spawn")
    pulse, life = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(
        min(processes, len(pairs)),
        mp_context=context,
        initializer=_end_with_parent,
        initargs=(pulse,),
    )
    try:
        with _interrupts_kept_from_children():
            futures = [pool.submit(work.over_file, source, target) for source, target in pairs]
        for future in as_completed(futures):
            yield future.result()
    except BrokenProcessPool:
        raise
    except BaseException:
        life.close()  # an interruption must not wait for the workers' files
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        life.close()
        pulse.close()


def _end_with_parent(pulse: Connection) -> None:
    """Make this worker end as soon as the process that started it closes its end, or dies."""

    def watch() -> None:
        try:
            pulse.recv_bytes()
        except (EOFError, OSError):
            os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def _interrupts_kept_from_children() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach: the parent alone answers it, and ends them.

    It is held back meanwhile, not dropped: on a busy machine processes take seconds to start.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    arrived: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: arrived.append(number))
    held = _block_interrupts()
    try:
        yield
    finally:
        if held is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
        signal.signal(signal.SIGINT, before)
        if arrived:
            signal.raise_signal(signal.SIGINT)


def _block_interrupts() -> set[int] | None:
    """Block Ctrl-C for this thread and the processes that it starts; return what was blocked."""
    if not hasattr(signal, "pthread_sigmask"):  # pragma: no cover - Windows
        return None
    resource_tracker.ensure_running()  # when it starts, it lets interrupts through again
    return signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

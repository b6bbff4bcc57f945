"""Sixteen processes write at once: is anybody refused, and how long do they wait?

Beside it in the same run: the same transactions without the queue, and by one process alone, which is the floor.
"""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

ENGINES = {"with the queue": "jinli.site.sqlite", "without it": "django.db.backends.sqlite3"}


@dataclass(frozen=True, kw_only=True)
class Writers:
    """What one run of many writers showed: milliseconds of each transaction, refusals, and PRAGMA synchronous."""

    waits: Sequence[float]
    refused: int
    synchronous: frozenset[int]
    rows: int
    seconds: float

    @property
    def p95(self) -> float:
        """Return the wait in milliseconds that 95 of 100 transactions stay below."""
        return statistics.quantiles(self.waits, n=20)[-1]


def connect(file: Path, *, engine: str = "jinli.site.sqlite") -> Any:
    """Return a connection to a file with the options of the installation."""
    from django.db.utils import ConnectionHandler

    from jinli.site.settings import SQLITE_OPTIONS

    return ConnectionHandler({"default": {"ENGINE": engine, "NAME": file, "OPTIONS": SQLITE_OPTIONS}})["default"]


def _one_writer(engine: str, file: str, count: int, pause: float, ready: Any, out: Connection) -> None:
    from django.db import DatabaseError

    connection = connect(Path(file), engine=engine)
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        synchronous = int(cursor.fetchone()[0])
    waits, refused = [], 0
    ready.wait()
    for number in range(count):
        began = time.perf_counter()
        try:
            _three_rows(connection, number)
        except DatabaseError:
            refused += 1
        waits.append((time.perf_counter() - began) * 1000)
        time.sleep(pause)
    connection.close()
    out.send((waits, refused, synchronous))


def _three_rows(connection: Any, number: int) -> None:
    """Write as a move does: an entry, a column of the case, a clock."""
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)  # as atomic() does
    try:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO entry (pid, number) VALUES (%s, %s)", [os.getpid(), number])
            cursor.execute("UPDATE matter SET version = version + 1 WHERE id = %s", [os.getpid() % 16])
            cursor.execute("INSERT INTO clock (pid, number) VALUES (%s, %s)", [os.getpid(), number])
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    finally:
        connection.set_autocommit(True)


def measure(*, writers: int, count: int, engine: str = "jinli.site.sqlite", pause: float = 0.0) -> Writers:
    """Let `writers` processes write `count` transactions each; `pause` is what a person takes between two acts."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "town.sqlite3"
        live = sqlite3.connect(file)
        live.executescript(
            "PRAGMA journal_mode=WAL; CREATE TABLE entry (id INTEGER PRIMARY KEY, pid, number);"
            "CREATE TABLE clock (id INTEGER PRIMARY KEY, pid, number);"
            "CREATE TABLE matter (id INTEGER PRIMARY KEY, version INTEGER DEFAULT 0);"
        )
        live.executemany("INSERT INTO matter (id) VALUES (?)", [(one,) for one in range(16)])
        live.commit()
        context = multiprocessing.get_context("fork")
        ready = context.Barrier(writers + 1)
        ends, processes = [], []
        for _ in range(writers):
            here, there = context.Pipe(duplex=False)
            process = context.Process(target=_one_writer, args=(engine, str(file), count, pause, ready, there))
            process.start()
            there.close()
            ends.append(here)
            processes.append(process)
        ready.wait(60)
        began = time.perf_counter()
        told = [end.recv() for end in ends]
        seconds = time.perf_counter() - began
        for process, end in zip(processes, ends, strict=True):
            process.join()
            end.close()
        rows = int(live.execute("SELECT count(*) FROM entry").fetchone()[0])
        live.close()
    return Writers(
        waits=[wait for waits, _, _ in told for wait in waits],
        refused=sum(refused for _, refused, _ in told),
        synchronous=frozenset(synchronous for _, _, synchronous in told),
        rows=rows,
        seconds=seconds,
    )


def main() -> None:
    """Print the figures as rows of a table."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinli.site.settings")
    django.setup()
    print("### SQLite, transactions of three rows, synchronous=FULL\n")
    print("| writers | queue | p50 ms | p95 ms | worst ms | refused | transactions/s |")
    print("|---|---|---|---|---|---|---|")
    for writers, name, count in ((1, "with the queue", 400), (16, "with the queue", 60), (16, "without it", 60)):
        one = measure(writers=writers, count=count, engine=ENGINES[name])
        row = (statistics.median(one.waits), one.p95, max(one.waits))
        assert one.synchronous == {2}
        print(
            f"| {writers} | {name} | " + " | ".join(f"{value:.1f}" for value in row),
            f"| {one.refused} | {one.rows / one.seconds:.0f} |",
        )


if __name__ == "__main__":
    sys.exit(main())

"""How long one row of another system's CSV takes, with its moments, beside the floor: csv.reader alone."""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from jinli.exchange.reading.cells import read_moment_cell
from jinli.exchange.reading.columns import recognise
from jinli.exchange.reading.names import Candidate, NameBook
from jinli.exchange.reading.tables import open_table
from tests.exchange.export_records import ZONE
from tests.exchange.exports import Export, make_exports

TARGET = 40.0
"""Microseconds for a row of 15 columns and its three moments."""
PLACES = [f"第{place}村" for place in range(1, 38)]
BODIES = [f"测试{place}局" for place in range(1, 21)]


def microseconds(read: Callable[[], int], rows: int, *, rounds: int = 5) -> float:
    """Return the processor time of one row, the best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        assert read() >= rows
        best = min(best, time.process_time() - began)
    return best / rows * 1e6


def bare(path: Path) -> int:
    """Read a CSV and keep nothing."""
    with path.open(encoding="gb18030", newline="") as stream:
        return sum(1 for _ in csv.reader(stream))


def cells(export: Export) -> int:
    """Read the cells of every row, from opening the file."""
    return sum(1 for _ in open_table(export.path).lines())


def moments(export: Export) -> int:
    """Read the cells and the three moments of every row, as if for the first time."""
    read_moment_cell.cache_clear()
    table = open_table(export.path)
    faulty = {line for line, _ in export.faults}
    guesses = recognise(table.headings, ())
    opened, due, closed = (guesses[field].column for field in ("opened_at", "due_at", "closed_at"))
    count = 0
    for line, row in table.lines():
        count += 1
        if line not in faulty:
            read_moment_cell(row[opened], ZONE), read_moment_cell(row[due], ZONE), read_moment_cell(row[closed], ZONE)
    return count


def main() -> None:
    """Print the figures as rows of a table. Raises AssertionError when a row of a CSV takes longer than the target."""
    with tempfile.TemporaryDirectory() as folder:
        made = make_exports(Path(folder), today=date(2026, 9, 28), places=PLACES, bodies=BODIES)
        tickets, events = made["tickets"], made["events"]
        rows, wide = len(tickets.lines), len(events.lines)
        floor = microseconds(lambda: bare(tickets.path), rows)
        plain = microseconds(lambda: cells(tickets), rows)
        full = microseconds(lambda: moments(tickets), rows)
        sheet = microseconds(lambda: cells(events), wide, rounds=2)
    book = NameBook(Candidate(str(place), (name,)) for place, name in enumerate(PLACES))
    names = microseconds(lambda: sum(1 for _ in range(1000) for name in PLACES if book.match(name)), 37_000)
    print(f"### One row of {rows:,} tickets, GB18030, 15 columns, moments in eight spellings\n")
    print("| read | microseconds |\n|---|---|")
    print(f"| floor: csv.reader alone | {floor:.1f} |")
    print(f"| its cells | {plain:.1f} |")
    print(f"| its cells and three moments, none remembered (target {TARGET:.0f}) | {full:.1f} |")
    print(f"| a row of an xlsx, 12 columns | {sheet:.1f} |")
    print(f"| the match of a name met before | {names:.2f} |")
    assert full <= TARGET, f"{full:.1f} microseconds"


if __name__ == "__main__":
    sys.exit(main())

"""An import of 100,000 rows: taken beside a bare insert of the same rows, looked at, and repeated unchanged."""

from __future__ import annotations

import csv
import io
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.town import prepare

if TYPE_CHECKING:
    from jinli.exchange.models import ImportRun, Source
    from tests.cases.small import Small

TARGET = 8_000
ROWS = 100_000
SETTLED = 20_000
CHUNK = 1_000
VERIFIED = 20_000
TABLES = (
    "cases_case", "cases_entry", "cases_entrypayload", "cases_clock", "cases_searchrow", "exchange_mirror",
    "exchange_importrow",
)  # fmt: skip
BODIES = ("water", "ecology", "government")
CLASSES = ("路灯", "占道经营", "油烟扰民", "井盖缺失", "垃圾清运", "噪声")


def rows(count: int) -> Iterator[dict[str, str]]:
    """Yield the rows of an export, the same each time: most closed there, some of these late."""
    from tests.cases.small import at
    from tests.exchange.imports.town import ticket

    draw = random.Random(20260928)
    first = at("2026-06-01 08:00")
    for number in range(count):
        opened = first + timedelta(minutes=draw.randrange(60 * 24 * 100))
        due = opened + timedelta(days=draw.randrange(1, 10))
        closed = opened + timedelta(days=draw.random() * 12)
        yield ticket(
            f"GZ2026{number:07d}",
            派单时间=f"{opened:%Y-%m-%d %H:%M}",
            办理时限=f"{due:%Y-%m-%d %H:%M}",
            办结时间=f"{closed:%Y-%m-%d %H:%M}" if draw.random() < 0.85 else "",
            承办单位=draw.choice(BODIES),
            问题类别=draw.choice(CLASSES),
            诉求内容=f"测试反映第{number}号路灯不亮，影响通行，请尽快处理",
        )


def written(count: int) -> bytes:
    """Return the export as a file."""
    from tests.exchange.imports.town import HEADINGS

    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(HEADINGS))
    writer.writeheader()
    writer.writerows(rows(count))
    return stream.getvalue().encode()


def spent(act: Callable[[], object]) -> float:
    """Return the processor time of this process for an act."""
    began = time.process_time()
    act()
    return time.process_time() - began


def memory() -> float:
    """Return the most memory that the process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def through(small: Small, source: Source, data: bytes, told: Callable[[ImportRun], None]) -> tuple[float, float]:
    """Drop a file and take its rows; return what looking at it and taking it cost."""
    from jinli.exchange.models import ImportRun
    from jinli.exchange.services.dropping import choose_columns, drop_file, take_rows
    from jinli.exchange.services.working import work_once
    from tests.exchange.imports.town import COLUMNS

    acting = small.command
    run = drop_file(acting=acting, name="export.csv", chunks=[data], source=source)
    if run.state == ImportRun.State.DROPPED:
        run = choose_columns(acting=acting, run_id=run.pk, version=run.version, source=source, columns=COLUMNS)
    dry = spent(work_once)
    run.refresh_from_db()
    take_rows(acting=acting, run_id=run.pk, version=run.version, take="all")
    took = spent(lambda: work_once(told))
    run.refresh_from_db()
    assert run.state == ImportRun.State.DONE, run.error
    return dry, took


def floor() -> tuple[float, float, int]:
    """Return what executemany of the same rows costs in tables with the same indexes, that of the search, and how many.

    Into a file of its own, with the settings of the real one and transactions of the same number of cases.
    """
    from django.conf import settings
    from django.db import connection

    total = search = 0.0
    count = 0
    with tempfile.TemporaryDirectory() as home, connection.cursor() as cursor:
        bare = sqlite3.connect(Path(home) / "floor.sqlite3", isolation_level=None)
        bare.executescript(settings.DATABASES["default"]["OPTIONS"]["init_command"] + "PRAGMA foreign_keys=OFF;")
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
        for name, table, text in cursor.fetchall():
            if table in TABLES or (name == "cases_search_fts" and text.startswith("CREATE VIRTUAL")):
                bare.execute(text)
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} ORDER BY rowid")
            marks = ", ".join("?" * len(cursor.description))
            while held := cursor.fetchmany(CHUNK):
                began = time.process_time()
                bare.execute("BEGIN IMMEDIATE")
                bare.executemany(f"INSERT INTO {table} VALUES ({marks})", held)
                bare.execute("COMMIT")
                took = time.process_time() - began
                total += took
                search += took if table == "cases_searchrow" else 0.0
                count += len(held)
        bare.close()
    return total, search, count


def check() -> None:
    """Compare the figures by class and department with a count over the rows of the file."""
    from django.db.models import Count

    from jinli.cases.models import Case, Entry

    by_class = Counter(row["问题类别"] for row in rows(ROWS))
    by_body = Counter((row["承办单位"], bool(row["办结时间"])) for row in rows(ROWS))
    found = Case.objects.values_list("title").annotate(count=Count("id")).order_by()
    assert dict(found) == by_class, "classes"
    bodies: Counter[tuple[str, bool]] = Counter()
    for body, closed in Case.objects.values_list("handler_body__code", "closed_at"):
        bodies[str(body), closed is not None] += 1
    assert bodies == by_body, "departments"
    assert Entry.objects.count() == ROWS + sum(count for (_, closed), count in by_body.items() if closed)


def main() -> None:
    """Print the table."""
    small = prepare()
    from jinli.cases.models import Entry
    from jinli.cases.services.verifying import Finding, verify_town
    from jinli.town.moment import frozen_at
    from tests.cases.small import at
    from tests.exchange.imports.town import hotline

    held: dict[int, float] = {}

    def told(run: ImportRun) -> None:
        held[run.done] = memory()

    with frozen_at(at("2026-10-28 10:05")):
        source, data = hotline(small), written(ROWS)
        dry, took = through(small, source, data, told)
    check()
    entries = Entry.objects.count()
    bare, search, count = floor()
    with frozen_at(at("2026-10-28 11:05")):
        again_dry, again = through(small, source, data, lambda _: None)
    check()
    wrong = [one for one in islice(verify_town(small.town), VERIFIED // 200) if isinstance(one, Finding)]
    assert not wrong, wrong[:3]
    grown = held[ROWS] - held[SETTLED]
    print(f"### {ROWS:,} rows of another system, {entries:,} journal entries, SQLite (processor time of one core)\n")
    print("| what | figure |\n|---|---|")
    print(f"| taken, with clocks, journal and search | {entries / took:,.0f} entries a second (target {TARGET:,}) |")
    print(f"| the same, in rows | {ROWS / took:,.0f} rows a second, {took / ROWS * 1e6:.0f} µs a row |")
    print(f"| floor: executemany of the same {count:,} rows | {bare / ROWS * 1e6:.0f} µs a row of the file |")
    print(f"| of it the search row, with its index | {search / ROWS * 1e6:.0f} µs |")
    print(f"| looked at before (dry run) | {ROWS / dry:,.0f} rows a second |")
    print(f"| the same file again, unchanged: looked at | {ROWS / again_dry:,.0f} rows a second |")
    print(f"| the same file again, unchanged: taken | {ROWS / again:,.0f} rows a second |")
    print(f"| memory at {SETTLED:,} rows, and more at {ROWS:,} | {held[SETTLED]:.0f} MB, {grown:.1f} MB |")
    print("\nCounts by class, department and closed or open equal a count over the file;")
    print(f"`verify` finds nothing in the first {VERIFIED:,} cases.")


if __name__ == "__main__":
    main()
    sys.exit(0)

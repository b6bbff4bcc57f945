"""The engine: recording in bulk beside a bare insert of the same rows, and the tick in tables of two sizes."""

from __future__ import annotations

import statistics
import sys
import time
from datetime import datetime, timedelta

from tests.bench.town import fill, prepare

RECORD_TARGET = 1500
TICK_TARGET = 2.0
DUE = 100


def record() -> None:
    """Print entries a second on one core for whole whistles, and the bare insert of the same rows."""
    from django.db import connection, transaction

    from jinli.cases.models import Case, Clock, Entry
    from jinli.cases.services.bulk import record_many
    from tests.cases.test_journal import scripts

    count = 400
    began = time.process_time()
    recorded = list(record_many(town=SMALL.town, scripts=scripts(SMALL, count=count)))
    ours = time.process_time() - began
    entries = sum(chunk.entries for chunk in recorded)
    rows = 0
    floor = 0.0
    for model in (Case, Entry, Clock):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            held = cursor.fetchall()
            cursor.execute(f"CREATE TEMPORARY TABLE floor_{table} AS SELECT * FROM {table} WHERE 1 = 0")
            marks = ", ".join(["%s"] * len(held[0]))
            began = time.process_time()
            with transaction.atomic():
                cursor.executemany(f"INSERT INTO floor_{table} VALUES ({marks})", held)
            floor += time.process_time() - began
        rows += len(held)
    print("### Recording in bulk (whole whistles: journal, clocks, assignments, notices, search)\n")
    print("| what | figure |\n|---|---|")
    print(f"| entries a second of processor time | {entries / ours:,.0f} (target {RECORD_TARGET:,}) |")
    print(f"| entries, cases | {entries:,}, {count * 2:,} |")
    print(f"| floor: executemany of the same case, entry and clock rows | {rows / floor:,.0f} rows a second |\n")


def tick_cost(now: datetime) -> float:
    """Return the processor time of one tick with a hundred due clocks, the median of three."""
    from django.db import transaction

    from jinli.cases.models import TickRun
    from jinli.cases.services import tick

    costs = []
    for _ in range(3):
        with transaction.atomic():
            TickRun.objects.all().delete()
            began = time.process_time()
            touched = tick(now)
            costs.append(time.process_time() - began)
            assert touched == DUE, touched
            transaction.set_rollback(True)
    return statistics.median(costs)


def tick() -> None:
    """Print what a tick costs when a hundred of many open clocks are due."""
    from tests.cases.small import at
    from tests.cases.test_engine import opened

    start = at("2026-09-24 09:00")
    for _ in range(DUE):
        opened(SMALL, "2026-09-24 09:00")
    costs = []
    begin = 0
    for total in (1_000, 100_000):
        fill(SMALL, total - begin, begin=begin, due=start + timedelta(hours=2))
        begin = total
        costs.append((total, tick_cost(start + timedelta(minutes=30))))
    print(f"### The tick with {DUE} clocks due\n")
    print("| open clocks | CPU ms | a due clock |\n|---|---|---|")
    for total, cost in costs:
        print(f"| {total:,} | {cost * 1000:.1f} | {cost / DUE * 1000:.2f} ms |")
    print(f"\nRatio {costs[1][1] / costs[0][1]:.2f} (target at most {TICK_TARGET}).")


if __name__ == "__main__":
    SMALL = prepare()
    record()
    tick()
    sys.exit(0)

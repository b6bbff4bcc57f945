"""The queue page with a thousand and with a hundred thousand open cases: statements, plan, processor time."""

from __future__ import annotations

import statistics
import sys
import time
from typing import Any

from tests.bench.town import fill, prepare

ROUNDS = 15
TARGET = 1.5


def look(client: Any) -> tuple[float, int, list[str]]:
    """Return the median processor time of the page in ms, how many rows it shows, and its statements."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    costs = []
    for _ in range(ROUNDS):
        began = time.process_time()
        answer = client.get("/queue/")
        costs.append((time.process_time() - began) * 1000)
        assert answer.status_code == 200
    with CaptureQueriesContext(connection) as caught:
        client.get("/queue/")
    statements = [one["sql"] for one in caught.captured_queries if one["sql"].startswith("SELECT")]
    return statistics.median(costs), answer.content.count(b'<tr class="row'), statements


def scans(statements: list[str]) -> list[str]:
    """Return the steps of the plans that read a whole table of cases or clocks."""
    from django.db import connection

    found = []
    with connection.cursor() as cursor:
        for statement in statements:
            if '"cases_' not in statement:
                continue
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            steps = [row[3] for row in cursor.fetchall()]
            found += [
                step for step in steps if step.startswith(("SCAN cases_", "SCAN U", "SCAN V")) and "INDEX" not in step
            ]
    return found


def floor(body: int, town: int) -> float:
    """Return the median time in ms of the bare statement: fifty clocks of one body by due moment."""
    from django.db import connection

    costs = []
    with connection.cursor() as cursor:
        for _ in range(ROUNDS):
            began = time.process_time()
            cursor.execute(
                "SELECT * FROM cases_clock WHERE owed_by_id = %s AND town_id = %s"
                " AND state IN ('running', 'paused') ORDER BY due_at LIMIT 50",
                [body, town],
            )
            cursor.fetchall()
            costs.append((time.process_time() - began) * 1000)
    return statistics.median(costs)


def main() -> int:
    """Print the table; 1 when a statement or a scan depends on the number of rows."""
    small = prepare()
    from django.test import Client

    from jinli.town.models import Appointment, Duty
    from tests.cases.small import at
    from tests.cases.test_engine import opened

    command = small.organisations["command"]
    Appointment.objects.create(
        person=small.people["command"], duty=Duty.objects.get(organisation=command), in_name_of=command
    )
    client = Client()
    client.force_login(small.people["command"], backend="django.contrib.auth.backends.ModelBackend")
    opened(small, "2026-09-24 09:00")
    rows = []
    begin = 0
    for total in (1_000, 100_000):
        fill(small, total - begin, begin=begin, due=at("2026-11-01 08:30"))
        begin = total
        look(client)
        cost, shown, statements = look(client)
        rows.append((total, cost, len(statements), scans(statements), floor(command.pk, small.town.pk), shown))
    print("### The queue page\n")
    print(
        "| open cases | rows on the page | CPU ms | SELECTs | whole-table scans | floor: the bare statement, ms |\n"
        "|---|---|---|---|---|---|"
    )
    for total, cost, count, scanned, bare, shown in rows:
        print(f"| {total:,} | {shown} | {cost:.1f} | {count} | {len(scanned)} | {bare:.2f} |")
    print(f"\nRatio {rows[1][1] / rows[0][1]:.2f} (target at most {TARGET}).")
    return int(rows[0][2] != rows[1][2] or bool(rows[1][3]))


if __name__ == "__main__":
    sys.exit(main())

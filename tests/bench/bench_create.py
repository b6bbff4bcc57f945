"""What one report over HTTP costs on PostgreSQL: application and database, beside a bare insert of the same rows.

Validated, routed to its town, with clocks, journal and search row, durable (synchronous_commit=on), through the whole
WSGI stack but the socket. Processor time of this process and of its database backend.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

WARM, COUNTED = 50, 500
TARGET = 12.0
TABLES = (
    "cases_case", "cases_entry", "cases_entrypayload", "cases_clock", "cases_searchrow", "cases_requestkey",
    "town_party", "town_partyfact",
)  # fmt: skip
ROOT = Path(__file__).resolve().parents[2]


def backend_seconds(pid: int) -> float:
    """Return the processor time a database backend has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def create(client: Any, number: int) -> None:
    """Post one report as a resident does."""
    answer = client.post(
        "/t/441204115/report/",
        {
            "text": f"东围村三队祠堂前的井盖不见了（{number}）",
            "way": "address",
            "village": "441204115222",
            "address": "三队祠堂前",
            "telephone": "13800000426",
            "key": f"bench-{number:08d}-0000000000000000",
        },
        REMOTE_ADDR=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
    )
    assert answer.status_code == 302, answer.content.decode()[-2000:]


def floor(cursor: Any, pid: int) -> float:
    """Return the milliseconds of a bare transaction that inserts the rows of one report."""
    held = {}
    for table in TABLES:
        cursor.execute(f"CREATE TABLE floor_{table} (LIKE {table})")
        cursor.execute(f"SELECT * FROM {table} LIMIT {COUNTED}")
        names = [column.name for column in cursor.description]
        cast = {"limit", "pauses", "extensions"}
        held[table] = [
            [json.dumps(v) if names[i] in cast else v for i, v in enumerate(row)] for row in cursor.fetchall()
        ]
    before = time.process_time(), backend_seconds(pid)
    for number in range(COUNTED):
        cursor.execute("BEGIN")
        for table, rows in held.items():
            row = rows[number % len(rows)]
            cursor.execute(f"INSERT INTO floor_{table} VALUES ({', '.join(['%s'] * len(row))})", row)
        cursor.execute("COMMIT")
    return (time.process_time() - before[0] + backend_seconds(pid) - before[1]) / COUNTED * 1000


def measure() -> None:
    """Print the table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinli.site.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from jinli.site.packing import load_folder
    from tests.counting import messages_of, statements_of

    call_command("migrate", verbosity=0)
    load_folder(ROOT / "packs" / "jinli", [ROOT / "packs" / "jinli" / "demo"])
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        durable = cursor.fetchone()
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    client = Client()
    for number in range(WARM):
        create(client, number)
    costs = []
    database = backend_seconds(pid)
    for number in range(WARM, WARM + COUNTED):
        began = time.process_time()
        create(client, number)
        costs.append((time.process_time() - began) * 1000)
    database = (backend_seconds(pid) - database) / COUNTED * 1000
    with CaptureQueriesContext(connection) as caught:
        create(client, WARM + COUNTED)
    words = [sql.split()[0].upper() for sql in statements_of(caught)]
    counted = {word: words.count(word) for word in ("SELECT", "INSERT", "UPDATE", "DELETE")}
    with connection.cursor() as cursor:
        bare = floor(cursor, pid)
    ours = statistics.median(costs)
    print(f"### A report over HTTP on PostgreSQL (synchronous_commit={durable[0]}, median of {COUNTED} warm)\n")
    print("| what | CPU ms |\n|---|---|")
    print(f"| application | {ours:.2f} |")
    print(f"| database backend | {database:.2f} |")
    print(f"| together | {ours + database:.2f} (target {TARGET:.0f}) |")
    print(f"| floor: bare insert of the same rows, both together | {bare:.2f} |\n")
    print(f"Statements: {counted}, sent in {messages_of(caught)} messages.")


if __name__ == "__main__":
    if not os.environ.get("DATABASE_URL"):
        command = [sys.executable, str(ROOT / "tests/postgres_server.py"), "--durable", sys.executable, __file__]
        sys.exit(subprocess.run(command, check=False).returncode)
    measure()

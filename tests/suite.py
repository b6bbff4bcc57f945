"""Run the tests as `make test` and `.ci/run` do: all on SQLite, and beside them those of the database on PostgreSQL.

Each of the two passes is one process while two of them fill the machine: a process more would read the code, collect
the tests and make a database once more. With more cores each pass takes its half. What the pass on PostgreSQL says is
shown when the one on SQLite has ended.

The journeys in Chromium and the long proofs take minutes: `.ci/run` runs them too, at a desk they are `make journeys`
and `make proof`. What a machine cannot run is said aloud before the first test. Under `CI=true` it is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import IO

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.postgres_server import binaries, server

ROOT = Path(__file__).resolve().parent.parent
JOURNEYS = "browser or proof"


def chromium() -> str | None:
    """Return the path of the browser that the journeys drive."""
    return next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )


def missing() -> list[str]:
    """Return what this machine lacks, each with what is not run for it and how to get it."""
    lacks = []
    if binaries() is None:
        lacks.append("NOT RUN: the database tests on PostgreSQL, which is not here; on Debian: apt install postgresql")
    if chromium() is None:
        lacks.append("NOT RUN: journeys in Chromium, which is not here; on Debian: apt install chromium fonts-noto-cjk")
    return lacks


def workers() -> list[str]:
    """Return how a pass spreads over its half of the machine."""
    half = min((os.cpu_count() or 1) // 2, 4)
    return ["-n", str(half), "--dist", "loadgroup"] if half > 1 else []


def start(marks: str, *, url: str = "", said: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
    """Start pytest on the chosen marks; `said` takes what it says. Nothing collected counts as a failure."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if environment.pop("PYTHONDONTWRITEBYTECODE", ""):  # no bytecode beside the source, but none of it compiled twice
        environment.setdefault("PYTHONPYCACHEPREFIX", str(Path(sys.prefix) / ".pycache"))
    if url:
        environment["DATABASE_URL"] = url
    command = [sys.executable, "-m", "pytest", "-m", marks]
    if marks != JOURNEYS:  # the journeys share one server and one browser, and the last one asks what all have seen
        command += workers()
    command += sys.argv[1:]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT if said else None)


def both(without: str) -> list[int]:
    """Run the pass on PostgreSQL, where there is one, beside the pass on SQLite; return their exit codes."""
    with tempfile.TemporaryFile() as said, ExitStack() as stack:
        beside = None
        if binaries() is not None:
            url = stack.enter_context(server())
            beside = start(f"(database or postgres){without}", url=url, said=said)
        print("On SQLite:", flush=True)
        codes = [start(f"not postgres{without}").wait()]
        if beside is not None:
            codes.append(beside.wait())
            said.seek(0)
            print("On PostgreSQL:", flush=True)
            print(said.read().decode(errors="replace"), end="", flush=True)
        return codes


def main() -> int:
    """Run the passes; return the first failure."""
    lacks, thorough = missing(), os.environ.get("CI") == "true"
    for one in lacks:
        print(one, flush=True)
    if lacks and thorough:
        print("Under CI=true that is a failure.", flush=True)
        return 1
    print(f"Properties are tried with {'many' if thorough else 'few'} examples; CI=true tries many.", flush=True)
    without = " and not bench and not proof and not browser"
    codes = []
    if thorough:
        print("The journeys in Chromium and the long proofs:", flush=True)
        codes.append(start(JOURNEYS).wait())
    codes += both(without)
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main())

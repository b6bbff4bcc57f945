"""Run the tests as `make test` and `.ci/run` do: all on SQLite, then those of the database again on PostgreSQL.

The journeys in Chromium and the long proofs take minutes: `.ci/run` runs them too, at a desk they are `make journeys`
and `make proof`. What a machine cannot run is said aloud before the first test. Under `CI=true` it is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

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


def pytest(marks: str, *, url: str = "") -> int:
    """Run pytest on the chosen marks and return its exit code; nothing collected counts as a failure."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if url:
        environment["DATABASE_URL"] = url
    command = [sys.executable, "-m", "pytest", "-m", marks]
    if marks != JOURNEYS:  # the journeys share one server and one browser, and the last one asks what all have seen
        command += ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadgroup"]
    command += sys.argv[1:]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def main() -> int:
    """Run the passes; return the first failure."""
    lacks, thorough = missing(), os.environ.get("CI") == "true"
    for one in lacks:
        print(one, flush=True)
    if lacks and thorough:
        print("Under CI=true that is a failure.", flush=True)
        return 1
    without = " and not bench and not proof and not browser"
    codes = []
    if thorough:
        print("The journeys in Chromium and the long proofs:", flush=True)
        codes.append(pytest(JOURNEYS))
    print("On SQLite:", flush=True)
    codes.append(pytest(f"not postgres{without}"))
    if binaries() is not None:
        print("On PostgreSQL:", flush=True)
        with server() as url:
            codes.append(pytest(f"(database or postgres){without}", url=url))
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main())

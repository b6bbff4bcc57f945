"""A town that really runs: server, clocks, work on files, a file database, and a clock that a story moves."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from jinli.site.children import Children, answers

ROOT = Path(__file__).resolve().parent.parent.parent
ZONE = "+08:00"
START_WITHIN = 120.0  # seconds, on a machine that does other things too


class Town:
    """A prepared home, and while inside `running` the address at which its pages are answered."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.clock = home / "clock"
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self.address = f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Return what every process of the town is told."""
        inherited = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "JINLI_PACK")}
        return inherited | {
            "JINLI_HOME": str(self.home),
            "JINLI_CLOCK": str(self.clock),
            "DJANGO_SETTINGS_MODULE": "tests.browser.telling_settings",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        }

    def set_clock(self, moment: str) -> None:
        """Move the town to a moment on its own clock, `2026-09-24 17:50`."""
        fresh = self.clock.with_suffix(".new")
        fresh.write_text(moment.replace(" ", "T") + ZONE, encoding="utf-8")
        fresh.replace(self.clock)  # never half written for a reader

    def command(self, *arguments: str) -> str:
        """Run a Python module or file inside the town and return what it said."""
        done = subprocess.run(
            [sys.executable, *arguments], env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @property
    def password(self) -> str:
        """Return the password that the demonstration accounts share."""
        return (self.home / "demo_accounts.txt").read_text(encoding="utf-8").split("\t")[1]

    @contextmanager
    def running(self) -> Iterator[Town]:
        """Serve the pages, watch the clocks and work on dropped files while inside the block."""
        children = Children(environment=self.environment)
        options = (
            f"--interface wsgi --host 127.0.0.1 --port {self.port} --workers 1 --blocking-threads 4 --no-ws "
            "--log-level error --workers-kill-timeout 2s"
        )
        with tempfile.TemporaryDirectory() as warm:
            children.start(
                "server", ["granian", *options.split(), "jinli.site.wsgi:application"], JINLI_WARM_WORKERS=warm
            )
            children.start("tick", ["jinli.site.cli", "tick", "--loop", "--every", "1"])
            children.start("work", ["jinli.site.cli", "work", "--loop", "--every", "0.2"])
            try:
                deadline = time.monotonic() + START_WITHIN
                while not os.listdir(warm) or not answers(self.address):
                    assert "server" not in children.ended(), "the server ended by itself"
                    assert time.monotonic() < deadline, "the server did not answer"
                    time.sleep(0.05)
                yield self
            finally:
                children.end()

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read the database file of the town."""
        with closing(sqlite3.connect(f"file:{self.home / 'jinli.sqlite3'}?mode=ro", uri=True)) as database:
            return database.execute(statement, values).fetchall()

    def case(self, number: str) -> str:
        """Return the address of the page of a case."""
        [(key,)] = self.rows("select id from cases_case where number = ?", number)
        return f"/cases/{UUID(key)}/"

    def journal(self, number: str) -> list[str]:
        """Return the moves that the journal keeps of a case, in order."""
        statement = (
            "select e.move from cases_entry e join cases_case c on c.id = e.case_id where c.number = ? order by e.seq"
        )
        return [str(move) for (move,) in self.rows(statement, number)]


def prepared(home: Path, *, moment: str, cases: int = 0) -> Town:
    """Return a town made from nothing in an empty folder."""
    (home / "static").mkdir()
    town = Town(home)
    town.set_clock(moment)
    town.command(str(Path(__file__).with_name("prepare_town.py")), str(cases), moment[:10])
    return town

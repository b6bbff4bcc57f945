"""`jinli run` makes a town from nothing, keeps it the second time, and leaves no process behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

_WAIT = 60.0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


class Town:
    """A running town: its home, its address once printed, and everything it said."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = _free_port()
        self.said = ""
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"JINLI_HOME": str(home), "PORT": str(self.port), "LANG": "en_GB.UTF-8"}
        began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jinli.site.cli", "run"],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if line.startswith("Open "):
                break
        self.seconds = time.monotonic() - began

    def get(self) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=10) as answer:
            return int(answer.status)

    def processes(self) -> list[int]:
        """Return every living process of the town's session."""
        listed = subprocess.run(["ps", "-o", "pid=,stat=", "-s", str(self.process.pid)], capture_output=True, text=True)
        rows = [line.split() for line in listed.stdout.splitlines()]
        return [int(pid) for pid, state in rows if not state.startswith("Z")]

    def end(self, how: signal.Signals) -> int:
        """End the command, wait for all of its processes, and return its exit code."""
        self.process.send_signal(how)
        deadline = time.monotonic() + _WAIT
        code = self.process.wait(timeout=_WAIT)
        while self.processes() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert self.process.stdout is not None
        self.said += self.process.stdout.read()
        self.process.stdout.close()
        return code


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    return home


def _refused_run(home: Path, port: int) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "jinli.site.cli", "run", "--port", str(port)],
        env={**os.environ, "JINLI_HOME": str(home), "LANG": "en_GB.UTF-8"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    return done.stderr.strip()


def test_a_town_starts_from_nothing_ends_cleanly_keeps_its_data_and_leaves_no_process(home: Path) -> None:
    town = Town(home)
    try:
        assert f"Open http://127.0.0.1:{town.port}/" in town.said, town.said
        assert town.get() == 200
        assert len(town.processes()) >= 4, "the command, the server, its workers and the watch over the clocks"
        assert "A run command already works on the data" in _refused_run(home, _free_port())
    finally:
        code = town.end(signal.SIGTERM)
    assert (code, town.processes()) == (0, [])
    assert re.search(r"^  command +\S+  ", town.said, flags=re.MULTILINE)
    for name in ("demo_accounts.txt", "jinli.sqlite3", "secret_key"):
        assert stat.S_IMODE((home / name).stat().st_mode) == 0o600
    passwords = (home / "demo_accounts.txt").read_bytes()

    again = Town(home)
    again.get()
    again.end(signal.SIGKILL)
    assert again.processes() == [], "nothing outlives a command that is killed outright"
    assert (home / "demo_accounts.txt").read_bytes() == passwords


def test_a_port_that_is_taken_is_named(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = _refused_run(home, port)
    assert said == f"Not done: Port {port} is taken. Take another: PORT=8001 make run."

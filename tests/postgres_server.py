"""Run a command beside a private PostgreSQL: `python tests/postgres_server.py [--durable] COMMAND ...`.

The server lives in a temporary folder, listens on a unix socket there and nowhere else, speaks UTF-8 under C.UTF-8,
and ends with the command. `DATABASE_URL` tells the command where it is. Without `--durable` it does not wait for the
disk, which is right for tests and wrong for measures. `--present` only says whether there is a PostgreSQL here.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1


def binaries() -> Path | None:
    """Return the folder that holds `initdb` and `postgres`, the newest first, or nothing."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parent.name), reverse=True)
    on_path = [Path(one) for one in os.environ.get("PATH", "").split(os.pathsep) if one]
    for folder in [*debian, Path("/usr/local/bin"), *on_path]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    return None


def _owner() -> dict[str, Any]:
    """Return who the server runs as: PostgreSQL refuses root, so root hands over to `postgres` or `nobody`."""
    if os.geteuid() != 0:
        return {}
    names = {one.pw_name: one for one in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _end_with_parent() -> None:
    """Have the kernel stop the server when this process is killed outright."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """Start a server, yield its DATABASE_URL, and stop it.

    Raises RuntimeError when no PostgreSQL is installed or it does not come up within 30 seconds.
    """
    folder = binaries()
    if folder is None:
        raise RuntimeError("no PostgreSQL here; on Debian and Ubuntu: apt install postgresql")
    home = Path(tempfile.mkdtemp(prefix="jinli-pg-", dir="/tmp"))  # a socket's path has 107 bytes at most
    owner = _owner()
    if owner:
        os.chown(home, owner["user"], owner["group"])
    data, log = home / "data", home / "log"
    try:
        subprocess.run(
            [folder / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
            check=True, capture_output=True, cwd=home, **owner,
        )  # fmt: skip
        settings = {"listen_addresses": "", "unix_socket_directories": str(home), "max_connections": "60"}
        if not durable:
            # Tests undo their rows: statistics taken in between are of empty tables, and lead to plans for those.
            settings |= {"fsync": "off", "full_page_writes": "off", "autovacuum": "off", "jit": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with log.open("wb") as out:
            process = subprocess.Popen(
                [folder / "postgres", "-D", data, *options],
                stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=home, preexec_fn=_end_with_parent, **owner,
            )  # fmt: skip
        try:
            _wait(folder, home, process, log)
            yield f"postgresql://postgres@/postgres?host={home}"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _wait(folder: Path, home: Path, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        if subprocess.run([folder / "pg_isready", "-q", "-h", home], check=False).returncode == 0:
            return
        time.sleep(0.05)
    raise RuntimeError("PostgreSQL did not come up:\n" + log.read_text(encoding="utf-8", errors="replace"))


def main(argv: Sequence[str]) -> int:
    """Run the command of the command line beside a server; return its exit code."""
    if argv == ["--present"]:
        return 0 if binaries() else 1
    durable = argv[:1] == ["--durable"]
    command = list(argv[1:] if durable else argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server(durable=durable) as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

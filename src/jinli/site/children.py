"""Child processes that live and die together."""

from __future__ import annotations

import ctypes
import fcntl
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from jinli.domain.errors import RefusedError

_PR_SET_PDEATHSIG = 1
_GRACE = 10.0  # seconds a child has to finish what it does


def _end_with_parent() -> None:
    """Have the kernel end the child when its parent is killed outright; nothing outlives the town."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Children:
    """The children of one command: started by name, watched, ended together."""

    def __init__(self, *, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, arguments: Sequence[str], **more: str) -> None:
        """Start `python -m <arguments>` in the process group of this one, with `more` in its environment."""
        self._running[name] = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            env={**self._environment, **more},
            stdin=subprocess.DEVNULL,
            preexec_fn=_end_with_parent,
        )

    def ended(self) -> dict[str, int]:
        """Return name -> exit code of those that ended since the last call."""
        over = {name: child.returncode for name, child in self._running.items() if child.poll() is not None}
        for name in over:
            del self._running[name]
        return over

    def end(self) -> None:
        """End every child: ask first, wait, then insist."""
        for child in self._running.values():
            child.terminate()
        deadline = time.monotonic() + _GRACE
        for child in self._running.values():
            try:
                child.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self._running.clear()


@contextmanager
def held(path: Path, *, code: str) -> Iterator[None]:
    """Hold a file's lock for the length of the block.

    Raises RefusedError with `code` when another process holds it.
    """
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RefusedError(code, home=str(path.parent)) from None
        yield


def require_free(host: str, port: int) -> None:
    """Raise RefusedError when something already listens on the port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((host, port))
        except OSError:
            raise RefusedError("site.run.port_taken", port=port) from None


def answers(address: str) -> bool:
    """Return whether the address answers at all; a page of refusal is an answer too."""
    try:
        with urllib.request.urlopen(address, timeout=30):  # noqa: S310 - our own address
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False

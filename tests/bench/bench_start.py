"""How long from the command to the first page: the first time, from an empty folder, and the second time.

The floor beside it: starting Python and loading Django with all rooms.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.site.test_run import Town


def main() -> None:
    """Print the figures as rows of a table."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", "from jinli.site.cli import prepare; prepare()"], check=True, env=os.environ)
    floor = time.monotonic() - began
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir(mode=0o700)
        seconds = []
        for _ in range(2):
            town = Town(home)
            seconds.append(town.seconds)
            town.get()
            town.end(signal.SIGTERM)
    print("### From the command to the first page, environment installed\n")
    print("| start | seconds |\n|---|---|")
    for name, value in zip(
        ("first, from nothing", "second", "floor: loading Django alone"), (*seconds, floor), strict=True
    ):
        print(f"| {name} | {value:.1f} |")


if __name__ == "__main__":
    sys.exit(main())

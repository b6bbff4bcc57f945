"""Run every measure and write docs/figures.md: each prints its own table, beside a floor from the same run."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ROOT / "docs" / "figures.md"


def _machine() -> str:
    """Return what the figures were measured on, in one line."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    return (
        f"{os.cpu_count()} cores of {model}, {platform.system()} {platform.release()}, Python {sys.version.split()[0]}"
    )


def main() -> int:
    """Run the measures one after another; a failing one is said, and the others still run."""
    wanted = sys.argv[1:]
    sections, failed = [], []
    for file in sorted(Path(__file__).parent.glob("bench_*.py")):
        if wanted and file.stem not in wanted:
            continue
        print(f"{file.stem} ...", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory() as home:
            environment = {**os.environ, "JINLI_HOME": home, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
            command = [sys.executable, str(file)]
            done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            failed.append(file.stem)
        print(done.stdout)
        sections.append(f"## {file.stem.removeprefix('bench_').replace('_', ' ')}\n\n{done.stdout.strip()}\n")
    if not wanted and not failed:
        day = subprocess.run(["date", "+%Y-%m-%d"], capture_output=True, text=True, check=True).stdout.strip()
        head = f"# Figures\n\nWritten by `make bench` on {day}. {_machine()}.\n"
        FIGURES.write_text("\n".join([head, *sections]), encoding="utf-8")
    for name in failed:
        print(f"{name} did not finish", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

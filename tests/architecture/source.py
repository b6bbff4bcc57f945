"""What the tests of the house read: the rooms, their order, and the source as trees."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "jinli"

# From the lowest room upwards; rooms on one floor do not know each other.
FLOORS = (("domain",), ("ui", "packs"), ("town",), ("cases",), ("lines",), ("exchange",), ("site",))


def rooms() -> list[Path]:
    """Return the folder of every room; each line is a room of its own."""
    found = [SOURCE / name for floor in FLOORS for name in floor if name != "lines" and (SOURCE / name).is_dir()]
    return found + [one for one in sorted((SOURCE / "lines").iterdir()) if (one / "__init__.py").exists()]


def name_of(room: Path) -> str:
    """Return the name of a room as its templates, addresses and tables carry it: `town`, or `grid` for a line."""
    return room.name


def floor_of(name: str) -> int | None:
    """Return how high a room lies, or nothing for a name that is no room."""
    if (SOURCE / "lines" / name).is_dir():
        name = "lines"
    return next((height for height, floor in enumerate(FLOORS) if name in floor), None)


def may_name(room: str, other: str) -> bool:
    """Return whether a room may name something of another: itself and what lies below it."""
    here, there = floor_of(room), floor_of(other)
    assert here is not None
    return there is None or room == other or there < here


def python_files(room: Path, *, migrations: bool = False) -> Iterator[Path]:
    """Yield the room's Python files."""
    for path in sorted(room.rglob("*.py")):
        if migrations or "migrations" not in path.relative_to(room).parts:
            yield path


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Return every node of a file's syntax tree; most rules of the house look at all of them."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))))


def where(path: Path, node: ast.AST) -> str:
    """Return file and line as an editor understands them."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return every text file of the repository, by git where there is one."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, text=True, check=False
    ).stdout.split("\0")
    paths = [ROOT / name for name in listed if name]
    skipped = {".venv", ".git", "var", "node_modules"}
    if not paths:
        paths = [one for one in ROOT.rglob("*") if not skipped & set(one.relative_to(ROOT).parts)]
    return tuple(one for one in paths if one.is_file() and b"\0" not in one.read_bytes()[:4096])

"""Tests hold the clock in one way: a module imported while the function is replaced would keep the replacement."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parents[1]
REPLACED = re.compile(r"""setattr\(\s*(moment,\s*["']now|["'][\w.]*\.now["'])""")


def test_no_test_replaces_the_clock_instead_of_holding_it() -> None:
    found = [path.name for path in HERE.rglob("*.py") if REPLACED.search(path.read_text(encoding="utf-8"))]
    assert found == [], "hold the clock with `frozen_at`"

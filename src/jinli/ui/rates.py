"""Percentages as they are written: one decimal, never without their two counts."""

from __future__ import annotations


def percent_text(kept: int, total: int) -> str:
    """Return `89.2%`, rounded half up in whole numbers; 100.0 % and 0.0 % only when it is exactly so.

    Raises ValueError when there is nothing to divide by or more kept than there are.
    """
    if total <= 0 or not 0 <= kept <= total:
        raise ValueError(f"no rate of {kept} in {total}")
    tenths = (kept * 2000 + total) // (2 * total)
    if kept < total:
        tenths = min(tenths, 999)
    if kept > 0:
        tenths = max(tenths, 1)
    return f"{tenths // 10}.{tenths % 10}%"

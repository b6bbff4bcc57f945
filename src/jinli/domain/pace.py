"""Whose time a matter took: the applicant's or the authority's.

A matter passes through stages. While it waits for the applicant, or while its clock stands still for a special
procedure (Licensing Law art. 45), the time is not the authority's; all the rest is. Counted is time as it passes, day
and night, also on rest days, since that is what the applicant waits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, kw_only=True)
class Taken:
    """How long one matter took: waiting for the applicant, standing still by art. 45, and with the authority."""

    applicant: timedelta
    special: timedelta
    authority: timedelta

    @property
    def whole(self) -> timedelta:
        """Return all of it, from receipt to end."""
        return self.applicant + self.special + self.authority


def taken(
    stages: Sequence[tuple[datetime, str]], *, waiting: Collection[str], special: Collection[str], ended: datetime
) -> Taken:
    """Return whose time a matter took.

    `stages` names each stage with the moment from which it held, in order; `waiting` are those that wait for the
    applicant, `special` those in which the clock stands still. Raises ValueError for moments out of order.
    """
    sums = {"applicant": timedelta(), "special": timedelta(), "authority": timedelta()}
    following = [at for at, _ in stages[1:]] + [ended]
    for (begun, stage), over in zip(stages, following, strict=True):
        if over < begun:
            raise ValueError(f"{stage}: {over} before {begun}")
        whose = "applicant" if stage in waiting else "special" if stage in special else "authority"
        sums[whose] += over - begun
    return Taken(**sums)


def median(spans: Iterable[timedelta]) -> timedelta | None:
    """Return the middle of some spans, of two middle ones the mean; None for none."""
    held = sorted(spans)
    if not held:
        return None
    middle = len(held) // 2
    return held[middle] if len(held) % 2 else (held[middle - 1] + held[middle]) / 2

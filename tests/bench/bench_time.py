"""How long one due moment takes, beside the floor: the same answer from a sorted list of working days by bisect."""

from __future__ import annotations

import random
import sys
import time
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from jinli.domain.deadlines import Pause, due_at
from jinli.domain.explanation import explain
from jinli.domain.limits import TimeLimit, Unit
from jinli.site.standard_calendar import standard_calendar

CALENDAR = standard_calendar()
ZONE = ZoneInfo("Asia/Shanghai")
TARGET = 5.0
"""Microseconds for a plain limit in working days."""
Asked = Sequence[tuple[datetime, TimeLimit]]


def questions(unit: Unit, largest: int, count: int) -> Asked:
    """Return so many starts of 2022-2026 with limits of 1 to the largest amount; always the same ones."""
    chosen = random.Random(20260924)
    first = datetime(2022, 1, 1, tzinfo=ZONE)
    limits = [TimeLimit(amount=amount, unit=unit) for amount in range(1, largest + 1)]
    return [(first + timedelta(minutes=chosen.randrange(1800 * 1440)), chosen.choice(limits)) for _ in range(count)]


def microseconds(ask: Callable[[datetime, TimeLimit], object], asked: Asked, *, rounds: int = 5) -> float:
    """Return the processor time of one answer, the best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        for start, limit in asked:
            ask(start, limit)
        best = min(best, time.process_time() - began)
    return best / len(asked) * 1e6


def floor(asked: Asked) -> Callable[[datetime, TimeLimit], object]:
    """Return the barest way to the last day: one bisect in a list made beforehand; it agrees with `due_at`."""
    first = datetime(2021, 1, 1, tzinfo=ZONE).toordinal()
    days = [day for day in range(first, first + 3650) if CALENDAR.count_working(day - 1, day)]

    def last_day(start: datetime, limit: TimeLimit) -> int:
        return days[bisect_right(days, start.toordinal()) + limit.amount - 1]

    for start, limit in asked[:2000]:
        last = due_at(start, limit, CALENDAR).last_day
        if start.time() != datetime.min.time():  # the floor does not know that 00:00 belongs to the day before
            assert last is not None
            assert last_day(start, limit) == last.toordinal()
    return last_day


def paused(start: datetime, limit: TimeLimit) -> object:
    """Answer with one pause of ten days."""
    began = start + timedelta(days=2)
    pause = Pause(
        kind="art45",
        began_at=began,
        ended_at=began + timedelta(days=10),
        notice_at=began,
        until=None,
        article="art. 45",
    )
    return due_at(start, limit, CALENDAR, (pause,))


def main() -> None:
    """Print the figures as rows of a table. Raises AssertionError when a plain limit takes longer than the target."""
    days = questions(Unit.WORKING_DAY, 90, 50_000)
    few = questions(Unit.WORKING_DAY, 90, 2_000)
    plain = microseconds(lambda start, limit: due_at(start, limit, CALENDAR), days)
    bare = microseconds(floor(days), days)
    print("### One due moment, starts of 2022-2026\n")
    print("| answer | microseconds |\n|---|---|")
    print(f"| floor: one bisect in a list made beforehand, the day alone | {bare:.2f} |")
    print(f"| due_at, 1-90 working days (target {TARGET:.0f}) | {plain:.2f} |")
    rows: list[tuple[str, Callable[[datetime, TimeLimit], object], Asked]] = [
        (
            "due_at, 1-60 calendar days",
            lambda start, limit: due_at(start, limit, CALENDAR),
            questions(Unit.CALENDAR_DAY, 60, 20_000),
        ),
        (
            "due_at, 1-40 working hours",
            lambda start, limit: due_at(start, limit, CALENDAR),
            questions(Unit.WORKING_HOUR, 40, 5_000),
        ),
        ("due_at, 1-90 working days with one pause", paused, few),
        ("explain, 1-90 working days", lambda start, limit: explain(start, limit, CALENDAR), few),
    ]
    for name, ask, asked in rows:
        print(f"| {name} | {microseconds(ask, asked, rounds=3):.2f} |")
    assert plain <= TARGET, f"{plain:.2f} microseconds"


if __name__ == "__main__":
    sys.exit(main())

"""Legal time agrees with two counts that share no code with it, for every start day of 2022-2026 and limits of 1-90."""

from __future__ import annotations

import json
import warnings
from datetime import date, datetime, timedelta
from functools import cache

import pytest

from jinli.domain.calendar import WorkCalendar
from jinli.domain.deadlines import due_at
from jinli.domain.limits import TimeLimit
from tests.domain.time.calendars import FILES, SHANGHAI, limit, town_calendar

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import chinese_calendar

LONGEST = 90
STARTS = [date(2022, 1, 1) + timedelta(days=number) for number in range((date(2027, 1, 1) - date(2022, 1, 1)).days)]


@cache
def is_worked_by_the_files(day: date) -> bool:
    """Read the published days again, without the calendar."""
    return _files().get(day.isoformat(), day.weekday() < 5)


@cache
def _files() -> dict[str, bool]:
    found = {}
    for year in range(2022, 2028):
        for item in json.loads((FILES / f"{year}.json").read_text(encoding="utf-8"))["days"]:
            found[item["date"]] = not item["isOffDay"]
    return found


def walk(start: date, is_worked: object) -> list[date]:
    """Walk day by day from the day after the start and note each worked day until the longest limit is reached."""
    found: list[date] = []
    day = start
    while len(found) < LONGEST:
        day += timedelta(days=1)
        if is_worked(day):  # type: ignore[operator]
            found.append(day)
    return found


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    return town_calendar()


@pytest.fixture(scope="module")
def limits() -> list[TimeLimit]:
    return [limit(amount, "working_day") for amount in range(1, LONGEST + 1)]


def test_every_limit_of_every_start_day_is_the_day_a_walk_through_the_published_days_finds(
    calendar: WorkCalendar, limits: list[TimeLimit]
) -> None:
    for start in STARTS:
        moment = datetime(start.year, start.month, start.day, 10, 30, tzinfo=SHANGHAI)
        expected = walk(start, is_worked_by_the_files)
        assert [due_at(moment, one, calendar).last_day for one in limits] == expected, start


def test_the_calendar_agrees_with_the_chinesecalendar_library_on_every_day_it_knows(calendar: WorkCalendar) -> None:
    days = [day for day in STARTS if day.year <= 2026]
    differing = [day for day in days if calendar.is_working(day) != chinese_calendar.is_workday(day)]
    assert differing == []


def test_every_limit_that_ends_before_2027_agrees_with_the_chinesecalendar_library(
    calendar: WorkCalendar, limits: list[TimeLimit]
) -> None:
    worked = [day for day in STARTS if chinese_calendar.is_workday(day)]
    place = 0
    compared = 0
    for start in STARTS:
        while place < len(worked) and worked[place] <= start:
            place += 1
        moment = datetime(start.year, start.month, start.day, 16, 0, tzinfo=SHANGHAI)
        expected = worked[place : place + LONGEST]
        assert [due_at(moment, one, calendar).last_day for one in limits[: len(expected)]] == expected, start
        compared += len(expected)
    assert compared > 155_000

"""Limits in hours and minutes, counted by hand; sample office hours 08:30-12:00 and 14:30-17:30."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from jinli.domain.calendar import OfficeHoursPeriod, WorkCalendar
from jinli.domain.deadlines import due_at
from jinli.domain.errors import InvalidInputError
from tests.domain.time.calendars import SAMPLE_HOURS, at, clock, edition, limit, town_calendar

CALENDAR = town_calendar()


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        ("2026-09-18 11:40", 1, "2026-09-18 15:10"),  # the lunch break does not count
        ("2026-09-18 11:40", 4, "2026-09-20 09:10"),  # Sunday is a make-up day
        ("2026-09-18 10:00", 2, "2026-09-18 12:00"),  # the earliest instant, not the end of the break
        ("2026-09-18 14:30", 3, "2026-09-18 17:30"),
        ("2026-09-18 13:00", 1, "2026-09-18 15:30"),  # a start in the break begins at the next opening
        ("2026-09-18 12:00", 1, "2026-09-18 15:30"),
        ("2026-09-18 20:00", 1, "2026-09-20 09:30"),
        ("2026-09-20 05:00", 1, "2026-09-20 09:30"),
        ("2026-09-24 17:00", 1, "2026-09-28 09:00"),  # Mid-Autumn Festival in between
        ("2026-10-01 10:00", 2, "2026-10-08 10:30"),
    ],
)
def test_working_hours_run_only_while_offices_are_open(start: str, hours: int, expected: str) -> None:
    assert clock(due_at(at(start), limit(hours, "working_hour"), CALENDAR)) == expected


def test_urgent_hours_run_through_night_and_holidays() -> None:
    assert clock(due_at(at("2026-09-30 17:50"), limit(2, "urgent_hour"), CALENDAR)) == "2026-09-30 19:50"
    assert clock(due_at(at("2026-09-30 17:50"), limit(24, "urgent_hour"), CALENDAR)) == "2026-10-01 17:50"


def test_minutes_run_like_urgent_hours() -> None:
    assert clock(due_at(at("2026-09-30 23:50"), limit(30, "minute"), CALENDAR)) == "2026-10-01 00:20"


def test_urgent_hours_are_absolute_across_a_change_to_summer_time() -> None:
    new_york = ZoneInfo("America/New_York")
    calendar = WorkCalendar([], zone="America/New_York")
    due = due_at(at("2026-03-08 01:30", new_york), limit(1, "urgent_hour"), calendar)
    assert due.at == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert clock(due, new_york) == "2026-03-08 03:30"


def test_working_hours_follow_the_local_clock_on_the_day_summer_time_ends() -> None:
    new_york = ZoneInfo("America/New_York")
    calendar = WorkCalendar([], [OfficeHoursPeriod(spans=((time(9), time(17)),))], "America/New_York")
    due = due_at(at("2026-10-30 16:00", new_york), limit(2, "working_hour"), calendar)
    assert clock(due, new_york) == "2026-11-02 10:00"


def test_office_hours_are_valid_in_time() -> None:
    summer = OfficeHoursPeriod(spans=((time(8), time(12)), (time(15), time(18))), valid_from=date(2026, 6, 1))
    calendar = WorkCalendar([edition(2026)], [SAMPLE_HOURS, summer])
    assert clock(due_at(at("2026-05-29 17:00"), limit(1, "working_hour"), calendar)) == "2026-06-01 08:30"


def test_office_hours_that_end_are_not_made_up() -> None:
    ended = OfficeHoursPeriod(spans=SAMPLE_HOURS.spans, valid_to=date(2026, 9, 18))
    calendar = WorkCalendar([edition(2026)], [ended])
    with pytest.raises(InvalidInputError, match=r"domain\.time\.no_office_hours"):
        due_at(at("2026-09-18 16:00"), limit(4, "working_hour"), calendar)


def test_working_hours_without_any_office_hours_are_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"domain\.time\.no_office_hours"):
        due_at(at("2026-09-18 16:00"), limit(4, "working_hour"), WorkCalendar([edition(2026)]))


def test_working_hours_into_an_unpublished_year_are_provisional_and_urgent_hours_are_not() -> None:
    assert due_at(at("2026-12-31 17:00"), limit(2, "working_hour"), CALENDAR).provisional
    assert not due_at(at("2026-12-31 17:00"), limit(24, "urgent_hour"), CALENDAR).provisional


def test_spans_of_office_hours_must_follow_one_another() -> None:
    with pytest.raises(InvalidInputError, match=r"domain\.time\.office_hours"):
        OfficeHoursPeriod(spans=((time(9), time(12)), (time(11), time(17))))

"""Limits in days, months and years, counted by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from jinli.domain.calendar import DayKind, WorkCalendar
from jinli.domain.deadlines import due_at
from jinli.domain.errors import InvalidInputError
from tests.domain.time.calendars import (
    at,
    calendar_with_2027,
    clock,
    edition,
    last_day,
    limit,
    town_calendar,
)

CALENDAR = town_calendar()


def test_a_notice_on_a_licence_received_on_24_september_is_possible_through_9_october() -> None:
    due = due_at(at("2026-09-24 10:00"), limit(5, "working_day"), CALENDAR)
    assert last_day(due) == "2026-10-09"
    assert clock(due) == "2026-10-10 00:00"


def test_the_decision_counts_20_working_days_from_receipt_when_acceptance_is_deemed() -> None:
    assert last_day(due_at(at("2026-09-24 10:00"), limit(20, "working_day"), CALENDAR)) == "2026-10-29"


@pytest.mark.parametrize(
    ("start", "amount", "expected"),
    [
        ("2026-09-18 11:40", 1, "2026-09-20"),  # Sunday, make-up for National Day
        ("2026-09-30 09:00", 1, "2026-10-08"),
        ("2026-10-09 09:00", 1, "2026-10-10"),  # Saturday, make-up
        ("2026-02-13 09:00", 1, "2026-02-14"),  # Saturday, make-up for Spring Festival
        ("2026-02-14 09:00", 1, "2026-02-24"),
        ("2025-12-31 09:00", 1, "2026-01-04"),  # Sunday, make-up for New Year
    ],
)
def test_make_up_weekends_count_and_holidays_do_not(start: str, amount: int, expected: str) -> None:
    assert last_day(due_at(at(start), limit(amount, "working_day"), CALENDAR)) == expected


def test_the_day_itself_does_not_count_whatever_the_hour() -> None:
    early = due_at(at("2026-09-21 00:01"), limit(1, "working_day"), CALENDAR)
    late = due_at(at("2026-09-21 23:59"), limit(1, "working_day"), CALENDAR)
    assert last_day(early) == last_day(late) == "2026-09-22"


def test_a_start_at_exactly_midnight_counts_the_day_just_ended_as_the_day_itself() -> None:
    midnight = due_at(at("2026-09-22 00:00"), limit(1, "working_day"), CALENDAR)
    evening = due_at(at("2026-09-21 20:00"), limit(1, "working_day"), CALENDAR)
    assert midnight == evening


def test_a_start_on_a_rest_day_begins_to_count_on_the_next_working_day() -> None:
    assert last_day(due_at(at("2026-10-03 12:00"), limit(1, "working_day"), CALENDAR)) == "2026-10-08"


def test_a_limit_in_calendar_days_from_law_rolls_past_rest_days_to_a_working_day() -> None:
    due = due_at(at("2026-09-18 10:00"), limit(15, "calendar_day", roll=True), CALENDAR)
    assert last_day(due) == "2026-10-08"


def test_a_town_standard_in_calendar_days_stays_on_its_rest_day() -> None:
    assert last_day(due_at(at("2026-09-18 10:00"), limit(15, "calendar_day"), CALENDAR)) == "2026-10-03"


def test_a_limit_from_law_that_ends_on_a_make_up_saturday_does_not_roll() -> None:
    assert last_day(due_at(at("2026-10-08 10:00"), limit(2, "calendar_day", roll=True), CALENDAR)) == "2026-10-10"


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"),
    [
        ("2026-01-31 10:00", 1, "month", "2026-02-28"),
        ("2024-01-31 10:00", 1, "month", "2024-02-29"),
        ("2026-08-31 10:00", 1, "month", "2026-09-30"),
        ("2026-09-15 10:00", 3, "month", "2026-12-15"),
        ("2024-02-29 10:00", 1, "year", "2025-02-28"),
        ("2024-03-01 00:00", 1, "year", "2025-02-28"),
    ],
)
def test_months_and_years_end_on_the_corresponding_day_or_the_end_of_the_month(
    start: str, amount: int, unit: str, expected: str
) -> None:
    assert last_day(due_at(at(start), limit(amount, unit), CALENDAR)) == expected


def test_a_month_from_law_rolls_and_a_month_of_the_town_stays() -> None:
    assert last_day(due_at(at("2026-09-03 10:00"), limit(1, "month", roll=True), CALENDAR)) == "2026-10-08"
    assert last_day(due_at(at("2026-09-03 10:00"), limit(1, "month"), CALENDAR)) == "2026-10-03"


def test_a_fixed_date_is_itself_and_names_its_day_when_it_ends_one() -> None:
    from jinli.domain.limits import TimeLimit, Unit

    ends_day = TimeLimit(amount=0, unit=Unit.FIXED, fixed_at=at("2026-10-03 00:00"))
    assert last_day(due_at(at("2026-09-01 10:00"), ends_day, CALENDAR)) == "2026-10-02"
    inside = TimeLimit(amount=0, unit=Unit.FIXED, fixed_at=at("2026-10-03 15:00"))
    due = due_at(at("2026-09-01 10:00"), inside, CALENDAR)
    assert (due.last_day, clock(due)) == (None, "2026-10-03 15:00")


def test_a_limit_into_a_year_without_a_paper_is_provisional_and_counts_plain_weekdays() -> None:
    due = due_at(at("2026-12-24 10:00"), limit(10, "working_day"), CALENDAR)
    assert (last_day(due), due.provisional) == ("2027-01-07", True)
    assert due.editions == ((2026, 1), (2027, 1))


def test_the_paper_of_the_next_year_moves_a_provisional_due_moment() -> None:
    published = calendar_with_2027(off=("2027-01-01",), make_up=())
    due = due_at(at("2026-12-24 10:00"), limit(10, "working_day"), published)
    assert (last_day(due), due.provisional) == ("2027-01-08", False)
    assert due.editions == ((2026, 1), (2027, 2))


def test_a_make_up_day_in_a_paper_published_later_moves_the_due_moment_earlier() -> None:
    start, promise = at("2026-12-25 10:00"), limit(4, "working_day")
    before = due_at(start, promise, CALENDAR)
    after = due_at(start, promise, calendar_with_2027(off=("2027-01-01",), make_up=("2026-12-27",)))
    assert (last_day(before), last_day(after)) == ("2026-12-31", "2026-12-30")


@pytest.mark.parametrize(("amount", "provisional"), [(2, False), (3, False), (4, True)])
def test_the_last_published_year_is_provisional_from_25_december(amount: int, provisional: bool) -> None:
    due = due_at(at("2026-12-21 10:00"), limit(amount, "working_day"), CALENDAR)
    assert due.last_day == date(2026, 12, 21 + amount)
    assert due.provisional is provisional


def test_a_year_before_the_first_edition_is_provisional() -> None:
    assert due_at(at("2021-12-29 10:00"), limit(1, "working_day"), CALENDAR).provisional
    assert due_at(at("2015-03-02 10:00"), limit(10, "working_day"), CALENDAR).editions == ((2015, 0),)
    assert not due_at(at("2021-12-31 10:00"), limit(1, "working_day"), CALENDAR).provisional


def test_a_limit_that_no_paper_can_move_is_never_provisional() -> None:
    assert not due_at(at("2027-05-01 10:00"), limit(15, "calendar_day"), CALENDAR).provisional
    assert due_at(at("2027-05-01 10:00"), limit(15, "calendar_day", roll=True), CALENDAR).provisional


def test_a_day_says_what_it_is_and_by_which_paper() -> None:
    assert CALENDAR.day(date(2026, 10, 10)).kind is DayKind.MAKE_UP
    assert CALENDAR.day(date(2026, 10, 3)).kind is DayKind.HOLIDAY
    assert CALENDAR.day(date(2026, 10, 3)).name == "国庆节"
    assert CALENDAR.day(date(2022, 12, 31)).paper_year == 2023
    assert CALENDAR.day(date(2026, 10, 11)).kind is DayKind.WEEKEND
    assert CALENDAR.day(date(2027, 5, 1)).provisional


def test_of_two_editions_of_a_year_the_later_one_counts() -> None:
    calendar = calendar_with_2027(off=("2027-03-01",))
    assert not calendar.is_working(date(2027, 3, 1))
    assert calendar.editions_between(date(2026, 12, 1), date(2027, 3, 1)) == {2026: 1, 2027: 2}


def test_the_town_lives_in_its_own_zone_whatever_zone_a_moment_is_written_in() -> None:
    local = due_at(at("2026-09-24 23:30"), limit(5, "working_day"), CALENDAR)
    written_in_utc = due_at(datetime(2026, 9, 24, 15, 30, tzinfo=UTC), limit(5, "working_day"), CALENDAR)
    assert local == written_in_utc


def test_a_day_of_a_town_with_summer_time_may_have_23_hours() -> None:
    new_york = WorkCalendar([], zone="America/New_York")
    due = due_at(at("2026-03-07 10:00", ZoneInfo("America/New_York")), limit(1, "calendar_day"), new_york)
    assert due.at == datetime(2026, 3, 9, 4, tzinfo=UTC)
    assert due.last_day == date(2026, 3, 8)


def test_a_start_at_midnight_that_summer_time_skips_still_belongs_to_the_day_before() -> None:
    zone = ZoneInfo("America/Havana")  # 8 March 2026, 00:00 does not exist, the day begins at 01:00
    calendar = WorkCalendar([], zone="America/Havana")
    begins = datetime(2026, 3, 8, 5, tzinfo=UTC)
    assert begins.astimezone(zone).hour == 1
    assert due_at(begins, limit(1, "calendar_day"), calendar).last_day == date(2026, 3, 8)


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Havana", "America/New_York", "UTC"])
def test_a_day_has_ended_exactly_when_the_moment_belongs_to_the_day_before(zone: str) -> None:
    calendar = WorkCalendar([], zone=zone)
    for hour in range(24 * 400):  # whole hours and half ones, over both changes of the clocks
        for minutes in (0, 30):
            moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour, minutes=minutes)
            day, local = calendar.day_itself(moment), moment.astimezone(calendar.zone)
            ended = date.fromordinal(day) if day < local.toordinal() else None
            assert calendar.day_ended(moment) == ended


@pytest.mark.parametrize("moment", [datetime(2026, 9, 24, 10), datetime(1812, 1, 1, tzinfo=UTC)])
def test_a_moment_without_zone_or_out_of_range_is_refused(moment: datetime) -> None:
    with pytest.raises(InvalidInputError, match=r"domain\.time\.(naive|out_of_range)"):
        due_at(moment, limit(5, "working_day"), CALENDAR)


@pytest.mark.parametrize("amount", [0, -1, 10**9])
def test_an_amount_that_is_not_a_sensible_whole_number_is_refused(amount: int) -> None:
    with pytest.raises(InvalidInputError, match=r"domain\.time\.amount"):
        limit(amount, "working_day")


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"domain\.time\.unknown_zone"):
        WorkCalendar([edition(2026)], zone="Mars/Olympus")

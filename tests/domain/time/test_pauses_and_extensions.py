"""What a pause excludes, what an extension adds, and that nothing after the due moment moves it."""

from __future__ import annotations

import pytest

from jinli.domain.deadlines import Extension, Pause, due_at
from jinli.domain.errors import InvalidInputError
from jinli.domain.limits import TimeLimit, Unit
from tests.domain.time.calendars import at, clock, extension, last_day, limit, pause, town_calendar

CALENDAR = town_calendar()
START = at("2026-09-14 10:00")  # Monday; working days 15 16 17 18 20 21 22 23 24 28 29 30 8 9 10 12 ...


def due_with(amount: int, *pauses: Pause, unit: str = "working_day", roll: bool = False) -> str:
    return last_day(due_at(START, limit(amount, unit, roll=roll), CALENDAR, pauses))


def test_excluded_are_the_days_after_it_begins_up_to_the_day_on_which_it_ends() -> None:
    assert due_with(5) == "2026-09-20"
    assert due_with(5, pause("2026-09-16 09:00", "2026-09-18 16:00")) == "2026-09-22"


def test_a_pause_opened_and_closed_the_same_day_excludes_no_day() -> None:
    assert due_with(5, pause("2026-09-16 09:00", "2026-09-16 17:00")) == due_with(5)


def test_a_pause_that_begins_and_ends_on_holidays_excludes_the_working_days_between() -> None:
    held = pause("2026-09-26 09:00", "2026-10-03 12:00")  # between lie 28, 29 and 30 September
    assert due_with(12) == "2026-09-30"
    assert due_with(12, held) == "2026-10-10"


def test_a_pause_inside_holidays_excludes_nothing() -> None:
    assert due_with(14, pause("2026-10-01 09:00", "2026-10-07 12:00")) == due_with(14)


def test_pauses_are_united_and_no_day_is_excluded_twice() -> None:
    apart = (pause("2026-09-16 09:00", "2026-09-21 12:00"), pause("2026-09-17 09:00", "2026-09-22 12:00"))
    assert due_with(5, *apart) == due_with(5, pause("2026-09-16 09:00", "2026-09-22 12:00"))


def test_a_pause_excludes_only_from_its_written_notice() -> None:
    told_late = pause("2026-09-15 09:00", "2026-09-22 12:00", notice="2026-09-18 09:00")
    assert due_with(5, told_late) == due_with(5, pause("2026-09-18 09:00", "2026-09-22 12:00"))


def test_a_pause_told_only_after_it_ended_excludes_nothing() -> None:
    assert due_with(5, pause("2026-09-15 09:00", "2026-09-16 12:00", notice="2026-09-17 09:00")) == due_with(5)


def test_an_open_pause_is_computed_to_its_latest_resumption_and_says_so() -> None:
    open_one = pause("2026-09-16 09:00", until="2026-09-23 00:00")  # midnight: the last day excluded is the 22nd
    due = due_at(START, limit(5, "working_day"), CALENDAR, [open_one])
    assert (last_day(due), due.at_the_latest) == ("2026-09-28", True)


def test_a_pause_never_excludes_more_than_was_told() -> None:
    overran = pause("2026-09-16 09:00", "2026-09-30 09:00", until="2026-09-21 12:00")
    assert due_with(5, overran) == due_with(5, pause("2026-09-16 09:00", "2026-09-21 12:00"))


def test_a_pause_opened_on_the_last_counted_day_changes_nothing() -> None:
    opened = pause("2026-09-20 09:00", until="2026-10-20 12:00")
    due = due_at(START, limit(5, "working_day"), CALENDAR, [opened])
    assert (last_day(due), due.at_the_latest) == ("2026-09-20", False)
    month = at("2026-08-20 10:00")
    assert (
        due_at(month, limit(1, "month"), CALENDAR, [opened]).last_day
        == due_at(month, limit(1, "month"), CALENDAR).last_day
    )


def test_a_pause_after_the_due_moment_does_not_move_it() -> None:
    assert due_with(5, pause("2026-09-21 00:00", "2026-09-23 09:00")) == due_with(5)


def test_months_shift_by_the_excluded_calendar_days_and_then_roll() -> None:
    held = pause("2026-09-21 09:00", "2026-10-04 12:00")  # 13 calendar days
    assert due_with(1, held, unit="month") == "2026-10-27"
    held = pause("2026-09-21 09:00", "2026-10-02 12:00")  # 11 calendar days: 25 October, a Sunday
    assert due_with(1, held, unit="month", roll=True) == "2026-10-26"


def test_calendar_days_leave_out_paused_days() -> None:
    assert due_with(5, pause("2026-09-16 09:00", "2026-09-18 12:00"), unit="calendar_day") == "2026-09-21"


def test_a_pause_that_meets_the_rolled_days_keeps_the_clock_open() -> None:
    start, promise = at("2026-09-18 10:00"), limit(15, "calendar_day", roll=True)  # 3 October, rolls to the 8th
    due = due_at(start, promise, CALENDAR, [pause("2026-10-05 09:00", "2026-10-09 09:00")])
    assert last_day(due) == "2026-10-10"


def test_hours_cut_out_the_exact_interval() -> None:
    morning = at("2026-09-21 09:00")
    over_lunch = pause("2026-09-21 10:00", "2026-09-21 15:30")
    assert clock(due_at(morning, limit(4, "working_hour"), CALENDAR)) == "2026-09-21 15:30"
    assert clock(due_at(morning, limit(4, "working_hour"), CALENDAR, [over_lunch])) == "2026-09-22 09:30"
    assert clock(due_at(morning, limit(4, "urgent_hour"), CALENDAR, [over_lunch])) == "2026-09-21 18:30"


def test_an_extension_adds_to_the_total_from_the_start() -> None:
    more = extension(3, "2026-09-17 09:00", "2026-09-18 09:00")
    due = due_at(START, limit(5, "working_day"), CALENDAR, (), [more])
    assert last_day(due) == "2026-09-23"
    months = due_at(
        at("2026-01-31 10:00"), limit(1, "month"), CALENDAR, (), [extension(1, "2026-02-03 09:00", "2026-02-04 09:00")]
    )
    assert last_day(months) == "2026-03-31"


def test_an_extension_during_a_pause_counts_with_it() -> None:
    held = pause("2026-09-16 09:00", "2026-09-22 12:00")
    more = extension(2, "2026-09-21 09:00", "2026-09-22 09:00")
    due = due_at(START, limit(5, "working_day"), CALENDAR, [held], [more])
    assert last_day(due) == "2026-09-30"  # 15 16 | 23 24 28 29 30


def test_an_extension_asked_in_time_and_approved_late_is_refused_unless_the_rule_allows_it() -> None:
    late = extension(3, "2026-09-18 09:00", "2026-09-21 09:00")
    assert last_day(due_at(START, limit(5, "working_day"), CALENDAR, (), [late])) == "2026-09-20"
    allowed = limit(5, "working_day", late_approval=True)
    assert last_day(due_at(START, allowed, CALENDAR, (), [late])) == "2026-09-23"
    asked_late = extension(3, "2026-09-21 09:00", "2026-09-21 10:00")
    assert last_day(due_at(START, allowed, CALENDAR, (), [asked_late])) == "2026-09-20"


def test_a_fixed_date_is_not_extended() -> None:
    fixed = TimeLimit(amount=0, unit=Unit.FIXED, fixed_at=at("2026-10-03 00:00"))
    with pytest.raises(InvalidInputError, match=r"domain\.time\.extension_of_fixed"):
        due_at(START, fixed, CALENDAR, (), [extension(1, "2026-09-15 09:00", "2026-09-15 10:00")])


def test_a_pause_that_ends_before_it_begins_or_never_ends_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"domain\.time\.pause_backwards"):
        pause("2026-09-16 09:00", "2026-09-15 09:00")
    with pytest.raises(InvalidInputError, match=r"domain\.time\.pause_without_end"):
        pause("2026-09-16 09:00")


def test_an_extension_approved_before_it_is_asked_is_refused() -> None:
    with pytest.raises(InvalidInputError, match=r"domain\.time\.extension_backwards"):
        Extension(amount=1, asked_at=at("2026-09-16 09:00"), approved_at=at("2026-09-15 09:00"))

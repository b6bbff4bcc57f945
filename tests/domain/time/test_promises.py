"""A promise is compared with the law by the days on which both fall due."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from jinli.domain.calendar import CalendarEdition, WorkCalendar
from jinli.domain.limits import EndRule, TimeLimit, Unit
from jinli.domain.promises import days_of_year, later_than_law

WEEK_OFF = {date(2026, 10, day): "国庆节" for day in range(1, 8)}
CALENDAR = WorkCalendar(
    [
        CalendarEdition(
            year=2026, edition=1, published=True, paper="测试", off=WEEK_OFF, make_up={date(2026, 10, 10): "国庆节"}
        )
    ]
)
DAYS = days_of_year(2026)


def law(amount: int, unit: Unit) -> TimeLimit:
    return TimeLimit(amount=amount, unit=unit, end_rule=EndRule.ROLL)


def promise(amount: int, unit: Unit) -> TimeLimit:
    return TimeLimit(amount=amount, unit=unit)


def test_of_the_same_unit_the_number_decides() -> None:
    assert later_than_law(promise(5, Unit.WORKING_DAY), law(5, Unit.WORKING_DAY), CALENDAR, DAYS) is None
    assert later_than_law(promise(6, Unit.WORKING_DAY), law(5, Unit.WORKING_DAY), CALENDAR, DAYS) == DAYS[0]


def test_seven_days_end_with_five_working_days_but_for_what_is_handed_in_on_a_saturday_or_before_one_worked() -> None:
    week, five = promise(7, Unit.CALENDAR_DAY), law(5, Unit.WORKING_DAY)
    assert later_than_law(week, five, CALENDAR, [date(2026, 9, 14), date(2026, 9, 18)]) is None
    assert later_than_law(week, five, CALENDAR, [date(2026, 9, 19)]) == date(2026, 9, 19)
    assert later_than_law(week, five, CALENDAR, [date(2026, 10, 8)]) == date(2026, 10, 8)


def test_working_days_run_past_calendar_days_over_a_holiday() -> None:
    assert later_than_law(promise(5, Unit.WORKING_DAY), law(7, Unit.CALENDAR_DAY), CALENDAR, DAYS) is not None


@given(st.integers(1, 60), st.integers(1, 60))
def test_so_many_calendar_days_are_never_later_than_as_many_working_days(fewer: int, more: int) -> None:
    few, many = sorted((fewer, more))
    days = DAYS[::29]
    assert later_than_law(promise(few, Unit.CALENDAR_DAY), law(many, Unit.WORKING_DAY), CALENDAR, days) is None

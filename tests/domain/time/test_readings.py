"""Which plainer count gives the other system's date: never a cause for what is no difference, never a guess."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinli.domain.calendar import DayKind
from jinli.domain.deadlines import due_at
from jinli.domain.limits import EndRule, TimeLimit, Unit
from jinli.domain.readings import Reading, gap_of, readings_of
from jinli.ui.words import all_words
from tests.domain.procedures import ZONE, at, calendar

DAYS = TimeLimit(amount=5, unit=Unit.WORKING_DAY)


def fitting(start: str, limit: TimeLimit, theirs: str) -> list[str]:
    found = readings_of(at(start), limit, calendar(), at(theirs))
    return [one.code.removeprefix("domain.reading.") for one in found if one.fits]


@pytest.mark.parametrize(
    ("theirs", "cause"),
    [
        ("2026-09-29 18:00", "calendar_days"),  # Thursday 24 September and five days
        ("2026-09-30 00:00", "calendar_days"),  # the same day, written as its end
        ("2026-10-01 18:00", "weekdays"),  # Friday is the Mid-Autumn holiday and was not taken out
        ("2026-09-28 18:00", "calendar_days_first"),
        ("2026-09-30 18:00", "weekdays_first"),
        ("2026-10-12 18:00", "no_make_up"),  # Saturday 10 October is worked
    ],
)
def test_a_date_is_explained_only_by_a_count_that_reproduces_it(theirs: str, cause: str) -> None:
    limit = DAYS if cause != "no_make_up" else TimeLimit(amount=6, unit=Unit.WORKING_DAY)
    assert cause in fitting("2026-09-24 09:00", limit, theirs)


def test_a_date_that_no_count_gives_has_no_cause() -> None:
    assert fitting("2026-09-24 09:00", DAYS, "2026-11-20 18:00") == []


def test_the_same_day_at_another_hour_needs_no_cause() -> None:
    ours = due_at(at("2026-09-24 09:00"), DAYS, calendar())
    theirs = datetime.combine(ours.last_day, datetime.min.time(), ZONE) + timedelta(hours=18)  # type: ignore[arg-type]
    assert not [one for one in readings_of(at("2026-09-24 09:00"), DAYS, calendar(), theirs) if one.fits]
    assert gap_of(ours, theirs, DAYS, calendar()).code == "domain.gap.same_day"


@pytest.mark.parametrize(
    ("limit", "theirs", "cause"),
    [
        (TimeLimit(amount=15, unit=Unit.CALENDAR_DAY, end_rule=EndRule.ROLL), "2026-10-03 18:00", "not_rolled"),
        (TimeLimit(amount=9, unit=Unit.CALENDAR_DAY), "2026-10-08 18:00", "rolled"),
        (TimeLimit(amount=15, unit=Unit.CALENDAR_DAY), "2026-10-02 18:00", "first_day_counts"),
        (TimeLimit(amount=3, unit=Unit.CALENDAR_DAY), "2026-09-22 18:00", "working_days"),
        (TimeLimit(amount=2, unit=Unit.MONTH), "2026-11-17 18:00", "thirty_days"),
        (TimeLimit(amount=24, unit=Unit.WORKING_HOUR), "2026-09-19 09:00", "clock_hours"),
        (TimeLimit(amount=4, unit=Unit.URGENT_HOUR), "2026-09-18 15:30", "office_hours"),
        (TimeLimit(amount=4, unit=Unit.URGENT_HOUR), "2026-09-19 00:00", "end_of_day"),
    ],
)
def test_limits_of_other_units_have_their_own_plainer_counts(limit: TimeLimit, theirs: str, cause: str) -> None:
    start = "2026-09-18 09:00" if limit.amount != 9 else "2026-09-24 09:00"
    assert cause in fitting(start, limit, theirs)


def test_of_several_counts_that_give_the_date_each_is_named() -> None:
    limit = TimeLimit(amount=2, unit=Unit.MONTH)
    assert fitting("2026-09-18 09:00", limit, "2026-11-17 18:00") == ["first_day_counts", "thirty_days"]


def test_a_fixed_date_has_nothing_to_count() -> None:
    fixed = TimeLimit(amount=1, unit=Unit.FIXED, fixed_at=at("2026-09-30 18:00"))
    assert readings_of(at("2026-09-24 09:00"), fixed, calendar(), at("2026-09-29 18:00")) == ()


@pytest.mark.parametrize(
    ("theirs", "code", "days"),
    [
        ("2026-09-30 18:00", "earlier_working_days", 2),
        ("2026-10-12 18:00", "later_working_days", 2),
        ("2026-10-11 18:00", "later_working_days", 1),
    ],
)
def test_the_gap_is_told_in_the_unit_of_the_limit(theirs: str, code: str, days: int) -> None:
    ours = due_at(at("2026-09-24 09:00"), DAYS, calendar())
    assert ours.last_day == date(2026, 10, 9)
    found = gap_of(ours, at(theirs), DAYS, calendar())
    assert (found.code, found.facts) == (f"domain.gap.{code}", {"days": days})


def test_on_rest_days_after_ours_the_gap_is_told_in_days() -> None:
    ours = due_at(at("2026-09-09 09:00"), DAYS, calendar())
    assert ours.last_day == date(2026, 9, 16)
    friday = due_at(at("2026-09-10 09:00"), TimeLimit(amount=1, unit=Unit.WORKING_DAY), calendar())
    found = gap_of(friday, at("2026-09-12 18:00"), DAYS, calendar())
    assert (found.code, found.facts) == ("domain.gap.later_days", {"days": 1})


STARTS = st.datetimes(datetime(2022, 2, 1), datetime(2026, 10, 30)).map(lambda one: one.replace(tzinfo=ZONE))
LIMITS = st.builds(
    TimeLimit,
    amount=st.integers(1, 60),
    unit=st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.URGENT_HOUR, Unit.WORKING_HOUR]),
    end_rule=st.sampled_from(list(EndRule)),
)


@given(start=STARTS, limit=LIMITS, days=st.integers(-30, 60), hour=st.integers(0, 23))
def test_what_fits_is_exactly_their_date_and_never_ours(
    start: datetime, limit: TimeLimit, days: int, hour: int
) -> None:
    ours = due_at(start, limit, calendar())
    theirs = ours.at + timedelta(days=days, hours=hour)
    last = date.fromordinal(calendar().day_itself(theirs))
    for one in readings_of(start, limit, calendar(), theirs):
        assert one.code in all_words()
        assert (one.last_day, one.at) != (ours.last_day, ours.at)
        if one.last_day is not None:
            assert one.last_day != ours.last_day
            assert one.fits == (one.last_day == last)
        else:
            assert one.at is not None
            assert one.fits == (abs(one.at - theirs) <= timedelta(minutes=1))


@given(start=STARTS, limit=LIMITS, data=st.data())
def test_a_date_made_by_a_count_is_recognised_as_made_by_it(
    start: datetime, limit: TimeLimit, data: st.DataObject
) -> None:
    offered = readings_of(start, limit, calendar(), start)
    if not offered:
        return
    one: Reading = data.draw(st.sampled_from(offered))
    made = one.at or datetime.combine(one.last_day, datetime.min.time(), ZONE) + timedelta(hours=18)  # type: ignore[arg-type]
    again = readings_of(start, limit, calendar(), made)
    assert one.code in {other.code for other in again if other.fits}
    assert len({other.code for other in again}) == len(again)


@given(start=STARTS, amount=st.integers(1, 60))
def test_the_plain_weekdays_agree_with_a_walk_through_the_days(start: datetime, amount: int) -> None:
    limit = TimeLimit(amount=amount, unit=Unit.WORKING_DAY)
    day, left = date.fromordinal(calendar().day_itself(start)), amount
    while left:
        day += timedelta(days=1)
        left -= day.isoweekday() < 6
    found = {one.code: one.last_day for one in readings_of(start, limit, calendar(), start.astimezone(UTC))}
    if "domain.reading.weekdays" in found:
        assert found["domain.reading.weekdays"] == day


@given(start=STARTS, amount=st.integers(1, 40))
def test_where_no_holiday_and_no_make_up_day_lies_between_they_explain_nothing(start: datetime, amount: int) -> None:
    limit = TimeLimit(amount=amount, unit=Unit.WORKING_DAY)
    last = due_at(start, limit, calendar()).last_day
    assert last is not None
    begin = date.fromordinal(calendar().day_itself(start))
    between = [begin + timedelta(days=one) for one in range(1, (last - begin).days + 1)]
    if not any(calendar().day(one).kind in (DayKind.HOLIDAY, DayKind.MAKE_UP) for one in between):
        codes = {one.code for one in readings_of(start, limit, calendar(), start)}
        assert not codes & {f"domain.reading.{name}" for name in ("weekdays", "no_make_up", "no_holidays")}

"""Properties of legal time over many starts, limits, pauses and extensions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinli.domain.calendar import WorkCalendar
from jinli.domain.deadlines import Extension, Pause, due_at, time_left, warn_at
from jinli.domain.explanation import explain
from jinli.domain.limits import EndRule, TimeLimit, Unit
from tests.domain.time.calendars import FILES, SAMPLE_HOURS, edition

assert FILES.is_dir()
EDITIONS = [edition(year) for year in range(2022, 2028)]
CALENDARS = {
    zone: WorkCalendar(EDITIONS, [SAMPLE_HOURS], zone) for zone in ("Asia/Shanghai", "America/New_York", "UTC")
}
FIRST = datetime(2022, 1, 1, tzinfo=UTC)
MINUTES = 5 * 365 * 24 * 60
SHIFTED = (Unit.MONTH, Unit.YEAR)

quick = settings(derandomize=True, suppress_health_check=[HealthCheck.too_slow])
starts = st.integers(0, MINUTES).map(lambda minutes: FIRST + timedelta(minutes=minutes))
midnights = st.integers(0, 1800).map(lambda days: FIRST + timedelta(days=days, hours=16))
calendars = st.sampled_from(sorted(CALENDARS)).map(CALENDARS.__getitem__)
units = st.sampled_from([unit for unit in Unit if unit is not Unit.FIXED])
day_units = st.sampled_from([unit for unit in Unit if unit.counts_days])


@st.composite
def limits(draw: st.DrawFn, kinds: st.SearchStrategy[Unit] = units) -> TimeLimit:
    unit = draw(kinds)
    largest = {Unit.YEAR: 3, Unit.MONTH: 14, Unit.WORKING_HOUR: 60, Unit.MINUTE: 5000}.get(unit, 90)
    return TimeLimit(
        amount=draw(st.integers(1, largest)),
        unit=unit,
        end_rule=draw(st.sampled_from(EndRule)),
        late_approval=draw(st.booleans()),
    )


@st.composite
def pauses_after(draw: st.DrawFn, start: datetime, first: int = 0) -> Pause:
    began = start + timedelta(minutes=draw(st.integers(first, 60 * 24 * 60)))
    length = draw(st.integers(0, 30 * 24 * 60))
    end = began + timedelta(minutes=length)
    is_open = draw(st.booleans())
    return Pause(
        kind="art45",
        began_at=began,
        ended_at=None if is_open else end,
        notice_at=began + timedelta(minutes=draw(st.sampled_from([0, 0, 600, 5000]))),
        until=end if is_open else None,
        article="art. 45",
    )


@st.composite
def extensions_after(draw: st.DrawFn, start: datetime) -> Extension:
    asked = start + timedelta(minutes=draw(st.integers(0, 40 * 24 * 60)))
    approved = asked + timedelta(minutes=draw(st.integers(0, 10 * 24 * 60)))
    return Extension(amount=draw(st.integers(1, 10)), asked_at=asked, approved_at=approved)


@st.composite
def clocks(draw: st.DrawFn) -> tuple[datetime, TimeLimit, list[Pause], list[Extension]]:
    start = draw(st.one_of(starts, midnights))
    return (
        start,
        draw(limits()),
        draw(st.lists(pauses_after(start), max_size=3)),
        draw(st.lists(extensions_after(start), max_size=2)),
    )


@quick
@given(clocks(), calendars, st.integers(1, 20))
def test_more_limit_never_makes_a_due_moment_earlier(
    clock: tuple[datetime, TimeLimit, list[Pause], list[Extension]], calendar: WorkCalendar, more: int
) -> None:
    start, limit, pauses, extensions = clock
    longer = TimeLimit.from_json({**limit.to_json(), "amount": limit.amount + more})
    assert (
        due_at(start, longer, calendar, pauses, extensions).at >= due_at(start, limit, calendar, pauses, extensions).at
    )


@quick
@given(clocks(), calendars, st.data())
def test_one_more_pause_never_makes_a_due_moment_earlier(
    clock: tuple[datetime, TimeLimit, list[Pause], list[Extension]], calendar: WorkCalendar, data: st.DataObject
) -> None:
    start, limit, pauses, extensions = clock
    another = data.draw(pauses_after(start))
    without = due_at(start, limit, calendar, pauses, extensions)
    assert due_at(start, limit, calendar, [*pauses, another], extensions).at >= without.at


@quick
@given(clocks(), calendars, st.data())
def test_one_more_extension_never_makes_a_due_moment_earlier(
    clock: tuple[datetime, TimeLimit, list[Pause], list[Extension]], calendar: WorkCalendar, data: st.DataObject
) -> None:
    start, limit, pauses, extensions = clock
    another = data.draw(extensions_after(start))
    without = due_at(start, limit, calendar, pauses, extensions)
    assert due_at(start, limit, calendar, pauses, [*extensions, another]).at >= without.at


@quick
@given(starts, limits(), calendars, st.integers(1, 5000), st.data())
def test_a_later_start_never_makes_a_due_moment_earlier(
    start: datetime, limit: TimeLimit, calendar: WorkCalendar, later: int, data: st.DataObject
) -> None:
    second = start + timedelta(minutes=later)
    pauses: list[Pause] = []
    if limit.unit not in SHIFTED:  # months meet at the end of February: the pause there must lie after both starts
        pauses = data.draw(st.lists(pauses_after(start), max_size=2))
    assert due_at(second, limit, calendar, pauses).at >= due_at(start, limit, calendar, pauses).at


@quick
@given(clocks(), calendars)
def test_the_last_line_of_the_explanation_is_the_due_moment_and_every_line_names_its_ground(
    clock: tuple[datetime, TimeLimit, list[Pause], list[Extension]], calendar: WorkCalendar
) -> None:
    start, limit, pauses, extensions = clock
    explanation = explain(start, limit, calendar, pauses, extensions)
    due = due_at(start, limit, calendar, pauses, extensions)
    assert explanation.due == due
    assert explanation.lines[-1].code.startswith("domain.explain.due_")
    assert explanation.lines[-1].facts["at"] == due.at
    assert explanation.lines[-1].first == (due.last_day or due.at.astimezone(calendar.zone).date())
    assert all(line.basis for line in explanation.lines)


@quick
@given(clocks(), calendars)
def test_the_numbers_of_the_counted_days_run_from_one_to_the_total(
    clock: tuple[datetime, TimeLimit, list[Pause], list[Extension]], calendar: WorkCalendar
) -> None:
    start, limit, pauses, extensions = clock
    explanation = explain(start, limit, calendar, pauses, extensions)
    counts = [line.count for line in explanation.lines if line.count is not None]
    if limit.unit is Unit.WORKING_DAY:
        assert counts == list(range(1, explanation.amount + 1))
    elif limit.unit is Unit.CALENDAR_DAY:
        assert counts[-1] == explanation.amount


@quick
@given(starts, limits(), calendars, st.integers(0, 40), st.integers(0, 1439), st.integers(0, 1439))
def test_a_pause_opened_and_closed_the_same_day_excludes_no_day(
    start: datetime, limit: TimeLimit, calendar: WorkCalendar, days: int, first: int, second: int
) -> None:
    if not limit.unit.counts_days:
        return
    day = (start + timedelta(days=days)).astimezone(calendar.zone).replace(hour=0, minute=0)
    began, ended = sorted((day + timedelta(minutes=max(first, 1)), day + timedelta(minutes=max(second, 1))))
    one_day = Pause(
        kind="art45", began_at=began, ended_at=max(began, ended), notice_at=began, until=None, article="art. 45"
    )
    assert due_at(start, limit, calendar, [one_day]).at == due_at(start, limit, calendar).at


@quick
@given(starts, st.integers(1, 200), calendars, st.sampled_from(["Asia/Shanghai", "America/New_York", "Europe/Paris"]))
def test_urgent_hours_are_absolute_whatever_zone_the_start_is_written_in(
    start: datetime, hours: int, calendar: WorkCalendar, zone: str
) -> None:
    promise = TimeLimit(amount=hours, unit=Unit.URGENT_HOUR)
    assert due_at(start.astimezone(ZoneInfo(zone)), promise, calendar).at == start + timedelta(hours=hours)


@quick
@given(clocks(), calendars, st.integers(1, 99))
def test_a_promise_is_near_between_its_start_and_its_due_moment(
    clock: tuple[datetime, TimeLimit, list[Pause], list[Extension]], calendar: WorkCalendar, percent: int
) -> None:
    start, limit, pauses, extensions = clock
    due = due_at(start, limit, calendar, pauses, extensions)
    near = warn_at(start, limit, calendar, pauses, extensions, percent_left=percent)
    assert start - timedelta(days=1) < near <= due.at
    assert time_left(due.at - timedelta(seconds=1), due, limit, calendar).code.startswith("domain.left.")
    assert time_left(due.at, due, limit, calendar).code.startswith("domain.late.")


@quick
@given(limits())
def test_a_limit_written_and_read_again_is_the_same(limit: TimeLimit) -> None:
    assert TimeLimit.from_json(limit.to_json()) == limit

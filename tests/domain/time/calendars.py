"""The calendars and moments that the tests of legal time share."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from jinli.domain.calendar import CalendarEdition, OfficeHoursPeriod, WorkCalendar, parse_calendar
from jinli.domain.deadlines import DueMoment, Extension, Pause
from jinli.domain.limits import EndRule, TimeLimit, Unit

FILES = Path(__file__).resolve().parents[3] / "packs" / "_standard" / "calendars"
SHANGHAI = ZoneInfo("Asia/Shanghai")
SAMPLE_HOURS = OfficeHoursPeriod(spans=((time(8, 30), time(12)), (time(14, 30), time(17, 30))))


@cache
def edition(year: int) -> CalendarEdition:
    """The edition that ships for a year."""
    return parse_calendar(json.loads((FILES / f"{year}.json").read_text(encoding="utf-8")))


@cache
def town_calendar(last_year: int = 2027) -> WorkCalendar:
    """All editions that ship up to a year, with the sample office hours."""
    return WorkCalendar([edition(year) for year in range(2022, last_year + 1)], [SAMPLE_HOURS])


def calendar_with_2027(*, off: tuple[str, ...] = (), make_up: tuple[str, ...] = ()) -> WorkCalendar:
    """The calendar on the day when the paper for 2027 is out."""
    paper = CalendarEdition(
        year=2027,
        edition=2,
        published=True,
        paper="paper of 2027",
        off={date.fromisoformat(day): "元旦" for day in off},
        make_up={date.fromisoformat(day): "元旦" for day in make_up},
    )
    return WorkCalendar([edition(year) for year in range(2022, 2028)] + [paper], [SAMPLE_HOURS])


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    """A local moment written `2026-09-24 17:50`."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def limit(amount: int, unit: str, *, roll: bool = False, article: str = "", late_approval: bool = False) -> TimeLimit:
    """A limit in short."""
    return TimeLimit(
        amount=amount,
        unit=Unit(unit),
        end_rule=EndRule.ROLL if roll else EndRule.STAY,
        article=article,
        late_approval=late_approval,
    )


def pause(began: str, ended: str | None = None, *, notice: str | None = None, until: str | None = None) -> Pause:
    """A pause for an inspection, told at once unless said otherwise."""
    return Pause(
        kind="art45",
        began_at=at(began),
        ended_at=None if ended is None else at(ended),
        notice_at=at(notice or began),
        until=None if until is None else at(until),
        article="行政许可法第四十五条",
    )


def extension(amount: int, asked: str, approved: str) -> Extension:
    """An extension."""
    return Extension(amount=amount, asked_at=at(asked), approved_at=at(approved))


def last_day(due: DueMoment) -> str:
    """The last day of a due moment as text."""
    return str(due.last_day)


def clock(due: DueMoment, zone: ZoneInfo = SHANGHAI) -> str:
    """The due moment in local time as text."""
    return due.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")

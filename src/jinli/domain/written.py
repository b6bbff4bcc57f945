"""Read a start, an amount, a unit and pauses as people write them, in tables and forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from jinli.domain.calendar import WorkCalendar
from jinli.domain.deadlines import Pause
from jinli.domain.errors import InvalidInputError
from jinli.domain.limits import EndRule, TimeLimit, Unit

UNITS: Mapping[str, Unit] = {
    **{unit.value: unit for unit in Unit if unit is not Unit.FIXED},
    "分钟": Unit.MINUTE,
    "分": Unit.MINUTE,
    "紧急小时": Unit.URGENT_HOUR,
    "连续小时": Unit.URGENT_HOUR,
    "工作小时": Unit.WORKING_HOUR,
    "工作时": Unit.WORKING_HOUR,
    "工作日": Unit.WORKING_DAY,
    "个工作日": Unit.WORKING_DAY,
    "自然日": Unit.CALENDAR_DAY,
    "日历日": Unit.CALENDAR_DAY,
    "月": Unit.MONTH,
    "个月": Unit.MONTH,
    "年": Unit.YEAR,
}
"""The names of units. Plain `日`, `天` and `小时` are missing: they do not say which, and are not guessed."""
_NOON = time(12)
_MOMENT = re.compile(
    r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)


@dataclass(frozen=True, kw_only=True)
class WrittenMoment:
    """A moment as written; `has_clock` is False for a bare date, which stands at noon of its day."""

    at: datetime
    has_clock: bool


@dataclass(frozen=True, kw_only=True)
class WrittenLimit:
    """A limit as written in a row of a table: what `due_at` takes, and whether start and pauses have times of day."""

    started_at: datetime
    limit: TimeLimit
    pauses: tuple[Pause, ...]
    has_clock: bool
    pauses_have_clock: bool


def read_moment(text: str, zone: ZoneInfo) -> WrittenMoment:
    """Return a moment or date, ISO or as spreadsheets write it; one without zone is in `zone`.

    Raises ValueError.
    """
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    day = date(int(found[1]), int(found[2]), int(found[3]))
    if found[4] is None:
        return WrittenMoment(at=datetime.combine(day, _NOON, tzinfo=zone), has_clock=False)
    clock = time(int(found[4]), int(found[5]), int(found[6] or 0))
    at = datetime.combine(day, clock, tzinfo=zone)
    if found[7]:
        at = datetime.fromisoformat(f"{at:%Y-%m-%dT%H:%M:%S}{found[7]}")
    return WrittenMoment(at=at, has_clock=True)


def read_unit(text: str) -> Unit:
    """Return the unit of a name. Raises InvalidInputError `domain.time.unknown_unit`."""
    unit = UNITS.get(text.strip().lower())
    if unit is None:
        known = "working_day 工作日, calendar_day 自然日, working_hour 工作时, urgent_hour 连续小时, month 月"
        raise InvalidInputError("domain.time.unknown_unit", field="unit", value=text.strip(), known=known)
    return unit


def read_amount(text: str) -> int:
    """Return a whole number. Raises InvalidInputError `domain.time.unreadable_amount`."""
    cleaned = text.strip()
    if not re.fullmatch(r"[0-9]{1,9}", cleaned):
        raise InvalidInputError("domain.time.unreadable_amount", field="amount", value=cleaned)
    return int(cleaned)


def read_start(text: str, unit: Unit, zone: ZoneInfo) -> WrittenMoment:
    """Return the start; limits in hours and minutes need a time of day.

    Raises InvalidInputError `domain.time.unreadable_start`, `domain.time.start_without_time`.
    """
    try:
        found = read_moment(text, zone)
        found.at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise InvalidInputError("domain.time.unreadable_start", field="start", value=text.strip()) from None
    if not found.has_clock and not unit.counts_days:
        raise InvalidInputError("domain.time.start_without_time", field="start")
    return found


def read_pauses(text: str, unit: Unit, zone: ZoneInfo, *, article: str = "") -> tuple[tuple[Pause, ...], bool]:
    """Return pauses written `begin/end;begin/end`, each told at its begin, and whether any has a time of day.

    Raises InvalidInputError `domain.time.unreadable_pause`, `domain.time.pause_backwards`.
    """
    pauses: list[Pause] = []
    has_clock = False
    for part in text.replace("；", ";").split(";"):
        if not part.strip():
            continue
        edges = part.split("/")
        try:
            if len(edges) != 2:
                raise ValueError(part)
            begin, end = (read_moment(edge, zone) for edge in edges)
            begin.at.astimezone(UTC), end.at.astimezone(UTC)
            if not unit.counts_days and not (begin.has_clock and end.has_clock):
                raise ValueError(part)
        except (ValueError, OverflowError):
            raise InvalidInputError("domain.time.unreadable_pause", field="pauses", value=part.strip()) from None
        has_clock = has_clock or begin.has_clock or end.has_clock
        try:
            pauses.append(
                Pause(
                    kind="given",
                    began_at=begin.at,
                    ended_at=end.at,
                    notice_at=begin.at,
                    until=None,
                    article=article,
                )
            )
        except InvalidInputError as error:
            raise InvalidInputError(error.code, **{**error.facts, "field": "pauses"}) from None
    return tuple(pauses), has_clock


def read_limit(
    start: str,
    amount: str,
    unit: str,
    calendar: WorkCalendar,
    *,
    pauses: str = "",
    end_rule: EndRule = EndRule.ROLL,
    article: str = "",
    pause_article: str = "",
) -> WrittenLimit:
    """Return a limit written in words. Raises InvalidInputError naming the field."""
    kind = read_unit(unit)
    begin = read_start(start, kind, calendar.zone)
    limit = TimeLimit(amount=read_amount(amount), unit=kind, end_rule=end_rule, article=article)
    found, has_clock = read_pauses(pauses, kind, calendar.zone, article=pause_article)
    return WrittenLimit(
        started_at=begin.at, limit=limit, pauses=found, has_clock=begin.has_clock, pauses_have_clock=has_clock
    )

"""Days and moments as people read them: `9月29日 周二 24:00`, the year only where it differs or stands alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

_WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _local(moment: datetime) -> datetime:
    """Return the moment on the clock of the reader's town."""
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def day_text(day: date, *, tongue: str, today: date | None = None, weekday: bool = True) -> str:
    """Return `9月29日 周二` or `Tue 29 Sep`; the year too unless it is that of `today`."""
    if isinstance(day, datetime):
        day = _local(day).date()
    if isinstance(today, datetime):
        today = _local(today).date()
    with_year = today is None or today.year != day.year
    name = _WEEKDAYS[tongue][day.weekday()]
    if tongue == "zh":
        text = f"{day.month}月{day.day}日"
        text = f"{day.year}年{text}" if with_year else text
        return f"{text} {name}" if weekday else text
    text = f"{day.day} {_MONTHS[day.month - 1]}"
    text = f"{text} {day.year}" if with_year else text
    return f"{name} {text}" if weekday else text


def moment_text(moment: datetime, *, tongue: str, today: date | None = None) -> str:
    """Return `9月28日 周一 10:05` in the town's own time."""
    local = _local(moment)
    return f"{day_text(local.date(), tongue=tongue, today=today)} {local:%H:%M}"


def due_text(at: datetime, *, tongue: str, today: date | None = None, note: str = "") -> str:
    """Return the due moment; one that falls on midnight ends the day before at 24:00.

    `note` says what is unusual about the day, for example that it is a make-up working day.
    """
    local = _local(at)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        day, hour = local.date() - timedelta(days=1), "24:00"
    else:
        day, hour = local.date(), f"{local:%H:%M}"
    text = day_text(day, tongue=tongue, today=today)
    if not note:
        return f"{text} {hour}"
    return f"{text}（{note}）{hour}" if tongue == "zh" else f"{text} ({note}) {hour}"

"""Moments, limits, what is left and whole reckonings as people read them. `lang` is `zh` or `en`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from jinli.domain.calendar import DayKind, WorkCalendar
from jinli.domain.deadlines import DueMoment, Left
from jinli.domain.explanation import ExplainedLine, Explanation
from jinli.domain.limits import TimeLimit, Unit
from jinli.ui.dates import day_text
from jinli.ui.words_time import WORDS

_HOLIDAYS: Mapping[str, str] = {WORDS[key][0]: key for key in WORDS if key.startswith("domain.holiday.")}
_START_DATE = "domain.explain.start_date"
_COUNT: Mapping[str, str] = {
    "start_day": "itself",
    "start_midnight": "itself",
    "start_hours": "start",
    "start_closed": "start",
    "month_day": "target",
    "month_end": "target",
    "rolled_to": "rolled",
    "stays": "stays",
    "clock_hours": "continuous",
    "pause_days": "paused",
    "pause_days_open": "paused",
    "pause_same_day": "paused",
    "pause_last_day": "paused",
    "pause_hours": "paused",
    "pause_hours_open": "paused",
    "extension": "extended",
    "fixed": "fixed",
    "provisional": "provisional",
    "at_the_latest": "at_the_latest",
}
"""What stands in the column of the count, by the last part of a line's code; else the number or `not counted`."""


def _say(key: str, lang: str, **facts: object) -> str:
    return WORDS[key][1 if lang == "en" else 0].format(**facts)


def _several(key: str, number: int, lang: str, **facts: object) -> str:
    """Return the words for one or for several."""
    one = f"{key}.one"
    return _say(one if number == 1 and one in WORDS else key, lang, **facts)


def _zone(calendar: WorkCalendar | None) -> tzinfo:
    """Return the zone of the calendar, else that of the reader."""
    if calendar is not None:
        return calendar.zone
    from django.utils import timezone

    return timezone.get_current_timezone()


def _today(now: datetime | date | None, zone: tzinfo) -> date | None:
    return now.astimezone(zone).date() if isinstance(now, datetime) else now


def word_day(day: date, *, lang: str, now: datetime | date | None = None, weekday: bool = True) -> str:
    """Return `9月28日 周一`; the year only when it differs from that of `now`, or stands alone."""
    today = now.date() if isinstance(now, datetime) else now
    return day_text(day, tongue=lang, today=today, weekday=weekday)


def word_moment(
    at: datetime, *, lang: str, now: datetime | date | None = None, calendar: WorkCalendar | None = None
) -> str:
    """Return `9月28日 周一 17:50` in the town's zone; the year only when it differs from that of `now`."""
    zone = _zone(calendar)
    local = at.astimezone(zone)
    return f"{word_day(local.date(), lang=lang, now=_today(now, zone))} {local:%H:%M}"


def word_due(
    due: DueMoment | datetime,
    *,
    lang: str,
    now: datetime | date | None = None,
    calendar: WorkCalendar | None = None,
    marks: bool = False,
) -> str:
    """Return `9月29日 周二 24:00`, with the make-up day named if the calendar is given.

    A moment at 00:00 is 24:00 of the day before. `marks` adds `暂定` and `最迟` where they hold.
    """
    zone = _zone(calendar)
    at = due.at if isinstance(due, DueMoment) else due
    local = at.astimezone(zone)
    if isinstance(due, DueMoment) and due.last_day is not None:
        day, clock = due.last_day, "24:00"
    elif (local.hour, local.minute, local.second) == (0, 0, 0):
        day, clock = local.date() - timedelta(days=1), "24:00"
    else:
        day, clock = local.date(), f"{local:%H:%M}"
    text = word_day(day, lang=lang, now=_today(now, zone))
    if calendar is not None and calendar.day(day).kind is DayKind.MAKE_UP:
        note = _say("domain.due.make_up", lang)
        text = f"{text} ({note}) {clock}" if lang == "en" else f"{text}（{note}）{clock}"
    else:
        text = f"{text} {clock}"
    if not marks or not isinstance(due, DueMoment):
        return text
    if due.at_the_latest:
        text = _say("domain.due.at_the_latest", lang, due=text)
    if due.provisional:
        note = _say("domain.due.provisional", lang)
        text = f"{text} ({note})" if lang == "en" else f"{text}（{note}）"
    return text


def word_limit(limit: TimeLimit, *, lang: str) -> str:
    """Return `3 工作日`, `24 小时（连续）`."""
    return word_amount(limit.amount, limit.unit, lang=lang)


def word_amount(amount: int, unit: Unit | str, *, lang: str) -> str:
    """Return so many of a unit."""
    return _several(f"domain.unit.{Unit(unit).value}", amount, lang, count=amount)


_IN_DAYS = 240


def word_time(minutes: int, *, lang: str, working: bool = False) -> str:
    """Return `1 小时 30 分`, of working time `1 工作时 30 分`; under an hour `35 分钟`, from ten days on whole days."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _say("domain.time_of.minutes", lang, minutes=rest)
    if hours >= _IN_DAYS and not working:
        return _say("domain.time_of.days", lang, days=hours // 24)
    kind = f"{'working_' if working else ''}{'both' if rest else 'hours'}"
    return _say(f"domain.time_of.{kind}", lang, hours=hours, minutes=rest)


def word_left(left: Left, *, lang: str) -> str:
    """Return `还剩 1 个工作日`, `今天内`, `逾期 1 工作时 55 分`."""
    facts = dict(left.facts)
    working = left.code.endswith("working_time")
    if left.code.startswith("domain.balance.") and left.code.endswith("_time"):
        times = {name: word_time(minutes, lang=lang, working=working) for name, minutes in facts.items()}
        return _say(left.code, lang, **times)
    if "hours" in facts:
        minutes = facts["hours"] * 60 + facts["minutes"]
        return _say(left.code, lang, time=word_time(minutes, lang=lang, working=working))
    return _several(left.code, facts.get("days", 0), lang, **facts)


def word_holiday(name: str, *, lang: str) -> str:
    """Return the name of a public holiday as the papers write it, in the reader's language where it is known."""
    if lang != "en":
        return name
    return ", ".join(_say(_HOLIDAYS[one], lang) if one in _HOLIDAYS else one for one in name.split("、"))


@dataclass(frozen=True, kw_only=True)
class WordedLine:
    """One line of a reckoning in words: the five columns of the page. `same_basis`: the ground of the line before."""

    days: str
    weekdays: str
    count: str
    text: str
    basis: str
    same_basis: bool
    counts: bool
    today: bool
    reached: bool


@dataclass(frozen=True, kw_only=True)
class WordedExplanation:
    """A reckoning in words: what it is about, its lines, and a note under them."""

    title: str
    lines: tuple[WordedLine, ...]
    note: str


def word_explanation(
    explanation: Explanation,
    *,
    lang: str,
    now: datetime | None = None,
    folded: bool = False,
    clock: bool = True,
    pause_clock: bool = True,
) -> WordedExplanation:
    """Return a reckoning in words.

    `folded` joins counted days that follow one another and rest on one ground. `clock=False` leaves out the time
    of a start that was given as a day, `pause_clock=False` those of pauses.
    """
    zone = ZoneInfo(explanation.zone)
    start = explanation.started_at.astimezone(zone)
    lines = _joined(explanation.lines) if folded else explanation.lines
    worder = _Worder(explanation, zone, lang, start.date(), clock, pause_clock)
    today = None if now is None else now.astimezone(zone).date()
    worded: list[WordedLine] = []
    for one in lines:
        line = worder.line(one, today)
        worded.append(replace(line, same_basis=bool(worded) and worded[-1].basis == line.basis))
    return WordedExplanation(title=worder.title(now), lines=tuple(worded), note=worder.note())


def explanation_lines(
    explanation: Explanation,
    *,
    lang: str,
    now: datetime | None = None,
    clock: bool = True,
    pause_clock: bool = True,
) -> list[str]:
    """Return a reckoning as lines of text for a terminal or a letter."""
    worded = word_explanation(explanation, lang=lang, now=now, clock=clock, pause_clock=pause_clock)
    lines = [" ".join(part for part in (one.days, one.weekdays, one.count, one.text) if part) for one in worded.lines]
    joined = [
        f"{line} [{one.basis}]" if lang == "en" else f"{line}【{one.basis}】"
        for line, one in zip(lines, worded.lines, strict=True)
    ]
    return [worded.title, *joined, worded.note]


def explanation_cell(explanation: Explanation, *, lang: str, clock: bool = True, pause_clock: bool = True) -> str:
    """Return a reckoning as one cell of a table, counted days that follow one another joined."""
    worded = word_explanation(explanation, lang=lang, folded=True, clock=clock, pause_clock=pause_clock)
    parts = []
    for one in worded.lines:
        text = " ".join(part for part in (one.days, one.count, one.text) if part)
        if not one.same_basis:
            text += f" [{one.basis}]" if lang == "en" else f"【{one.basis}】"
        parts.append(text)
    return "; ".join(parts) if lang == "en" else "；".join(parts)


class _Worder:
    """Words the lines of one reckoning; the year is named only where it differs from that of the start."""

    def __init__(
        self, explanation: Explanation, zone: ZoneInfo, lang: str, start: date, clock: bool, pause_clock: bool
    ) -> None:
        self.explanation, self.zone, self.lang, self.start = explanation, zone, lang, start
        self.clock, self.pause_clock = clock, pause_clock

    def title(self, now: datetime | None) -> str:
        """Return what is reckoned from when."""
        limit = self.explanation.limit
        if limit.unit is Unit.FIXED:
            return _say("domain.explain.title_fixed", self.lang)
        start = self.explanation.started_at.astimezone(self.zone)
        today = None if now is None else now.astimezone(self.zone).date()
        text = word_day(start.date(), lang=self.lang, now=today)
        if self.clock:
            text = f"{text} {start:%H:%M}"
        return _say("domain.explain.title", self.lang, limit=word_limit(limit, lang=self.lang), start=text)

    def line(self, line: ExplainedLine, today: date | None) -> WordedLine:
        """Return one line in words."""
        name = line.code.rpartition(".")[2]
        facts = self._facts(line)
        return WordedLine(
            days=self._days(line),
            weekdays=self._weekdays(line),
            count=self._count(name, line, facts),
            text=_say(line.code if self.clock or name != "start_day" else _START_DATE, self.lang, **facts),
            basis=_say(line.basis, self.lang, **{**facts, "article": line.article}),
            same_basis=False,
            counts=line.count is not None or name in {"office_span", "clock_hours", "due_day", "due_time"},
            today=today is not None and line.first <= today <= (line.last or line.first) and not name.startswith("due"),
            reached=name in {"due_day", "due_time"},
        )

    def note(self) -> str:
        """Return what moved the due moment, where the limit is from, which calendars were used."""
        told, lang = self.explanation, self.lang
        pauses = (
            _say("domain.note.pauses", lang, count=told.paused) if told.paused else _say("domain.note.no_pause", lang)
        )
        extensions = _say("domain.note.no_extension", lang)
        if told.extended:
            total = word_amount(told.amount, told.limit.unit, lang=lang)
            extensions = _say("domain.note.extensions", lang, count=told.extended, limit=total)
        parts = [_say("domain.note.moves", lang, pauses=pauses, extensions=extensions)]
        source = " ".join(part for part in (told.limit.article, told.limit.source) if part)
        if source:
            parts.append(_say("domain.note.limit", lang, source=source))
        years = [str(year) for year in told.calendars]
        if years:
            parts.append(_say("domain.note.calendar", lang, years=self._list(years)))
        return (" " if lang == "en" else "").join(parts)

    def _list(self, texts: Iterable[str]) -> str:
        return _say("domain.note.list", self.lang).join(texts)

    def _clock(self, at: datetime) -> str:
        return f"{at.astimezone(self.zone):%H:%M}"

    def _moment(self, at: datetime) -> str:
        """Return day and time; 00:00 as 24:00 of the day before."""
        local = at.astimezone(self.zone)
        if not self.pause_clock:
            return self._day(local.date())
        day, clock = local.date(), f"{local:%H:%M}"
        if clock == "00:00":
            day, clock = day - timedelta(days=1), "24:00"
        return f"{self._day(day)} {clock}"

    def _day(self, day: date) -> str:
        return word_day(day, lang=self.lang, now=self.start, weekday=False)

    def _facts(self, line: ExplainedLine) -> dict[str, object]:
        """Return the facts of a line as words."""
        facts = dict(line.facts)
        working = self.explanation.limit.unit is Unit.WORKING_HOUR
        for name, value in line.facts.items():
            if name in {"opens", "closes"} or (name == "at" and line.code.startswith("domain.explain.start_")):
                assert isinstance(value, datetime)
                facts[name] = self._clock(value)
            elif isinstance(value, datetime):
                facts[name] = self._moment(value)
            elif isinstance(value, date):
                facts[name] = self._day(value)
        if "name" in facts:
            facts["name"] = word_holiday(str(facts["name"]), lang=self.lang)
        if isinstance(line.facts.get("years"), list):
            facts["years"] = self._list(str(year) for year in facts["years"])  # type: ignore[attr-defined]
        if "unit" in facts:
            facts["limit"] = word_amount(int(str(facts["amount"])), str(facts["unit"]), lang=self.lang)
        for name, called in (("minutes", "time"), ("used", "used")):
            if name in facts:
                facts[called] = word_time(int(str(facts[name])), lang=self.lang, working=working)
        return facts

    def _days(self, line: ExplainedLine) -> str:
        """Return `9月25日—27日`."""
        if line.last is None:
            return self._day(line.first)
        first, last = self._day(line.first), self._day(line.last)
        if (line.first.year, line.first.month) == (line.last.year, line.last.month):
            if self.lang == "en":
                return f"{line.first.day}–{last}"
            return f"{first}—{line.last.day}日"
        return f"{first}–{last}" if self.lang == "en" else f"{first}—{last}"

    def _weekdays(self, line: ExplainedLine) -> str:
        """Return `周五至周日`; nothing for runs longer than a week."""
        first = _weekday(line.first, self.lang)
        if line.last is None:
            return first
        if (line.last - line.first).days >= 7:
            return ""
        last = _weekday(line.last, self.lang)
        return f"{first}–{last}" if self.lang == "en" else f"{first}至{last}"

    def _count(self, name: str, line: ExplainedLine, facts: Mapping[str, object]) -> str:
        if name == "due_day":
            return "24:00"
        if name == "due_time":
            at = line.facts["at"]
            assert isinstance(at, datetime)
            return self._clock(at)
        if line.count is not None:
            since = line.facts.get("since", line.count)
            key = "domain.count.day" if since == line.count else "domain.count.days"
            return _say(key, self.lang, count=line.count, since=since)
        if name == "office_span":
            return _say("domain.count.time", self.lang, time=facts["time"])
        return _say(f"domain.count.{_COUNT.get(name, 'not')}", self.lang)


def _weekday(day: date, lang: str) -> str:
    return day_text(day, tongue=lang, today=day).split(" ")[0 if lang == "en" else -1]


def _joined(lines: Iterable[ExplainedLine]) -> Iterable[ExplainedLine]:
    """Yield the lines, counted days that follow one another and are told alike joined into a run."""
    held: ExplainedLine | None = None
    for line in lines:
        if (
            held is not None
            and held.count is not None
            and line.count == held.count + 1
            and (held.code, held.basis, held.article) == (line.code, line.basis, line.article)
            and (held.last or held.first) + timedelta(days=1) == line.first
            and line.last is None
        ):
            since = held.facts.get("since", held.count)
            held = replace(held, last=line.first, count=line.count, facts={**held.facts, "since": since})
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held

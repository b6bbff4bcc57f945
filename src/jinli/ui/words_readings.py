"""Words of how far two dates lie apart, and of the plainer counts that give another system's date."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "domain.gap.same_day": ("同一天到期", "due on the same day"),
    "domain.gap.same_moment": ("同一时刻到期", "due at the same moment"),
    "domain.gap.earlier_working_days": ("对方早 {days} 个工作日", "theirs is {days} working days earlier"),
    "domain.gap.later_working_days": ("对方晚 {days} 个工作日", "theirs is {days} working days later"),
    "domain.gap.earlier_days": ("对方早 {days} 天", "theirs is {days} days earlier"),
    "domain.gap.later_days": ("对方晚 {days} 天", "theirs is {days} days later"),
    "domain.gap.earlier_time": ("对方早 {time}", "theirs is {time} earlier"),
    "domain.gap.later_time": ("对方晚 {time}", "theirs is {time} later"),
    "domain.reading.calendar_days": (
        "按自然日数，周末和节假日也算",
        "counted in calendar days, rest days too",
    ),
    "domain.reading.weekdays": (
        "只数周一至周五，没有扣除节假日，也不算调休上班",
        "Monday to Friday alone, without public holidays and make-up days",
    ),
    "domain.reading.no_make_up": ("没有把调休上班的日子算进去", "without the make-up working days"),
    "domain.reading.no_holidays": ("没有扣除节假日", "without the public holidays"),
    "domain.reading.first_day_counts": ("把受理当天算作第 1 日", "with the opening day as day 1"),
    "domain.reading.calendar_days_rolled": (
        "按自然日数，遇休息日顺延",
        "counted in calendar days, rolled past rest days",
    ),
    "domain.reading.calendar_days_first": (
        "按自然日数，并把受理当天算作第 1 日",
        "counted in calendar days with the opening day as day 1",
    ),
    "domain.reading.weekdays_first": (
        "只数周一至周五，并把受理当天算作第 1 日",
        "Monday to Friday alone, with the opening day as day 1",
    ),
    "domain.reading.not_rolled": ("最后一日遇休息日没有顺延", "without rolling past rest days"),
    "domain.reading.rolled": ("最后一日遇休息日顺延了", "rolled past rest days"),
    "domain.reading.working_days": ("按工作日数", "counted in working days"),
    "domain.reading.thirty_days": ("每月按 30 天数", "with 30 days a month"),
    "domain.reading.plain_years": ("每年按 365 天数", "with 365 days a year"),
    "domain.reading.clock_hours": ("小时连续数，下班时间也算", "hours round the clock, closed hours too"),
    "domain.reading.office_hours": ("只数上班的小时", "office hours alone"),
    "domain.reading.end_of_day": ("到那一天的 24:00", "to 24:00 of that day"),
}

"""The reckoning, line by line, as a clerk reads it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jinli.domain import deadlines, explanation
from jinli.domain.deadlines import Extension, Pause, balance, due_at, lateness, time_left, warn_at
from jinli.domain.explanation import explain
from jinli.domain.limits import TimeLimit, Unit
from jinli.ui.wording_time import explanation_lines, word_amount, word_due, word_left, word_limit, word_moment
from jinli.ui.words_time import WORDS
from tests.domain.time.calendars import at, extension, limit, pause, town_calendar

CALENDAR = town_calendar()
NOW = at("2026-09-28 10:05")


def told(
    start: str,
    promise: TimeLimit,
    *,
    lang: str = "zh",
    pauses: tuple[Pause, ...] = (),
    extensions: tuple[Extension, ...] = (),
) -> list[str]:
    return explanation_lines(explain(at(start), promise, CALENDAR, pauses, extensions), lang=lang, now=NOW)


def test_working_days_are_told_day_by_day_with_rest_days_folded() -> None:
    assert told("2026-09-23 10:15", limit(3, "working_day")) == [
        "怎么算的：3 工作日，从 9月23日 周三 10:15 起",
        "9月23日 周三 当日不计 起算日（10:15）【民法典第二百零一条，参照】",
        "9月24日 周四 第 1 日 工作日【国务院关于职工工作时间的规定第七条】",
        "9月25日—27日 周五至周日 不计 中秋节放假【国务院 2026 年放假安排】",
        "9月28日 周一 第 2 日 工作日【国务院关于职工工作时间的规定第七条】",
        "9月29日 周二 第 3 日 工作日，最后一日【国务院关于职工工作时间的规定第七条】",
        "9月29日 周二 24:00 到期【一日止于 24:00：平台约定】",
        "没有暂停，没有延期。日历：2026 年版。",
    ]


def test_the_same_in_english() -> None:
    assert told("2026-09-23 10:15", limit(3, "working_day", article="art. 32"), lang="en") == [
        "How it is counted: 3 working days from Wed 23 Sep 10:15",
        "23 Sep Wed day itself start (10:15) [Civil Code art. 201, by analogy]",
        "24 Sep Thu day 1 working day [art. 32]",
        "25–27 Sep Fri–Sun not counted public holiday: Mid-Autumn Festival [State Council, holidays of 2026]",
        "28 Sep Mon day 2 working day [art. 32]",
        "29 Sep Tue day 3 working day, the last [art. 32]",
        "29 Sep Tue 24:00 due [a day ends at 24:00: house convention]",
        "No pause, no extension. Limit from: art. 32. Calendar: 2026.",
    ]


def test_working_hours_tell_each_stretch_of_office_time() -> None:
    assert told("2026-09-18 11:40", limit(4, "working_hour")) == [
        "怎么算的：4 工作时，从 9月18日 周五 11:40 起",
        "9月18日 周五 起算 从 11:40 起【民法典第二百零一条第二款，参照】",
        "9月18日 周五 计 20 分钟 11:40—12:00 办公，累计 20 分钟【平台约定】",
        "9月18日 周五 计 3 工作时 14:30—17:30 办公，累计 3 工作时 20 分【平台约定】",
        "9月19日 周六 不计 周末【国务院关于职工工作时间的规定第七条】",
        "9月20日 周日 计 40 分钟 08:30—09:10 办公，累计 4 工作时【平台约定】",
        "9月20日 周日 09:10 到期【时满即止：平台约定】",
        "没有暂停，没有延期。日历：2026 年版。",
    ]


def test_urgent_hours_say_that_nights_count() -> None:
    assert "9月24日 周四 连续计 2 小时（连续）：夜间、周末、节假日照计【民法典第二百零一条第二款，参照】" in told(
        "2026-09-24 17:50", limit(2, "urgent_hour")
    )


def test_a_pause_is_told_with_its_article_and_the_rule_by_which_its_days_are_excluded() -> None:
    lines = told("2026-09-14 10:00", limit(5, "working_day"), pauses=(pause("2026-09-16 09:00", "2026-09-21 16:00"),))
    assert lines[4:6] == [
        "9月16日 周三 暂停 9月16日 09:00 起暂停：9月17日至9月21日不计（起日照计，止日不计）"
        "【平台约定，参照民法典第二百零一条、第二百零三条】",
        "9月17日—21日 周四至周一 不计 暂停期间【行政许可法第四十五条】",
    ]
    assert lines[-1].startswith("暂停 1 次")


def test_an_open_pause_and_an_unpublished_year_are_said_before_the_due_moment() -> None:
    lines = told(
        "2026-12-14 10:00", limit(15, "working_day"), pauses=(pause("2026-12-16 09:00", until="2026-12-19 00:00"),)
    )
    assert [line.split()[2] for line in lines[-4:-1]] == ["暂定", "最迟", "24:00"]


def test_a_pause_on_the_last_day_and_one_after_the_due_moment_say_that_they_move_nothing() -> None:
    last = told("2026-09-14 10:00", limit(5, "working_day"), pauses=(pause("2026-09-20 09:00", "2026-09-23 09:00"),))
    assert any("已是最后一日，不改变到期" in line for line in last)
    late = told("2026-09-14 10:00", limit(5, "working_day"), pauses=(pause("2026-09-21 09:00", "2026-09-23 09:00"),))
    assert any("在到期以后，不改变到期" in line for line in late)


def test_an_extension_is_told_where_it_was_approved() -> None:
    lines = told(
        "2026-09-14 10:00",
        limit(5, "working_day"),
        extensions=(extension(3, "2026-09-17 09:00", "2026-09-18 09:00"),),
    )
    assert any("延期 9月18日 09:00 批准延长 3 工作日" in line for line in lines)
    assert "延期 1 次，合计 8 工作日" in lines[-1]


def test_months_name_the_corresponding_day_and_the_roll() -> None:
    lines = told("2026-09-03 10:00", limit(1, "month", roll=True))
    assert lines[2] == "10月3日 周六 对应日 满 1 个月的对应日【民法典第二百零二条，参照】"
    assert lines[3] == "10月3日—7日 周六至周三 不计 最后一日遇国庆节放假【民法典第二百零三条，参照】"
    assert lines[4].startswith("10月8日 周四 顺延")


def test_a_town_standard_on_a_rest_day_says_that_it_stays() -> None:
    assert any("不顺延" in line for line in told("2026-09-18 10:00", limit(15, "calendar_day")))


def test_a_start_at_midnight_and_one_outside_office_hours_say_so() -> None:
    assert "零点整起算" in told("2026-09-22 00:00", limit(1, "working_day"))[1]
    assert "不在办公时间" in told("2026-09-22 13:00", limit(1, "working_hour"))[1]


def test_every_code_that_a_reckoning_or_what_is_left_can_have_is_worded() -> None:
    source = Path(explanation.__file__).read_text(encoding="utf-8")
    bases = set(re.findall(r'"(domain\.basis\.[a-z_0-9]+)"', source))
    names = set(re.findall(r'_line\(\s*[^,"]+,\s*f?"([a-z_]+)', source)) | set(
        re.findall(r'name = "([a-z_]+)"', source)
    )
    left = set(re.findall(r'"(domain\.(?:left|late|balance)\.[a-z_]+)"', Path(deadlines.__file__).read_text("utf-8")))
    codes = bases | left | {f"domain.explain.{name}" for name in names}
    assert len(codes) > 40
    assert codes - WORDS.keys() == set()


@pytest.mark.parametrize(
    ("start", "promise", "expected"),
    [
        ("2026-09-21 10:00", limit(4, "working_day"), "今天内"),
        ("2026-09-21 10:00", limit(5, "working_day"), "还剩 1 个工作日"),
        ("2026-09-24 10:00", limit(6, "working_day"), "还剩 5 个工作日"),
        ("2026-09-24 10:00", limit(10, "calendar_day"), "还剩 6 天"),
        ("2026-09-28 09:35", limit(2, "working_hour"), "还剩 1 工作时 30 分"),
        ("2026-09-28 08:40", limit(2, "working_hour"), "还剩 35 分钟"),
        ("2026-09-27 16:20", limit(24, "urgent_hour"), "还剩 6 小时 15 分"),
        ("2026-09-22 10:00", limit(1, "working_day"), "逾期第 2 个工作日"),
        ("2026-09-23 10:00", limit(1, "working_day"), "逾期第 1 个工作日"),
        ("2026-09-24 10:40", limit(4, "working_hour"), "逾期 1 工作时 55 分"),
        ("2026-09-18 10:00", limit(9, "calendar_day"), "逾期第 1 天"),
        ("2026-09-28 09:50", limit(15, "minute"), "逾期不到 1 分钟"),
    ],
)
def test_what_is_left_and_how_late_it_is_on_monday_28_september_at_10_05(
    start: str, promise: TimeLimit, expected: str
) -> None:
    due = due_at(at(start), promise, CALENDAR)
    assert word_left(time_left(NOW, due, promise, CALENDAR), lang="zh") == expected


def test_lateness_on_a_rest_day_and_outside_office_hours_does_not_grow() -> None:
    days, hours = limit(1, "working_day"), limit(1, "working_hour")
    due = due_at(at("2026-09-23 10:00"), days, CALENDAR)
    assert word_left(lateness(at("2026-09-26 10:00"), due, days, CALENDAR), lang="zh") == "逾期，今天休息"
    due = due_at(at("2026-09-24 16:30"), hours, CALENDAR)
    assert word_left(lateness(at("2026-09-24 20:00"), due, hours, CALENDAR), lang="zh") == "逾期，下班时间不累计"


def test_a_paused_promise_says_what_is_used_and_what_is_left() -> None:
    promise, held = limit(20, "working_day"), pause("2026-09-22 10:00", until="2026-10-21 00:00")
    found = balance(NOW, at("2026-09-10 10:00"), promise, CALENDAR, [held])
    assert word_left(found, lang="zh") == "已用 9 个，余 11 个工作日"


def test_a_promise_is_near_when_30_percent_are_left_or_on_the_last_day() -> None:
    start = at("2026-09-14 10:00")
    assert warn_at(start, limit(3, "working_day"), CALENDAR) == at("2026-09-17 00:00")
    assert warn_at(start, limit(10, "working_day"), CALENDAR) == at("2026-09-23 00:00")
    assert warn_at(start, limit(10, "urgent_hour"), CALENDAR) == at("2026-09-14 17:00")
    assert warn_at(start, limit(10, "working_day"), CALENDAR, percent_left=50) == at("2026-09-21 00:00")


def test_a_due_moment_is_worded_as_the_end_of_its_own_day_with_the_make_up_day_named() -> None:
    due = due_at(at("2026-09-24 10:00"), limit(6, "working_day"), CALENDAR)
    assert word_due(due, lang="zh", now=NOW, calendar=CALENDAR) == "10月10日 周六（调休上班）24:00"
    assert word_due(due, lang="en", now=NOW, calendar=CALENDAR) == "Sat 10 Oct (make-up working day) 24:00"
    later = due_at(at("2026-12-24 10:00"), limit(5, "working_day"), CALENDAR)
    assert word_due(later, lang="zh", calendar=CALENDAR, marks=True) == "2026年12月31日 周四 24:00（暂定）"


def test_moments_and_limits_are_worded_short() -> None:
    assert word_moment(NOW, lang="zh", now=NOW, calendar=CALENDAR) == "9月28日 周一 10:05"
    assert word_moment(NOW, lang="zh", calendar=CALENDAR) == "2026年9月28日 周一 10:05"
    assert word_limit(limit(24, "urgent_hour"), lang="zh") == "24 小时（连续）"
    assert word_amount(1, Unit.MONTH, lang="en") == "1 month"

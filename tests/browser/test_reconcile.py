"""S2 in the browser: on Tuesday the clerk sees what the hotline's new export says differently, and is done with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.eyes import DESK, PHONE, WIDTHS, Person
from tests.browser.town_process import Town

pytestmark = pytest.mark.browser
Visit = Callable[..., Person]
NOW = "2026-09-29 10:05"
TIMES = {DESK: 0, PHONE: 1}


@pytest.fixture(scope="module", autouse=True)
def exports(town: Town) -> None:
    """Take two exports that disagree, before anybody looks."""
    town.set_clock(NOW)
    town.command(str(Path(__file__).with_name("drop_exports.py")))


def _row(clerk: Person, kind: str) -> str:
    """Return the number there of the difference of a kind that this width decides."""
    place = ("vanished", "start_changed", "reopened", "closed_moved").index(kind)
    return f"GZ-{TIMES[clerk.width]}{place}-{kind.replace('_', '-')}"


def _journal(town: Town, number: str) -> list[str]:
    statement = (
        "select e.move from cases_entry e join cases_case c on c.id = e.case_id where c.foreign_number = ? "
        "order by c.number, e.seq"
    )
    return [str(move) for (move,) in town.rows(statement, number)]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_clerk_accepts_disputes_and_sees_on_the_case_why_two_dates_differ(
    visit: Visit, town: Town, width: int
) -> None:
    clerk = visit(width, "command").go("/differences/").look("differences")
    clerk.reads("以对方为准").reads("新导出里没有了")
    number = _row(clerk, "start_changed")
    line = clerk.page.get_by_role("row").filter(has_text=number)
    line.get_by_role("link").first.click()
    clerk.look("mirror").reads(re.compile("对方给的是 9月29日 周二 18:00.*对方早 3 个工作日"))
    clerk.reads(re.compile("可能的原因（平台推断，对方没有说明）"))
    clerk.go("/differences/")
    line.get_by_role("button", name="按对方改").click()
    clerk.reads("已按对方改。")
    gone = clerk.page.get_by_role("row").filter(has_text=_row(clerk, "vanished"))
    clerk.go(f"/differences/?q={_row(clerk, 'vanished')}")
    gone.get_by_text("有异议", exact=True).click()
    gone.get_by_role("button", name="记下异议").click()
    clerk.look("difference-refused", status=422).reads("写一句为什么有异议。")
    clerk.write("为什么有异议", "9 月 29 日还收到补充材料").press("记下异议").reads("已记下异议。")
    clerk.go("/differences/?which=disputed").look("differences-disputed").reads("我方理由：9 月 29 日还收到补充材料")
    clerk.go("/differences/?which=settled").look("differences-settled")
    assert _journal(town, number) == ["import", "accept_start", "accept_difference"]
    assert _journal(town, _row(clerk, "vanished")) == ["import", "missing_there", "dispute_difference"]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_second_to_decide_is_told_and_keeps_what_was_typed(visit: Visit, width: int) -> None:
    first, second = visit(width, "command"), visit(width, "command")
    number = _row(first, "closed_moved")
    for clerk in (first, second):
        clerk.go(f"/differences/?q={number}")
    first.press(f"{number} 按对方改").reads("已按对方改。")
    second.page.get_by_text("有异议", exact=True).last.click()
    second.write("为什么有异议", "签收单上是 27 日").press("记下异议").look("difference-conflict", status=409)
    second.reads("签收单上是 27 日").reads(re.compile("已按对方改"))


def test_a_whole_group_is_accepted_after_reading_what_that_does(visit: Visit, town: Town) -> None:
    clerk = visit(DESK, "command").go("/differences/?kind=vanished")
    clerk.page.locator(".d-many").first.click()
    clerk.look_twice("differences-many").reads("会发生什么")
    clerk.page.locator("main .button-primary").click()
    clerk.reads(re.compile("项已按对方改；同类还有 0 项"))
    assert _journal(town, "GZ-700") == ["import", "missing_there", "gone_there"]
    clerk.go("/differences/?kind=vanished").look_twice("differences-none").reads("没有符合的")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_rules_of_a_source_are_tried_saved_and_refused_at_their_field(visit: Visit, width: int) -> None:
    clerk = visit(width, "command").go("/imports/sources/1/").look("source")
    clerk.page.get_by_label(re.compile("^类别（可不填）$")).fill("路灯")
    clerk.page.get_by_label(re.compile("受理日期")).fill("2026-09-24")
    clerk.press("看看").look("source-tried").reads("10月9日 周五 24:00")
    clerk.page.locator("[name=rule-0-article]").fill("")
    clerk.press("保存规则").look("source-refused", status=422).reads("法定时限要写出哪一部法第几条。")
    clerk.page.locator("[name=rule-0-article]").fill(f"样本条例第一条（{width}）")
    clerk.press("保存规则").reads("规则已保存").reads("改时限规则")
    head = visit(width, "head").go("/imports/sources/1/").look("source-read")
    assert head.page.locator("[name=rule-0-article]").count() == 0

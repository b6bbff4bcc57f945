"""S1 in the browser: a manhole cover is missing after office hours; reported, filed, solved, verified, followed.

Thursday 2026-09-24, 17:50; office hours end at 17:30. Both widths live through the same evening, with a report each.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.acts import Told, follow, open_row, send
from tests.browser.eyes import PHONE, WIDTHS, Person
from tests.browser.town_process import Town

pytestmark = pytest.mark.browser
Visit = Callable[..., Person]
WHAT = {
    1360: "东围村三队祠堂前的污水井盖不见了，洞口露着，没有护栏。",
    390: "三队机耕路口的污水井盖被人拿走了，天快黑了。",
}
WHERE = {1360: "三队祠堂前", 390: "三队机耕路口"}


def _report(resident: Person) -> Told:
    width = resident.width
    resident.go("/t/441204115/").look("s1-town")
    resident.go("/t/441204115/report/").press("提交").look("s1-report-refused", status=422)
    resident.write("用自己的话说，几句就够", WHAT[width]).press("提交")
    resident.look(status=422)
    assert resident.page.get_by_label("用自己的话说，几句就够").input_value() == WHAT[width], "what was typed stays"
    if width == PHONE:
        resident.go("/t/441204115/report/").write("用自己的话说，几句就够", WHAT[width])
        resident.choose("村（社区）", "东围村").write("地址或附近的标志", WHERE[width]).write("手机号", "138 0000 0426")
        resident.page.get_by_role("heading", level=1).click()
        resident.picture("report.png", above="#h-files")
    told = send(resident, WHERE[width])
    resident.look("s1-receipt").reads("9月24日 周四 17:50").reads("东围村，" + WHERE[width]).reads("138****0426")
    return told


def _file(clerk: Person, told: Told) -> None:
    clerk.go("/queue/").reads(told.number).look("s1-queue-intake")
    open_row(clerk, told.number)
    clerk.look("s1-case-intake").press("立案").look("s1-file-class")
    clerk.page.get_by_role("link", name=re.compile("^污水井盖")).click()
    clerk.look("s1-file-standards").reads("夜间值班组（演示）")
    clerk.tick("井盖丢失、移位或开裂，行人车辆有危险 P0102-1")
    clerk.press("立案并派出").reads("办好了这一步").look("s1-case-handling")


def _solve(watch: Person, told: Told) -> None:
    open_row(watch, told.number).page.get_by_text("怎么算的").first.click()
    watch.look("s1-case-explained").press("处置完毕").look("s1-solve")
    watch.press("处置完毕").look(status=422)
    watch.write("办了什么（报告人看得到）", "新井盖装好，四周围护撤除").press("处置完毕").reads("办好了这一步").look()


def _verify(worker: Person, town: Town, told: Told) -> None:
    worker.go(town.case(told.number)).look("s1-case-verifying").press("核查通过").look("s1-verify")
    worker.page.get_by_role("button", name="核查通过").click()
    worker.look()


def _call_back(clerk: Person, town: Town, told: Told) -> None:
    clerk.go(town.case(told.number)).press("回访").look("s1-call-back")
    clerk.tick("已解决").tick("满意").press("记下回访").reads("办好了这一步").look("s1-case-called")


def test_s1_a_missing_manhole_cover_after_office_hours(visit: Visit, town: Town) -> None:
    town.set_clock("2026-09-24 17:50")
    reports = {width: _report(visit(width)) for width in WIDTHS}

    town.set_clock("2026-09-24 17:58")
    for width in WIDTHS:
        _file(visit(width, "command"), reports[width])
        resident = follow(visit(width), reports[width])
        resident.reads("今天 19:50")
        resident.page.get_by_text("怎么算的").first.click()
        resident.reads(re.compile("夜间")).look("s1-progress")

    town.set_clock("2026-09-24 19:20")
    for width in WIDTHS:
        _solve(visit(width, "nightwatch"), reports[width])

    town.set_clock("2026-09-24 20:05")
    for width in WIDTHS:
        _verify(visit(width, "grid01"), town, reports[width])

    town.set_clock("2026-09-28 09:10")
    for width in WIDTHS:
        _call_back(visit(width, "command02"), town, reports[width])
        resident = follow(visit(width), reports[width]).look("s1-progress-done")
        resident.tick("满意").press("提交评价").reads("评价收到了").look("s1-progress-rated")
        moves = town.journal(reports[width].number)
        assert moves == ["report", "file", "solve", "verify_passed", "call_back", "rate"]

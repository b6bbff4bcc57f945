"""S4 in the browser: a bureau asks in the chat on Friday 16:30 for figures by Saturday, and another asks again.

Friday 2026-09-11; Saturday the 12th is not worked. The answers are the same at both widths, though each asks apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.acts import report
from tests.browser.eyes import WIDTHS, Person
from tests.browser.town_process import Town

pytestmark = pytest.mark.browser
Visit = Callable[..., Person]
CHAT = (
    "各镇（街）：请于周六前报送燃气经营许可检查情况，发群里。\n"
    "1. 9月网格报告数\n2. 检查燃气经营户数（{width}）\n3. {width}号站在办件数是否属实"
)


class Friday:
    """One chat message, lived through at one width."""

    def __init__(self, visit: Visit, width: int) -> None:
        self.visit, self.width = visit, width
        self.task = self.number = ""

    def taken_in(self) -> None:
        clerk = self.visit(self.width, "command").go("/tasks/").look("s4-tasks").press("登记交办").look("s4-new")
        clerk.write("原话", CHAT.format(width=self.width)).write("期限：哪天", "2026-09-12")
        clerk.press("登记，看草稿").look("s4-new-refused", status=422).reads("选一个单位；表里没有的，写上单位名称。")
        clerk.choose("谁交办", "区住建局（演示）").press("登记，看草稿").reads("下面是答复草稿")
        self.task = clerk.path
        self.number = clerk.page.locator(".crumbs [aria-current=page]").inner_text()
        clerk.reads("期限 9月12日 周六 不是工作日，日期照写；从收到到期限只有 1 工作时。").reads(
            "燃气经营许可检查（演示）"
        )
        clerk.page.locator("details.how > summary").first.click()
        clerk.look("s4-task")
        draft = clerk.page.get_by_label("答复正文").input_value()
        for words in (
            "上级收回，牵头：区住建局（演示）",
            "不由本镇承担",
            "未知（无来源），没有另行统计",
            "只有 1 工作时",
        ):
            assert words in draft, words

    def figures_looked_at(self) -> None:
        clerk = self.visit(self.width, "command").go(self.task)
        clerk.page.get_by_role("link", name=re.compile("清单.*9月网格报告数")).click()
        clerk.reads("网格和居民报告").look("s4-figure")
        clerk.go(f"{self.task}print/?act=object&line=T02").reads("草稿，还没有送出").look("s4-draft")

    def filled_in(self) -> None:
        clerk = self.visit(self.width, "command").go(self.task).press("把有数的", exact=False)
        clerk.reads("没有手工输入").page.get_by_role("link", name=re.compile("处理.*检查燃气经营户数")).click()
        clerk.look("s4-ask").tick("自己填").press("记下这一项").look("s4-ask-refused", status=422)
        clerk.write("自己填的值", "37").press("记下这一项").reads("已记下这一项")

    def objected(self) -> None:
        clerk = self.visit(self.width, "command").go(f"{self.task}object/").write("依据", "")
        send = clerk.page.get_by_role("button", name="提出异议", exact=True)
        send.click()
        clerk.look("s4-object-refused", status=422).write("依据", "演示，未引条文")
        send.click()
        clerk.reads("已提异议，等对方").look("s4-objected")
        clerk.go(f"{self.task}print/").reads("区住建局（演示）：").look("s4-paper")

    def asked_again(self) -> None:
        clerk = self.visit(self.width, "command").go("/tasks/new/").choose("谁交办", "区应急局（演示）")
        clerk.write("要什么，一行一项", f"检查燃气经营户数（{self.width}）\n9月网格报告数").press("登记，看草稿")
        clerk.reads("答给区住建局（演示）").press("把有数的", exact=False).reads("以前的答复").look("s4-again")
        clerk.press("存成定期报表", exact=False).look("s4-report-new").write("报表名称", f"应急月报 {self.width}")
        clerk.press("存下").reads("截至").look("s4-report").go("/tasks/reports/").look("s4-reports")

    def burden_read(self) -> None:
        head = self.visit(self.width, "head").go("/tasks/burden/").reads("目标：手工重复填 0 项").look("s4-burden")
        head.page.locator("tfoot a").first.click()
        head.look("s4-burden-list").go("/tasks/?show=all").look("s4-tasks-head")
        assert head.page.get_by_role("link", name="登记交办").count() == 0, "the town head reads"
        auditor = self.visit(self.width, "auditor").go(self.task).look()
        assert auditor.page.locator("form.answer").count() == 0


def test_s4_figures_by_saturday(visit: Visit, town: Town) -> None:
    stories = [Friday(visit, width) for width in WIDTHS]
    town.set_clock("2026-09-10 09:00")
    report(visit(WIDTHS[0]), "井盖不见了", "东围村牌坊")

    def at(moment: str, act: Callable[[Friday], None]) -> None:
        town.set_clock(moment)
        for one in stories:
            act(one)

    at("2026-09-11 16:30", Friday.taken_in)
    at("2026-09-11 16:36", Friday.figures_looked_at)
    at("2026-09-11 16:40", Friday.filled_in)
    at("2026-09-11 16:45", Friday.objected)
    at("2026-09-14 09:00", Friday.asked_again)
    at("2026-09-14 10:00", Friday.burden_read)
    for one in stories:
        assert town.journal(one.number) == ["receive", "fill", "fill", "object"]

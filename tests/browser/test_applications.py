"""An application at the desk, at both widths: the clerk tells and accepts, departments answer, the officer decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.acts import TOWN
from tests.browser.eyes import WIDTHS, Person
from tests.browser.town_process import Town

pytestmark = pytest.mark.browser
Visit = Callable[..., Person]
APPLY = str(Path(__file__).with_name("apply_in_town.py"))


def _applied(town: Town) -> str:
    return town.command(APPLY, "road_occupation").strip().splitlines()[-1]


def _mark(person: Person, material: str, state: str) -> Person:
    group = person.page.get_by_role("group", name=re.compile(f"^{material}"))
    group.get_by_label(state, exact=True).check()
    return person


@pytest.mark.parametrize("width", WIDTHS)
def test_a_licence_from_receipt_to_publication(town: Town, visit: Visit, width: int) -> None:
    town.set_clock("2026-09-28 09:00" if width == WIDTHS[0] else "2026-10-12 09:00")
    number = _applied(town)
    case = town.case(number)

    clerk = visit(width, "window01").go("/queue/").reads(number)
    clerk.go(case).look("matter-case").press("一次性告知").look("matter-accept")
    _mark(clerk, "占用或者开挖的位置平面图", "缺").press("办理").look("matter-incomplete", status=422)
    clerk.go(case).press("不予受理").look("matter-not-accepted").go(case).press("一次性告知")
    _mark(clerk, "占用或者开挖的位置平面图", "缺")
    clerk.page.get_by_label("一次性告知缺的全部材料").check()
    clerk.press("先看文书").look("matter-notice-preview").reads("文书预览（签发时编号）")
    clerk.press("办理").reads("已办")
    assert town.journal(number)[-1] == "one_time_notice"
    clerk.go(case).press("补交材料").look("matter-supply")
    clerk.page.get_by_role("checkbox").first.check()
    clerk.press("收下").reads("已办")
    clerk.go(case).press("受理").press("办理").reads("已办")
    assert town.journal(number)[-1] == "accept"

    clerk.go(case).press("看完整内容").look("matter-form-why")
    clerk.page.locator("#reason").fill("打电话核对占用的路段")
    clerk.press("看完整内容").look("matter-form").reads(re.compile("只显示这一次"))

    officer = visit(width, "planning").go(case).press("征求会办意见").look("matter-ask")
    officer.choose("主办", "区交通运输局（演示）").tick("区住建局（演示）").press("发出征求").reads("已办")
    for name, answer in (("transport", "附条件同意"), ("housing", "同意")):
        department = visit(width, name).go(case).press("出具意见").look("matter-opinion")
        department.tick(answer).write("理由和条件", "夜间施工，围挡有灯（演示）").press("出具意见")
        department.close()

    officer.go(case).press("准予许可").look("matter-decide").press("签发决定").look(status=422)
    officer.tick("准予").write("理由", "符合城市道路管理的条件（演示）").press("先看文书").look(
        "matter-decision-preview"
    )
    officer.press("签发决定").reads("已办")
    officer.go(case).press("公示").look("matter-publish").press("公示").reads("已办")
    clerk.go(case).press("送达").look("matter-deliver")
    clerk.write("谁签收", "本人").write("送了什么文书", "准予决定书、许可证").press("记下送达")
    assert town.journal(number)[-1] in ("deliver_last", "deliver")

    visit(width).go(f"/t/{TOWN}/published/").look("published").reads("梁**（演示）")
    officer.go(case).press("更正或者撤下公示").look("matter-settle")

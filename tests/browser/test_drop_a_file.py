"""A clerk drops the export of the hotline and has the mirrors: at a desk and on a phone, with server and worker.

Monday 2026-09-28, 10:05. The file is a CSV in GB18030, as Excel in China saves it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.eyes import DESK, PHONE, WIDTHS, Person
from tests.browser.town_process import Town

pytestmark = pytest.mark.browser
Visit = Callable[..., Person]
HEADINGS = ("工单编号", "诉求标题", "派单时间", "办理时限", "办结时间", "承办单位", "所属村居", "备注一")
PATIENCE = 30_000


def _export(width: int, count: int = 12) -> FilePayload:
    """Return an export: one row is overdue, one refused, and one body is called as nobody here is called."""
    rows = [
        [f"GZ{width}{n:03}", "路灯不亮", "2026-09-21 09:00", "2026-09-30 18:00", "", "区水利局（演示）", "东围村", ""]
        for n in range(count)
    ]
    rows[0][3] = "2026-09-25 18:00"
    rows[1][2] = "昨天"
    rows[2][5] = rows[3][5] = f"热线管理办{width}"
    rows[4][4] = "2026-09-24 11:00"
    held = io.StringIO()
    csv.writer(held).writerows([HEADINGS, *rows])
    return {"name": f"12345工单导出{width}.csv", "mimeType": "text/csv", "buffer": held.getvalue().encode("gb18030")}


def _drop(clerk: Person, file: FilePayload) -> Person:
    clerk.go("/imports/").page.locator("#id_file").set_input_files(file)
    return clerk.press("放入")


def _await(clerk: Person, heading: str) -> Person:
    """Wait until the worker is through and the page has opened itself anew."""
    expect(clerk.page.get_by_role("heading", name=heading, exact=True)).to_be_visible(timeout=PATIENCE)
    return clerk


@pytest.mark.parametrize("width", WIDTHS)
def test_a_clerk_drops_an_export_and_has_its_mirrors(visit: Visit, town: Town, width: int) -> None:
    town.set_clock("2026-09-28 10:05")
    clerk = visit(width, "command" if width == DESK else "command02")
    if width == DESK:
        clerk.go("/imports/").reads("还没有导入过").look("imports-empty")
    clerk.go("/imports/").press("放入").look("imports-refused", status=422)

    _drop(clerk, _export(width)).page.wait_for_load_state()
    if width == DESK:  # the shape of the table is known from then on
        clerk.look("import-map").reads("确定")
        expect(clerk.page.locator("#id_name")).to_have_value("12345 热线")
        clerk.page.locator("#id_foreign_number").select_option("备注一")
        expect(clerk.page.locator("#sample-foreign_number")).to_have_text("")
        clerk.page.locator("#id_foreign_number").select_option("")
        clerk.press("试导").look("import-map-refused", status=422)
        clerk.page.locator("#id_foreign_number").select_option("工单编号")
        expect(clerk.page.locator("#sample-foreign_number")).to_contain_text(f"GZ{width}000")
        clerk.press("试导")

    _await(clerk, "决定").look("import-ready").reads("导入没有疑问的 9 行")
    clerk.page.get_by_role("link", name="被拒绝 1").click()
    clerk.look("import-rows").reads("第 3 行")
    clerk.page.get_by_label(f"热线管理办{width}").select_option(label="区住建局（演示）")
    clerk.press("记下对应，再试导一遍")
    _await(clerk, "决定").reads("导入 11 行")
    expect(clerk.page.locator("main .button-primary")).to_have_count(1)
    clerk.press("导入 11 行")

    _await(clerk, "这个系统现在欠着的").look("import-done")
    clerk.page.get_by_role("link", name=re.compile("^已逾期")).first.click()
    clerk.look("import-late").reads("12345 热线 镜像")
    [(mirrors,)] = town.rows(
        "select count(*) from cases_case where foreign_number like ? and stage <> 'undone'", f"GZ{width}%"
    )
    assert mirrors == 11

    clerk.go("/imports/").look("imports").page.get_by_role("link", name=f"12345工单导出{width}.csv").click()
    clerk.press("撤回整次导入").look("import-undo-refused", status=422)
    clerk.write("为什么撤回", "拿错了月份").press("撤回整次导入")
    expect(clerk.page.get_by_text("整次导入已撤回")).to_be_visible(timeout=PATIENCE)
    clerk.look("import-undone")
    [(left,)] = town.rows(
        "select count(*) from cases_case where foreign_number like ? and stage <> 'undone'", f"GZ{width}%"
    )
    assert left == 0
    [(number,)] = town.rows("select number from cases_case where foreign_number = ?", f"GZ{width}005")
    assert town.journal(number) == ["import", "undo_import"]


def test_without_scripts_the_progress_has_a_way_to_look_again(visit: Visit, town: Town) -> None:
    town.set_clock("2026-09-28 10:30")
    clerk = visit(PHONE, "command", scripts=False)
    _drop(clerk, _export(1, count=20_000)).page.wait_for_load_state()
    clerk.reads("可以离开这一页").page.get_by_role("link", name="看最新进度").click()
    clerk.press("停下试导").reads("已停下").reads("这是哪个系统的导出")
    clerk.press("不要这份文件").reads("没有写入过任何办件")

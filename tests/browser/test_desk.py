"""The daily desk in a town at work: queue, lists, hats, registers, the board, two people at once, the keyboard alone.

Tuesday 2026-09-29, 10:05, after some hundreds of simulated cases.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.acts import TOWN, report
from tests.browser.eyes import DESK, PHONE, WIDTHS, Person
from tests.browser.town_process import Town

pytestmark = pytest.mark.browser
Visit = Callable[..., Person]


@pytest.fixture
def town(busy_town: Town) -> Town:
    busy_town.set_clock("2026-09-29 10:05")
    return busy_town


def _by_keyboard(who: Person, wanted: Locator, *, most: int = 80) -> None:
    """Reach a control with the tabulator alone, and see that it is reached."""
    for _ in range(most):
        who.page.keyboard.press("Tab")
        if wanted.evaluate("(one) => one === document.activeElement"):
            outline = wanted.evaluate("(one) => getComputedStyle(one).outlineStyle")
            assert outline != "none", "the focus can be seen"
            return
    raise AssertionError("not reached by keyboard")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_queue_is_filtered_searched_and_ordered_by_due_moment(visit: Visit, width: int) -> None:
    clerk = visit(width, "command").look("queue")
    if width == DESK:
        clerk.picture("queue.png", above=".legend")
    clerk.reads("已逾期").reads("今日到期").press("等别人的", exact=False).look("queue-awaited")
    clerk.go("/queue/?q=垃圾").look("queue-search")
    clerk.go("/queue/").page.get_by_role("searchbox", name="在待办里找").fill("没有这样的事")
    clerk.page.keyboard.press("Enter")
    clerk.reads("这个范围里没有").look("queue-nothing")


def test_a_filter_of_the_queue_is_chosen_by_hand(visit: Visit) -> None:
    for width in WIDTHS:
        clerk = visit(width, "command")
        if width == PHONE:
            clerk.page.get_by_text("筛选", exact=True).click()
        place = clerk.page.locator("tr.row .q-what .second").first.inner_text()
        clerk.choose("村居", place).page.locator("form.filters").get_by_role("button").click()
        clerk.page.wait_for_load_state()
        shown = clerk.page.locator("tr.row .q-what .second").all_inner_texts()
        assert set(shown) == {place}
        clerk.look("queue-filtered")


def test_several_rows_are_given_to_one_person(visit: Visit) -> None:
    clerk = visit(DESK, "command")
    for box in clerk.page.locator("input[name=pick]").all()[:3]:
        box.check()
    clerk.page.locator("#assign-person").select_option(label="罗值班（演示）")
    clerk.press("批量分人").reads("罗值班（演示）").look("queue-assigned")
    other = visit(DESK, "command02").press("我的", exact=False).look("queue-mine")
    assert other.page.locator("tr.row").count() >= 2


def test_the_keyboard_alone_opens_a_case(visit: Visit) -> None:
    clerk = visit(DESK, "command")
    clerk.page.keyboard.press("Tab")
    expect(clerk.page.locator(".skip")).to_be_focused()
    clerk.page.keyboard.press("Enter")
    first = clerk.page.locator("tr.row a").first
    _by_keyboard(clerk, first)
    clerk.page.keyboard.press("Enter")
    expect(clerk.page.locator("#moves")).to_be_visible()
    explain = clerk.page.locator("details.explain > summary").first
    _by_keyboard(clerk, explain)
    clerk.page.keyboard.press("Enter")
    clerk.reads("怎么算的").look()


@pytest.mark.parametrize("width", WIDTHS)
def test_two_people_at_once_the_second_is_told_and_loses_nothing(visit: Visit, town: Town, width: int) -> None:
    told = report(visit(width), "路灯连着三盏不亮。", f"村道北段 {width}")
    first, second = visit(width, "command"), visit(width, "command02")
    for clerk in (first, second):
        clerk.go(f"{town.case(told.number)}moves/assign_person/")
    for clerk, name in ((first, "陈值班（演示）"), (second, "罗值班（演示）")):
        clerk.page.locator("main select").select_option(label=name)
        clerk.page.locator("main").get_by_role("button", name="换经办人").click()
    second.look("conflict", status=409).reads("其间的变化")
    assert second.page.locator("main select option:checked").inner_text() == "罗值班（演示）"


@pytest.mark.parametrize("width", WIDTHS)
def test_lists_search_notices_print_and_the_whole_file(visit: Visit, width: int) -> None:
    clerk = visit(width, "command").go("/cases/").look("cases").go("/whistles/").look("whistles")
    clerk.go("/search/?q=井盖").look("search").go("/notices/").look("notices").go("/queue/")
    clerk.page.locator("tr.row a").first.click()
    case = clerk.look("case").path
    clerk.go(f"{case}print/").look("case-print").go(f"{case}file/").look("case-file")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_reporter_is_read_only_with_a_reason(visit: Visit, town: Town, width: int) -> None:
    told = report(visit(width), "垃圾堆了两天没人收。", f"市场后街 {width}")
    clerk = visit(width, "command").go(town.case(told.number))
    clerk.page.locator("details.explain").filter(has_text="查看").locator("summary").click()
    box = clerk.page.locator("#reveal-reason")
    box.evaluate("(one) => one.removeAttribute('required')")
    clerk.page.locator("form").filter(has=box).get_by_role("button").click()
    clerk.look("reporter-refused", status=422).go(town.case(told.number))
    clerk.page.locator("details.explain").filter(has_text="查看").locator("summary").click()
    clerk.page.locator("#reveal-reason").fill("回电核实位置")
    clerk.page.locator("form").filter(has=clerk.page.locator("#reveal-reason")).get_by_role("button").click()
    clerk.look("reporter").reads("13800000426")


@pytest.mark.parametrize("width", WIDTHS)
def test_intake_finding_and_the_six_exits(visit: Visit, town: Town, width: int) -> None:
    clerk = visit(width, "command").go("/intake/").look("intake").press("登记").look("intake-refused", status=422)
    clerk.page.get_by_role("radio").first.check()
    clerk.write("发生了什么", "来电说有人劝不住，要打官司。").choose("村（社区）", "东围村")
    clerk.write("地址或附近的标志", "榕树头").press("登记").look("intake-receipt").press("打开这一件")
    clerk.press("不立案并答复").look("exit").press("答复，不立案").look("exit-refused", status=422)
    clerk.page.get_by_role("radio", name=re.compile("法定渠道")).check()
    clerk.choose("哪条法定渠道", "诉讼").write("理由（留在案卷里）", "属民事诉讼")
    clerk.write("答复（报告人看得到）", "可向人民法院起诉。").press("答复，不立案").look("exited")
    worker = visit(width, "grid01").go("/find/").look("find")
    worker.page.locator(".class-buttons input").first.check(force=True)
    worker.press("上报").look("found")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_town_head_opens_the_list_behind_a_number(visit: Visit, width: int) -> None:
    head = visit(width, "head").go("/board/").look("board")
    number = head.page.locator(".tally dd a").first
    count = int(number.inner_text().replace(",", ""))
    number.click()
    head.look("board-list").reads(re.compile(rf"\b{count}\b"))
    head.go("/figures/").look("board-figures").go(f"/t/{TOWN}/figures/").look("public-figures")


@pytest.mark.parametrize("width", WIDTHS)
def test_one_person_changes_hats(visit: Visit, width: int) -> None:
    safety = visit(width, "safety").look("hats")
    choice = safety.page.locator("#hat")
    choice.select_option(
        label="高新区办（演示）（园区）" if choice.count() == 0 else choice.locator("option").nth(1).inner_text()
    )
    safety.page.locator(".hat button").click()
    expect(safety.page.locator("#hat option:checked")).to_contain_text("高新区办")
    safety.look("hats-zone")


def test_the_registers_as_administrator_and_auditor(visit: Visit, town: Town) -> None:
    admin, auditor = visit(PHONE, "admin"), visit(DESK, "auditor")
    for one in (
        "",
        "organisations/",
        "duty-lines/",
        "places/",
        "standards/",
        "routing/",
        "whistle-kinds/",
        "access/",
        "facts/",
    ):
        auditor.go(f"/registers/{one}").look_twice(f"registers-{one.strip('/') or 'index'}")
    admin.go("/registers/").look("registers-admin").go("/registers/people/").look_twice("people")
    admin.page.locator("main table a, main li a").filter(has_text="陈值班").first.click()
    admin.look_twice("person").go("/api/").look_twice("interface").go("/registers/tokens/").look_twice("tokens")
    admin.write("给哪个系统用", "12345 平台（演示）").choose_first("用谁的任职").press("发一个令牌").look_twice(
        "token-once"
    )
    [(place,)] = town.rows("select id from town_place where status = 'unknown' limit 1")
    admin.go(f"/registers/places/{place}/fill/").look_twice("place-fill").go("/account/password/").look_twice(
        "password"
    )


def test_a_new_person_waits_for_the_first_day(visit: Visit) -> None:
    admin = visit(DESK, "admin").go("/registers/people/new/").look_twice("person-new")
    admin.press("建立账号并任职").look(status=422)
    admin.write("姓名", "新来的（演示）").write("登录名", "newcomer").choose_first("职责").write("第一天", "2026-12-01")
    admin.press("建立账号并任职").look_twice("password-once")
    password = admin.page.locator("code").inner_text().strip()
    newcomer = visit(PHONE).sign_in("newcomer", password)
    newcomer.go("/").look_twice("no-duty")
    newcomer.context.clear_cookies()


def test_the_main_pages_in_english(visit: Visit, town: Town) -> None:
    head = visit(DESK, "head")
    head.page.locator("details.me > summary").click()
    head.press("English")
    paths = ("/queue/", "/cases/", "/whistles/", "/board/", "/registers/", "/registers/standards/", "/calculator/")
    for path in paths:
        head.go(path).look_twice(f"en{path.replace('/', '-')}")
        assert head.page.locator("html").get_attribute("lang") == "en"
    head.go("/cases/").page.locator("tr.row a").first.click()
    head.look_twice("en-case")
    resident = visit(PHONE).go(f"/t/{TOWN}/report/").press("English").look_twice("en-report")
    resident.press("Send").look("en-report-refused", status=422)
    resident.go(f"/t/{TOWN}/track/").look_twice("en-track")

"""The queue: what my body owes, by due moment, at a cost that does not follow what is kept."""

from __future__ import annotations

import io
from dataclasses import replace
from zoneinfo import ZoneInfo

from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from jinli.cases import queue
from jinli.cases.models import Case, Clock
from jinli.cases.services import OpenCase, open_case
from jinli.domain.limits import TimeLimit, Unit
from jinli.town.moment import frozen_at
from tests.cases.pages import html, statements
from tests.cases.powers import RECEIPT, give_power, paper
from tests.cases.staff import COVER, Staff, at, staffed
from tests.shared import shared

NOW = "2026-09-28 10:05"


@shared
def staff() -> Staff:
    return staffed()


def days(amount: int) -> dict[str, TimeLimit]:
    return {"handle": TimeLimit(amount=amount, unit=Unit.WORKING_DAY, source="样本")}


def test_promises_stand_in_groups_by_due_moment_with_what_is_left(staff: Staff) -> None:
    staff.filed("2026-09-23 09:00", terms=COVER, title="垃圾围堆")
    staff.filed("2026-09-28 09:30", terms=COVER, title="井盖响动")
    staff.filed("2026-09-25 09:00", terms=days(1), title="占道堆放")
    staff.filed("2026-09-24 09:00", terms=days(3), title="沟槽盖板")
    staff.filed("2026-09-28 09:00", terms=days(5), title="绿化私搭")
    shown = html(staff.client("grid"), "/queue/", NOW)
    order = [
        "已逾期 1 件",
        "垃圾围堆",
        "今日到期 2 件",
        "井盖响动",
        "占道堆放",
        "本周 1 件",
        "沟槽盖板",
        "以后 1 件",
        "绿化私搭",
    ]
    places = [shown.index(one) for one in order]
    assert places == sorted(places)
    for text in (
        "9月23日 周三 11:00",
        "还剩 1 小时 25 分",
        "今天内",
        "9月30日 周三 24:00",
        "10月10日 周六（调休上班）24:00",
    ):
        assert text in shown
    assert "10月1日起国庆节放假" in shown


def test_a_pause_is_shown_with_latest_resumption_article_and_notice_and_a_provisional_day_is_marked(
    staff: Staff,
) -> None:
    command = staff.small.command
    give_power(staff.small, "sanitary_licence", to_body="command")
    terms = {
        "decide": TimeLimit(amount=20, unit=Unit.WORKING_DAY),
        "supply": TimeLimit(amount=5, unit=Unit.WORKING_DAY),
    }
    spec = OpenCase(
        type_code="licence", title="公共场所卫生许可", channel="page", terms=terms, class_code="sanitary_licence",
        bodies={"window": "command", "owner": "command", "leader": "government"}, papers=RECEIPT,
    )  # fmt: skip
    mirror = replace(spec, title="食品经营许可", system_of_record="external:市场监管")
    with frozen_at(at("2026-09-08 09:00")):
        opened = open_case(acting=command, town=staff.small.town, spec=spec)
        open_case(acting=command, town=staff.small.town, spec=mirror)
    case = Case.objects.get(pk=opened.id)
    staff.move("2026-09-08 10:00", case, "accept", command, **paper("acceptance"))
    until = at("2026-10-20 18:00").isoformat()
    staff.move(
        "2026-09-22 10:00",
        case,
        "begin_special",
        command,
        given={"kind": "testing", "reason": "需要检测", "until": until},
        **paper("special_procedure", reasons=["需要检测"], until="2026年10月20日"),
    )
    staff.filed("2026-09-28 09:00", "command", terms=days(80), title="跨年的件")
    shown = html(staff.client("command"), "/queue/", NOW)
    for text in (
        "暂停 1 件",
        "最迟 10月20日 周二恢复",
        "行政许可法第四十五条 • 9月22日书面告知",
        "市场监管 镜像",
        "暂定",
    ):
        assert text in shown
    assert "市场监管 镜像" not in html(staff.client("command"), "/queue/?mirrors=no", NOW)


def test_the_three_scopes_are_ours_mine_and_awaited(staff: Staff) -> None:
    _, whistle = staff.whistle("2026-09-28")
    browser, now = staff.client("command"), "2026-09-28 12:00"
    shown = html(browser, "/queue/", now)
    assert "我的 0" in shown
    awaited = html(browser, "/queue/?scope=awaited", now)
    assert whistle.number in awaited
    assert "ecology" in awaited
    report = whistle.origin
    assert report is not None
    person = str(staff.small.people["command"].pk)
    staff.move("2026-09-28 11:50", report, "assign_person", staff.small.command, given={"person": person})
    mine = html(browser, "/queue/?scope=mine", now)
    assert report.number in mine
    assert "<b>我</b>" in mine
    assert report.number not in html(staff.client("command2"), "/queue/?scope=mine", now)


def test_a_right_is_nobodys_duty_and_stands_in_no_queue_of_its_owner(staff: Staff) -> None:
    staff.whistle("2026-09-28")
    shown = html(staff.client("ecology"), "/queue/", "2026-09-28 12:00")
    assert "签收" in shown
    assert ">退单（权利）<" not in shown.split("</thead>")[1]


def test_filters_stand_in_the_address_and_search_looks_inside(staff: Staff) -> None:
    here = staff.filed("2026-09-28 09:00", title="井盖缺失")
    there = staff.filed("2026-09-28 09:00", title="路灯不亮", place=None)
    browser = staff.client("grid")
    place = staff.small.places["east"].pk
    for query, found in ((f"place={place}", here), ("q=路灯", there), ("q=缺失&line=grid_report&clock=handle", here)):
        shown = html(browser, f"/queue/?{query}", NOW)
        other = there if found == here else here
        assert found.number in shown
        assert other.number not in shown
    for query in ("clock=intake", "line=whistle", "role=assisting"):
        assert "这个范围里没有" in html(browser, f"/queue/?{query}", NOW)


def test_an_address_with_nonsense_is_read_as_far_as_it_makes_sense(staff: Staff) -> None:
    staff.filed("2026-09-28 09:00")
    for query in ("scope=x&group=y&place=abc", "after=2026-99~zz&group=later", "after=2026-09-28T00:00:00~1"):
        assert "井盖缺失" in html(staff.client("grid"), f"/queue/?{query}", NOW)


def test_a_group_alone_pages_by_key_and_shows_every_row_once(staff: Staff) -> None:
    numbers = {staff.filed("2026-09-28 09:00", terms=days(5)).number for _ in range(53)}
    browser = staff.client("grid")
    whole = html(browser, "/queue/", NOW)
    assert "以后 53 件" in whole
    first = html(browser, "/queue/?group=later", NOW)
    link = first.split('class="queue-more"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    second = html(browser, link, NOW)
    on_first = {number for number in numbers if number in first}
    on_second = {number for number in numbers if number in second}
    assert len(on_first) == 50
    assert on_first | on_second == numbers
    assert not on_first & on_second


def test_the_cost_is_the_same_with_5_and_with_50_promises(staff: Staff) -> None:
    for _ in range(4):
        staff.filed("2026-09-28 09:00", terms=days(5))
    staff.whistle("2026-09-25")
    few = [
        statements(staff.client(who), url, NOW)
        for who in ("command", "grid", "ecology")
        for url in ("/queue/", "/queue/?scope=awaited&q=井盖")
    ]
    for _ in range(45):
        staff.filed("2026-09-28 09:00", terms=days(5))
    many = [
        statements(staff.client(who), url, NOW)
        for who in ("command", "grid", "ecology")
        for url in ("/queue/", "/queue/?scope=awaited&q=井盖")
    ]
    assert max(few + many) <= 8
    assert few == many


def test_bulk_assigning_changes_the_person_and_no_clock(staff: Staff) -> None:
    cases = [staff.filed("2026-09-28 09:00") for _ in range(3)]
    before = list(Clock.objects.order_by("id").values())
    staff.move("2026-09-28 09:30", cases[2], "comment", staff.small.command, given={"note": "等一等"})
    person = staff.small.people["grid"]
    picks = [f"{case.pk}:case:{2 if number < 2 else 1}" for number, case in enumerate(cases)]
    with frozen_at(at(NOW)):
        answer = staff.client("grid").post(
            "/queue/assign/", {"pick": picks, "person": str(person.pk), "next": "/queue/?line=grid_report"}, follow=True
        )
    assert answer.redirect_chain == [("/queue/?line=grid_report", 302)]
    assert "已分给grid 2 件" in answer.content.decode()
    assert f"{cases[2].number} 没有分成" in answer.content.decode()
    assert set(Case.objects.filter(handler=person)) == set(cases[:2])
    assert list(Clock.objects.order_by("id").values()) == before


def test_nothing_is_given_to_somebody_of_another_body_or_of_a_case_out_of_sight(staff: Staff) -> None:
    case = staff.filed("2026-09-28 09:00")
    browser = staff.client("grid")
    stranger = str(staff.small.people["water"].pk)
    answer = browser.post("/queue/assign/", {"pick": [f"{case.pk}:case:2"], "person": stranger}, follow=True)
    assert "没有勾选，或没有选人" in answer.content.decode()
    own = str(staff.small.people["water"].pk)
    staff.client("water").post("/queue/assign/", {"pick": [f"{case.pk}:case:2", "x"], "person": own})
    assert Case.objects.filter(handler=None).count() == 1


def test_an_export_holds_the_present_list_and_can_run_nothing(staff: Staff) -> None:
    for title in ("=1+1", "+86", "-2", "@SUM(A1)", "平常的"):
        staff.filed("2026-09-28 09:00", title=title)
    browser: Client = staff.client("grid")
    with frozen_at(at(NOW)):
        answer = browser.get("/queue/export/")
        excel = browser.get("/queue/export/?as=xlsx&q=平常")
    text = answer.content.decode("utf-8-sig")
    for title in ("'=1+1", "'+86", "'-2", "'@SUM(A1)", ",平常的,"):
        assert title in text
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    sheet = load_workbook(io.BytesIO(excel.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[1] for row in rows] == ["事项", "平常的"]


def test_an_administrator_has_no_queue_and_an_auditor_reads_it(staff: Staff) -> None:
    assert staff.client("administrator").get("/queue/").status_code == 403
    assert staff.client("auditor").get("/queue/").status_code == 200
    assert staff.client("auditor").post("/queue/assign/", {}).status_code == 403


def test_every_scope_and_group_is_found_by_an_index_of_its_own(staff: Staff) -> None:
    if connection.vendor != "sqlite":
        return  # PostgreSQL chooses by statistics, which a small table does not have
    bounds = queue.Bounds.at(at(NOW), ZoneInfo("Asia/Shanghai"))
    expected = {
        ("ours", False): "clock_queue",
        ("awaited", False): "clock_awaited",
        ("ours", True): "clock_paused ",
        ("awaited", True): "clock_paused_for",
        ("mine", False): "case_mine",
        ("mine", True): "case_mine",
    }
    for scope in queue.SCOPES:
        for group in queue.GROUPS:
            clocks = queue.of_group(staff.small.water, queue.Choice(scope=scope), group, bounds)
            sql, given = clocks.values("pk")[:10].query.sql_with_params()
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}", given)
                plan = " | ".join(row[3] for row in cursor.fetchall())
            assert expected[scope, group == "paused"] in plan, (scope, group, plan)
            assert "SCAN cases" not in plan

"""Pages of the register of powers: the register, the waves, a day, one power, filling in, the recall."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jinli.cases.models import Case
from jinli.cases.services import OpenCase, open_case
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.lines.services.pages.power_page import power_page
from jinli.lines.services.selectors.health import LISTS, counts, listed
from jinli.lines.services.selectors.powers import on_day
from jinli.town.models import Delegation, DelegationWave, PackLoad, PowerReview
from jinli.town.moment import frozen_at
from jinli.town.services import fill_power, power_version
from jinli.town.services.powers import Known
from tests.cases.powers import RECEIPT, change_power, give_power, paper
from tests.cases.staff import Staff, at, staffed
from tests.shared import shared
from tests.stories.test_s2_recall import BODIES, GRANT, TERMS

NOW = "2026-09-16 10:00"
ITEM = "road_occupation"


@shared
def staff() -> Staff:
    found = staffed()
    small = found.small
    before = DelegationWave.objects.create(
        town=small.town, code="before", ordinal=1, title="原来就能办的", matters=16, total_after=16, status="confirmed"
    )
    DelegationWave.objects.create(
        town=small.town, code="unnamed", ordinal=2, title="没有来源的", matters=87, at_least=True, status="unknown",
        note="87 项没有来源",
    )  # fmt: skip
    give_power(small, ITEM, title="占用道路", authority="water", wave=before)
    give_power(small, "rent_subsidy", title="租金补贴", authority="ecology", mode="entrusted")
    give_power(small, "food_workshop", title="小作坊", authority="ecology", mode="front_desk")
    give_power(
        small, "fire_check", title="消防检查", authority="ecology", recalled_on=date(2025, 9, 1),
        recall_reason="收回", recall_instrument="收回文件（演示）",
    )  # fmt: skip
    give_power(
        small, "branch", title="分公司登记", mode="", status="unknown", instrument="", number="", valid_from=None
    )
    Delegation.objects.filter(code="branch").update(authority=None, to_body=None)
    return found


def page(client: Client, url: str, *, status: int = 200, lang: str = "zh-hans", when: str = NOW, **post: Any) -> str:
    with frozen_at(at(when)):
        more = {"headers": {"accept-language": lang}}
        answer = client.post(url, post, **more) if post else client.get(url, **more)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def of(code: str) -> Delegation:
    return Delegation.objects.select_related("town", "authority__division", "to_body", "wave").get(code=code)


def url(name: str, code: str = "", *more: object) -> str:
    return reverse(f"services:{name}", args=[of(code).pk, *more] if code else [])


def received(staff: Staff, when: str = "2026-09-10 09:00", **more: Any) -> Case:
    spec = OpenCase(
        type_code="licence", title="占用道路（演示）", channel="page", terms=TERMS, class_code=ITEM,
        bodies={**BODIES, "window": "government", "owner": "government"}, papers=RECEIPT, **more,
    )  # fmt: skip
    with frozen_at(at(when)):
        return Case.objects.get(pk=open_case(acting=staff.small.head, town=staff.small.town, spec=spec).id)


def test_the_register_shows_every_row_and_what_nobody_knows_as_unknown(staff: Staff) -> None:
    shown = page(staff.client("grid"), "/powers/")
    for words in (
        "占用道路",
        "直接下放",
        "委托",
        "服务前移（只设窗口）",
        "2025年9月1日起收回",
        "怎样来的未知",
        "未知（无来源）",
    ):
        assert words in shown
    assert "补上怎样来的" not in shown
    assert "补上怎样来的" in page(staff.client("administrator"), "/powers/")


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("state=recalled", "消防检查", "占用道路"),
        ("mode=entrusted", "租金补贴", "占用道路"),
        ("state=x&mode=y", "占用道路", "—"),
    ],
)
def test_filters_stand_in_the_address(staff: Staff, query: str, there: str, gone: str) -> None:
    shown = page(staff.client("head"), f"/powers/?{query}").split("<tbody>")[1]
    assert there in shown
    assert gone not in shown


def test_the_register_leaves_as_a_spreadsheet_with_empty_cells_for_what_is_unknown(staff: Staff) -> None:
    text = page(staff.client("head"), "/powers/?as=csv")
    assert "分公司登记,branch,,,,," in text


def test_the_register_costs_the_same_whatever_it_holds(staff: Staff) -> None:
    browser = staff.client("head")

    def cost(address: str) -> int:
        page(browser, address)
        with CaptureQueriesContext(connection) as asked:
            page(browser, address)
        return len(asked)

    before = {address: cost(address) for address in ("/powers/", "/powers/waves/", "/powers/on/")}
    for number in range(20):
        give_power(staff.small, f"more-{number}", authority="water")
    assert {address: cost(address) for address in before} == before


def test_the_waves_show_the_87_that_no_source_names_without_a_day(staff: Staff) -> None:
    shown = page(staff.client("administrator"), "/powers/waves/")
    for words in (
        "合起来：16 + 87（没有来源说明） = 103 项",
        "至少 87 项",
        "没有来源说明",
        "不知道名称的 87 项",
        "不知道名称的 15 项",
        "补一项名称",
        "占用道路",
    ):
        assert words in shown


def test_what_may_be_decided_depends_on_the_day(staff: Staff) -> None:
    browser = staff.client("grid")
    today = page(browser, "/powers/on/")
    assert "本镇以自己的名义定 1 项" in today
    assert "2025年9月1日起收回，归ecology；依据：收回文件（演示）" in today
    assert "复议：某区人民政府" in today
    assert "被告：ecology" in today
    assert "另有 102 项" in today
    assert "本镇以自己的名义定 2 项" in page(browser, "/powers/on/?day=2025-08-31")
    assert "本镇以自己的名义定 0 项" in page(browser, "/powers/on/?day=2022-05-31")


def test_a_day_that_is_none_is_said_at_the_field_and_today_is_shown(staff: Staff) -> None:
    shown = page(staff.client("grid"), "/powers/on/?day=yesterday", status=422)
    assert "“yesterday”不是日期" in shown
    assert "本镇以自己的名义定 1 项" in shown


def test_everybody_may_read_what_the_town_may_decide(staff: Staff) -> None:
    address = f"/t/{staff.small.town.code}/powers/"
    shown = page(Client(), address)
    assert "占用道路" in shown
    assert "/powers/on/" not in shown
    assert "What the town may decide" in page(Client(), address, lang="en")


def test_one_power_says_what_follows_from_it_and_its_numbers_equal_their_lists(staff: Staff) -> None:
    first, late = received(staff), received(staff, "2026-06-10 09:00")
    staff.move("2026-09-10 10:00", first, "accept", staff.small.head, **paper("acceptance"))
    staff.move("2026-09-11 10:00", first, "grant", staff.small.head, **GRANT)
    staff.move("2026-06-10 10:00", late, "accept", staff.small.head, **paper("acceptance"))
    received(staff, "2025-01-10 09:00")
    with frozen_at(at(NOW)):
        row, now = of(ITEM), at(NOW)
        found = counts(row, now, tuple(LISTS))
        assert found == {name: len(listed(row, name, now)) for name in LISTS}
        assert {name: found[name] for name in ("uses", "in_time", "late", "journeys", "corrected")} == {
            "uses": 2, "in_time": 1, "late": 1, "journeys": 1, "corrected": 0,
        }  # fmt: skip
    shown = page(staff.client("head"), url("power", ITEM))
    for words in (
        "以谁的名义、盖谁的章",
        "某区人民政府",
        "少跑区里",
        "没有记：被拦的一步什么也不写",
        "由本镇填写；没填的是未知，不是 0",
    ):
        assert words in shown
    listing = page(staff.client("head"), url("power-cases", ITEM, "uses"))
    assert first.number in listing
    assert late.number in listing


def test_the_health_is_only_for_those_who_may_open_its_lists(staff: Staff) -> None:
    with frozen_at(at(NOW)):
        assert power_page(of(ITEM), staff.small.grid, at(NOW)).health == ()
    page(staff.client("grid"), url("power-cases", ITEM, "uses"), status=403)


def test_the_town_head_answers_with_a_reason_and_nobody_else(staff: Staff) -> None:
    address = url("power-answer", ITEM)
    shown = page(staff.client("head"), address, status=422, answer="more", reason="")
    assert "请填写这一项" in shown
    page(staff.client("head"), address, status=302, answer="more", reason="缺两个人（演示）")
    assert PowerReview.objects.get().answer == "more"
    assert "要人要钱：缺两个人（演示）" in page(staff.client("grid"), url("power", ITEM))
    page(staff.client("administrator"), address, status=403, answer="keep", reason="x")


def filling(code: str = "branch", **more: Any) -> dict[str, Any]:
    known = {
        "version": power_version(of(code)), "mode": "direct", "authority": "water", "to_body": "government",
        "instrument": "赋权文件（演示）", "number": "9号", "valid_from": "2024-01-01", "scope": "", "source": "公报",
    }  # fmt: skip
    return {**known, **more}


def test_the_administrator_fills_in_an_unknown_row_and_from_then_on_it_counts(staff: Staff) -> None:
    browser = staff.client("administrator")
    page(browser, url("power-fill", "branch"), status=302, **filling())
    row = of("branch")
    assert (row.status, row.mode, row.source) == ("confirmed", "direct", "公报")
    with frozen_at(at(NOW)):
        held = {one.row.item: one.held for one in on_day(row.town, date(2026, 9, 16))}["branch"]
    assert held is not None
    assert held.decides == "government"
    line = PackLoad.objects.get(pack="screen")
    assert line.changes[0]["fields"]["mode"] == ["", "direct"]
    assert "在页面上改：怎样来的" in page(browser, url("power", "branch"))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"source": ""}, "请填写这一项"),
        ({"authority": ""}, "这一项要填"),
        ({"instrument": ""}, "这一项要填"),
        ({"valid_from": ""}, "这一项要填"),
        ({"mode": ""}, "请选一项"),
    ],
)
def test_a_row_half_filled_in_is_refused_at_the_field_and_keeps_what_was_typed(
    staff: Staff, more: dict[str, Any], words: str
) -> None:
    shown = page(staff.client("administrator"), url("power-fill", "branch"), status=422, **filling(**more))
    assert words in shown
    assert "9号" in shown
    assert of("branch").mode == ""


def test_two_who_fill_in_at_once_leave_one_winner_and_the_other_is_told(staff: Staff) -> None:
    said = filling()
    page(staff.client("administrator"), url("power-fill", "branch"), status=302, **said)
    shown = page(staff.client("administrator"), url("power-fill", "branch"), status=409, **{**said, "number": "10号"})
    assert "刚才有人改过" in shown
    assert "10号" in shown


def test_a_power_never_comes_from_the_town_itself(staff: Staff) -> None:
    known = Known(
        mode="entrusted", authority="command", to_body="government", instrument="x", number="", source="x",
        valid_from=date(2024, 1, 1),
    )  # fmt: skip
    row = of("branch")
    admin = staff.small.acting("administrator", "government", "administrator")
    with pytest.raises(InvalidInputError, match="authority_in_town"):
        fill_power(row, acting=admin, known=known, version=power_version(row))
    with pytest.raises(RefusedError, match="not_yours"):
        fill_power(row, acting=staff.small.command, known=known, version=power_version(row))


def test_a_matter_of_a_wave_is_named_with_its_source(staff: Staff) -> None:
    wave = DelegationWave.objects.get(code="unnamed")
    address = reverse("services:wave-name", args=[wave.pk])
    browser = staff.client("administrator")
    page(browser, address, status=302, item="seal_making", title="刻章备案", source="公报")
    assert "不知道名称的 86 项" in page(browser, "/powers/waves/")
    assert "登记里已经有" in page(browser, address, status=422, item="seal_making", title="刻章备案", source="公报")


def test_what_came_with_a_power_is_unknown_until_entered_and_needs_its_paper(staff: Staff) -> None:
    address, browser = url("power-support", ITEM), staff.client("administrator")
    said = {"version": power_version(of(ITEM)), "trained_staff": "2", "posts": "", "money_yuan": ""}
    assert "这一项要填" in page(browser, address, status=422, **said, came_with_source="")
    page(browser, address, status=302, **said, came_with_source="编办文件（演示）")
    row = of(ITEM)
    assert (row.trained_staff, row.posts) == (2, None)


def test_the_recall_shows_what_would_happen_before_anything_does(staff: Staff) -> None:
    received(staff)
    address, browser = url("power-recall", ITEM), staff.client("administrator")
    said = {
        "version": power_version(of(ITEM)), "on": "2026-09-20", "reason": "上级收回（演示）",
        "instrument": "收回文件（演示）", "in_flight": "hand_over",
    }  # fmt: skip
    shown = page(browser, address, **said, step="look")
    for words in (
        "会发生什么",
        "2026年9月20日 周日 00:00 生效",
        "移送告知函",
        "不变，由新的承办机关接着欠",
        "确认收回",
    ):
        assert words in shown
    assert of(ITEM).recalled_on is None
    page(browser, address, status=302, **said, step="recall")
    assert of(ITEM).recalled_on == date(2026, 9, 20)
    assert "2026年9月20日 周日 00:00 开始" in page(browser, url("power-progress", ITEM))
    again = page(browser, address, status=409, **said, step="recall")
    assert "刚才有人改过" in again


def test_a_recall_of_today_leads_to_its_progress_which_lists_what_was_handed_over(staff: Staff) -> None:
    case = received(staff)
    said = {
        "version": power_version(of(ITEM)), "on": "2026-09-16", "reason": "上级收回（演示）",
        "instrument": "收回文件（演示）", "in_flight": "hand_over", "step": "recall",
    }  # fmt: skip
    page(staff.client("head"), url("power-recall", ITEM), status=302, **said)
    shown = page(staff.client("head"), url("power-progress", ITEM))
    assert "已移送 1 件，共 1 件" in shown
    assert "已经办完" in shown
    assert case.number in page(staff.client("head"), url("power-cases", ITEM, "handed"))


def test_the_hand_overs_can_be_stopped_and_let_go_on(staff: Staff) -> None:
    received(staff)
    change_power(
        of(ITEM), recalled_on=date(2026, 9, 16), recall_reason="x", recall_instrument="y",
        recall_ordered_at=at("2026-09-15 10:00"), effect="waiting",
    )  # fmt: skip
    browser = staff.client("head")
    page(browser, url("power-steer", ITEM), status=302, do="stop")
    assert "已停下" in page(browser, url("power-progress", ITEM))
    page(browser, url("power-steer", ITEM), status=302, do="go")
    assert "已经办完" in page(browser, url("power-progress", ITEM))


@pytest.mark.parametrize("name", ["power-fill", "power-recall", "power-support"])
def test_those_without_the_duty_are_refused(staff: Staff, name: str) -> None:
    page(staff.client("grid"), url(name, "branch"), status=403)

"""The public finds an item in its own words and sees what it takes in its own situation, and what nobody knows."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils.html import strip_tags
from django.utils.translation import override

from jinli.lines.services.pages.item import Reader, item_page
from jinli.lines.services.selectors.held import Held, HeldOf
from jinli.lines.services.selectors.items import item_of
from jinli.packs.items import ConditionRow, ItemLimitRow
from jinli.packs.pack import read_pack
from jinli.town.models import Delegation, Division
from jinli.town.stamps import renew_time_stamps
from tests.cases.pages import html, statements
from tests.cases.small import at, load_years
from tests.lines.services.items import item, publish, shell
from tests.packs.test_reading import ROOT, STANDARD
from tests.shared import shared
from tests.town.small_town import SmallTown, build

NOON = "2026-09-28 12:00"
ITEM = "/t/990101001/services/road_occupation/"
FRONT = "/t/990101001/services/"


@shared
def town() -> SmallTown:
    made = build()
    load_years(Division.objects.get(level=Division.Level.NATIONAL))
    made.division = publish(made.division, item(), shell())
    return made


def text(url: str, *, lang: str = "zh-hans", status: int = 200) -> str:
    """Return a page as one reads it."""
    page = html(Client(headers={"Accept-Language": lang}), url, NOON, status)
    return " ".join(strip_tags(page[page.index("<main") :]).split())


def test_the_front_says_how_many_matters_are_done_here_and_of_how_many_one_is_told(town: SmallTown) -> None:
    assert "镇里能办 1 项；另外 1 项这里不办" in text(FRONT)


def test_a_question_finds_the_item_and_says_by_which_words(town: SmallTown) -> None:
    found = text(FRONT + "?q=" + quote("门口要挖路"))
    assert "占用、挖掘城市道路审批 挖路" in found


def test_a_question_that_finds_nothing_says_where_to_ask(town: SmallTown) -> None:
    assert "没有找到" in text(FRONT + "?q=" + quote("嗷"))


def test_before_an_answer_the_list_says_that_it_may_grow(town: SmallTown) -> None:
    page = text(ITEM)
    assert "上面的问题答完，清单才完整" in page
    assert "看情况，答了才知道 设计文件 复印件 看这一问：占用还是挖开？" in page


def test_each_situation_sees_exactly_its_materials_and_why_others_are_not_needed(town: SmallTown) -> None:
    occupy, dig = text(ITEM + "?s.what=occupy"), text(ITEM + "?s.what=dig")
    assert "要带的材料 位置图 复印件 营业执照 复印件" in occupy
    assert "你不用带的收起 设计文件 复印件 看这一问：占用还是挖开？" in occupy
    assert "要带的材料 位置图 复印件 设计文件 复印件 营业执照 复印件" in dig


def test_law_and_promise_each_name_the_last_day_if_handed_in_today(town: SmallTown) -> None:
    """Handed in on 28 September: the holiday week does not count, the make-up Saturday does."""
    page = text(ITEM)
    assert "法律规定 20 工作日 最迟 10月30日 周五 行政许可法第四十二条" in page
    assert "镇里承诺 10 工作日 样本 最迟 10月16日 周五" in page


def test_an_unknown_limit_is_said_to_be_unknown_and_no_day_is_counted(town: SmallTown) -> None:
    publish(town.division, item(statutory=ItemLimitRow(), promised=ItemLimitRow()))
    page = text(ITEM)
    assert "法律规定 未知（无来源） 没有查到规定了几天的依据" in page
    assert "最迟" not in page


def test_hours_are_not_counted_where_nobody_knows_the_office_hours(town: SmallTown) -> None:
    hours = ItemLimitRow(amount=4, unit="working_hour", source="样本", status="sample")
    publish(town.division, item(promised=hours))
    assert "镇里承诺 4 工作时 样本 样本 " in text(ITEM)


def test_what_the_town_holds_is_listed_and_not_asked_for(town: SmallTown) -> None:
    row = item_of(town.division, "road_occupation")
    code = next(one.code for one in row.row.materials if one.held_as == "fact:credit_code")
    known = HeldOf(materials={code: Held(value="91", on=date(2026, 1, 5))})
    page = item_page(town.division, row, {}, reader=Reader(held=known, signed_in=True), now=at(NOON))
    assert [one.name for one in page.held] == ["营业执照"]
    assert "2026" in page.held[0].source
    assert [one.name for one in page.bring] == ["位置图"]


def test_the_page_says_under_which_power_it_is_decided_and_who_reviews_it(town: SmallTown) -> None:
    assert "凭什么权力办 未知（无来源）" in text(ITEM)
    Delegation.objects.create(
        town=town.division, code="road", item="road_occupation", title="占道（演示）", mode="direct",
        authority=town.body("water"), to_body=town.body("town"), instrument="赋权文件（演示）", number="〔2022〕1号",
        valid_from=date(2022, 6, 1), status="simulated", source="模拟",
    )  # fmt: skip
    renew_time_stamps(town.division)
    page = text(ITEM)
    for said in ("直接下放", "赋权文件（演示） 〔2022〕1号", "2022年6月1日", "复议", "被告"):
        assert said in page
    assert "Under which power" in text(ITEM, lang="en")


def test_a_power_that_was_recalled_is_not_claimed(town: SmallTown) -> None:
    Delegation.objects.create(
        town=town.division, code="road", item="road_occupation", title="占道（演示）", mode="direct",
        authority=town.body("water"), to_body=town.body("town"), instrument="赋权文件（演示）", number="〔2022〕1号",
        valid_from=date(2022, 6, 1), recalled_on=date(2026, 3, 1), recall_instrument="收回文件（演示）",
        status="simulated", source="模拟",
    )  # fmt: skip
    renew_time_stamps(town.division)
    page = text(ITEM)
    assert "3月1日" in page
    assert "直接下放" not in page


def test_a_matter_done_elsewhere_says_where_and_offers_nothing(town: SmallTown) -> None:
    page = text(FRONT + "border_pass/")
    assert "这件事镇里不能办 到这里办： 公安出入境窗口" in page
    assert "要带的材料" not in page
    publish(town.division, shell(where="", where_en=""))
    assert "到这里办： 未知（无来源）" in text(FRONT + "border_pass/")


def test_what_another_system_decides_says_so_and_has_its_remedies_there(town: SmallTown) -> None:
    publish(town.division, item(procedure="assisted", system_of_record="external:tzxm"))
    page = text(ITEM)
    assert "由别的系统决定（tzxm）" in page
    assert "决定不是镇里作的" in page
    assert "六十日" not in page


def test_a_service_that_decides_no_right_names_no_review(town: SmallTown) -> None:
    assert "行政复议法第二十条" in text(ITEM)
    publish(town.division, item(kind="public_service", procedure="payment"))
    page = text(ITEM)
    assert "行政复议法第二十条" not in page
    assert "不等于同意，也不等于不同意" in page


def test_silence_is_a_broken_promise_and_never_a_decision(town: SmallTown) -> None:
    assert "过了时间没有决定：那是失约" in text(ITEM)


def test_who_handles_is_named_and_an_unknown_body_is_unknown(town: SmallTown) -> None:
    assert "交到 甲镇公共服务中心（演示） 谁办 甲区水利局（演示）" in text(ITEM)
    publish(town.division, item(office=""))
    assert "谁办 未知（无来源）" in text(ITEM)


def test_the_page_is_complete_in_english(town: SmallTown) -> None:
    page = text(ITEM + "?s.what=dig", lang="en")
    assert "Licence to occupy or dig up a road" in page
    assert "By law 20 working days By Fri 30 Oct at the latest" in page
    front = text(FRONT, lang="en")
    assert "1 matters are done in town" in front


def test_an_answer_that_the_item_does_not_offer_counts_for_nothing(town: SmallTown) -> None:
    assert text(ITEM + "?s.what=fly&s.other=x") == text(ITEM)


@pytest.mark.parametrize("code", ["no_such", "road-occupation"])
def test_an_unknown_item_is_not_found(town: SmallTown, code: str) -> None:
    html(Client(), f"{FRONT}{code}/", NOON, 404)


def test_an_item_of_one_town_is_not_there_in_another(town: SmallTown) -> None:
    html(Client(), "/t/990202001/services/road_occupation/", NOON, 404)


def test_the_pages_ask_the_database_the_same_whatever_the_number_of_items(town: SmallTown) -> None:
    few = [statements(Client(), url, NOON) for url in (FRONT, FRONT + "?q=abc", ITEM)]
    publish(town.division, *(item(f"item{number}", name=f"事项{number}") for number in range(40)))
    assert [statements(Client(), url, NOON) for url in (FRONT, FRONT + "?q=abc", ITEM)] == few
    assert max(few) <= 5


def test_conditions_are_listed_and_a_threshold_that_nobody_set_is_unknown(town: SmallTown) -> None:
    rows = (
        ConditionRow(
            code="a", label="登记满六个月", label_en="Six months", value="x", compare="at_least", threshold="6"
        ),
        ConditionRow(code="b", label="收入不超过标准", value="y", compare="at_most"),
        ConditionRow(code="c", label="没有领过", value="z", compare="no"),
    )
    publish(town.division, item(conditions=rows))
    assert "登记满六个月：不少于 6 收入不超过标准：未知（无来源） 没有领过：否" in text(ITEM)
    assert "Six months: at least 6" in text(ITEM, lang="en")


def test_every_item_that_ships_has_a_page_in_both_languages(town: SmallTown) -> None:
    pack = read_pack(ROOT / "packs/jinli", standard=STANDARD)
    division = publish(town.division, *pack.items)
    for lang in ("zh-hans", "en"):
        with override(lang):
            for row in pack.items:
                page = item_page(division, item_of(division, row.code), {}, now=at(NOON))
                assert page.name
                assert page.done_here == (row.offered != "elsewhere")

"""People find an item by their own words, by pinyin and initials, in spite of a slip, and never by little words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from jinli.lines.services.selectors.finding import Index, find, found_items, index_of
from jinli.lines.services.selectors.items import Item
from jinli.lines.services.selectors.terms import asked_for, terms
from jinli.packs.items import ItemRow
from tests.lines.services.items import item, publish
from tests.lines.services.test_editions import DAY
from tests.town.small_town import build

NAMES = (
    ("shop", "个体工商户设立登记", "Register a shop", ("办营业执照", "开店", "摆摊")),
    ("close", "个体工商户注销登记", "Close a shop", ("关店",)),
    ("road", "占用、挖掘城市道路审批", "Licence to occupy or dig up a road", ("占道", "挖路")),
    ("card", "残疾人证换领", "Renew a disability certificate", ("残疾证到期",)),
    ("aid", "临时救助", "Temporary aid", ("家里失火了",)),
)


def index() -> Index:
    rows = [
        ItemRow(
            code=code, name=name, name_en=english, everyday=words, kind="other", applicants=("person",),
            offered="online", procedure="filing", source="测试",
        )
        for code, name, english, words in NAMES
    ]  # fmt: skip
    return index_of([Item(row=row, edition=1) for row in rows])


INDEX = index()


def codes(text: str) -> Sequence[str]:
    return [one.item.code for one in find(INDEX, text)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("我想开个五金店", "shop", id="a shop of some kind"),
        pytest.param("请问办营业执照要什么材料", "shop", id="words around it"),
        pytest.param("不做生意了想关掉店铺", "close", id="the opposite"),
        pytest.param("门口要挖开马路埋管", "road", id="words between"),
        pytest.param("残疾证过期了怎么办", "card", id="a synonym"),
        pytest.param("残疾正到期", "card", id="a wrong character of the same sound"),
        pytest.param("占到", "road", id="another wrong character"),
        pytest.param("急难救济", "aid", id="half the word"),
        pytest.param("dig up the road", "road", id="English"),
        pytest.param("renewing disability certificates", "card", id="English with endings"),
    ],
)
def test_an_item_is_found_first(text: str, code: str) -> None:
    assert codes(text)[:1] == [code]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param("kaidian", "shop", id="pinyin"),
        pytest.param("kai dian", "shop", id="pinyin with a space"),
        pytest.param("yingyezhizhao", "shop", id="part of a phrase"),
        pytest.param("gtgshsl", "shop", id="initials"),
        pytest.param("qxq", "none", id="initials of nothing"),
        pytest.param("linshijiuzhu", "aid", id="a whole name"),
        pytest.param("linshijuzhu", "aid", id="a letter too few"),
        pytest.param("linshijiuzhhu", "aid", id="a letter too many"),
        pytest.param("linsjijiuzhu", "aid", id="a wrong letter"),
        pytest.param("linhsijiuzhu", "aid", id="two letters swapped"),
        pytest.param("LSJZ", "aid", id="in capitals"),
    ],
)
def test_pinyin_initials_and_slips_find_it_too(typed: str, code: str) -> None:
    assert (*codes(typed), "none")[0] == code


def test_words_that_say_nothing_find_nothing_by_themselves() -> None:
    assert asked_for("我想办一下这个") == "我想办一下这个"
    assert codes("") == []
    assert codes("嗷嗷") == []


def test_words_around_the_wish_do_not_count() -> None:
    assert asked_for("请问我想开店怎么办").split() == ["开店"]
    assert terms("how do I close a shop") == ("close", "shop")


def test_no_more_than_asked_for_come_and_the_best_is_first() -> None:
    hits = find(INDEX, "个体工商户", most=1)
    assert len(hits) == 1
    scores = [one.score for one in find(INDEX, "个体工商户登记")]
    assert scores == sorted(scores, reverse=True)


def test_the_words_that_fitted_are_told() -> None:
    assert find(INDEX, "挖路")[0].phrase == "挖路"


@pytest.mark.django_db
def test_what_is_published_can_be_found_at_once_and_without_asking_the_database(
    django_assert_num_queries: Any,
) -> None:
    town = publish(build().division, item())
    assert [one.item.code for one in found_items(town, DAY, "挖路")] == ["road_occupation"]
    with django_assert_num_queries(0):
        found_items(town, DAY, "占道")
    town = publish(town, item("square", name="广场舞备案", everyday=("跳广场舞",)))
    assert [one.item.code for one in found_items(town, DAY, "跳舞")] == ["square"]

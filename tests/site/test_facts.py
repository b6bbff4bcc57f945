"""Facts on the board and in their register: a cited one leads to its source, an unknown one says so."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from jinli.town.models import TownFact
from tests.town.small_town import SmallTown


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def told(town: SmallTown) -> SmallTown:
    """Return the town with one fact that is cited, one unknown, one that cannot be computed, one taken back."""
    common: dict[str, Any] = {"town": town.division, "arrow": "industry", "source": "年报，第 3 页"}
    TownFact.objects.create(
        code="output",
        title="产值",
        title_en="Output",
        value="12.5",
        value_en="1.25",
        unit="亿元",
        unit_en="billion yuan",
        note="2021 年",
        note_en="of 2021",
        as_of="2021",
        status="confirmed",
        ordinal=1,
        **common,
    )
    TownFact.objects.create(code="later", title="2022 年", status="unknown", ordinal=2, **common)
    TownFact.objects.create(code="pace", title="增速", note="缺 2022 年，算不出", status="unknown", ordinal=3, **common)
    TownFact.objects.create(
        code="old", title="旧数", value="99", as_of="2019", status="confirmed", valid_to="2026-01-01", **common
    )
    return town


def card(page: str, title: str, until: str) -> str:
    return page[page.index(f"<h2>{title}") : page.index(f"<h2>{until}")]


def test_the_board_shows_a_cited_fact_with_its_year_and_the_way_to_its_source(told: SmallTown, desk: Client) -> None:
    box = card(text(desk.get("/board/")), "产业转型升级", "城镇更新提升")
    assert '<a href="/registers/facts/#fact-output">12.5 亿元</a>' in box
    assert "（2021 年）" in box
    assert "旧数" not in box


def test_the_board_shows_what_no_source_gives_as_unknown_and_never_as_nought(told: SmallTown, desk: Client) -> None:
    box = card(text(desk.get("/board/")), "产业转型升级", "城镇更新提升")
    unknown = re.findall(r'<dt>([^<]+)</dt>\s*<dd><span class="unknown">([^<]+)</span>', box)
    assert unknown == [("2022 年", "未知（无来源）"), ("增速", "缺 2022 年，算不出")]


def test_a_town_without_facts_has_unknown_targets(town: SmallTown, desk: Client) -> None:
    box = card(text(desk.get("/board/")), "产业转型升级", "城镇更新提升")
    assert "未知（无来源）" in box
    assert "/registers/facts/" not in box


def test_the_register_gives_source_and_status_of_every_fact(told: SmallTown, desk: Client) -> None:
    page = text(desk.get("/registers/facts/"))
    for said in ('id="fact-output"', "12.5 亿元", "截至 2021", "年报，第 3 页", "未知（无来源）"):
        assert said in page
    assert "旧数" not in page
    assert "/registers/facts/" in text(desk.get("/registers/"))
    rows = desk.get("/registers/facts/?as=csv").content.decode("utf-8-sig").splitlines()
    assert rows[0] == "方向,事实,数,说明,截至,状态,来源"
    assert rows[2].startswith("产业转型升级,2022 年,,,,未知")


def test_the_register_is_read_in_english_and_an_empty_one_says_what_to_do(town: SmallTown, desk: Client) -> None:
    assert "facts.csv" in text(desk.get("/registers/facts/"))
    common = {"town": town.division, "arrow": "reform", "source": "x"}
    TownFact.objects.create(
        code="a", title="甲", title_en="First", value="一", value_en="one", as_of="2020", status="confirmed", **common
    )
    desk.post("/language/", {"language": "en", "next": "/registers/facts/"})
    page = text(desk.get("/registers/facts/"))
    assert "First" in page
    assert "one" in page


def test_another_towns_facts_are_not_shown(told: SmallTown, desk: Client) -> None:
    TownFact.objects.update(town=told.neighbour.division)
    assert "12.5 亿元" not in text(desk.get("/registers/facts/")) + text(desk.get("/board/"))

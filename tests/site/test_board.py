"""The board and its lists: one moment, one filter, two towns that do not see each other, paper and spreadsheets."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinli.cases.figures import Asked, counts, month_of
from jinli.domain.rates import DEFINITIONS
from jinli.site.figures import ARROWS, PARTS, rows_of
from jinli.town.moment import frozen_at
from jinli.ui.words import has_words
from tests.cases.small import at
from tests.lines.grid.whistling import Whistling, whistling
from tests.shared import shared
from tests.stories.test_s4_thirty_cases import NOW, Thirty, opened, record_many


@shared
def busy() -> Whistling:
    made = whistling()
    assert all(not part.refused for part in record_many(town=made.small.town, scripts=Thirty(made).scripts()))
    return made


@pytest.fixture
def head(busy: Whistling) -> Client:
    return busy.client("head")


def list_url(part: str, **more: str) -> str:
    query = {"part": part, "from": "2026-09-01T00:00:00+08:00", "to": "2026-10-01T00:00:00+08:00", **more}
    return f"/board/list/?{urlencode({'as_of': NOW.isoformat(), **query})}"


@settings(max_examples=settings().max_examples // 4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hours=st.integers(0, 24 * 50), months_back=st.integers(0, 1), arrow=st.sampled_from(["", *ARROWS]))
def test_every_figure_is_as_long_as_its_list_under_the_same_filter(
    busy: Whistling, hours: int, months_back: int, arrow: str
) -> None:
    town = busy.small.town
    as_of = at("2026-08-27 00:00") + timedelta(hours=hours)
    start, end = month_of(town, as_of - timedelta(days=31 * months_back))
    asked = {name: Asked(part=name, as_of=as_of, start=start, end=end) for name in PARTS}
    found = counts(asked, town, PARTS)
    assert found == {name: len(rows_of(one, town)) for name, one in asked.items()}
    for code, one in DEFINITIONS.items():
        assert found[f"{code}.{one.numerator}"] <= found[f"{code}.{one.denominator}"], code
    by_arrow = {name: len(rows_of(Asked(part="open", as_of=as_of, arrow=name), town)) for name in ARROWS}
    assert sum(by_arrow.values()) == len(rows_of(Asked(part="open", as_of=as_of), town))
    if arrow:
        mine = Asked(part="at_risk", as_of=as_of, arrow=arrow)
        assert len(rows_of(mine, town)) <= len(rows_of(Asked(part="at_risk", as_of=as_of), town))


def test_every_part_has_a_title_in_words() -> None:
    assert [name for name in PARTS if not has_words(f"site.board.part.{name}")] == []


def test_a_list_says_what_counts_for_which_month_and_as_of_when(head: Client) -> None:
    page = opened(head, list_url("on_time.total")).content.decode()
    for text in ("按期率：分母", "99 项", "2026年9月", "截至 2026年9月30日 周三 16:20", "逾期还没办的"):
        assert text in page


def test_a_long_list_goes_on_where_it_stopped(head: Client, busy: Whistling) -> None:
    assert list(record_many(town=busy.small.town, scripts=Thirty(busy).scripts("again")))
    seen, url = 0, list_url("on_time.total")
    while url:
        answer = opened(head, url)
        seen += answer.content.decode().count('class="list-row"')
        url = answer.context["page"].pages.next_url
    assert seen == 2 * 99


def test_a_list_is_exported_whole_as_a_table(head: Client) -> None:
    answer = opened(head, f"{list_url('on_time.done_late')}&as=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 1 + 4
    assert sorted(row[1] for row in rows[1:]) == [
        "第 14 件，处置",
        "第 15 件，立案",
        "第 16 件，回访",
        "第 26 件，处置",
    ]
    excel = opened(head, f"{list_url('outside')}&as=xlsx")
    assert excel["Content-Type"].endswith("sheet")


@pytest.mark.parametrize("query", ["part=best", "part=open&as_of=yesterday", "", "part=open&from=2026-09-01"])
def test_a_filter_that_nothing_answers_to_is_not_found(head: Client, query: str) -> None:
    with frozen_at(NOW):
        assert head.get(f"/board/list/?{query}").status_code == 404


def test_a_direction_or_place_that_is_not_there_gives_an_empty_list(head: Client) -> None:
    for more in ({"arrow": "elsewhere"}, {"place": "999999"}):
        assert opened(head, list_url("open", **more)).context["page"].total == 0


def test_the_board_of_one_town_knows_nothing_of_another(busy: Whistling) -> None:
    other = whistling("990202001")
    client = other.client("head")
    assert opened(client).context["page"].on_time.total.count == 0
    page = opened(client, list_url("on_time.total"))
    assert page.context["page"].total == 0
    east = busy.small.places["east"]
    there = opened(client, list_url("open", place=str(east.pk)))
    assert there.context["page"].total == 0
    assert "第 19 件" not in there.content.decode()


@pytest.mark.parametrize(
    ("person", "status"), [("head", 200), ("command", 200), ("auditor", 200), ("grid", 403), ("water", 403)]
)
def test_the_board_is_for_those_who_read_the_whole_town(busy: Whistling, person: str, status: int) -> None:
    client = busy.client(person)
    with frozen_at(NOW):
        assert client.get("/board/").status_code == status
        assert client.get(list_url("open")).status_code == status
        assert client.get("/figures/").status_code == status


def test_a_direction_without_a_line_of_work_says_so_and_shows_no_nought(head: Client) -> None:
    page = opened(head).content.decode()
    card = page[page.index("产业转型升级") : page.index("城镇更新提升")]
    assert "此线未建" in card
    assert ">0<" not in card


def test_the_board_is_complete_in_english(head: Client) -> None:
    with frozen_at(NOW):
        head.post("/language/", {"language": "en", "next": "/board/"})
        page = head.get("/board/").content.decode()
    for text in ("Overdue, not done", "That figure is not used here.", "Not ours, and here is the line"):
        assert text in page


def test_the_board_ranks_nobody(head: Client) -> None:
    tiles = opened(head).context["page"].villages.tiles
    ordinals = [one.name for one in tiles]
    assert ordinals == ["东围村", "西围村", "水碾社区", "待补", "工业园", "未定村居"]  # the order of the register

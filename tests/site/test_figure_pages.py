"""Figures are counted, released value by value, read by the public, and taken back; the page keeps what was done."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from jinli.cases.models import Figure
from jinli.town.moment import frozen_at
from tests.cases.small import at
from tests.lines.grid.whistling import Whistling, whistling
from tests.shared import shared
from tests.stories.test_s4_thirty_cases import NOW, Thirty, record_many

PUBLIC = "/t/990101001/figures/"


@shared
def busy() -> Whistling:
    made = whistling()
    assert all(not part.refused for part in record_many(town=made.small.town, scripts=Thirty(made).scripts()))
    return made


def send(client: Client, **fields: str) -> Any:
    with frozen_at(NOW):
        return client.post("/figures/", fields, follow=True)


MATTERS = (
    "by_law", "by_promise", "told_once", "first_time", "decided_here", "prefilled", "asked_twice", "bad_rating",
)  # fmt: skip


def counted(busy: Whistling) -> Client:
    client = busy.client("head")
    answer = send(client, act="publish", period="2026-09")
    assert "2026-09 的数已算好" in answer.content.decode()
    return client


def figure(code: str) -> Figure:
    return Figure.objects.get(code=code, period="2026-09")


def release(client: Client, code: str, audience: str = "public") -> Any:
    row = figure(code)
    return send(client, act="release", figure=str(row.pk), audience=audience, as_of=row.as_of.isoformat())


def public_page() -> str:
    with frozen_at(NOW):
        answer = Client().get(PUBLIC)
    assert answer.status_code == 200
    return answer.content.decode()


def test_nothing_released_is_said_so_and_is_not_nought(busy: Whistling) -> None:
    for _ in range(2):
        page = public_page()
        assert "还没有发布" in page
        assert "%" not in page
        counted(busy)  # counting alone releases nothing


def test_the_values_of_a_month_are_the_hand_counts_with_their_filter(busy: Whistling) -> None:
    client = counted(busy)
    found = {row.code: (row.numerator, row.denominator) for row in Figure.objects.all()}
    assert found == {
        "on_time": (93, 99),
        "on_time_own": (88, 94),  # without sign-in, contact and report of case 27, sign-in and contact of case 28
        "response": (18, 19),
        "resolution": (12, 15),
        "satisfaction": (3, 5),
        "whistle": (4, 23),
        **dict.fromkeys(MATTERS, (0, 0)),  # no government matter in this month
    }
    for row in Figure.objects.all():
        with frozen_at(NOW):
            listed = client.get("/board/list/", row.filter).context["page"]
        assert (row.code, listed.total) == (row.code, row.denominator)


def test_the_public_reads_definition_counts_and_exclusions_of_what_was_released(busy: Whistling) -> None:
    client = counted(busy)
    assert "已发布给公众" in release(client, "on_time_own").content.decode()
    page = public_page()
    for text in ("镇自己的按期率", "93.6%", "88 ÷ 94", "逾期还没办的", "本地口径", "还没到期 6", "2026-09"):
        assert text in page
    for text in ("响应率", "吹哨率", "/board/list/"):
        assert text not in page


def test_a_release_is_taken_back_at_once(busy: Whistling) -> None:
    client = counted(busy)
    release(client, "response")
    assert "94.7%" in public_page()
    answer = send(client, act="revoke", figure=str(figure("response").pk))
    assert "已收回" in answer.content.decode()
    assert "94.7%" not in public_page()
    history = re.findall(r"算数，给|发布给公众看|发布给公众|收回，只给", answer.content.decode())
    assert {"算数，给", "收回，只给"} <= set(history)


def test_the_page_offers_the_public_only_what_may_go_there(busy: Whistling) -> None:
    client = counted(busy)
    with frozen_at(NOW):
        rows = client.get("/figures/").context["page"].periods[0].rows
    offers = {row.line.code: [audience for audience, _ in row.offers] for row in rows}
    assert offers == {
        "on_time": ["district"],
        "on_time_own": ["district", "public"],
        "response": ["district", "public"],
        "resolution": ["district", "public"],
        "satisfaction": ["district"],
        "whistle": ["district"],
        **{code: ["district", "public"] for code in MATTERS},
        "bad_rating": ["district"],
    }
    assert "不能给这么大的范围" in release(client, "satisfaction").content.decode()
    assert "满意率" not in public_page()


def test_the_board_says_to_whom_the_month_is_released(busy: Whistling) -> None:
    client = counted(busy)

    def said() -> str:
        with frozen_at(NOW):
            return str(client.get("/board/").context["page"].on_time.released)

    assert "尚未发布" in said()
    release(client, "on_time", "district")
    assert "已发布到区" in said()
    release(client, "on_time_own")
    assert "已向公众发布" in said()


def test_the_command_centre_counts_but_does_not_release(busy: Whistling) -> None:
    counted(busy)
    client = busy.client("command")
    with frozen_at(NOW):
        page = client.get("/figures/")
    assert "发布和收回由镇领导来做" in page.content.decode()
    assert all(not row.offers for row in page.context["page"].periods[0].rows)
    release(client, "on_time_own")
    assert figure("on_time_own").audience == "town"


def test_an_auditor_reads_and_changes_nothing(busy: Whistling) -> None:
    counted(busy)
    client = busy.client("auditor")
    with frozen_at(NOW):
        page = client.get("/figures/")
    assert page.status_code == 200
    assert 'name="act"' not in page.content.decode()
    assert send(client, act="publish", period="2026-08").status_code == 403
    assert set(Figure.objects.values_list("period", flat=True)) == {"2026-09"}


def test_the_head_of_another_town_cannot_reach_a_figure(busy: Whistling) -> None:
    counted(busy)
    other = whistling("990202001").client("head")
    assert release(other, "on_time_own").status_code == 404
    assert send(other, act="revoke", figure=str(figure("on_time_own").pk)).status_code == 404
    assert figure("on_time_own").audience == "town"
    with frozen_at(NOW):
        assert not other.get("/figures/").context["page"].periods


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"act": "publish", "period": "2020-01"}, 200),
        ({"act": "publish"}, 200),
        ({"act": "release", "figure": "nonsense"}, 404),
        ({"act": "release", "figure": "00000000-0000-0000-0000-000000000000"}, 404),
        ({}, 404),
    ],
)
def test_what_a_form_cannot_have_sent_changes_nothing(busy: Whistling, fields: dict[str, str], status: int) -> None:
    client = busy.client("head")
    assert send(client, **fields).status_code == status
    assert not Figure.objects.exists()


def test_a_value_counted_again_with_another_result_must_be_released_again(busy: Whistling) -> None:
    client = counted(busy)
    release(client, "on_time_own")
    busy.tick("2026-10-09 09:00")
    later = busy.client("head")
    with frozen_at(at("2026-10-09 09:00")):
        later.post("/figures/", {"act": "publish", "period": "2026-09"})
    row = figure("on_time_own")
    # Two more fell due unkept on the 30th: case 23 at 16:40, and case 22 at 24:00, which is still September.
    assert (row.numerator, row.denominator, row.audience) == (88, 96, "town")
    assert "还没有发布" in public_page()

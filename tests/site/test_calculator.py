"""The page that works out a time limit: open to everybody, answers day by day, keeps what was typed."""

from __future__ import annotations

import pytest
from django.test import Client

from jinli.town.models import CalendarYear, Division, OfficeHours
from jinli.town.moment import now
from tests.town.small_town import build

ASKED = {"day": "2026-09-24", "clock": "10:00", "amount": "5", "unit": "working_day", "end_rule": "roll"}

pytestmark = pytest.mark.django_db


def page(client: Client, lang: str = "zh-hans", **asked: str) -> str:
    answer = client.get("/calculator/", asked, headers={"accept-language": lang})
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_opens_without_an_account_with_a_form_and_the_rules(client: Client) -> None:
    text = page(client)
    assert "时限计算" in text
    assert "按什么算" in text
    assert 'id="answer"' not in text


def test_it_answers_with_the_due_moment_and_the_reckoning_day_by_day(client: Client) -> None:
    text = page(client, **ASKED)
    assert "2026年10月9日 周五 24:00" in text
    assert "国庆节放假" in text
    assert "一日止于 24:00：平台约定" in text
    assert text.index("第 1 日") < text.index("第 5 日") < text.index("到期</span>")


def test_it_speaks_english(client: Client) -> None:
    text = page(client, "en", **ASKED)
    assert "Fri 9 Oct 2026 24:00" in text
    assert "public holiday: National Day" in text


def test_a_provisional_answer_says_so(client: Client) -> None:
    text = page(client, day="2026-12-24", amount="10", unit="working_day")
    assert "2027年1月7日 周四 24:00" in text
    assert "暂定" in text
    assert "公布后可能变" in text


def test_pauses_are_left_out_with_their_article(client: Client) -> None:
    paused = {"pause1_from_day": "2026-09-28", "pause1_to_day": "2026-10-08", "pause_article": "行政许可法第四十五条"}
    text = page(client, **ASKED, **paused)
    assert "2026年10月13日 周二 24:00" in text
    assert "行政许可法第四十五条" in text
    assert '<details class="explain" open>' in text


def test_hours_use_the_sample_office_hours_and_say_so(client: Client) -> None:
    text = page(client, day="2026-09-18", clock="11:40", amount="4", unit="working_hour")
    assert "2026年9月20日 周日（调休上班）09:10" in text
    assert "办公时间是样本" in text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"amount": "x"}, "填一个整数"),
        ({"amount": "0"}, "期限要是 1 到 25000 的整数"),
        ({"amount": ""}, "这一项要填"),
        ({"day": "24 September"}, "日期写成 2026-09-24"),
        ({"day": "1812-01-01"}, "日期要在 1900 年到 2200 年之间"),
        ({"clock": "later"}, "时间写成 10:00"),
        ({"unit": "fortnight"}, "从列出的里面选一个"),
        ({"unit": "urgent_hour", "clock": ""}, "起算要写到几点几分"),
        ({"pause1_from_day": "2026-09-28"}, "暂停的开始和结束日期都要填"),
        ({"pause1_from_day": "2026-09-28", "pause1_to_day": "2026-09-21"}, "暂停的结束早于开始"),
        (
            {"unit": "urgent_hour", "pause1_from_day": "2026-09-28", "pause1_to_day": "2026-09-29"},
            "暂停的时间也要填",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(
    client: Client, wrong: dict[str, str], told: str
) -> None:
    text = page(client, **{**ASKED, **wrong})
    assert told in text
    assert 'aria-invalid="true"' in text
    assert 'id="answer"' not in text
    for value in wrong.values():
        assert value in text


def test_staff_see_it_in_their_own_frame(client: Client) -> None:
    town = build()
    client.force_login(town.person("command_centre"))
    text = page(client, **ASKED)
    assert 'aria-current="page"' in text
    assert "2026年10月9日 周五 24:00" in text


def test_it_counts_by_the_calendar_and_the_office_hours_of_the_town(client: Client) -> None:
    division = build().division
    Division.objects.exclude(pk=division.pk).filter(level=Division.Level.TOWN).update(level=Division.Level.COUNTY)
    CalendarYear.objects.create(
        division=division,
        year=2026,
        edition=2,
        published=True,
        paper="paper",
        days=[{"date": "2026-09-28", "name": "本地节日", "off": True}],
        loaded_at=now(),
    )
    OfficeHours.objects.create(division=division, spans=[["09:00", "12:00"]])
    assert "本地节日放假" in page(client, **ASKED)
    text = page(client, day="2026-09-21", clock="09:00", amount="4", unit="working_hour")
    assert "2026年9月22日 周二 10:00" in text
    assert "办公时间是样本" not in text


def test_it_only_reads(client: Client) -> None:
    assert client.post("/calculator/", ASKED).status_code in {403, 405}

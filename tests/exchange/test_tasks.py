"""Tasks sent down: the duty list, what was asked before, what exists, and nothing typed twice."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from openpyxl import load_workbook

from jinli.cases.models import Case, Entry
from jinli.domain.errors import ConflictError, InvalidInputError, RefusedError
from jinli.exchange import catalogue
from jinli.exchange.forms.tasks import NUMBERED
from jinli.exchange.models import Ask, Report, Task
from jinli.exchange.selectors.asks import stamp_of
from jinli.exchange.selectors.burden import COLUMNS, Behind, behind_rows, burden_page
from jinli.exchange.selectors.tasks import fits_of
from jinli.exchange.services import asks as filling
from jinli.exchange.services.asks import Filled
from jinli.exchange.services.reports import save_report
from jinli.exchange.services.tasks import Answer, answer
from jinli.town.models import DutyLine
from jinli.town.moment import frozen_at
from tests.cases.pages import html, statements
from tests.cases.small import at
from tests.exchange.asking import Asked, asked

FRIDAY = "2026-09-11 16:30"


@pytest.fixture
def town(db: None) -> Asked:
    return asked()


def say(town: Asked, when: str, task: Task, move: str, **more: Any) -> None:
    """Answer a task with the present version."""
    texts = {"reply": "答复", **more.pop("texts", {})}
    with frozen_at(at(when)):
        version = Case.objects.get(pk=task.pk).version
        said = Answer(move=move, texts=texts, **more)
        answer(acting=town.staff.small.command, task=task, version=version, said=said)


def fill(town: Asked, when: str, task: Task, *filled: Filled, **more: Any) -> None:
    """Fill in figures with the present stamp."""
    with frozen_at(at(when)):
        version = Case.objects.get(pk=task.pk).version
        known = {"stamp": stamp_of(task.asks.all()), "version": version, **more}
        filling.fill(acting=town.staff.small.command, task=task, filled=filled, **known)


def moves(task: Task) -> list[str]:
    return list(Entry.objects.filter(case=task.pk).order_by("seq").values_list("move", flat=True))


# the duty list


def test_a_task_is_matched_by_words_and_the_page_proposes_and_never_decides(town: Asked) -> None:
    lines = list(DutyLine.objects.order_by("number"))
    fits = fits_of("请报送河道管理范围内违法行为的查处情况", lines)
    assert fits.first is not None
    assert fits.first.code == "C01"
    assert fits_of("请组织观看宣传片", lines).first is None
    task = town.received(FRIDAY, "请组织观看宣传片")
    page = html(town.client(), f"/tasks/{task.pk}/", FRIDAY)
    assert "履职清单（现行 4 条）没有这一项" in page
    assert "未列此项" in page


def test_a_basis_that_the_list_does_not_have_stays_unknown(town: Asked) -> None:
    task = town.received(FRIDAY, "农田灌溉水量测算结果")
    page = html(town.client(), f"/tasks/{task.pk}/", FRIDAY)
    assert "依据：未知（无来源）。" in page
    assert re.search(r'<textarea name="legal_basis"[^>]*>\s*</textarea>', page), "no article is made up"
    with pytest.raises(InvalidInputError, match="needs"):
        say(town, FRIDAY, task, "object", line="T02", texts={"reason": "已收回"})


def test_the_lead_of_a_task_is_that_of_the_list(town: Asked) -> None:
    task = town.received(FRIDAY, "河道管理范围内违法行为查处情况")
    with pytest.raises(RefusedError, match="other_lead"):
        say(town, FRIDAY, task, "cooperate", line="C01", lead="ecology")
    with pytest.raises(RefusedError, match="line_is_ours"):
        say(town, FRIDAY, task, "cooperate", line="B01")
    say(town, FRIDAY, task, "cooperate", line="C01")
    task.refresh_from_db()
    assert (task.case.stage, task.fit) == ("received", "cooperating") or task.fit == "cooperating"
    assert Case.objects.get(pk=task.pk).stage == "cooperating"


def test_work_outside_the_list_is_counted_with_its_list(town: Asked) -> None:
    listed, outside, insisted = (town.received(FRIDAY, text) for text in ("保洁情况", "宣传片", "别的事"))
    say(town, FRIDAY, listed, "accept", line="B01")
    say(town, FRIDAY, outside, "accept_unlisted", texts={"reason": "先办"})
    say(town, FRIDAY, insisted, "object", texts={"reason": "没有", "legal_basis": "清单"})
    case = Case.objects.get(pk=insisted.pk)
    town.staff.move("2026-09-14 09:00", case, "asker_insists", town.staff.small.command, given={"reason": "要办"})
    with frozen_at(at("2026-09-14 10:00")):
        case.refresh_from_db()
        said = Answer(move="do_anyway", texts={"reason": "先办一次"})
        answer(acting=town.staff.small.head, task=insisted, version=case.version, said=said)
    page = burden_page(town.staff.small.town, "2026-09", at("2026-09-14 11:00"))
    counted = page.total.cells[COLUMNS.index("outside")].count
    rows = behind_rows(Behind(what="outside", month="2026-09"), town.staff.small.town)
    assert counted == 2
    assert {one.pk for one in rows} == {outside.pk, insisted.pk}


# what exists, and what was asked before


def test_what_matches_no_figure_is_unknown_and_never_nought(town: Asked) -> None:
    task = town.received(FRIDAY, "检查餐饮经营户数", "卫生院投用日期", "卫生院床位数", "在办件数")
    with frozen_at(at(FRIDAY)):
        filling.answer_rest(task, None)
    got = [(one.source, one.value) for one in task.asks.order_by("ordinal")]
    # The task itself is the one open case.
    assert got == [("unknown", ""), ("unknown", ""), ("generated", "280 张"), ("generated", "1")]


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("9月办结件数", "closed"), ("已办结件数（件）", "closed"), ("按期办结率", "on_time"), ("逾期未办件数", "late"),
        ("群众满意率", "satisfaction"), ("本月吹哨次数", "whistles"), ("燃气隐患整改办结件数", ""),
        ("办结件数（环卫）", ""), ("检查户数", ""),
        ("数", ""), ("。", ""),
    ],
)  # fmt: skip
def test_a_question_is_matched_only_when_a_name_explains_it(town: Asked, question: str, figure: str) -> None:
    offers = catalogue.offers(town.staff.small.town, at(FRIDAY).date())
    found = catalogue.matched(question, offers)
    assert (found.code if found else "") == figure


def test_the_same_figure_asked_twice_is_answered_from_the_first_answer(town: Asked) -> None:
    first = town.received("2026-09-07 09:00", "检查餐饮经营户数")
    fill(town, "2026-09-07 10:00", first, Filled(ordinal=1, source="typed", value="37"))
    again = town.received(FRIDAY, "请报送检查餐饮经营户数（户）", asker="water")
    ask = again.asks.get()
    assert ask.first == first.asks.get()
    page = html(town.client(), f"/tasks/{again.pk}/", FRIDAY)
    assert "9月7日 周一 答给ecology（交2026-00001）" in page
    url = re.search(r'action="(/tasks/[^"]*/fill/)"', page)
    stamp = re.search(r'name="stamp" value="([^"]*)"', page)
    assert url
    assert stamp
    with frozen_at(at(FRIDAY)):
        town.client().post(url[1], {"stamp": stamp[1]})
    ask.refresh_from_db()
    assert (ask.source, ask.value, ask.taken_from) == ("repeated", "37", first.asks.get())
    assert moves(again) == ["receive", "fill"]
    body = Entry.objects.get(case=again.pk, move="fill").body
    assert '"first":"交2026-00001"' in body


def test_what_was_never_asked_before_gets_no_earlier_answer(town: Asked) -> None:
    first = town.received("2026-09-07 09:00", "检查餐饮经营户数")
    fill(town, "2026-09-07 10:00", first, Filled(ordinal=1, source="typed", value="37"))
    again = town.received(FRIDAY, "检查餐饮经营户数", "检查餐饮经营户数（城区）", "检查旅馆户数")
    with frozen_at(at(FRIDAY)):
        filling.answer_rest(again, None)
    assert [one.value for one in again.asks.order_by("ordinal")] == ["37", "", ""]


def test_another_month_is_another_question(town: Asked) -> None:
    town.received("2026-09-07 09:00", "8月办结件数", "在办件数")
    again = town.received(FRIDAY, "9月办结件数", "在办件数")
    assert [one.first is not None for one in again.asks.order_by("ordinal")] == [False, False]
    same_day = town.received("2026-09-11 17:00", "9月办结件数", "在办件数")
    assert [one.first is not None for one in same_day.asks.order_by("ordinal")] == [True, True]


def test_typing_again_what_was_asked_before_is_counted_against_the_goal(town: Asked) -> None:
    for when in ("2026-09-07 09:00", FRIDAY):
        task = town.received(when, "检查餐饮经营户数")
        fill(town, when, task, Filled(ordinal=1, source="typed", value="37"))
    page = burden_page(town.staff.small.town, "2026-09", at(FRIDAY))
    counts = {name: cell.count for name, cell in zip(COLUMNS, page.total.cells, strict=True)}
    assert (counts["typed"], counts["typed_twice"], counts["again"], page.reached) == (2, 1, 1, False)


def test_a_persons_number_is_no_answer(town: Asked) -> None:
    task = town.received(FRIDAY, "联系人")
    with pytest.raises(InvalidInputError, match="personal"):
        fill(town, FRIDAY, task, Filled(ordinal=1, source="typed", value="13800000426"))
    assert moves(task) == ["receive"]


def test_two_who_fill_in_at_once_do_not_overwrite_each_other(town: Asked) -> None:
    task = town.received(FRIDAY, "检查餐饮经营户数")
    fill(town, FRIDAY, task, Filled(ordinal=1, source="typed", value="37"), stamp="")
    fill(town, FRIDAY, task, Filled(ordinal=1, source="typed", value="37"), stamp="")  # the same form twice
    with pytest.raises(ConflictError):
        fill(town, FRIDAY, task, Filled(ordinal=1, source="typed", value="38"), stamp="")
    url = f"/tasks/asks/{task.asks.get().pk}/"
    page = html(town.client(), url, FRIDAY)
    names = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("key", "version")}  # type: ignore[index]
    with frozen_at(at(FRIDAY)):
        late = town.client().post(url, {**names, "stamp": "", "source": "typed", "value": "38"})
    assert late.status_code == 409
    assert "38" in late.content.decode()
    assert moves(task) == ["receive", "fill"]


def test_a_figure_without_a_source_is_refused_at_its_field(town: Asked) -> None:
    task = town.received(FRIDAY, "卫生院投用日期")
    with pytest.raises(InvalidInputError, match="no_source"):
        fill(town, FRIDAY, task, Filled(ordinal=1, source="generated"))
    with pytest.raises(InvalidInputError, match="no_earlier"):
        fill(town, FRIDAY, task, Filled(ordinal=1, source="repeated"))


# the burden, lists and reports


def test_every_count_of_the_burden_is_as_long_as_its_list(town: Asked) -> None:
    first = town.received("2026-09-01 09:00", "检查餐饮经营户数", "9月办结件数", way="form", forms=2)
    fill(town, "2026-09-01 10:00", first, Filled(ordinal=1, source="typed", value="1"))
    second = town.received(FRIDAY, "检查餐饮经营户数", "别的", asker="", asker_name="某局")
    with frozen_at(at(FRIDAY)):
        filling.answer_rest(second, None)
    page = burden_page(town.staff.small.town, "2026-09", at(FRIDAY))
    assert [row.label for row in page.rows] == ["ecology", "某局"]
    for row, asker in (*zip(page.rows, (str(first.asker_id), "name:某局"), strict=True), (page.total, "")):
        for name, cell in zip(COLUMNS, row.cells, strict=True):
            rows = behind_rows(Behind(what=name, month="2026-09", asker=asker), town.staff.small.town)
            length = sum(one.forms for one in rows) if name == "forms" else rows.count()
            assert cell.count == length, (row.label, name)
    assert sum(row.cells[2].count for row in page.rows) == page.total.cells[2].count
    assert page.history[0].cells == page.total.cells
    for name in COLUMNS:
        assert html(town.client("auditor"), f"/tasks/burden/list/?what={name}&month=2026-09", FRIDAY)


def test_the_list_behind_a_figure_goes_on_by_key(town: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jinli.exchange.selectors.ask_pages.PAGE", 2)
    numbers = [town.received(f"2026-09-11 1{hour}:00", "别的").case.number for hour in range(5)]
    url, seen = "/tasks/figure/?part=cases.open", []
    while url:
        page = html(town.client(), url.replace("&amp;", "&"), FRIDAY)
        seen += re.findall(r'<span class="second">(交[0-9-]+)', page)
        found = re.search(r'href="([^"]*after=[^"]*)"', page)
        url = found[1] if found else ""
    assert seen == numbers
    html(town.client(), "/tasks/figure/?part=cases.open&after=x~y", FRIDAY)
    html(town.client(), "/tasks/figure/?part=nothing", FRIDAY, 404)


def test_lists_cannot_run_a_formula(town: Asked) -> None:
    town.received(FRIDAY, "=HYPERLINK(1)", "9月办结件数", asker="", asker_name="=cmd|局")
    for url in (
        "/tasks/export/?show=all",
        "/tasks/burden/?as=csv&month=2026-09",
        "/tasks/burden/list/?what=fields&month=2026-09&as=csv",
    ):
        with frozen_at(at(FRIDAY)):
            text = town.client().get(url).content.decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))], url


def test_a_saved_report_is_generated_for_any_month_with_its_definitions(town: Asked) -> None:
    town.staff.filed("2026-08-28 09:00")
    task = town.received(FRIDAY, "本月网格事件数", "检查户数")
    with frozen_at(at(FRIDAY)):
        saved = save_report(acting=town.staff.small.command, task=task, title="生态月报")
        assert save_report(acting=town.staff.small.command, task=task, title="生态月报") == saved
        other = town.received(FRIDAY, "9月办结件数")
        with pytest.raises(InvalidInputError, match="title_taken"):
            save_report(acting=town.staff.small.command, task=other, title="生态月报")
        with pytest.raises(InvalidInputError, match="no_figure"):
            save_report(acting=town.staff.small.command, task=town.received(FRIDAY, "宣传片"), title="别的")
        kept = town.client("head").get(f"/tasks/reports/{saved.pk}/?month=2026-08&as=xlsx")
    rows = list(load_workbook(io.BytesIO(kept.content)).active.iter_rows(values_only=True))
    assert [row[1] for row in rows] == ["数", "1", "未知（无来源）"]
    assert "网格报告" in rows[1][3]
    assert rows[1][4] == "9月11日 周五 16:30"
    assert Report.objects.count() == 1


def test_the_pages_take_a_fixed_number_of_statements(town: Asked) -> None:
    clerk = town.client()
    task = town.received(FRIDAY, "9月办结件数", "检查户数")
    few = {url: statements(clerk, url, FRIDAY) for url in _pages(task)}
    for number in range(12):
        town.received(FRIDAY, "9月办结件数", f"别的{number}", *(f"第{one}项" for one in range(number)))
    many = town.received(FRIDAY, *(f"{month}月办结件数" for month in range(1, 9)), "检查户数", "在办件数")
    assert {url: statements(clerk, url, FRIDAY) for url in ("/tasks/", "/tasks/burden/")} == {
        url: few[url] for url in ("/tasks/", "/tasks/burden/")
    }
    assert statements(clerk, f"/tasks/{many.pk}/", FRIDAY) <= few[f"/tasks/{task.pk}/"] + 1  # what was answered before
    assert few["/tasks/"] <= 10
    assert few[f"/tasks/{task.pk}/"] <= 22


def _pages(task: Task) -> tuple[str, ...]:
    return ("/tasks/", "/tasks/burden/", f"/tasks/{task.pk}/")


def test_the_answer_page_speaks_english_too(town: Asked) -> None:
    task = town.received(FRIDAY, "排污行政处罚情况", "检查户数", due="2026-09-13 00:00")
    browser = town.client()
    browser.cookies["django_language"] = "en"
    with frozen_at(at(FRIDAY)):
        page = browser.get(f"/tasks/{task.pk}/").content.decode()
    assert "this is not for the town to do" in page
    assert "from receipt to deadline there is 1 " in page


def test_a_department_does_not_see_tasks(town: Asked) -> None:
    task = town.received(FRIDAY, "9月办结件数")
    assert Ask.objects.get().unit.code == "command"
    for url in ("/tasks/", f"/tasks/{task.pk}/", "/tasks/burden/"):
        html(town.client("ecology"), url, FRIDAY, 403)


def test_a_task_is_answered_on_its_own_page_and_nowhere_else(town: Asked) -> None:
    """The page checks the line of the duty list; the general page does not know it."""
    task = town.received(FRIDAY, "农田灌溉水量测算结果")
    with frozen_at(at(FRIDAY)):
        sent = town.client().post(f"/cases/{task.pk}/moves/accept/", {"version": 1, "duty_line": "T02", "reply": "办"})
    assert (sent.status_code, sent["Location"]) == (302, f"/tasks/{task.pk}/accept/")
    assert moves(task) == ["receive"]


@pytest.mark.parametrize(
    ("message", "items"),
    [
        pytest.param(
            "请报送：1. 本月办结件数；2. 逾期件数；3. 用水量。谢谢",
            ["1. 本月办结件数", "2. 逾期件数", "3. 用水量"],
            id="in one line",
        ),
        pytest.param(
            "1、本月办结\n2、比例 3.5 倍\n（3）其他", ["1、本月办结", "2、比例 3.5 倍", "（3）其他"], id="a line each"
        ),
        pytest.param("请报①办结数②逾期数", ["①办结数", "②逾期数"], id="circled"),
        pytest.param("9月28日前报 12345 热线情况", [], id="a date is no number"),
    ],
)
def test_numbered_items_of_a_message_are_found_by_themselves(message: str, items: list[str]) -> None:
    assert NUMBERED.findall(message) == items

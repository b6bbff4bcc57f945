"""A clerk drops the export of the hotline: what is wrong is said where it is mended, and every row is accounted for.

S3: a wrong mapping is noticed after it was taken, and undone as a whole, journaled. S5: two of the staff drop the same
file at once, and there is one set of cases. Monday 2026-09-28.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jinli.cases.models import Case, Clock, Entry
from jinli.cases.services.verifying import Finding, verify_town
from jinli.exchange.models import ImportRow, ImportRun, Source
from jinli.exchange.services.dropping import file_of
from jinli.exchange.services.working import work_once
from jinli.town.moment import frozen_at
from tests.cases.staff import Staff, at, staffed
from tests.exchange.imports.town import COLUMNS, ticket, written

Page = Any


@pytest.fixture
def staff(db: None) -> Staff:
    return staffed()


@pytest.fixture
def clerk(staff: Staff) -> Client:
    return staff.client("command")


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with frozen_at(at("2026-09-28 10:05")):
        yield


def drop(clerk: Client, content: bytes, name: str = "12345工单导出.csv") -> Page:
    return clerk.post("/imports/drop/", {"file": SimpleUploadedFile(name, content)})


def work() -> None:
    while work_once():
        pass


def last_run() -> ImportRun:
    return ImportRun.objects.latest("dropped_at", "id")


def url(run: ImportRun, act: str = "") -> str:
    return f"/imports/{run.pk}/{f'{act}/' if act else ''}"


def send(clerk: Client, act: str, status: int = 302, run: ImportRun | None = None, **said: Any) -> Page:
    """Send a form of the page of the last run with the version that the page shows."""
    run = run or last_run()
    answer = clerk.post(url(run, act), {"version": run.version, **said})
    assert answer.status_code == status, answer.content.decode()[:3000]
    if status == 302:
        work()
    return answer


def text(page: Page) -> str:
    return str(page.content.decode())


def mapped(clerk: Client, rows: list[dict[str, str]], **columns: str) -> ImportRun:
    """Drop a file and explain it: a hotline that nobody knows yet, its columns as they are."""
    assert drop(clerk, written(rows)).status_code == 302
    send(clerk, "columns", source="new", name="12345 热线", kind="tickets", **{**COLUMNS, **columns})
    return last_run()


ROWS = [ticket("GZ-1"), ticket("GZ-2", 承办单位="ecology"), ticket("GZ-3", 办结时间="2026-09-26 11:00")]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        pytest.param("说明.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "", id="a PDF"),
        pytest.param("空.csv", b"", "文件是空的", id="an empty file"),
        pytest.param("坏.xlsx", b"PK\x03\x04 broken", "", id="a broken workbook"),
    ],
)
def test_a_file_that_is_no_table_is_refused_at_the_field_and_leaves_nothing(
    clerk: Client, name: str, content: bytes, told: str
) -> None:
    page = drop(clerk, content, name)
    assert page.status_code == 422
    assert 'id="id_file-error"' in text(page)
    assert told in text(page)
    assert not ImportRun.objects.exists()


def test_without_a_file_one_is_asked_for(clerk: Client) -> None:
    page = clerk.post("/imports/drop/", {})
    assert page.status_code == 422
    assert "请填写这一项" in text(page)


def test_a_mapping_without_the_number_is_refused_at_its_column_and_what_was_chosen_stays(clerk: Client) -> None:
    assert drop(clerk, written(ROWS)).status_code == 302
    chosen = {**COLUMNS, "foreign_number": ""}
    page = text(send(clerk, "columns", status=422, source="new", name="县里的热线", kind="tickets", **chosen))
    assert "“对方编号”要有一列" in page
    assert 'value="县里的热线"' in page
    assert '<option value="办理时限" selected>' in page
    assert not Source.objects.exists(), "a refused step leaves nothing behind"
    assert last_run().state == "dropped"


def test_the_system_is_guessed_from_the_file_and_asked_once(clerk: Client) -> None:
    assert drop(clerk, written(ROWS)).status_code == 302
    page = text(clerk.get(url(last_run())))
    assert 'value="12345 热线"' in page
    assert '<option value="tickets" selected>' in page
    send(clerk, "columns", source="new", name="12345 热线", kind="tickets", **COLUMNS)
    drop(clerk, written([ticket("GZ-9")]), "随便叫什么.csv")
    assert (last_run().state, last_run().source) == ("reading", Source.objects.get())


def test_samples_of_what_may_name_people_are_masked(clerk: Client) -> None:
    row = ticket("GZ-1", 诉求内容="电话13800000426", 联系电话="13800000426")
    drop(clerk, written([row]))
    page = text(clerk.get(url(last_run())))
    assert "GZ-1" in page
    assert "13800000426" not in page


def test_the_dry_run_says_what_would_come_and_what_would_not(clerk: Client) -> None:
    rows = [*ROWS, ticket("GZ-4", 承办单位="某某委"), ticket("GZ-5", 派单时间="昨天")]
    run = mapped(clerk, rows)
    page = text(clerk.get(url(run)))
    assert "导入没有疑问的 3 行" in page
    assert "连有疑问的一起，4 行" in page
    assert "被拒绝的 1 行不导入，另存为表格交回原系统" in page
    assert page.count("button-primary") == 1
    assert "某某委" in page
    refused = text(clerk.get(f"{url(run)}?outcome=refused"))
    assert "第 6 行" in refused
    assert "昨天" in refused
    assert not Case.objects.exists()


def test_a_name_is_matched_once_and_the_file_is_gone_through_again(clerk: Client) -> None:
    run = mapped(clerk, [ticket("GZ-4", 承办单位="某某委"), ticket("GZ-5", 承办单位="某某委")])
    assert "2 行" in text(clerk.get(url(run)))
    place = [one["text"] for one in run.counts["names"]].index("某某委")
    page = text(send(clerk, "names", status=422, **{f"name_{place}": "nobody"}))
    assert "本地登记里没有 nobody" in page
    send(clerk, "names", **{f"name_{place}": "ecology"})
    assert (last_run().counts["new"], last_run().counts["doubtful"]) == (2, 0)


def test_refused_rows_are_saved_as_a_table_without_formulas(clerk: Client) -> None:
    run = mapped(clerk, [ticket("=HYPERLINK(1)", 派单时间="昨天"), ticket("GZ-2")])
    sent = clerk.get(url(run, "rows"))
    lines = sent.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "行,对方编号,结果,原因"
    assert lines[1].startswith("2,'=HYPERLINK(1),被拒绝,")
    assert len(lines) == 2
    assert clerk.get(f"{url(run, 'rows')}?as=xlsx").content[:2] == b"PK"


def test_a_step_from_an_old_page_is_not_recorded_and_says_what_changed(clerk: Client, staff: Staff) -> None:
    run = mapped(clerk, ROWS)
    old = run.version
    staff.client("command2").post(url(run, "take"), {"version": old, "take": "all"})
    page = clerk.post(url(run, "discard"), {"version": old})
    assert page.status_code == 409
    assert "别人刚才动过这次导入，现在是：导入中" in text(page)
    work()
    assert last_run().state == "done"
    assert Case.objects.count() == 3


def test_after_it_is_taken_the_page_says_what_is_late_and_each_number_opens_its_list(clerk: Client) -> None:
    late = ticket("GZ-7", 办理时限="2026-09-25 18:00")
    run = mapped(clerk, [*ROWS, late])
    send(clerk, "take", take="all")
    page = text(clerk.get(url(run)))
    assert "/cases/?due=late&amp;system=tickets" in page
    shown = clerk.get("/cases/?due=late&system=tickets").context["page"]
    assert [row.mirror for row in shown.rows] == ["12345 热线"]
    assert len(clerk.get("/cases/?due=week&system=tickets").context["page"].rows) == 2
    source = clerk.get("/imports/").context["page"].sources[0]
    assert {count.label: count.value for count in source.counts} == {
        "在办": 3,
        "已逾期": 1,
        "本周到期": 2,
        "对不上": 0,
    }


def test_s3_a_wrong_mapping_is_noticed_after_it_was_taken_and_undone_as_a_whole(clerk: Client, staff: Staff) -> None:
    # The due date was mapped to the moment of dispatch of another table; every ticket seems due at its own closing day.
    wrong = [{**row, "办结时间": "2026-09-27 09:00", "办理时限": "2026-09-30 18:00"} for row in ROWS]
    run = mapped(clerk, wrong, due_at="办结时间", closed_at="办理时限")
    assert run.counts["refused"] == 3, "closed in the future: the dry run says so"
    send(clerk, "columns", source=Source.objects.get().pk, **{**COLUMNS, "due_at": "办结时间", "closed_at": ""})
    send(clerk, "take", take="all")
    cases = list(Case.objects.order_by("foreign_number"))
    assert [case.closed_at for case in cases] == [None, None, None]
    assert set(Clock.objects.values_list("due_at", flat=True)) == {at("2026-09-27 09:00:01")}

    page = text(send(clerk, "undo", status=422, reason=" "))
    assert "写一句为什么撤回" in page
    send(clerk, "undo", reason="办结时间当成了到期时间")
    assert last_run().state == "undone"
    assert "办结时间当成了到期时间" in text(clerk.get(url(run)))
    for case in Case.objects.all():
        moves = [json.loads(body) for body in case.entries.order_by("seq").values_list("body", flat=True)]
        assert [one["move"] for one in moves] == ["import", "undo_import"]
        assert moves[1]["actor"]["person"] == str(staff.small.people["command"].pk)
        assert case.stage == "undone"
    assert not clerk.get("/cases/?due=late&system=tickets").context["page"].rows

    drop(clerk, written(wrong))
    work()
    send(clerk, "columns", source=Source.objects.get().pk, **COLUMNS)
    send(clerk, "take", take="all")
    right = Case.objects.exclude(stage="undone")
    assert {case.closed_at for case in right} == {at("2026-09-27 09:00")}
    assert set(Clock.objects.filter(case__in=right).values_list("verdict", flat=True)) == {"kept"}
    assert not file_of(last_run()).exists()
    assert not [one for one in verify_town(staff.small.town) if isinstance(one, Finding)]


def test_s5_two_of_the_staff_drop_the_same_file_at_once_and_there_is_one_set_of_cases(staff: Staff) -> None:
    first, second = staff.client("command"), staff.client("command2")
    mapped(first, ROWS)
    one = last_run()
    drop(second, written(ROWS))
    work()
    other = last_run()
    assert one.pk != other.pk
    for clerk, run in ((first, one), (second, other)):  # both pages stood open with "three new rows"
        run.refresh_from_db()
        assert "导入 3 行" in text(clerk.get(url(run)))
    for clerk, run in ((first, one), (second, other)):
        assert clerk.post(url(run, "take"), {"version": run.version, "take": "all"}).status_code == 302
    work()
    assert sorted(Case.objects.values_list("foreign_number", flat=True)) == ["GZ-1", "GZ-2", "GZ-3"]
    counts = [ImportRun.objects.get(pk=run.pk).counts for run in (one, other)]
    assert [(found["new"], found["unchanged"]) for found in counts] == [(3, 0), (0, 3)]
    assert Entry.objects.filter(move="import").count() == 3
    assert ImportRow.objects.filter(outcome="new", mirror__isnull=False).count() == 3

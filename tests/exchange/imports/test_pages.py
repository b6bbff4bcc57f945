"""The pages of imports: who opens and decides, what they cost, how they page, stop and show progress."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jinli.exchange.models import ImportRow, ImportRun, Source
from jinli.exchange.services import working
from jinli.exchange.services.dropping import drop_file, make_source, take_rows
from jinli.exchange.services.working import WorkEndedError, run_now, waits, work_once
from jinli.site import uploads
from jinli.town.models import Appointment, Duty
from jinli.town.moment import frozen_at
from tests.cases.pages import html, statements
from tests.cases.staff import Staff, at, staffed
from tests.exchange.imports.town import dropped, hotline, taken, ticket, written

NOW = "2026-09-28 10:05"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with frozen_at(at(NOW)):
        yield


@pytest.fixture
def staff(db: None) -> Staff:
    return staffed()


@pytest.fixture
def source(staff: Staff) -> Source:
    return hotline(staff.small)


def url(run: ImportRun, act: str = "") -> str:
    return f"/imports/{run.pk}/{f'{act}/' if act else ''}"


def test_leaders_and_auditors_read_and_nobody_else(staff: Staff, source: Source) -> None:
    run = dropped(staff.small, source, [ticket("GZ-1")])
    for who in ("command", "head", "auditor"):
        for page in ("/imports/", url(run), url(run, "rows")):
            assert staff.client(who).get(page).status_code == 200, (who, page)
    for who in ("water", "grid", "arbiter", "administrator"):
        assert staff.client(who).get("/imports/").status_code == 403
        assert staff.client(who).get(url(run)).status_code == 403
    for who in ("head", "auditor", "water"):
        answer = staff.client(who).post(url(run, "take"), {"version": run.version, "take": "all"})
        assert answer.status_code == 403
    assert "导入归command" in html(staff.client("head"), url(run), NOW)
    assert 'name="file"' not in html(staff.client("head"), "/imports/", NOW)


def test_the_command_centre_of_another_body_sees_and_cannot_decide(staff: Staff, source: Source) -> None:
    small = staff.small
    run = dropped(small, source, [ticket("GZ-1")])
    duty = Duty.objects.create(
        organisation=small.organisations["village"], code="desk", title="desk", role="command_centre"
    )
    person = small.people["grid"]
    Appointment.objects.filter(person=person).delete()
    Appointment.objects.create(person=person, duty=duty, in_name_of=small.organisations["village"])
    other = staff.client("grid")
    page = html(other, url(run), NOW)
    assert "你可以看，不能动" in page
    assert 'name="take"' not in page
    answer = other.post(url(run, "take"), {"version": run.version, "take": "all"})
    assert answer.status_code == 403
    assert "你可以看，不能动" in answer.content.decode()
    run.refresh_from_db()
    assert run.state == "ready"


def test_the_town_beside_finds_nothing(staff: Staff, source: Source) -> None:
    run = dropped(staff.small, source, [ticket("GZ-1")])
    other = staffed("990202001").client("command")
    assert other.get(url(run)).status_code == 404
    assert other.post(url(run, "take"), {"version": run.version, "take": "all"}).status_code == 404
    assert "GZ-1" not in html(other, "/imports/", NOW)


def test_an_empty_page_says_how_something_gets_there(staff: Staff) -> None:
    assert "在原系统里导出一份表格，从上面放进来就有了" in html(staff.client("command"), "/imports/", NOW)


def test_pages_cost_the_same_with_1_and_with_8_systems_and_with_5_and_60_rows(staff: Staff, source: Source) -> None:
    small, clerk = staff.small, staff.client("command")
    few = dropped(small, source, [ticket(f"GZ-{n}", 承办单位="某某委") for n in range(5)])
    taken(small, source, [ticket("OLD-1")])
    first = [statements(clerk, page, NOW) for page in ("/imports/", url(few))]
    for number in range(7):
        one = make_source(acting=small.command, name=f"系统{number}", kind="grid", code=f"grid-{number}")
        taken(small, one, [ticket(f"N-{number}")])
    many = dropped(small, source, [ticket(f"GZ-{n}", 承办单位=f"某某委{n}") for n in range(60)])
    assert [statements(clerk, page, NOW) for page in ("/imports/", url(many))] == first
    assert max(first) <= 16


def test_every_number_of_a_system_opens_a_list_of_that_length(staff: Staff, source: Source) -> None:
    small, clerk = staff.small, staff.client("command")
    late, closed = ticket("GZ-1", 办理时限="2026-09-25 18:00"), ticket("GZ-2", 办结时间="2026-09-26 11:00")
    taken(small, source, [late, closed, ticket("GZ-3"), ticket("GZ-4")])
    taken(small, source, [late, closed, ticket("GZ-3")], when="2026-09-28 10:10")
    [row] = clerk.get("/imports/").context["page"].sources
    counts = {count.label: (count.value, count.href) for count in row.counts}
    assert {label: value for label, (value, _) in counts.items()} == {
        "在办": 3,
        "已逾期": 1,
        "本周到期": 2,
        "对不上": 1,
    }
    for label in ("在办", "已逾期", "本周到期"):
        value, href = counts[label]
        assert len(clerk.get(href).context["page"].rows) == value, label
    assert "GZ-4" in html(clerk, counts["对不上"][1], NOW)


def test_rows_page_by_key_and_every_row_is_shown_once(staff: Staff, source: Source) -> None:
    clerk = staff.client("command")
    run = dropped(staff.small, source, [ticket(f"GZ-{n:03}", 派单时间="昨天") for n in range(53)])
    first = clerk.get(f"{url(run)}?outcome=refused").context["rows"]
    second = clerk.get(first.keys.next_url.split("#")[0]).context["rows"]
    assert [len(first.rows), len(second.rows)] == [50, 3]
    assert len({row.number for row in (*first.rows, *second.rows)}) == 53


def test_a_changed_row_says_from_what_to_what_and_opens_its_case(staff: Staff, source: Source) -> None:
    clerk = staff.client("command")
    taken(staff.small, source, [ticket("GZ-1")])
    run = dropped(
        staff.small,
        source,
        [ticket("GZ-1", 办理时限="2026-10-12", 承办单位="ecology", 联系电话="00000000002", 办理状态="待回访")],
    )
    page = html(clerk, f"{url(run)}?outcome=changed", NOW)
    for told in (
        "到期时间：9月30日 周三 18:00 → 10月12日 周一 24:00",
        "办理状态：办理中 → 待回访",
        "由谁办：water → ecology",
        "内容、地址或联系人有变化",
    ):
        assert told in page
    assert "00000000002" not in page
    assert "/cases/" in page.split('id="rows"')[1]


def test_the_progress_is_numbers_and_the_page_is_opened_anew_when_it_is_through(staff: Staff, source: Source) -> None:
    clerk = staff.client("command")
    dropped(staff.small, source, [ticket("GZ-1")])
    run = drop_file(acting=staff.small.command, name="again.csv", chunks=[written([ticket("GZ-2")])])
    assert run.state == "reading"
    assert "排着队" in html(clerk, url(run), NOW)
    ImportRun.objects.filter(pk=run.pk).update(done=1500, total=100_000, beat_at=at(NOW))
    page = html(clerk, url(run, "progress"), NOW)
    assert '<progress value="1500" max="100000"' in page
    assert "1,500 行，共 100,000 行" in page
    assert "<html" not in page
    assert clerk.post(url(run, "stop"), {}).status_code == 302
    assert clerk.get(url(run, "progress")).headers["HX-Refresh"] == "true"
    run.refresh_from_db()
    assert run.state == "dropped"


def test_a_stopped_import_goes_on_without_bringing_anything_twice(
    staff: Staff, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, clerk = staff.small, staff.client("command")
    monkeypatch.setattr("jinli.exchange.services.taking.CHUNK", 2)
    run = dropped(small, source, [ticket(f"GZ-{n}") for n in range(5)])
    take_rows(acting=small.command, run_id=run.pk, version=run.version, take="all")

    def ended(_: ImportRun) -> None:
        raise WorkEndedError

    with pytest.raises(WorkEndedError):
        work_once(ended)
    assert waits(), "the next worker goes on at once"
    assert clerk.post(url(run, "stop"), {}).status_code == 302
    page = html(clerk, url(run), NOW)
    assert "文件共 5 行，已有 2 行导入，都留着" in page
    run.refresh_from_db()
    assert clerk.post(url(run, "take"), {"version": run.version, "take": "all"}).status_code == 302
    run_now(run.pk)
    assert ImportRow.objects.filter(run=run, mirror__isnull=False).count() == 5
    assert "打开这些镜像" in html(clerk, url(run), NOW)


def test_a_fault_of_ours_is_told_and_the_worker_goes_on(
    staff: Staff, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped(staff.small, source, [ticket("GZ-1")])
    run = drop_file(acting=staff.small.command, name="again.csv", chunks=[written([ticket("GZ-2")])])

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken on purpose")

    with monkeypatch.context() as patched:
        patched.setattr(working, "pass_over", broken)
        assert work_once()
    run.refresh_from_db()
    assert run.state == "refused"
    page = html(staff.client("command"), url(run), NOW)
    assert "处理时出了错" in page
    assert "broken on purpose" not in page


def test_a_file_over_the_limit_is_thrown_away_on_its_way_and_said_at_the_field(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 1000)
    monkeypatch.setattr("jinli.exchange.forms.dropping.LARGEST", 1000)
    file = SimpleUploadedFile("大.csv", b"a,b\n" * 70_000)
    answer = staff.client("command").post("/imports/drop/", {"file": file})
    assert answer.status_code == 422
    assert "月份分开导出" in answer.content.decode().split('id="id_file-error"')[1]
    assert not ImportRun.objects.exists()


def test_a_sheet_is_chosen_where_the_workbook_has_several(staff: Staff) -> None:
    import io

    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "说明"
    book.active.append(["本表由系统导出"])
    sheet = book.create_sheet("明细")
    sheet.append(["工单编号", "派单时间"])
    sheet.append(["GZ-1", "2026-09-24 09:00"])
    held = io.BytesIO()
    book.save(held)
    clerk = staff.client("command")
    clerk.post("/imports/drop/", {"file": SimpleUploadedFile("导出.xlsx", held.getvalue())})
    run = ImportRun.objects.get()
    page = html(clerk, url(run), NOW)
    assert "工作簿里有 2 张表" in page
    wrong = clerk.post(url(run, "sheet"), {"version": run.version, "sheet": "没有"})
    assert wrong.status_code == 422
    assert "工作簿里没有“没有”这张表" in wrong.content.decode()
    assert clerk.post(url(run, "sheet"), {"version": run.version, "sheet": "明细"}).status_code == 302
    assert '<option value="工单编号" selected>' in html(clerk, url(run), NOW)

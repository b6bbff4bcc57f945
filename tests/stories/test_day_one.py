"""A town that types nothing drops four exports and sees every matter that is late or falls due this week.

Hotline, grid platform, service counter and project list, with the faults that real exports have. What the pages show
is counted again from the answer key of the files, and due moments by an oracle of Chinese working days.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jinli.cases.models import Case, Clock
from jinli.cases.services.verifying import Finding, verify_town
from jinli.exchange.models import ImportRow, ImportRun, Source
from jinli.exchange.services.dropping import make_source
from jinli.exchange.services.working import work_once
from jinli.town.models import Organisation
from jinli.town.moment import frozen_at
from tests.cases.small import ZONE
from tests.cases.staff import Staff, at, staffed
from tests.exchange.exports import Export, make_exports

MONDAY = at("2026-09-28 10:05")
SUNDAY = at("2026-10-05 00:00")  # the week ends with Sunday
SMALL = {"tickets": 600, "events": 300, "services": 200, "projects": 60}
WHOLE = {"tickets": 10_000, "events": 5_000, "services": 2_000, "projects": 60}
NAMES = {"tickets": "12345 热线", "events": "网格平台", "services": "政务服务窗口", "projects": "投资项目清单"}
KINDS = {"tickets": "tickets", "events": "grid", "services": "counter", "projects": "projects"}
#: The limit of the counter's licences: twenty working days (Administrative Licensing Law art. 42).
LEGAL = {
    "clock": "legal", "field": "any", "text": "",
    "limit": {"amount": 20, "unit": "working_day", "end_rule": "stay", "article": "行政许可法第四十二条", "source": "",
              "late_approval": False, "fixed_at": None},
}  # fmt: skip


@pytest.fixture
def staff(db: None) -> Staff:
    return staffed()


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with frozen_at(MONDAY):
        yield


def exports(staff: Staff, folder: Path, sizes: Mapping[str, int]) -> dict[str, Export]:
    """Write the four files with names of the town."""
    bodies = list(Organisation.objects.filter(kind="department").order_by("code").values_list("name", flat=True))
    codes = dict(Organisation.objects.filter(kind="department").values_list("name", "code"))
    sizes_given: dict[str, Any] = dict(sizes)
    return make_exports(folder, today=MONDAY.date(), places=["东围村"], bodies=bodies, body_codes=codes, **sizes_given)


def exclusive(due: datetime | date) -> datetime:
    """Return when a date of the other system is over: a bare date with its day, a moment within its second."""
    if isinstance(due, datetime):
        return due + timedelta(seconds=1)
    return datetime(due.year, due.month, due.day, tzinfo=ZONE) + timedelta(days=1)


def twentieth(opened: datetime | date) -> datetime:
    """Return the end of the twentieth working day after the day of opening, counted by the oracle."""
    day = opened.astimezone(ZONE).date() if isinstance(opened, datetime) else opened
    left = 20
    while left:
        day += timedelta(days=1)
        left -= chinese_calendar.is_workday(day)
    return exclusive(day)


def drop_all(staff: Staff, files: Mapping[str, Export]) -> dict[str, ImportRun]:
    """Drop each file, take the columns as they were recognised, and take the rows without a doubt."""
    clerk: Client = staff.client("command")
    counter = make_source(acting=staff.small.command, name=NAMES["services"], kind="counter", code="services")
    Source.objects.filter(pk=counter.pk).update(rules=[LEGAL])
    runs = {}
    for name, export in files.items():
        answer = clerk.post("/imports/drop/", {"file": SimpleUploadedFile(export.path.name, export.path.read_bytes())})
        assert answer.status_code == 302, said(answer)
        run = ImportRun.objects.latest("dropped_at", "id")
        source = (
            {"source": str(counter.pk)}
            if name == "services"
            else {"source": "new", "name": NAMES[name], "kind": KINDS[name]}
        )
        answer = clerk.post(f"/imports/{run.pk}/columns/", {"version": run.version, **source, **run.columns})
        assert answer.status_code == 302, said(answer)
        work()
        run.refresh_from_db()
        assert run.state == "ready", run.error
        assert clerk.post(f"/imports/{run.pk}/take/", {"version": run.version, "take": "clean"}).status_code == 302
        work()
        run.refresh_from_db()
        runs[name] = run
    return runs


def said(answer: Any) -> Any:
    """Return what a page refuses."""
    return answer.context["form"].errors.get_json_data()


def work() -> None:
    while work_once():
        pass


def check(staff: Staff, files: Mapping[str, Export], runs: Mapping[str, ImportRun]) -> None:
    """Compare cases, clocks and the queue with the answer key."""
    expected: dict[str, dict[str, Any]] = {}
    late = week = 0
    for name, export in files.items():
        refused = set(
            ImportRow.objects.filter(run=runs[name], outcome="refused").values_list("foreign_number", flat=True)
        )
        rows = [row for row in export.truth if row["foreign_number"] not in refused]
        system = f"external:{runs[name].source.code}"  # type: ignore[union-attr]
        held = set(Case.objects.filter(system_of_record=system).values_list("foreign_number", flat=True))
        assert held == {row["foreign_number"] for row in rows}, name
        # Only what is faulty, or shares its number with a faulty row, is missing.
        lost = {row["foreign_number"] for row in export.truth} - held
        assert len(lost) <= sum(kind == "duplicate_number" for _, kind in export.faults)
        for row in rows:
            if row["closed_at"] is not None:
                continue
            dues = [exclusive(row["due_at"])] if row["due_at"] is not None else []
            dues += [twentieth(row["opened_at"])] if name == "services" else []
            expected[f"{system}/{row['foreign_number']}"] = {"dues": sorted(dues)}
            late += sum(due <= MONDAY for due in dues)
            week += sum(MONDAY < due <= SUNDAY for due in dues)
    found: dict[str, list[datetime]] = {key: [] for key in expected}
    live = Clock.objects.filter(state="running").exclude(code="look").select_related("case")
    for clock in live:
        found[f"{clock.case.system_of_record}/{clock.case.foreign_number}"].append(clock.due_at)
    assert {key: sorted(dues) for key, dues in found.items()} == {key: one["dues"] for key, one in expected.items()}
    page = staff.client("command").get("/queue/?scope=awaited").context["page"]
    shown = {group.code: group.count for group in page.groups}
    assert _number(shown["late"]) == min(late, 1000)
    assert _number(shown["today"]) + _number(shown["week"]) == min(week, 1000)
    assert late
    assert week


def _number(text: str) -> int:
    return 1000 if text.endswith("+") else int("".join(one for one in text if one.isdigit()) or 0)


def test_four_exports_show_what_is_late_and_due_this_week_and_how_it_was_reckoned(staff: Staff, tmp_path: Path) -> None:
    files = exports(staff, tmp_path, SMALL)
    runs = drop_all(staff, files)
    check(staff, files, runs)
    clock = Clock.objects.filter(code="legal", state="running", due_at__gt=MONDAY).earliest("due_at")
    page = staff.client("command").get(f"/cases/{clock.case_id}/").content.decode()
    assert "行政许可法第四十二条" in page
    assert "怎么算的" in page
    assert not [found for found in verify_town(staff.small.town) if isinstance(found, Finding)]


@pytest.mark.proof
def test_the_whole_exports_are_in_within_a_quarter_of_an_hour(staff: Staff, tmp_path: Path) -> None:
    files = exports(staff, tmp_path, WHOLE)
    began = time.monotonic()
    runs = drop_all(staff, files)
    assert time.monotonic() - began < 15 * 60
    check(staff, files, runs)

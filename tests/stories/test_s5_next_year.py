"""S5: a promise of ten working days on Christmas Eve runs into a year whose holidays nobody has published yet.

When the calendar of 2027 is loaded, as an administrator loads it, the due moment moves, the journal says why, and
those who watch the promise are told. The days of 2027 below are made up for the test.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pytest_django import Settings

from jinli.cases import book, editions
from jinli.cases.models import Case, Notice
from jinli.cases.services.verifying import Finding, verify_town
from jinli.cases.work import take
from jinli.domain.errors import DomainError
from jinli.domain.explanation import explain
from jinli.lines.grid.services.intake import Told, report_public
from jinli.lines.grid.services.reports import Promise, file_report
from jinli.site.cli import main
from jinli.town.hats import acting_of
from jinli.town.models import Division, Person
from jinli.town.moment import frozen_at
from jinli.ui.wording_time import explanation_lines
from tests.cases.small import at

PACKS = Path(__file__).parents[2] / "packs"
OFF = ("2027-01-01", "2027-01-02", "2027-01-03")
MADE_UP = "2027-01-09"


@pytest.fixture
def folder(db: None, tmp_path: Path, settings: Settings) -> Path:
    """Return a copy of the packs that a test may change, with the demonstration town loaded on 24 December."""
    book.forget()
    editions.forget()
    shutil.copytree(PACKS, tmp_path / "packs")
    settings.PACKS = tmp_path / "packs"
    with frozen_at(at("2026-12-24 08:00")):
        assert main(["pack", "load", str(tmp_path / "packs" / "jinli"), "--demo"]) == 0
    return tmp_path / "packs"


def publish(folder: Path) -> None:
    file = folder / "_standard" / "calendars" / "2027.json"
    days = [{"name": "元旦", "date": day, "isOffDay": True} for day in OFF]
    days.append({"name": "元旦", "date": MADE_UP, "isOffDay": False})
    found = {"year": 2027, "papers": ["测试用，不是国务院文件"], "days": days}
    file.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def test_s5_next_year(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    town = Division.objects.get(level="town")
    clerk = acting_of(Person.objects.get(username="command"))
    assert clerk is not None
    with frozen_at(at("2026-12-24 09:00")):
        opened = report_public(town=town, told=Told(text="井盖裂了", place="441204115222"), key="s5")
    case = Case.objects.get(pk=opened.id)
    with frozen_at(at("2026-12-24 09:10")):
        # The class has no usable limit: without a promise of a named person nothing is filed.
        with pytest.raises(DomainError, match="promise_missing"):
            file_report(acting=clerk, case=case.pk, version=case.version, standard="P0101-2")
        promise = Promise(amount=10, unit="working_day")
        file_report(acting=clerk, case=case.pk, version=case.version, standard="P0101-2", promise=promise)

    handle = case.clocks.get(code="handle")
    # 25, 28, 29, 30, 31 December; 2027 as plain weekdays: 1, 4, 5, 6, 7 January.
    assert (handle.provisional, handle.due_at) == (True, at("2027-01-08 00:00"))

    publish(folder)
    capsys.readouterr()
    with frozen_at(at("2026-12-28 10:00")):
        assert main(["pack", "load", str(folder / "jinli"), "--demo"]) == 0
    handle.refresh_from_db()
    # New Year's Day is off: 4, 5, 6, 7, 8 January. The made-up Saturday comes after it.
    assert (handle.provisional, handle.due_at) == (False, at("2027-01-09 00:00"))

    moved = case.entries.order_by("-seq")[0]
    body = json.loads(moved.body)
    assert (moved.move, body["calendar"], body["actor"]["hat"]) == ("due_moved", "2026/1,2027/2", "system")
    effect = body["clocks"][0]
    assert (effect["from"][:10], effect["to"][:10]) == ("2027-01-07", "2027-01-08")  # UTC of the exclusive moments
    told = set(Notice.objects.filter(case=case, move="due_moved").values_list("to_body__code", "channel"))
    assert ("municipal", "in_app") in told

    work, _ = take(case.pk, lock=False)
    clock = work.state.running("handle", "case")
    assert clock is not None
    lines = explanation_lines(
        explain(clock.started_at, clock.limit, work.book.calendar, clock.pauses, clock.extensions), lang="zh"
    )
    assert any("元旦" in line for line in lines)
    assert any("1月8日" in line and "24:00" in line for line in lines)

    with frozen_at(at("2026-12-28 11:00")):
        assert main(["pack", "load", str(folder / "jinli"), "--demo"]) == 0
    assert case.entries.filter(move="due_moved").count() == 1
    assert not [found for found in verify_town(town) if isinstance(found, Finding)]

"""`jinli import file` does at night what a clerk does on the page: a dry run, then what was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jinli.cases.models import Case
from jinli.exchange.models import ImportRun, Source
from jinli.site import cli
from jinli.town.moment import frozen_at
from tests.cases.staff import Staff, at, staffed
from tests.exchange.imports.town import hotline, taken, ticket, written


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with frozen_at(at("2026-09-28 22:00")):
        yield


@pytest.fixture
def staff(db: None) -> Staff:
    return staffed()


@pytest.fixture
def source(staff: Staff) -> Source:
    """Return the hotline, whose columns are known from an earlier file."""
    source = hotline(staff.small)
    taken(staff.small, source, [ticket("GZ-0")], when="2026-09-27 10:00")
    return source


@pytest.fixture
def export(tmp_path: Path) -> Path:
    rows = [ticket("GZ-0"), ticket("GZ-1"), ticket("GZ-2", 承办单位="某某委"), ticket("GZ-3", 派单时间="昨天")]
    file = tmp_path / "night.csv"
    file.write_bytes(written(rows))
    return file


def run(staff: Staff, file: Path, *more: str, username: str = "command", source: str = "hotline") -> int:
    town = staff.small.town.code
    name = staff.small.people[username].username
    return cli.main(["import", "file", str(file), "--town", town, "--source", source, "--as", name, *more])


def test_without_more_it_only_looks(
    staff: Staff, source: Source, export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(staff, export) == 1
    said = capsys.readouterr().out
    assert "试导完成，等你决定：新的 1、有变化 0、没变 1、有疑问 1、被拒绝 1、对方没有了 0" in said
    assert "第 5 行没有导入" in said
    assert f"/imports/{ImportRun.objects.latest('dropped_at').pk}/" in said
    assert Case.objects.count() == 1


def test_it_takes_what_is_asked_for_in_the_name_of_the_person(
    staff: Staff, source: Source, export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(staff, export, "--take", "clean", "--yes") == 1, "a refused row and a doubtful one are left"
    assert "已导入：新的 1" in capsys.readouterr().out
    assert set(Case.objects.values_list("foreign_number", flat=True)) == {"GZ-0", "GZ-1"}
    done = ImportRun.objects.latest("dropped_at")
    assert (done.state, done.dropped_by, done.body.code) == ("done", staff.small.people["command"], "command")
    assert run(staff, export, "--take", "all", "--yes") == 1
    assert Case.objects.count() == 3
    clean = export.with_name("clean.csv")
    clean.write_bytes(written([ticket("GZ-9")]))
    assert run(staff, clean, "--take", "all", "--yes") == 0


def test_where_nobody_sits_nobody_agrees(
    staff: Staff, source: Source, export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(staff, export, "--take", "all")
    assert "加 --yes" in capsys.readouterr().out
    assert Case.objects.count() == 1


def test_what_is_wrong_is_said_and_nothing_is_written(
    staff: Staff, source: Source, export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(staff, export, source="other") == 2
    assert "没有代码是 other 的来源系统；已有：hotline" in capsys.readouterr().err
    assert run(staff, tmp_path / "nowhere.csv") == 2
    assert run(staff, export, username="water") == 1
    assert "由别的单位看管" in capsys.readouterr().err
    strange = tmp_path / "strange.csv"
    strange.write_text("甲,乙\n1,2\n", encoding="utf-8")
    assert run(staff, strange) == 1
    assert "还没有对应过各列" in capsys.readouterr().err
    assert Case.objects.count() == 1


def test_the_worker_does_what_waits_and_says_how_much(
    staff: Staff, source: Source, capsys: pytest.CaptureFixture[str]
) -> None:
    from jinli.exchange.services.dropping import drop_file

    drop_file(acting=staff.small.command, name="a.csv", chunks=[written([ticket("GZ-5")])], source=source)
    assert cli.main(["work"]) == 0
    assert "放进来的文件都处理了：1" in capsys.readouterr().out
    assert ImportRun.objects.latest("dropped_at").state == "ready"

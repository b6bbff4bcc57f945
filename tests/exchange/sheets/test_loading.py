"""Sheets and layouts are loaded with the pack, follow it, and are written back as the town's own files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jinli.exchange.selectors.prescribed import layouts_of, sheet_of, sheets_for, sheets_of
from jinli.packs.pack import read_pack
from jinli.site.packing import compare_folder, export_town, load_folder
from jinli.town.models import Division
from tests.packs.test_reading import SECOND, STANDARD, swap

EVENT = "sheets/yuepingan_event.yaml"


@pytest.fixture
def folder(db: None, tmp_path: Path) -> Path:
    return Path(shutil.copytree(SECOND, tmp_path / "second_town"))


def load(folder: Path) -> Division:
    return load_folder(folder).town


def own_sheet(folder: Path) -> Path:
    path = folder / EVENT
    path.parent.mkdir()
    shutil.copy(STANDARD / EVENT, path)
    return path


def test_the_national_samples_are_in_force_in_a_town_that_has_none_of_its_own(folder: Path) -> None:
    town = load(folder)
    assert [one.code for one in sheets_for(town, "whistle")] == ["yuezhifa_lead"]
    assert [one.code for one in sheets_for(town, "mirror")] == ["hotline_reply"]
    assert "event_ledger" in [one.code for one in layouts_of(town)]
    assert sheets_of(town) == read_pack(folder, standard=STANDARD).sheets
    assert layouts_of(town) == read_pack(folder, standard=STANDARD).layouts
    assert load_folder(folder).written == ()


def test_a_changed_form_is_there_with_the_next_load_and_a_dropped_one_is_not(folder: Path) -> None:
    path = own_sheet(folder)
    swap(path, "label: 事件名称", "label: 事件标题")
    found = sheet_of(load(folder), "yuepingan_event", "grid_report")
    assert found is not None
    assert (found.fields[0].label, found.own) == ("事件标题", True)
    path.rename(path.with_name("ours.yaml"))
    swap(path.with_name("ours.yaml"), "code: yuepingan_event", "code: ours")
    assert {one.code for one in sheets_for(load(folder), "grid_report")} == {
        "hotline_reply", "ours", "yuepingan_event",
    }  # fmt: skip
    path.with_name("ours.yaml").unlink()
    assert {one.code for one in sheets_for(load(folder), "grid_report")} == {"hotline_reply", "yuepingan_event"}


def test_only_the_towns_own_files_are_written_back(folder: Path, tmp_path: Path) -> None:
    own_sheet(folder)
    town = load(folder)
    out = tmp_path / "out" / "second_town"
    export_town(town, out)
    assert [path.name for path in (out / "sheets").iterdir()] == ["yuepingan_event.yaml"]
    assert not (out / "layouts").exists()
    assert [one for one in compare_folder(out) if one.section in ("sheets", "layouts")] == []

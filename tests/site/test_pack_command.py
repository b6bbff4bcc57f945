"""The command `pack`: every fault is printed, loading tells what it kept, a new pack is a commented copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jinli.site.cli import main
from jinli.town.models import Division, Organisation, PackLoad, Place

SECOND = Path(__file__).parents[1] / "second_town"

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return a copy of the second town's pack that a test may edit."""
    return Path(shutil.copytree(SECOND, tmp_path / "second_town"))


def swap(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_check_prints_every_fault_with_file_row_and_field_and_ends_with_1(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    swap(pack / "places.csv", "2026-07-01", "2026/7/1")
    swap(pack / "organisations.csv", "659901,referee", ",referee")
    assert main(["pack", "check", str(pack)]) == 1
    told = capsys.readouterr().out
    assert "places.csv 第 5 行 valid_from：“2026/7/1”不是日期，应为 2026-09-28 这样的写法" in told
    assert "organisations.csv 第 6 行 division：裁定单位设在镇上（659901101）" in told
    assert told.rstrip().endswith("有 2 处要改；什么都没有写入")


def test_check_says_it_in_english_too(
    pack: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    swap(pack / "places.csv", "2026-07-01", "2026/7/1")
    assert main(["pack", "check", str(pack)]) == 1
    assert "places.csv, row 5, valid_from: “2026/7/1” is not a date" in capsys.readouterr().out


def test_a_procedure_that_is_not_sound_is_a_fault_of_the_pack(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pack / "procedures").mkdir()
    (pack / "procedures/herding.yaml").write_text("code: herding\nsinging: true\n", encoding="utf-8")
    assert main(["pack", "check", str(pack)]) == 1
    assert "处要改" in capsys.readouterr().out
    assert main(["pack", "load", str(pack)]) == 1
    assert not Division.objects.filter(level="town").exists()


def test_a_faulty_pack_writes_nothing(pack: Path) -> None:
    swap(pack / "places.csv", "2026-07-01", "2026/7/1")
    assert main(["pack", "load", str(pack)]) == 1
    assert not Division.objects.exists()


def test_load_diff_and_load_again(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "load", str(pack), "--demo"]) == 0
    assert "白杨镇：写入" in capsys.readouterr().out
    assert main(["pack", "load", str(pack), "--demo"]) == 0
    assert "写入 0 行" in capsys.readouterr().out
    Organisation.objects.filter(code="roads").update(name="公路站")
    assert main(["pack", "diff", str(pack), "--demo"]) == 0
    told = capsys.readouterr().out
    assert "屏幕上改过，保留　organisations roads：name: '公路站' → '道路站'" in told
    assert "有 1 处不同；什么都没有写入" in told
    assert main(["pack", "load", str(pack), "--demo", "--overwrite"]) == 0
    assert Organisation.objects.get(code="roads").name == "道路站"
    assert PackLoad.objects.count() == 2


def test_export_writes_a_folder_that_differs_in_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "load", str(SECOND), "--demo"]) == 0
    assert main(["pack", "export", "659901101", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    assert main(["pack", "diff", str(tmp_path / "out"), "--demo"]) == 0
    assert "有 0 处不同" in capsys.readouterr().out
    assert main(["pack", "export", "659901101", str(tmp_path / "out")]) == 1


def test_a_new_pack_is_a_commented_copy_that_can_be_checked_and_loaded_as_it_is(tmp_path: Path) -> None:
    assert main(["pack", "new", str(tmp_path / "mine")]) == 0
    assert (tmp_path / "mine/town.yaml").read_text(encoding="utf-8").startswith("#")
    assert main(["pack", "check", str(tmp_path / "mine")]) == 0
    assert main(["pack", "load", str(tmp_path / "mine")]) == 0
    assert Place.objects.get().name == "某村"
    assert main(["pack", "new", str(tmp_path / "mine")]) == 1

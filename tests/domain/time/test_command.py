"""`jinli deadline`: one limit, or a table that goes on past bad rows."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from jinli.domain.errors import InvalidInputError
from jinli.site.cli import main
from jinli.site.standard_calendar import standard_calendar

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_golden_table_is_answered_as_it_was(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["deadline", "--csv", str(GOLDEN / "limits.csv"), "--lang", lang])
    assert capsys.readouterr().out == (GOLDEN / f"limits.{lang}.csv").read_text(encoding="utf-8")
    assert code == 1  # it holds bad rows


def test_bad_rows_tell_why_and_the_rest_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    main(["deadline", "--csv", str(GOLDEN / "limits.csv")])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    bad = [row for row in rows if not row["due"]]
    assert len(bad) == 6
    assert all(row["explanation"] and not row["provisional"] for row in bad)
    assert rows[-1]["due"] == "2026-09-24T18:30:00+08:00"
    assert [row["unit"] for row in rows[:2]] == ["working_day", "工作日"]


def test_a_table_of_a_spreadsheet_with_mark_or_chinese_encoding_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for encoding in ("utf-8-sig", "gb18030"):
        file = tmp_path / f"{encoding}.csv"
        file.write_bytes("start,amount,unit\r\n2026/9/24 10:00,5,工作日\r\n".encode(encoding))
        assert main(["deadline", "--csv", str(file)]) == 0
        assert capsys.readouterr().out.splitlines()[1].startswith("2026/9/24 10:00,5,工作日,2026-10-09,false,")


def test_a_table_without_the_needed_columns_or_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "table.csv"
    file.write_text("from,amount\n", encoding="utf-8")
    assert main(["deadline", "--csv", str(file)]) == 2
    assert "start、unit" in capsys.readouterr().err
    assert main(["deadline", "--csv", str(tmp_path / "none.csv")]) == 2


def test_one_limit_is_answered_with_its_reckoning(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "2026-09-24 10:00", "5", "工作日", "--lang", "zh"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2026年10月9日 周五 24:00"
    assert lines[-2] == "10月9日 周五 24:00 到期【一日止于 24:00：平台约定】"


def test_one_limit_takes_pauses_with_their_article(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--pause", "2026-09-22/2026-10-20", "--pause-article", "行政许可法第四十五条"]
    assert main(["deadline", "2026-09-10", "20", "working_day", *given]) == 0
    out = capsys.readouterr().out
    assert out.startswith("2026年11月4日 周三 24:00")
    assert "暂停期间【行政许可法第四十五条】" in out


def test_the_zone_says_where_a_moment_without_one_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "2026-03-08T01:30", "1", "urgent_hour", "--zone", "America/New_York", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("Sun 8 Mar 2026 03:30")


def test_a_limit_that_cannot_be_read_is_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "2026-09-24", "5", "天"]) == 2
    assert "没有“天”这个单位" in capsys.readouterr().err


def test_a_broken_calendar_file_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "_standard" / "calendars"
    folder.mkdir(parents=True)
    (folder / "2026.json").write_text("{", encoding="utf-8")
    with pytest.raises(InvalidInputError, match=r"2026\.json"):
        standard_calendar(packs=tmp_path)

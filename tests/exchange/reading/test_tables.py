"""Spreadsheets of other systems are opened as they are."""

from __future__ import annotations

from pathlib import Path

from jinli.exchange.reading.tables import open_table


def test_a_row_with_a_quoted_line_break_is_numbered_by_its_first_line(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('编号,内容\n1,"上\n下"\n\n2,短\n', encoding="utf-8")
    assert list(open_table(file).lines()) == [(2, ("1", "上\n下")), (5, ("2", "短"))]

"""Ten thousand rows go to the disk and never lie in memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook

from jinli.exchange.export import Heading, Laid, laid_file

ROWS, WIDTH = 10_000, 12


def table() -> Laid:
    def rows() -> Iterator[list[str]]:
        for number in range(ROWS):
            yield [f"第 {number} 件，路灯不亮，请尽快处理 {column}" for column in range(WIDTH)]

    headings = [Heading(text=f"列 {number}", group="一" if number < 3 else "", width=20) for number in range(WIDTH)]
    return Laid(name="all", sheet_name="台账", title="台账", headings=headings, rows=rows())


@pytest.mark.parametrize("excel", [True, False])
def test_a_long_list_is_written_row_by_row(excel: bool) -> None:
    tracemalloc.start()
    answer = laid_file(table(), excel=excel)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4_000_000, f"{most / 1e6:.1f} MB at once; the text alone is more than 5 MB"
    held = answer.file_to_stream
    if excel:
        sheet = load_workbook(held, read_only=True).active
        assert sheet is not None
        assert sum(1 for _ in sheet.rows) == ROWS + 3
    else:
        assert held.read().count(b"\n") == ROWS + 3
    held.close()

"""Spreadsheets of other systems are opened as they are."""

from __future__ import annotations

import os
import tracemalloc
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinli.exchange.reading import tables
from jinli.exchange.reading.tables import Cell, Flaw, Spoilt, open_table
from tests.exchange.reading.made import text, xlsx

REAL = Path(os.environ.get("JINLI_SHARED_DATA", Path(__file__).parents[4] / "shared/data"))


def rows(path: Path, **more: str) -> list[tuple[int, tuple[Cell, ...]]]:
    return list(open_table(path, **more).lines())


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
    ],
)
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_every_usual_encoding_and_separator_is_read(tmp_path: Path, written: str, read: str, separator: str) -> None:
    lines = [
        "12345工单导出表",
        separator.join(("工单编号", "诉求标题", "派单时间")),
        separator.join(("A1", "井盖，缺失", "x")),
    ]
    table = open_table(text(tmp_path / "a.csv", "\r\n".join(lines), written))
    assert (table.kind, table.encoding, table.sheets, table.heading_line) == ("csv", read, (), 2)
    assert table.headings == ("工单编号", "诉求标题", "派单时间")
    assert list(table.lines()) == [(3, ("A1", "井盖，缺失", "x"))]


_WORDS = st.text(st.characters(codec="gb18030", exclude_categories=("C", "Z")), min_size=1, max_size=12)


@given(
    cells=st.lists(st.tuples(_WORDS, _WORDS), min_size=1, max_size=8), encoding=st.sampled_from(["utf-8-sig", "utf-16"])
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_written_in_an_encoding_is_read_from_it(
    tmp_path: Path, cells: list[tuple[str, str]], encoding: str
) -> None:
    plain = [pair for pair in cells if not any(sign in "".join(pair) for sign in "\"'=#,;|+\ufffd\u2060")]
    lines = ["工单编号,诉求标题", *(f"n{pair[0]},n{pair[1]}" for pair in plain)]
    file = text(tmp_path / "a.csv", "\n".join(lines), encoding)
    assert [cells for _, cells in rows(file)] == [(f"n{one}", f"n{other}") for one, other in plain]


def test_a_row_with_a_quoted_line_break_is_numbered_by_its_first_line(tmp_path: Path) -> None:
    file = text(tmp_path / "a.csv", '编号,内容\n1,"上\n下"\n\n2,短\n')
    assert rows(file) == [(2, ("1", "上\n下")), (5, ("2", "短"))]


def test_a_quotation_mark_that_never_ends_is_said_with_its_line(tmp_path: Path) -> None:
    file = text(tmp_path / "a.csv", '编号,内容\n1,好\n2,"' + "长" * 200_000)
    with pytest.raises(tables.InvalidInputError) as refused:
        rows(file)
    assert (refused.value.code, refused.value.facts["line"]) == ("exchange.file.quote_open", 3)


def test_rows_are_padded_and_cut_to_the_heading(tmp_path: Path) -> None:
    file = text(tmp_path / "a.csv", "编号,标题,,标题\nA1\nA2,b,c,d,e,f\n,,,\n　,\u00a0,,\n")
    table = open_table(file)
    assert table.headings == ("编号", "标题", "列3", "标题（2）")
    assert list(table.lines()) == [(2, ("A1", None, None, None)), (3, ("A2", "b", "c", "d"))]


def test_a_table_is_read_again_from_its_beginning(tmp_path: Path) -> None:
    table = open_table(text(tmp_path / "a.csv", "编号,标题\nA1,b\n合计,\n"))
    assert list(table.lines()) == list(table.lines())
    assert (table.count(), table.skipped) == (1, [(3, "合计")])


def test_texts_that_excel_wraps_are_unwrapped_and_cut_numbers_are_marked(tmp_path: Path) -> None:
    file = text(
        tmp_path / "a.csv", '编号,标题\n"=""00123""",\'0758\n4.41204E+17,\u200b甲\n123456\t,#N/A\n\'引\',1E+2\n'
    )
    table = open_table(file)
    read = list(table.lines())
    assert read[0] == (2, ("00123", "0758"))
    assert read[1] == (3, ("4.41204E+17", "甲"))
    assert isinstance(read[1][1][0], Spoilt)
    assert read[1][1][0].code == "exchange.digits_lost"
    assert read[2:] == [(4, ("123456", None)), (5, ("'引'", "1E+2"))]
    assert table.flaws == [Flaw(4, 1, "exchange.error_value", "#N/A")]


def test_a_cell_that_lost_bytes_is_marked_and_the_rest_is_read(tmp_path: Path) -> None:
    content = "编号,标题\n" + "\n".join(f"A{place},井盖缺失" for place in range(2000))
    file = tmp_path / "a.csv"
    file.write_bytes(
        content.encode("gb18030").replace("A7,井盖".encode("gb18030"), "A7,井".encode("gb18030") + b"\xff", 1)
    )
    read = rows(file)
    assert len(read) == 2000
    assert [line for line, cells in read if any(isinstance(cell, Spoilt) for cell in cells)] == [9]


def test_long_numbers_in_excel_are_marked_and_short_ones_are_whole(tmp_path: Path) -> None:
    moment = datetime(2026, 9, 24, 17, 50)
    read = rows(
        xlsx(tmp_path / "a.xlsx", [["编号", "标题", "派单时间"], [441204202600000123, 12.0, moment], [123, 0, True]])
    )
    marked = read[0][1][0]
    assert isinstance(marked, Spoilt)
    assert (marked.code, read[0][1][1:]) == ("exchange.digits_lost", (12, moment))
    assert read[1] == (3, (123, 0, "TRUE"))


def test_a_title_a_date_of_printing_and_a_heading_in_two_lines(tmp_path: Path) -> None:
    file = xlsx(
        tmp_path / "a.xlsx",
        [
            ["某镇工单导出表"],
            ["制表时间：2026-09-24", None, None, None, "制表人：测试甲"],
            ["序号", "工单编号", "办理情况", None, None, "备注"],
            [None, None, "派单时间", "到期时间", "办结时间", None],
            [1, "A1", "2026-09-24", "2026-09-25", None, "甲"],
            [],
            ["合计", None, None, None, None, 1],
            ["制表人：测试甲", None, "审核人：测试乙"],
            ["填表人", "测试甲"],
        ],
        merged=["A1:F1", "C3:E3", "A3:A4", "B3:B4", "F3:F4"],
    )
    table = open_table(file)
    assert table.headings == (
        "序号", "工单编号", "办理情况/派单时间", "办理情况/到期时间", "办理情况/办结时间", "备注",
    )  # fmt: skip
    assert table.heading_line == 4
    assert list(table.lines()) == [(5, (1, "A1", "2026-09-24", "2026-09-25", None, "甲"))]
    assert table.skipped == [(7, "合计 1"), (8, "制表人：测试甲 审核人：测试乙"), (9, "填表人 测试甲")]


@pytest.mark.parametrize(
    ("lines", "headings"),
    [
        (["工单,,办理,", "编号,标题,派单时间,办结时间"], ("工单/编号", "工单/标题", "办理/派单时间", "办理/办结时间")),
        (["编号,办理情况,办理情况", ",派单时间,办结时间"], ("编号", "办理情况/派单时间", "办理情况/办结时间")),
        (["编号,,标题"], ("编号", "列2", "标题")),
        (["单位：某镇,,,", "编号,标题,分类,部门"], ("编号", "标题", "分类", "部门")),
        (["地区,2024,2025,2026"], ()),
        (["12345工单编号,标题,12345派单时间"], ("12345工单编号", "标题", "12345派单时间")),
    ],
)  # fmt: skip
def test_where_a_heading_is(tmp_path: Path, lines: list[str], headings: tuple[str, ...]) -> None:
    width = lines[-1].count(",")
    file = text(
        tmp_path / "a.csv", "\n".join([*lines, "A20260001" + ",2026-09-24" * width, "A20260002" + ",x" * width])
    )
    if headings:
        assert open_table(file).headings == headings
        assert len(rows(file)) == 2
    else:
        with pytest.raises(tables.InvalidInputError, match=r"exchange[.]file[.]no_heading"):
            open_table(file)


def test_a_row_that_only_begins_like_a_total_is_a_row(tmp_path: Path) -> None:
    file = text(tmp_path / "a.csv", "工单编号,标题,派单时间\nA1,合计,2026-09-24\n,总计,\n备注：x,,2026-09-24\n")
    table = open_table(file)
    assert [line for line, _ in table.lines()] == [2, 4]
    assert table.skipped == [(3, "总计")]


def test_the_first_visible_sheet_with_a_heading_is_opened_and_any_other_by_name(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active.append(["请先看这里"])
    hidden = book.create_sheet("字典")
    hidden.append(["事项名称", "事项编码"])
    hidden.sheet_state = "hidden"
    book.create_sheet("空")
    book.create_sheet("工单").append(["工单编号", "标题"])
    book["工单"].append(["A1", "甲"])
    book.save(file)
    table = open_table(file)
    assert (table.sheet, table.sheets) == ("工单", ("说明", "字典", "工单"))
    assert open_table(file, sheet="字典").headings == ("事项名称", "事项编码")
    with pytest.raises(tables.InvalidInputError) as refused:
        open_table(file, sheet="空")
    assert refused.value.facts["sheets"] == ("说明", "字典", "工单")


def test_a_formula_gives_what_it_last_gave_and_an_error_gives_nothing(tmp_path: Path) -> None:
    file = xlsx(tmp_path / "a.xlsx", [["工单编号", "标题"], ["A1", "=1+1"], ["A2", "#REF!"]])
    table = open_table(file)
    assert list(table.lines()) == [(2, ("A1", None)), (3, ("A2", None))]  # never computed, so nothing was last given
    assert [flaw.value for flaw in table.flaws] == ["#REF!"]


def test_more_rows_than_the_most_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    few = text(tmp_path / "few.csv", "编号,标题\n" + "A,b\n" * 3)
    many = text(tmp_path / "many.csv", "编号,标题\n" + "A,b\n" * 4)
    assert open_table(few).count() == 3
    with pytest.raises(tables.InvalidInputError, match=r"exchange[.]file[.]too_many_rows"):
        open_table(many)


def test_memory_stays_flat_while_a_long_table_is_read(tmp_path: Path) -> None:
    file = text(
        tmp_path / "a.csv", "工单编号,标题,派单时间\n" + "".join(f"A{one:07},甲,2026-09-24\n" for one in range(30_000))
    )
    table = open_table(file)
    tracemalloc.start()
    assert sum(1 for _ in table.lines()) == 30_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_real_tables_are_opened_where_they_lie_beside_the_project(tmp_path: Path) -> None:
    expected = {"tickets_boston_2015.csv": 5000, "event_classes.csv": 542, "items.csv": 152, "standards.csv": 58}
    made = text(tmp_path / "made.csv", "name,code,kind\n甲,001,社区居委会\n")
    found = {name: REAL / name for name in expected if (REAL / name).exists()} or {"made.csv": made}
    counts = {name: open_table(path).count() for name, path in found.items()}
    assert counts == {name: expected.get(name, 1) for name in found}

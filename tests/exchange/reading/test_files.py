"""What is no table is refused, and the words say what to do."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from jinli.domain.errors import InvalidInputError
from jinli.exchange.reading import files, xlsx_rows
from jinli.exchange.reading.tables import open_table
from jinli.ui.words import say_error
from tests.exchange.reading.made import OLE, package, text, xlsx

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (OLE + "Workbook".encode("utf-16-le"), "old_xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + "WordDocument".encode("utf-16-le"), "not_a_table"),
        (PDF, "not_a_table"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not_a_table"),
        (b"\0\x01\0\x02" * 100, "not_a_table"),
        (b"Rar!\x1a\x07", "not_a_table"),
        ("<html><table><tr><td>编号</td></tr></table>".encode(), "web_page"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?><Workbook/>", "web_page"),
        (b"PK\x03\x04 and then nothing", "broken"),
        (bytes(range(128, 256)) * 40, "encoding"),
        (b"\n\n  \n", "no_heading"),
        ("编号\n".encode(), None),
        (b"2026-09-24,1,2\n2026-09-25,3,4\n", "no_heading"),
    ],
)
def test_a_file_that_is_no_table(tmp_path: Path, content: bytes, code: str | None) -> None:
    file = tmp_path / "表.xlsx"
    file.write_bytes(content)
    if code is None:
        assert open_table(file).count() == 0
        return
    with pytest.raises(InvalidInputError) as refused:
        open_table(file)
    assert (refused.value.code, refused.value.facts["field"]) == (f"exchange.file.{code}", "file")
    assert say_error(refused.value)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"a.txt": b"x"}, "not_a_table"),
        ({"word/document.xml": b"<x/>"}, "not_a_table"),
        ({"content.xml": b"<x/>", "mimetype": b"x"}, "other_table"),
        ({"xl/workbook.bin": b"x"}, "other_table"),
        ({"xl/workbook.xml": b"<nothing"}, "broken"),
    ],
)
def test_a_package_that_is_no_workbook(tmp_path: Path, parts: dict[str, bytes], code: str) -> None:
    with pytest.raises(InvalidInputError, match=rf"exchange[.]file[.]{code} "):
        open_table(package(tmp_path / "a.xlsx", parts))


def test_a_workbook_with_any_bytes_damaged_is_read_or_refused(tmp_path: Path) -> None:
    whole = xlsx(tmp_path / "a.xlsx", [["编号", "标题"], *([f"A{one}", "甲"] for one in range(20))]).read_bytes()
    chance = random.Random(1)
    file = tmp_path / "b.xlsx"
    codes = set()
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 5, 50))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        file.write_bytes(damaged)
        try:
            open_table(file).count()
        except InvalidInputError as error:
            codes.add(error.code)
    assert codes
    assert all(code.startswith("exchange.file.") for code in codes)


def test_a_workbook_cut_short_is_broken(tmp_path: Path) -> None:
    file = xlsx(tmp_path / "a.xlsx", [["编号", "标题"], ["A1", "甲"]])
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(InvalidInputError, match=r"exchange[.]file[.]broken"):
        open_table(file)


def test_a_workbook_without_anything_is_empty(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"exchange[.]file[.]empty"):
        open_table(xlsx(tmp_path / "a.xlsx", []))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = package(tmp_path / "a.xlsx", {"xl/workbook.xml": b"<x/>", "xl/sharedStrings.xml": b"\0" * (129 * 2**20)})
    assert bomb.stat().st_size < 2**20
    with pytest.raises(InvalidInputError) as refused:
        open_table(bomb)
    assert (refused.value.code, refused.value.facts["size"]) == ("exchange.file.unpacks_too_large", 129)


def test_entities_that_grow_without_end_break_the_file_and_not_the_machine(tmp_path: Path) -> None:
    with zipfile.ZipFile(xlsx(tmp_path / "a.xlsx", [["编号", "标题"], ["A1", "甲"]])) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    grown = "".join(f'<!ENTITY a{one} "{f"&a{one - 1};" * 10}">' for one in range(1, 10))
    sheet = parts["xl/worksheets/sheet1.xml"].decode().replace("甲", "&a9;")
    parts["xl/worksheets/sheet1.xml"] = f'<!DOCTYPE x [<!ENTITY a0 "{"x" * 100}">{grown}]>{sheet}'.encode()
    with pytest.raises(InvalidInputError, match=r"exchange[.]file[.]broken"):
        open_table(package(tmp_path / "b.xlsx", parts))


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)
    with pytest.raises(InvalidInputError) as refused:
        open_table(text(tmp_path / "a.csv", "编号,标题\nA1,甲\n"))
    assert refused.value.code == "exchange.file.too_large"


def test_a_sheet_with_too_many_rows_is_refused_before_it_is_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_rows, "MOST_ROWS", -95)
    file = xlsx(tmp_path / "a.xlsx", [["编号", "标题"], *([f"A{one}", "甲"] for one in range(5))])
    with pytest.raises(InvalidInputError, match=r"exchange[.]file[.]too_many_rows"):
        open_table(file)

"""Forms of other systems and layouts of lists are read strictly, with every fault in one run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jinli.packs.faults import Faults
from jinli.packs.pack import inspect_pack, read_pack
from jinli.packs.prescribed import DATES, LISTS, VALUES, layouts, sheets
from tests.packs.test_guide import GUIDE
from tests.packs.test_reading import SECOND, STANDARD, swap

SHEETS = sorted((STANDARD / "sheets").glob("*.yaml"))
LAYOUTS = sorted((STANDARD / "layouts").glob("*.yaml"))

BAD_SHEET = """\
code: other
title: 上报表
system: 中文
system_name: 某平台
serves: [grid_report, no_such]
status: sample
colour: red
fields:
  - {label: 名称, value: titel, most: 0}
  - {label: 时间, value: opened_at, date: 24.9.2026}
  - {label: 地点, value: place_name, date: 2026-09-24}
  - {label: 描述, value: text, codes: {a: b}}
  - {label: 来源, value: channel, codes: {public: ""}}
  - {label: 期限, value: due_at}
  - {value: number, required: perhaps}
"""
BAD_LAYOUT = """\
code: ledger
title: 台账
lists: [cases, people]
sheet_name: 台账/一
title_line: "{town}{month}"
status: confirmed
source: 测试
columns:
  - {heading: 时限, value: clock}
  - {heading: 编号, value: number, width: 1}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SECOND, tmp_path / "second_town"))


def write(pack: Path, name: str, text: str) -> None:
    path = pack / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def faults(pack: Path) -> list[tuple[str, str, int, str]]:
    return [(one.code, one.file, one.row, one.field) for one in inspect_pack(pack, standard=STANDARD)[1]]


def test_the_national_samples_are_sound_and_say_that_they_are_samples() -> None:
    found = Faults()
    forms = sheets(STANDARD, found, prefix="", own=False)
    lists = layouts(STANDARD, found, prefix="", own=False)
    read = (*forms.values(), *lists.values())
    assert found.found == []
    assert len(read) == len(SHEETS) + len(LAYOUTS)
    assert {one.status for one in read} == {"sample"}
    assert all("（样本）" in one.title and "(sample)" in one.title_en for one in read)


def test_every_fault_of_a_sheet_is_shown_in_one_run_with_its_line(pack: Path) -> None:
    write(pack, "sheets/event.yaml", BAD_SHEET)
    assert faults(pack) == [
        ("packs.missing", "sheets/event.yaml", 1, "source"),
        ("packs.not_this_shape", "sheets/event.yaml", 3, "system"),
        ("packs.unknown_field", "sheets/event.yaml", 7, "colour"),
        ("packs.out_of_range", "sheets/event.yaml", 9, "fields.most"),
        ("packs.not_a_choice", "sheets/event.yaml", 9, "fields.value"),
        ("packs.not_a_choice", "sheets/event.yaml", 10, "fields.date"),
        ("packs.date_elsewhere", "sheets/event.yaml", 11, "fields.date"),
        ("packs.codes_elsewhere", "sheets/event.yaml", 12, "fields.codes"),
        ("packs.missing", "sheets/event.yaml", 13, "fields.codes.public"),
        ("packs.missing", "sheets/event.yaml", 14, "fields.date"),
        ("packs.missing", "sheets/event.yaml", 15, "fields.label"),
        ("packs.not_yes_or_no", "sheets/event.yaml", 15, "fields.required"),
    ]


def test_every_fault_of_a_layout_is_shown_too(pack: Path) -> None:
    write(pack, "layouts/ledger.yaml", BAD_LAYOUT)
    assert faults(pack) == [
        ("packs.not_a_choice", "layouts/ledger.yaml", 3, "lists"),
        ("packs.not_this_shape", "layouts/ledger.yaml", 4, "sheet_name"),
        ("packs.only_in_queue", "layouts/ledger.yaml", 9, "columns.value"),
        ("packs.out_of_range", "layouts/ledger.yaml", 10, "columns.width"),
    ]
    sound = BAD_LAYOUT.replace(", people", "").replace("/一", "").replace("clock", "title").replace(": 1}", ": 9}")
    write(pack, "layouts/ledger.yaml", sound)
    assert faults(pack) == [("packs.not_a_choice", "layouts/ledger.yaml", 5, "title_line")]


def test_the_file_bears_the_code_the_types_exist_and_a_sample_says_so(pack: Path) -> None:
    good = SHEETS[1].read_text(encoding="utf-8")
    write(pack, "sheets/other.yaml", good.replace("（样本）", "").replace("[grid_report]", "[no_such]"))
    assert faults(pack) == [
        ("packs.not_this_shape", "sheets/other.yaml", 1, "code"),
        ("packs.unknown_reference", "sheets/other.yaml", 1, "serves"),
        ("packs.not_marked_sample", "sheets/other.yaml", 1, "title"),
    ]


def test_a_file_that_nobody_reads_does_not_pass_in_silence(pack: Path) -> None:
    write(pack, "sheets/event.yml", "code: event\n")
    write(pack, "layouts/ledger.csv", "")
    assert [one[:2] for one in faults(pack)] == [
        ("packs.unknown_file", "layouts/ledger.csv"), ("packs.unknown_file", "sheets/event.yml"),
    ]  # fmt: skip


def test_a_sheet_without_fields_is_no_sheet(pack: Path) -> None:
    write(pack, "layouts/ledger.yaml", BAD_LAYOUT.split("columns:")[0].replace(", people", "").replace("/一", ""))
    assert ("packs.missing", "layouts/ledger.yaml", 1, "columns") in faults(pack)
    write(pack, "layouts/ledger.yaml", BAD_LAYOUT.split("columns:")[0] + "columns: 编号\n")
    assert ("packs.not_a_list", "layouts/ledger.yaml", 8, "columns") in faults(pack)


def test_a_towns_own_file_stands_in_the_place_of_the_national_one_of_its_code(pack: Path) -> None:
    national = {one.code: one for one in read_pack(pack, standard=STANDARD).sheets}
    assert not any(one.own for one in national.values())
    write(pack, f"sheets/{SHEETS[1].name}", SHEETS[1].read_text(encoding="utf-8"))
    swap(pack / "sheets" / SHEETS[1].name, "most: 30", "most: 25")
    found = {one.code: one for one in read_pack(pack, standard=STANDARD).sheets}
    assert found.keys() == national.keys()
    mine = found[SHEETS[1].stem]
    assert mine.own
    assert mine.fields[0].most == 25
    assert read_pack(pack, standard=STANDARD).digest != read_pack(SECOND, standard=STANDARD).digest


def test_the_guide_names_every_value_every_date_style_and_every_list() -> None:
    told = GUIDE.split("### `sheets/*.yaml`")[1].split("\n### `demo/`")[0]
    assert [name for name in (*VALUES, *LISTS, "row", "clock", *DATES, "其余") if f"`{name}`" not in told] == []

"""Items are read strictly: every fault of every file in one run, and what the law does not allow is a fault."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from jinli.packs.catalogue import item_row
from jinli.packs.items import ItemRow
from jinli.packs.pack import inspect_pack, read_pack
from jinli.packs.sections import content_of
from jinli.packs.write import yaml_text
from tests.packs.test_reading import SECOND, STANDARD, swap

GOOD = """\
code: shop_sign
name: 店招备案
everyday: [挂招牌]
kind: other
applicants: [person, enterprise]
procedure: filing
offered: online
statutory: {amount: 5, unit: working_day, article: 某规定第三条, status: confirmed}
situations:
  - code: lit
    question: 招牌发光吗？
    answers:
      - {code: 'yes', label: 发光}
      - {code: 'no', label: 不发光}
materials:
  - {code: picture, name: 效果图}
  - {code: wiring, name: 电气图, when: {lit: ['yes']}}
form:
  - {code: owner, label: 店名, attribute: name}
  - {code: kind, label: 样式, kind: choice, choices: [{code: flat, label: 平面}, {code: box, label: 灯箱}]}
  - {code: height, label: 高度, kind: whole, when: {kind: [box]}}
laws:
  - {law: 某规定, article: 第三条}
source: 测试
valid_from: 2026-03-01
"""
FILE = "services/items/shop_sign.yaml"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    made = Path(shutil.copytree(SECOND, tmp_path / "second_town"))
    (made / "services/items").mkdir(parents=True)
    (made / FILE).write_text(GOOD, encoding="utf-8")
    return made


def faults(pack: Path, *overlays: Path) -> list[tuple[str, str, int, str]]:
    return [
        (one.code, one.file, one.row, one.field) for one in inspect_pack(pack, overlays=overlays, standard=STANDARD)[1]
    ]


def write(pack: Path, name: str, text: str) -> None:
    (pack / name).parent.mkdir(parents=True, exist_ok=True)
    (pack / name).write_text(text, encoding="utf-8")


def spoiled(pack: Path, old: str, new: str) -> list[tuple[str, int, str]]:
    swap(pack / FILE, old, new)
    return [(code, row, field) for code, file, row, field in faults(pack) if file == FILE]


def test_an_item_says_everything_about_itself_and_comes_back_from_what_a_table_keeps(pack: Path) -> None:
    (item,) = read_pack(pack, standard=STANDARD).items
    assert item.everyday == ("挂招牌",)
    assert item.statutory.amount == 5
    assert item.situations[0].answers[1].label == "不发光"
    assert item.materials[1].when == {"lit": ("yes",)}
    assert item.form[1].choices[1].code == "box"
    assert item.valid_from == date(2026, 3, 1)
    assert item_row(content_of(item)) == item


def test_what_an_older_edition_of_the_program_kept_is_still_read() -> None:
    kept = content_of(ItemRow(code="a", name="甲", kind="other", applicants=("person",), source="测试"))
    assert item_row({**kept, "colour": "red"}).code == "a"


def test_an_exported_item_reads_back_to_the_same(pack: Path) -> None:
    (item,) = read_pack(pack, standard=STANDARD).items
    write(pack, FILE, yaml_text(content_of(item)))
    assert read_pack(pack, standard=STANDARD).items == (item,)


def test_every_fault_of_an_item_is_shown_in_one_run_with_its_line(pack: Path) -> None:
    swap(pack / FILE, "kind: other", "kind: permit")
    swap(pack / FILE, "amount: 5", "amount: five")
    swap(pack / FILE, "{code: picture, name: 效果图}", "{code: picture, titel: 效果图}")
    swap(pack / FILE, "      - {code: 'no', label: 不发光}", "      - {code: 'no'}")
    swap(pack / FILE, "kind: whole", "kind: number")
    assert faults(pack) == [
        ("packs.not_a_choice", FILE, 4, "kind"),
        ("packs.not_a_number", FILE, 8, "statutory.amount"),
        ("packs.missing", FILE, 14, "situations.answers.label"),
        ("packs.missing", FILE, 16, "materials.name"),
        ("packs.unknown_field", FILE, 16, "materials.titel"),
        ("packs.not_a_choice", FILE, 21, "form.kind"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param(
            "procedure: filing", "procedure: no_such", ("packs.unknown_reference", 1, "procedure"), id="procedure"
        ),
        pytest.param(
            "procedure: filing",
            "procedure: filing\nwindow: no_such",
            ("packs.unknown_reference", 1, "window"),
            id="body",
        ),
        pytest.param(
            "procedure: filing",
            "related: [no_such]\nprocedure: filing",
            ("packs.unknown_reference", 1, "related"),
            id="related item",
        ),
        pytest.param(
            "when: {lit: ['yes']}",
            "when: {loud: ['yes']}",
            ("packs.unknown_reference", 17, "materials.when"),
            id="question",
        ),
        pytest.param(
            "when: {lit: ['yes']}",
            "when: {lit: [maybe]}",
            ("packs.not_a_choice", 17, "materials.when.lit"),
            id="answer",
        ),
        pytest.param(
            "when: {kind: [box]}",
            "when: {size: [box]}",
            ("packs.unknown_reference", 21, "form.when"),
            id="earlier field",
        ),
        pytest.param(
            "attribute: name", "attribute: colour", ("packs.unknown_reference", 19, "form.attribute"), id="attribute"
        ),
        pytest.param(
            "name: 效果图}",
            "name: 效果图, held_as: 'fact:colour'}",
            ("packs.unknown_reference", 16, "materials.held_as"),
            id="held fact",
        ),
        pytest.param(
            "name: 效果图}",
            "name: 效果图, held_as: drawer}",
            ("packs.not_this_shape", 16, "materials.held_as"),
            id="holder",
        ),
        pytest.param("code: wiring", "code: picture", ("packs.duplicate", 17, "materials.code"), id="material twice"),
        pytest.param("code: height", "code: owner", ("packs.duplicate", 21, "form.code"), id="field twice"),
        pytest.param(
            "      - {code: 'no', label: 不发光}\n", "", ("packs.missing", 10, "situations.answers"), id="one answer"
        ),
        pytest.param("kind: whole", "kind: choice", ("packs.missing", 21, "form.choices"), id="choice without choices"),
        pytest.param("kind: whole", "kind: group", ("packs.missing", 21, "form.fields"), id="group without fields"),
        pytest.param(
            "offered: online",
            "offered: elsewhere",
            ("packs.procedure_against_offer", 1, "procedure"),
            id="told about only",
        ),
        pytest.param(
            "unit: working_day, ",
            "",
            ("packs.half_a_limit", 8, "statutory.amount + statutory.unit"),
            id="limit without unit",
        ),
        pytest.param(
            ", status: confirmed}",
            "}",
            ("packs.limit_against_status", 8, "statutory.status"),
            id="limit of unknown status",
        ),
        pytest.param(
            "article: 某规定第三条, ",
            "",
            ("packs.limit_without_source", 8, "statutory.source"),
            id="limit from nowhere",
        ),
        pytest.param(
            "procedure: filing",
            "procedure: licence",
            ("packs.licence_alone", 1, "procedure"),
            id="licensing law for a filing",
        ),
        pytest.param(
            "offered: online",
            "offered: online\nvalid_to: 2026-02-01",
            ("packs.ends_before_begin", 1, "valid_to"),
            id="validity",
        ),
    ],
)
def test_what_does_not_fit_is_named_with_its_line(pack: Path, old: str, new: str, fault: tuple[str, int, str]) -> None:
    assert spoiled(pack, old, new) == [fault]


@pytest.mark.parametrize("label", ["姓名", "联系电话", "申请人联系电话（手机）", "统一社会信用代码：", "名称"])
def test_a_field_that_the_town_may_hold_names_the_fact_or_is_refused(pack: Path, label: str) -> None:
    assert spoiled(pack, "label: 高度, kind: whole", f"label: '{label}'") == [("packs.held_already", 21, "form.label")]


def test_a_field_about_somebody_else_may_be_called_the_same(pack: Path) -> None:
    group = "label: 员工, kind: group, fields: [{code: employee, label: 姓名}]"
    assert spoiled(pack, "label: 高度, kind: whole", group) == []


@pytest.mark.parametrize(
    ("law", "promise", "late"),
    [
        pytest.param("5,working_day", "5,working_day", False, id="the same"),
        pytest.param("5,working_day", "6,working_day", True, id="a day more"),
        pytest.param("5,working_day", "7,calendar_day", True, id="seven days run past a week with a make-up day"),
        pytest.param("5,working_day", "5,calendar_day", False, id="five days never run past five working days"),
        pytest.param("20,calendar_day", "15,working_day", True, id="fifteen working days over a holiday"),
        pytest.param("1,month", "30,calendar_day", True, id="February"),
        pytest.param("1,month", "28,calendar_day", False, id="four weeks"),
    ],
)
def test_a_promise_falls_due_no_later_than_the_law_from_any_day(pack: Path, law: str, promise: str, late: bool) -> None:
    amount, unit = law.split(",")
    swap(pack / FILE, "amount: 5, unit: working_day", f"amount: {amount}, unit: {unit}")
    write(pack, "services/promises.csv", f"item,amount,unit,source,status\nshop_sign,{promise},测试,sample\n")
    found = [("packs.promise_after_law", "services/promises.csv", 2, "promised")] if late else []
    assert faults(pack) == found


def test_what_another_system_decides_is_only_assisted_and_gets_no_certificate(pack: Path) -> None:
    swap(pack / FILE, "offered: online", "offered: counter\nsystem_of_record: external:market")
    assert faults(pack) == [("packs.decided_elsewhere", FILE, 1, "procedure")]
    swap(pack / FILE, "procedure: filing", "procedure: assisted")
    assert faults(pack) == []
    swap(pack / FILE, "laws:", "result: {kind: certificate, name: 执照}\nlaws:")
    assert faults(pack) == [("packs.no_certificate", FILE, 23, "result.kind")]


def test_a_fee_without_a_basis_is_refused(pack: Path) -> None:
    """Licensing Law art. 58."""
    swap(pack / FILE, "laws:", "fees: [{name: 工本费, amount: '10'}]\nlaws:")
    assert faults(pack) == [("packs.missing", FILE, 22, "fees.basis")]


def test_a_matter_done_elsewhere_is_one_line_of_a_table(pack: Path) -> None:
    header = "code,name,everyday,kind,applicants,theme,where,status,source\n"
    write(
        pack,
        "services/shells.csv",
        header + "pass,边境通行证,去边境,public_service,person,出入境,公安出入境窗口,sample,测试\n",
    )
    pack_read = read_pack(pack, standard=STANDARD)
    shell = pack_read.items[0]
    assert (shell.code, shell.offered, shell.procedure, shell.where) == ("pass", "elsewhere", "", "公安出入境窗口")
    write(pack, "services/shells.csv", header + "shop_sign,边境通行证,去边境,public_service,person,,,sample,测试\n")
    assert faults(pack) == [("packs.duplicate", "services/shells.csv", 2, "code")]


def test_an_overlay_says_who_handles_and_what_is_promised_without_repeating_the_item(
    pack: Path, tmp_path: Path
) -> None:
    demo = tmp_path / "second_town/demo"
    write(demo, "services/promises.csv", "item,amount,unit,source,status\nshop_sign,2,working_day,样本,sample\n")
    write(demo, "services/bodies.csv", "item,window,office,reviewers\nshop_sign,roads,roads,roads\nno_such,,,\n")
    assert faults(pack, demo) == [("packs.unknown_reference", "demo/services/bodies.csv", 3, "item")]
    write(demo, "services/bodies.csv", "item,window,office,reviewers\nshop_sign,roads,roads,roads\n")
    item = read_pack(pack, overlays=(demo,), standard=STANDARD).items[0]
    assert (item.promised.amount, item.promised.status, item.office, item.reviewers) == (
        2,
        "sample",
        "roads",
        ("roads",),
    )
    write(demo, FILE, GOOD.replace("店招备案", "门头备案"))
    item = read_pack(pack, overlays=(demo,), standard=STANDARD).items[0]
    assert (item.name, item.office) == ("门头备案", "roads")


def test_the_file_bears_the_code_and_no_other_file_lies_there(pack: Path) -> None:
    write(pack, "services/items/other.yaml", GOOD)
    write(pack, "services/items/note.txt", "")
    write(pack, "services/shels.csv", "")
    assert faults(pack) == [
        ("packs.unknown_file", "services/items/note.txt", 0, ""),
        ("packs.not_this_shape", "services/items/other.yaml", 1, "code"),
        ("packs.unknown_file", "services/shels.csv", 0, ""),
    ]

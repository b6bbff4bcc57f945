"""Bundles of a pack: every fault of every file, at once, where it stands."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from jinli.packs.bundles import BundleItemRow, BundleRow, check_bundles
from jinli.packs.faults import Faults
from jinli.packs.items import FieldRow, ItemRow
from jinli.packs.pack import inspect_pack
from jinli.packs.shared import Part, asked_together, conflicts

ROOT = Path(__file__).parents[2]


def item(code: str, *form: FieldRow, **more: object) -> ItemRow:
    said = {"name": code, "kind": "public_service", "applicants": ("person",), "offered": "online", "source": "测试"}
    return ItemRow(code=code, form=form, **{**said, **more})  # type: ignore[arg-type]


def bundle(*items: BundleItemRow, **more: object) -> BundleRow:
    said = {"code": "b", "name": "一件事", "source": "测试", "file": "b.yaml", "row": 1}
    return BundleRow(items=items, **{**said, **more})  # type: ignore[arg-type]


def codes(row: BundleRow, *items: ItemRow) -> list[str]:
    faults = Faults()
    check_bundles([row], {one.code: one for one in items}, faults)
    return [one.code for one in faults.in_order()]


def part(code: str, **more: object) -> BundleItemRow:
    return BundleItemRow(item=code, **more)  # type: ignore[arg-type]


A = item("a", FieldRow(code="id", label="证号", kind="id_number", attribute="id_number"))
B = item("b", FieldRow(code="number", label="证号", kind="id_number", attribute="id_number"))


def test_a_sound_bundle_has_no_fault() -> None:
    assert codes(bundle(part("a"), part("b", after=("a",), months=6, months_source="办法")), A, B) == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        pytest.param(bundle(part("a")), "packs.bundle_too_small", id="one item is no bundle"),
        pytest.param(bundle(part("a"), part("x")), "packs.unknown_reference", id="an item nobody knows"),
        pytest.param(bundle(part("a"), part("b", after=("x",))), "packs.unknown_reference", id="after a stranger"),
        pytest.param(bundle(part("a"), part("b", when={"q": ("y",)})), "packs.unknown_reference", id="no question"),
        pytest.param(bundle(part("a", after=("b",)), part("b", after=("a",))), "packs.bundle_circle", id="a circle"),
        pytest.param(bundle(part("a"), part("b", opens="itself")), "packs.missing", id="by itself after nothing"),
        pytest.param(bundle(part("a"), part("b", after=("a",), months=6)), "packs.missing", id="months of whom"),
        pytest.param(bundle(part("a"), part("a")), "packs.duplicate", id="the same item twice"),
    ],
)
def test_what_does_not_fit_is_said(row: BundleRow, fault: str) -> None:
    assert fault in codes(row, A, B)


def test_all_faults_are_told_at_once() -> None:
    row = bundle(part("a", after=("x",)), part("y"), part("b", answers={"q": ("yes",)}))
    assert len(codes(row, A, B)) == 3


def test_a_field_asked_in_two_kinds_cannot_be_asked_once() -> None:
    other = item("b", FieldRow(code="number", label="证号", kind="text", attribute="id_number"))
    assert [one.key for one in conflicts([A, other])] == ["id_number"]
    assert "packs.bundle_conflict" in codes(bundle(part("a"), part("b")), A, other)


def test_nobody_can_apply_for_all_of_it() -> None:
    firm = replace(B, applicants=("enterprise",))
    assert "packs.bundle_nobody" in codes(bundle(part("a"), part("b")), A, firm)


def test_an_item_that_is_not_done_here_has_no_place_in_a_bundle() -> None:
    there = replace(B, offered="elsewhere")
    assert "packs.bundle_not_online" in codes(bundle(part("a"), part("b")), A, there)


def test_one_attribute_is_asked_once_and_given_to_every_item() -> None:
    shared = asked_together([Part(row=A), Part(row=B)], {}, {})
    assert [one.code for one in shared.fields] == ["id"]
    assert shared.separately == 2
    assert shared.typed_for("b", {"id": "1"}) == {"number": "1"}
    assert shared.common_path("b", "number") == "id"


def test_one_code_for_two_things_makes_two_fields() -> None:
    first = item("a", FieldRow(code="name", label="店名", attribute="shop_name"))
    second = item("b", FieldRow(code="name", label="姓名", attribute="name"))
    shared = asked_together([Part(row=first), Part(row=second)], {}, {})
    assert [one.code for one in shared.fields] == ["name", "b_name"]


def test_a_field_needed_by_one_item_is_needed_within_the_narrower_bounds() -> None:
    first = item("a", FieldRow(code="n", label="数", kind="whole", needed=False, lowest="0", highest="9"))
    second = item("b", FieldRow(code="n", label="数", kind="whole", lowest="1", highest="20"))
    (one,) = asked_together([Part(row=first), Part(row=second)], {}, {}).fields
    assert (one.needed, one.lowest, one.highest) == (True, "1", "9")


def test_a_file_is_named_after_its_bundle(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "packs/jinli", tmp_path / "jinli")
    home = tmp_path / "jinli/services/bundles"
    (home / "newcomer.yaml").rename(home / "arrival.yaml")
    (home / "note.txt").write_text("x")
    _, faults = inspect_pack(tmp_path / "jinli", standard=ROOT / "packs/_standard")
    assert {one.code for one in faults} == {"packs.not_this_shape", "packs.unknown_file"}

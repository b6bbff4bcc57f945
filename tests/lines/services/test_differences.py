"""What differs between two editions is said line by line, for every item that ships."""

from __future__ import annotations

from jinli.lines.services.pages.differences import differences
from jinli.packs.items import ResultRow
from jinli.packs.pack import read_pack
from jinli.packs.sections import content_of
from tests.lines.services.items import item
from tests.packs.test_reading import ROOT, STANDARD


def test_a_changed_a_new_and_a_dropped_thing_each_have_their_line() -> None:
    before = item()
    after = item(
        materials=before.materials[1:], result=ResultRow(kind="approval", name="占用道路许可", conditions="限期修复")
    )
    found = {one.where: (one.before, one.after) for one in differences(content_of(before), content_of(after))}
    assert found["结果附带条件"] == ("", "限期修复")
    assert found["材料 • plan • 名称"] == ("位置图", "")
    assert found["结果名称（英文）"] == ("Licence to occupy a road", "")


def test_every_item_that_ships_can_be_compared_with_nothing_and_with_itself() -> None:
    for row in read_pack(ROOT / "packs/jinli", standard=STANDARD).items:
        said = content_of(row)
        assert differences({}, said)
        assert differences(said, said) == ()

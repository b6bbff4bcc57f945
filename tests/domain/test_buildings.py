"""An address means a building; floors and rooms are inside it."""

from __future__ import annotations

import pytest

from jinli.domain.buildings import roof_of


@pytest.mark.parametrize(
    ("written", "roof"),
    [
        ("工业大道12号B栋3层301", "工业大道12号B栋"),
        ("工业大道12号 B栋 三楼", "工业大道12号B栋"),
        ("工业大道１２号B栋首层", "工业大道12号B栋"),
        ("工业大道12号B栋，2F", "工业大道12号B栋"),
        ("工业大道12号B栋501室", "工业大道12号B栋"),
        ("东围村三队8号", "东围村三队8号"),
    ],
)
def test_the_same_building_however_the_room_is_written(written: str, roof: str) -> None:
    assert roof_of(written) == roof


def test_another_building_stays_another() -> None:
    assert roof_of("工业大道12号A栋3层") != roof_of("工业大道12号B栋3层")

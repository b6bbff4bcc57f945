"""Forms of other systems and layouts of lists for tests: the national samples, and small ones of a town's own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from jinli.exchange.models import ListLayout, Sheet
from jinli.packs.faults import Faults
from jinli.packs.prescribed import layouts, sheets
from jinli.packs.sections import content_of
from jinli.town.models import Division
from tests.cases.small import STANDARD

LOADED_AT = datetime(2026, 1, 1, tzinfo=UTC)
EVENT = "yuepingan_event"
SYSTEM = "yuepingan"


def prescribe(town: Division) -> None:
    """Put the national samples in force in a town."""
    faults = Faults()
    for row in sheets(STANDARD, faults, prefix="", own=False).values():
        Sheet.objects.create(town=town, code=row.code, content=content_of(row), loaded_at=LOADED_AT)
    for layout in layouts(STANDARD, faults, prefix="", own=False).values():
        ListLayout.objects.create(town=town, code=layout.code, content=content_of(layout), loaded_at=LOADED_AT)
    assert faults.found == []


def add_sheet(town: Division, code: str, *, serves: tuple[str, ...] = ("grid_report",), **more: Any) -> None:
    """Put a small sheet of the town's own in force; `fields` are the contents of its fields."""
    plain = {
        "label_en": "", "date": "", "most": None, "required": False, "note": "", "codes": {},
    }  # fmt: skip
    fields = [plain | one for one in more.pop("fields", [{"label": "名称", "value": "title"}])]
    content = {
        "code": code, "title": f"{code}表", "title_en": "", "system": "other", "system_name": "别的系统",
        "system_name_en": "", "serves": list(serves), "status": "confirmed", "source": "测试", "note": "", "own": True,
    }  # fmt: skip
    Sheet.objects.create(town=town, code=code, content=content | more | {"fields": fields}, loaded_at=LOADED_AT)


def add_layout(town: Division, code: str, *, lists: tuple[str, ...] = ("cases",), **more: Any) -> None:
    """Put a small layout of the town's own in force; `columns` are the contents of its columns."""
    plain = {"group": "", "date": "", "width": 14, "codes": {}}
    columns = [plain | one for one in more.pop("columns", [{"heading": "编号", "value": "number"}])]
    content = {
        "code": code, "title": f"{code}台账", "title_en": "", "lists": list(lists), "sheet_name": "台账",
        "title_line": "", "status": "confirmed", "source": "测试", "note": "", "own": True,
    }  # fmt: skip
    ListLayout.objects.create(town=town, code=code, content=content | more | {"columns": columns}, loaded_at=LOADED_AT)

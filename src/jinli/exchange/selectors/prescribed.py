"""The forms of other systems and the layouts of lists that are in force in a town."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinli.exchange.models import ListLayout, Sheet
from jinli.packs.prescribed import ColumnRow, FieldRow, LayoutRow, SheetRow
from jinli.town.models import Division
from jinli.town.stamps import under_stamp


@under_stamp
def sheets_of(town: Division) -> tuple[SheetRow, ...]:
    """Return the sheets of a town by code. No query while the registers stand as they were."""
    rows = Sheet.objects.filter(town=town, ended_at=None).order_by("code")
    return tuple(_sheet(content) for content in rows.values_list("content", flat=True))


@under_stamp
def layouts_of(town: Division) -> tuple[LayoutRow, ...]:
    """Return the layouts of a town by code. No query while the registers stand as they were."""
    rows = ListLayout.objects.filter(town=town, ended_at=None).order_by("code")
    return tuple(_layout(content) for content in rows.values_list("content", flat=True))


def sheets_for(town: Division, type_code: str) -> tuple[SheetRow, ...]:
    """Return the sheets that serve a type of case."""
    return tuple(one for one in sheets_of(town) if type_code in one.serves)


def sheet_of(town: Division, code: str, type_code: str) -> SheetRow | None:
    """Return a sheet that serves a type of case, None when there is none."""
    return next((one for one in sheets_for(town, type_code) if one.code == code), None)


def layout_of(town: Division, code: str, listing: str) -> LayoutRow | None:
    """Return a layout for a list, None when there is none."""
    return next((one for one in layouts_of(town) if one.code == code and listing in one.lists), None)


def _sheet(content: Mapping[str, Any]) -> SheetRow:
    fields = tuple(FieldRow(**one) for one in content["fields"])
    return SheetRow(**{**content, "fields": fields, "serves": tuple(content["serves"])})


def _layout(content: Mapping[str, Any]) -> LayoutRow:
    columns = tuple(ColumnRow(**one) for one in content["columns"])
    return LayoutRow(**{**content, "columns": columns, "lists": tuple(content["lists"])})

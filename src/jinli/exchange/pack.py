"""The sections of a pack that the exchange reads: forms of other systems and layouts of lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from jinli.exchange.models import ListLayout, Sheet
from jinli.packs.pack import Pack
from jinli.packs.prescribed import LayoutRow, SheetRow
from jinli.packs.sections import content_of
from jinli.town.loading import Content, Section
from jinli.town.models import Division


class PrescribedSection:
    """What a pack prescribes by code; a row that the pack drops is out of force until it comes back."""

    def __init__(
        self,
        name: str,
        model: type[Sheet] | type[ListLayout],
        rows: Callable[[Pack], Iterable[SheetRow | LayoutRow]],
    ) -> None:
        self.name, self._model, self._rows = name, model, rows

    def wanted(self, pack: Pack) -> Mapping[str, Content]:
        """Return code -> content."""
        return {one.code: content_of(one) for one in self._rows(pack)}

    def stored(self, town: Division) -> Mapping[str, Content]:
        """Return those in force."""
        rows = self._model.objects.filter(town=town, ended_at=None).order_by("code")
        return dict(rows.values_list("code", "content"))

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        """Write them, one dropped before too."""
        rows: Any = self._model
        rows.objects.bulk_create(
            [rows(town=town, code=code, content=content, loaded_at=at) for code, content in contents.items()],
            update_conflicts=True,
            unique_fields=["town", "code"],
            update_fields=["content", "loaded_at", "ended_at"],
        )

    def end(self, town: Division, key: str, at: datetime) -> bool:
        """Take one out of force."""
        return bool(self._model.objects.filter(town=town, code=key, ended_at=None).update(ended_at=at))


SECTIONS: tuple[Section, ...] = (
    PrescribedSection("sheets", Sheet, lambda pack: pack.sheets),
    PrescribedSection("layouts", ListLayout, lambda pack: pack.layouts),
)

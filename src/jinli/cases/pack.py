"""The section of a pack that the engine reads: templates of papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from jinli.cases.models import PaperTemplate, Prescribed
from jinli.packs.cells import Row
from jinli.packs.pack import Pack
from jinli.packs.sections import content_of
from jinli.town.loading import Content, Section
from jinli.town.models import Division
from jinli.town.stamps import renew_time_stamps


class PrescribedSection:
    """What a pack prescribes by code; a row that the pack drops is out of force until it comes back."""

    def __init__(
        self,
        name: str,
        model: type[Prescribed],
        rows: Callable[[Pack], Iterable[Row]],
    ) -> None:
        self.name, self._model, self._rows = name, model, rows
        self._all: Any = model._default_manager

    def wanted(self, pack: Pack) -> Mapping[str, Content]:
        """Return code -> content."""
        return {str(content["code"]): content for content in map(content_of, self._rows(pack))}

    def stored(self, town: Division) -> Mapping[str, Content]:
        """Return those in force."""
        rows = self._all.filter(town=town, ended_at=None).order_by("code")
        return dict(rows.values_list("code", "content"))

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        """Write them, one dropped before too."""
        rows: Any = self._model
        self._all.bulk_create(
            [rows(town=town, code=code, content=content, loaded_at=at) for code, content in contents.items()],
            update_conflicts=True,
            unique_fields=["town", "code"],
            update_fields=["content", "loaded_at", "ended_at"],
        )

    def end(self, town: Division, key: str, at: datetime) -> bool:
        """Take one out of force."""
        return bool(self._all.filter(town=town, code=key, ended_at=None).update(ended_at=at))


class PaperSection(PrescribedSection):
    """Templates of papers; processes remember them under the stamp of the town."""

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        """Write them, one dropped before too."""
        super().put(town, contents, at)
        renew_time_stamps(town)

    def end(self, town: Division, key: str, at: datetime) -> bool:
        """Take one out of force; papers issued from it stand."""
        renew_time_stamps(town)
        return super().end(town, key, at)


SECTIONS: tuple[Section, ...] = (PaperSection("papers", PaperTemplate, lambda pack: pack.papers),)

"""Published facts of the town as a section of the pack: what a source gives, and what none does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from jinli.packs.pack import Pack
from jinli.packs.sections import FactRow, content_of
from jinli.town.loading import Content
from jinli.town.models import Division, TownFact
from jinli.town.selectors import local_day

_NAMES = (
    "code",
    "arrow",
    "ordinal",
    "title",
    "title_en",
    "value",
    "value_en",
    "unit",
    "unit_en",
    "note",
    "note_en",
    "as_of",
    "source",
    "status",
)


class FactSection:
    """Facts by their code; an unknown one is a row like any other."""

    name = "facts"

    def wanted(self, pack: Pack) -> Mapping[str, Content]:
        return {one.code: content_of(one) for one in pack.section("facts", FactRow)}

    def stored(self, town: Division) -> Mapping[str, Content]:
        rows = TownFact.objects.filter(town=town, valid_to=None).order_by("arrow", "ordinal", "code")
        return {one["code"]: one for one in rows.values(*_NAMES)}

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        for code, content in contents.items():
            said = {**content, "valid_to": None}
            TownFact.objects.update_or_create(town=town, code=code, defaults=said)

    def end(self, town: Division, key: str, at: datetime) -> bool:
        """A fact that the pack takes back is no longer shown."""
        rows = TownFact.objects.filter(town=town, code=key, valid_to=None)
        return bool(rows.update(valid_to=local_day(town, at)))


FACTS = FactSection()

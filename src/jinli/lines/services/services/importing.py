"""A workbook of items: read and checked first, kept as drafts only when somebody has seen what it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Final

from django.core import signing

from jinli.domain.errors import InvalidInputError
from jinli.lines.services.models import ItemEdition
from jinli.lines.services.selectors.editions import bases_of, surroundings_of
from jinli.lines.services.services.editing import keep_drafts
from jinli.lines.services.workbook.reading import LARGEST, Read, read_workbook
from jinli.packs.items import ItemRow
from jinli.packs.sections import content_of
from jinli.town.acting import Acting
from jinli.town.models import Division
from jinli.town.selectors import local_day

_SALT: Final = "services.workbook"
_HOUR: Final = 3600


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A workbook that was read and not kept.

    Attributes
    ----------
    bases : code -> digest and content of what stands now.
    token : what the page carries so that exactly this is kept; empty when there is nothing to keep.
    """

    read: Read
    bases: Mapping[str, tuple[str, ItemRow]]
    token: str


def look_at_workbook(*, acting: Acting, town: Division, stream: IO[bytes], size: int, at: datetime) -> Looked:
    """Read a workbook and write nothing. Raises InvalidInputError `services.sheet.too_large`, `…unreadable`."""
    if size > LARGEST:
        raise InvalidInputError("services.sheet.too_large", field="file", most=LARGEST // 2**20)
    day = local_day(town, at)
    read = read_workbook(stream, lambda items: surroundings_of(town, day, items))
    bases = bases_of(town)
    changed: dict[str, Any] = {}
    if not read.faults:
        for code, row in read.items.items():
            if code not in bases or bases[code][1] != row:
                changed[code] = {"content": content_of(row), "base": bases[code][0] if code in bases else ""}
    said = {"town": town.pk, "person": str(acting.person), "items": changed}
    token = signing.dumps(said, salt=_SALT, compress=True) if changed else ""
    return Looked(read=read, bases=bases, token=token)


def keep_workbook(*, acting: Acting, town: Division, token: str, at: datetime) -> tuple[ItemEdition, ...]:
    """Keep what a dry run showed as drafts. Raises InvalidInputError `services.sheet.stale`, and as `keep_drafts`."""
    try:
        said = signing.loads(token, salt=_SALT, max_age=_HOUR)
    except signing.BadSignature:
        raise InvalidInputError("services.sheet.stale", field="file") from None
    if (said["town"], said["person"]) != (town.pk, str(acting.person)):
        raise InvalidInputError("services.sheet.stale", field="file")
    items = said["items"]
    return keep_drafts(
        acting=acting,
        town=town,
        contents={code: one["content"] for code, one in items.items()},
        bases={code: one["base"] for code, one in items.items()},
        at=at,
    )

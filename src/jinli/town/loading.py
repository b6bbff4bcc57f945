"""Loading a pack: idempotent by code, journaled, and never over a row edited on screen unless told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction

from jinli.packs.pack import Pack
from jinli.town.models import Division, PackLoad, PackRow, Person

Content = Mapping[str, Any]


class Section(Protocol):
    """A part of a pack that a room keeps in its tables."""

    name: str

    def wanted(self, pack: Pack) -> Mapping[str, Content]:
        """Return key -> content as the pack says it, in an order in which rows can be written."""

    def stored(self, town: Division) -> Mapping[str, Content]:
        """Return key -> content as the database says it now."""

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        """Write rows, in the order given."""

    def end(self, town: Division, key: str, at: datetime) -> bool:
        """Put a row that the pack no longer has out of force, and return whether that was done.

        Rows are never deleted; most sections leave the row as it is and only report it.
        """


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference between pack and database.

    Attributes
    ----------
    kind : `new`; `changed` (the pack changed); `edited` (changed on screen, the pack did not); `conflict` (both
        changed; the screen wins unless told); `gone` (no longer in the pack).
    fields : field -> (in the database, in the pack).
    written : whether the database now says what the pack says.
    """

    section: str
    key: str
    kind: str
    fields: Mapping[str, tuple[Any, Any]]
    written: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the change as it stands in the journal of loads."""
        return {"section": self.section, "key": self.key, "kind": self.kind, "fields": dict(self.fields)}


@dataclass(frozen=True, kw_only=True)
class LoadReport:
    """What a load did: every difference, of which `written` counts those that were written."""

    town: Division
    changes: tuple[Change, ...]

    @property
    def written(self) -> tuple[Change, ...]:
        """Return the changes that were written."""
        return tuple(one for one in self.changes if one.written)


def digest_of(content: Any) -> str:
    """Return SHA-256 of canonical JSON."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _differing(stored: Content, wanted: Content) -> dict[str, tuple[Any, Any]]:
    names = dict.fromkeys((*wanted, *stored))
    return {name: (stored.get(name), wanted.get(name)) for name in names if stored.get(name) != wanted.get(name)}


def compare(
    section: str, wanted: Mapping[str, Content], stored: Mapping[str, Content], before: Mapping[str, Content]
) -> tuple[Change, ...]:
    """Return the three-way difference of a section: the pack, the database, and the pack as last loaded."""
    changes = []
    for key, said in wanted.items():
        base = before.get(key)
        if key not in stored:
            changes.append(Change(section=section, key=key, kind="new", fields=_differing({}, said)))
            continue
        fields = _differing(stored[key], said)
        if not fields:
            continue
        untouched = base is not None and not _differing(stored[key], base)
        unmoved = base is not None and not _differing(base, said)
        kind = "changed" if untouched else "edited" if unmoved else "conflict"
        changes.append(Change(section=section, key=key, kind=kind, fields=fields))
    gone = (key for key in before if key not in wanted and key in stored)
    changes.extend(Change(section=section, key=key, kind="gone", fields={}) for key in gone)
    return tuple(changes)


def _before(town: Division, section: str) -> dict[str, Content]:
    rows = PackRow.objects.filter(town=town, section=section)
    return {row.key: row.content for row in rows}


def difference(town: Division | None, pack: Pack, sections: Sequence[Section]) -> tuple[Change, ...]:
    """Return every difference between a pack and the database, without writing anything."""
    found: list[Change] = []
    for one in sections:
        stored = one.stored(town) if town else {}
        before = _before(town, one.name) if town else {}
        found.extend(compare(one.name, one.wanted(pack), stored, before))
    return tuple(found)


def write_sections(
    town: Division, pack: Pack, sections: Sequence[Section], *, at: datetime, overwrite: bool = False
) -> tuple[Change, ...]:
    """Write the sections of a pack; `overwrite` also writes over rows edited on screen."""
    found: list[Change] = []
    for one in sections:
        wanted = one.wanted(pack)
        before = _before(town, one.name)
        changes = compare(one.name, wanted, one.stored(town), before)
        writing = {
            change.key: wanted[change.key]
            for change in changes
            if change.kind != "gone" and (overwrite or change.kind in ("new", "changed"))
        }
        if writing:
            one.put(town, writing, at)
        for change in changes:
            written = change.key in writing
            if change.kind == "gone":
                written = one.end(town, change.key, at)
                PackRow.objects.filter(town=town, section=one.name, key=change.key).delete()
            found.append(Change(**{**change.__dict__, "written": written}))
        kept = {change.key for change in found if change.section == one.name and not change.written}
        _remember(town, one.name, {key: said for key, said in wanted.items() if key not in kept}, before)
    return tuple(found)


def _remember(town: Division, section: str, said: Mapping[str, Content], before: Mapping[str, Content]) -> None:
    """Keep what the pack said of each row, for the next comparison."""
    rows = [
        PackRow(town=town, section=section, key=key, digest=digest_of(content), content=dict(content))
        for key, content in said.items()
        if before.get(key) != content
    ]
    PackRow.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["town", "section", "key"],
        update_fields=["digest", "content"],
        batch_size=200,
    )


@transaction.atomic
def journal_change(
    *,
    town: Division,
    pack: str,
    version: str,
    digest: str,
    changes: Sequence[Change],
    at: datetime,
    by: Person | None = None,
) -> None:
    """Write one line of the journal of loads and of edits on screen."""
    PackLoad.objects.create(
        town=town,
        pack=pack,
        version=version,
        digest=digest,
        loaded_at=at,
        changes=[one.to_json() for one in changes],
        by=by,
    )

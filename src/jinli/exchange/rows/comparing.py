"""What a row says that the mirror does not: changed fields, and what only a person can decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from jinli.exchange.rows.records import Record

#: Differences that no import settles by itself, and who owns the truth of the field.
STARTED, REOPENED, CLOSED_MOVED, VANISHED = "start_changed", "reopened", "closed_moved", "vanished"
OWNERS: Final[Mapping[str, str]] = {STARTED: "there", REOPENED: "there", CLOSED_MOVED: "there", VANISHED: "there"}
#: Fields of which a change is no change of the matter: notes of our own reading.
_NOT_COMPARED: Final = frozenset({"point_note"})


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """How a row stands to its mirror.

    Attributes
    ----------
    changes : field -> (from, to) of what the import takes over; personal fields only say that they changed.
    disputes : kind -> (here, there) of what waits for a person.
    """

    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    disputes: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def unchanged(self) -> bool:
        """Return whether there is nothing to write."""
        return not self.changes and not self.disputes


def compare(before: Mapping[str, Any], personal: str, record: Record, fingerprint: str) -> Comparison:
    """Return what the row changes against the values last imported."""
    after = record.values
    if after == before and personal == fingerprint:
        return NOTHING
    changes: dict[str, tuple[str, str]] = {}
    disputes: dict[str, tuple[str, str]] = {}
    for name in before.keys() | after.keys():
        old, new = str(before.get(name) or ""), str(after.get(name) or "")
        if old == new or name in _NOT_COMPARED:
            continue
        if name == "opened_at":
            disputes[STARTED] = (old, new)
        elif name == "closed_at" and old:
            disputes[CLOSED_MOVED if new else REOPENED] = (old, new)
        else:
            changes[name] = (old, new)
    if personal != fingerprint:
        changes["personal"] = ("", "")
    return Comparison(changes=dict(sorted(changes.items())), disputes=disputes)


NOTHING: Final = Comparison()

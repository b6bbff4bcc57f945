"""What an import tells the engine: how a row opens a mirror, and which moves a changed row makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from jinli.cases.services.mirroring import MirrorMove, MirrorOpening
from jinli.cases.services.opening import OpenCase
from jinli.cases.services.told import told_as
from jinli.domain.limits import TimeLimit, Unit
from jinli.exchange.rows.comparing import Comparison
from jinli.exchange.rows.limits import LimitRule, terms_for
from jinli.exchange.rows.records import Record
from jinli.town.models import Place

#: Fields that the journal keeps as facts of the case, under the names that pages read.
_FACTS: Final = {
    "stage": "foreign_stage",
    "link": "foreign_link",
    "body_there": "body_there",
    "place_there": "place_there",
    "class_there": "class_there",
    "channel": "channel_there",
}


@dataclass(frozen=True, kw_only=True)
class Teller:
    """Turns rows of one source into openings and moves.

    Attributes
    ----------
    owner : code of the body that watches the source, and handles what names no body of ours.
    by_class : the limits of the town's own class standards, where a class has exactly one.
    """

    source_code: str
    source_name: str
    owner: str
    rules: Sequence[LimitRule]
    by_class: Mapping[str, TimeLimit]
    places: Mapping[str, Place]

    def opening(self, record: Record, *, links: Sequence[tuple[UUID, str]] = ()) -> MirrorOpening:
        """Return how this row opens its mirror, closed again at once where it is closed there."""
        values = record.values
        spec = told_as(
            self._opened,
            title=self.title(values),
            class_code=str(values.get("class_code", ""))[:40],
            place=self.places.get(str(values.get("place_code", ""))),
            foreign_number=record.foreign_number,
            happened_at=record.opened_at and record.opened_at.astimezone(UTC),
            lon=_number(values.get("lon")),
            lat=_number(values.get("lat")),
            terms=self.terms(record),
            bodies={"owner": self.owner, "handler": self.handler(values)},
            facts=self.facts(values),
            private=payload_of(record),
        )
        then = [self.closing(record.closed_at)] if record.closed_at is not None else []
        return MirrorOpening(spec=spec, then=then, links=tuple(links))

    @cached_property
    def _opened(self) -> OpenCase:
        """Return what the openings of every row have in common."""
        record = f"external:{self.source_code}"
        return OpenCase(type_code="mirror", title="", channel="import", system_of_record=record)

    def terms(self, record: Record) -> dict[str, TimeLimit]:
        """Return every limit that is known of a row: their date, and the town's own."""
        found = terms_for(self.rules, record.values, by_class=self.by_class, has_clock=record.opened_with_clock)
        if record.due_at is not None:
            found["target"] = self.target(record.due_at)
        return found

    def target(self, due: datetime) -> TimeLimit:
        """Return the date of the other system as a limit; `due` is exclusive."""
        return TimeLimit(amount=1, unit=Unit.FIXED, fixed_at=due.astimezone(UTC), source=self.source_name)

    def title(self, values: Mapping[str, Any]) -> str:
        """Return what lists show: the title where it names nobody, else the class, else the name of the system."""
        return str(values.get("title") or values.get("class_there") or self.source_name)[:120]

    def handler(self, values: Mapping[str, Any]) -> str:
        """Return the code of the body that owes it."""
        return str(values.get("body_code") or self.owner)

    def facts(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the journal keeps of the row beside its columns."""
        return {fact: value for name, fact in _FACTS.items() if (value := values.get(name))}

    def moves(self, comparison: Comparison, record: Record, *, is_open: bool) -> list[MirrorMove]:
        """Return the moves by which the mirror follows its original."""
        changes = {name: list(pair) for name, pair in comparison.changes.items()}
        closing = changes.pop("closed_at", None)
        found: list[MirrorMove] = []
        if changes:
            values = record.values
            moved = is_open and "due_at" in changes
            facts: dict[str, Any] = {"changed": changes, **self.facts(values)}
            if changes.keys() & {"title", "class_there"}:
                facts["title"] = self.title(values)
            if "class_code" in changes:
                facts["class_code"] = str(values.get("class_code", ""))[:40]
            found.append(
                MirrorMove(
                    move="date_moved_there" if moved else "changed_there",
                    facts=facts,
                    terms={"target": self.target(record.due_at)} if moved and record.due_at is not None else {},
                    bodies={"handler": self.handler(values)} if is_open and "body_code" in changes else {},
                    private=payload_of(record) if "personal" in changes else {},
                )
            )
        if closing is not None and is_open and record.closed_at is not None:
            found.append(self.closing(record.closed_at))
        return found

    def closing(self, at: datetime) -> MirrorMove:
        """Return the move that closes the mirror at the moment it was closed there."""
        return told_as(_CLOSED, happened_at=at.astimezone(UTC))


_CLOSED: Final = MirrorMove(move="closed_there")
#: Under these names pages find, mask and show in full what a payload says of people.
_PAYLOAD: Final = {"reporter_name": "name", "reporter_phone": "telephone"}


def payload_of(record: Record) -> dict[str, str]:
    """Return the erasable payload of a row; a title that residents write stands before their text."""
    found = dict(record.personal)
    title = found.pop("title", "")
    for name, shown in _PAYLOAD.items():
        if name in found:
            found[shown] = found.pop(name)
    if title:
        found["text"] = f"{title}\n{found['text']}" if found.get("text") else title
    return found


def _number(text: Any) -> float | None:
    return float(text) if text else None

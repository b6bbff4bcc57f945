"""One application in hand: its case, its present form, its item, and what its papers rest on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from jinli.cases.book import organisation_id
from jinli.cases.models import Case, Entry
from jinli.cases.selectors.names import named
from jinli.cases.work import Work, in_hand
from jinli.domain.state import AssignmentState, ClockState
from jinli.lines.services.selectors.pinned_item import limits_of, pinned_item
from jinli.lines.services.selectors.procedures import PROCEDURES, kind_of
from jinli.packs.items import ItemRow
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.models import Organisation
from jinli.ui.words import tongue

#: What an applicant said, part by part: a later part is laid over the earlier one, field by field.
LAID_OVER: Final = ("form", "situation", "sources", "files", "for")


@dataclass(frozen=True, kw_only=True)
class Matter:
    """An application as somebody who acts on it needs it.

    Attributes
    ----------
    work : the case with everything that is already due applied in memory.
    private : what the applicant said, later corrections laid over the first; empty once it was lawfully erased.
    item : the pinned edition of the item; None for a case that names none.
    first_payload : where the words of the application itself are kept; None once they were erased.
    """

    acting: Acting
    case: Case
    work: Work
    private: Mapping[str, Any]
    item: ItemRow | None
    now: datetime
    first_payload: UUID | None = None

    @property
    def procedure(self) -> str:
        """Return the kind of the procedure, whose law it follows."""
        return kind_of(self.work.procedure.code)

    @property
    def materials(self) -> dict[str, str]:
        """Return how each material stands, by code."""
        found = self.work.state.facts.get("materials") or {}
        return {str(code): str(state) for code, state in found.items()}

    @property
    def names(self) -> dict[str, str]:
        """Return the names of the materials in the reader's language, by code."""
        rows = self.item.materials if self.item else ()
        return {row.code: (tongue() == "en" and row.name_en) or row.name for row in rows}

    @property
    def open_opinions(self) -> tuple[AssignmentState, ...]:
        """Return the opinions asked for that are neither in nor taken back."""
        return self.work.state.open_assignments()

    @property
    def limits(self) -> Mapping[str, Any]:
        """Return the limits that the item gives: law and promise."""
        return limits_of(self.item) if self.item else {}

    def did(self, move: str) -> bool:
        """Return whether a move was made on the case."""
        return any(act.move == move for act in self.work.state.acts)

    def clock(self, code: str) -> ClockState | None:
        """Return the clock of this code that runs or stands still."""
        return self.work.state.running(code, "case")

    def body_names(self, *codes: str) -> dict[str, str]:
        """Return the names of some bodies by code. One query."""
        ids = {organisation_id(self.case.town, code): code for code in codes if code}
        return {ids[row.pk]: named(row) for row in Organisation.objects.filter(pk__in=ids)}


def matter_of(acting: Acting, case_id: UUID, *, lock: bool = False) -> Matter:
    """Return an application of the town of the one who acts. Two queries, three for an edition not met before.

    Raises
    ------
    Case.DoesNotExist : there is no such application in that town.
    """
    rows = Case.objects.filter(pk=case_id, town=acting.town, type_code__in=PROCEDURES).select_related(
        "town__parent", "reporter"
    )
    case = (rows.select_for_update(of=("self",)) if lock else rows).get()
    entries = list(Entry.objects.filter(case=case).order_by("seq").select_related("payload"))
    now = moment.now()
    work = in_hand(case, [one.body for one in entries])
    work.settle(now)
    said = [json.loads(one.payload.text) for one in entries if getattr(one, "payload", None) is not None]
    reference = str(work.state.facts.get("item", ""))
    return Matter(
        acting=acting,
        case=case,
        work=work,
        private=present(said),
        item=pinned_item(case.town, reference) if reference else None,
        now=now,
        first_payload=entries[0].pk if getattr(entries[0], "payload", None) is not None else None,
    )


def present(said: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the present form: what was said first, with what was said later laid over it."""
    found: dict[str, Any] = {}
    for one in said:
        for name, value in one.items():
            if name in LAID_OVER and isinstance(value, dict):
                found[name] = {**found.get(name, {}), **value}
            elif name not in found or name in {"name", "telephone", "address", "agent"}:
                found[name] = value
    return found

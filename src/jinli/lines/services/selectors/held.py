"""What the town holds of a party already, and where each value came from, so that it is shown and not asked again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from jinli.cases.models import Case, Entry, Grant
from jinli.domain.grants import GrantState
from jinli.lines.services.selectors.items import Item
from jinli.lines.services.selectors.procedures import PROCEDURES
from jinli.packs.items import FieldRow, ItemRow
from jinli.town.models import Division, PartyFact
from jinli.town.selectors import local_day

#: Earlier cases that are looked through, the newest first.
LOOKED_THROUGH: Final = 20
CASE, RECORD = "case", "record"
_HANDED: Final = frozenset({"given", "held"})


@dataclass(frozen=True, kw_only=True)
class Held:
    """A value the town holds: the day it was learnt, and the earlier case it was stated in, if any."""

    value: Any
    on: date
    kind: str = RECORD
    number: str = ""
    title: str = ""

    @property
    def source(self) -> str:
        """Return the source as a case keeps it: `case:<number>` or `record:<day>`."""
        return f"{CASE}:{self.number}" if self.number else f"{RECORD}:{self.on.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class HeldOf:
    """What is held of one party for one item: by code of the field, by code of the material, by attribute."""

    fields: Mapping[str, Held] = field(default_factory=dict)
    materials: Mapping[str, Held] = field(default_factory=dict)
    attributes: Mapping[str, Held] = field(default_factory=dict)


NOTHING: Final = HeldOf()


def held_of(town: Division, party: UUID | None, item: Item) -> HeldOf:
    """Return what the town holds of a party that this item would ask. Three statements; none without a party.

    One more for an item that asks for what somebody was granted here.

    A field fills from the fact of its attribute, else from the same field of the party's last case of the same item;
    a material from a fact, from a material handed in with an earlier case, or from a grant in force, as its `held_as`
    says.
    """
    if party is None:
        return NOTHING
    found = Case.objects.filter(town=town, reporter=party, type_code__in=PROCEDURES)
    rows = list(found.order_by("-opened_at", "-id")[:LOOKED_THROUGH])
    cases = {one.pk: one for one in rows}
    attributes = _attributes(town, party, cases)
    told = _told(cases)
    return HeldOf(
        fields=dict(_fields(town, item.row, attributes, told, rows)),
        materials={**dict(_materials(town, item.row, attributes, told, rows)), **_grants(town, party, item.row)},
        attributes=attributes,
    )


def _attributes(town: Division, party: UUID, cases: Mapping[UUID, Case]) -> dict[str, Held]:
    rows = PartyFact.objects.filter(party=party, party__town=town, valid_to=None).order_by("recorded_at")
    found = {}
    for one in rows:
        case = cases.get(one.source_case) if one.source_case else None
        found[one.attribute_id] = _held(one.value, one.valid_from or local_day(town, one.recorded_at), case)
    return found


def _held(value: Any, on: date, case: Case | None) -> Held:
    if case is None:
        return Held(value=value, on=on)
    return Held(value=value, on=on, kind=CASE, number=case.number, title=case.title)


@dataclass(kw_only=True)
class _Told:
    """What was told in one case: the form as it was corrected last, and how each material stands."""

    form: dict[str, Any] = field(default_factory=dict)
    materials: dict[str, str] = field(default_factory=dict)


def _told(cases: Mapping[UUID, Case]) -> dict[UUID, _Told]:
    found = {pk: _Told() for pk in cases}
    for entry in Entry.objects.filter(case__in=list(cases)).select_related("payload").order_by("case_id", "seq"):
        told, facts = found[entry.case_id], json.loads(entry.body).get("facts", {})
        told.materials.update(facts.get("materials", {}))
        payload = getattr(entry, "payload", None)
        if payload is not None:
            told.form.update(json.loads(payload.text).get("form", {}))
    return found


def _fields(
    town: Division, item: ItemRow, attributes: Mapping[str, Held], told: Mapping[UUID, _Told], rows: list[Case]
) -> Iterator[tuple[str, Held]]:
    same = next((one for one in rows if one.class_code == item.code), None)
    for one in item.form:
        if one.attribute and one.attribute in attributes:
            yield one.code, attributes[one.attribute]
        elif same is not None and _may_stay(one) and told[same.pk].form.get(one.code):
            yield one.code, _held(told[same.pk].form[one.code], local_day(town, same.opened_at), same)


def _may_stay(one: FieldRow) -> bool:
    """Return whether an answer of last time is worth showing: who somebody is stays, what they apply for does not."""
    return one.kind in {"person_name", "telephone", "address", "id_number", "credit_code", "bank_account", "group"}


def _materials(
    town: Division, item: ItemRow, attributes: Mapping[str, Held], told: Mapping[UUID, _Told], rows: list[Case]
) -> Iterator[tuple[str, Held]]:
    for one in item.materials:
        kind, _, name = one.held_as.partition(":")
        if kind == "fact" and name in attributes:
            yield one.code, attributes[name]
        elif kind == "material":
            case = next((row for row in rows if told[row.pk].materials.get(name) in _HANDED), None)
            if case is not None:
                yield one.code, _held(name, local_day(town, case.opened_at), case)


def _grants(town: Division, party: UUID, item: ItemRow) -> dict[str, Held]:
    """Return the materials that a grant in force stands for."""
    wanted = {one.held_as.partition(":")[2]: one.code for one in item.materials if one.held_as.startswith("grant:")}
    if not wanted:
        return {}
    rows = Grant.objects.filter(town=town, holder=party, kind__in=wanted, state=GrantState.VALID.value)
    return {wanted[row.kind]: Held(value=row.number, on=row.valid_from) for row in rows.order_by("valid_from", "id")}

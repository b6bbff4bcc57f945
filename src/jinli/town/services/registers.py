"""What the town room writes: parties and what is known of them, places filled in on screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import FilteredRelation, Q

from jinli.domain.errors import ConflictError, InvalidInputError, RefusedError
from jinli.town.acting import Acting
from jinli.town.inserts import Batch, insert
from jinli.town.loading import Change, digest_of, journal_change
from jinli.town.models import Attribute, Division, Party, PartyFact, Person, Place, Status
from jinli.town.moment import now
from jinli.town.pack_places import place_content, place_key
from jinli.town.selectors import local_day
from jinli.town.stamps import renew_time_stamps

NAME, TELEPHONE, ADDRESS = "name", "telephone", "address"


@dataclass(frozen=True, kw_only=True)
class Met:
    """Somebody the town meets for the first time, and what they said of themselves; not yet written."""

    party: Party
    facts: tuple[PartyFact, ...]


def new_party(
    *,
    town: Division,
    name: str = "",
    telephone: str = "",
    address: str = "",
    kind: str = Party.Kind.RESIDENT,
    source_case: UUID | None = None,
    at: datetime | None = None,
) -> Met:
    """Return the rows of somebody the town meets for the first time, for who writes them with a case.

    Nobody is recognised by name or telephone: whether two are one is decided by a person, never here.
    """
    moment = at or now()
    party = Party(town=town, kind=kind)
    day = local_day(town, moment)
    said = {NAME: name.strip(), TELEPHONE: telephone.strip(), ADDRESS: address.strip()}
    facts = tuple(
        PartyFact(
            party=party,
            attribute_id=attribute,
            value=value,
            source_case=source_case,
            recorded_at=moment,
            valid_from=day,
        )
        for attribute, value in said.items()
        if value
    )
    return Met(party=party, facts=facts)


def meet_party(*, town: Division, **said: Any) -> Party:
    """Note somebody the town meets for the first time, as `new_party` takes it. Two statements."""
    met = new_party(town=town, **said)
    with transaction.atomic():
        insert(Batch(rows=[met.party]), Batch(rows=met.facts))
    return met.party


@transaction.atomic
def record_fact(
    *, party: Party, attribute: str, value: str, source_case: UUID | None = None, at: datetime | None = None
) -> PartyFact:
    """Record what became known of a party; the fact it replaces ends the day before, and stays.

    The same value again changes nothing. Raises InvalidInputError `town.no_such_attribute`, `town.fact_empty`.
    """
    text = value.strip()
    if not text:
        raise InvalidInputError("town.fact_empty", field=attribute)
    if not Attribute.objects.filter(code=attribute).exists():
        raise InvalidInputError("town.no_such_attribute", field="attribute", found=attribute)
    moment = at or now()
    day = local_day(party.town, moment)
    present = PartyFact.objects.filter(party=party, attribute_id=attribute, valid_to=None)
    same = present.filter(value=text).first()
    if same is not None:
        return same
    present.update(valid_to=day - timedelta(days=1))
    return PartyFact.objects.create(
        party=party,
        attribute_id=attribute,
        value=text,
        source_case=source_case,
        recorded_at=moment,
        valid_from=day,
    )


@transaction.atomic
def record_stated(
    *, town: Division, party: UUID, said: Mapping[str, str], source_case: UUID | None = None, at: datetime | None = None
) -> int:
    """Record what a party stated, attribute -> value, and return how many facts are new. At most three statements.

    As `record_fact`: the fact that is replaced ends the day before and stays, the same value again changes nothing,
    and `source_case` says where it was stated. Raises InvalidInputError `town.no_such_attribute`.
    """
    stated = {attribute: value.strip() for attribute, value in said.items() if value.strip()}
    if not stated:
        return 0
    present = Q(partyfact__party=party, partyfact__valid_to=None)
    rows = list(
        Attribute.objects.filter(code__in=stated)
        .annotate(fact=FilteredRelation("partyfact", condition=present))
        .values_list("code", "fact__id", "fact__value")
    )
    for attribute in stated.keys() - {code for code, _, _ in rows}:
        raise InvalidInputError("town.no_such_attribute", field="attribute", found=attribute)
    moment = at or now()
    day = local_day(town, moment)
    same = {code for code, _, value in rows if value == stated[code]}
    replaced = [pk for code, pk, _ in rows if pk is not None and code not in same]
    if replaced:
        PartyFact.objects.filter(pk__in=replaced).update(valid_to=day - timedelta(days=1))
    new = [
        PartyFact(
            party_id=party, attribute_id=attribute, value=value, source_case=source_case, recorded_at=moment,
            valid_from=day,
        )
        for attribute, value in stated.items()
        if attribute not in same
    ]  # fmt: skip
    PartyFact.objects.bulk_create(new)
    return len(new)


def facts_of(party: Party) -> dict[str, str]:
    """Return what is known of a party now, attribute -> value."""
    rows = PartyFact.objects.filter(party=party, valid_to=None).order_by("recorded_at")
    return {one.attribute_id: one.value for one in rows}


_EDITABLE = frozenset(
    {"name", "name_en", "kind", "reading", "source", "area_km2", "population", "point_lon", "point_lat", "crs"}
    | {"valid_to", "members", "ordinal"}
)
_EDITORS = frozenset({"administrator", "command_centre"})


@transaction.atomic
def edit_place(
    place: Place, *, acting: Acting, said: Mapping[str, Any], version: str, at: datetime | None = None
) -> Change:
    """Fill in or correct a place on screen; journaled beside the loads of the pack, which will not overwrite it.

    `version` is `place_version` of the row the page showed. A row that was unknown becomes confirmed once it has a
    name and a source. Raises RefusedError `town.place.not_yours`, InvalidInputError naming the field, ConflictError
    `town.place.changed_meanwhile`.
    """
    if place.town_id != acting.town or not acting.roles & _EDITORS:
        raise RefusedError("town.place.not_yours")
    unknown = sorted(said.keys() - _EDITABLE)
    if unknown:
        raise InvalidInputError("town.place.no_such_field", field=unknown[0])
    moment = at or now()
    row = Place.objects.select_for_update().get(pk=place.pk)
    before = place_content(row)
    if digest_of(before) != version:
        raise ConflictError("town.place.changed_meanwhile", name=row.name)
    for name, value in said.items():
        if name != "members":
            setattr(row, name, _typed(name, value))
    if not row.name.strip():
        raise InvalidInputError("town.place.name_missing", field="name")
    if row.status == Status.UNKNOWN and row.name != before["name"]:
        if not row.source.strip() or row.source == before["source"]:
            raise InvalidInputError("town.place.source_missing", field="source")
        row.status = Status.CONFIRMED
    row.save()
    if "members" in said:
        row.members.set(Place.objects.filter(town=row.town, code__in=list(said["members"])))
    after = place_content(row)
    fields = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    change = Change(section="places", key=place_key(row), kind="edited", fields=fields, written=True)
    if fields:
        by = Person.objects.get(pk=acting.person) if acting.person else None
        journal_change(
            town=row.town, pack="screen", version="", digest=digest_of(after), changes=(change,), at=moment, by=by
        )
        renew_time_stamps(row.town)
    return change


def place_version(place: Place) -> str:
    """Return what an edit page carries to show which state of the row it was opened on."""
    return digest_of(place_content(place))


def _typed(name: str, value: Any) -> Any:
    """Return a field of a place as its column keeps it; empty stays unknown."""
    empty = value in ("", None)
    try:
        if name == "area_km2":
            return None if empty else Decimal(str(value))
        if name == "population":
            return None if empty else int(value)
        if name in ("point_lon", "point_lat"):
            return None if empty else float(value)
        if name == "valid_to":
            return None if empty else date.fromisoformat(str(value))
        if name == "ordinal":
            return int(value or 0)
    except (ValueError, InvalidOperation):
        raise InvalidInputError("town.place.bad_value", field=name, found=value) from None
    choices = {"kind": Place.Kind.values, "reading": ["", *Place.Reading.values], "crs": ["", *Place.Crs.values]}
    if name in choices and value not in choices[name]:
        raise InvalidInputError("town.place.bad_value", field=name, found=value)
    return str(value).strip()

"""The sections of a pack that the town room reads, and the one door through which a pack is loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from jinli.packs.pack import Pack
from jinli.packs.sections import (
    AttributeRow,
    CalendarYearRow,
    DutyLineRow,
    DutyRow,
    OrganisationRow,
    PersonRow,
    content_of,
    key_of,
)
from jinli.town.loading import Change, Content, LoadReport, Section, difference, journal_change, write_sections
from jinli.town.models import (
    Appointment,
    Attribute,
    CalendarYear,
    Division,
    Duty,
    DutyLine,
    OfficeHours,
    Organisation,
    PackLoad,
    Person,
)
from jinli.town.moment import now
from jinli.town.pack_facts import FACTS
from jinli.town.pack_places import PLACES
from jinli.town.pack_powers import DELEGATIONS, WAVES
from jinli.town.selectors import chain_of, organisations_by_code
from jinli.town.stamps import renew_time_stamps


def day(text: str | None) -> date | None:
    """Return a day of a content."""
    return date.fromisoformat(text) if text else None


def iso(value: date | None) -> str | None:
    """Return a day as a content writes it."""
    return value.isoformat() if value else None


class DivisionSection:
    """The chain of divisions. Only the town's own row carries zone, settings and the mark of simulation."""

    name = "divisions"

    def wanted(self, pack: Pack) -> Mapping[str, Content]:
        found: dict[str, Content] = {}
        for one in pack.divisions:
            content = content_of(one)
            if one.level == "town":
                settings = content_of(pack.settings) | {
                    "languages": list(pack.head.languages),
                    "lines": list(pack.head.lines),
                }
                content |= {"zone": pack.head.zone, "settings": settings, "simulated": pack.simulated}
            found[one.code] = content
        return found

    def stored(self, town: Division) -> Mapping[str, Content]:
        found = {}
        for one in reversed(chain_of(town)):
            content: dict[str, Any] = {
                "code": one.code,
                "level": one.level,
                "name": one.name,
                "name_en": one.name_en,
            }
            if one.pk == town.pk:
                content |= {"zone": one.zone, "settings": one.settings, "simulated": one.simulated}
            found[one.code] = content
        return found

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        for code, content in contents.items():
            Division.objects.filter(code=code).update(**content)
        town.refresh_from_db()

    def end(self, town: Division, key: str, at: datetime) -> bool:
        """A division leaves no chain by a pack."""
        return False


def lay_chain(pack: Pack) -> tuple[Division, tuple[Change, ...]]:
    """Return the town, and a change for every division of its chain that was not there yet and is made."""
    above: Division | None = None
    made: list[Change] = []
    for one in DivisionSection().wanted(pack).values():
        said = {"zone": pack.head.zone, **one}
        above, new = Division.objects.get_or_create(code=one["code"], defaults=said | {"parent": above})
        if new:
            fields = {name: (None, value) for name, value in said.items()}
            made.append(Change(section="divisions", key=one["code"], kind="new", fields=fields, written=True))
    assert above is not None  # the pack check refuses an empty chain
    return above, tuple(made)


class OfficeHoursSection:
    """Office hours of the divisions of the chain."""

    name = "office_hours"

    def wanted(self, pack: Pack) -> Mapping[str, Content]:
        contents = [content_of(one) | {"division": one.division or pack.head.town} for one in pack.office_hours]
        return {f"{one['division']}|{one['valid_from'] or ''}": one for one in contents}

    def stored(self, town: Division) -> Mapping[str, Content]:
        rows = OfficeHours.objects.filter(division__in=chain_of(town)).select_related("division")
        return {
            f"{one.division.code}|{iso(one.valid_from) or ''}": {
                "division": one.division.code,
                "spans": one.spans,
                "valid_from": iso(one.valid_from),
                "valid_to": iso(one.valid_to),
                "status": one.status,
                "source": one.source,
            }
            for one in rows
        }

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        chain = {one.code: one for one in chain_of(town)}
        for content in contents.values():
            OfficeHours.objects.update_or_create(
                division=chain[content["division"]],
                valid_from=day(content["valid_from"]),
                defaults={name: content[name] for name in ("spans", "status", "source")}
                | {"valid_to": day(content["valid_to"])},
            )
            renew_time_stamps(chain[content["division"]])

    def end(self, town: Division, key: str, at: datetime) -> bool:
        """Hours gone from the pack stay in force until a row says when they ended."""
        return False


class AttributeSection:
    """What kinds of facts can be known of a party."""

    name = "attributes"

    def wanted(self, pack: Pack) -> Mapping[str, Content]:
        return {one.code: content_of(one) for one in pack.section("attributes", AttributeRow)}

    def stored(self, town: Division) -> Mapping[str, Content]:
        names = ("code", "title", "title_en", "unit", "owner", "sensitivity", "retention_months")
        return {one["code"]: one for one in Attribute.objects.values(*names)}

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        for code, content in contents.items():
            Attribute.objects.update_or_create(code=code, defaults=dict(content))

    def end(self, town: Division, key: str, at: datetime) -> bool:
        """Facts may stand under it."""
        return False


class OrganisationSection:
    """Bodies by name and duty."""

    name = "organisations"

    def wanted(self, pack: Pack) -> Mapping[str, Content]:
        rows = {one.code: one for one in pack.section("organisations", OrganisationRow)}

        def depth(code: str) -> int:
            return 1 + depth(rows[code].parent) if code in rows else 0

        ordered = sorted(rows.values(), key=lambda one: depth(one.code))
        return {one.code: content_of(one) | {"division": one.division or pack.head.town} for one in ordered}

    def stored(self, town: Division) -> Mapping[str, Content]:
        rows = organisations_by_code(town)
        parents = {one.pk: one.code for one in rows.values()}
        return {
            code: {
                "division": one.division.code,
                "code": one.code,
                "name": one.name,
                "name_en": one.name_en,
                "kind": one.kind,
                "parent": parents.get(one.parent_id, "") if one.parent_id else "",
                "status": one.status,
                "source": one.source,
                "valid_from": iso(one.valid_from),
                "valid_to": iso(one.valid_to),
            }
            for code, one in rows.items()
        }

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        chain = {one.code: one for one in chain_of(town)}
        bodies = organisations_by_code(town)
        for code, content in contents.items():
            bodies[code], _ = Organisation.objects.update_or_create(
                division=chain[content["division"]],
                code=code,
                defaults={name: content[name] for name in ("name", "name_en", "kind", "status", "source")}
                | {
                    "parent": bodies[content["parent"]] if content["parent"] else None,
                    "valid_from": day(content["valid_from"]),
                    "valid_to": day(content["valid_to"]),
                },
            )

    def end(self, town: Division, key: str, at: datetime) -> bool:
        """A body may still owe something; it ends by its own `valid_to`."""
        return False


class DutySection:
    """Posts."""

    name = "duties"

    def wanted(self, pack: Pack) -> Mapping[str, Content]:
        return {key_of(self.name, one): content_of(one) for one in pack.section("duties", DutyRow)}

    def stored(self, town: Division) -> Mapping[str, Content]:
        rows = Duty.objects.filter(organisation__division__in=chain_of(town)).select_related("organisation")
        return {
            f"{one.organisation.code}|{one.code}": {
                "organisation": one.organisation.code,
                "code": one.code,
                "title": one.title,
                "title_en": one.title_en,
                "role": one.role,
            }
            for one in rows
        }

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        bodies = organisations_by_code(town)
        for content in contents.values():
            Duty.objects.update_or_create(
                organisation=bodies[content["organisation"]],
                code=content["code"],
                defaults={name: content[name] for name in ("title", "title_en", "role")},
            )

    def end(self, town: Division, key: str, at: datetime) -> bool:
        """Acts were done under it."""
        return False


class DutyLineSection:
    """The duty list."""

    name = "duty_lines"

    def wanted(self, pack: Pack) -> Mapping[str, Content]:
        rows = pack.section("duty_lines", DutyLineRow)
        return {one.code: content_of(one) | {"division": one.division or pack.head.town} for one in rows}

    def stored(self, town: Division) -> Mapping[str, Content]:
        rows = DutyLine.objects.filter(division__in=chain_of(town)).select_related("division", "lead")
        return {
            one.code: {
                "division": one.division.code,
                "code": one.code,
                "number": one.number,
                "title": one.title,
                "kind": one.kind,
                "lead": one.lead.code if one.lead else "",
                "legal_basis": one.legal_basis,
                "status": one.status,
                "source": one.source,
                "valid_from": iso(one.valid_from),
                "valid_to": iso(one.valid_to),
            }
            for one in rows
        }

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        chain = {one.code: one for one in chain_of(town)}
        bodies = organisations_by_code(town)
        names = ("number", "title", "kind", "legal_basis", "status", "source")
        for code, content in contents.items():
            DutyLine.objects.update_or_create(
                division=chain[content["division"]],
                code=code,
                defaults={name: content[name] for name in names}
                | {
                    "lead": bodies[content["lead"]] if content["lead"] else None,
                    "valid_from": day(content["valid_from"]),
                    "valid_to": day(content["valid_to"]),
                },
            )

    def end(self, town: Division, key: str, at: datetime) -> bool:
        """Whistles name it; a line ends by its own `valid_to`."""
        return False


class PersonSection:
    """Simulated persons and their hats. They get no password here."""

    name = "persons"

    def wanted(self, pack: Pack) -> Mapping[str, Content]:
        rows = pack.section("persons", PersonRow)
        contents = [content_of(one) | {"in_name_of": one.in_name_of or one.organisation} for one in rows]
        return {self._key(one): one for one in contents}

    @staticmethod
    def _key(content: Content) -> str:
        names = ("username", "organisation", "duty", "hat", "in_name_of", "valid_from")
        return "|".join(content[name] or "" for name in names)

    def stored(self, town: Division) -> Mapping[str, Content]:
        rows = Appointment.objects.filter(
            duty__organisation__division__in=chain_of(town), person__simulated=True
        ).select_related("person", "duty__organisation", "in_name_of")
        contents = [
            {
                "username": one.person.username,
                "name": one.person.name,
                "organisation": one.duty.organisation.code,
                "duty": one.duty.code,
                "hat": one.hat,
                "in_name_of": one.in_name_of.code,
                "valid_from": iso(one.valid_from),
                "valid_to": iso(one.valid_to),
            }
            for one in rows
        ]
        return {self._key(one): one for one in contents}

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        bodies = organisations_by_code(town)
        for content in contents.values():
            name = content["username"]
            # The simulated history names its people: their ids must be the same on every machine.
            same = {"id": uuid5(NAMESPACE_URL, f"simulated:{name}"), "name": content["name"], "simulated": True}
            person, made = Person.objects.get_or_create(username=name, defaults=same)
            if made:
                person.set_unusable_password()
            person.name = content["name"]
            person.save()
            Appointment.objects.update_or_create(
                person=person,
                duty=Duty.objects.get(organisation=bodies[content["organisation"]], code=content["duty"]),
                hat=content["hat"],
                in_name_of=bodies[content["in_name_of"]],
                valid_from=day(content["valid_from"]),
                defaults={"valid_to": day(content["valid_to"])},
            )

    def end(self, town: Division, key: str, at: datetime) -> bool:
        """An appointment ends by its own `valid_to`."""
        return False


SECTIONS: tuple[Section, ...] = (
    DivisionSection(),
    OfficeHoursSection(),
    AttributeSection(),
    OrganisationSection(),
    DutySection(),
    PLACES,
    DutyLineSection(),
    FACTS,
    WAVES,
    DELEGATIONS,
    PersonSection(),
)


def load_calendars(years: Sequence[CalendarYearRow], *, division: Division, at: datetime) -> tuple[Change, ...]:
    """Load calendar years of a nation: the same content does nothing, another makes the next edition.

    Running clocks are not touched here: the engine recomputes those whose span meets a changed day.
    """
    changes = []
    for one in years:
        days = [{"date": on, "name": name, "off": off} for on, name, off in one.days]
        paper = " ".join(one.papers)[:300]
        last = CalendarYear.objects.filter(division=division, year=one.year).order_by("-edition").first()
        if last and (last.days, last.published, last.paper) == (days, one.published, paper):
            continue
        CalendarYear.objects.create(
            division=division,
            year=one.year,
            edition=last.edition + 1 if last else 1,
            published=one.published,
            paper=paper,
            days=days,
            loaded_at=at,
        )
        edition = (last.edition if last else None, last.edition + 1 if last else 1)
        kind = "changed" if last else "new"
        fields = {"edition": edition}
        changes.append(Change(section="calendars", key=str(one.year), kind=kind, fields=fields, written=True))
    if changes:
        renew_time_stamps(division)
    return tuple(changes)


@transaction.atomic
def load_pack(
    pack: Pack,
    *,
    sections: Sequence[Section] = SECTIONS,
    overwrite: bool = False,
    by: Person | None = None,
    at: datetime | None = None,
) -> LoadReport:
    """Load a pack as one change of the database and return what differed.

    Rows edited on screen are kept and reported, unless `overwrite` is set. A second load of the same pack changes
    nothing and journals nothing. `sections` are those of the town and of the lines (`SECTIONS` of each `pack.py`).
    """
    moment = at or now()
    town, made = lay_chain(pack)
    nation = chain_of(town)[-1]
    calendars = load_calendars(pack.calendars, division=nation, at=moment)
    first = not PackLoad.objects.filter(town=town, digest=pack.digest).exists()
    changes = (*made, *calendars, *write_sections(town, pack, sections, at=moment, overwrite=overwrite))
    if any(one.written for one in changes):
        renew_time_stamps(nation)
    report = LoadReport(town=Division.objects.get(pk=town.pk), changes=changes)
    if report.written or first:
        journal_change(
            town=town,
            pack=pack.name,
            version=pack.version,
            digest=pack.digest,
            changes=report.written,
            at=moment,
            by=by,
        )
    return report


def pack_difference(pack: Pack, *, sections: Sequence[Section] = SECTIONS) -> tuple[Change, ...]:
    """Return every difference between a pack and the database, without writing anything."""
    town = Division.objects.filter(code=pack.head.town).first()
    return difference(town, pack, sections)

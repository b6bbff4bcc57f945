"""A town for the tests of cases: one command centre, one government, two departments, an arbitration office."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from jinli.cases import book, editions
from jinli.cases.editions import load_procedure
from jinli.town.acting import Acting
from jinli.town.models import Attribute, CalendarYear, Division, Duty, OfficeHours, Organisation, Person, Place
from tests.domain.procedures import sources

STANDARD = Path(__file__).parents[2] / "packs" / "_standard"
ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    """Read `2026-09-18 11:40` as town time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@dataclass(frozen=True)
class Small:
    town: Division
    organisations: dict[str, Organisation]
    people: dict[str, Person]
    places: dict[str, Place]

    def acting(self, person: str, body: str, role: str) -> Acting:
        found = self.organisations[body]
        return Acting(
            town=self.town.pk, person=self.people[person].pk, body=body, body_id=found.pk, home_id=found.pk,
            roles=frozenset({role}), duty=role,
        )  # fmt: skip

    @property
    def command(self) -> Acting:
        return self.acting("command", "command", "command_centre")

    @property
    def command_2(self) -> Acting:
        return self.acting("command2", "command", "command_centre")

    @property
    def head(self) -> Acting:
        return self.acting("head", "government", "town_head")

    @property
    def ecology(self) -> Acting:
        return self.acting("ecology", "ecology", "department_officer")

    @property
    def water(self) -> Acting:
        return self.acting("water", "water", "department_officer")

    @property
    def arbiter(self) -> Acting:
        return self.acting("arbiter", "whistle_office", "arbiter")

    @property
    def grid(self) -> Acting:
        return self.acting("grid", "village", "grid_worker")


def load_years(nation: Division, *, years: tuple[int, ...] = (2022, 2023, 2024, 2025, 2026, 2027)) -> None:
    for year in years:
        found = json.loads((STANDARD / "calendars" / f"{year}.json").read_text(encoding="utf-8"))
        days = [{"date": day["date"], "name": day["name"], "off": day["isOffDay"]} for day in found["days"]]
        CalendarYear.objects.create(
            division=nation, year=year, edition=1, published=bool(found["papers"]), days=days,
            loaded_at=datetime(2026, 1, 1, tzinfo=UTC),
        )  # fmt: skip


def build(code: str = "990101001") -> Small:
    """Build the town with the standard procedures and calendars."""
    book.forget()
    editions.forget()
    for attribute in ("name", "telephone", "address"):
        Attribute.objects.get_or_create(code=attribute, defaults={"title": attribute})
    nation = Division.objects.filter(code="99").first()
    if nation is None:
        nation = Division.objects.create(code="99", level="national", name="某国")
        load_years(nation)
    county = Division.objects.create(code=code[:-3], level="county", name="某区", parent=nation)
    town = Division.objects.create(code=code, level="town", name="某镇", parent=county)
    OfficeHours.objects.create(division=town, spans=[["08:30", "12:00"], ["14:30", "17:30"]], status="sample")
    organisations = {}
    for division, name, kind in (
        (town, "command", "office"),
        (town, "government", "government"),
        (town, "village", "village"),
        (county, "ecology", "department"),
        (county, "water", "department"),
        (county, "whistle_office", "arbitration"),
    ):
        organisations[name] = Organisation.objects.create(division=division, code=name, name=name, kind=kind)
    for body, role in (("command", "command_centre"), ("government", "town_head"), ("whistle_office", "arbiter")):
        Duty.objects.create(organisation=organisations[body], code=role, title=role, role=role)
    names = ("command", "command2", "head", "ecology", "water", "arbiter", "grid")
    people = {name: Person.objects.create(username=f"{name}-{code}", name=name) for name in names}
    places = {"east": Place.objects.create(town=town, code="east", kind="village", name="东围村", ordinal=1)}
    for found in sources():
        load_procedure(nation, found, datetime(2026, 1, 1, tzinfo=UTC))
    town.refresh_from_db()
    return Small(town=town, organisations=organisations, people=people, places=places)

"""Two small towns in two counties, with bodies and one person of every role, for every test that needs somebody.

    town = build()
    client.force_login(town.person("command_centre"))

All bodies carry （演示）. `other` is a town of another county with people of its own; nothing of it may be seen from
the first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.hashers import make_password

from jinli.town.acting import Acting
from jinli.town.hats import acting_of
from jinli.town.models import Appointment, Division, Duty, Organisation, Person, Place, Status

PASSWORD = "correct horse battery"  # what every person of the small towns signs in with
ROLES = tuple(str(role) for role in Duty.Role.values)


@dataclass(kw_only=True)
class SmallTown:
    """One town with the county above it; bodies by code, persons by role."""

    key: str
    county: Division
    division: Division
    bodies: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    other: SmallTown | None = None

    def person(self, role: str) -> Person:
        """Return the person who holds a role."""
        return self.people[role]

    def body(self, code: str) -> Organisation:
        """Return a body by its code."""
        return self.bodies[code]

    def acting(self, role: str) -> Acting:
        """Return how the person of a role acts under the default hat."""
        acting = acting_of(self.people[role], town_id=self.division.pk)
        assert acting is not None
        return acting

    def duty(self, role: str) -> Duty:
        """Return the post of the person of a role."""
        return Duty.objects.get(organisation__in=self.bodies.values(), code=role)

    @property
    def neighbour(self) -> SmallTown:
        """Return the other town."""
        assert self.other is not None
        return self.other


# code, whether it belongs to the county, kind, name
_BODIES = (
    ("town", False, Organisation.Kind.GOVERNMENT, "人民政府"),
    ("command", False, Organisation.Kind.OFFICE, "指挥中心"),
    ("village", False, Organisation.Kind.VILLAGE, "村委会"),
    ("hall", False, Organisation.Kind.OFFICE, "公共服务中心"),
    ("zone", False, Organisation.Kind.ZONE, "园区办"),
    ("water", True, Organisation.Kind.DEPARTMENT, "水利局"),
    ("housing", True, Organisation.Kind.DEPARTMENT, "住建局"),
    ("arbitration", True, Organisation.Kind.ARBITRATION, "指挥协调办"),
    ("audit", False, Organisation.Kind.OFFICE, "纪检审计办"),
)
# role, body, title
_POSTS = (
    ("grid_worker", "village", "网格员"),
    ("village_officer", "village", "村干部"),
    ("window_clerk", "hall", "综合窗口"),
    ("command_centre", "command", "值班员"),
    ("department_officer", "water", "经办"),
    ("department_head", "water", "负责人"),
    ("arbiter", "arbitration", "裁定员"),
    ("town_head", "town", "镇长"),
    ("auditor", "audit", "审计员"),
    ("administrator", "town", "管理员"),
)


def build() -> SmallTown:
    """Build the first town and, beside it, the other one in another county; return the first."""
    nation, _ = Division.objects.get_or_create(
        code="000000", defaults={"level": Division.Level.NATIONAL, "name": "全国", "simulated": True}
    )
    first = _town("a", nation, county="990101", town="990101001")
    first.other = _town("b", nation, county="990202", town="990202001")
    first.other.other = first
    return first


def _town(key: str, nation: Division, *, county: str, town: str) -> SmallTown:
    name = {"a": "甲", "b": "乙"}[key]
    district = Division.objects.create(
        code=county,
        level=Division.Level.COUNTY,
        name=f"{name}区",
        name_en=f"District {key}",
        parent=nation,
        simulated=True,
    )
    place = Division.objects.create(
        code=town, level=Division.Level.TOWN, name=f"{name}镇", name_en=f"Town {key}", parent=district, simulated=True
    )
    made = SmallTown(key=key, county=district, division=place)
    for code, of_county, kind, title in _BODIES:
        made.bodies[code] = Organisation.objects.create(
            division=district if of_county else place,
            code=code,
            name=f"{name}{'区' if of_county else '镇'}{title}（演示）",
            kind=kind,
            status=Status.SIMULATED,
        )
    hashed = make_password(PASSWORD)
    for role, body, title in _POSTS:
        made.people[role] = _person(key, role, title, hashed)
        duty = Duty.objects.create(organisation=made.bodies[body], code=role, title=title, role=role)
        hold(made.people[role], duty)
    for number, kind, title in (
        (1, "village", "东村"),
        (2, "community", "西社区"),
        (3, "unit", ""),
        (4, "grid", "一号网格"),
    ):
        made.places[title] = Place.objects.create(
            town=place,
            code=f"{town}{number:03}",
            kind=kind,
            name=f"{name}{title}" if title else "",
            ordinal=number,
            status=Status.SIMULATED if title else Status.UNKNOWN,
            organisation=made.bodies["village"] if number == 1 else None,
        )
    return made


def _person(key: str, role: str, title: str, hashed: str) -> Person:
    return Person.objects.create(
        username=f"{key}-{role}", name=f"{title}{key}（演示）", password=hashed, simulated=True
    )


def hold(
    person: Person,
    duty: Duty,
    *,
    hat: str = Appointment.Hat.OWN,
    in_name_of: Organisation | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    deputy_for: Appointment | None = None,
) -> Appointment:
    """Let a person hold a duty, by default for ever and in the name of its own body."""
    return Appointment.objects.create(
        person=person,
        duty=duty,
        hat=hat,
        in_name_of=in_name_of or duty.organisation,
        valid_from=valid_from,
        valid_to=valid_to,
        deputy_for=deputy_for,
    )

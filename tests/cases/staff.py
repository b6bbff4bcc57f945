"""The small town with people who can sign in, and the reports and whistles its pages show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client

from jinli.cases.models import Assignment, Case
from jinli.cases.services import OpenCase, make_move, open_case
from jinli.cases.services.moving import MakeMove
from jinli.domain.limits import TimeLimit, Unit
from jinli.town.acting import Acting, resident
from jinli.town.models import Appointment, Duty, Person
from jinli.town.moment import frozen_at
from tests.cases.small import Small, at, build
from tests.domain.procedures import WHISTLE_TERMS

BODIES = {"owner": "command", "handler": "command", "leader": "government", "arbiter": "whistle_office"}
COVER = {"handle": TimeLimit(amount=2, unit=Unit.URGENT_HOUR, source="样本")}
TEN_DAYS = {"handle": TimeLimit(amount=10, unit=Unit.WORKING_DAY)}
REPORTER = {"text": "污水井盖不见了", "name": "梁小明", "telephone": "13800000426", "address": "东围村三队12号"}

#: person, body, role
POSTS = (
    ("command", "command", "command_centre"),
    ("command2", "command", "command_centre"),
    ("head", "government", "town_head"),
    ("ecology", "ecology", "department_officer"),
    ("water", "water", "department_officer"),
    ("arbiter", "whistle_office", "arbiter"),
    ("grid", "village", "grid_worker"),
    ("auditor", "government", "auditor"),
    ("administrator", "government", "administrator"),
)


@dataclass
class Staff:
    """The small town and its people."""

    small: Small

    def client(self, name: str) -> Client:
        """Return a browser in which somebody is signed in."""
        browser = Client()
        browser.force_login(self.small.people[name])
        return browser

    def open(self, when: str, **more: Any) -> Case:
        """Open a report as a resident."""
        known: dict[str, Any] = {
            "type_code": "grid_report", "title": "井盖缺失", "channel": "public", "bodies": BODIES,
            "private": REPORTER, "place": self.small.places["east"],
        }  # fmt: skip
        with frozen_at(at(when)):
            spec = OpenCase(**{**known, **more})
            found = open_case(acting=resident(self.small.town.pk), town=self.small.town, spec=spec)
        return Case.objects.get(pk=found.id)

    def move(self, when: str, case: Case, move: str, acting: Acting, **more: Any) -> str:
        """Make a move with the present version."""
        case.refresh_from_db()
        track = more.get("track", "case")
        version = case.version if track == "case" else Assignment.objects.get(case=case, key=track).version
        with frozen_at(at(when)):
            act = MakeMove(case=case.pk, move=move, **{"version": version, **more})
            return make_move(acting=acting, act=act)

    def filed(self, when: str, handler: str = "village", terms: Any = None, **more: Any) -> Case:
        """Open a report and file it to a body in the same minute."""
        case = self.open(when, **more)
        given = {"standard": "0102-1", "handler": handler}
        self.move(when, case, "file", self.small.command, given=given, terms=terms or TEN_DAYS)
        return case

    def whistle(self, first: str = "2026-09-18") -> tuple[Case, Case]:
        """Blow a whistle to two departments at 11:40; return report and whistle."""
        case = self.filed(f"{first} 09:00", "command", title="排水口乳白色污水")
        given = {"kind": "ordinary", "duty_line": "47", "lead": "ecology", "reason": "镇无权进厂取样"}
        linked = OpenCase(
            type_code="whistle", title="排水口乳白色污水", channel="page", given=given, terms=WHISTLE_TERMS,
            bodies=BODIES, place=self.small.places["east"],
        )  # fmt: skip
        number = self.move(f"{first} 11:05", case, "blow", self.small.command, given=given, linked=linked)
        whistle = Case.objects.get(number=number, town=self.small.town)
        self.move(f"{first} 11:10", whistle, "approve", self.small.head)
        bodies = {"lead": "ecology", "assisting": ["water"]}
        self.move(f"{first} 11:40", whistle, "dispatch", self.small.command, given=bodies)
        return case, whistle


def staffed(code: str = "990101001") -> Staff:
    """Build the small town and appoint its people."""
    small = build(code)
    for name, body, role in POSTS:
        if name not in small.people:
            small.people[name] = Person.objects.create(username=f"{name}-{code}", name=name)
        organisation = small.organisations[body]
        duty, _ = Duty.objects.get_or_create(
            organisation=organisation, code=role, defaults={"title": role, "role": role}
        )
        Appointment.objects.create(person=small.people[name], duty=duty, in_name_of=organisation)
    small.places["east"].organisation = small.organisations["village"]
    small.places["east"].save()
    return Staff(small)


__all__ = ["BODIES", "COVER", "REPORTER", "TEN_DAYS", "Staff", "at", "staffed"]

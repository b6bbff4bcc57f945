"""A town that can whistle: the small town of the engine's tests with the sample kinds and a duty list."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import yaml
from django.test import Client

from jinli.cases.models import Assignment, Case
from jinli.cases.services import OpenCase, make_move, open_case, tick
from jinli.cases.services.moving import MakeMove
from jinli.domain.limits import TimeLimit, Unit
from jinli.lines.grid.models import WhistleKind
from jinli.lines.grid.services import whistles
from jinli.town.acting import Acting
from jinli.town.models import DutyLine
from jinli.town.moment import frozen_at
from tests.cases.small import STANDARD, ZONE, Small, at
from tests.cases.staff import staffed

REPORTER = frozenset({"reporter", "resident"})
HANDLE = TimeLimit(amount=10, unit=Unit.WORKING_DAY, source="样本")


@dataclass(frozen=True)
class Whistling:
    small: Small

    @property
    def reporter(self) -> Acting:
        return Acting(town=self.small.town.pk, hat="resident", duty="reporter", roles=REPORTER)

    def report(self, when: str, *, title: str = "排水口乳白色污水", class_code: str = "0402") -> Case:
        """Let a resident report; the telephone is personal and stands in the payload."""
        spec = OpenCase(
            type_code="grid_report", title=title, channel="public", place=self.small.places["east"],
            class_code=class_code,
            bodies={"owner": "command", "handler": "command", "leader": "government"},
            private={"text": "河边白水", "name": "梁某", "telephone": "13800000426"},
        )  # fmt: skip
        with frozen_at(at(when)):
            made = open_case(acting=self.reporter, town=self.small.town, spec=spec)
        return Case.objects.select_related("town", "place").get(pk=made.id)

    def file(self, when: str, report: Case) -> None:
        self.move(
            when, report, "file", self.small.command, given={"standard": "0402-1", "handler": "command"},
            terms={"handle": HANDLE},
        )  # fmt: skip

    def move(self, when: str, case: Case, move: str, acting: Acting, **more: Any) -> None:
        """Make any move as the page of that moment would."""
        case.refresh_from_db()
        track = more.get("track", "case")
        version = case.version if track == "case" else self.assignment(case, track).version
        with frozen_at(at(when)):
            make_move(acting=acting, act=MakeMove(case=case.pk, move=move, version=version, **more))

    def blow(self, when: str, report: Case, **more: Any) -> Case:
        known: dict[str, Any] = {
            "kind": "ordinary", "duty_line": "47", "lead": "ecology", "assisting": ("water",),
            "reason": "镇无权进厂取样",
        }  # fmt: skip
        report.refresh_from_db()
        with frozen_at(at(when)):
            return whistles.blow_whistle(
                acting=self.small.command, report=report, version=report.version, asked=whistles.Blow(**known | more)
            )

    def approve(self, when: str, whistle: Case) -> None:
        whistle.refresh_from_db()
        with frozen_at(at(when)):
            whistles.approve(acting=self.small.head, whistle=whistle, version=whistle.version)

    def dispatch(self, when: str, whistle: Case, **more: Any) -> list[Assignment]:
        whistle.refresh_from_db()
        known: dict[str, Any] = {"lead": "ecology", "assisting": ["water"]}
        with frozen_at(at(when)):
            return whistles.dispatch(
                acting=self.small.command, whistle=whistle, version=whistle.version, **known | more
            )

    def sent(self, when: str = "2026-09-18 11:40", **more: Any) -> Case:
        """Return a whistle that went out at `when`, on a report of the same day."""
        report = self.report(f"{when[:10]} 08:40")
        self.file(f"{when[:10]} 08:50", report)
        whistle = self.blow(f"{when[:10]} 09:20", report)
        self.approve(f"{when[:10]} 09:30", whistle)
        self.dispatch(when, whistle, **more)
        whistle.refresh_from_db()
        return whistle

    def assignment(self, whistle: Case, key: str) -> Assignment:
        return Assignment.objects.select_related("case__owner", "case__town", "body").get(case=whistle, key=key)

    def act(self, when: str, whistle: Case, key: str, service: Any, acting: Acting, **more: Any) -> None:
        """Call a service of an assignment with the version its page would carry."""
        held = self.assignment(whistle, key)
        with frozen_at(at(when)):
            service(acting=acting, assignment=held, **{"version": held.version, **more})

    def client(self, person: str) -> Client:
        """Return a browser in which somebody is signed in."""
        browser = Client()
        browser.force_login(self.small.people[person])
        return browser

    def tick(self, when: str) -> None:
        tick(at(when))


@cache
def _kinds() -> list[dict[str, Any]]:
    samples = yaml.safe_load((STANDARD / "samples" / "whistle_kinds.yaml").read_text(encoding="utf-8"))
    return list(samples["kinds"])


def whistling(code: str = "990101001") -> Whistling:
    small = staffed(code).small
    for kind in _kinds():
        plain = {name: kind[name] for name in ("code", "name", "procedure", "blown_by", "approved_by", "limits")}
        WhistleKind.objects.create(town=small.town, status="sample", source=kind["source"], **plain)
    county = small.town.parent
    assert county is not None
    for number, title, kind, lead in (
        (12, "村容保洁", "basic", None),
        (47, "涉水污染查处", "cooperating", "ecology"),
        (52, "河道管理范围内违法行为查处", "taken_back", "water"),
    ):
        DutyLine.objects.create(
            division=county, code=str(number), number=number, title=title, kind=kind, legal_basis="演示",
            lead=small.organisations[lead] if lead else None,
        )  # fmt: skip
    return Whistling(small)


def due(case: Case, code: str, track: str = "case") -> str:
    """Return the due moment of the newest clock of this code in town time; the end of a day reads as next 00:00."""
    clock = case.clocks.filter(code=code, track=track).latest("key")
    return f"{clock.due_at.astimezone(ZONE):%Y-%m-%d %H:%M}"


def verdict(case: Case, code: str, track: str = "case") -> str:
    return str(case.clocks.filter(code=code, track=track).latest("key").verdict)


def journal(case: Case) -> list[dict[str, Any]]:
    """Read the journal back: what is hashed, with the erasable payload beside it."""
    found = []
    for entry in case.entries.order_by("seq").select_related("payload"):
        payload = json.loads(entry.payload.text) if hasattr(entry, "payload") else {}
        found.append({**json.loads(entry.body), "private": payload})
    return found


def lines(case: Case) -> list[tuple[str, str, str]]:
    """Return when each thing happened, on which track, and what."""
    return [
        (f"{datetime.fromisoformat(one['happened_at']).astimezone(ZONE):%m-%d %H:%M}", one["track"], one["move"])
        for one in journal(case)
    ]

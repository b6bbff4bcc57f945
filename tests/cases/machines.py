"""Machines that call the JSON interface, and what their calls ask of the database."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jinli.town.hats import acting_of
from jinli.town.models import Appointment, Duty, Organisation, Person
from jinli.town.tokens import issue_token
from tests.cases.small import Small
from tests.counting import statements_of

#: Session, sign-in and the look-up of a token are counted apart.
_APART = ("django_session", '"town_person"."password"', '"town_appointment"."deputy_for_id"', "town_accesstoken")


@dataclass
class Machine:
    """A machine with an access token."""

    token: str
    client: Client = field(default_factory=Client)

    def get(self, path: str, **headers: str) -> Any:
        """Read an address of the interface."""
        return self.client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {self.token}", **headers})

    def post(self, path: str, body: object, **headers: str) -> Any:
        """Send a body as JSON; headers are written with underscores."""
        known = {"Authorization": f"Bearer {self.token}", **{n.replace("_", "-"): v for n, v in headers.items()}}
        return self.client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=known)


def machine(small: Small, person: str) -> Machine:
    """Return a machine that acts under the appointment of somebody of the small town."""
    return Machine(token_for(small, small.people[person]))


def token_for(small: Small, person: Person, days: int = 30) -> str:
    """Return a token that an administrator of the town made for the first appointment of somebody."""
    administrator, made = Person.objects.get_or_create(
        username=f"admin-{small.town.code}", defaults={"name": "管理员（演示）"}
    )
    if made:
        body = Organisation.objects.get(division=small.town, code="government")
        duty, _ = Duty.objects.get_or_create(organisation=body, code="admin", role="administrator", title="管理员")
        Appointment.objects.create(person=administrator, duty=duty, in_name_of=body)
    appointment = Appointment.objects.filter(person=person).earliest("id")
    by = acting_of(administrator)
    assert by is not None
    return issue_token(by=by, appointment=appointment, name="某系统", days=days)


def statements(call: Any) -> list[str]:
    """Return the statements of one call, without session, sign-in and token."""
    with CaptureQueriesContext(connection) as caught:
        call()
    return [sql for sql in statements_of(caught) if not any(one in sql for one in _APART)]

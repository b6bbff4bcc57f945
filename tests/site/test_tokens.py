"""Access tokens of machines: shown once, one hat, ended by day or by hand."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from jinli.domain.errors import DomainError
from jinli.town.models import AccessToken, Appointment, PackLoad
from jinli.town.moment import frozen_at
from jinli.town.moment import now as present
from jinli.town.tokens import issue_token, token_of
from tests.town.small_town import SmallTown, hold

ISSUED = datetime(2026, 9, 18, 1, 0, tzinfo=UTC)


def appointment(town: SmallTown, role: str = "command_centre") -> Appointment:
    return Appointment.objects.filter(person=town.person(role)).earliest("id")


def issue(town: SmallTown, role: str = "command_centre", days: int = 30) -> str:
    return issue_token(by=town.acting("administrator"), appointment=appointment(town, role), name="热线平台", days=days)


def send(administrator: Client, town: SmallTown, **given: Any) -> Any:
    form = {"name": "热线平台", "appointment": appointment(town).pk, "days": 30}
    return administrator.post("/registers/tokens/", {**form, **given})


def test_a_token_is_shown_once_and_only_its_fingerprint_is_kept(town: SmallTown, administrator: Client) -> None:
    answer = send(administrator, town)
    secret = re.search(r"<code>(jinli_[^<]+)</code>", answer.content.decode())
    assert secret is not None
    row = AccessToken.objects.get()
    assert secret[1] not in str(vars(row))
    assert secret[1] not in administrator.get("/registers/tokens/").content.decode()
    assert "no-store" in answer["Cache-Control"]
    found = token_of(secret[1])
    assert found is not None
    assert (found[0], found[1].body.code) == (row, "command")


def test_the_journal_of_edits_says_who_made_and_who_ended_a_token(town: SmallTown, administrator: Client) -> None:
    send(administrator, town)
    row = AccessToken.objects.get()
    answer = administrator.post(f"/registers/tokens/{row.pk}/revoke/")
    assert answer["Location"] == "/registers/tokens/"
    acts = [one.changes[0]["act"] for one in PackLoad.objects.filter(pack="screen").order_by("id")]
    assert acts == ["issue_token", "revoke_token"]
    assert set(PackLoad.objects.values_list("by", flat=True)) == {town.person("administrator").pk}


def test_a_revoked_token_counts_no_more(town: SmallTown, administrator: Client) -> None:
    secret = issue(town)
    administrator.post(f"/registers/tokens/{AccessToken.objects.get().pk}/revoke/")
    assert token_of(secret) is None
    assert "已撤销" in administrator.get("/registers/tokens/").content.decode()


def test_a_token_ends_to_the_second(town: SmallTown) -> None:
    with frozen_at(ISSUED):
        secret = issue(town, days=1)
    with frozen_at(ISSUED + timedelta(days=1, seconds=-1)):
        assert token_of(secret) is not None
    with frozen_at(ISSUED + timedelta(days=1)):
        assert token_of(secret) is None


def test_a_token_ends_with_its_appointment_and_its_account(town: SmallTown) -> None:
    secret = issue(town)
    Appointment.objects.filter(person=town.person("command_centre")).update(valid_to=date(2020, 1, 1))
    assert token_of(secret) is None
    Appointment.objects.filter(person=town.person("command_centre")).update(valid_to=None)
    assert token_of(secret) is not None
    town.person("command_centre").is_active = False
    town.person("command_centre").save()
    assert token_of(secret) is None


def test_a_token_carries_one_hat_of_a_person_with_two(town: SmallTown) -> None:
    hold(town.person("command_centre"), town.duty("grid_worker"))
    found = token_of(issue(town))
    assert found is not None
    assert (found[1].body.code, found[1].duty.role) == ("command", "command_centre")


@pytest.mark.parametrize(
    ("given", "field"), [({"name": " "}, "name"), ({"days": 0}, "days"), ({"days": 400}, "days"), ({}, "appointment")]
)
def test_a_token_without_name_span_or_appointment_is_refused_at_its_field(
    town: SmallTown, administrator: Client, given: dict[str, Any], field: str
) -> None:
    answer = send(administrator, town, **({**given} or {"appointment": ""}))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not AccessToken.objects.exists()


@pytest.mark.parametrize("role", ["arbiter", "department_officer"])
def test_an_administrator_makes_none_for_bodies_of_others(town: SmallTown, role: str) -> None:
    with pytest.raises(DomainError, match=r"town\.people\.not_yours"):
        issue(town, role)
    with pytest.raises(DomainError, match=r"town\.people\.not_yours"):
        issue_token(by=town.acting("administrator"), appointment=appointment(town.neighbour), name="x", days=1)


def test_nobody_but_an_administrator_makes_one(town: SmallTown) -> None:
    with pytest.raises(DomainError, match=r"town\.people\.administrator_only"):
        issue_token(by=town.acting("town_head"), appointment=appointment(town), name="x", days=1)


def test_the_token_of_another_town_is_not_there(town: SmallTown, administrator: Client) -> None:
    issue(town.neighbour)
    row = AccessToken.objects.get()
    assert administrator.post(f"/registers/tokens/{row.pk}/revoke/").status_code == 404
    assert "热线平台" not in administrator.get("/registers/tokens/").content.decode()
    row.refresh_from_db()
    assert row.revoked_at is None


def test_the_day_of_the_last_use_is_noted(town: SmallTown) -> None:
    secret = issue(town)
    assert AccessToken.objects.get().used_on is None
    token_of(secret)
    assert AccessToken.objects.get().used_on == present().astimezone(ZoneInfo("Asia/Shanghai")).date()


def test_a_token_opens_no_page(town: SmallTown) -> None:
    answer = Client().get("/registers/", headers={"Authorization": f"Bearer {issue(town)}"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")

"""The declaration on a view is what decides; an auditor reads everything and changes nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.views import View

from jinli.town.access import OWN_ACCOUNT, PUBLIC, SIGNED_IN, AccessRefusedError, access, who_acts
from jinli.town.acting import Acting
from jinli.town.models import Duty, Person


@access(Duty.Role.TOWN_HEAD, Duty.Role.COMMAND_CENTRE)
def for_leaders(request: HttpRequest) -> HttpResponse:
    return HttpResponse("read")


@access(SIGNED_IN)
def for_staff(request: HttpRequest) -> HttpResponse:
    return HttpResponse("read")


@access(OWN_ACCOUNT)
def own(request: HttpRequest) -> HttpResponse:
    return HttpResponse("read")


@access(PUBLIC)
def for_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse("read")


@access(Duty.Role.ARBITER)
class ForArbiters(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("read")


def asked(*roles: str, method: str = "GET", path: str = "/x/", hat_ended: bool = False, **headers: str) -> Any:
    """Return a request of somebody with these roles; without roles nobody signed in; `""` is no duty."""
    request: Any = RequestFactory(headers=headers).generic(method, path)
    request.resolver_match = None
    request.hat_ended = hat_ended
    request.user = Person(username="x") if roles else AnonymousUser()
    request.acting = Acting(town=1, roles=frozenset(roles)) if any(roles) else None
    return request


def refusal(view: Any, request: Any) -> AccessRefusedError:
    with pytest.raises(AccessRefusedError) as refused:
        view(request)
    return refused.value


def test_the_declaration_can_be_read_from_functions_and_classes() -> None:
    assert for_leaders.access == {"town_head", "command_centre"}  # type: ignore[attr-defined]
    assert for_all.access == {PUBLIC}  # type: ignore[attr-defined]
    assert ForArbiters.as_view().access == {"arbiter"}  # type: ignore[attr-defined]


@pytest.mark.parametrize("who", [(), ("mayor",), (PUBLIC, "auditor"), (SIGNED_IN, PUBLIC)])
def test_a_declaration_that_says_nothing_clear_is_an_error(who: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="access takes"):
        access(*who)


def test_the_right_role_comes_in() -> None:
    assert for_leaders(asked("town_head")).content == b"read"
    assert ForArbiters.as_view()(asked("arbiter")).content == b"read"


def test_a_wrong_role_is_told_which_duty_is_needed() -> None:
    refused = refusal(for_leaders, asked("grid_worker"))
    assert (refused.code, refused.needed) == ("town.access.duty_needed", {"town_head", "command_centre"})
    assert refusal(ForArbiters.as_view(), asked("grid_worker")).needed == {"arbiter"}


def test_nobody_signed_in_is_sent_to_sign_in_and_back() -> None:
    answer = for_staff(asked(path="/cases/?q=1"))
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/?next=%2Fcases%2F%3Fq%3D1"


def test_a_sent_form_comes_back_to_the_page_it_stood_on() -> None:
    answer = for_staff(asked(method="POST", path="/cases/1/move/", Referer="http://testserver/cases/1/?tab=2"))
    assert answer["Location"] == "/sign-in/?next=%2Fcases%2F1%2F%3Ftab%3D2"


def test_a_way_back_never_leads_to_a_strange_host() -> None:
    answer = for_staff(asked(method="POST", Referer="http://elsewhere.example/"))
    assert answer["Location"] == "/sign-in/?next=%2F"


@pytest.mark.parametrize(
    "request_of",
    [
        pytest.param(lambda: asked(path="/api/cases"), id="the interface"),
        pytest.param(lambda: asked(Accept="application/json"), id="somebody who wants JSON"),
        pytest.param(lambda: asked(HX_Request="true"), id="a part of a page"),
    ],
)
def test_scripts_get_401_instead_of_a_page(request_of: Any) -> None:
    answer = for_staff(request_of())
    assert answer.status_code == 401
    assert json.loads(answer.content)["code"] == "town.access.sign_in_first"


def test_a_part_of_a_page_also_learns_where_to_sign_in() -> None:
    answer = for_staff(asked(HX_Request="true", HX_Current_URL="http://testserver/queue/"))
    assert answer["HX-Redirect"] == "/sign-in/?next=%2Fqueue%2F"


def test_the_interface_says_the_needed_duty_as_json() -> None:
    answer = for_leaders(asked("grid_worker", path="/api/board"))
    assert answer.status_code == 403
    said = json.loads(answer.content)
    assert said["code"] == "town.access.duty_needed"
    assert said.get("facts", said)["needed"] == ["command_centre", "town_head"]


@pytest.mark.parametrize("view", [for_leaders, for_staff, ForArbiters.as_view()])
def test_an_auditor_reads_what_is_open_to_any_duty(view: Any) -> None:
    assert view(asked("auditor")).content == b"read"


@pytest.mark.parametrize("view", [for_leaders, for_staff])
@pytest.mark.parametrize("roles", [("auditor",), ("auditor", "town_head")])
def test_an_auditor_changes_nothing_even_with_a_second_role(view: Any, roles: tuple[str, ...]) -> None:
    assert refusal(view, asked(*roles, method="POST")).code == "town.access.auditor_reads"


def test_an_auditor_still_signs_out_and_changes_hat() -> None:
    assert own(asked("auditor", method="POST")).content == b"read"


def test_somebody_without_duty_reaches_the_own_account_only() -> None:
    assert own(asked("")).content == b"read"
    assert refusal(for_staff, asked("")).code == "town.access.no_duty"
    with pytest.raises(AccessRefusedError):
        who_acts(asked(""))


def test_nothing_is_written_under_a_hat_that_ended() -> None:
    ended = asked("town_head", method="POST", hat_ended=True)
    assert refusal(for_leaders, ended).code == "town.access.hat_ended"
    assert for_leaders(asked("town_head", hat_ended=True)).content == b"read"

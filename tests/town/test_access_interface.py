"""The JSON interface: access is asked before the body is read, and a browser's cookie needs the token."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from ninja import NinjaAPI, Router, Schema

from jinli.town.access import PUBLIC, SIGNED_IN, access
from jinli.town.models import Duty
from tests.town.small_town import build

pytestmark = pytest.mark.django_db
router = Router()


class Given(Schema):
    number: int


@router.post("/moves")
@access(Duty.Role.COMMAND_CENTRE)
def move(request: HttpRequest, given: Given) -> dict[str, int]:
    return {"number": given.number}


@router.get("/mine")
@access(SIGNED_IN)
def mine(request: HttpRequest) -> dict[str, str]:
    return {"hat": request.acting.hat}  # type: ignore[attr-defined]


@router.post("/reports")
@access(PUBLIC)
def report(request: HttpRequest, given: Given) -> dict[str, int]:
    return {"number": given.number}


api = NinjaAPI(urls_namespace="test-access", openapi_url=None, docs_url=None)
api.add_router("/", router)
urlpatterns = [path("api/", api.urls)]


@pytest.fixture(autouse=True)
def _addresses() -> Any:
    with override_settings(ROOT_URLCONF=__name__, LOGIN_URL="/sign-in/"):
        yield


def send(client: Client, url: str, body: str = "{}", **headers: str) -> Any:
    return client.post(url, body, content_type="application/json", headers=headers)


def test_nobody_learns_what_a_body_should_hold_before_signing_in() -> None:
    assert send(Client(), "/api/moves").status_code == 401
    assert Client().get("/api/mine").status_code == 401


def test_a_wrong_role_is_refused_before_the_body_is_read() -> None:
    client = Client()
    client.force_login(build().person("grid_worker"))
    assert send(client, "/api/moves").status_code == 403


def test_the_right_role_is_answered() -> None:
    client = Client()
    client.force_login(build().person("command_centre"))
    assert send(client, "/api/moves").status_code == 422
    assert send(client, "/api/moves", '{"number": 3}').json() == {"number": 3}
    assert client.get("/api/mine").json() == {"hat": "own"}


def test_a_session_cookie_alone_writes_nothing() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(build().person("command_centre"))
    assert send(client, "/api/moves", '{"number": 3}').status_code == 403
    token = get_token(RequestFactory().get("/"))
    client.cookies["csrftoken"] = token
    assert send(client, "/api/moves", '{"number": 3}', X_CSRFToken=token).status_code == 200


def test_a_resident_without_account_needs_no_token() -> None:
    assert send(Client(enforce_csrf_checks=True), "/api/reports", '{"number": 3}').json() == {"number": 3}

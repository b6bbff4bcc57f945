"""The JSON interface as a whole: its document, its page, its limits, and the examples of its guide."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from jinli.cases.models import Case
from jinli.site import api as interface
from jinli.town.moment import frozen_at
from tests.cases.machines import Machine, machine
from tests.cases.small import Small, at
from tests.lines.grid.town import build_grid
from tests.shared import shared

pytestmark = pytest.mark.django_db
GUIDE = Path(__file__).parents[2] / "docs" / "api" / "README.md"
SHAPE = {"code", "message", "field", "facts"}


@shared
def small() -> Small:
    return build_grid()


@pytest.fixture
def desk(small: Small) -> Machine:
    return machine(small, "command")


def document() -> dict[str, Any]:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    return json.loads(answer.content)  # type: ignore[no-any-return]


def test_the_document_names_every_call_with_its_errors_and_how_to_sign() -> None:
    found = document()
    calls = {f"{method.upper()} {path}" for path, methods in found["paths"].items() for method in methods}
    assert calls == {
        "GET /api/v1/hats",
        "GET /api/v1/queue",
        "GET /api/v1/cases",
        "GET /api/v1/cases/{number}",
        "POST /api/v1/cases/{number}/moves",
        "POST /api/v1/cases/{number}/whistles",
        "POST /api/v1/reports",
        "POST /api/v1/findings",
        "GET /api/v1/standards",
    }
    for methods in found["paths"].values():
        for call in methods.values():
            assert {"401", "403", "404", "409", "422", "428", "429"} <= set(call["responses"])
    assert set(found["components"]["securitySchemes"]) == {"token", "session"}
    assert set(found["components"]["schemas"]["Fault"]["properties"]) == SHAPE


def test_what_is_answered_is_what_the_document_says(small: Small, desk: Machine) -> None:
    schemas = document()["components"]["schemas"]
    with frozen_at(at("2026-09-18 11:00")):
        number = desk.post("/reports", _said(), Idempotency_Key="k").json()["number"]
        answers = {
            "CaseAnswer": desk.get(f"/cases/{quote(number)}").json(),
            "CasePage": desk.get("/cases").json(),
            "CaseRow": desk.get("/cases").json()["rows"][0],
            "QueuePage": desk.get("/queue").json(),
            "QueueRow": desk.get("/queue").json()["rows"][0],
            "ClassAnswer": desk.get("/standards").json()[0],
            "HatAnswer": desk.get("/hats").json()[0],
            "ClockAnswer": desk.get(f"/cases/{quote(number)}").json()["clocks"][0],
            "MoveAnswer": desk.get(f"/cases/{quote(number)}").json()["moves"][0],
        }
    for name, answer in answers.items():
        assert set(answer) == set(schemas[name]["properties"]), name


def _said() -> dict[str, str]:
    return {"channel": "telephone", "text": "井盖不见了", "place": "east"}


def test_people_read_about_the_interface_on_a_page_without_script() -> None:
    answer = Client().get("/api/")
    page = answer.content.decode()
    assert answer.status_code == 200
    for path in document()["paths"]:
        assert path in page
    assert "指挥中心" in page
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)


def test_nobody_signed_in_gets_401_in_the_shape_of_every_error() -> None:
    for path in ("/api/v1/queue", "/api/v1/cases/x", "/api/v1/hats"):
        answer = Client().get(path)
        assert (answer.status_code, set(answer.json())) == (401, SHAPE)


def test_an_unknown_address_is_404_in_the_shape_of_every_error(desk: Machine) -> None:
    answer = desk.get("/nothing")
    assert (answer.status_code, set(answer.json())) == (404, SHAPE)
    assert answer.json()["code"] == "town.api.no_such_address"


def test_too_many_calls_are_429_and_say_when_to_try_again(desk: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interface, "CALLS", 3)
    assert [desk.get("/hats").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = desk.get("/hats")
    assert answer.json()["code"] == "town.api.too_many_calls"
    assert answer["Retry-After"] == "60"


def test_what_breaks_is_500_without_a_word_of_why(
    desk: Machine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("jinli.cases.api.case_of", _break)
    answer = desk.get("/cases/x")
    assert (answer.status_code, answer.json()["code"]) == (500, "town.api.broken")
    assert "secret of the server" not in answer.content.decode()
    assert "secret of the server" in caplog.text


def _break(*_: object) -> None:
    raise RuntimeError("secret of the server")


def examples() -> list[tuple[str, str]]:
    """Return the examples of the guide in order: kind and text."""
    return re.findall(r"```(http|json)\n(.*?)```", GUIDE.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_every_example_of_the_guide_works_as_it_says(small: Small, desk: Machine) -> None:
    phone, done = machine(small, "grid"), 0
    answer: Any = None
    with frozen_at(at("2026-09-18 11:00")):
        for kind, text in examples():
            if kind == "http":
                answer = _ask(phone if "/findings" in text else desk, text)
                assert answer.status_code in {200, 201}, f"{text}\n{answer.content.decode()}"
                done += 1
            elif '"code": "grid.report.text_missing"' in text:
                refused = desk.post("/reports", {**_said(), "text": ""}, Idempotency_Key="x").json()
                assert {**refused, "message": "…"} == json.loads(text)
            else:
                told = json.loads(text)
                said = answer.json()
                assert {**said, **({"code": "…"} if "code" in told else {})} == told
    assert done == 7
    assert Case.objects.count() == 2


def _ask(desk: Machine, text: str) -> Any:
    head, _, body = text.partition("\n\n")
    first, *lines = head.splitlines()
    method, _, path = first.partition(" ")
    headers = dict(line.split(": ", 1) for line in lines)
    path = quote(path.removeprefix("/api/v1"), safe="/?=&")
    if method == "GET":
        return desk.get(path, **headers)
    return desk.post(path, json.loads(body), **headers)


def test_the_guide_names_every_status_it_may_answer_with() -> None:
    named = set(re.findall(r"^\| (\d{3}) \|", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert named == {"400", "401", "403", "404", "409", "422", "428", "429", "500"}

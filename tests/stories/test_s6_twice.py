"""S6. A phone that lost its connection posts the same five findings twice: five cases, and the first answers again."""

from __future__ import annotations

from jinli.cases.models import Case, Entry, RequestKey
from jinli.town.moment import frozen_at
from tests.cases.small import Small, at
from tests.lines.grid.town import build_grid, hidden, signed_in
from tests.shared import shared

FOUND = (
    {"class_code": "P0102", "village": "east", "address": "三队祠堂前"},
    {"class_code": "P0102", "village": "east", "address": "机耕路口"},
    {"class_code": "E0110", "village": "east", "text": "一大堆"},
    {"class_code": "E0110", "village": "east", "address": "市场后门"},
    {"class_code": "E0110", "village": "", "address": "国道边"},
)


@shared
def small() -> Small:
    return build_grid()


def test_s6_five_findings_posted_twice_are_five_cases(small: Small) -> None:
    phone = signed_in(small, "grid")
    with frozen_at(at("2026-09-24 10:00")):
        forms = [{"key": hidden(phone.get("/find/"), "key"), **found} for found in FOUND]
        first = [phone.post("/find/", form) for form in forms]
    with frozen_at(at("2026-09-24 10:40")):
        second = [phone.post("/find/", form) for form in forms]
    assert [answer.status_code for answer in first + second] == [302] * 10
    assert [answer.url for answer in second] == [answer.url for answer in first], "the second answer is the first"
    assert Case.objects.count() == Entry.objects.count() == RequestKey.objects.count() == 5
    assert set(Case.objects.values_list("opened_at", flat=True)) == {at("2026-09-24 10:00")}


def test_s6_the_same_token_for_another_finding_is_refused_and_writes_nothing(small: Small) -> None:
    phone = signed_in(small, "grid")
    key = hidden(phone.get("/find/"), "key")
    phone.post("/find/", {"key": key, **FOUND[0]})
    answer = phone.post("/find/", {"key": key, **FOUND[3]})
    assert answer.status_code == 422
    assert "市场后门" in answer.content.decode()
    assert Case.objects.count() == 1

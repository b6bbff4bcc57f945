"""The page that erases what is personal in a case, and the public page of seals."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from jinli.cases.models import Case, Entry, EntryPayload, Seal, SearchRow
from jinli.cases.services.erasing import register_path
from jinli.cases.services.sealing import seal_town
from jinli.cases.services.verifying import verify_town
from jinli.town.moment import frozen_at
from tests.cases.staff import REPORTER, Staff, at, staffed
from tests.shared import shared

pytestmark = pytest.mark.django_db


@shared
def staff() -> Staff:
    return staffed()


@pytest.fixture
def case(staff: Staff, tmp_path: Any, settings: Any) -> Case:
    settings.HOME = tmp_path
    return staff.open("2026-09-18 11:40")


def erase(staff: Staff, case: Case, who: str = "administrator", **given: str) -> Any:
    form = {"basis": "个人信息保护法第四十七条，本人申请，镇长批准", "again": case.number}
    with frozen_at(at("2026-09-18 11:50")):
        return staff.client(who).post(f"/cases/{case.pk}/erase/", {**form, **given})


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_administrator_finds_a_case_by_number_and_sees_counts_not_contents(staff: Staff, case: Case) -> None:
    browser = staff.client("administrator")
    found = browser.get("/registers/erasure/", {"number": case.number})
    assert found["Location"] == f"/cases/{case.pk}/erase/"
    page = text(browser.get(found["Location"]))
    assert "1 条记录里的姓名" in page
    assert "备份" in page
    for personal in REPORTER.values():
        assert personal not in page


def test_an_erasure_takes_the_personal_part_and_leaves_the_chain_whole(staff: Staff, case: Case) -> None:
    assert erase(staff, case).status_code == 302
    assert not EntryPayload.objects.filter(entry__case=case).exists()
    assert not SearchRow.objects.filter(case=case).exists()
    last = json.loads(Entry.objects.filter(case=case).latest("seq").body)
    assert (last["move"], last["given"]["legal_basis"][:7]) == ("payload_erased", "个人信息保护法")
    assert last["actor"]["person"] == str(staff.small.people["administrator"].pk)
    assert case.number in register_path().read_text(encoding="utf-8")
    assert [one for one in verify_town(staff.small.town) if not isinstance(one, int)] == []
    again = text(staff.client("administrator").get(f"/cases/{case.pk}/erase/"))
    assert "没有可删的个人信息" in again


@pytest.mark.parametrize(("given", "field"), [({"basis": "  "}, "basis"), ({"again": "网2026-99999"}, "again")])
def test_without_basis_or_with_another_number_nothing_is_erased(
    staff: Staff, case: Case, given: dict[str, str], field: str
) -> None:
    answer = erase(staff, case, **given)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert EntryPayload.objects.filter(entry__case=case).exists()
    assert Entry.objects.filter(case=case).count() == 1


@pytest.mark.parametrize("who", ["command", "head", "auditor", "ecology"])
def test_nobody_but_the_administrator_erases(staff: Staff, case: Case, who: str) -> None:
    assert erase(staff, case, who).status_code == 403
    assert EntryPayload.objects.filter(entry__case=case).exists()


def test_a_case_of_another_town_is_not_there_to_erase(staff: Staff, case: Case) -> None:
    other = staffed("990202001")
    for _ in range(2):
        theirs = other.open("2026-09-18 11:40")
    assert erase(staff, theirs).status_code == 404
    answer = staff.client("administrator").get("/registers/erasure/", {"number": theirs.number})
    assert answer.status_code == 404
    assert EntryPayload.objects.filter(entry__case=theirs).exists()


def test_anybody_reads_the_seals_of_a_town_and_what_they_prove(staff: Staff, case: Case) -> None:
    seal_town(staff.small.town, at("2026-09-19 00:01"))
    answer = Client().get(f"/t/{staff.small.town.code}/seals/")
    page = text(answer)
    assert Seal.objects.get().root in page
    assert "能证明什么" in page
    assert "不能证明" in page
    assert case.number not in page
    assert "jinli verify" not in page
    assert Client().get("/t/000000000/seals/").status_code == 404


def test_staff_also_read_when_it_was_sealed_last_and_how_to_verify(staff: Staff, case: Case) -> None:
    url = f"/t/{staff.small.town.code}/seals/"
    assert "还没有封存过" in text(staff.client("command").get(url))
    seal_town(staff.small.town, at("2026-09-19 00:01"))
    page = text(staff.client("command").get(url))
    assert "最近一次封存" in page
    assert "jinli verify" in page
    other = staffed("990202001")
    assert "jinli verify" not in text(other.client("command").get(url))


def test_older_seals_stand_behind_a_key(staff: Staff) -> None:
    for day in range(62):
        Seal.objects.create(
            town=staff.small.town, number=day + 1, sealed_at=at("2026-09-19 00:01"), previous_root="", heads="",
            root=f"{day + 1:064x}",
        )  # fmt: skip
    url = f"/t/{staff.small.town.code}/seals/"
    first = text(Client().get(url))
    assert f"{62:064x}" in first
    assert f"{2:064x}" not in first
    assert "?before=3" in first
    assert f"{2:064x}" in text(Client().get(f"{url}?before=3"))

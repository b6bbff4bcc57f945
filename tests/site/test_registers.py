"""Registers: bodies, duty list, places with their unknown rows, people, and the access log."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from jinli.town.models import AccessEntry, Appointment, DutyLine, Person, Place, Status
from jinli.town.people import read_in_full
from tests.town.small_town import PASSWORD, SmallTown


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_residents_find_their_town_among_several(town: SmallTown) -> None:
    page = text(Client().get("/"))
    assert "/t/990101001/" in page
    assert "乙镇" in page
    assert "甲镇" in text(Client().get("/t/990101001/"))
    assert Client().get("/t/000000000/").status_code == 404


@pytest.mark.django_db
def test_without_any_town_the_page_says_how_one_gets_here() -> None:
    assert "jinli pack load" in text(Client().get("/"))


def test_the_health_address_answers_plainly(town: SmallTown) -> None:
    answer = Client().get("/healthz")
    assert (answer.content, answer["Content-Type"]) == (b"ok\n", "text/plain")


def test_bodies_stand_with_their_posts_and_without_persons(town: SmallTown, desk: Client) -> None:
    page = text(desk.get("/registers/organisations/"))
    assert "甲区水利局（演示）" in page
    assert "经办" in page
    assert town.person("department_officer").name not in page
    assert "乙" not in page


def test_the_duty_list_says_kind_basis_and_what_is_unknown(town: SmallTown, desk: Client) -> None:
    common = {"division": town.county, "status": Status.SAMPLE}
    DutyLine.objects.create(
        code="c1", number=1, title="井盖管理", kind="cooperating", lead=town.body("housing"), **common
    )
    DutyLine.objects.create(code="t1", number=2, title="收回一项", kind="taken_back", **common)
    page = text(desk.get("/registers/duty-lines/?kind=cooperating"))
    assert "井盖管理" in page
    assert "甲区住建局（演示）" in page
    assert "未知（无来源）" in page
    assert "收回一项" not in page
    assert "收回一项" in text(desk.get("/registers/duty-lines/"))


def test_an_unknown_place_stands_there_as_unknown(town: SmallTown, desk: Client) -> None:
    page = text(desk.get("/registers/places/"))
    assert "未知（无来源）" in page
    assert "其中 1 个没有来源" in page
    assert "甲东村" in page


def test_registers_can_be_kept_as_spreadsheets(town: SmallTown, desk: Client) -> None:
    answer = desk.get("/registers/places/?as=csv")
    assert answer["Content-Type"].startswith("text/csv")
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert rows[0] == "类别,名称,编号,暂记,单位,网格种类,状态,来源"
    assert "村,甲东村,990101001001,,甲镇村委会（演示）,,模拟," in rows
    assert "村或社区（待定）,,990101001003,,,,未知（无来源）," in rows
    for page in ("organisations", "duty-lines"):
        assert desk.get(f"/registers/{page}/?as=xlsx").content.startswith(b"PK")


def test_an_unknown_place_is_filled_in_with_its_source(town: SmallTown, administrator: Client) -> None:
    place = town.places[""]
    url = f"/registers/places/{place.pk}/fill/"
    given = {"name": "新村", "kind": "village", "source": "", "version": _version(administrator, url)}
    refused = administrator.post(url, given)
    assert refused.status_code == 422
    assert refused.context["form"]["name"].value() == "新村"
    given["source"] = "区政府公告 2026-09-01"
    assert administrator.post(url, given)["Location"] == "/registers/places/"
    place.refresh_from_db()
    assert (place.name, place.kind, place.status) == ("新村", "village", "confirmed")
    assert administrator.get(url).status_code == 404


def test_whoever_fills_in_second_is_told(town: SmallTown, administrator: Client) -> None:
    place = town.places[""]
    url = f"/registers/places/{place.pk}/fill/"
    version = _version(administrator, url)
    Place.objects.filter(pk=place.pk).update(source="别的来源")
    answer = administrator.post(url, {"name": "新村", "kind": "village", "source": "甲", "version": version})
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()


def _version(client: Client, url: str) -> str:
    return str(client.get(url).context["form"]["version"].value())


def test_the_access_log_shows_who_looked_and_why(town: SmallTown) -> None:
    read_in_full(town.acting("command_centre"), "telephone", "网2026-00001", "回访报告人")
    read_in_full(town.neighbour.acting("command_centre"), "telephone", "网2026-00002", "别处的事")
    client = Client()
    client.force_login(town.person("auditor"))
    page = text(client.get("/registers/access/"))
    assert "回访报告人" in page
    assert "网2026-00001" in page
    assert "别处的事" not in page


def test_a_long_access_log_goes_on_by_key(town: SmallTown, administrator: Client) -> None:
    for number in range(60):
        read_in_full(town.acting("command_centre"), "telephone", f"n{number}", "回访")
    first = administrator.get("/registers/access/")
    assert first.context["keys"].shown == 50
    second = administrator.get(f"/registers/access/{first.context['keys'].next_url}")
    seen = [row.case_number for page in (first, second) for row in page.context["rows"]]
    assert len(set(seen)) == AccessEntry.objects.count() == 60
    assert administrator.get("/registers/access/?before=nonsense").context["keys"].shown == 50


def test_an_administrator_enters_a_person_and_gives_the_password_away_once(
    town: SmallTown, administrator: Client
) -> None:
    given = {"name": "新人（演示）", "username": "new", "duty": town.duty("grid_worker").pk, "hat": "own"}
    answer = administrator.post("/registers/people/new/", given)
    password = answer.context["password"]
    assert password in text(answer)
    assert "no-store" in answer["Cache-Control"]
    assert Client().post("/sign-in/", {"username": "new", "password": password}).status_code == 302
    made = Person.objects.get(username="new")
    assert made.appointments.get().in_name_of == town.body("village")
    assert password not in text(administrator.get(f"/registers/people/{made.pk}/"))


def test_a_refused_person_leaves_no_account_and_keeps_what_was_typed(town: SmallTown, administrator: Client) -> None:
    given = {"name": "新人（演示）", "username": "new", "duty": town.duty("grid_worker").pk, "hat": "zone"}
    answer = administrator.post("/registers/people/new/", given)
    assert answer.status_code == 422
    assert "in_name_of" in answer.context["form"].errors
    assert answer.context["form"]["username"].value() == "new"
    assert not Person.objects.filter(username="new").exists()


def test_duties_of_other_towns_are_not_even_offered(town: SmallTown, administrator: Client) -> None:
    page = text(administrator.get("/registers/people/new/"))
    assert "甲镇指挥中心（演示）" in page
    assert "乙镇" not in page
    assert "水利局" not in page
    given = {"name": "某", "username": "new", "duty": town.neighbour.duty("town_head").pk, "hat": "own"}
    assert "duty" in administrator.post("/registers/people/new/", given).context["form"].errors


def test_an_appointment_is_given_and_ended_on_the_page(town: SmallTown, administrator: Client) -> None:
    person = town.person("grid_worker")
    page = f"/registers/people/{person.pk}/"
    given = {
        "duty": town.duty("command_centre").pk,
        "hat": "zone",
        "in_name_of": town.body("zone").pk,
        "valid_from": "2026-09-01",
        "valid_to": "2026-12-31",
    }
    assert administrator.post(f"{page}appoint/", given)["Location"] == page
    row = Appointment.objects.get(person=person, hat="zone")
    assert (row.in_name_of, row.valid_to) == (town.body("zone"), date(2026, 12, 31))
    end = f"/registers/appointments/{row.pk}/end/"
    wrong = administrator.post(end, {f"end-{row.pk}-on": "2026-08-01"})
    assert wrong.status_code == 422
    assert "早于第一天" in text(wrong)
    assert administrator.post(end, {f"end-{row.pk}-on": "2026-10-01"})["Location"] == page
    row.refresh_from_db()
    assert row.valid_to == date(2026, 10, 1)


def test_a_reset_password_ends_the_open_sessions(town: SmallTown, administrator: Client, desk: Client) -> None:
    clerk = town.person("command_centre")
    assert desk.get("/registers/").status_code == 200
    answer = administrator.post(f"/registers/people/{clerk.pk}/password/")
    assert desk.get("/registers/").status_code == 302
    for password, status in ((PASSWORD, 422), (answer.context["password"], 302)):
        given = {"username": "a-command_centre", "password": password}
        assert Client().post("/sign-in/", given).status_code == status


def test_an_auditor_reads_the_people_and_changes_none(town: SmallTown) -> None:
    client = Client()
    client.force_login(town.person("auditor"))
    person = town.person("grid_worker")
    assert client.get(f"/registers/people/{person.pk}/").status_code == 200
    refused = client.post(f"/registers/people/{person.pk}/password/")
    assert refused.status_code == 403
    assert "不改动任何记录" in text(refused)
    assert Person.objects.get(pk=person.pk).check_password(PASSWORD)


def test_people_are_found_by_name(town: SmallTown, administrator: Client) -> None:
    assert [row.username for row in administrator.get("/registers/people/?q=干部").context["rows"]] == [
        "a-village_officer"
    ]


@pytest.mark.parametrize("page", ["/registers/people/", "/registers/places/", "/registers/organisations/"])
def test_a_register_costs_the_same_however_long_it_is(
    town: SmallTown, administrator: Client, page: str, django_assert_max_num_queries: Any
) -> None:
    administrator.get(page)
    with django_assert_max_num_queries(8):
        administrator.get(page)

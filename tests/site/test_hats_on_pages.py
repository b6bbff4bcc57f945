"""The page shows under which hat one works, and lets one change it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from jinli.town.models import Appointment, Division
from jinli.town.moment import frozen_at
from tests.town.small_town import SmallTown, hold

MORNING = datetime(2026, 9, 28, 0, 30, tzinfo=UTC)


@pytest.fixture
def zone(town: SmallTown) -> Appointment:
    """Return a second hat of the clerk: in the name of the zone, until 28 September."""
    return hold(
        town.person("command_centre"),
        town.duty("command_centre"),
        hat="zone",
        in_name_of=town.body("zone"),
        valid_to=MORNING.date(),
    )


def shown(client: Client) -> str:
    hat = client.get("/registers/").context["shell"].hat
    assert hat is not None
    return str(hat.label)


def test_the_page_shows_the_hat_one_wears(town: SmallTown, desk: Client) -> None:
    page = desk.get("/registers/").content.decode()
    assert "以谁的名义" in page
    assert "甲镇指挥中心（演示）（本单位）" in page


def test_another_hat_stays_until_it_is_changed_again(town: SmallTown, desk: Client, zone: Appointment) -> None:
    with frozen_at(MORNING):
        choice = f"{zone.pk}-{town.division.pk}"
        answer = desk.post("/hat/", {"hat": choice, "next": "/registers/places/"})
        assert answer["Location"] == "/registers/places/"
        assert shown(desk) == "甲镇园区办（演示）（园区）"
        assert shown(desk) == "甲镇园区办（演示）（园区）"


def test_a_hat_of_somebody_else_cannot_be_put_on(town: SmallTown, desk: Client) -> None:
    strange = town.person("administrator").appointments.get()
    page = desk.post("/hat/", {"hat": f"{strange.pk}-{town.division.pk}"}, follow=True)
    assert "名义没有换" in page.content.decode()
    assert shown(desk) == "甲镇指挥中心（演示）（本单位）"


def test_when_a_hat_ends_one_reads_on_under_the_own_but_writes_nothing(
    town: SmallTown, desk: Client, zone: Appointment
) -> None:
    late = datetime(2026, 9, 28, 15, 30, tzinfo=UTC)
    with frozen_at(late):
        desk.post("/hat/", {"hat": f"{zone.pk}-{town.division.pk}"})
        assert shown(desk) == "甲镇园区办（演示）（园区）"
    place = town.places[""]
    with frozen_at(late + timedelta(hours=1)):
        refused = desk.post(f"/registers/places/{place.pk}/fill/", {"name": "新村"})
        assert refused.status_code == 403
        assert "任职已经到期" in refused.content.decode()
        assert shown(desk) == "甲镇指挥中心（演示）（本单位）"
        assert desk.post(f"/registers/places/{place.pk}/fill/", {"name": "新村"}).status_code == 422


def test_district_people_choose_the_town_with_the_hat(town: SmallTown) -> None:
    second = Division.objects.create(code="990101002", level="town", name="丙镇", parent=town.county)
    client = Client()
    client.force_login(town.person("arbiter"))
    hats = client.get("/registers/").context["shell"].hats
    assert [hat.label.rpartition(" • ")[2] for hat in hats] == ["甲镇", "丙镇"]
    client.post("/hat/", {"hat": f"{town.person('arbiter').appointments.get().pk}-{second.pk}"})
    assert client.get("/registers/").context["shell"].town_name == "丙镇"


def test_somebody_without_duty_is_told_whom_to_ask(town: SmallTown) -> None:
    town.person("grid_worker").appointments.update(valid_to=MORNING.date())
    client = Client()
    with frozen_at(MORNING + timedelta(days=1)):
        client.force_login(town.person("grid_worker"))
        assert "请系统管理员为你登记任职" in client.get("/").content.decode()
        refused = client.get("/registers/")
        assert refused.status_code == 403
        assert "没有担任任何职责" in refused.content.decode()


def test_a_page_for_others_says_which_duty_it_is_for(town: SmallTown, desk: Client) -> None:
    refused = desk.get("/registers/access/")
    assert refused.status_code == 403
    assert "审计监督、系统管理员" in refused.content.decode()


def test_the_navigation_offers_only_what_opens(town: SmallTown, desk: Client) -> None:
    for item in desk.get("/registers/").context["shell"].nav:
        assert desk.get(item.url).status_code in {200, 302}
    people = [one.url for one in desk.get("/registers/").context["links"]]
    assert "/registers/people/" not in people


def test_pages_speak_english_once_chosen(town: SmallTown, desk: Client) -> None:
    answer = desk.post("/language/", {"language": "en", "next": "/registers/"})
    assert answer["Location"] == "/registers/"
    page = desk.get("/registers/").content.decode()
    assert "In whose name" in page
    assert "以谁的名义" not in page


def test_an_unknown_language_changes_nothing(town: SmallTown, desk: Client) -> None:
    assert "django_language" not in desk.post("/language/", {"language": "xx"}).cookies

"""A registered lease is the town's eye: it says who is in the building, and a second producing firm is looked at."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinli.cases.models import Case, Entry, Grant, Link
from jinli.cases.selectors.grants import grants_of
from jinli.cases.services import OpenCase, make_move, open_case
from jinli.cases.services.moving import MakeMove
from jinli.cases.services.verifying import verify_town
from jinli.lines.services.models import ItemEdition
from jinli.lines.services.services.acts import OnCase, accept, grant
from jinli.packs.items import FieldRow, ItemRow, ResultRow
from jinli.packs.sections import content_of
from jinli.town.models import Building, Occupancy, RoofCheck
from jinli.town.moment import frozen_at
from jinli.town.services import meet_party
from tests.cases.powers import give_power
from tests.cases.small import Small, at
from tests.counting import statements_of
from tests.lines.services.money import build_money, limit, signed_in
from tests.shared import shared

ITEM = "sublease_registration"
LEASE = ItemRow(
    code=ITEM, name="房屋租赁（转租）登记备案", kind="other", applicants=("enterprise",), procedure="filing",
    office="command", window="command", offered="online", source="测试",
    form=(FieldRow(code="building_address", label="地址", kind="address"),),
    result=ResultRow(kind="filing", name="房屋租赁登记备案证明"),
)  # fmt: skip
FIRST = {
    "building_place": "east", "building_address": "工业大道12号B栋2层", "floors": "2层", "use": "producing",
    "tenant_name": "某五金厂（演示）", "tenant_credit_code": "91990101MA00000001", "lease_from": "2026-09-01",
    "lease_to": "2027-08-31",
}  # fmt: skip
SECOND = {
    **FIRST, "building_address": "工业大道１２号B栋 3楼", "floors": "3楼", "tenant_name": "某电镀厂（演示）",
    "tenant_credit_code": "91990101MA00000002",
}  # fmt: skip


@shared
def small() -> Small:
    found = build_money()
    give_power(found, ITEM, to_body="command", mode="own")
    ItemEdition.objects.create(
        town=found.town, code=ITEM, edition=1, state="published", content=content_of(LEASE), digest="x",
        written_at=at("2026-01-01 09:00"), published_at=at("2026-01-02 09:00"),
    )  # fmt: skip
    return found


def register(small: Small, form: dict[str, Any], *, event: str = "new") -> Case:
    """File a lease from the form to the decision."""
    spec = OpenCase(
        type_code="filing", title=LEASE.name, channel="counter", class_code=ITEM, facts={"item": f"{ITEM}/1"},
        private={"name": "张三（演示）", "form": form, "situation": {"event": event}},
        reporter=meet_party(town=small.town, name="张三（演示）", at=at("2026-09-01 09:00")),
        bodies={"window": "command", "owner": "command", "leader": "government"},
        terms={"supply": limit(30), "promised": limit(10), "opinion": limit(5)},
        papers={"receipt": {"applicant": "张三（演示）"}},
    )  # fmt: skip
    case = Case.objects.get(pk=open_case(acting=small.command, town=small.town, spec=spec).id)
    accept(OnCase(acting=small.command, case=case.pk, version=case.version), by_hand=10)
    case.refresh_from_db()
    grant(OnCase(acting=small.command, case=case.pk, version=case.version, key=f"k-{case.pk}"), reason="材料齐全")
    case.refresh_from_db()
    return case


def reports() -> list[Case]:
    return list(Case.objects.filter(type_code="grid_report").order_by("number"))


def test_a_registered_lease_puts_the_tenant_into_the_building(small: Small) -> None:
    with frozen_at(at("2026-09-24 10:00")):
        case = register(small, FIRST)
    noted = Occupancy.objects.get()
    assert (noted.building.address, noted.building.place) == ("工业大道12号B栋", small.places["east"])
    assert (noted.name, noted.use, noted.valid_to) == ("某五金厂（演示）", "producing", date(2027, 8, 31))
    assert (noted.source_case, noted.source_number) == (case.pk, case.number)
    assert reports() == [], "one firm alone is no reason to look"


def test_a_filed_lease_is_a_grant_that_is_not_asked_for_again(small: Small) -> None:
    with frozen_at(at("2026-09-24 10:00")):
        case = register(small, FIRST)
    held = Grant.objects.get()
    assert (held.case, held.kind, held.paper is not None) == (case, ITEM, True)
    assert (held.valid_from, held.valid_to) == (date(2026, 9, 1), date(2027, 8, 31)), "as long as the lease"
    assert case.reporter is not None
    assert list(grants_of(case.reporter, ITEM, date(2026, 10, 1))) == [held]


def test_a_second_producing_firm_under_one_roof_opens_a_safety_check(small: Small) -> None:
    with frozen_at(at("2026-09-24 10:00")):
        register(small, FIRST)
        case = register(small, SECOND)
    (report,) = reports()
    assert Building.objects.count() == 1, "two floors written in two ways are one building"
    assert (report.origin, report.place, report.stage) == (case, small.places["east"], "intake")
    assert case.number in Entry.objects.get(case=report, seq=1).body
    assert report.number in Entry.objects.filter(case=case).order_by("-seq")[0].body
    assert Link.objects.filter(case=case, other=report).exists()
    assert "某五金厂" in Entry.objects.get(case=report, seq=1).payload.text
    assert RoofCheck.objects.get().number == report.number
    assert [one for one in verify_town(small.town) if not isinstance(one, int)] == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"use": "storage"}, id="a store"),
        pytest.param({"building_address": "工业大道12号A栋2层"}, id="another building"),
        pytest.param({"lease_from": "2027-09-01", "lease_to": "2028-08-31"}, id="after the first has left"),
        pytest.param({"tenant_credit_code": FIRST["tenant_credit_code"]}, id="the same firm on another floor"),
    ],
)
def test_no_check_without_a_second_producing_firm_at_the_same_time(small: Small, change: dict[str, str]) -> None:
    with frozen_at(at("2026-09-24 10:00")):
        register(small, FIRST)
        register(small, {**SECOND, **change})
    assert reports() == []


def test_a_renewal_opens_no_second_check_and_a_third_firm_does(small: Small) -> None:
    with frozen_at(at("2026-09-24 10:00")):
        register(small, FIRST)
        register(small, SECOND)
        register(small, {**SECOND, "lease_from": "2026-12-01", "lease_to": "2028-08-31"}, event="change")
        assert len(reports()) == 1
        third = {**SECOND, "tenant_name": "某注塑厂（演示）", "tenant_credit_code": "91990101MA00000003"}
        register(small, third)
    assert len(reports()) == 2
    assert RoofCheck.objects.count() == 3, "the third is looked at with both"
    ended = Occupancy.objects.filter(name="某电镀厂（演示）").order_by("recorded_at", "valid_from").first()
    assert ended is not None
    assert ended.valid_to == date(2026, 11, 30), "the earlier entry ends the day before"


def test_who_has_left_is_under_the_roof_no_more(small: Small) -> None:
    with frozen_at(at("2026-09-24 10:00")):
        register(small, FIRST)
        register(small, {**FIRST, "ended_on": "2026-09-20"}, event="end")
        register(small, {**SECOND, "lease_from": "2026-09-25"})
    assert Occupancy.objects.get(name="某五金厂（演示）").valid_to == date(2026, 9, 20)
    assert Grant.objects.count() == 2, "the end of a lease is no grant"
    assert reports() == []


def test_the_name_of_a_person_is_kept_masked(small: Small) -> None:
    with frozen_at(at("2026-09-24 10:00")):
        register(small, {**FIRST, "use": "dwelling", "tenant_name": "李小四", "tenant_credit_code": ""})
    assert Occupancy.objects.get().name == "李**"


def test_the_whistle_of_a_safety_check_leads_back_to_the_check_and_not_to_the_lease(small: Small) -> None:
    """Three cases in a row: each is told of the one it gave rise to."""
    from jinli.cases.work import take

    with frozen_at(at("2026-09-24 10:00")):
        register(small, FIRST)
        case = register(small, SECOND)
        (report,) = reports()
        act = MakeMove(case=report.pk, move="comment", version=report.version, given={"note": "已约时间"})
        make_move(acting=small.command, act=act)
        _, above = take(report.pk, lock=False)
    assert above is not None
    assert above.case == case


def test_the_pages_show_who_is_where_and_where_that_was_learnt(small: Small) -> None:
    with frozen_at(at("2026-09-24 10:00")):
        first, clerk = register(small, FIRST), signed_in(small, "command")
        clerk.get("/buildings/")
        costs = []
        for form in (SECOND, {**SECOND, "tenant_name": "丙", "tenant_credit_code": "91990101MA00000003"}):
            register(small, form)
            found = []
            for url in ("/buildings/?q=工业", f"/buildings/{Building.objects.get().pk}/"):
                with CaptureQueriesContext(connection) as caught:
                    page = clerk.get(url)
                found.append(len(statements_of(caught)))
            costs.append(found)
        text = page.content.decode()
    assert costs[0] == costs[1], "the same statements however many rows"
    for shown in (first.number, "某五金厂（演示）", "某电镀厂（演示）", reports()[0].number):
        assert shown in text


def test_a_lease_replaced_from_its_first_day_is_not_shown_as_ending_before_it_began(small: Small) -> None:
    with frozen_at(at("2026-09-24 10:00")):
        register(small, FIRST)
        register(small, {**FIRST, "lease_to": "2028-08-31"}, event="change")
        page = signed_in(small, "command").get(f"/buildings/{Building.objects.get().pk}/").content.decode()
    assert "2026年9月1日 起，从第一天就由新的一条代替" in page
    assert "2026年8月31日" not in page

"""An application comes in: one case, whoever typed it, with nothing personal outside its erasable part."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinli.cases.models import Attachment, Case, Clock, Entry, EntryPayload
from jinli.cases.services import Opened
from jinli.cases.services.attaching import store
from jinli.cases.services.erasing import erase_payload
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.lines.services.selectors.held import held_of
from jinli.lines.services.selectors.items import Item, item_of
from jinli.lines.services.services.applying import Agent, Applicant, NewApplication, Paper, apply
from jinli.packs.items import FieldRow, MaterialRow
from jinli.town.acting import resident
from jinli.town.models import Attribute, PartyFact
from jinli.town.moment import frozen_at
from tests.cases.small import Small, at
from tests.counting import statements_of
from tests.lines.services.town import (
    ANSWERS,
    CARD,
    CREDIT,
    ID,
    RENT,
    SHOP,
    TYPED,
    build_services,
    clerk,
    picture,
    publish,
)
from tests.shared import shared


@shared
def small() -> Small:
    return build_services()


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with frozen_at(at("2026-09-28 10:05")):
        yield


WHO = Applicant(kind="person", name="安某（演示）", telephone="13800000426", id_number=ID)


def application(small: Small, **more: Any) -> NewApplication:
    return NewApplication(**{"item": rent(small), "applicant": WHO, "situation": ANSWERS, "typed": TYPED, **more})


def rent(small: Small) -> Item:
    return item_of(small.town, "rent-subsidy")


def send(small: Small, key: str = "k", **more: Any) -> Opened:
    return apply(acting=resident(small.town.pk), town=small.town, application=application(small, **more), key=key)


def first(opened: Opened) -> tuple[dict[str, Any], dict[str, Any]]:
    entry = Entry.objects.get(case=opened.id, seq=1)
    return json.loads(entry.body), json.loads(EntryPayload.objects.get(entry=entry).text)


def test_the_case_says_what_is_asked_for_by_codes_and_keeps_what_is_personal_apart(small: Small) -> None:
    opened = send(small)
    case = Case.objects.get(pk=opened.id)
    body, private = first(opened)
    assert (case.type_code, case.class_code, case.title, case.channel) == (
        "payment", "rent-subsidy", "新来人员租房补助（样本）", "public",
    )  # fmt: skip
    assert body["facts"]["item"] == "rent-subsidy/1"
    assert body["facts"]["materials"] == {
        "form": "given", "identity": "missing", "lease": "missing", "household": "missing",
    }  # fmt: skip
    assert body["facts"]["counts"] == {"asked": 5, "prefilled": 0, "changed": 0}
    for personal in ("安某", ID, "13800000426", "900.00"):
        assert personal not in json.dumps(body, ensure_ascii=False)
    assert private["form"]["rent"] == "900.00"
    assert private["situation"] == {"home": "rented"}


def test_bodies_and_limits_are_those_of_the_item_and_of_the_house(small: Small) -> None:
    body, _ = first(send(small))
    assert body["bodies"] == {"window": "hall", "owner": "hall", "leader": "government"}
    terms = {name: (one["amount"], one["unit"]) for name, one in body["terms"].items()}
    assert terms == {
        "promised": (10, "working_day"), "supply": (30, "calendar_day"), "opinion": (5, "working_day"),
        "pay": (15, "working_day"),
    }  # fmt: skip
    assert "decide" not in terms  # nobody has said one, so there is none


def test_a_licence_starts_the_five_days_in_which_it_is_taken_up(small: Small) -> None:
    item = publish(small, replace(SHOP, offered="online"))
    firm = Applicant(kind="enterprise", name="某五金厂（演示）", telephone="0758-1234567", id_number=CREDIT)
    opened = apply(
        acting=resident(small.town.pk), town=small.town, key="f",
        application=NewApplication(item=item, applicant=firm, typed={"credit_code": CREDIT, "area": "85.5"}),
    )  # fmt: skip
    clock = Clock.objects.get(case=opened.id)
    assert (clock.code, clock.limit["amount"], clock.limit["article"]) == ("notice", 5, "行政许可法第三十二条")
    case = Case.objects.get(pk=opened.id)
    assert case.reporter is not None
    assert case.reporter.kind == "enterprise"


def test_files_belong_to_their_materials(small: Small) -> None:
    papers = [Paper(material="lease", stored=one) for one in store([picture(), picture("第二页.png", "red")])]
    opened = send(small, papers=papers)
    body, private = first(opened)
    assert body["facts"]["materials"]["lease"] == "given"
    assert sorted(private["files"].values()) == ["租约.png", "第二页.png"]
    assert set(private["for"].values()) == {"lease"}
    assert Attachment.objects.filter(case=opened.id).count() == 2


def test_sent_twice_it_is_one_case_with_one_row_a_file(small: Small) -> None:
    papers = [Paper(material="lease", stored=one) for one in store([picture()])]
    once, again = send(small, "same", papers=papers), send(small, "same", papers=papers)
    assert once == again
    assert Case.objects.count() == 1
    assert Attachment.objects.count() == 1
    assert PartyFact.objects.filter(attribute="id_number").count() == 1


def test_the_same_key_for_another_application_is_refused(small: Small) -> None:
    send(small, "same")
    with pytest.raises(InvalidInputError, match="key_reused"):
        send(small, "same", typed={**TYPED, "rent": "901"})


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"typed": {**TYPED, "id_number": ID[:-1] + "1"}}, "id_number", "domain.form.check_digit.id_number"),
        ({"typed": {**TYPED, "account": CARD[:-1] + "9"}}, "account", "domain.form.check_digit.bank_account"),
        ({"typed": {**TYPED, "family[1].relation": "child"}}, "family[1].name", "domain.form.missing"),
        ({"situation": {}}, "situation-home", "services.apply.situation_missing"),
        ({"applicant": replace(WHO, telephone=" ")}, "telephone", "services.apply.telephone_missing"),
        ({"applicant": replace(WHO, kind="enterprise")}, "applicant_kind", "services.apply.not_for_you"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(
    small: Small, changed: dict[str, Any], field: str, code: str
) -> None:
    with pytest.raises(InvalidInputError) as caught:
        send(small, **changed)
    assert (caught.value.code, caught.value.facts["field"]) == (code, field)
    assert not Case.objects.exists()


def test_a_mandate_that_has_ended_is_refused_and_one_of_today_counts(small: Small) -> None:
    agent = Agent(name="代办某", id_number=ID, what="提交申请、领取结果", until=at("2026-09-27 00:00").date())
    with pytest.raises(InvalidInputError, match="mandate_over"):
        send(small, agent=agent)
    _, private = first(send(small, agent=replace(agent, until=at("2026-09-28 00:00").date())))
    assert private["agent"]["until"] == "2026-09-28"


def test_what_is_only_taken_at_the_counter_is_not_taken_online(small: Small) -> None:
    firm = Applicant(kind="enterprise", name="某厂", telephone="13800000426")
    made = NewApplication(item=publish(small, SHOP), applicant=firm, typed={"credit_code": CREDIT, "area": "1"})
    with pytest.raises(RefusedError, match="not_here"):
        apply(acting=resident(small.town.pk), town=small.town, application=made, key="k")
    counter = replace(made, channel="counter", shown=frozenset({"plan"}))
    with pytest.raises(RefusedError, match="not_yours"):
        apply(acting=resident(small.town.pk), town=small.town, application=counter, key="k")
    opened = apply(acting=clerk(small), town=small.town, application=counter, key="k")
    body, _ = first(opened)
    assert (body["channel"], body["facts"]["materials"]) == ("counter", {"plan": "given"})


def test_what_the_town_holds_is_not_asked_again_and_says_where_it_came_from(small: Small) -> None:
    papers = [Paper(material="household", stored=one) for one in store([picture()])]
    earlier = send(small, papers=papers)
    party = Case.objects.get(pk=earlier.id).reporter
    assert party is not None
    held = held_of(small.town, party.pk, rent(small))
    assert {code: one.value for code, one in held.fields.items()} == {"id_number": ID, "account": CARD}
    assert held.fields["account"].number == earlier.number
    assert set(held.materials) == {"identity", "household"}
    known = replace(WHO, party=party)
    opened = send(small, "next", applicant=known, held=held, typed={"moved_on": "2026-03-01", "rent": "950"})
    body, private = first(opened)
    assert body["facts"]["counts"] == {"asked": 3, "prefilled": 2, "changed": 0}
    assert body["facts"]["materials"]["identity"] == "held"
    assert private["form"]["account"] == CARD
    assert private["sources"] == dict.fromkeys(("id_number", "account"), f"case:{earlier.number}")
    assert Case.objects.get(pk=opened.id).reporter == party


def test_a_held_value_typed_anew_counts_as_changed_and_the_old_one_ends(small: Small) -> None:
    earlier = send(small)
    party = Case.objects.get(pk=earlier.id).reporter
    assert party is not None
    held = held_of(small.town, party.pk, rent(small))
    typed = {"moved_on": "2026-03-01", "rent": "900", "account": "10086100861008"}
    opened = send(small, "next", applicant=replace(WHO, party=party), held=held, typed=typed)
    body, private = first(opened)
    assert body["facts"]["counts"] == {"asked": 3, "prefilled": 2, "changed": 1}
    assert "account" not in private["sources"]
    values = PartyFact.objects.filter(party=party, attribute="bank_account").order_by("recorded_at", "id")
    assert {(one.value, one.valid_to is None) for one in values} == {(CARD, False), ("10086100861008", True)}
    assert private["form"]["account"] == "10086100861008"


def test_what_was_stated_goes_with_the_case_when_it_is_erased(small: Small) -> None:
    opened = send(small)
    case = Case.objects.get(pk=opened.id)
    assert PartyFact.objects.filter(source_case=case.pk, value=ID).exists()
    erase_payload(acting=small.command, case=case, basis="个人信息保护法第四十七条")
    assert not PartyFact.objects.filter(party=case.reporter).exists()
    assert not EntryPayload.objects.filter(entry__case=case).exists()


def test_offers_are_kept_by_code_and_a_promise_stands_only_where_the_item_allows_it(small: Small) -> None:
    offers = {"lease": "later", "household": "promise", "identity": "promise"}
    body, _ = first(send(small, offers=offers))
    assert body["facts"]["materials"] == {
        "form": "given", "identity": "missing", "lease": "missing", "household": "promised",
    }  # fmt: skip
    assert body["facts"]["offered_later"] == ["lease"]


def _large(size: int) -> Any:
    for number in range(size):
        Attribute.objects.get_or_create(code=f"fact_{number}", defaults={"title": str(number)})
    fields = tuple(FieldRow(code=f"f{n}", label=f"{n}", attribute=f"fact_{n}") for n in range(size))
    materials = tuple(MaterialRow(code=f"m{n}", name=f"{n}") for n in range(size))
    return replace(RENT, form=fields, materials=materials)


def test_to_apply_takes_the_same_few_statements_whatever_is_handed_in(small: Small) -> None:
    costs = []
    for size in (2, 30):
        item = publish(small, _large(size))
        papers = [Paper(material=f"m{n}", stored=store([picture(f"{n}.png")])[0]) for n in range(size)]
        made = NewApplication(
            item=item, applicant=WHO, situation=ANSWERS, typed={f"f{n}": "x" for n in range(size)}, papers=papers
        )
        send(small, f"warm-{size}", item=item, typed=made.typed)  # the registers are read anew after a publication
        with CaptureQueriesContext(connection) as caught:
            apply(acting=resident(small.town.pk), town=small.town, application=made, key=f"cost-{size}")
        costs.append(len(statements_of(caught)))
    assert costs[0] == costs[1]
    assert costs[1] <= 16, costs

"""A power with a bound: how large a matter is comes from the form, and what is too large goes to who holds the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jinli.cases.models import Case, Entry, Grant, Paper
from jinli.domain.errors import DomainError
from jinli.lines.services.selectors.items import item_of
from jinli.lines.services.services import acts
from jinli.lines.services.services.applying import Applicant, NewApplication, apply
from jinli.packs.items import FieldRow
from jinli.town.acting import resident
from jinli.town.models import Delegation, Organisation
from jinli.town.moment import frozen_at
from tests.cases.powers import change_power, give_power
from tests.lines.services.desk import ITEM, Hall, at, hall, replace
from tests.lines.services.town import CREDIT, build_services, clerk

pytestmark = pytest.mark.django_db
BOUND = {"bound_fact": "area", "bound_most": Decimal(40), "bound_unit": "m²"}
BOARD = replace(
    ITEM,
    code="board",
    form=(FieldRow(code="area", label="单个广告的面积", label_en="Area", kind="area", unit="平方米"),),
    materials=(),
)
WHO = {"name": "梁小明（演示）", "telephone": "13800000426", "applicant_kind": "person"}


@pytest.fixture
def desk() -> Hall:
    found = hall()
    found.staff.small.organisations["urban"] = Organisation.objects.create(
        division=found.staff.small.town.parent, code="urban", name="区城管局（演示）", name_en="Urban Management",
        kind="department",
    )  # fmt: skip
    return found


def board(desk: Hall, area: str, unit: str = "平方米") -> Case:
    """Receive a board of some size under a power that reaches to forty square metres."""
    item = replace(BOARD, form=(replace(BOARD.form[0], unit=unit),))
    desk.editions[item.code] = desk.editions.get(item.code, 0) + 1
    if desk.editions[item.code] == 1:
        give_power(desk.staff.small, "board", authority="urban", **BOUND)
    case = desk.apply("2026-09-24 10:00", item, materials={}, private={**WHO, "form": {"area": area}})
    return desk.do("2026-09-24 10:30", acts.correct_on_spot, case, "clerk", form={"area": area})


def facts(case: Any) -> dict[str, Any]:
    return dict(json.loads(Entry.objects.get(case=case, seq=1).body)["facts"])


@pytest.mark.parametrize("channel", ["public", "counter"])
def test_what_bounds_a_power_is_a_fact_of_the_case_whoever_typed_it(channel: str) -> None:
    small = build_services()
    give_power(small, "shop-licence", to_body="command", **BOUND)
    item = replace(item_of(small.town, "shop-licence"))
    item = replace(item, row=replace(item.row, offered="online"))
    firm = Applicant(kind="enterprise", name="立新五金（演示）", telephone="13800000426")
    said = NewApplication(
        item=item, applicant=firm, channel=channel, typed={"credit_code": CREDIT, "area": "36.5"}
    )  # fmt: skip
    acting = clerk(small) if channel == "counter" else resident(small.town.pk)
    with frozen_at(at("2026-09-28 10:05")):
        opened = apply(acting=acting, town=small.town, application=said, key="k")
    found = facts(opened.id)
    assert (found["area"], found["units"]) == ("36.5", {"area": "m²"})
    assert CREDIT not in json.dumps(found)  # what bounds nothing stays in the part that can be erased


def test_within_the_bound_it_is_granted(desk: Hall) -> None:
    case = board(desk, "36")
    desk.do("2026-09-24 11:00", acts.accept, case, "clerk")
    case = desk.do("2026-09-25 11:00", acts.grant, case, "officer", reason="符合条件")
    assert (case.stage, Grant.objects.filter(case=case).count()) == ("decided", 1)


@pytest.mark.parametrize("act", [acts.accept, acts.grant_at_once])
def test_beyond_the_bound_nothing_is_sealed_and_the_reason_names_who_holds_the_rest(
    desk: Hall, act: Callable[..., str]
) -> None:
    case = board(desk, "60")
    more = {"reason": "符合条件"} if act is acts.grant_at_once else {}
    with pytest.raises(DomainError) as refused:
        desk.do("2026-09-24 11:00", act, case, "officer" if more else "clerk", **more)
    assert refused.value.code == "domain.competence.beyond"
    assert (refused.value.facts["found"], refused.value.facts["most"]) == ("60", "40")
    assert refused.value.facts["authority"] == "urban"


def test_a_size_in_another_unit_is_not_taken_for_the_size_of_the_power(desk: Hall) -> None:
    case = board(desk, "36", unit="亩")
    desk.do("2026-09-24 11:00", acts.accept, case, "clerk")
    with pytest.raises(DomainError) as refused:
        desk.do("2026-09-25 11:00", acts.grant, case, "officer", reason="符合条件")
    assert refused.value.code == "domain.competence.bound_missing"


def test_a_size_corrected_on_the_spot_is_the_one_that_counts(desk: Hall) -> None:
    case = board(desk, "60")
    desk.do("2026-09-24 10:40", acts.correct_on_spot, case, "clerk", form={"area": "38"})
    assert desk.do("2026-09-24 11:00", acts.accept, case, "clerk").stage == "accepted"


def test_what_is_beyond_goes_to_the_authority_which_decides_it_itself(desk: Hall) -> None:
    case = board(desk, "60")
    case = desk.do("2026-09-24 11:00", acts.hand_over, case, "clerk", to="urban", reason="面积 60 平方米，超出赋权范围")
    letter = Paper.objects.get(case=case, kind="hand_over")
    said = json.loads(letter.content or "")
    assert case.owner == desk.staff.small.organisations["urban"]
    assert letter.sealed_by == desk.staff.small.organisations["government"]  # the town's own letter
    assert "区城管局（演示）" in json.dumps(said, ensure_ascii=False)
    with frozen_at(at("2026-09-24 15:00")):
        urban = desk.staff.small.acting("command", "urban", "department_officer")
        acts.accept(acts.OnCase(acting=urban, case=case.pk, version=case.version))
    case.refresh_from_db()
    paper = Paper.objects.get(case=case, kind="acceptance")
    assert (case.stage, paper.sealed_by.code) == ("accepted", "urban")


def test_what_the_town_decides_itself_is_not_handed_over(desk: Hall) -> None:
    case = board(desk, "36")
    with pytest.raises(DomainError) as refused:
        desk.do("2026-09-24 11:00", acts.hand_over, case, "clerk", to="urban", reason="不想办")
    assert refused.value.code == "services.hand_over.ours"


def test_it_is_handed_only_to_a_body_above_the_town(desk: Hall) -> None:
    case = board(desk, "60")
    for to, why in (("planning", "no_such_body"), ("nobody", "no_such_body")):
        with pytest.raises(DomainError, match=why):
            desk.do("2026-09-24 11:00", acts.hand_over, case, "clerk", to=to, reason="超出范围")


URBAN = {"authority": "区城管局（演示）", "not_ours": True}
REFUSED = {"reason": "面积超出赋权范围", "legal_basis": "行政许可法第三十二条第一款第二项"}


def test_without_the_power_acceptance_is_refused_in_the_towns_own_name_and_the_paper_names_the_authority(
    desk: Hall,
) -> None:
    """Licensing Law art. 32(1)(2): whoever received it says so at once and names the authority to apply to."""
    case = board(desk, "60")
    case = desk.do(
        "2026-09-24 11:00",
        acts.refuse_acceptance,
        case,
        "clerk",
        authority="区城管局（演示）",
        not_ours=True,
        **REFUSED,
    )
    paper = Paper.objects.get(case=case, kind="non_acceptance")
    text = paper.content or ""
    assert case.stage == "not_accepted"
    assert paper.sealed_by.code == "government"
    assert "不予受理决定书" in text
    assert "这一事项可以向区城管局（演示）申请。" in text
    assert "You may apply for this matter to Urban Management." in text
    said = json.loads(Entry.objects.get(case=case, move="refuse_acceptance").body)["facts"]
    assert (said["mode"], said["competence"], said["defendant"]) == ("not_ours", "", "government")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"mode": ""}, id="nobody knows how the power came"),
        pytest.param({"recalled_on": "2026-09-01", "recall_instrument": "收回令（演示）"}, id="it was taken back"),
        pytest.param({"valid_from": "2027-01-01"}, id="it has not come yet"),
    ],
)
def test_whatever_the_town_lacks_the_power_for_can_be_turned_away(desk: Hall, change: dict[str, Any]) -> None:
    case = board(desk, "36")
    fields = {name: date.fromisoformat(one) if name.endswith(("_on", "_from")) else one for name, one in change.items()}
    change_power(Delegation.objects.get(item="board"), **fields)
    with pytest.raises(DomainError, match="competence"):
        desk.do("2026-09-24 11:00", acts.accept, case, "clerk")
    with pytest.raises(DomainError, match="competence"):  # that no licence is needed only its authority can say
        desk.do("2026-09-24 11:00", acts.refuse_acceptance, case, "clerk", **REFUSED)
    case = desk.do(
        "2026-09-24 11:01",
        acts.refuse_acceptance,
        case,
        "clerk",
        authority="区城管局（演示）",
        not_ours=True,
        **REFUSED,
    )
    assert case.stage == "not_accepted"


def page(desk: Hall, case: Case, name: str, **headers: str) -> str:
    with frozen_at(at("2026-09-24 11:00")):
        return str(desk.client("clerk").get(f"/matters/{case.pk}/{name}/", headers=headers).content.decode())


def test_the_page_proposes_the_authority_from_the_register_and_says_why(desk: Hall) -> None:
    case = board(desk, "60")
    shown = page(desk, case, "not-accepted")
    assert "单个广告的面积 为 60，最多 40 m²" in shown
    assert 'value="区城管局（演示）"' in shown
    assert "行政许可法第三十二条第一款第二项" in shown
    assert f"/matters/{case.pk}/hand-over/" in shown
    handing = page(desk, case, "hand-over")
    assert '<option value="urban" selected>' in handing
    assert f"/matters/{case.pk}/not-accepted/" in handing
    assert "Urban Management" in page(desk, case, "not-accepted", **{"accept-language": "en"})


def test_the_clerk_hands_over_on_the_page_after_a_look_at_the_letter(desk: Hall) -> None:
    case = board(desk, "60")
    said = {"version": case.version, "key": "k1", "to": "urban", "reason": "超出赋权范围", "do": "look"}
    with frozen_at(at("2026-09-24 11:00")):
        client = desk.client("clerk")
        looked = client.post(f"/matters/{case.pk}/hand-over/", said)
        assert "移送告知函" in looked.content.decode()
        refused = client.post(f"/matters/{case.pk}/hand-over/", {**said, "to": "planning", "do": "act"})
        assert refused.status_code == 422
        assert "超出赋权范围" in refused.content.decode()  # what was typed stays
        assert client.post(f"/matters/{case.pk}/hand-over/", {**said, "do": "act"}).status_code == 302
        late = client.post(f"/matters/{case.pk}/hand-over/", {**said, "key": "k2", "do": "act"})
    assert late.status_code == 409
    assert desk.moves(case)[-1] == "hand_over"

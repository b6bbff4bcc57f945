"""A board of thirty-six square metres: applied for, granted within the bound, renewed online, its certificate replaced.

The paper journey is read back from the papers themselves, the journals and the public verification page.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client

from jinli.cases.models import Case, Grant, GrantChange, Notice, Paper
from jinli.cases.services.outbox import _text
from jinli.cases.services.rounds import engine_round
from jinli.cases.services.verifying import verify_town
from jinli.lines.services.selectors.items import item_of
from jinli.lines.services.services import acts
from jinli.lines.services.services.applying import Applicant, NewApplication, apply
from jinli.lines.services.services.publishing import publish_contents
from jinli.lines.services.services.signing_in import Claims, party_for
from jinli.lines.services.views.kept import APPLICANT, keep
from jinli.packs.sections import content_of
from jinli.town.acting import resident
from jinli.town.models import Attribute, Organisation, Party
from jinli.town.moment import frozen_at
from tests.cases.papers import text_of
from tests.cases.powers import give_power
from tests.cases.small import at
from tests.lines.services.desk import Hall, hall
from tests.lines.services.together import pack
from tests.lines.services.town import CREDIT

pytestmark = pytest.mark.django_db
TYPED = {
    "credit_code": CREDIT, "ad_place": "east", "ad_address": "金利大道 8 号（演示）", "content": "新品上市",
    "shown_from": "2026-10-01", "shown_to": "2027-03-31", "caretaker": "何师傅（演示）",
}  # fmt: skip


@pytest.fixture
def desk() -> Hall:
    """The counter with the real matter of the pack, under a power that reaches to forty square metres."""
    cache.clear()
    found = hall()
    small = found.staff.small
    small.organisations["urban"] = Organisation.objects.create(
        division=small.town.parent, code="urban", name="区城管局（演示）", kind="department"
    )
    with frozen_at(at("2026-01-05 09:00")):
        Attribute.objects.get_or_create(code="credit_code", defaults={"title": "代码", "sensitivity": "open"})
        row = next(one for one in pack().items if one.code == "outdoor_advertising")
        publish_contents(
            town=small.town, contents={row.code: content_of(replace(row, window="hall", office="planning"))},
            at=at("2026-01-05 09:00"),
        )  # fmt: skip
        bound = {"bound_fact": "area", "bound_most": Decimal(40), "bound_unit": "m²"}
        give_power(small, row.code, authority="urban", **bound)
    small.town.refresh_from_db()
    return found


def firm(desk: Hall, subject: str = "firm", name: str = "立新五金厂（演示）", number: str = CREDIT) -> Party:
    claims = Claims(issuer="test", subject=subject, name=name, telephone="13800000426", number=number, firm=True)
    return party_for(desk.staff.small.town, claims)


def browser(desk: Hall, party: Party | None = None) -> Client:
    """Return the browser of somebody, signed in as this party."""
    from django.http import HttpResponse
    from django.test import RequestFactory

    client, answer = Client(), HttpResponse()
    if party is not None:
        keep(answer, RequestFactory().get("/"), desk.staff.small.town, APPLICANT, {"party": party.pk.hex})
        client.cookies.update(answer.cookies)
    return client


def applied(desk: Hall, party: Party, area: str = "36") -> Case:
    town = desk.staff.small.town
    said = NewApplication(
        item=item_of(town, "outdoor_advertising"),
        applicant=Applicant(kind="enterprise", name="立新五金厂（演示）", telephone="13800000426", party=party),
        situation={"kind": "banner", "site": "own"}, typed={**TYPED, "area": area},
        shown=frozenset({"business_licence", "banner_text", "site_proof"}), simulated=True,
    )  # fmt: skip
    return Case.objects.get(pk=apply(acting=resident(town.pk), town=town, application=said, key=f"k{area}").id)


def granted(desk: Hall, party: Party) -> Grant:
    with frozen_at(at("2026-09-24 10:00")):
        case = applied(desk, party)
    desk.do("2026-09-24 11:00", acts.accept, case, "clerk")
    desk.do(
        "2026-09-28 11:00", acts.grant, case, "officer", reason="符合条件", conditions="按批的位置和尺寸",
        valid_from=date(2026, 10, 1), valid_to=date(2027, 3, 31),
    )  # fmt: skip
    return Grant.objects.get(case=case)


def decide(desk: Hall, case: Case, move: str, when: str, **said: Any) -> None:
    from jinli.cases.services import make_move
    from jinli.cases.services.moving import MakeMove

    case.refresh_from_db()
    with frozen_at(at(when)):
        act = MakeMove(case=case.pk, move=move, version=case.version, given=said)
        make_move(acting=desk.acting("officer"), act=act)


def sound(desk: Hall) -> bool:
    return not [one for one in verify_town(desk.staff.small.town) if not isinstance(one, int)]


def test_from_the_application_to_the_replaced_certificate(desk: Hall) -> None:
    with frozen_at(at("2026-09-24 09:00")):
        party = firm(desk)
    grant, town = granted(desk, party), desk.staff.small.town
    old = Paper.objects.get(case=grant.case, kind="certificate")
    assert grant.paper == old

    # Thirty days before the end the reminder names the address, and the holder asks for renewal there.
    with frozen_at(at("2027-03-01 08:00")):
        engine_round(at("2027-03-01 08:00"))
        notice = Notice.objects.get(move="grant_ends", to_party=party)
        address = f"/t/{town.code}/my-grants/one/?grant={quote(grant.number)}"
        assert address in _text(notice)
        client = browser(desk, party)
        shown = client.get(address).content.decode()
        assert "现在提出，届满前没有决定就视为准予延续" in shown
        assert client.post(f"/t/{town.code}/my-grants/renew/", {"grant": grant.number}).status_code == 302
        again = client.post(f"/t/{town.code}/my-grants/renew/", {"grant": grant.number})
        assert again.status_code == 422
    renewal = Case.objects.get(type_code="renewal", origin=grant.case)
    assert (renewal.reporter, renewal.channel, renewal.stage) == (party, "public", "asked")
    assert renewal.number in again.content.decode()

    # One decision: the register, the decision on paper, the new certificate, and what becomes of the old one.
    decide(desk, renewal, "renew", "2027-03-08 10:00", reason="没有变化，检查合格")
    grant.refresh_from_db()
    old.refresh_from_db()
    assert grant.valid_to == date(2027, 9, 30)
    decision = Paper.objects.get(case=renewal, kind="decision_renewal")
    new = Paper.objects.get(case=renewal, kind="certificate")
    assert "准予延续，有效期至2027年9月30日" in (decision.content or "")
    assert "按批的位置和尺寸" in (new.content or "")
    assert CREDIT in (new.content or "")
    assert (old.state, old.replaced_by, grant.paper) == ("replaced", new, new)
    with frozen_at(at("2027-03-09 10:00")):
        looked = Client().get(f"/v/{old.token}/").content.decode()
        assert "已被替代" in looked
        assert new.number in looked
        now = Client().get(f"/v/{new.token}/").content.decode()
        assert "2027年9月30日" in now
        assert address in now
        pdf = browser(desk, party).get(f"/t/{town.code}/applications/paper.pdf?paper={new.pk}")
        assert "行政许可证" in text_of(pdf.content).replace("\n", "")
    assert desk.moves(grant.case)[-1] == "paper_state"
    assert desk.moves(renewal) == ["ask", "renew"]
    assert sound(desk)


def test_beyond_the_bound_the_way_ends_at_the_counter_with_the_authority_named(desk: Hall) -> None:
    with frozen_at(at("2026-09-24 10:00")):
        case = applied(desk, firm(desk), "60")
    said = {"authority": "区城管局（演示）", "reason": "超出赋权范围", "legal_basis": "行政许可法第三十二条"}
    desk.do("2026-09-24 11:00", acts.refuse_acceptance, case, "clerk", not_ours=True, **said)
    paper = Paper.objects.get(case=case, kind="non_acceptance")
    assert "可以向区城管局（演示）申请" in (paper.content or "")
    assert sound(desk)


def test_a_change_asked_for_online_is_decided_on_paper_and_shown_by_a_new_certificate(desk: Hall) -> None:
    """Licensing Law art. 49."""
    with frozen_at(at("2026-09-24 09:00")):
        party = firm(desk)
    grant = granted(desk, party)
    address, said = f"/t/{desk.staff.small.town.code}/my-grants/change/", {"grant": grant.number}
    with frozen_at(at("2026-11-02 10:00")):
        client = browser(desk, party)
        empty = client.post(address, {**said, "wish": " "})
        assert empty.status_code == 422
        assert "写清楚要变更什么" in empty.content.decode()
        assert client.post(address, {**said, "wish": "地点改为金利大道 9 号"}).status_code == 302
        second = client.post(address, {**said, "wish": "再改一次"})
    assert second.status_code == 422
    assert "再改一次" in second.content.decode()  # what was typed stays
    case = Case.objects.get(type_code="grant_change", origin=grant.case)
    assert "金利大道 9 号" not in "".join(case.entries.values_list("body", flat=True))  # never hashed, can be erased
    decide(desk, case, "decide", "2026-11-05 10:00", reason="属实", legal_basis="行政许可法第四十九条")
    grant.refresh_from_db()
    assert "变更：地点改为金利大道 9 号" in grant.conditions
    new = Paper.objects.get(case=case, kind="certificate")
    assert "地点改为金利大道 9 号" in (new.content or "")
    assert "准予变更行政许可决定书" in (Paper.objects.get(case=case, kind="decision_change").content or "")
    assert Paper.objects.get(case=grant.case, kind="certificate").replaced_by == new
    assert sound(desk)


@pytest.mark.parametrize(
    ("act", "paper", "told"),
    [("suspend", "suspended", "已暂停"), ("revoke", "revoked", "已撤销"), ("cancel", "revoked", "已撤销")],
)
def test_one_decision_changes_the_grant_and_its_paper(desk: Hall, act: str, paper: str, told: str) -> None:
    from jinli.cases.services.granting import propose_change

    with frozen_at(at("2026-09-24 09:00")):
        party = firm(desk)
    grant = granted(desk, party)
    with frozen_at(at("2026-11-02 10:00")):
        case = propose_change(acting=desk.acting("officer"), grant=grant, act=act, reason="检查发现（演示）")
    decide(desk, case, "decide", "2026-11-05 10:00", reason="属实", legal_basis="样本条例第九条")
    shown = Paper.objects.get(case=grant.case, kind="certificate")
    assert (shown.state, shown.state_reason) == (paper, "decided")
    assert Paper.objects.filter(case=case, kind="decision_grant_state").count() == 1
    with frozen_at(at("2026-11-06 10:00")):
        assert told in Client().get(f"/v/{shown.token}/").content.decode()
    if act == "suspend":
        with frozen_at(at("2026-11-09 10:00")):
            back = propose_change(acting=desk.acting("officer"), grant=grant, act="resume", reason="已整改（演示）")
        decide(desk, back, "decide", "2026-11-10 10:00", reason="属实", legal_basis="样本条例第九条")
        shown.refresh_from_db()
        assert shown.state == "valid"
    assert GrantChange.objects.filter(grant=grant).count() == (3 if act == "suspend" else 2)
    assert sound(desk)


def test_to_a_stranger_there_is_neither_the_grant_nor_its_papers(desk: Hall) -> None:
    with frozen_at(at("2026-09-24 09:00")):
        party = firm(desk)
        other = firm(desk, "other", "别家（演示）", "91990101MA00000002")
    grant, code = granted(desk, party), desk.staff.small.town.code
    paper = Paper.objects.get(case=grant.case, kind="certificate")
    with frozen_at(at("2026-11-02 10:00")):
        for client in (browser(desk), browser(desk, other)):
            assert client.get(f"/t/{code}/applications/paper.pdf?paper={paper.pk}").status_code == 404
            assert client.post(f"/t/{code}/my-grants/renew/", {"grant": grant.number}).status_code == 404
        assert browser(desk, party).get(f"/t/{code}/applications/paper.pdf?paper=nothing").status_code == 404
        asked = browser(desk).get(f"/t/{code}/my-grants/one/?grant={grant.number}")
        assert grant.number not in asked.content.decode()
        assert browser(desk, other).get(f"/t/{code}/my-grants/one/?grant={grant.number}").status_code == 404
        mine = browser(desk, party)
        assert grant.number in mine.get(f"/t/{code}/my-grants/").content.decode()
        page = mine.get(f"/t/{code}/applications/one/?number={grant.case.number}").content.decode()
        assert f"/t/{code}/applications/paper.pdf?paper={paper.pk}" in page
        assert mine.get(f"/t/{code}/applications/paper.pdf?paper={paper.pk}")["Content-Type"] == "application/pdf"

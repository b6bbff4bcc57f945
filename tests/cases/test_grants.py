"""Grants: given by a decision, changed by cases of their own, renewed by decision or silence, ended by the calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jinli.cases.models import Case, Entry, Grant, GrantChange, Link, Notice
from jinli.cases.selectors.grants import grants_of
from jinli.cases.services import OpenCase, make_move, open_case
from jinli.cases.services.granting import Given, ask_renewal, grant_given, propose_change
from jinli.cases.services.moving import MakeMove
from jinli.cases.services.rounds import engine_round
from jinli.cases.services.verifying import verify_town
from jinli.domain.errors import DomainError, InvalidInputError, RefusedError
from jinli.domain.limits import TimeLimit, Unit
from jinli.town.acting import Acting
from jinli.town.models import Appointment, Duty, Party
from jinli.town.moment import frozen_at
from jinli.town.services import meet_party
from tests.cases.papers import APPLICANT, give_papers
from tests.cases.powers import give_power
from tests.cases.small import Small, at, build
from tests.counting import statements_of
from tests.shared import shared

KIND = "food_stall"


@shared
def small() -> Small:
    found = build()
    give_papers(found.town)
    give_power(found, KIND, to_body="command", mode="own")
    for person, body, role in (("command", "command", "command_centre"), ("head", "government", "town_head")):
        duty = Duty.objects.get(organisation=found.organisations[body], role=role)
        Appointment.objects.create(person=found.people[person], duty=duty, in_name_of=found.organisations[body])
    return found


def decided(small: Small) -> Case:
    """Return the case of a licence, as far as it matters here: somebody applied."""
    limit = TimeLimit(amount=20, unit=Unit.WORKING_DAY, article="行政许可法第四十二条")
    spec = OpenCase(
        type_code="licence", title="小餐饮登记", channel="counter", class_code=KIND, terms={"decide": limit},
        bodies={"window": "command", "owner": "command", "leader": "government"},
        papers={"receipt": {"applicant": APPLICANT}},
        reporter=meet_party(town=small.town, name="李四", telephone="13800000426", at=at("2026-03-01 09:00")),
    )  # fmt: skip
    return Case.objects.get(pk=open_case(acting=small.command, town=small.town, spec=spec).id)


def given(small: Small, begin: str = "2026-03-02", end: str = "2027-03-01") -> Grant:
    case = decided(small)
    assert case.reporter is not None
    return grant_given(
        Given(
            kind=KIND, title="小餐饮登记证", holder=case.reporter, case=case, valid_from=date.fromisoformat(begin),
            valid_to=date.fromisoformat(end) if end else None,
        ),
        at=at(f"{begin} 10:00"),
    )  # fmt: skip


def move(case: Case, name: str, acting: Acting, **said: Any) -> None:
    case.refresh_from_db()
    make_move(acting=acting, act=MakeMove(case=case.pk, move=name, version=case.version, given=said))


def decide(case: Case, small: Small) -> None:
    move(case, "decide", small.command, reason="属实", legal_basis="行政许可法第六十九条")


def acts_of(grant: Grant) -> list[tuple[str, str]]:
    return list(GrantChange.objects.filter(grant=grant).order_by("seq").values_list("act", "state"))


def test_a_decision_gives_a_grant_with_a_number_and_a_history(small: Small) -> None:
    with frozen_at(at("2026-03-02 10:00")):
        first, second = given(small), given(small)
    assert (first.number, second.number) == ("证2026-00001", "证2026-00002")
    assert acts_of(first) == [("give", "valid")]


def test_a_grant_that_ends_before_it_begins_is_refused(small: Small) -> None:
    with pytest.raises(InvalidInputError):
        given(small, "2026-03-02", "2026-03-01")


@pytest.mark.parametrize(
    ("act", "state"), [("suspend", "suspended"), ("revoke", "revoked"), ("cancel", "cancelled"), ("change", "valid")]
)
def test_a_change_takes_effect_by_its_own_decision_and_not_before(small: Small, act: str, state: str) -> None:
    with frozen_at(at("2026-05-06 10:00")):
        grant = given(small)
        case = propose_change(acting=small.command, grant=grant, act=act, reason="检查发现", conditions="限室内经营")
        grant.refresh_from_db()
        assert grant.state == "valid", "proposed is not decided"
        move(case, "hear", small.command, note="持证人认可")
    with frozen_at(at("2026-05-12 10:00")):
        decide(case, small)
    grant.refresh_from_db()
    assert (grant.state, acts_of(grant)[-1]) == (state, (act, state))
    assert grant.conditions == ("限室内经营" if act == "change" else "")
    assert GrantChange.objects.get(grant=grant, act=act).at == at("2026-05-12 10:00")
    assert [one for one in verify_town(small.town) if not isinstance(one, int)] == []


def test_both_journals_name_each_other_and_no_page_grows_old(small: Small) -> None:
    with frozen_at(at("2026-05-06 10:00")):
        grant = given(small)
        before = grant.case.version
        case = propose_change(acting=small.command, grant=grant, act="suspend", reason="检查发现")
    grant.case.refresh_from_db()
    last = Entry.objects.filter(case=grant.case).order_by("-seq").first()
    assert last is not None
    assert case.number in last.body
    assert grant.case.number in Entry.objects.get(case=case, seq=1).body
    assert grant.case.version == before
    assert Link.objects.filter(case=grant.case, other=case).exists()
    assert Notice.objects.filter(case=case, to_party=grant.holder).count() == 1, "the holder is told"


def test_a_change_dropped_leaves_the_grant_alone(small: Small) -> None:
    with frozen_at(at("2026-05-06 10:00")):
        grant = given(small)
        case = propose_change(acting=small.command, grant=grant, act="revoke", reason="举报")
        move(case, "drop", small.command, reason="查无此事")
    grant.refresh_from_db()
    assert (grant.state, len(acts_of(grant))) == ("valid", 1)


def test_a_suspension_is_lifted_by_a_resumption(small: Small) -> None:
    with frozen_at(at("2026-05-06 10:00")):
        grant = given(small)
        for act in ("suspend", "resume"):
            decide(propose_change(acting=small.command, grant=grant, act=act, reason="整改"), small)
    grant.refresh_from_db()
    assert grant.state == "valid"


def test_what_became_impossible_meanwhile_is_refused_and_writes_nothing(small: Small) -> None:
    with frozen_at(at("2026-05-06 10:00")):
        grant = given(small)
        first, second = (
            propose_change(acting=small.command, grant=grant, act=act, reason="x") for act in ("suspend", "revoke")
        )
        decide(second, small)
        with pytest.raises(RefusedError) as refused:
            decide(first, small)
    assert refused.value.code == "domain.grant.not_now"
    first.refresh_from_db()
    assert first.stage == "proposed"


def test_only_the_body_that_gave_it_proposes(small: Small) -> None:
    with frozen_at(at("2026-05-06 10:00")):
        grant = given(small)
        with pytest.raises(RefusedError):
            propose_change(acting=small.head, grant=grant, act="revoke", reason="x")


def test_silence_renews_what_was_asked_for_thirty_days_before_the_end(small: Small) -> None:
    with frozen_at(at("2027-01-30 10:00")):
        grant = given(small)
        case = ask_renewal(acting=small.command, grant=grant)
    with frozen_at(at("2027-03-01 23:59")):
        engine_round(at("2027-03-01 23:59"))
        grant.refresh_from_db()
        assert grant.valid_to == date(2027, 3, 1), "the last day is not over"
    with frozen_at(at("2027-03-05 10:00")):
        engine_round(at("2027-03-05 10:00"))
    grant.refresh_from_db()
    case.refresh_from_db()
    assert (grant.state, grant.valid_to, case.stage) == ("valid", date(2028, 3, 1), "renewed")
    assert acts_of(grant)[-1] == ("deemed_renewed", "valid")
    assert GrantChange.objects.get(grant=grant, act="deemed_renewed").at == at("2027-03-02 00:00")
    assert [one for one in verify_town(small.town) if not isinstance(one, int)] == []


def test_silence_renews_nothing_that_was_asked_for_late(small: Small) -> None:
    with frozen_at(at("2027-02-20 10:00")):
        grant = given(small)
        case = ask_renewal(acting=small.command, grant=grant)
    with frozen_at(at("2027-03-05 10:00")):
        engine_round(at("2027-03-05 10:00"))
    grant.refresh_from_db()
    case.refresh_from_db()
    assert (grant.state, case.stage) == ("expired", "asked")


def test_a_decision_renews_for_as_long_again(small: Small) -> None:
    with frozen_at(at("2027-02-20 10:00")):
        grant = given(small)
        case = ask_renewal(acting=small.command, grant=grant)
        move(case, "renew", small.command, reason="条件未变")
    grant.refresh_from_db()
    assert (grant.valid_to, grant.term_from) == (date(2028, 3, 1), date(2027, 3, 2))
    assert acts_of(grant)[-1] == ("renew", "valid")


def test_a_grant_revoked_in_the_meantime_is_not_renewed_by_silence(small: Small) -> None:
    with frozen_at(at("2027-01-20 10:00")):
        grant = given(small)
        ask_renewal(acting=small.command, grant=grant)
        decide(propose_change(acting=small.command, grant=grant, act="revoke", reason="x"), small)
    with frozen_at(at("2027-03-05 10:00")):
        engine_round(at("2027-03-05 10:00"))
    grant.refresh_from_db()
    assert (grant.state, grant.valid_to) == ("revoked", date(2027, 3, 1))


def test_renewal_is_asked_for_once_and_not_after_the_end(small: Small) -> None:
    with frozen_at(at("2027-01-20 10:00")):
        grant, endless = given(small), given(small, end="")
        ask_renewal(acting=small.command, grant=grant)
        for one, code in ((grant, "cases.grant.asked_already"), (endless, "cases.grant.no_end")):
            with pytest.raises(RefusedError) as refused:
                ask_renewal(acting=small.command, grant=one)
            assert refused.value.code == code
    with frozen_at(at("2027-04-20 10:00")):
        over = given(small)
        with pytest.raises(RefusedError) as refused:
            ask_renewal(acting=small.command, grant=over)
    assert refused.value.code == "cases.grant.over"


def test_a_grant_ends_by_the_calendar_at_the_end_of_its_last_day(small: Small) -> None:
    with frozen_at(at("2027-03-01 10:00")):
        grant, endless = given(small), given(small, end="")
        engine_round(at("2027-03-01 10:00"))
        grant.refresh_from_db()
        assert grant.state == "valid"
    for moment in ("2027-03-02 00:30", "2027-03-03 09:00"):
        with frozen_at(at(moment)):
            engine_round(at(moment))
    grant.refresh_from_db()
    endless.refresh_from_db()
    assert (grant.state, grant.since, endless.state) == ("expired", at("2027-03-02 00:00"), "valid")
    assert acts_of(grant) == [("give", "valid"), ("expire", "expired")]


def test_the_holder_is_told_sixty_and_thirty_days_before_the_end_and_once(small: Small) -> None:
    with frozen_at(at("2026-12-01 10:00")):
        grant = given(small)
    told = []
    for moment in ("2026-12-30 10:00", "2026-12-31 10:00", "2027-01-01 10:00", "2027-01-30 10:00", "2027-01-31 10:00"):
        with frozen_at(at(moment)):
            engine_round(at(moment))
        told.append(Notice.objects.filter(move="grant_ends", to_party=grant.holder).count())
    assert told == [0, 1, 1, 2, 2]
    assert Notice.objects.filter(move="grant_ends", to_body__code="command").count() == 2


def test_a_valid_grant_is_held_as_material_elsewhere(small: Small) -> None:
    with frozen_at(at("2026-05-06 10:00")):
        grant = given(small)
        holder = Party.objects.get(pk=grant.holder_id)
        assert list(grants_of(holder, KIND, date(2027, 3, 1))) == [grant]
        assert not grants_of(holder, KIND, date(2027, 3, 2)).exists(), "its last day is over"
        assert not grants_of(holder, "another", date(2026, 6, 1)).exists()
        decide(propose_change(acting=small.command, grant=grant, act="suspend", reason="x"), small)
        assert not grants_of(holder, KIND, date(2026, 6, 1)).exists(), "a suspended one is no proof"


def test_a_grant_that_takes_the_place_of_another_replaces_it(small: Small) -> None:
    with frozen_at(at("2026-05-06 10:00")):
        old = given(small)
        case = decided(small)
        new = grant_given(
            Given(kind=KIND, title="新证", holder=old.holder, case=case, valid_from=date(2026, 5, 6), renews=old),
            at=at("2026-05-06 10:00"),
        )
    old.refresh_from_db()
    assert (old.state, new.renews_id) == ("replaced", old.pk)


def test_the_database_keeps_what_happened(small: Small) -> None:
    with frozen_at(at("2026-05-06 10:00")):
        given(small)
    for rows in (GrantChange.objects.all(), Grant.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)
    with pytest.raises(DatabaseError), transaction.atomic():
        GrantChange.objects.update(state="revoked")


def signed_in(small: Small, person: str) -> Client:
    client = Client()
    client.force_login(small.people[person])
    return client


def test_the_register_filters_and_masks_and_exports(small: Small) -> None:
    with frozen_at(at("2027-02-01 10:00")):
        soon, far = given(small), given(small, end="2029-03-01")
        clerk = signed_in(small, "command")
        page = clerk.get("/grants/?ends=30").content.decode()
        sheet = clerk.get("/grants/export/?state=valid").content.decode("utf-8-sig")
        none = clerk.get("/grants/?state=revoked").content.decode()
    assert soon.number in page
    assert far.number not in page
    assert "李*" in page
    assert "李四" not in page + sheet
    assert sheet.count("证2") == 2
    assert "没有符合条件的证照" in none


def test_a_change_and_a_renewal_are_asked_for_on_the_page(small: Small) -> None:
    with frozen_at(at("2027-01-20 10:00")):
        grant = given(small)
        clerk, head = signed_in(small, "command"), signed_in(small, "head")
        url = f"/grants/{grant.pk}/"
        assert "视为准予延续" in clerk.get(url).content.decode()
        assert "提出变动" not in head.get(url).content.decode(), "another body only reads"
        refused = clerk.post(f"{url}change/", {"kind": "change", "reason": "换地方"})
        assert refused.status_code == 422
        assert "换地方" in refused.content.decode()
        assert clerk.post(f"{url}change/", {"kind": "suspend", "reason": "检查"}).status_code == 302
        assert clerk.post(f"{url}renew/").status_code == 302
        assert clerk.post(f"{url}renew/").status_code == 422
    assert Case.objects.filter(type_code__in=("grant_change", "renewal"), origin=grant.case).count() == 2


def test_the_register_takes_the_same_statements_however_many_rows(small: Small) -> None:
    with frozen_at(at("2026-05-06 10:00")):
        clerk, costs = signed_in(small, "command"), []
        clerk.get("/grants/")
        for _ in range(2):
            grant = given(small)
            given(small)
            found = []
            for url in ("/grants/", f"/grants/{grant.pk}/"):
                with CaptureQueriesContext(connection) as caught:
                    assert clerk.get(url).status_code == 200
                found.append(len(statements_of(caught)))
            costs.append(found)
    assert costs[0] == costs[1]


def test_an_unknown_change_is_refused_at_its_field(small: Small) -> None:
    with frozen_at(at("2026-05-06 10:00")):
        grant = given(small)
        for said, field in (({"act": "forget", "reason": "x"}, "kind"), ({"act": "revoke", "reason": " "}, "reason")):
            with pytest.raises(DomainError) as refused:
                propose_change(acting=small.command, grant=grant, **said)
            assert refused.value.facts["field"] == field

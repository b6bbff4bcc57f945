"""He Lixin opens a hardware workshop: one form, a lease, a business, and half a year later the subsidy."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from jinli.cases.models import Case, Link
from jinli.cases.services.verifying import verify_town
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.lines.services.models import BundleRun, Draft
from jinli.lines.services.selectors.bundles import as_item
from jinli.lines.services.services.acts import accept, done_there, grant, refused_there, submit_there
from jinli.lines.services.services.publishing import publish_bundles
from jinli.lines.services.services.together import open_part, send_bundle
from jinli.packs.bundles import BundleItemRow, BundleRow
from jinli.packs.sections import content_of
from jinli.town.acting import resident
from jinli.town.moment import frozen_at
from tests.cases.small import at
from tests.lines.services.desk import Hall
from tests.lines.services.together import TYPED, WHO, WORKSHOP, bundle, drafted, parts, town_with_bundles
from tests.lines.services.town import hidden
from tests.shared import shared

MONDAY = "2026-03-02 10:00"


@shared
def town() -> Hall:
    return town_with_bundles()


def sent(town: Hall, when: str = MONDAY) -> BundleRun:
    with frozen_at(at(when)):
        small = town.staff.small
        return send_bundle(acting=resident(small.town.pk), draft=drafted(town), bundle=bundle(town))


def registered(town: Hall, run: BundleRun, when: str = "2026-03-12 10:00") -> Case:
    case = parts(run)["individual_business"].case
    assert case is not None
    town.do("2026-03-03 09:00", submit_there, case, "clerk", foreign_number="市监-1", note="交到市场监管")
    return town.do(when, done_there, case, "clerk", result="已登记")


def test_one_form_opens_two_cases_with_clocks_of_their_own_and_keeps_the_third(town: Hall) -> None:
    run = sent(town)
    found = parts(run)
    assert list(found) == ["sublease_registration", "individual_business", "startup_subsidy"]
    lease, business, subsidy = found.values()
    assert lease.case is not None
    assert business.case is not None
    assert (lease.case.type_code, business.case.type_code, subsidy.case) == ("filing", "assisted", None)
    assert lease.case.due_at != business.case.due_at, "each has its own clock"
    assert lease.case.reporter == business.case.reporter, "one person is not met twice"
    link = Link.objects.get(kind="bundle")
    assert {link.case, link.other} == {lease.case, business.case}
    assert (run.asked, run.separately) == (15, 16), "the identity number is asked once"


def test_the_answers_that_follow_from_the_bundle_are_never_asked(town: Hall) -> None:
    with frozen_at(at(MONDAY)):
        asked = {one.code for one in as_item(bundle(town), WORKSHOP).row.situations}
    assert "individual_business.premises" in asked
    assert not {one for one in asked if one.startswith(("sublease_registration.", "startup_subsidy."))}


def test_a_paper_that_two_items_need_is_asked_once(town: Hall) -> None:
    with frozen_at(at(MONDAY)):
        materials = [one.code for one in as_item(bundle(town), WORKSHOP).row.materials]
    assert materials.count("id_card") == 1
    assert materials.count("lease_contract") == 1


def test_the_form_sent_twice_opens_one_set(town: Hall) -> None:
    with frozen_at(at(MONDAY)):
        acting, draft = resident(town.staff.small.town.pk), drafted(town)
        first = send_bundle(acting=acting, draft=draft, bundle=bundle(town))
        again = send_bundle(acting=acting, draft=draft, bundle=bundle(town))
    assert first.pk == again.pk
    assert Case.objects.count() == 2


def test_a_bundle_opens_whole_or_not_at_all(town: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    from jinli.lines.services.services import together

    real, calls = together.apply, []

    def second_fails(**said: Any) -> Any:
        calls.append(said)
        if len(calls) == 2:
            raise RefusedError("services.apply.not_here")
        return real(**said)

    monkeypatch.setattr(together, "apply", second_fails)
    with pytest.raises(RefusedError):
        sent(town)
    assert (Case.objects.count(), BundleRun.objects.count()) == (0, 0)
    assert Draft.objects.get().content["typed"]["shop_name"] == TYPED["shop_name"], "what was typed is kept"


def test_what_is_wrong_is_said_at_its_field_of_the_common_form(town: Hall) -> None:
    with frozen_at(at(MONDAY)):
        draft, acting = drafted(town, typed={**TYPED, "capital": "很多"}), resident(town.staff.small.town.pk)
        with pytest.raises(InvalidInputError) as refused:
            send_bundle(acting=acting, draft=draft, bundle=bundle(town))
    assert refused.value.facts["field"] == "capital"


def test_the_subsidy_waits_for_the_registration_and_then_six_months(town: Hall) -> None:
    run = sent(town)
    with frozen_at(at("2026-03-05 10:00")), pytest.raises(RefusedError) as waits:
        open_part(run=run, item="startup_subsidy")
    assert waits.value.code == "services.together.waits"
    registered(town, run)
    assert parts(run)["startup_subsidy"].case is None, "silence opens nothing"
    with frozen_at(at("2026-09-11 10:00")), pytest.raises(RefusedError) as early:
        open_part(run=run, item="startup_subsidy")
    assert early.value.code == "services.together.too_early"
    assert str(early.value.facts["day"]) == "2026-09-12"
    with frozen_at(at("2026-09-12 10:00")):
        opened, draft = open_part(run=run, item="startup_subsidy")
    assert opened is None, "what only the applicant knows now is asked now"
    assert draft.content["typed"] == {"id_number": TYPED["id_number"]}, "and what was told is not asked again"
    assert draft.content["situation"] == {"business": "self_employed"}


def test_a_registration_that_was_refused_blocks_what_waits_for_it(town: Hall) -> None:
    run = sent(town)
    case = parts(run)["individual_business"].case
    assert case is not None
    town.do("2026-03-03 09:00", submit_there, case, "clerk", foreign_number="市监-1", note="交到市场监管")
    town.do("2026-03-04 09:00", refused_there, case, "clerk", reason="场所不符合")
    with frozen_at(at("2026-10-12 10:00")), pytest.raises(RefusedError) as blocked:
        open_part(run=run, item="startup_subsidy")
    assert blocked.value.code == "services.together.blocked"


def test_from_the_first_page_to_the_subsidy_in_one_browser(town: Hall) -> None:
    small, client = town.staff.small, Client()
    url = f"/t/{small.town.code}/together/open_workshop/"
    with frozen_at(at(MONDAY)):
        said = {**WHO, **{f"situation-{code}": answer for code, answer in WORKSHOP.items()}}
        assert client.post(url, said).status_code == 302
        page = client.get(f"{url}fill/")
        answer = client.post(f"{url}fill/", {"version": hidden(page, "version"), "do": "next", **TYPED})
        assert answer.status_code == 302, answer.content.decode()
        check = client.get(f"{url}check/").content.decode()
        assert "这张表问 15 项；分开办要填 16 项" in check
        assert "满 6 个月以后" in check
        answer = client.post(f"{url}check/")
        assert answer.status_code == 302, answer.content.decode()
        page = client.get(answer["Location"]).content.decode()
        assert "2 件正在办或者办完了，1 件等着" in page
        assert "用于：" in page
        run = BundleRun.objects.get()
        business = parts(run)["individual_business"].case
        assert business is not None
        one = client.get(f"/t/{small.town.code}/applications/one/?number={business.number}")
        assert business.number in one.content.decode(), "the code of one leads to all"
    registered(town, run)
    with frozen_at(at("2026-09-12 10:00")):
        client.post(f"/t/{small.town.code}/applications/", {"number": business.number, "code": _code(run)})
        answer = client.post(f"/t/{small.town.code}/applications/together/open/", {"item": "startup_subsidy"})
        assert answer["Location"] == f"/t/{small.town.code}/services/startup_subsidy/apply/"
        begin = client.get(answer["Location"]).content.decode()
        assert WHO["name"] in begin
    assert [one for one in verify_town(small.town) if not isinstance(one, int)] == []


def _code(run: BundleRun) -> str:
    from jinli.cases.services.opening import tracking_code
    from jinli.lines.services.services.together import key_of_part

    return tracking_code(key_of_part(run.pk, "individual_business"))


def test_a_clerk_sees_to_which_bundle_a_case_belongs(town: Hall) -> None:
    run = sent(town)
    case = parts(run)["individual_business"].case
    assert case is not None
    with frozen_at(at("2026-03-02 11:00")):
        page = town.client("clerk").get(f"/cases/{case.pk}/").content.decode()
    assert "属于一件事“开一家五金作坊”" in page
    assert "还没有开" in page


def test_what_was_filled_in_at_once_is_sent_with_the_earlier_result_and_not_before(town: Hall) -> None:
    small = town.staff.small
    row = BundleRow(
        code="shop", name="先备案再登记（样本）", source="样本",
        items=(
            BundleItemRow(
                item="sublease_registration",
                answers={"event": ("new",), "lease_kind": ("sublease",), "party": ("person",)},
            ),
            BundleItemRow(item="individual_business", after=("sublease_registration",), opens="itself"),
        ),
    )  # fmt: skip
    with frozen_at(at(MONDAY)):
        publish_bundles(town=small.town, contents={row.code: content_of(row)}, at=at(MONDAY))
        small.town.refresh_from_db()
        draft = drafted(town, code="shop")
        run = send_bundle(acting=resident(small.town.pk), draft=draft, bundle=bundle(town, "shop"))
    lease, waiting = parts(run).values()
    assert waiting.case is None
    assert lease.case is not None
    given = dict.fromkeys(("head_lease", "id_card", "lease_contract", "lessor_consent"), "given")
    town.do("2026-03-03 09:00", accept, lease.case, "officer", by_hand=5, materials=given)
    assert parts(run)["individual_business"].case is None
    town.do("2026-03-04 09:00", grant, lease.case, "officer", reason="材料齐全")
    opened = parts(run)["individual_business"]
    assert opened.case is not None
    assert (opened.opened_by, opened.case.reporter) == ("result", lease.case.reporter)

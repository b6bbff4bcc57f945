"""S4 of government matters: a newcomer family applies on a phone, one paper is missing, and it never comes.

Thursday 24 September 2026. The mother signs in, fills in what the town does not hold, offers the lease for later and
promises the household book. Tolerance against a promise: Guangdong Regulation on the Business Environment art. 32; a
promise that stands for a material: art. 36. The clocks run while the paper is awaited (DOMAIN.md J19): nothing pauses.
"""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache

from jinli.cases.models import Case, Clock, Entry
from jinli.cases.services import tick
from jinli.lines.services.services import acts
from jinli.lines.services.services.acts import OnCase
from jinli.town.models import Division
from jinli.town.moment import frozen_at
from tests.cases.powers import give_power
from tests.cases.small import Small, at
from tests.lines.services.test_signing_in import signed_in
from tests.lines.services.town import build_services, clerk, hidden
from tests.shared import shared

TYPED = {"moved_on": "2026-03-01", "rent": "900", "account": "6222021234567890128"}
FAMILY = {"family[1].name": "小安（演示）", "family[1].relation": "child", "family[1].school": "第一小学"}


@shared
def small() -> Small:
    made = build_services()
    Division.objects.filter(pk=made.town.pk).update(simulated=True)
    give_power(made, "rent-subsidy", to_body="hall", mode="own")
    made.town.refresh_from_db()
    return made


def applied(small: Small) -> Case:
    """Apply on the phone: sign in, three steps, one paper offered for later, one promised."""
    start = f"/t/{small.town.code}/services/rent-subsidy/apply/"
    with frozen_at(at("2026-09-24 10:00")):
        phone = signed_in(small, then=start)
        phone.post(start, {"kind": "person", "telephone": "13800000101", "situation-home": "rented"})
        page = phone.get(f"{start}fill/")
        offers = {"offer-lease": "later", "offer-household": "promise"}
        sent = {"version": hidden(page, "version"), "do": "next", **TYPED, **FAMILY, **offers}
        assert phone.post(f"{start}fill/", sent).status_code == 302
        check = phone.get(f"{start}check/").content.decode()
        assert "受理后 10 个工作日内" in check
        assert "不补的，审查不停" in check
        phone.post(f"{start}check/")
    return Case.objects.get()


def page_of(small: Small, when: str) -> str:
    """Sign in again on another day and look at the application."""
    number = Case.objects.get().number
    with frozen_at(at(when)):
        phone = signed_in(small)
        return phone.get(f"/t/{small.town.code}/applications/one/", {"number": number}).content.decode()


def accepted(small: Small, case: Case) -> None:
    """Accept it against the promise, as the window does the day after."""
    states = {"form": "given", "identity": "held", "lease": "later", "household": "promised"}
    case.refresh_from_db()
    with frozen_at(at("2026-09-25 09:30")):
        acts.accept_with_promise(
            OnCase(acting=clerk(small), case=case.pk, version=case.version, key="accept"), materials=states
        )
    case.refresh_from_db()


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    cache.clear()


def test_the_family_types_only_what_the_town_does_not_hold(small: Small) -> None:
    case = applied(small)
    body = json.loads(Entry.objects.get(case=case, seq=1).body)
    assert body["facts"]["counts"] == {"asked": 4, "prefilled": 1, "changed": 0}
    assert body["facts"]["materials"] == {
        "form": "given", "identity": "held", "lease": "missing", "household": "promised",
    }  # fmt: skip
    assert body["facts"]["offered_later"] == ["lease"]


def test_it_is_accepted_against_the_promise_and_the_clocks_run(small: Small) -> None:
    case = applied(small)
    accepted(small, case)
    assert case.stage == "accepted"
    later, promised = (Clock.objects.get(case=case, code=code) for code in ("later", "promised"))
    assert (later.state, promised.state) == ("running", "running")
    assert str(later.last_day) == "2026-10-15"  # ten working days after 25 September; 10 October is a working Saturday
    page = page_of(small, "2026-09-26 09:00")
    assert "租约" in page
    assert "已容缺受理，等你补交" in page


def test_the_paper_never_comes_the_examination_goes_on_and_everybody_is_told(small: Small) -> None:
    case = applied(small)
    accepted(small, case)
    tick(now=at("2026-10-16 00:05"))
    case.refresh_from_db()
    assert case.stage == "accepted"  # silence decides nothing
    missed = Entry.objects.get(case=case, move="later_missed")
    assert missed.happened_at == at("2026-10-16 00:00")
    assert json.loads(missed.body)["tell"]
    assert Clock.objects.get(case=case, code="later").verdict == "broken"
    page = page_of(small, "2026-10-16 09:00")
    assert "承诺的材料没有交来" in page
    assert "已经逾期" in page  # and the office's own promise is over too: shown broken, with what one can do
    assert "行政复议" in page


def test_what_comes_in_time_after_all_keeps_the_promise(small: Small) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.lines.services.town import picture

    case = applied(small)
    accepted(small, case)
    with frozen_at(at("2026-10-09 20:00")):
        phone = signed_in(small)
        page = phone.get(f"/t/{small.town.code}/applications/one/", {"number": case.number})
        act = {"version": hidden(page, "version"), "key": hidden(page, "key"), "number": case.number}
        lease = SimpleUploadedFile("租约.png", picture().content)
        answer = phone.post(f"/t/{small.town.code}/applications/hand-in/", {**act, "material-lease": lease})
        assert answer.status_code == 302, answer.content.decode()
    assert Entry.objects.filter(case=case, move="supply_last").exists()
    assert Clock.objects.get(case=case, code="later").verdict == "kept"

"""Ratings (国办发〔2019〕51号): one for each matter, in one’s own name, hidden from who handled it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jinli.cases.figures import Asked, counts, listed
from jinli.cases.models import Case, Clock, Rating
from jinli.domain.errors import ConflictError, DomainError, InvalidInputError, RefusedError
from jinli.lines.services.figures import PARTS
from jinli.lines.services.selectors.progress import progress_of
from jinli.lines.services.services import acts
from jinli.lines.services.services.rating import rate, settle_rating
from jinli.town.models import Appointment, Duty, Person
from jinli.town.moment import frozen_at
from tests.lines.services.desk import Hall, at, hall
from tests.shared import shared

RATED = "2026-10-09 09:00"
TOO_SLOW = "等了三个星期，没有人说一声"


@shared
def rated() -> Hall:
    """Return the hall with one matter decided by the officer; the hall has a head."""
    found = hall()
    small = found.staff.small
    body = small.organisations["hall"]
    small.people["hall_head"] = Person.objects.create(username=f"hall_head-{small.town.code}", name="hall_head")
    duty = Duty.objects.create(organisation=body, code="head", title="head", role="department_head")
    Appointment.objects.create(person=small.people["hall_head"], duty=duty, in_name_of=body)
    return found


@pytest.fixture
def matter(rated: Hall) -> Case:
    case = rated.apply("2026-09-24 10:00")
    rated.do("2026-09-24 11:00", acts.accept, case, "clerk")
    return rated.do("2026-09-28 10:00", acts.grant, case, "officer", reason="符合条件")


def rates(matter: Case, score: int, key: str = "k1", note: str = TOO_SLOW, version: int | None = None) -> str:
    matter.refresh_from_db()
    carried = matter.version if version is None else version
    with frozen_at(at(RATED)):
        return rate(town=matter.town, case=matter.pk, version=carried, score=score, note=note, key=key)


def bad_of(matter: Case) -> Case:
    return Case.objects.get(origin=matter, type_code="bad_rating")


def step(hall: Hall, case: Case, when: str, step: str, person: str = "hall_head", **more: Any) -> Case:
    case.refresh_from_db()
    small = hall.staff.small
    acting = small.acting("hall_head", "hall", "department_head") if person == "hall_head" else hall.acting(person)
    asked = {"version": case.version, "result": "打过电话，问清楚了", **more}
    with frozen_at(at(when)):
        settle_rating(acting=acting, case=case.pk, step=step, **asked)
    case.refresh_from_db()
    return case


@pytest.mark.parametrize("score", [5, 4, 3])
def test_the_first_three_levels_open_nothing(matter: Case, score: int) -> None:
    rates(matter, score)
    assert Rating.objects.get(case=matter).score == score
    assert not Case.objects.filter(origin=matter).exists()


@pytest.mark.parametrize("score", [2, 1])
def test_the_last_two_levels_open_a_case_of_their_own_with_two_limits(matter: Case, score: int) -> None:
    number = rates(matter, score)
    bad = bad_of(matter)
    assert bad.number == number
    assert (bad.reporter_id, bad.class_code, bad.owner.code if bad.owner else "") == (
        matter.reporter_id, "shop-sign", "hall",
    )  # fmt: skip
    due = {one.code: one.last_day.isoformat() for one in Clock.objects.filter(case=bad) if one.last_day}
    assert due == {"contact": "2026-10-15", "mend": "2026-10-29"}  # 2026-10-10 is a make-up working day


def test_one_matter_is_rated_once_and_the_same_form_sent_twice_rates_once(matter: Case) -> None:
    matter.refresh_from_db()
    version = matter.version
    assert rates(matter, 1, version=version) == rates(matter, 1, version=version)
    assert Case.objects.filter(origin=matter).count() == 1
    with pytest.raises(RefusedError):
        rates(matter, 5, key="k2")


def test_a_level_that_is_none_of_the_five_is_refused(matter: Case) -> None:
    with pytest.raises(InvalidInputError) as refused:
        rates(matter, 0)
    assert refused.value.code == "services.rate.score_missing"


def test_a_bad_rating_is_contacted_then_mended_and_the_rater_is_told(rated: Hall, matter: Case) -> None:
    rates(matter, 1)
    case = step(rated, bad_of(matter), "2026-10-12 10:00", "contact")
    case = step(rated, case, "2026-10-13 10:00", "mend", result="当天补发了短信，以后每一步都通知")
    assert (case.stage, case.phase) == ("mended", "closed")
    assert {one.code: one.verdict for one in Clock.objects.filter(case=case)} == {"contact": "kept", "mend": "kept"}
    assert case.notices.filter(to_body=None, move="mend").exists()


def test_the_rater_reads_what_became_of_a_bad_rating(rated: Hall, matter: Case) -> None:
    rates(matter, 1)

    def told(when: str) -> Any:
        matter.refresh_from_db()
        return progress_of(matter, at(when)).rated

    first = told("2026-10-10 09:00")
    assert (first.score, first.number, first.stage, first.result) == (
        "非常不满意", bad_of(matter).number, "待联系", "",
    )  # fmt: skip
    case = step(rated, bad_of(matter), "2026-10-12 10:00", "contact")
    step(rated, case, "2026-10-13 10:00", "explain", result="这一项没有加急的规定，已经当面说明")
    last = told("2026-10-14 09:00")
    assert (last.stage, last.result) == ("已说明（没有依据）", "这一项没有加急的规定，已经当面说明")


def test_nothing_is_mended_or_explained_before_the_rater_was_contacted(rated: Hall, matter: Case) -> None:
    rates(matter, 2)
    for early in ("mend", "explain", "propose"):
        with pytest.raises(DomainError):
            step(rated, bad_of(matter), "2026-10-12 10:00", early)


def test_who_handled_the_matter_does_not_work_on_its_bad_rating(rated: Hall, matter: Case) -> None:
    rates(matter, 1)
    with pytest.raises(RefusedError) as refused:
        step(rated, bad_of(matter), "2026-10-12 10:00", "contact", "officer")
    assert refused.value.code == "services.rated.own_matter"


def test_a_rating_is_set_aside_only_after_review_by_another_person(rated: Hall, matter: Case) -> None:
    rates(matter, 1)
    case = step(rated, bad_of(matter), "2026-10-12 10:00", "contact")
    case = step(rated, case, "2026-10-12 11:00", "propose")
    with pytest.raises(RefusedError) as refused:
        step(rated, case, "2026-10-12 12:00", "set_aside")
    assert refused.value.code == "services.rated.own_proposal"
    case = step(rated, case, "2026-10-13 09:00", "keep", "head")
    assert case.stage == "contacted"
    case = step(rated, case, "2026-10-13 10:00", "propose")
    case = step(rated, case, "2026-10-13 11:00", "set_aside", "head")
    assert case.stage == "set_aside"


def test_a_step_without_words_is_refused_and_a_stale_page_is_told(rated: Hall, matter: Case) -> None:
    rates(matter, 1)
    with pytest.raises(InvalidInputError) as refused:
        step(rated, bad_of(matter), "2026-10-12 10:00", "contact", result="  ")
    assert refused.value.code == "services.rated.no_result"
    with pytest.raises(InvalidInputError):
        step(rated, bad_of(matter), "2026-10-12 10:00", "forget")
    step(rated, bad_of(matter), "2026-10-12 10:00", "contact")
    with pytest.raises(ConflictError):
        step(rated, bad_of(matter), "2026-10-12 11:00", "mend", version=1)


def count(town: Any, part: str, when: str = "2026-10-30 09:00") -> int:
    asked = Asked(part=part, as_of=at(when), start=at("2026-09-01 00:00"), end=at("2026-11-01 00:00"))
    found = counts({part: asked}, town, PARTS)[part]
    assert found == len(listed(asked, town, PARTS))
    return found


def test_what_was_set_aside_counts_neither_as_bad_nor_as_rated(rated: Hall, matter: Case) -> None:
    rates(matter, 1)
    town = matter.town
    assert (count(town, "bad_rating.bad"), count(town, "bad_rating.total")) == (1, 1)
    case = step(rated, bad_of(matter), "2026-10-12 10:00", "contact")
    case = step(rated, case, "2026-10-12 11:00", "propose")
    step(rated, case, "2026-10-13 11:00", "set_aside", "head")
    assert (count(town, "bad_rating.bad"), count(town, "bad_rating.total")) == (0, 0)
    assert count(town, "bad_rating.set_aside") == 1


def test_silence_is_no_rating_and_a_default_where_wanted_stands_apart(rated: Hall, matter: Case) -> None:
    town = matter.town
    Case.objects.filter(pk=matter.pk).update(closed_at=at("2026-09-29 10:00"))
    assert (count(town, "bad_rating.not_rated"), count(town, "bad_rating.by_default")) == (1, 0)
    town.settings = {**town.settings, "default_rating": True}
    early = (at("2026-09-29 10:00") + timedelta(days=6)).strftime("%Y-%m-%d %H:%M")
    assert (count(town, "bad_rating.not_rated", early), count(town, "bad_rating.by_default", early)) == (1, 0)
    assert (count(town, "bad_rating.not_rated"), count(town, "bad_rating.by_default")) == (0, 1)
    assert count(town, "bad_rating.total") == 0


def opened(client: Client, url: str) -> Any:
    with frozen_at(at("2026-10-12 09:00")):
        return client.get(url)


def page_of(client: Client, case: UUID) -> Any:
    return opened(client, f"/cases/{case}/")


def test_who_handled_the_matter_never_reads_the_rating(rated: Hall, matter: Case) -> None:
    rates(matter, 1)
    bad = bad_of(matter)
    for person in ("officer", "clerk"):
        client = rated.client(person)
        page = page_of(client, matter.pk)
        assert TOO_SLOW not in page.content.decode()
        assert "评价 1 分" not in page.content.decode()
        assert bad.number not in page.content.decode()
        assert page_of(client, bad.pk).status_code == 404
        assert opened(client, "/ratings/").status_code == 403
    assert TOO_SLOW in page_of(rated.client("head"), matter.pk).content.decode()


@pytest.mark.parametrize("score", [5, 1])
def test_the_interface_does_not_tell_a_rating_to_who_handled_the_matter(rated: Hall, matter: Case, score: int) -> None:
    rates(matter, score)
    for person, reads in (("clerk", False), ("officer", False), ("head", True)):
        with frozen_at(at("2026-10-09 10:00")):
            answer = rated.client(person).get(f"/api/v1/cases/{quote(matter.number)}")
        assert answer.status_code == 200, answer.content.decode()
        entry = next(one for one in answer.json()["timeline"] if one["move"]["code"] == "rate")
        assert (entry["given"] == {"rating": score}) is reads, person
        if not reads:
            assert TOO_SLOW not in answer.content.decode()
            assert not [number for number in answer.json()["linked"] if number.startswith("评")]


def test_the_head_of_the_hall_sees_the_list_the_words_and_the_steps(rated: Hall, matter: Case) -> None:
    rates(matter, 1)
    client = rated.client("hall_head")
    assert bad_of(matter).number in opened(client, "/ratings/").content.decode()
    url = f"/ratings/{bad_of(matter).pk}/"
    page = opened(client, url)
    assert TOO_SLOW in page.content.decode()
    assert [code for code, _ in page.context["page"].steps] == ["contact"]
    with frozen_at(at("2026-10-12 09:30")):
        refused = client.post(url, {"step": "contact", "result": "", "version": "1", "key": "k"})
        assert refused.status_code == 422
        kept = {"step": "contact", "result": "约好明天见面", "version": "99", "key": "k"}
        conflict = client.post(url, kept)
        assert conflict.status_code == 409
        assert "约好明天见面" in conflict.content.decode()
        done = client.post(url, {**kept, "version": str(page.context["page"].version)}, follow=True)
    assert "约好明天见面" in done.content.decode()


def test_the_list_of_ratings_takes_the_same_statements_for_one_and_for_many(rated: Hall) -> None:
    client = rated.client("hall_head")
    taken = []
    for number in (1, 4):
        for _ in range(number):
            case = rated.apply("2026-09-24 10:00")
            rated.do("2026-09-24 11:00", acts.accept, case, "clerk")
            rated.do("2026-09-28 10:00", acts.grant, case, "officer", reason="符合条件")
            rates(case, 1, key=str(case.pk))
        opened(client, "/ratings/")
        with CaptureQueriesContext(connection) as seen:
            opened(client, "/ratings/")
        taken.append(len(seen))
    assert taken[0] == taken[1]

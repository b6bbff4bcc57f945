"""An enrolment season: thirty children, two schools with twenty places, ties, one appeal, and a seal read back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from jinli.cases.models import Case, Entry, Paper
from jinli.cases.services.opening import tracking_code
from jinli.cases.services.verifying import verify_town
from jinli.domain.errors import ConflictError, InvalidInputError, RefusedError
from jinli.lines.services.models import Season, SeasonApplication, SeasonRanking
from jinli.lines.services.selectors.items import item_of
from jinli.lines.services.selectors.seasons import own_place, proofs_of, season_view
from jinli.lines.services.services.acts import accept
from jinli.lines.services.services.applying import Applicant, NewApplication, apply
from jinli.lines.services.services.publishing import keep_seasons
from jinli.lines.services.services.season.opening import announce, enter_places
from jinli.lines.services.services.season.ranking import (
    answer_appeal,
    appeal,
    check_points,
    seal_ranking,
    send_offers,
)
from jinli.packs.sections import content_of
from jinli.town.acting import resident
from jinli.town.moment import frozen_at, now
from tests.cases.small import at
from tests.lines.services.desk import Hall
from tests.lines.services.season import SEASON
from tests.lines.services.together import town_with_bundles
from tests.shared import shared

SITUATION = {"grade": "primary", "home": "rented", "work": "employed"}


@shared
def town() -> Hall:
    found = town_with_bundles()
    with frozen_at(at("2026-03-20 09:00")):
        keep_seasons(town=found.staff.small.town, contents={SEASON.code: content_of(SEASON)}, at=now())
    return found


def season() -> Season:
    return Season.objects.select_related("town", "case").get()


def announced(town: Hall) -> Season:
    with frozen_at(at("2026-04-02 09:00")):
        announce(acting=town.acting("planning_head"), season=season(), key="announce")
        enter_places(acting=town.acting("officer"), season=season(), school="b", places=8, source="教育办通知（演示）")
    return season()


def apply_for(town: Hall, child: int, *, when: str = "2026-05-08 09:00", **more: Any) -> Case:
    """Apply for a child: the more months, the more points; every tenth wishes the second school first."""
    small = town.staff.small
    wishes = ("第二小学", "第一小学") if child % 10 == 0 else ("第一小学", "第二小学")
    typed = {
        "id_number": "11010519491231002X", "residence_permit": f"JZ{child}", "child_name": f"孩子{child}（演示）",
        "child_id_number": "440524188001010014", "child_born": "2020-03-01", "family_place": "east",
        "lived_since": "2024-05", "insured_months": str(child // 2),
        "wished_schools[1].school": wishes[0], "wished_schools[2].school": wishes[1],
    }  # fmt: skip
    with frozen_at(at(when)):
        application = NewApplication(
            item=item_of(small.town, "newcomer_enrolment"), situation=SITUATION | more, typed=typed, simulated=True,
            applicant=Applicant(kind="person", name=f"家长{child}（演示）", telephone="13800000426"),
            offers={}, shown=frozenset(
                ("parent_id_card", "household_book", "birth_certificate", "residence_permit", "lease_contract",
                 "employment_proof")
            ),
        )  # fmt: skip
        opened = apply(acting=resident(small.town.pk), town=small.town, application=application, key=f"child-{child}")
    return Case.objects.get(pk=opened.id)


def checked(town: Hall, case: Case, child: int, months: int | None = None) -> Case:
    if case.stage == "received":
        town.do("2026-05-18 09:00", accept, case, "officer", by_hand=20)
    values = {"insured": str(child // 2 if months is None else months), "lived": "24", "own": ""}
    first, second = ("b", "a") if child % 10 == 0 else ("a", "b")
    return town.do("2026-05-20 09:00", check_points, case, "officer", values=values, wishes=[first, second])


def thirty(town: Hall) -> dict[int, Case]:
    announced(town)
    return {child: checked(town, apply_for(town, child), child) for child in range(1, 31)}


def sealed(town: Hall) -> SeasonRanking:
    with frozen_at(at("2026-06-01 10:00")):
        return seal_ranking(acting=town.acting("planning_head"), season=season(), version=version())


def version() -> int:
    found = season().case
    assert found is not None
    return found.version


def test_the_days_guard_the_acts_and_say_until_when(town: Hall) -> None:
    with frozen_at(at("2026-03-31 09:00")), pytest.raises(RefusedError) as early:
        announce(acting=town.acting("planning_head"), season=season(), key="x")
    assert (early.value.code, early.value.facts["first"]) == ("domain.season.too_early", SEASON.publish_on)
    announced(town)
    with pytest.raises(RefusedError) as too_early:
        apply_for(town, 1, when="2026-05-05 23:59")
    with pytest.raises(RefusedError) as too_late:
        apply_for(town, 1, when="2026-05-16 00:00")
    assert too_early.value.facts["first"] == SEASON.apply_from
    assert too_late.value.facts["last"] == SEASON.apply_to
    assert Case.objects.filter(class_code="newcomer_enrolment").count() == 0
    case = apply_for(town, 1, when="2026-05-15 23:59")
    town.do("2026-05-18 09:00", accept, case, "officer", by_hand=20)
    with pytest.raises(RefusedError):
        town.do("2026-05-30 09:00", check_points, case, "officer", values={"insured": "1", "lived": "1"}, wishes=["a"])
    with frozen_at(at("2026-05-31 09:00")), pytest.raises(RefusedError):
        seal_ranking(acting=town.acting("planning_head"), season=season(), version=version())


def test_a_transfer_is_outside_the_season_and_is_taken_on_any_day(town: Hall) -> None:
    announced(town)
    with pytest.raises(InvalidInputError) as asks:  # not the day is refused, but what a transfer has to say
        apply_for(town, 3, when="2026-09-20 09:00", grade="transfer")
    assert asks.value.facts["field"] == "present_school"


def test_the_office_head_announces_and_nobody_else(town: Hall) -> None:
    with frozen_at(at("2026-04-02 09:00")):
        for who, code in (("officer", "services.season.head_only"), ("clerk", "services.season.not_yours")):
            with pytest.raises(RefusedError) as refused:
                announce(acting=town.acting(who), season=season(), key="x")
            assert refused.value.code == code
        announced(town)
        with pytest.raises(RefusedError, match="announced"):
            announce(acting=town.acting("planning_head"), season=season(), key="y")


def test_unknown_places_stay_unknown_and_stop_the_ranking(town: Hall) -> None:
    with frozen_at(at("2026-04-02 09:00")):
        announce(acting=town.acting("planning_head"), season=season(), key="announce")
    assert season_view(season()).unknown == ("b",)
    with frozen_at(at("2026-06-01 10:00")), pytest.raises(RefusedError) as refused:
        seal_ranking(acting=town.acting("planning_head"), season=season(), version=version())
    assert refused.value.code == "services.season.places_unknown"
    assert refused.value.facts["names"] == "第二小学（演示）"


def test_nothing_is_ranked_before_every_application_is_looked_at(town: Hall) -> None:
    announced(town)
    case = apply_for(town, 1)
    with frozen_at(at("2026-06-01 10:00")), pytest.raises(RefusedError) as undecided:
        seal_ranking(acting=town.acting("planning_head"), season=season(), version=version())
    town.do("2026-05-18 09:00", accept, case, "officer", by_hand=20)
    with frozen_at(at("2026-06-01 10:00")), pytest.raises(RefusedError) as unchecked:
        seal_ranking(acting=town.acting("planning_head"), season=season(), version=version())
    assert (undecided.value.code, unchecked.value.code) == ("services.season.undecided", "services.season.unchecked")


def test_a_season_from_the_first_day_to_the_offers(town: Hall) -> None:
    cases = thirty(town)
    first = sealed(town)
    assert (len(first.rows), [one["rank"] for one in first.rows]) == (30, list(range(1, 31)))
    placed = [one for one in first.rows if one["school"]]
    assert len(placed) == 20
    assert first.cut_offs == {"a": first.cut_offs["a"], "b": first.cut_offs["b"]}
    assert "家长" not in str(first.rows), "no name is ever ranked"
    # 15 months each for 30 and 31: ties are parted, and everybody has a rank of their own
    assert first.rows[0]["number"] == cases[30].number

    loser = cases[9]
    mine = own_place(first, loser)
    assert mine is not None
    assert (mine.school, mine.of) == ("", 30)
    with frozen_at(at("2026-06-01 15:00")), pytest.raises(RefusedError):
        appeal(town=season().town, case=loser, version=loser.version, reason="少算了社保", key="a")
    with frozen_at(at("2026-06-03 09:00")):
        loser.refresh_from_db()
        appeal(town=season().town, case=loser, version=loser.version, reason="少算了社保", key="a")
    with frozen_at(at("2026-06-15 09:00")), pytest.raises(RefusedError) as open_appeal:
        send_offers(acting=town.acting("planning_head"), season=season(), version=version())
    assert open_appeal.value.code == "services.season.appeals_open"
    town.do(
        "2026-06-05 09:00", answer_appeal, loser, "planning_head", upheld=True, reason="查实，社保是 26 个月",
        values={"insured": "26", "lived": "24", "own": ""},
    )  # fmt: skip
    old, new = SeasonRanking.objects.order_by("edition")
    assert old.digest == first.digest, "the first edition stays as it was"
    assert own_place(new, loser).school == "a"  # type: ignore[union-attr]
    moves = list(Entry.objects.filter(case=season().case).order_by("seq").values_list("move", flat=True))
    assert moves == ["announce", "seal_ranking", "correct_ranking"]
    assert [one.good for one in proofs_of(season())] == [True, True]

    with frozen_at(at("2026-06-15 09:00")):
        assert send_offers(acting=town.acting("planning_head"), season=season(), version=version()) == 20
    granted = Case.objects.filter(class_code="newcomer_enrolment", stage="granted")
    assert granted.count() == 20
    assert Paper.objects.filter(case__in=granted, kind="decision_grant").count() == 20
    loser.refresh_from_db()
    assert loser.stage == "granted"
    assert [one for one in verify_town(season().town) if not isinstance(one, int)] == []


def test_a_list_changed_after_it_was_sealed_is_found_and_never_sent(town: Hall) -> None:
    announced(town)
    for child in (3, 5):
        checked(town, apply_for(town, child), child)
    made = sealed(town)
    rows = [dict(one) for one in made.rows]
    rows[0]["number"], rows[1]["number"] = rows[1]["number"], rows[0]["number"]
    SeasonRanking.objects.filter(pk=made.pk).update(rows=rows)
    assert [(one.in_journal, one.unchanged) for one in proofs_of(season())] == [(True, False)]
    with frozen_at(at("2026-06-15 09:00")), pytest.raises(RefusedError) as refused:
        send_offers(acting=town.acting("planning_head"), season=season(), version=version())
    assert refused.value.code == "services.season.changed"


def test_of_two_who_seal_at_once_one_does_and_the_other_is_told(town: Hall) -> None:
    announced(town)
    checked(town, apply_for(town, 3), 3)
    carried = version()
    with frozen_at(at("2026-06-01 10:00")):
        head = town.acting("planning_head")
        seal_ranking(acting=head, season=season(), version=carried, key="one")
        with pytest.raises((ConflictError, RefusedError)):
            seal_ranking(acting=head, season=season(), version=carried, key="two")
    assert SeasonRanking.objects.count() == 1


def test_what_the_pack_says_later_does_not_change_an_announced_season(town: Hall) -> None:
    announced(town)
    other = replace(SEASON, lot="别的词")
    with frozen_at(at("2026-05-07 09:00")):
        keep_seasons(town=season().town, contents={SEASON.code: content_of(other)}, at=now())
    assert season_view(season()).row.lot == SEASON.lot


def test_places_are_fixed_once_the_ranking_is_sealed(town: Hall) -> None:
    announced(town)
    checked(town, apply_for(town, 3), 3)
    sealed(town)
    with frozen_at(at("2026-06-02 10:00")), pytest.raises(RefusedError, match="ranked"):
        enter_places(acting=town.acting("officer"), season=season(), school="a", places=99, source="x")
    assert SeasonApplication.objects.get().points == "13"


def test_a_parent_reads_the_own_points_line_by_line_and_nobody_elses(town: Hall) -> None:
    announced(town)
    for child in (3, 28):
        checked(town, apply_for(town, child), child)
    sealed(town)
    case = Case.objects.get(pk=SeasonApplication.objects.order_by("case__number")[1].case.pk)
    client, code = Client(), season().town.code
    with frozen_at(at("2026-06-03 09:00")):
        client.post(f"/t/{code}/applications/", {"number": case.number, "code": tracking_code("child-28")})
        page = client.get(f"/t/{code}/applications/one/").content.decode()
        public = client.get(f"/t/{code}/seasons/{SEASON.code}/").content.decode()
    assert "14 个月 × 1 = 14 分，封顶 30" in page
    assert "2 人中第 1 名，26 分" in page
    assert "家长3" not in page
    assert SeasonRanking.objects.get().digest in public
    assert "家长" not in public
    assert "未知" in public, "a line without points stays visibly unknown"

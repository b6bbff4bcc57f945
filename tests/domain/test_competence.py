"""Whose power it is: the four ways a power comes to a town, and every sealed act on every day (DOMAIN.md J9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from jinli.domain.bounds import Bound, bound_facts
from jinli.domain.competence import (
    AUTHORITY,
    FINISH,
    Power,
    Sealing,
    Standing,
    act_of,
    authority_itself,
    competence,
    power_on,
)
from jinli.domain.errors import RefusedError
from jinli.domain.procedure import Move
from jinli.domain.requests import Actor
from tests.domain.procedures import Desk, at, limit, procedure

ZONE = ZoneInfo("Asia/Shanghai")
TOWN = Standing(
    town="441204115",
    above="441204",
    bodies={"townhall": "", "social": "townhall", "hall": "townhall", "desk": "hall", "committee": ""},
)
DIRECT = Power(
    code="P1", item="shop_sign", mode="direct", authority="urban", authority_at="441204", to_body="townhall",
    instrument="某府令〔2022〕1号", valid_from=date(2022, 6, 1),
)  # fmt: skip
ENTRUSTED = replace(DIRECT, code="P2", mode="entrusted", authority="hr")
FRONT = replace(DIRECT, code="P3", mode="front_desk", authority="market")
OWN = Power(code="P4", item="shop_sign", mode="own", to_body="townhall")
RECALLED = replace(DIRECT, recalled_on=date(2026, 9, 1), recall_instrument="某府办〔2026〕9号")

SOCIAL = Actor(person="p1", body="social")
WINDOW = Actor(person="p2", body="hall")
FOR_HR = Actor(person="p2", body="hr", hat="entrusted")
HR = Actor(person="p3", body="hr")
MARKET = Actor(person="p4", body="market")
URBAN = Actor(person="p5", body="urban")

LICENCE = procedure("licence").case.moves
ACCEPT, NOTICE, GRANT, EXTEND = (LICENCE[one] for one in ("accept", "one_time_notice", "grant", "extend"))


def on(text: str) -> date:
    return date.fromisoformat(text)


def sealing(*powers: Power, item: str = "shop_sign", received: str = "2026-08-20 09:00", **more: Any) -> Sealing:
    return Sealing(powers=powers, standing=TOWN, item=item, zone=ZONE, received_at=at(received), **more)


def refused(found: Sealing, move: Move, actor: Actor, when: str, **facts: Any) -> str:
    why = found.refusal(move, actor, at(when), facts)
    return why.code.removeprefix("domain.competence.") if why else ""


@pytest.mark.parametrize(
    ("power", "decides", "defendant", "reviewer"),
    [
        pytest.param(OWN, "townhall", "townhall", "441204", id="its own: the town, reviewed one level up"),
        pytest.param(DIRECT, "townhall", "townhall", "441204", id="handed down: the town, reviewed one level up"),
        pytest.param(ENTRUSTED, "hr", "hr", "441204", id="entrusted: the department and its government"),
        pytest.param(FRONT, "market", "market", "441204", id="front desk only: nothing changes hands"),
        pytest.param(
            replace(DIRECT, to_body="social"), "social", "townhall", "441204", id="an office decides, the town is sued"
        ),
        pytest.param(
            replace(ENTRUSTED, authority_at="4412"), "hr", "hr", "4412", id="a city department: the city reviews"
        ),
    ],
)
def test_who_decides_is_sued_and_reviews_follows_from_the_way_the_power_came(
    power: Power, decides: str, defendant: str, reviewer: str
) -> None:
    found = competence([power], "shop_sign", on("2026-08-31"), standing=TOWN)
    assert (found.decides, found.seal, found.defendant, found.reviewer) == (decides, decides, defendant, reviewer)


@pytest.mark.parametrize(
    ("powers", "day", "why"),
    [
        pytest.param([], "2026-08-31", "none", id="nobody gave it"),
        pytest.param([replace(DIRECT, mode="")], "2026-08-31", "unknown", id="nobody knows how it came"),
        pytest.param([replace(DIRECT, valid_from=None)], "2026-08-31", "unknown", id="nobody knows since when"),
        pytest.param([DIRECT], "2022-05-31", "not_yet", id="the day before it came"),
        pytest.param([RECALLED], "2026-09-01", "recalled", id="the first day without it"),
        pytest.param([replace(OWN, item="other")], "2026-08-31", "none", id="another matter"),
    ],
)
def test_without_a_power_the_refusal_says_why(powers: list[Power], day: str, why: str) -> None:
    with pytest.raises(RefusedError) as error:
        competence(powers, "shop_sign", on(day), standing=TOWN)
    assert error.value.code == f"domain.competence.{why}"


def test_a_recall_is_refused_with_its_day_its_paper_and_who_decides_now() -> None:
    with pytest.raises(RefusedError) as error:
        competence([RECALLED], "shop_sign", on("2026-12-01"), standing=TOWN)
    assert error.value.facts == {
        "item": "shop_sign", "day": on("2026-09-01"), "instrument": "某府办〔2026〕9号", "authority": "urban",
    }  # fmt: skip


def test_a_power_given_again_after_a_recall_counts_again() -> None:
    again = replace(DIRECT, code="P9", valid_from=on("2026-11-01"))
    assert power_on([RECALLED, again], "shop_sign", on("2026-10-31")) is None
    assert power_on([RECALLED, again], "shop_sign", on("2026-11-01")) == again


@pytest.mark.parametrize("move", [ACCEPT, NOTICE, EXTEND, GRANT], ids=["acceptance", "notice", "extension", "decision"])
def test_every_sealed_act_is_open_the_day_before_a_recall_and_refused_from_its_first_minute(move: Move) -> None:
    found = sealing(RECALLED)
    assert refused(found, move, SOCIAL, "2026-08-31 23:59") == ""
    assert refused(found, move, SOCIAL, "2026-09-01 00:00") == "recalled"


def test_the_day_is_that_of_the_town_not_of_greenwich() -> None:
    instant = datetime.fromisoformat("2026-08-31T16:00:00+00:00")  # midnight in town
    assert sealing(RECALLED).refusal(GRANT, SOCIAL, instant) is not None


def test_a_recall_in_the_future_leaves_today_alone() -> None:
    found = sealing(replace(DIRECT, recalled_on=on("2027-01-01")))
    assert refused(found, GRANT, SOCIAL, "2026-12-31 23:59") == ""


def test_a_recall_that_reaches_back_closes_today_and_touches_nothing_sealed_before() -> None:
    desk = Desk(procedure("licence"))
    terms = {"decide": limit(20, procedure("licence").clocks["notice"].limit.unit)}  # type: ignore[union-attr]
    bodies = {"window": "hall", "owner": "social", "leader": "townhall"}
    desk.act("2026-09-08 09:00", "receive", WINDOW, bodies=bodies, terms=terms)
    desk.act("2026-09-08 10:00", "accept", WINDOW)
    before = [dict(one) for one in desk.bodies]
    assert refused(sealing(RECALLED), GRANT, SOCIAL, "2026-09-20 09:00") == "recalled"
    assert desk.bodies == before


def test_a_case_received_before_is_finished_in_town_only_where_the_recall_says_so() -> None:
    finish = replace(RECALLED, in_flight=FINISH)
    assert refused(sealing(finish), GRANT, SOCIAL, "2026-09-20 09:00") == ""
    assert refused(sealing(finish, received="2026-09-01 08:30"), GRANT, SOCIAL, "2026-09-20 09:00") == "recalled"
    assert refused(sealing(RECALLED), GRANT, SOCIAL, "2026-09-20 09:00") == "recalled"


def test_handed_down_the_body_and_the_offices_below_it_seal_and_nobody_else() -> None:
    when, found = "2026-08-31 10:00", sealing(DIRECT)
    for body in ("townhall", "social", "desk"):
        assert refused(found, GRANT, Actor(body=body), when) == ""
    for body in ("committee", "hr", None):
        assert refused(found, GRANT, Actor(body=body), when) == "not_yours"
    assert refused(found, GRANT, URBAN, when) == "not_yours"  # its origin handed it down


def test_entrusted_the_window_accepts_and_gives_notice_but_decides_only_in_the_departments_name() -> None:
    when, found = "2026-08-31 10:00", sealing(ENTRUSTED)
    for move in (ACCEPT, NOTICE):
        assert refused(found, move, WINDOW, when) == ""
        assert found.competence(move, WINDOW, at(when), {}).seal == "hr"
    for move in (GRANT, EXTEND, LICENCE["refuse"], LICENCE["refuse_acceptance"]):
        assert refused(found, move, WINDOW, when) == "other_name"
        assert refused(found, move, FOR_HR, when) == ""
        assert refused(found, move, HR, when) == ""


@pytest.mark.parametrize("move", [ACCEPT, GRANT])
def test_an_entrusted_body_never_entrusts_further(move: Move) -> None:
    further = Actor(person="p9", body="townhall", hat="entrusted")
    assert refused(sealing(ENTRUSTED), move, further, "2026-08-31 10:00") == "entrusts_no_further"


def test_where_only_the_desk_stands_in_town_only_the_departments_own_people_seal() -> None:
    when, found = "2026-08-31 10:00", sealing(FRONT)
    for actor in (WINDOW, SOCIAL, Actor(body="market", hat="entrusted")):
        assert refused(found, ACCEPT, actor, when) == "front_desk"
    assert refused(found, ACCEPT, MARKET, when) == ""
    assert found.competence(GRANT, MARKET, at(when), {}).mode == AUTHORITY


def test_after_a_recall_the_original_authority_seals_itself_and_before_it_does_not() -> None:
    found = sealing(RECALLED)
    assert refused(found, GRANT, URBAN, "2026-09-01 09:00") == ""
    assert refused(found, GRANT, URBAN, "2026-08-31 09:00") == "not_yours"
    assert authority_itself([RECALLED], "shop_sign", on("2026-09-01"), "hr") is None
    # Somebody who only wears its hat lost it with the power.
    assert refused(found, GRANT, Actor(body="urban", hat="entrusted"), "2026-09-01 09:00") == "recalled"


def test_a_bound_is_compared_at_every_act_and_must_be_known_before_the_decision() -> None:
    when = "2026-08-31 10:00"
    found = sealing(replace(DIRECT, bound=Bound(fact="area", at_most=Decimal(120), unit="m2")))
    assert refused(found, GRANT, SOCIAL, when, area="120") == ""
    assert refused(found, GRANT, SOCIAL, when, area="120.5") == "beyond"
    assert refused(found, ACCEPT, SOCIAL, when, area="121") == "beyond"
    assert refused(found, ACCEPT, SOCIAL, when) == ""
    assert refused(found, GRANT, SOCIAL, when) == "bound_missing"
    assert refused(found, GRANT, SOCIAL, when, area="about a hundred") == "bound_missing"


@pytest.mark.parametrize(
    ("stated", "unit", "facts"),
    [
        pytest.param("36.50", "平方米", {"area": "36.5", "units": {"area": "m2"}}, id="the same unit"),
        pytest.param("100", "", {"area": "100", "units": {"area": "m2"}}, id="the form names no unit"),
        pytest.param("36", "亩", {"area": ""}, id="another unit says nothing"),
        pytest.param("about a hundred", "m2", {"area": ""}, id="no number says nothing"),
        pytest.param("NaN", "m2", {"area": ""}, id="not a size at all"),
    ],
)
def test_how_large_a_matter_is_stands_in_its_facts_with_the_unit_of_the_power(
    stated: str, unit: str, facts: dict[str, Any]
) -> None:
    assert bound_facts({"area": "m2"}, {"area": stated, "name": "梁小明"}, {"area": unit}) == facts
    assert bound_facts({"area": "m2"}, {"name": "梁小明"}, {}) == {}


def test_what_is_beyond_the_bound_is_decided_by_the_authority_that_kept_the_rest() -> None:
    when = "2026-08-31 10:00"
    found = sealing(replace(DIRECT, bound=Bound(fact="area", at_most=Decimal(120), unit="m2")))
    assert found.competence(GRANT, URBAN, at(when), {"area": "121"}).seal == "urban"
    assert refused(found, GRANT, URBAN, when, area="120") == "not_yours"


def test_whoever_received_it_turns_away_what_is_not_the_towns_and_says_so() -> None:
    """Licensing Law art. 32(1)(2): it needs no power over the matter, but it is open only where there is none."""
    when, away = "2026-09-02 10:00", LICENCE["refuse_acceptance"]
    for found in (sealing(RECALLED), sealing(), sealing(replace(DIRECT, mode=""))):
        turned = found.competence(away, WINDOW, at(when), {"not_ours": True})
        assert (turned.mode, turned.seal, turned.defendant, turned.reviewer) == (
            "not_ours",
            "townhall",
            "townhall",
            "441204",
        )
        assert found.competence(away, SOCIAL, at(when), {"not_ours": True}).seal == "townhall"
        with pytest.raises(RefusedError):
            found.competence(away, WINDOW, at(when), {})
        for stranger in (URBAN if found.powers == () else HR, Actor(body="townhall", hat="entrusted")):
            with pytest.raises(RefusedError):
                found.competence(away, stranger, at(when), {"not_ours": True})
    with pytest.raises(RefusedError, match="front_desk"):  # the desk received it for the department
        sealing(FRONT).competence(away, WINDOW, at(when), {"not_ours": True})


def test_a_case_that_another_system_decides_is_never_sealed_here() -> None:
    for actor in (SOCIAL, URBAN):
        assert refused(sealing(DIRECT, external=True), ACCEPT, actor, "2026-08-31 10:00") == "external"


def test_a_case_that_names_no_matter_is_never_sealed() -> None:
    assert refused(sealing(DIRECT, item=""), ACCEPT, SOCIAL, "2026-08-31 10:00") == "no_item"


@pytest.mark.parametrize(
    ("move", "act"),
    [
        ("accept", "acceptance"), ("accept_with_promise", "acceptance"), ("one_time_notice", "notice"),
        ("begin_special", "notice"), ("extend", "extension"), ("grant", "decision"), ("grant_at_once", "decision"),
        ("refuse", "decision"), ("refuse_acceptance", "decision"),
    ],
)  # fmt: skip
def test_a_sealed_act_is_acceptance_notice_extension_or_decision(move: str, act: str) -> None:
    assert LICENCE[move].sealed
    assert act_of(LICENCE[move]) == act

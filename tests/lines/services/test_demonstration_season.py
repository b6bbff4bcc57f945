"""The simulated season: acted through to its offers by the services of a real one, marked, sound, and only once."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from jinli.cases.models import Case, Entry
from jinli.cases.services.verifying import Finding, verify_town
from jinli.lines.services.models import Budget, Season, SeasonApplication
from jinli.lines.services.selectors.forms import CHECKS
from jinli.lines.services.selectors.seasons import proofs_of
from jinli.lines.services.services.demonstration import History, record_history
from jinli.lines.services.services.demonstration_season import CHILDREN, identity_number, play_seasons
from jinli.site.demonstration import matters_history_of
from jinli.site.packing import load_folder
from jinli.town.models import Division, Organisation
from tests.shared import shared

PACK = Path(__file__).parents[3] / "packs" / "jinli"
ZONE = ZoneInfo("Asia/Shanghai")
UNTIL = datetime(2026, 11, 23, tzinfo=ZONE)


@shared
def town() -> Division:
    return load_folder(PACK, [PACK / "demo"]).town


def parameters() -> History:
    found = matters_history_of(cases=0)
    assert found is not None
    return found


def season() -> Season:
    return Season.objects.select_related("case", "town").get(code="enrolment-2026")


def test_a_season_is_announced_applied_for_sealed_offered_and_ended(town: Division) -> None:
    play_seasons(town, until=UNTIL, history=parameters())
    found = season()
    assert found.case is not None
    assert found.case.stage == "ended"
    stages = list(SeasonApplication.objects.filter(season=found).values_list("case__stage", flat=True))
    assert len(stages) == CHILDREN
    assert set(stages) == {"done", "ended_refused"}
    assert stages.count("done") == 24, "as many as there are places"
    assert [one.good for one in proofs_of(found)] == [True]
    assert not [one for one in verify_town(town) if isinstance(one, Finding)]


def test_everything_in_it_is_marked_and_no_real_body_acts(town: Division) -> None:
    play_seasons(town, until=UNTIL, history=parameters())
    assert not Case.objects.filter(town=town, simulated=False).exists()
    names = Case.objects.filter(class_code="newcomer_enrolment").values_list("owner__name", flat=True)
    assert all(name.endswith("（演示）") for name in names)


def test_a_second_run_adds_nothing(town: Division) -> None:
    play_seasons(town, until=UNTIL, history=parameters())
    before = Entry.objects.count()
    assert play_seasons(town, until=UNTIL, history=parameters()) == 0
    assert Entry.objects.count() == before


@pytest.mark.parametrize("until", [datetime(2026, 6, 15, 9, tzinfo=ZONE), datetime(2026, 3, 1, tzinfo=ZONE)])
def test_what_has_not_come_yet_is_not_played(town: Division, until: datetime) -> None:
    assert play_seasons(town, until=until, history=parameters()) == 0
    assert season().announced_at is None


def test_a_real_town_is_never_played(town: Division) -> None:
    Division.objects.filter(pk=town.pk).update(simulated=False)
    town.refresh_from_db()
    assert play_seasons(town, until=UNTIL, history=parameters()) == 0


def test_numbers_have_the_right_check_digit_and_a_division_that_does_not_exist() -> None:
    number = identity_number(date(2020, 3, 1), 7)
    assert number.startswith("990101")
    assert CHECKS["id_number"](number)


def test_the_town_has_one_government_and_it_carries_the_mark(town: Division) -> None:
    found = Organisation.objects.filter(division=town, kind="government").values_list("name", flat=True)
    assert list(found) == ["金利镇人民政府（演示）"]


def test_every_subsidy_has_a_simulated_budget_aid_too(town: Division) -> None:
    list(record_history(town, until=UNTIL, history=parameters()))
    budgets = Budget.objects.filter(town=town, year=2026)
    assert set(budgets.values_list("item", flat=True)) >= {"temporary_aid", "startup_subsidy", "rent_subsidy"}
    assert not budgets.filter(simulated=False).exists()


def test_papers_of_the_demonstration_begin_with_its_prefix(town: Division) -> None:
    play_seasons(town, until=UNTIL, history=parameters())
    case = Case.objects.filter(class_code="newcomer_enrolment").first()
    assert case is not None
    assert town.settings["paper_prefix"] == "金府（演示）"

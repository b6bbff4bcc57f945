"""Announce a season, enter its places, and take applications only on its days."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from jinli.cases.models import Case
from jinli.cases.services import OpenCase, open_case
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.domain.limits import EndRule, TimeLimit, Unit
from jinli.domain.season import require_within
from jinli.lines.services.models import Season, SeasonApplication, SeasonPlaces
from jinli.lines.services.selectors.seasons import SeasonView, season_in_force, season_view
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.models import Division, Duty
from jinli.town.selectors import local_day, organisations_by_code
from jinli.ui.words import say_in

#: Who may announce, seal and send: the head of the body that owns the season.
HEADS = frozenset({Duty.Role.DEPARTMENT_HEAD})


def require_owner(acting: Acting, view: SeasonView, *, head: bool = False) -> None:
    """See that somebody acts for the body that owns the season, and leads it where that is needed.

    Raises RefusedError `services.season.not_yours`, `services.season.head_only`.
    """
    if acting.town != view.season.town_id or acting.body != view.row.owner or "auditor" in acting.roles:
        raise RefusedError("services.season.not_yours")
    if head and not HEADS & acting.roles:
        raise RefusedError("services.season.head_only")


def days_until(town: Division, day: date) -> TimeLimit:
    """Return the span from today to the end of a published day; a day that has come already gives one day more."""
    days = max((day - local_day(town, moment.now())).days, 1)
    return TimeLimit(
        amount=days, unit=Unit.CALENDAR_DAY, end_rule=EndRule.STAY, source=say_in("zh-hans", "services.season.limit")
    )


@transaction.atomic
def announce(*, acting: Acting, season: Season, key: str) -> Season:
    """Announce a season: from now on its days, its points table and its lot stand.

    Raises RefusedError as `require_owner`, `services.season.announced`, and when applications could begin already.
    """
    view = season_view(Season.objects.select_for_update(of=("self",)).select_related("town").get(pk=season.pk))
    require_owner(acting, view, head=True)
    if view.season.announced_at is not None:
        raise RefusedError("services.season.announced")
    town, row = view.season.town, view.row
    require_within(local_day(town, moment.now()), row.publish_on, row.apply_from)
    bodies = organisations_by_code(town)
    leader = next((code for code, one in bodies.items() if one.kind == "government"), row.owner)
    days = {name: day.isoformat() for name, day in row.days().in_order()}
    spec = OpenCase(
        type_code="season", title=row.name, channel="page", bodies={"owner": row.owner, "leader": leader},
        terms={"ranking": days_until(town, row.appeal_from)}, key=key, simulated=town.simulated,
        facts={"season": row.code, "lot": row.lot, "days": days},
    )  # fmt: skip
    opened = open_case(acting=acting, town=town, spec=spec)
    Season.objects.filter(pk=season.pk).update(case=opened.id, announced_at=moment.now())
    view.season.refresh_from_db()
    return view.season


def enter_places(*, acting: Acting, season: Season, school: str, places: int, source: str) -> None:
    """Enter how many places a school has. What was said before stays readable; once ranked nothing changes.

    Raises RefusedError as `require_owner`, `services.season.ranked`; InvalidInputError at the field.
    """
    view = season_view(season)
    require_owner(acting, view)
    if season.rankings.exists():
        raise RefusedError("services.season.ranked")
    if school not in view.places:
        raise InvalidInputError("services.season.no_such_school", field="school", found=school)
    if places < 0:
        raise InvalidInputError("services.season.places_wrong", field=f"places-{school}")
    if not source.strip():
        raise InvalidInputError("services.season.source_missing", field=f"source-{school}")
    SeasonPlaces.objects.create(
        season=season, school=school, places=places, source=source.strip(), set_by_id=acting.person,
        set_for_id=acting.body_id, set_at=moment.now(),
    )  # fmt: skip


def season_for(town: Division, item: str, situation: dict[str, str]) -> SeasonView | None:
    """Return the season an application belongs to, None when it belongs to none.

    Raises RefusedError `domain.season.too_early`, `domain.season.too_late` outside the days of application.
    """
    view = season_in_force(town, item)
    if view is None or not view.belongs(situation):
        return None
    require_within(local_day(town, moment.now()), view.row.apply_from, view.row.apply_to)
    return view


def enter_season(case: Case, view: SeasonView) -> None:
    """Count a case among the applications of a season, once."""
    SeasonApplication.objects.get_or_create(case=case, defaults={"season": view.season})

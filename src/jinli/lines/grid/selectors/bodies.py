"""Which bodies of a town stand behind a report or a whistle: who owns it, who leads, who arbitrates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q

from jinli.cases.editions import latest
from jinli.domain.errors import DomainError, InvalidInputError, RefusedError
from jinli.town.models import Division, Duty, Organisation
from jinli.town.selectors import arbitration_offices, local_day
from jinli.town.stamps import under_stamp

_POSTS = {Duty.Role.COMMAND_CENTRE: "owner", Duty.Role.TOWN_HEAD: "leader"}


def bodies_of(town: Division, day: date) -> dict[str, str]:
    """Return owner, handler and leader of a new report by code; the owner handles it until somebody is named.

    Raises RefusedError `grid.report.no_command_centre` for a town that has filled in no such duty.
    """
    found = _posts(town, day)
    if "owner" not in found:
        raise RefusedError("grid.report.no_command_centre")
    return {"owner": found["owner"], "handler": found["owner"], "leader": found.get("leader", found["owner"])}


def whistle_bodies(town: Division, day: date) -> dict[str, str]:
    """Return who owns, leads and arbitrates the whistles of a town, by code.

    Raises InvalidInputError `grid.whistle.body_missing` naming the one that no pack or register gives.
    """
    found = _posts(town, day)
    for name in ("arbiter", "owner", "leader"):
        if name not in found:
            raise InvalidInputError("grid.whistle.body_missing", field=name, body=f"domain.duty.{name}")
    return dict(found)


@under_stamp
def _posts(town: Division, day: date) -> Mapping[str, str]:
    """Return the posts behind the town's cases by the code of the body that holds them; empty ones are left out.

    The owner is the body of the town with the duty of the command centre, the leader that of the town head, the
    arbiter the arbitration office above the town.
    """
    rows = Duty.objects.filter(_serves(day), organisation__division=town, role__in=_POSTS)
    found: dict[str, str] = {}
    for role, code in rows.order_by("organisation__code").values_list("role", "organisation__code"):
        found.setdefault(_POSTS[Duty.Role(role)], code)
    arbiter = arbitration_offices(town, day).values_list("code", flat=True).first()
    return found if arbiter is None else {**found, "arbiter": arbiter}


def _serves(day: date) -> Q:
    begun = Q(organisation__valid_from=None) | Q(organisation__valid_from__lte=day)
    return begun & (Q(organisation__valid_to=None) | Q(organisation__valid_to__gte=day))


def closed_to_reports(town: Division, at: datetime) -> DomainError | None:
    """Return why a town takes no reports here, `None` when it does: the line is not set up, or nobody receives them."""
    try:
        latest(town, "grid_report")
        bodies_of(town, local_day(town, at))
    except DomainError as error:
        return error
    return None


def handlers_at(town: Division, day: date) -> list[Organisation]:
    """Return the town's own bodies that may be given a report to handle; departments above are whistled for.

    No query while the registers stand as they were.
    """
    return list(_handlers(town, day))


@under_stamp
def _handlers(town: Division, day: date) -> tuple[Organisation, ...]:
    rows = Organisation.objects.filter(division=town).exclude(kind=Organisation.Kind.ARBITRATION)
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    return tuple(rows.filter(begun & (Q(valid_to=None) | Q(valid_to__gte=day))).order_by("kind", "code"))

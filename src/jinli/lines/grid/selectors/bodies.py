"""Which bodies of a town stand behind a report: who owns it, who leads."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Q

from jinli.cases.editions import latest
from jinli.domain.errors import DomainError, RefusedError
from jinli.town.models import Division, Duty, Organisation
from jinli.town.selectors import arbitration_offices, local_day

_POSTS = {Duty.Role.COMMAND_CENTRE: "owner", Duty.Role.TOWN_HEAD: "leader"}


def bodies_of(town: Division, day: date) -> dict[str, str]:
    """Return owner, handler and leader of a new report by code; the owner handles it until somebody is named.

    The owner is the body of the town with the duty of the command centre, the leader that of the town head. No query
    while the registers stand as they were.
    Raises RefusedError `grid.report.no_command_centre` for a town that has filled in no such duty.
    """
    found = _bodies(town.pk, town.time_stamp, day)
    if "owner" not in found:
        raise RefusedError("grid.report.no_command_centre")
    return {"owner": found["owner"], "handler": found["owner"], "leader": found.get("leader", found["owner"])}


@lru_cache(maxsize=256)
def _bodies(town: int, stamp: UUID, day: date) -> dict[str, str]:
    """Return the posts of a town by the body that holds them; the stamp changes with the registers."""
    rows = Duty.objects.filter(_serves(day), organisation__division=town, role__in=_POSTS)
    found: dict[str, str] = {}
    for role, code in rows.order_by("organisation__code").values_list("role", "organisation__code"):
        found.setdefault(_POSTS[Duty.Role(role)], code)
    return found


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


def arbiter_of(town: Division, day: date) -> str | None:
    """Return the code of the arbitration office above the town, `None` when there is none."""
    return arbitration_offices(town, day).values_list("code", flat=True).first()


def handlers_at(town: Division, day: date) -> list[Organisation]:
    """Return the town's own bodies that may be given a report to handle; departments above are whistled for.

    No query while the registers stand as they were.
    """
    return list(_handlers(town.pk, town.time_stamp, day))


@lru_cache(maxsize=64)
def _handlers(town: int, stamp: UUID, day: date) -> tuple[Organisation, ...]:
    rows = Organisation.objects.filter(division=town).exclude(kind=Organisation.Kind.ARBITRATION)
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    return tuple(rows.filter(begun & (Q(valid_to=None) | Q(valid_to__gte=day))).order_by("kind", "code"))

"""Who sees which cases. What is not seen is not there: no page, no count, no hint."""

from __future__ import annotations

from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from jinli.cases import lines
from jinli.cases.models import Assignment, Case, Clock
from jinli.town.acting import Acting
from jinli.town.models import Duty, Place

DEPARTMENT: Final = frozenset({Duty.Role.DEPARTMENT_OFFICER, Duty.Role.DEPARTMENT_HEAD})
HEADS: Final = frozenset({Duty.Role.DEPARTMENT_HEAD, Duty.Role.TOWN_HEAD, Duty.Role.AUDITOR})
FIELD: Final = frozenset({Duty.Role.GRID_WORKER, Duty.Role.VILLAGE_OFFICER})
#: Everybody who works on cases; an auditor reads besides them, an administrator does not.
WORKERS: Final = (
    Duty.Role.GRID_WORKER,
    Duty.Role.VILLAGE_OFFICER,
    Duty.Role.WINDOW_CLERK,
    Duty.Role.COMMAND_CENTRE,
    Duty.Role.DEPARTMENT_OFFICER,
    Duty.Role.DEPARTMENT_HEAD,
    Duty.Role.ARBITER,
    Duty.Role.TOWN_HEAD,
)


def visible_cases(acting: Acting) -> QuerySet[Case]:
    """Return the cases of the town that a person sees under the present hat.

    Command centre, town head and auditor see all of the town. A department or station sees what it was given a part
    of, handles or answers for. A window sees what it owes somebody a step in. An arbitration office sees what it has to
    decide and what it decided. Grid workers and village
    officers see what their body handles or answers for, what lies in its places, and everything that waits to be
    verified. What a line keeps for heads (`heads_only`), heads, town head and auditor see, and nobody else.
    """
    cases = Case.objects.filter(town=acting.town)
    if not acting.roles & HEADS:
        cases = cases.exclude(type_code__in=lines.for_heads_only())
    if acting.reads_all:
        return cases
    if acting.body_id is None:
        return cases.none()
    seen = Q(pk__in=[])
    if acting.roles & DEPARTMENT:
        seen |= Q(handler_body=acting.body_id) | Q(owner=acting.body_id)
        seen |= Q(Exists(Assignment.objects.filter(case=OuterRef("pk"), body=acting.body_id)))
    if acting.roles & {Duty.Role.ARBITER, Duty.Role.WINDOW_CLERK}:
        # The clock of an arbitration is owed by the office from the refusal on, and stays after the decision.
        seen |= Q(Exists(Clock.objects.filter(case=OuterRef("pk"), owed_by=acting.body_id)))
    if acting.roles & FIELD:
        here = Q(organisation=acting.body_id) | Q(groups__organisation=acting.body_id)
        seen |= Q(handler_body=acting.body_id) | Q(owner=acting.body_id) | Q(stage="verifying")
        seen |= Q(place__in=Place.objects.filter(here, town=acting.town))
    return cases.filter(seen)

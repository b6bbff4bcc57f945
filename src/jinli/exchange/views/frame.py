"""What the pages of tasks share: who may open them, the task one may see, a form shown again after a conflict."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404

from jinli.cases.selectors.case_view import CaseView
from jinli.cases.views.case import view_of
from jinli.exchange.models import Task
from jinli.exchange.selectors.tasks import task_of
from jinli.town.models import Duty

#: The command centre acts; the town head reads and settles objections that the asker does not accept.
READERS = (Duty.Role.COMMAND_CENTRE, Duty.Role.TOWN_HEAD)


def seen(request: Any, task_id: UUID) -> tuple[CaseView, Task]:
    """Return a task of the town with its case; any other is not there."""
    try:
        task = task_of(request.acting.town, task_id)
    except Task.DoesNotExist:
        raise Http404 from None
    return view_of(request, task_id), task


def carrying(request: Any, **present: object) -> Any:
    """Return what was typed, with present values in place of those the old page carried."""
    sent = request.POST.copy()
    for name, value in present.items():
        sent[name] = str(value)
    return sent


def typed_in(form: Any) -> list[tuple[str, str]]:
    """Return label and text of what was typed."""
    shown = [bound for bound in form if not bound.is_hidden and bound.value()]
    return [(str(bound.label), str(bound.value())) for bound in shown]

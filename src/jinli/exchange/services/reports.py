"""Save a set of figures as a report, so that nobody asks twice which they are."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.exchange.models import Report, Task
from jinli.town import moment
from jinli.town.acting import Acting


def save_report(*, acting: Acting, task: Task, title: str) -> Report:
    """Save what a task asks for under a name. The same task sent again gives the same report.

    Raises
    ------
    RefusedError : the duty may not.
    InvalidInputError : no name, the name is taken, or the task asks for no figure.
    """
    if "command_centre" not in acting.roles:
        raise RefusedError("exchange.tasks.not_yours")
    name = title.strip()
    if not name:
        raise InvalidInputError("exchange.report.title_needed", field="title")
    rows = [{"title": ask.text, "figure": ask.figure, "place": ask.place_id} for ask in task.asks.order_by("ordinal")]
    if not any(row["figure"] for row in rows):
        raise InvalidInputError("exchange.report.no_figure")
    known = Report.objects.filter(town=task.town, title=name).first()
    if known is not None and known.source_id == task.pk:
        return known
    try:
        with transaction.atomic():
            return Report.objects.create(
                town=task.town, title=name, asker_name=task.asker_name, rows=rows, source=task, saved_at=moment.now()
            )
    except IntegrityError:
        raise InvalidInputError("exchange.report.title_taken", field="title", title=name) from None

"""The walk-in queue: give out numbers, call the next, note who came and who did not.

There is nothing here about persons: no name on a ticket, no check-in, no minutes of a clerk and no ranking (the State
Council's rules of 2026 on easing the grassroots).
"""

from __future__ import annotations

from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Max

from jinli.domain.errors import ConflictError, InvalidInputError, RefusedError
from jinli.lines.services.models import Ticket
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.models import Division, Duty
from jinli.town.selectors import local_day

_TRIES: Final = 5


def issue_ticket(*, acting: Acting, town: Division, matter: str = "") -> Ticket:
    """Give out the next number of today. Two machines at once give two numbers.

    Raises RefusedError for other duties, ConflictError when the counter is pressed too hard.
    """
    _require_clerk(acting, town)
    at = moment.now()
    day = local_day(town, at)
    for _ in range(_TRIES):
        last = Ticket.objects.filter(town=town, day=day).aggregate(last=Max("number"))["last"] or 0
        try:
            with transaction.atomic():
                return Ticket.objects.create(town=town, day=day, number=last + 1, matter=matter[:40], issued_at=at)
        except IntegrityError:  # another machine was faster
            continue
    raise ConflictError("services.counter.pressed")


def call_next(*, acting: Acting, town: Division, window: str) -> Ticket | None:
    """Call the number that waits longest to a window; None when nobody waits. Two windows never get the same."""
    _require_clerk(acting, town)
    if not window.strip():
        raise InvalidInputError("services.counter.window_missing", field="window")
    at = moment.now()
    waiting = Ticket.objects.filter(town=town, day=local_day(town, at), state=Ticket.State.WAITING).order_by("number")
    for found in waiting[:_TRIES]:
        if _change(found, Ticket.State.WAITING, state=Ticket.State.CALLED, window=window.strip()[:20], called_at=at):
            return Ticket.objects.get(pk=found.pk)
    return None


def end_ticket(*, acting: Acting, town: Division, number: int, state: str) -> None:
    """Note that a called number is done or did not come.

    Raises InvalidInputError when it cannot be said of it, ConflictError when somebody else said it already.
    """
    _require_clerk(acting, town)
    if state not in (Ticket.State.DONE, Ticket.State.NO_SHOW):
        raise InvalidInputError("services.counter.no_such_state", field="state")
    at = moment.now()
    found = Ticket.objects.filter(town=town, day=local_day(town, at), number=number).first()
    if found is None or not _change(found, Ticket.State.CALLED, state=state, ended_at=at):
        raise ConflictError("services.counter.not_called")


def _change(ticket: Ticket, before: str, **values: object) -> bool:
    return bool(Ticket.objects.filter(pk=ticket.pk, state=before).update(**values))


def _require_clerk(acting: Acting, town: Division) -> None:
    if acting.town != town.pk or Duty.Role.WINDOW_CLERK not in acting.roles:
        raise RefusedError("services.counter.not_yours")

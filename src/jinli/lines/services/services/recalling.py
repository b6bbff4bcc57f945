"""Recall a power: write it into the register, and hand over what is in flight when its day has come."""

from __future__ import annotations

from datetime import datetime

from jinli.cases.services.handing_over import hand_over_cases
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.models import Delegation
from jinli.town.services import order_recall
from jinli.town.services.powers import Recall


def recall(
    *, power: Delegation, acting: Acting, recall: Recall, version: str, at: datetime | None = None
) -> Delegation:
    """Recall a power as of a day, and return it as the register then says it.

    A day that has come takes effect at once, the first few hundred cases in this call and the others in the rounds of
    the engine; a day to come takes effect in the first round of that day. Raises as `order_recall`.
    """
    now = at or moment.now()
    ordered = order_recall(power, acting=acting, recall=recall, version=version, at=now)
    hand_over_cases(ordered, now)
    ordered.refresh_from_db()
    return ordered

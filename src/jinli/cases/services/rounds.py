"""One round of the engine: what fell due, recalls whose day has come, the day's seals, what lines do, the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jinli.cases import lines
from jinli.cases.models import Seal
from jinli.cases.services.granting import round_of_grants
from jinli.cases.services.handing_over import hand_over_due
from jinli.cases.services.outbox import send_waiting
from jinli.cases.services.sealing import seal_town
from jinli.cases.services.ticking import tick
from jinli.town.selectors import local_day, towns


@dataclass(frozen=True, kw_only=True)
class Round:
    """What a round did."""

    touched: int
    handed: int
    sealed: int
    sent: int


def engine_round(now: datetime) -> Round:
    """Apply what fell due, hand over what was recalled, seal every town once a local day, and send what waits.

    What a line does by itself (`LineConfig.in_round`) comes after the seals, so that it cannot hold them up.

    Raises
    ------
    RefusedError : the clock went backwards (see `tick`).
    """
    touched = tick(now)
    round_of_grants(now)
    handed = hand_over_due(now)
    sealed = 0
    for town in towns():
        last = Seal.objects.filter(town=town).order_by("-number").first()
        if last is None or local_day(town, last.sealed_at) < local_day(town, now):
            sealed += seal_town(town, now) is not None
        for line in lines.installed():
            line.in_round(town, now)
    return Round(touched=touched, handed=handed, sealed=sealed, sent=send_waiting(now))

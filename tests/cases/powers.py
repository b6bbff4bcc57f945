"""Powers for tests: one row of the register, given to a body of a small town."""

from __future__ import annotations

from datetime import date
from typing import Any

from jinli.town.models import Delegation, Status
from jinli.town.stamps import renew_time_stamps
from tests.cases.small import Small


def give_power(
    small: Small,
    item: str,
    *,
    to_body: str = "government",
    authority: str = "ecology",
    mode: str = "direct",
    **more: Any,
) -> Delegation:
    """Give the town a power over an item from 2022-06-01 on, and let every process know."""
    known: dict[str, Any] = {
        "code": item, "title": item, "instrument": "某府令（演示）", "number": "〔2022〕1号",
        "valid_from": date(2022, 6, 1), "status": Status.SIMULATED, "source": "模拟",
    }  # fmt: skip
    made = Delegation.objects.create(
        town=small.town,
        item=item,
        mode=mode,
        to_body=small.organisations[to_body],
        authority=None if mode == "own" else small.organisations[authority],
        **{**known, **more},
    )
    renew_time_stamps(small.town)
    small.town.refresh_from_db()
    return made


def change_power(power: Delegation, **fields: Any) -> Delegation:
    """Change a row of the register as another process would."""
    for name, value in fields.items():
        setattr(power, name, value)
    power.save()
    renew_time_stamps(power.town)
    power.town.refresh_from_db()
    return power

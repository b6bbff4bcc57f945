"""What the towns of the walk pay out: an item, its budget, and a claim on it."""

from __future__ import annotations

from jinli.cases.models import Case
from jinli.cases.services import OpenCase, open_case
from jinli.domain.limits import TimeLimit, Unit
from jinli.lines.services.models import ItemEdition
from jinli.lines.services.services.budgets import set_budget
from jinli.town.moment import now
from tests.town.small_town import SmallTown


def subsidy_of(town: SmallTown) -> str:
    """Return the code of the item that a town pays out; no other town has it."""
    return f"subsidy-{town.key}"


def claim_of(town: SmallTown) -> Case:
    """Return the claim on the subsidy of a town."""
    return Case.objects.get(town=town.division, type_code="payment")


def add_money(town: SmallTown) -> None:
    """Give a town a subsidy with a budget and a claim."""
    code = subsidy_of(town)
    content = {"code": code, "name": f"{town.division.name}补助", "procedure": "payment", "office": "command"}
    ItemEdition.objects.create(
        town=town.division, code=code, edition=1, state="published", content=content, digest="x", written_at=now()
    )
    set_budget(
        acting=town.acting("town_head"), town=town.division, item=code, year=now().year, fen=100, source="（演示）"
    )
    bodies = {"window": "hall", "owner": "command", "leader": "town"}
    spec = OpenCase(
        type_code="payment", title=content["name"], channel="counter", class_code=code, bodies=bodies,
        facts={"item": f"{code}/1"}, terms={"supply": TimeLimit(amount=30, unit=Unit.CALENDAR_DAY, source="平台约定")},
        papers={"receipt": {"applicant": "梁某某"}},
    )  # fmt: skip
    open_case(acting=town.acting("command_centre"), town=town.division, spec=spec)

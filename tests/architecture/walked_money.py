"""What the towns of the walk pay out: an item, its budget, and a claim on it."""

from __future__ import annotations

from datetime import date

from jinli.cases.models import Case, Grant, PaperTemplate
from jinli.cases.services import OpenCase, open_case
from jinli.cases.services.granting import Given, grant_given
from jinli.domain.limits import TimeLimit, Unit
from jinli.lines.services.models import ItemEdition
from jinli.lines.services.services.budgets import set_budget
from jinli.packs.sections import content_of
from jinli.town.models import Building, Party
from jinli.town.moment import now
from jinli.town.services.buildings import Occupant, occupy
from tests.cases.papers import templates
from tests.lines.services.items import item
from tests.town.small_town import SmallTown


def subsidy_of(town: SmallTown) -> str:
    """Return the code of the item that a town pays out; no other town has it."""
    return f"subsidy-{town.key}"


def claim_of(town: SmallTown) -> Case:
    """Return the claim on the subsidy of a town."""
    return Case.objects.get(town=town.division, type_code="payment")


def grant_of(town: SmallTown) -> Grant:
    """Return the licence that a town gave."""
    return Grant.objects.get(town=town.division)


def building_of(town: SmallTown) -> Building:
    """Return the building of a town that somebody uses."""
    return Building.objects.get(town=town.division)


def add_money(town: SmallTown) -> None:
    """Give a town a subsidy with a budget and a claim."""
    code = subsidy_of(town)
    name = f"{town.division.name}补助"
    content = content_of(item(code, name=name, procedure="payment", office="command", offered="counter"))
    ItemEdition.objects.create(
        town=town.division, code=code, edition=1, state="published", content=content, digest="x", written_at=now()
    )
    set_budget(
        acting=town.acting("town_head"), town=town.division, item=code, year=now().year, fen=100, source="（演示）"
    )
    town_template = {"town": town.division, "code": "receipt"}
    if not PaperTemplate.objects.filter(**town_template).exists():
        PaperTemplate.objects.create(**town_template, content=templates()["receipt"], loaded_at=now())
    bodies = {"window": "hall", "owner": "command", "leader": "town"}
    spec = OpenCase(
        type_code="payment", title=name, channel="counter", class_code=code, bodies=bodies,
        papers={"receipt": {"applicant": "梁某某"}},
        facts={"item": f"{code}/1"}, terms={"supply": TimeLimit(amount=30, unit=Unit.CALENDAR_DAY, source="平台约定")},
    )  # fmt: skip
    open_case(acting=town.acting("command_centre"), town=town.division, spec=spec)
    case = claim_of(town)
    party = Party.objects.create(town=town.division)
    first = date(2026, 1, 1)
    grant_given(
        Given(kind=code, title=name, holder=party, case=case, valid_from=first, number=f"证-{town.key}"),
        at=now(),
    )
    occupant = Occupant(name="某厂（演示）", use="producing", valid_from=first)
    occupy(
        town=town.division, address=f"{town.division.name}工业路1号", place=None, occupant=occupant,
        source_case=case.pk, source_number=case.number,
    )  # fmt: skip

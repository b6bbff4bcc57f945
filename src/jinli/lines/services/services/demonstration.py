"""A simulated history of government matters: applications that never came in, told by the same services as real ones.

Everything follows from the seed and the last day, so that the same parameters give the same journal to the last hash.
Applicants are made up and marked; what follows from a decision (a grant, a payment) is written beside its case.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import transaction

from jinli.cases.book import TownBook, book_of
from jinli.cases.services.bulk import Recorded, Script, record_many
from jinli.domain.errors import DomainError, RefusedError
from jinli.domain.limits import TimeLimit
from jinli.lines.services.models import Budget
from jinli.lines.services.selectors.items import Item, offered_items
from jinli.lines.services.selectors.payable import payables
from jinli.lines.services.selectors.receiving import receiving_bodies
from jinli.lines.services.services.budgets import set_budget
from jinli.lines.services.services.demonstration_effects import Effect
from jinli.lines.services.services.demonstration_parts import Story
from jinli.town.acting import Acting
from jinli.town.hats import hats_of, wear
from jinli.town.inserts import Batch, insert
from jinli.town.models import Appointment, Division, Duty, Party, PartyFact, Person
from jinli.town.selectors import local_day, organisations_by_code
from jinli.town.services import new_party
from jinli.ui.words import say_in

SOURCE: Final = "demonstration-services"
_MONTH: Final = 30.44
_SURNAMES: Final = "梁黄陈李何林谢罗冯邓苏叶钟许潘聂夏江温卢"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_FIRMS: Final = ("五金", "门窗", "电镀", "模具", "百货", "餐饮", "物流", "家具")


@dataclass(frozen=True, kw_only=True)
class History:
    """The parameters of a history, as the overlay's `history.yaml` gives them under `services`; shares in percent.

    Attributes
    ----------
    parties : how many people and firms apply, some of them several times.
    budget_yuan : what each subsidy has in each year, simulated.
    """

    seed: int
    cases: int
    months: int
    parties: int
    silent: int
    noticed: int
    tolerated: int
    special: int
    extended: int
    refused: int
    withdrawn: int
    in_time: int
    rated: int
    budget_yuan: int
    results: tuple[str, ...]
    complaints: tuple[str, ...]

    @classmethod
    def read(cls, found: Mapping[str, Any], *, cases: int | None = None, seed: int | None = None) -> History:
        """Return the parameters, with the number of cases or the seed of the command line.

        Raises TypeError for a parameter that is missing or unknown.
        """
        plain: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in found.items()
        }
        plain |= {name: value for name, value in (("cases", cases), ("seed", seed)) if value is not None}
        return cls(**plain)


@dataclass(frozen=True, kw_only=True)
class Applicants:
    """One made-up person or firm."""

    party: Party
    name: str
    telephone: str
    address: str
    firm: bool


class Stage:
    """What a history is played on: the items handled here, who receives and decides them, and the calendar."""

    def __init__(self, town: Division, until: datetime, history: History) -> None:
        self.town, self.until, self.history = town, until, history
        self.zone = ZoneInfo(town.zone)
        self.book: TownBook = book_of(town)
        self._known = organisations_by_code(town)
        self._by_body = _people(town, local_day(town, until))
        self.items: list[Item] = []
        self.bodies: dict[str, dict[str, str]] = {}
        for item in offered_items(town, local_day(town, until)):
            bodies = self._bodies(item)
            if bodies and all(self.somebody(code) for code in (bodies["window"], bodies["owner"])):
                self.items.append(item)
                self.bodies[item.code] = bodies
        self.amounts = {one.code: int(float(one.amount or 1000)) for one in payables(town.pk)}

    def _bodies(self, item: Item) -> dict[str, str]:
        if not item.row.procedure or not item.done_here:
            return {}
        try:
            return receiving_bodies(self.town, item)
        except RefusedError:
            return {}

    def somebody(self, body: str, *roles: str, number: int = 0) -> Acting | None:
        """Return somebody who acts for a body, of one of some roles if any are named."""
        found = [one for one in self._by_body.get(body, ()) if not roles or one.roles & set(roles)]
        return found[number % len(found)] if found else None

    def is_of_town(self, body: str) -> bool:
        """Return whether a body belongs to the town itself."""
        found = self._known.get(body)
        return found is not None and found.division_id == self.town.pk

    def names(self, body: str) -> dict[str, str]:
        """Return the name of a body in both languages."""
        found = self._known[body]
        return {"zh": found.name, "en": found.name_en or found.name}

    def with_role(self, role: str) -> Acting | None:
        """Return the first of a role."""
        return next((one for rows in self._by_body.values() for one in rows if role in one.roles), None)

    def due(self, start: datetime, limit: TimeLimit) -> datetime:
        """Return when a limit ends."""
        return self.book.due_of(start, limit).at

    def office(self, at: datetime) -> datetime:
        """Return the moment itself in office hours, else a quarter past the next opening."""
        calendar, local = self.book.calendar, at.astimezone(self.zone)
        for days in range(40):
            day = local.date() + timedelta(days=days)
            hours = calendar.hours_on(day)
            if hours is None or not calendar.is_working(day):
                continue
            for opens, closes in hours.spans:
                begin, end = (datetime.combine(day, edge, self.zone) for edge in (opens, closes))
                if local < end:
                    return begin + timedelta(minutes=15) if local < begin else local
        return at


def _people(town: Division, day: date) -> dict[str, list[Acting]]:
    """Return the simulated people of the town and the bodies above it, by body."""
    found: dict[str, list[Acting]] = {}
    people = Person.objects.filter(simulated=True, appointments__isnull=False).distinct().order_by("username")
    for person in people:
        hats = hats_of(person, day)
        for hat in hats:
            if hat.kind == Appointment.Hat.OWN and any(one.pk == town.pk for one in hat.towns):
                acting = wear(hats, person, appointment=hat.appointment, town=town.pk)
                found.setdefault(str(acting.body), []).append(acting)
    return found


def applicants_of(town: Division, history: History, at: datetime) -> list[Applicants]:
    """Return the made-up applicants, written once; their keys follow from the seed."""
    chance = random.Random(f"{history.seed}:parties")  # noqa: S311  a simulation, not a secret
    found = [_applicant(town, history, chance, number) for number in range(history.parties)]
    known = set(Party.objects.filter(pk__in=[one.party.pk for one in found]).values_list("pk", flat=True))
    fresh = [one for one in found if one.party.pk not in known]
    facts: list[PartyFact] = []
    for one in fresh:
        met = new_party(town=town, name=one.name, telephone=one.telephone, address=one.address, at=at)
        for fact in met.facts:
            fact.party = one.party
        facts += met.facts
    with transaction.atomic():
        insert(Batch(rows=[one.party for one in fresh]), Batch(rows=facts))
    return found


def _applicant(town: Division, history: History, chance: random.Random, number: int) -> Applicants:
    firm = chance.random() < 0.35
    stem = _STEMS[number % 10]
    name = f"{chance.choice(_SURNAMES)}某{stem}"
    if firm:
        name = f"{stem}{number:03d}{chance.choice(_FIRMS)}厂"
    kind = Party.Kind.ENTERPRISE if firm else Party.Kind.RESIDENT
    key = uuid5(NAMESPACE_URL, f"{SOURCE}/{town.code}/{history.seed}/{number}")
    return Applicants(
        party=Party(id=key, town=town, kind=kind),
        name=say_in("zh-hans", "services.demo.marked", name=name),
        telephone=f"1380000{number:04d}",
        address=say_in("zh-hans", "services.demo.address", number=number),
        firm=firm,
    )


def salts(seed: str) -> Any:
    """Return a source of salts that follows from a seed (simulated payloads only)."""
    count = iter(range(1 << 30))
    return lambda: sha256(f"{seed}:{next(count)}".encode()).digest()[:16]


@dataclass
class Told:
    """Scripts with what follows from their decisions, by the key of the script."""

    effects: list[Effect] = field(default_factory=list)


def scripts_of(stage: Stage, told: Told) -> Iterator[Script]:
    """Yield the scripts of a history in the order in which its applications came in."""
    town, until, history = stage.town, stage.until, stage.history
    if not stage.items:
        return
    parties = applicants_of(town, history, until - timedelta(days=history.months * _MONTH))
    chance = random.Random(f"{history.seed}:{until:%Y-%m-%d}")  # noqa: S311  a simulation, not a secret
    span = timedelta(days=history.months * _MONTH)
    moments = sorted(_opening(stage, chance, until - span, until) for _ in range(history.cases))
    applied: dict[UUID, int] = {}
    for number, opened in enumerate(moments):
        key = f"{history.seed}:{until:%Y-%m-%d}:{number}"
        own = random.Random(key)  # noqa: S311  a simulation, not a secret
        item = stage.items[number % len(stage.items)] if number < len(stage.items) else own.choice(stage.items)
        fitting = [one for one in parties if one.firm == _for_firms(item, own)]
        who = own.choice(fitting or parties)
        story = Story(stage, own, opened, item, who, applied.get(who.party.pk, 0), told.effects).told()
        applied[who.party.pk] = applied.get(who.party.pk, 0) + 1
        yield Script(
            source=SOURCE,
            key=key,
            acting=story.applicant,
            spec=story.spec,
            acts=[act for act in story.acts if act.at <= until],
            until=until,
            salt=salts(key),
        )


def _for_firms(item: Item, chance: random.Random) -> bool:
    kinds = set(item.row.applicants)
    people, firms = kinds & {"person", "household"}, kinds & {"enterprise", "organisation"}
    return bool(firms) and (not people or chance.random() < 0.5)


def _opening(stage: Stage, chance: random.Random, begin: datetime, end: datetime) -> datetime:
    """Return a moment at which somebody applies: most in office hours, some online in the evening."""
    at = begin + (end - begin) * chance.random()
    if chance.random() < 0.75:
        return min(stage.office(at), end - timedelta(minutes=30)).replace(second=0, microsecond=0)
    evening = datetime.combine(at.astimezone(stage.zone).date(), time(19), stage.zone)
    return min(evening + timedelta(minutes=chance.randrange(150)), end - timedelta(minutes=30))


def record_history(town: Division, *, until: datetime, history: History, chunk: int = 100) -> Iterator[Recorded]:
    """Record a history in chunks, each one transaction with what follows from its decisions.

    A second run adds nothing; a killed one is repeated from the chunk it had not finished.
    """
    stage, told = Stage(town, until, history), Told()
    _set_budgets(stage)
    scripts = scripts_of(stage, told)
    while True:
        held = list(islice(scripts, chunk))
        if not held:
            return
        with transaction.atomic():
            told.effects.clear()
            parts = list(record_many(town=town, scripts=iter(held), chunk=chunk))
            refused = [one for part in parts for one in part.refused]
            for effect in told.effects:
                try:
                    effect.run()
                except DomainError as error:
                    refused.append((effect.number, error))
        yield Recorded(
            cases=sum(part.cases for part in parts),
            entries=sum(part.entries for part in parts),
            refused=tuple(refused),
        )


def _set_budgets(stage: Stage) -> None:
    """Give each subsidy a simulated budget for every year of the history that has none."""
    town, until, history = stage.town, stage.until, stage.history
    head = stage.with_role(Duty.Role.TOWN_HEAD)
    if head is None:
        return
    begins = (until - timedelta(days=history.months * _MONTH)).astimezone(stage.zone).year
    for payable in payables(town.pk):
        for year in range(begins, until.astimezone(stage.zone).year + 1):
            if not Budget.objects.filter(town=town, item=payable.code, year=year).exists():
                set_budget(
                    acting=head, town=town, item=payable.code, year=year, fen=history.budget_yuan * 100,
                    source=say_in("zh-hans", "services.demo.budget"),
                )  # fmt: skip

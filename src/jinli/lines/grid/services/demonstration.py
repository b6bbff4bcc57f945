"""A simulated history: cases that never happened, played through the same services as real ones, and marked.

Everything follows from the seed and the last day, so that the same parameters give the same journal to the last hash.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from jinli.cases.book import TownBook, book_of
from jinli.cases.services.bulk import Script
from jinli.domain.limits import TimeLimit
from jinli.domain.routing import Matter, Rule, hours_at, route
from jinli.lines.grid.models import ClassStandard, WhistleKind
from jinli.lines.grid.selectors import whistles as reads
from jinli.lines.grid.selectors.bodies import whistle_bodies
from jinli.lines.grid.selectors.places import places_around, reportable_places
from jinli.lines.grid.selectors.routes import rules_of
from jinli.lines.grid.selectors.standards import limit_of, standards_at
from jinli.lines.grid.services.demonstration_parts import Story
from jinli.town.acting import Acting
from jinli.town.hats import hats_of, wear
from jinli.town.models import Appointment, Division, Person, Place

SOURCE = "demonstration"


@dataclass(frozen=True, kw_only=True)
class History:
    """The parameters of a history, as the overlay's `history.yaml` gives them."""

    seed: int
    cases: int
    months: int
    exits: int
    whistles: int
    returned: int
    contested: int
    in_time: int
    whistle_lines: Mapping[str, str]
    texts: tuple[str, ...]
    addresses: tuple[str, ...]
    results: tuple[str, ...]

    @classmethod
    def read(cls, found: Mapping[str, Any], *, cases: int | None = None, seed: int | None = None) -> History:
        """Return the parameters of the overlay, with the number of cases or the seed of the command line.

        Raises KeyError or TypeError for a parameter that is missing or unknown.
        """
        plain: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in found.items()
        }
        plain |= {name: value for name, value in (("cases", cases), ("seed", seed)) if value is not None}
        return cls(**plain)


class Cast:
    """Who acts in the history: the simulated people of the town and the departments, by body and role."""

    def __init__(self, town: Division, day: date) -> None:
        self._by_body: dict[str, list[Acting]] = {}
        people = Person.objects.filter(simulated=True, appointments__isnull=False).distinct().order_by("username")
        for person in people:
            hats = hats_of(person, day)
            for hat in hats:
                if hat.kind == Appointment.Hat.OWN and any(one.pk == town.pk for one in hat.towns):
                    acting = wear(hats, person, appointment=hat.appointment, town=town.pk)
                    self._by_body.setdefault(str(acting.body), []).append(acting)

    def of(self, body: str, *, but: Acting | None = None) -> Acting | None:
        """Return somebody who acts for a body, somebody else than `but`."""
        return next((one for one in self._by_body.get(body, ()) if but is None or one.person != but.person), None)

    def with_role(self, role: str, *, but: Acting | None = None) -> list[Acting]:
        """Return everybody of a role, except one person."""
        people = [one for rows in self._by_body.values() for one in rows if role in one.roles]
        return [one for one in people if but is None or one.person != but.person]


class Stage:
    """What a history is played on: the town's places, standards, routes, kinds of whistle and its people."""

    def __init__(self, town: Division, until: datetime, history: History) -> None:
        day = until.astimezone(ZoneInfo(town.zone)).date()
        self.town, self.until, self.history = town, until, history
        self.zone = ZoneInfo(town.zone)
        self.book: TownBook = book_of(town)
        self.cast = Cast(town, day)
        self.places = reportable_places(town, day)
        self.around = {place.pk: places_around(town, place) for place in self.places}
        self.standards = [one for one in standards_at(town, day) if limit_of(one) is not None]
        self.kinds = {one.code: one for one in reads.whistle_kinds(town, day)}
        self.bodies = whistle_bodies(town, day)
        self.lines = {one.code: one for one in reads.whistle_lines(town, day)}
        self.departments = [one.code for one in reads.departments(town, day) if self.cast.of(one.code)]
        self._rules = [
            Rule(
                code=one.code, body=one.body.code, place=one.place_code, class_prefix=one.class_prefix,
                hours=one.hours, valid_from=one.valid_from, valid_to=one.valid_to,
            )
            for one in rules_of(town)
        ]  # fmt: skip

    def handler(self, place: Place, standard: ClassStandard, at: datetime) -> tuple[str, str]:
        """Return the body that routing gives a matter to, and the rule that won."""
        matter = Matter(
            places=self.around[place.pk],
            class_code=standard.class_code,
            hours=hours_at(at, self.book.calendar),
            day=at.astimezone(self.zone).date(),
        )
        found = route(self._rules, matter)
        body = found.body if found.body and self.cast.of(found.body) else self.bodies["owner"]
        return body, found.rule.code if found.rule and body == found.body else ""

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
                    return max(local, begin + timedelta(minutes=15)) if local < begin else local
        return at

    def whistle_line(self, standard: ClassStandard) -> str | None:
        """Return the line of the duty list on which a class is whistled for, `None` when there is none."""
        prefixes = sorted(self.history.whistle_lines, key=len, reverse=True)
        code = next((self.history.whistle_lines[one] for one in prefixes if standard.class_code.startswith(one)), None)
        line = self.lines.get(code) if code else None
        return line.code if line and line.lead and self.cast.of(line.lead.code) else None

    def kind(self, chance: random.Random) -> WhistleKind:
        """Return the kind of a whistle: mostly the ordinary one."""
        ordinary = self.kinds.get("ordinary") or next(iter(self.kinds.values()))
        return ordinary if chance.random() < 0.9 else chance.choice(list(self.kinds.values()))


def salts(seed: str) -> Callable[[], bytes]:
    """Return a source of salts that follows from a seed (simulated payloads only)."""
    count = iter(range(1 << 30))
    return lambda: sha256(f"{seed}:{next(count)}".encode()).digest()[:16]


def scripts_of(town: Division, *, until: datetime, history: History) -> Iterator[Script]:
    """Yield the scripts of a history in the order in which its cases were opened."""
    stage = Stage(town, until, history)
    if not stage.places or not stage.standards or not stage.cast.with_role("command_centre"):
        return
    chance = random.Random(f"{history.seed}:{until:%Y-%m-%d}")  # noqa: S311  a simulation, not a secret
    span = timedelta(days=history.months * 30.44)
    moments = sorted(_opening(chance, until - span, until, stage.zone) for _ in range(history.cases))
    for number, opened in enumerate(moments):
        key = f"{history.seed}:{until:%Y-%m-%d}:{number}"
        own = random.Random(key)  # noqa: S311  a simulation, not a secret
        story = Story(stage, own, opened).told()
        yield Script(
            source=SOURCE,
            key=key,
            acting=story.reporter,
            spec=story.spec,
            acts=[act for act in story.acts if act.at <= until],
            until=until,
            salt=salts(key),
        )


def _opening(chance: random.Random, begin: datetime, end: datetime, zone: ZoneInfo) -> datetime:
    """Return a moment at which somebody reports: most by day, few at night."""
    at = begin + (end - begin) * chance.random()
    if chance.random() < 0.85:
        day = at.astimezone(zone).date()
        at = datetime.combine(day, time(7), zone) + timedelta(minutes=chance.randrange(14 * 60))
    return min(at, end - timedelta(minutes=chance.randrange(2, 240))).replace(second=0, microsecond=0)

"""A simulated enrolment season, acted through by the same services as a real one: announced, ranked, sealed, offered.

Every act stands at the moment of its published day; what lies after the last day of the history has not happened. What
was done before is not done again, so that a killed run goes on where it stopped.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from jinli.cases.models import Case
from jinli.cases.services import make_move
from jinli.cases.services.moving import MakeMove
from jinli.cases.work import salted
from jinli.lines.services.models import Season, SeasonApplication
from jinli.lines.services.selectors.items import Item, offered_item
from jinli.lines.services.selectors.seasons import SeasonView, season_in_force, season_view
from jinli.lines.services.services import acts
from jinli.lines.services.services.acts import OnCase
from jinli.lines.services.services.applying import Applicant, NewApplication, apply
from jinli.lines.services.services.demonstration import Applicants, History, Stage, applicants_of, salts
from jinli.lines.services.services.season.opening import announce
from jinli.lines.services.services.season.ranking import check_points, seal_ranking, send_offers
from jinli.town.acting import Acting, resident
from jinli.town.models import Division, Duty
from jinli.town.moment import frozen_at
from jinli.town.selectors import local_day, places_at
from jinli.ui.words import say_in

#: So many children apply: more than there are places, so that a cut-off can be seen.
CHILDREN: Final = 30
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SITUATION: Final = {"grade": "primary", "home": "rented", "work": "employed"}


def _zh(key: str, **facts: Any) -> str:
    return say_in("zh-hans", f"services.demo.{key}", **facts)


def identity_number(born: date, order: int) -> str:
    """Return a number of a division that does not exist, with the right check digit (GB 11643)."""
    plain = f"990101{born:%Y%m%d}{order:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(plain, _WEIGHTS, strict=True))
    return plain + "10X98765432"[total % 11]


@dataclass(frozen=True, kw_only=True)
class _Cast:
    """Who acts in a season."""

    head: Acting
    officer: Acting
    clerk: Acting


def play_seasons(town: Division, *, until: datetime, history: History) -> int:
    """Act every season of a simulated town through whose offers went out by the last day; return how many acts.

    Nothing for a real town, nor for a season that people have taken up on screen.
    """
    if not town.simulated:
        return 0
    stage, done = Stage(town, until, history), 0
    for season in Season.objects.filter(town=town).select_related("town", "case").order_by("code"):
        view = season_view(season)
        item = offered_item(town, season.item, local_day(town, until))
        cast = _cast(stage, view, item) if item is not None else None
        over = datetime.combine(view.row.offers_on, time(18), stage.zone) <= until
        if item is not None and cast is not None and over and not view.unknown:
            with salted(salts(f"{history.seed}:{season.code}")):
                done += _Play(stage, view, item, cast).run()
    return done


def _cast(stage: Stage, view: SeasonView, item: Item) -> _Cast | None:
    owner, window = view.row.owner, stage.bodies.get(item.code, {}).get("window", "")
    head = stage.somebody(owner, Duty.Role.DEPARTMENT_HEAD)
    officer = stage.somebody(owner, Duty.Role.DEPARTMENT_OFFICER)
    clerk = stage.somebody(window, Duty.Role.WINDOW_CLERK)
    return _Cast(head=head, officer=officer, clerk=clerk) if head and officer and clerk else None


class _Play:
    """One season from its announcement to its end."""

    def __init__(self, stage: Stage, view: SeasonView, item: Item, cast: _Cast) -> None:
        self.stage, self.view, self.item, self.cast = stage, view, item, cast
        self.season, self.row, self.town = view.season, view.row, stage.town
        self.chance = random.Random(f"{stage.history.seed}:{self.season.code}")  # noqa: S311  a simulation
        self.done = 0

    def run(self) -> int:
        """Play it; a season that is not ours to play, or over already, is left alone."""
        if self.season.case is not None and self.season.case.closed_at is not None:
            return 0
        self._do(self._on(self.row.publish_on), self._announce, unless=self.season.announced_at is not None)
        self.season.refresh_from_db()
        found = season_in_force(self.town, self.item.code)
        if found is None or found.season.pk != self.season.pk:
            return self.done
        for child, who in enumerate(self._families(), 1):
            self._family(child, who)
        self._do(self._on(self.row.ranking_on, 10), self._seal, unless=self.season.rankings.exists())
        self._do(self._on(self.row.offers_on, 10), self._offer, unless=self._stage() != "ranked")
        for one in SeasonApplication.objects.filter(season=self.season).select_related("case").order_by("case"):
            self._tell(one.case)
        self._do(self._on(self.row.offers_on + timedelta(days=21)), self._end, unless=self._stage() != "offered")
        return self.done

    def _on(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        return self.stage.office(datetime.combine(day, time(hour, minute), self.stage.zone))

    def _do(self, at: datetime, act: Callable[[], object], *, unless: bool) -> None:
        """Do something at its moment, unless it was done before or has not happened yet."""
        if unless or at > self.stage.until:
            return
        with frozen_at(at):
            act()
        self.done += 1

    def _stage(self) -> str:
        case = Season.objects.select_related("case").get(pk=self.season.pk).case
        return case.stage if case is not None else ""

    def _version(self) -> int:
        case = Season.objects.select_related("case").get(pk=self.season.pk).case
        assert case is not None
        return case.version

    def _announce(self) -> None:
        announce(acting=self.cast.head, season=self.season, key=f"demo:{self.season.code}")

    def _families(self) -> list[Applicants]:
        begins = self.stage.until - timedelta(days=self.stage.history.months * 31)
        return [one for one in applicants_of(self.town, self.stage.history, begins) if not one.firm][:CHILDREN]

    def _family(self, child: int, who: Applicants) -> None:
        """Apply on a day of application, have it accepted and the points checked."""
        months, lived = self.chance.randrange(0, 40), self.chance.randrange(3, 70)
        order = self.chance.sample([one.code for one in self.row.schools], k=2)
        span = max((self.row.apply_to - self.row.apply_from).days, 1)
        at = self._on(self.row.apply_from + timedelta(days=child % span), 9, child)
        key = f"demo:{self.season.code}:{child}"
        self._do(at, lambda: self._apply(child, who, months, lived, order, key), unless=self._case(who) is not None)
        case = self._case(who)
        if case is None:
            return
        accepted = self.stage.office(at + timedelta(hours=20))
        self._do(accepted, lambda: acts.accept(self._of(case, "officer"), by_hand=30), unless=case.stage != "received")
        told = {"insured": str(months), "lived": str(lived), **_SITUATION}
        values = {one.code: told.get(one.code, "") for one in self.row.points}
        checked = self._on(self.row.check_to - timedelta(days=child % 4), 15, child)
        kept = SeasonApplication.objects.filter(case=case, checked_at=None).exists()
        self._do(checked, lambda: check_points(self._of(case, "officer"), values=values, wishes=order), unless=not kept)

    def _case(self, who: Applicants) -> Case | None:
        found = SeasonApplication.objects.filter(season=self.season, case__reporter=who.party.pk)
        one = found.select_related("case").first()
        return one.case if one is not None else None

    def _of(self, case: Case, who: str) -> OnCase:
        version = Case.objects.values_list("version", flat=True).get(pk=case.pk)
        return OnCase(acting=getattr(self.cast, who), case=case.pk, version=version)

    def _apply(self, child: int, who: Applicants, months: int, lived: int, order: list[str], key: str) -> None:
        today = self.row.apply_from
        since = today.replace(day=1) - timedelta(days=lived * 30)
        place = places_at(self.town, today).exclude(name="").first()
        names = {one.code: one.name for one in self.row.schools}
        typed = {
            "id_number": identity_number(date(1988, 1, 1) + timedelta(days=child * 40), child),
            "residence_permit": _zh("foreign", number=child),
            "child_name": _zh("marked", name=_zh("child", number=child)),
            "child_id_number": identity_number(date(today.year - 6, 1, 1) + timedelta(days=child), child),
            "child_born": (date(today.year - 6, 1, 1) + timedelta(days=child)).isoformat(),
            "family_place": place.code if place else "",
            "lived_since": f"{since:%Y-%m}", "insured_months": str(months),
            **{f"wished_schools[{number}].school": names[code] for number, code in enumerate(order, 1)},
        }  # fmt: skip
        application = NewApplication(
            item=self.item, situation=_SITUATION, typed=typed, simulated=True, offers={},
            applicant=Applicant(
                kind="person", name=who.name, telephone=who.telephone, address=who.address, party=who.party
            ),
            shown=frozenset(one.code for one in self.item.row.materials),
        )  # fmt: skip
        apply(acting=resident(self.town.pk), town=self.town, application=application, key=key)

    def _seal(self) -> None:
        seal_ranking(acting=self.cast.head, season=self.season, version=self._version())

    def _offer(self) -> None:
        send_offers(acting=self.cast.head, season=self.season, version=self._version())

    def _tell(self, case: Case) -> None:
        """Deliver an offer; tell who got no place why, and deliver that."""
        decided = self._on(self.row.offers_on, 15)
        reason = {"reason": _zh("no_place"), "legal_basis": _zh("basis")}
        self._do(decided, lambda: acts.refuse(self._of(case, "officer"), **reason), unless=case.stage != "accepted")
        case.refresh_from_db()
        known = {"way": "counter", "receiver": str(_zh("receiver")), "delivered": self.item.row.name}
        sent = self._on(self.row.offers_on + timedelta(days=1), 10)
        open_still = case.stage in ("granted", "refused")
        self._do(sent, lambda: acts.deliver(self._of(case, "clerk"), **known), unless=not open_still)

    def _end(self) -> None:
        case = Season.objects.select_related("case").get(pk=self.season.pk).case
        assert case is not None
        make_move(acting=self.cast.head, act=MakeMove(case=case.pk, move="end", version=case.version))

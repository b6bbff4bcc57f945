"""One simulated application, told from its receipt to its end: who does what when. Chance decides, rules judge."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from jinli.cases.services.bulk import LINKED, ScriptedAct
from jinli.cases.services.opening import OpenCase
from jinli.cases.work import Work
from jinli.domain import licensing as rules
from jinli.domain.limits import TimeLimit, Unit
from jinli.domain.money import yuan_of
from jinli.lines.services.figures import BAD_UP_TO
from jinli.lines.services.selectors.forms import materials_asked, questions_asked
from jinli.lines.services.selectors.held import NOTHING, Held, HeldOf
from jinli.lines.services.selectors.items import Item
from jinli.lines.services.selectors.matters import Matter, present
from jinli.lines.services.selectors.money import reservation_of
from jinli.lines.services.selectors.procedures import kind_of
from jinli.lines.services.services import acts, contents
from jinli.lines.services.services.acts.deciding import granted_act
from jinli.lines.services.services.acts.making import Act as Told
from jinli.lines.services.services.acts.making import OnCase, Telling, carry_out, said
from jinli.lines.services.services.applying import COUNTER, FIRMS, ONLINE, Applicant, NewApplication, fill, spec_of
from jinli.lines.services.services.budgets import pay_reserved
from jinli.lines.services.services.demonstration_effects import Effect, follow_told
from jinli.lines.services.services.following import Granted, follow
from jinli.lines.services.services.rating import bad_rating_of, given_rating
from jinli.lines.services.services.supplying import applicant_of
from jinli.packs.items import FieldRow
from jinli.town.acting import Acting
from jinli.town.models import Duty
from jinli.ui.words import say_in

if TYPE_CHECKING:
    from jinli.lines.services.services.demonstration import Applicants, Stage

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_HEAD: Final = Duty.Role.DEPARTMENT_HEAD
#: How matters were rated: of a hundred ratings so many of each level.
_LEVELS: Final = ((5, 4, 3, 2, 1), (50, 29, 13, 5, 3))
Do = Callable[[OnCase], object]


def _zh(key: str, **facts: Any) -> str:
    return say_in("zh-hans", f"services.demo.{key}", **facts)


@dataclass
class Story:
    """Tells one application; every moment is later than the one before it."""

    stage: Stage
    chance: random.Random
    opened: datetime
    item: Item
    who: Applicants
    earlier: int
    effects: list[Effect]
    acts: list[ScriptedAct] = field(default_factory=list)

    def told(self) -> Story:
        """Choose who, how and what is missing, and play it to its end."""
        bodies = self.stage.bodies[self.item.code]
        at_counter = self.chance.random() < 0.4
        clerk = self.stage.somebody(bodies["window"], Duty.Role.WINDOW_CLERK, number=self.chance.randrange(2))
        self.clerk = clerk or self._must(bodies["window"])
        self.officer = self.stage.somebody(bodies["owner"], Duty.Role.DEPARTMENT_OFFICER) or self._must(bodies["owner"])
        self.applicant = self.clerk if at_counter else applicant_of(self.stage.town)
        # Where the town has no power of its own, the authority accepts in its own name.
        self.accepts = self.clerk if self.stage.is_of_town(bodies["owner"]) else self.officer
        self.spec = self._spec(COUNTER if at_counter else ONLINE)
        kind = kind_of(self.item.row.procedure)
        if bodies["owner"] != bodies["leader"] and self.accepts is self.officer:
            self._hand_over(bodies["owner"])
        done = self._assisted() if kind == "assisted" else self._application(kind)
        if done is not None:
            self._rate(done)
        return self

    def _hand_over(self, authority: str) -> None:
        """Hand over to the authority above what the town has no power over any more (J9)."""
        names = self.stage.names(authority)

        def decide(matter: Matter) -> Told:
            letter = {
                **contents.applicant_of(matter), "authority": names, "reasons": [_zh("recalled")],
                "articles": [_zh("recall")],
            }  # fmt: skip
            bodies = dict.fromkeys(("leader", "owner"), authority)
            given = {"reason": _zh("recalled")}
            facts = {"handed_to": authority}
            return Told(move="hand_over", given=given, bodies=bodies, facts=facts, papers={"hand_over": letter})

        at = self._office(self.opened + 2 * _HOUR)
        self._act(at, self.clerk, lambda on: carry_out(on, decide))

    def _must(self, body: str) -> Acting:
        found = self.stage.somebody(body)
        assert found is not None
        return found

    def _percent(self, share: int) -> bool:
        return self.chance.randrange(100) < share

    def _spec(self, channel: str) -> OpenCase:
        row, who, kinds = self.item.row, self.who, set(self.item.row.applicants)
        fitting = kinds & FIRMS if who.firm else kinds - FIRMS
        answers: dict[str, str] = {}
        while waiting := [one for one in questions_asked(row, answers) if one.code not in answers]:
            answers[waiting[0].code] = self.chance.choice(waiting[0].answers).code
        asked = [one.code for one in materials_asked(row, answers)]
        self.missing = [self.chance.choice(asked)] if asked and self._percent(self.stage.history.noticed) else []
        secondary = [one.code for one in row.materials if one.secondary and one.later_days and one.code in asked]
        self.later = [] if self.missing or not self._percent(self.stage.history.tolerated) else secondary[:1]
        application = NewApplication(
            item=self.item,
            applicant=Applicant(
                kind=sorted(fitting or kinds)[0], name=who.name, telephone=who.telephone, address=who.address,
                party=who.party,
            ),
            channel=channel,
            situation=answers,
            typed={code: value for code, value in ((one.code, self._typed(one)) for one in row.form) if value},
            held=self._held() if self.earlier else NOTHING,
            shown=frozenset(code for code in asked if code not in {*self.missing, *self.later}),
            simulated=True,
        )  # fmt: skip
        filled = fill(application)
        bodies = self.stage.bodies[self.item.code]
        spec = spec_of(self.stage.town, application, filled, happened_at=self.opened, bodies=bodies)
        self.states = {**spec.facts["materials"]}
        area = {"area": "36"} if any(one.kind == "area" for one in row.form) else {}
        return replace(spec, facts={**spec.facts, **area, "simulated": True})

    def _typed(self, row: FieldRow) -> Any:
        """Return what is filled in; numbers of cards, firms and accounts stay empty: none is made up."""
        day = self.opened.astimezone(self.stage.zone).date()
        if row.attribute and self.earlier and not self._percent(10):
            return ""
        return {
            "text": _zh("changed") if row.attribute and self.earlier else _zh("text"),
            "long_text": _zh("text"),
            "whole": row.lowest or "5",
            "money": row.lowest or "1200.00",
            "area": row.lowest or "36",
            "date": "" if row.code.startswith("lease_") else day.isoformat(),
            "month": f"{day:%Y-%m}",
            "choice": row.choices[0].code if row.choices else "",
            "many": [row.choices[0].code] if row.choices else "",
            "yes_no": "yes",
            "telephone": self.who.telephone,
            "person_name": self.who.name,
            "address": self.who.address + (_zh("changed") if self.earlier else ""),
        }.get(row.kind, "")

    def _held(self) -> HeldOf:
        """Return what the town knows of somebody who applied before."""
        values = {"telephone": self.who.telephone, "address": self.who.address, "name": self.who.name}
        day = self.opened.astimezone(self.stage.zone).date()
        plain = [one for one in self.item.row.form if one.kind in ("text", "address", "telephone", "person_name")]
        known = {one.code: Held(value=values.get(one.attribute, _zh("text")), on=day) for one in plain if one.attribute}
        return HeldOf(fields=known)

    def _act(self, at: datetime, acting: Acting, do: Do, **more: Any) -> datetime:
        """Add an act that the line's own service says; nothing happens outside the order of moments."""
        at = at.replace(second=0, microsecond=0)
        if self.acts:
            at = max(at, self.acts[-1].at + _MINUTE)
        self.acts.append(
            ScriptedAct(at=at, acting=acting, move="", becomes=lambda work, act: self._said(work, act, do), **more)
        )
        return at

    def _said(self, work: Work, act: ScriptedAct, do: Do) -> ScriptedAct:
        """Return the act as the service tells it of the case as it then is."""
        private = present([json.loads(one.text) for one in work.payloads])
        first = work.payloads[0].entry_id if work.payloads else None
        matter = Matter(
            acting=act.acting, case=work.case, work=work, private=private, first_payload=first, item=self.item.row,
            now=act.at,
        )  # fmt: skip
        telling = Telling(matter=matter)
        do(OnCase(acting=act.acting, case=work.case.pk, version=None, track=act.track, told=telling))
        told = telling.act
        assert told is not None
        if telling.along is not None or telling.after is not None:
            self.effects.append(Effect(number=work.case.number, run=lambda: follow_told(telling, work)))
        return replace(
            act, move=told.move, given=said(told), terms=told.terms, facts=told.facts, bodies=told.bodies,
            private=told.private, papers=told.papers,
        )  # fmt: skip

    def _plain(self, at: datetime, acting: Acting, move: str, given: Mapping[str, Any], **more: Any) -> datetime:
        return self._act(at, acting, lambda on: carry_out(on, lambda _: Told(move=move, given=dict(given))), **more)

    def _office(self, at: datetime) -> datetime:
        return self.stage.office(at)

    def _before(self, begin: datetime, limit: TimeLimit | None, *, days: int = 10) -> datetime:
        """Return a moment in office hours within a limit, or after it for those who are late."""
        due = self.stage.due(begin, limit or TimeLimit(amount=days, unit=Unit.WORKING_DAY))
        share = self.chance.uniform(0.1, 0.85)
        if not self._percent(self.stage.history.in_time):
            share = self.chance.uniform(1.05, 1.6)
        moved = self._office(begin + (due - begin) * share)
        return moved if share > 1 or moved < due else due - _HOUR

    def _application(self, kind: str) -> datetime | None:
        """Play an application that is decided here or by the authority above; return when it was decided."""
        history, chance = self.stage.history, self.chance
        if self._percent(history.withdrawn):
            acting = applicant_of(self.stage.town)
            self._act(self.opened + chance.randrange(2, 40) * _HOUR, acting, acts.withdraw)
            return None
        if kind == "licence" and not self.missing and not self.later and self._percent(history.silent * 2):
            deemed = self.stage.due(self.opened, TimeLimit(amount=5, unit=Unit.WORKING_DAY))
            return self._decide(kind, self._office(deemed + _HOUR), begun=self.opened)
        answered = self._office(self.opened + chance.randrange(3, 60) * _HOUR)
        if kind == "filing" and not self.missing and not self.later and self._percent(40):
            granted = self._act(answered, self.officer, lambda on: acts.grant_at_once(on, reason=_zh("granted")))
            return self._delivered(kind, granted)
        if self._percent(2):
            basis, reason = _zh("basis"), _zh("not_accepted")
            return self._act(
                answered, self.accepts,
                lambda on: acts.refuse_acceptance(on, not_ours=False, reason=reason, legal_basis=basis),
            )  # fmt: skip
        if self.missing:
            missing = dict.fromkeys(self.missing, rules.MISSING)
            told = self._act(answered, self.accepts, lambda on: acts.one_time_notice(on, materials=missing))
            if not self._percent(85):
                return None
            there = told + chance.randrange(20, 480) * _HOUR
            self._act(there, applicant_of(self.stage.town), lambda on: acts.supply(on, codes=self.missing))
            answered = self._office(there + chance.randrange(2, 30) * _HOUR)
        if self.later:
            return self._tolerated(kind, answered)
        given = dict.fromkeys(self.missing, rules.GIVEN)
        hand = None if {"decide", "promised"} & set(self.spec.terms) else 10
        accepted = self._act(answered, self.accepts, lambda on: acts.accept(on, materials=given, by_hand=hand))
        return self._decide(kind, accepted, begun=accepted)

    def _tolerated(self, kind: str, answered: datetime) -> datetime | None:
        later = dict.fromkeys(self.later, rules.LATER)
        hand = None if {"decide", "promised"} & set(self.spec.terms) else 10
        accepted = self._act(
            answered, self.accepts, lambda on: acts.accept_with_promise(on, materials=later, by_hand=hand)
        )
        if self._percent(12):
            gone = self._office(accepted + 40 * _DAY)
            self._act(
                gone, self.officer,
                lambda on: acts.end_missing(on, reason=_zh("never_came"), legal_basis=_zh("basis")),
            )  # fmt: skip
            return None
        there = accepted + self.chance.randrange(20, 140) * _HOUR
        there = self._act(there, applicant_of(self.stage.town), lambda on: acts.supply(on, codes=self.later))
        return self._decide(kind, there, begun=accepted)

    def _decide(self, kind: str, at: datetime, *, begun: datetime) -> datetime | None:
        history, row = self.stage.history, self.item.row
        decided = max(self._before(begun, self.spec.terms.get("promised")), at + _HOUR)
        if kind == "licence":
            decided = self._on_the_way(at, decided)
        reviewers = [code for code in row.reviewers if self.stage.somebody(code) and code != self.officer.body]
        if reviewers and self._percent(30) and kind != "filing":
            self._opinion(at, reviewers[0])
        if row.on_site or row.procedure == "homestead":
            people = [str(self.officer.person), str(self.clerk.person)]
            checked = self._office(max(at, self.acts[-1].at if self.acts else at) + 3 * _HOUR)
            self._act(checked, self.officer, lambda on: acts.verify_on_site(on, people=people, result=_zh("verified")))
        if row.procedure == "aid":
            return self._aid(at)
        if self.stage.until - at < 75 * _DAY and self._percent(8):
            return None  # nobody decides: it is late and shown as late
        if self._percent(history.refused):
            refused = self._act(
                decided, self.officer, lambda on: acts.refuse(on, reason=_zh("refused"), legal_basis=_zh("basis"))
            )
            return self._delivered("refused", refused)
        if kind == "payment":
            return self._paid(decided)
        granted = self._act(decided, self.officer, lambda on: acts.grant(on, reason=_zh("granted")))
        return self._delivered(kind, granted)

    def _on_the_way(self, at: datetime, decided: datetime) -> datetime:
        """Stop the clock for a procedure of art. 45, or extend, for some."""
        history, chance = self.stage.history, self.chance
        if self._percent(history.special):
            begun = self._office(at + 2 * _HOUR)
            until = (begun + chance.randrange(6, 14) * _DAY).replace(minute=0)
            kind = chance.choice(("inspection", "testing", "expert_review"))
            begun = self._act(
                begun, self.officer,
                lambda on: acts.begin_special(on, kind=kind, reason=_zh("special"), until=until),
            )  # fmt: skip
            over = min(self._office(begun + (until - begun) * 0.7), until - _HOUR)
            over = self._act(over, self.officer, lambda on: acts.end_special(on, result=_zh("verified")))
            return max(decided, self._office(over + 20 * _HOUR))
        head = self.stage.with_role(Duty.Role.TOWN_HEAD)
        if head is not None and head.body == self.spec.bodies["leader"] and self._percent(history.extended):
            asked = self._office(at + 30 * _HOUR)
            asked = self._act(asked, head, lambda on: acts.extend(on, amount=10, reason=_zh("extended")))
            return max(decided, self._office(asked + chance.randrange(5, 15) * _DAY))
        return decided

    def _opinion(self, at: datetime, body: str) -> None:
        asked = self._office(at + _HOUR)
        self._act(asked, self.officer, lambda on: acts.ask_opinions(on, lead=body))
        reviewer = self._must(body)
        answer = "agree" if self._percent(85) else "agree_with_conditions"
        self._act(
            self._office(asked + self.chance.randrange(5, 60) * _HOUR), reviewer,
            lambda on: acts.give_opinion(on, answer=answer, reply=_zh("opinion")), track="a1",
        )  # fmt: skip

    def _aid(self, at: datetime) -> datetime | None:
        if self._percent(30):
            return self._aid_now(at)
        visited = self._plain(
            self._office(at + 6 * _HOUR), self.officer, "visit_household", {"result": _zh("verified")}
        )
        self._plain(visited + _HOUR, self.officer, "begin_publicity", {"note": _zh("publicised")})
        return self._paid(self._office(visited + 15 * _DAY))

    def _aid_now(self, at: datetime) -> datetime:
        """Help at once, pay, and complete the papers afterwards."""
        decided = self._act(self._office(at + _HOUR), self.officer, lambda on: self._agree(on, "grant_now"))
        paid = self._pay(self._office(decided + 2 * _HOUR), "pay_now")
        later = tuple(self.later)
        return self._act(
            self._office(paid + 3 * _DAY), self.officer,
            lambda on: acts.complete(on, result=_zh("verified"), seen=later),
        )  # fmt: skip

    def _paid(self, decided: datetime) -> datetime | None:
        decided = self._act(decided, self.officer, lambda on: self._agree(on, "grant"))
        return self._pay(self._before(decided, self.spec.terms.get("pay")), "pay")

    def _pay(self, at: datetime, move: str) -> datetime:
        voucher = _zh("voucher", number=f"{self.chance.randrange(10**6):06d}")

        def pay(on: OnCase) -> None:
            carry_out(on, lambda _: Told(move=move, given={"result": voucher}), after=pay_it)

        def pay_it(matter: Matter) -> None:
            if reservation_of(matter.case.pk) is not None:
                pay_reserved(acting=self.officer, case=matter.case.pk, reference=voucher, at=matter.now)

        return self._act(at, self.officer, pay)

    def _agree(self, on: OnCase, move: str) -> None:
        fen = self.stage.amounts.get(self.item.code, 1000) * 100
        year = self.acts[-1].at.astimezone(self.stage.zone).year

        def decide(matter: Matter) -> Told:
            act = granted_act(matter, move, _zh("granted"), "", yuan_of(fen), (None, None))
            return replace(act, facts={**act.facts, "amount_fen": fen, "budget": f"{self.item.code}/{year}"})

        carry_out(on, decide, along=partial(follow, Granted(acting=self.officer, fen=fen)))

    def _delivered(self, kind: str, decided: datetime) -> datetime:
        """Deliver what was decided, and publish a licence, in either order."""
        way = self.chance.choice(rules.WAYS)
        what = self.item.row.result.name if self.item.row.result else self.item.row.name
        sent = self._office(decided + self.chance.randrange(2, 150) * _HOUR)

        def deliver(on: OnCase) -> None:
            acts.deliver(on, way=way, receiver=self.who.name, delivered=what)

        if kind == "licence" and self._percent(50):
            self._act(self._office(decided + self.chance.randrange(2, 60) * _HOUR), self.officer, acts.publish)
            return self._act(sent, self.clerk, deliver)
        done = self._act(sent, self.clerk, deliver)
        if kind == "licence":
            done = self._act(self._office(done + _HOUR), self.officer, acts.publish)
        return done

    def _assisted(self) -> datetime | None:
        """Play a matter that another system decides: hand it in there, look, and say what came of it."""
        chance = self.chance
        at = self._office(self.opened + chance.randrange(1, 6) * _HOUR)
        if self.missing:
            codes = tuple(self.missing)
            at = self._act(at, self.clerk, lambda on: acts.ask_for(on, codes=codes))
            at = self._act(
                at + chance.randrange(3, 70) * _HOUR, applicant_of(self.stage.town),
                lambda on: acts.supply(on, codes=codes),
            )  # fmt: skip
        number = _zh("foreign", number=f"{chance.randrange(10**6):06d}")
        sent = self._act(
            self._office(at + _HOUR), self.clerk,
            lambda on: acts.submit_there(on, foreign_number=number, note=_zh("submitted")),
        )  # fmt: skip
        looked = self._act(
            self._office(sent + chance.randrange(20, 60) * _HOUR), self.clerk,
            lambda on: acts.looked(on, note=_zh("looked")),
        )  # fmt: skip
        over = self._office(looked + chance.randrange(4, 60) * _HOUR)
        if self._percent(self.stage.history.refused):
            return self._act(over, self.clerk, lambda on: acts.refused_there(on, reason=_zh("refused")))
        return self._act(over, self.clerk, lambda on: acts.done_there(on, result=_zh("granted")))

    def _rate(self, done: datetime) -> None:
        """Rate it, for some; what is bad is followed up by the head of the counter's body."""
        chance, history = self.chance, self.stage.history
        if not self._percent(history.rated):
            return
        score = chance.choices(*_LEVELS)[0]
        note = chance.choice(history.complaints) if score <= BAD_UP_TO else ""
        at = max(done, self.acts[-1].at) + chance.randrange(1, 120) * _HOUR
        if not 8 <= at.astimezone(self.stage.zone).hour < 22:
            at += 10 * _HOUR
        at = self.acts[-1].at + _MINUTE if at <= self.acts[-1].at else at.replace(second=0, microsecond=0)
        rater = applicant_of(self.stage.town)

        def rated(work: Work, act: ScriptedAct) -> ScriptedAct:
            bad = bad_rating_of(work, score=score, note=note) if score <= BAD_UP_TO else None
            return replace(act, linked=bad)

        self.acts.append(
            ScriptedAct(
                at=at, acting=rater, move="rate", channel="public", given=given_rating(score),
                private={"note": note} if note else {}, becomes=rated,
            )
        )  # fmt: skip
        head = self.stage.somebody(self.spec.bodies["window"], _HEAD)
        if score > BAD_UP_TO or head is None:
            return
        contacted = self._step(self._before(at, TimeLimit(amount=5, unit=Unit.WORKING_DAY)), head, "contact")
        step = chance.choices(("mend", "explain", "propose"), (60, 25, 15))[0]
        taken = self._step(self._before(contacted, TimeLimit(amount=9, unit=Unit.WORKING_DAY)), head, step)
        leader = self.stage.with_role(Duty.Role.TOWN_HEAD)
        if step == "propose" and leader is not None:
            self._step(self._office(taken + 20 * _HOUR), leader, "set_aside")

    def _step(self, at: datetime, acting: Acting, move: str) -> datetime:
        at = max(at, self.acts[-1].at + _MINUTE).replace(second=0, microsecond=0)
        given = {"result": self.chance.choice(self.stage.history.results)}
        self.acts.append(ScriptedAct(at=at, acting=acting, move=move, on=LINKED, given=given))
        return at

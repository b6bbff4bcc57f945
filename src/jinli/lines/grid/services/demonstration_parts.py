"""One simulated matter, told from the report to its end: who does what when. Chance decides, rules judge."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from jinli.cases import editions
from jinli.cases.services.bulk import LINKED, ScriptedAct
from jinli.cases.services.opening import OpenCase
from jinli.cases.work import Work
from jinli.domain.limits import TimeLimit
from jinli.lines.grid.models import ClassStandard
from jinli.lines.grid.selectors import whistles as reads
from jinli.lines.grid.selectors.standards import limit_of
from jinli.lines.grid.services.reports import drawn, share_of, title_of
from jinli.town.acting import Acting, resident
from jinli.ui.words import say_in

if TYPE_CHECKING:
    from jinli.lines.grid.services.demonstration import Stage

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)


def _if_waiting(work: Work) -> str | None:
    """Verify only what the class or the draw sent to verification."""
    return "verify_passed" if work.state.stage == "verifying" else None


@dataclass
class Story:
    """Tells one matter; every moment is later than the one before it."""

    stage: Stage
    chance: random.Random
    opened: datetime
    acts: list[ScriptedAct] = field(default_factory=list)

    def told(self) -> Story:
        """Choose what, where and by whom, and play it to its end."""
        stage, chance = self.stage, self.chance
        self.place = chance.choice(stage.places)
        self.standard: ClassStandard = chance.choice(stage.standards)
        self.clerk = chance.choice(stage.cast.with_role("command_centre"))
        self.channel, self.reporter = self._source()
        self.anonymous = self.channel == "public" and chance.random() < 0.4
        self.spec = self._spec()
        if chance.randrange(100) < stage.history.exits:
            self._exit()
            return self
        filed = self._file()
        line = stage.whistle_line(self.standard)
        whistled = line is not None and chance.randrange(100) < stage.history.whistles * 4
        done = self._whistle(filed, str(line)) if whistled else self._handle(filed, again=False)
        self._after(done)
        return self

    def _source(self) -> tuple[str, Acting]:
        stage, chance = self.stage, self.chance
        kind = chance.choices(("public", "telephone", "hotline", "walk_in", "finding"), (35, 15, 28, 7, 15))[0]
        finders = stage.cast.with_role("grid_worker")
        if kind == "finding" and finders:
            return kind, chance.choice(finders)
        return ("public", resident(stage.town.pk)) if kind in ("public", "finding") else (kind, self.clerk)

    def _spec(self) -> OpenCase:
        chance, history = self.chance, self.stage.history
        address = f"{self.place.name}{chance.choice(history.addresses)}"
        text = chance.choice(history.texts).format(what=self.standard.condition, where=address)
        facts: dict[str, Any] = {"simulated": True}
        facts |= {"anonymous": True} if self.anonymous else {}
        return OpenCase(
            type_code="grid_report",
            title=say_in("zh-hans", f"grid.title.{self.channel}"),
            channel=self.channel,
            place=self.place,
            bodies={name: self.stage.bodies[name] for name in ("owner", "leader")}
            | {"handler": self.stage.bodies["owner"]},
            private={"text": text, "address": address},
            facts=facts,
            happened_at=self.opened,
            simulated=True,
        )

    def _act(self, at: datetime, acting: Acting, move: str, **more: Any) -> datetime:
        at = at.replace(second=0, microsecond=0)
        if self.acts:
            at = max(at, self.acts[-1].at + _MINUTE)
        self.acts.append(ScriptedAct(at=at, acting=acting, move=move, **more))
        return at

    def _between(self, begin: datetime, due: datetime, *, in_time: int) -> datetime:
        """Return a moment within the limit, or after it for those who are late."""
        share = self.chance.uniform(0.08, 0.92)
        if self.chance.randrange(100) >= in_time:
            share = self.chance.uniform(1.03, 2.2)
        at = begin + (due - begin) * share
        return at if due - begin < timedelta(hours=8) else self._by_day(at, due, late=share > 1)

    def _by_day(self, at: datetime, due: datetime, *, late: bool) -> datetime:
        moved = self.stage.office(at)
        return at if not late and moved >= due else moved

    def _exit(self) -> None:
        kinds = ("outside_duties", "other_channel", "repeated", "private", "emergency", "unlawful")
        kind = self.chance.choices(kinds, (60, 20, 4, 6, 5, 5))[0]
        kind = "outside_duties" if kind == "repeated" else kind
        given = {"exit": kind, "reason": "（模拟）不属镇里办理", "reply": "（模拟）已告知该找谁、怎么找"}
        if kind == "outside_duties" and self.stage.lines:
            given["duty_line"] = self.chance.choice(sorted(self.stage.lines))
        given |= {"detail": "110"} if kind == "emergency" else {"detail": "petition"} if kind == "other_channel" else {}
        self._act(self.opened + self.chance.randrange(4, 28) * _MINUTE, self.clerk, "exit", given=given)

    def _file(self) -> datetime:
        standard, limit = self.standard, limit_of(self.standard)
        assert limit is not None
        body, rule = self.stage.handler(self.place, standard, self.opened)
        self.limit, self.body = limit, body
        wait = self.chance.randrange(3, 27) if self.chance.random() < 0.95 else self.chance.randrange(33, 150)
        facts = {
            "title": title_of(standard),
            "class_code": standard.class_code,
            "self_solved": standard.self_solved,
            "standard": standard.code,
            "standard_edition": standard.edition,
            "route": rule,
        }
        given = {"standard": f"{standard.code}/{standard.edition}", "handler": body}
        return self._act(
            self.opened + wait * _MINUTE, self.clerk, "file", given=given, terms={"handle": limit}, facts=facts
        )

    def _handle(self, filed: datetime, *, again: bool) -> datetime:
        """Solve, have it verified where the class or the draw asks for it; sent back it is solved once more."""
        stage, chance = self.stage, self.chance
        worker = stage.cast.of(self.body) or self.clerk
        begin = filed if again else self.opened
        due = stage.due(begin, self.limit)
        at = max(self._between(begin, due, in_time=stage.history.in_time), filed + 2 * _MINUTE)
        given = {"result": chance.choice(stage.history.results)}
        share = share_of(stage.town)

        def choose(work: Work) -> str:
            filing = next(one for one in work.entries if one.move == "file")
            rounds = sum(one.move in ("solve", "solve_at_once") for one in work.entries)
            checked = not self.standard.self_solved or drawn(filing.hash, rounds, share)
            return "solve" if checked else "solve_at_once"

        solved = self._act(at, worker, "solve", given=given, choose=choose)
        verifiers = stage.cast.with_role("grid_worker", but=worker) or stage.cast.with_role(
            "command_centre", but=worker
        )
        verified = self._between(solved, stage.office(solved + 20 * _HOUR), in_time=94)
        if not again and not self.standard.self_solved and chance.randrange(100) < stage.history.returned:
            given = {"reason": "（模拟）现场看没有处置到位"}
            back = self._act(verified, chance.choice(verifiers), "verify_returned", given=given)
            return self._handle(back, again=True)
        return self._act(verified, chance.choice(verifiers), "verify_passed", choose=_if_waiting)

    def _after(self, done: datetime, *, again: bool = False) -> None:
        """Call back, rate, contest; what was contested is handled and called back once more."""
        stage, chance = self.stage, self.chance
        called = done
        if not self.anonymous:
            answer = chance.choices(("solved", "unsolved", "unreachable"), (84, 8, 8))[0]
            given: dict[str, Any] = {"answer": answer}
            if answer != "unreachable":
                satisfied = chance.choices(("satisfied", "basic", "unsatisfied"), (70, 20, 10))[0]
                given["satisfaction"] = satisfied if answer == "solved" else "unsatisfied"
            called = self._act(
                stage.office(done + chance.randrange(2, 30) * _HOUR), self.clerk, "call_back", given=given
            )
        reporter = Acting(
            town=stage.town.pk, hat="resident", duty="reporter", roles=frozenset({"resident", "reporter"})
        )
        if not again and chance.random() < 0.25:
            score = chance.choices((5, 4, 3, 2, 1), (45, 28, 15, 7, 5))[0]
            called = self._act(
                called + chance.randrange(1, 40) * _HOUR, reporter, "rate", channel="public", given={"rating": score}
            )
        if not again and chance.randrange(100) < stage.history.contested:
            given = {"reason": "（模拟）又出现了"}
            at = self._act(called + _HOUR, reporter, "contest", channel="public", given=given)
            self._after(self._handle(at, again=True), again=True)

    def _whistle(self, filed: datetime, line: str) -> datetime:
        """Blow, approve, dispatch; departments sign in, contact, some refuse, report; somebody else verifies."""
        stage, chance = self.stage, self.chance
        kind = stage.kind(chance)
        lead = stage.lines[line].lead
        assert lead is not None
        others = [one for one in stage.departments if one != lead.code]
        assisting = chance.sample(others, 1) if others and chance.random() < 0.3 else []
        at_once = "command_centre" in kind.approved_by
        given = {"kind": kind.code, "duty_line": line, "lead": lead.code, "reason": "（模拟）镇里没有这项权力"}
        facts = {"assisting": assisting, "at_once": at_once, "duty_line": line, "kind": kind.code, "lead": lead.code}
        edition = editions.latest(stage.town, kind.procedure).edition
        linked = OpenCase(
            type_code=reads.WHISTLE,
            procedure=f"{kind.procedure}/{edition}",
            title=title_of(self.standard),
            channel="page",
            class_code=self.standard.class_code,
            place=self.place,
            given={**given, "assisting": assisting},
            terms=reads.terms_of(kind),
            facts={name: value for name, value in facts.items() if value} | {"simulated": True},
            bodies={**stage.bodies, "approver": stage.bodies["owner" if at_once else "leader"]},
            simulated=True,
        )
        blown = self._act(filed + chance.randrange(5, 50) * _MINUTE, self.clerk, "blow", given=given, linked=linked)
        move = "dispatch_now" if at_once else "dispatch"
        at = blown + 3 * _MINUTE
        if not at_once:
            head = stage.cast.with_role("town_head")[0]
            at = self._act(stage.office(at + chance.randrange(5, 60) * _MINUTE), head, "approve", on=LINKED)
        sent = {"lead": lead.code, "assisting": assisting}
        at = self._act(at + chance.randrange(3, 20) * _MINUTE, self.clerk, move, on=LINKED, given=sent)
        last = at
        for number, body in enumerate([lead.code, *assisting], start=1):
            last = max(last, self._department(at, f"a{number}", body, kind.limits))
        self.acts.sort(key=lambda act: act.at)
        verifiers = stage.cast.with_role("grid_worker")
        when = self._between(last, stage.due(last, reads.terms_of(kind)["verify"]), in_time=93)
        rating = {"rating": chance.choices((5, 4, 3, 2), (40, 35, 18, 7))[0], "rated": lead.code}
        self._act(last + 10 * _MINUTE, self.clerk, "rate_department", on=LINKED, given=rating)
        given = {"result": "（模拟）现场已处置到位"}
        return self._act(
            max(when, last + 20 * _MINUTE), chance.choice(verifiers), "verify_passed", on=LINKED, given=given
        )

    def _department(self, sent: datetime, track: str, body: str, limits: dict[str, Any]) -> datetime:
        stage, chance = self.stage, self.chance
        officer = stage.cast.of(body)
        assert officer is not None
        terms = {name: TimeLimit.from_json({**limit, "fixed_at": None}) for name, limit in limits.items()}

        def act(at: datetime, move: str, acting: Acting = officer, **given: Any) -> datetime:
            at = at.replace(second=0, microsecond=0)
            self.acts.append(ScriptedAct(at=at, acting=acting, move=move, on=LINKED, track=track, given=given))
            return at

        at = sent
        if chance.random() < 0.08:
            due = stage.due(sent, terms["refuse"])
            at = act(sent + (due - sent) * 0.4, "refuse", reason="（模拟）不属本单位职责", legal_basis="（模拟）")
            arbiters = stage.cast.with_role("arbiter")
            ruled = self._between(at, stage.due(at, terms["arbitrate"]), in_time=90)
            upheld = track != "a1" and chance.random() < 0.4
            move = "uphold" if upheld else "overrule"
            at = act(ruled, move, arbiters[0], reason="（模拟）按职责清单", legal_basis="（模拟）职责清单")
            if upheld:
                return at
        signed = self._between(at, stage.due(at, terms["sign_in"]), in_time=88)
        signed = act(max(signed, at + _MINUTE), "sign_in")
        if "arrival" in terms:
            confirm = chance.choice(stage.cast.with_role("grid_worker"))
            signed = act(
                signed + chance.randrange(5, 25) * _MINUTE, "confirm_arrival", confirm, note="（模拟）已到现场"
            )
        contacted = act(signed + chance.randrange(5, 240) * _MINUTE, "contact", note="（模拟）已联系")
        due = stage.due(sent, terms["report"])
        reported = max(self._between(sent, due, in_time=85), contacted + 5 * _MINUTE)
        return act(reported, "report", result=chance.choice(stage.history.results))

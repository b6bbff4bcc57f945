"""Whose power is it today? Competence must exist at every sealed act: acceptance, each notice, extension, decision.

A *power* over a matter comes to a town in one of four ways: it is its own by law; it is handed down (直接下放); it is
entrusted (委托), and then the town acts in the name of the department that entrusts it; or only the desk stands here
(服务前移), and the department decides as before. In whose name, under whose seal, who reviews the act and who is
sued for it follow from the way, and are never asked or stored.

Nothing here undoes what was sealed: a recall that reaches back in time leaves the acts as they are, for a person to
look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

from jinli.domain.bounds import Bound, size_of
from jinli.domain.errors import RefusedError
from jinli.domain.procedure import Move
from jinli.domain.requests import Actor

OWN, DIRECT, ENTRUSTED, FRONT_DESK = "own", "direct", "entrusted", "front_desk"
MODES: Final = (OWN, DIRECT, ENTRUSTED, FRONT_DESK)
#: The department acts itself: it entrusted the town, keeps the decision, or took the power back.
AUTHORITY: Final = "authority"
HAND_OVER, FINISH = "hand_over", "finish"
IN_FLIGHT: Final = (HAND_OVER, FINISH)
ACCEPTANCE, NOTICE, EXTENSION, DECISION = "acceptance", "notice", "extension", "decision"
#: What is sealed before a decision; where a body is entrusted, its own window may do this much.
_BEFORE_DECISION: Final = frozenset({ACCEPTANCE, NOTICE})
#: Nobody handles the matter by a power: whoever received it turns it away and names the authority.
NOT_OURS: Final = "not_ours"
#: Why a matter is another's to decide; where the power is the town's, and only the hat is wrong, it is not.
_ELSEWHERE: Final = frozenset(
    f"domain.competence.{one}" for one in ("none", "unknown", "not_yet", "recalled", "beyond")
)


@dataclass(frozen=True, kw_only=True)
class Power:
    """One delegation, or one power of the town's own, as the register holds it.

    Attributes
    ----------
    mode : one of `MODES`; empty while no source says how the power came, and then it gives none.
    authority, authority_at : code of the body whose power it is by origin, and of its division; empty for `own`.
    to_body : the body of the town that received it.
    recalled_on : the first day on which the town does not have it any more.
    in_flight : what a recall does with cases already received: `hand_over` (the default) or `finish` in town.
    """

    code: str
    item: str
    mode: str
    to_body: str
    authority: str = ""
    authority_at: str = ""
    instrument: str = ""
    number: str = ""
    bound: Bound | None = None
    valid_from: date | None = None
    recalled_on: date | None = None
    recall_instrument: str = ""
    in_flight: str = HAND_OVER

    def begun(self, day: date) -> bool:
        """Return whether the power had come by a day; one of the town's own may have no first day."""
        if self.mode not in MODES or not self.to_body:
            return False
        return self.mode == OWN if self.valid_from is None else self.valid_from <= day

    def ended(self, day: date) -> bool:
        """Return whether the power was taken back by a day."""
        return self.recalled_on is not None and self.recalled_on <= day

    def held_on(self, day: date) -> bool:
        """Return whether the town has the power on a day; the day of the recall counts as without it."""
        return self.begun(day) and not self.ended(day)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a town stands: its code, the division above it, and its bodies with the body above each (or nothing)."""

    town: str
    above: str
    bodies: Mapping[str, str] = field(default_factory=dict)

    def government(self, body: str) -> str:
        """Return the body at the head of those above `body` in the town."""
        return self._up(body)[-1]

    def acts_for(self, body: str, head: str) -> bool:
        """Return whether `body` is `head` itself or an office below it."""
        return head in self._up(body)

    def _up(self, body: str) -> list[str]:
        found = [body]
        while (above := self.bodies.get(found[-1], "")) and above not in found:
            found.append(above)
        return found


@dataclass(frozen=True, kw_only=True)
class Competence:
    """Who decides on a matter on a day, and all that follows.

    Attributes
    ----------
    mode : one of `MODES`, or `AUTHORITY` when the department acts itself.
    decides, seal : the body that decides, and the body in whose name and under whose seal.
    defendant : the body that is sued for the act.
    reviewer : the division whose people's government reviews it.
    """

    item: str
    mode: str
    power: Power
    decides: str
    seal: str
    authority: str
    defendant: str
    reviewer: str
    instrument: str

    def to_facts(self) -> dict[str, str]:
        """Return what the entry of a sealed act records: codes only."""
        return {
            "competence": self.power.code,
            "defendant": self.defendant,
            "in_name_of": self.seal,
            "mode": self.mode,
            "reviewer": self.reviewer,
        }


def power_on(powers: Iterable[Power], item: str, day: date) -> Power | None:
    """Return the power the town has over an item on a day, or nothing."""
    return next((one for one in powers if one.item == item and one.held_on(day)), None)


def competence(
    powers: Iterable[Power], item: str, day: date, *, standing: Standing, received_on: date | None = None
) -> Competence:
    """Return under which power the town handles an item on a day.

    `received_on` is the day a case came in: where the recall says so, a case in flight is finished in town. Raises
    RefusedError `domain.competence.no_item`, `.none`, `.unknown` (nobody knows how the power came), `.not_yet`,
    `.recalled` with the paper that took it back.
    """
    if not item:
        raise RefusedError("domain.competence.no_item")
    mine = [one for one in powers if one.item == item]
    found = power_on(mine, item, day) or _to_finish(mine, day, received_on)
    if found is None:
        raise _why_none(mine, item, day)
    return _derived(found, standing)


def _to_finish(powers: Iterable[Power], day: date, received_on: date | None) -> Power | None:
    """Return the recalled power under which a case received before the recall is finished in town, if it says so."""
    if received_on is None or received_on > day:
        return None
    may = (one for one in powers if one.in_flight == FINISH and one.ended(day) and one.held_on(received_on))
    return next(may, None)


def _why_none(powers: list[Power], item: str, day: date) -> RefusedError:
    known = [one for one in powers if one.mode in MODES]
    if not known:
        return RefusedError("domain.competence.unknown" if powers else "domain.competence.none", item=item)
    ended = [one for one in known if one.ended(day)]
    if ended:
        last = max(ended, key=lambda one: one.recalled_on or day)
        return RefusedError(
            "domain.competence.recalled",
            item=item,
            day=last.recalled_on or day,
            instrument=last.recall_instrument or "-",
            authority=last.authority,
        )
    first = min(known, key=lambda one: one.valid_from or date.max)
    if first.valid_from is None:
        return RefusedError("domain.competence.unknown", item=item)
    return RefusedError("domain.competence.not_yet", item=item, day=first.valid_from, instrument=first.instrument)


def _derived(power: Power, standing: Standing) -> Competence:
    """Derive who decides, in whose name, who is sued and who reviews (DOMAIN.md J9, C3).

    Handed down directly, the town acts in its own name, the government one level up reviews (Guangdong Decree 261 of
    2019). Entrusted, the entrusting department answers for the act (Licensing Law art. 24) and the people's government
    it belongs to reviews it (Administrative Reconsideration Law 2023, to be checked against its text). Where only the
    desk stands in town, nothing changes hands.
    """
    town = power.mode in (OWN, DIRECT)
    body = power.to_body if town else power.authority
    return Competence(
        item=power.item,
        mode=power.mode,
        power=power,
        decides=body,
        seal=body,
        authority=power.authority,
        defendant=standing.government(power.to_body) if town else power.authority,
        reviewer=standing.above if town else power.authority_at,
        instrument=power.instrument,
    )


def authority_itself(powers: Iterable[Power], item: str, day: date, body: str) -> Competence | None:
    """Return the competence of the department itself, where the power is not the town's on that day.

    While a power is handed down directly its origin does not decide; where it is entrusted, stays behind the desk, or
    was taken back, it does.
    """
    mine = [one for one in powers if one.item == item]
    held = power_on(mine, item, day)
    if held is not None and held.mode in (OWN, DIRECT):
        return None
    found = next((one for one in ([held] if held else mine) if one.mode in MODES and one.authority == body), None)
    return None if found is None else _itself(found, body)


def _itself(power: Power, body: str) -> Competence:
    return Competence(
        item=power.item,
        mode=AUTHORITY,
        power=power,
        decides=body,
        seal=body,
        authority=body,
        defendant=body,
        reviewer=power.authority_at,
        instrument=power.instrument,
    )


def act_of(move: Move) -> str:
    """Return what a sealed move is: acceptance, notice, extension or decision.

    Refusing acceptance is a decision too: it must be in writing, with reasons and remedies (Licensing Law art. 32, 38).
    """
    if move.extends is not None:
        return EXTENSION
    if move.moment == "decided_at" or "non_acceptance" in move.papers:
        return DECISION
    return ACCEPTANCE if move.moment == "accepted_at" else NOTICE


def turns_away(move: Move) -> bool:
    """Return whether a move refuses acceptance, so that it may say that the matter is another's."""
    return "non_acceptance" in move.papers


@dataclass(frozen=True, kw_only=True)
class Sealing:
    """What stands behind the sealed acts of one case: the register of its town, its item, the day it came in.

    `external` names a case that another system decides: it gets no sealed act here at all.
    """

    powers: tuple[Power, ...]
    standing: Standing
    item: str
    zone: ZoneInfo
    received_at: datetime | None = None
    external: bool = False

    def refusal(
        self, move: Move, actor: Actor, at: datetime, facts: Mapping[str, Any] = MappingProxyType({})
    ) -> RefusedError | None:
        """Return why this sealed act is closed to this person at this moment, or nothing when it is open."""
        may = {**facts, NOT_OURS: True} if turns_away(move) else facts
        try:
            self.competence(move, actor, at, may)
        except RefusedError as refused:
            return refused
        return None

    def held(self, actor: Actor, at: datetime) -> Competence:
        """Return under which power the body that acts, or the town, handles the item at a moment.

        Raises RefusedError `domain.competence.external`, and as `competence` does.
        """
        if self.external:
            raise RefusedError("domain.competence.external")
        day = self._day(at)
        if actor.body is not None and actor.hat == "own":
            itself = authority_itself(self.powers, self.item, day, actor.body)
            if itself is not None:
                return itself
        received = self._day(self.received_at) if self.received_at else None
        return competence(self.powers, self.item, day, standing=self.standing, received_on=received)

    def competence(self, move: Move, actor: Actor, at: datetime, facts: Mapping[str, Any]) -> Competence:
        """Return under which power this sealed act is done.

        A matter that is not the town's is turned away by whoever received it: that takes no power over the matter
        (Administrative Licensing Law art. 32(1)(2)), only that the act says so (`facts["not_ours"]`).

        Raises
        ------
        RefusedError : the town has no power on that day (see `competence`); `.front_desk` the department decides;
            `.other_name` the act must be done in the name of the entrusting department; `.not_yours` somebody
            who acts for neither; `.entrusts_no_further` an entrusted body that would entrust another (Licensing Law
            art. 24); `.beyond`, `.bound_missing` the matter is larger than the power, or nobody said how large.
        """
        try:
            found = self.held(actor, at)
            if found.mode != AUTHORITY:
                rest = self._rest(found, actor, facts)
                if rest is not None:
                    return rest
                self._require_name(found, act_of(move), actor)
                _require_reach(found.power, act_of(move), facts)
        except RefusedError as refused:
            if not (turns_away(move) and facts.get(NOT_OURS) and refused.code in _ELSEWHERE):
                raise
            return self._turned_away(actor, refused)
        return found

    def elsewhere(self, actor: Actor, at: datetime, facts: Mapping[str, Any]) -> RefusedError | None:
        """Return why the matter is another's to decide, with its authority where one is known; nothing if it is not.

        The bound counts too: what is larger than the power is for the authority that holds the rest.
        """
        try:
            found = self.held(actor, at)
            if found.mode != AUTHORITY:
                _require_reach(found.power, ACCEPTANCE, facts)
        except RefusedError as refused:
            return refused if refused.code in _ELSEWHERE else None
        return None

    def _rest(self, found: Competence, actor: Actor, facts: Mapping[str, Any]) -> Competence | None:
        """Return the competence of the department that handed only a part down, over what is larger than that part."""
        power = found.power
        if power.bound is None or actor.body != power.authority or actor.hat != "own":
            return None
        size = size_of(power.bound, facts)
        return _itself(power, power.authority) if size is not None and size > power.bound.at_most else None

    def _turned_away(self, actor: Actor, refused: RefusedError) -> Competence:
        """Return who answers for turning a matter away: the government of the body that received it, in its own name.

        Raises `refused` for anybody who is no body of the town.
        """
        body = actor.body or ""
        if body not in self.standing.bodies or actor.hat == ENTRUSTED:
            raise refused
        head = self.standing.government(body)
        return Competence(
            item=self.item,
            mode=NOT_OURS,
            power=Power(code="", item=self.item, mode="", to_body=head),
            decides=head,
            seal=head,
            authority=str(refused.facts.get("authority", "")),
            defendant=head,
            reviewer=self.standing.above,
            instrument="",
        )

    def _require_name(self, found: Competence, act: str, actor: Actor) -> None:
        power, body = found.power, actor.body or ""
        if found.mode == FRONT_DESK:
            raise RefusedError("domain.competence.front_desk", authority=power.authority)
        below = self.standing.acts_for(body, power.to_body)
        if found.mode != ENTRUSTED:
            if not below:
                raise RefusedError("domain.competence.not_yours", body=power.to_body)
            return
        if body == power.authority and actor.hat == "entrusted":
            return
        if below and actor.hat == "entrusted":
            raise RefusedError("domain.competence.entrusts_no_further", body=power.to_body, authority=power.authority)
        if not below:
            raise RefusedError("domain.competence.not_yours", body=power.to_body)
        if act not in _BEFORE_DECISION:
            raise RefusedError("domain.competence.other_name", authority=power.authority)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()


def _require_reach(power: Power, act: str, facts: Mapping[str, Any]) -> None:
    """Compare the size of the matter with how far the power reaches; before the decision it may still be unknown."""
    bound = power.bound
    if bound is None:
        return
    found = size_of(bound, facts)
    if found is None:
        if act in _BEFORE_DECISION:
            return
        raise RefusedError("domain.competence.bound_missing", fact=bound.fact)
    if found > bound.at_most:
        most = f"{bound.at_most.normalize():f}"
        raise RefusedError(
            "domain.competence.beyond",
            fact=bound.fact,
            found=f"{found.normalize():f}",
            most=most,
            unit=bound.unit,
            authority=power.authority,
        )

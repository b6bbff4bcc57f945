"""Ask other bodies, each with a clock of its own, and give an opinion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from jinli.domain import licensing as rules
from jinli.domain.errors import InvalidInputError
from jinli.domain.limits import TimeLimit, Unit
from jinli.lines.services.selectors.matters import Matter
from jinli.lines.services.services.acts.making import Act, OnCase, carry_out

OPINION: Final = TimeLimit(amount=5, unit=Unit.WORKING_DAY, source="平台约定：会办意见五个工作日")


def ask_opinions(on: OnCase, *, lead: str, assisting: Sequence[str] = (), days: int | None = None) -> str:
    """Ask a lead and assisting bodies for their opinions; the limit of the decision runs on.

    Raises InvalidInputError `services.asked_twice`, `services.asks_itself`.
    """

    def decide(matter: Matter) -> Act:
        asked = [lead, *assisting]
        if len(set(asked)) < len(asked):
            raise InvalidInputError("services.asked_twice", field="assisting")
        if matter.work.state.bodies.get("owner") in asked:
            raise InvalidInputError("services.asks_itself", field="lead")
        limit = TimeLimit(amount=days, unit=OPINION.unit, source=OPINION.source) if days else OPINION
        terms = {} if "opinion" in matter.work.state.terms and not days else {"opinion": limit}
        return Act(move="ask_opinions", given={"lead": lead, "assisting": list(assisting)}, terms=terms)

    return carry_out(on, decide)


def give_opinion(on: OnCase, *, answer: str, reply: str) -> str:
    """Agree, agree with conditions, or disagree, always with reasons.

    Raises InvalidInputError `services.unknown_opinion`.
    """

    def decide(matter: Matter) -> Act:
        if answer not in rules.OPINIONS:
            raise InvalidInputError("services.unknown_opinion", field="answer", answer=answer)
        known = {**(matter.work.state.facts.get("opinions") or {}), on.track: answer}
        return Act(move="give_opinion", given={"answer": answer, "reply": reply}, facts={"opinions": known})

    return carry_out(on, decide)


def not_ours(on: OnCase, *, reason: str, duty_line: str) -> str:
    """Say that the question is not for this body, with the line of the duty list it rests on (J2)."""
    return carry_out(on, lambda _: Act(move="not_ours", given={"reason": reason, "duty_line": duty_line}))


def take_back(on: OnCase, *, reason: str) -> str:
    """Take a question back."""
    return carry_out(on, lambda _: Act(move="take_back", given={"reason": reason}))

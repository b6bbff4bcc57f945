"""After a homestead was approved: stake it out, check the finished house, pass to enforcement what was not mended."""

from __future__ import annotations

from collections.abc import Sequence

from jinli.domain import licensing as rules
from jinli.domain.errors import RefusedError
from jinli.lines.services.selectors.matters import Matter
from jinli.lines.services.services.acts.making import Act, OnCase, carry_out


def stake_out(on: OnCase, *, people: Sequence[str], result: str) -> str:
    """Say what two persons staked out. Raises InvalidInputError `domain.licensing.two_persons`."""
    return carry_out(on, lambda _: _on_site("stake_out", people, {"result": result}))


def built_as_approved(on: OnCase, *, people: Sequence[str], result: str) -> str:
    """Say that two persons found the house built as approved (Licensing Law arts. 34(3), 61)."""
    return carry_out(on, lambda _: _on_site("built_as_approved", people, {"result": result}))


def built_differently(on: OnCase, *, people: Sequence[str], reason: str) -> str:
    """Say what two persons found that differs from what was approved; it is to be mended in time."""
    return carry_out(on, lambda _: _on_site("built_differently", people, {"reason": reason}))


def _on_site(move: str, people: Sequence[str], said: dict[str, str]) -> Act:
    found = list(rules.require_two(people))
    return Act(move=move, given={"people": found, **said}, facts={"verified_by": found})


def pass_to_enforcement(on: OnCase, *, reason: str, legal_basis: str) -> str:
    """Pass on what was not mended. Raises RefusedError `services.building.still_mending` while its time runs."""

    def decide(matter: Matter) -> Act:
        mending = matter.clock("mend")
        due = matter.work.book.due(mending) if mending is not None else None
        if due is not None and matter.now < due.at:
            raise RefusedError("services.building.still_mending", day=due.last_day)
        return Act(move="pass_to_enforcement", given={"reason": reason, "legal_basis": legal_basis})

    return carry_out(on, decide)

"""Procedures of article 45, which alone stop the clock of a licence, and the extension of art. 42."""

from __future__ import annotations

from datetime import datetime

from jinli.domain import licensing as rules
from jinli.domain.errors import RefusedError
from jinli.lines.services.selectors.matters import Matter
from jinli.lines.services.services import contents
from jinli.lines.services.services.acts.making import Act, OnCase, carry_out


def begin_special(on: OnCase, *, kind: str, reason: str, until: datetime) -> str:
    """Stop the clock for a procedure of art. 45; the applicant is told in writing how long it takes.

    Raises RefusedError `domain.licensing.not_special` for anything else, papers still missing above all (J6).
    """

    def decide(matter: Matter) -> Act:
        rules.require_special(kind)
        return Act(
            move="begin_special",
            given={"kind": kind, "reason": reason, "until": until.isoformat()},
            papers=contents.special(matter, kind=kind, reason=reason, until=until),
        )

    return carry_out(on, decide)


def end_special(on: OnCase, *, result: str) -> str:
    """Let the clock run on, with what came out of the procedure."""
    return carry_out(on, lambda _: Act(move="end_special", given={"result": result}))


def extend(on: OnCase, *, amount: int, reason: str) -> str:
    """Extend the limit once, by the head, while it runs, with the reasons told (art. 42).

    Ten working days at most, fifteen where several bodies decide together. Raises RefusedError
    `domain.licensing.extension_too_long`; a second extension and one past the due moment are refused by the procedure.
    """

    def decide(matter: Matter) -> Act:
        clock = matter.clock("decide")
        if clock is not None:
            rules.require_extension(amount=amount, limit=clock.limit, joint=bool(matter.item and matter.item.joint))
        elif matter.procedure != "licence":
            raise RefusedError("services.no_extension")
        return Act(
            move="extend",
            given={"amount": amount, "reason": reason},
            papers=contents.extension(matter, reason=reason),
        )

    return carry_out(on, decide)

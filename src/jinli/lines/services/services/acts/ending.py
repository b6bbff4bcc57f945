"""Ends without a decision: withdrawn by the applicant, or the promised paper never came."""

from __future__ import annotations

from jinli.domain import licensing as rules
from jinli.domain.errors import RefusedError
from jinli.lines.services.selectors.matters import Matter
from jinli.lines.services.services import contents
from jinli.lines.services.services.acts.making import Act, OnCase, carry_out


def withdraw(on: OnCase, *, reason: str = "") -> str:
    """Take the application back before the decision; nothing has to be given as a reason."""

    def decide(matter: Matter) -> Act:
        said = reason.strip() or contents.both("services.paper.withdrawn")
        papers = contents.ending(matter, reason=said) if matter.procedure != "assisted" else {}
        return Act(move="withdraw", given={"reason": reason.strip()}, papers=papers)

    return carry_out(on, decide)


def end_missing(on: OnCase, *, reason: str, legal_basis: str) -> str:
    """End the case because what was promised for later never came (J19).

    Only after the promise was broken, and only while the material is still missing: it never ends a late decision.
    Raises RefusedError `services.nothing_promised_missing`.
    """

    def decide(matter: Matter) -> Act:
        if not rules.of_state(matter.materials, rules.LATER):
            raise RefusedError("services.nothing_promised_missing")
        return Act(
            move="end_missing",
            given={"reason": reason, "legal_basis": legal_basis},
            papers=contents.ending(matter, reason=reason, legal_basis=legal_basis),
        )

    return carry_out(on, decide)

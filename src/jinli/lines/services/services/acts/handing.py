"""Hand an application over to the authority whose power it is: the clock runs on, the applicant is told (J9)."""

from __future__ import annotations

from jinli.cases.services.issuing import Seal
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.lines.services.selectors.elsewhere import bodies_above, decided_here
from jinli.lines.services.selectors.matters import Matter
from jinli.lines.services.services import contents
from jinli.lines.services.services.acts.making import Act, OnCase, carry_out
from jinli.town.competence import standing_of


def hand_over(on: OnCase, *, to: str, reason: str, legal_basis: str = "") -> str:
    """Hand over to the body with code `to`, above the town; it decides from now on, within the same limit.

    Raises RefusedError `services.hand_over.ours` while the town decides the matter itself, `services.hand_over.theirs`
    when that body has it already; InvalidInputError `services.hand_over.no_such_body`.
    """

    def decide(matter: Matter) -> Act:
        if decided_here(matter):
            raise RefusedError("services.hand_over.ours")
        if to not in dict(bodies_above(matter)):
            raise InvalidInputError("services.hand_over.no_such_body", field="to")
        fresh = on.version in (None, matter.case.version)  # else the engine says what happened meanwhile
        if fresh and matter.work.state.bodies.get("owner") == to:
            raise RefusedError("services.hand_over.theirs")
        bodies: dict[str, str] = {name: to for name in ("owner", "leader") if name in matter.work.procedure.bodies}
        return Act(
            move="hand_over",
            given={"reason": reason},
            facts={"handed_to": to},
            bodies=bodies,
            papers=contents.handed_over(matter, to=to, reason=reason, legal_basis=legal_basis),
            seal=_town(matter),
        )

    return carry_out(on, decide)


def _town(matter: Matter) -> Seal | None:
    """Return the seal of the town: the letter is its own, although the case is already the authority's."""
    standing, body = standing_of(matter.case.town), matter.acting.body or ""
    return Seal(body=standing.government(body)) if body in standing.bodies else None

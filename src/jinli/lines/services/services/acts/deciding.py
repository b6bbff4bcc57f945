"""Grant, grant at once, refuse: in writing, with reasons and remedies; silence never decides (J3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from jinli.cases.models import Case
from jinli.domain import licensing as rules
from jinli.domain.errors import InvalidInputError
from jinli.lines.services.selectors.authority import authority_of
from jinli.lines.services.selectors.matters import Matter
from jinli.lines.services.selectors.sizes import size_of
from jinli.lines.services.services import contents
from jinli.lines.services.services.acts.making import Act, OnCase, carry_out
from jinli.lines.services.services.following import Granted, follow, go_on, term_of


def verify_on_site(on: OnCase, *, people: Sequence[str], result: str) -> str:
    """Verify the substance on site by two persons at least (art. 34(3)).

    Raises InvalidInputError `domain.licensing.two_persons`.
    """

    def decide(matter: Matter) -> Act:
        found = list(rules.require_two(people))
        facts = {**size_of(matter), "verified_by": found}
        return Act(move="verify_on_site", given={"people": found, "result": result}, facts=facts)

    return carry_out(on, decide)


def grant(
    on: OnCase,
    *,
    reason: str,
    conditions: str = "",
    amount: int | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> str:
    """Grant what was applied for (art. 38(1)).

    Refused while an opinion is open, a promised material is missing, a verification or a hearing is due, or the
    number allowed is used up (arts. 34, 46-48, 57). `amount` in yuan for payments.
    """

    def decide(matter: Matter) -> Act:
        require_ready(matter)
        rules.require_kept_promise(matter.materials, matter.names)
        rules.require_verified(asked=bool(matter.item and matter.item.on_site), verified=matter.did("verify_on_site"))
        require_in_turn(matter)
        return granted_act(matter, "grant", reason, conditions, amount, (valid_from, valid_to))

    fen = amount * 100 if amount else None
    given = Granted(acting=on.acting, conditions=conditions, valid=(valid_from, valid_to), fen=fen)
    return carry_out(on, decide, along=partial(follow, given), after=lambda matter: go_on(matter, on.acting))


def grant_at_once(
    on: OnCase,
    *,
    reason: str,
    conditions: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> str:
    """Decide on the spot what can be decided on the spot (art. 34(2)); everything has to be there."""

    def decide(matter: Matter) -> Act:
        rules.require_complete(matter.materials, matter.names)
        rules.require_verified(asked=bool(matter.item and matter.item.on_site), verified=False)
        require_in_turn(matter)
        return granted_act(matter, "grant_at_once", reason, conditions, None, (valid_from, valid_to))

    given = Granted(acting=on.acting, conditions=conditions, valid=(valid_from, valid_to))
    return carry_out(on, decide, along=partial(follow, given), after=lambda matter: go_on(matter, on.acting))


def refuse(on: OnCase, *, reason: str, legal_basis: str) -> str:
    """Refuse in writing, with reasons, legal basis, and where to seek review or sue (art. 38(2))."""

    def decide(matter: Matter) -> Act:
        require_ready(matter)
        authority = authority_of(matter)
        return Act(
            move="refuse",
            given={"reason": reason, "legal_basis": legal_basis},
            papers=contents.refused(matter, authority, reason=reason, legal_basis=legal_basis),
        )

    return carry_out(on, decide)


def require_ready(matter: Matter) -> None:
    """See that nothing that was begun is still open: opinions, the time to ask for a hearing, the hearing."""
    waiting = [one.body for one in matter.open_opinions]
    rules.require_opinions_in(matter.body_names(*waiting).values() if waiting else ())
    rules.require_hearing_over(
        may_ask=matter.clock("hearing_ask") is not None,
        asked=matter.did("ask_hearing") or matter.did("summon_hearing"),
        held=matter.did("hold_hearing"),
    )


def require_in_turn(matter: Matter) -> None:
    """See that where the number is limited it is this one's turn (Licensing Law art. 57)."""
    if matter.item is None or matter.item.quantity is None:
        return
    alike = Case.objects.filter(
        town=matter.case.town, class_code=matter.case.class_code, procedure=matter.case.procedure
    )
    used = alike.filter(stage__in=("decided", "published", "delivered", "done", "granted")).count()
    waiting = alike.filter(stage__in=("accepted", "special"), entries__move__in=ACCEPTED)
    accepted = dict(waiting.values_list("number", "entries__happened_at"))
    accepted.setdefault(matter.case.number, matter.now)
    rules.require_turn(matter.case.number, accepted, matter.item.quantity - used)


#: Moves by which an application is accepted.
ACCEPTED = ("accept", "accept_with_promise", "deemed_accept")


def granted_act(
    matter: Matter,
    move: str,
    reason: str,
    conditions: str,
    amount: int | str | None,
    valid: tuple[date | None, date | None],
) -> Act:
    """Return a positive decision: what it carries and what its papers say; `amount` in yuan for payments."""
    given: dict[str, Any] = {"reason": reason}
    shown = ""
    if matter.procedure == "payment":
        if not amount or (isinstance(amount, int) and amount < 1):
            raise InvalidInputError("services.amount_needed", field="amount")
        given["amount"] = amount
        figure = f"{amount:,}" if isinstance(amount, int) else amount
        shown = contents.both("services.paper.yuan", amount=figure)["zh"]
    begins, ends = term_of(matter, valid)
    if ends is not None and ends < begins:
        raise InvalidInputError("services.valid_backwards", field="valid_to")
    term: dict[str, Any] = {"valid_from": begins, "valid_to": ends}
    facts = {name: day.isoformat() for name, day in term.items() if day is not None}
    authority = authority_of(matter)
    return Act(
        move=move,
        given=given,
        facts=facts,
        private={"conditions": conditions} if conditions else {},
        papers=contents.granted(matter, authority, reason=reason, conditions=conditions, amount=shown, valid=term),
    )

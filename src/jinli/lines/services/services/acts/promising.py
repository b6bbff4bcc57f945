"""Grant on a promise, check afterwards, let it be mended, revoke (告知承诺, Guangdong regulation 2022 art. 36).

The applicant chooses the way; whoever chose it is granted what is complete and checked later. A grant whose promise
was not kept and not mended in time is revoked (Licensing Law art. 69), in the register and on its papers too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from jinli.cases.models import Paper
from jinli.cases.services.granting import revoke_given
from jinli.cases.services.restating import Restate, restate_paper
from jinli.domain import licensing as rules
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.lines.services.selectors.authority import authority_of
from jinli.lines.services.selectors.matters import Matter
from jinli.lines.services.services import contents
from jinli.lines.services.services.acts.deciding import granted_act, require_in_turn, require_ready
from jinli.lines.services.services.acts.making import Act, OnCase, carry_out
from jinli.lines.services.services.following import Granted, follow, go_on

#: By this code the list of materials of a matter names the promise that the applicant signs.
PROMISE_LETTER: Final = "promise_letter"
_SHOWN: Final = ("decision_grant", "certificate")


def grant_on_promise(
    on: OnCase,
    *,
    reason: str,
    promise: str,
    conditions: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> str:
    """Grant what the applicant promised and handed in whole, to be checked afterwards.

    `promise` says what was promised. Secondary materials may still be brought to the check. Raises RefusedError
    `services.promise.not_chosen` when no promise was handed in, `domain.licensing.incomplete`, and as every grant.
    """

    def decide(matter: Matter) -> Act:
        require_ready(matter)
        if matter.materials.get(PROMISE_LETTER) != rules.GIVEN:
            raise RefusedError("services.promise.not_chosen")
        rows = matter.item.materials if matter.item else ()
        may_follow = {one.code for one in rows if one.secondary and one.later_days}
        now_due = {
            code: state
            for code, state in matter.materials.items()
            if not (code in may_follow and state in (rules.LATER, rules.MISSING))
        }
        rules.require_complete(now_due, matter.names)
        require_in_turn(matter)
        act = granted_act(matter, "grant_on_promise", reason, conditions, None, (valid_from, valid_to))
        return replace(act, given={**act.given, "promise": promise})

    given = Granted(acting=on.acting, conditions=conditions, valid=(valid_from, valid_to))
    return carry_out(on, decide, along=partial(follow, given), after=lambda matter: go_on(matter, on.acting))


def check_kept(on: OnCase, *, people: Sequence[str], result: str, seen: Sequence[str] = ()) -> str:
    """Say that two persons found on site what was promised (art. 34(3)); `seen` are materials brought to the check.

    Raises InvalidInputError `domain.licensing.two_persons`, RefusedError while a material for the check is missing.
    """
    return carry_out(on, lambda matter: _found(matter, "check_kept", people, {"result": result}, seen, whole=True))


def check_broken(on: OnCase, *, people: Sequence[str], reason: str, seen: Sequence[str] = ()) -> str:
    """Say what two persons found that does not fit; it is to be mended in time (for fire safety: its Law art. 58)."""
    return carry_out(on, lambda matter: _found(matter, "check_broken", people, {"reason": reason}, seen, whole=False))


def rectified(on: OnCase, *, people: Sequence[str], result: str, seen: Sequence[str] = ()) -> str:
    """Say that two persons found it mended."""
    return carry_out(on, lambda matter: _found(matter, "rectified", people, {"result": result}, seen, whole=True))


def _found(
    matter: Matter, move: str, people: Sequence[str], said: dict[str, str], seen: Sequence[str], *, whole: bool
) -> Act:
    found = list(rules.require_two(people))
    for code in seen:
        if code not in matter.materials:
            raise InvalidInputError("services.unknown_material", field="seen", material=code)
    states = {**matter.materials, **dict.fromkeys(seen, rules.GIVEN)}
    if whole:
        rules.require_complete(states, matter.names)
    facts = {"materials": states, "verified_by": found}
    return Act(move=move, given={"people": found, **said}, facts=facts)


def revoke_promised(on: OnCase, *, reason: str, legal_basis: str, heard: str) -> str:
    """Revoke what was granted on a promise that was neither kept nor mended in time (Licensing Law art. 69).

    `heard` is what the holder said to it, or that they said nothing (art. 7). The register and the papers of the grant
    follow in the same transaction. Raises RefusedError `services.promise.still_mending` while the time to mend runs.
    """

    def decide(matter: Matter) -> Act:
        mending = matter.clock("rectify")
        due = matter.work.book.due(mending) if mending is not None else None
        if due is not None and matter.now < due.at:
            raise RefusedError("services.promise.still_mending", day=due.last_day)
        return Act(
            move="revoke_promised",
            given={"reason": reason, "legal_basis": legal_basis},
            private={"heard": heard.strip()},
            papers=contents.revoked(matter, authority_of(matter), reason=reason, legal_basis=legal_basis),
        )

    def after(matter: Matter) -> None:
        revoke_given(matter.case, at=matter.now)
        for paper in Paper.objects.filter(case=matter.case, kind__in=_SHOWN, state=Paper.State.VALID):
            act = Restate(paper=paper.pk, was=paper.state, state=Paper.State.REVOKED, reason="breach")
            restate_paper(acting=on.acting, act=act)

    return carry_out(on, decide, after=after)

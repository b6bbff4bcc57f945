"""Accept, accept against a promise, refuse acceptance, correct on the spot (Licensing Law art. 32)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinli.domain import licensing as rules
from jinli.domain.competence import NOT_OURS
from jinli.domain.errors import InvalidInputError
from jinli.domain.limits import TimeLimit, Unit
from jinli.lines.services.selectors.matters import Matter
from jinli.lines.services.selectors.sizes import size_of
from jinli.lines.services.services import contents
from jinli.lines.services.services.acts.making import Act, OnCase, carry_out

_LATER_SOURCE = "广东省优化营商环境条例第三十二条（容缺受理），期限由事项规定"
_BY_HAND_SOURCE = "受理人当场承诺：规定和本镇承诺里都没有查到期限"


def correct_on_spot(on: OnCase, *, form: Mapping[str, Any], counts: Mapping[str, int] | None = None) -> str:
    """Let the applicant correct what can be corrected at once (art. 32(3)); the clock is not touched.

    `form` holds the changed fields only; they are kept with the applicant's other words and can be erased.
    Raises InvalidInputError `services.nothing_changed`.
    """

    def decide(matter: Matter) -> Act:
        if not form:
            raise InvalidInputError("services.nothing_changed", field="form")
        facts: dict[str, Any] = {"counts": dict(counts)} if counts else {}
        facts |= size_of(matter, form)
        return Act(move="correct_on_spot", private={"form": dict(form)}, facts=facts)

    return carry_out(on, decide)


def accept(on: OnCase, *, materials: Mapping[str, str] | None = None, by_hand: int | None = None) -> str:
    """Accept an application that is complete and in due form (art. 32(5)); the limits are pinned now.

    `by_hand` are working days that a named person promises where neither law nor town gives a limit (J5).
    Raises RefusedError `domain.licensing.incomplete`, InvalidInputError `services.promise_needed`.
    """

    def decide(matter: Matter) -> Act:
        found = _materials(matter, materials)
        rules.require_complete(found, matter.names)
        return Act(
            move="accept",
            terms=_limits(matter, by_hand),
            facts={**size_of(matter), "materials": found},
            papers=contents.acceptance(matter, found),
        )

    return carry_out(on, decide)


def accept_with_promise(on: OnCase, *, materials: Mapping[str, str], by_hand: int | None = None) -> str:
    """Accept with secondary materials to come later (容缺受理, Guangdong regulation 2022 art. 32; J19).

    The decision clock runs on meanwhile; until the paper is there nothing is granted. The longest of the limits of
    the promised materials counts. Raises as `accept`, RefusedError `domain.licensing.main_missing`.
    """

    def decide(matter: Matter) -> Act:
        found = _materials(matter, materials)
        rows = {row.code: row for row in matter.item.materials} if matter.item else {}
        secondary = [code for code, row in rows.items() if row.secondary and row.later_days]
        later = rules.require_tolerable(found, secondary, matter.names)
        days = max(rows[code].later_days or 0 for code in later)
        limit = TimeLimit(amount=days, unit=Unit.WORKING_DAY, source=_LATER_SOURCE)
        until = matter.work.book.due_of(matter.now, limit).last_day
        return Act(
            move="accept_with_promise",
            given={"material": list(later)},
            terms={**_limits(matter, by_hand), "later": limit},
            facts={**size_of(matter), "materials": found},
            papers=contents.tolerance(matter, found, later, until),
        )

    return carry_out(on, decide)


def refuse_acceptance(on: OnCase, *, reason: str, legal_basis: str, authority: str = "", not_ours: bool = False) -> str:
    """Refuse acceptance: no licence is needed, or the power is another's, which is then named (art. 32(1), (2)).

    Raises InvalidInputError `services.authority_needed` when the power is another's and nobody is named.
    """

    def decide(matter: Matter) -> Act:
        if not_ours and not authority.strip():
            raise InvalidInputError("services.authority_needed", field="authority")
        said = contents.non_acceptance(matter, reason=reason, legal_basis=legal_basis, authority=authority.strip())
        return Act(
            move="refuse_acceptance",
            given={"reason": reason, "legal_basis": legal_basis},
            facts={NOT_OURS: True} if not_ours else {},
            private={"authority": authority.strip()} if authority.strip() else {},
            papers=said,
        )

    return carry_out(on, decide)


def _materials(matter: Matter, given: Mapping[str, str] | None) -> dict[str, str]:
    found = {**matter.materials, **(given or {})}
    rules.require_states(found, matter.materials)
    allowed = [row.code for row in matter.item.materials if row.by_promise] if matter.item else []
    rules.require_promises(found, allowed, matter.names)
    return found


def _limits(matter: Matter, by_hand: int | None) -> dict[str, TimeLimit]:
    """Return the limits pinned at acceptance; those of the receipt stand in where the case names no item."""
    known = dict(matter.limits) or {
        name: matter.work.state.terms[name] for name in ("decide", "promised") if name in matter.work.state.terms
    }
    if known or matter.procedure == "licence":
        return known
    if by_hand is None:
        raise InvalidInputError("services.promise_needed", field="by_hand")
    return {"by_hand": TimeLimit(amount=by_hand, unit=Unit.WORKING_DAY, source=_BY_HAND_SOURCE)}

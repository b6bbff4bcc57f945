"""Tell once and in full what is missing, and take what is supplied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from jinli.cases.models import Case
from jinli.cases.services import attaching
from jinli.domain import licensing as rules
from jinli.domain.errors import InvalidInputError
from jinli.domain.limits import EndRule, TimeLimit, Unit
from jinli.lines.services.selectors.matters import Matter
from jinli.lines.services.services import contents
from jinli.lines.services.services.acts.making import Act, OnCase, carry_out
from jinli.town import moment

#: How long an applicant has to supply; a right that lapses, not a duty that is broken.
SUPPLY: Final = TimeLimit(
    amount=30, unit=Unit.CALENDAR_DAY, end_rule=EndRule.ROLL, source="平台约定：三十日内补齐，过期退件，可以重新申请"
)


def one_time_notice(on: OnCase, *, materials: Mapping[str, str]) -> str:
    """Tell everything that is missing, once (art. 32(4)); a second notice is refused.

    `materials` is the whole list: what is marked missing (or to come later) is what the notice asks for.
    Raises RefusedError `domain.licensing.told_once`, InvalidInputError `domain.licensing.nothing_missing`.
    """

    def decide(matter: Matter) -> Act:
        rules.require_first_notice(matter.did("one_time_notice"))
        found = {**matter.materials, **materials}
        rules.require_states(found, matter.materials)
        missing = rules.require_missing(found)
        found |= dict.fromkeys(missing, rules.MISSING)
        terms = {} if "supply" in matter.work.state.terms else {"supply": SUPPLY}
        return Act(
            move="one_time_notice",
            given={"material": list(missing)},
            terms=terms,
            facts={"materials": found, "asked": list(missing)},
            papers=contents.one_time_notice(matter, found, missing),
        )

    return carry_out(on, decide)


def supply(
    on: OnCase,
    *,
    codes: Sequence[str],
    form: Mapping[str, Any] | None = None,
    uploads: Sequence[attaching.Upload] = (),
    belongs: Sequence[str] = (),
) -> str:
    """Take materials: what was missing, or what was promised for later.

    `uploads` are files, `belongs` the material each of them is for. The clock that waits stops only when the
    application is accepted or the last promised material is there.
    Raises InvalidInputError `services.unknown_material`, `services.nothing_supplied`; as `attaching.store`.
    """
    stored = attaching.store(uploads)
    private: dict[str, Any] = attaching.payload_of(stored)
    if stored:
        private["for"] = {str(one.id): code for one, code in zip(stored, belongs, strict=True)}
    if form:
        private["form"] = dict(form)

    def decide(matter: Matter) -> Act:
        if not codes and not form:
            raise InvalidInputError("services.nothing_supplied", field="materials")
        for code in codes:
            if code not in matter.materials:
                raise InvalidInputError("services.unknown_material", field="materials", material=code)
        found = {**matter.materials, **dict.fromkeys(codes, rules.GIVEN)}
        move = "supply_last" if _last(matter, found) else "supply"
        given = {"material": list(codes) or ["form"]}
        return Act(move=move, given=given, facts={"materials": found}, private=private)

    def after(matter: Matter) -> None:
        case = Case.objects.get(pk=matter.case.pk)
        attaching.keep(case=case, entry_seq=case.seq, stored=stored, at=moment.now())

    return carry_out(on, decide, after=after if stored else None)


def _last(matter: Matter, found: Mapping[str, str]) -> bool:
    """Return whether this brings the last of what was promised."""
    promised = rules.of_state(matter.materials, rules.LATER)
    return bool(promised) and matter.did("accept_with_promise") and not rules.of_state(found, rules.LATER)

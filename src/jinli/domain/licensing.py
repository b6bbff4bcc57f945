"""What the law asks of an act on a government matter beyond stages and clocks. No clock, no input or output here.

The Licensing Law binds licences only (DOMAIN.md J5); each rule names its article, and what is only the town's own
convention says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.domain.limits import EndRule, TimeLimit, Unit

#: How a material stands: handed in, held by the town, missing, promised for later, replaced by a promise, waived.
GIVEN, HELD, MISSING, LATER, PROMISED, WAIVED = "given", "held", "missing", "later", "promised", "waived"
STATES: Final = (GIVEN, HELD, MISSING, LATER, PROMISED, WAIVED)
#: What alone stops the clock of a licence (Licensing Law art. 45).
SPECIAL: Final = (
    "hearing", "tender", "auction", "inspection", "testing", "quarantine", "appraisal", "expert_review",
)  # fmt: skip
OPINIONS: Final = ("agree", "agree_with_conditions", "disagree")
WAYS: Final = ("counter", "post", "electronic")

#: Limits that the law itself sets where no other law or regulation does.
LICENCE_LIMIT: Final = TimeLimit(
    amount=20, unit=Unit.WORKING_DAY, end_rule=EndRule.ROLL, article="行政许可法第四十二条第一款"
)
JOINT_LIMIT: Final = TimeLimit(
    amount=45, unit=Unit.WORKING_DAY, end_rule=EndRule.ROLL, article="行政许可法第四十二条第二款"
)
#: A hearing is held within so many days of being asked for, and its notice goes out so many days before (art. 47, 48).
HEARING_WITHIN: Final = TimeLimit(
    amount=20, unit=Unit.WORKING_DAY, end_rule=EndRule.ROLL, article="行政许可法第四十七条"
)
HEARING_NOTICE: Final = TimeLimit(
    amount=7, unit=Unit.WORKING_DAY, end_rule=EndRule.ROLL, article="行政许可法第四十八条第一款第一项"
)
#: A publication that is altered or annulled is corrected or taken down within so many days (platform convention).
CORRECTION_WITHIN: Final = TimeLimit(
    amount=3,
    unit=Unit.WORKING_DAY,
    source="平台约定：许可被变更、撤销的，三个工作日内更正或者撤下（参照行政处罚法第四十八条）",
)
_LONGEST: Final = {False: 10, True: 15}


def of_state(materials: Mapping[str, str], *states: str) -> tuple[str, ...]:
    """Return the codes of the materials in one of some states, in their order."""
    return tuple(code for code, state in materials.items() if state in states)


def require_states(materials: Mapping[str, str], known: Iterable[str]) -> None:
    """Refuse a list of materials that says something nobody can read, or leaves one out.

    Raises InvalidInputError `domain.licensing.unknown_state`, `domain.licensing.material_left_out`.
    """
    for code, state in materials.items():
        if state not in STATES:
            raise InvalidInputError("domain.licensing.unknown_state", field="materials", material=code, state=state)
    for code in known:
        if code not in materials:
            raise InvalidInputError("domain.licensing.material_left_out", field="materials", material=code)


def require_complete(materials: Mapping[str, str], names: Mapping[str, str]) -> None:
    """Accept only what is complete and in due form (Licensing Law art. 32(5)).

    Raises RefusedError `domain.licensing.incomplete`; the missing ones are told at once, and only once.
    """
    missing = of_state(materials, MISSING, LATER)
    if missing:
        raise RefusedError("domain.licensing.incomplete", field="materials", missing=_named(missing, names))


def require_tolerable(
    materials: Mapping[str, str], secondary: Iterable[str], names: Mapping[str, str]
) -> tuple[str, ...]:
    """Return what is promised for later: secondary materials only (Guangdong regulation 2022 art. 32).

    Raises RefusedError `domain.licensing.main_missing`, InvalidInputError `domain.licensing.nothing_promised`.
    """
    allowed = set(secondary)
    main = [
        code
        for code, state in materials.items()
        if state == MISSING or (state == LATER and code not in allowed)
    ]  # fmt: skip
    if main:
        raise RefusedError("domain.licensing.main_missing", field="materials", missing=_named(main, names))
    later = of_state(materials, LATER)
    if not later:
        raise InvalidInputError("domain.licensing.nothing_promised", field="materials")
    return later


def require_promises(materials: Mapping[str, str], allowed: Iterable[str], names: Mapping[str, str]) -> None:
    """See that a promise stands only for what the published list allows (告知承诺, Guangdong regulation 2022 art. 36).

    Raises RefusedError `domain.licensing.no_promise_for`.
    """
    wrong = [code for code in of_state(materials, PROMISED) if code not in set(allowed)]
    if wrong:
        raise RefusedError("domain.licensing.no_promise_for", field="materials", missing=_named(wrong, names))


def require_missing(materials: Mapping[str, str]) -> tuple[str, ...]:
    """Return everything a one-time notice asks for.

    Raises InvalidInputError `domain.licensing.nothing_missing`: a notice without content would only gain time.
    """
    missing = of_state(materials, MISSING, LATER)
    if not missing:
        raise InvalidInputError("domain.licensing.nothing_missing", field="materials")
    return missing


def require_first_notice(told_before: bool) -> None:
    """Tell everything once (Licensing Law art. 32(4); for other matters the regulation on the business environment).

    Raises RefusedError `domain.licensing.told_once`.
    """
    if told_before:
        raise RefusedError("domain.licensing.told_once", article="行政许可法第三十二条第一款第四项")


def require_asked_for(codes: Iterable[str], asked: Iterable[str], names: Mapping[str, str]) -> None:
    """Ask for nothing that the one notice did not name.

    Raises RefusedError `domain.licensing.not_asked_before`.
    """
    known = set(asked)
    new = [code for code in codes if code not in known]
    if new:
        raise RefusedError(
            "domain.licensing.not_asked_before", field="materials", missing=_named(new, names),
            article="行政许可法第三十二条第一款第四项",
        )  # fmt: skip


def require_special(kind: str) -> None:
    """Stop the clock for what article 45 lists and for nothing else; missing papers are not on the list (J6).

    Raises RefusedError `domain.licensing.not_special`.
    """
    if kind not in SPECIAL:
        raise RefusedError("domain.licensing.not_special", field="kind", kind=kind, article="行政许可法第四十五条")


def require_extension(*, amount: int, limit: TimeLimit, joint: bool) -> None:
    """Extend by ten working days at most, by fifteen where several bodies decide together (Licensing Law art. 42).

    Raises RefusedError `domain.licensing.extension_too_long`, `domain.licensing.extension_unit`.
    """
    most = _LONGEST[joint]
    if limit.unit is not Unit.WORKING_DAY:
        raise RefusedError("domain.licensing.extension_unit", field="amount", article="行政许可法第四十二条")
    if not 1 <= amount <= most:
        raise RefusedError(
            "domain.licensing.extension_too_long", field="amount", most=most, article="行政许可法第四十二条"
        )


def require_opinions_in(waiting: Iterable[str]) -> None:
    """Decide only when every opinion asked for is in or taken back (platform convention).

    Raises RefusedError `domain.licensing.opinions_open`.
    """
    names = tuple(waiting)
    if names:
        raise RefusedError("domain.licensing.opinions_open", bodies="、".join(names))


def require_kept_promise(materials: Mapping[str, str], names: Mapping[str, str]) -> None:
    """Grant nothing while a material promised for later is not there (Guangdong regulation 2022 art. 32).

    Raises RefusedError `domain.licensing.promised_missing`.
    """
    open_ = of_state(materials, LATER, MISSING)
    if open_:
        raise RefusedError("domain.licensing.promised_missing", missing=_named(open_, names))


def require_two(people: Iterable[str]) -> tuple[str, ...]:
    """Verify the substance on site by two persons at least (Licensing Law art. 34(3)).

    Raises InvalidInputError `domain.licensing.two_persons`.
    """
    found = tuple(dict.fromkeys(one for one in people if one))
    if len(found) < 2:
        raise InvalidInputError("domain.licensing.two_persons", field="people", article="行政许可法第三十四条第三款")
    return found


def require_verified(*, asked: bool, verified: bool) -> None:
    """Decide only after the verification on site that the item asks for (Licensing Law art. 34(3)).

    Raises RefusedError `domain.licensing.not_verified`.
    """
    if asked and not verified:
        raise RefusedError("domain.licensing.not_verified", article="行政许可法第三十四条第三款")


def first_in_turn(accepted: Mapping[str, datetime], left: int) -> tuple[str, ...]:
    """Return who may still be granted where the number is limited: in the order of acceptance (Licensing Law art. 57).

    `accepted` is case number -> when it was accepted; `left` is how many may still be granted.
    """
    return tuple(sorted(accepted, key=lambda number: (accepted[number], number)))[: max(left, 0)]


def require_turn(number: str, accepted: Mapping[str, datetime], left: int) -> None:
    """Grant where the number is limited only to whose turn it is (Licensing Law art. 57).

    Raises RefusedError `domain.licensing.quantity_used`, `domain.licensing.not_in_turn`.
    """
    if left < 1:
        raise RefusedError("domain.licensing.quantity_used", article="行政许可法第五十七条")
    turn = first_in_turn(accepted, left)
    if number not in turn:
        raise RefusedError("domain.licensing.not_in_turn", article="行政许可法第五十七条", first="、".join(turn))


def require_hearing_day(*, held_at: datetime, earliest: datetime, due: datetime | None) -> None:
    """Give notice of a hearing seven days before it, and hold it within twenty of being asked (arts. 47, 48).

    `earliest` is when the seven days are over, `due` when the twenty are; None where nobody asked for it.
    Raises RefusedError `domain.licensing.notice_too_short`, `domain.licensing.hearing_too_late`.
    """
    if held_at < earliest:
        raise RefusedError(
            "domain.licensing.notice_too_short", field="held_at", earliest=earliest,
            article="行政许可法第四十八条第一款第一项",
        )  # fmt: skip
    if due is not None and held_at >= due:
        raise RefusedError(
            "domain.licensing.hearing_too_late", field="held_at", last=_last_day(due), article="行政许可法第四十七条"
        )


def require_impartial(chair: str, examiners: Iterable[str]) -> None:
    """Let somebody else than the examiner of the application chair the hearing (Licensing Law art. 48(3)).

    Raises RefusedError `domain.licensing.chair_examines`.
    """
    if not chair:
        raise InvalidInputError("domain.licensing.no_chair", field="chair")
    if chair in set(examiners):
        raise RefusedError("domain.licensing.chair_examines", field="chair", article="行政许可法第四十八条第一款第三项")


def require_hearing_over(*, may_ask: bool, asked: bool, held: bool) -> None:
    """Decide only when the time to ask for a hearing is over, and after a hearing that was asked for (arts. 46-48).

    Raises RefusedError `domain.licensing.hearing_open`, `domain.licensing.hearing_not_held`.
    """
    if asked and not held:
        raise RefusedError("domain.licensing.hearing_not_held", article="行政许可法第四十八条第二款")
    if may_ask and not asked:
        raise RefusedError("domain.licensing.hearing_open", article="行政许可法第四十七条")


def _last_day(due: datetime) -> date:
    return (due - timedelta(seconds=1)).date()


def _named(codes: Iterable[str], names: Mapping[str, str]) -> str:
    return "、".join(names.get(code, code) for code in codes)

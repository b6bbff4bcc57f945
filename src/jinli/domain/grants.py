"""What may happen to a licence or another grant (Administrative Licensing Law arts. 49-50, 69-70)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from jinli.domain.errors import RefusedError


class GrantState(StrEnum):
    """What a grant is now."""

    VALID = "valid"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REPLACED = "replaced"


class GrantAct(StrEnum):
    """What can be done to a grant."""

    GIVE = "give"
    SUSPEND = "suspend"
    RESUME = "resume"
    REVOKE = "revoke"
    CANCEL = "cancel"
    CHANGE = "change"
    RENEW = "renew"
    DEEMED_RENEWED = "deemed_renewed"
    EXPIRE = "expire"
    REPLACE = "replace"


_LIVE: Final = frozenset({GrantState.VALID, GrantState.SUSPENDED})
#: act -> from which states, and what the grant is then; None leaves it as it is.
RULES: Final[Mapping[GrantAct, tuple[frozenset[GrantState], GrantState | None]]] = {
    GrantAct.SUSPEND: (frozenset({GrantState.VALID}), GrantState.SUSPENDED),
    GrantAct.RESUME: (frozenset({GrantState.SUSPENDED}), GrantState.VALID),
    GrantAct.REVOKE: (_LIVE, GrantState.REVOKED),
    # An expired or revoked licence is cancelled too: art. 70 (1), (4).
    GrantAct.CANCEL: (_LIVE | {GrantState.EXPIRED, GrantState.REVOKED}, GrantState.CANCELLED),
    GrantAct.CHANGE: (frozenset({GrantState.VALID}), None),
    # An application in time keeps the grant alive until it is decided, also on the day it would have ended (art. 50).
    GrantAct.RENEW: (frozenset({GrantState.VALID}), None),
    GrantAct.DEEMED_RENEWED: (frozenset({GrantState.VALID}), None),
    GrantAct.EXPIRE: (_LIVE, GrantState.EXPIRED),
    GrantAct.REPLACE: (_LIVE, GrantState.REPLACED),
}
#: Acts that a body decides in a case of its own, each with the article it rests on.
CHANGES: Final[Mapping[GrantAct, str]] = {
    GrantAct.SUSPEND: "",
    GrantAct.RESUME: "",
    GrantAct.REVOKE: "行政许可法第六十九条",
    GrantAct.CANCEL: "行政许可法第七十条",
    GrantAct.CHANGE: "行政许可法第四十九条",
}
#: The holder asks for renewal this many days before the end (art. 50); plain days, a reading that is disputed.
ASK_BEFORE_DAYS: Final = 30
#: The holder is told this many days before the end (house convention).
TELL_BEFORE_DAYS: Final = (60, 30)


def state_after(state: str, act: GrantAct) -> GrantState:
    """Return what a grant is after an act. Raises RefusedError `domain.grant.not_now`."""
    sources, after = RULES[act]
    present = GrantState(state)
    if present not in sources:
        raise RefusedError("domain.grant.not_now", act=f"domain.grant.act.{act}", state=f"domain.grant.state.{state}")
    return after or present


def possible(state: str) -> tuple[GrantAct, ...]:
    """Return which changes a body may decide on a grant in this state."""
    return tuple(act for act in CHANGES if GrantState(state) in RULES[act][0])


def next_end(valid_from: date, valid_to: date) -> date:
    """Return the end of a further term as long as the one that ends; whole months where the term has whole months.

    The law says that a licence is renewed, not for how long; the same term again is a house convention.
    """
    after = valid_to + timedelta(days=1)
    months = (after.year - valid_from.year) * 12 + after.month - valid_from.month
    if months > 0 and after.day == valid_from.day:
        year, month = divmod(after.year * 12 + after.month - 1 + months, 12)
        return _day_of(year, month + 1, after.day) - timedelta(days=1)
    return valid_to + (after - valid_from)


def _day_of(year: int, month: int, day: int) -> date:
    """Return that day, or the first of the next month where the month has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)


def asked_in_time(valid_to: date, on: date) -> bool:
    """Return whether a renewal asked for on a day comes at least thirty days before the end (art. 50)."""
    return on <= valid_to - timedelta(days=ASK_BEFORE_DAYS)

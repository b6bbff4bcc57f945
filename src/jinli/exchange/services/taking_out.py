"""Take a list with personal data out whole: only with a reason, and recorded before the file is made."""

from __future__ import annotations

from jinli.domain.errors import RefusedError
from jinli.packs.prescribed import LayoutRow
from jinli.town.acting import Acting
from jinli.town.people import read_in_full
from jinli.ui.words import say_in


def may_not_take_whole(acting: Acting) -> RefusedError | None:
    """Return why personal columns stay covered: whole lists are for those who read all of the town, not for audit."""
    if "auditor" in acting.roles:
        return RefusedError("cases.reporter.auditor")
    return None if acting.reads_all else RefusedError("exchange.layout.not_whole")


def record_whole(*, acting: Acting, layout: LayoutRow, count: int, reason: str) -> None:
    """Note in the access log that somebody takes a list out with personal data whole.

    One entry for the whole list: it names the layout and how many rows it had.

    Raises
    ------
    RefusedError : it is not for this person.
    InvalidInputError : no reason was given.
    """
    refused = may_not_take_whole(acting)
    if refused is not None:
        raise refused
    what = say_in("zh-hans", "exchange.layout.log", layout=layout.title[:40], count=count)
    read_in_full(acting, what, "", reason)

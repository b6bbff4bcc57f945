"""What a machine gives with a move, checked as the form of a page checks it: names, kinds and known values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from jinli.cases.selectors.names import staff_of
from jinli.domain.errors import InvalidInputError
from jinli.domain.procedure import Move
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.models import Division
from jinli.town.selectors import duty_lines_at, local_day

#: Answers whose meaning only a line of work knows; a move that takes one is made by that line.
OF_A_LINE: Final = frozenset({"assisting", "exit", "handler", "kind", "lead", "promise", "standard"})
_MOST: Final = 4000


def checked(*, acting: Acting, town: Division, move: Move, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was given with a move, each in the kind the rules take.

    Raises
    ------
    InvalidInputError : at the field: the move does not take it, it is of the wrong kind, or it names nobody known.
    """
    taken = set(move.needs) | ({"amount"} if move.extends else set()) | ({"late_reason"} if move.back_record else set())
    strange = next((name for name in given if name not in taken), None)
    if strange is not None:
        raise InvalidInputError("cases.given.not_taken", field=strange, name=strange, move=move.code)
    found = {name: _KINDS.get(name, _text)(name, value) for name, value in given.items() if value not in (None, "")}
    if "person" in found and UUID(found["person"]) not in staff_of(acting):
        raise InvalidInputError("cases.given.not_of_your_body", field="person")
    if "duty_line" in found:
        lines = duty_lines_at(town, local_day(town, moment.now()))
        if not lines.filter(code=found["duty_line"]).exists():
            raise InvalidInputError("cases.given.no_such_line", field="duty_line", found=found["duty_line"])
    return found


def _text(name: str, value: object) -> str:
    if not isinstance(value, str) or len(value) > _MOST:
        raise InvalidInputError("cases.given.text", field=name, name=name, most=_MOST)
    return value.strip()


def _whole(lowest: int, highest: int) -> Callable[[str, object], int]:
    def read(name: str, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            raise InvalidInputError(
                "cases.given.whole", field=name, name=name, lowest=lowest, highest=highest, found=str(value)[:40]
            )
        return value

    return read


def _moment(name: str, value: object) -> str:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise InvalidInputError("cases.given.moment", field=name, name=name)
    return found.isoformat()


def _person(name: str, value: object) -> str:
    try:
        return str(UUID(str(value)))
    except ValueError:
        raise InvalidInputError("cases.given.not_of_your_body", field=name) from None


_KINDS: Final[dict[str, Callable[[str, object], Any]]] = {
    "amount": _whole(1, 3650),
    "rating": _whole(1, 5),
    "until": _moment,
    "started_at": _moment,
    "person": _person,
}

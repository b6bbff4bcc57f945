"""Give several cases to one person: the same move for each, and no clock is touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from jinli.cases.models import Case
from jinli.cases.selectors.names import staff_of
from jinli.cases.selectors.visible import visible_cases
from jinli.cases.services.moving import MakeMove, make_move
from jinli.domain.errors import DomainError
from jinli.town.acting import Acting

MOVE: Final = "assign_person"
AT_ONCE: Final = 200


@dataclass(frozen=True, kw_only=True)
class Assigned:
    """To whom how many were given, and which were refused why."""

    person: str
    count: int
    refused: tuple[tuple[str, DomainError], ...]


def assign_many(*, acting: Acting, picks: Sequence[str], person: str) -> Assigned:
    """Give each chosen piece of work to a person of the own body; one that cannot be given leaves the others alone.

    `picks` are case, track and the version that the page showed, joined by colons. To somebody who does not act for
    this body nothing is given.
    """
    staff = {str(pk): name for pk, name in staff_of(acting).items()}
    wanted = [one for one in map(_read, dict.fromkeys(picks[:AT_ONCE])) if one is not None]
    if not wanted or person not in staff:
        return Assigned(person="", count=0, refused=())
    numbers: dict[UUID, str] = dict(
        visible_cases(acting).filter(pk__in={case for case, _, _ in wanted}).values_list("pk", "number")
    )
    count, refused = 0, []
    for case, track, version in wanted:
        if case not in numbers:
            continue
        act = MakeMove(case=case, move=MOVE, track=track, version=version, given={"person": person})
        try:
            make_move(acting=acting, act=act)
            count += 1
        except DomainError as error:
            refused.append((numbers[case], error))
        except Case.DoesNotExist:
            continue
    return Assigned(person=staff[person], count=count, refused=tuple(refused))


def _read(pick: str) -> tuple[UUID, str, int] | None:
    case, _, rest = pick.partition(":")
    track, _, version = rest.partition(":")
    try:
        return UUID(case), track, int(version)
    except ValueError:
        return None

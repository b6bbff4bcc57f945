"""The stamp of a division: by it every process knows whether what it remembers of the registers still stands."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import lru_cache, update_wrapper
from typing import Concatenate, Generic, ParamSpec, TypeVar
from uuid import UUID

from jinli.town.ids import new_id
from jinli.town.models import Division

Asked = ParamSpec("Asked")
Known = TypeVar("Known")


def renew_time_stamps(division: Division) -> None:
    """Give a division and all below it a new stamp: what processes remember of its registers is no longer in force.

    To be called in the transaction that changes a register.
    """
    layer = [division.pk]
    while layer:
        Division.objects.filter(pk__in=layer).update(time_stamp=new_id())
        layer = list(Division.objects.filter(parent__in=layer).values_list("pk", flat=True))


@dataclass(frozen=True)
class _Stamped:
    """A division in one state of its registers."""

    pk: int
    stamp: UUID
    division: Division = field(compare=False, repr=False)


class UnderStamp(Generic[Asked, Known]):
    """Remember in this process what a function reads of a division, for as long as the division's stamp stands.

    The stamp came with the division's row, which every request reads anyway; another stamp is another key, so no
    process has to be told of a change. The function may read only registers whose changes renew the stamp, and what it
    returns is shared: nobody may change it. A division without its true stamp (`Division(pk=...)`) finds nothing.
    """

    def __init__(self, read: Callable[Concatenate[Division, Asked], Known]) -> None:
        update_wrapper(self, read)
        free: Callable[..., Known] = read

        @lru_cache(maxsize=1024)
        def held(stamped: _Stamped, *asked: Hashable) -> Known:
            return free(stamped.division, *asked)

        self._held = held

    def __call__(self, division: Division, *asked: Asked.args, **named: Asked.kwargs) -> Known:
        """Return what is remembered, else read it; arguments are given by position."""
        if named:
            raise TypeError("what is remembered under a stamp is asked for by position")
        return self._held(_Stamped(division.pk, division.time_stamp, division), *asked)

    def forget(self) -> None:
        """Forget everything (something changed while a division in hand still carries the old stamp)."""
        self._held.cache_clear()


def under_stamp(read: Callable[Concatenate[Division, Asked], Known]) -> UnderStamp[Asked, Known]:
    """Return the function with a memory, see `UnderStamp`."""
    return UnderStamp(read)

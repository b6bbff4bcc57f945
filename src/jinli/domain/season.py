"""The days of an enrolment season, and what may be done on which of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from jinli.domain.errors import InvalidInputError, RefusedError


@dataclass(frozen=True, kw_only=True)
class Days:
    """The published days; each span includes its last day.

    Attributes
    ----------
    publish_on : by when dates, places and points table are out.
    check_to : last day on which points are looked at.
    ranking_on, offers_on : first day on which the ranking is sealed, and offers go out.
    """

    publish_on: date
    apply_from: date
    apply_to: date
    check_to: date
    ranking_on: date
    appeal_from: date
    appeal_to: date
    offers_on: date

    def in_order(self) -> Iterator[tuple[str, date]]:
        """Yield the days in the order in which they have to follow each other."""
        for name in self.__dataclass_fields__:
            yield name, getattr(self, name)


def require_order(days: Days) -> None:
    """See that no day comes before the one it follows. Raises InvalidInputError `domain.season.order` at the field."""
    before: tuple[str, date] | None = None
    for name, day in days.in_order():
        if before is not None and day < before[1]:
            raise InvalidInputError("domain.season.order", field=name, day=day, before=before[1])
        before = (name, day)
    if days.offers_on <= days.appeal_to:
        raise InvalidInputError("domain.season.order", field="offers_on", day=days.offers_on, before=days.appeal_to)


def require_within(today: date, first: date, last: date | None = None) -> None:
    """See that something is done neither too early nor too late; `last` is the last day on which it may be done.

    Raises RefusedError `domain.season.too_early` with the first day, `domain.season.too_late` with the last.
    """
    if today < first:
        raise RefusedError("domain.season.too_early", first=first)
    if last is not None and today > last:
        raise RefusedError("domain.season.too_late", last=last)

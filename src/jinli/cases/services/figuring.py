"""Publish a figure, release it to a wider audience, take the release back. The row keeps its own history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from jinli.cases.models import Figure
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.domain.rates import DEFINITIONS, Audience, Rate
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.models import Division, Duty

PUBLISHERS: Final = frozenset({Duty.Role.COMMAND_CENTRE, Duty.Role.TOWN_HEAD})
RELEASERS: Final = frozenset({Duty.Role.TOWN_HEAD})
#: Within these no release is needed.
INSIDE: Final = (Audience.UNIT, Audience.TOWN)


@dataclass(frozen=True, kw_only=True)
class Value:
    """A counted value, ready to be published.

    Attributes
    ----------
    period : such as `2026-09`.
    filter : the filter that gives the lists again, with `as_of`.
    body : primary key of one body, None for the whole town.
    """

    rate: Rate
    period: str
    filter: Mapping[str, str]
    as_of: datetime
    body: int | None = None
    audience: Audience = Audience.TOWN


def publish_figure(*, acting: Acting, town: Division, value: Value) -> Figure:
    """Write a value for those inside the town; a release of an earlier value does not carry over to a new one.

    Raises
    ------
    RefusedError : not the command centre or the town head of this town.
    InvalidInputError : nobody defined this figure; the audience is wider than the town.
    """
    _may(acting, PUBLISHERS, town.pk)
    if value.rate.code not in DEFINITIONS:
        raise InvalidInputError("cases.figure.no_such_figure", field="code", found=value.rate.code)
    if value.audience not in INSIDE:
        raise InvalidInputError("cases.figure.audience", field="audience")
    rate = value.rate
    numbers = {
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "excluded": rate.left_out,
        "parts": dict(rate.excluded),
        "filter": dict(value.filter),
    }
    with transaction.atomic():
        rows = Figure.objects.select_for_update()
        row = rows.filter(town=town, code=rate.code, period=value.period, body=value.body).first()
        if row is not None and all(getattr(row, name) == number for name, number in numbers.items()):
            return row
        if row is None:
            row = Figure(town=town, code=rate.code, period=value.period, body_id=value.body)
        for name, number in numbers.items():
            setattr(row, name, number)
        row.as_of = value.as_of
        row.audience = value.audience
        row.released_by, row.released_at, row.revoked_at = None, None, None
        _note(row, acting, "publish")
        row.save()
    return row


def release_figure(*, acting: Acting, figure: UUID, audience: str, as_of: datetime) -> Figure:
    """Release one value to the district or the public (the town head only).

    `as_of` is that of the value the page showed, so that nobody releases a number they have not seen.

    Raises
    ------
    RefusedError : not the town head; the definition does not allow that audience; the value changed meanwhile.
    InvalidInputError : no such audience.
    Figure.DoesNotExist : no such figure in the town of the one who acts.
    """
    try:
        wanted = Audience(audience)
    except ValueError:
        raise InvalidInputError("cases.figure.audience", field="audience") from None
    if wanted in INSIDE:
        raise InvalidInputError("cases.figure.audience", field="audience")
    with transaction.atomic():
        row = _held(acting, figure)
        if row.as_of != as_of:
            raise RefusedError("cases.figure.changed", field="as_of")
        if DEFINITIONS[row.code].widest.reaches(wanted) is False:
            raise RefusedError("cases.figure.not_for_them", field="audience")
        row.audience = wanted
        row.released_by_id, row.released_at, row.revoked_at = acting.person, moment.now(), None
        _note(row, acting, "release")
        row.save()
    return row


def revoke_figure(*, acting: Acting, figure: UUID) -> Figure:
    """Take a release back: from now on the value is for the town again. Raises as `release_figure`."""
    with transaction.atomic():
        row = _held(acting, figure)
        if row.audience in INSIDE:
            raise RefusedError("cases.figure.not_released", field="audience")
        row.audience = Audience.TOWN
        row.revoked_at = moment.now()
        _note(row, acting, "revoke")
        row.save()
    return row


def _held(acting: Acting, figure: UUID) -> Figure:
    row = Figure.objects.select_for_update(of=("self",)).get(pk=figure, town=acting.town)
    _may(acting, RELEASERS, row.town_id)
    return row


def _may(acting: Acting, roles: frozenset[Any], town: int) -> None:
    if not acting.roles & roles or acting.town != town or acting.person is None:
        raise RefusedError("cases.figure.not_yours")


def _note(row: Figure, acting: Acting, act: str) -> None:
    """Add one line to the row's own history: who, under which duty and hat, and which value."""
    row.history = [
        *row.history,
        {
            "act": act,
            "at": moment.now().isoformat(),
            "person": str(acting.person),
            "body": acting.body,
            "duty": acting.duty,
            "hat": acting.hat,
            "audience": str(row.audience),
            "numerator": row.numerator,
            "denominator": row.denominator,
            "as_of": row.as_of.isoformat(),
        },
    ]

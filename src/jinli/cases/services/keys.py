"""Idempotency: the same request under the same key gives the first answer; numbers never repeat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, connection, transaction

from jinli.cases.models import RequestKey
from jinli.domain.errors import ConflictError, InvalidInputError
from jinli.domain.journal import canonical
from jinli.town.acting import Acting
from jinli.town.models import Division


def digest(request: Mapping[str, Any]) -> str:
    """Return what identifies a request, whatever the order of its fields."""
    return sha256(canonical(request).encode()).hexdigest()


def actor_token(acting: Acting) -> str:
    """Return who a key belongs to; residents share one space, since their keys are random form tokens."""
    return str(acting.person) if acting.person else acting.hat


def first_answer(
    town: Division, acting: Acting, key: str | None, request: str, answer: str, at: datetime
) -> list[RequestKey]:
    """Return the row that keeps the answer under the key, to be written with the change; no row without a key.

    When it is there already a twin was faster; `once` turns the IntegrityError into the twin's answer.
    """
    if not key:
        return []
    return [RequestKey(town=town, actor=actor_token(acting), key=key[:80], request=request, answer=answer, at=at)]


def answered(town: Division, acting: Acting, key: str | None, request: str) -> str | None:
    """Return the first answer given under this key, `None` when there is none.

    Raises
    ------
    InvalidInputError : the key was used for another request (HTTP 422).
    """
    if not key:
        return None
    row = RequestKey.objects.filter(town=town, actor=actor_token(acting), key=key[:80]).first()
    if row is None:
        return None
    if row.request != request:
        raise InvalidInputError("cases.key_reused", field="key", key=key)
    return row.answer


def once(town: Division, acting: Acting, key: str | None, request: str, act: Callable[[], str]) -> str:
    """Run `act` in one transaction unless the key was answered before; return the answer in both cases.

    Raises
    ------
    ConflictError : something else collided; nothing was written.
    """
    try:
        with transaction.atomic():
            return act()
    except IntegrityError as error:
        first = answered(town, acting, key, request)
        if first is None:
            raise ConflictError("cases.collided") from error
        return first


def next_number(town: Division, prefix: str, at: datetime, count: int = 1) -> int:
    """Return the first of `count` new numbers in the series of this prefix and year."""
    series = f"{prefix}{at.year}"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_numberseries (town_id, series, last) VALUES (%s, %s, %s)"
            " ON CONFLICT (town_id, series) DO UPDATE SET last = cases_numberseries.last + excluded.last"
            " RETURNING last",
            [town.pk, series, count],
        )
        row = cursor.fetchone()
    assert row is not None
    return int(row[0]) - count + 1


def next_serials(town: Division, wanted: Mapping[str, int]) -> dict[str, int]:
    """Return series -> the first of as many new numbers as wanted. One statement, whatever the number of series.

    The rows stay locked until the transaction ends, and a transaction that is undone gives its numbers back: taken
    last, they leave no gap.
    """
    ordered = sorted(wanted.items())  # everybody locks in the same order
    marks = ", ".join(["(%s, %s, %s)"] * len(ordered))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO cases_numberseries (town_id, series, last) VALUES {marks}"  # noqa: S608  marks only
            " ON CONFLICT (town_id, series) DO UPDATE SET last = cases_numberseries.last + excluded.last"
            " RETURNING series, last",
            [value for series, count in ordered for value in (town.pk, series, count)],
        )
        found = {str(series): int(last) for series, last in cursor.fetchall()}
    return {series: found[series] - count + 1 for series, count in ordered}


def number_text(prefix: str, year: int, number: int) -> str:
    """Return a case number as people read it, such as 网2026-05871."""
    return f"{prefix}{year}-{number:05d}"

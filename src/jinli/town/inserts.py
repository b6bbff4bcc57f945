"""Insert rows that are complete, keys included, with statements that are made once and not anew for each row.

The ORM works out the same INSERT again each time, which costs more than the insert; and rows of several tables that
belong together go to PostgreSQL in one message instead of one after another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any, Final

from django.db import connection
from django.db.models import Field, Model

#: What PostgreSQL's driver writes as the database keeps it; all other fields are asked to prepare their value.
_PLAIN: Final = frozenset(
    {"BigAutoField", "BigIntegerField", "BooleanField", "CharField", "DateField", "DateTimeField", "FloatField"}
    | {"IntegerField", "PositiveIntegerField", "TextField", "UUIDField"}
)

_FEW: Final = 20


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Rows of one table. A row whose key is there already takes over the columns in `changing`, else it is refused."""

    rows: Sequence[Model]
    changing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Insert:
    head: str
    marks: str
    tail: str
    read: Callable[[Model], tuple[Any, ...]]
    prepare: tuple[tuple[int, Field[Any, Any]], ...]

    def statement(self, count: int) -> str:
        return f"{self.head}{', '.join([self.marks] * count)}{self.tail}"

    def values(self, row: Model) -> list[Any]:
        found = list(self.read(row))
        for place, field in self.prepare:
            found[place] = field.get_db_prep_save(found[place], connection)
        return found


def insert(*batches: Batch) -> None:
    """Insert rows that share no order among each other but their keys; foreign keys are looked at by the commit.

    Raises
    ------
    IntegrityError : a row with this key or number is there.
    """
    filled = [batch for batch in batches if batch.rows]
    few: list[tuple[str, list[Any]]] = []
    with connection.cursor() as cursor:
        for batch in filled:
            made = _insert_into(type(batch.rows[0]), batch.changing, connection.vendor)
            if len(batch.rows) > _FEW:
                cursor.executemany(made.statement(1), [made.values(row) for row in batch.rows])
            else:
                few.append((made.statement(len(batch.rows)), [v for row in batch.rows for v in made.values(row)]))
        _together(cursor, few)
    for row in chain.from_iterable(batch.rows for batch in filled):
        row._state.adding, row._state.db = False, connection.alias


def _together(cursor: Any, statements: list[tuple[str, list[Any]]]) -> None:
    """Execute statements, in one message where the driver writes the values into the text."""
    features: Any = connection.features
    if len(statements) > 1 and connection.vendor == "postgresql" and not features.uses_server_side_binding:
        # One by one: the driver remembers how a short statement is split at its marks, not how a long one is.
        cursor.execute(";\n".join(cursor.mogrify(text, values) for text, values in statements))
        return
    for text, values in statements:
        cursor.execute(text, values)


@lru_cache(maxsize=256)
def _insert_into(model: type[Model], changing: tuple[str, ...], vendor: str) -> _Insert:
    meta: Any = model._meta
    quote = connection.ops.quote_name
    # A key that counts itself is left to the database.
    fields = [field for field in meta.concrete_fields if field is not meta.auto_field]
    columns = ", ".join(quote(field.column) for field in fields)
    tail = ""
    if changing:
        taken = [
            f"{column} = excluded.{column}" for column in (quote(meta.get_field(name).column) for name in changing)
        ]
        tail = f" ON CONFLICT ({quote(meta.pk.column)}) DO UPDATE SET {', '.join(taken)}"
    return _Insert(
        head=f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ",  # noqa: S608  names of our own tables
        marks=f"({', '.join(['%s'] * len(fields))})",
        tail=tail,
        read=attrgetter(*(field.attname for field in fields)),
        prepare=tuple((place, field) for place, field in enumerate(fields) if not _plain(field, vendor)),
    )


def _plain(field: Any, vendor: str) -> bool:
    while field.remote_field is not None:
        field = field.target_field
    return vendor == "postgresql" and field.get_internal_type() in _PLAIN

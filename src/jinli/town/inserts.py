"""Insert rows that are complete, keys included, with statements that are made once and not anew for each row.

The ORM works out the same INSERT again each time, which costs more than the insert; and rows of several tables that
belong together go to PostgreSQL in one message instead of one after another.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain
from json.encoder import encode_basestring_ascii
from operator import attrgetter, itemgetter
from typing import Any, Final, TypeVar

from django.db import connection
from django.db.models import NOT_PROVIDED, Model
from django.db.models.base import ModelState

_NUMBERS: Final = frozenset(
    {"BigAutoField", "BigIntegerField", "BooleanField", "CharField", "FloatField", "IntegerField"}
    | {"PositiveIntegerField", "TextField"}
)
#: What the driver writes as the database keeps it.
_PLAIN: Final[Mapping[str, frozenset[str]]] = {
    "postgresql": _NUMBERS | {"DateField", "DateTimeField", "UUIDField"},
    "sqlite": _NUMBERS,
}

_FEW: Final = 20
#: Pages after which SQLite copies its write-ahead log back, unless told otherwise.
_PAGES: Final = 1_000
#: Marks in one statement where a table says `at_once`: as many as any SQLite takes.
_MARKS: Final = 999

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, kw_only=True)
class _Shape:
    """The columns of a model: plain defaults, defaults to be made anew, and related rows by name."""

    plain: Mapping[str, Any]
    factories: tuple[tuple[str, Callable[[], Any]], ...]
    related: Mapping[str, str]


def made(model: type[Row], **values: Any) -> Row:
    """Return a row as its constructor does, at a tenth of the price; for rows by the thousand.

    Takes columns by attribute (`case_id=`) or related rows by name (`case=`). An unknown name raises TypeError.
    """
    shape = _shape(model)
    row = model.__new__(model)
    state = ModelState()
    held = row.__dict__
    held["_state"] = state
    held.update(shape.plain)
    for name, value in values.items():
        if name in held:
            held[name] = value
        else:
            try:
                held[shape.related[name]] = None if value is None else value.pk
            except KeyError:
                raise TypeError(f"{model.__name__} has no column {name}") from None
            state.fields_cache[name] = value
    for name, factory in shape.factories:
        if held[name] is NOT_PROVIDED:
            held[name] = factory()
    return row


@lru_cache(maxsize=64)
def _shape(model: type[Model]) -> _Shape:
    fields = model._meta.concrete_fields
    plain: dict[str, Any] = {}
    factories = []
    for field in fields:
        if field.has_default() and callable(field.default):
            plain[field.attname] = NOT_PROVIDED
            factories.append((field.attname, field.default))
        else:
            plain[field.attname] = field.get_default()
    related = {field.name: field.attname for field in fields if field.remote_field is not None}
    return _Shape(plain=plain, factories=tuple(factories), related=related)


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Rows of one table. A row whose key is there already takes over the columns in `changing`, else it is refused."""

    rows: Sequence[Model]
    changing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Ready:
    """Rows of one table as the database keeps them: tuples in the order of `columns(model)`.

    `at_once`: many rows a statement, cheaper for a table with few indexes and dearer for one with many. A table whose
    trigger feeds a full-text index needs it, since SQLite writes out the terms of each statement by themselves, at
    three times the price when every row is a statement of its own.
    """

    model: type[Model]
    rows: Sequence[tuple[Any, ...]]
    at_once: bool = False


def columns(model: type[Model]) -> tuple[str, ...]:
    """Return the columns that an INSERT names, by attribute; a key that counts itself is left to the database."""
    meta: Any = model._meta
    return tuple(field.attname for field in meta.concrete_fields if field is not meta.auto_field)


def written(model: type[Model], column: str) -> Callable[[Any], Any]:
    """Return how a value of this column is written for the database in use; None stays None."""
    return _writer(model, column, connection.vendor)


@lru_cache(maxsize=512)
def _writer(model: type[Model], column: str, vendor: str) -> Callable[[Any], Any]:
    meta: Any = model._meta
    how = _written(next(field for field in meta.concrete_fields if field.attname == column), vendor)
    if how is None:
        return _as_it_is
    return lambda value: None if value is None else how(value)


def _as_it_is(value: Any) -> Any:
    return value


class Pattern:
    """Rows of one table of which most columns are alike: those are prepared once, and `row` takes the others.

    `same` are columns by attribute, with their defaults where none is given; `varying` are named in the order in which
    `row` takes their values.
    """

    def __init__(self, model: type[Row], *, same: Mapping[str, Any], varying: Sequence[str]) -> None:
        self.model = model
        base = made(model, **same)
        names = columns(model)
        kept = [name for name in names if name not in varying]
        self._kept = [written(model, name)(getattr(base, name)) for name in kept]
        order = [*varying, *kept]
        self._ordered = itemgetter(*(order.index(name) for name in names))
        self._prepare = tuple(
            (place, how) for place, name in enumerate(varying) if (how := written(model, name)) is not _as_it_is
        )

    def row(self, *values: Any) -> tuple[Any, ...]:
        """Return the row with these values in its varying columns."""
        found = [*values, *self._kept]
        for place, how in self._prepare:
            found[place] = how(found[place])
        row: tuple[Any, ...] = self._ordered(found)
        return row


@dataclass(frozen=True, kw_only=True)
class _Insert:
    head: str
    marks: str
    tail: str
    read: Callable[[Any], tuple[Any, ...]]
    prepare: tuple[tuple[int, Callable[[Any], Any]], ...]

    def statement(self, count: int) -> str:
        return f"{self.head}{', '.join([self.marks] * count)}{self.tail}"

    def values(self, row: Any) -> list[Any]:
        found = list(self.read(row))
        for place, written in self.prepare:
            value = found[place]
            if value is not None:
                found[place] = written(value)
        return found


def insert(*batches: Batch | Ready) -> None:
    """Insert rows that share no order among each other but their keys; foreign keys are looked at by the commit.

    Raises
    ------
    IntegrityError : a row with this key or number is there.
    """
    filled = [batch for batch in batches if isinstance(batch, Batch) and batch.rows]
    few: list[tuple[str, list[Any]]] = []
    with connection.cursor() as cursor:
        for ready in batches:
            if isinstance(ready, Ready) and ready.rows:
                _insert_ready(cursor, ready)
        for batch in filled:
            made = _insert_into(type(batch.rows[0]), batch.changing, connection.vendor)
            if len(batch.rows) > _FEW:
                cursor.executemany(made.statement(1), [made.values(row) for row in batch.rows])
            else:
                few.append((made.statement(len(batch.rows)), [v for row in batch.rows for v in made.values(row)]))
        _together(cursor, few)
    alias = connection.alias
    for row in chain.from_iterable(batch.rows for batch in filled):
        state = row._state
        state.adding, state.db = False, alias


@contextmanager
def rare_checkpoints(pages: int = 8_000) -> Iterator[None]:
    """Let this connection fill the write-ahead log of SQLite eight times as far before it copies it back.

    What many chunks write again and again, such as the pages of an index, is copied once. Durability is the log's and
    does not change; other connections keep their own measure.
    """
    if connection.vendor != "sqlite":
        yield
        return
    _checkpoint_after(pages)
    try:
        yield
    finally:
        _checkpoint_after(_PAGES)


def _checkpoint_after(pages: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA wal_autocheckpoint={pages:d}")


def _insert_ready(cursor: Any, ready: Ready) -> None:
    made = _insert_into(ready.model, (), connection.vendor)
    if not ready.at_once:
        cursor.executemany(made.statement(1), ready.rows)
        return
    count = _MARKS // len(ready.rows[0])
    for begin in range(0, len(ready.rows), count):
        part = ready.rows[begin : begin + count]
        cursor.execute(made.statement(len(part)), list(chain.from_iterable(part)))


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
        prepare=tuple(
            (place, written) for place, field in enumerate(fields) if (written := _written(field, vendor)) is not None
        ),
    )


def _written(field: Any, vendor: str) -> Callable[[Any], Any] | None:
    """Return how a value is written, None for as it is. What is not known here is asked of the field itself."""
    while field.remote_field is not None:
        field = field.target_field
    kind = field.get_internal_type()
    if kind in _PLAIN.get(vendor, ()):
        return None
    if vendor == "sqlite" and kind in _SQLITE and not getattr(field, "encoder", None):
        return _SQLITE[kind]
    return lambda value: field.get_db_prep_save(value, connection)


def _moment(value: datetime) -> str:
    """Return a moment as SQLite keeps it (`DatabaseOperations.adapt_datetimefield_value` with UTC)."""
    if value.tzinfo is not UTC:
        value = value.astimezone(UTC)
    return datetime.combine(value, value.time()).isoformat(" ")  # without a zone at half the price


def _json(value: Any) -> str:
    """Return a value as a JSON column keeps it; most lists are empty, and most mappings hold texts alone."""
    if value:
        if type(value) is dict:
            try:
                return _flat(tuple(value)) % tuple(map(encode_basestring_ascii, value.values()))
            except TypeError:  # a name or a value that is no text
                pass
        elif type(value) is list and set(map(type, value)) == {int}:
            return str(value)
        return json.dumps(value)
    return "[]" if value == [] else "{}" if value == {} else json.dumps(value)


@lru_cache(maxsize=1024)
def _flat(names: tuple[str, ...]) -> str:
    """Return what `json.dumps` writes of a mapping with these names, each value a mark."""
    pairs = (encode_basestring_ascii(name).replace("%", "%%") + ": %s" for name in names)
    return "{" + ", ".join(pairs) + "}"


_SQLITE: Final[Mapping[str, Callable[[Any], Any]]] = {
    "DateField": str,
    "DateTimeField": _moment,
    "JSONField": _json,
    "UUIDField": attrgetter("hex"),
}

"""Rows that many tests begin with, made once: a shared fixture is built for the first test and found by the next ones.

    @shared
    def town() -> Whistling:
        return whistling()

It stands where `@pytest.fixture` would, with the database behind it, and takes no other fixture. The rows are made
inside one transaction around all tests that ask for the same fixture; each test runs in a savepoint of its own, so
what it changes is undone as ever. What it is given is a copy of its own, and the process remembers nothing of the
test before it. One such fixture is kept at a time; a test that asks for another, or for an empty database, ends it.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any, TypeVar

import pytest

Made = TypeVar("Made")


class Keeper:
    """Keeps what one shared fixture made, and the transaction that its rows live in."""

    def __init__(self, unblock: Callable[[], AbstractContextManager[None]]) -> None:
        self._unblock = unblock
        self._maker: Callable[[], Any] | None = None
        self._made = b""
        self._around: Any = None

    def turn_to(self, maker: Callable[[], Any] | None) -> None:
        """Have the rows of this fixture in the database and no others; None wants it empty."""
        if maker is self._maker and maker is not None:
            forget_rows()
            return
        self.end()
        if maker is not None:
            self._begin(maker)

    def copy(self) -> Any:
        """Return what the fixture made, as it was then."""
        return pickle.loads(self._made)

    def end(self) -> None:
        """Undo the rows."""
        if self._around is None:
            return
        from django.db import transaction

        with self._unblock():
            transaction.set_rollback(True)
            self._around.__exit__(None, None, None)
        self._around, self._maker = None, None
        forget_rows()

    def _begin(self, maker: Callable[[], Any]) -> None:
        from django.db import connection, transaction

        forget_rows()
        with self._unblock():
            self._around = transaction.atomic()
            self._around.__enter__()
            try:
                self._made = pickle.dumps(maker())
                connection.check_constraints()  # PostgreSQL alters no table while it still owes a check
            except BaseException:
                self.end()
                raise
        self._maker = maker
        forget_rows()


def forget_rows() -> None:
    """Clear what the process remembers of rows: those that are undone may have had the same keys and stamps."""
    from django.core.cache import cache

    from jinli.cases import book, editions
    from jinli.town.stamps import UnderStamp

    cache.clear()
    book.forget()
    editions.forget()
    for name, module in list(sys.modules.items()):
        if name.startswith("jinli.") and name not in _SEEN:
            _SEEN.add(name)
            for one in vars(module).values():
                if isinstance(one, UnderStamp):
                    _REMEMBERING.append(one.forget)
                elif hasattr(one, "cache_clear") and one.__module__ == name and _OF_ROWS & set(_arguments(one)):
                    _REMEMBERING.append(one.cache_clear)
    for forget in _REMEMBERING:
        forget()


_OF_ROWS = {"stamp", "town", "town_id"}  # arguments by which a function that remembers is known to read rows
_SEEN: set[str] = set()
_REMEMBERING: list[Any] = []


def _arguments(remembering: Any) -> tuple[str, ...]:
    code = remembering.__wrapped__.__code__
    return tuple(code.co_varnames[: code.co_argcount])


def shared(maker: Callable[[], Made]) -> Callable[[], Made]:
    """Make a fixture of a function that fills the database."""

    def fixture(db: None, _kept_rows: Keeper) -> Iterator[Made]:
        yield _kept_rows.copy()

    fixture.__name__, fixture.__doc__, fixture.__module__ = maker.__name__, maker.__doc__, maker.__module__
    fixture.shares = maker  # type: ignore[attr-defined]
    return pytest.fixture(fixture)  # type: ignore[return-value]


def maker_of(item: pytest.Item) -> Callable[[], Any] | None:
    """Return what fills the database for a test; None unless it asks for a shared fixture.

    Raises TypeError for a test that asks for two: the second would end the first.
    """
    known = getattr(item, "_fixtureinfo", None)
    found = [getattr(defs[-1].func, "shares", None) for defs in known.name2fixturedefs.values()] if known else []
    makers = [one for one in found if one is not None]
    if len(makers) > 1:
        raise TypeError(f"{item.nodeid} asks for two shared fixtures: {', '.join(one.__name__ for one in makers)}")
    return makers[0] if makers else None


@pytest.fixture(scope="session")
def _kept_rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[Keeper]:
    keeper = Keeper(django_db_blocker.unblock)
    yield keeper
    keeper.end()


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: Any) -> None:
    """Turn to the rows of a test just before its own transaction begins, or its class's."""
    if fixturedef.argname == "_django_db_helper":
        request.getfixturevalue("_kept_rows").turn_to(maker_of(request.node))
    elif fixturedef.argname == "_django_setup_unittest" and getattr(request.cls, "databases", None):
        request.getfixturevalue("_kept_rows").turn_to(None)

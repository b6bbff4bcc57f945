"""What holds for every test: a home of its own, no network, a terminal that speaks Chinese."""

from __future__ import annotations

import ipaddress
import logging
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.test import TransactionTestCase

pytest_plugins = ("tests.shared",)
_HOME = pytest.StashKey[Path]()
_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex
_sendto = socket.socket.sendto
_getaddrinfo = socket.getaddrinfo


class NetworkBlockedError(Exception):
    """A test tried to leave this machine."""


def _stays_here(address: Any) -> bool:
    if isinstance(address, (str, bytes)):  # a unix socket
        return True
    host = address[0]
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _only_here(address: Any) -> None:
    if not _stays_here(address):
        raise NetworkBlockedError(f"tests stay on this machine; refused {address}")


def _guarded_connect(self: socket.socket, address: Any) -> None:
    _only_here(address)
    _connect(self, address)


def _guarded_connect_ex(self: socket.socket, address: Any) -> int:
    _only_here(address)
    return _connect_ex(self, address)


def _guarded_sendto(self: socket.socket, data: Any, *args: Any) -> int:
    _only_here(args[-1])
    return _sendto(self, data, *args)


def _guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
    _only_here((host or "",))
    return _getaddrinfo(host, *args, **kwargs)


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a home of its own, also to processes it starts, and close the network."""
    config.addinivalue_line("markers", "database: touches the database; added by itself, run again on PostgreSQL")
    home = Path(tempfile.mkdtemp(prefix="jinli-tests-"))
    config.stash[_HOME] = home
    os.environ["JINLI_HOME"] = str(home)
    os.environ["LANG"] = "zh_CN.UTF-8"
    os.environ.pop("LC_ALL", None)

    # At a desk a property is tried with few examples, on a clean machine with many.
    hypothesis.settings.register_profile("desk", max_examples=30, deadline=None)
    hypothesis.settings.register_profile("thorough", max_examples=240, deadline=None)
    hypothesis.settings.load_profile("thorough" if os.environ.get("CI") == "true" else "desk")

    from django.conf import settings

    settings.HOME = home
    settings.MEDIA_ROOT = home / "files"
    settings.STATIC_ROOT = home / "static"
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.WHITENOISE_AUTOREFRESH = True  # find a static file when it is asked for, not all of them for every client
    # Refusals are asked for by the thousand here; each would be logged with its traceback.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    socket.socket.connect = _guarded_connect  # type: ignore[method-assign]
    socket.socket.connect_ex = _guarded_connect_ex  # type: ignore[method-assign]
    socket.socket.sendto = _guarded_sendto  # type: ignore[method-assign, assignment]
    socket.getaddrinfo = _guarded_getaddrinfo


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the home of the run."""
    shutil.rmtree(config.stash[_HOME], ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database, so that the same tests run again on PostgreSQL."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        case = getattr(item, "cls", None)
        if (
            item.get_closest_marker("django_db")
            or fixtures & {"db", "transactional_db", "django_db_setup"}
            or (case is not None and issubclass(case, TransactionTestCase))
        ):
            item.add_marker("database")


@pytest.fixture(autouse=True)
def _speak_chinese() -> Iterator[None]:
    """Start every test in the first language, whatever the one before it switched on."""
    from django.utils import translation

    with translation.override("zh-hans"):
        yield

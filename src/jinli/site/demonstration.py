"""The demonstration that the command `run` makes: the town from its pack, and accounts to try every role with.

The persons come from the demonstration overlay, where every name carries （演示）; here they get a password, made at
random on the first run and kept where only the owner reads it. No real person ever gets an account this way.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinli.domain.errors import RefusedError

if TYPE_CHECKING:
    from jinli.lines.grid.services.demonstration import History
    from jinli.lines.services.services.demonstration import History as MattersHistory

#: Seconds for which a process remembers how far the history has come, and after which it takes it as given up.
REMEMBERED: Final = 3
GIVEN_UP: Final = 600
_remembered: tuple[float, tuple[int, int] | None] | None = None


@dataclass(frozen=True, kw_only=True)
class Account:
    """What somebody types to try a role, and the posts it stands for."""

    username: str
    password: str
    role: str
    title: str


def load_town(*, demo: bool) -> None:
    """Load the pack that JINLI_PACK names, with its demonstration overlay unless unwanted; loading again adds nothing.

    Raises RefusedError when the pack has errors; the command has printed every one of them.
    """
    from django.conf import settings

    from jinli.site.cli import main

    pack = settings.PACKS / os.environ.get("JINLI_PACK", "jinli")
    overlay = ["--demo"] if demo and (pack / "demo").is_dir() else []
    if main(["pack", "load", str(pack), *overlay]) != 0:
        raise RefusedError("site.run.pack_refused", pack=str(pack))


def _file() -> Path:
    from django.conf import settings

    return Path(settings.HOME) / "demo_accounts.txt"


def read_accounts() -> list[Account]:
    """Return the demonstration accounts, in the order of the overlay."""
    if not _file().exists():
        return []
    rows = [line.split("\t") for line in _file().read_text(encoding="utf-8").splitlines() if line]
    return [Account(username=name, password=secret, role=role, title=title) for name, secret, role, title in rows]


def one_of_each_role(accounts: Sequence[Account]) -> list[Account]:
    """Return the first account of every role."""
    first: dict[str, Account] = {}
    for one in accounts:
        first.setdefault(one.role, one)
    return list(first.values())


def ensure_accounts() -> None:
    """Give every person of the demonstration who has none a password, and write all accounts down."""
    from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
    from django.db import transaction

    from jinli.town.models import Person
    from jinli.town.people import new_password

    waiting = Person.objects.filter(simulated=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)
    if not waiting.exists():
        return
    known = read_accounts()
    password = known[0].password if known else new_password()
    with transaction.atomic():  # the file is written before the commit: no account without its password
        # All share the password anyway, so they share its hash: forty slow hashes would delay the first page.
        waiting.update(password=make_password(password))
        _write(password)


def _write(password: str) -> None:
    """Keep the accounts where only the owner reads them."""
    from jinli.town.models import Appointment

    titles: dict[str, list[str]] = {}
    roles: dict[str, str] = {}
    appointments = Appointment.objects.filter(person__simulated=True).select_related("person", "duty", "in_name_of")
    for one in appointments.order_by("pk"):
        roles.setdefault(one.person.username, one.duty.role)
        titles.setdefault(one.person.username, []).append(f"{one.in_name_of.name} {one.duty.title}")
    _file().touch(mode=0o600)
    _file().chmod(0o600)
    lines = [f"{name}\t{password}\t{roles[name]}\t{'、'.join(titles[name])}\n" for name in roles]
    _file().write_text("".join(lines), encoding="utf-8")


def history_of(*, cases: int | None = None, seed: int | None = None) -> History | None:
    """Return the parameters of the simulated history of the pack, `None` when its overlay has none.

    Raises RefusedError when the file cannot be read as such.
    """
    import yaml
    from django.conf import settings

    from jinli.lines.grid.services.demonstration import History

    file = settings.PACKS / os.environ.get("JINLI_PACK", "jinli") / "demo" / "history.yaml"
    if not file.exists():
        return None
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
        found.pop("services", None)
        return History.read(found, cases=cases, seed=seed)
    except (yaml.YAMLError, TypeError, AttributeError) as error:
        raise RefusedError("site.demo.unreadable", file=file.name, why=str(error)) from error


def matters_history_of(*, cases: int | None = None, seed: int | None = None) -> MattersHistory | None:
    """Return the parameters of the simulated government matters, `None` when the overlay has none.

    Raises RefusedError when the file cannot be read as such.
    """
    import yaml
    from django.conf import settings

    from jinli.lines.services.services.demonstration import History

    file = settings.PACKS / os.environ.get("JINLI_PACK", "jinli") / "demo" / "history.yaml"
    if not file.exists():
        return None
    try:
        found = (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).get("services")
        return History.read(found, cases=cases, seed=seed) if found else None
    except (yaml.YAMLError, TypeError, AttributeError) as error:
        raise RefusedError("site.demo.unreadable", file=file.name, why=str(error)) from error


def progress_path() -> Path:
    """Return where the progress of the history is told to the pages."""
    from django.conf import settings

    return Path(settings.HOME) / "demo_progress.json"


def loading_text() -> str:
    """Return how far the simulated history has come, empty when it is whole or nobody records it."""
    from jinli.ui.words import say

    global _remembered
    if _remembered is None or time.monotonic() - _remembered[0] >= REMEMBERED:
        _remembered = (time.monotonic(), _progress())
    found = _remembered[1]
    return say("site.demo.loading", done=f"{found[0]:,}", total=f"{found[1]:,}") if found else ""


def forget_progress() -> None:
    """Read the progress again at the next page."""
    global _remembered
    _remembered = None


def _progress() -> tuple[int, int] | None:
    """Return cases done and in all while the recording runs; a half-written or forgotten file says nothing."""
    from jinli.town.moment import now

    try:
        said = json.loads(progress_path().read_text(encoding="utf-8"))
        done, total = int(said["done"]), int(said["total"])
        idle = now().timestamp() - progress_path().stat().st_mtime
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return (done, total) if done < total and idle < GIVEN_UP else None

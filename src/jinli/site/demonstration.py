"""The demonstration that the command `run` makes: the town from its pack, and accounts to try every role with.

The persons come from the demonstration overlay, where every name carries （演示）; here they get a password, made at
random on the first run and kept where only the owner reads it. No real person ever gets an account this way.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jinli.domain.errors import RefusedError

if TYPE_CHECKING:
    from jinli.lines.grid.services.demonstration import History


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
        return History.read(yaml.safe_load(file.read_text(encoding="utf-8")), cases=cases, seed=seed)
    except (yaml.YAMLError, TypeError, AttributeError) as error:
        raise RefusedError("site.demo.unreadable", file=file.name, why=str(error)) from error

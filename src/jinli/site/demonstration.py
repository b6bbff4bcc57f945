"""The demonstration that the command `run` makes: the town from its pack, and accounts to try every role with.

Only bodies of the demonstration overlay, whose names carry （演示）, get accounts; no real body ever does.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from jinli.domain.errors import RefusedError

MARK = "（演示）"
_SHORT = {
    "grid_worker": "grid",
    "village_officer": "village",
    "command_centre": "command",
    "department_officer": "officer",
    "department_head": "head",
    "arbiter": "arbiter",
    "town_head": "townhead",
    "auditor": "auditor",
    "administrator": "admin",
}


@dataclass(frozen=True, kw_only=True)
class Account:
    """What somebody types to try a role, and the post it stands for."""

    username: str
    password: str
    title: str


def load_town(*, demo: bool) -> None:
    """Load the pack that JINLI_PACK names, with its demonstration overlay unless unwanted; loading again adds nothing.

    Raises RefusedError when the pack has errors; the command has printed every one of them.
    """
    from django.conf import settings

    from jinli.site.cli import find_commands, main

    if "pack" not in find_commands():
        return
    pack = settings.PACKS / os.environ.get("JINLI_PACK", "jinli")
    overlay = ["--demo"] if demo and (pack / "demo").is_dir() else []
    if main(["pack", "load", str(pack), *overlay]) != 0:
        raise RefusedError("site.run.pack_refused", pack=str(pack))


def _file() -> Path:
    from django.conf import settings

    return Path(settings.HOME) / "demo_accounts.txt"


def read_accounts(*, one_per_role: bool = True) -> list[Account]:
    """Return the demonstration accounts, by default the first of each role."""
    if not _file().exists():
        return []
    rows = [line.split("\t") for line in _file().read_text(encoding="utf-8").splitlines() if line]
    found = [Account(username=name, password=password, title=title) for name, password, title in rows]
    return [one for one in found if one.username in _SHORT.values()] if one_per_role else found


def ensure_accounts() -> None:
    """Give every post of the demonstration's bodies an account; the password is made once and kept in JINLI_HOME."""
    from django.db import transaction

    from jinli.town.models import Duty, Person
    from jinli.town.people import appoint, create_person, new_password

    duties = Duty.objects.filter(organisation__name__contains=MARK).select_related("organisation")
    missing = list(duties.exclude(appointments__person__simulated=True).order_by("organisation__code", "code"))
    if not missing:
        return
    accounts = read_accounts(one_per_role=False)
    password = accounts[0].password if accounts else new_password()
    taken = set(Person.objects.values_list("username", flat=True))
    with transaction.atomic():  # the file is written before the commit: no account without its password
        for duty in missing:
            name = _free_name(_SHORT[duty.role], taken)
            taken.add(name)
            person = create_person(username=name, name=f"{duty.title}{MARK}", password=password, simulated=True)
            appoint(person=person, duty=duty)
            accounts.append(Account(username=name, password=password, title=f"{duty.organisation.name} {duty.title}"))
        _write(accounts)


def _free_name(short: str, taken: set[str]) -> str:
    """Return `short`, or `short2`, `short3` ... when it is taken."""
    count, name = 1, short
    while name in taken:
        count += 1
        name = f"{short}{count}"
    return name


def _write(accounts: list[Account]) -> None:
    """Keep the accounts where only the owner reads them."""
    _file().touch(mode=0o600)
    _file().chmod(0o600)
    lines = [f"{one.username}\t{one.password}\t{one.title}\n" for one in accounts]
    _file().write_text("".join(lines), encoding="utf-8")

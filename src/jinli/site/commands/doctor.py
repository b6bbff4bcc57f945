"""Say whether this installation can keep its promises: durable, up to date, supplied with calendars, looked after."""

from __future__ import annotations

import argparse
import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal

HELP = "体检：数据库、日历、权限、时限是否正常 / check database, calendars, permissions and clocks"
NEEDS_DJANGO = True

State = Literal["ok", "attention", "wrong"]
_STALE_TICK = timedelta(minutes=5)
_STALE_SEAL = timedelta(hours=36)
_STALE_WORK = timedelta(minutes=5)
_LEAST_FREE = 2.0  # GB


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing looked at: how it stands, and the words for it."""

    state: State
    code: str
    facts: dict[str, object] = field(default_factory=dict)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add nothing: there are no options."""


def run(args: argparse.Namespace) -> int:
    """Print every finding; return 1 when something is wrong."""
    from jinli.ui.words import say

    wrong = 0
    for one in examine():
        print(f"[{say(f'site.doctor.{one.state}')}] {say(one.code, **one.facts)}", flush=True)
        wrong += one.state == "wrong"
    return 1 if wrong else 0


def _either(good: bool, code: str, otherwise: str, state: State, **facts: object) -> Finding:
    return Finding(state="ok" if good else state, code=f"site.doctor.{code if good else otherwise}", facts=facts)


def examine() -> Iterator[Finding]:
    """Yield what was found, from the machine upwards; stop early where the rest would only repeat it."""
    from django.db import DatabaseError, connection

    version = ".".join(str(one) for one in sys.version_info[:3])
    yield _either(sys.version_info >= (3, 11), "python", "python", "wrong", version=version)
    yield from _home()
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Finding(state="wrong", code="site.doctor.database_gone", facts={"why": str(error).strip()})
        return
    yield Finding(state="ok", code="site.doctor.database", facts={"name": connection.settings_dict["NAME"]})
    yield from durability()
    behind = _behind()
    yield _either(not behind, "migrated", "not_migrated", "wrong", count=behind)
    if not behind:
        yield from _town()
        yield from _clocks()
        yield from _imports()


def _home() -> Iterator[Finding]:
    from django.conf import settings

    home = Path(settings.HOME)
    open_to_others = home.stat().st_mode & (stat.S_IWGRP | stat.S_IRWXO)
    yield _either(not open_to_others, "home", "home_open", "wrong", home=home)
    for file in (home / "secret_key", home / "demo_accounts.txt"):
        if file.exists() and file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
            yield Finding(state="wrong", code="site.doctor.secret_open", facts={"file": file})
    free = shutil.disk_usage(home).free / 1e9
    yield _either(free >= _LEAST_FREE, "disk", "disk", "attention", free=f"{free:.1f}")


def durability() -> Iterator[Finding]:
    """Yield whether an acknowledged commit survives a power cut, and whether PostgreSQL can read Chinese."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            level = int(cursor.fetchone()[0])
            name = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}[level]
            yield _either(level >= 2, "durable", "not_durable", "wrong", setting=f"synchronous={name}")
            return
        cursor.execute(
            "SELECT current_setting('synchronous_commit'), current_setting('fsync'),"
            " (SELECT datctype FROM pg_database WHERE datname = current_database())"
        )
        commit, fsync, ctype = cursor.fetchone()
        good = commit in {"on", "remote_apply"} and fsync == "on"
        yield _either(good, "durable", "not_durable", "wrong", setting=f"synchronous_commit={commit}, fsync={fsync}")
        unicode = ctype not in {"C", "POSIX"}
        yield _either(unicode, "locale", "locale", "wrong", setting=ctype)


def _behind() -> int:
    """Return how many migrations wait."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _town() -> Iterator[Finding]:
    from django.utils import timezone

    from jinli.town import moment
    from jinli.town.models import CalendarYear, OfficeHours, PackLoad

    packs = sorted(set(PackLoad.objects.values_list("pack", flat=True)))
    yield _either(bool(packs), "pack", "no_pack", "wrong", packs=packs)
    this_year = timezone.localtime(moment.now()).year
    for year in (this_year, this_year + 1):
        published = CalendarYear.objects.filter(year=year, published=True).exists()
        yield _either(published, "calendar", "no_calendar", "wrong" if year == this_year else "attention", year=year)
    yield _either(OfficeHours.objects.exists(), "hours", "no_hours", "attention")


def _clocks() -> Iterator[Finding]:
    from jinli.cases.models import Seal, TickRun
    from jinli.town import moment

    now = moment.now()
    tick = TickRun.objects.order_by("-last_at").values_list("last_at", flat=True).first()
    if tick is None:
        yield Finding(state="attention", code="site.doctor.no_tick")
    else:
        yield Finding(state="ok" if now - tick < _STALE_TICK else "wrong", code="site.doctor.tick", facts={"at": tick})
    seal = Seal.objects.order_by("-sealed_at").values_list("sealed_at", flat=True).first()
    if seal is None:
        yield Finding(state="attention", code="site.doctor.no_seal")
    else:
        fresh = now - seal < _STALE_SEAL
        yield Finding(state="ok" if fresh else "attention", code="site.doctor.seal", facts={"at": seal})


def _imports() -> Iterator[Finding]:
    from jinli.exchange.services.working import waiting_since
    from jinli.town import moment

    count = waiting_since(moment.now() - _STALE_WORK)
    yield _either(not count, "imports", "imports_wait", "attention", count=count)

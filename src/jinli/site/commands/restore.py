"""Restore a backup: checked whole before anything is touched, notices held, erasures applied again."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from jinli.domain.errors import RefusedError
from jinli.site.children import held

HELP = "用备份恢复；损坏的备份一律不用 / restore from an archive; a damaged one is refused"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the archive to read."""
    parser.add_argument("file", type=Path, help="备份文件 / the archive")
    parser.add_argument(
        "--replace", action="store_true", help="替换现有数据，旧的留存 / replace the present data, kept aside"
    )


def run(args: argparse.Namespace) -> int:
    """Check the archive, put it in place, hold the outbox and apply the erasure register."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from jinli.cases.services.erasing import apply_erasure_register
    from jinli.cases.services.outbox import hold_outbox
    from jinli.site.archive import REGISTER, put_in_place, read_archive
    from jinli.town import moment
    from jinli.ui.words import say

    home, database, engine = Path(settings.HOME), connection.settings_dict, connection.vendor
    with held(home / "run.lock", code="site.run.already"), tempfile.TemporaryDirectory(dir=home) as folder:
        manifest = read_archive(args.file, into=Path(folder))
        if manifest.engine != engine:
            raise RefusedError("site.restore.other_engine", theirs=manifest.engine, ours=engine)
        if not args.replace and _has_data():
            raise RefusedError("site.restore.not_empty", home=str(home))
        connection.close()
        aside = home / f"before-restore-{moment.now():%Y%m%dT%H%M%SZ}"
        put_in_place(Path(folder), home=home, database=database, engine=engine, aside=aside)
        call_command("migrate", verbosity=0, interactive=False)
        hold_outbox()
        erased = apply_erasure_register(home / REGISTER)
    print(say("site.restore.done", at=manifest.at, erased=erased))
    return 0


def _has_data() -> bool:
    from django.db import connection

    return bool(connection.introspection.table_names())

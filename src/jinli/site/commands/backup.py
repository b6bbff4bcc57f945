"""Back up database, files and erasure register into one archive while the town goes on working."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "备份数据库、附件和抹除登记到一个文件 / back up database, files and erasure register into one file"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file to write."""
    parser.add_argument("file", nargs="?", type=Path, help="写到哪里；不写就放进 JINLI_HOME/backups / where to write")


def run(args: argparse.Namespace) -> int:
    """Write the archive and say what is in it."""
    from django.conf import settings
    from django.db import connection

    from jinli.site.archive import write_archive
    from jinli.town import moment
    from jinli.ui.words import say

    now = moment.now()
    home = Path(settings.HOME)
    file = args.file or home / "backups" / f"jinli-{now:%Y%m%dT%H%M%SZ}.tar.gz"
    file.parent.mkdir(parents=True, exist_ok=True)
    manifest = write_archive(
        file, home=home, database=connection.settings_dict, engine=connection.vendor, at=now.isoformat()
    )
    size = f"{file.stat().st_size / 1e6:.1f}"
    print(say("site.backup.done", file=str(file), count=len(manifest.hashes), size=size))
    return 0

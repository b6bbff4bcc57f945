"""Make a town in JINLI_HOME as `jinli run` does: database, pack, accounts; with a number, also that much of a history.

Arguments: the number of simulated cases (0 for none) and the day before which they happened.
"""

from __future__ import annotations

import sys

from django.core.management import call_command

from jinli.site.cli import main, prepare


def make(cases: str, until: str) -> None:
    """Make the town; refusals end the process."""
    prepare()
    from jinli.site.demonstration import ensure_accounts, load_town

    call_command("migrate", verbosity=0, interactive=False)
    load_town(demo=True)
    ensure_accounts()
    if int(cases) and main(["demo", "--cases", cases, "--until", until]) != 0:
        raise SystemExit(1)


make(*sys.argv[1:])

"""Kill everything that writes, five times, in the middle of work: what was acknowledged is there, and verifies.

Four processes open reports as residents do and say each number when it is acknowledged. They are ended by SIGKILL at
a moment they do not know. SQLite with synchronous=FULL; a lost power supply is another matter than a lost process.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, WRITERS, SECONDS = 5, 4, 9.0

WRITER = """
import os, sys
import django
django.setup()
from jinli.lines.grid.services.intake import Told, report_public
from jinli.town.models import Division
town = Division.objects.get(level="town")
for number in range(100000):
    key = f"kill-{sys.argv[1]}-{number}"
    opened = report_public(town=town, told=Told(text="井盖不见了", place="441204115222"), key=key)
    print(key, opened.number, flush=True)
"""


def main() -> int:
    """Run the rounds and print what was acknowledged, what is there, and what verify says."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinli.site.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from jinli.cases.models import Case, RequestKey
    from jinli.cases.services.verifying import Finding, verify_town
    from jinli.site.packing import load_folder

    call_command("migrate", verbosity=0)
    town = load_folder(ROOT / "packs" / "jinli", [ROOT / "packs" / "jinli" / "demo"]).town
    connection.close()
    acknowledged: dict[str, str] = {}
    for round_ in range(ROUNDS):
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITER, f"{round_}-{n}"], stdout=subprocess.PIPE, text=True)
            for n in range(WRITERS)
        ]
        time.sleep(SECONDS + 0.37 * round_)
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
        for writer in writers:
            said = writer.communicate()[0]
            lines = [line.split() for line in said.splitlines() if line.count(" ") == 1]
            acknowledged.update(dict(lines))
    kept = dict(RequestKey.objects.filter(town=town, key__startswith="kill-").values_list("key", "answer"))
    lost = {key for key, number in acknowledged.items() if kept.get(key) != number}
    findings = [found for found in verify_town(town) if isinstance(found, Finding)]
    print(f"### {ROUNDS} kills of {WRITERS} writers under load (SQLite)\n")
    print("| what | number |\n|---|---|")
    print(f"| acknowledged | {len(acknowledged):,} |")
    print(f"| of these lost | {len(lost)} |")
    print(f"| in the database | {Case.objects.filter(town=town).count():,} |")
    print(f"| findings of verify | {len(findings)} |")
    return int(bool(lost or findings or not acknowledged))


if __name__ == "__main__":
    sys.exit(main())

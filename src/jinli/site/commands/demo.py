"""The simulated history of the demonstration: played through the services, marked, the same again from its seed."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import datetime
from itertools import chain
from pathlib import Path

HELP = "载入模拟历史 / record the simulated history"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the size, the last day and the seed."""
    parser.add_argument("--cases", type=int, default=None, help="件数 / number of cases")
    parser.add_argument("--matters", type=int, default=None, help="政务服务件数 / number of government matters")
    parser.add_argument("--seed", type=int, default=None, help="种子 / seed")
    parser.add_argument(
        "--until", default="", metavar="DAY", help="到哪一天（当地 00:00）；默认第一次运行的那天 / last day"
    )
    parser.add_argument("--town", default="", help="镇的代码 / code of the town")
    told = "服务已在运行，小步写入，让人先用 / the server is running: small steps, people first"
    parser.add_argument("--background-ok", action="store_true", help=told)


def run(args: argparse.Namespace) -> int:
    """Record what is missing of the history; a second run adds nothing."""
    from zoneinfo import ZoneInfo

    from tqdm import tqdm

    from jinli.cases.services.bulk import record_many
    from jinli.lines.grid.services.demonstration import scripts_of
    from jinli.lines.services.services.demonstration import record_history
    from jinli.lines.services.services.demonstration_season import play_seasons
    from jinli.site.demonstration import history_of, matters_history_of, progress_path
    from jinli.town import moment
    from jinli.town.selectors import town_by_code, towns
    from jinli.ui.words import say

    town = town_by_code(args.town) if args.town else towns().filter(simulated=True).first()
    history = history_of(cases=args.cases, seed=args.seed)
    if town is None or history is None:
        print(say("site.demo.nothing"))
        return 1
    zone = ZoneInfo(town.zone)
    day = args.until or _anchor(f"{moment.now().astimezone(zone):%Y-%m-%d}")
    until = datetime.fromisoformat(day).replace(tzinfo=zone)
    chunk = 25 if args.background_ok else 200
    if args.background_ok:
        os.nice(10)
    done = cases = entries = 0
    file = progress_path()
    scripts = scripts_of(town, until=until, history=history)
    matters = matters_history_of(cases=args.matters, seed=args.seed)
    total = history.cases + (matters.cases if matters else 0)
    recording = [record_many(town=town, scripts=scripts, chunk=chunk)]
    if matters is not None and matters.cases:
        recording.append(record_history(town, until=until, history=matters, chunk=chunk))
    with tqdm(total=total, desc=town.name, file=sys.stderr, disable=None, leave=False) as bar:
        for recorded in chain.from_iterable(recording):
            done = min(done + chunk, total)
            bar.update(done - bar.n)
            cases, entries = cases + recorded.cases, entries + recorded.entries
            file.write_text(json.dumps({"done": done, "total": total}), encoding="utf-8")
            for key, error in recorded.refused:
                print(say("site.demo.refused", key=key, why=str(error)), file=sys.stderr)
    if matters is not None and matters.cases:
        entries += play_seasons(town, until=until, history=matters)
    file.write_text(json.dumps({"done": total, "total": total}), encoding="utf-8")
    print(say("site.demo.done", cases=cases, entries=entries))
    return 0


def _anchor(today: str) -> str:
    """Return the day of the first run, so that a later run finds its own history again."""
    from django.conf import settings

    file = Path(settings.HOME) / "demo_anchor"
    if not file.exists():
        file.write_text(today, encoding="utf-8")
    return file.read_text(encoding="utf-8").strip()

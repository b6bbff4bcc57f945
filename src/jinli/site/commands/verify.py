"""Check journal, columns and seals of every town, or one, and name whatever was changed."""

from __future__ import annotations

import argparse
import sys

HELP = "核对办理过程、各栏和封存 / verify journal, columns and seals"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the choice of one town."""
    parser.add_argument("--town", default="", help="只核对这个镇（代码） / only the town with this code")


def run(args: argparse.Namespace) -> int:
    """Print every finding; 0 nothing was changed, 1 something was."""
    from tqdm import tqdm

    from jinli.cases.models import Case
    from jinli.cases.services.verifying import verify_town
    from jinli.town.selectors import town_by_code, towns
    from jinli.ui.words import say

    chosen = [town_by_code(args.town)] if args.town else list(towns())
    wrong = looked = 0
    for town in chosen:
        total = Case.objects.filter(town=town).count()
        with tqdm(total=total, desc=town.name, file=sys.stderr, disable=None, leave=False) as bar:
            for found in verify_town(town):
                if isinstance(found, int):
                    bar.update(found - bar.n)
                    continue
                wrong += 1
                facts = {"where": found.where, "column": found.column}
                print(say(found.code, **facts, stored=found.stored, expected=found.expected))
        looked += total
    print(say("cases.verify.clean" if not wrong else "cases.verify.changed", cases=looked, count=wrong))
    return int(bool(wrong))

"""Import what other systems export: any table as the pages take it, or the tickets of a city's 311 system."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinli.site.commands import _import_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HELP = "导入别的系统的导出文件 / import the export of another system"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be imported."""
    kinds = parser.add_subparsers(dest="kind", metavar="KIND", required=True)
    text = "导出的表格，同页面一样先试导 / an exported table, with a dry run first as on the page"
    _import_file.add_arguments(kinds.add_parser("file", help=text, description=text))
    text = "工单（CSV），作为镜像办件 / tickets (CSV) as mirror cases"
    tickets = kinds.add_parser("tickets", help=text, description=text)
    tickets.add_argument("file", type=Path, help="CSV 文件 / the CSV file")
    tickets.add_argument("--town", required=True, help="镇的代码 / code of the town")
    tickets.add_argument("--source", default="tickets", help="来源系统的名字 / name of the other system")
    tickets.add_argument("--as-of", default="", help="推算到这一刻（镇当地时间） / replay until then, local time")


def run(args: argparse.Namespace) -> int:
    """Import with a progress bar; 0 all rows taken, 1 some refused, each named."""
    return _import_file.run(args) if args.kind == "file" else _tickets(args)


def _tickets(args: argparse.Namespace) -> int:
    from zoneinfo import ZoneInfo

    from jinli.exchange.tickets import RefusedRow, import_tickets, read_tickets
    from jinli.town import moment
    from jinli.town.selectors import town_by_code
    from jinli.ui.words import say, say_error

    town = town_by_code(args.town)
    zone = ZoneInfo(town.zone)
    until = datetime.fromisoformat(args.as_of).replace(tzinfo=zone) if args.as_of else moment.now()
    rows = list(read_tickets(args.file, town.zone))
    refused = [row for row in rows if isinstance(row, RefusedRow)]
    good = [row for row in rows if not isinstance(row, RefusedRow)]
    for row in refused:
        print(say("exchange.row_refused", line=row.line, why=say_error(row.error)))
    cases = entries = 0
    for chunk in import_tickets(town, _watched(good, args.file.name), source=args.source, until=until):
        cases, entries = cases + chunk.cases, entries + chunk.entries
        for key, error in chunk.refused:
            print(say("exchange.row_refused", line=key, why=say_error(error)))
    print(say("exchange.imported", cases=cases, entries=entries, known=len(good) - cases, refused=len(refused)))
    return int(bool(refused))


def _watched(rows: Iterable[Any], name: str) -> Iterator[Any]:
    from tqdm import tqdm

    yield from tqdm(rows, desc=name, file=sys.stderr, disable=None, leave=False)

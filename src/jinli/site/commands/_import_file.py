"""Import one export as the pages do it: a dry run first, and the rows only when that is asked for."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jinli.exchange.models import ImportRun, Source
    from jinli.town.acting import Acting
    from jinli.town.models import Division

#: So many refused rows are printed; all of them stand on the page of the run.
_SHOWN: Final = 50
_BLOCK: Final = 2**20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file, where it belongs, in whose name, and how far to go."""
    parser.add_argument("file", type=Path, help="Excel 或 CSV 文件 / the Excel or CSV file")
    parser.add_argument("--town", required=True, metavar="CODE", help="镇的代码 / code of the town")
    parser.add_argument("--source", required=True, metavar="CODE", help="来源系统的代码 / code of the other system")
    parser.add_argument("--as", dest="username", required=True, metavar="USERNAME", help="以谁的账号 / who imports")
    parser.add_argument("--take", choices=("all", "clean"), default="", help="全部，或没有疑问的 / which rows")
    parser.add_argument("--yes", action="store_true", help="不再问 / do not ask again")


def run(args: argparse.Namespace) -> int:
    """Drop the file, show the dry run, take its rows if wanted; 0 when no row is refused or left, else 1."""
    from jinli.exchange.services.dropping import drop_file, take_rows
    from jinli.town.selectors import town_by_code
    from jinli.ui.words import say

    town = town_by_code(args.town)
    source = _source(town, args.source)
    acting = _acting(town, source, args.username)
    found = _worked(drop_file(acting=acting, name=args.file.name, chunks=_blocks(args.file), source=source))
    _require_ready(found)
    _tell(found)
    print(say("site.import.look", address=f"/imports/{found.pk}/"))
    left = int(found.counts["refused"])
    if args.take and (args.yes or _agreed()):
        found = _worked(take_rows(acting=acting, run_id=found.pk, version=found.version, take=args.take))
        _tell(found)
        left += int(found.counts["doubtful"]) - int(found.counts.get("doubtful_taken", 0))
        left += found.state != found.State.DONE
    return int(bool(left))


def _source(town: Division, code: str) -> Source:
    from jinli.domain.errors import InvalidInputError
    from jinli.exchange.models import Source

    source = Source.objects.select_related("watched_by").filter(town=town, code=code).first()
    if source is None:
        known = sorted(Source.objects.filter(town=town).values_list("code", flat=True))
        raise InvalidInputError("site.import.no_source", field="source", value=code, known=", ".join(known) or "-")
    return source


def _acting(town: Division, source: Source, username: str) -> Acting:
    """Return how the person acts for the body that watches the source, as the command centre does on the page."""
    from jinli.domain.errors import InvalidInputError, RefusedError
    from jinli.town.hats import hats_of, wear
    from jinli.town.models import Duty, Person

    person = Person.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise InvalidInputError("site.import.no_person", field="as", value=username)
    hats = hats_of(person)
    for hat in hats:
        if hat.body == source.watched_by and town in hat.towns:
            acting = wear(hats, person, appointment=hat.appointment, town=town.pk)
            if Duty.Role.COMMAND_CENTRE in acting.roles:
                return acting
    raise RefusedError("exchange.source.other_body", source=source.name)


def _blocks(file: Path) -> Iterator[bytes]:
    from jinli.domain.errors import InvalidInputError

    try:
        with file.open("rb") as stream:
            while block := stream.read(_BLOCK):
                yield block
    except OSError as error:
        raise InvalidInputError("site.import.no_file", field="file", file=file, why=error.strerror) from None


def _worked(run: ImportRun) -> ImportRun:
    """Work on the run here, or wait for the worker that has it already; return it as it stands then."""
    from jinli.exchange.services.working import work_once
    from jinli.site.commands.work import Bar

    working = (run.State.READING, run.State.TAKING)
    while run.state in working:
        bar = Bar()
        try:
            if not work_once(bar):
                time.sleep(0.5)
        finally:
            bar.close()
        run.refresh_from_db()
    return run


def _require_ready(run: ImportRun) -> None:
    from jinli.domain.errors import DomainError, RefusedError

    if run.error:
        raise DomainError(str(run.error["code"]), **run.error["facts"])
    if run.state != run.State.READY:
        raise RefusedError("site.import.not_mapped", address=f"/imports/{run.pk}/")


def _tell(run: ImportRun) -> None:
    from jinli.exchange.models import ImportRow
    from jinli.exchange.pages.wording import error_text, reason_texts
    from jinli.exchange.services.taking import OUTCOMES
    from jinli.ui.words import say

    counts = (
        say("site.import.count", outcome=say(f"exchange.outcome.{one}"), count=run.counts[one]) for one in OUTCOMES
    )
    print(say("site.import.state", state=say(f"exchange.state.{run.state}"), counts=tuple(counts)))
    if run.error:
        print(error_text(run.error))
    if run.state == run.State.READY:
        for row in ImportRow.objects.filter(run=run, outcome="refused").order_by("line", "pk")[:_SHOWN]:
            print(say("exchange.row_refused", line=row.line, why=" ".join(reason_texts(row, {}))))


def _agreed() -> bool:
    """Ask at the terminal; where nobody sits, nobody agrees."""
    from jinli.ui.words import say

    if not sys.stdin.isatty():
        print(say("site.import.not_asked"))
        return False
    return input(say("site.import.ask")).strip().lower() in {"y", "yes", "是"}

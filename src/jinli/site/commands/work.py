"""Go through dropped files beside the pages: dry runs, imports, imports taken back."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

from jinli.domain.errors import DomainError

if TYPE_CHECKING:
    from tqdm import tqdm

    from jinli.exchange.models import ImportRun

HELP = "处理放进来的文件；--loop 一直等着 / work on dropped files; --loop keeps waiting for them"
NEEDS_DJANGO = True
log = logging.getLogger("jinli.work")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of waiting."""
    parser.add_argument("--loop", action="store_true", help="一直等着 / keep waiting until ended")
    parser.add_argument("--every", type=float, default=1.0, metavar="SECONDS", help="间隔秒数 / seconds between looks")


class Bar:
    """A progress bar on the error channel when that is a terminal; ends the work between two chunks when told to."""

    def __init__(self, stop: threading.Event | None = None) -> None:
        self._stop = stop
        self._bar: tqdm[Any] | None = None

    def __call__(self, run: ImportRun) -> None:
        """Show how far the run is. Raises WorkEndedError when the process is to end."""
        from tqdm import tqdm

        from jinli.exchange.services.working import WorkEndedError

        if self._bar is None:
            self._bar = tqdm(desc=run.file_name, total=run.total, file=sys.stderr, disable=None, leave=False)
        self._bar.update(run.done - self._bar.n)
        if self._stop is not None and self._stop.is_set():
            raise WorkEndedError

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()


def once(stop: threading.Event | None = None) -> bool:
    """Do the next waiting file, or return False when none waits."""
    from jinli.exchange.services.working import WorkEndedError, work_once

    bar = Bar(stop)
    try:
        return work_once(bar)
    except WorkEndedError:
        return False
    finally:
        bar.close()


def run(args: argparse.Namespace) -> int:
    """Do what waits, or wait for files until the process is ended."""
    from jinli.ui.words import say

    stop = threading.Event()
    if args.loop:
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_: stop.set())
        _wait(every=args.every, stop=stop)
        return 0
    done = 0
    while once():
        done += 1
    print(say("site.work.done", count=done))
    return 0


def _wait(*, every: float, stop: threading.Event) -> None:
    """Look for files until told to stop; a look that fails is said once and tried again."""
    from django.db import close_old_connections

    from jinli.exchange.services.working import waits
    from jinli.ui.words import say, say_error

    told = ""
    while not stop.is_set():
        try:
            if waits() and once(stop):
                continue
            told = ""
        except Exception as error:  # the loop outlives any one file
            trouble = say_error(error) if isinstance(error, DomainError) else repr(error)
            if trouble != told:
                log.error(say("site.work.failed", why=trouble), exc_info=not isinstance(error, DomainError))
            told = trouble
        close_old_connections()
        stop.wait(every)

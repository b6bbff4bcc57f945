"""Apply what fell due: deemed outcomes, breaches, resumptions, seals, and what waits in the outbox."""

from __future__ import annotations

import argparse
import logging
import signal
import threading

from jinli.domain.errors import DomainError

HELP = "处理到期的时限；--loop 一直看着 / apply what fell due; --loop keeps watching"
NEEDS_DJANGO = True
log = logging.getLogger("jinli.tick")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of watching."""
    parser.add_argument("--loop", action="store_true", help="一直看着 / keep watching until ended")
    parser.add_argument("--every", type=float, default=5.0, metavar="SECONDS", help="间隔秒数 / seconds between rounds")


def once() -> int:
    """Apply everything due up to now.

    Raises RefusedError when this machine's clock stands before the last run: verdicts must not depend on it.
    """
    from jinli.cases.services.rounds import engine_round
    from jinli.town import moment

    return engine_round(moment.now()).touched


def run(args: argparse.Namespace) -> int:
    """Run one round, or rounds until the process is ended."""
    from jinli.ui.words import say

    if not args.loop:
        print(say("site.tick.done", count=once()))
        return 0
    stop = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: stop.set())
    _watch(every=args.every, stop=stop)
    return 0


def _watch(*, every: float, stop: threading.Event) -> None:
    """Run rounds until told to stop; a round that fails is said once and tried again, for clocks must stay watched."""
    from django.db import close_old_connections

    from jinli.ui.words import say, say_error

    told = ""
    while not stop.is_set():
        try:
            once()
            told = ""
        except Exception as error:  # the loop outlives any one round
            trouble = say_error(error) if isinstance(error, DomainError) else repr(error)
            if trouble != told:
                log.error(say("site.tick.failed", why=trouble), exc_info=not isinstance(error, DomainError))
            told = trouble
        close_old_connections()
        stop.wait(every)

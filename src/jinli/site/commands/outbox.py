"""What waits to leave, and what a restore put on hold."""

from __future__ import annotations

import argparse

HELP = "发件箱：看、暂扣、放行 / the outbox: look, hold, release"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the two things one does."""
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--hold", action="store_true", help="全部暂扣 / put everything that waits on hold")
    either.add_argument("--release", action="store_true", help="看过以后放行 / let what is on hold leave")


def run(args: argparse.Namespace) -> int:
    """Hold or release, and say how it stands."""
    from jinli.cases.models import Notice
    from jinli.cases.services.outbox import hold_outbox, release_outbox
    from jinli.ui.words import say

    if args.hold:
        hold_outbox()
    if args.release:
        release_outbox()
    states = list(Notice.objects.filter(state__in=["waiting", "held"]).values_list("state", flat=True))
    print(say("cases.outbox.state", waiting=states.count("waiting"), held=states.count("held")))
    return 0

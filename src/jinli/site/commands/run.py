"""Run the town: everything from nothing the first time, seconds the second time."""

from __future__ import annotations

import argparse
import os
import signal
import tempfile
import time
from typing import Final, NoReturn

from jinli.site.children import Children, answers, held, require_free

HELP = "从零启动：数据库、数据包、演示、网页、时限、导入 / run the town: database, pack, demonstration, pages, clocks"
NEEDS_DJANGO = True
#: What runs beside the pages and is started again when it ends: the watch over the clocks, the work on dropped files.
_WATCHED: Final = ("tick", "work")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add where to listen and what to show."""
    parser.add_argument(
        "--host", default=os.environ.get("JINLI_LISTEN", "127.0.0.1"), help="监听地址 / address to listen on"
    )
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000), help="端口 / port")
    parser.add_argument("--workers", type=int, default=2, help="网页进程数 / processes that answer pages")
    parser.add_argument("--no-demo", action="store_true", help="只要事实，不要演示 / facts only, no demonstration")


def run(args: argparse.Namespace) -> int:
    """Prepare the data, start the children, and stay until ended."""
    from django.conf import settings

    os.umask(0o077)  # database, files and archives are for the owner alone
    with held(settings.HOME / "run.lock", code="site.run.already"):
        require_free(args.host, args.port)
        signal.signal(signal.SIGTERM, _interrupt)
        children = Children(environment=os.environ)
        try:
            _prepare(demo=not args.no_demo)
            _serve(args, children)
            return _watch(children)
        except KeyboardInterrupt:
            _tell("site.run.ending")
            return 0
        finally:
            for one in (signal.SIGTERM, signal.SIGINT):  # a second Ctrl-C must not cut the ending short
                signal.signal(one, signal.SIG_IGN)
            children.end()


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _tell(key: str, **facts: object) -> None:
    from jinli.ui.words import say

    print(say(key, **facts), flush=True)


def _prepare(*, demo: bool) -> None:
    """Bring database, pack and demonstration accounts up to date; what is there already stays."""
    from django.core.management import call_command

    from jinli.site.demonstration import ensure_accounts, load_town

    began = time.monotonic()
    _tell("site.run.database")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    _tell("site.run.pack")
    load_town(demo=demo)
    if demo:
        ensure_accounts()
    _tell("site.run.prepared", seconds=f"{time.monotonic() - began:.1f}")


def _serve(args: argparse.Namespace, children: Children) -> None:
    """Start what serves, watches and works, and print the address once a page has been answered."""
    from jinli.site.cli import find_commands
    from jinli.site.demonstration import one_of_each_role, read_accounts

    options = (
        f"--interface wsgi --host {args.host} --port {args.port} --workers {args.workers} --blocking-threads 4 --no-ws "
        "--log-level warning --respawn-failed-workers --workers-kill-timeout 5s"
    )
    reachable = "127.0.0.1" if args.host == "0.0.0.0" else f"[{args.host}]" if ":" in args.host else args.host  # noqa: S104
    address = f"http://{reachable}:{args.port}/"
    with tempfile.TemporaryDirectory() as warm:
        children.start("server", ["granian", *options.split(), "jinli.site.wsgi:application"], JINLI_WARM_WORKERS=warm)
        for name in _WATCHED:
            children.start(name, ["jinli.site.cli", name, "--loop"])
        while len(os.listdir(warm)) < args.workers or not answers(address):
            if "server" in children.ended():
                _tell("site.run.server_ended")
                raise SystemExit(1)
            time.sleep(0.05)
    _tell("site.run.open", address=address)
    accounts = [] if args.no_demo else one_of_each_role(read_accounts())
    for account in accounts:
        print(f"  {account.username:<14} {account.password}  {account.title}", flush=True)
    if accounts and "demo" in find_commands():
        children.start("demo", ["jinli.site.cli", "demo", "--background-ok"])


def _watch(children: Children) -> int:
    """Stay until the server ends; what should run beside it and ended is started again."""
    while True:
        time.sleep(0.5)
        over = children.ended()
        if "server" in over:
            _tell("site.run.server_ended")
            return 1
        for name in [one for one in _WATCHED if one in over]:
            _tell(f"site.run.{name}_ended")
            time.sleep(5)
            children.start(name, ["jinli.site.cli", name, "--loop"])
        if over.get("demo"):
            _tell("site.run.demo_ended")

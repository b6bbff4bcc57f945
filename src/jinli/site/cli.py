"""The command line `jinli`: finds the commands in `site/commands`, words their errors, returns their exit codes.

Exit codes: 0 done, 1 refused or something is wrong, 2 the command was not understood, 130 interrupted.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from types import ModuleType

from jinli.domain.errors import DomainError, InvalidInputError
from jinli.site import commands


def language() -> str:
    """Return the language of the terminal: English if LC_ALL, LC_MESSAGES or LANG say so, otherwise Chinese."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "en" if value.lower().startswith("en") else "zh-hans"
    return "zh-hans"


def find_commands() -> Mapping[str, ModuleType]:
    """Return command name -> module. `import_.py` is the command `import`, `two_words.py` is `two-words`."""
    found = {}
    for one in pkgutil.iter_modules(commands.__path__):
        if not one.name.startswith("_"):
            name = one.name.rstrip("_").replace("_", "-")
            found[name] = importlib.import_module(f"{commands.__name__}.{one.name}")
    return found


def build_parser(found: Mapping[str, ModuleType]) -> argparse.ArgumentParser:
    """Return the parser of all commands, each with its own help."""
    parser = argparse.ArgumentParser(
        prog="jinli",
        description="一镇之事，件件有时限。A town's promises, each with its clock.",
        epilog="jinli COMMAND --help 看一条命令怎么用 / tells how one command is used.",
    )
    parser.add_argument("--version", action="version", version=f"jinli {version('jinli')}")
    parsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, module in sorted(found.items()):
        module.add_arguments(parsers.add_parser(name, help=module.HELP, description=module.HELP))
    return parser


def prepare() -> None:
    """Load the settings and rooms, and speak the language of the terminal."""
    import django
    from django.utils import translation

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinli.site.settings")
    django.setup()
    translation.activate(language())


def tell(error: DomainError) -> None:
    """Print what went wrong, in the reader's words, to the error channel."""
    prepare()
    from jinli.ui.words import say, say_error

    print(say("site.command.refused", why=say_error(error)), file=sys.stderr)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    found = find_commands()
    args = build_parser(found).parse_args(argv)
    command = found[args.command]
    try:
        if getattr(command, "NEEDS_DJANGO", False):
            prepare()
        return int(command.run(args))
    except DomainError as error:
        tell(error)
        return 2 if isinstance(error, InvalidInputError) else 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of a pipe, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())

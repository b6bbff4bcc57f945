"""Packs of towns: check, load, compare, write back, begin a new one."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jinli.domain.errors import DomainError
    from jinli.packs.faults import Fault
    from jinli.town.loading import Change

HELP = "镇数据包：检查、装入、比较、导出、新建 / packs: check, load, diff, export, new"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the five things one does with a pack."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, text in (
        ("check", "查出包里所有的错 / show every fault of a pack"),
        ("load", "装入；屏幕上改过的行保留 / load; rows edited on screen are kept"),
        ("diff", "只比较，不写入 / compare, write nothing"),
    ):
        one = actions.add_parser(name, help=text, description=text)
        one.add_argument("folder", type=Path, help="包的文件夹 / folder of the pack")
        one.add_argument("--demo", action="store_true", help="加上 demo 演示层 / with the overlay `demo`")
        one.add_argument("--overlay", type=Path, action="append", default=[], help="再加一层 / one more overlay")
        if name == "load":
            told = "屏幕上改过的也覆盖 / also write over rows edited on screen"
            one.add_argument("--overwrite", action="store_true", help=told)
    text = "把一个镇写成包 / write a town as a pack"
    export = actions.add_parser("export", help=text, description=text)
    export.add_argument("town", help="镇的代码 / code of the town")
    export.add_argument("folder", type=Path, help="新文件夹 / a new folder")
    text = "从带说明的样板开始 / begin from a commented skeleton"
    new = actions.add_parser("new", help=text, description=text)
    new.add_argument("folder", type=Path, help="新文件夹 / a new folder")


def run(args: argparse.Namespace) -> int:
    """Do one of the five; 0 done, 1 the pack has faults, all of which are printed."""
    from jinli.packs.faults import PackRefusedError
    from jinli.site.packing import UnsoundProceduresError

    doing = {"check": _check, "load": _load, "diff": _diff, "export": _export, "new": _new}
    try:
        return doing[args.action](args)
    except PackRefusedError as error:
        return _refused(error.faults, ())
    except UnsoundProceduresError as error:
        return _refused((), error.errors)


def _refused(faults: Sequence[Fault], unsound: Sequence[DomainError]) -> int:
    """Print every fault and return the exit code."""
    from jinli.ui.words import say, say_error

    for fault in faults:
        print(say(fault.code, **fault.facts))
    for error in unsound:
        print(say_error(error))
    print(say("site.pack.faults", count=len(faults) + len(unsound)))
    return 1


def _overlays(args: argparse.Namespace) -> list[Path]:
    return [*([args.folder / "demo"] if args.demo else []), *args.overlay]


def _check(args: argparse.Namespace) -> int:
    from jinli.site.packing import examine
    from jinli.ui.words import say

    pack, faults, unsound = examine(args.folder, _overlays(args))
    if pack is None or faults or unsound:
        return _refused(faults, unsound)
    rows = sum(len(one) for one in pack.rows.values())
    print(say("site.pack.sound", name=pack.name, version=pack.version, rows=rows))
    return 0


def _load(args: argparse.Namespace) -> int:
    from jinli.site.packing import load_folder
    from jinli.ui.words import say

    report = load_folder(args.folder, _overlays(args), overwrite=args.overwrite)
    _show(one for one in report.changes if not one.written)
    counts = {kind: sum(one.kind == kind for one in report.written) for kind in ("new", "changed", "gone")}
    kept = len(report.changes) - len(report.written)
    print(say("site.pack.loaded", town=report.town.name, written=len(report.written), kept=kept, **counts))
    return 0


def _diff(args: argparse.Namespace) -> int:
    from jinli.site.packing import compare_folder
    from jinli.ui.words import say

    changes = compare_folder(args.folder, _overlays(args))
    _show(changes)
    print(say("site.pack.differences", count=len(changes)))
    return 0


def _show(changes: Iterable[Change]) -> None:
    """Print one line a difference: what, where, and what each side says."""
    from jinli.ui.words import say

    for one in changes:
        sides = "; ".join(f"{name}: {was!r} → {becomes!r}" for name, (was, becomes) in one.fields.items())
        shown = sides if one.kind != "new" else ""
        print(say(f"site.pack.change.{one.kind}", section=one.section, row=one.key, sides=shown))


def _export(args: argparse.Namespace) -> int:
    from jinli.site.packing import export_town
    from jinli.town.selectors import town_by_code
    from jinli.ui.words import say

    try:
        files = export_town(town_by_code(args.town), args.folder)
    except FileExistsError:
        print(say("site.pack.not_empty", folder=args.folder))
        return 1
    print(say("site.pack.exported", count=len(files), folder=args.folder))
    return 0


def _new(args: argparse.Namespace) -> int:
    from jinli.site.packing import standard_folder
    from jinli.ui.words import say

    if args.folder.exists() and any(args.folder.iterdir()):
        print(say("site.pack.not_empty", folder=args.folder))
        return 1
    shutil.copytree(standard_folder() / "skeleton", args.folder, dirs_exist_ok=True)
    print(say("site.pack.begun", folder=args.folder))
    return 0

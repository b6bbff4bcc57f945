"""One browser for all journeys, and for each story a town of its own that really runs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.eyes import Person, Seen
from tests.browser.town_process import Town, prepared
from tests.suite import chromium

HERE = Path(__file__).parent
LAST = "test_every_page.py"
ARGUMENTS = (
    "--no-sandbox",
    "--lang=zh-CN",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
NOT_RUN = pytest.StashKey[bool]()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep journeys in one process; leave them out, aloud, where there is no Chromium."""
    mine = [item for item in items if item.path.parent == HERE]
    for item in mine:
        item.add_marker(pytest.mark.xdist_group("browser"))
    chosen = bool(config.getoption("keyword"))
    whole = not chosen and {path.name for path in HERE.glob("test_*.py")} <= {item.path.name for item in mine}
    out = [] if whole else [item for item in mine if item.path.name == LAST]  # what all journeys saw needs them all
    if chromium() is None and os.environ.get("CI") != "true":
        out, config.stash[NOT_RUN] = mine, True
    last = [item for item in mine if item.path.name == LAST]
    if last and whole:
        items[:] = [item for item in items if item not in last]
        place = max(items.index(item) for item in mine if item not in last) + 1
        items[place:place] = last
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was not run."""
    if config.stash.get(NOT_RUN, False):
        terminalreporter.write_line("NOT RUN: journeys in Chromium, which is not here; on Debian: apt install chromium")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    found = chromium()
    assert found, "under CI=true a missing Chromium is a failure"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="package")
def seen() -> Seen:
    return Seen()


@pytest.fixture(scope="package")
def bare_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home of a town with pack and accounts and nothing else, to be copied."""
    home = tmp_path_factory.mktemp("bare")
    prepared(home, moment="2026-09-01 08:00")
    return home


@pytest.fixture(scope="module")
def town(bare_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Run a town in which nothing has happened yet."""
    home = tmp_path_factory.mktemp("town") / "home"
    shutil.copytree(bare_home, home)
    with Town(home).running() as running:
        yield running


@pytest.fixture(scope="package")
def busy_town(bare_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Run a town that has a year behind it."""
    home = tmp_path_factory.mktemp("busy") / "home"
    shutil.copytree(bare_home, home)
    town = Town(home)
    town.set_clock("2026-09-28 00:00")
    town.command("-m", "jinli.site.cli", "demo", "--cases", "600", "--until", "2026-09-28")
    with town.running() as running:
        yield running


@pytest.fixture
def visit(browser: Browser, town: Town, seen: Seen) -> Iterator[Callable[..., Person]]:
    """Return a function that puts somebody before a browser of a width, signed in when a name is given."""
    here: list[Person] = []

    def put(width: int, username: str = "", *, scripts: bool = True) -> Person:
        one = Person(browser, town, seen, width, scripts=scripts)
        here.append(one)
        return one.sign_in(username) if username else one

    yield put
    for one in here:
        one.close()

"""After all journeys: no page was left unlooked at."""

from __future__ import annotations

import pytest

from tests.browser.eyes import Seen
from tests.browser.town_process import ROOT

pytestmark = pytest.mark.browser
FRAMES = {
    "ui/base.html",
    "ui/error.html",
    "site/front.html",
    "grid/whistle_base.html",
    "services/act_base.html",
    "services/public_base.html",
}  # only ever extended
ELSEWHERE = {  # pages that a town as complete as the demonstration never shows
    "grid/closed.html",  # a town without a command centre takes no reports
    "site/towns.html",  # several towns on one server
}


def _pages() -> set[str]:
    found = (path for path in (ROOT / "src").glob("jinli/**/templates/**/*.html") if not path.name.startswith("_"))
    return {path.as_posix().split("/templates/", 1)[1] for path in found}


def test_every_page_was_looked_at_in_a_journey(seen: Seen) -> None:
    assert _pages() - FRAMES - ELSEWHERE - seen.templates == set()

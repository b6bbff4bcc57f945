"""Every way a case comes in has a name on the page."""

from __future__ import annotations

import pytest

from jinli.lines.grid.services.intake import FINDING, PUBLIC, STAFF_CHANNELS
from jinli.ui.words import has_words


@pytest.mark.parametrize("channel", [PUBLIC, *STAFF_CHANNELS, FINDING, "page", "api", "import"])
def test_every_channel_is_worded(channel: str) -> None:
    assert has_words(f"cases.channel.{channel}")

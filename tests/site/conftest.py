"""Towns and people for the tests of pages."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.shared import shared
from tests.town.small_town import SmallTown, build


@shared
def town() -> SmallTown:
    """Return a small town with another beside it; nobody has failed to sign in yet."""
    return build()


@pytest.fixture
def desk(town: SmallTown) -> Client:
    """Return the browser of the clerk of the command centre, signed in."""
    client = Client()
    client.force_login(town.person("command_centre"))
    return client


@pytest.fixture
def administrator(town: SmallTown) -> Client:
    """Return the browser of the administrator, signed in."""
    client = Client()
    client.force_login(town.person("administrator"))
    return client

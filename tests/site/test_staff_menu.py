"""Every list of government matters is reached by its readers without typing an address."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jinli.site.shell import opened
from jinli.town.access import open_to
from jinli.ui.shell import NavItem, Shell
from tests.architecture.walked_town import build_at_work
from tests.shared import shared
from tests.town.small_town import ROLES, SmallTown

#: The lists of staff: their addresses take nothing.
LISTS = (
    "services:counter", "services:catalogue", "services:seasons", "services:powers",
    "services:waves", "services:on-day", "services:subsidies", "services:buildings", "services:ratings",
    "cases:grants",
)  # fmt: skip


@shared
def town() -> SmallTown:
    return build_at_work()


def links_on(client: Client, url: str) -> set[str]:
    answer: Any = client.get(url, follow=True)
    return set(re.findall(r'href="(/[^"?#]*)', answer.content.decode()))


@pytest.mark.parametrize("role", ROLES)
def test_every_list_is_linked_from_a_page_that_its_reader_sees(town: SmallTown, role: str) -> None:
    client = Client()
    client.force_login(town.person(role))
    mine = [url for url in map(reverse, LISTS) if open_to(opened(url) or frozenset(), town.acting(role))]
    first = links_on(client, "/registers/")
    found = first | {link for url in mine if url in first for link in links_on(client, url)}
    assert [url for url in mine if url not in found] == []


def test_the_head_of_a_page_keeps_five_ways_and_puts_the_others_under_more() -> None:
    nav = tuple(NavItem(label=str(number), url=f"/{number}/") for number in range(18))
    shell = Shell(nav=nav)
    assert (len(shell.ways), len(shell.more_ways)) == (5, 13)

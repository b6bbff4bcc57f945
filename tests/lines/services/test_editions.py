"""Items in editions: what was published never changes, and on each day one edition is in force."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jinli.domain.errors import InvalidInputError
from jinli.lines.services.models import ItemEdition
from jinli.lines.services.pack import ItemSection
from jinli.lines.services.selectors.items import item_of, offered_item, offered_items
from jinli.packs.sections import content_of
from jinli.town.models import Division
from tests.lines.services.items import AT, item, publish, shell
from tests.town.small_town import build

DAY = date(2026, 9, 28)
pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Division:
    return publish(build().division, item(), shell())


def test_an_item_is_offered_once_published_and_told_about_when_it_is_done_elsewhere(town: Division) -> None:
    assert [(one.code, one.edition, one.done_here) for one in offered_items(town, DAY)] == [
        ("border_pass", 1, False),
        ("road_occupation", 1, True),
    ]


def test_a_changed_item_is_a_new_edition_and_the_earlier_one_is_kept(town: Division) -> None:
    town = publish(town, item(name="占道审批"))
    assert (item_of(town, "road_occupation").row.name, item_of(town, "road_occupation").edition) == ("占道审批", 2)
    assert item_of(town, "road_occupation", 1).row.name == "占用、挖掘城市道路审批"
    assert ItemEdition.objects.get(code="road_occupation", edition=1).ended_at == AT


def test_an_edition_that_begins_later_leaves_the_present_one_in_force_until_then(town: Division) -> None:
    town = publish(town, item(name="新的", valid_from=date(2026, 10, 1)))
    found = [offered_item(town, "road_occupation", day) for day in (DAY, date(2026, 10, 1))]
    assert [one.row.name for one in found if one] == ["占用、挖掘城市道路审批", "新的"]


def test_an_item_is_offered_through_its_last_day(town: Division) -> None:
    town = publish(town, item(valid_to=DAY))
    assert offered_item(town, "road_occupation", DAY) is not None
    assert offered_item(town, "road_occupation", date(2026, 9, 29)) is None


def test_a_draft_is_not_offered(town: Division) -> None:
    ItemEdition.objects.create(
        town=town, code="other", edition=1, state="draft", content=content_of(item("other")), digest="", written_at=AT
    )
    assert offered_item(town, "other", DAY) is None
    with pytest.raises(InvalidInputError, match=r"services\.no_such_item"):
        item_of(town, "other")
    assert item_of(town, "other", 1).code == "other"


def test_an_item_that_a_pack_drops_is_not_offered_and_its_editions_stay(town: Division) -> None:
    assert ItemSection().end(town, "border_pass", AT)
    assert "border_pass" not in ItemSection().stored(town)
    assert item_of(town, "border_pass").row.where == "公安出入境窗口"


def test_what_a_section_keeps_is_what_it_was_given(town: Division) -> None:
    assert ItemSection().stored(town) == {one.code: content_of(one) for one in (shell(), item())}


def test_items_are_read_once_while_nothing_changes(town: Division, django_assert_num_queries: Any) -> None:
    offered_items(town, DAY)
    with django_assert_num_queries(0):
        offered_items(town, DAY)
        item_of(town, "road_occupation")


def test_a_town_does_not_see_the_items_of_another(town: Division) -> None:
    other = Division.objects.exclude(pk=town.pk).get(level=Division.Level.TOWN)
    assert offered_items(other, DAY) == ()

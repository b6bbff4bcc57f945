"""An item is written, looked at by somebody else and published; a pack does not undo what was done on screen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from jinli.domain.errors import ConflictError, RefusedError
from jinli.lines.services.models import ItemEdition
from jinli.lines.services.pack import ItemSection
from jinli.lines.services.selectors.items import offered_item
from jinli.lines.services.services.editing import keep_drafts, publish, return_to_writer, send_to_review, withdraw
from jinli.packs.items import ItemRow
from jinli.packs.sections import content_of
from jinli.town.loading import compare
from jinli.town.models import Division, Duty, PackLoad
from tests.lines.services.items import AT, item
from tests.lines.services.items import publish as publish_rows
from tests.shared import shared
from tests.town.small_town import SmallTown, build, hold

DAY = date(2026, 9, 28)
LATER = AT + timedelta(hours=1)
CODE = "road_occupation"


@shared
def town() -> SmallTown:
    made = build()
    made.division = publish_rows(made.division, item())
    return made


def base(town: SmallTown) -> str:
    rows = ItemEdition.objects.filter(town=town.division, code=CODE, ended_at=None).exclude(state="withdrawn")
    return rows.order_by("-edition").values_list("digest", flat=True)[0]


def keep(town: SmallTown, row: ItemRow, *, role: str = "window_clerk", begun_from: str | None = None) -> ItemEdition:
    (kept,) = keep_drafts(
        acting=town.acting(role),
        town=town.division,
        contents={row.code: content_of(row)},
        bases={row.code: base(town) if begun_from is None else begun_from},
        at=LATER,
    )
    return kept


def on(town: SmallTown, do: Any, edition: ItemEdition, role: str, **more: Any) -> ItemEdition:
    done: ItemEdition = do(
        acting=town.acting(role), town=town.division, edition=edition.pk, digest=edition.digest, **more
    )
    return done


def offered(town: SmallTown) -> str:
    found = offered_item(Division.objects.get(pk=town.division.pk), CODE, DAY)
    return found.row.name if found else ""


def test_a_draft_changes_nothing_until_somebody_else_publishes_it(town: SmallTown) -> None:
    kept = keep(town, item(name="占道审批"))
    on(town, send_to_review, kept, "window_clerk")
    assert offered(town) == "占用、挖掘城市道路审批"
    with pytest.raises(RefusedError, match="own_words"):
        on(town, publish, kept, "window_clerk", at=LATER)
    done = on(town, publish, kept, "administrator", at=LATER)
    assert (offered(town), done.edition, done.reviewed_by) == ("占道审批", 2, town.person("administrator"))


def test_a_draft_is_published_only_after_it_was_sent_to_review(town: SmallTown) -> None:
    kept = keep(town, item(name="占道审批"))
    with pytest.raises(ConflictError, match="moved_on"):
        on(town, publish, kept, "administrator", at=LATER)


def test_a_draft_may_be_given_back_and_written_further_by_its_writer(town: SmallTown) -> None:
    kept = keep(town, item(name="一"))
    on(town, send_to_review, kept, "window_clerk")
    with pytest.raises(ConflictError, match="in_work"):
        keep(town, item(name="二"))
    on(town, return_to_writer, kept, "administrator")
    again = keep(town, item(name="二"))
    assert (again.pk, again.content["name"]) == (kept.pk, "二")


@pytest.mark.parametrize("role", ["command_centre", "department_officer", "department_head", "town_head", "auditor"])
def test_only_editors_of_the_town_itself_write(town: SmallTown, role: str) -> None:
    """The head of a department of the district is an editor by duty, but not of the town."""
    with pytest.raises(RefusedError, match="not_yours"):
        keep(town, item(name="占道审批"), role=role)


def test_a_head_of_a_body_of_the_town_writes(town: SmallTown) -> None:
    duty = Duty.objects.create(organisation=town.body("hall"), code="head", title="负责人", role="department_head")
    town.people["hall_head"] = town.person("village_officer")
    hold(town.people["hall_head"], duty)
    town.people["hall_head"].appointments.exclude(duty=duty).delete()
    assert keep(town, item(name="占道审批"), role="hall_head").written_by == town.people["hall_head"]


def test_of_two_who_write_at_once_the_second_is_told(town: SmallTown) -> None:
    begun_from = base(town)
    keep(town, item(name="一"), begun_from=begun_from)
    with pytest.raises(ConflictError, match=r"services\.edition\.(changed|in_work)"):
        keep(town, item(name="二"), role="administrator", begun_from=begun_from)


def test_what_was_published_meanwhile_is_not_published_over(town: SmallTown) -> None:
    kept = keep(town, item(name="一"))
    on(town, send_to_review, kept, "window_clerk")
    publish_rows(town.division, item(name="从包里来"), at=LATER + timedelta(hours=1))
    with pytest.raises(ConflictError, match="overtaken"):
        on(town, publish, kept, "administrator", at=LATER + timedelta(hours=2))


def test_a_page_that_is_old_acts_on_nothing(town: SmallTown) -> None:
    kept = keep(town, item(name="一"))
    old = kept.digest
    keep(town, item(name="二"))
    kept.digest = old
    with pytest.raises(ConflictError, match="moved_on"):
        on(town, send_to_review, kept, "window_clerk")


def test_what_was_published_on_screen_is_in_the_journal_of_loads(town: SmallTown) -> None:
    kept = keep(town, item(name="占道审批"))
    on(town, send_to_review, kept, "window_clerk")
    on(town, publish, kept, "administrator", at=LATER)
    line = PackLoad.objects.get(town=town.division, pack="screen")
    assert line.by == town.person("administrator")
    assert line.changes[0]["fields"] == {"name": ["占用、挖掘城市道路审批", "占道审批"]}


def test_a_pack_does_not_overwrite_what_was_published_on_screen(town: SmallTown) -> None:
    kept = keep(town, item(name="占道审批"))
    on(town, send_to_review, kept, "window_clerk")
    on(town, publish, kept, "administrator", at=LATER)
    said = {CODE: content_of(item())}
    (change,) = compare("items", said, ItemSection().stored(town.division), said)
    assert change.kind == "edited"


def test_a_withdrawn_item_is_not_offered_and_a_pack_does_not_bring_it_back(town: SmallTown) -> None:
    edition = ItemEdition.objects.get(town=town.division, code=CODE)
    on(town, withdraw, edition, "administrator", at=LATER)
    assert offered(town) == ""
    said = {CODE: content_of(item())}
    (change,) = compare("items", said, ItemSection().stored(town.division), said)
    assert change.kind == "edited"


def test_a_dropped_draft_leaves_the_edition_in_force(town: SmallTown) -> None:
    kept = keep(town, item(name="占道审批"))
    on(town, withdraw, kept, "window_clerk", at=LATER)
    assert offered(town) == "占用、挖掘城市道路审批"
    assert keep(town, item(name="再写")).edition == 3

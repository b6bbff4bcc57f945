"""Publishing editions of items: the next number, its validity, and the end of those it takes the place of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from jinli.lines.services.models import BundleEdition, ItemEdition, Season
from jinli.town.loading import digest_of
from jinli.town.models import Division
from jinli.town.selectors import local_day
from jinli.town.stamps import renew_time_stamps


def publish_contents(*, town: Division, contents: Mapping[str, Mapping[str, Any]], at: datetime) -> None:
    """Publish a new edition of each item at once, as a load of a pack does."""
    editions = next_editions(town, tuple(contents))
    rows = [
        ItemEdition(
            town=town,
            code=code,
            edition=editions[code],
            state=ItemEdition.State.PUBLISHED,
            content=dict(content),
            digest=digest_of(content),
            written_at=at,
            published_at=at,
            **validity_of(content),
        )
        for code, content in contents.items()
    ]
    for one in rows:
        end_earlier(one, at)
    ItemEdition.objects.bulk_create(rows)
    renew_time_stamps(town)


def next_editions(town: Division, codes: tuple[str, ...]) -> dict[str, int]:
    """Return code -> number of its next edition; a draft has taken its number already."""
    rows = ItemEdition.objects.filter(town=town, code__in=codes)
    last = dict(rows.values_list("code").annotate(last=Max("edition")))
    return {code: last.get(code, 0) + 1 for code in codes}


def validity_of(content: Mapping[str, Any]) -> dict[str, date | None]:
    """Return the first and the last day on which an item is offered, as the columns of its edition hold them."""
    names = ("valid_from", "valid_to")
    return {name: date.fromisoformat(content[name]) if content.get(name) else None for name in names}


def end_earlier(edition: ItemEdition, at: datetime) -> None:
    """End the editions that a new one takes the place of.

    One that begins on a later day leaves the present one in force until then; of two in force the later counts.
    """
    if edition.valid_from and edition.valid_from > local_day(edition.town, at):
        return
    rows = ItemEdition.objects.filter(
        town=edition.town, code=edition.code, state=ItemEdition.State.PUBLISHED, ended_at=None
    )
    rows.exclude(pk=edition.pk).update(ended_at=at)


def publish_bundles(*, town: Division, contents: Mapping[str, Mapping[str, Any]], at: datetime) -> None:
    """Publish a new edition of each bundle; the earlier one is not offered any more."""
    rows = BundleEdition.objects.filter(town=town, code__in=list(contents))
    last = dict(rows.values_list("code").annotate(last=Max("edition")))
    rows.filter(ended_at=None).update(ended_at=at)
    BundleEdition.objects.bulk_create(
        BundleEdition(town=town, code=code, edition=last.get(code, 0) + 1, content=dict(content), published_at=at)
        for code, content in contents.items()
    )
    renew_time_stamps(town)


def keep_seasons(*, town: Division, contents: Mapping[str, Mapping[str, Any]], at: datetime) -> None:
    """Keep seasons as a pack says them; one that is announced stands as it was announced."""
    announced = set(Season.objects.filter(town=town).exclude(announced_at=None).values_list("code", flat=True))
    for code, content in contents.items():
        if code not in announced:
            said = {"item": content["item"], "content": dict(content), "loaded_at": at}
            Season.objects.update_or_create(town=town, code=code, defaults=said)

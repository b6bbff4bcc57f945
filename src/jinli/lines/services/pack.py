"""The section of a pack that this line reads: items. A changed item makes a new edition; none is ever overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from jinli.lines.services.models import BundleEdition, ItemEdition, Season
from jinli.lines.services.services.publishing import keep_seasons, publish_bundles, publish_contents
from jinli.packs.pack import Pack
from jinli.packs.sections import content_of
from jinli.town.loading import Content, Section
from jinli.town.models import Division
from jinli.town.stamps import renew_time_stamps


class ItemSection:
    """Items by code; one that the pack no longer has is not offered any more and its cases keep it."""

    name = "items"

    def wanted(self, pack: Pack) -> Mapping[str, Content]:
        """Return code -> item."""
        return {one.code: content_of(one) for one in pack.items}

    def stored(self, town: Division) -> Mapping[str, Content]:
        """Return the last published edition of each item; one withdrawn on screen is marked so and stays withdrawn."""
        states = (ItemEdition.State.PUBLISHED, ItemEdition.State.WITHDRAWN)
        rows = ItemEdition.objects.filter(town=town, state__in=states).exclude(published_at=None).order_by("edition")
        found: dict[str, Content] = {}
        for code, content, state, ended in rows.values_list("code", "content", "state", "ended_at"):
            if state == ItemEdition.State.WITHDRAWN:
                found[code] = {**content, "withdrawn": True}
            elif ended is None:
                found[code] = content
        return dict(sorted(found.items()))

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        """Publish new editions."""
        publish_contents(town=town, contents=contents, at=at)

    def end(self, town: Division, key: str, at: datetime) -> bool:
        """Offer an item no more."""
        rows = ItemEdition.objects.filter(town=town, code=key, state=ItemEdition.State.PUBLISHED, ended_at=None)
        return bool(rows.update(ended_at=at))


class BundleSection:
    """Bundles by code; a changed one makes a new edition, and what was sent keeps its own."""

    name = "bundles"

    def wanted(self, pack: Pack) -> Mapping[str, Content]:
        """Return code -> bundle."""
        return {one.code: content_of(one) for one in pack.bundles}

    def stored(self, town: Division) -> Mapping[str, Content]:
        """Return the bundles on offer."""
        rows = BundleEdition.objects.filter(town=town, ended_at=None).order_by("code")
        return dict(rows.values_list("code", "content"))

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        """Publish new editions."""
        publish_bundles(town=town, contents=contents, at=at)

    def end(self, town: Division, key: str, at: datetime) -> bool:
        """Offer a bundle no more."""
        ended = BundleEdition.objects.filter(town=town, code=key, ended_at=None).update(ended_at=at)
        renew_time_stamps(town)
        return bool(ended)


class SeasonSection:
    """Enrolment seasons by code; one that is announced stands as it was announced."""

    name = "seasons"

    def wanted(self, pack: Pack) -> Mapping[str, Content]:
        """Return code -> season."""
        return {one.code: content_of(one) for one in pack.seasons}

    def stored(self, town: Division) -> Mapping[str, Content]:
        """Return the seasons as they stand."""
        return dict(Season.objects.filter(town=town).order_by("code").values_list("code", "content"))

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        """Keep seasons that are not announced yet."""
        keep_seasons(town=town, contents=contents, at=at)

    def end(self, town: Division, key: str, at: datetime) -> bool:
        """Leave a season as it is; what was announced cannot be unsaid by a file."""
        return False


SECTIONS: tuple[Section, ...] = (ItemSection(), BundleSection(), SeasonSection())

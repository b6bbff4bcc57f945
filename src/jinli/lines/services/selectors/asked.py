"""Which items are asked for most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count

from jinli.cases.models import Case
from jinli.lines.services.selectors.items import Item
from jinli.town.models import Division

_YEAR = timedelta(days=365)


def most_asked(town: Division, items: Sequence[Item], at: datetime, *, most: int = 6) -> tuple[Item, ...]:
    """Return the items with most cases in the last year, filled up with others done in town. One query."""
    here = {one.code: one for one in items if one.done_here}
    rows = Case.objects.filter(town=town, opened_at__gte=at - _YEAR, class_code__in=list(here))
    counted = rows.values("class_code").annotate(count=Count("id")).order_by("-count", "class_code")[:most]
    first = [here[row["class_code"]] for row in counted]
    rest = [one for one in here.values() if one not in first]
    return tuple([*first, *rest][:most])

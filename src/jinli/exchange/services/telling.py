"""The teller of a source as it stands now: its rules, the town's class standards and places."""

from __future__ import annotations

from datetime import datetime

from jinli.exchange.models import Source
from jinli.exchange.rows.limits import read_rules
from jinli.exchange.rows.telling import Teller
from jinli.exchange.selectors.names import limits_by_class, places_of
from jinli.town.models import Division


def teller_of(source: Source, town: Division, now: datetime) -> Teller:
    """Return what turns rows of a source into openings and moves."""
    return Teller(
        source_code=source.code,
        source_name=source.name,
        owner=source.watched_by.code,
        rules=read_rules(source.rules),
        by_class=limits_by_class(town, now),
        places=places_of(town, now),
    )

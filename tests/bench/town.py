"""A small town in a database of its own for measures, and open cases to fill its tables with."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from tests.cases.small import Small


def prepare() -> Small:
    """Migrate the database that the environment names and build the small town of the tests in it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinli.site.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.cases.small import build

    return build()


def fill(small: Small, count: int, *, begin: int = 0, due: datetime) -> None:
    """Put `count` open cases with one running clock each into the tables, spread over the weeks after `due`.

    The rows are copies of one real case under new numbers, without a journal: good for reading and for waiting, and
    nothing else. They say so: the measures that use them never touch them.
    """
    from django.db import transaction

    from jinli.cases.identity import case_id, part_id
    from jinli.cases.models import Case, Clock

    clock = Clock.objects.filter(town=small.town, code="intake", state="running").select_related("case").first()
    assert clock is not None, "open one case before filling"
    pattern = clock.case
    bodies = [body.pk for body in small.organisations.values()]
    cases, clocks = [], []
    for number in range(begin, begin + count):
        made: UUID = case_id()
        falls = due + timedelta(minutes=1 + number % 40_000)
        body = bodies[number % 2]
        values = {field.attname: getattr(pattern, field.attname) for field in Case._meta.concrete_fields}
        cases.append(Case(**{**values, "id": made, "number": f"F{number:07d}", "owner_id": body, "due_at": falls}))
        values = {field.attname: getattr(clock, field.attname) for field in Clock._meta.concrete_fields}
        changed = {"id": part_id(made, "clock", 1), "case_id": made, "owed_by_id": body, "due_at": falls}
        clocks.append(Clock(**{**values, **changed, "wakes_at": falls, "warn_at": falls}))
    with transaction.atomic():
        Case.objects.bulk_create(cases, batch_size=500)
        Clock.objects.bulk_create(clocks, batch_size=500)

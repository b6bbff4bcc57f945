"""Erase what a case of the town in JINLI_HOME keeps of a person, as the town head may; argument: its number."""

from __future__ import annotations

import sys

import django

django.setup()

from jinli.cases.models import Case  # noqa: E402
from jinli.cases.services.erasing import erase_payload  # noqa: E402
from jinli.town.acting import Acting  # noqa: E402
from jinli.town.models import Appointment  # noqa: E402

post = Appointment.objects.select_related("in_name_of", "duty").get(person__username="head")
hall = post.in_name_of
acting = Acting(
    town=hall.division_id, person=post.person_id, body=hall.code, body_id=hall.pk, home_id=hall.pk,
    roles=frozenset({post.duty.role}), duty=post.duty.role,
)  # fmt: skip
erase_payload(acting=acting, case=Case.objects.get(number=sys.argv[1]), basis="个人信息保护法第四十七条")

"""The town head of the town in JINLI_HOME, as whom scripts of the journeys act; import it after `django.setup()`."""

from __future__ import annotations

from jinli.town.acting import Acting
from jinli.town.models import Appointment


def acting_head() -> Acting:
    """Return the town head of the demonstration at work."""
    post = Appointment.objects.select_related("in_name_of", "duty").get(person__username="head")
    hall = post.in_name_of
    return Acting(
        town=hall.division_id, person=post.person_id, body=hall.code, body_id=hall.pk, home_id=hall.pk,
        roles=frozenset({post.duty.role}), duty=post.duty.role,
    )  # fmt: skip

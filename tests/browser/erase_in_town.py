"""Erase what a case of the town in JINLI_HOME keeps of a person, as the town head may; argument: its number."""

from __future__ import annotations

import sys

import django

django.setup()

from jinli.cases.models import Case  # noqa: E402
from jinli.cases.services.erasing import erase_payload  # noqa: E402
from tests.browser.head_in_town import acting_head  # noqa: E402

case = Case.objects.get(number=sys.argv[1])
erase_payload(acting=acting_head(), case=case, basis="个人信息保护法第四十七条")

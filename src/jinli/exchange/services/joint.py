"""A move of the engine and what the exchange keeps beside it: both or neither."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from jinli.cases.models import Case
from jinli.cases.services import make_move
from jinli.cases.services.moving import MakeMove
from jinli.domain.errors import DomainError
from jinli.town.acting import Acting


def in_one(acting: Acting, act: MakeMove, done: Callable[[], None]) -> None:
    """Make a move and what belongs to it in one transaction; what was due before a refused act stays written."""
    refused: DomainError | None = None
    with transaction.atomic():
        before = Case.objects.select_for_update().get(pk=act.case, town=acting.town).seq
        try:
            make_move(acting=acting, act=act)
        except DomainError as error:
            refused = error
        else:
            if Case.objects.get(pk=act.case).seq > before:  # the same form sent again writes nothing
                done()
    if refused is not None:
        raise refused

"""Grants as lists and pages read them. Reads only."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from jinli.cases.models import Case, Grant, Paper
from jinli.domain.grants import GrantState
from jinli.town.acting import Acting
from jinli.town.models import Division, Party

LIVE = (GrantState.VALID.value, GrantState.SUSPENDED.value)
RENEWAL = "renewal"
GRANT_CHANGE = "grant_change"
#: What a holder is told before the end of a grant.
GRANT_ENDS = "grant_ends"


def grants_of(party: Party, kind: str, day: date) -> QuerySet[Grant]:
    """Return the grants of a kind that a party holds on a day: what need not be asked for as a material again.

    A suspended grant is no proof, and neither is one whose last day is over.
    """
    rows = Grant.objects.filter(holder=party, kind=kind, state=GrantState.VALID.value, valid_from__lte=day)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gte=day)).order_by("-valid_from", "-id")


def granted_in(acting: Acting) -> QuerySet[Grant]:
    """Return the grants of the acting person's town, the latest first."""
    return Grant.objects.filter(town=acting.town).order_by("-valid_from", "-id")


def found_grants(
    acting: Acting, *, kind: str = "", state: str = "", ends_within: int | None = None, text: str = "", today: date
) -> QuerySet[Grant]:
    """Return the grants that fit what was asked; with `ends_within`, live ones that end so soon."""
    rows = granted_in(acting).select_related("holder", "case")
    if kind:
        rows = rows.filter(kind=kind)
    if state:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(Q(number__icontains=text) | Q(title__icontains=text))
    if ends_within is not None:
        last = today + timedelta(days=ends_within)
        rows = rows.filter(state__in=LIVE, valid_to__gte=today, valid_to__lte=last).order_by("valid_to", "id")
    return rows


def kinds_granted(acting: Acting) -> dict[str, str]:
    """Return the kinds of grant the town has given, code -> title of the latest. One statement."""
    rows = Grant.objects.filter(town=acting.town).order_by("valid_from").values_list("kind", "title")
    return dict(rows)


def open_renewal(grant: Grant) -> Case | None:
    """Return the renewal of a grant that is asked for and not decided, None when there is none."""
    rows = Case.objects.filter(origin=grant.case_id, type_code=RENEWAL, closed_at=None, stage="asked")
    return rows.order_by("-opened_at").first()


def open_change(grant: Grant) -> Case | None:
    """Return the change that is proposed or asked for and not decided, None when there is none."""
    rows = Case.objects.filter(origin=grant.case_id, type_code=GRANT_CHANGE, closed_at=None, stage="proposed")
    return rows.order_by("-opened_at").first()


def shown_by(paper: Paper) -> Grant | None:
    """Return the grant that a paper shows, None for every other paper and one that was replaced."""
    return Grant.objects.filter(paper=paper).select_related("town").first()


def held_by(town: Division, party: Party) -> QuerySet[Grant]:
    """Return what a party holds in a town, the latest first; what ended long ago stays to be read."""
    rows = Grant.objects.filter(town=town, holder=party).select_related("case", "paper", "town")
    return rows.order_by("-valid_from", "-id")

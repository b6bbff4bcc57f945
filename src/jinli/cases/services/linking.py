"""One-time links: a department without an account answers for its assignment, one accepted act for each link.

Only the hash of a token is kept. Opening a link never spends it (chat programs open what they show); an accepted act
does, and gives the next one. A link dies with its assignment. A printed slip carries a token that works only with a
code told another way; five wrong codes kill it.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.db.models import F

from jinli.cases.identity import secret_hash
from jinli.cases.models import AccessLink, Assignment
from jinli.domain.errors import DomainError, InvalidInputError, RefusedError
from jinli.town import moment
from jinli.town.acting import Acting

WRONG_CODES = 5


def _token(seed: str) -> str:
    """Return the token that belongs to a random seed: the same again when the same form is sent twice."""
    mac = hmac.new(settings.SECRET_KEY.encode(), b"link:" + seed.encode(), "sha256").digest()
    return urlsafe_b64encode(mac).decode().rstrip("=")


def _owns(acting: Acting, assignment: Assignment) -> None:
    owner = assignment.case.owner
    if "command_centre" not in acting.roles or owner is None or owner.code != acting.body:
        raise RefusedError("cases.link.not_yours")
    if acting.town != assignment.town_id:
        raise Assignment.DoesNotExist
    if assignment.outcome:
        raise RefusedError("cases.link.assignment_over")


@transaction.atomic
def make_link(*, acting: Acting, assignment: Assignment, seed: str) -> str:
    """Make a link for an assignment and return its token, which is kept nowhere; earlier links and slips end.

    Raises RefusedError for anybody but the command centre that owns the case, and when the assignment is over.
    """
    _owns(acting, assignment)
    token = _token(f"{seed}/{assignment.pk}")
    if not AccessLink.objects.filter(token_hash=secret_hash(token)).exists():
        _replace(assignment)
        _keep(assignment, token, made_by=acting)
    return token


@transaction.atomic
def make_slip(*, acting: Acting, assignment: Assignment) -> tuple[str, str]:
    """Make the token of a printed slip and the code that must reach the department another way; shown once.

    Raises as `make_link`.
    """
    _owns(acting, assignment)
    token, code = secrets.token_urlsafe(32), f"{secrets.randbelow(10**6):06}"
    _replace(assignment)
    _keep(assignment, token, made_by=acting, code=code)
    return token, code


def _replace(assignment: Assignment) -> None:
    AccessLink.objects.filter(assignment=assignment, spent_at=None).update(spent_at=moment.now())


def _keep(assignment: Assignment, token: str, *, made_by: Acting | None = None, code: str = "") -> None:
    AccessLink.objects.create(
        case_id=assignment.case_id,
        assignment=assignment,
        token_hash=secret_hash(token),
        code_hash=secret_hash(f"{token}/{code}") if code else "",
        made_by_id=made_by.person if made_by else None,
        made_at=moment.now(),
    )


def link_of(token: str, town_code: str) -> AccessLink | None:
    """Return the link with this token in a town, dead ones too; `None` for one that was never made."""
    rows = AccessLink.objects.select_related("case__town", "case__place", "case__origin", "assignment__body")
    return rows.filter(token_hash=secret_hash(token), case__town__code=town_code).first()


def why_dead(link: AccessLink) -> str | None:
    """Return the key of the words that say why a link is of no use any more, `None` for a good one."""
    if link.assignment.outcome or link.case.phase == "closed":
        return "cases.link.assignment_over"
    if link.failures >= WRONG_CODES:
        return "cases.link.too_many_codes"
    return "cases.link.spent" if link.spent_at is not None else None


def check_code(link: AccessLink, token: str, code: str) -> None:
    """Accept the code of a slip or count a wrong one.

    Raises RefusedError `cases.link.wrong_code` with what is left, `cases.link.too_many_codes` after the fifth.
    """
    given = secret_hash(f"{token}/{code.strip()}")
    if link.failures < WRONG_CODES and secrets.compare_digest(given, link.code_hash):
        return
    AccessLink.objects.filter(pk=link.pk).update(failures=F("failures") + 1)
    link.refresh_from_db(fields=["failures"])
    if link.failures >= WRONG_CODES:
        raise RefusedError("cases.link.too_many_codes", field="code")
    raise RefusedError("cases.link.wrong_code", field="code", left=WRONG_CODES - link.failures)


def acting_by_link(link: AccessLink, name: str) -> Acting:
    """Return who acts by a link: the organisation, with the name as stated.

    Raises InvalidInputError `cases.link.name_needed`.
    """
    stated = name.strip()
    if not stated:
        raise InvalidInputError("cases.link.name_needed", field="name")
    body = link.assignment.body
    return Acting(
        town=link.case.town_id,
        body=body.code,
        body_id=body.pk,
        home_id=body.pk,
        roles=frozenset({"department_officer"}),
        hat="link",
        duty="department_officer",
        name_as_stated=stated,
    )


def answer_by_link(*, link: AccessLink, token: str, name: str, seed: str, act: Callable[[Acting], object]) -> str:
    """Make one act by a link, spend it, and return the token of the next link, empty when the assignment is over.

    The same form sent twice is answered with the same next link and acts once. A refused act spends nothing.
    Raises RefusedError for a dead link, and what `act` raises.
    """
    acting = acting_by_link(link, name)
    following = _token(f"{token}/{seed}")
    error: DomainError | None = None
    with transaction.atomic():
        held = AccessLink.objects.select_for_update().select_related("case", "assignment").get(pk=link.pk)
        if held.spent_at is not None and AccessLink.objects.filter(token_hash=secret_hash(following)).exists():
            return following
        dead = why_dead(held)
        if dead is not None:
            raise RefusedError(dead)
        try:
            act(acting)
        except DomainError as refused:  # what was due before stays written, so the transaction must not be undone
            error = refused
        else:
            held.spent_at = moment.now()
            held.save(update_fields=["spent_at"])
            if Assignment.objects.filter(pk=held.assignment_id, outcome="").exists():
                _keep(held.assignment, following)
            else:
                following = ""
    if error is not None:
        raise error
    return following

"""What every room's JSON interface shares: one way to answer, one shape of errors; and the hats of whoever calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_of
from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Router

from jinli.domain.errors import ConflictError, DomainError, InvalidInputError, RefusedError
from jinli.town.access import SIGNED_IN, access, who_acts
from jinli.town.encoding import encoded
from jinli.town.hats import Hat
from jinli.town.models import Division
from jinli.ui.words import say, say_error, tongue

#: Refusals that are about who asks, by the last part of their code; all others are about how things stand.
_WHOSE: Final = frozenset({"not_your_duty", "not_yours", "not_by_the_same", "kind_not_yours", "telephone_not_yours"})
_MOST_OF_A_KEY: Final = 80


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Every error has this shape; `message` is in the language of Accept-Language, `field` names what to mend."""

    code: str
    message: str
    field: str = ""
    facts: dict[str, Any] = made_of(default_factory=dict)


#: For `response=` of an operation: what its errors look like.
FAULTS: Final = frozenset({400, 401, 403, 404, 409, 422, 428, 429})


class MissingVersionError(DomainError):
    """The call did not say which version it had seen (HTTP 428)."""


def answer(value: object, *, status: int = 200) -> HttpResponse:
    """Return a value as JSON that no cache keeps."""
    return HttpResponse(
        encoded(value), status=status, content_type="application/json", headers={"Cache-Control": "no-store"}
    )


def status_of(error: DomainError) -> int:
    """Return the HTTP status of a refused act."""
    if isinstance(error, MissingVersionError):
        return 428
    if isinstance(error, ConflictError):
        return 409
    if isinstance(error, RefusedError):
        return 403 if error.code.rpartition(".")[2] in _WHOSE else 409
    return 422


def fault_of(error: DomainError, message: str = "", **more: Any) -> Fault:
    """Return an error as machines read it; `message` is said instead of the plain words, `more` joins the facts."""
    facts = {name: plain(value) for name, value in {**error.facts, **more}.items() if name != "field"}
    return Fault(
        code=error.code,
        message=message or say_error(error),
        field=str(error.facts.get("field", "")) if isinstance(error, InvalidInputError | RefusedError) else "",
        facts=facts,
    )


def plain(value: object) -> object:
    """Return a fact as JSON can hold it."""
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    return value if isinstance(value, (str, int, float, bool)) or value is None else str(value)


def faulty(code: str, status: int, *, field: str = "", **facts: object) -> HttpResponse:
    """Answer with an error that no rule of the domain raised."""
    fault = Fault(code=code, message=say(code, **facts), field=field, facts={k: plain(v) for k, v in facts.items()})
    return answer(fault, status=status)


def key_of(request: HttpRequest, *, needed: bool = True) -> str:
    """Return the idempotency key of a call. Raises InvalidInputError when it is missing or too long."""
    return checked_key(request.headers.get("Idempotency-Key", ""), needed=needed, field="Idempotency-Key")


def checked_key(key: str, *, needed: bool = True, field: str = "key") -> str:
    """Return a key of 1 to 80 characters. Raises InvalidInputError."""
    key = key.strip()
    if needed and not key:
        raise InvalidInputError("town.api.key_missing", field=field)
    if len(key) > _MOST_OF_A_KEY:
        raise InvalidInputError("town.api.key_long", field=field, most=_MOST_OF_A_KEY)
    return key


def version_of(request: HttpRequest) -> int:
    """Return the version in If-Match, with or without quotes.

    Raises MissingVersionError without one, InvalidInputError for one that is no number.
    """
    found = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if not found:
        raise MissingVersionError("town.api.version_missing", field="If-Match")
    if not found.isdecimal() or len(found) > 9:
        raise InvalidInputError("town.api.version_unreadable", field="If-Match", found=found[:40])
    return int(found)


def town_of(request: Any) -> Division:
    """Return the town of the present hat, as the request holds it already."""
    return next(town for hat in request.hats for town in hat.towns if town.pk == request.acting.town)  # type: ignore[no-any-return]


@dataclass(frozen=True, kw_only=True)
class Named:
    """A code and what people call it."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class HatAnswer:
    """One hat: in whose name, under which duty, in which town; `current` is the one this call acts under."""

    appointment: int
    kind: str
    body: Named
    duty: Named
    role: str
    town: Named
    deputy: bool
    valid_to: date | None
    current: bool


def named(row: Any) -> Named:
    """Return code and name of a body, place or division."""
    return Named(code=row.code, name=(tongue() == "en" and row.name_en) or row.name)


router = Router(tags=["hats"])


@router.get("/hats", response={200: list[HatAnswer], FAULTS: Fault}, summary="My hats")
@access(SIGNED_IN)
def hats(request: HttpRequest) -> HttpResponse:
    """Every hat and town of whoever calls; a token has exactly one."""
    acting, held = who_acts(request), getattr(request, "hats", ())
    here = (acting.appointment, acting.town)
    return answer([_hat(hat, town, (hat.appointment, town.pk) == here) for hat in held for town in hat.towns])


def _hat(hat: Hat, town: Division, current: bool) -> HatAnswer:
    title = (tongue() == "en" and hat.duty.title_en) or hat.duty.title
    return HatAnswer(
        appointment=hat.appointment,
        kind=hat.kind,
        body=named(hat.body),
        duty=Named(code=hat.duty.code, name=title),
        role=hat.duty.role,
        town=named(town),
        deputy=hat.deputy,
        valid_to=hat.valid_to,
        current=current,
    )

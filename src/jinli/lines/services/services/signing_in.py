"""Sign-in of applicants by OpenID Connect: discovery, code flow with PKCE, a nonce, signed tokens; nothing of ours.

An applicant's sign-in has nothing to do with that of staff: it makes no account, it says which party somebody is. The
provider is named by the environment (`JINLI_OIDC_ISSUER`, `JINLI_OIDC_CLIENT_ID`, `JINLI_OIDC_SECRET`); the
demonstration has one of its own. Tokens are read by joserfc, which is loaded only when somebody signs in.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol, cast

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction

from jinli.cases.identity import secret_hash
from jinli.domain.errors import InvalidInputError
from jinli.lines.services.models import ApplicantLink
from jinli.lines.services.selectors.recognising import recognised
from jinli.town import moment
from jinli.town.models import Division, Party
from jinli.town.services import meet_party, record_stated

ALGORITHMS: Final = ("ES256", "RS256", "PS256", "EdDSA")
SCOPE: Final = "openid profile phone"
LEEWAY: Final = 60  # seconds by which two clocks may differ
_REMEMBERED: Final = 3600
_WAIT: Final = 10


class Transport(Protocol):
    """How a provider is reached."""

    def get(self, url: str) -> Mapping[str, Any]:
        """Return what stands at an address."""

    def post(self, url: str, form: Mapping[str, str]) -> Mapping[str, Any]:
        """Send a form and return the answer."""


@dataclass(frozen=True, kw_only=True)
class Provider:
    """An identity provider and who we are to it. `simulated`: the one of the demonstration."""

    issuer: str
    client_id: str
    secret: str
    transport: Transport
    simulated: bool = False


@dataclass(frozen=True, kw_only=True)
class Pending:
    """What one browser keeps between leaving for the provider and coming back."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, kw_only=True)
class Claims:
    """Who somebody is, as the provider says; `number` is that of the card or of the firm."""

    issuer: str
    subject: str
    name: str
    telephone: str = ""
    number: str = ""
    firm: bool = False


class Network:
    """Reaches a provider over HTTPS."""

    def get(self, url: str) -> Mapping[str, Any]:
        """Return what stands at an address. Raises InvalidInputError `services.sign_in.not_reached`."""
        return self._ask(urllib.request.Request(url, headers={"Accept": "application/json"}))  # noqa: S310

    def post(self, url: str, form: Mapping[str, str]) -> Mapping[str, Any]:
        """Send a form. Raises as `get`."""
        return self._ask(urllib.request.Request(url, data=urllib.parse.urlencode(form).encode()))  # noqa: S310

    def _ask(self, request: urllib.request.Request) -> Mapping[str, Any]:
        if request.type != "https":
            raise InvalidInputError("services.sign_in.not_reached")
        try:
            with urllib.request.urlopen(request, timeout=_WAIT) as answer:  # noqa: S310  https only, see above
                found = json.loads(answer.read(1_000_000))
        except (urllib.error.URLError, OSError, ValueError) as error:
            raise InvalidInputError("services.sign_in.not_reached") from error
        return found if isinstance(found, dict) else {}


def named_provider() -> Provider | None:
    """Return the provider that the deployment names, None when it names none."""
    if not settings.JINLI_OIDC_ISSUER:
        return None
    return Provider(
        issuer=settings.JINLI_OIDC_ISSUER.rstrip("/"),
        client_id=settings.JINLI_OIDC_CLIENT_ID,
        secret=settings.JINLI_OIDC_SECRET,
        transport=Network(),
    )


def leave(provider: Provider, *, back: str) -> tuple[str, Pending]:
    """Return the address of the provider to go to, and what the browser keeps meanwhile.

    `back` is our address to come back to. The verifier never leaves this side; only its hash does (RFC 7636).
    """
    pending = Pending(
        state=secrets.token_urlsafe(24), nonce=secrets.token_urlsafe(24), verifier=secrets.token_urlsafe(48)
    )
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": SCOPE,
        "state": pending.state,
        "nonce": pending.nonce,
        "code_challenge": challenge_of(pending.verifier),
        "code_challenge_method": "S256",
    }
    return f"{_found(provider)['authorization_endpoint']}?{urllib.parse.urlencode(asked)}", pending


def challenge_of(verifier: str) -> str:
    """Return the hash of a verifier as it is sent."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def come_back(provider: Provider, pending: Pending, answer: Mapping[str, str], *, back: str) -> Claims:
    """Return who came back, from the code in `answer`.

    Raises InvalidInputError: `services.sign_in.refused` when the provider or the person said no, `.not_ours` when
    the answer does not belong to what this browser began, `.token` when the token is not signed for us, is over, or
    carries another nonce.
    """
    if not hmac.compare_digest(answer.get("state", ""), pending.state):
        raise InvalidInputError("services.sign_in.not_ours")
    if answer.get("error") or not answer.get("code"):
        raise InvalidInputError("services.sign_in.refused")
    form = {
        "grant_type": "authorization_code",
        "code": answer["code"],
        "redirect_uri": back,
        "client_id": provider.client_id,
        "client_secret": provider.secret,
        "code_verifier": pending.verifier,
    }
    found = _found(provider)
    token = str(provider.transport.post(found["token_endpoint"], form).get("id_token", ""))
    return _claims(provider, found["jwks_uri"], token, pending.nonce)


def _found(provider: Provider) -> Mapping[str, Any]:
    """Return where the provider has what; asked once an hour. It must name itself as we know it."""
    key = f"oidc:{provider.issuer}"
    found = None if provider.simulated else cache.get(key)
    if found is None:
        found = provider.transport.get(f"{provider.issuer}/.well-known/openid-configuration")
        if found.get("issuer", "").rstrip("/") != provider.issuer:
            raise InvalidInputError("services.sign_in.not_reached")
        cache.set(key, dict(found), _REMEMBERED)
    return dict(found)


def _claims(provider: Provider, keys: str, text: str, nonce: str) -> Claims:
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    rules = jwt.JWTClaimsRegistry(
        now=int(moment.now().timestamp()),
        leeway=LEEWAY,
        iss={"essential": True},
        aud={"essential": True, "value": provider.client_id},
        exp={"essential": True},
        sub={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        known = KeySet.import_key_set(cast("Any", provider.transport.get(keys)))
        said = jwt.decode(text, known, algorithms=list(ALGORITHMS)).claims
        rules.validate(said)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise InvalidInputError("services.sign_in.token") from error
    if str(said["iss"]).rstrip("/") != provider.issuer or not str(said.get("name", "")).strip():
        raise InvalidInputError("services.sign_in.token")
    firm = bool(said.get("credit_code"))
    return Claims(
        issuer=provider.issuer,
        subject=str(said["sub"]),
        name=str(said["name"]).strip()[:100],
        telephone=str(said.get("phone_number", "")),
        number=str(said.get("credit_code") or said.get("id_number") or ""),
        firm=firm,
    )


def party_for(town: Division, claims: Claims) -> Party:
    """Return the party of an account: the one it was linked to, one the town knows by number and name, or a new one.

    Of the account only a hash is kept. What the provider vouches for is recorded as known from today on.
    """
    subject = secret_hash(f"{claims.issuer}#{claims.subject}")
    link = _link(town, claims.issuer, subject)
    if link is None:
        said = {"name": claims.name, "id_number": claims.number}
        try:
            with transaction.atomic():
                kind = Party.Kind.ENTERPRISE if claims.firm else Party.Kind.RESIDENT
                party = recognised(town, said) or meet_party(town=town, kind=kind, at=moment.now())
                ApplicantLink.objects.create(
                    town=town, issuer=claims.issuer, subject_hash=subject, party=party, linked_at=moment.now()
                )
        except IntegrityError:  # the same account in a second window was faster
            party = (
                ApplicantLink.objects.select_related("party")
                .get(town=town, issuer=claims.issuer, subject_hash=subject)
                .party
            )
    else:
        party = link.party
    number = "credit_code" if claims.firm else "id_number"
    vouched = {"name": claims.name, "telephone": claims.telephone, number: claims.number}
    record_stated(town=town, party=party.pk, said=vouched, at=moment.now())
    return party


def _link(town: Division, issuer: str, subject: str) -> ApplicantLink | None:
    rows = ApplicantLink.objects.select_related("party").filter(town=town, issuer=issuer, subject_hash=subject)
    return rows.first()

"""The identity provider of the demonstration: a few invented persons and a firm, with properly signed tokens.

It exists only where the whole town is simulated and no real provider is named. It answers inside the process, as a
real one does over the network, so that the way in is the same and tested.
"""

from __future__ import annotations

import hashlib
import hmac
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core import signing

from jinli.domain.errors import InvalidInputError
from jinli.lines.services.services.signing_in import Provider, challenge_of
from jinli.town import moment
from jinli.town.models import Division

CLIENT: Final = "jinli-demonstration"
_SALT: Final = "jinli.services.simulated-identity"
_CODE_FOR: Final = 120  # seconds


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """An invented person or firm; numbers have right check digits and belong to nobody."""

    code: str
    name: str
    telephone: str
    id_number: str = ""
    credit_code: str = ""


PEOPLE: Final = (
    Simulated(code="newcomer", name="安新来（演示）", telephone="13800000101", id_number="990101199003070015"),
    Simulated(code="shopkeeper", name="柳店主（演示）", telephone="13800000102", id_number="990101198511230025"),
    Simulated(code="elder", name="麦阿婆（演示）", telephone="13800000103", id_number="990101195006120024"),
    Simulated(
        code="firm", name="锦里样本五金厂（演示）", telephone="13800000104", credit_code="91990101MA0000001Y"
    ),
)  # fmt: skip


def simulated_provider(town: Division, base: str) -> Provider | None:
    """Return the provider of the demonstration, None for a town that is real. `base` is the address of its page."""
    if not town.simulated:
        return None
    issuer = base.rstrip("/")
    return Provider(
        issuer=issuer, client_id=CLIENT, secret=_secret(town), transport=InProcess(issuer=issuer, town=town),
        simulated=True,
    )  # fmt: skip


def code_for(person: str, asked: Mapping[str, str]) -> str:
    """Return the code with which the browser of a chosen person comes back. Raises InvalidInputError."""
    if person not in {one.code for one in PEOPLE} or asked.get("client_id") != CLIENT:
        raise InvalidInputError("services.sign_in.refused")
    kept = {name: asked.get(name, "") for name in ("redirect_uri", "nonce", "code_challenge")}
    return signing.dumps({"person": person, **kept}, salt=_SALT)


@dataclass(frozen=True, kw_only=True)
class InProcess:
    """Answers as a provider does: where it has what, its keys, and a token for a code."""

    issuer: str
    town: Division

    def get(self, url: str) -> Mapping[str, Any]:
        """Return the configuration or the keys."""
        if url.endswith("/.well-known/openid-configuration"):
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
        return {"keys": [_key().as_dict(private=False)]}

    def post(self, url: str, form: Mapping[str, str]) -> Mapping[str, Any]:
        """Return a token for a code; nothing for a code that is over, was made for another address or verifier."""
        from joserfc import jwt

        try:
            kept = signing.loads(form.get("code", ""), salt=_SALT, max_age=_CODE_FOR)
        except signing.BadSignature:
            return {"error": "invalid_grant"}
        fits = (
            kept["redirect_uri"] == form.get("redirect_uri")
            and kept["code_challenge"] == challenge_of(form.get("code_verifier", ""))
            and hmac.compare_digest(form.get("client_secret", ""), _secret(self.town))
        )
        if not fits:
            return {"error": "invalid_grant"}
        person = next(one for one in PEOPLE if one.code == kept["person"])
        at = int(moment.now().timestamp())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": f"simulated-{person.code}", "iat": at, "exp": at + 300,
            "nonce": kept["nonce"], "name": person.name, "phone_number": person.telephone,
            **({"id_number": person.id_number} if person.id_number else {}),
            **({"credit_code": person.credit_code} if person.credit_code else {}),
        }  # fmt: skip
        return {"id_token": jwt.encode({"alg": "ES256"}, claims, _key()), "token_type": "Bearer"}


def address_back(asked: Mapping[str, str], person: str) -> str:
    """Return the address to come back to with the code of the chosen person."""
    said = {"code": code_for(person, asked), "state": asked.get("state", "")}
    return f"{asked['redirect_uri']}?{urllib.parse.urlencode(said)}"


def _secret(town: Division) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{_SALT}:{town.code}".encode(), "sha256").hexdigest()


def _key() -> Any:
    """Return the key of the demonstration, the same in every process of one installation."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from joserfc.jwk import ECKey

    number = int.from_bytes(hashlib.sha256(f"{_SALT}:{settings.SECRET_KEY}".encode()).digest(), "big") >> 1
    pem = ec.derive_private_key(number, ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return ECKey.import_key(pem)

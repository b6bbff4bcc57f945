"""By what a claim is known again: keyed digests of the numbers in its form."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from uuid import UUID

from django.conf import settings

from jinli.cases.models import Case
from jinli.lines.services.models import ClaimKey
from jinli.lines.services.selectors.money import identities


def digest_of(kind: str, number: str) -> str:
    """Return the keyed digest of a number; blanks and small letters make no difference."""
    plain = re.sub(r"\s", "", number).upper()
    return hmac.new(settings.SECRET_KEY.encode(), f"claim:{kind}:{plain}".encode(), "sha256").hexdigest()


def digests_of(form: Mapping[str, object], identity: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Return the digests of every identifying number of a form by kind and number."""
    return {(kind, number): digest_of(kind, number) for kind, number in identities(form, identity)}


def note_claim(*, case: Case, payload: UUID, form: Mapping[str, object], identity: Mapping[str, str]) -> None:
    """Keep by what a claim is known again, for as long as `payload` (of its first entry) is kept.

    Called at receipt and at the decision; twice is as good as once. One statement, none without a number.
    """
    found = {(kind, digest) for (kind, _), digest in digests_of(form, identity).items()}
    ClaimKey.objects.bulk_create(
        [
            ClaimKey(
                town_id=case.town_id, item=case.class_code, case=case, payload_id=payload, kind=kind, digest=digest
            )
            for kind, digest in sorted(found)
        ],
        ignore_conflicts=True,
    )
